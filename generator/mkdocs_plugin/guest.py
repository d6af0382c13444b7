"""The playbook as a guest in a site that is there already: all its pages below a folder, and nothing else changed."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from generator import kit
from generator.mkdocs_plugin.heads import with_head
from generator.mkdocs_plugin.settings import checked, merged, pages_of, written_by

_FOLDER = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)*")


def folder(under: str) -> str:
    """What stands before each of our paths; ValueError, fit to be shown, where `under` names no folder of a site."""
    if not _FOLDER.fullmatch(under.strip("/")):
        raise ValueError(f"{under!r} is no folder of a site: write it like partners, or teams/partners")
    return f"{under.strip('/')}/"


class Guest:
    """What the pages below a folder need, brought to them alone."""

    searches = False
    """The search is the site's own."""

    def __init__(self, config: MkDocsConfig, prefix: str) -> None:
        self._config = config
        self.prefix = prefix
        self._written = written_by(config)
        self._merged = merged({}, config.theme.name or "mkdocs")
        # In the order of the kit: scripts need what those before them bring.
        sheets, scripts = self._merged["extra_css"], [one["path"] for one in self._merged["extra_javascript"]]
        self._assets = [path for path in (*sheets, *scripts) if (kit.PAGES / path).is_file()]
        ours = checked(config, self._merged, {})
        self._extensions = {
            True: (ours.markdown_extensions, ours.mdx_configs),
            False: (config.markdown_extensions, config.mdx_configs),
        }

    def bring(self) -> None:
        """Nothing: the settings of the site are its own."""

    def files(self, files: Files, ours: Collection[str]) -> None:
        """Add what stands beside our pages; where the site has no nav, they join its own, but for those of partners."""
        for path in self._assets:
            content = (kit.PAGES / path).read_bytes()
            files.append(File.generated(self._config, f"{self.prefix}{path}", content=content))
        shown = set() if "nav" in self._written else {self.prefix + path for path in pages_of(self._merged["nav"])}
        for page in ours:
            file = files.get_file_from_path(page)
            if file is not None and page not in shown:
                file.inclusion = InclusionLevel.NOT_IN_NAV

    def env(self, env: Environment) -> None:
        """Add the template of pages that lead on, behind all others."""
        assert env.loader is not None
        env.loader = ChoiceLoader([env.loader, FileSystemLoader(kit.PAGES)])

    def reads(self, *, ours: bool) -> None:
        """Have the next page read with the extensions of our pages, or with those of the site."""
        self._config.markdown_extensions, self._config.mdx_configs = self._extensions[ours]

    def dressed(self, html: str, page: Any) -> str:
        """A whole page of ours with its style sheet and scripts."""
        return with_head(html, page, self._config, self.prefix, [self.prefix + path for path in self._assets])
