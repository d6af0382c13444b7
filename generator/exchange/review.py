"""The review file: what an import could not decide, for somebody to decide, as a CSV beside the spreadsheet."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.exchange.fields import guarded, unguarded
from generator.exchange.matching import Question
from generator.exchange.sheets import BAD_COLUMN, load_sheet
from generator.problems import Place, Problem

_HEAD = ("field", "value", "rows", "reason", "choices", "decision")
_MOST = 20


@dataclass(frozen=True)
class Decisions:
    """What was decided, by field and value; `delimiter` is how the file is written, None where there is none."""

    made: Mapping[tuple[str, str], str] = field(default_factory=dict)
    delimiter: str | None = None


def review_bytes(questions: Sequence[Question], decisions: Decisions, delimiter: str) -> bytes:
    """The open questions, then what was decided before; with the delimiter of the old file, or else this one."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", delimiter=decisions.delimiter or delimiter)
    writer.writerow(_HEAD)
    asked = {(question.field, question.value) for question in questions}
    for question in questions:
        rows = ", ".join(map(str, question.rows[:_MOST])) + (" and more" if len(question.rows) > _MOST else "")
        key = (question.field, question.value)
        cells = (*key, rows, question.reason, question.choices, decisions.made.get(key, ""))
        writer.writerow(map(guarded, cells))
    for (name, value), decision in decisions.made.items():
        if (name, value) not in asked:
            writer.writerow(map(guarded, (name, value, "", "decided", "", decision)))
    # The mark in front tells Excel that the letters are in UTF-8.
    return out.getvalue().encode("utf-8-sig")


def load_decisions(path: Path) -> tuple[Decisions, list[Problem]]:
    """What was decided, also after a spreadsheet program has saved the file; nothing where there is none."""
    if not os.path.lexists(path):
        return Decisions(), []
    sheet, problems = load_sheet(path)
    if sheet is None:
        return Decisions(), problems
    if tuple(cell.strip().casefold() for cell in sheet.rows[0].cells) != _HEAD:
        message = f"this is no review file: its first row should be {', '.join(_HEAD)}"
        hint = "bring that row back, or move the file away: the next import writes it anew"
        return Decisions(), [Problem(BAD_COLUMN, message, Place(path.name), hint)]
    decided = {}
    for row in sheet.rows[1:]:
        cells = [unguarded(cell) for cell in (*row.cells, *[""] * len(_HEAD))]
        if cells[5]:
            decided[cells[0], cells[1]] = cells[5]
    return Decisions(decided, sheet.delimiter), []
