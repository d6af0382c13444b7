"""Numbers and names, as people and spreadsheet programs of several countries write them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PLAIN = re.compile(r"(-?)0*(\d+)(?:[.,](\d{1,9}))?")
_GROUPED = re.compile(r"\d{1,3}(?:(?P<sign>[.,'’ ])\d{3})(?:(?P=sign)\d{3})*")

_EITHER = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}(?: ?%)?")
"""A number whose comma, or point, may be the decimal one, or stand for thousands."""

_CLEAR = re.compile(
    r"-?(?:\d+|\d{1,3}(?P<group>[.,'’ ])\d{3}(?:(?P=group)\d{3})*(?!(?P=group)))(?P<decimal>[.,])\d{1,9}(?: ?%)?"
    r"|-?\d{1,3}(?P<twice>[.,])\d{3}(?:(?P=twice)\d{3})+"
)
"""One that is no such number: its decimal sign, or the one that stands there twice and is none."""

_NOT_A_NAME = (
    (re.compile(r"(?:true|false|wahr|falsch|vrai|faux|verdadero|falso|verdadeiro|vero)", re.IGNORECASE), "yes or no"),
    (re.compile(r"\d{4}-\d\d?-\d\d?(?:[ T]\d\d:\d\d.*)?|\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d\d)"), "a day"),
    (re.compile(r"\d{1,2}[-. ](?:jan|feb|mar|mär|mrz|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\w{0,6}"
                r"|(?:jan|feb|mar|mär|mrz|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[-. ]\d\d", re.IGNORECASE),
     "a day"),
    (re.compile(r"\d(?:[.,]\d+)?E[+-]\d+|\d{5}(?:\.\d+)?", re.IGNORECASE), "a number"),
    (re.compile(r"#(?:NAME\?|REF!|VALUE!|DIV/0!|NULL!|NUM!|N/A)"), "a failed formula"),
)  # fmt: skip


def is_either(text: str) -> bool:
    """Whether a text is a number that some countries write for 1234, and others for 1.234."""
    return _EITHER.fullmatch(text) is not None


def decimal_sign(texts: Iterable[str]) -> str:
    """The decimal sign that numbers of a column show which are clear; empty where none does, or two do."""
    clear = [found for text in texts if not is_either(text) and (found := _CLEAR.fullmatch(text))]
    shown = {found["decimal"] or ("," if found["twice"] == "." else ".") for found in clear}
    return shown.pop() if len(shown) == 1 else ""


def in_notation(text: str, decimal: str) -> str:
    """A number as data files have it, by its decimal sign; a percent sign is left out: the scale is then 100."""
    bare = text.removesuffix("%").strip()
    return re.sub("['’ ]", "", bare.replace("," if decimal == "." else ".", "")).replace(",", ".")


def number_of(text: str, *, whole: bool = False) -> str:
    """A number as data files have it; the text as it stands where that is not clear.

    That is 1.234 for 1.234, as data files have it: what a CSV file means by it, its `Readings` say before.
    A percent sign is left out: the scale is then 100.
    """
    bare = text.strip().removesuffix("%").strip()
    # A sign between thousands that stands there twice is no decimal one.
    if _GROUPED.fullmatch(bare) and (whole or len(re.findall(r"\D", bare)) > 1):
        return re.sub(r"\D", "", bare)
    if (clear := _CLEAR.fullmatch(bare)) and clear["group"]:
        return in_notation(bare, clear["decimal"])
    if not is_either(bare) and (plain := _PLAIN.fullmatch(bare)):
        sign, number, decimals = plain.groups("")
        return f"{sign}{number}.{decimals.rstrip('0')}".rstrip(".")
    return text


def is_percent(text: str) -> bool:
    """Whether a number is one of a hundred."""
    return text.rstrip().endswith("%")


def labeled(ident: str, name: str) -> str:
    """An id with its name in front, as workbooks show it; the id alone where it has no other name."""
    return f"{name} ({ident})" if name and name != ident else ident


def label_parts(text: str) -> tuple[str, str]:
    """The name and the id of such a text; two empty texts where it is none."""
    name, _, rest = text.strip().rpartition(" (")
    return (name, rest[:-1]) if name and rest[-1:] == ")" and rest[:-1] else ("", "")


def taken_for(name: str) -> str:
    """What a spreadsheet program seems to have made of the name of a company; empty where it stayed a name."""
    return next((what for shape, what in _NOT_A_NAME if shape.fullmatch(name.strip())), "")
