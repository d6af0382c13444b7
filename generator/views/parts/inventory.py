"""Parts of the inventory as rows: who manages which partner, and how, linked from one page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, partial

from generator.markdown import Md, escape
from generator.model import Entry, Relationship, Status
from generator.views.kit.links import Links
from generator.views.kit.tables import Table
from generator.views.kit.words import chip
from generator.words import count

Pair = tuple[Entry, Relationship]
Relationships = Iterable[Pair]

NO_REASON = "no reason recorded"
AS_EXPECTED = "as expected"


def activity(entries: Sequence[Entry]) -> str:
    """How many of the partners of these entries are active, to stand behind how many partners there are."""
    partners = {entry.partner for entry in entries}
    active = len({entry.partner for entry in entries if entry.active})
    if len(partners) == 1:
        return "which is active" if active else "which is not active"
    return f"{'all' if active == len(partners) else active or 'none'} of them active"


def _reason(links: Links, entry: Entry, relationship: Relationship) -> Md:
    if relationship.as_expected:
        return escape(AS_EXPECTED)
    if entry.mode_reason is None:
        return escape(NO_REASON)
    return links.factor(entry.mode_reason)


class Column(Enum):
    """What a table may say of a relationship, by the head of its column."""

    PARTNER = "Partner"
    TYPE = "Type"
    OWNER = "Owner"
    DEPARTMENT = "Department"
    STATUS = "Status"
    STAGE = "Stage"
    MODE = "Managed by"
    EXPECTED = "Expected"
    EXPECTED_MODE = "Expected mode"
    REASON = "Reason"
    WHY = "Why here"


def _cells(links: Links) -> Mapping[Column, Callable[[Entry, Relationship], Md]]:
    # Thousands of rows share a few departments, types, modes and owners: each link is made once.
    kind, person, department, mode, status = map(cache, (links.type, links.owner, links.department, links.mode, chip))
    return {
        Column.PARTNER: lambda entry, _: links.partner(entry.partner),
        Column.TYPE: lambda _, relationship: kind(relationship.type),
        Column.OWNER: lambda entry, _: person(entry.owner),
        Column.DEPARTMENT: lambda entry, _: department(entry.department),
        Column.STATUS: lambda entry, _: status(entry.status),
        Column.STAGE: lambda entry, _: links.stage(entry.offer_stage) if entry.offer_stage else Md(""),
        Column.MODE: lambda _, relationship: mode(relationship.mode),
        Column.EXPECTED: lambda _, relationship: mode(relationship.expected_mode),
        Column.EXPECTED_MODE: lambda _, relationship: mode(relationship.expected_mode),
        Column.REASON: partial(_reason, links),
        Column.WHY: partial(_reason, links),
    }


def rows(columns: Sequence[Column], links: Links, relationships: Sequence[Pair]) -> Table:
    """The relationships in their order, with these columns."""
    cells = _cells(links)
    if not links.playbook.shows_field("mode_reason"):
        columns = [column for column in columns if column not in (Column.REASON, Column.WHY)]
    return Table(
        tuple(column.value for column in columns),
        tuple(tuple(cells[column](*pair) for column in columns) for pair in relationships),
    )


def pair_name(links: Links) -> Callable[[Pair], str]:
    """The name of the partner of a relationship."""
    return lambda pair: links.partner_name(pair[0])


@dataclass(frozen=True)
class Manager:
    """A department and how many partners it manages; `active` counts the active ones."""

    department: Md
    partners: Md
    active: Md


def managers(links: Links, relationships: Relationships, **wanted: str) -> tuple[Manager, ...]:
    """The departments that manage the relationships, by name, with their distinct partners.

    `wanted` are the filters that show these relationships in the directory.
    """
    partners: dict[str, set[str]] = {}
    active: dict[str, set[str]] = {}
    for entry, _ in relationships:
        partners.setdefault(entry.department, set()).add(entry.partner)
        if entry.active:
            active.setdefault(entry.department, set()).add(entry.partner)
    names = links.playbook.departments
    return tuple(
        Manager(
            links.department(department),
            links.current(len(partners[department]), department=department, **wanted),
            links.rows(len(active.get(department, ())), department=department, **wanted, status=Status.ACTIVE),
        )
        for department in sorted(partners, key=lambda department: (names[department].name.casefold(), department))
    )


def size(relationships: Relationships) -> str:
    """Such as "3 partners", with "in 4 relationships" where several departments manage one of them."""
    pairs = {(entry.partner, entry.department) for entry, _ in relationships}
    partners = {partner for partner, _ in pairs}
    if len(pairs) == len(partners):
        return count(len(partners), "partner")
    return f"{count(len(partners), 'partner')} in {count(len(pairs), 'relationship')}"
