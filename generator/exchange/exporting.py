"""The inventory as rows, as CSV, XLSX or JSON, in the shape that an import reads."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from generator.editing import departments, partners
from generator.exchange.fields import COLUMNS, DEPARTMENT, cells, guarded
from generator.model import Playbook
from generator.source import Document

_MOST = 32_767
"""In characters: what a cell of a workbook can hold."""


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

    lines = [[guarded(row.get(column, "")) for column in COLUMNS] for row in table]
    # Before the workbook is begun: the library does not bear to be left in the middle of one.
    for row, texts in zip(table, lines, strict=True):
        if long := [column for column, text in zip(COLUMNS, texts, strict=True) if len(text) > _MOST]:
            raise ValueError(f"{long[0]} of {row['id']} has more than {_MOST:,} characters; export CSV or JSON")
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Partners")
    sheet.freeze_panes = "D2"
    sheet.append(list(COLUMNS))
    for texts in lines:
        sheet.append([text or None for text in texts])
    out = io.BytesIO()
    book.save(out)
    return _without_time(out.getvalue())


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


def as_json(table: list[dict[str, str]]) -> bytes:
    """An object with `partners`: for each entry its columns, those without a text left out."""
    partners = [{column: guarded(text) for column, text in row.items()} for row in table]
    data: dict[str, Any] = {"format": "partner-playbook-export", "version": 1, "columns": COLUMNS, "partners": partners}
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def exported(path: Path, table: list[dict[str, str]]) -> bytes:
    """The content of a file, in the way that the end of its name asks for; ValueError where it cannot hold that."""
    return KINDS[path.suffix.lower()](table)


KINDS: Mapping[str, Callable[[list[dict[str, str]]], bytes]] = {".csv": as_csv, ".xlsx": as_xlsx, ".json": as_json}
"""The kinds of file, by how their names end."""
