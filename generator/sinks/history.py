"""The day's figures into the history file, every other line of which stays as it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from generator.sinks.files import content, renew


def record(path: Path, days: Iterable[tuple[date, int]], day: date, figures: Mapping[str, int]) -> str:
    """Write the day's line, and say what was done: "added", "replaced" or "unchanged".

    `days` are those that the file has, with the number of their line.  A new day goes in before
    the first later one.
    """
    new = json.dumps({"date": day.isoformat(), **figures}).encode() + b"\n"
    lines = (content(path) or b"").splitlines(keepends=True)
    if lines and not lines[-1].endswith(b"\n"):
        lines[-1] += b"\n"
    known = dict(days)
    if day in known:
        at = known[day] - 1
        if lines[at].rstrip() == new.rstrip():
            return "unchanged"
        lines[at] = new
        done = "replaced"
    else:
        at = min((number - 1 for other, number in known.items() if other > day), default=len(lines))
        lines.insert(at, new)
        done = "added"
    renew(path, b"".join(lines))
    return done
