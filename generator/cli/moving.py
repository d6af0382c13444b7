"""The command that gives a partner to another department."""

from __future__ import annotations

from datetime import date

import click

from generator.boundary import Exit
from generator.cli import edits, lookup
from generator.cli.deciding import Arbiter
from generator.cli.options import data_input
from generator.editing import Move, Plan, departments


@click.command()
@data_input
@click.argument("partner")
@click.option("--to", required=True, metavar="DEPARTMENT", help="The department that manages it from now on.")
@click.option("--from", "source", metavar="DEPARTMENT", help="Which department's, where several manage it.")
@click.option("--keep", metavar="ID", help="Which department's word counts, where both manage it and differ.")
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
def move(
    data: str, as_of: date | None, partner: str, to: str, source: str | None, keep: str | None, dry_run: bool
) -> Exit:
    """Give a partner to another department, with all that is recorded of it.

    PARTNER and DEPARTMENT are ids or names.  The owner stays: see `playbook reassign`.  Where the other
    department manages the partner already, as the same type, the two entries become one.
    """
    checked, playbook = edits.begin(data, as_of, writes=not dry_run)
    company, target = lookup.partner(playbook, partner), lookup.named("department", playbook.departments, to)
    homes = {department.id: department for department in departments(checked.documents)}
    entries = lookup.entries(playbook, checked.documents, company, (source,) if source is not None else (), "--from")
    entries = [(home, entry) for home, entry in entries if home != target.id]
    if not entries:
        raise click.UsageError(f"{company.name} is managed by {target.name} already")
    plan, old = Plan(checked.documents, checked.custom), entries[0][0]
    decide = Arbiter(checked, data, old, target.id, keep)
    means = checked.type_names.find
    moving = Move(plan, [entry for _, entry in entries], homes[target.id], lambda written: means(written)[0], decide)
    if moving.conflicts:
        reason = f"{target.name} manages {company.name}, too, and the entries cannot become one"
        return decide.undecided(reason, moving.conflicts)
    return edits.finish(data, checked, plan.texts(), as_of, dry_run=dry_run)
