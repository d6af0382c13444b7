"""The command that moves departments to files of their own."""

from __future__ import annotations

from datetime import date

import click

from generator.boundary import Exit
from generator.cli import edits, lookup
from generator.cli.options import data_input
from generator.editing import split as split_file

_FILE = "partners.yml"


@click.command()
@data_input
@click.argument("departments", nargs=-1)
def split(data: str, as_of: date | None, departments: tuple[str, ...]) -> Exit:
    """Move departments from partners.yml to files of their own, partners/ID.yml.

    DEPARTMENTS are ids or names; without any, all of them move.  Each team can then be asked to
    review changes of its own file: see `playbook codeowners`.
    """
    checked, playbook = edits.begin(data, as_of)
    inside = [department.id for department in playbook.departments.values() if department.place.file == _FILE]
    wanted = [lookup.named("department", playbook.departments, department).id for department in departments] or inside
    for department in wanted:
        if department not in inside:
            raise click.UsageError(
                f"{department!r} has a file of its own already: {playbook.departments[department].place.file}"
            )
        if f"partners/{department}.yml" in checked.documents:
            raise click.UsageError(f"partners/{department}.yml is there already, with something else in it")
    if not wanted:
        click.echo("Every department has a file of its own already.")
        return Exit.FINE
    try:
        texts = split_file(checked.documents[_FILE], wanted)
    except ValueError as error:
        raise click.UsageError(
            f"{_FILE} cannot be split: {error}; write each department in lines of its own"
        ) from error
    return edits.finish(data, checked, texts, as_of)
