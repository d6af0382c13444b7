"""The findings that are known: writing them down, and letting them pass."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import click

from generator import baseline as known_findings
from generator.boundary import Exit
from generator.cli import output
from generator.cli.group import main
from generator.cli.options import data_input, loaded
from generator.loading import Loaded
from generator.problems import Place, Problem, in_order
from generator.reports import text
from generator.reports.printable import printable
from generator.source import BASELINE_MARK, Document, load_baseline
from generator.words import count


@main.command()
@data_input
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def baseline(data: str, as_of: date | None, file: Path) -> Exit:
    """Write down the findings that there are, so that only new ones count.

    FILE then names them all, one a line; commit it, and give it to `playbook check --baseline`.
    Run the command again to take out what has been mended.
    """
    new = known_findings.lines(loaded(data, as_of))
    before = output.write(file, known_findings.text(new), BASELINE_MARK)
    old = Counter(line.rstrip() for line in before.splitlines() if line.strip() and not line.startswith("#"))
    added, gone = Counter(new) - old, old - Counter(new)
    click.echo(
        f"{printable(str(file))} names {count(len(new), 'finding')}: {added.total()} added, {gone.total()} taken out."
    )
    return Exit.FINE


def without_known(checked: Loaded, file: Path) -> tuple[Problem, ...]:
    """What counts beside the baseline in the file; a broken one is reported, and ends the command.

    Errors always count, and say nothing of what is still found.
    """
    known, content, problems = load_baseline(file)
    if problems:
        documents = {file.as_posix(): Document(file.as_posix(), content, None, Place())}
        click.echo(text.report(problems, documents, ""), nl=False, err=True)
        click.get_current_context().exit(Exit.PROBLEMS)
    if checked.playbook is None:
        return checked.errors
    passed = known_findings.passed(checked.findings, checked.playbook, known)
    name = printable(file.as_posix())
    if passed.known:
        click.echo(f"{name} lets {count(passed.known, 'finding')} pass.", err=True)
    if passed.stale:
        lines = "line" if len(passed.stale) == 1 else "lines"
        click.echo(f"{len(passed.stale)} {lines} of {name} can go, because that is no longer found:", err=True)
        for one in passed.stale:
            click.echo(f"  {name}:{one.number}: {printable(one.line)}", err=True)
        click.echo(f"`playbook baseline {name}` takes them out, and takes in all that is found now.", err=True)
    return tuple(in_order(finding.problem for finding in passed.new))
