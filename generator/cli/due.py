"""The command that lists what comes due."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import click

from generator.boundary import Exit
from generator.cli import lookup
from generator.cli.options import data_input, loaded
from generator.exchange.fields import guarded
from generator.insights.due import after
from generator.model import Entry, Playbook
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
@click.option("--owner", "owners", multiple=True, metavar="PERSON", help="Whose alone; may be repeated.")
@click.option("--department", "departments", multiple=True, metavar="ID", help="Of which department alone; likewise.")
@click.option(
    "--format",
    "form",
    type=click.Choice([*due_list.FORMATS, "csv"]),
    default="text",
    show_default=True,
    help="mail is a message for each owner; csv and json are for spreadsheets and scripts.",
)
def due(
    data: str, as_of: date | None, within: int, owners: tuple[str, ...], departments: tuple[str, ...], form: str
) -> Exit:
    """List the reviews, agreements and waivers that come due, by owner.

    What should have been done already is listed, too, and marked as overdue; so is every partner
    that nobody has reviewed yet, although its mode asks for that.
    """
    playbook = loaded(data, as_of)
    last = after(playbook.as_of, within)
    found = due_list.due_list(playbook, last, _wanted(playbook, owners, departments))
    click.echo(_sheet(found) if form == "csv" else due_list.FORMATS[form](found), nl=False)
    return Exit.FINE


def _wanted(playbook: Playbook, owners: tuple[str, ...], departments: tuple[str, ...]) -> Callable[[Entry], bool]:
    """Which entries are asked for: all, where nothing is said."""
    # Where nobody is listed, owners go by what is written.
    people = {lookup.person(playbook, owner).id for owner in owners} if playbook.people else {*owners}
    homes = {lookup.named("department", playbook.departments, department).id for department in departments}
    return lambda entry: (not people or entry.owner in people) and (not homes or entry.department in homes)


def _sheet(found: due_list.DueList) -> str:
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(due_list.HEADINGS)
    writer.writerows(map(guarded, row) for row in due_list.rows(found))
    return sheet.getvalue()
