"""Parts of the inventory as rows: who manages which partner, and how, linked from one page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from generator.markdown import Md, escape
from generator.model import Entry, Relationship, Status
from generator.views.kit.links import Links
from generator.words import count

Relationships = Iterable[tuple[Entry, Relationship]]

NO_REASON = "no reason recorded"
AS_EXPECTED = "as expected"


@dataclass(frozen=True)
class InventoryRow:
    """One relationship.  `reason` says why its mode is not the expected one; `stage` may be empty."""

    partner: Md
    type: Md
    owner: Md
    department: Md
    status: str
    stage: Md
    mode: Md
    expected: Md
    reason: Md


def _reason(links: Links, entry: Entry, relationship: Relationship) -> Md:
    if relationship.as_expected:
        return escape(AS_EXPECTED)
    if entry.mode_reason is None:
        return escape(NO_REASON)
    return links.factor(entry.mode_reason)


def rows(links: Links, relationships: Relationships) -> tuple[InventoryRow, ...]:
    """The rows of the relationships, in their order."""
    # Thousands of rows share a few departments, types, modes and owners: each link is made once.
    kind, person, department, mode = map(cache, (links.type, links.owner, links.department, links.mode))
    return tuple(
        InventoryRow(
            partner=links.partner(entry.partner),
            type=kind(relationship.type),
            owner=person(entry.owner),
            department=department(entry.department),
            status=entry.status,
            stage=links.stage(entry.offer_stage) if entry.offer_stage else Md(""),
            mode=mode(relationship.mode),
            expected=mode(relationship.expected_mode),
            reason=_reason(links, entry, relationship),
        )
        for entry, relationship in relationships
    )


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
