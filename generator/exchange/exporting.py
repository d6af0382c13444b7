"""The inventory as rows, and those as CSV, JSON or a workbook, in the shape that an import reads."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.editing import departments, partners
from generator.exchange.fields import DEPARTMENT, cells, exported_columns, guarded
from generator.model import Playbook
from generator.source import Document

Choices = Callable[[str], Mapping[str, str]]
"""Gives what may stand in a column, each with its name."""


@dataclass(frozen=True)
class ExportTable:
    """The columns of an export, and the texts of each row, not yet guarded; those that are empty are left out."""

    columns: tuple[str, ...]
    rows: Sequence[Mapping[str, str]]


def exported_table(documents: Mapping[str, Document], playbook: Playbook, wanted: Iterable[str]) -> ExportTable:
    """One row an entry of the wanted departments."""
    columns = exported_columns(playbook.settings.fields)
    rows = [
        {DEPARTMENT: home.id, **cells(entry.data), "name": playbook.partners[entry.id].name}
        for home in departments(documents)
        if home.id in wanted
        for entry in partners(documents, home)
    ]
    return ExportTable(columns, [{name: text for name, text in row.items() if name in columns} for row in rows])


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
