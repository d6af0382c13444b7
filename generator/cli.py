"""The commands, and the only printer but for the boundary around them.  Each returns its exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from generator import __version__, checking, chronicle, site
from generator.boundary import Exit, Guarded
from generator.insights.figures import figures
from generator.model import Playbook
from generator.problems import Severity, catalogue, suggest
from generator.reports import text
from generator.reports.printable import printable
from generator.schema import json_schemas
from generator.sinks import files, folder, history, swap
from generator.source import HISTORY

_Command = TypeVar("_Command", bound=Callable[..., Any])


class _Day(click.ParamType):
    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return checking.day(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def _input(command: _Command) -> _Command:
    for option in (
        click.option(
            "--as-of",
            type=_Day(),
            metavar="YYYY-MM-DD",
            help="The day to judge by.  [default: as_of in settings.yml, else today]",
        ),
        click.option("--data", default="data", show_default=True, metavar="DIR", help="The folder with the data."),
    ):
        command = option(command)
    return command


def _common(command: _Command) -> _Command:
    return _input(click.option("--strict", is_flag=True, help="Let warnings fail, too.")(command))


_config = click.option(
    "--config",
    default="mkdocs.yml",
    show_default=True,
    metavar="FILE",
    help="The settings of MkDocs.",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)


@click.group(cls=Guarded, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="playbook")
def main() -> None:
    """Turn a company's partner inventory (YAML) into one searchable site."""


@main.command()
@_common
def check(data: str, as_of: date | None, strict: bool) -> Exit:
    """Report what is wrong with the data."""
    checked = _checked(data, as_of)
    click.echo(_report(checked, data, sys.stdout), nl=False)
    return _verdict(checked, strict)


@main.command()
@_common
@_config
@click.option("--site-dir", default="site", show_default=True, metavar="DIR", help="Where the site goes.")
def build(data: str, as_of: date | None, strict: bool, config: Path, site_dir: str) -> Exit:
    """Check the data and build the site.

    Where that fails, the old site stays as it was.
    """
    playbook = _sound(data, as_of, strict)
    from generator import mkdocs_plugin  # half a second that the other commands need not wait for

    try:
        building = mkdocs_plugin.Building(config, strict=strict)
        swap.check(Path(site_dir), [Path(data), *building.kept])
        pages = _pages(playbook, data)
        with swap.new_site(Path(site_dir), _waiting) as new:
            building.into(new, pages, playbook.as_of)
    except mkdocs_plugin.Failed as failed:
        return _failed(failed)
    click.echo(
        f"The site is in {printable(site_dir)}: {sum(page.markdown for page in pages)} pages, as of {playbook.as_of}."
    )
    return Exit.FINE


@main.command()
@_common
@_config
@click.option("--addr", default="127.0.0.1", show_default=True, metavar="HOST", help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
def serve(data: str, as_of: date | None, strict: bool, config: Path, addr: str, port: int) -> Exit:
    """Show the site and reload it whenever a file changes."""
    _sound(data, as_of, strict)
    from generator import mkdocs_plugin

    host = f"[{addr}]" if ":" in addr else addr
    try:
        mkdocs_plugin.serve(config, mkdocs_plugin.Source(Path(data).absolute(), as_of, strict), f"{host}:{port}")
    except mkdocs_plugin.Failed as failed:
        return _failed(failed)
    return Exit.FINE


@main.command()
@_common
@click.option("--out", required=True, metavar="DIR", help="The folder to put them in; other files there stay.")
def pages(data: str, as_of: date | None, strict: bool, out: str) -> Exit:
    """Write the pages as Markdown files.

    Pages of earlier runs that are no more are removed; files of others are never touched.
    """
    playbook = _sound(data, as_of, strict)
    done = folder.write(_pages(playbook, data), Path(out), _waiting)
    counts = f"{done.written} written, {done.unchanged} unchanged, {done.removed} removed"
    click.echo(f"The pages are in {printable(out)}: {counts}.")
    return Exit.FINE


@main.command()
@_input
def snapshot(data: str, as_of: date | None) -> Exit:
    """Record the day's figures, so that the site can show how they change.

    They go into history.jsonl in the data folder, one line a day, to be committed with the data.
    """
    playbook = _sound(data, as_of, strict=False)
    path = Path(data) / HISTORY
    days = [(one.day, one.place.line) for one in playbook.history]
    try:
        done = history.record(path, days, playbook.as_of, figures(playbook))
    except OSError as error:
        click.echo(
            f"{printable(str(path))} cannot be written: {(error.strerror or 'no reason given').lower()}", err=True
        )
        return Exit.USAGE
    click.echo(f"{printable(str(path))}: the figures of {playbook.as_of} are {done}.")
    return Exit.FINE


@main.command()
@click.argument("code", required=False)
def explain(code: str | None) -> Exit:
    """Say what a problem means.

    Without CODE, list all that there are.
    """
    codes = catalogue()
    if code is None:
        click.echo(text.listing(codes.values()), nl=False)
        return Exit.FINE
    slug = code.casefold()
    if slug not in codes:
        raise click.UsageError(f"there is no problem code {code!r}. {suggest(slug, codes)}")
    click.echo(text.explanation(codes[slug]), nl=False)
    return Exit.FINE


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Change nothing; fail where a schema is stale.")
def schemas(only_check: bool) -> Exit:
    """Write the JSON Schemas of the data files."""
    place = Path(__file__).parent / "schemas"
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


def _checked(data: str, as_of: date | None) -> checking.Checked:
    if not Path(data).is_dir():
        raise click.BadParameter(f"there is no folder {data!r}", param_hint="--data")
    return checking.check(Path(data), as_of, date.today())


def _sound(data: str, as_of: date | None, strict: bool) -> Playbook:
    """The playbook, where nothing stands against building it; else the report, and the end."""
    checked = _checked(data, as_of)
    if verdict := _verdict(checked, strict):
        click.echo(_report(checked, data, sys.stderr), nl=False, err=True)
        click.get_current_context().exit(verdict)
    assert checked.playbook is not None
    if checked.problems:
        click.echo(f"{text.summary(checked.problems)}: the findings page lists them, and so does `playbook check`.")
    return checked.playbook


def _pages(playbook: Playbook, data: str) -> tuple[site.Page, ...]:
    return site.build_pages(playbook, chronicle.chronicle(Path(data), playbook.as_of))


def _verdict(checked: checking.Checked, strict: bool) -> Exit:
    wrong = strict or any(problem.severity is Severity.ERROR for problem in checked.problems)
    return Exit.PROBLEMS if wrong and checked.problems else Exit.FINE


def _report(checked: checking.Checked, data: str, stream: Any) -> str:
    color = stream.isatty() and not os.environ.get("NO_COLOR")
    report = text.report(checked.problems, checked.documents, data, color=color)
    if checked.problems:
        report += "`playbook explain CODE`, with the word in brackets, says what a problem means and how to mend it.\n"
    return report


def _failed(failed: Any) -> Exit:
    if message := str(failed):
        click.echo("\n".join(map(printable, message.split("\n"))), err=True)
    return Exit.USAGE if failed.usage else Exit.PROBLEMS


def _waiting() -> None:
    click.echo("Another run is writing there; waiting for it.", err=True)
