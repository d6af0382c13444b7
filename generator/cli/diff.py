"""The command that says what a change of the data means, in terms of partners."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from generator import checking
from generator.boundary import Exit
from generator.cli.group import main
from generator.cli.options import data_input
from generator.difference import difference
from generator.model import Playbook
from generator.problems import suggest
from generator.reports import differences, text
from generator.reports.printable import printable
from generator.source import branches, checked_out, commit


@main.command()
@data_input
@click.argument("base")
@click.argument("head", required=False)
@click.option("--format", "form", type=click.Choice([*differences.FORMATS]), default="text", show_default=True)
def diff(data: str, as_of: date | None, base: str, head: str | None, form: str) -> Exit:
    """Say what is different between two states of the data.

    BASE and HEAD are each a folder with data, or a git revision (a branch, a tag, a commit) of the
    folder given by --data.  Without HEAD, it is that folder as it stands now.

    Partners that came, ended or moved are told, and who owns them, how they are managed and what
    they count as; then the findings and the gaps in coverage that this opens and closes.  Both
    states are judged by one day.
    """
    if not Path(data).is_dir():
        raise click.BadParameter(f"there is no folder {data!r}", param_hint="--data")
    today = date.today()
    after = _load(head or data, data, as_of, today, "HEAD")
    before = _load(base, data, after.as_of if after is not None else as_of, today, "BASE")
    if before is None or after is None:
        return Exit.PROBLEMS
    click.echo(differences.FORMATS[form](difference(before, after)), nl=False)
    return Exit.FINE


def _load(name: str, data: str, as_of: date | None, today: date, argument: str) -> Playbook | None:
    """The state of that name; None, and a report of its errors, where it cannot be loaded."""
    with _state(name, data, argument) as (folder, shown):
        if folder != Path(name) and not any(folder.iterdir()):
            click.echo(f"{printable(name)} cannot be compared: the folder {printable(data)} is not in it.", err=True)
            return None
        checked = checking.check(folder, as_of, today)
    if checked.playbook is None:
        click.echo(f"{printable(name)} cannot be compared, because of errors in its data:\n", err=True)
        click.echo(text.report(checked.problems, checked.documents, shown), nl=False, err=True)
    return checked.playbook


@contextmanager
def _state(name: str, data: str, argument: str) -> Iterator[tuple[Path, str]]:
    """The folder with that state, and what to call it in a report."""
    if name and Path(name).is_dir():
        yield Path(name), name
        return
    revision = commit(Path(data), name)
    if revision is None:
        known = branches(Path(data))
        hint = suggest(name, known) if known else f"{data!r} is in no git repository, or it has no commits"
        raise click.BadParameter(f"there is no folder and no git revision {name!r}. {hint}", param_hint=argument)
    with checked_out(Path(data), revision) as folder:
        yield folder, f"{name}:{data}"
