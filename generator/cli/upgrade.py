"""The command that brings what earlier versions wrote to the formats of today."""

from __future__ import annotations

import os
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from generator.boundary import Exit
from generator.catalogue import CATALOGUE
from generator.cli import edits
from generator.cli.options import checked_data, data_input, report
from generator.cli.pin import note_pin
from generator.cli.repository import beside
from generator.formats import baseline
from generator.loading import Loaded
from generator.problems import Place
from generator.reports.printable import printable
from generator.schema import FORMAT, SETTINGS, format_of
from generator.source import OTHER_FORMAT, Document, NotAFile, ordinary
from generator.upgrading.baselines import UpgradedBaseline, upgrade_baseline
from generator.upgrading.data import UpgradedData, upgrade_data


@click.command()
@data_input
@click.option(
    "--baseline",
    "named",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="A baseline that stands neither beside the data folder nor in it; those that do are found.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
def upgrade(data: str, as_of: date | None, named: tuple[Path, ...], dry_run: bool) -> Exit:
    """Rewrite what earlier versions of the program wrote in another way.

    Run this once you have a newer version.  It looks at the data, whose format settings.yml names,
    and at baselines, the files that `playbook baseline` writes.
    """
    if not dry_run:
        edits.hold(data)
    note_pin(data)
    before, changes, now = _data(data, as_of)
    if now.playbook is None:
        click.echo(report(now.errors, now.documents, data, sys.stderr) + _UNCHANGED, nl=False, err=True)
        return Exit.PROBLEMS
    baselines = [_baseline(path, now) for path in _paths(data, named)]
    if problems := [problem for one in baselines for problem in one.upgraded.problems]:
        documents = {one.name: Document(one.name, one.text, None, Place()) for one in baselines}
        click.echo(report(problems, documents, "", sys.stderr) + _UNCHANGED, nl=False, err=True)
        return Exit.PROBLEMS
    baselines = [one for one in baselines if one.upgraded.done]
    new = {**changes.texts, **edits.stale_schemas(data, now.playbook)}
    if not new and not baselines:
        click.echo("Nothing to do: everything is in the formats of this version.")
        return Exit.FINE
    _tell(data, changes, baselines)
    files = edits.named(new, data, [one.path for one in baselines])
    if dry_run:
        click.echo(f"Nothing is written: {files} would be.")
        return Exit.FINE
    known = {Path(data, file): text for file, text in before.items()} | {one.path: one.text for one in baselines}
    edits.write(Path(data), new, known, {one.path: edits.encoded(one.path, one.upgraded.text) for one in baselines})
    click.echo(f"Written: {files}.")
    return Exit.FINE


_UNCHANGED = "Nothing is changed.\n"


def _data(data: str, as_of: date | None) -> tuple[dict[str, str], UpgradedData, Loaded]:
    """The text of each data file, what changes in them, and what can be said of the data then."""
    checked = checked_data(data, as_of)
    texts = {file: document.text for file, document in checked.documents.items()}
    settings = checked.documents.get(SETTINGS)
    written = format_of(settings.data if settings else None)
    if [error.code for error in checked.errors] != [OTHER_FORMAT] or written is None or written > FORMAT:
        return texts, UpgradedData({}, ()), checked
    changes = upgrade_data(checked.documents, written)
    return texts, changes, edits.loaded_with(data, {**texts, **changes.texts}, as_of, date.today())


class _Baseline(NamedTuple):
    path: Path
    text: str
    upgraded: UpgradedBaseline

    @property
    def name(self) -> str:
        return self.path.as_posix()


def _paths(data: str, named: Iterable[Path]) -> list[Path]:
    """The baselines beside the data folder and in it, and those that are named, each once."""
    found = [path for folder in (beside(data), Path(data)) for path in _files(folder) if _is_baseline(path)]
    return [*{path.absolute(): path for path in [*found, *named]}.values()]


def _files(folder: Path) -> list[Path]:
    try:
        return [folder / name for name in sorted(os.listdir(folder))]
    except OSError:
        return []


def _is_baseline(path: Path) -> bool:
    begin = baseline.MARK.encode()
    try:
        with ordinary(path) as file:
            return file.read(len(BOM_UTF8 + begin)).removeprefix(BOM_UTF8).startswith(begin)
    except (NotAFile, OSError):
        return False


def _baseline(path: Path, now: Loaded) -> _Baseline:
    text, problem = baseline.read_baseline(path)
    unread = UpgradedBaseline(text, (), (), (problem,)) if problem else None
    return _Baseline(path, text, unread or upgrade_baseline(text, path.as_posix(), now, CATALOGUE))


def _tell(data: str, changes: UpgradedData, baselines: Iterable[_Baseline]) -> None:
    """What becomes of the data and of each baseline."""
    if changes.texts:
        click.echo("\n  ".join([f"{printable(data)}, brought to format {FORMAT}:", *changes.done]))
    for path, _, upgraded in baselines:
        name = printable(str(path))
        click.echo("\n  ".join([f"{name}, brought to format {baseline.FORMAT}:", *upgraded.done]))
        if upgraded.gone:
            now = "line is a comment" if len(upgraded.gone) == 1 else "lines are comments"
            click.echo(f"  {len(upgraded.gone)} {now} now, because that is no longer found:")
        for line in upgraded.gone:
            click.echo(f"    {name}:{line.number}: {printable(line.line)}")
