"""A site that is the playbook's own: the kit brings everything that mkdocs.yml does not say."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.utils import nest_paths

from generator import kit
from generator.mkdocs_plugin.heads import with_head
from generator.mkdocs_plugin.ready import NAME
from generator.mkdocs_plugin.settings import BROUGHT, MATERIAL, checked, kits, merged, options_of, pages_of, written_by

_log = get_plugin_logger(NAME)


class OwnSite:
    """What the kit brings into the settings that a build has read."""

    prefix = ""
    """What stands before the path of each page."""
    searches = False
    """Whether our search stands behind the theme's dialog."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        self._written = written_by(config)
        self._merged = merged(self._written, config.theme.name)

    def bring(self) -> None:
        """Bring everything but the nav, before any other plugin reads the settings or changes them."""
        config, settings = self._config, self._merged
        named = {name.removeprefix(f"{config.theme.name}/"): plugin for name, plugin in config.plugins.items()}
        said = options_of(self._written.get("plugins"))
        for name in settings["plugins"].keys() & named.keys():
            options = settings["plugins"][name]
            named[name].config.update({key: options[key] for key in options.keys() - said.get(name, {}).keys()})
        missing = {name: options for name, options in settings["plugins"].items() if name not in named}

        whole = checked(config, settings, missing)
        for key in (*BROUGHT, "mdx_configs", "site_url"):
            config[key] = whole[key]
        folders = [*([kit.MATERIAL] if config.theme.name == MATERIAL else []), kit.PAGES]
        for folder in (*folders, kit.PAGES / "assets"):
            folder.stat()  # MkDocs would pass over one that is not there
        place = 1 if config.theme.custom_dir else 0
        config.theme.dirs[place:place] = map(str, folders)
        for name, plugin in whole.plugins.items():
            config.plugins[name] = plugin
            if hasattr(plugin, "on_startup"):
                plugin.on_startup(command="build", dirty=False)  # it came too late to be told

    def files(self, files: Files, ours: Collection[str]) -> None:
        """Where mkdocs.yml has no nav, bring one: our pages by their answers, then those that the company wrote.

        What this site does not have of our pages is in no nav.
        """
        brought = kits()["nav"]
        lacks = frozenset(path for path in pages_of(brought) if path not in ours and not files.get_file_from_path(path))
        if "nav" in self._written:
            if self._config.nav and lacks:
                self._config.nav = _without(self._config.nav, lacks)
            return
        pages = files.documentation_pages(inclusion=InclusionLevel.is_in_nav)
        theirs = [file.src_uri for file in pages if file.src_uri not in ours]
        nested: list[Any] = nest_paths(theirs)  # type: ignore[no-untyped-call]
        self._config.nav = [*_without(brought, lacks), *nested]

    def env(self, env: Environment) -> None:
        """Say so where a template of the company's own has put ours out of use."""
        if self._config.theme.name == MATERIAL:
            assert env.loader is not None
            source, file, _ = env.loader.get_source(env, "main.html")
            self.searches = "playbook.html" in source
            if not self.searches:
                _log.warning('%s takes the place of our own: let it extend "playbook.html", not "base.html"', file)

    def reads(self, *, ours: bool) -> None:
        """All pages are read with the same extensions."""

    def dressed(self, html: str, page: Any) -> str:
        """A whole page of ours as it reaches the site; in other themes than Material, no template brings its rows."""
        return html if self._config.theme.name == MATERIAL else with_head(html, page, self._config, self.prefix)


def _without(nav: list[Any], paths: Collection[str]) -> list[Any]:
    """The nav without these, and without headings below which nothing is left."""
    kept: list[Any] = []
    for one in nav:
        if isinstance(one, dict):
            parts = {name: _without(below, paths) if isinstance(below, list) else below for name, below in one.items()}
            one = {
                name: below
                for name, below in parts.items()
                if below and (isinstance(below, list) or below not in paths)
            }
        if one and (isinstance(one, dict) or one not in paths):
            kept.append(one)
    return kept
