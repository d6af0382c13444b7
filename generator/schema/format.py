"""The format that the data files are written for."""

from __future__ import annotations

from typing import Any

from generator.problems import NOWHERE
from generator.schema.check import check

FORMAT = 1
"""The one that this version of the program reads and writes; `generator.upgrading` leads to it from each one before."""

SETTINGS = "settings.yml"
"""The file that names it."""


def format_of(settings: Any) -> int | None:
    """The format that the data of settings.yml names; the first, where it names none.

    None where what it says is no such number, which `check` reports.
    """
    if not isinstance(settings or {}, dict):
        return None
    named = {name: value for name, value in (settings or {}).items() if name == "format"}
    shape, problems = check(SETTINGS, named, NOWHERE)
    return None if problems else int(shape.format)
