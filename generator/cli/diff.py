"""The command that says what a change of the data means, in terms of partners."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator import loading
from generator.boundary import Exit
from generator.cli.options import SHOWN, cut, data_folder, data_input, is_folder
from generator.compare import difference
from generator.model import Playbook
from generator.problems import suggest
from generator.reports import differences, text
from generator.reports.printable import printable
from generator.source import NotInstalled, Repository, Unread, Unusable


@click.command()
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
    data_folder(data)
    today = date.today()
    after = _load(head or data, data, as_of, today, "HEAD")
    before = _load(base, data, after.as_of if after is not None else as_of, today, "BASE")
    if before is None or after is None:
        return Exit.PROBLEMS
    click.echo(differences.FORMATS[form](difference(before, after)), nl=False)
    return Exit.FINE


def _load(name: str, data: str, as_of: date | None, today: date, argument: str) -> Playbook | None:
    """The state of that name; None, and a report of its errors, where it cannot be loaded."""
    try:
        checked, shown = _state(name, data, as_of, today, argument)
    except Unusable as error:
        click.echo(f"{printable(name, SHOWN)} cannot be compared: {printable(str(error))}.", err=True)
        return None
    if checked.playbook is None:
        click.echo(f"{printable(name, SHOWN)} cannot be compared, because of errors in its data:\n", err=True)
        click.echo(text.report(checked.problems, checked.documents, shown), nl=False, err=True)
    return checked.playbook


def _state(name: str, data: str, as_of: date | None, today: date, argument: str) -> tuple[loading.Loaded, str]:
    """What stands in the folder or the revision of that name, and what to call it in a report."""
    if is_folder(name):
        return loading.load_folder(Path(name), as_of, today), name
    try:
        with Repository(Path(data)) as repository:
            revision = repository.commit(name)
            if revision is None:
                known = repository.branches()
                hint = suggest(name, known) if known else f"{data!r} is in no git repository, or it has no commits"
                raise _bad_argument(f"there is no folder and no git revision {cut(name)!r}. {hint}", argument)
            loaded = loading.load_revision(repository, revision, as_of, today)
            if loaded is None:
                raise Unusable(f"the folder {data} is not in it")
            return loaded, f"{name}:{data}"
    except NotInstalled as missing:
        raise _bad_argument(f"there is no folder {cut(name)!r}, and {missing}: revisions need it", argument) from None
    except Unread as unread:
        raise _bad_argument(
            f"there is no folder {cut(name)!r}, and git cannot read that revision: {unread}", argument
        ) from None


def _bad_argument(message: str, argument: str) -> click.BadParameter:
    return click.BadParameter(message, param_hint=argument)
