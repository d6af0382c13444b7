"""The command that records that a relationship was reviewed."""

from __future__ import annotations

from datetime import date

import click

from generator.boundary import Exit
from generator.cli import edits, lookup
from generator.cli.options import data_input
from generator.editing import Draft, entries_of


@click.command()
@data_input
@click.argument("partner")
@click.option("--by", required=True, metavar="PERSON", help="Who looked at the relationship, and stands for it.")
@click.option("--department", metavar="ID", help="Whose relationship, where several departments have one.")
def review(data: str, as_of: date | None, partner: str, by: str, department: str | None) -> Exit:
    """Record that a relationship was reviewed today.

    PARTNER and PERSON are ids or names.  The review is PERSON's word that the entry is right as it
    stands; nothing else renews it, so mending a name leaves it as old as it was.
    """
    checked, playbook = edits.begin(data, as_of)
    company, person = lookup.partner(playbook, partner), lookup.person(playbook, by)
    entries = dict(entries_of(checked.documents, company.id))
    if department is not None:
        department = lookup.named("department", playbook.departments, department).id
    elif len(entries) == 1:
        department = next(iter(entries))
    if department not in entries:
        reason = f"{company.name} is managed by {' and by '.join(entries)}"
        raise click.UsageError(f"{reason}: add --department {' or '.join(entries)}")
    entry = entries[department]
    draft = Draft(checked.documents[entry.file])
    draft.set(entry.route, "reviewed", {"date": playbook.as_of, "by": person.id})
    return edits.finish(data, checked, {entry.file: draft.text()}, as_of)
