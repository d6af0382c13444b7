"""Problems as text for a person at a terminal.

No line can be forged by data: every text that comes from it passes `printable`, excerpts stand
behind a gutter, and only this module's own words start a line.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

import click

from generator.problems import Code, Problem, Severity
from generator.reports.printable import CUT, cells, is_printed_as_it_is, printable
from generator.words import count

_EXCERPT = 100
"""The widest excerpt, in columns."""


class Lines(Protocol):
    """What is needed of a data file to show a line of it."""

    def line(self, number: int) -> str: ...


def report(problems: Sequence[Problem], documents: Mapping[str, Lines], folder: str, *, color: bool = False) -> str:
    """The problems, errors first, and a line that counts them; `folder` is how the user named the data folder."""
    by_severity = sorted(problems, key=lambda problem: problem.severity is Severity.WARNING)
    style = click.style if color else _unstyled
    parts = [_problem(problem, documents.get(problem.place.file), folder, style) for problem in by_severity]
    return "\n".join([*parts, summary(problems)]) + "\n"


def summary(problems: Iterable[Problem]) -> str:
    """How many there are, such as "2 errors, 5 warnings in 3 files"."""
    problems = list(problems)
    if not problems:
        return "no problems"
    total = counts(Counter(problem.severity for problem in problems))
    return f"{total} in {count(len({problem.place.file for problem in problems}), 'file')}"


def counts(numbers: Mapping[Severity, int]) -> str:
    """Such as "2 errors, 5 warnings"; empty where there are none."""
    return ", ".join(count(numbers[severity], severity.value) for severity in Severity if numbers[severity])


def explanation(code: Code) -> str:
    """What a code means and how to mend it."""
    return "\n".join(
        [
            f"{code.slug} ({code.severity.value}): {printable(code.title)}",
            "",
            textwrap.fill(printable(code.meaning), 88),
            "",
            textwrap.fill(f"How to mend it: {code.fix}", 88),
            "",
        ]
    )


def listing(codes: Iterable[Code], own: Iterable[Code] = ()) -> str:
    """Every code with its title, errors first; `own` are those of the company's own rules."""
    codes, own = list(codes), list(own)
    width = max((len(code.slug) for code in [*codes, *own]), default=0)
    parts = []
    for title, some in (
        ("Errors stop the build:", [code for code in codes if code.severity is Severity.ERROR]),
        ("Warnings are findings:", [code for code in codes if code.severity is Severity.WARNING]),
        *([("So is what breaks a rule of the company's own:", own)] if own else []),
    ):
        lines = [f"  {code.slug:<{width}}  {printable(code.title)}" for code in some]
        parts.append("\n".join([title, *lines, ""]))
    return "\n".join([*parts, "`playbook explain CODE` says what one means and how to mend it.", ""])


def _unstyled(text: str, **_: object) -> str:
    return text


def _problem(problem: Problem, document: Lines | None, folder: str, style: Callable[..., str]) -> str:
    place, color = problem.place, _color(problem.severity)
    path = "/".join(part for part in (folder.rstrip("/") or folder, place.file) if part)
    where = style(f"{printable(path)}:{place.line}:{place.column}:", bold=True)
    what = style(f"{problem.severity.value}[{problem.code.slug}]", fg=color, bold=True)
    lines = [f"{where} {what}: {printable(problem.message)}"]
    gutter = len(str(place.line)) + 2
    if document is not None:
        shown, caret = _excerpt(document.line(place.line), place.column, place.length)
        bar = style("|", fg="bright_black")
        lines.append(f"{place.line:>{gutter}} {bar} {shown}".rstrip())
        lines.append(f"{'':{gutter}} {bar} {style(caret, fg=color)}")
    if problem.hint:
        lines.append(f"{'':{gutter}} {style('help:', fg='cyan')} {printable(problem.hint)}")
    return "\n".join(lines) + "\n"


def _excerpt(line: str, column: int, length: int) -> tuple[str, str]:
    """The part of a line around a place, and the carets that belong under it."""
    if len(line) <= _EXCERPT and is_printed_as_it_is(line):
        # As nearly all are: the whole line is shown.
        at = min(column - 1, len(line))
        return line, " " * at + "^" * max(1, min(length, len(line) - at))
    # Nobody reads past a few hundred characters, and a line may have megabytes.
    begin = max(0, min(column - 1, len(line)) - 4 * _EXCERPT)
    row = cells(line[begin : begin + 8 * _EXCERPT])
    at = min(column - 1 - begin, len(row))
    end = max(at, min(at + length, len(row)))

    fits = not begin and sum(width for _, width in row[:end]) <= _EXCERPT
    first, room = (0, 0) if fits else (at, _EXCERPT // 3)
    while first > 0 and room >= row[first - 1][1]:
        first -= 1
        room -= row[first][1]
    last, room = first, _EXCERPT
    while last < len(row) and room >= row[last][1]:
        room -= row[last][1]
        last += 1

    before = CUT if begin or first else ""
    after = CUT if begin + last < len(line) else ""
    shown = "".join(text for text, _ in row[first:last])
    indent = len(before) + sum(width for _, width in row[first:at])
    marked = sum(width for _, width in row[at : min(end, last)])
    return f"{before}{shown}{after}", " " * indent + "^" * max(1, marked)


def _color(severity: Severity) -> str:
    match severity:
        case Severity.ERROR:
            return "red"
        case Severity.WARNING:
            return "yellow"
