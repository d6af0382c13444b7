"""The command that brings data files into their normal layout."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator.boundary import Exit
from generator.cli import edits
from generator.cli.options import data_input
from generator.editing import tidy
from generator.reports.printable import printable


@click.command()
@data_input
@click.option("--check", "only_check", is_flag=True, help="Change nothing; fail where a file would change.")
def fmt(data: str, as_of: date | None, only_check: bool) -> Exit:
    """Sort the entries of the data files and lay them out in one way.

    Partners and people are sorted by id, fields stand in the order of the documentation, and
    indentation and empty lines are the same everywhere.  Comments go with what stands below them;
    no value changes.
    """
    checked, _ = edits.begin(data, as_of, writes=not only_check)
    texts = {file: tidy(document) for file, document in checked.documents.items()}
    stale = [file for file, text in texts.items() if text != checked.documents[file].text]
    if not stale:
        click.echo("Every file is in its normal layout.")
        return Exit.FINE
    if only_check:
        for file in stale:
            click.echo(f"{printable(str(Path(data) / file))} is not in its normal layout")
        click.echo("Run `playbook fmt` and commit what it changes.")
        return Exit.PROBLEMS
    return edits.finish(data, checked, {file: texts[file] for file in stale}, as_of)
