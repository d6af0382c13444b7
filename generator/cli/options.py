"""What most commands take and do first: where the data is, the day to judge by, and the check."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from generator import loading
from generator.boundary import Exit
from generator.model import Playbook
from generator.problems import Problem, Severity
from generator.reports import text
from generator.sinks.kept import Kept
from generator.source import Document

SHOWN = 120
"""How much of a name a message shows, in characters."""

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Day(click.ParamType):
    """A day as 2026-11-30."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return loading.day(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def data_input(command: _Command) -> _Command:
    """Give a command `data`, the folder, and `as_of`, the day to judge by or None."""
    for option in (
        click.option(
            "--as-of",
            type=Day(),
            metavar="YYYY-MM-DD",
            help="The day to judge by.  [default: as_of in settings.yml, else today]",
        ),
        click.option("--data", default="data", show_default=True, metavar="DIR", help="The folder with the data."),
    ):
        command = option(command)
    return command


def gate_options(command: _Command) -> _Command:
    """Give a command these two, and `strict`: whether warnings fail."""
    return data_input(click.option("--strict", is_flag=True, help="Let warnings fail, too.")(command))


def checked_data(data: str, as_of: date | None) -> loading.Loaded:
    """What can be said about the data as of that day, else the day of its settings, else today."""
    # Commands are over soon after: until then, whatever they make of the data grows, too.
    click.get_current_context().with_resource(loading.growing())
    folder = data_folder(data)
    return loading.load_folder(folder, as_of, date.today(), keeper=Kept(folder, "entries"))


def data_folder(data: str) -> Path:
    """The folder with the data; click.BadParameter where there is none."""
    if not is_folder(data):
        raise click.BadParameter(f"there is no folder {cut(data)!r}", param_hint="--data")
    return Path(data)


def is_folder(name: str) -> bool:
    """Whether there is such a folder."""
    return os.path.isdir(name)  # noqa: PTH112 - pathlib raises where a name is too long for a file


def cut(name: str) -> str:
    """A name in a message: one that is too long for a file would fill the screen."""
    return name if len(name) <= SHOWN else f"{name[:SHOWN]}…"


def require_playbook(data: str, as_of: date | None, strict: bool) -> loading.Loaded:
    """What was read, where nothing stands against building a site of it; else the report, and the end."""
    checked = checked_data(data, as_of)
    # A rule of the company's own may be an error; it is shown on the site, which days alone must not stop.
    if code := verdict(checked.problems if strict else checked.errors, strict):
        click.echo(report(checked.problems, checked.documents, data, sys.stderr), nl=False, err=True)
        click.get_current_context().exit(code)
    return checked


def summaries(checked: loading.Loaded, audience: str) -> list[str]:
    """How many warnings there are, if any, for whoever builds a site of the data; that of an audience may not show
    them.
    """
    number = text.summary(checked.problems)
    where = "`playbook check` lists them" if audience else "the findings page lists them, and so does `playbook check`"
    return [f"{number}: {where}."] if checked.problems else []


def loaded(data: str, as_of: date | None) -> Playbook:
    """The playbook, whatever its warnings; where it has errors, the report of them, and the end."""
    return free_of_errors(data, as_of)[1]


def free_of_errors(data: str, as_of: date | None, otherwise: str = "") -> tuple[loading.Loaded, Playbook]:
    """The same, with all that was found; `otherwise` is said below the report of errors."""
    checked = checked_data(data, as_of)
    if checked.playbook is None:
        click.echo(report(checked.errors, checked.documents, data, sys.stderr) + otherwise, nl=False, err=True)
        click.get_current_context().exit(Exit.PROBLEMS)
    return checked, checked.playbook


def verdict(problems: Sequence[Problem], strict: bool) -> Exit:
    """The exit code for what was found."""
    wrong = strict or any(problem.severity is Severity.ERROR for problem in problems)
    return Exit.PROBLEMS if wrong and problems else Exit.FINE


def report(problems: Sequence[Problem], documents: Mapping[str, Document], data: str, stream: Any) -> str:
    """What was found, as text for `stream`."""
    # Whoever closes an output leaves None in its place.
    color = stream is not None and stream.isatty() and not os.environ.get("NO_COLOR")
    report = text.report(problems, documents, data, color=color)
    if problems:
        report += "`playbook explain CODE`, with the word in brackets, says what a problem means and how to mend it.\n"
    return report
