"""Whether partners serve the business objectives that are still open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.insights.ownership import Share
from generator.model import Objective, Playbook, Relationship, Unit, frozen


@dataclass(frozen=True)
class Served:
    """An open objective: the active units tied to it, by function (every function), and the types that it names and
    nobody brings."""

    objective: str
    units: Mapping[str, tuple[tuple[Relationship, Unit], ...]]
    missing: tuple[str, ...]

    @property
    def size(self) -> int:
        return sum(map(len, self.units.values()))


@dataclass(frozen=True)
class Run:
    """A program and the active units of its types: in its mode (in any, where it names none), and in another."""

    program: str
    units: tuple[tuple[Relationship, Unit], ...]
    others: tuple[tuple[Relationship, Unit], ...]


@dataclass(frozen=True)
class Alignment:
    """`share` is of active units tied to an open objective.  `none` are the active relationships that name no
    objective, `ended` those that name ended ones only, `stale` those that name an ended one beside others."""

    share: Share
    served: tuple[Served, ...]
    closed: tuple[str, ...]
    none: tuple[Relationship, ...]
    ended: tuple[Relationship, ...]
    stale: tuple[Relationship, ...]
    programs: tuple[Run, ...]

    @property
    def unserved(self) -> tuple[str, ...]:
        """The open objectives that nobody serves."""
        return tuple(one.objective for one in self.served if not one.size)


def open_objectives(playbook: Playbook) -> tuple[Objective, ...]:
    """The objectives that are still pursued, in the order of the strategy."""
    return tuple(one for one in playbook.objectives.values() if not one.has_ended(playbook.as_of))


def alignment(playbook: Playbook) -> Alignment:
    """Who serves which objective, and who none."""
    still = {one.id for one in open_objectives(playbook)}
    units = tuple(playbook.units())
    aligned = sum(not still.isdisjoint(relationship.objectives) for relationship, _ in units)
    active = [r for r in playbook.relationships if r.active]
    named = [r for r in active if r.objectives]
    return Alignment(
        share=Share(aligned, len(units)),
        served=_served(playbook, units),
        closed=tuple(one for one in playbook.objectives if one not in still),
        none=tuple(r for r in active if not r.objectives),
        ended=tuple(r for r in named if still.isdisjoint(r.objectives)),
        stale=tuple(r for r in named if not still.isdisjoint(r.objectives) and not still.issuperset(r.objectives)),
        programs=_programs(playbook, units),
    )


def _served(playbook: Playbook, units: tuple[tuple[Relationship, Unit], ...]) -> tuple[Served, ...]:
    tied: dict[str, list[tuple[Relationship, Unit]]] = {objective: [] for objective in playbook.objectives}
    for relationship, unit in units:
        for objective in dict.fromkeys(relationship.objectives):
            tied[objective].append((relationship, unit))
    return tuple(_one(playbook, objective, tied[objective.id]) for objective in open_objectives(playbook))


def _one(playbook: Playbook, objective: Objective, tied: list[tuple[Relationship, Unit]]) -> Served:
    by_function: dict[str, list[tuple[Relationship, Unit]]] = {function: [] for function in playbook.functions}
    for relationship, unit in tied:
        by_function[playbook.types[unit.type].function].append((relationship, unit))
    brought = {unit.type for _, unit in tied}
    return Served(
        objective.id,
        frozen({function: tuple(them) for function, them in by_function.items()}),
        tuple(t for t in objective.types if t not in brought and playbook.types[t].scope != "out"),
    )


def _programs(playbook: Playbook, units: tuple[tuple[Relationship, Unit], ...]) -> tuple[Run, ...]:
    by_type: dict[str, list[tuple[Relationship, Unit]]] = {}
    for pair in units:
        by_type.setdefault(pair[1].type, []).append(pair)
    found = []
    for program in playbook.programs.values():
        mine = [pair for type_id in program.types for pair in by_type.get(type_id, ())]
        inside = tuple(pair for pair in mine if program.mode in (None, pair[1].mode))
        found.append(Run(program.id, inside, tuple(pair for pair in mine if program.mode not in (None, pair[1].mode))))
    return tuple(found)
