"""Spreadsheets, CSV or XLSX, to rows of text; and what can be wrong with one."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from generator.problems import Place, Problem, define_error, suggest
from generator.source.characters import in_text, neutral
from generator.source.reading import TOO_BIG, read_bytes

BAD_SHEET = define_error(
    "bad-spreadsheet",
    "A spreadsheet that cannot be read",
    meaning="`playbook import` reads CSV files and Excel workbooks (.xlsx). This file is neither, is damaged, is "
    "protected by a password, or has no table in it; or the sheet that you named is not in it.",
    mend="Open it in your spreadsheet program and save it again, without a password, as .xlsx or as CSV (UTF-8).",
)
BAD_COLUMN = define_error(
    "bad-column",
    "Columns that cannot be used",
    meaning="Each column of a spreadsheet is one field, and no field may have two. One column holds the names of the "
    "partners. The column map, a small file beside the spreadsheet, says which column is which field.",
    mend="Rename or delete the column, or say in the column map what it is: the name of a field, or ignore.",
)
BAD_CELL = define_error(
    "bad-cell",
    "A cell without a usable value",
    meaning="The cell holds a formula whose result was never stored, the mark of a failed formula such as #REF!, or a "
    "character that data files may not hold.",
    mend="Open the spreadsheet in a spreadsheet program, mend the cell, and save the file.",
)
ROWS_DISAGREE = define_error(
    "rows-disagree",
    "Two rows say different things about one partner",
    meaning="Several rows may name one partner: their types and other lists are joined. But they give it two owners, "
    "two tiers, or two of something else of which there can be one.",
    mend="Make the rows agree, or delete one of them.",
)

MOST_ROWS, MOST_COLUMNS = 50_000, 300
_LIMIT = 50_000_000
_UNPACKED = 400_000_000
_OLE = b"\xd0\xcf\x11\xe0"


class Row(NamedTuple):
    """A row of a sheet: its number, from 1, and the text of each cell."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A table as it stands in a file; empty rows are left out.  `note` says what was assumed to read it."""

    file: str
    rows: tuple[Row, ...]
    note: str = ""


def letters(index: int) -> str:
    """The name of a column in spreadsheet programs: A for 0, AA for 26."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def load_sheet(path: Path, sheet: str | None = None) -> tuple[Sheet | None, list[Problem]]:
    """Read a spreadsheet; `sheet` names one of a workbook, and is needed where several have something in them."""
    file = path.name
    content, problem = read_bytes(path, file, _LIMIT)
    if problem is not None:
        too_big = _bad(file, f"the file is larger than {_LIMIT:,} bytes", "save the one sheet that counts as CSV")
        return None, [too_big if problem.code is TOO_BIG else problem]
    if content.startswith(_OLE):
        hint = "save it as .xlsx, without a password"
        return None, [_bad(file, "this is an old Excel file (.xls), or one that is protected by a password", hint)]
    if content.startswith(b"PK"):
        return _workbook(content, file, sheet)
    if sheet is not None:
        return None, [_bad(file, "only a workbook has sheets with names", "leave out --sheet")]
    return _json(content, file) if path.suffix.lower() == ".json" else _csv(content, file)


def _bad(file: str, message: str, hint: str) -> Problem:
    return Problem(BAD_SHEET, message, Place(file), hint)


# --- CSV ----------------------------------------------------------------------------------


def _csv(content: bytes, file: str) -> tuple[Sheet | None, list[Problem]]:
    text, note = _decoded(content)
    if "\0" in text or text.count("\ufffd") > 20:
        return None, [_bad(file, "this is no spreadsheet", "give a CSV file or an Excel workbook (.xlsx)")]
    lines = text.splitlines()[:20]
    delimiter = max(",;\t", key=lambda sign: sum(min(line.count(sign), 50) for line in lines))
    csv.field_size_limit(1_000_000)
    rows = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            rows.append(Row(number, tuple(cells)))
    except csv.Error as error:
        hint = "look for a quotation mark that is not closed, or save the file as .xlsx"
        return None, [_bad(file, f"row {len(rows) + 1} cannot be read: {error}", hint)]
    return _sheet(file, rows, note)


def _decoded(content: bytes) -> tuple[str, str]:
    """The text of a file, and what had to be assumed to read it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), ""
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        note = "it is not in UTF-8, so it was read as Windows-1252: check letters with accents"
        return content.decode("cp1252", "replace"), note


# --- JSON ---------------------------------------------------------------------------------


def _json(content: bytes, file: str) -> tuple[Sheet | None, list[Problem]]:
    """What an export wrote: the names of the columns, and an object of texts for each row."""
    try:
        data = json.loads(content)
        titles, entries = tuple(map(str, data["columns"])), data["partners"]
        rows = [Row(at, tuple(str(entry.get(title, "")) for title in titles)) for at, entry in enumerate(entries, 2)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None, [_bad(file, "this JSON is not what `playbook export` writes", "export it again")]
    return _sheet(file, [Row(1, titles), *rows], "")


# --- XLSX ---------------------------------------------------------------------------------


def _workbook(content: bytes, file: str, wanted: str | None) -> tuple[Sheet | None, list[Problem]]:
    # Most commands never meet a spreadsheet, and loading this takes a while.
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _UNPACKED:
                return None, [_bad(file, "the workbook is too large", "save the one sheet that counts as CSV")]
        values = load_workbook(io.BytesIO(content), data_only=True)
        formulas = load_workbook(io.BytesIO(content))
    except Exception:  # noqa: BLE001 - the library raises whatever a damaged file leads it to
        return None, [_bad(file, "the workbook is damaged, or is none", "open it in Excel and save it again")]
    filled = [name for name in values.sheetnames if _holds_something(values[name])]
    known = ", ".join(repr(name) for name in filled)
    if wanted is not None and wanted not in filled:
        return None, [_bad(file, f"there is no sheet {wanted!r} with something in it", suggest(wanted, filled))]
    if not filled:
        return None, [_bad(file, "nothing stands in the workbook", "")]
    if wanted is None and len(filled) > 1:
        return None, [_bad(file, "several sheets have something in them", f"add --sheet with one of {known}")]
    name = wanted or filled[0]
    return _cells(values[name], formulas[name], file)


def _holds_something(sheet: Any) -> bool:
    return hasattr(sheet, "iter_rows") and any(
        cell is not None for row in sheet.iter_rows(values_only=True) for cell in row
    )


def _cells(values: Any, formulas: Any, file: str) -> tuple[Sheet | None, list[Problem]]:
    spread = {
        (row, area.min_col): values.cell(area.min_row, area.min_col).value
        for area in values.merged_cells.ranges
        if area.min_col == area.max_col
        for row in range(area.min_row, area.max_row + 1)
    }
    rows, problems = [], []
    for number, cells in enumerate(values.iter_rows(values_only=True), 1):
        texts = []
        for column, value in enumerate(cells):
            # A cell that reaches over several rows says the same of each.
            value = spread.get((number, column + 1), value)
            if value is None and formulas.cell(number, column + 1).data_type == "f":
                problems.append(_cell(file, number, column, "the result of a formula is not stored in the file"))
            elif isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "/A")):
                problems.append(_cell(file, number, column, f"a formula failed: {value}"))
            texts.append(_text(value))
        rows.append(Row(number, tuple(texts)))
    if problems:
        return None, problems
    return _sheet(file, rows, "")


def _text(value: object) -> str:
    """What an editor would type for a value of Excel."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime) and value.time().replace(microsecond=0) == datetime.min.time():
        return str(value.date())
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


# --- both ---------------------------------------------------------------------------------


def _cell(file: str, row: int, column: int, message: str) -> Problem:
    return Problem(
        BAD_CELL,
        f"row {row}, column {letters(column)}: {message}",
        Place(file, row, column + 1),
        "mend the cell and save the file",
    )


def _sheet(file: str, rows: list[Row], note: str) -> tuple[Sheet | None, list[Problem]]:
    kept = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not kept:
        return None, [_bad(file, "nothing stands in it", "")]
    if len(kept) > MOST_ROWS or max(len(row.cells) for row in kept) > MOST_COLUMNS:
        message = f"it has more than {MOST_ROWS:,} rows, or more than {MOST_COLUMNS} columns"
        return None, [_bad(file, message, "split it, and delete what is not about partners")]
    problems = list(_odd(file, kept))
    if problems:
        return None, problems
    return Sheet(file, tuple(Row(row.number, tuple(map(_plain, row.cells))) for row in kept), note), []


def _plain(text: str) -> str:
    """Text as it may stand in a data file: line ends and no-break spaces as people mean them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").replace("\t", " ").strip()


def _odd(file: str, rows: list[Row]) -> Iterator[Problem]:
    """The characters that no data file may hold, each once."""
    told: Counter[str] = Counter()
    for row in rows:
        for column, text in enumerate(row.cells):
            for problem in in_text(_plain(text), file) if neutral(_plain(text)) != _plain(text) else ():
                told[problem.message] += 1
                if told[problem.message] <= 20:
                    yield _cell(file, row.number, column, problem.message)
