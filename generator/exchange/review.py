"""The review file: what an import could not decide, for somebody to decide, as a CSV beside the spreadsheet."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.exchange.answers import plain
from generator.exchange.fields import guarded, unguarded
from generator.exchange.matching import Question
from generator.exchange.sheets import BAD_COLUMN, load_sheet
from generator.problems import Place, Problem

_HEAD = ("field", "value", "rows", "names", "reason", "choices", "decision")
_NEEDED = ("field", "value", "decision")
_MOST = 20
_NAMED = 5


@dataclass(frozen=True)
class Decisions:
    """What was decided, by field and value; `delimiter` is how the file is written, None where there is none."""

    made: Mapping[tuple[str, str], str] = field(default_factory=dict)
    delimiter: str | None = None


def review_bytes(
    questions: Sequence[Question], names: Mapping[int, str], decisions: Decisions, delimiter: str
) -> bytes:
    """The open questions, then what was decided before; with the delimiter of the old file, or else this one.

    `names` are those of the partners, by the number of the row.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", delimiter=decisions.delimiter or delimiter)
    writer.writerow(_HEAD)
    asked = {(question.field, question.value) for question in questions}
    for question in questions:
        rows = ", ".join(map(str, question.rows[:_MOST])) + (" and more" if len(question.rows) > _MOST else "")
        key = (question.field, question.value)
        about = named(question, names)
        cells = (*key, rows, about, question.reason, question.choices, decisions.made.get(key, ""))
        writer.writerow(map(guarded, cells))
    for (name, value), decision in decisions.made.items():
        if (name, value) not in asked:
            writer.writerow(map(guarded, (name, value, "", "", "decided", "", decision)))
    # The mark in front tells Excel that the letters are in UTF-8.
    return out.getvalue().encode("utf-8-sig")


def named(question: Question, names: Mapping[int, str]) -> str:
    """The partners that a question is about: the first few, and how many more."""
    found = list(dict.fromkeys(names[row] for row in question.rows if row in names and names[row] != question.value))
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return "; ".join(found[:_NAMED]) + more


def load_decisions(path: Path) -> tuple[Decisions, list[Problem]]:
    """What was decided, also after a spreadsheet program has saved the file; nothing where there is none."""
    if not os.path.lexists(path):
        return Decisions(), []
    sheet, problems = load_sheet(path)
    if sheet is None:
        return Decisions(), problems
    titles = [cell.strip().casefold() for cell in sheet.rows[0].cells]
    if not {*_NEEDED} <= {*titles}:
        message = f"this is no review file: its first row should be {', '.join(_HEAD)}"
        hint = "bring that row back, or move the file away: the next import writes it anew"
        return Decisions(), [Problem(BAD_COLUMN, message, Place(path.name), hint)]
    decided = {}
    for row in sheet.rows[1:]:
        cells = dict(zip(titles, (unguarded(cell) for cell in (*row.cells, *[""] * len(titles))), strict=False))
        if cells["decision"]:
            decided[cells["field"], cells["value"]] = plain(cells["decision"])
    return Decisions(decided, sheet.delimiter), []
