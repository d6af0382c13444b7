"""Problems as workflow commands, which GitHub shows as annotations on the lines of a pull request.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions says what they
are, and the toolkit's command.ts how text is escaped in them.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.problems import Severity
from generator.reports.format import Report, Result
from generator.reports.printable import printable
from generator.reports.text import counts

_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def github_report(report: Report) -> str:
    """One command a line, then a line that counts them, for the log."""
    total = counts({severity: report.count(severity) for severity in Severity})
    return "".join(f"{line}\n" for line in [*_commands(report), total or "no problems"])


def _commands(report: Report) -> Iterator[str]:
    # GitHub shows ten of each kind for a step: those that fail the run come first.
    for result in sorted(report.results, key=lambda result: not result.fails):
        message = result.message + (f"\nhelp: {result.hint}" if result.hint else "")
        properties = ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in _properties(result).items())
        yield f"::{'error' if result.fails else 'warning'} {properties}::{_escaped(message, _DATA)}"


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
