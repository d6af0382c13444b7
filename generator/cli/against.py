"""What a change brings: the findings that an earlier state of the data does not have."""

from __future__ import annotations

import click

from generator.cli.options import SHOWN
from generator.cli.states import state
from generator.compare import opened_findings
from generator.findings import word
from generator.loading import Loaded
from generator.problems import Problem, in_order
from generator.reports.printable import printable
from generator.source import Unusable
from generator.words import count


def opened(checked: Loaded, name: str, data: str) -> tuple[Problem, ...]:
    """The problems that count beside the state of that name: every error, and the findings that it does not have.

    Both are judged by one day: a review that has come due meanwhile is no matter of the change.  Where there is
    nothing to compare with, all findings count, and the reason is said.
    """
    playbook = checked.playbook
    if playbook is None:
        return checked.errors
    shown = printable(name, SHOWN)
    try:
        before = state(name, data, playbook.as_of, playbook.as_of, "--against").loaded
    except Unusable as error:
        click.echo(f"{shown} cannot be compared: {printable(str(error))}. All findings count.", err=True)
        return checked.problems
    if before.playbook is None:
        number = count(len(before.errors), "error")
        click.echo(f"{shown} cannot be compared: it has {number}. All findings count.", err=True)
        return checked.problems
    new = opened_findings(before.playbook, playbook, (before.findings, checked.findings))
    if passed := len(checked.findings) - len(new):
        was = "was" if passed == 1 else "were"
        click.echo(f"{count(passed, 'finding')} {was} there in {shown}, too; `playbook check` lists all.", err=True)
    return tuple(in_order(word(finding, playbook) for finding in new))
