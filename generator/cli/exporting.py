"""The command export: the inventory as a spreadsheet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator.boundary import Exit
from generator.cli import edits, lookup, output
from generator.cli.options import data_input
from generator.exchange.exporting import KINDS, exported
from generator.exchange.meanings import Meanings
from generator.exchange.rows import exported_table
from generator.exchange.state import STATE_END, STATE_MARK, exported_state, state_text
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
    wanted = set(playbook.departments)
    if department is not None:
        wanted = {lookup.named("department", playbook.departments, department).id}
    table = exported_table(checked.documents, playbook, wanted)
    choices = Meanings(playbook, checked.type_names).choices
    try:
        output.write_new(file, exported(file, table, choices))
    except ValueError as error:
        raise Refused(str(error)) from error
    # What is edited in it is known by that, whatever somebody writes into the data in the meantime.
    output.write(file.with_suffix(STATE_END), state_text(exported_state(table)), STATE_MARK)
    click.echo(f"{printable(str(file))} has {count(len(table.rows), 'row')}.")
    return Exit.FINE
