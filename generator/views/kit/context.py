"""What every view reads: the playbook, and all that is computed from it once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from generator import paths
from generator.findings import Finding, FoundEarlier, Identity, Opened, Today, find, identify
from generator.insights.confusion import confusions
from generator.insights.due import Due, by_department, by_owner, due_dates
from generator.insights.figures import Trend, trend
from generator.insights.health import Tally
from generator.insights.overview import Overview
from generator.insights.worklist import Task, worklist
from generator.model import (
    Department,
    Entry,
    Objective,
    Offer,
    Person,
    Relationship,
    Skill,
    Tool,
    frozen,
)
from generator.problems import NOWHERE, Place

Made = TypeVar("Made")


@dataclass(frozen=True)
class Context(Overview):
    """The playbook and what was found in it, computed once for all pages."""

    opened: Mapping[Identity, Opened] = field(default_factory=lambda: frozen({}))
    """When findings were first seen, where that is known."""
    found: tuple[Finding, ...] | None = None
    """What `find` gives for the playbook, where that is known."""
    _made: dict[Callable[[Any], Any], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, make: Callable[[Context], Made]) -> Made:
        """What `make` makes of it: once, for all pages that want it."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    def open_since(self, finding: Finding) -> str:
        """The day on which a finding came, or else of the first commit that has it; empty where no history is known.

        Where a commit lacked it although it should have come before, the next one brought it.
        """
        if not self.opened:
            return ""
        known_by = identify(finding)
        opened = self._opened.get(known_by)
        lacking = opened.lacking if opened is not None else None
        if finding.came is not None and (lacking is None or lacking < finding.came):
            return str(finding.came)
        if opened is None:
            return "after the last commit"
        return f"before {opened.day}" if lacking is None else str(opened.day)

    @cached_property
    def _opened(self) -> Mapping[Identity, Opened]:
        """As `opened`, by what findings are known by today: the last commit may have had other ids."""
        today, known = Today.of(self.playbook), dict[Identity, Opened]()
        for identity, opened in self.opened.items():
            now = today.known(FoundEarlier(identity, opened.others))
            # Of two that have become one, the older: they come in no order.
            known[now] = min(opened, known.get(now, opened), key=lambda one: (one.day, one.lacking or date.min))
        return known

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return find(self.playbook) if self.found is None else self.found

    @cached_property
    def inventory(self) -> Place:
        """What made the pages about the whole inventory: the file that it begins in."""
        return _file(self.playbook.departments.values())

    @cached_property
    def people(self) -> Place:
        """What made the page about people: the file that they stand in, or the inventory that names them."""
        return _file(self.playbook.people.values()) if self.playbook.people else self.inventory

    @cached_property
    def portfolio(self) -> Place:
        """What made the pages about the offers: the file that they stand in."""
        return _file(self.playbook.offers.values())

    @cached_property
    def strategy(self) -> Place:
        """What made the page about the objectives: the file that they stand in."""
        return _file(self.playbook.objectives.values())

    @cached_property
    def toolkit(self) -> Place:
        """What made the page about tools and skills: the file that they stand in."""
        return _file([*self.playbook.tools.values(), *self.playbook.skills.values()])

    @cached_property
    def tallies(self) -> Mapping[int, Tally]:
        """The checks of every active entry, counted, by `id`: as a key, an entry would be hashed with all it holds."""
        return {id(checked.entry): checked.tally for checked in self.health.entries}

    @cached_property
    def worklist(self) -> tuple[Task, ...]:
        return worklist(self.playbook, self.health)

    @cached_property
    def trend(self) -> Trend | None:
        return trend(self)

    @cached_property
    def findings_by_partner(self) -> Mapping[str, tuple[Finding, ...]]:
        return self._grouped((f.partner, f) for f in self.findings if f.partner is not None)

    @cached_property
    def findings_by_department(self) -> Mapping[str, tuple[Finding, ...]]:
        return self._grouped((f.department, f) for f in self.findings if f.department is not None)

    @cached_property
    def due_dates(self) -> tuple[Due, ...]:
        return due_dates(self.playbook)

    @cached_property
    def due_by_department(self) -> Mapping[str, tuple[Due, ...]]:
        return by_department(self.due_dates)

    @cached_property
    def due_by_owner(self) -> Mapping[str, tuple[Due, ...]]:
        return by_owner(self.playbook, self.due_dates)

    @cached_property
    def calendars(self) -> frozenset[str]:
        """The paths of the calendars that there are: of a department or an owner without dates there is none."""
        departments = map(paths.calendar_of_department, self.due_by_department)
        return frozenset([*departments, *map(paths.calendar_of_person, self.due_by_owner)])

    @cached_property
    def named_people(self) -> frozenset[str]:
        """Everybody in a role that pages link to: each has a section on the page about people."""
        playbook = self.playbook
        people: set[str | None] = {department.lead for department in playbook.departments.values()}
        people.update(objective.owner for objective in playbook.objectives.values())
        people.update(waiver.by for rule in playbook.rules.values() for waiver in rule.waivers)
        for entry in playbook.entries:
            people.update(playbook.people_in(entry))
        return frozenset(person for person in people if person is not None)

    @cached_property
    def relationships(self) -> tuple[tuple[Entry, Relationship], ...]:
        """Every relationship of today's inventory (what ended is left out), sorted by the partner's name."""
        partners = self.playbook.partners
        pairs = self.playbook.relationships(active=False)
        return tuple(sorted(pairs, key=lambda pair: (partners[pair[0].partner].name.casefold(), pair[0].partner)))

    @cached_property
    def relationships_by_type(self) -> Mapping[str, tuple[tuple[Entry, Relationship], ...]]:
        """The same relationships by type, for every type."""
        pairs: dict[str, list[tuple[Entry, Relationship]]] = {type_id: [] for type_id in self.playbook.types}
        for entry, relationship in self.relationships:
            pairs[relationship.type].append((entry, relationship))
        return {type_id: tuple(of_type) for type_id, of_type in pairs.items()}

    @cached_property
    def entries_by_department(self) -> Mapping[str, tuple[Entry, ...]]:
        """The entries of every department, also those that have ended, by the partner's name."""
        partners = self.playbook.partners
        entries: dict[str, list[Entry]] = {department: [] for department in self.playbook.departments}
        for entry in sorted(self.playbook.entries, key=lambda entry: partners[entry.partner].name.casefold()):
            entries[entry.department].append(entry)
        return {department: tuple(own) for department, own in entries.items()}

    @cached_property
    def confusions(self) -> Mapping[str, tuple[str, ...]]:
        """The types that each type is confused with, for every type."""
        return confusions(self.playbook)

    @staticmethod
    def _grouped(pairs: Iterable[tuple[str, Finding]]) -> Mapping[str, tuple[Finding, ...]]:
        groups: dict[str, list[Finding]] = {}
        for key, finding in pairs:
            groups.setdefault(key, []).append(finding)
        return {key: tuple(findings) for key, findings in groups.items()}


def _file(entities: Iterable[Department | Person | Offer | Objective | Tool | Skill]) -> Place:
    """The file that the first of them stands in."""
    first = next(iter(entities), None)
    return Place(first.place.file) if first is not None else NOWHERE
