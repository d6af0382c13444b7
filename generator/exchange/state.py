"""What a spreadsheet said at its last import, kept beside it: by that it is told who changed what since."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.exchange.fields import COLUMNS, DEPARTMENT, columns_of, guarded, unguarded
from generator.exchange.rows import ExportTable
from generator.exchange.sheets import BAD_COLUMN, load_sheet
from generator.model import Playbook
from generator.problems import Place, Problem

STATE_END = ".imported.csv"
"""What its name ends in, in place of the end of the spreadsheet's."""

STATE_MARK = "department,id"
"""How every such file begins."""

UNDECIDED = "?"
"""What stands in place of a cell that nobody could read yet: that text itself would stand behind an apostrophe."""

Key = tuple[str, str]
"""A department, and the id of a partner; with the number of the entry behind it, where the department has several."""


def key(department: str, partner: str, entry: int = 0) -> Key:
    """Where the state has an entry."""
    return department, f"{partner} {entry + 1}" if entry else partner


def partner_of(entry: Key) -> str:
    """The id of the partner, as the state has it."""
    return entry[1].partition(" ")[0]


@dataclass(frozen=True)
class LastImport:
    """The texts of cells, by entry and column, as an export would write them; empty where a cell said nothing.

    `known` are the places of all that a department's rows said of a partner, by its id of today: of two partners that
    became one, each keeps what its own rows said.
    """

    cells: Mapping[Key, Mapping[str, str]] = field(default_factory=dict)
    known: Mapping[Key, Sequence[Key]] = field(default_factory=dict)

    def said(self, entry: Key, column: str) -> str | None:
        """What the cell said; None where nobody knows."""
        return self.cells.get(entry, {}).get(column)


def exported_state(table: ExportTable) -> dict[Key, Mapping[str, str]]:
    """The state after an export of these rows: what a sheet says that nobody has edited yet."""
    numbers: dict[Key, int] = {}
    cells: dict[Key, Mapping[str, str]] = {}
    for row in table.rows:
        department, ident = row[DEPARTMENT], row["id"]
        entry = numbers[department, ident] = numbers.get((department, ident), -1) + 1
        texts = {column: row.get(column, "") for column in table.columns if column not in (DEPARTMENT, "id")}
        cells[key(department, ident, entry)] = texts
    return cells


def state_text(cells: Mapping[Key, Mapping[str, str]]) -> str:
    """The text of a state: one line an entry, by department and id, with the columns that any of them has."""
    used = dict.fromkeys(column for texts in cells.values() for column in texts)
    ranks = {column: rank for rank, column in enumerate(COLUMNS)}
    columns = sorted(used.keys() - {DEPARTMENT, "id"}, key=lambda column: (ranks.get(column, len(ranks)), column))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([DEPARTMENT, "id", *columns])
    for department, ident in sorted(cells):
        texts = cells[department, ident]
        written = [guarded(texts[column]) if column in texts else UNDECIDED for column in columns]
        writer.writerow([department, ident, *written])
    return out.getvalue()


def load_state(path: Path, playbook: Playbook) -> tuple[LastImport, list[Problem]]:
    """The state in a file, with the ids and the columns of today; none where there is no file."""
    if not os.path.lexists(path):
        return LastImport(), []
    sheet, problems = load_sheet(path)
    if sheet is None:
        return LastImport(), problems
    titles = [cell.strip() for cell in sheet.rows[0].cells]
    if titles[:2] != [DEPARTMENT, "id"]:
        message = f"this is not what an import keeps: its first row should begin with {STATE_MARK}"
        hint = "take it back from git, or move it away: then what the spreadsheet says counts"
        return LastImport(), [Problem(BAD_COLUMN, message, Place(path.name), hint)]
    current = {old: partner.id for partner in playbook.partners.values() for old in partner.former_ids}
    homes = {old: one.id for one in playbook.departments.values() for old in one.formerly}
    columns = columns_of(playbook.settings.fields)
    lines = [*_lines(titles, (row.cells for row in sheet.rows[1:]), homes, columns)]
    return _last_import(lines, current), []


def _last_import(lines: Iterable[tuple[Key, Mapping[str, str]]], current: Mapping[str, str]) -> LastImport:
    """What these lines say, each under the id that its partner has today, unless another line stands there."""
    cells: dict[Key, Mapping[str, str]] = {}
    known: dict[Key, list[Key]] = {}
    # First those that need no other id.
    for old, texts in sorted(lines, key=lambda line: partner_of(line[0]) in current):
        partner = current.get(partner_of(old), partner_of(old))
        new = old[0], f"{partner}{old[1].removeprefix(partner_of(old))}"
        place = old if new in cells else new
        cells[place] = texts
        known.setdefault((old[0], partner), []).append(place)
    return LastImport(cells, known)


def _lines(
    titles: list[str], rows: Iterable[tuple[str, ...]], homes: Mapping[str, str], columns: Container[str]
) -> Iterator[tuple[Key, Mapping[str, str]]]:
    for cells in rows:
        texts = dict(zip(titles, (*cells, *[""] * len(titles)), strict=False))
        department, ident = texts.pop(DEPARTMENT), texts.pop("id")
        found = {column: unguarded(text) for column, text in texts.items() if column in columns and text != UNDECIDED}
        yield (homes.get(department, department), ident), found
