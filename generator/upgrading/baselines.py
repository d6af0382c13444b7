"""Baselines of earlier formats."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import NamedTuple

from generator.findings import Finding, word
from generator.formats.baseline import (
    FORMAT,
    HEAD,
    KnownFinding,
    another_format,
    code_problem,
    format_of,
    known_lines,
    lines,
)
from generator.loading import Loaded
from generator.model import Playbook
from generator.problems import Code, Problem
from generator.reports.printable import printable


class Rewritten(NamedTuple):
    """A baseline in the next format, the lines of before that are comments in it, and what is wrong with others."""

    text: str
    gone: tuple[KnownFinding, ...] = ()
    problems: tuple[Problem, ...] = ()


class BaselineMigration(NamedTuple):
    """A step from one format of baselines to the next."""

    what: str
    """What it changes, as a sentence for editors."""
    rewrite: Callable[[str, str, Loaded, Mapping[str, Code]], Rewritten]
    """Gets the text, the file's name, data without errors, and all codes that there are."""


class UpgradedBaseline(NamedTuple):
    """The new text, what was done, a sentence a step, and each line that became a comment, as nothing like it is found.

    Where there are problems, the text is as it was.
    """

    text: str
    done: tuple[str, ...]
    gone: tuple[KnownFinding, ...]
    problems: tuple[Problem, ...]


def upgrade_baseline(text: str, file: str, checked: Loaded, codes: Mapping[str, Code]) -> UpgradedBaseline:
    """A baseline in the format of today; nothing is done where it is that already, and a newer one is a problem."""
    written = format_of(text, file)
    if isinstance(written, int) and written > FORMAT:
        written = another_format(written, file) or written
    if isinstance(written, Problem):
        return UpgradedBaseline(text, (), (), (written,))
    done: list[str] = []
    gone: list[KnownFinding] = []
    for step in MIGRATIONS[written - 1 :]:
        rewritten = step.rewrite(text, file, checked, codes)
        if rewritten.problems:
            return UpgradedBaseline(text, (), (), rewritten.problems)
        text = rewritten.text
        done.append(step.what)
        gone += rewritten.gone
    return UpgradedBaseline(text, tuple(done), tuple(gone), ())


_WRITTEN_BY = (
    "# Written by `playbook baseline`; each line is a code, a partner, a department (or -) and what was found."
)
"""The second line of a baseline of format 1."""


def _ids_for_words(text: str, file: str, checked: Loaded, codes: Mapping[str, Code]) -> Rewritten:
    """Format 1 named a finding by its words, format 2 does by ids: each line gives way to that of its finding.

    Comments, order and line ends stay.  A line without a finding has no ids, and stays as a comment: should the data be
    that of another baseline, nothing is lost.
    """
    assert checked.playbook is not None
    known, problems = lines(text, file)
    wrong = [problem for found in known if (problem := code_problem(found, file, codes, fields=4))]
    if problems or wrong:
        return Rewritten(text, problems=(*problems, *wrong))
    by_words: defaultdict[str, list[str]] = defaultdict(list)
    findings = checked.findings[::-1]
    for finding, known_line in zip(findings, known_lines(findings, checked.playbook), strict=True):
        by_words[_words(finding, checked.playbook)].append(known_line)
    by_number = {found.number: found for found in known}
    head, written_by = HEAD.splitlines()
    rows, gone = [], []
    for number, row in enumerate(text.split("\n"), 1):
        end = "\r" if row.endswith("\r") else ""
        if number == 1:
            rows.append(head + end)
        elif number == 2 and row == _WRITTEN_BY + end:
            rows.append(written_by + end)
        elif number not in by_number:
            rows.append(row)
        elif same := by_words[row.rstrip()]:
            rows.append(same.pop() + end)
        else:
            rows.append(f"# no longer found: {row}")
            gone.append(by_number[number])
    return Rewritten("\n".join(rows), tuple(gone))


def _words(finding: Finding, playbook: Playbook) -> str:
    """The line of a finding in format 1: with the partner's id for its name, and without what counts the days."""
    message = re.sub(r",? \d+ days? ago\b", "", word(finding, playbook).message)
    if finding.partner is not None:
        name = re.escape(playbook.partners[finding.partner].name)
        message = re.sub(rf"(?<!\w){name}(?!\w)", lambda _: str(finding.partner), message)
    fields = (finding.code.slug, finding.partner or "-", finding.department or "-", printable(message))
    return " ".join(fields).rstrip()


MIGRATIONS = (BaselineMigration("findings are named by ids, and no longer by words", _ids_for_words),)
"""The first leads from format 1 to 2, and so on: `formats.baseline.FORMAT` is one more than there are."""
