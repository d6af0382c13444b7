"""The commands that give a partner, a person, a department or a type another id, and that make two of them one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import click

from generator.boundary import Exit
from generator.cli import edits
from generator.cli.deciding import Arbiter
from generator.cli.options import data_input
from generator.editing import Plan, Renaming
from generator.loading import Loaded
from generator.model import Department, Partner, PartnerType, Person, Playbook
from generator.problems import nearest
from generator.reports.printable import printable
from generator.schema import references
from generator.words import series

KINDS = ("partner", "person", "department", "type")
"""What has an id of its own that these commands know."""


@click.command()
@data_input
@click.argument("old")
@click.argument("new")
@click.option("--kind", type=click.Choice(KINDS), help="What OLD is, where more than one thing is called so.")
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
def rename(data: str, as_of: date | None, old: str, new: str, kind: str | None, dry_run: bool) -> Exit:
    """Give a partner, a person, a department or a type another id, in every file.

    Links to the old page keep working: the old id stands under formerly, that of a type among its
    aliases.
    """
    checked, playbook = edits.begin(data, as_of, writes=not dry_run)
    kind, old = called(checked, playbook, old, kind)
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
@click.option("--into", "new", required=True, metavar="NAME", help="What it becomes one with; that keeps its id.")
@click.option("--kind", type=click.Choice(KINDS), help="What the two are, where more than one thing is called so.")
@click.option("--keep", metavar="ID", help="Whose word counts, OLD's or the other's, where they say different things.")
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
def merge(data: str, as_of: date | None, old: str, new: str, kind: str | None, keep: str | None, dry_run: bool) -> Exit:
    """Make two partners, people, departments or types one.

    Lists are joined, and the one that stays gets what it lacks.  Where the two say different things,
    you are asked which of them counts; --keep answers for all.  Links to the page that goes keep
    working.
    """
    checked, playbook = edits.begin(data, as_of, writes=not dry_run)
    kind, old = called(checked, playbook, old, kind)
    _, new = called(checked, playbook, new, kind, f"`playbook rename {old} {new}` gives {old} that id")
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


def called(
    checked: Loaded, playbook: Playbook, written: str, kind: str | None = None, otherwise: str = ""
) -> tuple[str, str]:
    """The kind and the id of what is called so: by its id, or where nothing has that id by its name, capitals aside.

    click.UsageError where nothing is, where several are, and where none of that `kind` is; it says the nearest, or what
    to do `otherwise`.
    """
    kinds = KINDS if kind is None else (kind,)
    ids = {one: known_ids(checked, playbook, one) for one in kinds}
    names = [(one, ident, name) for one in kinds for ident, name in _names(playbook, one)]
    wanted = " ".join(written.split()).casefold()
    found = [(one, written) for one in kinds if written in ids[one]]
    found = found or [(one, ident) for one, ident, name in names if name.casefold() == wanted]
    if len(found) == 1:
        return found[0]
    several = list(dict.fromkeys(one for one, _ in found))
    if len(several) > 1:
        raise click.UsageError(f"{written!r} is a {' and a '.join(several)}: add --kind {' or '.join(several)}")
    if found:
        raise click.UsageError(
            f"{written!r} is the name of several; write one of the ids {series(i for _, i in found)}"
        )
    near = nearest(written, {*(ident for some in ids.values() for ident in some), *(name for *_, name in names)})
    nothing = (
        f"there is no {kind} {written!r}"
        if kind
        else f"no {', '.join(KINDS[:-1])} or {KINDS[-1]} is called {written!r}"
    )
    hint = f"did you mean {near!r}?" if near else otherwise
    raise click.UsageError(f"{nothing}; {hint}" if hint else nothing)


def _names(playbook: Playbook, kind: str) -> Iterator[tuple[str, str]]:
    """The id and the name of everything of that kind."""
    some: Iterable[Partner | Person | Department | PartnerType]
    match kind:
        case "partner":
            some = playbook.partners.values()
        case "person":
            some = playbook.people.values()
        case "department":
            some = playbook.departments.values()
        case _:
            some = playbook.types.values()
    return ((one.id, " ".join(one.name.split())) for one in some)


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
