"""Days as people and their programs write them, and which of two numbers is the month."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from datetime import date, timedelta
from typing import NamedTuple

ORDER = "(order of day and month)"
"""The value under which a question asks for it, once for a column."""

DAY, MONTH = "day first", "month first"
"""The answers."""

_TIME = r"(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
_WEEKDAY = r"(?:[^\W\d]{2,12}\.?,?\s+)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}})\.?{_TIME}")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.]) ?(\d{{1,2}})\2 ?(\d{{4}}|\d{{2}}){_TIME}")
_NAMED = (
    re.compile(rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?[\s/-]*(?:de |of )?(?P<month>[^\W\d]{{3,12}})"
               rf"\.?[\s,/-]*(?:de |of )?(?P<year>\d{{4}}|'?\d{{2}}){_TIME}"),
    re.compile(rf"{_WEEKDAY}(?P<month>[^\W\d]{{3,12}})\.?[\s/-]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s,/-]+"
               rf"(?P<year>\d{{4}}){_TIME}"),
)  # fmt: skip
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_EXCEL_BEGINS = date(1899, 12, 30)
_CENTURY = 36_526, 73_050
"""The days from 2000 to 2099 as Excel counts them: nothing else that stands in a column of days has five figures."""

# English, German, French, Spanish, Italian, Portuguese and Dutch: the beginnings by which months are told apart.
_MONTHS = """\
jan gen ene
feb fev fév
mar mär mrz maart mrt
apr avr abr
may mai mag mei
jun juin giu
jul juil lug
aug aoû ago
sep set
oct okt ott out
nov
dec dez déc dic
"""
_MONTH_OF = {begin: number for number, begins in enumerate(_MONTHS.splitlines(), 1) for begin in begins.split()}


class Ambiguous(NamedTuple):
    """Two numbers of which either may be the month; `sign` stands between them."""

    sign: str
    day_first: str
    month_first: str


def day_of(text: str) -> str | Ambiguous | None:
    """The day that a text says, as 2026-11-30; None where it says none."""
    text = " ".join(text.split())
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(match[1], match[3], match[4])
    if match := _COMPACT.fullmatch(text):
        return _day(*match.groups())
    if _SERIAL.fullmatch(text) and _CENTURY[0] <= float(text) < _CENTURY[1] + 1:
        return (_EXCEL_BEGINS + timedelta(days=int(float(text)))).isoformat()
    if match := _YEAR_LAST.fullmatch(text):
        first, sign, second, year = match.groups()
        days, months = _day(year, second, first), _day(year, first, second)
        if days and months and days != months:
            return Ambiguous(sign, days, months)
        return days or months
    for named in _NAMED:
        if (match := named.fullmatch(text)) and (month := _month(match["month"])):
            return _day(match["year"].strip("'"), str(month), match["day"])
    return None


def orders(texts: Iterable[tuple[str, Container[str | None]]]) -> dict[str, str]:
    """What comes first in a column, by the sign between the numbers: as its unambiguous days say.

    Each text comes with the days that it is known to have said before, which tell as much.
    """
    found: dict[str, set[str]] = {}
    for text, known in texts:
        match = _YEAR_LAST.fullmatch(" ".join(text.split()))
        if match is None:
            continue
        first, sign, second, year = match.groups()
        days, months = _day(year, second, first), _day(year, first, second)
        if days != months and (not months or days in known):
            found.setdefault(sign, set()).add(DAY)
        if days != months and (not days or months in known):
            found.setdefault(sign, set()).add(MONTH)
    return {sign: told.pop() for sign, told in found.items() if len(told) == 1}


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _month(name: str) -> int | None:
    """The number of a month by its name, or the beginning of it."""
    folded = name.casefold()
    return next((_MONTH_OF[folded[:size]] for size in (5, 4, 3) if folded[:size] in _MONTH_OF), None)
