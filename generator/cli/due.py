"""The command that lists what comes due."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import click

from generator.boundary import Exit
from generator.cli.options import data_input, loaded
from generator.reports import due_list


class Days(click.ParamType):
    """A number of days, as 30d or 6w."""

    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        match = re.fullmatch(r"([0-9]{1,5})([dw]?)", value.strip().lower())
        if match is None:
            self.fail(f"{value!r} is no number of days: write it like 30d, or like 6w for weeks", param, ctx)
        return int(match[1]) * (7 if match[2] == "w" else 1)


@click.command()
@data_input
@click.option(
    "--within",
    type=Days(),
    default="30d",
    show_default=True,
    metavar="DAYS",
    help="How far to look ahead: 30d is 30 days, 6w six weeks.",
)
@click.option("--format", "form", type=click.Choice([*due_list.FORMATS]), default="text", show_default=True)
def due(data: str, as_of: date | None, within: int, form: str) -> Exit:
    """List the reviews and agreements that come due, by owner.

    What should have been done already is listed, too, and marked as overdue.  The list is made to
    be pasted into a message, or mailed.
    """
    playbook = loaded(data, as_of)
    last = date.fromordinal(min(playbook.as_of.toordinal() + within, date.max.toordinal()))
    click.echo(due_list.FORMATS[form](due_list.due_list(playbook, last)), nl=False)
    return Exit.FINE
