"""Every finding has a case file: a small world, and all that is found in it.

A case's files are added to those of tests/world/; `findings` lists `file:line: code: message`, in order.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.catalogue import CATALOGUE
from generator.findings import find, word
from generator.model import Playbook
from generator.problems import Severity
from tests.kit import loaded, world_in, yaml_of

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.yml"))


def read(case: Path) -> Any:
    return yaml_of(case.read_text("utf-8"))


def lines(playbook: Playbook) -> list[str]:
    found = (word(finding, playbook) for finding in find(playbook))
    return [f"{one.place.file}:{one.place.line}: {one.code.slug}: {one.message}" for one in found]


def test_every_code_has_a_case() -> None:
    """A rule is not done without its case file, and no case outlives its rule."""
    codes = {slug for slug, code in CATALOGUE.items() if code.severity is Severity.WARNING}
    assert {case.stem for case in CASES} == codes


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.stem))
def test_case(case: Path, tmp_path: Path) -> None:
    """Exactly the listed findings are found, at their lines and in their order."""
    content = read(case)
    assert lines(loaded(world_in(tmp_path, **content["files"]))) == content["findings"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.stem))
def test_case_is_about_its_code(case: Path) -> None:
    """A case shows its own code, and no other one by accident."""
    findings = read(case)["findings"]
    assert findings
    assert {finding.split(": ")[1] for finding in findings} == {case.stem}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.stem))
def test_off(case: Path, tmp_path: Path) -> None:
    """A code that settings.yml turns off is not found."""
    files = read(case)["files"]
    settings = files.get("settings.yml") or (HERE.parent / "world" / "settings.yml").read_text("utf-8")
    playbook = loaded(world_in(tmp_path, **{**files, "settings.yml": f"{settings}off: [{case.stem}]\n"}))
    assert not [line for line in lines(playbook) if line.split(": ")[1] == case.stem]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.stem))
def test_findings_say_whom_they_concern(case: Path, tmp_path: Path) -> None:
    """A finding names its partner, and an entry's finding the department and the owner of the entry."""
    playbook = loaded(world_in(tmp_path, **read(case)["files"]))
    for finding in find(playbook):
        if finding.partner is None:
            assert (finding.department, finding.owner) == (None, None)
            continue
        entries = playbook.partners[finding.partner].current
        assert (finding.department, finding.owner) in {(r.department, r.owner) for r in entries}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.stem))
def test_findings_say_what_to_do(case: Path, tmp_path: Path) -> None:
    """A message is one line without a full stop, and there is a hint and a text for `explain`."""
    playbook = loaded(world_in(tmp_path, **read(case)["files"]))
    for finding in find(playbook):
        problem = word(finding, playbook)
        assert problem.hint
        assert problem.code.meaning.endswith(".")
        assert problem.code.fix.endswith(".")
        assert not problem.message.endswith(".")
        assert "\n" not in problem.message + problem.hint
