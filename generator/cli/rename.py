"""The commands that give a partner, a person, a department or a type another id, and that make two of them one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import click

from generator.boundary import Exit
from generator.cli import edits
from generator.cli.deciding import Arbiter
from generator.cli.options import data_input
from generator.editing import Plan, Renaming
from generator.loading import Loaded
from generator.model import Department, Partner, Person, Playbook
from generator.problems import nearest
from generator.reports.printable import printable
from generator.schema import references

KINDS = ("partner", "person", "department", "type")
"""What has an id of its own that these commands know."""


@click.command()
@data_input
@click.argument("old")
@click.argument("new")
@click.option("--kind", type=click.Choice(KINDS), help="What OLD is, where more than one thing has that id.")
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
def rename(data: str, as_of: date | None, old: str, new: str, kind: str | None, dry_run: bool) -> Exit:
    """Give a partner, a person, a department or a type another id, in every file.

    Links to the old page keep working: the old id stands under formerly, that of a type among its
    aliases.
    """
    checked, playbook = edits.begin(data, as_of, writes=not dry_run)
    kind = kind_of(checked, playbook, old, kind)
    if old == new:
        raise click.UsageError("OLD and NEW are the same")
    if new in known_ids(checked, playbook, kind):
        raise click.UsageError(
            f"there is a {kind} {new!r} already: `playbook merge {old} --into {new}` makes the two one"
        )
    plan, names = Plan(checked.documents, checked.custom), checked.type_names
    renaming = Renaming(plan, kind, old, new, lambda written: names.find(written)[0])
    return edits.finish(data, checked, renaming.texts(), as_of, dry_run=dry_run)


@click.command()
@data_input
@click.argument("old")
@click.option("--into", "new", required=True, metavar="ID", help="What it becomes one with; that keeps its id.")
@click.option("--kind", type=click.Choice(KINDS), help="What the two are, where more than one thing has that id.")
@click.option("--keep", metavar="ID", help="Whose word counts, OLD's or the other's, where they say different things.")
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
def merge(data: str, as_of: date | None, old: str, new: str, kind: str | None, keep: str | None, dry_run: bool) -> Exit:
    """Make two partners, people, departments or types one.

    Lists are joined, and the one that stays gets what it lacks.  Where the two say different things,
    you are asked which of them counts; --keep answers for all.  Links to the page that goes keep
    working.
    """
    checked, playbook = edits.begin(data, as_of, writes=not dry_run)
    kind = kind_of(checked, playbook, old, kind)
    if new not in (known := known_ids(checked, playbook, kind)):
        near = nearest(new, known)
        hint = f"; did you mean {near!r}?" if near else f"; `playbook rename {old} {new}` gives {old} that id"
        raise click.UsageError(f"there is no {kind} with the id {new!r}{hint}")
    if old == new:
        raise click.UsageError("a merge needs two: OLD and --into are the same")
    decide = Arbiter(checked, data, old, new, keep)
    plan, names = Plan(checked.documents, checked.custom), checked.type_names
    renaming = Renaming(plan, kind, old, new, lambda written: names.find(written)[0], decide)
    if renaming.conflicts:
        return decide.undecided(f"{old} and {new} cannot become one", renaming.conflicts)
    _announce(playbook, kind, old, new)
    return edits.finish(data, checked, renaming.texts(), as_of, dry_run=dry_run)


def _announce(playbook: Playbook, kind: str, old: str, new: str) -> None:
    """Say which name goes, where two of them become one; that of a type becomes an alias."""
    tables: Mapping[str, Mapping[str, Partner] | Mapping[str, Person] | Mapping[str, Department]] = {
        "partner": playbook.partners, "person": playbook.people, "department": playbook.departments,
    }  # fmt: skip
    known = tables.get(kind, {})
    if old in known and new in known and known[old].name != known[new].name:
        click.echo(printable(f"{known[old].name} is called {known[new].name} from now on."))


def kind_of(checked: Loaded, playbook: Playbook, ident: str, kind: str | None = None) -> str:
    """What has this id; click.UsageError where nothing does, where several do, and where none of that `kind` does."""
    known = {one: known_ids(checked, playbook, one) for one in KINDS}
    kinds = [one for one in KINDS if ident in known[one]]
    if kind is not None and kind not in kinds:
        raise click.UsageError(f"there is no {kind} with the id {ident!r}{_did_you_mean(ident, known[kind])}")
    if kind is not None or len(kinds) == 1:
        return kind or kinds[0]
    if kinds:
        raise click.UsageError(f"{ident!r} is the id of a {' and of a '.join(kinds)}: add --kind {' or '.join(kinds)}")
    hint = _did_you_mean(ident, {one for ids in known.values() for one in ids})
    raise click.UsageError(f"no partner, person, department or type has the id {ident!r}{hint}")


def _did_you_mean(written: str, known: set[str]) -> str:
    near = nearest(written, known)
    return f"; did you mean {near!r}?" if near else ""


def known_ids(checked: Loaded, playbook: Playbook, kind: str) -> set[str]:
    """The ids of that kind; people also go by what is written of them where nobody is listed under it."""
    if kind == "partner":
        return set(playbook.partners)
    if kind == "type":
        return set(playbook.types)
    if kind == "department":
        return set(playbook.departments)
    written = {
        reference.written
        for document in checked.documents.values()
        if document.data is not None
        for reference in references(document.file, document.data, checked.custom)
        if reference.kind == "person"
    }
    return written | set(playbook.people)
