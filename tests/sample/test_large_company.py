"""The company that benchmarks are run in, made from the sample, and what they say of two revisions."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from bench import company, compare, measure
from generator.model import Playbook
from tests.kit import ROOT, contents, git, loaded

pytestmark = pytest.mark.long

PARTNERS = 230  # more than the sample has


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Such a company, for reading only."""
    folder = tmp_path_factory.mktemp("bench") / "company"
    company.write(folder, PARTNERS, 3)
    return folder


def owners(playbook: Playbook) -> dict[tuple[str, str], str | None]:
    """Who owns each entry, by partner and department."""
    entries = (entry for partner in playbook.partners.values() for entry in partner.entries)
    return {(entry.partner, entry.department): entry.owner for entry in entries}


def test_it_is_as_large_as_wanted(made: Path) -> None:
    """Expected: so many partners, free of errors."""
    assert len(loaded(made / "data").partners) == PARTNERS


def test_each_commit_changes_some_entries(made: Path) -> None:
    """Expected: so many commits, each on another day, each of the data alone."""
    assert len(set(git(made, "log", "--format=%ad", "--date=short").splitlines())) == 3
    for commit in ("HEAD", "HEAD~1"):
        changed = git(made, "diff", "--numstat", f"{commit}~1", commit).split()
        assert changed[2:] == ["data/partners.yml"]
        assert 1 <= int(changed[0]) <= 6


def test_one_partner_is_changed(made: Path, tmp_path: Path) -> None:
    """Expected: another owner for one entry, each time another one, and nothing left of it afterwards."""
    git(tmp_path, "clone", "--quiet", str(made), "copy")
    copy = tmp_path / "copy"
    before = contents(copy / "data")
    states = [owners(loaded(copy / "data"))]
    for _ in range(2):
        measure.change_one(copy)
        states.append(owners(loaded(copy / "data")))
    (copy / "site").mkdir()
    measure.as_committed(copy)

    for one, other in pairwise(states):
        assert len([entry for entry in one if one[entry] != other[entry]]) == 1
    assert contents(copy / "data") == before
    assert not (copy / "site").exists()


def test_a_command_that_fails(tmp_path: Path) -> None:
    """Expected: what it said; a cost would be that of something else."""
    with pytest.raises(measure.Failed, match="there is no folder 'data'"):
        measure.cost(measure.program("check"), tmp_path, ROOT)


def test_what_a_process_starts_counts(tmp_path: Path) -> None:
    """Expected: the processor's time of workers and their memory, too."""
    busy = "held = bytearray(80_000_000); sum(range(3_000_000))"
    alone = measure.cost(["-c", busy], tmp_path, tmp_path)
    starts = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"
    child = measure.cost(["-c", starts], tmp_path, tmp_path)

    assert alone.peak > 80
    assert child.peak > 80
    assert child.cpu > alone.cpu / 4


@pytest.mark.parametrize(
    ("check", "build", "said"),
    [
        ((1.0, 1.1), (9.0, 9.9), []),
        ((1.0, 1.1), (9.0, 10.3), []),
        ((1.0, 1.1), (9.0, 10.4), ["build"]),
        ((2.0, 2.4), (9.0, 8.0), ["check"]),
    ],
)
def test_a_change_that_is_slower_is_seen(
    check: tuple[float, float], build: tuple[float, float], said: list[str]
) -> None:
    """Expected: over 15% more than the base is too much, and the least time of each is what counts."""
    before, after = ({"check": [check[at], 99.0], "build": [77.0, build[at]]} for at in (0, 1))
    table = compare.table(before, after)

    assert compare.slower(before, after) == said
    assert table.count("more than 15% slower") == len(said)
    assert f"| build | 9.00 | {build[1]:.2f} | {build[1] / 9 - 1:+.1%} |" in table


def test_an_edited_export_has_its_edits(tmp_path: Path) -> None:
    """Expected: of 100 rows so many say something new, and nobody loses a row or a column."""
    sheet = tmp_path / "our.csv"
    rows = [f"sales,p{number},,EMEA,,,ann" for number in range(100)]
    titles = "department,id,notes,regions,reviewed_date,reviewed_by,owner"
    sheet.write_text("\n".join([titles, *rows]) + "\n", "utf-8-sig")
    company.edit_sheet(sheet)
    head, *edited = sheet.read_text("utf-8-sig").splitlines()

    assert head == titles
    changed = [row for row, old in zip(edited, rows, strict=True) if row != old]
    assert len(changed) == 5 + 2 + 2
