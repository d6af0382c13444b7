"""Which column of a spreadsheet is which field: by its name, or as the column map beside the spreadsheet says."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.editing import one_line
from generator.exchange.crm import Crm, crm_of
from generator.exchange.fields import (
    DEPARTMENT,
    IDS,
    columns_of,
    field_of,
    is_blank,
    is_column,
    key,
    system_of,
    unguarded,
)
from generator.exchange.identity import id_of
from generator.exchange.sheets import BAD_CELL, BAD_COLUMN, BAD_SHEET, Row, Sheet, letters
from generator.exchange.tabular import below as rows_below
from generator.exchange.tabular import heading, quoted
from generator.model import IGNORE
from generator.problems import NOWHERE, Place, Problem, nearest, suggest
from generator.schema import Custom
from generator.source import Document, load
from generator.words import series

MAP_MARK = "# The column map of a spreadsheet."
"""How the first line of every column map begins."""

_MAP_LIMIT = 1_000_000
_PARTS = ("columns", "values", "defaults")
_LISTED = 8


NO_COLUMNS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class ColumnMap:
    """What an editor says of a spreadsheet, by the names of its columns and of the fields.

    `columns`: the field of each column, or ignore; `values`: what to read for a text of a field;
    `defaults`: what a field says where the sheet says nothing.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    place: Place = NOWHERE
    named: Mapping[str, Place] = field(default_factory=dict)
    """Where columns are named that the file of the map does not name."""


@dataclass(frozen=True)
class SheetTable:
    """The rows below the names of the columns: their numbers, and the text of each field."""

    file: str
    titles: tuple[str, ...]
    fields: Mapping[int, str]
    """The field of each column that counts, by its index."""
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    map: ColumnMap
    delimiter: str = ","
    foreign: str = ""
    """The name of a column called ID that holds ids of another system."""
    notes: tuple[str, ...] = ()
    """What is passed over, a sentence each."""
    apart: frozenset[int] = frozenset()
    """The rows that stand below the table, with nothing but a name."""
    unseen: Mapping[int, str] = field(default_factory=dict)
    """The rows that are hidden, or struck out: which of the two."""
    unseen_columns: Mapping[str, str] = field(default_factory=dict)
    """The fields of hidden columns, each with the name of its column."""
    crm: str = ""
    """The name of the CRM that wrote the sheet, where it is known."""
    is_text: bool = False
    """Whether it is a CSV file, in which numbers are written as in some country."""
    spare: Mapping[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    """The columns in sight that count for nothing and have something in them, and no CRM is known to have: of each,
    what it says in which row."""

    def replacement(self, name: str, text: str) -> str:
        """What the column map says for a text; the text itself where it says nothing."""
        return self.map.values.get(name, {}).get(text.casefold(), text)

    def column(self, name: str) -> int:
        """The index of the column of a field."""
        return next((index for index, field in self.fields.items() if field == name), 0)

    @property
    def columns(self) -> list[str]:
        """The fields that the sheet has, as an export has them."""
        return [*dict.fromkeys(IDS if system_of(name) else name for name in self.fields.values() if name != DEPARTMENT)]

    @property
    def names(self) -> dict[int, str]:
        """The name in each row."""
        return {number: unguarded(cells.get("name", cells.get("id", ""))) for number, cells in self.rows}

    @property
    def partners(self) -> Iterator[tuple[str, str]]:
        """The id that each row gives, or that its name makes, and the name."""
        for _, cells in self.rows:
            name = unguarded(cells.get("name", ""))
            yield unguarded(cells.get("id", "")) or id_of(name), name

    @property
    def renamed(self) -> dict[int, str]:
        """The field of each column that is called something else."""
        return {index: name for index, name in self.fields.items() if key(self.titles[index]) != key(name)}

    @property
    def ignored(self) -> list[str]:
        """The names of the columns that count for nothing though nobody said so."""
        return [
            title
            for index, title in enumerate(self.titles)
            if title and index not in self.fields and self.map.columns.get(title) != IGNORE and title != self.foreign
        ]


def load_map(path: Path, custom: Custom) -> tuple[ColumnMap, Document | None, list[Problem]]:
    """The column map in a file, its text for reports, and all that is wrong with it."""
    document, problems = load(path, path.name, _MAP_LIMIT)
    if document is None:
        return ColumnMap(), None, problems
    problems = [*problems, *_map_problems(document, custom)]
    if problems:
        return ColumnMap(), document, problems
    data = document.data or {}
    values = {name: _texts(inner, fold=True) for name, inner in (data.get("values") or {}).items()}
    return ColumnMap(_texts(data.get("columns")), values, _texts(data.get("defaults")), document.place), document, []


def map_text(table: SheetTable, asked: Container[str]) -> str:
    """The text of a column map that says what was understood, for editors to change.

    Nothing is said yet of the columns that are `asked` about.
    """
    lines = [f"{MAP_MARK} `playbook import` wrote it, and reads it the next time: change what is wrong.", "#"]
    lines += [
        "# columns: which column is which field, or ignore.",
        "# values: what to read for a word, as in {tier: {Gold: Premier}}.",
        "# defaults: what holds for every row, as in {types: TYPE}.",
        "",
        "columns:",
    ]
    for index, title in enumerate(table.titles):
        if title:
            mark = "# " if title in asked else ""
            lines.append(f"  {mark}{one_line(title)}: {table.fields.get(index, IGNORE)}")
    return "\n".join([*lines, "values: {}", "defaults: {}", ""])


def table(
    sheet: Sheet,
    column_map: ColumnMap,
    map_file: str,
    ids: Container[str],
    custom: Custom = (),
    declared: Mapping[str, str] = NO_COLUMNS,
) -> tuple[SheetTable | None, list[Problem]]:
    """The table of a sheet; `map_file` is what the column map is called, where there is one or could be one.

    `ids` are those that partners have, or had, and `custom` the fields that the company has beside the usual ones;
    `declared` are the columns of which somebody decided that they are one of these.
    """
    head = heading(sheet.rows, lambda row: _known(row, column_map, custom))
    titles = _titles(sheet, head)
    chosen = {**column_map.columns, **declared}
    crm = crm_of(titles)
    fields = {
        index: chosen.get(title) or _field(title, crm, custom) or IGNORE for index, title in enumerate(titles) if title
    }
    rest = [row for row in sheet.rows if row.number > head.number and not _repeats_titles(row, titles)]
    below, apart, foot = rows_below(rest, sum(map(bool, titles)))
    fields = {index: name for index, name in fields.items() if name != IGNORE}
    foreign = next((at for at, name in fields.items() if name == "id" and titles[at] not in chosen), None)
    if foreign is not None and not _holds_ours(below, foreign, fields, titles, ids):
        del fields[foreign]
    else:
        foreign = None
    problems = [
        *_repeated_fields(sheet.file, head, titles, fields, map_file),
        *_unnamed(sheet.file, head, titles, fields, map_file),
        *_unknown_titles(titles, column_map),
        *_flaws(sheet, below, titles, fields),
        *_ragged(sheet, head, below),
    ]
    if not problems and not below:
        hint = "look whether a filter has hidden them, or whether it is the right sheet"
        problems = [
            Problem(BAD_SHEET, f"no row stands below the headings in row {head.number}", Place(sheet.file), hint)
        ]
    if problems:
        return None, problems
    rows = tuple(
        (row.number, {name: row.cells[index] for index, name in fields.items() if index < len(row.cells)})
        for row in below
    )
    outside = titles[foreign] if foreign is not None else ""
    return SheetTable(
        sheet.file,
        titles,
        fields,
        rows,
        column_map,
        sheet.delimiter,
        outside,
        tuple(_notes(sheet, head, titles, below, foot)),
        apart,
        {row.number: how for row in below for how, rows in _unseen(sheet) if row.number in rows},
        {name: titles[index] for index, name in fields.items() if index in sheet.hidden_columns},
        crm.name if crm else "",
        bool(sheet.widths),
        {
            title: tuple((row.number, text) for row, text in _texts_in(below, index) if not is_blank(text))
            for index, title in enumerate(titles)
            if title and index not in fields and index != foreign and index not in sheet.hidden_columns
            if crm is None or crm.knows(title) is None
        },
    ), []


def _texts_in(rows: Iterable[Row], index: int) -> Iterator[tuple[Row, str]]:
    return ((row, unguarded(row.cells[index])) for row in rows if index < len(row.cells))


def _field(title: str, crm: Crm | None, custom: Custom) -> str:
    """The field of a column; empty where it is none.  What the company declares comes before what a CRM calls so."""
    own = field_of(title, custom)
    if crm is None or any(field.id == own for field in custom):
        return own
    known = crm.knows(title)
    return own if known is None else known


def _titles(sheet: Sheet, head: Row) -> tuple[str, ...]:
    """The names of the columns; of two that are the same, with what stands above in front, as in "Contact - Name"."""
    titles = [" ".join(cell.split()) for cell in head.cells]
    above = next((row for row in sheet.rows if row.number == head.number - 1), None)
    if above is None:
        return tuple(titles)
    over, upper = "", []
    for index in range(len(titles)):
        over = " ".join(above.cells[index].split()) if index < len(above.cells) and above.cells[index].strip() else over
        upper.append(over)
    return tuple(
        f"{over} - {title}" if over and title and titles.count(title) > 1 else title
        for over, title in zip(upper, titles, strict=True)
    )


def _unseen(sheet: Sheet) -> list[tuple[str, Container[int]]]:
    return [("hidden", sheet.hidden), ("struck out", sheet.struck)]


def _ragged(sheet: Sheet, head: Row, below: Iterable[Row]) -> Iterator[Problem]:
    """The rows of a text file that have more cells than the heading: something in them is in the wrong column."""
    wide = sheet.widths.get(head.number, 0)
    for row in below:
        cells = sheet.widths.get(row.number, 0)
        if cells > wide and any(cell.strip() for cell in row.cells[wide:]):
            message = f"row {row.number} has {cells} cells, the heading {wide}"
            hint = (
                "put quotation marks around a text that has the sign between columns in it, and delete what is too much"
            )
            yield Problem(BAD_CELL, message, Place(sheet.file, row.number, wide + 1), hint)


def _notes(sheet: Sheet, head: Row, titles: Sequence[str], below: Sequence[Row], foot: Sequence[Row]) -> Iterator[str]:
    """What of the sheet is passed over."""
    if above := [row for row in sheet.rows if row.number < head.number]:
        yield f"{_rows(above)} above the headings passed over: {quoted(above)}"
    if foot:
        yield f"{_rows(foot)} with sums or the foot of a report passed over: {quoted(foot)}"
    untitled: dict[int, list[Row]] = {}
    for row in below:
        for index, cell in enumerate(row.cells):
            if cell.strip() and (index >= len(titles) or not titles[index]):
                untitled.setdefault(index, []).append(row)
    for index, rows in sorted(untitled.items()):
        yield f"column {letters(index)} has no heading and is passed over, with something in {_rows(rows)}"


def _rows(rows: Sequence[Row]) -> str:
    numbers = [str(row.number) for row in rows[:_LISTED]]
    more = [f"{len(rows) - _LISTED} more"] if len(rows) > _LISTED else []
    return f"row{'s' if len(rows) > 1 else ''} {series([*numbers, *more])}"


def _known(row: Row, column_map: ColumnMap, custom: Custom) -> int:
    """How many cells of a row are names of columns."""
    crm = crm_of(row.cells)
    return sum(
        cell.strip() in column_map.columns or bool(_field(cell, crm, custom)) for cell in row.cells if cell.strip()
    )


def _repeats_titles(row: Row, titles: tuple[str, ...]) -> bool:
    """Whether a row is the names of the columns once more, as at the top of a printed page."""
    filled = [(index, " ".join(cell.split())) for index, cell in enumerate(row.cells) if cell.strip()]
    return all(index < len(titles) and titles[index] == cell for index, cell in filled)


def _holds_ours(
    rows: Iterable[Row], index: int, fields: Mapping[int, str], titles: Sequence[str], ids: Container[str]
) -> bool:
    """Whether a column called ID has ids of partners, and not those of another system: nothing tells but what is in it.

    It has where `playbook export` wrote the sheet, where one of them is known, or made of the name beside it.
    """
    if titles[index] == "id" and DEPARTMENT in titles:
        return True
    name = next((at for at, field in fields.items() if field == "name"), None)
    if name is None:
        return True
    for row in rows:
        given = unguarded(row.cells[index]) if index < len(row.cells) else ""
        named = unguarded(row.cells[name]) if name < len(row.cells) else ""
        if not is_blank(given) and (given in ids or given == id_of(named)):
            return True
    return False


def _flaws(sheet: Sheet, rows: Iterable[Row], titles: tuple[str, ...], fields: Mapping[int, str]) -> Iterator[Problem]:
    """What is wrong with the cells of the columns that count."""
    numbers = {row.number for row in rows}
    for (number, index), flaw in sheet.flaws.items():
        if number in numbers and index in fields:
            message = f"row {number}, column {letters(index)} {titles[index]!r}: {flaw}"
            yield Problem(BAD_CELL, message, Place(sheet.file, number, index + 1), "mend the cell and save the file")


def _repeated_fields(
    file: str, head: Row, titles: tuple[str, ...], fields: Mapping[int, str], map_file: str
) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, name in fields.items():
        earlier = first.setdefault(name, index)
        if earlier != index:
            columns = " and ".join(f"column {letters(position)} {titles[position]!r}" for position in (earlier, index))
            message = f"row {head.number}: {columns} are both the field {name}"
            hint = f"write in {map_file}:  columns: {{{one_line(titles[index])}: {IGNORE}}}"
            if titles[earlier] == titles[index]:
                hint = "give the two columns different names"
            yield Problem(BAD_COLUMN, message, Place(file, head.number, index + 1), hint)


def _unnamed(
    file: str, head: Row, titles: tuple[str, ...], fields: Mapping[int, str], map_file: str
) -> Iterator[Problem]:
    if not {"name", "id"} & set(fields.values()):
        listed = ", ".join(repr(title) for title in titles if title)
        message = f"no column holds the names of the partners; row {head.number} has {listed}"
        hint = f"call that column Name, or write in {map_file}:  columns: {{Its name: name}}"
        yield Problem(BAD_COLUMN, message, Place(file, head.number, 1), hint)


def _unknown_titles(titles: tuple[str, ...], column_map: ColumnMap) -> Iterator[Problem]:
    for title, name in column_map.columns.items():
        if title not in titles and name != IGNORE:
            place = column_map.named.get(title) or column_map.place.at("columns").key_at(title)
            yield Problem(
                BAD_COLUMN, f"the spreadsheet has no column {title!r}", place, suggest(title, filter(None, titles))
            )


def _map_problems(document: Document, custom: Custom) -> Iterator[Problem]:
    """What a column map says that cannot be used."""
    data, place = document.data or {}, document.place
    if not isinstance(data, dict):
        yield Problem(BAD_COLUMN, "this is no column map", place, f"it has {', '.join(_PARTS)}")
        return
    for part, inner in data.items():
        if part not in _PARTS:
            yield Problem(BAD_COLUMN, f"unknown part {part!r}", place.key_at(part), suggest(part, _PARTS))
        elif inner is not None and not isinstance(inner, dict):
            yield Problem(BAD_COLUMN, f"{part} has names and values", place.key_at(part), "write {name: value}")
        else:
            for name, value in (inner or {}).items():
                yield from _pair_problems(part, name, value, place.at(part), custom)


def _pair_problems(part: str, name: str, value: Any, place: Place, custom: Custom) -> Iterator[Problem]:
    known = value if part == "columns" else name
    inner = list(value.values()) if part == "values" and isinstance(value, dict) else [value]
    if (part == "values" and not isinstance(value, dict)) or not all(isinstance(text, str) for text in inner):
        yield Problem(BAD_COLUMN, f"{name} has no usable value", place.key_at(name), "see the lines at the top")
    elif not is_column(known, custom) and not (part == "columns" and known == IGNORE):
        where = place.at(name) if part == "columns" else place.key_at(name)
        columns = columns_of(custom)
        near = nearest(str(known), columns)
        hint = f"did you mean {near!r}?" if near else "fields: " + ", ".join(columns)
        yield Problem(BAD_COLUMN, f"there is no field {str(known)!r}", where, hint)


def _texts(data: Any, *, fold: bool = False) -> dict[str, str]:
    return {str(name).casefold() if fold else str(name): str(value) for name, value in (data or {}).items()}
