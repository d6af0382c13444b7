"""Which findings a baseline lets pass, and which of its lines are stale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from generator.findings import Finding, find, identify
from generator.model import Playbook
from generator.reports.printable import printable
from generator.source import BASELINE_MARK, Known

_HEAD = f"""\
{BASELINE_MARK}: findings that are known, so that `playbook check --baseline` lets them pass.
# Written by `playbook baseline`; each line is a code, a partner, a department (or -) and what was found.
"""


@dataclass(frozen=True)
class Passed:
    """The findings that count, how many others pass, and what is named but no longer found."""

    new: tuple[Finding, ...]
    known: int
    stale: tuple[Known, ...]


def line(finding: Finding, playbook: Playbook) -> str:
    """The line that lets a finding pass: it holds no line number, no count of days and no name of the partner."""
    known = identify(finding, playbook)
    return f"{known.code} {known.partner or '-'} {known.department or '-'} {printable(known.rest)}".rstrip()


def lines(playbook: Playbook) -> list[str]:
    """The lines of a baseline that lets exactly the findings pass that there are, in order."""
    return sorted(line(finding, playbook) for finding in find(playbook))


def text(lines: Iterable[str]) -> str:
    """A baseline of these lines, whole."""
    return "".join([_HEAD, *(f"{line}\n" for line in lines)])


def passed(findings: Iterable[Finding], playbook: Playbook, baseline: Iterable[Known]) -> Passed:
    """Which findings count beside the baseline; each of its lines lets one pass."""
    baseline = list(baseline)
    left = Counter(known.line for known in baseline)
    new = []
    for finding in findings:
        written = line(finding, playbook)
        if left[written]:
            left[written] -= 1
        else:
            new.append(finding)
    stale = []
    for known in reversed(baseline):
        if left[known.line]:
            left[known.line] -= 1
            stale.append(known)
    return Passed(tuple(new), len(baseline) - len(stale), tuple(reversed(stale)))
