"""`playbook snapshot`, and what the pages make of its file."""

from __future__ import annotations

import errno
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from generator.boundary import Exit
from generator.formats.history import with_day
from generator.insights.figures import FIGURES, figures, trend
from generator.insights.overview import Overview
from generator.model import Playbook, Snapshot, frozen
from generator.sinks import files
from tests.kit import World, pages_of, run, world_in

PARTNERS = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [shop, agent], owner: ann}
      - {id: birch, name: Birch, types: [agent], owner: null, status: prospect}
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return world_in(tmp_path / "data", partners=PARTNERS)


def snapshot(data: Path, day: str = "2026-06-01") -> Result:
    return run("snapshot", "--data", str(data), "--as-of", day)


def days(data: Path) -> list[str]:
    return [json.loads(line)["date"] for line in (data / "history.jsonl").read_text().splitlines()]


def test_the_first_day(data: Path) -> None:
    """The file is made, with what can be told: no home, no offers and no objectives are recorded."""
    result = snapshot(data)
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (
        0,
        f"{data}/history.jsonl: the figures of 2026-06-01 are added.",
    )
    assert json.loads((data / "history.jsonl").read_text()) == {
        "date": "2026-06-01",
        "relationships": 2,
        "partners": 2,
        "partners-active": 1,
        "partners-shared": 0,
        "entries-unowned": 1,
        "checks-failed": 0,
        "checks-passed": 2,
        "checks-unknown": 1,
        "entries-clean": 0,
    }


def test_the_same_day_again(data: Path) -> None:
    """Nothing is written where nothing changed; else the day's line is replaced."""
    snapshot(data)
    before = (data / "history.jsonl").read_bytes()
    assert "are unchanged." in snapshot(data).stdout
    assert (data / "history.jsonl").read_bytes() == before

    (data / "partners.yml").write_text(PARTNERS.replace("owner: null", "owner: ann"))
    assert "are replaced." in snapshot(data).stdout
    assert days(data) == ["2026-06-01"]
    assert json.loads((data / "history.jsonl").read_text())["entries-unowned"] == 0


def test_other_days(data: Path) -> None:
    """A later day goes to the end, an earlier one in front of the first later; other lines stay to the byte."""
    odd = '{"gaps":7,  "date": "2026-03-31", "of-old": 1}'
    (data / "history.jsonl").write_text(f"\n{odd}\n" + '{"date": "2026-05-31"}')
    snapshot(data, "2026-06-30")
    snapshot(data, "2026-04-30")

    lines = (data / "history.jsonl").read_text().split("\n")
    assert lines[:2] == ["", odd]
    assert [json.loads(line)["date"] for line in lines if line] == [
        "2026-03-31",
        "2026-04-30",
        "2026-05-31",
        "2026-06-30",
    ]
    assert lines[-1] == ""


def test_errors_stop_it(data: Path) -> None:
    """Wrong data, or a line that cannot be read, is reported, and nothing is written."""
    (data / "history.jsonl").write_text('{"date": "2026-03-31", "gaps": "many"}\n')
    result = snapshot(data)
    assert result.exit_code == Exit.PROBLEMS
    assert "history.jsonl:1:1: error[bad-history]: gaps is 'many'" in result.stderr
    assert '  1 | {"date": "2026-03-31", "gaps": "many"}' in result.stderr
    assert (data / "history.jsonl").read_text() == '{"date": "2026-03-31", "gaps": "many"}\n'


def test_a_file_that_cannot_be_written(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message names the file and the reason; there is no traceback."""

    def refuse(path: Path, content: bytes | None) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(files, "renew", refuse)
    result = snapshot(data)
    assert result.exit_code == Exit.USAGE
    assert result.stderr.endswith("history.jsonl cannot be written: permission denied\n")
    assert not (data / "history.jsonl").exists()


def test_a_folder_in_the_way(data: Path) -> None:
    """What is no file is refused before anything is written."""
    (data / "history.jsonl").mkdir()
    result = snapshot(data)
    assert result.exit_code == Exit.PROBLEMS
    assert "history.jsonl:1:1: error[not-a-file]" in result.stderr


# --- the trend ----------------------------------------------------------------------------


def at(playbook: Playbook, *days: tuple[str, dict[str, int]]) -> Playbook:
    snapshots = (Snapshot(date.fromisoformat(day), frozen(them)) for day, them in days)
    return replace(playbook, history=tuple(snapshots))


@pytest.mark.parametrize(
    ("history", "since"),
    [
        ([], None),
        ([("2026-04-01", {})], None),
        ([("2025-06-30", {}), ("2026-03-31", {}), ("2026-04-01", {})], date(2026, 3, 31)),
        ([("2025-06-30", {}), ("2027-01-01", {})], date(2025, 6, 30)),
    ],
)
def test_baseline(world: World, history: list[tuple[str, dict[str, int]]], since: date | None) -> None:
    """The last day recorded by the end of the quarter before that of 2026-06-01; what comes later does not count."""
    found = trend(Overview(at(world(partners=PARTNERS), *history)))
    assert (found.since if found is not None else None) == since


def test_pages_show_the_change(world: World) -> None:
    """Figures known then and now, on the page that they belong to; no heading where there is none."""
    playbook = at(world(partners=PARTNERS), ("2026-03-31", {"relationships": 5, "partners": 1, "gaps": 3, "odd": 1}))
    pages = pages_of(playbook)
    ownership = pages["ownership.md"].split("{ #trend }")[1]
    assert "| Active relationships | 5 | 2 | 3 fewer |" in ownership
    assert "| 1 | 2 | 1 more |" in ownership
    assert "Active relationships&#58; 5 on 2026&#45;03&#45;31&#44; 2 on 2026&#45;06&#45;01&#46;" in ownership
    assert not [path for path, content in pages.items() if "{ #trend }" in content and path != "ownership.md"]


def test_every_figure_is_defined_once(rich: Playbook) -> None:
    """What a day records is what is defined, in that order within each page."""
    defined = [figure.id for them in FIGURES.values() for figure in them]
    assert len(defined) == len(set(defined))
    assert set(figures(rich)) == set(defined)


def test_every_answer_shows_a_trend(rich_pages: Mapping[str, str]) -> None:
    """All answer pages compare with the last record, that of the end of September."""
    for path in ("ownership", "coverage", "routes", "alignment", "health", "value", "toolkit"):
        assert "| On 2026&#45;09&#45;30 | Today |" in rich_pages[f"{path}.md"]


DAYS = [date(2026, 1, day) for day in (10, 20, 30)]


@pytest.mark.parametrize(
    ("day", "done", "order"),
    [
        (date(2026, 1, 20), "replaced", [10, "new", 30]),
        (date(2026, 1, 10), "replaced", ["new", 20, 30]),
        (date(2026, 1, 15), "added", [10, "new", 20, 30]),
        (date(2026, 1, 1), "added", ["new", 10, 20, 30]),
        (date(2026, 2, 1), "added", [10, 20, 30, "new"]),
    ],
)
@pytest.mark.parametrize("end", ["\n", ""])
def test_a_day_finds_its_line(day: date, done: str, order: list[object], end: str) -> None:
    """In the order of the days, one line each, whether or not the last line ends; no other line changes."""
    lines = {known.day: f'{{"date": "{known}", "partners":  {known.day}}}\n' for known in DAYS}
    before = ("".join(lines.values()).removesuffix("\n") + end).encode()
    after, said = with_day(before, [(known, number) for number, known in enumerate(DAYS, 1)], day, {"partners": 7})

    new = f'{{"date": "{day}", "partners": 7}}\n'
    assert said == done
    assert after.decode() == "".join(new if one == "new" else lines[int(str(one))] for one in order)
