"""What owners need to know for the modes in which they manage partners, and what they know."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Playbook


@dataclass(frozen=True)
class Lacking:
    """A skill that an owner needs at `needs` and has at `held`; levels from 1 to 5, 0 where it is not held."""

    person: str
    skill: str
    needs: int
    held: int


@dataclass(frozen=True)
class Skills:
    """Of the owners of active relationships whose modes need skills: `able` hold all of them, `lacking` says what
    others lack, and of `unknown` no skill at all is recorded.  People who have left are in none."""

    able: tuple[str, ...]
    lacking: tuple[Lacking, ...]
    unknown: tuple[str, ...]

    @property
    def short(self) -> tuple[str, ...]:
        """The owners who lack a skill."""
        return tuple(dict.fromkeys(one.person for one in self.lacking))


def skills(playbook: Playbook) -> Skills:
    """Who can do what their relationships ask for; owners in the order of the inventory."""
    modes: dict[str, dict[str, None]] = {}
    for relationship in playbook.relationships:
        if relationship.active and relationship.owner is not None and not playbook.has_left(relationship.owner):
            modes.setdefault(relationship.owner, {}).update(dict.fromkeys(relationship.modes))
    able: list[str] = []
    lacking: list[Lacking] = []
    unknown: list[str] = []
    for person, used in modes.items():
        needed = [skill for skill in playbook.skills.values() if not used.keys().isdisjoint(skill.modes)]
        if not needed:
            continue
        listed = playbook.people.get(person)
        if listed is None or not listed.skills:
            unknown.append(person)
            continue
        held = {one.skill: one.level for one in listed.skills}
        short = [Lacking(person, s.id, s.level, held.get(s.id, 0)) for s in needed if held.get(s.id, 0) < s.level]
        lacking += short
        if not short:
            able.append(person)
    return Skills(tuple(able), tuple(lacking), tuple(unknown))
