"""The command that records that a relationship has ended."""

from __future__ import annotations

from datetime import date

import click

from generator.boundary import Exit
from generator.cli import edits, lookup
from generator.cli.options import Day, data_input
from generator.editing import Plan


@click.command()
@data_input
@click.argument("partner")
@click.option("--on", "day", type=Day(), metavar="YYYY-MM-DD", help="Its last day.  [default: today]")
@click.option("--why", required=True, metavar="TEXT", help="Why it ended, in a line.")
@click.option(
    "--department", "homes", multiple=True, metavar="ID", help="Whose relationship, where there are several; repeat it."
)
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
def end(
    data: str, as_of: date | None, partner: str, day: date | None, why: str, homes: tuple[str, ...], dry_run: bool
) -> Exit:
    """Record that a relationship with a partner has ended.

    PARTNER is an id or a name.  The entry stays, with the day and the reason: the site shows what was,
    and asks for nothing any more.
    """
    checked, playbook = edits.begin(data, as_of, writes=not dry_run)
    last = day or playbook.as_of
    if last > playbook.as_of:
        raise click.UsageError(f"{last} has not come yet: today is {playbook.as_of}, and until then it goes on")
    company = lookup.partner(playbook, partner)
    plan = Plan(checked.documents, checked.custom)
    for _, entry in lookup.entries(playbook, checked.documents, company, homes, "--department"):
        draft = plan.draft(entry.file)
        draft.set(entry.route, "status", "ended")
        draft.set(entry.route, "end", {"date": last, "why": why})
    return edits.finish(data, checked, plan.texts(), as_of, dry_run=dry_run)
