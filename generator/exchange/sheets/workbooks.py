"""Excel workbooks (.xlsx) to rows of text, read by the parser that comes with Python.

Two libraries were tried in its place, openpyxl 3.1 and python-calamine 0.9 (calamine 0.37):

- Neither is bounded.  openpyxl goes through every cell that a hyperlink, a comment or a merge names, one by one: 1 kB
  took 38 s and 3.9 GB.  calamine makes the whole rectangle around all cells, and of two cells far apart that is 550 GB:
  the process ends without an exception.  To count first what they would expand, every part has to be parsed anyway.
- calamine reads a failed formula, and one without a result, as an empty cell, and knows nothing of hidden or struck
  rows and columns.  openpyxl knows them only where it keeps every cell as an object.
- Of 10,000 rows with 30 columns, on a busy machine, openpyxl took 10 s and 154 MB (7.7 s without merged cells),
  calamine 0.5 s and 64 MB; this takes 2.8 s and 69 MB, all counting included.

What makes a number a day is asked of openpyxl, which also writes
exports.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Container, Mapping, Sequence
from datetime import datetime
from functools import cached_property

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from generator.exchange.sheets.cells import NO_RESULT, SAVE, Texts, column, day_or_time, figure, row_number
from generator.exchange.sheets.packages import Package, attribute
from generator.exchange.sheets.sheet import (
    ALLOWED,
    LONGEST,
    MOST_COLUMNS,
    MOST_TEXT,
    Grid,
    Merged,
    Sheet,
    UnusableSheet,
    letters,
)
from generator.problems import nearest

_LONGEST_FORMAT = 255
_ROOT = "xl/workbook.xml"


class _Filled(Exception):
    """A sheet has something in it."""


def read_workbook(package: Package, file: str, wanted: str | None) -> Sheet:
    """The rows of the sheet of that name, or of the only one that is shown and has something in it."""
    book = _Book(package)
    filled = [name for name in book.sheets if book.filled(name)]
    name, note = shown(filled, book.hidden, wanted)
    return book.read(name).sheet(file, note)


def shown(filled: Sequence[str], hidden: Container[str], wanted: str | None) -> tuple[str, str]:
    """The sheet that is meant, of those in which something stands, and what is said of hidden ones."""
    if wanted is None and any(name not in hidden and name != ALLOWED for name in filled):
        filled = [name for name in filled if name != ALLOWED]
    aside = [name for name in filled if name in hidden]
    if wanted is not None or not aside:
        return chosen(filled, wanted), ""
    named = ", ".join(map(repr, aside))
    if len(aside) == len(filled):
        return chosen(filled, wanted), f"its sheet {named} is hidden"
    visible = [name for name in filled if name not in hidden]
    what = f"sheet {named} is" if len(aside) == 1 else f"sheets {named} are"
    return chosen(visible, wanted), f"the hidden {what} passed over, unless --sheet names it"


def chosen(filled: Sequence[str], wanted: str | None) -> str:
    """The sheet that is meant, of those in which something stands; Unusable where that is not clear."""
    known = ", ".join(map(repr, filled))
    name = next((sheet for sheet in filled if wanted is not None and is_meant(sheet, wanted)), None)
    if wanted is not None and name is None:
        near = nearest(wanted, filled)
        hint = f"did you mean {near!r}? " if near else ""
        hint += f"sheets with something in them: {known or 'none'}"
        raise UnusableSheet(f"there is no sheet {wanted!r} with something in it", hint)
    if not filled:
        raise UnusableSheet("nothing stands in the workbook", "check that it is the right file")
    if name is None and len(filled) > 1:
        raise UnusableSheet(f"{len(filled)} sheets have something in them", f"add --sheet with one of {known}")
    return name or filled[0]


def is_meant(name: str, wanted: str) -> bool:
    """Whether it is the sheet that somebody names."""
    return name.strip().casefold() == wanted.strip().casefold()


class _Book:
    """What sheets of a workbook need to know of its other parts."""

    def __init__(self, package: Package) -> None:
        self._package = package
        root = next((name for name in sorted(package.names) if re.fullmatch(r"xl/workbook\d*\.xml", name)), None)
        if root is None:
            raise UnusableSheet(_other_kind(package), "save it as .xlsx")
        self._parts = _related(package, root)
        self.sheets: dict[str, str] = {}
        """The part of each sheet, by the name of the sheet."""
        self.epoch = WINDOWS_EPOCH
        self.hidden: set[str] = set()
        package.read(root, self._start)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            kind, part = self._parts.get(attribute(attributes, "id") or "", ("", ""))
            if kind == "worksheet" and part not in self.sheets.values():
                self.sheets[attributes.get("name", "")] = part
                if attributes.get("state", "visible") != "visible":
                    self.hidden.add(attributes.get("name", ""))
        elif name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.epoch = MAC_EPOCH

    @cached_property
    def strings(self) -> list[str]:
        """The texts that cells of all sheets share."""
        texts: list[str] = []
        collect = Texts()
        total = 0

        def start(name: str, _: Mapping[str, str]) -> None:
            if name == "si":
                collect.clear()
            collect.start(name)

        def end(name: str) -> None:
            nonlocal total
            collect.end(name)
            if name == "si":
                texts.append(collect.text())
                total += len(texts[-1])
                if total > MOST_TEXT:
                    raise UnusableSheet(f"the workbook has more than {MOST_TEXT:,} characters", "split it")

        if part := self._part("sharedStrings"):
            self._package.read(part, start, end, collect.take)
        return texts

    @cached_property
    def styles(self) -> _Styles:
        """How each style of a cell shows what is in it."""
        styles = _Styles()
        if part := self._part("styles"):
            self._package.read(part, styles.start, styles.end)
        return styles

    def _part(self, kind: str) -> str | None:
        return next((part for part_kind, part in self._parts.values() if part_kind == kind), None)

    def filled(self, name: str) -> bool:
        """Whether something stands in a sheet."""

        def stop(_row: int, _column: int, text: str, _flaw: str) -> None:
            if text and not text.isspace():
                raise _Filled

        try:
            _Cells(self, stop).read(self._package, self.sheets[name])
        except _Filled:
            return True
        return False

    def read(self, name: str) -> Grid:
        """The cells of a sheet."""
        grid = Grid(name)
        cells = _Cells(self, grid.add, grid)
        cells.read(self._package, self.sheets[name])
        grid.spread(cells.merged.down)
        return grid


def _related(package: Package, root: str) -> dict[str, tuple[str, str]]:
    """The parts that a part refers to: the kind and the name of each, by its id."""
    folder, base = posixpath.split(root)
    parts: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "").replace("\\", "/")))
            parts[attributes.get("Id", "")] = attributes.get("Type", "").rpartition("/")[2], target.lstrip("/")

    package.read(f"{folder}/_rels/{base}.rels", start)
    return parts


def _other_kind(package: Package) -> str:
    if "xl/workbook.bin" in package.names:
        return "this is a binary Excel workbook (.xlsb)"
    return "this is no Excel workbook"


class _Styles:
    """Goes through the styles of a workbook: how each shows numbers, and which ones strike out."""

    def __init__(self) -> None:
        self.formats: list[str] = []
        self.struck: set[int] = set()
        self._codes: dict[str, str] = {str(number): code for number, code in BUILTIN_FORMATS.items()}
        self._fonts: list[bool] = []
        self._within = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt" and len(attributes.get("formatCode", "")) <= _LONGEST_FORMAT:
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name in ("cellXfs", "fonts"):
            self._within = name
        elif name == "font" and self._within == "fonts":
            self._fonts.append(False)
        elif name == "strike" and self._within == "fonts" and self._fonts:
            self._fonts[-1] = attributes.get("val", "1") in ("1", "true")
        elif name == "xf" and self._within == "cellXfs":
            font = attributes.get("fontId", "")
            if font.isdecimal() and len(font) < 6 and int(font) < len(self._fonts) and self._fonts[int(font)]:
                self.struck.add(len(self.formats))
            self.formats.append(self._codes.get(attributes.get("numFmtId", ""), ""))

    def end(self, name: str) -> None:
        if name == self._within:
            self._within = ""

    def strikes(self, style: str) -> bool:
        """Whether cells of a style are struck out."""
        return style.isdecimal() and len(style) < 7 and int(style) in self.struck


class _Cells:
    """Goes through a sheet and gives each cell away: row, index of the column, text, and what is wrong with it."""

    def __init__(self, book: _Book, give: Callable[[int, int, str, str], None], grid: Grid | None = None) -> None:
        self.merged = Merged()
        self._grid = grid
        self._book = book
        self._give = give
        self._texts = Texts()
        self._row, self._column = 0, -1
        self._kind, self._style, self._formula, self._valued = "n", "", False, False

    def read(self, package: Package, part: str) -> None:
        package.read(part, self._start, self._end, self._texts.take)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._place(attributes.get("r"))
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._formula = self._valued = False
            self._texts.clear()
        elif name == "row":
            number = attributes.get("r")
            self._row, self._column = row_number(number) if number is not None else self._row + 1, -1
            if self._grid is not None and attributes.get("hidden") in ("1", "true"):
                self._grid.hidden.add(self._row)
        elif name == "col" and self._grid is not None and attributes.get("hidden") in ("1", "true"):
            first, last = (attributes.get(side, "0") for side in ("min", "max"))
            if first.isdecimal() and last.isdecimal() and len(first + last) < 12:
                self._grid.hidden_columns |= {*range(int(first) - 1, min(int(last), MOST_COLUMNS))}
        elif name == "f":
            self._formula = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        else:
            self._valued = self._valued or name == "v"
            self._texts.start(name)

    def _place(self, reference: str | None) -> None:
        """Where a cell stands, which may tell it, such as B7; else right of the one before."""
        if reference is None:
            self._column += 1
            return
        name = reference.rstrip("0123456789")
        self._row, self._column = row_number(reference[len(name) :]), column(name)

    def _end(self, name: str) -> None:
        if name != "c":
            self._texts.end(name)
        elif text := self._texts.text():
            if self._grid is not None and self._style and self._book.styles.strikes(self._style):
                self._grid.strike(self._row)
            self._give(self._row, self._column, *self._shown(text))
        elif self._formula and not (self._kind == "str" and self._valued):
            self._give(self._row, self._column, "=", NO_RESULT)

    def _shown(self, text: str) -> tuple[str, str]:
        """What a cell shows for what is stored, and what is wrong with it."""
        if self._kind == "s":
            if not text.strip().isdecimal() or len(text) > 9 or int(text) >= len(self._book.strings):
                raise UnusableSheet(
                    f"the text of the cell {letters(self._column)}{self._row} is missing", SAVE, self._row
                )
            return self._book.strings[int(text)], ""
        if self._kind == "b":
            return "true" if text.strip() in ("1", "true") else "false", ""
        if self._kind == "e":
            return text, f"a formula failed: {text}"
        if self._kind not in ("n", "d"):
            return text, ""
        if len(text) > LONGEST:
            return text, ""  # the grid refuses it
        try:
            if self._kind == "d":
                return day_or_time(datetime.fromisoformat(text)), ""
            style = self._book.styles.formats[int(self._style)] if self._style else ""
            return figure(text.strip(), style, self._book.epoch), ""
        except (ValueError, OverflowError, IndexError, TypeError):
            return text, "it should hold a number or a date, and does not"

    def _merge(self, area: str) -> None:
        corners = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})", area.strip(), re.IGNORECASE)
        if corners is None:
            return
        left, right = sorted(column(corners[group]) for group in (1, 3))
        top, bottom = sorted(int(corners[group]) for group in (2, 4))
        self.merged.add(left, top, right, bottom)
