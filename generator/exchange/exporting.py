"""The rows of an export as CSV, JSON or a workbook, in the shape that an import reads."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from generator.exchange.fields import guarded
from generator.exchange.rows import Choices, ExportTable


def as_csv(table: ExportTable) -> bytes:
    """With the mark by which Excel knows UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([guarded(row.get(column, "")) for column in table.columns] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def as_json(table: ExportTable) -> bytes:
    """An object with `partners`: for each entry its columns, those without a text left out."""
    partners = [{column: guarded(text) for column, text in row.items()} for row in table.rows]
    head: dict[str, Any] = {"format": "partner-playbook-export", "version": 1}
    data = {**head, "columns": table.columns, "partners": partners}
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def exported(path: Path, table: ExportTable, choices: Choices) -> bytes:
    """The content of a file, in the way that the end of its name asks for; ValueError where it cannot hold that."""
    kind = path.suffix.lower()
    if kind == ".xlsx":
        # Most commands never meet a spreadsheet, and loading this takes a while.
        from generator.exchange.workbook import as_xlsx

        return as_xlsx(table, choices)
    return as_csv(table) if kind == ".csv" else as_json(table)


KINDS = (".csv", ".xlsx", ".json")
"""The kinds of file, by how their names end."""

SHEETS = (*KINDS, ".ods")
"""How the names of spreadsheets end that can be read back."""
