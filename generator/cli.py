"""The commands, their exit codes, and the only printer.

0: fine.  1: problems in the data.  2: wrong usage.  3: a bug of ours.
"""

from __future__ import annotations

import errno
import logging
import os
import sys
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from generator import __version__, checking
from generator.model import Playbook
from generator.problems import Severity, catalogue, suggest
from generator.reports import text
from generator.reports.printable import printable
from generator.schema import json_schemas
from generator.sinks import Refused, files, folder, swap
from generator.site import build_pages

PROBLEMS, USAGE, BUG, INTERRUPTED = 1, 2, 3, 130

_NOT_OUR_FAULT = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EADDRINUSE)

_Command = TypeVar("_Command", bound=Callable[..., Any])


class _Guarded(click.Group):
    """One boundary around all commands: nobody is shown a traceback."""

    def main(self, *args: Any, **extra: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        extra["standalone_mode"] = False
        try:
            sys.exit(super().main(*args, **extra))
        except click.Abort:
            sys.exit(INTERRUPTED)
        except click.ClickException as error:
            error.message = "\n".join(map(printable, error.message.split("\n")))
            error.show()
            sys.exit(error.exit_code)
        except Refused as refused:
            _refuse(*refused.reasons)
        except OSError as error:
            if error.errno not in _NOT_OUR_FAULT:
                _crash()
            _refuse(": ".join(str(part) for part in (error.filename, error.strerror) if part))
        except Exception:  # noqa: BLE001 - the boundary
            _crash()


def _refuse(*reasons: str) -> None:
    for reason in reasons:
        click.echo(f"Error: {printable(reason)}", err=True)
    sys.exit(USAGE)


def _crash() -> None:
    path = files.log(traceback.format_exc())
    click.echo("This is a bug of playbook, not of your data.", err=True)
    click.echo(f"What happened is written down in {path}; please send that file to whoever looks after playbook.", err=True)
    sys.exit(BUG)


class _Day(click.ParamType):
    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            if len(value) == 10:
                return date.fromisoformat(value)
        except ValueError:
            pass
        self.fail(f"{value!r} is no day: write it like 2026-11-30", param, ctx)


def _common(command: _Command) -> _Command:
    for option in (
        click.option("--strict", is_flag=True, help="Let warnings fail, too."),
        click.option("--as-of", type=_Day(), metavar="YYYY-MM-DD", help="The day to judge by; today by default."),
        click.option("--data", default="data", show_default=True, metavar="DIR", help="The folder with the data."),
    ):
        command = option(command)
    return command


_config = click.option(
    "--config",
    default="mkdocs.yml",
    show_default=True,
    metavar="FILE",
    help="The settings of MkDocs.",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)


@click.group(cls=_Guarded, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="playbook")
def main() -> None:
    """Turn a company's partner inventory (YAML) into one searchable site."""


@main.command()
@_common
def check(data: str, as_of: date | None, strict: bool) -> int:
    """Report what is wrong with the data, and build nothing."""
    checked = _checked(data, as_of)
    click.echo(_report(checked, data, sys.stdout), nl=False)
    return _verdict(checked, strict)


@main.command()
@_common
@_config
@click.option("--site-dir", default="site", show_default=True, metavar="DIR", help="Where the site goes.")
def build(data: str, as_of: date | None, strict: bool, config: Path, site_dir: str) -> int:
    """Check the data, then build the site; where that fails, the old site stays."""
    playbook = _sound(data, as_of, strict)
    from generator import mkdocs_plugin  # half a second that the other commands need not wait for

    _log_mkdocs(logging.WARNING)
    site = Path(site_dir)
    try:
        swap.check(site, [Path(data), *mkdocs_plugin.kept_apart(config)])
        pages = build_pages(playbook)
        with swap.new_site(site, _waiting) as new:
            mkdocs_plugin.build(config, new, pages, playbook.as_of, strict=strict)
    except mkdocs_plugin.Failed as failed:
        return _failed(failed)
    click.echo(f"The site is in {printable(site_dir)}: {len(pages)} pages, as of {playbook.as_of}.")
    return 0


@main.command()
@_common
@_config
@click.option("--addr", default="127.0.0.1", show_default=True, metavar="HOST", help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
def serve(data: str, as_of: date | None, strict: bool, config: Path, addr: str, port: int) -> int:
    """Show the site and reload it whenever a file changes."""
    _sound(data, as_of, strict)
    from generator import mkdocs_plugin

    _log_mkdocs(logging.INFO)
    host = f"[{addr}]" if ":" in addr else addr
    try:
        mkdocs_plugin.serve(config, mkdocs_plugin.Source(Path(data), as_of, strict), f"{host}:{port}")
    except mkdocs_plugin.Failed as failed:
        return _failed(failed)
    return 0


@main.command()
@_common
@click.option("--out", required=True, metavar="DIR", help="The folder to put them in; other files there stay.")
def pages(data: str, as_of: date | None, strict: bool, out: str) -> int:
    """Write the pages as Markdown files, and remove those of earlier runs that are no more."""
    playbook = _sound(data, as_of, strict)
    swap.check_apart(Path(out), [Path(data)])
    done = folder.write(build_pages(playbook), Path(out), _waiting)
    click.echo(
        f"The pages are in {printable(out)}: {done.written} written, {done.unchanged} unchanged, {done.removed} removed."
    )
    return 0


@main.command()
@click.argument("code", required=False)
def explain(code: str | None) -> int:
    """Say what a problem means and how to mend it; without CODE, list them all."""
    codes = catalogue()
    if code is None:
        click.echo(text.listing(codes.values()), nl=False)
        return 0
    slug = code.casefold()
    if slug not in codes:
        raise click.UsageError(f"there is no problem code {code!r}. {suggest(slug, codes)}")
    click.echo(text.explanation(codes[slug]), nl=False)
    return 0


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Change nothing; fail where a schema is stale.")
def schemas(only_check: bool) -> int:
    """Write the JSON Schemas of the data files, which help editors while they type."""
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
        return PROBLEMS
    return 0


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


def _verdict(checked: checking.Checked, strict: bool) -> int:
    wrong = strict or any(problem.severity is Severity.ERROR for problem in checked.problems)
    return PROBLEMS if wrong and checked.problems else 0


def _report(checked: checking.Checked, data: str, stream: Any) -> str:
    color = stream.isatty() and not os.environ.get("NO_COLOR")
    report = text.report(checked.problems, checked.documents, data, color=color)
    if checked.problems:
        report += "`playbook explain CODE`, with the word in brackets, says what a problem means and how to mend it.\n"
    return report


def _failed(failed: Any) -> int:
    if message := str(failed):
        click.echo("\n".join(map(printable, message.split("\n"))), err=True)
    return USAGE if failed.usage else PROBLEMS


def _waiting() -> None:
    click.echo("Another run is writing there; waiting for it.", err=True)


def _log_mkdocs(level: int) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)-7s  %(message)s"))
    logger = logging.getLogger("mkdocs")
    logger.setLevel(level)
    logger.handlers[:] = [handler]
