"""The command that says what a change of the data means, in terms of partners."""

from __future__ import annotations

from datetime import date

import click

from generator.boundary import Exit
from generator.cli.options import SHOWN, data_folder, data_input, is_folder
from generator.cli.states import NamedState, address, state
from generator.compare import difference
from generator.model import Playbook
from generator.reports import differences, text
from generator.reports.printable import printable
from generator.source import Unusable


@click.command()
@data_input
@click.argument("base")
@click.argument("head", required=False)
@click.option("--format", "form", type=click.Choice(differences.FORMATS), default="text", show_default=True)
def diff(data: str, as_of: date | None, base: str, head: str | None, form: str) -> Exit:
    """Say what is different between two states of the data.

    BASE and HEAD are each a folder with data, or a git revision (a branch, a tag, a commit) of the
    folder given by --data.  Without HEAD, it is that folder as it stands now.

    What readers of the site will notice comes first: partners that came, ended or moved, who owns
    them, how they are managed and what they count as, departments and people.  Then come the
    findings and the gaps in coverage that this opens and closes, and at last the details: every
    other field that differs, in whichever file.  Both states are judged by one day.
    """
    head = data if head is None else head
    if not (is_folder(base) and is_folder(head)):
        data_folder(data)  # a revision is one of it
    today = date.today()
    after = _load(head, data, as_of, today, "HEAD")
    before = _load(base, data, after[1].as_of if after is not None else as_of, today, "BASE")
    if before is None or after is None:
        return Exit.PROBLEMS
    addresses = differences.Addresses(address(before[0], data), address(after[0], data))
    click.echo(differences.written(difference(before[1], after[1]), form, addresses), nl=False)
    return Exit.FINE


def _load(name: str, data: str, as_of: date | None, today: date, argument: str) -> tuple[NamedState, Playbook] | None:
    """The state of that name; None, and a report of its errors, where it cannot be loaded."""
    try:
        found = state(name, data, as_of, today, argument)
    except Unusable as error:
        click.echo(f"{printable(name, SHOWN)} cannot be compared: {printable(str(error))}.", err=True)
        return None
    if found.loaded.playbook is None:
        click.echo(f"{printable(name, SHOWN)} cannot be compared, because of errors in its data:\n", err=True)
        click.echo(text.report(found.loaded.problems, found.loaded.documents, found.name), nl=False, err=True)
        return None
    return found, found.loaded.playbook
