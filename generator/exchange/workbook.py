"""The inventory as a workbook that is pleasant to edit: choices to pick from, names beside ids, and ids that stay."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill, Protection
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from generator.exchange.fields import DEPARTMENT, LISTS, guarded, joined, parts
from generator.exchange.notation import labeled
from generator.exchange.rows import Choices, ExportTable
from generator.exchange.sheets import ALLOWED, letters

_MOST = 32_767
"""In characters: what a cell of a workbook can hold."""

_MORE = 1000
"""For how many new rows below the table there are choices to pick from."""

_NARROW, _WIDE = 9, 44
"""In characters: how wide columns are."""

_HEADING, _SAME, _FREE = "Playbook heading", "Playbook id", "Playbook cell"
_FIXED = (DEPARTMENT, "id")
"""What tells which entry a row is about; in the rows that are there, nobody changes it by mistake."""

_MAY = (
    *("formatCells", "formatColumns", "formatRows", "insertRows", "insertHyperlinks", "deleteRows", "sort"),
    *("autoFilter", "objects", "scenarios"),
)


class _InMemory(ExcelWriter):
    """Writes sheets without a temporary file: the library does not bear it when a disk is full in the middle of one."""

    _archive: Any

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        out = io.BytesIO()
        writer: Any = WorksheetWriter(ws, out)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], out.getvalue())
        self.manifest.append(ws)


def as_xlsx(table: ExportTable, choices: Choices) -> bytes:
    """Every cell is text.  ValueError where a text is longer than a cell can be."""
    columns = table.columns
    named = {column: _labels(choices(column)) for column in columns}
    lines = [[guarded(_shown(column, row.get(column, ""), named[column])) for column in columns] for row in table.rows]
    for row, texts in zip(table.rows, lines, strict=True):
        if long := [column for column, text in zip(columns, texts, strict=True) if len(text) > _MOST]:
            raise ValueError(f"{long[0]} of {row['id']} has more than {_MOST:,} characters; export CSV or JSON")
    book = Workbook()
    _add_styles(book)
    sheet, allowed = book.worksheets[0], book.create_sheet(ALLOWED)
    _write_partners(sheet, columns, lines)
    listed = {column: list(labels.values()) for column, labels in named.items() if labels and column not in _FIXED}
    for index, (column, labels) in enumerate(listed.items()):
        letter, own = letters(index), letters(columns.index(column))
        check = DataValidation(
            "list", formula1=f"'{ALLOWED}'!${letter}$2:${letter}${len(labels) + 1}", allow_blank=True
        )
        # What is not among them may be right: several with semicolons, or somebody who is new.
        check.errorStyle, check.showErrorMessage = "warning", True
        check.error = f"This is not on the sheet {ALLOWED!r}. Several values have semicolons between them."
        check.add(f"{own}2:{own}{len(lines) + 1 + _MORE}")
        sheet.add_data_validation(check)
    _write_allowed(allowed, listed)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        _InMemory(book, archive).save()
    return _without_time(out.getvalue())


def _labels(choices: Mapping[str, str]) -> dict[str, str]:
    """What to show for each of them: the name with the id, where no other one is called like that."""
    taken = {*choices, *choices.values()}
    labels = {ident: labeled(ident, name) for ident, name in choices.items()}
    # A brace begins what YAML writes in one line.
    return {ident: ident if label in taken or label.startswith("{") else label for ident, label in labels.items()}


def _shown(column: str, text: str, labels: Mapping[str, str]) -> str:
    """The text of a cell, with names in front of ids."""
    if not labels or column in _FIXED:
        return text
    if column in LISTS:
        return joined([labels.get(item, item) for item in parts(text)])
    return labels.get(text, text)


def _add_styles(book: Workbook) -> None:
    """How cells look, and whether they may be changed."""
    gray = PatternFill("solid", fgColor="EEEEEE")
    book.add_named_style(NamedStyle(_HEADING, font=Font(bold=True), fill=gray))
    book.add_named_style(NamedStyle(_SAME, fill=gray))
    book.add_named_style(NamedStyle(_FREE, protection=Protection(locked=False), alignment=Alignment(vertical="top")))


def _write_partners(sheet: Worksheet, columns: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    sheet.title, sheet.freeze_panes = "Partners", "D2"
    sheet.auto_filter.ref = f"A1:{letters(len(columns) - 1)}{len(lines) + 1}"
    sheet.protection.sheet = True
    for right in _MAY:
        setattr(sheet.protection, right, False)  # which says that it is not forbidden
    for index, column in enumerate(columns):
        longest = max((len(part) for line in lines for part in line[index].split("\n", 1)[:1]), default=0)
        dimension = sheet.column_dimensions[letters(index)]
        dimension.width = min(max(longest, len(column) + 4, _NARROW) + 2, _WIDE)
        dimension.protection = Protection(locked=False)
    _write_row(sheet, 1, columns, [_HEADING] * len(columns))
    styles = [_SAME if column in _FIXED else _FREE for column in columns]
    for number, texts in enumerate(lines, 2):
        _write_row(sheet, number, texts, styles)


def _write_allowed(sheet: Worksheet, listed: Mapping[str, Sequence[str]]) -> None:
    sheet.freeze_panes = "A2"
    for index, (column, labels) in enumerate(listed.items()):
        longest = max(map(len, (column, *labels)))
        sheet.column_dimensions[letters(index)].width = min(max(longest, _NARROW) + 2, _WIDE)
    _write_row(sheet, 1, [*listed], [_HEADING] * len(listed))
    for number, labels in enumerate(zip_longest(*listed.values(), fillvalue=""), 2):
        _write_row(sheet, number, [guarded(label) for label in labels], ["Normal"] * len(labels))


def _write_row(sheet: Worksheet, number: int, texts: Sequence[str], styles: Sequence[str]) -> None:
    for index, (text, style) in enumerate(zip(texts, styles, strict=True), 1):
        if text:
            sheet.cell(number, index, text).style = style


def _without_time(content: bytes) -> bytes:
    """A workbook that does not tell when it was made: the same inventory gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", part)
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
