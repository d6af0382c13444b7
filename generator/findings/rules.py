"""What a rule is, and what it needs to say what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator.model import Playbook, Relationship
from generator.problems import Code, Problem


@dataclass(frozen=True, slots=True)
class Finding:
    """A warning, and whom it concerns, by id.

    `department` and `owner` are those of the entry that it is about; both are None where it is
    about the partner as a whole.  `owner` is also None where the entry has none.
    """

    problem: Problem
    partner: str
    department: str | None = None
    owner: str | None = None


Rule = Callable[[Playbook], Iterable[Finding]]

_rules: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Decorator: have `find` ask this function, too."""
    _rules.append(function)
    return function


def every_rule() -> tuple[Rule, ...]:
    """The rules of the modules that were imported."""
    return tuple(_rules)


def current(playbook: Playbook) -> Iterator[Relationship]:
    """The relationships that have not ended."""
    return (r for r in playbook.relationships if not r.ended)


def active(playbook: Playbook) -> Iterator[Relationship]:
    """The relationships whose status is active."""
    return (r for r in playbook.relationships if r.active)


def about(relationship: Relationship, code: Code, message: str, *route: str | int, hint: str) -> Finding:
    """A finding about one entry, at the field that `route` leads to, else at the entry's id."""
    place = relationship.place.at(*(route or ("id",)))
    problem = Problem(code, message, place, hint)
    return Finding(problem, relationship.partner, relationship.department, relationship.owner)


def named(playbook: Playbook, relationship: Relationship) -> tuple[str, str]:
    """The names of the partner and of the department of an entry."""
    return playbook.partners[relationship.partner].name, playbook.departments[relationship.department].name
