"""The findings that are known and let pass: a text file, one finding a line, written by `playbook baseline`.

A line is a finding's code, partner, department (each - for none) and key, and so stays what it is while names, days and
wording change.  Parts such as "also:sales" name the other departments of the partner: they tell whether it moved.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from generator.findings import Finding, FoundEarlier, Identity, Today, as_they_stand, identify
from generator.model import RULE_CODE, Playbook
from generator.problems import Code, Place, Problem, Severity, define_error, suggest
from generator.source import other_format, secrets
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

FORMAT = 2
"""The one that this version of the program reads and writes; `generator.upgrading` leads to it from each one before."""

HEAD = f"""\
{MARK}, format {FORMAT}: findings that are known, so that `playbook check --baseline` lets them pass.
# Written by `playbook baseline`; each line is a code, a partner, a department (or -), and what else it is known by.
"""
_RETIRED = frozenset({"owner-unlisted"})
"""Findings of earlier versions that nothing finds any more: a line of one is no mistake, but can go."""
_NUMBERED = re.compile(rf"{re.escape(MARK)}, format (?:([1-9]\d{{0,8}}):)?")
_ALSO = "also:"
_LIMIT = 20_000_000


@dataclass(frozen=True)
class KnownFinding:
    """A finding that may pass, as `line` says, and the number of that line."""

    line: str
    number: int


@dataclass(frozen=True)
class Baseline:
    """Every finding that may pass, in the order of the file."""

    known: tuple[KnownFinding, ...]


@dataclass(frozen=True)
class Comparison:
    """The findings that count, how many others pass, and what is named but no longer found."""

    new: tuple[Finding, ...]
    known: int
    stale: tuple[KnownFinding, ...]


def text(findings: Iterable[Finding], playbook: Playbook) -> str:
    """A baseline that lets exactly these findings of the playbook pass, whole."""
    lines = sorted(known_lines(findings, playbook))
    return "".join([HEAD, *(f"{written}\n" for written in lines)])


def load_baseline(path: Path, codes: Mapping[str, Code]) -> tuple[Baseline, str, list[Problem]]:
    """The baseline, its text, and every problem in it; `codes` are all that there are."""
    file = path.as_posix()
    text, problem = read_baseline(path)
    if problem is not None:
        return Baseline(()), text, [problem]
    baseline, problems = parse(text, file, codes)
    return baseline, text, problems


def read_baseline(path: Path) -> tuple[str, Problem | None]:
    """The text of a baseline, or the problem that keeps it from being read."""
    return read(path, path.as_posix(), _LIMIT)


def parse(text: str, file: str, codes: Mapping[str, Code]) -> tuple[Baseline, list[Problem]]:
    """The baseline of a text, and every problem in it.

    Empty lines and those that begin with # are skipped; one that stands twice may pass twice.
    """
    written = format_of(text, file)
    if isinstance(written, Problem):
        return Baseline(()), [written]
    if problem := another_format(written, file):
        return Baseline(()), [problem]
    known, problems = lines(text, file)
    wrong = {found.number: _line_problem(found, file, codes) for found in known}
    problems += [problem for problem in wrong.values() if problem]
    return Baseline(tuple(found for found in known if not wrong[found.number])), problems


def format_of(text: str, file: str) -> int | Problem:
    """The format that a baseline is written for: the first one had no number.  A problem where it is no baseline."""
    if not text.startswith(MARK):
        message = f"this is no baseline: the first line of one begins with {MARK!r}"
        return Problem(BAD_BASELINE, message, Place(file), "run `playbook baseline` with another file name")
    if not (numbered := _NUMBERED.match(text)):
        return 1
    if not numbered[1]:
        return Problem(BAD_BASELINE, "the first line names no format", Place(file), "write the file anew")
    return int(numbered[1])


def another_format(written: int, file: str) -> Problem | None:
    """The problem of a baseline that is written for another format than that of today."""
    return other_format("this baseline", written, FORMAT, Place(file), f"playbook upgrade --baseline {file}")


def lines(text: str, file: str) -> tuple[list[KnownFinding], list[Problem]]:
    """The lines of a baseline that stand for findings, without secrets and what is blank at their ends.

    Empty lines and those that begin with # are no such lines.
    """
    shown, problems = secrets.redacted(text, file)
    rows = ((number, row.rstrip()) for number, row in enumerate(shown.split("\n"), 1))
    return [KnownFinding(row, number) for number, row in rows if row and not row.startswith("#")], problems


def compare(findings: Iterable[Finding], playbook: Playbook, baseline: Baseline) -> Comparison:
    """Which findings of the playbook count beside the baseline; each of its lines lets one pass.

    Ids that the playbook has renamed are known by their old names, and what surely moved to another department is known
    there.
    """
    today = Today.of(playbook)
    lines = [line(today.known(_earlier(known.line))) for known in baseline.known]
    remaining = Counter(lines)
    new = []
    for finding in findings:
        known_by = line(identify(finding))
        if remaining[known_by]:
            remaining[known_by] -= 1
        else:
            new.append(finding)
    stale = []
    for written, known in zip(reversed(lines), reversed(baseline.known), strict=True):
        if remaining[written]:
            remaining[written] -= 1
            stale.append(known)
    return Comparison(tuple(new), len(lines) - len(stale), tuple(reversed(stale)))


def known_lines(findings: Iterable[Finding], playbook: Playbook) -> Iterator[str]:
    """The line of a baseline for each of these findings of the playbook."""
    for identity, others in as_they_stand(map(identify, findings), playbook):
        yield " ".join([line(identity), *(f"{_ALSO}{other}" for other in others)])


def line(identity: Identity) -> str:
    """A finding of this identity, as a baseline names it wherever else its partner is."""
    code, partner, department, key = identity
    return " ".join([code, partner or "-", department or "-", *map(_escaped, key)])


def _earlier(written: str) -> FoundEarlier:
    code, partner, department, *parts = written.split()
    key = tuple(unquote(part) for part in parts if not part.startswith(_ALSO))
    others = tuple(part.removeprefix(_ALSO) for part in parts if part.startswith(_ALSO))
    nobody = {"-": None}
    return FoundEarlier(Identity(code, nobody.get(partner, partner), nobody.get(department, department), key), others)


def _escaped(part: str) -> str:
    """A part of a key without blanks and without what cannot be seen, as in an address: %20."""
    return "".join(quote(char) if char in " %" or not char.isprintable() else char for char in part)


def _line_problem(known: KnownFinding, file: str, codes: Mapping[str, Code]) -> Problem | None:
    if problem := code_problem(known, file, codes, fields=3):
        return problem
    strange = next((part for part in known.line.split()[3:] if ":" not in part), None)
    if strange is None:
        return None
    message = f"{strange!r} is no part of a key: one has a kind, a colon and a value"
    return Problem(BAD_BASELINE, message, _whole(known, file), "write the file anew")


def code_problem(known: KnownFinding, file: str, codes: Mapping[str, Code], fields: int) -> Problem | None:
    """What is wrong with a line whatever its format: its code, or that it lacks some of its `fields`."""
    begin = len(known.line) - len(known.line.lstrip())
    code, *others = known.line.split()
    place = Place(file, known.number, begin + 1, len(code))
    warnings = [slug for slug, defined in codes.items() if defined.severity is Severity.WARNING]
    # A rule of the company's own may have gone since.
    if code not in warnings and code not in _RETIRED and not code.startswith(RULE_CODE):
        if code in codes:
            return Problem(BAD_BASELINE, f"{code} is an error, and errors cannot pass", place, "mend it")
        return Problem(BAD_BASELINE, f"there is no finding {code!r}", place, suggest(code, warnings))
    if begin or len(others) < fields - 1:
        message = "a line has a code, a partner, a department (or -) and a key, with a space between them"
        return Problem(BAD_BASELINE, message, _whole(known, file), "write the file anew")
    return None


def _whole(known: KnownFinding, file: str) -> Place:
    return Place(file, known.number, length=len(known.line))
