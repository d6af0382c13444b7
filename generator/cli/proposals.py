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
        "department": {department.id: department.name for department in playbook.departments.values()},
        "factor": {factor.id: factor.name for factor in playbook.factors.values()},
        "function": {function.id: function.name for function in playbook.functions.values()},
        "group": {group.id: group.name for group in playbook.groups.values()},
        "mode": {mode.id: mode.name for mode in playbook.modes.values()},
        "objective": {objective.id: objective.title for objective in playbook.objectives.values()},
        "offer": {offer.id: offer.name for offer in playbook.offers.values()},
        "partner": {partner.id: partner.name for partner in playbook.partners.values()},
        "person": {person.id: person.name for person in playbook.people.values() if person.active},
        "skill": {skill.id: skill.name for skill in playbook.skills.values()},
        "audience": {one.id: one.name for one in playbook.settings.audiences.values()},
        "system": {system.id: system.name for system in playbook.settings.systems.values()},
        "stage": {stage.id: stage.name for stage in playbook.stages.values()},
        "type": {partner_type.id: partner_type.name for partner_type in playbook.types.values()},
    }
    schemas = {f"{SCHEMAS}/{name}": text for name, text in completing_schemas(known, playbook.settings.fields).items()}
    return {f"{SCHEMAS}/.gitignore": "*\n", **schemas}
