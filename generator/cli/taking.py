"""A sheet into the inventory: what `playbook import` does with one, and `playbook sync` with each of its sources."""

from __future__ import annotations

import os
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import click

from generator.cli import asking, edits, output
from generator.cli.questions import somebody_there
from generator.editing import Draft, Item, departments, has_modeline, one_line, with_modeline
from generator.exchange.answers import objection
from generator.exchange.columns import ColumnMap, SheetTable, load_map, map_text, table
from generator.exchange.fields import columns_of
from generator.exchange.importing import Imported, import_partners
from generator.exchange.matching import Matched, Question, in_order, match
from generator.exchange.meanings import Meanings
from generator.exchange.origins import problems_at_cells
from generator.exchange.proposing import Declaration, decided, offers, rows_of
from generator.exchange.review import Decisions, load_decisions, named, review_bytes
from generator.exchange.sheets import Sheet
from generator.exchange.state import STATE_END, Key, LastImport, load_state, state_text
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


class Beside(NamedTuple):
    """The files that belong to a sheet."""

    map: Path
    review: Path
    state: Path

    @classmethod
    def of(cls, file: Path, map_file: Path | None = None) -> Beside:
        """Those of a spreadsheet; refused where one of them cannot stand there."""
        column_map, review, state = (file.with_suffix(end) for end in (".columns.yml", ".review.csv", STATE_END))
        beside = cls(map_file or column_map, review, state)
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


class NotTaken(Exception):
    """Problems that forbid to take a sheet, and the texts of the files in which they stand.

    What could be read of the sheet is `refused`: something in it may be to decide all the same.
    """

    def __init__(
        self, problems: Sequence[Problem], document: Document | None = None, refused: Taken | None = None
    ) -> None:
        super().__init__()
        self.problems = problems
        self.refused = [refused] if refused else []
        self.documents = {document.file: document} if document else {}

    def report(self, folder: str = "", data: Mapping[str, Document] | None = None) -> None:
        """Say what is wrong; where it stands in a file of the `data`, with their `folder`."""
        named = {file: f"{folder.rstrip('/')}/{file}" for file in data or {}}
        problems = [
            replace(one, place=one.place._replace(file=named.get(one.place.file, one.place.file)))
            for one in self.problems
        ]
        documents = {**self.documents, **{named[file]: document for file, document in (data or {}).items()}}
        click.echo(text.report(problems, documents, ""), nl=False, err=True)


@dataclass(frozen=True)
class Taken:
    """What a sheet means for the data of its department, and what is known of it."""

    beside: Beside
    table: SheetTable
    decisions: Decisions
    state: LastImport
    home: Item
    meanings: Meanings
    matched: Matched
    imported: Imported
    texts: Mapping[str, str]
    """The new texts of data files: that of the department's, and of the settings where a column becomes a field."""
    new: Sequence[Declaration]
    """The fields that the settings are to declare."""
    offered: Sequence[Question]
    """Whether other columns are to become fields."""

    @property
    def questions(self) -> list[Question]:
        return in_order(map(self._objected, [*self.matched.questions, *self.imported.questions]))

    @property
    def open(self) -> list[Question]:
        """Whatever somebody may decide, whether or not something waits for it."""
        return [*self.questions, *self.offered]

    def _objected(self, question: Question) -> Question:
        """A question with what is wrong with the answer that it has, unless that is what it says."""
        answer = self.decisions.made.get((question.field, question.value))
        wrong = objection(question, answer, self.meanings) if answer else ""
        if not wrong or repr(answer) in question.reason:
            return question
        return replace(question, reason=f"{question.reason}; {answer!r} is no answer: {wrong}")

    def refuse(self, errors: Sequence[Problem], documents: Mapping[str, Document], folder: str) -> None:
        """Say which cells the data cannot hold, and what else would be wrong in it."""
        cells, untraced = problems_at_cells(errors, documents, self.home, self.matched.partners, self.table)
        if cells:
            click.echo("The data cannot hold what the spreadsheet says, so nothing is written:\n", err=True)
            click.echo(text.report(cells, {}, ""), nl=False, err=True)
        if untraced:
            edits.refuse(untraced, documents, folder)


def take(checked: Loaded, home: str, sheet: Sheet, beside: Beside, more: ColumnMap | None = None) -> Taken:
    """What the sheet means for the data; NotTaken where something in it, or beside it, cannot be used.

    `more` are columns that somebody has named elsewhere than in the column map.
    """
    playbook = checked.playbook
    assert playbook is not None
    read, decisions, state, meanings, new = _read(checked, playbook, sheet, beside, more or ColumnMap())
    place = next(item for item in departments(checked.documents) if item.id == home)
    matched = match(read, place, checked.documents, playbook, meanings, decisions.made, state)
    imported = import_partners(checked.documents, place, matched, meanings, decisions.made, state)
    texts = {place.file: imported.text, **_declared(checked, new)}
    offered = offers(read, decisions.made, meanings)
    # From here on the new state counts; beside it, there is no room for all of the old one.
    for document in checked.documents.values():
        document.forget()
    home_item = place._replace(data={})
    taken = Taken(beside, read, decisions, state, home_item, meanings, matched, imported, texts, new, offered)
    if matched.problems:
        raise NotTaken(matched.problems, refused=taken)
    return taken


class _Read(NamedTuple):
    """The table of a sheet, what earlier imports and their users have said about it, and the fields that it adds."""

    table: SheetTable
    decisions: Decisions
    state: LastImport
    meanings: Meanings
    new: Sequence[Declaration]


def _read(checked: Loaded, playbook: Playbook, sheet: Sheet, beside: Beside, more: ColumnMap) -> _Read:
    custom = playbook.settings.fields
    column_map, document, problems = ColumnMap(), None, list[Problem]()
    if os.path.lexists(beside.map):
        column_map, document, problems = load_map(beside.map, custom)
    decisions, flaws = load_decisions(beside.review)
    state, others = load_state(beside.state, playbook)
    problems = [*problems, *flaws, *others]
    if problems:
        raise NotTaken(problems, document)
    if sheet.note:
        click.echo(f"{printable(sheet.file)}: {sheet.note}.", err=True)
    columns = {**column_map.columns, **more.columns}
    column_map = ColumnMap(columns, column_map.values, column_map.defaults, column_map.place, more.named)
    ids = {ident for partner in playbook.partners.values() for ident in (partner.id, *partner.former_ids)}
    read, problems = table(sheet, column_map, beside.map.name, ids, custom)
    new: Sequence[Declaration] = ()
    if read is not None:
        fields, new = decided(read, decisions.made, Meanings(playbook, checked.type_names))
        custom = (*custom, *rows_of(new))
        if fields:
            read, problems = table(sheet, column_map, beside.map.name, ids, custom, fields)
    if read is None:
        raise NotTaken(problems, document)
    meanings = Meanings(playbook, checked.type_names, read.partners, custom)
    return _Read(read, decisions, state, meanings, new)


def _declared(checked: Loaded, new: Sequence[Declaration]) -> dict[str, str]:
    """The text of the settings with these fields declared in it."""
    if not new:
        return {}
    draft = Draft(checked.documents.get(SETTINGS, Document(SETTINGS, "", None, Place(SETTINGS))))
    draft.add(("fields",), *new)
    marked = SETTINGS not in checked.documents and has_modeline(checked.documents["taxonomy.yml"].text)
    return {SETTINGS: with_modeline(draft.text(), SETTINGS) if marked else draft.text()}


def print_summary(taken: Taken) -> None:
    """What was understood of the sheet."""
    read, matched, home = taken.table, taken.matched, taken.home.id
    for one in taken.new:
        click.echo(printable(f"{one['label']} is a new field, {one['id']}, of the kind {one['kind']}: see {SETTINGS}."))
    click.echo(f"{count(len(read.rows), 'row')}{f' of an export of {read.crm}' if read.crm else ''}.")
    for index, name in read.renamed.items():
        click.echo(f"  {printable(read.titles[index])} is {name}")
    for title in read.ignored:
        near = close(title, nearest(title, columns_of(taken.meanings.custom)))
        click.echo(f"  {printable(title)} is ignored{f'; did you mean {near}?' if near else ''}")
    if read.foreign:
        hint = f"to record them, write in {taken.beside.map.name}:  columns: {{{one_line(read.foreign)}: ids_SYSTEM}}"
        click.echo(f"  {printable(f'{read.foreign} is ignored: it holds no ids of partners; {hint}')}")
    if matched.elsewhere:
        click.echo(f"{count(matched.elsewhere, 'row')} of other departments than {home} passed over.")
    notes = [*read.notes, *matched.left, *matched.notes, *taken.imported.notes]
    for note in notes[:_SHOWN]:
        click.echo(printable(note))
    if len(notes) > _SHOWN:
        click.echo(f"and {len(notes) - _SHOWN} more of such notes")
    click.echo()


def nothing_new(taken: Collection[Taken]) -> str:
    """What to say where nothing of this changes the data."""
    if any(one.questions for one in taken):
        return "Nothing changes yet."
    if not any(one.matched.numbers for one in taken):
        return "There is no row to import."
    if any(one.matched.left for one in taken):
        return "Nothing changes."
    return "Nothing changes: the data says so already."


def kept(taken: Iterable[Taken], *, dry_run: bool) -> dict[Path, bytes]:
    """What is to stand beside sheets: what each column was taken for, what is undecided, and, unless it is a dry run,
    what they said.  Several may share a file, as those of one workbook do.
    """
    texts: dict[Path, bytes] = {}
    said: dict[Path, dict[Key, Mapping[str, str]]] = {}
    for one in taken:
        read, beside = one.table, one.beside
        if not os.path.lexists(beside.map) and (read.renamed or read.ignored or read.foreign):
            texts.setdefault(beside.map, map_text(read, {question.value for question in one.offered}).encode())
        if one.open:
            texts[beside.review] = review_bytes(one.open, read.names, one.decisions, read.delimiter)
        if one.imported.said and not dry_run:
            said.setdefault(beside.state, {**one.state.cells}).update(one.imported.said)
    return texts | {path: state_text(cells).encode() for path, cells in said.items()}


def tell(taken: Taken, written: Container[Path], *, dry_run: bool, again: str = "import again") -> None:
    """Tell what is undecided, and which file says what each column was taken for, where it was just `written`.

    After a dry run, somebody at a terminal may answer there: a real run would keep others from the data meanwhile.
    """
    if taken.beside.map in written:
        name = printable(str(taken.beside.map))
        click.echo(f"{name} says which column is which field; change it if one is wrong.")
    if taken.open:
        _ask(taken, taken.open, on_terminal=dry_run and somebody_there(), again=again)


def ask_all_the_same(refused: Iterable[Taken], data: str, *, dry_run: bool, again: str = "import again") -> None:
    """Ask what is open of sheets that the data cannot hold: an answer may be all that is missing."""
    asked = [one for one in refused if one.questions]
    beside = kept(asked, dry_run=True)
    edits.write(Path(data), {}, {}, beside)
    for one in asked:
        tell(one, beside, dry_run=dry_run, again=again)


def _ask(taken: Taken, questions: Sequence[Question], *, on_terminal: bool, again: str) -> None:
    names, decisions, delimiter = taken.table.names, taken.decisions, taken.table.delimiter
    review = taken.beside.review
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
    if on_terminal:
        made = dict(decisions.made)

        def answered(question: Question, answer: str) -> None:
            made[question.field, question.value] = answer
            kept = Decisions(made, decisions.delimiter)
            output.write_over(review, review_bytes(questions, names, kept, delimiter))

        asking.ask(questions, names, taken.meanings, answered)
    click.echo(f"Fill in the column decision of {printable(str(review))}, and {again}.")
