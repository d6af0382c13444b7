"""Which of two entries that become one counts, where they say different things."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from generator.boundary import Exit
from generator.cli import questions
from generator.editing import Conflict, Route, Side
from generator.loading import Loaded
from generator.reports.printable import printable
from generator.source import Document


class Arbiter:
    """Which of two entries counts where they say different things: as an option says, or as somebody answers."""

    def __init__(self, checked: Loaded, data: str, old: str, new: str, keep: str | None) -> None:
        if keep not in (None, old, new):
            raise click.UsageError(f"--keep takes {old} or {new}, not {keep!r}")
        self._checked, self._data, self._old, self._new, self._keep = checked, data, old, new, keep

    def __call__(self, conflict: Conflict) -> Side | None:
        keep = self._keep
        if keep is None and questions.somebody_there():
            click.echo("These say different things:")
            for told in self._lines(conflict):
                click.echo(f"  {told}")
            keep = click.prompt("Which counts?", type=click.Choice([self._new, self._old]))
        if keep is None:
            return None
        return Side.TARGET if keep == self._new else Side.SOURCE

    def undecided(self, what: str, conflicts: Iterable[Conflict]) -> Exit:
        """Tell what nobody decided, and how to."""
        click.echo(f"{what}, because they say different things:", err=True)
        for conflict in conflicts:
            for told in self._lines(conflict):
                click.echo(f"  {told}", err=True)
        click.echo(
            "Make the two say the same, or delete what may be left out, and run the command again; or add "
            f"--keep {self._new} or --keep {self._old}, and what that one says counts everywhere.",
            err=True,
        )
        return Exit.PROBLEMS

    def _lines(self, conflict: Conflict) -> list[str]:
        return [
            line(self._checked, file, route, "" if is_stated else conflict.field, self._data)
            for file, route, is_stated in (conflict.target, conflict.source)
        ]


def line(checked: Loaded, file: str, route: Route, missing: str, data: str) -> str:
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
