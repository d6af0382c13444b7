"""The command that records that one company bought another."""

from __future__ import annotations

from datetime import date

import click

from generator.boundary import Exit
from generator.cli import edits, lookup
from generator.cli.deciding import Arbiter
from generator.cli.options import Day, data_input
from generator.editing import Plan, Renaming
from generator.model import Partner, Playbook


@click.command()
@data_input
@click.argument("partner")
@click.option("--by", "buyer", required=True, metavar="COMPANY", help="Who bought it: a partner, or a new id.")
@click.option("--name", metavar="NAME", help="What the company is called that bought it, where it is no partner yet.")
@click.option("--on", "day", type=Day(), metavar="YYYY-MM-DD", help="The day.  [default: today]")
@click.option("--keep", metavar="ID", help="Whose word counts, where the two entries of a department differ.")
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
def acquire(
    data: str,
    as_of: date | None,
    partner: str,
    buyer: str,
    name: str | None,
    day: date | None,
    keep: str | None,
    dry_run: bool,
) -> Exit:
    """Record that a company bought a partner: its relationships are the other's now.

    Both stay known: whoever looks for the one that was bought is led to the one that bought it, which
    was never called by its name.  The web site and the ids in other systems of the one that was bought
    go.  Where a department manages both as the same type, their entries become one.
    """
    checked, playbook = edits.begin(data, as_of, writes=not dry_run)
    company, moment = lookup.partner(playbook, partner), day or playbook.as_of
    new = _buyer(playbook, buyer, name)
    if new == company.id:
        bought = next((one for one in company.acquired if buyer.casefold() in (one.id, one.name.casefold())), None)
        if bought is not None:
            raise click.UsageError(f"{bought.name} was itself acquired by {company.name}, on {bought.date}")
        raise click.UsageError(f"{company.name} cannot acquire itself")
    if moment > playbook.as_of:
        raise click.UsageError(f"{moment} has not come yet: today is {playbook.as_of}")
    decide = Arbiter(checked, data, company.id, new, keep)
    names, plan = checked.type_names, Plan(checked.documents, checked.custom)
    remembered = _remembered(company, moment)
    renaming = Renaming(
        plan, "partner", company.id, new, lambda written: names.find(written)[0], decide, remembered, name or ""
    )
    if renaming.conflicts:
        return decide.undecided(f"the entries of {company.id} and {new} cannot become one", renaming.conflicts)
    return edits.finish(data, checked, renaming.texts(), as_of, dry_run=dry_run)


def _buyer(playbook: Playbook, written: str, name: str | None) -> str:
    """The id of the company; a new one where its name is given."""
    if name is None:
        try:
            return lookup.partner(playbook, written).id
        except click.UsageError as error:
            hint = "; if it is no partner yet, write an id for it, and add --name with what it is called"
            raise click.UsageError(f"{error.message}{hint}") from None
    known = {partner.name.casefold(): partner for partner in playbook.partners.values()}
    twin = playbook.partners.get(written) or known.get(name.casefold())
    if twin is not None:
        raise click.UsageError(f"{twin.name} is a partner already: write --by {twin.id}, without --name")
    return written


def _remembered(company: Partner, day: date) -> list[dict[str, object]]:
    """What is to be known of a company that was bought: each id that led to it, and what it had bought itself."""
    own = [{"id": ident, "name": company.name, "date": day} for ident in (company.id, *company.formerly)]
    return [*own, *({"id": one.id, "name": one.name, "date": one.date} for one in company.acquired)]
