"""What the docs tell people to type is what the program knows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from generator import kit
from generator.cli import main
from tests.kit import ROOT

GUIDE = sorted((ROOT / "generator" / "templates" / "editors").glob("*.md.j2"))
# What a company's repository brings: what its team reads, and what stands above its data.
COMPANYS = sorted(path for path in kit.REPOSITORY.rglob("*") if path.suffix in (".md", ".yml"))
DOCS = [*GUIDE, ROOT / "MOVING.md", *(path for path in COMPANYS if "`playbook " in path.read_text("utf-8"))]
COMMAND = re.compile(r"`playbook ([^`]+)`|^\$ playbook (.+)$", re.MULTILINE)


def commands(path: Path) -> list[str]:
    """What the page tells readers to type after `playbook`, in its sentences and in its blocks."""
    text = path.read_text("utf-8").replace("\\\n", " ")
    return [inline or block for inline, block in COMMAND.findall(text)]


def test_the_docs_name_commands() -> None:
    """There is something to hold against the program."""
    assert len([typed for path in GUIDE for typed in commands(path)]) > 30
    assert len([typed for path in DOCS for typed in commands(path)]) > 60


@pytest.mark.parametrize("path", DOCS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_command_in_the_docs_is_real(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command exists, has the options that are named, and takes as many words as are given."""
    assert isinstance(main, click.Group)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "known.txt").touch()  # the baseline of the docs
    for typed in commands(path):
        name, *rest = shlex.split(typed)
        command = main.commands.get(name)
        if isinstance(command, click.Group) and rest:
            command = command.commands.get(rest.pop(0))
        assert command is not None, typed
        # Below the program, or the command would remember a help option that is not ours.
        program = main.make_context("playbook", [name])
        command.make_context(name, rest or list(needed(command)), program, resilient_parsing=not rest)


def needed(command: click.Command) -> list[str]:
    """A word for each that the command cannot do without."""
    return ["word" for param in command.params if isinstance(param, click.Argument) and param.required]
