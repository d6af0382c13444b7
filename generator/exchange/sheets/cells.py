"""What is stored in a cell of a workbook, as an editor would type it."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache
from math import isfinite

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

from generator.exchange.sheets.sheet import LONGEST, UnusableSheet

SAVE = "open it in your spreadsheet program and save it again"
NO_RESULT = "the result of a formula is not stored in the file"

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


class Texts:
    """The text of a cell, whose pieces may look different, without how it is pronounced."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._inside = self._aside = False

    def clear(self) -> None:
        self._pieces.clear()
        self._length = 0

    def start(self, name: str) -> None:
        if name in ("v", "t"):
            self._inside = not self._aside
        elif name == "rPh":
            self._aside = True

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._inside = False
        elif name == "rPh":
            self._aside = False

    def take(self, text: str) -> None:
        # What comes then makes no difference: the cell is refused.
        if self._inside and self._length <= LONGEST:
            self._pieces.append(text)
            self._length += len(text)

    def text(self) -> str:
        return "".join(self._pieces)


@lru_cache(maxsize=_LAST_COLUMN)
def column(name: str) -> int:
    if not re.fullmatch("[A-Za-z]{1,3}", name):
        raise UnusableSheet(f"a cell stands in the column {name[:20]!r}, which cannot be", SAVE)
    return column_index_from_string(name) - 1


@lru_cache(maxsize=1024)
def row_number(text: str) -> int:
    if not text.isdecimal() or len(text) > 7 or not 0 < int(text) <= _LAST_ROW:
        raise UnusableSheet(f"there is a row {text[:20]!r}, which cannot be", SAVE)
    return int(text)


@lru_cache(maxsize=10_000)
def figure(text: str, style: str = "", epoch: datetime = WINDOWS_EPOCH) -> str:
    """A number, or the day or the time that it stands for; ValueError where it is none."""
    if style and _is_date(style):
        return day_or_time(from_excel(float(text), epoch, timedelta=_is_timedelta(style)))
    if text.removeprefix("-").isdecimal():
        return str(int(text))
    value = float(text)
    if not isfinite(value):
        raise ValueError
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


_is_date = lru_cache(maxsize=1024)(is_date_format)
_is_timedelta = lru_cache(maxsize=1024)(is_timedelta_format)


def day_or_time(value: object) -> str:
    """What an editor would type for a day or a time of Excel: 2026-11-30."""
    if isinstance(value, datetime):
        midnight = not (value.hour or value.minute or value.second)
        return value.date().isoformat() if midnight else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)
