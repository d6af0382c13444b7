"""The inventory as rows, as an export has them and the state of an export remembers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.editing import departments, partners
from generator.exchange.fields import DEPARTMENT, cells, exported_columns
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
