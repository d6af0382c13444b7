"""Words that many pages use: counts, lists, states."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from generator import words
from generator.markdown import Md, escape, join, md, span, verbatim

NOT_RECORDED = "not recorded"

Item = TypeVar("Item")

MANY = 50
"""Of a longer list within a sentence nobody reads every name."""


def abridged(
    items: Sequence[Item], named: Callable[[Item], Md], whole: Callable[[str], Md] = escape, most: int = MANY
) -> Md:
    """The items, as `named` names each, with commas between them; of more than `most` the first ones, and how many
    more, which `whole` may link.
    """
    rest = len(items) - most
    if rest <= 0:
        return join(", ", map(named, items))
    return md("{} and {}", join(", ", map(named, items[:most])), whole(f"{rest} more"))


def series(parts: Iterable[Md]) -> Md:
    """Such as "a, b and c"; empty where there is none."""
    *most, last = list(parts) or [Md("")]
    return md("{} and {}", join(", ", most), last) if most else last


def listed(parts: Iterable[str]) -> Md:
    """The parts with commas between them, or "not recorded" where there is none."""
    return join(", ", parts) or escape(NOT_RECORDED)


def set_apart(names: Sequence[str]) -> Md:
    """The names with commas between them, or semicolons where one holds a comma itself."""
    return join("; " if any("," in name for name in names) else ", ", names)


def chip(kind: str, label: str = "") -> Md:
    """A state as a colored chip; kind and label are ours, and the label says what the color says."""
    return span(f"chip chip--{kind}", verbatim(label or kind))


def in_one_piece(day: date) -> Md:
    """The day, which no narrow column breaks at a hyphen."""
    return span("pb-nowrap", verbatim(str(day)))


def initials(name: str) -> Md:
    """Two letters that stand for a name, as in a monogram."""
    words = re.findall(r"[^\W_]+", name) or ["–"]
    letters = "".join(word[0] for word in words[:2]) if len(words) > 1 else words[0][:2]
    return verbatim(letters.upper())


def first_sentence(text: str) -> str:
    """The text up to the end of its first sentence."""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", " ".join(text.split()), maxsplit=1)[0]


def cadence(days: int | None) -> str:
    """How often a mode asks for a review, in words."""
    if days is None:
        return "no regular review is asked for"
    if days % 365 == 0:
        return "at least every year" if days == 365 else f"at least every {days // 365} years"
    if days < 28:
        return f"at least every {days} days" if days > 1 else "every day"
    months = round(days / 30.4)
    return f"at least every {days} days (about {words.count(months, 'month')})"


def yes_or_no(flag: bool) -> str:
    return "yes" if flag else "no"
