"""Which types people mistake for each other."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model import Playbook, frozen


def confusions(playbook: Playbook) -> Mapping[str, tuple[str, ...]]:
    """The types that each type is confused with, for every type.

    Confusion goes both ways, whichever of the two an editor wrote it at.  What the type names itself
    comes first, in its order; then come those that name it, in the order of the taxonomy.
    """
    confused: dict[str, dict[str, None]] = {
        partner_type.id: dict.fromkeys(partner_type.confused_with) for partner_type in playbook.types.values()
    }
    for partner_type in playbook.types.values():
        for type_id in partner_type.confused_with:
            confused[type_id].setdefault(partner_type.id)
    return frozen({type_id: tuple(i for i in ids if i != type_id) for type_id, ids in confused.items()})
