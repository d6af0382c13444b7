"""A sheet of a spreadsheet as rows of text, and the codes for what can be wrong with one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.problems import Place, Problem, define_error
from generator.source.characters import CONTROL, MARK, in_text, neutral
from generator.source.secrets import withheld

BAD_SHEET = define_error(
    "bad-spreadsheet",
    "A spreadsheet that cannot be read",
    meaning="`playbook import` reads CSV files and Excel workbooks (.xlsx). This file is neither, is damaged, is "
    "too large, is protected by a password, or has no table in it; or the sheet that you named is not in it.",
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
    meaning="The cell holds a formula whose result was never stored, the mark of a failed formula such as #REF!, "
    "damaged letters, or a character that data files may not hold.",
    mend="Open the spreadsheet in a spreadsheet program, mend the cell, and save the file.",
)
ROWS_DISAGREE = define_error(
    "rows-disagree",
    "Two rows say different things about one partner",
    meaning="Several rows may name one partner: their types and other lists are joined. But they give it two owners, "
    "two tiers, or two of something else of which there can be one.",
    mend="Make the rows agree, or delete one of them.",
)

MOST_ROWS, MOST_COLUMNS = 20_000, 500


class Row(NamedTuple):
    """A row of a sheet: its number, from 1, and the text of each cell."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A table as it stands in a file; empty rows are left out.

    `note` says what was assumed to read it, `delimiter` what stands between its columns, and `flaws` what is wrong
    with cells, by the number of the row and the index of the column.
    """

    file: str
    rows: tuple[Row, ...]
    note: str = ""
    delimiter: str = ","
    flaws: Mapping[tuple[int, int], str] = field(default_factory=dict)


def letters(index: int) -> str:
    """The name of a column in spreadsheet programs: A for 0, AA for 26."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def bad(file: str, message: str, hint: str, line: int = 1) -> Problem:
    """A spreadsheet that cannot be read."""
    return Problem(BAD_SHEET, message, Place(file, line), hint)


def sheet_of(
    file: str,
    rows: Sequence[tuple[int, Sequence[str]]],
    note: str = "",
    delimiter: str = ",",
    flaws: Mapping[tuple[int, int], str] | None = None,
) -> tuple[Sheet | None, list[Problem]]:
    """The sheet of these rows, by number, with their texts as data files may hold them."""
    kept: list[Row] = []
    found = dict(flaws or {})
    for number, cells in rows:
        texts = []
        for column, cell in enumerate(cells):
            text, flaw = _clean(cell)
            texts.append(text)
            if flaw:
                found.setdefault((number, column), flaw)
        while texts and not texts[-1].strip():
            texts.pop()
        if texts:
            kept.append(Row(number, tuple(texts)))
    if not kept:
        return None, [bad(file, "nothing stands in it", "check that it is the right file")]
    if len(kept) > MOST_ROWS or max(len(row.cells) for row in kept) > MOST_COLUMNS:
        message = f"it has more than {MOST_ROWS:,} rows, or more than {MOST_COLUMNS} columns"
        return None, [bad(file, message, "split it, and delete what is not about partners")]
    return Sheet(file, tuple(kept), note, delimiter, found), []


def _clean(text: str) -> tuple[str, str]:
    """A text without what nobody sees, with ordinary spaces and line ends, and what cannot be mended in it."""
    hidden, secrets = withheld(text, "")
    if secrets:
        return hidden, secrets[0].message
    if text.isascii() and text.isprintable():
        return text, ""
    if MARK in text:
        return text, f"it has damaged letters, shown as {MARK}"
    text = re.sub("(?:_x000D_)?\r?\n|_x000D_|[\r\v\x85\u2028\u2029]", "\n", text)
    for problem in in_text(text, ""):
        if problem.code is CONTROL:
            return text, problem.message
    return neutral(text).replace(MARK, ""), ""
