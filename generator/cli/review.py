"""The command that records that relationships were reviewed."""

from __future__ import annotations

from datetime import date

import click

from generator.boundary import Exit
from generator.cli import edits, lookup
from generator.cli.options import data_input
from generator.editing import Item, Plan


@click.command()
@data_input
@click.argument("partners", nargs=-1, required=True, metavar="PARTNER...")
@click.option("--by", required=True, metavar="PERSON", help="Who looked at the relationships, and stands for them.")
@click.option("--department", metavar="ID", help="Whose relationships, where several departments have one.")
@click.option("--outcome", metavar="TEXT", help="What was found, in a line.")
@click.option("--next", "next_", metavar="TEXT", help="What is to be done until the next review, in a line.")
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
def review(
    data: str,
    as_of: date | None,
    partners: tuple[str, ...],
    by: str,
    department: str | None,
    outcome: str | None,
    next_: str | None,
    dry_run: bool,
) -> Exit:
    """Record that one relationship, or several, were reviewed today.

    PARTNER and PERSON are ids or names.  The review is PERSON's word that the entry is right as it
    stands; nothing else renews it, so mending a name leaves it as old as it was.  Either all are
    recorded or none is.
    """
    checked, playbook = edits.begin(data, as_of, writes=not dry_run)
    person = lookup.somebody_here(playbook, by)
    wanted = (department,) if department is not None else ()
    found: dict[tuple[str, object], Item] = {}
    wrong: list[str] = []
    for partner in partners:
        try:
            company = lookup.partner(playbook, partner)
            entries = lookup.entries(playbook, checked.documents, company, wanted, "--department")
            found |= {(entry.file, entry.route): entry for _, entry in entries}
        except click.UsageError as error:
            wrong.append(error.message)
    if wrong:
        raise click.UsageError("\n".join(dict.fromkeys(wrong)))
    said = {"date": playbook.as_of, "by": person.id, "outcome": outcome, "next": next_}
    plan = Plan(checked.documents, checked.custom)
    for entry in found.values():
        plan.draft(entry.file).set(entry.route, "reviewed", {name: one for name, one in said.items() if one})
    return edits.finish(data, checked, plan.texts(), as_of, dry_run=dry_run)
