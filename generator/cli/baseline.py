"""The findings that are known: writing them down, and letting them pass."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from generator.boundary import Exit
from generator.catalogue import CATALOGUE
from generator.cli import output
from generator.cli.options import data_input, free_of_errors
from generator.findings import word
from generator.formats import baseline as known_findings
from generator.loading import Loaded
from generator.problems import Place, Problem, in_order
from generator.reports import text
from generator.reports.printable import printable
from generator.source import OTHER_FORMAT, Document
from generator.words import count


@click.command()
@data_input
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def baseline(data: str, as_of: date | None, file: Path) -> Exit:
    """Write down the findings that there are, so that only new ones count.

    FILE then names them all, one a line; commit it, and give it to `playbook check --baseline`.
    Run the command again to take out what has been mended.
    """
    checked, playbook = free_of_errors(data, as_of)
    _, content, problems = known_findings.load_baseline(file, CATALOGUE)
    if any(problem.code is OTHER_FORMAT for problem in problems):
        return _refused(problems, file, content)
    before = output.write(file, known_findings.text(checked.findings, playbook), known_findings.MARK)
    # Of a broken file what can be read counts: it is written anew because it is broken.
    old, _ = known_findings.parse(before, file.name, CATALOGUE)
    comparison = known_findings.compare(checked.findings, playbook, old)
    name = printable(str(file))
    click.echo(
        f"{name} names {count(len(checked.findings), 'finding')}: "
        f"{len(comparison.new)} added, {len(comparison.stale)} taken out."
    )
    return Exit.FINE


def without_known(checked: Loaded, file: Path) -> tuple[Problem, ...]:
    """What counts beside the baseline in the file; a broken one is reported, and ends the command.

    Errors always count, and say nothing of what is still found.
    """
    known, content, problems = known_findings.load_baseline(file, CATALOGUE)
    if problems:
        click.get_current_context().exit(_refused(problems, file, content))
    playbook = checked.playbook
    if playbook is None:
        return checked.errors
    comparison = known_findings.compare(checked.findings, playbook, known)
    name = printable(file.as_posix())
    if comparison.known:
        click.echo(f"{name} lets {count(comparison.known, 'finding')} pass.", err=True)
    if comparison.stale:
        lines = "line" if len(comparison.stale) == 1 else "lines"
        click.echo(f"{len(comparison.stale)} {lines} of {name} can go, because that is no longer found:", err=True)
        for known_line in comparison.stale:
            click.echo(f"  {name}:{known_line.number}: {printable(known_line.line)}", err=True)
        click.echo(f"`playbook baseline {name}` takes them out, and takes in all that is found now.", err=True)
    return tuple(in_order(word(finding, playbook) for finding in comparison.new))


def _refused(problems: Sequence[Problem], file: Path, content: str) -> Exit:
    documents = {file.as_posix(): Document(file.as_posix(), content, None, Place())}
    click.echo(text.report(problems, documents, ""), nl=False, err=True)
    return Exit.PROBLEMS
