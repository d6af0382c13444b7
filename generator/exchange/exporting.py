"""The inventory as rows, as CSV, XLSX or JSON, in the shape that an import reads."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from generator.editing import departments, partners
from generator.exchange.fields import COLUMNS, DEPARTMENT, cells, guarded
from generator.model import Playbook
from generator.source import Document

MARKS: Mapping[str, bytes] = {
    ".csv": b"\xef\xbb\xbf" + ",".join(COLUMNS[:4]).encode(),
    ".xlsx": b"PK",
    ".json": b'{\n  "format": "partner-playbook-export"',
}
"""The kinds of file, by how their names end; each begins like this."""


def rows(documents: Mapping[str, Document], playbook: Playbook, wanted: Iterable[str]) -> list[dict[str, str]]:
    """One row an entry of the wanted departments: the text of each column, not yet guarded."""
    return [
        {DEPARTMENT: home.id, **cells(entry.data), "name": playbook.partners[entry.id].name}
        for home in departments(documents)
        if home.id in wanted
        for entry in partners(documents, home)
    ]


def as_csv(table: list[dict[str, str]]) -> bytes:
    """With the mark by which Excel knows UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([guarded(row.get(column, "")) for column in COLUMNS] for row in table)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(table: list[dict[str, str]]) -> bytes:
    """Every cell is text."""
    # Most commands never meet a spreadsheet, and loading this takes a while.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Partners")
    sheet.freeze_panes = "D2"
    sheet.append(list(COLUMNS))
    for row in table:
        sheet.append([guarded(row.get(column, "")) or None for column in COLUMNS])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_json(table: list[dict[str, str]]) -> bytes:
    """An object with `partners`: for each entry its columns, those without a text left out."""
    data: dict[str, Any] = {"format": "partner-playbook-export", "version": 1, "columns": COLUMNS, "partners": table}
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def exported(path: Path, table: list[dict[str, str]]) -> bytes:
    """The content of a file, in the way that the end of its name asks for (one of MARKS)."""
    return {".csv": as_csv, ".xlsx": as_xlsx, ".json": as_json}[path.suffix.lower()](table)
