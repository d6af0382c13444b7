"""What a finding is, how it is known again, and what a rule has to give."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from generator.model import Entry, Partner, Playbook, frozen
from generator.problems import Code, Place, Problem

_NOTHING: Mapping[str, Any] = frozen({})
_SAME: Mapping[str, str] = frozen({})


@dataclass(frozen=True)
class Finding:
    """A warning as data: what was found, and where; `word` makes sentences of it.

    `partner` is None where it is about no partner; `department` and `owner` say whose work it is, where that is known.
    `key` tells it from others of the same code, partner and department, and stays while names, days, counts and wording
    change: parts such as "type:agency" and "partner:acme".  `values` are what the words are made of, fit for JSON: ids,
    days as 2026-11-30, numbers, texts, lists of ids, and None for what is not recorded.
    """

    code: Code
    place: Place
    partner: str | None = None
    department: str | None = None
    owner: str | None = None
    key: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class WordedFinding(Problem):
    """A finding in words, with the data that they were made of."""

    finding: Finding = field(kw_only=True, compare=False)


Words = Callable[[Playbook, Finding], tuple[str, str]]


@dataclass(frozen=True)
class Rule:
    """One code, how it is found, and how a finding of it is put: as a message and a hint.

    `timely` says that the same data gives other findings on another day.  What is found in a partner must not depend on
    other partners, unless the rule says what it looks at `across` all of them, in each.  It `rests_on` fields of
    entries that may be hidden: who does not see all of these is told nothing of what it finds, nor of what it does not.
    """

    code: Code
    check: Callable[[Playbook], Iterator[Finding]]
    words: Words
    timely: bool = False
    across: Callable[[Partner], Hashable] | None = None
    rests_on: frozenset[str] = frozenset()


class Identity(NamedTuple):
    """What stays of a finding while lines move, days pass and names change."""

    code: str
    partner: str | None
    department: str | None
    key: tuple[str, ...]

    def now(self, renamed: Mapping[str, str]) -> Identity:
        """The same with the ids of today; `renamed` is as `new_ids` gives it."""

        def today(kind: str, ident: str | None) -> str | None:
            part = f"{kind}:{ident}"
            return renamed.get(part, part).removeprefix(f"{kind}:") if ident is not None else None

        key = tuple(renamed.get(part, part) for part in self.key)
        return Identity(self.code, today("partner", self.partner), today("department", self.department), key)


class Opened(NamedTuple):
    """The day on which a finding was first seen; `exact` is false where it may have been there before."""

    day: date
    exact: bool


def identify(finding: Finding, renamed: Mapping[str, str] = _SAME) -> Identity:
    """What a finding is known by, with the ids of today."""
    return Identity(finding.code.slug, finding.partner, finding.department, finding.key).now(renamed)


def new_ids(playbook: Playbook) -> Mapping[str, str]:
    """The parts of a key that have other ids in this playbook than they once had, such as "partner:old"."""
    partners = {f"partner:{old}": f"partner:{new.id}" for new in playbook.partners.values() for old in new.former_ids}
    types = {f"type:{old}": f"type:{new.id}" for new in playbook.types.values() for old in new.aliases}
    departments = {
        f"department:{old}": f"department:{new.id}" for new in playbook.departments.values() for old in new.formerly
    }
    people = {
        f"{part}:{old}": f"{part}:{new.id}"
        for new in playbook.people.values()
        for old in new.formerly
        for part in ("person", "by")
    }
    return frozen(partners | types | departments | people)


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
