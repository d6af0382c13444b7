"""The health page, its calendars' links, and what partner pages say of health; the world's day is 2026-06-01."""

from __future__ import annotations

import re

import pytest

from generator import paths
from generator.findings import find
from generator.insights.health import Check, Outcome, Tally, checked
from generator.model import Playbook
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.pages import health
from generator.views.parts.marks import TO_MEND
from generator.views.parts.next_steps import CHECKS
from tests.kit import World, cells, plain_pages, section

PEOPLE = """\
people:
  - {id: ann, name: Ann}
  - {id: bo, name: Bo}
  - {id: gone, name: Gone, active: false}
"""
PARTNERS = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [agent], owner: ann, reviewed: {date: 2026-05-01, by: ann}}
      - {id: birch, name: Birch, types: [agent], owner: ann, reviewed: {date: 2025-12-01, by: ann},
         agreements: [{kind: contract, ref: C-1, ends: 2026-07-01}]}
      - {id: cedar, name: Cedar, types: [agent], owner: bo, reviewed: {date: 2025-11-30, by: ann}}
      - {id: dusk, name: Dusk, types: [ally], owner: gone, sponsor: ann}
      - {id: elm, name: Elm, types: [shop], owner: null, status: prospect}
"""


@pytest.fixture
def page(world: World) -> str:
    return plain_pages(world(partners=PARTNERS, people=PEOPLE))[paths.HEALTH]


def test_nobody_is_active(world: World) -> None:
    """The page says so and what to record first; no table, no picture and no calendar appears."""
    text = plain_pages(world(partners="departments: []\n"))[paths.HEALTH]

    assert "No partner is active yet" in text
    assert "What to record first" in text
    assert "[how to add one](<editors/index.md>)" in text
    assert "|" not in text
    assert "<svg" not in text
    assert ".ics" not in text


def test_answer(page: str) -> None:
    """Owner 3 of 4; review 1 of 3 and 1 unknown; sponsor 1 of 1; mode 4 of 4; the contract of Dusk is unknown."""
    assert (
        "**75%** of the checks that can be made pass ([9 of 12](<#checks>)), and [2 more](<#which>) cannot be told "
        "because nothing is recorded; [1](<#clean>) of [4 active entries](<#relationships>) passes every check."
    ) in page


def test_answer_elsewhere_leads_to_the_page(world: World) -> None:
    """The home page shows the same answer; its links lead to the sections of this page."""
    playbook = world(partners=PARTNERS, people=PEOPLE)
    sentence = health.answer(Context(playbook), Links(playbook, paths.HOME)).sentence

    assert set(re.findall(r"<([^>]*)>", sentence)) == {
        f"health.md#{anchor}" for anchor in ("checks", "which", "clean", "relationships")
    }


def test_answer_where_all_is_well(world: World) -> None:
    """Nothing is said of unknowns that there are not."""
    text = plain_pages(world(partners=PARTNERS.split("      - {id: birch")[0], people=PEOPLE))[paths.HEALTH]

    assert "**100%** of the checks that can be made pass ([3 of 3](<#checks>)), and none is unknown" in text
    assert "[1](<#clean>) of [1 active entry](<#relationships>) passes every check." in text
    assert "#worklist" not in text
    assert "#which" not in text
    assert "#unclean" not in text


def test_a_share_is_rounded_down() -> None:
    """Only where nothing fails do 100% pass."""
    assert health.share_of(Tally(passed=999, failed=1)) == "99%"
    assert health.share_of(Tally(passed=5)) == "100%"


def test_checks_table(page: str) -> None:
    """One row a check that anybody is asked; failing and unknown ones lead to the list of them."""
    assert [[row[0], *row[2:]] for row in cells(section(page, "checks"))] == [
        ["Owner", "3", "1", "0", "0"],
        ["Agreements", "0", "0", "1", "3"],
        ["Review", "1", "2", "1", "0"],
        ["Sponsor", "1", "0", "0", "3"],
        ["Mode", "4", "0", "0", "0"],
    ]
    assert "[2](<#check-review>)" in section(page, "checks")
    reviews = section(page, "check-review")
    assert re.findall(r"\[(\w+)\]\(<partners", reviews.split("unknown</span>")[0]) == ["Birch", "Cedar"]
    assert re.findall(r"\[(\w+)\]\(<partners", reviews.split("unknown</span>")[1]) == ["Dusk"]


def test_picture_says_the_figures_in_words(page: str) -> None:
    """Each bar bears its figures; what is nobody's is left out."""
    svg = page[page.index("<svg") : page.index("</svg>")]

    assert re.findall(r'text-anchor="(?:start|end)">([^<]*)<', svg) == [
        *("Owner", "3 pass, 1 fail", "Agreements", "1 unknown", "Review", "1 pass, 2 fail, 1 unknown"),
        *("Sponsor", "1 pass", "Mode", "4 pass"),
    ]


def test_worklist(page: str) -> None:
    """What nobody owns comes first, then the owner with the longest overdue task; each in the order of urgency."""
    text = section(page, "worklist")

    assert text.strip().startswith("3 to mend, 1 coming due, 2 to record.")
    assert [row[:4] for row in cells(text)] == [
        ["nobody", "Dusk", "Agree on an owner: Gone has left", "fail"],
        ["nobody", "Dusk", "Record the agreement: contract", "unknown"],
        ["nobody", "Dusk", "Record the last review, or hold one", "unknown"],
        ["Bo", "Cedar", "Hold the review", "fail 3 days late"],
        ["Ann", "Birch", "Hold the review", "fail 2 days late"],
        ["Ann", "Birch", "Decide on the agreement: contract C-1", "due in 30 days, on 2026-07-01"],
    ]


def test_what_is_on_the_page_is_named_first(page: str) -> None:
    """The page is long and its tables wide: a line of links stands where the list beside the page would be."""
    links = re.findall(r"\(<#(\w+)>\)", page.split("**On this page:**")[1].split("\n")[0])

    assert links == ["checks", "worklist", "timeline", "relationships", "which", "calendars"]
    assert all(f"{{ #{anchor} " in page for anchor in links)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("types: [shop], owner: null", "Agree on an owner"),
        ("types: [shop], owner: ann, objectives: [over]", "Tie it to an objective that is still open"),
        ("types: [shop], owner: ann, mode: regular", "Give the reason for its mode, or manage it as its type expects"),
        ("types: [ally], owner: ann", "Record the sponsor, or agree on one"),
        ("types: [ally], owner: ann, sponsor: gone", "Agree on a sponsor: Gone has left"),
        (
            "types: [ally], owner: ann, agreements: [{kind: contract, ends: 2026-05-31}]",
            "Renew the agreement: contract",
        ),
        ("types: [shop], owner: ann", "Record the objective that it serves"),
    ],
)
def test_every_task_says_what_to_do(world: World, entry: str, said: str) -> None:
    """An action, in words that the editor understands."""
    partners = f"departments: [{{id: d, name: D, partners: [{{id: p, name: P, {entry}}}]}}]\n"
    strategy = "objectives: [{id: over, title: Over, ends: 2026-05-31}]\n"
    text = plain_pages(world(partners=partners, people=PEOPLE, strategy=strategy))[paths.HEALTH]

    assert said in [row[2] for row in cells(section(text, "worklist"))]


def test_timeline(page: str) -> None:
    """A lane a department with its figures in words; the next 90 days by date."""
    svg = section(page, "timeline")

    assert "1 review, 1 end" in svg
    assert ">Birch: agreement ends on 2026-07-01<" in svg
    assert cells(section(page, "next")) == [["2026-07-01", "Agreement ends: contract C-1", "Birch", "Sales", "Ann"]]


def test_relationships(page: str) -> None:
    """The lowest score first, with what is open by name; what passes everything stands in a list of its own."""
    unclean = section(page, "unclean")
    body = cells(unclean)

    assert "| Partner | Department | Owned by | Score | Fails | Unknown |" in unclean
    assert body == [
        ["Dusk", "Sales", "Gone (has left)", "2 of 3", "Owner", "Agreements, Review"],
        ["Birch", "Sales", "Ann", "2 of 3", "Review", "none"],
        ["Cedar", "Sales", "Bo", "2 of 3", "Review", "none"],
    ]
    assert section(page, "clean").strip() == "[Acme](<partners/acme.md>) ([Sales](<departments/sales.md>))"


def test_of_many_entries_the_first_are_named(world: World) -> None:
    """The others are one link away."""
    many = "".join(f"      - {{id: p{n:02}, name: P{n:02}, types: [agent], owner: null}}\n" for n in range(56))
    partners = PARTNERS[: PARTNERS.index("      - {id")] + many

    made = plain_pages(world(partners=partners, people=PEOPLE))
    unowned = section(made[paths.HEALTH], "check-owner")

    assert (
        "[P49](<partners/p49.md>) ([Sales](<departments/sales.md>)) and [6 more](<health/check-owner-fail/p.md>)"
        in unowned
    )
    assert "P50" not in unowned
    assert len(cells(made["health/check-owner-fail/p.md"])) == 56


def test_calendars_are_linked(world: World) -> None:
    """From the page and from the department; whoever has left has none."""
    made = plain_pages(world(partners=PARTNERS, people=PEOPLE))
    links = re.findall(r"\(<(calendars/[^>]*)>\)", section(made[paths.HEALTH], "calendars"))

    assert links == [f"calendars/{name}.ics" for name in ("department-sales", "person-ann", "person-bo")]
    assert set(links) <= set(made)
    assert "[calendar file](<../calendars/department-sales.ics>)" in made["departments/sales.md"]


def test_a_department_without_dates_links_to_no_calendar(world: World) -> None:
    """And no calendar is there."""
    made = plain_pages(world(partners="departments: [{id: d, name: D, partners: []}]\n"))

    assert ".ics" not in made["departments/d.md"]
    assert not [path for path in made if path.endswith(".ics")]


def test_partner_pages_say_the_score(world: World) -> None:
    """Of what goes on: how many checks pass, and how many are unknown."""
    made = plain_pages(world(partners=PARTNERS, people=PEOPLE))

    assert "| Health | [3 of 3 checks pass](<../health.md#relationships>) |" in made["partners/acme.md"]
    assert "| Health | [2 of 3 checks pass, 2 unknown]" in made["partners/dusk.md"]
    assert "| Health |" not in made["partners/elm.md"]


def test_what_is_to_be_mended_fails_a_check(rich: Playbook) -> None:
    """Expected: a finding is to be mended where the check that says the same fails, and to be recorded where nothing is
    known, on whichever page.
    """
    entries = {(entry.partner, entry.department): entry for entry in rich.entries if entry.active}
    seen = set()
    for finding in find(rich):
        check, entry = CHECKS.get(finding.code.slug), entries.get((finding.partner or "", finding.department or ""))
        if check is None or entry is None:
            continue
        outcome = checked(rich, entry).outcomes[check]
        mends = finding.code.slug in TO_MEND
        seen.add((outcome, mends))
        assert mends or outcome is not Outcome.FAIL or check is Check.AGREEMENT, finding
        assert not mends or outcome is not Outcome.UNKNOWN, finding
    assert {(Outcome.FAIL, True), (Outcome.UNKNOWN, False)} <= seen
