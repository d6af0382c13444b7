"""Excel workbooks to rows of text."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from generator.problems import Problem, suggest
from generator.source.sheets import MOST_ROWS, Sheet, bad, sheet_of

_UNPACKED = 60_000_000
"""In bytes: a file of a few thousand can unpack to terabytes."""

_MERGED = 100_000

_Cell = tuple[int, int]
"""The number of a row, from 1, and the index of a column."""


def read_workbook(content: bytes, file: str, wanted: str | None) -> tuple[Sheet | None, list[Problem]]:
    """The rows of the sheet of that name, or of the only one that has something in it."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
        if sum(part.file_size for part in packed.infolist()) > _UNPACKED:
            hint = "save the one sheet that counts as CSV"
            return None, [bad(file, f"the workbook unpacks to more than {_UNPACKED:,} bytes", hint)]
        if "xl/workbook.xml" not in packed.namelist():
            return None, [bad(file, _other_kind(packed), "save it as .xlsx")]
        if _merged(packed) > _MERGED:
            hint = "undo the merging of whole columns or rows, or save the sheet as CSV"
            return None, [bad(file, f"more than {_MERGED:,} cells of the workbook are merged", hint)]
        book = _load(content, values=True)
        # A formula is of interest where its result is missing, and most workbooks have none.
        formulas = _load(content, values=False) if _has_formulas(packed) else None
    except Exception:  # noqa: BLE001 - the library raises whatever a damaged file leads it to
        return None, [bad(file, "the workbook is damaged, or is none", "open it in Excel and save it again")]
    filled = [page.title for page in book.worksheets if any(cell.value is not None for cell in _cells(page))]
    known = ", ".join(map(repr, filled))
    name = next((one for one in filled if wanted and one.strip().casefold() == wanted.strip().casefold()), None)
    if wanted is not None and name is None:
        hint = f"{suggest(wanted, filled, listed=0)} sheets with something in them: {known or 'none'}".strip()
        return None, [bad(file, f"there is no sheet {wanted!r} with something in it", hint)]
    if not filled:
        return None, [bad(file, "nothing stands in the workbook", "check that it is the right file")]
    if name is None and len(filled) > 1:
        return None, [bad(file, f"{len(filled)} sheets have something in them", f"add --sheet with one of {known}")]
    title = name or filled[0]
    texts, flaws = _texts(book[title], formulas[title] if formulas else None)
    rows: dict[int, dict[int, str]] = {}
    for (row, column), text in sorted(texts.items()):
        rows.setdefault(row, {})[column] = text
        if len(rows) > MOST_ROWS + 1:
            break
    whole = [(row, [cells.get(column, "") for column in range(max(cells) + 1)]) for row, cells in rows.items()]
    return sheet_of(file, whole, flaws=flaws)


def _load(content: bytes, *, values: bool) -> Any:
    with warnings.catch_warnings():
        # About parts of a workbook that the library would lose if it saved one, such as pictures.
        warnings.simplefilter("ignore")
        return load_workbook(io.BytesIO(content), data_only=values, keep_links=False)


def _pages(packed: zipfile.ZipFile) -> Iterator[bytes]:
    """The sheets as XML."""
    for name in packed.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            yield packed.read(name)


def _has_formulas(packed: zipfile.ZipFile) -> bool:
    return any(re.search(rb"<(?:\w+:)?f[\s>/]", page) for page in _pages(packed))


def _merged(packed: zipfile.ZipFile) -> int:
    """How many cells are merged with others: the library goes through them one by one."""
    total = 0
    for page in _pages(packed):
        for area in re.findall(rb"mergeCell\s[^>]*?ref=[\"']([A-Z]+[0-9]+:[A-Z]+[0-9]+)", page):
            left, top, right, bottom = range_boundaries(area.decode())
            total += (right - left + 1) * (bottom - top + 1)  # type: ignore[operator]
    return total


def _other_kind(packed: zipfile.ZipFile) -> str:
    names = packed.namelist()
    if "mimetype" in names and b"opendocument" in packed.read("mimetype"):
        return "this is an OpenDocument file, not an Excel workbook"
    return "this is a binary Excel workbook (.xlsb)" if "xl/workbook.bin" in names else "this is no Excel workbook"


def _cells(page: Any) -> Iterable[Any]:
    """The cells that are there: the rectangle around them may have billions."""
    there: dict[_Cell, Any] = page._cells
    return there.values()


def _texts(page: Any, formulas: Any) -> tuple[dict[_Cell, str], dict[_Cell, str]]:
    """What stands in each cell, and what is wrong with some."""
    texts: dict[_Cell, str] = {}
    flaws: dict[_Cell, str] = {}
    for cell in _cells(page):
        place = cell.row, cell.column - 1
        if cell.value is None and formulas is not None and formulas.cell(cell.row, cell.column).data_type == "f":
            texts[place], flaws[place] = "=", "the result of a formula is not stored in the file"
        elif cell.data_type == "e":
            texts[place], flaws[place] = str(cell.value), f"a formula failed: {cell.value}"
        elif cell.value is not None:
            texts[place] = _text(cell.value)
    last = max((row for row, _ in texts), default=0)
    for area in page.merged_cells.ranges:
        # A cell that reaches over several rows says the same of each; a title over several columns says it once.
        text = texts.get((area.min_row, area.min_col - 1), "") if area.min_col == area.max_col else ""
        for row in range(area.min_row + 1, min(area.max_row, last) + 1) if text else ():
            texts[row, area.min_col - 1] = text
    return texts, flaws


def _text(value: object) -> str:
    """What an editor would type for a value of Excel: days as 2026-11-30, whole numbers without a point."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return str(value.date()) if value.time().replace(microsecond=0) == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)
