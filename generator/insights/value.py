"""What partners bring, function by function: figures, and the value lines that the entries carry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.model import Playbook, Relationship, frozen


@dataclass(frozen=True)
class Brought:
    """What the active partners of one function bring; ids, each once.

    `lines` are the relationships that say what the partner does for customers, one a partner, in
    the order in which a short list should show them.
    """

    function: str
    relationships: int
    partners: tuple[str, ...]
    regions: tuple[str, ...]
    offers: tuple[str, ...]
    lines: tuple[Relationship, ...]


@dataclass(frozen=True)
class Story:
    """`told` and `untold` are the active partners with and without a value line, as ids."""

    functions: Mapping[str, Brought]
    told: tuple[str, ...]
    untold: tuple[str, ...]


def story(playbook: Playbook) -> Story:
    """What every function brings; a function without partners brings nothing yet."""
    held: dict[str, dict[int, Relationship]] = {function: {} for function in playbook.functions}
    units = dict.fromkeys(playbook.functions, 0)
    for relationship, unit in playbook.units():
        function = playbook.types[unit.type].function
        held[function][id(relationship)] = relationship
        units[function] += 1
    active: dict[str, bool] = {}
    for relationship in playbook.relationships:
        if relationship.active:
            active[relationship.partner] = bool(relationship.value) or active.get(relationship.partner, False)
    return Story(
        functions=frozen({f: _brought(playbook, f, tuple(them.values()), units[f]) for f, them in held.items()}),
        told=tuple(partner for partner, said in active.items() if said),
        untold=tuple(partner for partner, said in active.items() if not said),
    )


def _brought(playbook: Playbook, function: str, held: tuple[Relationship, ...], units: int) -> Brought:
    return Brought(
        function=function,
        relationships=units,
        partners=_once(r.partner for r in held),
        regions=_once(region for r in held for region in r.regions),
        offers=_once(o for r in held for o in r.offers if playbook.offers[o].status == "live"),
        lines=_lines(playbook, function, held),
    )


def _once(them: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(them))


def _lines(playbook: Playbook, function: str, held: tuple[Relationship, ...]) -> tuple[Relationship, ...]:
    """One line a partner, those with the widest reach first, and each type once before any type twice."""

    def reach(relationship: Relationship) -> tuple[int, str]:
        return -len(relationship.offers) - len(relationship.objectives) - len(
            relationship.regions
        ), relationship.partner

    by_partner: dict[str, Relationship] = {}
    for relationship in sorted((r for r in held if r.value), key=reach):
        by_partner.setdefault(relationship.partner, relationship)
    turn: dict[str, int] = {}
    ranked = []
    for place, relationship in enumerate(by_partner.values()):
        first = next(t for t in relationship.types if playbook.types[t].function == function)
        turn[first] = turn.get(first, 0) + 1
        ranked.append((turn[first], place, relationship))
    return tuple(relationship for _, _, relationship in sorted(ranked, key=lambda one: one[:2]))
