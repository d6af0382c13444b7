"""Numbers and names, as people and spreadsheet programs of several countries write them."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"-?\d+(?:[.,]\d{1,2}|[.,]\d{4,9})?")
"""A comma, or a point, with three figures behind it may stand for thousands."""

_GROUPED = re.compile(r"\d{1,3}(?:(?P<sign>[.,'’ ])\d{3})(?:(?P=sign)\d{3})*")

_NOT_A_NAME = (
    (re.compile(r"(?:true|false|wahr|falsch|vrai|faux|verdadero|falso|verdadeiro|vero)", re.IGNORECASE), "yes or no"),
    (re.compile(r"\d{4}-\d\d?-\d\d?(?:[ T]\d\d:\d\d.*)?|\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d\d)"), "a day"),
    (re.compile(r"\d{1,2}[-. ](?:jan|feb|mar|mär|mrz|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\w{0,6}"
                r"|(?:jan|feb|mar|mär|mrz|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[-. ]\d\d", re.IGNORECASE),
     "a day"),
    (re.compile(r"\d(?:[.,]\d+)?E[+-]\d+|\d{5}(?:\.\d+)?", re.IGNORECASE), "a number"),
    (re.compile(r"#(?:NAME\?|REF!|VALUE!|DIV/0!|NULL!|NUM!|N/A)"), "a failed formula"),
)  # fmt: skip


def number_of(text: str, *, whole: bool = False) -> str:
    """A number as data files have it; the text as it stands where that is not clear.

    A percent sign is left out: the scale is then 100.
    """
    bare = text.strip().removesuffix("%").strip()
    # A sign between thousands that stands there twice is no decimal one.
    if _GROUPED.fullmatch(bare) and (whole or len(re.findall(r"\D", bare)) > 1):
        return re.sub(r"\D", "", bare)
    if _PLAIN.fullmatch(bare):
        number = bare.replace(",", ".")
        return number.removesuffix(".0").removesuffix(".00") if whole else number
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
