"""What comes due, as a list to mail; the world's day is 2026-06-01, and a regular review is due after 180 days."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from click.testing import Result
from markdown_it import MarkdownIt

from generator.boundary import Exit
from generator.reports import due_list
from tests import kit
from tests.kit import World

PEOPLE = """\
people:
  - {id: ann, name: Ann Lee, email: ann@example.com}
  - {id: zed, name: Zed}
  - {id: gone, name: Gone, active: false}
"""


def inventory(**entries: str) -> str:
    """One department, which can be written to, with these partners."""
    return kit.inventory(**entries).replace("name: Sales\n", "name: Sales\n  contact: sales@example.com\n")


def reviewed(late: int, owner: str = "ann") -> str:
    """An entry whose review was due so many days ago."""
    day = date(2026, 6, 1) - timedelta(days=180 + late)
    return f"types: [agent], owner: {owner}, reviewed: {{date: {day}, by: ann}}"


def agreement(fields: str) -> str:
    return f"types: [shop], owner: ann, agreements: [{{kind: nda, ref: N-1, {fields}}}]"


def told(world: World, days: int, /, **entries: str) -> str:
    playbook = world(partners=inventory(**entries), people=PEOPLE)
    return due_list.text(due_list.due_list(playbook, playbook.as_of + timedelta(days=days)))


def lines(world: World, days: int, /, **entries: str) -> list[str]:
    """The tasks alone."""
    return [line.strip() for line in told(world, days, **entries).splitlines() if line.startswith("  ")]


def test_the_list(world: World) -> None:
    """By owner with their address, then what nobody owns with the department's; by date, and marked where late."""
    entries = {"acme": reviewed(-9), "birch": reviewed(31), "cedar": reviewed(0, "zed"), "elm": reviewed(-1, "gone"),
               "fir": reviewed(-2, "null"), "gum": reviewed(-31)}  # fmt: skip
    assert (
        told(world, 30, **entries)
        == """\
Reviews and agreements due by 2026-07-01, as of 2026-06-01

Ann Lee <ann@example.com>
  overdue 2026-05-01  review Birch (Sales)
  2026-06-10  review Acme (Sales)

Zed
  2026-06-01  review Cedar (Sales)

No owner, Sales <sales@example.com>
  2026-06-02  review Elm (Sales)
  2026-06-03  review Fir (Sales)

5 dates, 1 overdue.
"""
    )


def test_nothing_is_due(world: World) -> None:
    """It says so."""
    assert told(world, 30, acme=reviewed(-100)).endswith("\n\nNothing is due.\n")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("ends: 2026-09-15", [
            "2026-06-17  decide on the nda agreement N-1 with Acme, which ends on 2026-09-15 (Sales)",
        ]),
        ("ends: 2026-06-20", [
            "overdue 2026-03-22  decide on the nda agreement N-1 with Acme, which ends on 2026-06-20 (Sales)",
        ]),
        ("ends: 2026-05-20", ["overdue 2026-05-20  the nda agreement N-1 with Acme ended; renew it (Sales)"]),
        ("ends: 2026-06-20}, {kind: nda, ref: N-2, starts: 2026-06-21", [
            "2026-06-20  the nda agreement N-1 with Acme ends (Sales)",
        ]),
        ("ends: 2026-05-20}, {kind: nda, ref: N-2", []),
    ],
)  # fmt: skip
def test_agreements(world: World, fields: str, said: list[str]) -> None:
    """A decision is due as the notice time begins, and one line says both; a successor leaves nothing to decide."""
    assert lines(world, 30, acme=agreement(fields)) == said


def test_the_last_day_counts(world: World) -> None:
    """Within 9 days is up to the ninth; within none is today and what is late."""
    assert len(lines(world, 9, acme=reviewed(-9))) == 1
    assert len(lines(world, 8, acme=reviewed(-9))) == 0
    assert len(lines(world, 0, acme=reviewed(0), birch=reviewed(1))) == 2


@pytest.mark.parametrize("name", ["a\n  overdue 2026-01-01  forged", "<b>x</b>", "# x", "[x](y)", "##[error]x"])
def test_hostile_names(world: World, name: str) -> None:
    """No name makes a line of its own, or markup."""
    entry = f"  - {{id: acme, name: {json.dumps(name)}, {reviewed(1)}}}\n"
    playbook = world(partners=inventory() + entry, people=PEOPLE)
    due = due_list.due_list(playbook, playbook.as_of)

    assert len([line for line in due_list.text(due).splitlines() if line.startswith("  ")]) == 1
    assert "##[" not in due_list.text(due)
    html = MarkdownIt("commonmark").render(due_list.markdown(due))
    assert html.count("<li>") == 1
    assert html.count("<h") == 2
    assert "<b>" not in html
    assert "<a " not in html


# --- the command --------------------------------------------------------------------------


@pytest.fixture
def run(world: World, tmp_path: Path) -> Callable[..., Result]:
    """Runs the command on data with a review due in 10 days and one in 50."""
    world(partners=inventory(acme=reviewed(-10), birch=reviewed(-50)), people=PEOPLE)

    return partial(kit.run, "due", "--data", str(tmp_path / "data"))


@pytest.mark.parametrize(
    ("arguments", "count"),
    [((), 1), (("--within", "9d"), 0), (("--within", "50"), 2), (("--within", "8W"), 2), (("--within", "99999w"), 2)],
)
def test_how_far_it_looks(run: Callable[..., Result], arguments: tuple[str, ...], count: int) -> None:
    """In days or weeks; a month where nothing is said; never past the end of the calendar."""
    result = run(*arguments)

    assert result.exit_code == Exit.FINE
    assert result.stdout.count("  review ") == count


@pytest.mark.parametrize("within", ["soon", "-1d", "1m", "", "1.5d", "100000d", "٣d"])
def test_a_wrong_span(run: Callable[..., Result], within: str) -> None:
    """What would be right is said."""
    result = run("--within", within)

    assert result.exit_code == Exit.USAGE
    assert "write it like 30d, or like 6w for weeks" in result.stderr


def test_data_with_errors(run: Callable[..., Result], tmp_path: Path) -> None:
    """They are reported instead."""
    (tmp_path / "data" / "partners.yml").write_text("departments: [\n")
    result = run()

    assert (result.exit_code, result.stdout) == (Exit.PROBLEMS, "")
    assert "error[bad-yaml]" in result.stderr
