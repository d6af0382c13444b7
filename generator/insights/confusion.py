"""Which types people mistake for each other."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model import Playbook, frozen


def confusions(playbook: Playbook) -> Mapping[str, tuple[str, ...]]:
    """The types that each type is confused with, for every type.

    Confusion goes both ways, whichever of the two an editor wrote it at.  What the type names itself
    comes first, in its order; then come those that name it, in the order of the taxonomy.
    """
    found: dict[str, dict[str, None]] = {one.id: dict.fromkeys(one.confused_with) for one in playbook.types.values()}
    for one in playbook.types.values():
        for other in one.confused_with:
            found[other].setdefault(one.id)
    return frozen({type_id: tuple(o for o in others if o != type_id) for type_id, others in found.items()})
