"""The commands that give somebody's roles to others: all of them, or some."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import click

from generator.boundary import Exit
from generator.cli import edits, lookup, questions
from generator.cli.options import data_input
from generator.editing import Held, Plan, hand_over, listed, roles
from generator.loading import Loaded
from generator.model import Playbook
from generator.problems import suggest
from generator.reports.printable import printable
from generator.words import count, series

_ALWAYS = ("owner", "backup", "sponsor", "lead", "objective")
"""The roles that there are whether or not anybody holds them; a company may have more of its own."""
_SHOWN = 8


@click.command()
@data_input
@click.argument("old", metavar="FROM")
@click.argument("new", metavar="TO")
@click.option("--partner", "partners", multiple=True, metavar="PARTNER", help="Only with this one; again for more.")
@click.option(
    "--as", "wanted", metavar="ROLES", help="Only as owner, backup, sponsor, lead or objective; commas between several."
)
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
def reassign(
    data: str, as_of: date | None, old: str, new: str, partners: tuple[str, ...], wanted: str | None, dry_run: bool
) -> Exit:
    """Give the roles of one person to another.

    FROM and TO are ids, names or e-mail addresses.  A role is what somebody does for a partner (owner,
    backup, sponsor), that they lead a department, or that they own an objective.  Reviews stay with who
    made them, and so does what has ended, unless --partner names it.
    """
    checked, playbook = edits.begin(data, as_of, writes=not dry_run)
    plan = Plan(checked.documents, checked.custom)
    everything = list(roles(plan))
    person, to = _from(playbook, everything, old), _to(playbook, new)
    if person == to:
        raise click.UsageError("FROM and TO are the same person")
    companies = {lookup.partner(playbook, one).id: one for one in partners}
    named = _roles(everything, wanted)
    held = [
        one
        for one in everything
        if one.person == person and one.role in named and (one.in_entry and one.id in companies if companies else True)
    ]
    held = [one for one in held if companies or not _ended(plan, one)]
    without = [partner for partner in companies if not any(one.id == partner for one in held)]
    if not held or without:
        where = f" of {series(playbook.partners[partner].name for partner in without)}" if without else ""
        raise click.UsageError(f"{playbook.person_name(person)} is no {' or '.join(named)}{where}")
    hand_over(plan, [(one, to) for one in held])
    return edits.finish(data, checked, plan.texts(), as_of, dry_run=dry_run)


@click.command()
@data_input
@click.argument("person")
@click.option("--to", metavar="PERSON", help="Who takes over every role.")
@click.option("--to-backups", is_flag=True, help="Make backups the owners, where there are any; --to has the rest.")
@click.option("--dry-run", is_flag=True, help="List the roles, tell what would change, and write nothing.")
def offboard(data: str, as_of: date | None, person: str, to: str | None, to_backups: bool, dry_run: bool) -> Exit:
    """Hand over every role of somebody who leaves, and record that they have left.

    PERSON is an id, a name or an e-mail address.  Lists what they own, stand in for, sponsor and lead.
    Whoever takes over is asked for, role by role, unless --to says who.  They stay listed, since reviews
    name them.
    """
    checked, playbook = edits.begin(data, as_of, writes=not dry_run)
    plan = Plan(checked.documents, checked.custom)
    everything = list(roles(plan))
    leaver = _from(playbook, everything, person)
    heir = _to(playbook, to) if to is not None else None
    if heir == leaver:
        raise click.UsageError(f"{playbook.person_name(leaver)} cannot take over from themselves")
    held = [one for one in everything if one.person == leaver and not _ended(plan, one)]
    handed = [(one, backup) for one in held if (backup := _backup(playbook, plan, one) if to_backups else None)]
    rest = [one for one in held if not any(one is done for done, _ in handed)]
    name = playbook.person_name(leaver)
    click.echo(printable(f"{name} holds {count(len(held), 'role')}{':' if held else '.'}"))
    for role, ones in _by_role(held):
        click.echo(printable(f"  {_told(playbook, role, ones)}"))
    if held:
        click.echo()
    if rest and heir is None and not questions.somebody_there():
        if dry_run and not to_backups:
            return Exit.FINE
        left = "; ".join(_told(playbook, role, ones) for role, ones in _by_role(rest))
        raise click.UsageError(f"add --to PERSON: nobody takes over as {left}")
    for role, ones in _by_role(rest):
        if heir is not None:
            takes = heir
        else:
            takes = _asked(f"Who takes over as {_told(playbook, role, ones)}?", playbook, leaver)
        handed += [(one, takes) for one in ones]
    hand_over(plan, handed)
    _leave(plan, checked, leaver)
    return edits.finish(data, checked, plan.texts(), as_of, dry_run=dry_run)


def _asked(question: str, playbook: Playbook, leaver: str) -> str:
    def read(written: str) -> str:
        found = _to(playbook, written)
        if found == leaver:
            raise click.UsageError("that is who leaves")
        return found

    answer: str = click.prompt(printable(question), value_proc=read)
    return answer


def _leave(plan: Plan, checked: Loaded, leaver: str) -> None:
    for entry in listed(checked.documents, "people.yml", ("people",)):
        if entry.id == leaver:
            plan.draft(entry.file).set(entry.route, "active", False)


def _from(playbook: Playbook, everything: Iterable[Held], written: str) -> str:
    """The id of whoever is listed, or what is written of somebody who is not."""
    if written not in playbook.people and any(one.person == written for one in everything):
        return written
    return lookup.person(playbook, written).id


def _to(playbook: Playbook, written: str) -> str:
    """The id of somebody who is here; where nobody is listed, whatever is written."""
    if not playbook.people:
        return written
    return lookup.somebody_here(playbook, written).id


def _roles(everything: Iterable[Held], wanted: str | None) -> list[str]:
    known = list(dict.fromkeys([*_ALWAYS, *(one.role for one in everything)]))
    if wanted is None:
        return known
    named = [word.strip() for word in wanted.split(",")]
    for word in named:
        if word not in known:
            raise click.UsageError(f"there is no role {word!r}. {suggest(word, known)}")
    return named


def _ended(plan: Plan, held: Held) -> bool:
    return held.in_entry and plan.value(held.file, held.holder).get("status") == "ended"


def _backup(playbook: Playbook, plan: Plan, held: Held) -> str | None:
    """Who stands in for the owner, and is here."""
    backup = plan.value(held.file, held.holder).get("backup_owner") if held.role == "owner" and held.in_entry else None
    return str(backup) if backup and backup != held.person and not playbook.has_left(str(backup)) else None


def _by_role(held: Iterable[Held]) -> list[tuple[str, list[Held]]]:
    """The roles, each with where it is held: one of a name in departments is another one in entries."""
    found: dict[tuple[str, object, bool], list[Held]] = {}
    for one in held:
        found.setdefault((one.role, one.holder[0], one.in_entry), []).append(one)
    return [(role, ones) for (role, _, _), ones in found.items()]


def _told(playbook: Playbook, role: str, held: Sequence[Held]) -> str:
    """Such as "owner of 2 partners: Acme and Birch"."""
    name: Callable[[str], str]
    first = held[0]
    match first.holder[0]:
        case "departments" if not first.in_entry:
            what, name = "department", lambda ident: playbook.departments[ident].name
        case "departments":
            what, name = "partner", lambda ident: playbook.partners[ident].name
        case "objectives":
            what, name = "objective", lambda ident: playbook.objectives[ident].title
        case "people":
            what, name = "person", playbook.person_name
        case other:
            what, name = str(other).removesuffix("s"), str
    role = "owner" if role == "objective" else role
    ids = list(dict.fromkeys(one.id for one in held))
    more = [f"{len(ids) - _SHOWN} more"] if len(ids) > _SHOWN else []
    return f"{role} of {count(len(ids), what)}: {series([*map(name, ids[:_SHOWN]), *more])}"
