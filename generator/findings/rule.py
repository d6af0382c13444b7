"""What a finding is, and what a rule has to give."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from typing import Any

from generator.model import Entry, Partner, Playbook, frozen
from generator.problems import Code, Place, Problem

_NOTHING: Mapping[str, Any] = frozen({})


@dataclass(frozen=True)
class Finding:
    """A warning as data: what was found, and where; `word` makes sentences of it.

    `partner` is None where it is about no partner; `department` and `owner` say whose work it is, where that is known.
    `key` tells it from others of the same code, partner and department, and stays while names, days, counts and wording
    change: parts such as "type:agency" and "partner:acme".  `values` are what the words are made of, fit for JSON: ids,
    days as 2026-11-30, numbers, texts, lists of ids, and None for what is not recorded.  `came` is the first day on
    which the same data gave it, where days that passed brought it and that is known.
    """

    code: Code
    place: Place
    partner: str | None = None
    department: str | None = None
    owner: str | None = None
    key: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    came: date | None = None


@dataclass(frozen=True, slots=True)
class WordedFinding(Problem):
    """A finding in words, with the data that they were made of."""

    finding: Finding = field(kw_only=True, compare=False)


class Subject(Enum):
    """What findings of a rule are about, which is what they are known by.

    Of several entries that a finding is about, it is told at the one that stands first or last in the files.
    """

    ENTRY = auto()
    PARTNER = auto()
    """A partner, whichever of its entries it is told at."""
    PAIR = auto()
    """Two partners, whichever of them it is told at; the key names the other one."""
    COMPANY = auto()
    """Neither: the key says all."""


Words = Callable[[Playbook, Finding], tuple[str, str]]


@dataclass(frozen=True)
class Rule:
    """One code, how it is found, and how a finding of it is put: as a message and a hint.

    `timely` says that the same data gives other findings on another day.  What is found in a partner must not depend on
    other partners, unless the rule says what it looks at `across` all of them, in each.  It `rests_on` fields of
    entries that may be hidden: who does not see all of these is told nothing of what it finds, nor of what it does not.
    The findings are about what `subject` says.
    """

    code: Code
    check: Callable[[Playbook], Iterator[Finding]]
    words: Words
    timely: bool = False
    across: Callable[[Partner], Hashable] | None = None
    rests_on: frozenset[str] = frozenset()
    subject: Subject = Subject.ENTRY


def about(entry: Entry, code: Code, place: Place, *key: str, **values: Any) -> Finding:
    """A finding about one department's entry."""
    return Finding(code, place, entry.partner, entry.department, entry.owner, key, frozen(values))


def name_of(playbook: Playbook, finding: Finding) -> str:
    """The name of the partner that a finding is about; KeyError where it is about none."""
    return playbook.partners[finding.partner or ""].name


def current(playbook: Playbook) -> Iterator[Entry]:
    """Every entry that has not ended."""
    return (entry for entry in playbook.entries if not entry.ended)


def active(playbook: Playbook) -> Iterator[Entry]:
    """Every active entry."""
    return (entry for entry in playbook.entries if entry.active)
