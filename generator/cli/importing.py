"""The command import: a spreadsheet into the inventory, with what is kept beside it for the next time."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, NoReturn

import click

from generator.boundary import Exit
from generator.cli import asking, edits, lookup, output
from generator.cli.options import data_input
from generator.editing import Draft, Item, departments, has_modeline, one_line, with_modeline
from generator.exchange.columns import MAP_MARK, ColumnMap, SheetTable, load_map, map_text, table
from generator.exchange.fields import columns_of
from generator.exchange.importing import Imported, import_partners
from generator.exchange.matching import Matched, Question, Rank, in_order, match
from generator.exchange.meanings import Meanings
from generator.exchange.origins import problems_at_cells
from generator.exchange.proposing import Declaration, decided, offers, rows_of
from generator.exchange.review import Decisions, load_decisions, named, review_bytes
from generator.exchange.sheets import load_sheet
from generator.exchange.state import STATE_END, STATE_MARK, LastImport, load_state, state_text
from generator.loading import Loaded
from generator.model import Playbook
from generator.problems import Place, Problem, close, nearest
from generator.reports import text
from generator.reports.printable import printable
from generator.schema import SETTINGS
from generator.source import Document
from generator.words import count

_SHOWN = 10
"""How many questions, or notes, are printed; the review file has all questions."""


class _Beside(NamedTuple):
    """The files that belong to a spreadsheet."""

    map: Path
    review: Path
    state: Path

    @classmethod
    def of(cls, file: Path) -> _Beside:
        """Those of a spreadsheet; refused where one of them cannot stand there."""
        beside = cls(*(file.with_suffix(end) for end in (".columns.yml", ".review.csv", STATE_END)))
        for path in beside:
            try:
                path.lstat()
            except FileNotFoundError:
                continue
            except OSError as error:
                # Said before anything is written, since it is written last.
                reason = (error.strerror or "no reason given").lower()
                message = f"{printable(path.name)} cannot stand beside the spreadsheet: {reason}"
                raise click.UsageError(message) from error
        return beside


class _Read(NamedTuple):
    """A spreadsheet, and what earlier imports and their users have said about it; `new` are fields that it adds."""

    table: SheetTable
    decisions: Decisions
    state: LastImport
    meanings: Meanings
    new: Sequence[Declaration]


@click.command("import")
@data_input
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
    checked, playbook = edits.begin(data, as_of, writes=not dry_run)
    home = lookup.named("department", playbook.departments, department).id
    # Unlike Path.resolve, this takes links that lead to each other, too.
    if Path(os.path.realpath(file)).is_relative_to(os.path.realpath(data)):
        raise click.UsageError("keep the spreadsheet outside the data folder: the files beside it are no data")
    former = {old: partner.id for partner in playbook.partners.values() for old in partner.formerly}
    beside, read = _read(checked, playbook, file, sheet, former)
    meanings = read.meanings
    matched = match(read.table, home, playbook, meanings, read.decisions.made)
    if matched.problems:
        _refuse(matched.problems)
    place = next(item for item in departments(checked.documents) if item.id == home)
    imported = import_partners(checked.documents, place, matched, meanings, read.decisions.made, read.state)
    questions = in_order([*matched.questions, *imported.questions])
    _print_summary(read, matched, home, [*read.table.notes, *matched.notes, *imported.notes], beside.map)
    code = _finish(data, checked, as_of, place, matched, imported, read, asked=bool(questions), dry_run=dry_run)
    if code is Exit.FINE:
        offered = offers(read.table, read.decisions.made, meanings)
        _keep(read, beside, [*questions, *offered], meanings if dry_run else None)
        if imported.said and not dry_run:
            output.write(beside.state, state_text(imported.said), STATE_MARK)
    return code


def _read(
    checked: Loaded, playbook: Playbook, file: Path, sheet: str | None, former: Mapping[str, str]
) -> tuple[_Beside, _Read]:
    """The spreadsheet and the files beside it; a report, and the end, where something cannot be used."""
    loaded, problems = load_sheet(file, sheet)
    if loaded is None:
        _refuse(problems)
    beside = _Beside.of(file)
    custom = playbook.settings.fields
    column_map, document = ColumnMap(), None
    if os.path.lexists(beside.map):
        column_map, document, flaws = load_map(beside.map, custom)
        problems += flaws
    decisions, flaws = load_decisions(beside.review)
    state, more = load_state(beside.state, former, columns_of(custom))
    problems += [*flaws, *more]
    if problems:
        _refuse(problems, document)
    if loaded.note:
        click.echo(f"{printable(file.name)}: {loaded.note}.", err=True)
    ids = {*playbook.partners, *former}
    read, problems = table(loaded, column_map, beside.map.name, ids, custom)
    new: Sequence[Declaration] = ()
    if read is not None:
        columns, new = decided(read, decisions.made, Meanings(playbook, checked.type_names))
        custom = (*custom, *rows_of(new))
        read, problems = table(loaded, column_map, beside.map.name, ids, custom, columns) if columns else (read, [])
    if read is None:
        _refuse(problems, document)
    meanings = Meanings(playbook, checked.type_names, read.partners, custom)
    return beside, _Read(read, decisions, state, meanings, new)


def _refuse(problems: Sequence[Problem], document: Document | None = None) -> NoReturn:
    """Report, say that nothing is written, and end."""
    click.echo(text.report(problems, {document.file: document} if document else {}, ""), nl=False, err=True)
    click.echo("Nothing is written.", err=True)
    raise click.exceptions.Exit(Exit.PROBLEMS)


def _finish(
    data: str,
    checked: Loaded,
    as_of: date | None,
    place: Item,
    matched: Matched,
    imported: Imported,
    read: _Read,
    *,
    asked: bool,
    dry_run: bool,
) -> Exit:
    """Write the data, unless nothing changes in it or it cannot hold what the spreadsheet says."""
    texts = {place.file: imported.text, **_declared(checked, read.new)}
    if imported.text == checked.documents[place.file].text and (asked or not matched.numbers) and not read.new:
        click.echo("Nothing changes yet." if matched.numbers else "There is no row to import.")
        return Exit.FINE

    def refuse(errors: Sequence[Problem], documents: Mapping[str, Document], folder: str) -> None:
        cells, untraced = problems_at_cells(errors, documents, place, matched.partners, read.table)
        if cells:
            click.echo("The data cannot hold what the spreadsheet says, so nothing is written:\n", err=True)
            click.echo(text.report(cells, {}, ""), nl=False, err=True)
        if untraced:
            edits.refuse(untraced, documents, folder)

    return edits.finish(data, checked, texts, as_of, dry_run=dry_run, refusal=refuse)


def _declared(checked: Loaded, new: Sequence[Declaration]) -> dict[str, str]:
    """The text of the settings with these fields declared in it."""
    if not new:
        return {}
    draft = Draft(checked.documents.get(SETTINGS, Document(SETTINGS, "", None, Place(SETTINGS))))
    draft.add(("fields",), *new)
    text = draft.text()
    marked = SETTINGS not in checked.documents and has_modeline(checked.documents["taxonomy.yml"].text)
    return {SETTINGS: with_modeline(text, SETTINGS) if marked else text}


def _print_summary(reading: _Read, matched: Matched, home: str, notes: Sequence[str], map_file: Path) -> None:
    """What was understood of the spreadsheet."""
    read = reading.table
    for one in reading.new:
        click.echo(printable(f"{one['label']} is a new field, {one['id']}, of the kind {one['kind']}: see {SETTINGS}."))
    click.echo(f"{count(len(read.rows), 'row')}{f' of an export of {read.crm}' if read.crm else ''}.")
    for index, name in read.renamed.items():
        click.echo(f"  {printable(read.titles[index])} is {name}")
    for title in read.ignored:
        near = close(title, nearest(title, columns_of(reading.meanings.custom)))
        click.echo(f"  {printable(title)} is ignored{f'; did you mean {near}?' if near else ''}")
    if read.foreign:
        hint = f"to record them, write in {map_file.name}:  columns: {{{one_line(read.foreign)}: ids_SYSTEM}}"
        click.echo(f"  {printable(f'{read.foreign} is ignored: it holds no ids of partners; {hint}')}")
    if matched.elsewhere:
        click.echo(f"{count(matched.elsewhere, 'row')} of other departments than {home} passed over.")
    for note in notes[:_SHOWN]:
        click.echo(printable(note))
    if len(notes) > _SHOWN:
        click.echo(f"and {len(notes) - _SHOWN} more of such notes")
    click.echo()


def _keep(read: _Read, beside: _Beside, questions: Sequence[Question], meanings: Meanings | None) -> None:
    """Tell what is undecided, and write it down beside the spreadsheet, with what each column was taken for.

    With `meanings`, somebody at a terminal may answer there: a real run would keep others from the data meanwhile.
    """
    if not os.path.lexists(beside.map) and (read.table.renamed or read.table.ignored or read.table.foreign):
        asked = {question.value for question in questions if question.rank is Rank.FIELD}
        output.write(beside.map, map_text(read.table, asked), MAP_MARK)
        click.echo(f"{printable(str(beside.map))} says which column is which field; change it if one is wrong.")
    if not questions:
        return
    names = read.table.names
    output.write_over(beside.review, review_bytes(questions, names, read.decisions, read.table.delimiter))
    click.echo(f"\nTo decide ({len(questions)}):")
    for question in questions[:_SHOWN]:
        numbers = question.rows
        where = f"row {numbers[0]}" if len(numbers) == 1 else f"{len(numbers)} rows from {min(numbers, default=0)}"
        about = named(question, names)
        where += f" ({about})" if about else ""
        hint = f" [{question.choices}]" if question.choices else ""
        click.echo(f"  {printable(f'{where}, {question.field} {question.value!r}: {question.reason}{hint}')}")
    if len(questions) > _SHOWN:
        click.echo(f"  and {len(questions) - _SHOWN} more")
    if meanings is not None and asking.on_terminal():
        made = dict(read.decisions.made)

        def keep(question: Question, answer: str) -> None:
            made[question.field, question.value] = answer
            kept = Decisions(made, read.decisions.delimiter)
            output.write_over(beside.review, review_bytes(questions, names, kept, read.table.delimiter))

        asking.ask(questions, names, meanings, keep)
    click.echo(f"Fill in the column decision of {printable(str(beside.review))}, and import again.")
