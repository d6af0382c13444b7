"""What editors propose while somebody types: schemas with the ids of a playbook, beside its data."""

from __future__ import annotations

from collections.abc import Mapping

from generator.editing import SCHEMAS
from generator.model import Playbook
from generator.schema import completing_schemas


def schemas_of(playbook: Playbook) -> dict[str, str]:
    """The schemas that propose the ids of a playbook, by their files in the data folder.

    Git passes their folder by: they change with every id, and two branches that each add one would conflict.
    """
    known: Mapping[str, Mapping[str, str]] = {
        "department": {one.id: one.name for one in playbook.departments.values()},
        "factor": {one.id: one.name for one in playbook.factors.values()},
        "function": {one.id: one.name for one in playbook.functions.values()},
        "group": {one.id: one.name for one in playbook.groups.values()},
        "mode": {one.id: one.name for one in playbook.modes.values()},
        "objective": {one.id: one.title for one in playbook.objectives.values()},
        "offer": {one.id: one.name for one in playbook.offers.values()},
        "partner": {one.id: one.name for one in playbook.partners.values()},
        "person": {one.id: one.name for one in playbook.people.values() if one.active},
        "skill": {one.id: one.name for one in playbook.skills.values()},
        "stage": {one.id: one.name for one in playbook.stages.values()},
        "type": {one.id: one.name for one in playbook.types.values()},
    }
    schemas = {f"{SCHEMAS}/{name}": text for name, text in completing_schemas(known).items()}
    return {f"{SCHEMAS}/.gitignore": "*\n", **schemas}
