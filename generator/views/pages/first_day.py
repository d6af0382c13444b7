"""For the first day in a department: its partners, its people, its types and what is due, each in short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from generator import paths
from generator.insights.due import Due
from generator.markdown import Md, escape, join, md
from generator.model import Department, Entry, Relationship
from generator.views.kit.context import Context
from generator.views.kit.links import Links, contact
from generator.views.kit.view import View
from generator.views.kit.words import abridged, first_sentence
from generator.views.parts.dates import NextDate, first_dates
from generator.views.parts.promises import promises
from generator.words import count, noun

# So many of each are what somebody keeps in mind on a first day; the department's page has all.
_NAMES, _PEOPLE, _BACKUPS, _TYPES, _DATES = 5, 10, 2, 8, 6

_Pair = tuple[Entry, Relationship]


@dataclass(frozen=True)
class ManagedPartners:
    """A mode, how many partners are managed in it, and the first of them."""

    mode: Md
    summary: str
    number: Md
    partners: Md


@dataclass(frozen=True)
class Colleague:
    """Somebody whom to know, and for what."""

    name: Md
    mail: Md
    role: Md
    away: Md


@dataclass(frozen=True)
class KnownType:
    """A type that the department works with; what may and what may never be said first, either may be empty."""

    type: Md
    number: Md
    definition: str
    may: str
    never: str


@dataclass(frozen=True)
class FirstDayFacts:
    """What `first_day.md.j2` places; what there is nothing to say of is empty."""

    department: Md
    contact: Md
    managed: bool
    ended: bool
    size: str
    modes: tuple[ManagedPartners, ...]
    ranked: bool
    people: tuple[Colleague, ...]
    more_people: Md
    types: tuple[KnownType, ...]
    more_types: Md
    dates: tuple[NextDate, ...]
    all_dates: Md
    reading: tuple[Md, ...]
    quiz: Md
    start: Md


def pages(context: Context) -> Iterator[View]:
    """A page for each department."""
    dues = context.due_by_department if context.playbook.shows("health") else {}
    for department in context.playbook.departments.values():
        yield _page(context, department, context.entries_by_department[department.id], dues.get(department.id, ()))


def _page(context: Context, department: Department, listed: Sequence[Entry], dates: Sequence[Due]) -> View:
    playbook, entries = context.playbook, [entry for entry in listed if not entry.ended]
    links = Links(playbook, paths.first_day(department.id))
    ranked = sorted(entries, key=lambda entry: (-_weight(entry), links.partner_name(entry).casefold(), entry.partner))
    pairs = [(entry, relationship) for entry in ranked for relationship in entry.relationships]
    colleagues, types = list(_people(links, department, ranked)), list(_types(links, department, pairs))
    everybody, whole = f"{paths.department(department.id)}#people", paths.department(department.id)
    partners, modes = len({entry.partner for entry in entries}), tuple(_modes(links, department, pairs))
    return View(
        path=links.here,
        template="first_day.md.j2",
        title=f"My first day in {department.name}",
        description=f"{department.name} in short: whom we work with, who is who, what is due, and what to read first.",
        facts=FirstDayFacts(
            department=links.department(department.id),
            contact=contact(department.contact),
            managed=bool(entries),
            ended=bool(listed),
            size=count(partners, "partner"),
            modes=modes,
            ranked=any(map(_weight, entries)) and partners > len(modes),
            people=tuple(colleagues[:_PEOPLE]),
            more_people=_more(links, len(colleagues) - _PEOPLE, everybody),
            types=tuple(types[:_TYPES]),
            more_types=_more(links, len(types) - _TYPES, whole),
            dates=first_dates(links, dates, playbook.as_of, _DATES),
            all_dates=_calendar(context, links, department),
            reading=tuple(_reading(links, pairs)),
            quiz=links.if_shown("quiz", paths.QUIZ),
            start=links.if_shown("Start here", paths.START),
        ),
        place=department.place,
        trail=(("Departments", paths.DEPARTMENTS), (department.name, paths.department(department.id))),
        # Whom it names has a page, which comes first.
        boost=0.5,
    )


def _weight(entry: Entry) -> int:
    """How much of ours hangs on a partner: objectives, offers and regions, as far as they are recorded."""
    return len(entry.objectives) + len(entry.offers) + len(entry.regions) if entry.active else 0


def _more(links: Links, rest: int, target: str) -> Md:
    return links.to(f"{rest} more", target) if rest > 0 else Md("")


def _modes(links: Links, department: Department, pairs: Iterable[_Pair]) -> Iterator[ManagedPartners]:
    """Each mode in use, in the taxonomy's order."""
    inside: dict[str, dict[str, None]] = {}
    for entry, relationship in pairs:
        inside.setdefault(relationship.mode, {})[entry.partner] = None
    for mode in links.playbook.modes.values():
        partners = list(inside.get(mode.id, ()))
        if partners:
            wanted = {"department": department.id, "mode": mode.id}
            yield ManagedPartners(
                mode=links.mode(mode.id),
                summary=first_sentence(mode.summary),
                number=links.current(count(len(partners), "partner"), **wanted),
                partners=abridged(partners, links.partner, partial(_rest, links, wanted), _NAMES),
            )


def _rest(links: Links, wanted: Mapping[str, str], _more: str) -> Md:
    """The directory shows all of them, not as many more."""
    return links.current("the rest", **wanted)


def _people(links: Links, department: Department, entries: Iterable[Entry]) -> Iterator[Colleague]:
    """The lead, then owners, those of most partners first."""
    owned: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.owner is not None and not links.playbook.ownerless(entry):
            owned.setdefault(entry.owner, []).append(entry)
    if department.lead is not None:
        yield _colleague(links, department, department.lead, owned.pop(department.lead, []), leads=True)
    name = links.playbook.person_name
    for owner in sorted(owned, key=lambda one: (-len(owned[one]), name(one).casefold(), one)):
        yield _colleague(links, department, owner, owned[owner])


def _colleague(
    links: Links, department: Department, person: str, owns: Sequence[Entry], *, leads: bool = False
) -> Colleague:
    playbook = links.playbook
    listed = playbook.people.get(person) if playbook.shows("people") else None
    number = links.current(count(len(owns), "partner"), department=department.id, owner=person)
    roles = [escape("leads the department")] if leads else []
    roles += [md("owns {}", number)] if owns else []
    backups = Counter(
        entry.backup_owner
        for entry in owns
        if entry.backup_owner is not None and not playbook.has_left(entry.backup_owner)
    )

    def first(backup: str) -> tuple[int, str, str]:
        return -backups[backup], playbook.person_name(backup).casefold(), backup

    return Colleague(
        name=links.owner(person),
        mail=contact(listed.email) if listed is not None and listed.active else Md(""),
        role=join(", ", roles),
        away=join(" or ", map(links.person, sorted(backups, key=first)[:_BACKUPS])),
    )


def _types(links: Links, department: Department, pairs: Sequence[_Pair]) -> Iterator[KnownType]:
    """The types that the department works with, those of most partners first."""
    modes: dict[str, dict[str, None]] = {}
    for _, relationship in pairs:
        modes.setdefault(relationship.type, {})[relationship.mode] = None
    for kind, number in _numbers((entry, relationship.type) for entry, relationship in pairs):
        said = promises(links, (kind,), tuple(modes[kind])[:1])
        yield KnownType(
            type=links.type(kind),
            number=links.current(count(number, "partner"), department=department.id, type=kind),
            definition=first_sentence(links.playbook.types[kind].definition),
            may=said.may[0].text if said.may else "",
            never=said.never[0].text if said.never else "",
        )


def _numbers(pairs: Iterable[tuple[Entry, str]]) -> list[tuple[str, int]]:
    """How many partners each of these has, the most first."""
    return Counter(name for _, name in {(entry.partner, name): None for entry, name in pairs}).most_common()


def _calendar(context: Context, links: Links, department: Department) -> Md:
    path = paths.calendar_of_department(department.id)
    return links.to("calendar", path) if path in context.calendars else Md("")


def _reading(links: Links, pairs: Sequence[_Pair]) -> Iterator[Md]:
    """Three pages: the commonest type, the commonest mode, and the first partner; of nobody, what to begin with."""
    if not pairs:
        yield md("{}: the jobs that partners do for us", links.to("Functions", paths.FUNCTIONS))
        yield md("{}: what kinds of partner there are", links.to("Types", paths.TYPES))
        yield md("{}: the ways to manage them, and what to promise", links.to("Modes", paths.MODES))
        return
    (kind, many), *_ = _numbers((entry, relationship.type) for entry, relationship in pairs)
    (mode, managed), *_ = _numbers((entry, relationship.mode) for entry, relationship in pairs)
    are, ours = ("they are", f"{many} of ours") if many > 1 else ("it is", "one of ours")
    yield md("{}: what {} {}, and how {} paid", links.type(kind), ours, noun(many, "is", "are"), are)
    them = f"{managed} of them" if managed > 1 else "one of them"
    yield md("{}: how we manage {}, and what to promise", links.mode(mode), them)
    yield md("{}: one partner’s page, from top to bottom", links.partner(pairs[0][0].partner))
