"""OpenDocument spreadsheets (.ods), as LibreOffice saves them, to rows of text.

Cells and rows that are alike are stored once, with how often they stand there, and so are the empty ones down to the
end of the sheet: what is empty is passed over, and the rest ends at the bounds of a grid.  See workbooks.py for why no
library reads them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from generator.exchange.sheets.cells import NO_RESULT, SAVE, day_or_time, figure, percent
from generator.exchange.sheets.packages import Package
from generator.exchange.sheets.sheet import ALLOWED, MOST_COLUMNS, Grid, Merged, Sheet, UnusableSheet
from generator.exchange.sheets.workbooks import is_meant, shown

_CONTENT, _KIND, _MANIFEST = "content.xml", "mimetype", "META-INF/manifest.xml"
_CELLS = ("table-cell", "covered-table-cell")
_TELLING = ("office:value-type", "table:formula")
_MOST_SPACES = 1_000
_SIGNS = {"tab": "\t", "line-break": "\n"}


def is_open(package: Package) -> bool:
    """Whether a packed file is an OpenDocument file of any kind."""
    return _KIND in package.names and "opendocument" in package.text(_KIND)


def read_open(package: Package, file: str, wanted: str | None) -> Sheet:
    """The rows of the sheet of that name, or of the only one that has something in it."""
    if "spreadsheet" not in package.text(_KIND):
        raise UnusableSheet("this is an OpenDocument file, but no spreadsheet", "save it as .ods, .xlsx or CSV")
    if _MANIFEST in package.names:
        package.read(_MANIFEST, _no_password)
    tables = _Tables(wanted)
    package.read(_CONTENT, tables.start, tables.end, tables.take)
    _, note = shown(tables.filled, tables.hidden, wanted)
    found = tables.found or tables.aside
    assert found is not None  # it is the one that was chosen
    return found.sheet(file, note)


def _no_password(name: str, _: Mapping[str, str]) -> None:
    if name == "encryption-data":
        raise UnusableSheet("it is protected by a password", "save a copy without a password")


class _Tables:
    """Goes through the sheets, and keeps the one that is wanted, or the first with something in it."""

    def __init__(self, wanted: str | None) -> None:
        self.filled: list[str] = []
        """The names of the sheets with something in them."""
        self.hidden: set[str] = set()
        """Those of them that are not shown."""
        self.found: Grid | None = None
        self.aside: Grid | None = None
        """The first of those that are not shown, or list what is allowed."""
        self._style = ""
        self._unseen: set[str] = set()
        self._struck: set[str] = set()
        """The styles of what is not shown, and of what is struck out."""
        self._wanted = wanted
        self._name: str | None = None
        """That of the sheet at hand; None in front of the first one."""
        self._grid: Grid | None = None
        self._merged = Merged()
        self._depth = self._cell_depth = 0
        self._row = self._rows = self._column = self._columns = 0
        self._hidden_row = False
        self._cells: list[tuple[int, int, str, str]] = []
        """Of the row: the index of the column, how often the cell stands there, its text, and what is wrong."""
        self._attributes: Mapping[str, str] = {}
        self._struck_cells: dict[int, bool] = {}
        """Whether the cells of the row are struck out, by the index of the column."""
        self._pieces: list[str] = []
        self._paragraph = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if name in _CELLS and not self._cell_depth:
            self._cell_depth = self._depth
            self._attributes = attributes
            self._pieces = []
        elif name == "table" and not self._cell_depth:
            self._name = attributes.get("table:name", "")
            if attributes.get("table:style-name") in self._unseen:
                self.hidden.add(self._name)
            keep = self.found is None and (self._wanted is None or is_meant(self._name, self._wanted))
            self._grid = Grid(self._name) if keep else None
            self._merged = Merged()
            self._row = self._columns = 0
        elif name == "table-row" and not self._cell_depth:
            self._rows = _times(attributes, "table:number-rows-repeated")
            self._column = 0
            self._cells = []
            self._struck_cells = {}
            self._hidden_row = attributes.get("table:visibility", "visible") != "visible"
        elif name == "p" and self._depth == self._cell_depth + 1:
            self._pieces.append("\n" if self._pieces else "")
            self._paragraph = self._depth
        elif self._paragraph and name == "s":
            self._pieces.append(" " * min(_times(attributes, "text:c"), _MOST_SPACES))
        elif self._paragraph and name in _SIGNS:
            self._pieces.append(_SIGNS[name])
        else:
            self._look(name, attributes)

    def _look(self, name: str, attributes: Mapping[str, str]) -> None:
        """What tells how columns, sheets and texts look."""
        if name == "table-column" and self._grid is not None:
            times = _times(attributes, "table:number-columns-repeated")
            if attributes.get("table:visibility", "visible") != "visible":
                last = min(self._columns + times, MOST_COLUMNS)
                self._grid.hidden_columns |= {*range(self._columns, last)}
            self._columns += times
        elif name == "style":
            self._style = attributes.get("style:name", "")
        elif name == "table-properties" and attributes.get("table:display") == "false":
            self._unseen.add(self._style)
        elif name == "text-properties" and attributes.get("style:text-line-through-style", "none") != "none":
            self._struck.add(self._style)

    def take(self, text: str) -> None:
        if self._paragraph:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        if self._depth == self._cell_depth:
            self._cell_depth = 0
            if self._attributes or self._pieces:
                self._cell(covered=name == "covered-table-cell")
            else:
                self._column += 1
        elif self._depth == self._paragraph:
            self._paragraph = 0
        elif name == "table-row" and not self._cell_depth:
            self._place_row()
        elif name == "table" and not self._cell_depth and self._grid is not None:
            self._grid.spread(self._merged.down)
        self._depth -= 1

    def _cell(self, *, covered: bool) -> None:
        times = _times(self._attributes, "table:number-columns-repeated")
        if not covered and (self._pieces or any(name in self._attributes for name in _TELLING)):
            text, flaw = _shown(self._attributes, "".join(self._pieces))
            if text and not text.isspace():
                self._cells.append((self._column, times, text, flaw))
                self._struck_cells[self._column] = self._attributes.get("table:style-name") in self._struck
                rows, columns = (
                    _times(self._attributes, f"table:number-{side}-spanned") for side in ("rows", "columns")
                )
                top = self._row + 1
                if rows > 1 or columns > 1:
                    self._merged.add(self._column, top, self._column + columns - 1, top + rows - 1)
        self._column += times

    def _place_row(self) -> None:
        if self._cells and self._name is not None and self._name not in self.filled:
            self.filled.append(self._name)
            if self._wanted is None and (self._name in self.hidden or self._name == ALLOWED):
                self.aside = self.aside or self._grid
            else:
                self.found = self.found or self._grid
        if self._grid is not None:
            for row in range(self._row + 1, self._row + self._rows + 1) if self._cells else ():
                if self._hidden_row:
                    self._grid.hidden.add(row)
                for first, times, text, flaw in self._cells:
                    if self._struck_cells.get(first):
                        self._grid.strike(row)
                    for column in range(first, first + times):
                        self._grid.add(row, column, text, flaw)
        self._row += self._rows


def _times(attributes: Mapping[str, str], name: str) -> int:
    """How often something stands there, or how far it reaches."""
    written = attributes.get(name)
    if written is None:
        return 1
    if not written.isdecimal() or len(written) > 9:
        raise UnusableSheet(f"{name} is {written[:20]!r}, which cannot be", SAVE)
    return int(written)


def _shown(attributes: Mapping[str, str], text: str) -> tuple[str, str]:
    """What a cell shows, and what is wrong with it."""
    kind = attributes.get("office:value-type")
    if attributes.get("calcext:value-type") == "error":
        return text, f"a formula failed: {text}"
    if kind is None and "table:formula" in attributes and not text:
        return "=", NO_RESULT
    try:
        if kind == "date":
            return day_or_time(datetime.fromisoformat(attributes.get("office:date-value", ""))), ""
        if kind == "time":
            return _time(attributes.get("office:time-value", "")), ""
        if kind == "percentage":
            return percent(attributes.get("office:value", "")), ""
        if kind in ("float", "currency"):
            number = figure(attributes.get("office:value", ""))
            if _is_padded(text, number):
                return text, ""
            return f"{number}%" if text.endswith("%") else number, ""
    except ValueError:
        return text or "?", "it should hold a number or a date, and does not"
    return attributes.get("office:boolean-value" if kind == "boolean" else "office:string-value", text), ""


def _is_padded(text: str, number: str) -> bool:
    """Whether a text shows a whole number with zeros in front, also with other signs around them: 0077 and K-0077."""
    figures = re.sub("[^0-9]", "", text)
    whole = not {".", ","} & {*text}
    return whole and len(figures) > len(number) and figures == number.zfill(len(figures))


def _time(text: str) -> str:
    """PT09H30M00S as 09:30:00."""
    match = re.fullmatch(r"PT(\d{1,6})H(\d\d)M(\d\d)(?:\.\d+)?S", text)
    if match is None:
        raise ValueError
    return f"{int(match[1]):02}:{match[2]}:{match[3]}"
