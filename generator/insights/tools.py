"""Which modes and types in use have a tool."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from generator.model import Playbook, Scope, frozen


@dataclass(frozen=True)
class Equipment:
    """The tools of every mode in use and of every type with active relationships, each in the order of the taxonomy.

    A type has the tools that name it and those of the modes that its relationships are managed in; `bare`
    are the types with a relationship that has neither.  Types out of scope are left out, though not the modes
    that their relationships are managed in.  `mode_relationships` and `type_relationships` count the active
    relationships of the same modes and types.
    """

    modes: Mapping[str, tuple[str, ...]]
    types: Mapping[str, tuple[str, ...]]
    bare: tuple[str, ...]
    mode_relationships: Mapping[str, int]
    type_relationships: Mapping[str, int]

    @property
    def bare_modes(self) -> tuple[str, ...]:
        return tuple(mode for mode, tools in self.modes.items() if not tools)


def equipment(playbook: Playbook) -> Equipment:
    """What there is for the relationships that are active today."""
    by_mode: Counter[str] = Counter()
    by_type: Counter[str] = Counter()
    used: dict[str, dict[str, None]] = {}
    for _, relationship in playbook.relationships():
        by_mode[relationship.mode] += 1
        by_type[relationship.type] += 1
        used.setdefault(relationship.type, {})[relationship.mode] = None
    of_mode = {m: tuple(t.id for t in playbook.tools.values() if m in t.modes) for m in playbook.modes if by_mode[m]}
    of_type = {
        partner_type.id: tuple(t.id for t in playbook.tools.values() if partner_type.id in t.types)
        for partner_type in playbook.types.values()
        if partner_type.id in used and partner_type.scope is not Scope.OUT
    }
    return Equipment(
        modes=frozen(of_mode),
        types=frozen(
            {t: tuple(dict.fromkeys([*own, *(x for m in used[t] for x in of_mode[m])])) for t, own in of_type.items()}
        ),
        bare=tuple(t for t, own in of_type.items() if not own and not all(of_mode[mode] for mode in used[t])),
        mode_relationships=frozen({mode: by_mode[mode] for mode in of_mode}),
        type_relationships=frozen({type_id: by_type[type_id] for type_id in of_type}),
    )
