"""The files of the sample: what `make site` says of them, how they are laid out, and what editors read beside them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.boundary import Exit
from generator.loading import kept
from generator.model import Playbook
from tests.kit import ROOT, examples, run
from tests.sample.conftest import DATA
from tests.test_diff_words import what_is_said_is_true
from tests.test_kept_entries import held_together


def test_a_new_user_sees_findings_and_no_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `make site` shows a new user."""
    monkeypatch.chdir(ROOT)
    result = run("check")
    assert result.exit_code == Exit.FINE
    assert "0 error" not in result.output
    assert " warnings in " in result.output


def test_the_files_are_in_their_normal_layout() -> None:
    """`playbook fmt` has nothing to do."""
    result = run("fmt", "--check", "--data", str(DATA))
    assert result.exit_code == Exit.FINE, result.output


def test_the_schemas_are_fresh(tmp_path: Path) -> None:
    """`playbook completion` writes schemas alone: the files lead there already."""
    shutil.copytree(DATA, tmp_path / "data")
    before = {path.name: path.read_bytes() for path in DATA.glob("*.yml")}
    assert run("completion", "--data", str(tmp_path / "data")).exit_code == Exit.FINE
    assert {path.name: path.read_bytes() for path in (tmp_path / "data").glob("*.yml")} == before


def test_every_answer_shows_a_trend(pages: Mapping[str, str]) -> None:
    """All answer pages compare with the end of September."""
    for path in ("ownership", "coverage", "routes", "alignment", "health", "value", "toolkit"):
        assert "| On 2026-09-30 | Today |" in pages[f"{path}.md"]


def test_its_entries_come_out_as_they_were_kept(
    folder: Path, playbook: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Expected: nothing of them is read again, and they are what they were in every respect."""
    monkeypatch.setattr(kept, "_FEW", 0)
    monkeypatch.setattr(kept.KeptEntries, "_again", True)
    for path in [folder / "partners.yml", *(folder / "partners").glob("*.yml")]:
        assert held_together(path.read_text("utf-8"), playbook.settings.fields)


@pytest.mark.long
@given(st.data())
@settings(deadline=None, max_examples=examples(100))
def test_what_is_said_of_any_edit_of_them_is_true(draws: st.DataObject) -> None:
    """Expected: after one to three edits of any value, no sentence of `playbook diff` contradicts itself."""
    what_is_said_is_true(DATA, draws)
