"""Coverage and routes on worlds counted by hand; the day is 2026-06-01."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.insights.coverage import Need, State, chains, coverage, objectives_waiting, unassigned
from generator.model import (
    Objective,
    Offer,
    Partner,
    PartnerType,
    Playbook,
    Relationship,
    Requirement,
    Route,
    Settings,
    Unit,
    frozen,
)

World = Callable[..., Playbook]
Facts = tuple[str, str, list[str], list[str]]

SETTINGS = "company: Example\nas_of: 2026-06-01\nregions: [North, South]\n"
PARTNERS = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [shop, agent], owner: ann, offers: [gate], regions: [North]}
      - {id: birch, name: Birch, types: [shop], owner: ann, offers: [gate], regions: [North, South]}
      - {id: cedar, name: Cedar, types: [agent], owner: ann, status: prospect, offers: [gate], regions: [South]}
      - {id: dogwood, name: Dogwood, types: [ally], owner: ann, offers: [gate]}
      - {id: elm, name: Elm, types: [ally], owner: ann, status: ended, offers: [gate], regions: [North]}
      - {id: fir, name: Fir, types: [maker], owner: ann, offer_stage: before, offers: [gate], regions: [South]}
      - {id: gum, name: Gum, types: [maker], owner: ann, offer_stage: after, offers: [old], regions: [South]}
  - id: labs
    name: Labs
    partners:
      - {id: acme, types: [shop], owner: ann, offers: [gate], regions: [South], lead: true}
"""
PORTFOLIO = """\
offers:
  - id: gate
    name: Gate
    status: live
    requires:
      - {type: shop, min: 2}
      - {type: agent}
      - {type: ally, regions: [North]}
      - {type: maker, min: 2, regions: [South]}
  - {id: lamp, name: Lamp, status: planned}
  - {id: old, name: Old, status: retired, requires: [{type: ally}]}
routes:
  - {id: north, name: North, region: North, offer: gate, types: [shop, agent]}
  - {id: south, name: South, region: South, offer: gate, types: [shop, agent, maker]}
"""


@pytest.fixture
def playbook(world: World) -> Playbook:
    return world(partners=PARTNERS, portfolio=PORTFOLIO, settings=SETTINGS)


def states(found: tuple[Need, ...]) -> dict[tuple[str, str | None], str]:
    return {(need.type, need.region): need.state.value for need in found}


def test_states(playbook: Playbook) -> None:
    """One of each but for scope: an offer without regions is needed in all of the company's."""
    assert states(coverage(playbook).needs) == {
        ("shop", "North"): "covered",
        ("shop", "South"): "covered",
        ("agent", "North"): "single source",
        ("agent", "South"): "being recruited",
        ("ally", "North"): "possible",
        ("maker", "South"): "gap",
    }


def test_partners_behind_a_need(playbook: Playbook) -> None:
    """A partner of two departments counts once, one that ended or is tied to another offer not at all; the stage of a
    partner's own offer does not matter."""
    needs = {(need.type, need.region): need for need in coverage(playbook).needs}
    assert needs["shop", "South"].cover.have == ("acme", "birch")
    assert needs["agent", "South"].cover.recruiting == ("cedar",)
    assert needs["ally", "North"].cover.possible == ("dogwood",)
    assert needs["maker", "South"].cover.have == ("fir",)
    assert needs["maker", "South"].gap == 1


def test_gaps_are_ranked(playbook: Playbook) -> None:
    """Nobody in sight comes first, then who may count already, then who is being recruited."""
    assert [(need.type, need.region) for need in coverage(playbook).gaps] == [
        ("maker", "South"),
        ("ally", "North"),
        ("agent", "South"),
    ]


def test_rank_by_status_size_and_objectives(playbook: Playbook) -> None:
    """A live offer before a planned one, the larger gap first, then what an open objective waits for."""
    offers = {
        "late": Offer("late", "A Late", "planned", ("North",), (Requirement("maker", 5),)),
        "two": Offer("two", "Two", "live", ("North",), (Requirement("maker", 2),)),
        "one": Offer("one", "B One", "live", ("North",), (Requirement("maker"),)),
        "aim": Offer("aim", "Z Aim", "live", ("North",), (Requirement("maker"),)),
    }
    aims = {
        "now": Objective("now", "Now", types=("maker",), offers=("aim",)),
        "past": Objective("past", "Past", ends=playbook.as_of.replace(year=2025), types=("maker",), offers=("one",)),
    }
    ranked = replace(playbook, offers=frozen(offers), objectives=frozen(aims), routes=frozen({}), partners=frozen({}))
    gaps = coverage(ranked).gaps
    assert [need.offer for need in gaps] == ["two", "aim", "one", "late"]
    assert objectives_waiting(ranked, gaps[1]) == ("now",)
    assert objectives_waiting(ranked, gaps[2]) == ()


def test_not_assessed_and_retired(playbook: Playbook) -> None:
    """An offer that says nothing is not assessed; what a retired one needs is no gap."""
    found = coverage(playbook)
    assert found.not_assessed == ("lamp",)
    assert {need.offer for need in found.needs} == {"gate"}
    assert [(need.type, need.region) for need in found.single] == [("agent", "North")]


def test_out_of_scope_is_no_gap(playbook: Playbook) -> None:
    """Undecided is asked for as usual."""
    types = dict(playbook.types)
    types["maker"] = replace(types["maker"], scope="out")
    types["ally"] = replace(types["ally"], scope="undecided")
    found = coverage(replace(playbook, types=frozen(types)))
    assert states(found.needs)["maker", "South"] == "out of scope"
    assert states(found.needs)["ally", "North"] == "possible"
    assert [need.type for need in found.gaps] == ["ally", "agent"]


def test_without_regions_anywhere(world: World) -> None:
    """A company that does not work by region has one need a type; a partner without an offer is possible."""
    partners = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [shop], owner: ann, offers: [gate]}
      - {id: birch, name: Birch, types: [agent], owner: ann}
"""
    portfolio = "offers: [{id: gate, name: Gate, status: live, requires: [{type: shop}, {type: agent}]}]\n"
    found = coverage(world(partners=partners, portfolio=portfolio))
    assert states(found.needs) == {("shop", None): "single source", ("agent", None): "possible"}


def test_nothing_is_recorded(world: World) -> None:
    """No offers, no needs and no routes."""
    playbook = world(partners="departments: []\n")
    assert coverage(playbook).needs == coverage(playbook).gaps == ()
    assert chains(playbook) == ()


def test_tied_to_no_live_offer(world: World) -> None:
    """An active entry without an offer, or with a retired or planned one alone."""
    partners = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [shop], owner: ann}
      - {id: birch, name: Birch, types: [shop], owner: ann, offers: [lamp, old]}
      - {id: cedar, name: Cedar, types: [shop], owner: ann, offers: [gate, old]}
      - {id: dogwood, name: Dogwood, types: [shop], owner: ann, status: dormant}
"""
    found = unassigned(world(partners=partners, portfolio=PORTFOLIO, settings=SETTINGS))
    assert [r.partner for r in found.none] == ["acme"]
    assert [r.partner for r in found.others] == ["birch"]


def test_routes(playbook: Playbook) -> None:
    """A chain is broken where nobody is active; somebody being recruited does not mend it."""
    north, south = chains(playbook)
    assert north.broken == ()
    assert north.links["agent"].have == ("acme",)
    assert south.broken == ("agent",)
    assert south.links["agent"].recruiting == ("cedar",)


# --- properties ---------------------------------------------------------------------------

TYPES = ("shop", "agent")
REGIONS = ("North", "South")
OFFERS = ("gate", "lamp")


def made(entries: list[Relationship]) -> Playbook:
    ids = dict.fromkeys(e.partner for e in entries)
    offers = [
        Offer("gate", "Gate", "live", REGIONS, (Requirement("shop", 2), Requirement("agent", 1, ("South",)))),
        Offer("lamp", "Lamp", "planned", (), (Requirement("agent", 3),)),
    ]
    return Playbook(
        as_of=date(2026, 6, 1),
        settings=Settings(regions=REGIONS),
        types=frozen({t: PartnerType(t, t, "sell", "", frozen({None: "light"})) for t in TYPES}),
        partners=frozen({i: Partner(i, i, tuple(e for e in entries if e.partner == i)) for i in ids}),
        offers=frozen({one.id: one for one in offers}),
        routes=frozen({"way": Route("way", "Way", "South", "gate", TYPES)}),
    )


def entry(partner: str, facts: Facts) -> Relationship:
    type_id, status, offers, regions = facts
    unit = Unit(type_id, "light", "light")
    return Relationship(partner, "sales", (unit,), "ann", status=status, offers=tuple(offers), regions=tuple(regions))


FACTS = st.tuples(
    st.sampled_from(TYPES),
    st.sampled_from(["active", "prospect", "onboarding", "dormant", "ended"]),
    st.lists(st.sampled_from(OFFERS), unique=True),
    st.lists(st.sampled_from(REGIONS), unique=True),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(FACTS, max_size=8), FACTS)
def test_an_active_partner_more_never_widens_a_gap(before: list[Facts], more: Facts) -> None:
    """No need misses more partners than it did, and no route breaks."""
    entries = [entry(f"p{number}", facts) for number, facts in enumerate(before)]
    old = made(entries)
    new = made([*entries, entry("new", (more[0], "active", more[2], more[3]))])

    for was, now in zip(coverage(old).needs, coverage(new).needs, strict=True):
        assert now.gap <= was.gap
    assert set(chains(new)[0].broken) <= set(chains(old)[0].broken)


@settings(max_examples=100, deadline=None)
@given(st.lists(FACTS, max_size=8), FACTS, st.sampled_from(["prospect", "onboarding", "dormant", "ended"]))
def test_who_is_not_active_covers_nothing(before: list[Facts], more: Facts, status: str) -> None:
    """Somebody who is not active yet, or no longer, changes no count of partners."""
    entries = [entry(f"p{number}", facts) for number, facts in enumerate(before)]
    new = coverage(made([*entries, entry("new", (more[0], status, more[2], more[3]))]))

    assert [need.cover.have for need in new.needs] == [need.cover.have for need in coverage(made(entries)).needs]


@settings(max_examples=50, deadline=None)
@given(st.lists(FACTS, max_size=8))
def test_unknown_is_never_coverage(facts: list[Facts]) -> None:
    """Forgetting a partner's regions or offers never covers a need that was open."""
    known = coverage(made([entry(f"p{number}", one) for number, one in enumerate(facts)]))
    forgotten: tuple[list[Facts], ...] = (
        [(t, s, [], r) for t, s, _, r in facts],
        [(t, s, o, []) for t, s, o, _ in facts],
    )
    for blank in forgotten:
        less = coverage(made([entry(f"p{number}", one) for number, one in enumerate(blank)]))
        for was, now in zip(known.needs, less.needs, strict=True):
            assert now.gap >= was.gap
            assert now.state is not State.OUT_OF_SCOPE
