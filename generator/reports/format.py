"""What a format of the report gets, which is a function from Report to text.

Every text from data that a program reads passes `printable` here, once for all formats: no format
can then be told by data to do anything, whatever reads it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.findings import Finding, WordedFinding
from generator.model import RULE_CODE
from generator.problems import Code, Problem, Severity
from generator.reports.printable import printable, printable_finding


@dataclass(frozen=True)
class Result:
    """One problem, as programs are told of it.

    `path` is relative to the repository, with slashes; `line` and `column` start at 1, and `length`
    is in characters.  `fails` says whether the problem makes the run end with an exit code of 1.  `finding` is what
    the words were made of; None of an error.
    """

    code: Code
    message: str
    hint: str
    path: str
    line: int
    column: int
    length: int
    fails: bool
    finding: Finding | None = None

    @property
    def rank(self) -> int:
        """Where only some can be shown: 0 of an error, 1 of a warning that fails the run, 2 of any other."""
        return 0 if self.code.severity is Severity.ERROR else 1 if self.fails else 2


@dataclass(frozen=True)
class Report:
    """What a run has found: `results` in order, and the `files` that were read, as paths in the repository."""

    results: tuple[Result, ...]
    files: tuple[str, ...]
    version: str

    def count(self, severity: Severity) -> int:
        return Counter(result.code.severity for result in self.results)[severity]


def _printable_code(code: Code) -> Code:
    """The code; what one of a rule of the company's own says, comes from data."""
    if not code.slug.startswith(RULE_CODE):
        return code
    return replace(code, title=printable(code.title), meaning=printable(code.meaning))


def report(problems: Iterable[Problem], files: Iterable[str], folder: str, version: str, *, strict: bool) -> Report:
    """A report for programs; `folder` is the path of the data folder in its repository, empty for the root."""

    def path(file: str) -> str:
        return "/".join(part for part in (folder.rstrip("/"), file) if part) or "."

    def result(problem: Problem) -> Result:
        place = problem.place
        return Result(
            _printable_code(problem.code),
            printable(problem.message),
            printable(problem.hint),
            path(place.file),
            place.line,
            place.column,
            place.length,
            strict or problem.severity is Severity.ERROR,
            printable_finding(problem.finding) if isinstance(problem, WordedFinding) else None,
        )

    return Report(tuple(map(result, problems)), tuple(map(path, files)), version)
