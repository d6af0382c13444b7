"""What partners bring, function by function: figures, and the value lines that the entries carry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.model import Entry, OfferStatus, Playbook, frozen


@dataclass(frozen=True)
class FunctionValue:
    """What the active partners of one function bring; ids, each once.

    `lines` are the relationships that say what the partner does for customers, one a partner, in
    the order in which a short list should show them.
    """

    function: str
    entries: int
    partners: tuple[str, ...]
    regions: tuple[str, ...]
    offers: tuple[str, ...]
    lines: tuple[Entry, ...]


@dataclass(frozen=True)
class Story:
    """`stated` and `unstated` are the active partners with and without a value line, as ids."""

    functions: Mapping[str, FunctionValue]
    stated: tuple[str, ...]
    unstated: tuple[str, ...]


def story(playbook: Playbook) -> Story:
    """What every function brings; a function without partners brings nothing yet."""
    held: dict[str, dict[int, Entry]] = {function: {} for function in playbook.functions}
    relationships = dict.fromkeys(playbook.functions, 0)
    for entry, relationship in playbook.relationships():
        function = playbook.types[relationship.type].function
        held[function][id(entry)] = entry
        relationships[function] += 1
    active: dict[str, bool] = {}
    for entry in playbook.entries:
        if entry.active:
            active[entry.partner] = bool(entry.value) or active.get(entry.partner, False)
    return Story(
        functions=frozen(
            {f: _function_value(playbook, f, tuple(them.values()), relationships[f]) for f, them in held.items()}
        ),
        stated=tuple(partner for partner, said in active.items() if said),
        unstated=tuple(partner for partner, said in active.items() if not said),
    )


def _function_value(playbook: Playbook, function: str, held: tuple[Entry, ...], relationships: int) -> FunctionValue:
    return FunctionValue(
        function=function,
        entries=relationships,
        partners=_once(r.partner for r in held),
        regions=_once(region for r in held for region in r.regions),
        offers=_once(o for r in held for o in r.offers if playbook.offers[o].status is OfferStatus.LIVE),
        lines=_lines(playbook, function, held),
    )


def _once(them: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(them))


def _lines(playbook: Playbook, function: str, held: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """One line a partner, those with the widest reach first, and each type once before any type twice."""

    def reach(entry: Entry) -> tuple[int, str]:
        return -len(entry.offers) - len(entry.objectives) - len(entry.regions), entry.partner

    by_partner: dict[str, Entry] = {}
    for entry in sorted((r for r in held if r.value), key=reach):
        by_partner.setdefault(entry.partner, entry)
    turn: dict[str, int] = {}
    ranked = []
    for place, entry in enumerate(by_partner.values()):
        first = next(t for t in entry.types if playbook.types[t].function == function)
        turn[first] = turn.get(first, 0) + 1
        ranked.append((turn[first], place, entry))
    return tuple(entry for _, _, entry in sorted(ranked, key=lambda one: one[:2]))
