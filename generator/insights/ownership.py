"""Where partners are managed, by whom, and what would be left behind by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model import Entry, Playbook, Relationship, frozen


@dataclass(frozen=True)
class Share:
    """`count` of `total` active relationships."""

    count: int
    total: int

    @property
    def ratio(self) -> float:
        """From 0 to 1; 0 where there is no relationship at all."""
        return self.count / self.total if self.total else 0.0

    @property
    def percent(self) -> int:
        """Rounded, but 0 only where it is none of them and 100 only where it is all."""
        return min(99, max(1, round(100 * self.ratio))) if 0 < self.count < self.total else round(100 * self.ratio)


@dataclass(frozen=True)
class OutsideHome:
    """The active relationships that other departments than the home of the channel manage."""

    department: str
    relationships: tuple[tuple[Entry, Relationship], ...]
    share: Share


@dataclass(frozen=True)
class SharedPartner:
    """A partner that several departments manage today; `leads` are those that say they lead."""

    partner: str
    departments: tuple[str, ...]
    leads: tuple[str, ...]


@dataclass(frozen=True)
class Holding:
    """What one person answers for: current entries, in the order of the inventory.

    `person` is an id, listed or not.  `orphans` are those that would be nobody's if the person
    left: owned, with no backup who is here.
    """

    person: str
    owns: tuple[Entry, ...]
    backs_up: tuple[Entry, ...]
    orphans: tuple[Entry, ...]


def heat(playbook: Playbook) -> Mapping[tuple[str, str], int]:
    """How many active relationships each (department, type) has, where it has any."""
    counts: dict[tuple[str, str], int] = {}
    for entry, relationship in playbook.relationships():
        key = entry.department, relationship.type
        counts[key] = counts.get(key, 0) + 1
    return frozen(counts)


def by_function(playbook: Playbook, types: Mapping[tuple[str, str], int]) -> Mapping[tuple[str, str], int]:
    """The same by (department, function)."""
    counts: dict[tuple[str, str], int] = {}
    for (department, type_id), number in types.items():
        key = department, playbook.types[type_id].function
        counts[key] = counts.get(key, 0) + number
    return frozen(counts)


def outside_home(playbook: Playbook) -> OutsideHome | None:
    """What is managed outside the channel's home; None where settings.yml names no home."""
    home = playbook.settings.home_department
    if home is None:
        return None
    relationships = tuple(playbook.relationships())
    outside = tuple((entry, relationship) for entry, relationship in relationships if entry.department != home)
    return OutsideHome(home, outside, Share(len(outside), len(relationships)))


def shared_partners(playbook: Playbook) -> tuple[SharedPartner, ...]:
    """The partners that more than one department manages today."""
    return tuple(
        SharedPartner(
            partner=partner.id,
            departments=tuple(dict.fromkeys(entry.department for entry in partner.current)),
            leads=tuple(dict.fromkeys(entry.department for entry in partner.current if entry.lead)),
        )
        for partner in playbook.partners.values()
        if partner.shared
    )


def unowned(playbook: Playbook) -> tuple[Entry, ...]:
    """The current entries without an owner."""
    return tuple(entry for entry in playbook.entries if not entry.ended and entry.owner is None)


def holdings(playbook: Playbook) -> Mapping[str, Holding]:
    """What everybody holds: all who are listed, in that order, then other owners and backups by id."""
    owns: dict[str, list[Entry]] = {}
    backs_up: dict[str, list[Entry]] = {}
    for entry in playbook.entries:
        if not entry.ended:
            if entry.owner is not None:
                owns.setdefault(entry.owner, []).append(entry)
            if entry.backup_owner is not None:
                backs_up.setdefault(entry.backup_owner, []).append(entry)
    unlisted = sorted((owns.keys() | backs_up.keys()) - playbook.people.keys())
    return frozen(
        {
            person: Holding(
                person=person,
                owns=tuple(owns.get(person, ())),
                backs_up=tuple(backs_up.get(person, ())),
                orphans=tuple(entry for entry in owns.get(person, ()) if not has_backup(playbook, entry)),
            )
            for person in [*playbook.people, *unlisted]
        }
    )


def has_backup(playbook: Playbook, entry: Entry) -> bool:
    """Whether somebody else than the owner is named, and known to be here.

    Where people are recorded, somebody who is not among them is not known to be here.
    """
    backup = entry.backup_owner
    if backup is None or backup == entry.owner:
        return False
    return not playbook.people or (backup in playbook.people and playbook.people[backup].active)
