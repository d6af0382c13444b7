"""The command export: the inventory as a spreadsheet."""

from __future__ import annotations

import os
from collections.abc import Container, Mapping
from datetime import date
from pathlib import Path

import click

from generator.boundary import Exit
from generator.cli import edits, lookup, output
from generator.cli.options import data_input
from generator.exchange.exporting import KINDS, SHEETS, exported
from generator.exchange.meanings import Meanings
from generator.exchange.rows import exported_table
from generator.exchange.state import STATE_END, Key, exported_state, load_state, state_text
from generator.model import Playbook
from generator.reports.printable import printable
from generator.sinks import Refused
from generator.words import count


@click.command()
@data_input
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--department", metavar="ID", help="Whose partners; without it, those of all.")
def export(data: str, as_of: date | None, file: Path, department: str | None) -> Exit:
    """Write the inventory to a spreadsheet: FILE.csv, FILE.xlsx or FILE.json.

    One row is one department's entry for one partner.  `playbook import` reads it back.  A workbook
    offers what may stand in a cell, with names beside ids, and lists it on a sheet of its own.
    The file holds the satisfaction scores, which the site's own inventory.json does not.
    """
    if file.suffix.lower() not in KINDS:
        raise click.UsageError(f"{file.name} should end in {', '.join(KINDS)}")
    checked, playbook = edits.begin(data, as_of, writes=False)
    _check_alone(file)
    wanted = set(playbook.departments)
    if department is not None:
        wanted = {lookup.named("department", playbook.departments, department).id}
    table = exported_table(checked.documents, playbook, wanted)
    choices = Meanings(playbook, checked.type_names).choices
    # What is edited in it is known by that, whatever somebody writes into the data in the meantime.
    state = file.with_suffix(STATE_END)
    cells = {**_of_others(state, playbook, wanted), **exported_state(table)}
    try:
        content = exported(file, table, choices)
    except ValueError as error:
        raise Refused(str(error)) from error
    output.write_new(file, content, {state: state_text(cells).encode()})
    click.echo(f"{printable(str(file))} has {count(len(table.rows), 'row')}.")
    return Exit.FINE


def _check_alone(file: Path) -> None:
    """Refused where another spreadsheet has the same name but for its end: what one of them said would be taken for
    what the other did.
    """
    for end in SHEETS:
        other = file.with_suffix(end)
        if end != file.suffix.lower() and os.path.lexists(other):
            state = file.with_suffix(STATE_END).name
            raise Refused(f"{other} is there, and {state} keeps what it said: choose another name than {file.stem}")


def _of_others(state: Path, playbook: Playbook, exported: Container[str]) -> Mapping[Key, Mapping[str, str]]:
    """What a state keeps of departments that are not exported: their sheet may be with somebody who fills it in."""
    last, problems = load_state(state, playbook)
    if problems:
        raise Refused(f"{state} was not written by this command, and stays as it is; name another file")
    return {at: texts for at, texts in last.cells.items() if at[0] not in exported}
