"""The findings that are known and let pass: a text file, one finding a line, written by `playbook baseline`.

A line is a finding's code, partner, department (each - for none) and key, and so stays what it is while names, days and
wording change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from generator.findings import Finding, Identity, identify, new_ids
from generator.model import Playbook
from generator.problems import Code, Place, Problem, Severity, define_error, suggest
from generator.source import secrets
from generator.source.reading import read

BAD_BASELINE = define_error(
    "bad-baseline",
    "A line of the baseline that cannot be used",
    meaning="The baseline names findings that are known, so that only new ones count. Each of its lines is a finding: "
    "its code, the partner, the department (each a hyphen for none) and what tells it from others, as `playbook "
    "baseline` writes them. A line of it was changed by hand or by a merge, or the file is something else.",
    fix="Run `playbook baseline` with the name of the file: it writes the file anew. Then review the difference.",
)

MARK = "# playbook baseline"
"""How the first line of every baseline begins."""

_FORMAT = f"{MARK}, format "
_HEAD = f"""\
{_FORMAT}2: findings that are known, so that `playbook check --baseline` lets them pass.
# Written by `playbook baseline`; each line is a code, a partner, a department (or -), and what else it is known by.
"""
_LIMIT = 20_000_000


@dataclass(frozen=True)
class KnownFinding:
    """A finding that may pass, as `line` says, and the number of that line."""

    line: str
    number: int


@dataclass(frozen=True)
class Baseline:
    """Every finding that may pass, in the order of the file; `old` where its lines are those of format 1."""

    known: tuple[KnownFinding, ...]
    old: bool


@dataclass(frozen=True)
class Comparison:
    """The findings that count, how many others pass, and what is named but no longer found."""

    new: tuple[Finding, ...]
    known: int
    stale: tuple[KnownFinding, ...]


def text(findings: Iterable[Finding]) -> str:
    """A baseline that lets exactly these findings pass, whole."""
    lines = sorted(line(identify(finding)) for finding in findings)
    return "".join([_HEAD, *(f"{written}\n" for written in lines)])


def load_baseline(path: Path, codes: Mapping[str, Code]) -> tuple[Baseline, str, list[Problem]]:
    """The baseline, its text, and every problem in it; `codes` are all that there are."""
    file = path.as_posix()
    text, problem = read(path, file, _LIMIT)
    if problem is not None:
        return Baseline((), old=False), text, [problem]
    baseline, problems = parse(text, file, codes)
    return baseline, text, problems


def parse(text: str, file: str, codes: Mapping[str, Code]) -> tuple[Baseline, list[Problem]]:
    """The baseline of a text, and every problem in it.

    Empty lines and those that begin with # are skipped; one that stands twice may pass twice.
    """
    old = not text.startswith(_FORMAT)
    nothing = Baseline((), old)
    if not text.startswith(MARK):
        message = f"this is no baseline: the first line of one begins with {MARK!r}"
        return nothing, [Problem(BAD_BASELINE, message, Place(file), "run `playbook baseline` with another file name")]
    if not old and not text.startswith(f"{_FORMAT}2:"):
        message = "this baseline has a format that this version of the program does not know"
        return nothing, [Problem(BAD_BASELINE, message, Place(file), "use a newer version, or write the file anew")]
    known: list[KnownFinding] = []
    shown, problems = secrets.redacted(text, file)
    for number, row in enumerate(shown.split("\n"), 1):
        written = row.rstrip()
        if not written or written.startswith("#"):
            continue
        if problem := _line_problem(written, Place(file, number), codes, old):
            problems.append(problem)
        else:
            known.append(KnownFinding(written, number))
    return Baseline(tuple(known), old), problems


def compare(
    findings: Iterable[Finding], playbook: Playbook, baseline: Baseline, old_line: Callable[[Finding], str]
) -> Comparison:
    """Which findings of the playbook count beside the baseline; each of its lines lets one pass.

    `old_line` is the line of a finding in format 1.  Ids that the playbook has renamed are known by their old names.
    """
    renamed = new_ids(playbook)
    lines = [known.line if baseline.old else line(_identity(known.line).now(renamed)) for known in baseline.known]
    remaining = Counter(lines)
    new = []
    for finding in findings:
        written = old_line(finding) if baseline.old else line(identify(finding))
        if remaining[written]:
            remaining[written] -= 1
        else:
            new.append(finding)
    stale = []
    for written, known in zip(reversed(lines), reversed(baseline.known), strict=True):
        if remaining[written]:
            remaining[written] -= 1
            stale.append(known)
    return Comparison(tuple(new), len(lines) - len(stale), tuple(reversed(stale)))


def line(identity: Identity) -> str:
    """The line that lets a finding of this identity pass."""
    code, partner, department, key = identity
    return " ".join([code, partner or "-", department or "-", *map(_escaped, key)])


def _identity(written: str) -> Identity:
    code, partner, department, *key = written.split()
    nobody = {"-": None}
    return Identity(code, nobody.get(partner, partner), nobody.get(department, department), tuple(map(unquote, key)))


def _escaped(part: str) -> str:
    """A part of a key without blanks and without what cannot be seen, as in an address: %20."""
    return "".join(quote(char) if char in " %" or not char.isprintable() else char for char in part)


def _line_problem(written: str, place: Place, codes: Mapping[str, Code], old: bool) -> Problem | None:
    begin = len(written) - len(written.lstrip())
    code, *fields = written.split()
    code_place = place._replace(column=begin + 1, length=len(code))
    whole = place._replace(length=len(written))
    warnings = [slug for slug, known in codes.items() if known.severity is Severity.WARNING]
    if code not in warnings:
        if code in codes:
            return Problem(BAD_BASELINE, f"{code} is an error, and errors cannot pass", code_place, "mend it")
        return Problem(BAD_BASELINE, f"there is no finding {code!r}", code_place, suggest(code, warnings))
    if begin or len(fields) < (3 if old else 2):
        message = "a line has a code, a partner, a department (or -) and a key, with a space between them"
        return Problem(BAD_BASELINE, message, whole, "write the file anew")
    strange = next((part for part in fields[2:] if ":" not in part), None)
    if strange is not None and not old:
        message = f"{strange!r} is no part of a key: one has a kind, a colon and a value"
        return Problem(BAD_BASELINE, message, whole, "write the file anew")
    return None
