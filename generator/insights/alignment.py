"""Whether partners serve the business objectives that are still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.insights.ownership import Share
from generator.model import Entry, Objective, Playbook, Program, Relationship, Scope, frozen

Pair = tuple[Entry, Relationship]
"""A relationship, with the entry that it stands in."""


@dataclass(frozen=True)
class ObjectiveAlignment:
    """An open objective, and the active relationships that are tied to it.

    `relationships` are by function (every function).  `types` are those in scope that the objective
    names, each with the number of its relationships among them.
    """

    objective: str
    relationships: Mapping[str, tuple[Pair, ...]]
    types: Mapping[str, int]

    @property
    def size(self) -> int:
        return sum(map(len, self.relationships.values()))

    @property
    def missing(self) -> tuple[str, ...]:
        """The types that the objective names and nobody brings to it."""
        return tuple(type_id for type_id, number in self.types.items() if not number)


@dataclass(frozen=True)
class ProgramAlignment:
    """A program and the active relationships of its types: in its mode (in any, where it names none), and in another.

    `adrift`: the program names no objective, or one that has ended.
    """

    program: str
    relationships: tuple[Pair, ...]
    others: tuple[Pair, ...]
    adrift: bool


@dataclass(frozen=True)
class Alignment:
    """`share` is of the active relationships: those tied to an open objective.

    The rest are entries, and active: `none` name no objective, `ended` name ended ones only, `stale` name an ended
    one beside an open one.
    """

    share: Share
    served: tuple[ObjectiveAlignment, ...]
    none: tuple[Entry, ...]
    ended: tuple[Entry, ...]
    stale: tuple[Entry, ...]
    programs: tuple[ProgramAlignment, ...]

    @property
    def unserved(self) -> tuple[str, ...]:
        """The open objectives that nobody serves."""
        return tuple(served.objective for served in self.served if not served.size)


def open_objectives(playbook: Playbook) -> tuple[Objective, ...]:
    """The objectives that are still pursued, in the order of the strategy."""
    return tuple(objective for objective in playbook.objectives.values() if not objective.has_ended(playbook.as_of))


def names_none(playbook: Playbook, entry: Entry) -> bool:
    """Whether objectives are recorded, and the entry names none of them."""
    return bool(playbook.objectives) and not entry.objectives


def serves_open(playbook: Playbook, entry: Entry) -> bool:
    """Whether one of the objectives that the entry names is open."""
    return any(not playbook.objectives[objective].has_ended(playbook.as_of) for objective in entry.objectives)


def names_ended(playbook: Playbook, entry: Entry) -> bool:
    """Whether one of the objectives that the entry names has ended."""
    return any(playbook.objectives[objective].has_ended(playbook.as_of) for objective in entry.objectives)


def alignment(playbook: Playbook) -> Alignment:
    """Who serves which objective, and who none."""
    relationships = tuple(playbook.relationships())
    active = [entry for entry in playbook.entries if entry.active]
    tied_to_ended = [entry for entry in active if names_ended(playbook, entry)]
    by_type: dict[str, list[Pair]] = {}
    for pair in relationships:
        by_type.setdefault(pair[1].type, []).append(pair)
    return Alignment(
        share=Share(sum(serves_open(playbook, entry) for entry, _ in relationships), len(relationships)),
        served=_served(playbook, relationships),
        none=tuple(entry for entry in active if names_none(playbook, entry)),
        ended=tuple(entry for entry in tied_to_ended if not serves_open(playbook, entry)),
        stale=tuple(entry for entry in tied_to_ended if serves_open(playbook, entry)),
        programs=tuple(_program(playbook, program, by_type) for program in playbook.programs.values()),
    )


def _served(playbook: Playbook, relationships: Iterable[Pair]) -> tuple[ObjectiveAlignment, ...]:
    tied: dict[str, list[Pair]] = {objective: [] for objective in playbook.objectives}
    for entry, relationship in relationships:
        # An entry that names an objective twice serves it once.
        for objective in dict.fromkeys(entry.objectives):
            tied[objective].append((entry, relationship))
    return tuple(_objective(playbook, objective, tied[objective.id]) for objective in open_objectives(playbook))


def _objective(playbook: Playbook, objective: Objective, tied: list[Pair]) -> ObjectiveAlignment:
    by_function: dict[str, list[Pair]] = {function: [] for function in playbook.functions}
    types = dict.fromkeys((t for t in objective.types if playbook.types[t].scope is not Scope.OUT), 0)
    for entry, relationship in tied:
        by_function[playbook.types[relationship.type].function].append((entry, relationship))
        if relationship.type in types:
            types[relationship.type] += 1
    return ObjectiveAlignment(
        objective=objective.id,
        relationships=frozen({function: tuple(pairs) for function, pairs in by_function.items()}),
        types=frozen(types),
    )


def _program(playbook: Playbook, program: Program, by_type: Mapping[str, list[Pair]]) -> ProgramAlignment:
    pairs = [pair for type_id in dict.fromkeys(program.types) for pair in by_type.get(type_id, ())]
    objective = playbook.objectives[program.objective] if program.objective is not None else None
    return ProgramAlignment(
        program=program.id,
        relationships=tuple(pair for pair in pairs if program.mode in (None, pair[1].mode)),
        others=tuple(pair for pair in pairs if program.mode not in (None, pair[1].mode)),
        adrift=objective is None or objective.has_ended(playbook.as_of),
    )
