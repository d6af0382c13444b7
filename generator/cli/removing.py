"""The command that takes something out of the data that nothing names any more."""

from __future__ import annotations

from datetime import date

import click

from generator.boundary import Exit
from generator.cli import edits
from generator.cli.deciding import line
from generator.cli.options import data_input
from generator.cli.rename import KINDS, called
from generator.editing import Plan, Removal
from generator.words import count

_SHOWN = 25
_INSTEAD = {
    "partner": "where the relationship was real and is over, `playbook end` keeps it",
    "person": "`playbook offboard` hands over every role; whoever reviewed something stays listed",
    "department": "`playbook merge {0} --into ID` gives all of it to another one, and leads from its page there",
    "type": "`playbook merge {0} --into ID` and `playbook split-type {0} ID ID` give its partners other types",
}
"""What to do with something that is still named."""


@click.command()
@data_input
@click.argument("ident", metavar="NAME")
@click.option("--kind", type=click.Choice(KINDS), help="What it is, where more than one thing is called so.")
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
def remove(data: str, as_of: date | None, ident: str, kind: str | None, dry_run: bool) -> Exit:
    """Take a partner, a person, a department or a type out of the data.

    What is still named elsewhere, and a department that still has partners, stays: you are told where.
    The comments about it go with it.
    """
    checked, playbook = edits.begin(data, as_of, writes=not dry_run)
    kind, ident = called(checked, playbook, ident, kind)
    removal = Removal(
        Plan(checked.documents, checked.custom), kind, ident, lambda written: checked.type_names.find(written)[0]
    )
    if not removal.found:
        raise click.UsageError(f"{ident!r} is named in the data, and listed nowhere: there is nothing to remove")
    if not removal.named:
        logo = playbook.logos.get(ident) if kind == "partner" else None
        # A logo of nobody would be an error.
        gone = {logo.place.file: None} if logo is not None else {}
        return edits.finish(data, checked, {**removal.texts(), **gone}, as_of, dry_run=dry_run)
    click.echo(f"The {kind} {ident} stays: it is still named in {count(len(removal.named), 'place')}.", err=True)
    for file, route in removal.named[:_SHOWN]:
        click.echo(f"  {line(checked, file, route, '', data)}", err=True)
    if len(removal.named) > _SHOWN:
        click.echo(f"  and {len(removal.named) - _SHOWN} more", err=True)
    click.echo(f"Instead: {_INSTEAD[kind].format(ident)}.", err=True)
    return Exit.PROBLEMS
