"""Whether partners serve the business objectives that are still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.insights.ownership import Share
from generator.model import Objective, Playbook, Program, Relationship, Unit, frozen

Pair = tuple[Relationship, Unit]
"""A unit, with the entry that it stands in."""


@dataclass(frozen=True)
class Served:
    """An open objective, and the active units that are tied to it.

    `units` are by function (every function).  `types` are those in scope that the objective names, each with the
    number of its units among them.
    """

    objective: str
    units: Mapping[str, tuple[Pair, ...]]
    types: Mapping[str, int]

    @property
    def size(self) -> int:
        return sum(map(len, self.units.values()))

    @property
    def missing(self) -> tuple[str, ...]:
        """The types that the objective names and nobody brings to it."""
        return tuple(type_id for type_id, number in self.types.items() if not number)


@dataclass(frozen=True)
class Run:
    """A program and the active units of its types: in its mode (in any, where it names none), and in another.

    `adrift`: the program names no objective, or one that has ended.
    """

    program: str
    units: tuple[Pair, ...]
    others: tuple[Pair, ...]
    adrift: bool


@dataclass(frozen=True)
class Alignment:
    """`share` is of the active units: those tied to an open objective.

    The rest are entries, and active: `none` name no objective, `ended` name ended ones only, `stale` name an ended
    one beside an open one.  `closed` are the objectives that have ended.
    """

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


def names_none(playbook: Playbook, relationship: Relationship) -> bool:
    """Whether objectives are recorded, and the relationship names none of them."""
    return bool(playbook.objectives) and not relationship.objectives


def serves_open(playbook: Playbook, relationship: Relationship) -> bool:
    """Whether one of the objectives that the relationship names is open."""
    return any(not playbook.objectives[one].has_ended(playbook.as_of) for one in relationship.objectives)


def names_ended(playbook: Playbook, relationship: Relationship) -> bool:
    """Whether one of the objectives that the relationship names has ended."""
    return any(playbook.objectives[one].has_ended(playbook.as_of) for one in relationship.objectives)


def alignment(playbook: Playbook) -> Alignment:
    """Who serves which objective, and who none."""
    units = tuple(playbook.units())
    active = [r for r in playbook.relationships if r.active]
    tied_to_ended = [r for r in active if names_ended(playbook, r)]
    by_type: dict[str, list[Pair]] = {}
    for pair in units:
        by_type.setdefault(pair[1].type, []).append(pair)
    return Alignment(
        share=Share(sum(serves_open(playbook, relationship) for relationship, _ in units), len(units)),
        served=_served(playbook, units),
        closed=tuple(one.id for one in playbook.objectives.values() if one.has_ended(playbook.as_of)),
        none=tuple(r for r in active if names_none(playbook, r)),
        ended=tuple(r for r in tied_to_ended if not serves_open(playbook, r)),
        stale=tuple(r for r in tied_to_ended if serves_open(playbook, r)),
        programs=tuple(_run(playbook, program, by_type) for program in playbook.programs.values()),
    )


def _served(playbook: Playbook, units: Iterable[Pair]) -> tuple[Served, ...]:
    tied: dict[str, list[Pair]] = {objective: [] for objective in playbook.objectives}
    for relationship, unit in units:
        # An entry that names an objective twice serves it once.
        for objective in dict.fromkeys(relationship.objectives):
            tied[objective].append((relationship, unit))
    return tuple(_one(playbook, objective, tied[objective.id]) for objective in open_objectives(playbook))


def _one(playbook: Playbook, objective: Objective, tied: list[Pair]) -> Served:
    by_function: dict[str, list[Pair]] = {function: [] for function in playbook.functions}
    types = dict.fromkeys((t for t in objective.types if playbook.types[t].scope != "out"), 0)
    for relationship, unit in tied:
        by_function[playbook.types[unit.type].function].append((relationship, unit))
        if unit.type in types:
            types[unit.type] += 1
    return Served(
        objective=objective.id,
        units=frozen({function: tuple(them) for function, them in by_function.items()}),
        types=frozen(types),
    )


def _run(playbook: Playbook, program: Program, by_type: Mapping[str, list[Pair]]) -> Run:
    mine = [pair for type_id in dict.fromkeys(program.types) for pair in by_type.get(type_id, ())]
    objective = playbook.objectives[program.objective] if program.objective is not None else None
    return Run(
        program=program.id,
        units=tuple(pair for pair in mine if program.mode in (None, pair[1].mode)),
        others=tuple(pair for pair in mine if program.mode not in (None, pair[1].mode)),
        adrift=objective is None or objective.has_ended(playbook.as_of),
    )
