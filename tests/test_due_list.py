"""What comes due, as a list to mail; the world's day is 2026-06-01, and a regular review is due after 180 days."""

from __future__ import annotations

import csv
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
What comes due by 2026-07-01, as of 2026-06-01

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


RULES = """\
rules:
  - id: cover
    name: A backup for each
    message: there is no backup
    condition: {backup_owner: {recorded: true}}
    waivers:
      - {partner: acme, until: 2026-06-20, by: zed, why: Soon.}
      - {partner: birch, until: 2026-06-10, by: zed, why: Soon.}
      - {partner: birch, until: 2026-08-10, by: zed, why: Later.}
      - {partner: cedar, until: 2026-06-10, by: zed, why: Not needed.}
      - {partner: elm, until: 2026-05-10, by: zed, why: Over.}
      - {partner: fir, until: 2026-06-01, by: nobody-here, why: Today.}
"""


def test_waivers(world: World) -> None:
    """One that ends is told to the owner of what it lets pass, among the dates; not one that another outlasts, that
    nothing needs, or that is over, which is a finding.
    """
    entry = "types: [agent], owner: ann, reviewed: {date: 2026-05-01, by: ann}"
    names = ("acme", "birch", "elm", "fir")
    cedar = f"{entry}, backup_owner: zed"
    partners = inventory(**dict.fromkeys(names, entry), gum=reviewed(-9), cedar=cedar)
    playbook = world(partners=partners, people=PEOPLE, rules=RULES.replace("nobody-here", "gone"))
    due = due_list.due_list(playbook, date(2026, 7, 1))

    assert [line for line in due_list.text(due).splitlines() if line.startswith("  ")] == [
        "  2026-06-01  the waiver of 'A backup for each' for Fir ends, which Gone granted (Sales)",
        "  2026-06-10  review Gum (Sales)",
        "  2026-06-20  the waiver of 'A backup for each' for Acme ends, which Zed granted (Sales)",
    ]
    assert [task["what"] for task in json.loads(due_list.as_json(due))["people"][0]["tasks"]] == [
        "waiver", "review", "waiver",
    ]  # fmt: skip
    assert len(due_list.due_list(playbook, date(2026, 7, 1), lambda one: one.partner == "fir").people[0].tasks) == 1


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


# --- never reviewed, filters, formats -------------------------------------------------------

NEVER = "review Elm (Sales), which nobody has reviewed; its mode asks for it every 180 days"


def test_partners_that_were_never_reviewed_are_listed(world: World) -> None:
    """Expected: whatever the day, first of their owner's, and counted apart; not where the mode asks for none."""
    text = told(world, 0, acme=reviewed(1), elm="types: [agent], owner: ann", fir="types: [shop], owner: ann")

    assert [line.strip() for line in text.splitlines() if line.startswith("  ")] == [
        f"never yet  {NEVER}",
        "overdue 2026-05-31  review Acme (Sales)",
    ]
    assert text.endswith("\n\n1 date, 1 overdue, 1 never reviewed.\n")
    assert told(world, 0, elm="types: [agent], owner: ann").endswith("\n\n1 never reviewed.\n")
    assert told(world, 0, elm="types: [agent], owner: ann, status: prospect").endswith("Nothing is due.\n")


@pytest.fixture
def many(world: World, tmp_path: Path) -> Callable[..., Result]:
    """Runs the command on data of two owners and nobody."""
    world(
        partners=inventory(
            acme=reviewed(1),
            cedar=reviewed(2, "zed"),
            elm="types: [agent], owner: null",
            fir="types: [agent], owner: ann",
        ),
        people=PEOPLE,
    )
    return partial(kit.run, "due", "--data", str(tmp_path / "data"))


def partners_of(result: Result) -> set[str]:
    return {task["partner"] for person in json.loads(result.stdout)["people"] for task in person["tasks"]}


@pytest.mark.parametrize(
    ("arguments", "partners"),
    [
        ((), {"acme", "cedar", "elm", "fir"}),
        (("--owner", "ann"), {"acme", "fir"}),
        (("--owner", "ann@example.com"), {"acme", "fir"}),
        (("--owner", "Ann Lee", "--owner", "zed"), {"acme", "cedar", "fir"}),
        (("--department", "Sales"), {"acme", "cedar", "elm", "fir"}),
        (("--department", "sales", "--owner", "zed"), {"cedar"}),
    ],
)
def test_filters(many: Callable[..., Result], arguments: tuple[str, ...], partners: set[str]) -> None:
    """By owner and by department, each by id or name."""
    assert partners_of(many("--format", "json", *arguments)) == partners


@pytest.mark.parametrize("arguments", [("--owner", "zedd"), ("--department", "slaes")])
def test_unknown_filters(many: Callable[..., Result], arguments: tuple[str, ...]) -> None:
    """The nearest is proposed."""
    result = many(*arguments)

    assert result.exit_code == Exit.USAGE
    assert "did you mean" in result.stderr


def test_json(many: Callable[..., Result]) -> None:
    """Every task with its day, or null; what nobody owns has no owner."""
    people = json.loads(many("--format", "json").stdout)["people"]

    assert [(person["name"], person["address"], person["owner"]) for person in people] == [
        ("Ann Lee", "ann@example.com", "ann"), ("Zed", "", "zed"), ("No owner, Sales", "sales@example.com", None)
    ]  # fmt: skip
    assert [(task["day"], task["overdue"], task["what"]) for task in people[0]["tasks"]] == [
        (None, False, "review"), ("2026-05-31", True, "review")
    ]  # fmt: skip


def test_csv(many: Callable[..., Result], world: World) -> None:
    """A row for each task; no cell is a formula."""
    sheet = list(csv.reader(many("--format", "csv").stdout.splitlines()))
    assert sheet[0] == [*due_list.HEADINGS]
    assert sheet[2][:7] == ["Ann Lee", "ann@example.com", "sales", "acme", "review", "2026-05-31", "yes"]
    assert len(sheet) == 5
    people = PEOPLE.replace("name: Ann Lee", "name: '=HYPERLINK(1)'")
    world(partners=inventory(acme=reviewed(1)), people=people)

    assert "\n=" not in many("--format", "csv").stdout


def test_mail(many: Callable[..., Result]) -> None:
    """A message for each owner: to whom, about what, and what to do."""
    first, *others = many("--format", "mail").stdout.split(f"\n{'-' * 72}\n\n")

    assert first == (
        "To: Ann Lee <ann@example.com>\n"
        "Subject: 2 partner dates by 2026-07-01\n"
        "\n"
        "Hello Ann Lee,\n"
        "\n"
        "this is due by 2026-07-01:\n"
        "\n"
        "  never yet  review Fir (Sales), which nobody has reviewed; its mode asks for it every 180 days\n"
        "  overdue 2026-05-31  review Acme (Sales)\n"
        "\n"
        "From the partner playbook, as of 2026-06-01\n"
    )
    assert [message.partition("\n")[0] for message in others] == [
        "To: Zed", "To: No owner, Sales <sales@example.com>"
    ]  # fmt: skip
