"""Commands that write what stands beside the data: its history, and its schemas."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

import generator
from generator.boundary import Exit
from generator.cli import edits
from generator.cli.options import data_input, loaded
from generator.formats.history import with_day
from generator.insights.figures import figures
from generator.reports.printable import printable
from generator.schema import json_schemas
from generator.sinks import Refused, files, reason_of
from generator.source import HISTORY


@click.command()
@data_input
def snapshot(data: str, as_of: date | None) -> Exit:
    """Record the day's figures, so that the site can show how they change.

    They go into history.jsonl in the data folder, one line a day, to be committed with the data.
    """
    edits.hold(data)
    playbook = loaded(data, as_of)
    path = Path(data) / HISTORY
    days = [(snapshot.day, snapshot.place.line) for snapshot in playbook.history]
    try:
        content, done = with_day(files.content(path) or b"", days, playbook.as_of, figures(playbook))
        files.renew(path, content)
    except OSError as error:
        raise Refused(f"{path} cannot be written: {reason_of(error)}") from error
    click.echo(f"{printable(str(path))}: the figures of {playbook.as_of} are {done}.")
    return Exit.FINE


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Change nothing; fail where a schema is stale.")
def schemas(only_check: bool) -> Exit:
    """Write the JSON Schemas of the data files."""
    place = Path(generator.__file__).parent / "schemas"
    new = {place / name: schema.encode() for name, schema in json_schemas().items()}
    stale = [path for path, schema in new.items() if files.content(path) != schema]
    stale += [path for path in sorted(place.glob("*.json")) if path not in new]
    for path in stale:
        click.echo(f"{path.name} {'is stale' if only_check else 'is renewed'}")
        if not only_check:
            files.renew(path, new.get(path))
    if stale and only_check:
        click.echo("Run `playbook schemas` and commit what it changes.")
        return Exit.PROBLEMS
    return Exit.FINE
