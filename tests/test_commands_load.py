"""A command loads what it needs, and no more: whoever checks data waits for no theme and no spreadsheet."""

from __future__ import annotations

import gc

import pytest

from generator.cli import main
from tests.kit import ROOT, WORLD, ran, run

HEAVY = ("mkdocs", "jinja2", "openpyxl", "phonenumbers", "watchdog", "filelock", "packaging", "generator.views")


def test_every_command_has_its_module() -> None:
    """Expected: each name leads to the command of that name, and no other name leads anywhere."""
    assert len(main.commands) > 15
    assert all(command.name == name for name, command in main.commands.items())
    assert main.commands.get("nothing") is None


@pytest.mark.long
def test_a_check_loads_nothing_heavy() -> None:
    """Expected: of what other commands need, nothing is loaded."""
    code = "import sys; from generator.cli import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    done = ran("-c", code, "check", "--data", WORLD)
    loaded = done.stderr.split()
    assert "generator.loading" in loaded
    assert [name for name in HEAVY if name in loaded] == []


@pytest.mark.parametrize(
    ("command", "asks", "looks"), [("check", "cli.check.note_pin", False), ("serve", "mkdocs_plugin.serve", True)]
)
def test_garbage(command: str, asks: str, looks: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: what ends soon looks for none in what it has read; the server does, and everything does afterwards."""
    seen: list[bool] = []
    monkeypatch.setattr(f"generator.{asks}", lambda *_: seen.append(gc.isenabled()))
    run(command, "--data", str(ROOT / "tests" / "golden" / "data"))
    assert seen == [looks]
    assert gc.isenabled()
