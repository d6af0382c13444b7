"""Commands that change one data folder at the same time: one after the other, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE

import pytest
import yaml

from generator.cli import edits
from generator.sinks.lock import locked
from tests.kit import run, started, world_in

INVENTORY = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [shop], owner: ann}
      - {id: delta, name: Delta, types: [shop], owner: ann}
"""

PAUSED = """
import sys
from generator.cli import main
from generator.sinks import files

honest = files.temporary_folder

def paused(*arguments):
    print("read", flush=True)
    sys.stdin.readline()
    return honest(*arguments)

files.temporary_folder = paused
main()
"""
"""A command that has read and decided, says so, and writes once it is told to."""

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return world_in(tmp_path / "data", partners=INVENTORY, people="people:\n  - {id: ann, name: Ann}\n")


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    """Starts a command on the folder in a process of its own, which ends with the test."""
    begun: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: str) -> subprocess.Popen[str]:
        process = started("-c", code, *arguments, "--data", folder, stdin=PIPE)
        begun.append(process)
        return process

    yield start
    for process in begun:
        process.kill()
        process.communicate()


REVIEW = ("--by", "ann", "--as-of", "2026-06-01")
RUN = "from generator.cli import main; main()"


def reviewed(folder: Path) -> set[str]:
    data = yaml.safe_load((folder / "partners.yml").read_text())
    return {one["id"] for one in data["departments"][0]["partners"] if "reviewed" in one}


@pytest.mark.long
def test_two_reviews_at_once_are_both_recorded(folder: Path, start: Start) -> None:
    """Expected: the second says once that it waits, and then works on what the first one wrote."""
    first = start(PAUSED, "review", "acme", *REVIEW)
    assert first.stdout is not None
    assert first.stdout.readline() == "read\n"
    second = start(RUN, "review", "delta", *REVIEW)
    assert second.stderr is not None
    assert second.stderr.readline() == "Another command is changing the data; waiting for it.\n"

    first.communicate("go on\n")
    _, more = second.communicate()

    assert (first.returncode, second.returncode, more) == (0, 0, "")
    assert reviewed(folder) == {"acme", "delta"}
    assert sorted(os.listdir(folder)) == ["partners.yml", "people.yml", "settings.yml", "taxonomy.yml"]


@pytest.mark.long
def test_a_command_that_was_killed_holds_nobody_up(folder: Path, start: Start) -> None:
    """Expected: the one that waited goes on as soon as the other is gone, and nothing is half written."""
    first = start(PAUSED, "review", "acme", *REVIEW)
    assert first.stdout is not None
    first.stdout.readline()
    second = start(RUN, "review", "delta", *REVIEW)
    assert second.stderr is not None
    second.stderr.readline()

    first.kill()
    second.communicate()

    assert second.returncode == 0
    assert reviewed(folder) == {"delta"}


CHANGING = {
    "fmt": ("fmt",),
    "split": ("split",),
    "review": ("review", "acme", *REVIEW),
    "rename": ("rename", "acme", "acme-inc"),
    "merge": ("merge", "delta", "--into", "acme"),
    "remove": ("remove", "delta"),
    "reassign": ("reassign", "ann", "eve"),
    "offboard": ("offboard", "ann", "--to", "eve"),
    "move": ("move", "acme", "--to", "sales"),
    "acquire": ("acquire", "acme", "--by", "delta"),
    "end": ("end", "acme", "--why", "Closed"),
    "split-type": ("split-type", "shop", "store", "market"),
    "new": ("new", "person", "--name", "Bob"),
    "completion": ("completion",),
    "snapshot": ("snapshot",),
}
READING = {
    "check": ("check",),
    "fmt": ("fmt", "--check"),
    "rename": ("rename", "acme", "acme-inc", "--dry-run"),
    "merge": ("merge", "delta", "--into", "acme", "--dry-run"),
    "remove": ("remove", "delta", "--dry-run"),
    "offboard": ("offboard", "ann", "--dry-run"),
    "acquire": ("acquire", "acme", "--by", "delta", "--dry-run"),
    "end": ("end", "acme", "--why", "Closed", "--dry-run"),
    "export": ("export", "acme.csv"),
    "import": ("import", "acme.csv", "--department", "sales", "--dry-run"),
}


@pytest.mark.parametrize("name", CHANGING)
def test_whatever_changes_the_data_asks_for_the_lock(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Expected: with the lock in other hands the command says that it waits, and has written nothing by then."""
    before = {path: path.read_bytes() for path in folder.iterdir()}

    def given_up() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(edits, "_waiting", given_up)
    with locked(folder):
        result = run(*CHANGING[name], "--data", str(folder))

    assert result.exit_code == 130
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("name", READING)
def test_whatever_only_reads_waits_for_nobody(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    """Expected: the answer, although somebody else holds the lock."""
    monkeypatch.chdir(tmp_path)
    if name == "import":
        Path("acme.csv").write_text("name,type,owner\nZeta,shop,ann\n")
    with locked(folder):
        result = run(*READING[name], "--data", str(folder))

    assert result.exit_code in (0, 1), result.output
    assert "waiting" not in result.output


def test_a_folder_that_is_not_there_gets_no_lock(tmp_path: Path) -> None:
    """Expected: the usual word about --data, and no folder."""
    result = run("fmt", "--data", str(tmp_path / "none"))
    assert result.exit_code == 2
    assert "there is no folder" in result.output
    assert not (tmp_path / "none").exists()
