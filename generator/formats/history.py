"""The history of the company's figures: JSON Lines, one day a line, written by `playbook snapshot`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from generator import words
from generator.model import Snapshot, frozen
from generator.problems import Place, Problem, define_error
from generator.source import secrets
from generator.source.folder import HISTORY
from generator.source.reading import read

BAD_LINE = define_error(
    "bad-history",
    "A line of the history that cannot be used",
    meaning="history.jsonl has one line for each day: a date, and whole numbers by name. The program writes it, and a "
    "line of it was changed by hand or by a merge.",
    fix="Bring the line back from an earlier version of the file, or delete it: that day is then not shown.",
)
DUPLICATE_DAY = define_error(
    "duplicate-day",
    "The same day twice in the history",
    meaning="Two lines of history.jsonl are about the same day, so nobody can tell which figures are right.",
    fix="Delete one of the two lines.",
)

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def load_history(path: Path, limit: int) -> tuple[list[Snapshot], str, list[Problem]]:
    """Every line of a history of at most `limit` bytes, in its order; the text; and every problem in it.

    Empty lines are skipped.  Names that the program does not know are kept: an older or a newer
    one may.
    """
    text, problem = read(path, HISTORY, limit)
    if problem is not None:
        return [], text, [problem]
    snapshots, problems = history_of(text)
    return snapshots, text, problems


def history_of(text: str) -> tuple[list[Snapshot], list[Problem]]:
    """Every line of a history with that text, in its order, and every problem in it."""
    snapshots: list[Snapshot] = []
    shown, problems = secrets.redacted(text, HISTORY)
    days: dict[date, int] = {}
    for number, line in enumerate(shown.split("\n"), 1):
        if not line.strip():
            continue
        recorded = _line(line, Place(HISTORY, number, 1, max(1, len(line.rstrip()))))
        if isinstance(recorded, Problem):
            problems.append(recorded)
        elif recorded.day in days:
            message = f"the day {recorded.day} stands on line {days[recorded.day]}, too"
            problems.append(Problem(DUPLICATE_DAY, message, recorded.place, "delete one of the two lines"))
        else:
            days[recorded.day] = number
            snapshots.append(recorded)
    return snapshots, problems


def with_day(
    written: bytes, days: Iterable[tuple[date, int]], day: date, figures: Mapping[str, int]
) -> tuple[bytes, str]:
    """The file with the day's line in it, and what was done: "added", "replaced" or "unchanged".

    `days` are those that the file has, with the number of their line.  Every other line stays as it is, and a new day
    goes in before the first later one.
    """
    new = json.dumps({"date": day.isoformat(), **figures}).encode() + b"\n"
    lines = written.splitlines(keepends=True)
    if lines and not lines[-1].endswith(b"\n"):
        lines[-1] += b"\n"
    known = dict(days)
    if day not in known:
        lines.insert(min((number - 1 for recorded, number in known.items() if recorded > day), default=len(lines)), new)
        return b"".join(lines), "added"
    at = known[day] - 1
    if lines[at].rstrip() == new.rstrip():
        return written, "unchanged"
    lines[at] = new
    return b"".join(lines), "replaced"


def _line(line: str, place: Place) -> Snapshot | Problem:
    hint = "bring the line back from an earlier version, or delete it"
    try:
        data = json.loads(line, object_pairs_hook=_unique_names, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        column_place = place._replace(column=min(error.colno, max(1, len(line))), length=1)
        return Problem(BAD_LINE, f"this is no JSON: {error.msg[:1].lower()}{error.msg[1:]}", column_place, hint)
    except (ValueError, RecursionError) as error:
        message = "this is nested too deeply" if isinstance(error, RecursionError) else str(error)
        return Problem(BAD_LINE, message, place, hint)
    if not isinstance(data, dict):
        return Problem(BAD_LINE, "a line holds names and numbers in braces", place, hint)
    written = data.pop("date", None)
    day = words.day(written) if isinstance(written, str) else None
    if day is None:
        return Problem(BAD_LINE, 'a line has a "date" such as "2026-11-30"', place, hint)
    for name, number in data.items():
        if not _NAME.fullmatch(name):
            return Problem(BAD_LINE, f"{name!r} is no name of a figure", place, hint)
        if type(number) is not int or number < 0:
            return Problem(BAD_LINE, f"{name} is {number!r}, and a figure is a whole number from 0 up", place, hint)
    return Snapshot(day, frozen(data), place)


def _unique_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    numbers: dict[str, Any] = {}
    for name, value in pairs:
        if name in numbers:
            raise ValueError(f"the name {name!r} stands twice")
        numbers[name] = value
    return numbers


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")
