"""The command import: a spreadsheet into the inventory, with what is kept beside it for the next time."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from generator.boundary import Exit
from generator.cli import edits, lookup
from generator.cli.options import data_input
from generator.cli.taking import Beside, NotTaken, ask_all_the_same, kept, nothing_new, print_summary, take, tell
from generator.cli.timing import counted_pages
from generator.exchange.sheets import load_sheet


def _named_source(_: click.Context, __: click.Parameter, source: str | None) -> None:
    """Refuse what some expect of an import: a place that is read again and again is a source."""
    if source is not None:
        hint = "playbook sync brings in the sources that data/sources.yml lists, all of them or those that it is given"
        raise click.UsageError(f"import takes one file, by its name alone; {hint}: playbook sync NAME")


@click.command("import")
@data_input
@click.option("--from", callback=_named_source, expose_value=False, is_eager=True, hidden=True)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--department", required=True, metavar="ID", help="Whose partners these are.")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook, where several have something in them.")
@click.option("--dry-run", is_flag=True, help="Tell what would change, and leave the data alone.")
def import_(data: str, as_of: date | None, file: Path, department: str, sheet: str | None, dry_run: bool) -> Exit:
    """Take the partners of a spreadsheet into a department's inventory.

    FILE is a CSV file, a workbook of Excel (.xlsx) or LibreOffice (.ods), JSON, or what
    `playbook export` wrote.  Its columns are recognized by their names; FILE.columns.yml, which
    the first import writes, says which is which, and you may change it.  What cannot be decided is
    written to FILE.review.csv: fill in its last column and run the command again.

    What is recorded stays where the spreadsheet says nothing, and where it says what it said at the
    last import: FILE.imported.csv keeps that.  A second run changes nothing.
    """
    if not file.name:
        raise click.UsageError(f"{str(file)!r} is a folder; name a spreadsheet in it")
    click.get_current_context().with_resource(counted_pages())
    checked, playbook = edits.begin(data, as_of, writes=not dry_run)
    home = lookup.named("department", playbook.departments, department).id
    # Unlike Path.resolve, this takes links that lead to each other, too.
    if Path(os.path.realpath(file)).is_relative_to(os.path.realpath(data)):
        raise click.UsageError("keep the spreadsheet outside the data folder: the files beside it are no data")
    try:
        loaded, problems = load_sheet(file, sheet)
        if loaded is None:
            raise NotTaken(problems)
        taken = take(checked, home, loaded, Beside.of(file))
    except NotTaken as error:
        error.report()
        click.echo("Nothing is written.", err=True)
        ask_all_the_same(error.refused, data, dry_run=dry_run)
        return Exit.PROBLEMS
    print_summary(taken)
    beside = kept([taken], dry_run=dry_run)
    code = edits.finish(
        data,
        checked,
        taken.texts,
        as_of,
        dry_run=dry_run,
        refusal=taken.refuse,
        beside=beside,
        nothing=nothing_new([taken]),
    )
    if code is Exit.FINE:
        tell(taken, beside, dry_run=dry_run)
    else:
        ask_all_the_same([taken], data, dry_run=dry_run)
    return code
