"""The group that all commands belong to."""

from __future__ import annotations

import click

from generator import __version__
from generator.boundary import Guarded


@click.group(cls=Guarded, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="playbook")
def main() -> None:
    """Turn a company's partner inventory (YAML) into one searchable site."""
