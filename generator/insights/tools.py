"""Which modes and types in use have a tool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model import Playbook, frozen


@dataclass(frozen=True)
class Equipment:
    """The tools of every mode in use and of every type with active units, each in the order of the taxonomy.

    A type has the tools that name it and those of the modes that its units are managed in; `bare`
    are the types with a unit that has neither.  Types out of scope are left out.
    """

    modes: Mapping[str, tuple[str, ...]]
    types: Mapping[str, tuple[str, ...]]
    bare: tuple[str, ...]

    @property
    def bare_modes(self) -> tuple[str, ...]:
        return tuple(mode for mode, tools in self.modes.items() if not tools)


def equipment(playbook: Playbook) -> Equipment:
    """What there is for the relationships that are active today."""
    used: dict[str, dict[str, None]] = {}
    for _, unit in playbook.units():
        if playbook.types[unit.type].scope != "out":
            used.setdefault(unit.type, {})[unit.mode] = None
    in_use = {mode for modes in used.values() for mode in modes}
    of_mode = {m: tuple(t.id for t in playbook.tools.values() if m in t.modes) for m in playbook.modes if m in in_use}
    of_type = {
        type_id: tuple(t.id for t in playbook.tools.values() if type_id in t.types)
        for type_id in playbook.types
        if type_id in used
    }
    return Equipment(
        modes=frozen(of_mode),
        types=frozen(
            {t: tuple(dict.fromkeys([*own, *(x for m in used[t] for x in of_mode[m])])) for t, own in of_type.items()}
        ),
        bare=tuple(t for t, own in of_type.items() if not own and not all(of_mode[mode] for mode in used[t])),
    )
