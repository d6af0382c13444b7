"""The review file: what an import could not decide, for somebody to decide, as a CSV beside the spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.exchange.fields import guarded, unguarded
from generator.exchange.matching import Question
from generator.problems import Problem
from generator.source import load_sheet

_HEAD = ("field", "value", "rows", "reason", "choices", "decision")
REVIEW_MARK = ",".join(_HEAD)
"""The first line of every review file."""

_MOST = 20


def review_text(questions: Sequence[Question], decisions: Mapping[tuple[str, str], str]) -> str:
    """The open questions, then what was decided before."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEAD)
    asked = {(one.field, one.value) for one in questions}
    for one in questions:
        rows = ", ".join(map(str, one.rows[:_MOST])) + (" and more" if len(one.rows) > _MOST else "")
        cells = (one.field, one.value, rows, one.reason, one.choices, decisions.get((one.field, one.value), ""))
        writer.writerow(map(guarded, cells))
    for (name, value), decision in decisions.items():
        if (name, value) not in asked:
            writer.writerow(map(guarded, (name, value, "", "decided", "", decision)))
    return out.getvalue()


def load_decisions(path: Path) -> tuple[dict[tuple[str, str], str], list[Problem]]:
    """What was decided, by field and value; nothing where there is no review file."""
    if not path.exists():
        return {}, []
    sheet, problems = load_sheet(path)
    if sheet is None:
        return {}, problems
    decided = {}
    for row in sheet.rows[1:]:
        cells = [unguarded(cell) for cell in (*row.cells, *[""] * len(_HEAD))]
        if cells[5]:
            decided[cells[0], cells[1]] = cells[5]
    return decided, []
