"""Where partners are managed, and by whom: the answer, who manages what, and what nobody owns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator import paths
from generator.insights.ownership import (
    Holding,
    Share,
    SharedPartner,
    by_function,
    outside_home,
    unowned,
)
from generator.markdown import Md, dressed, escape, join, md
from generator.model import Entry, Playbook, Status
from generator.views.kit.context import Context
from generator.views.kit.links import Links, by_partner
from generator.views.kit.long_tables import LongTables, fair_names
from generator.views.kit.pictures import Cell, Picture, grid
from generator.views.kit.pictures import heat as tone
from generator.views.kit.tables import Table, table
from generator.views.kit.view import View
from generator.views.kit.words import abridged, chip, series
from generator.views.parts.answer import Answer
from generator.views.parts.trend import FigureChange, changes
from generator.words import count


@dataclass(frozen=True)
class OwnershipRow:
    """A type with one cell a department, or a function's heading with none."""

    label: Md
    cells: tuple[Md, ...]
    total: Md


def answer(context: Context, links: Links) -> Answer:
    """How much is managed outside the home of the channel, by how many people, and what nobody owns."""
    playbook = context.playbook
    question = "Where is each partner relationship managed, and by whom?"
    active = sum(1 for _ in playbook.relationships())
    if not active:
        return Answer(
            question,
            paths.OWNERSHIP,
            escape("Nowhere yet: no active partner is recorded."),
            "Partners in partners.yml, under the department that manages them, each with its owner.",
        )
    current = [entry for entry in playbook.entries if not entry.ended]
    owners = {entry.owner for entry in current if entry.owner is not None and not playbook.has_left(entry.owner)}
    nobody = sum(map(playbook.ownerless, current))
    lost = links.to(count(nobody, "entry", "entries"), f"{paths.OWNERSHIP}#unowned")
    where, lines = _where(context, links, active)
    if not owners:
        text = md("Nobody who is here owns {} **{}**.", "our" if nobody == 1 else "any of our", lost)
    else:
        people = links.to(count(len(owners), "person", "people"), f"{paths.OWNERSHIP}#owners")
        lines.append(("Who looks after them", people))
        rest: str = "every entry has an owner"
        if nobody:
            rest = md("**{}** {} no owner", lost, "has" if nobody == 1 else "have")
        text = md("{} {} after our partners, and {}.", people, "looks" if len(owners) == 1 else "look", rest)
    if nobody:
        lines.append(("Without an owner", lost))
    working = [entry for entry in current if entry.active]
    share = Share(len(working) - sum(map(playbook.ownerless, working)), len(working))
    about = f"{share.count} of {count(share.total, 'active entry', 'active entries')} with an owner who is here"
    told = join(" ", (where, text))
    return Answer(question, paths.OWNERSHIP, told, "", share, about, lines=tuple(lines))


def _where(context: Context, links: Links, active: int) -> tuple[Md, list[tuple[str, Md]]]:
    """Where what is active is managed, and the links of that."""
    playbook, outside = context.playbook, outside_home(context.playbook)
    managing = [d for d in playbook.departments if any(department == d for department, _ in context.heat)]
    away = tuple(d for d in managing if outside is not None and d != outside.department)
    if outside is None or not away:
        rows = links.rows(count(active, "active relationship"), status=Status.ACTIVE)
        number = links.to(count(len(managing), "department"), f"{paths.OWNERSHIP}#departments")
        text = md("**{}** {} managed in {}.", rows, "is" if active == 1 else "are", number)
        return text, [("Active", rows), ("Where they are managed", number)]
    rows = links.rows(f"{outside.share.count} of {outside.share.total}", department=away, status=Status.ACTIVE)
    share, home = outside.share.percent, links.department(outside.department)
    number = links.to(count(len(away), "other department"), f"{paths.OWNERSHIP}#departments")
    text = md("**{}%** of what is active ({} relationships) is managed outside {}, in {}.", share, rows, home, number)
    outside_of = f"Outside {playbook.departments[outside.department].name}"
    return text, [(outside_of, rows), ("Home of the channel", home), ("Where they are managed", number)]


@dataclass(frozen=True)
class OwnershipFacts:
    """What `ownership.md.j2` places."""

    answer: Answer
    trend: FigureChange
    any: bool
    picture: Picture
    functions: Table
    departments: tuple[Md, ...]
    types: tuple[OwnershipRow, ...]
    current: bool
    nobody: Table
    number: str
    shared: Table
    owners: Table
    people: Md
    directory: Md


def view(context: Context) -> View:
    """The answer, departments by functions and by types, what nobody owns, what is shared, and every owner."""
    playbook = context.playbook
    links = Links(playbook, paths.OWNERSHIP)
    long = LongTables(links)
    orphaned = [entry for entry in playbook.entries if not entry.ended and playbook.has_left(entry.owner)]
    nobody = [*unowned(playbook), *orphaned]
    functions = by_function(playbook, context.heat)
    return View(
        path=paths.OWNERSHIP,
        template="ownership.md.j2",
        title="Where managed",
        description="Which department manages which partners, who owns them, and which ones nobody owns.",
        facts=OwnershipFacts(
            answer=answer(context, links),
            trend=changes(context, "ownership"),
            any=bool(context.heat),
            picture=_picture(playbook, functions),
            functions=_functions(links, functions),
            departments=tuple(links.department(department) for department in _managing(playbook, context.heat)),
            types=tuple(_types(context, links)),
            current=bool(context.relationships),
            nobody=long.table(
                "unowned", by_partner(links, nobody), _nobody, links.partner_name, heading="without an owner"
            ),
            number=count(len(nobody), "entry", "entries"),
            shared=_shared(context, links, long),
            owners=_owners(links, long, context.holdings),
            people=links.to("people", paths.PEOPLE),
            directory=links.to("partner directory", paths.PARTNERS),
        ),
        place=context.inventory,
        hide=("toc",),  # the table of types by departments needs the room
        more=long.pages,
    )


# --- who manages what ---------------------------------------------------------------------


def _managing(playbook: Playbook, cells: Mapping[tuple[str, str], int]) -> list[str]:
    """The departments with anything active, the one with most first."""
    sizes: dict[str, int] = {}
    for (department, _), number in cells.items():
        sizes[department] = sizes.get(department, 0) + number
    return sorted(sizes, key=lambda department: (-sizes[department], playbook.departments[department].name.casefold()))


def _picture(playbook: Playbook, cells: Mapping[tuple[str, str], int]) -> Picture:
    largest = max(cells.values(), default=0)
    functions = [function for function in playbook.functions if any(f == function for _, f in cells)]

    def cell(department: str, function: str) -> Cell:
        number = cells.get((department, function), 0)
        title = f"{playbook.departments[department].name}, {playbook.functions[function].name}: {number}"
        return Cell(str(number), tone(number, largest), title)

    return grid(
        "ownership",
        "Active relationships by department and function",
        "Departments by functions; the darker a cell, the more active relationships. The table below has the same "
        "numbers.",
        [playbook.functions[function].name for function in functions],
        [
            (playbook.departments[department].name, [cell(department, function) for function in functions])
            for department in _managing(playbook, cells)
        ],
    )


def _functions(links: Links, cells: Mapping[tuple[str, str], int]) -> Table:
    playbook = links.playbook
    functions = [function for function in playbook.functions if any(f == function for _, f in cells)]
    total = sum(cells.values())
    rows = []
    for department in _managing(playbook, cells):
        row = [cells.get((department, function), 0) for function in functions]
        numbers = (
            links.rows(number, department=department, function=function, status=Status.ACTIVE)
            for number, function in zip(row, functions, strict=True)
        )
        size = sum(row)
        whole = links.rows(size, department=department, status=Status.ACTIVE)
        rows.append((links.department(department), *numbers, whole, f"{size / total:.0%}"))
    sums = (
        links.rows(sum(n for (_, f), n in cells.items() if f == function), function=function, status=Status.ACTIVE)
        for function in functions
    )
    rows.append(("All", *sums, links.rows(total, status=Status.ACTIVE), "100%" if total else ""))
    return table(("Department", *(playbook.functions[f].name for f in functions), "All", "Share"), rows)


def _types(context: Context, links: Links) -> Iterable[OwnershipRow]:
    playbook, cells = context.playbook, context.heat
    departments = _managing(playbook, cells)
    largest = max(cells.values(), default=0)
    for function, types in playbook.types_by_function.items():
        types_in_use = [
            partner_type
            for partner_type in types
            if any((department, partner_type.id) in cells for department in departments)
        ]
        if types_in_use:
            yield OwnershipRow(md("**{}**", links.function(function)), tuple(Md("") for _ in departments), Md(""))
        for partner_type in sorted(types_in_use, key=lambda partner_type: partner_type.name.casefold()):
            row = tuple(_hot(links, department, partner_type.id, cells, largest) for department in departments)
            total = sum(cells.get((department, partner_type.id), 0) for department in departments)
            yield OwnershipRow(
                links.type(partner_type.id), row, links.rows(total, type=partner_type.id, status=Status.ACTIVE)
            )


def _hot(links: Links, department: str, type_id: str, cells: Mapping[tuple[str, str], int], largest: int) -> Md:
    number = cells.get((department, type_id), 0)
    if not number:
        return Md("")
    rows = links.rows(number, department=department, type=type_id, status=Status.ACTIVE)
    return dressed(rows, f"heat .{tone(number, largest)}")


# --- what nobody owns, what is shared, who owns -------------------------------------------


def _nobody(links: Links, entries: Sequence[Entry]) -> Table:
    def row(entry: Entry) -> Iterable[str]:
        playbook, owner, backup = links.playbook, entry.owner, entry.backup_owner
        why = f"{playbook.person_name(owner)} has left" if owner is not None else "no owner"
        stands_in = links.person(backup) if backup is not None else Md("")
        department = links.department(entry.department)
        return links.partner(entry.partner), department, chip(entry.status), why, stands_in

    return table(("Partner", "Department", "Status", "Why", "Backup"), map(row, entries))


def _shared(context: Context, links: Links, long: LongTables) -> Table:
    def name(shared: SharedPartner) -> str:
        return links.playbook.partners[shared.partner].name

    ordered = sorted(context.shared_partners, key=lambda shared: name(shared).casefold())
    return long.table("shared", ordered, _shared_rows, name)


def _shared_rows(links: Links, partners: Sequence[SharedPartner]) -> Table:
    rows = []
    for shared in partners:
        leads = series(map(links.department, shared.leads)) or chip("gap", "nobody")
        lead = md("{} {}", leads, chip("gap", "disputed")) if len(shared.leads) > 1 else leads
        others = [department for department in shared.departments if department not in shared.leads]
        rows.append((links.partner(shared.partner), lead, join(", ", map(links.department, others)) or escape("none")))
    return table(("Partner", "Led by", "Also managed by"), rows)


def _owners(links: Links, long: LongTables, by_person: Mapping[str, Holding]) -> Table:
    """Everybody who owns something, those with most partners first."""
    playbook = links.playbook
    owning = [holding for holding in by_person.values() if holding.owns]
    owning.sort(
        key=lambda holding: (
            -len({entry.partner for entry in holding.owns}),
            playbook.person_name(holding.person).casefold(),
        )
    )
    return long.table("owners", owning, _owner_rows, lambda holding: playbook.person_name(holding.person), of="owner")


def _owner_rows(links: Links, owning: Sequence[Holding]) -> Table:
    most = fair_names(len(holding.orphans) for holding in owning)

    def row(holding: Holding) -> tuple[str, ...]:
        orphans = dict.fromkeys(entry.partner for entry in by_partner(links, holding.orphans))
        return (
            links.owner(holding.person),
            join(", ", map(links.department, dict.fromkeys(entry.department for entry in holding.owns))),
            links.to(str(len({entry.partner for entry in holding.owns})), paths.person(holding.person)),
            _orphans(links, holding, orphans, most) or escape("none"),
        )

    return table(("Owner", "Department", "Partners", "Nobody’s if the owner left: no backup is here"), map(row, owning))


def _orphans(links: Links, holding: Holding, partners: Iterable[str], most: int) -> Md:
    """The partners by name; of many the first ones, and the way to all that the owner owns."""
    return abridged(list(partners), links.partner, lambda more: links.to(more, paths.person(holding.person)), most)
