"""What a rule is, and how all of them are run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from generator.model import Entry, Playbook
from generator.problems import Code, Place, Problem


@dataclass(frozen=True)
class Finding:
    """A warning about one partner, or none; `department` and `owner` say whose work it is, where that is known."""

    problem: Problem
    partner: str | None
    department: str | None = None
    owner: str | None = None


class Identity(NamedTuple):
    """What stays of a finding while lines move, days pass and a partner changes its name."""

    code: str
    partner: str
    department: str
    """The two are empty where the finding is about no partner, and no department."""
    rest: str


class Opened(NamedTuple):
    """The day on which a finding was first seen; `exact` is false where it may have been there before."""

    day: date
    exact: bool


_AGE = re.compile(r",? \d+ days? ago\b")
_SAME: Mapping[str, str] = {}


def identify(finding: Finding, playbook: Playbook, renamed: Mapping[str, str] = _SAME) -> Identity:
    """What a finding of the playbook is known by; `renamed` gives the new ids of partners that have one.

    The rest is the message with the partner's id for its name, and without what counts the days.
    """
    rest = _AGE.sub("", finding.problem.message)
    if finding.partner is None:
        return Identity(finding.problem.code.slug, "", finding.department or "", rest)
    name = re.escape(playbook.partners[finding.partner].name)
    partner = renamed.get(finding.partner, finding.partner)
    rest = re.sub(rf"(?<!\w){name}(?!\w)", lambda _: partner, rest)
    return Identity(finding.problem.code.slug, partner, finding.department or "", rest)


Rule = Callable[[Playbook], Iterator[Finding]]
_rules: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Mark a function as a rule."""
    _rules.append(function)
    return function


def about(entry: Entry, code: Code, message: str, place: Place, hint: str = "") -> Finding:
    """A finding about one department's entry."""
    problem = Problem(code, message, place, hint)
    return Finding(problem, entry.partner, entry.department, entry.owner)


def find(playbook: Playbook) -> tuple[Finding, ...]:
    """What every rule finds, but for the codes that the settings turn off, by place and code."""
    found = (finding for check in _rules for finding in check(playbook))
    kept = [finding for finding in found if finding.problem.code.slug not in playbook.settings.off]

    def order(finding: Finding) -> tuple[str, int, int, str, str]:
        place = finding.problem.place
        return place.file, place.line, place.column, finding.problem.code.slug, finding.problem.message

    return tuple(sorted(kept, key=order))


def current(playbook: Playbook) -> Iterator[tuple[str, Entry]]:
    """Every entry that has not ended, with the partner's name."""
    return ((playbook.partners[r.partner].name, r) for r in playbook.entries if not r.ended)


def active(playbook: Playbook) -> Iterator[tuple[str, Entry]]:
    """Every active entry, with the partner's name."""
    return ((playbook.partners[r.partner].name, r) for r in playbook.entries if r.active)
