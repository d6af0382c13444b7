"""The command that says who is asked to review which file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator.boundary import Exit
from generator.cli import output
from generator.cli.options import data_input, loaded
from generator.cli.repository import path_in_repository
from generator.reports import codeowners as owners
from generator.reports.printable import printable
from generator.words import series

_READ = ("CODEOWNERS", "docs/CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where services look for it in a repository."""


@click.command()
@data_input
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write it there, such as to .github/CODEOWNERS.  [default: print it]",
)
def codeowners(data: str, as_of: date | None, out: Path | None) -> Exit:
    """Write CODEOWNERS from the departments' reviewers.

    GitHub and GitLab then ask each department to review changes of its own file in the folder
    partners/ of the data, and the home department to review all others: what else stands in the folder
    of the playbook.  Departments that name no reviewers are asked at their contact.
    """
    playbook = loaded(data, as_of)
    text = owners.codeowners(playbook, path_in_repository(data))
    if mailboxes := owners.by_address(playbook):
        names = printable(series(mailboxes))
        click.echo(
            f"GitHub asks nobody at an address that several share. Give {names} reviewers: a list of teams (@org/team) "
            "and user names (@name).",
            err=True,
        )
    if out is None:
        click.echo(text, nl=False)
    else:
        before = output.write(out, text, owners.MARK)
        click.echo(f"{printable(str(out))} is {'unchanged' if before == text else 'written'}.")
        if path_in_repository(str(out)) not in _READ:
            click.echo(
                "No service reads it there: GitHub and GitLab look for CODEOWNERS at the root of the repository and in "
                "docs/ there, GitHub also in .github/, and GitLab in .gitlab/.",
                err=True,
            )
    return Exit.FINE
