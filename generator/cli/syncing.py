"""The command sync: every source of sources.yml into the inventory, all of them or none."""

from __future__ import annotations

import os
import time
from collections.abc import Container, Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from generator.boundary import Exit
from generator.cli import edits, lookup
from generator.cli.options import data_input
from generator.cli.taking import (
    Beside,
    NotTaken,
    Taken,
    ask_all_the_same,
    kept,
    nothing_new,
    print_summary,
    take,
    tell,
)
from generator.cli.timing import counted_pages
from generator.exchange.columns import ColumnMap
from generator.exchange.fields import IDS
from generator.loading import Loaded
from generator.model import PartnerSource, Playbook
from generator.reports.printable import printable
from generator.sources import Variables, ask
from generator.words import count, series

_FOLDER = "sources"
"""Where the files of sources stand that are no files themselves, beside the data folder."""


@click.command()
@data_input
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--dry-run", is_flag=True, help="Tell what would change, and leave the data alone.")
def sync(data: str, as_of: date | None, sources: tuple[str, ...], dry_run: bool) -> Exit:
    """Take what the sources in sources.yml say into the inventory.

    Each SOURCE, or without one each that there is, is read and imported as `playbook import` does it
    with a spreadsheet.  If one cannot be read, or says what the data cannot hold, nothing at all is
    written.  What somebody has to decide waits, and keeps nothing else from being taken.

    The files that belong to a source stand beside its file, or in the folder sources/ beside the data:
    its column map, its questions, and what it said the last time.  Secrets come from variables of the
    environment, which addresses name as ${NAME}; nothing repeats them.
    """
    click.get_current_context().with_resource(counted_pages())
    checked, playbook = edits.begin(data, as_of, writes=not dry_run)
    chosen = _chosen(playbook, sources)
    if not chosen:
        click.echo("There are no sources: sources.yml in the data folder lists them.")
        return Exit.FINE
    folder = Path(data) / os.pardir if Path(data).name in ("", ".", "..") else Path(data).parent
    variables = Variables(os.environ)
    taken: dict[str, Taken] = {}
    refused: list[Taken] = []
    texts: dict[str, str] = {}
    now = checked
    for source in chosen:
        click.echo(f"{printable(source.name)}: ", nl=False)
        try:
            one = _taken(now, source, folder, data, variables)
        except NotTaken as error:
            click.echo()
            error.report(data, {source.place.file: now.documents[source.place.file]})
            refused += error.refused
            continue
        after = _with(one, now, data, texts, as_of, playbook.as_of)
        if after is None:
            refused.append(one)
            continue
        taken[source.id], now = one, after
        texts |= one.texts
    if len(taken) < len(chosen):
        wrong = series(source.id for source in chosen if source.id not in taken)
        click.echo(f"Nothing is written, because of {wrong}.", err=True)
        ask_all_the_same(refused, data, dry_run=dry_run, again="sync again")
        return Exit.PROBLEMS
    beside = kept(taken.values(), dry_run=dry_run)
    nothing = nothing_new(taken.values())
    code = edits.finish(data, checked, texts, as_of, dry_run=dry_run, beside=beside, nothing=nothing)
    if code is Exit.FINE:
        _tell(taken, beside, dry_run=dry_run)
    return code


def _chosen(playbook: Playbook, named: Sequence[str]) -> list[PartnerSource]:
    """The sources of these ids or names, in the order of the file; all where none is named."""
    wanted = {lookup.named("source", playbook.sources, one).id for one in named}
    return [source for source in playbook.sources.values() if not named or source.id in wanted]


def _taken(now: Loaded, source: PartnerSource, folder: Path, data: str, variables: Variables) -> Taken:
    """What a source means for the data; NotTaken where it cannot be read or used."""
    if source.file and Path(os.path.realpath(folder / source.file)).is_relative_to(os.path.realpath(data)):
        raise click.UsageError(f"{source.id}: keep the spreadsheet outside the data folder")
    sheet, problems = ask(source, folder, variables, time.monotonic)
    if sheet is None:
        raise NotTaken(problems)
    where = folder / source.file if source.file else folder / _FOLDER / f"{source.id}.csv"
    beside = Beside.of(where, folder / source.map if source.map else None)
    key = {source.key: f"{IDS}_{source.id}"} if source.key else {}
    more = ColumnMap(columns=key, named=dict.fromkeys(key, source.place.at("key")))
    taken = take(now, source.department, sheet, beside, more)
    print_summary(taken)
    return taken


def _with(
    taken: Taken, now: Loaded, data: str, texts: Mapping[str, str], as_of: date | None, today: date
) -> Loaded | None:
    """The data as it would be with this source, too; None, and a report, where it cannot hold that."""
    if taken.imported.text == now.documents[taken.home.file].text and not taken.new:
        return now
    known = {file: document.text for file, document in now.documents.items()}
    after = edits.loaded_with(data, {**known, **texts, **taken.texts}, as_of, today, now)
    if after.playbook is None:
        taken.refuse(after.errors, after.documents, data)
        return None
    return after


def _tell(taken: Mapping[str, Taken], beside: Container[Path], *, dry_run: bool) -> None:
    """Say of each source what stands beside it now, and where answers are waited for."""
    for source, one in taken.items():
        if one.open:
            click.echo(f"\n{source}:")
        tell(one, beside, dry_run=dry_run, again="sync again")
    if open_ones := [
        f"{source} ({count(len(one.questions), 'question')})" for source, one in taken.items() if one.questions
    ]:
        click.echo(f"\nUndecided, and left as it was, in {series(open_ones)}; everything else is taken.")
