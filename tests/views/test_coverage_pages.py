"""Coverage and routes to market as their pages show them; the world's day is 2026-06-01."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from generator import paths
from generator.model import Scope, frozen
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.pages import coverage, routes
from tests.kit import World, cells, plain_pages, section

SETTINGS = "company: Example\nas_of: 2026-06-01\nregions: [N, S]\n"
PORTFOLIO = """\
offers:
  - {id: lamp, name: Lamp, status: live, requires: [{type: shop}, {type: agent}, {type: ally, min: 2, regions: [S]}]}
  - {id: bulb, name: Bulb, status: live, regions: [N], requires: [{type: maker}]}
  - {id: cord, name: Cord, status: planned, regions: [S]}
  - {id: wick, name: Wick, status: retired, requires: [{type: shop}]}
routes:
  - {id: north, name: To the north, region: N, offer: lamp, types: [shop, agent]}
  - {id: south, name: To the south, region: S, offer: lamp, types: [shop, agent, ally]}
  - {id: old, name: Of old, region: N, offer: wick, types: [shop]}
"""
PARTNERS = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [shop], owner: ann, offers: [lamp], regions: [N, S]}
      - {id: birch, name: Birch, types: [shop], owner: ann, offers: [lamp, wick], regions: [N]}
      - {id: cedar, name: Cedar, types: [agent], owner: ann, offers: [lamp], regions: [S], status: prospect}
      - {id: elm, name: Elm, types: [agent], owner: ann, offers: [lamp]}
      - {id: gum, name: Gum, types: [ally], owner: ann, offers: [lamp], regions: [S], via: elm}
      - {id: holly, name: Holly, types: [ally], owner: ann, offers: [wick, cord], regions: [N]}
      - {id: ivy, name: Ivy, types: [maker], offer_stage: after, owner: ann, regions: [S]}
"""


def drawn(page: str) -> list[str]:
    """The words that the pictures of a page show, in the order in which they are drawn."""
    return [text for text in re.findall(r"<text [^>]*>([^<]*)</text>", page) if text]


@pytest.fixture
def site(world: World) -> Mapping[str, str]:
    """`maker` is out of scope; Elm may be active in the north or the south."""
    playbook = world(settings=SETTINGS, portfolio=PORTFOLIO, partners=PARTNERS)
    unwanted = replace(playbook.types["maker"], scope=Scope.OUT)
    return plain_pages(replace(playbook, types=frozen({**playbook.types, "maker": unwanted})))


def test_nothing_is_required(world: World) -> None:
    """The page says so and what to record first; offers have a section all the same, and no empty table appears."""
    text = plain_pages(world(partners=PARTNERS.replace("[lamp, wick]", "[lamp]"), portfolio=PORTFOLIO_ALONE))[
        paths.COVERAGE
    ]

    assert "Nobody can tell yet: no offer says which types of partner it needs." in text
    assert "[requires](<editors/index.md>)" in text
    assert "#offer-lamp }" in section(text, "not-assessed")
    assert "<svg" not in text
    assert "#gaps" not in text


PORTFOLIO_ALONE = """\
offers:
  - {id: lamp, name: Lamp, status: live}
  - {id: cord, name: Cord, status: planned}
  - {id: wick, name: Wick, status: retired}
"""


def test_no_offer_at_all(world: World) -> None:
    """Without a portfolio the page has its answer and what to record, and calls no partner loose."""
    found = plain_pages(world(partners="departments: []\n"))

    for path in (paths.COVERAGE, paths.ROUTES):
        assert "Nobody can tell yet" in found[path]
        assert "What to record first" in found[path]
        assert "|" not in found[path]
        assert "<svg" not in found[path]
        assert "\n## " not in found[path]


def test_answer(site: dict[str, str]) -> None:
    """Needs in scope: shop N, S; agent N, S; ally S. Two are covered, one of them by one partner; cord is not told."""
    assert (
        "We cover **[2 of 5](<#offers>)** needs of our offers. **[3 gaps](<#gaps>)** are left, "
        "[1 of them](<#gaps>) being recruited. [1 need](<#single>) hangs on a single partner. "
        "[1 offer](<#not-assessed>) is not assessed.\n" in site[paths.COVERAGE]
    )


def test_the_same_answer_leads_to_the_page_from_elsewhere(world: World) -> None:
    """On the home page the figures lead to the sections of the coverage page."""
    context = Context(world(settings=SETTINGS, portfolio=PORTFOLIO, partners=PARTNERS))
    sentence = coverage.answer(context, Links(context.playbook, paths.HOME)).sentence

    assert "(<coverage.md#gaps>)" in sentence
    assert "(<#" not in sentence + routes.answer(context, Links(context.playbook, paths.HOME)).sentence


@pytest.mark.parametrize(
    ("partners", "expected"),
    [
        ("departments: []\n", "**[0 of 1](<#offers>)** need of our offers. **[1 gap](<#gaps>)** is left."),
        (
            "departments: [{id: s, name: S, partners: [{id: acme, name: Acme, types: [shop], owner: ann, "
            "offers: [lamp], status: prospect}]}]\n",
            "**[1 gap](<#gaps>)** is left, and a partner is being recruited for it.",
        ),
        (
            "departments: [{id: s, name: S, partners: [{id: acme, name: Acme, types: [shop], owner: ann, "
            "offers: [lamp]}]}]\n",
            "**[1 of 1](<#offers>)** need of our offers. [1 need](<#single>) hangs on a single partner.",
        ),
    ],
)
def test_nouns_agree_with_their_number(world: World, partners: str, expected: str) -> None:
    """One need, one gap and one partner are said in the singular."""
    portfolio = "offers: [{id: lamp, name: Lamp, status: live, requires: [{type: shop}]}]\n"

    assert expected in plain_pages(world(portfolio=portfolio, partners=partners))[paths.COVERAGE]


def test_only_unwanted_types_are_required(world: World) -> None:
    """An offer whose types are all out of scope leaves nothing to cover, and the answer counts nothing."""
    playbook = world(
        portfolio="offers: [{id: lamp, name: Lamp, status: live, requires: [{type: shop}]}]\n", partners=PARTNERS_ALONE
    )
    unwanted = replace(playbook.types["shop"], scope=Scope.OUT)
    text = plain_pages(replace(playbook, types=frozen({**playbook.types, "shop": unwanted})))[paths.COVERAGE]

    assert "Our offers need only types that are out of scope.\n" in text
    assert cells(section(text, "offer-lamp")) == [["Shop", "out of scope 0 of 1"]]


PARTNERS_ALONE = "departments: []\n"


def test_picture(site: dict[str, str]) -> None:
    """The worst state of each offer's needs by region, in a word; cells say it in full, the legend explains."""
    page = site[paths.COVERAGE]

    assert drawn(page) == ["N", "S", "Lamp", "1 maybe", "1 gap", "Bulb", "out", "Cord", "?"]
    assert re.findall(r"<rect [^>]*><title>([^<]*)</title>", page) == [
        "Lamp, N: possible (1 of 2 needs)",
        "Lamp, S: gap (1 of 3 needs)",
        "Bulb, N: out of scope (1 of 1 need)",
        "Bulb, S: nothing is needed",
        "Cord, N: not offered",
        "Cord, S: not assessed",
    ]
    legend = re.findall(r'^- <span[^>]*>([^<]*)</span> .*?(?: \("([^"]*)" in the picture\))?$', page, re.MULTILINE)
    assert legend == [
        ("gap", ""),
        ("possible", "maybe"),
        ("being recruited", "soon"),
        ("single source", "single"),
        ("covered", "ok"),
        ("out of scope", "out"),
        ("not assessed", "?"),
    ]


def test_worklist(site: dict[str, str]) -> None:
    """Gaps in order, with how many are missing of how many, and who is in sight; no column without a fact."""
    gaps = section(site[paths.COVERAGE], "gaps")

    assert cells(gaps) == [
        ["Lamp", "Ally", "S", "1 of 2", "gap", "nobody"],
        ["Lamp", "Agent", "N", "1 of 1", "possible", "Elm"],
        ["Lamp", "Agent", "S", "1 of 1", "being recruited", "Cedar"],
    ]
    assert "[Cedar](<partners/cedar.md>)" in gaps
    assert cells(section(site[paths.COVERAGE], "single")) == [["Lamp", "Shop", "S", "Acme"]]


def test_objectives_that_wait(world: World) -> None:
    """An open objective that names the type and the offer stands beside the gap, linked."""
    strategy = "objectives: [{id: light, title: More light, types: [ally], offers: [lamp]}]\n"
    page = plain_pages(world(settings=SETTINGS, portfolio=PORTFOLIO, partners=PARTNERS, strategy=strategy))[
        paths.COVERAGE
    ]

    assert "[More light](<alignment.md#objective-light>)" in section(page, "gaps").splitlines()[4]


def test_offers(site: dict[str, str]) -> None:
    """Each need's state, and the active partners as the filtered directory; where nobody is there, no such link."""
    lamp = section(site[paths.COVERAGE], "offer-lamp")

    assert cells(lamp) == [
        ["Shop", "covered 2 of 1", "single source 1 of 1"],
        ["Agent", "possible 0 of 1, in sight: Elm", "being recruited 0 of 1, in sight: Cedar"],
        ["Ally", "–", "gap 1 of 2"],
    ]
    assert re.findall(r"\[(. of .)\]\(<([^>]*)>\)", lamp) == [
        ("2 of 1", "partners/index.md?type=shop&offer=lamp&status=active&region=N"),
        ("1 of 1", "partners/index.md?type=shop&offer=lamp&status=active&region=S"),
        ("1 of 2", "partners/index.md?type=ally&offer=lamp&status=active&region=S"),
    ]
    assert "[Agent](<types/agent.md>)" in lamp


def test_no_region_matters(world: World) -> None:
    """Where no region is named the one column says so, and the directory is not filtered by region."""
    page = plain_pages(world(portfolio=PORTFOLIO.replace(", regions: [S]", ""), partners=PARTNERS))[paths.COVERAGE]

    assert "| Type | anywhere |" in section(page, "offer-lamp")
    assert "[2 of 1](<partners/index.md?type=shop&offer=lamp&status=active>)" in section(page, "offer-lamp")


def test_retired_offers_have_no_section_and_no_link(site: dict[str, str]) -> None:
    """A retired offer needs nothing: no page leads to a section about it, wherever it is named."""
    assert not [path for path, text in site.items() if "#offer-wick" in text]
    assert "Wick (retired)" in site["partners/birch.md"]
    assert "(<../coverage.md#offer-lamp>)" in site["partners/birch.md"]


def test_partners_tied_to_no_live_offer(site: dict[str, str]) -> None:
    """Holly works for offers that are not sold, Ivy names none; prospects are not asked."""
    text = section(site[paths.COVERAGE], "no-live-offer")

    assert "2 active partners with no live offer in any entry." in text
    assert cells(text) == [
        ["Holly", "Ally", "Sales", "Wick (retired), Cord (planned)"],
        ["Ivy", "Maker", "Sales", "none recorded"],
    ]


# --- routes to market ---------------------------------------------------------------------


def test_routes(site: dict[str, str]) -> None:
    """Both routes break at the agents; the route of the retired offer is not counted."""
    page = site[paths.ROUTES]

    assert (
        "**[0 of 2 routes](<#all>)** to market are whole. "
        "Broken: [To the north](<#route-north>), [To the south](<#route-south>)." in page
    )
    assert cells(section(page, "all")) == [
        ["To the north", "Lamp", "N", "broken", "Agent"],
        ["To the south", "Lamp", "S", "broken", "Agent"],
    ]
    assert "Of old" not in page


def test_a_route_step_by_step(site: dict[str, str]) -> None:
    """The picture and the table name every step; a broken one says whom we are recruiting, or who may count."""
    page = site[paths.ROUTES]
    north, south = section(page, "route-north"), section(page, "route-south")

    assert drawn(north) == ["Shop", "2 partners", "Agent", "possible"]
    assert drawn(south) == ["Shop", "1 partner", "Agent", "recruiting", "Ally", "1 partner"]
    assert south.count('class="pb-stroke pb-stroke--broken"') == 2
    assert cells(north) == [
        ["1. Shop", "in place", "2", "Acme, Birch", "–"],
        ["2. Agent", "possible", "0", "nobody", "Elm"],
    ]
    assert cells(south) == [
        ["1. Shop", "in place", "1", "Acme", "–"],
        ["2. Agent", "being recruited", "0", "nobody", "Cedar"],
        ["3. Ally", "in place", "1", "Gum", "–"],
    ]
    assert "Being recruited as [Agent](<types/agent.md>): [Cedar](<partners/cedar.md>)." in south
    assert "Being recruited" not in north
    assert "[2](<partners/index.md?type=shop&offer=lamp&region=N&status=active>)" in north


def test_a_whole_route_tells_through_whom_a_partner_sells(world: World) -> None:
    """Gum sells through Elm, who is active one step before it once its region is recorded."""
    partners = PARTNERS.replace("owner: ann, offers: [lamp]}", "owner: ann, offers: [lamp], regions: [N, S]}")
    page = plain_pages(world(settings=SETTINGS, portfolio=PORTFOLIO, partners=partners))[paths.ROUTES]

    assert "**[2 of 2 routes](<#all>)** to market are whole.\n" in page
    assert "every step has an active partner." in section(page, "route-south")
    assert ["3. Ally", "in place", "1", "Gum (through Elm)"] in cells(section(page, "route-south"))
