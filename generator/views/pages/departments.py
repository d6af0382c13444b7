"""The departments: what each manages, with whom, and what deserves attention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator import paths
from generator.markdown import Md, escape, join
from generator.model import Department, Entry, Show, Status
from generator.views.kit.context import Context
from generator.views.kit.links import CURRENT, Links, contact
from generator.views.kit.long_tables import LongTables
from generator.views.kit.tables import Table, table
from generator.views.kit.view import View
from generator.views.kit.words import chip
from generator.views.parts.inventory import activity
from generator.views.parts.worklist import worklist
from generator.words import count


@dataclass(frozen=True)
class DepartmentsIndexFacts:
    """What `departments.md.j2` places."""

    number: str
    any: bool
    adding: Md
    people: Md
    departments: Table


def index(context: Context) -> View:
    """All departments, by name; without an owner are those, too, whose owner has left."""
    playbook = context.playbook
    links = Links(playbook, paths.DEPARTMENTS)
    # A column without a word goes.
    nothing = "none" if playbook.shows("findings") else ""

    def row(department: Department) -> Iterable[str]:
        current = [entry for entry in context.entries_by_department[department.id] if not entry.ended]
        findings = len(context.findings_by_department.get(department.id, ()))
        return (
            links.department(department.id),
            links.person(department.lead) if department.lead is not None else "",
            contact(department.contact),
            links.current(len({entry.partner for entry in current}), department=department.id),
            links.rows(
                len({entry.partner for entry in current if entry.active}),
                department=department.id,
                status=Status.ACTIVE,
            ),
            str(sum(map(playbook.ownerless, current))),
            links.to(str(findings), f"{paths.department(department.id)}#findings") if findings else nothing,
        )

    headers = ("Department", "Lead", "Contact", "Partners", "Active", "Without owner", "Findings")
    return View(
        path=paths.DEPARTMENTS,
        template="departments.md.j2",
        title="Departments",
        description="Which departments manage partners, how many, and whom to ask.",
        facts=DepartmentsIndexFacts(
            number=count(len(playbook.departments), "department"),
            any=bool(playbook.departments),
            adding=links.if_shown("How to add one", paths.EDITORS),
            people=links.to("people", paths.PEOPLE),
            departments=table(headers, map(row, _by_name(playbook.departments))),
        ),
        place=context.inventory,
        hide=("toc",),
    )


def pages(context: Context) -> Iterator[View]:
    """A page for each department."""
    for department in context.playbook.departments.values():
        yield _page(context, department, context.entries_by_department[department.id])


@dataclass(frozen=True)
class DepartmentsPageFacts:
    """What `department.md.j2` places; `active` says which of its partners are, if there are any.

    `number` is empty where all that are listed have ended: who sees all may know of others.
    """

    number: str
    active: str
    lead: Md
    contact: Md
    inventory: Table
    ended: Table
    people: Table
    calendar: Md
    first_day: Md
    embed: Md
    findings: Table
    found: str


def _page(context: Context, department: Department, entries: Sequence[Entry]) -> View:
    playbook = context.playbook
    here = paths.department(department.id)
    links = Links(playbook, here)
    long = LongTables(links)
    current = [entry for entry in entries if not entry.ended]
    findings = context.findings_by_department.get(department.id, ())
    number = count(len({entry.partner for entry in current}), "partner") if current or not entries else ""
    managed = number or "former partners"
    return View(
        path=here,
        template="department.md.j2",
        title=department.name,
        description=f"{department.name}: {managed}, who owns what, and what deserves attention.",
        facts=DepartmentsPageFacts(
            number=number,
            active=activity(current) if current else "",
            lead=links.person(department.lead) if department.lead is not None else Md(""),
            contact=contact(department.contact),
            inventory=long.table(
                "inventory",
                current,
                _inventory,
                links.partner_name,
                heading="partners",
                filtered=paths.directory(department=department.id, status=CURRENT),
            ),
            ended=long.table(
                "ended",
                [entry for entry in entries if entry.ended],
                _inventory,
                links.partner_name,
                filtered=paths.directory(department=department.id, status=Status.ENDED),
            ),
            people=_people(context, long, department, current),
            calendar=_calendar(context, links, department),
            first_day=links.to("My first day", paths.first_day(department.id)),
            embed=links.if_shown("Embed this list elsewhere", f"{paths.EMBED}#departments"),
            findings=worklist(context, long, "findings", findings, department=department.id),
            found=count(len(findings), "finding"),
        ),
        place=department.place,
        trail=(("Departments", paths.DEPARTMENTS),),
        more=long.pages,
    )


def _calendar(context: Context, links: Links, department: Department) -> Md:
    """A link to the calendar of what is due here; empty where nothing is."""
    path = paths.calendar_of_department(department.id)
    return links.to("calendar file", path) if path in context.calendars else Md("")


def _inventory(links: Links, entries: Sequence[Entry]) -> Table:
    playbook = links.playbook
    custom = [field for field in playbook.settings.fields if Show.COLUMN in field.show]

    def row(entry: Entry) -> Iterable[str]:
        return (
            links.partner(entry.partner),
            join(", ", map(links.type, entry.types)),
            links.owner(entry.owner),
            chip(entry.status),
            join(", ", map(links.mode, entry.modes)),
            *(links.held(field, playbook.recorded(field, entry)) for field in custom),
        )

    return table(("Partner", "Type", "Owner", "Status", "Mode", *(field.label for field in custom)), map(row, entries))


def _people(context: Context, long: LongTables, department: Department, current: Iterable[Entry]) -> Table:
    playbook = context.playbook
    owned: dict[str, int] = {p.id: 0 for p in playbook.people.values() if p.department == department.id and p.active}
    for entry in current:
        if entry.owner is not None:
            owned[entry.owner] = owned.get(entry.owner, 0) + len(entry.relationships)

    def row(links: Links, person: str) -> Iterable[str]:
        listed = playbook.people.get(person)
        # Only people in a role have a page.
        name = links.owner(person) if person in context.named_people else escape(playbook.person_name(person))
        address = contact(listed.email) if listed is not None and listed.active else ""
        number = count(owned[person], "relationship")
        shown = links.current(number, department=department.id, owner=person) if owned[person] else escape(number)
        return name, address, shown

    names = sorted(owned, key=lambda person: (playbook.person_name(person).casefold(), person))
    return long.table(
        "people",
        names,
        lambda links, some: table(("Person", "E-mail", "Owns here"), (row(links, person) for person in some)),
        playbook.person_name,
        of="person",
    )


def _by_name(departments: Mapping[str, Department]) -> list[Department]:
    return sorted(departments.values(), key=lambda department: (department.name.casefold(), department.id))
