"""The command that lets editors propose ids and explain fields."""

from __future__ import annotations

from datetime import date

import click

from generator.boundary import Exit
from generator.cli import edits
from generator.cli.options import data_input
from generator.cli.proposals import schemas_of
from generator.editing import with_modeline
from generator.source import HISTORY


@click.command()
@data_input
def completion(data: str, as_of: date | None) -> Exit:
    """Let editors such as VS Code propose ids and explain fields.

    Writes schemas with the ids of the data into its folder schemas, and as the first line of each
    data file the one that leads editors there.  Git passes that folder by, so run this once in every
    clone.  The commands that change the data then renew the schemas; run this one again after changes
    by hand.
    """
    checked, playbook = edits.begin(data, as_of)
    texts = {
        file: with_modeline(document.text, file) for file, document in checked.documents.items() if file != HISTORY
    }
    return edits.finish(data, checked, texts | schemas_of(playbook), as_of)
