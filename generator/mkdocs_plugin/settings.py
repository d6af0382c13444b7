"""The settings of a site: what mkdocs.yml says, and where it says nothing, what the kit does."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.utils import nest_paths
from mkdocs.utils.yaml import get_yaml_loader, yaml_load
from yaml import BaseLoader

from generator import kit

MATERIAL = "material"
"""The theme that the kit's look is made for."""
_OF_MATERIAL = ("assets/look.css", "offline")
_BROUGHT = ("theme", "extra", "extra_css", "extra_javascript", "markdown_extensions", "not_in_nav", "validation")


def written(file: Path, config: MkDocsConfig | None = None, loader: type[BaseLoader] | None = None) -> dict[str, Any]:
    """What a file of settings says, with those that it inherits; `!relative` is seen from the folders of `config`."""
    with file.open("rb") as opened:
        return yaml_load(opened, loader or get_yaml_loader(config=config or MkDocsConfig())) or {}


def merged(theirs: Mapping[str, Any], theme: str | None) -> dict[str, Any]:
    """What `theirs` says and the kit adds, as it would stand in mkdocs.yml, but for `nav`, which needs the files.

    What the kit adds to a theme other than Material are its pages' own style sheet and scripts, and settings
    that any theme has.
    """
    ours = written(kit.SETTINGS)
    both = {**ours, **theirs}
    for key in ("plugins", "markdown_extensions"):
        there, here = _options(theirs.get(key)), _options(ours[key])
        names = [*there, *(name for name in here if name not in there)]
        both[key] = {name: {**here.get(name, {}), **there.get(name, {})} for name in names}
    for key in ("extra_css", "extra_javascript"):
        said = theirs.get(key) or []
        both[key] = [*(one for one in ours[key] if one not in said), *said]
    both["extra"] = {**ours["extra"], **(theirs.get("extra") or {})}
    both["not_in_nav"] = f"{ours['not_in_nav']}\n{theirs.get('not_in_nav') or ''}"
    said = theirs.get("validation") or {}
    # MkDocs lets one word stand for the links and the nav together.
    parts = {
        part: {key: value for key, value in ours["validation"][part].items() if key not in said}
        for part in ours["validation"]
    }
    both["validation"] = {**said, **{part: {**parts[part], **(said.get(part) or {})} for part in parts}}
    named = theirs.get("theme")
    named = dict(named) if isinstance(named, dict) else {"name": theme}
    both["theme"] = {**ours["theme"], **named} if theme == MATERIAL else named
    if theme != MATERIAL:
        both["extra_css"] = [one for one in both["extra_css"] if one not in _OF_MATERIAL]
        both["plugins"] = {name: options for name, options in both["plugins"].items() if name not in _OF_MATERIAL}
        both["plugins"]["search"].pop("fields", None)  # the search of MkDocs knows none
    return both


def _options(listed: Any) -> dict[str, dict[str, Any]]:
    """A list of plugins or extensions, as it may be written in mkdocs.yml, with the options of each."""
    if isinstance(listed, dict):
        return {str(name): options or {} for name, options in listed.items()}
    found: dict[str, dict[str, Any]] = {}
    for one in listed or ():
        found.update({one: {}} if isinstance(one, str) else {name: options or {} for name, options in one.items()})
    return found


class Brought:
    """The kit's settings in those that a build has read."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        self._written = written(Path(config.config_file_path), config) if config.config_file_path else {}
        self._merged = merged(self._written, config.theme.name)

    def bring(self) -> None:
        """Bring everything but the nav, before any other plugin reads the settings or changes them."""
        config, merged = self._config, self._merged
        named = {name.removeprefix(f"{config.theme.name}/"): plugin for name, plugin in config.plugins.items()}
        said = _options(self._written.get("plugins"))
        for name in merged["plugins"].keys() & named.keys():
            options = merged["plugins"][name]
            named[name].config.update({key: options[key] for key in options.keys() - said.get(name, {}).keys()})
        missing = {name: options for name, options in merged["plugins"].items() if name not in named}

        whole = MkDocsConfig(config_file_path=config.config_file_path)
        same = {key: config[key] for key in ("site_name", "docs_dir", "site_dir")}
        whole.load_dict({**same, **{key: merged[key] for key in _BROUGHT}, "plugins": missing})
        # MkDocs tries the extensions, and `!relative` asks this one for the page.
        config._current_page = SimpleNamespace(file=SimpleNamespace(src_path=""))  # type: ignore[assignment]
        errors, _ = whole.validate()
        config._current_page = None
        assert not errors, errors
        for key in (*_BROUGHT, "mdx_configs"):
            config[key] = whole[key]
        folders = [str(kit.PAGES)]
        if config.theme.name == MATERIAL:
            folders.insert(0, str(kit.MATERIAL))
        place = 1 if config.theme.custom_dir else 0
        config.theme.dirs[place:place] = folders
        for name, plugin in whole.plugins.items():
            config.plugins[name] = plugin
            if hasattr(plugin, "on_startup"):
                plugin.on_startup(command="build", dirty=False)  # it came too late to be told

    def nav(self, files: Files, ours: Collection[str]) -> None:
        """Our pages by their answers, then those that the company wrote, where mkdocs.yml has no nav."""
        if "nav" in self._written:
            return
        pages = files.documentation_pages(inclusion=InclusionLevel.is_in_nav)
        theirs = [file.src_uri for file in pages if file.src_uri not in ours]
        nested: list[Any] = nest_paths(theirs)  # type: ignore[no-untyped-call]
        self._config.nav = [*self._merged["nav"], *nested]
