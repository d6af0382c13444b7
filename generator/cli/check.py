"""Commands that say what is wrong with the data, and what that means."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from generator import __version__
from generator.boundary import Exit
from generator.cli.options import checked_data, gate_options, is_folder, report, verdict
from generator.cli.pin import note_pin
from generator.cli.repository import path_in_repository
from generator.findings import codes_of
from generator.model import RULE_CODE
from generator.problems import Code, suggest
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
@click.option(
    "--against",
    metavar="REV",
    help="Judge the findings alone that REV, a git revision or a folder, does not have, both as of one day.",
)
def check(data: str, as_of: date | None, strict: bool, form: str, baseline: Path | None, against: str | None) -> Exit:
    """Report what is wrong with the data.

    With --against or --baseline only new findings are reported, and fail with --strict: the exit
    code 1 then says that there are new problems.  Errors always count.

    The other formats than text name files by their path in the repository: github are annotations
    for GitHub Actions, gitlab is for the widget of merge requests (Code Quality), sarif for code
    scanning, junit for GitLab and Jenkins, json for scripts.
    """
    if baseline is not None and against is not None:
        raise click.UsageError("--baseline and --against both say what is known: give one of them")
    checked = checked_data(data, as_of)
    note_pin(data)
    problems = checked.problems
    # What these two need is loaded for those who want it.
    if against is not None:
        from generator.cli.against import opened

        problems = opened(checked, against, data)
    elif baseline is not None:
        from generator.cli.baseline import without_known

        problems = without_known(checked, baseline)
    if form == "text" and not problems and against is not None:
        click.echo("no new problems")
    elif form == "text":
        click.echo(report(problems, checked.documents, data, sys.stdout), nl=False)
    else:
        folder = path_in_repository(data)
        results = for_programs(problems, checked.documents, folder, __version__, strict=strict)
        click.echo(FORMATS[form](results), nl=False)
    return verdict(problems, strict)


@click.command()
@click.argument("code", required=False)
@click.option("--data", default="data", show_default=True, metavar="DIR", help="The folder with the company's rules.")
def explain(code: str | None, data: str) -> Exit:
    """Say what a problem means.

    Without CODE, list all that there are, those of the company's own rules.yml among them.
    """
    # It brings every module that declares one.
    from generator.catalogue import CATALOGUE

    slug = code.casefold() if code is not None else ""
    own = _own_codes(data) if code is None or slug.startswith(RULE_CODE) else {}
    if code is None:
        click.echo(text.listing(CATALOGUE.values(), own.values()), nl=False)
        return Exit.FINE
    codes = {**CATALOGUE, **own}
    if slug not in codes:
        raise click.UsageError(f"there is no problem code {code!r}. {suggest(slug, codes)}")
    click.echo(text.explanation(codes[slug]), nl=False)
    return Exit.FINE


def _own_codes(data: str) -> Mapping[str, Code]:
    """The codes of the rules in a data folder; none where there is no such folder, or something in it is wrong."""
    playbook = checked_data(data, None).playbook if is_folder(data) else None
    return codes_of(playbook) if playbook is not None else {}
