"""Commands that say what is wrong with the data, and what that means."""

from __future__ import annotations

import sys
from datetime import date

import click

from generator.boundary import Exit
from generator.cli.group import main
from generator.cli.options import checked_data, judged, report, verdict
from generator.problems import catalogue, suggest
from generator.reports import text


@main.command()
@judged
def check(data: str, as_of: date | None, strict: bool) -> Exit:
    """Report what is wrong with the data."""
    checked = checked_data(data, as_of)
    click.echo(report(checked, data, sys.stdout), nl=False)
    return verdict(checked, strict)


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
