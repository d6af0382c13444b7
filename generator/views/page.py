"""What every view works with: the context it reads, and the View that it returns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from generator import paths
from generator.findings import Finding, Identity, Opened, find, identify
from generator.insights.alignment import Alignment, alignment
from generator.insights.confusion import confusions
from generator.insights.coverage import Coverage, coverage
from generator.insights.due import Due, by_department, by_owner, due_dates
from generator.insights.figures import Trend, trend
from generator.insights.ownership import heat
from generator.insights.value import Story, story
from generator.markdown import Md, escape, join, link
from generator.model import (
    Department,
    Entry,
    Objective,
    Offer,
    OfferStatus,
    Person,
    Playbook,
    Relationship,
    Skill,
    Status,
    Tool,
    frozen,
)
from generator.problems import NOWHERE, Place

NOT_RECORDED = "not recorded"

MANY = 50
"""Of a longer list within a sentence nobody reads every name."""

TAXONOMY = Place("taxonomy.yml")
"""What made the pages about the whole taxonomy."""


@dataclass(frozen=True)
class Context:
    """The playbook and what was found in it, computed once for all pages."""

    playbook: Playbook
    opened: Mapping[Identity, Opened] = field(default_factory=lambda: frozen({}))
    """When findings were first seen, where that is known."""

    def open_since(self, finding: Finding) -> str:
        """The day on which a finding was first seen; empty where that is today, or not known."""
        opened = self.opened.get(identify(finding, self.playbook)) if self.opened else None
        if opened is None or opened.day >= self.playbook.as_of:
            return ""
        return str(opened.day) if opened.exact else f"before {opened.day}"

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return find(self.playbook)

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
    def alignment(self) -> Alignment:
        return alignment(self.playbook)

    @cached_property
    def heat(self) -> Mapping[tuple[str, str], int]:
        """Active relationships by (department, type)."""
        return heat(self.playbook)

    @cached_property
    def trend(self) -> Trend | None:
        return trend(self.playbook)

    @cached_property
    def story(self) -> Story:
        return story(self.playbook)

    @cached_property
    def coverage(self) -> Coverage:
        return coverage(self.playbook)

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
    def calendars(self) -> frozenset[str]:
        """The paths of the calendars that there are: of a department or an owner without dates there is none."""
        departments = map(paths.calendar_of_department, by_department(self.due_dates))
        return frozenset([*departments, *map(paths.calendar_of_person, by_owner(self.playbook, self.due_dates))])

    @cached_property
    def named_people(self) -> frozenset[str]:
        """Everybody in a role that pages link to: each has a section on the page about people."""
        playbook = self.playbook
        people: set[str | None] = {department.lead for department in playbook.departments.values()}
        people.update(objective.owner for objective in playbook.objectives.values())
        for r in playbook.entries:
            people.update((r.owner, r.backup_owner, r.sponsor, r.reviewed.by if r.reviewed is not None else None))
        return frozenset(person for person in people if person is not None)

    @cached_property
    def relationships(self) -> tuple[tuple[Entry, Relationship], ...]:
        """Every relationship of today's inventory (what ended is left out), sorted by the partner's name."""
        partners = self.playbook.partners
        found = self.playbook.relationships(active=False)
        return tuple(sorted(found, key=lambda u: (partners[u[0].partner].name.casefold(), u[0].partner)))

    @cached_property
    def relationships_by_type(self) -> Mapping[str, tuple[tuple[Entry, Relationship], ...]]:
        """The same relationships by type, for every type."""
        found: dict[str, list[tuple[Entry, Relationship]]] = {type_id: [] for type_id in self.playbook.types}
        for entry, relationship in self.relationships:
            found[relationship.type].append((entry, relationship))
        return {type_id: tuple(them) for type_id, them in found.items()}

    @cached_property
    def confusions(self) -> Mapping[str, tuple[str, ...]]:
        """The types that each type is confused with, for every type."""
        return confusions(self.playbook)

    @staticmethod
    def _grouped(pairs: Iterable[tuple[str, Finding]]) -> Mapping[str, tuple[Finding, ...]]:
        found: dict[str, list[Finding]] = {}
        for key, finding in pairs:
            found.setdefault(key, []).append(finding)
        return {key: tuple(them) for key, them in found.items()}


def _file(entities: Iterable[Department | Person | Offer | Objective | Tool | Skill]) -> Place:
    """The file that the first of them stands in."""
    first = next(iter(entities), None)
    return Place(first.place.file) if first is not None else NOWHERE


@dataclass(frozen=True)
class View:
    """One page before it is rendered.

    `facts` are what the template of that name places, by name.  `place` is what made the page
    (NOWHERE: the whole inventory).  `trail` leads from the home page to it: (title, page path).
    `boost` ranks the page in search; 1 is the usual rank, 0 leaves the page out.  `redirect` sends
    readers on to "ID/", a page of the same folder.  `tooltips`: terms explain themselves on it.
    `feed` is the path of a feed that tells what is new on it.
    """

    path: str
    template: str
    title: str
    description: str
    facts: Mapping[str, object]
    place: Place = NOWHERE
    trail: tuple[tuple[str, str], ...] = ()
    boost: float = 1
    hide: tuple[str, ...] = ()
    redirect: str = ""
    tooltips: bool = True
    feed: str = ""


@dataclass(frozen=True)
class Links:
    """Links from the page at `here` to the pages of entities, labelled with their names."""

    playbook: Playbook
    here: str

    def to(self, label: str, target: str) -> Md:
        """A link to the page path `target`, which may carry an anchor or a query."""
        # Unescaped, "&region" would begin like the entity "&reg".
        return link(label, Md(paths.relative(self.here, target).replace("&", "&amp;")))

    def partner(self, partner_id: str) -> Md:
        return self.to(self.playbook.partners[partner_id].name, paths.partner(partner_id))

    def type(self, type_id: str) -> Md:
        return self.to(self.playbook.types[type_id].name, paths.partner_type(type_id))

    def function(self, function_id: str) -> Md:
        """A link to the function, which a table shows as a chip."""
        return Md(
            f"{self.to(self.playbook.functions[function_id].name, paths.function(function_id))}{{: .pb-function }}"
        )

    def mode(self, mode_id: str) -> Md:
        """A link to the mode, which a table shows as a chip."""
        return Md(f"{self.to(self.playbook.modes[mode_id].name, paths.mode(mode_id))}{{: .pb-mode }}")

    def stage(self, stage_id: str) -> Md:
        return self.to(self.playbook.stages[stage_id].name, paths.stage(stage_id))

    def factor(self, factor_id: str) -> Md:
        return self.to(self.playbook.factors[factor_id].name, paths.factor(factor_id))

    def department(self, department_id: str) -> Md:
        return self.to(self.playbook.departments[department_id].name, paths.department(department_id))

    def person(self, person: str | None) -> Md:
        """A link to the person's section of the page about people; None: nobody is recorded."""
        if person is None:
            return escape(NOT_RECORDED)
        return self.to(self.playbook.person_name(person), paths.person(person))

    def owner(self, person: str | None) -> Md:
        """The same link, with a word where the person has left; None: nobody owns it."""
        if person is None:
            return escape("nobody")
        left = person in self.playbook.people and not self.playbook.people[person].active
        return Md(f"{self.person(person)} (has left)") if left else self.person(person)

    def offer(self, offer_id: str) -> Md:
        """A link to the offer's section of the coverage page; a retired one needs nothing, so it has none."""
        offer = self.playbook.offers[offer_id]
        return (
            self.to(offer.name, paths.offer(offer_id))
            if offer.status is not OfferStatus.RETIRED
            else escape(offer.name)
        )

    def objective(self, objective_id: str) -> Md:
        return self.to(self.playbook.objectives[objective_id].title, paths.objective(objective_id))

    def rows(self, label: str | int, **wanted: str | tuple[str, ...]) -> Md:
        """A figure, linked to the rows of the directory that it counts; no link where it counts none."""
        return self.to(str(label), paths.directory(**wanted)) if label else Md("0")

    def current(self, label: str | int, **wanted: str | tuple[str, ...]) -> Md:
        """The same for what has not ended, whatever its status is."""
        return self.rows(label, **wanted, status=tuple(one for one in Status if one is not Status.ENDED))

    def problem(self, code_slug: str) -> Md:
        return self.to(code_slug, paths.problem(code_slug))


def abridged(parts: Sequence[Md], whole: Callable[[str], Md] = escape) -> Md:
    """The parts with commas between them; of a long list the first ones, and how many more, which `whole` may link."""
    more = len(parts) - MANY
    if more <= 0:
        return join(", ", parts)
    return Md(f"{join(', ', parts[:MANY])} and {whole(f'{more} more')}")


def listed(parts: Iterable[str]) -> Md:
    """The parts with commas between them, or "not recorded" where there is none."""
    return join(", ", parts) or escape(NOT_RECORDED)


def by_partner(links: Links, entries: Iterable[Entry]) -> list[Entry]:
    """The relationships by the name of the partner, then by department."""
    partners = links.playbook.partners
    return sorted(entries, key=lambda r: (partners[r.partner].name.casefold(), r.department))


@dataclass(frozen=True)
class Table:
    """Headers, and rows of as many cells."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table(headers: Iterable[str], rows: Iterable[Iterable[str]], empty: str = NOT_RECORDED) -> Table:
    """A table without the columns in which nothing stands; a gap in another one says `empty`."""
    titles = tuple(headers)
    cells = [tuple(row) for row in rows]
    kept = [index for index in range(len(titles)) if any(row[index] for row in cells)]
    return Table(
        tuple(titles[index] for index in kept),
        tuple(tuple(row[index] or empty for index in kept) for row in cells),
    )


def chip(kind: str, words: str = "") -> Md:
    """A state as a colored chip; kind and words are ours, and the words say what the color says."""
    return Md(f'<span class="chip chip--{kind}">{words or kind}</span>')


def count(number: int, singular: str, plural: str = "") -> str:
    """Such as "1 partner", "2 partners", "no partners"."""
    word = singular if number == 1 else plural or f"{singular}s"
    return f"{number or 'no'} {word}"


def first_sentence(text: str) -> str:
    """The text up to the end of its first sentence."""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", " ".join(text.split()), maxsplit=1)[0]
