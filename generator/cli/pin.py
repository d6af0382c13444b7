"""The version of the program that a company's repository names, and the one that runs."""

from __future__ import annotations

import re

import click

from generator import __version__
from generator.cli.repository import beside
from generator.reports.printable import printable
from generator.source import text_of

_OURS = re.compile(r"\s*partner[-_.]+playbook(?![-_.\w])", re.IGNORECASE)
_REST = re.compile(r"(?:^|\s)(?:#|--|\\).*")
"""What may follow a requirement: a comment, options such as hashes, and the sign that it goes on below."""
_LIMIT = 1_000_000


def note_pin(data: str) -> None:
    """Say on stderr that requirements.txt beside the data pins another version than this one, where it does."""
    path = beside(data) / "requirements.txt"
    for number, line in enumerate(text_of(path, _LIMIT).splitlines(), 1):
        if _OURS.match(line) and (pinned := _other_version(_REST.sub("", line))):
            name = printable(str(path))
            click.echo(
                f"{name}:{number} pins partner-playbook {printable(pinned)}, and this is {__version__}: "
                f"`pip install -r {name}` installs what it pins.",
                err=True,
            )


def _other_version(requirement: str) -> str:
    """The exact version that a requirement asks for, where this is another one and it counts here; else empty."""
    # Needed where there is such a line alone.
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        wanted = Requirement(requirement)
    except InvalidRequirement:
        return ""
    exact = [pin.version for pin in wanted.specifier if pin.operator in ("==", "===") and not pin.version.endswith("*")]
    counts = wanted.marker is None or wanted.marker.evaluate()
    return exact[0] if exact and counts and not wanted.specifier.contains(__version__, prereleases=True) else ""
