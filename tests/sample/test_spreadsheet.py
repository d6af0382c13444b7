"""The sample's department as a spreadsheet that somebody has opened and saved."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.kit import ROOT, run

SAVED = ROOT / "tests" / "imports" / "cases" / "excel-roundtrip" / "saved-by-excel-us.csv"


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An export of ours that Excel of the United States has saved, beside a copy of the sample's data."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(SAVED, tmp_path / "our.csv"))


def test_an_export_that_excel_has_saved(sheet: Path) -> None:
    """Its days are those of another country, and columns that came since are not there: nothing changes or is asked."""
    said = run("import", sheet.name, "--department", "channel-sales").stdout
    assert "14 rows." in said
    assert "Nothing changes: " in said
    assert not sheet.with_suffix(".review.csv").exists()


def test_an_edit_in_it_is_all_that_changes(sheet: Path) -> None:
    """Of a day, and of a text: whatever else the program wrote in its own way stays what it was."""
    before = Path("data/partners.yml").read_text("utf-8")
    text = sheet.read_text("utf-8-sig")
    run("import", sheet.name, "--department", "channel-sales")
    for old, new in (
        ("7/8/2026,tomas-lindqvist", "10/30/2026,tomas-lindqvist"),
        ("Food and beverage,,Intro", "Energy,,Intro"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    sheet.write_text(text, "utf-8-sig")
    run("import", sheet.name, "--department", "channel-sales")
    after = Path("data/partners.yml").read_text("utf-8")
    changed = [pair for pair in zip(before.splitlines(), after.splitlines(), strict=True) if len(set(pair)) > 1]
    assert len(changed) == 2
