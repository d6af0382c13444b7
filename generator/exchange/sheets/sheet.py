"""A sheet of a spreadsheet as rows of text, and the codes for what can be wrong with one."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.problems import Place, Problem, define_error
from generator.source.characters import CONTROL, MARK, in_text, neutral
from generator.source.secrets import redacted

BAD_SHEET = define_error(
    "bad-spreadsheet",
    "A spreadsheet that cannot be read",
    meaning="`playbook import` reads CSV files, Excel workbooks (.xlsx) and those of LibreOffice (.ods). This file is "
    "none of these, is damaged, is too large, is protected by a password, or has no table in it; or the sheet that you "
    "named is not in it.",
    fix="Open it in your spreadsheet program and save it again, without a password, as .xlsx or as CSV (UTF-8).",
)
BAD_COLUMN = define_error(
    "bad-column",
    "Columns that cannot be used",
    meaning="Each column of a spreadsheet is one field, and no field may have two. One column holds the names of the "
    "partners. The column map, a small file beside the spreadsheet, says which column is which field.",
    fix="Rename or delete the column, or say in the column map what it is: the name of a field, or ignore.",
)
BAD_CELL = define_error(
    "bad-cell",
    "A cell without a usable value",
    meaning="The cell holds a formula whose result was never stored, the mark of a failed formula such as #REF!, "
    "damaged letters, or a character that data files may not hold.",
    fix="Open the spreadsheet in a spreadsheet program, mend the cell, and save the file.",
)
ROWS_DISAGREE = define_error(
    "rows-disagree",
    "Two rows say different things about one partner",
    meaning="Several rows may name one partner: their types and other lists are joined. But they give it two owners, "
    "two tiers, or two of something else of which there can be one.",
    fix="Make the rows agree, or delete one of them.",
)

NO_ANSWER = define_error(
    "no-answer",
    "A source that does not answer",
    meaning="`playbook sync` could not read one of the sources in sources.yml: the network, the address, the "
    "credentials or the query is wrong, or what came is no table. Nothing was written, whatever the others said.",
    fix="Mend what the message names, or take the source out of sources.yml until it answers again.",
)

MOST_ROWS, MOST_COLUMNS = 20_000, 500
MOST_CELLS = 250_000
"""Those with a text: an export of 10,000 partners has 150,000."""

MOST_WITH_EMPTY = 1_000_000
"""With the empty ones to the left of others, which take a twentieth of the room."""

MOST_TEXT = 20_000_000
"""In characters, of all cells together: a text that stands once in a file can be that of a million cells."""

ALLOWED = "Allowed values"
"""The sheet that an export lists them on; where there is another one, nobody means this one."""

LONGEST = 131_072
"""In characters: what a cell may say."""

_MOST_FLAWS = 100_000
_MOST_MERGED = 100_000
_MOST_ODD = 2_000_000
_ODD = re.compile(r"[^\x20-\x7e\n\w]|[\u115f\u1160\u3164\uffa0]")
"""Whatever is neither in ASCII nor a letter that is drawn; each is looked at by itself, which takes its time."""

_BREAK = re.compile("(?:_x000D_)?\r\n|_x000D_\n?|[\r\v\x85\u2028\u2029]")


_REST = re.escape("".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0)))
_MISREAD = re.compile(f"[ÂÃ][{_REST}]|â€[{_REST}]|(?:[ÐÑ][{_REST}]){{2,}}")
"""Letters beyond ASCII in UTF-8 that were read as Windows-1252, such as Ã¼ for ü."""


class UnusableSheet(ValueError):
    """Why a spreadsheet cannot be read, what to do about it, and the row."""

    def __init__(self, message: str, hint: str, row: int = 1) -> None:
        super().__init__(message)
        self.hint = hint
        self.row = row


_LETTER = re.compile("[A-Za-z]")
_SHORTEST_SECRET = 16


class Row(NamedTuple):
    """A row of a sheet: its number, from 1, and the text of each cell."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A table as it stands in a file; empty rows are left out.

    `note` says what was assumed to read it, `delimiter` what stands between its columns, and `flaws` what is wrong
    with cells, by the number of the row and the index of the column.  `widths` has the number of cells of each row of
    a text file; `hidden` and `struck` are rows, and `hidden_columns` the indexes of columns.
    """

    file: str
    rows: tuple[Row, ...]
    note: str = ""
    delimiter: str = ","
    flaws: Mapping[tuple[int, int], str] = field(default_factory=dict)
    widths: Mapping[int, int] = field(default_factory=dict)
    hidden: Container[int] = frozenset()
    struck: Container[int] = frozenset()
    hidden_columns: Container[int] = frozenset()


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


class Merged:
    """The cells of a sheet that are merged; Unusable where there are too many."""

    def __init__(self) -> None:
        self.down: list[tuple[int, int, int]] = []
        """Where cells of one column are merged: its index, the first and the last row.

        They say the same of each row; a title over several columns says it once.
        """
        self._cells = 0

    def add(self, left: int, top: int, right: int, bottom: int) -> None:
        self._cells += (abs(right - left) + 1) * (abs(bottom - top) + 1)
        if self._cells > _MOST_MERGED:
            hint = "undo the merging of whole columns or rows, or save the sheet as CSV"
            raise UnusableSheet(f"more than {_MOST_MERGED:,} cells of the workbook are merged", hint)
        if left == right:
            self.down.append((left, top, bottom))


class Grid:
    """Takes the cells of a sheet, in any order, and stops at the first row, column or cell that is too many.

    Cells without a text are left out, and so are rows of such cells.  `name` is that of the sheet, where it has one.
    """

    def __init__(self, name: str = "") -> None:
        self._name = name
        self._rows: dict[int, dict[int, str]] = {}
        self._flaws: dict[tuple[int, int], str] = {}
        self._cleaned: dict[str, tuple[str, str]] = {}
        self._cells = self._characters = self._odd = 0
        self.widths: dict[int, int] = {}
        self.hidden: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._struck: dict[int, int] = {}

    def strike(self, row: int) -> None:
        """One more cell of a row is struck out."""
        self._struck[row] = self._struck.get(row, 0) + 1

    def add(self, row: int, column: int, text: str, flaw: str = "") -> None:
        """A cell: the number of its row, the index of its column, and what is wrong with it."""
        if not text or text.isspace():
            return
        self._cells += 1
        self._characters += len(text)
        cells = self._rows.get(row)
        if cells is None:
            cells = self._rows[row] = {}
        if column >= MOST_COLUMNS or len(self._rows) > MOST_ROWS:
            raise self._too_much(f"{MOST_ROWS:,} rows, or more than {MOST_COLUMNS} columns", row)
        if self._cells > MOST_CELLS:
            raise self._too_much(f"{MOST_CELLS:,} cells", row)
        if self._characters > MOST_TEXT:
            raise self._too_much(f"{MOST_TEXT:,} characters", row)
        if len(text) > LONGEST:
            message = f"the cell {letters(column)}{row} has more than {LONGEST:,} characters"
            raise UnusableSheet(message, "shorten it, or delete it", row)
        text, secret = _without_secret(text)
        ordinary = text.isascii() and text.isprintable() and "_x000D_" not in text
        cleaned, damage = (text, "") if ordinary else self._clean(text, row)
        if not cleaned.isspace():
            cells[column] = cleaned
        if flaw := flaw or secret or damage:
            self._flaws.setdefault((row, column), flaw)
            if len(self._flaws) > _MOST_FLAWS:
                raise self._too_much(f"{_MOST_FLAWS:,} damaged cells", row)

    def spread(self, down: Sequence[tuple[int, int, int]]) -> None:
        """Let a text that is merged downwards be that of each row, down to the last one with a text.

        `down` are the index of the column, and the numbers of the first and the last row.
        """
        last = max(self._rows, default=0)
        for column, top, bottom in down:
            text = self._rows.get(top, {}).get(column, "")
            for row in range(top + 1, min(bottom, last) + 1) if text else ():
                self.add(row, column, text)

    def sheet(self, file: str, note: str = "", delimiter: str = ",") -> Sheet:
        """What was taken, by row; Unusable where that is nothing, or too much."""
        filled = {row: self._rows[row] for row in sorted(self._rows) if self._rows[row]}
        if not filled:
            raise UnusableSheet("nothing stands in it", "check that it is the right file")
        if sum(max(cells) + 1 for cells in filled.values()) > MOST_WITH_EMPTY:
            raise self._too_much(f"{MOST_WITH_EMPTY:,} cells, with the empty ones")
        rows = tuple(
            Row(number, tuple([cells.get(column, "") for column in range(max(cells) + 1)]))
            for number, cells in filled.items()
        )
        struck = {row for row, cells in self._struck.items() if cells >= len(filled.get(row, {}))}
        return Sheet(
            file, rows, note, delimiter, self._flaws, self.widths, self.hidden, struck, frozenset(self.hidden_columns)
        )

    def _clean(self, text: str, row: int) -> tuple[str, str]:
        """A text without what nobody sees, with ordinary spaces and line ends, and what cannot be mended in it."""
        if text not in self._cleaned:
            odd = _ODD.findall(text)
            self._odd += len(odd)
            if self._odd > _MOST_ODD:
                raise self._too_much(f"{_MOST_ODD:,} characters that are no letters", row)
            self._cleaned[text] = _clean(text, odd) if odd or "_x000D_" in text or _MISREAD.search(text) else (text, "")
        return self._cleaned[text]

    def _too_much(self, what: str, row: int = 1) -> UnusableSheet:
        of = f"the sheet {self._name!r}" if self._name else "it"
        return UnusableSheet(f"{of} has more than {what}", "split it, and delete what is not about partners", row)


def _without_secret(text: str) -> tuple[str, str]:
    """A text that may be repeated in what is said of a cell, and what is said of a secret in it."""
    # No secret is made of figures alone, as most of a large sheet may be.
    if len(text) < _SHORTEST_SECRET or _LETTER.search(text) is None:
        return text, ""
    hidden, problems = redacted(text, "")
    return hidden, problems[0].message if problems else ""


def _reread(letters: str) -> str:
    """What was stored as UTF-8, and read as Windows-1252."""
    content = b"".join(letter.encode("cp1252", "ignore") or letter.encode("latin-1") for letter in letters)
    return content.decode("utf-8", "replace")


def _clean(text: str, odd: Sequence[str]) -> tuple[str, str]:
    if wrong := _MISREAD.search(text):
        right = _MISREAD.sub(lambda found: _reread(found[0]), text)
        return text, f"its letters were stored wrong, as {wrong[0]!r} in {text[:80]!r}: perhaps {right[:80]!r} is meant"
    if MARK in text:
        return text, f"it has damaged letters, shown as {MARK}"
    text = _BREAK.sub("\n", text)
    for problem in in_text("".join(sorted({*odd} - {"\r", "\v"})), ""):
        if problem.code is CONTROL:
            return text, problem.message
    return neutral(text).replace(MARK, ""), ""
