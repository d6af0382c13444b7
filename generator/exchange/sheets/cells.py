"""What is stored in a cell of a workbook, as an editor would type it."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

from generator.exchange.sheets.sheet import LONGEST, UnusableSheet

SAVE = "open it in your spreadsheet program and save it again"
NO_RESULT = "the result of a formula is not stored in the file"

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384

_PART = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[[^\]]*\]|(?P<code>.)', re.DOTALL)
"""Of a number format: a text, a sign, room for one, a color or a country; else a sign that means something."""

_AS_IT_IS = frozenset(" $-+():!^&'~{}<>=")
"""The signs that a format shows without quotation marks."""


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
    """A number as its format has it typed: a day, a time, 84% or 00077; ValueError where it is none."""
    if style and _is_date(style):
        return day_or_time(from_excel(float(text), epoch, timedelta=_is_timedelta(style)))
    plain = _plain(text)
    look = _look(style)
    if look.percent:
        return percent(text)
    if look.mask and plain.removeprefix("-").isdecimal():
        return _masked(plain, look.mask)
    return f"{plain}%" if look.sign else plain


def _plain(text: str) -> str:
    if text.removeprefix("-").isdecimal():
        return str(int(text))
    value = float(text)
    if not isfinite(value):
        raise ValueError
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def percent(text: str) -> str:
    """A number as so many of a hundred: 84% for 0.84; of three decimals, which may be thousands, it makes four."""
    # More decimals than these, no number of the data has.
    number, _, decimals = f"{Decimal(_plain(text)).scaleb(2):.9f}".rstrip("0").partition(".")
    if len(decimals) == 3:
        decimals += "0"
    return f"{number}.{decimals}%" if decimals else f"{number}%"


class _Look(NamedTuple):
    """What a number format makes of a number."""

    percent: bool
    """Whether 0.84 is shown as 84%."""
    sign: bool
    """Whether 84 is."""
    mask: tuple[str, ...]
    """The signs that are shown, empty ones for figures, where it asks for more than one of those: K-0000."""


@lru_cache(maxsize=1024)
def _look(style: str) -> _Look:
    """By the part of a format that is for numbers above zero, which is the first."""
    signs: list[tuple[str, bool]] = []
    for part in _PART.finditer(style):
        code = part["code"]
        if code == ";":
            break
        signs += [(sign, True) for sign in part["quoted"] or part["escaped"] or ""]
        if code:
            signs.append((code, code in _AS_IT_IS))
    codes = [sign for sign, literal in signs if not literal]
    masked = len(codes) > 1 and {*codes} == {"0"}
    mask = tuple(sign if literal else "" for sign, literal in signs) if masked else ()
    return _Look("%" in codes, ("%", True) in signs, mask)


def _masked(number: str, mask: tuple[str, ...]) -> str:
    """A whole number in a mask: its figures fill the places from the right, and the first one takes the others."""
    figures = number.removeprefix("-").zfill(mask.count(""))
    first = len(figures) - mask.count("") + 1
    places = iter([figures[:first], *figures[first:]])
    shown = "".join(sign or next(places) for sign in mask)
    return f"-{shown}" if number.startswith("-") else shown


_is_date = lru_cache(maxsize=1024)(is_date_format)
_is_timedelta = lru_cache(maxsize=1024)(is_timedelta_format)


def day_or_time(value: object) -> str:
    """What an editor would type for a day or a time of Excel: 2026-11-30."""
    if isinstance(value, datetime):
        midnight = not (value.hour or value.minute or value.second)
        return value.date().isoformat() if midnight else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)
