"""Spreadsheets in and out: the commands import and export."""

from __future__ import annotations

import os
from collections.abc import Container, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from generator.boundary import Exit
from generator.cli import edits, lookup, output
from generator.cli.options import data_input
from generator.editing import departments, one_line
from generator.exchange.columns import MAP_MARK, ColumnMap, SheetTable, load_map, map_text, table
from generator.exchange.exporting import KINDS, exported, rows
from generator.exchange.fields import COLUMNS
from generator.exchange.importing import import_partners
from generator.exchange.matching import Matched, Question, match
from generator.exchange.meanings import Meanings
from generator.exchange.origins import problems_at_cells
from generator.exchange.review import Decisions, load_decisions, review_bytes
from generator.exchange.sheets import load_sheet
from generator.problems import Problem, nearest
from generator.reports import text
from generator.reports.printable import printable
from generator.sinks import Refused
from generator.source import Document
from generator.words import count

_SHOWN = 10
"""How many questions are printed; the review file has them all."""


@click.command("import")
@data_input
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--department", required=True, metavar="ID", help="Whose partners these are.")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook, where several have something in them.")
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
def import_(data: str, as_of: date | None, file: Path, department: str, sheet: str | None, dry_run: bool) -> Exit:
    """Take the partners of a spreadsheet into a department's inventory.

    FILE is a CSV file, a workbook of Excel (.xlsx) or LibreOffice (.ods), or what
    `playbook export` wrote.  Its columns are recognized by their names; FILE.columns.yml, which
    the first import writes, says which is which, and you may change it.  What cannot be decided is
    written to FILE.review.csv: fill in its last column and run the command again.

    What is recorded stays where the spreadsheet says nothing.  A second run changes nothing.
    """
    if not file.name:
        raise click.UsageError(f"{str(file)!r} is a folder; name a spreadsheet in it")
    checked, playbook = edits.begin(data, as_of, writes=not dry_run)
    home = lookup.named("department", playbook.departments, department).id
    # Unlike Path.resolve, this takes links that lead to each other, too.
    if Path(os.path.realpath(file)).is_relative_to(os.path.realpath(data)):
        raise click.UsageError("keep the spreadsheet outside the data folder: the files beside it are no data")
    map_file, review_file = file.with_suffix(".columns.yml"), file.with_suffix(".review.csv")
    ids = {*playbook.partners, *(old for partner in playbook.partners.values() for old in partner.formerly)}
    read, decisions = _read(file, sheet, map_file, review_file, ids)
    meanings = Meanings(playbook, checked.type_names, read.partners)
    matched = match(read, home, playbook, meanings, decisions.made)
    if matched.problems:
        _refuse(matched.problems)
    place = next(item for item in departments(checked.documents) if item.id == home)
    lacking = {name: decision for (name, value), decision in decisions.made.items() if not value}
    imported = import_partners(checked.documents, place, matched.partners, meanings, lacking)
    questions = [*matched.questions, *imported.questions]
    _print_summary(read, matched, home, [*matched.notes, *imported.notes], map_file)
    if questions and imported.text == checked.documents[place.file].text:
        code = Exit.FINE
        click.echo("Nothing changes yet.")
    else:

        def refuse(errors: Sequence[Problem], documents: Mapping[str, Document], folder: str) -> None:
            cells, untraced = problems_at_cells(errors, documents, place, matched.partners, read)
            if cells:
                click.echo("The data cannot hold what the spreadsheet says, so nothing is written:\n", err=True)
                click.echo(text.report(cells, {}, ""), nl=False, err=True)
            if untraced:
                edits.refuse(untraced, documents, folder)

        code = edits.finish(data, checked, {place.file: imported.text}, as_of, dry_run=dry_run, refusal=refuse)
    if code is Exit.FINE:
        _keep(read, map_file, questions, decisions, review_file, dry_run=dry_run)
    return code


def _read(
    file: Path, sheet: str | None, map_file: Path, review_file: Path, ids: Container[str]
) -> tuple[SheetTable, Decisions]:
    """The table of a spreadsheet and what was decided about it; a report, and the end, where it cannot be used."""
    loaded, problems = load_sheet(file, sheet)
    for beside in (map_file, review_file) if loaded is not None else ():
        try:
            beside.lstat()
        except FileNotFoundError:
            continue
        except OSError as error:
            # Said before anything is written, since it is written last.
            reason = (error.strerror or "no reason given").lower()
            raise click.UsageError(f"{printable(beside.name)} cannot stand beside the spreadsheet: {reason}") from error
    column_map, document = ColumnMap(), None
    if os.path.lexists(map_file):
        column_map, document, flaws = load_map(map_file)
        problems += flaws
    decisions, flaws = load_decisions(review_file)
    problems += flaws
    if loaded is None or problems:
        _refuse(problems, document)
    if loaded.note:
        click.echo(f"{printable(file.name)}: {loaded.note}.", err=True)
    read, problems = table(loaded, column_map, map_file.name, ids)
    if read is None:
        _refuse(problems, document)
    return read, decisions


def _refuse(problems: Sequence[Problem], document: Document | None = None) -> NoReturn:
    """Report, say that nothing is written, and end."""
    click.echo(text.report(problems, {document.file: document} if document else {}, ""), nl=False, err=True)
    click.echo("Nothing is written.", err=True)
    raise click.exceptions.Exit(Exit.PROBLEMS)


def _print_summary(read: SheetTable, matched: Matched, home: str, notes: Sequence[str], map_file: Path) -> None:
    """What was understood of the spreadsheet."""
    click.echo(f"{count(len(read.rows), 'row')}.")
    for index, name in read.renamed.items():
        click.echo(f"  {printable(read.titles[index])} is {name}")
    for title in read.ignored:
        near = nearest(title, COLUMNS)
        click.echo(f"  {printable(title)} is ignored{f'; did you mean {near}?' if near else ''}")
    if read.foreign:
        hint = f"to record them, write in {map_file.name}:  columns: {{{one_line(read.foreign)}: ids_SYSTEM}}"
        click.echo(f"  {printable(f'{read.foreign} is ignored: it holds no ids of partners; {hint}')}")
    if matched.elsewhere:
        click.echo(f"{count(matched.elsewhere, 'row')} of other departments than {home} passed over.")
    for note in notes:
        click.echo(printable(note))
    click.echo()


def _keep(
    read: SheetTable,
    map_file: Path,
    questions: list[Question],
    decisions: Decisions,
    review_file: Path,
    *,
    dry_run: bool,
) -> None:
    """Tell what is undecided, and write it down beside the spreadsheet, with what each column was taken for."""
    if not os.path.lexists(map_file) and not dry_run and (read.renamed or read.ignored):
        output.write(map_file, map_text(read), MAP_MARK)
        click.echo(f"{printable(str(map_file))} says which column is which field; change it if one is wrong.")
    if questions and not dry_run:
        output.write_over(review_file, review_bytes(questions, decisions, read.delimiter))
    if not questions:
        return
    click.echo(f"\nTo decide ({len(questions)}):")
    for question in questions[:_SHOWN]:
        numbers = question.rows
        where = f"row {numbers[0]}" if len(numbers) == 1 else f"{len(numbers)} rows from {min(numbers, default=0)}"
        hint = f" [{question.choices}]" if question.choices else ""
        click.echo(f"  {printable(f'{where}, {question.field} {question.value!r}: {question.reason}{hint}')}")
    if len(questions) > _SHOWN:
        click.echo(f"  and {len(questions) - _SHOWN} more")
    if dry_run:
        click.echo(f"{printable(str(review_file))} would list them.")
    else:
        click.echo(f"Fill in the column decision of {printable(str(review_file))}, and import again.")


@click.command()
@data_input
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--department", metavar="ID", help="Whose partners; without it, those of all.")
def export(data: str, as_of: date | None, file: Path, department: str | None) -> Exit:
    """Write the inventory to a spreadsheet: FILE.csv, FILE.xlsx or FILE.json.

    One row is one department's entry for one partner.  `playbook import` reads it back.  It holds
    the satisfaction scores, which the site's own inventory.json does not.
    """
    if file.suffix.lower() not in KINDS:
        raise click.UsageError(f"{file.name} should end in {', '.join(KINDS)}")
    checked, playbook = edits.begin(data, as_of, writes=False)
    wanted = set(playbook.departments)
    if department is not None:
        wanted = {lookup.named("department", playbook.departments, department).id}
    exported_rows = rows(checked.documents, playbook, wanted)
    try:
        output.write_new(file, exported(file, exported_rows))
    except ValueError as error:
        raise Refused(str(error)) from error
    click.echo(f"{printable(str(file))} has {count(len(exported_rows), 'row')}.")
    return Exit.FINE
