"""Problems as workflow commands, which GitHub shows as annotations on the lines of a pull request.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions says what they
are, and the toolkit's command.ts how text is escaped in them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.problems import Severity
from generator.reports.format import Report, Result
from generator.reports.printable import printable
from generator.reports.text import counts
from generator.words import count, series

_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


_SHOWN = 10
"""How many commands of a kind GitHub shows for a step; it drops the others without a word."""
_FILES = 3
"""How many files are named for those that it does not show."""


def github_report(report: Report) -> str:
    """One command a line: of each kind so many as are shown, then where the others are; last a line that counts all."""
    lines: list[str] = []
    for kind, results in _by_kind(report).items():
        lines += [_command(kind, result) for result in results[:_SHOWN]]
        if rest := results[_SHOWN:]:
            # A kind of its own: what the log says alone, nobody sees who looks at the pull request.
            more = f"{count(len(rest), f'more {kind}')} in {_files(rest)}: `playbook check` lists all."
            lines.append(f"::notice title=More than GitHub shows::{_escaped(more, _DATA)}")
    total = counts({severity: report.count(severity) for severity in Severity})
    return "".join(f"{line}\n" for line in [*lines, total or "no problems"])


def _by_kind(report: Report) -> dict[str, list[Result]]:
    """What fails the run, the errors first, and the rest."""
    failing = sorted((result for result in report.results if result.fails), key=lambda result: result.rank)
    return {"error": failing, "warning": [result for result in report.results if not result.fails]}


def _files(results: Sequence[Result]) -> str:
    """The files of some results, those with the most first."""
    files = [printable(file) for file, _ in Counter(result.path for result in results).most_common()]
    return series(files if len(files) <= _FILES else [*files[:_FILES], count(len(files) - _FILES, "other file")])


def _command(kind: str, result: Result) -> str:
    message = result.message + (f"\nhelp: {result.hint}" if result.hint else "")
    properties = ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in _properties(result).items())
    return f"::{kind} {properties}::{_escaped(message, _DATA)}"


def _properties(result: Result) -> dict[str, str]:
    return {
        "file": printable(result.path),
        "line": str(result.line),
        "col": str(result.column),
        "endColumn": str(result.column + result.length),
        "title": f"{result.code.title} ({result.code.slug})",
    }


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)
