"""What sentences are made of, wherever they are said: numbers of things, series of them, and days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def noun(number: int, singular: str, plural: str = "") -> str:
    """The word for so many: "partner" or "partners"."""
    return singular if number == 1 else plural or f"{singular}s"


def count(number: int, singular: str, plural: str = "") -> str:
    """Such as "1 partner", "2 partners", "no partners"."""
    return f"{number or 'no'} {noun(number, singular, plural)}"


def series(parts: Iterable[str]) -> str:
    """Such as "a", "a and b", "a, b and c"; empty where there is none."""
    *most, last = list(parts) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def day(text: str) -> date | None:
    """The day that is written like 2026-11-30; None for every other way to write one."""
    try:
        parsed = date.fromisoformat(text)
    except ValueError:
        return None
    return parsed if parsed.isoformat() == text else None
