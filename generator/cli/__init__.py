"""The commands, and the only printer but for the boundary around them.  Each returns its exit code."""

from __future__ import annotations

import click

from generator import __version__
from generator.boundary import Guarded
from generator.cli.baseline import baseline
from generator.cli.check import check, explain
from generator.cli.codeowners import codeowners
from generator.cli.completion import completion
from generator.cli.diff import diff
from generator.cli.due import due
from generator.cli.exporting import export
from generator.cli.importing import import_
from generator.cli.init import init
from generator.cli.layout import fmt
from generator.cli.new import new
from generator.cli.rename import rename
from generator.cli.review import review
from generator.cli.site import build, pages, serve
from generator.cli.split import split
from generator.cli.upgrade import upgrade
from generator.cli.upkeep import schemas, snapshot

__all__ = ["main"]

COMMANDS = (
    *(init, check, explain, build, serve, pages),
    *(new, review, rename, split, fmt, completion, import_, export),
    *(diff, due, baseline, upgrade, codeowners, snapshot, schemas),
)


@click.group(
    cls=Guarded,
    commands={str(command.name): command for command in COMMANDS},
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="playbook")
def main() -> None:
    """Turn a company's partner inventory (YAML) into one searchable site."""
