"""Parts of the inventory as rows: who manages which partner, and how, linked from one page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from generator.markdown import Md, escape
from generator.model import Relationship, Unit
from generator.views.page import Links, count

Units = Iterable[tuple[Relationship, Unit]]

NO_REASON = "no reason recorded"
AS_EXPECTED = "as expected"


@dataclass(frozen=True)
class Row:
    """One unit.  `reason` says why its mode is not the expected one; `stage` may be empty."""

    partner: Md
    type: Md
    owner: Md
    department: Md
    status: str
    stage: Md
    mode: Md
    expected: Md
    reason: Md


def _reason(links: Links, relationship: Relationship, unit: Unit) -> Md:
    if unit.as_expected:
        return escape(AS_EXPECTED)
    if relationship.mode_reason is None:
        return escape(NO_REASON)
    return links.factor(relationship.mode_reason)


def rows(links: Links, units: Units) -> tuple[Row, ...]:
    """The rows of the units, in their order."""
    # Thousands of rows share a few departments, types, modes and owners: each link is made once.
    kind, person, department, mode = map(cache, (links.type, links.owner, links.department, links.mode))
    return tuple(
        Row(
            partner=links.partner(relationship.partner),
            type=kind(unit.type),
            owner=person(relationship.owner),
            department=department(relationship.department),
            status=relationship.status,
            stage=links.stage(relationship.offer_stage) if relationship.offer_stage else Md(""),
            mode=mode(unit.mode),
            expected=mode(unit.expected_mode),
            reason=_reason(links, relationship, unit),
        )
        for relationship, unit in units
    )


@dataclass(frozen=True)
class Manager:
    """A department and how many partners it manages; `active` counts the active ones."""

    department: Md
    partners: Md
    active: Md


def managers(links: Links, units: Units, **wanted: str) -> tuple[Manager, ...]:
    """The departments that manage the units, by name, with their distinct partners.

    `wanted` are the filters that show these units in the directory.
    """
    held: dict[str, set[str]] = {}
    active: dict[str, set[str]] = {}
    for relationship, _ in units:
        held.setdefault(relationship.department, set()).add(relationship.partner)
        if relationship.active:
            active.setdefault(relationship.department, set()).add(relationship.partner)
    names = links.playbook.departments
    return tuple(
        Manager(
            links.department(one),
            links.current(len(held[one]), department=one, **wanted),
            links.rows(len(active.get(one, ())), department=one, **wanted, status="active"),
        )
        for one in sorted(held, key=lambda one: (names[one].name.casefold(), one))
    )


def size(units: Units) -> str:
    """Such as "3 partners", with "in 4 relationships" where several departments manage one of them."""
    pairs = {(relationship.partner, relationship.department) for relationship, _ in units}
    partners = {partner for partner, _ in pairs}
    if len(pairs) == len(partners):
        return count(len(partners), "partner")
    return f"{count(len(partners), 'partner')} in {count(len(pairs), 'relationship')}"
