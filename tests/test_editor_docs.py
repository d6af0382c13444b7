"""What the docs for editors tell them to type is what the program knows."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from generator.cli import main

DOCS = sorted((Path(__file__).parent.parent / "docs" / "editors").glob("*.md"))
COMMAND = re.compile(r"`playbook ([^`]+)`")


def test_the_docs_name_commands() -> None:
    """There is something to hold against the program."""
    assert len(COMMAND.findall("".join(path.read_text("utf-8") for path in DOCS))) > 6


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_command_in_the_docs_is_real(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command exists, has the options that are named, and takes as many words as are given."""
    assert isinstance(main, click.Group)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "known.txt").touch()  # the baseline of the docs
    for typed in COMMAND.findall(path.read_text("utf-8")):
        name, *rest = typed.split()
        command = main.commands.get(name)
        assert command is not None, typed
        command.make_context(f"playbook {name}", rest or list(needed(command)), resilient_parsing=not rest)


def needed(command: click.Command) -> list[str]:
    """A word for each that the command cannot do without."""
    return ["word" for param in command.params if isinstance(param, click.Argument) and param.required]
