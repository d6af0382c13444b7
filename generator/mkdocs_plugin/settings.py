"""The settings of a site: what mkdocs.yml says, and where it says nothing, what the kit does."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.utils import nest_paths
from mkdocs.utils.yaml import yaml_load

from generator import kit, loading

MATERIAL = "material"
"""The theme that the kit's look is made for."""
_OF_MATERIAL = ("assets/look.css", "offline")
_BROUGHT = ("theme", "extra", "extra_css", "extra_javascript", "markdown_extensions", "not_in_nav", "validation")


def written(file: Path) -> dict[str, Any]:
    """What a file of settings says, with those that it inherits."""
    with file.open("rb") as opened:
        return yaml_load(opened) or {}


def merged(theirs: Mapping[str, Any], theme: str | None) -> dict[str, Any]:
    """What `theirs` says and the kit adds, as it would stand in mkdocs.yml, but for `nav`, which needs the files.

    What the kit adds to a theme other than Material are its pages' own style sheet and scripts, and settings
    that any theme has.
    """
    ours = written(kit.SETTINGS)
    both = {**ours, **deepcopy(dict(theirs))}
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


def no_day() -> str:
    """Which of our variables in the environment looks like a day and is none; empty where that is not so."""
    for name, value in sorted(os.environ.items()):
        if name.startswith("PLAYBOOK_") and re.match(r"\d{4}-", value):
            try:
                loading.day(value)
            except ValueError as error:
                return f"{name}: {error}"
    return ""


def _options(listed: Any) -> dict[str, dict[str, Any]]:
    """A list of plugins or extensions, as it may be written in mkdocs.yml, with the options of each."""
    if isinstance(listed, dict):
        return {str(name): options or {} for name, options in listed.items()}
    found: dict[str, dict[str, Any]] = {}
    for one in listed or ():
        found.update({one: {}} if isinstance(one, str) else {name: options or {} for name, options in one.items()})
    return found


class Brought:
    """The kit's settings in those that a build has read; PluginError where a variable from outside spoils them."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        self._written = written(Path(config.config_file_path)) if config.config_file_path else {}
        self._named = {name.removeprefix(f"{config.theme.name}/"): plugin for name, plugin in config.plugins.items()}
        self._whole = MkDocsConfig(config_file_path=config.config_file_path)
        try:
            self._merged = merged(self._written, config.theme.name)
            reasons = self._wrong()
        except ValueError as error:  # YAML takes for a date what looks like one; an address may have half a bracket
            reasons = [no_day() or str(error)]
        if reasons:
            # What theirs says was found to be right before, and what the kit says is; what is left comes from outside.
            variables = ", ".join(sorted(name for name in os.environ if name.startswith("PLAYBOOK_")))
            raise PluginError("\n".join(f"a variable of the environment ({variables}): {reason}" for reason in reasons))

    def _wrong(self) -> list[str]:
        """Read the merged settings as MkDocs does, without the plugins that it has already; what cannot be used."""
        config, merged = self._config, self._merged
        same = {key: config[key] for key in ("site_name", "docs_dir", "site_dir")}
        same["site_url"] = config.site_url or merged["site_url"]
        missing = {name: options for name, options in merged["plugins"].items() if name not in self._named}
        self._whole.load_dict({**same, **{key: merged[key] for key in _BROUGHT}, "plugins": missing})
        errors, _ = self._whole.validate()
        return [f"{key}: {error}" for key, error in errors]

    def bring(self) -> None:
        """Bring everything but the nav, before any other plugin reads the settings or changes them."""
        config, merged, whole = self._config, self._merged, self._whole
        said = _options(self._written.get("plugins"))
        for name in merged["plugins"].keys() & self._named.keys():
            options = merged["plugins"][name]
            self._named[name].config.update({key: options[key] for key in options.keys() - said.get(name, {}).keys()})
        for key in (*_BROUGHT, "mdx_configs", "site_url"):
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
