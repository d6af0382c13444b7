"""The settings of a site: what mkdocs.yml says, and where it says nothing, what the kit does."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError, PluginError
from mkdocs.utils.yaml import get_yaml_loader, yaml_load
from yaml import BaseLoader

from generator import kit, loading

MATERIAL = "material"
"""The theme that the kit's look is made for."""
BROUGHT = ("theme", "extra", "extra_css", "extra_javascript", "markdown_extensions", "not_in_nav", "validation")
"""The settings that the kit adds to, beside plugins and the nav."""
_OF_MATERIAL = ("assets/look.css", "offline")


def written(file: Path, config: MkDocsConfig | None = None, loader: type[BaseLoader] | None = None) -> dict[str, Any]:
    """What a file of settings says, with those that it inherits; `!relative` is seen from the folders of `config`."""
    with file.open("rb") as opened:
        try:
            return yaml_load(opened, loader or get_yaml_loader(config=config or MkDocsConfig())) or {}
        except TypeError:  # MkDocs looks into whatever it is
            raise ConfigurationError(f"{file} holds no settings: names with values are expected") from None


def kits() -> dict[str, Any]:
    """What the kit's own settings say in this environment; each caller may change it."""
    # One build asks six times, and YAML in Python is slow.
    return deepcopy(_kits(tuple((name, value) for name, value in os.environ.items() if name.startswith("PLAYBOOK_"))))


@lru_cache(maxsize=1)
def _kits(_environment: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    return written(kit.SETTINGS)


def merged(theirs: Mapping[str, Any], theme: str | None) -> dict[str, Any]:
    """What `theirs` says and the kit adds, as it would stand in mkdocs.yml, but for `nav`, which needs the files.

    What the kit adds to a theme other than Material are its pages' own style sheet and scripts, and settings
    that any theme has.
    """
    ours = kits()
    both = {**ours, **theirs}
    for key in ("plugins", "markdown_extensions"):
        there, here = options_of(theirs.get(key)), options_of(ours[key])
        # Whoever lists what the kit turns off wants it on.
        here = {
            name: options | {"enabled": True} if "enabled" in options and name in there else options
            for name, options in here.items()
        }
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


def check_environment(config: MkDocsConfig) -> None:
    """PluginError where a variable of the environment holds what the kit's settings cannot use."""
    whole = MkDocsConfig(config_file_path=config.config_file_path)
    try:
        ours = kits()
        # MkDocs makes one search of all in a process: the one that the site has must not be told the kit's options.
        theirs = options_of(written_by(config).get("plugins"))
        plugins = {name: options for name, options in options_of(ours["plugins"]).items() if name not in theirs}
        whole.load_dict({**ours, **_same(config), "theme": {**ours["theme"], "name": MATERIAL}, "plugins": plugins})
        reasons = [f"{key}: {error}" for key, error in whole.validate()[0]]
    except ValueError as error:  # YAML takes for a date what looks like one; an address may have half a bracket
        reasons = [no_day() or str(error)]
    if reasons:
        raise PluginError("\n".join(map(of_environment, reasons)))


def of_environment(reason: str) -> str:
    """What is said of a variable of ours that cannot be used."""
    variables = ", ".join(name for name in sorted(os.environ) if name.startswith("PLAYBOOK_"))
    return f"a variable of the environment ({variables}): {reason}"


def no_day() -> str:
    """Which of our variables in the environment looks like a day and is none; empty where that is not so."""
    for name, value in sorted(os.environ.items()):
        if name.startswith("PLAYBOOK_") and re.match(r"\d{4}-", value):
            try:
                loading.day(value)
            except ValueError as error:
                return f"{name}: {error}"
    return ""


def options_of(listed: Any) -> dict[str, dict[str, Any]]:
    """A list of plugins or extensions, as it may be written in mkdocs.yml, with the options of each; of one that stands
    there more than once, the last ones.
    """
    return dict(named_in(listed))


def named_in(listed: Any) -> list[tuple[str, Any]]:
    """The same, each as often as it stands there; nothing of what is no such list."""
    items = listed.items() if isinstance(listed, dict) else map(_named, listed if isinstance(listed, list) else ())
    # Material's own may be called by the whole name.
    return [(str(name).removeprefix(f"{MATERIAL}/"), options or {}) for name, options in items]


def _named(one: Any) -> tuple[Any, Any]:
    return next(iter(one.items()), ("", {})) if isinstance(one, dict) else (one, {})


def pages_of(nav: Any) -> Iterator[str]:
    """The paths that a nav leads to."""
    if isinstance(nav, str):
        yield nav
    for one in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from pages_of(one)


def written_by(config: MkDocsConfig) -> dict[str, Any]:
    """What the file says that a build has read its settings from; nothing where there is none."""
    return written(Path(config.config_file_path), config) if config.config_file_path else {}


def _same(config: MkDocsConfig) -> dict[str, Any]:
    """What settings that are tried beside those of a build have in common with them."""
    return {key: config[key] for key in ("site_name", "docs_dir", "site_dir")}


def checked(config: MkDocsConfig, settings: Mapping[str, Any], plugins: Mapping[str, Any]) -> MkDocsConfig:
    """What MkDocs makes of these settings in the place of `config`, with these plugins alone."""
    whole = MkDocsConfig(config_file_path=config.config_file_path)
    address = config.site_url or settings["site_url"]
    brought = {key: settings[key] for key in BROUGHT}
    whole.load_dict({**_same(config), **brought, "site_url": address, "plugins": dict(plugins)})
    # MkDocs tries the extensions, and `!relative` asks this one for the page.
    config._current_page = SimpleNamespace(file=SimpleNamespace(src_path=""))  # type: ignore[assignment]
    errors, _ = whole.validate()
    config._current_page = None
    assert not errors, errors
    return whole
