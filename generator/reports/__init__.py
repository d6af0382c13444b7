"""Problems and what else is reported, as text; each module makes one form of it."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.reports.format import Report


def _format(name: str) -> Callable[[Report], str]:
    """What makes a report of that format; its module is imported for those who want one."""

    def write(report: Report) -> str:
        module = importlib.import_module(f"{__name__}.{name}_report")
        text: str = getattr(module, f"{name}_report")(report)
        return text

    return write


_NAMES = ("github", "gitlab", "json", "junit", "sarif")

FORMATS: Mapping[str, Callable[[Report], str]] = {name: _format(name) for name in _NAMES}
"""Every format for programs, by the name that `check --format` takes."""
