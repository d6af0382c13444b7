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
    entries: dict[str, dict[int, Entry]] = {function: {} for function in playbook.functions}
    relationships = dict.fromkeys(playbook.functions, 0)
    for entry, relationship in playbook.relationships():
        function = playbook.types[relationship.type].function
        entries[function][id(entry)] = entry
        relationships[function] += 1
    active: dict[str, bool] = {}
    for entry in playbook.entries:
        if entry.active:
            active[entry.partner] = bool(entry.value) or active.get(entry.partner, False)
    return Story(
        functions=frozen(
            {
                f: _function_value(playbook, f, tuple(by_identity.values()), relationships[f])
                for f, by_identity in entries.items()
            }
        ),
        stated=tuple(partner for partner, has_value in active.items() if has_value),
        unstated=tuple(partner for partner, has_value in active.items() if not has_value),
    )


def _function_value(playbook: Playbook, function: str, entries: tuple[Entry, ...], relationships: int) -> FunctionValue:
    return FunctionValue(
        function=function,
        entries=relationships,
        partners=_distinct(entry.partner for entry in entries),
        regions=_distinct(region for entry in entries for region in entry.regions),
        offers=_distinct(
            offer for entry in entries for offer in entry.offers if playbook.offers[offer].status is OfferStatus.LIVE
        ),
        lines=_lines(playbook, function, entries),
    )


def _distinct(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _lines(playbook: Playbook, function: str, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """One line a partner, those with the widest reach first, and each type once before any type twice."""

    def reach(entry: Entry) -> tuple[int, str]:
        return -len(entry.offers) - len(entry.objectives) - len(entry.regions), entry.partner

    by_partner: dict[str, Entry] = {}
    for entry in sorted((entry for entry in entries if entry.value), key=reach):
        by_partner.setdefault(entry.partner, entry)
    turn: dict[str, int] = {}
    ranked = []
    for place, entry in enumerate(by_partner.values()):
        first = next(t for t in entry.types if playbook.types[t].function == function)
        turn[first] = turn.get(first, 0) + 1
        ranked.append((turn[first], place, entry))
    return tuple(entry for _, _, entry in sorted(ranked, key=lambda turn_and_place: turn_and_place[:2]))
