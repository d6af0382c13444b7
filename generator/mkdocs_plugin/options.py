"""What the plugin is told to show: by mkdocs.yml, and where that says nothing, by the environment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from generator import loading

_YES, _NO = ("true", "1", "yes", "on"), ("false", "0", "no", "off", "")


class PluginOptions(NamedTuple):
    """What the options say; of a folder or a day, None where nothing is said."""

    data: Path | None
    as_of: date | None
    strict: bool
    audience: str
    site: Path | None = None
    """Where the site goes, which is said beside the plugin's own options."""


def read_options(said: Mapping[str, Any], root: Path) -> PluginOptions:
    """The options as YAML has them, with folders below `root`; ValueError, fit to be shown, for what none can mean."""
    strict = str(said.get("strict") or "").casefold()
    if strict not in (*_YES, *_NO):
        raise ValueError(f"the option strict is true or false, not {strict!r}")
    as_of = said.get("as_of") or None
    # YAML makes a moment of a day with a time, and Python takes a moment for a day.
    if as_of is not None and (isinstance(as_of, datetime) or not isinstance(as_of, date)):
        try:
            as_of = loading.day(str(as_of))
        except ValueError as error:
            raise ValueError(f"the option as_of: {error}") from None
    folder = _text(said, "data", "the name of a folder")
    return PluginOptions(root / folder if folder else None, as_of, strict in _YES, _text(said, "audience", "an id"))


def _text(said: Mapping[str, Any], name: str, what: str) -> str:
    # To YAML, yes and off are no texts, nor are figures; !ENV makes such of whatever a variable holds.
    value = said.get(name)
    if isinstance(value, bool) or not (value is None or isinstance(value, str | int)):
        raise ValueError(f"the option {name} is {what}: put it in quotes")
    return "" if value is None else str(value)
