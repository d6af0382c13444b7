"""A page for each person: what is theirs, what is next, who stands in for whom, and what they may promise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from generator import paths
from generator.insights.ownership import has_backup
from generator.insights.skills import SkillGap
from generator.markdown import Md, escape, join, md, span
from generator.model import Entry, Playbook
from generator.views.kit.context import Context
from generator.views.kit.links import Links, by_partner, contact
from generator.views.kit.long_tables import ROWS, LongTables, fair_names
from generator.views.kit.tables import Table, table
from generator.views.kit.view import Later, View
from generator.views.kit.words import MANY, abridged, chip, initials
from generator.views.pages.people import Role, by_name, ordered, partners, roles
from generator.views.parts.next_steps import NextStep, Steps, steps_by_owner
from generator.views.parts.promises import Pair, Promises, held_promises
from generator.views.parts.skills import level
from generator.views.parts.tasks import passed
from generator.words import noun

_FEW = 4
"""So many partners are named for whom a promise holds."""
_NOBODY = span("missing", escape("nobody yet"))


@dataclass(frozen=True)
class PersonFigure:
    number: str
    label: str


@dataclass(frozen=True)
class PersonFacts:
    """What `person.md.j2` places: who it is, then all that is theirs, as far as there is any; `idle` says so where
    nothing is.
    """

    about: Md
    initials: Md
    left: bool
    figures: tuple[PersonFigure, ...]
    idle: str
    steps: tuple[NextStep, ...]
    owned: Table
    away: tuple[tuple[Md, Md], ...]
    stands_in: tuple[tuple[Md, Md], ...]
    skills: tuple[tuple[str, Md], ...]
    roles: tuple[tuple[str, Md], ...]
    promises: Promises
    silent: Md


@dataclass(frozen=True)
class _Shared:
    """What all pages are made from: what each owner has to do and lacks, and whether backups are recorded at all."""

    steps: Mapping[str, Steps]
    gaps: Mapping[str, Sequence[SkillGap]]
    unknown: frozenset[str]
    backups: bool
    promises: dict[Pair, Promises]


def pages(context: Context) -> Iterator[View | Later]:
    """A page for everybody whom a page links to, by name."""
    playbook = context.playbook
    gaps: dict[str, list[SkillGap]] = {}
    for gap in context.skills.lacking:
        gaps.setdefault(gap.person, []).append(gap)
    backups = any(entry.backup_owner is not None for entry in playbook.entries)
    shared = _Shared(steps_by_owner(context), gaps, frozenset(context.skills.unknown), backups, {})
    for person, role in context.once(roles).items():
        make = partial(_page, context, person, role, shared)
        many = role.most > MANY or len(role.holding.owns) > ROWS
        yield make() if many else Later(paths.person(person), make)


def _page(context: Context, person: str, role: Role, shared: _Shared) -> View:
    playbook = context.playbook
    links = Links(playbook, paths.person(person))
    long, listed = LongTables(links), playbook.people.get(person)
    name, owned = playbook.person_name(person), by_partner(links, role.holding.owns)
    steps = shared.steps.get(person, Steps((), 0, 0))
    promised, silent = _promises(links, owned, shared.promises)
    return View(
        path=links.here,
        template="person.md.j2",
        title=name,
        description=f"What {name} owns, backs up and sponsors.",
        facts=PersonFacts(
            about=_about(context, links, person),
            initials=initials(name),
            left=playbook.has_left(person),
            figures=tuple(_figures(playbook, owned, steps, shared)) if owned else (),
            # Others than see this may know of some.
            idle="Owns no partner." if playbook.audience is None else "",
            steps=steps.told(links),
            owned=long.table(
                "owned",
                owned,
                partial(_owned, context, shared),
                links.partner_name,
                heading="partners owned",
                filtered=paths.directory(owner=person),
            ),
            away=tuple(_away(links, owned, person)) if shared.backups else (),
            stands_in=tuple(_stands_in(links, long, role)),
            skills=tuple(_skills(links, person, shared)) if playbook.shows("toolkit") else (),
            roles=tuple(_roles(links, long, role, person)),
            promises=promised,
            silent=silent,
        ),
        place=listed.place if listed is not None else context.inventory,
        trail=(("People", paths.PEOPLE),),
        hide=("toc",),
        more=long.pages,
    )


def _about(context: Context, links: Links, person: str) -> Md:
    playbook = context.playbook
    listed = playbook.people.get(person)
    parts: list[Md] = []
    if listed is None:
        parts += [escape("Not in the list of people.")] if playbook.people else []
    elif not listed.active:
        parts.append(escape("Has left."))
    else:
        parts += [links.department(listed.department)] if listed.department is not None else []
        parts += [contact(listed.email)] if listed.email else []
    calendar = paths.calendar_of_person(person)
    if calendar in context.calendars:
        parts.append(links.to("calendar file", calendar))
    return join(" · ", parts)


def _figures(playbook: Playbook, owned: Sequence[Entry], steps: Steps, shared: _Shared) -> Iterator[PersonFigure]:
    number = len({entry.partner for entry in owned})
    yield PersonFigure(str(number), f"{noun(number, 'partner')} owned")
    if playbook.shows("health") or playbook.shows("findings"):
        yield PersonFigure(str(steps.open), f"{noun(steps.open, 'thing')} late or open")
    if playbook.shows("health"):
        yield PersonFigure(str(steps.due), f"{noun(steps.due, 'thing')} coming due")
    if steps.quiet:
        yield PersonFigure(str(steps.quiet), f"{noun(steps.quiet, 'thing')} to record or watch")
    if shared.backups:
        without = len({entry.partner for entry in owned if not has_backup(playbook, entry)})
        yield PersonFigure(str(without), f"{noun(without, 'partner')} without a backup")


# --- what is theirs -----------------------------------------------------------------------


def _owned(context: Context, shared: _Shared, links: Links, owned: Sequence[Entry]) -> Table:
    playbook = context.playbook
    departments, all_active = {entry.department for entry in owned}, all(entry.active for entry in owned)
    tallies = context.tallies if playbook.shows("health") else {}

    def row(entry: Entry) -> Iterable[str]:
        tally = tallies.get(id(entry))
        backup = links.owner(entry.backup_owner) if entry.backup_owner is not None else _NOBODY
        return (
            links.partner(entry.partner),
            links.department(entry.department) if len(departments) > 1 else "",
            join(", ", map(links.type, entry.types)),
            join(", ", map(links.mode, entry.modes)),
            chip(entry.status) if not all_active else "",
            passed(tally) if tally is not None else "",
            backup if shared.backups else "",
        )

    headers = ("Partner", "Department", "Type", "Managed by", "Status", "Checks passed", "Backup")
    return table(headers, map(row, owned), empty="–")


def _promises(links: Links, owned: Sequence[Entry], known: dict[Pair, Promises]) -> tuple[Promises, Md]:
    """What may be said to the partners, each with those for whom it holds; and for whom nothing is recorded."""
    pairs: dict[str, dict[tuple[str, str], None]] = {}
    for entry in owned:
        kinds = pairs.setdefault(entry.partner, {})
        kinds.update(dict.fromkeys((one.type, one.mode) for one in entry.relationships))

    def names(some: Sequence[str]) -> Md:
        return abridged(some, links.partner, most=_FEW)

    said, silent = held_promises(links, pairs, lambda some: md("For {}", names(some)), known)
    return said, names(silent) if said.some else Md("")


# --- who stands in for whom ---------------------------------------------------------------


def _away(links: Links, owned: Iterable[Entry], owner: str) -> Iterator[tuple[Md, Md]]:
    """Who stands in when the owner is away, and for which partners; where nobody does, whom to write to instead."""
    parts: dict[str | None, list[Entry]] = {}
    for entry in owned:
        parts.setdefault(entry.backup_owner if has_backup(links.playbook, entry) else None, []).append(entry)
    most = fair_names(map(len, parts.values()))
    named = sorted((one for one in parts if one is not None), key=lambda one: by_name(links.playbook, one))
    for backup in [*named, *([None] if None in parts else [])]:
        theirs = partners(links, (entry.partner for entry in parts[backup]), most, owner=owner)
        if backup is not None:
            yield links.owner(backup), theirs
            continue
        departments = (links.playbook.departments[entry.department] for entry in parts[backup])
        addresses = join(", ", map(contact, dict.fromkeys(one.contact for one in departments if one.contact)))
        yield _NOBODY, md("{}; write to {}", theirs, addresses) if addresses else theirs


def _stands_in(links: Links, long: LongTables, role: Role) -> Iterator[tuple[Md, Md]]:
    """For whom the person stands in, and with which partners."""
    backs_up = role.holding.backs_up
    if len({entry.partner for entry in backs_up}) > MANY:
        yield escape("Partners"), _named(links, long, "backs-up", "backs up", backs_up)
        return
    owners: dict[str | None, list[str]] = {}
    for entry in backs_up:
        owners.setdefault(entry.owner, []).append(entry.partner)
    for owner in sorted(owners, key=lambda one: by_name(links.playbook, one) if one is not None else ("", "")):
        yield links.owner(owner), partners(links, owners[owner])


def _roles(links: Links, long: LongTables, role: Role, person: str) -> Iterator[tuple[str, Md]]:
    """In what else the person is named."""
    playbook = links.playbook
    lead = (links.department(one.id) for one in playbook.departments.values() if one.lead == person)
    told = [
        ("Leads", join(", ", lead)),
        ("Sponsors", _named(links, long, "sponsors", "sponsors", role.sponsors)),
        *(
            (field.label, _named(links, long, f"field-{field.id.replace('_', '-')}", field.label, entries))
            for field, entries in role.named.items()
        ),
    ]
    if playbook.shows("alignment"):
        objectives = (links.objective(one.id) for one in playbook.objectives.values() if one.owner == person)
        told.append(("Objectives", join("; ", objectives)))
    return ((label, text) for label, text in told if text)


def _named(links: Links, long: LongTables, name: str, heading: str, entries: Iterable[Entry]) -> Md:
    by_id = links.playbook.partners
    listed = ordered(links.playbook, (entry.partner for entry in entries))
    return long.names(name, listed, Links.partner, lambda one: by_id[one].name, heading=heading)


# --- skills -------------------------------------------------------------------------------


def _skills(links: Links, person: str, shared: _Shared) -> Iterator[tuple[str, Md]]:
    """What the person lacks for the partners that they own, and then what they hold."""
    playbook = links.playbook
    gaps = {gap.skill: gap for gap in shared.gaps.get(person, ())}
    for gap in gaps.values():
        skill = playbook.skills[gap.skill]
        needs = md("{}; these partners need {}", level(gap.held), level(gap.needs))
        yield skill.name, md("{}. {}", needs, skill.training) if skill.training else needs
    listed = playbook.people.get(person)
    held = listed.skills if listed is not None else ()
    for skill_id, number in {one.skill: one.level for one in sorted(held, key=lambda one: one.level)}.items():
        if skill_id not in gaps:
            yield playbook.skills[skill_id].name, level(number)
    if person in shared.unknown:
        yield "Skills", md("{}, though these partners need some", span("missing", escape("not recorded")))
