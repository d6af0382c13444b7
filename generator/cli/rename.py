"""The command that gives a partner, a person or a type another id, or makes two of them one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from generator.boundary import Exit
from generator.cli import edits
from generator.cli.options import data_input
from generator.editing import Renaming, Route
from generator.loading import Loaded
from generator.model import Partner, Person, Playbook
from generator.problems import nearest
from generator.reports.printable import printable
from generator.schema import references
from generator.source import Document

_KINDS = ("partner", "person", "type")


@click.command()
@data_input
@click.argument("old")
@click.argument("new")
@click.option("--kind", type=click.Choice(_KINDS), help="What OLD is, where more than one thing has that id.")
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
def rename(data: str, as_of: date | None, old: str, new: str, kind: str | None, dry_run: bool) -> Exit:
    """Give a partner, a person or a type another id, in every file.

    Where NEW is the id of another one, the two become one: lists are joined, and NEW gets what it
    lacks.  If they say different things, nothing is written, and you are told where.

    Links to a partner's old page keep working (formerly), and so does the old name of a type
    (aliases).
    """
    checked, playbook = edits.begin(data, as_of, writes=not dry_run)
    kind = kind or _kind(checked, playbook, old)
    if old not in _known(checked, playbook, kind):
        raise click.UsageError(f"there is no {kind} with the id {old!r}")
    if old == new:
        raise click.UsageError("OLD and NEW are the same")
    names, custom = checked.type_names, checked.custom
    renaming = Renaming(checked.documents, kind, old, new, lambda written: names.find(written)[0], custom)
    if not renaming.conflicts:
        _announce(playbook, kind, old, new)
        return edits.finish(data, checked, renaming.texts(), as_of, dry_run=dry_run)
    click.echo(f"{old} and {new} cannot become one, because they say different things:", err=True)
    for conflict in renaming.conflicts:
        for file, route, is_stated in (conflict.target, conflict.source):
            click.echo(f"  {_line(checked, file, route, '' if is_stated else conflict.field, data)}", err=True)
    hint = "Make the two say the same, or delete what may be left out, and run the command again."
    click.echo(hint, err=True)
    return Exit.PROBLEMS


def _announce(playbook: Playbook, kind: str, old: str, new: str) -> None:
    """Say which name goes, where two companies or people become one; that of a type becomes an alias."""
    known: Mapping[str, Partner] | Mapping[str, Person] = playbook.partners if kind == "partner" else playbook.people
    if kind != "type" and old in known and new in known and known[old].name != known[new].name:
        click.echo(printable(f"{known[old].name} is called {known[new].name} from now on."))


def _kind(checked: Loaded, playbook: Playbook, old: str) -> str:
    """What has this id."""
    known = {kind: _known(checked, playbook, kind) for kind in _KINDS}
    kinds = [kind for kind in _KINDS if old in known[kind]]
    if len(kinds) == 1:
        return kinds[0]
    if kinds:
        raise click.UsageError(f"{old!r} is the id of a {' and of a '.join(kinds)}: add --kind {' or '.join(kinds)}")
    near = nearest(old, {ident for ids in known.values() for ident in ids})
    hint = f"; did you mean {near!r}?" if near else ""
    raise click.UsageError(f"no partner, person or type has the id {old!r}{hint}")


def _known(checked: Loaded, playbook: Playbook, kind: str) -> set[str]:
    """The ids of that kind; people also go by what is written of them where nobody is listed under it."""
    if kind == "partner":
        return set(playbook.partners)
    if kind == "type":
        return set(playbook.types)
    written = {
        reference.written
        for document in checked.documents.values()
        if document.data is not None
        for reference in references(document.file, document.data, checked.custom)
        if reference.kind == "person"
    }
    return written | set(playbook.people)


def _line(checked: Loaded, file: str, route: Route, missing: str, data: str) -> str:
    """Where something is said, and the line itself; or where an entry could say what is missing."""
    document = checked.documents[file]
    place = document.place.at(*route)
    if missing:
        number = place.key_at("id").line
        words = f"({_id(document, route)} has no {missing})"
    else:
        number = (place.key or place).line
        words = document.line(number).strip()
    return printable(f"{Path(data, file).as_posix()}:{number}: {words}")


def _id(document: Document, route: Route) -> str:
    node: Any = document.data
    for step in route:
        node = node[step]
    return str(node["id"])
