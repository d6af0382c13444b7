"""Commands that say what is wrong with the data, and what that means."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from generator import __version__
from generator.boundary import Exit
from generator.cli.options import checked_data, gate_options, report, verdict
from generator.cli.pin import note_pin
from generator.cli.repository import path_in_repository
from generator.problems import suggest
from generator.reports import FORMATS, text
from generator.reports.format import report as for_programs


@click.command()
@gate_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", *FORMATS]),
    default="text",
    show_default=True,
    help="For whom the report is: text for people, the others for programs.",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Let the findings pass that this file names; `playbook baseline` writes it.",
)
def check(data: str, as_of: date | None, strict: bool, form: str, baseline: Path | None) -> Exit:
    """Report what is wrong with the data.

    The other formats than text name files by their path in the repository: github are annotations
    for GitHub Actions, sarif is for code scanning, junit for GitLab and Jenkins, json for scripts.
    """
    checked = checked_data(data, as_of)
    note_pin(data)
    problems = checked.problems
    if baseline is not None:
        # It knows every code that there is.
        from generator.cli.baseline import without_known

        problems = without_known(checked, baseline)
    if form == "text":
        click.echo(report(problems, checked.documents, data, sys.stdout), nl=False)
    else:
        folder = path_in_repository(data)
        results = for_programs(problems, checked.documents, folder, __version__, strict=strict)
        click.echo(FORMATS[form](results), nl=False)
    return verdict(problems, strict)


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> Exit:
    """Say what a problem means.

    Without CODE, list all that there are.
    """
    # It brings every module that declares one.
    from generator.catalogue import CATALOGUE

    if code is None:
        click.echo(text.listing(CATALOGUE.values()), nl=False)
        return Exit.FINE
    slug = code.casefold()
    if slug not in CATALOGUE:
        raise click.UsageError(f"there is no problem code {code!r}. {suggest(slug, CATALOGUE)}")
    click.echo(text.explanation(CATALOGUE[slug]), nl=False)
    return Exit.FINE
