"""What `serve` makes of data of which it has read most before."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.mkdocs_plugin.ready import Source, load
from generator.site import Site
from generator.source.lines import read_lines
from tests.kit import RICH

EDITS = {
    "an owner": ("owner: owen-pryce", "owner: erik-nyberg"),
    "lines above": ("departments:", "# One\n# Two\ndepartments:"),
    "a name": ("name: Hexley Networks", "name: Haxley Networks"),
}


def contents(ready: Site) -> dict[str, bytes]:
    return {page.path: page.data for page in ready.pages(copies=True)}


@pytest.mark.long
@pytest.mark.parametrize(("old", "new"), EDITS.values(), ids=EDITS)
def test_the_same_pages_as_of_data_read_anew(tmp_path: Path, old: str, new: str) -> None:
    """Expected: whatever of an earlier state was taken over, every page and the lines that it leads to are the same."""
    data = shutil.copytree(RICH, tmp_path / "data")
    source = Source(data, date(2026, 11, 2), strict=False)
    _, before = load(source)
    file = next(file for file in sorted(data.rglob("partners*.yml")) if old in file.read_text("utf-8"))
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")

    assert contents(load(source, before)[0]) == contents(load(source)[0])


def test_what_stays_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: where nothing has changed, no entry is read."""
    source = Source(shutil.copytree(RICH, tmp_path / "data"), date(2026, 11, 2), strict=False)
    read: list[str] = []

    def seen(text: str, *rest: Any) -> Any:
        read.append(text)
        return read_lines(text, *rest)

    monkeypatch.setattr("generator.source.pieces.read_lines", seen)
    _, before = load(source)
    number = len(read)
    load(source, before)

    assert number > 10
    assert len(read) == number
