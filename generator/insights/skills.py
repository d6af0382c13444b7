"""What owners need to know for the modes in which they manage partners, and what they know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model import Person, Playbook, Skill, frozen


@dataclass(frozen=True)
class SkillGap:
    """A skill that an owner needs at level `needs` and has at `held`: 1 to 5, or 0 where it is not held.

    `modes` are those of the owner's active relationships that need the skill.
    """

    person: str
    skill: str
    needs: int
    held: int
    modes: tuple[str, ...]


@dataclass(frozen=True)
class SkillStanding:
    """The owners who need one skill: who holds it at the level needed, who lacks it, and of whom nothing is known."""

    hold: tuple[str, ...]
    lack: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Skills:
    """Of the owners of active entries whose modes need skills: `able` hold all of them, `lacking` says what
    others lack, and of `unknown` no skill at all is recorded.  People who have left are in none.

    `by_skill` tells the same by skill, for every skill that somebody needs.
    """

    able: tuple[str, ...]
    lacking: tuple[SkillGap, ...]
    unknown: tuple[str, ...]
    by_skill: Mapping[str, SkillStanding]

    @property
    def short(self) -> tuple[str, ...]:
        """The owners who lack a skill."""
        return tuple(dict.fromkeys(lacking.person for lacking in self.lacking))

    @property
    def owners(self) -> int:
        """How many owners need a skill."""
        return len(self.able) + len(self.short) + len(self.unknown)


def skills(playbook: Playbook) -> Skills:
    """Who can do what their relationships ask for; owners in the order of the inventory."""
    able: list[str] = []
    lacking: list[SkillGap] = []
    unknown: list[str] = []
    standing: dict[str, tuple[list[str], list[str], list[str]]] = {}
    for person, modes in _modes_by_owner(playbook).items():
        needed = [skill for skill in playbook.skills.values() if not modes.keys().isdisjoint(skill.modes)]
        levels = _levels(playbook.people.get(person))
        for skill in needed:
            place = 2 if levels is None else 0 if levels.get(skill.id, 0) >= skill.level else 1
            standing.setdefault(skill.id, ([], [], []))[place].append(person)
        if levels is None:
            unknown += [person] if needed else []
            continue
        short = [_lacking(person, skill, levels, modes) for skill in needed if levels.get(skill.id, 0) < skill.level]
        lacking += short
        able += [person] if needed and not short else []
    by_skill = {s: SkillStanding(*map(tuple, standing[s])) for s in playbook.skills if s in standing}
    return Skills(tuple(able), tuple(lacking), tuple(unknown), frozen(by_skill))


def _modes_by_owner(playbook: Playbook) -> dict[str, dict[str, None]]:
    """The modes of the active entries of everybody who owns one and has not left."""
    modes: dict[str, dict[str, None]] = {}
    for entry in playbook.entries:
        if entry.active and entry.owner is not None and not playbook.has_left(entry.owner):
            modes.setdefault(entry.owner, {}).update(dict.fromkeys(entry.modes))
    return modes


def _levels(person: Person | None) -> dict[str, int] | None:
    """The level of each skill that the person holds; None where nothing is known."""
    if person is None or not person.skills:
        return None
    levels: dict[str, int] = {}
    for held in person.skills:
        levels[held.skill] = max(held.level, levels.get(held.skill, 0))
    return levels


def _lacking(person: str, skill: Skill, levels: Mapping[str, int], modes: Mapping[str, None]) -> SkillGap:
    asking = tuple(mode for mode in modes if mode in skill.modes)
    return SkillGap(person, skill.id, skill.level, levels.get(skill.id, 0), asking)
