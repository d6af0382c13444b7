"""The findings that are known and let pass: a text file, one finding a line, written by `playbook baseline`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from generator.problems import Place, Problem, Severity, catalogue, define_error, suggest
from generator.source import secrets
from generator.source.reading import read

BAD_BASELINE = define_error(
    "bad-baseline",
    "A line of the baseline that cannot be used",
    meaning="The baseline names findings that are known, so that only new ones count. Each of its lines is a finding: "
    "its code, the partner, the department (or a hyphen) and the message, as `playbook baseline` writes them. A line "
    "of it was changed by hand or by a merge, or the file is something else.",
    fix="Run `playbook baseline` with the name of the file: it writes the file anew. Then review the difference.",
)

BASELINE_MARK = "# playbook baseline"
"""How the first line of every baseline begins."""

_LIMIT = 20_000_000


@dataclass(frozen=True)
class Known:
    """A finding that may pass, as `line` says, and the number of that line."""

    line: str
    number: int


def load_baseline(path: Path) -> tuple[list[Known], str, list[Problem]]:
    """Every finding that the file names, in its order; the text; and every problem in it.

    Empty lines and those that begin with # are skipped; one that stands twice may pass twice.
    """
    file = path.as_posix()
    text, problem = read(path, file, _LIMIT)
    if problem is not None:
        return [], text, [problem]
    if not text.startswith(BASELINE_MARK):
        message = f"this is no baseline: the first line of one begins with {BASELINE_MARK!r}"
        return [], text, [Problem(BAD_BASELINE, message, Place(file), "run `playbook baseline` with another file name")]
    found: list[Known] = []
    shown, problems = secrets.withheld(text, file)
    for number, line in enumerate(shown.split("\n"), 1):
        written = line.rstrip()
        if not written or written.startswith("#"):
            continue
        if problem := _wrong(written, file, number):
            problems.append(problem)
        else:
            found.append(Known(written, number))
    return found, text, problems


def _wrong(line: str, file: str, number: int) -> Problem | None:
    begin = len(line) - len(line.lstrip())
    fields = re.split(r" +", line.strip(), maxsplit=3)
    place = Place(file, number, begin + 1, len(fields[0]))
    codes = {slug: code for slug, code in catalogue().items() if code.severity is Severity.WARNING}
    if fields[0] not in codes:
        if fields[0] in catalogue():
            return Problem(BAD_BASELINE, f"{fields[0]} is an error, and errors cannot pass", place, "mend it")
        return Problem(BAD_BASELINE, f"there is no finding {fields[0]!r}", place, suggest(fields[0], codes))
    if len(fields) < 4 or begin:
        message = "a line has a code, a partner, a department (or -) and a message, with a space between them"
        return Problem(BAD_BASELINE, message, place._replace(column=1, length=len(line)), "write the file anew")
    return None
