"""The command that lets editors propose ids and explain fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from generator.boundary import Exit
from generator.cli import edits
from generator.cli.group import main
from generator.cli.options import data_input
from generator.editing import SCHEMAS, with_modeline
from generator.model import Playbook
from generator.schema import completing_schemas
from generator.source import HISTORY


@main.command()
@data_input
def completion(data: str, as_of: date | None) -> Exit:
    """Let editors such as VS Code propose ids and explain fields.

    Writes schemas with the ids of the data into its folder schemas, and as the first line of each
    data file the one that leads editors there.  Run it again when ids have come or gone, and commit
    what it writes.
    """
    checked, playbook = edits.begin(data, as_of)
    texts = {file: with_modeline(one.text, file) for file, one in checked.documents.items() if file != HISTORY}
    return edits.finish(data, checked, texts | schemas_of(playbook), as_of)


def schemas_of(playbook: Playbook) -> dict[str, str]:
    """The schemas that propose the ids of a playbook, by their files in the data folder."""
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
    return {f"{SCHEMAS}/{name}": text for name, text in completing_schemas(known).items()}
