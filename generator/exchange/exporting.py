"""The inventory as rows, and those as CSV, JSON or a workbook, in the shape that an import reads."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from generator.editing import departments, partners
from generator.exchange.fields import COLUMNS, DEPARTMENT, cells, guarded
from generator.model import Playbook
from generator.source import Document

Choices = Callable[[str], Mapping[str, str]]
"""Gives what may stand in a column, each with its name."""


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


def as_json(table: list[dict[str, str]]) -> bytes:
    """An object with `partners`: for each entry its columns, those without a text left out."""
    partners = [{column: guarded(text) for column, text in row.items()} for row in table]
    data: dict[str, Any] = {"format": "partner-playbook-export", "version": 1, "columns": COLUMNS, "partners": partners}
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def exported(path: Path, table: list[dict[str, str]], choices: Choices) -> bytes:
    """The content of a file, in the way that the end of its name asks for; ValueError where it cannot hold that."""
    kind = path.suffix.lower()
    if kind == ".xlsx":
        # Most commands never meet a spreadsheet, and loading this takes a while.
        from generator.exchange.workbook import as_xlsx

        return as_xlsx(table, choices)
    return as_csv(table) if kind == ".csv" else as_json(table)


KINDS = (".csv", ".xlsx", ".json")
"""The kinds of file, by how their names end."""
