"""What is found in a playbook, and what is known of all of it, is worked out once, however many ask for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pytest

import generator.findings
from generator.findings import Finding
from generator.insights import overview
from generator.mkdocs_plugin.ready import Source, load
from generator.model import Playbook
from generator.site import Site
from tests.kit import inventory, run, world_in

ACME = "types: [shop], owner: null"


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[Playbook]:
    """Grows with each look at a playbook for what is to be found in it."""
    looks: list[Playbook] = []
    first, *others = generator.findings.RULES

    def counted(playbook: Playbook) -> Iterator[Finding]:
        looks.append(playbook)
        yield from first.check(playbook)

    monkeypatch.setattr(generator.findings, "RULES", (replace(first, check=counted), *others))
    return looks


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder in no repository, with something to be found."""
    world_in(tmp_path / "data", partners=inventory(acme=ACME))
    return tmp_path / "data"


@pytest.mark.parametrize("command", ["check", "pages"])
def test_a_command_looks_once(command: str, data: Path, looked: list[Playbook], tmp_path: Path) -> None:
    """Expected: one look for the report, the verdict and all pages together."""
    options = ["--out", str(tmp_path / "out")] if command == "pages" else []
    done = run(command, "--data", str(data), *options)

    assert done.exit_code == 0, done.output
    assert len(looked) == 1


def test_the_plugin_looks_once(data: Path, looked: list[Playbook]) -> None:
    """Expected: one look for the verdict and all pages together."""
    assert load(Source(data, None, strict=False))[0].paths
    assert len(looked) == 1


def test_a_command_that_changes_data_looks_at_each_state_once(data: Path, looked: list[Playbook]) -> None:
    """Expected: one look at the data as it was and one as it is, and the change is told."""
    done = run("rename", "--data", str(data), "acme", "acme-group")

    assert done.exit_code == 0, done.output
    assert len(looked) == 2
    assert looked[0] is not looked[1]


def test_pages_and_their_trends_share_what_is_known(rich: Playbook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: one call of each insight about the whole playbook for a site with all its files."""
    names = [name for name, made in vars(overview.Overview).items() if isinstance(made, cached_property)]
    calls: Counter[str] = Counter()

    def counted(name: str, made: Callable[[Playbook], Any], playbook: Playbook) -> Any:
        calls[name] += 1
        return made(playbook)

    for name in names:
        monkeypatch.setattr(overview, name, partial(counted, name, getattr(overview, name)))

    assert all(page.data for page in Site(rich).pages())
    assert calls == dict.fromkeys(names, 1)
