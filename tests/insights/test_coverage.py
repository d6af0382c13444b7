"""What the offers need and who covers it, on worlds counted by hand; the world's day is 2026-06-01."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.insights.coverage import (
    Cover,
    Coverage,
    CoverageState,
    CoverFinder,
    Need,
    Unassigned,
    coverage,
    objectives_waiting,
    unassigned,
)
from generator.insights.routes import chains
from generator.model import (
    Entry,
    Offer,
    OfferStatus,
    PartnerType,
    Playbook,
    Relationship,
    Requirement,
    Route,
    Scope,
    Settings,
    Status,
    frozen,
)
from tests import kit
from tests.kit import World, by_id, partners_of

SETTINGS = "company: Example\nas_of: 2026-06-01\nregions: [N, S]\n"


def inventory(**entries: str) -> str:
    """One department with a partner for each keyword, whose other fields are given in one line."""
    return kit.inventory(**{partner: f"owner: ann, {fields}" for partner, fields in entries.items()})


def offers(*lines: str) -> str:
    return "offers:\n" + "".join(f"  - {{{line}}}\n" for line in lines)


def scoped(playbook: Playbook, type_id: str, scope: Scope) -> Playbook:
    """The playbook with a type in another scope."""
    return replace(playbook, types=frozen({**playbook.types, type_id: replace(playbook.types[type_id], scope=scope)}))


def key(need: Need) -> tuple[str, str, str | None]:
    return need.offer, need.type, need.region


def states(found: Coverage) -> dict[tuple[str, str, str | None], CoverageState]:
    """The state of each need; a need that is there twice fails."""
    by_need = {key(need): need.state for need in found.needs}
    assert len(by_need) == len(found.needs)
    return by_need


def test_empty(world: World) -> None:
    """Without an offer nothing is needed and nothing is missing."""
    playbook = world(partners=inventory(acme="types: [shop]"))

    assert coverage(playbook) == Coverage((), (), (), ())


def test_all_unknown(world: World) -> None:
    """Where no entry names an offer or region nothing is covered; whoever has the type is possible in each region."""
    playbook = world(
        settings=SETTINGS,
        portfolio=offers("id: lamp, name: Lamp, status: live, requires: [{type: shop}, {type: agent}]"),
        partners=inventory(acme="types: [shop]", birch="types: [shop], status: prospect"),
    )

    assert states(coverage(playbook)) == {
        ("lamp", "shop", "N"): CoverageState.POSSIBLE,
        ("lamp", "shop", "S"): CoverageState.POSSIBLE,
        ("lamp", "agent", "N"): CoverageState.GAP,
        ("lamp", "agent", "S"): CoverageState.GAP,
    }
    assert [need.gap for need in coverage(playbook).needs] == [1, 1, 1, 1]
    assert CoverFinder(playbook).find("lamp", "shop", "N") == Cover(possible=("acme",))


@pytest.fixture
def one_of_each(world: World) -> Playbook:
    """Every state once or twice; `maker` is out of scope, and dormant and ended relationships cover nothing."""
    playbook = world(
        settings=SETTINGS,
        portfolio=offers(
            "id: lamp, name: Lamp, status: live, requires: [{type: shop}, {type: agent}, {type: ally, regions: [S]}]",
            "id: bulb, name: Bulb, status: live, regions: [N], requires: [{type: ally}, {type: maker}]",
            "id: cord, name: Cord, status: planned",
            "id: wick, name: Wick, status: retired, requires: [{type: shop}]",
            "id: soot, name: Soot, status: retired",
        ),
        partners=inventory(
            acme="types: [shop], offers: [lamp], regions: [N, S]",
            birch="types: [shop], offers: [lamp, wick], regions: [N]",
            cedar="types: [agent], offers: [lamp], regions: [S], status: onboarding",
            dune="types: [agent], offers: [lamp], regions: [S], status: prospect",
            elm="types: [agent], offers: [lamp]",
            fir="types: [ally], offers: [bulb], regions: [S]",
            gum="types: [ally], offers: [lamp], regions: [N]",
            holly="types: [ally], offers: [lamp, bulb], regions: [N, S], status: dormant",
            ivy="types: [ally], offers: [lamp, bulb], regions: [N, S], status: ended",
        ),
    )
    return scoped(playbook, "maker", Scope.OUT)


def test_one_of_each(one_of_each: Playbook) -> None:
    """Each need has exactly one state; a retired offer needs nothing, and one without requirements is not assessed."""
    found = coverage(one_of_each)

    assert states(found) == {
        ("lamp", "shop", "N"): CoverageState.COVERED,
        ("lamp", "shop", "S"): CoverageState.SINGLE,
        ("lamp", "agent", "N"): CoverageState.POSSIBLE,
        ("lamp", "agent", "S"): CoverageState.RECRUITING,
        ("lamp", "ally", "S"): CoverageState.GAP,
        ("bulb", "ally", "N"): CoverageState.GAP,
        ("bulb", "maker", "N"): CoverageState.OUT_OF_SCOPE,
    }
    assert [key(need) for need in found.single] == [("lamp", "shop", "S")]
    assert found.not_assessed == ("cord",)


def test_the_partners_behind_each_state(one_of_each: Playbook) -> None:
    """Who covers, who is being recruited and who may count; what is recorded otherwise speaks against a partner."""
    by_need = {key(need): need.cover for need in coverage(one_of_each).needs}

    assert by_need["lamp", "shop", "N"] == Cover(have=("acme", "birch"))
    assert by_need["lamp", "agent", "N"] == Cover(possible=("elm",))
    assert by_need["lamp", "agent", "S"] == Cover(recruiting=("cedar", "dune"), possible=("elm",))
    assert by_need["lamp", "ally", "S"] == Cover()
    assert by_need["bulb", "ally", "N"] == Cover()


def test_gaps_are_ranked(one_of_each: Playbook) -> None:
    """Nobody in sight comes first, by name; then who may count already; last who is being recruited."""
    assert [key(need) for need in coverage(one_of_each).gaps] == [
        ("bulb", "ally", "N"),
        ("lamp", "ally", "S"),
        ("lamp", "agent", "N"),
        ("lamp", "agent", "S"),
    ]


def test_nobody_in_sight_comes_before_a_larger_gap(world: World) -> None:
    """One partner missing with nobody in sight is more pressing than two that may be there already."""
    playbook = world(
        portfolio=offers("id: lamp, name: Lamp, status: live, requires: [{type: shop, min: 2}, {type: agent}]"),
        partners=inventory(acme="types: [shop]"),
    )

    assert [(need.type, need.gap) for need in coverage(playbook).gaps] == [("agent", 1), ("shop", 2)]


@pytest.mark.parametrize(
    ("fields", "possible"),
    [
        ("offers: [lamp]", True),
        ("regions: [N]", True),
        ("regions: [S]", False),
        ("offers: [bulb]", False),
        ("offers: [bulb], regions: [N]", False),
        ("offers: [lamp], regions: [S]", False),
        ("offers: [lamp], status: prospect", False),
        ("regions: [N], status: onboarding", False),
        ("offers: [lamp], status: dormant", False),
    ],
)
def test_possible(world: World, fields: str, possible: bool) -> None:
    """An active partner with one fact unrecorded may count, unless the other fact speaks against it."""
    playbook = world(
        settings=SETTINGS,
        portfolio=offers("id: lamp, name: Lamp, status: live", "id: bulb, name: Bulb, status: live"),
        partners=inventory(acme=f"types: [shop], {fields}"),
    )

    assert CoverFinder(playbook).find("lamp", "shop", "N") == Cover(possible=("acme",) if possible else ())


def test_live_offers_larger_gaps_and_awaited_types_come_first(world: World) -> None:
    """Planned offers come last, even with the larger gap; of equal gaps the one with more objectives is first."""
    playbook = world(
        portfolio=offers(
            "id: aaa, name: Aaa, status: planned, requires: [{type: shop, min: 9}]",
            "id: bbb, name: Bbb, status: live, requires: [{type: shop}, {type: agent}, {type: ally, min: 2}]",
        ),
        partners="departments: []\n",
        strategy="""\
objectives:
  - {id: both, title: Both, types: [shop, ally], offers: [bbb]}
  - {id: type-only, title: Type only, types: [shop], ends: 2026-06-01}
  - {id: over, title: Over, types: [agent], offers: [bbb], ends: 2026-05-31}
  - {id: elsewhere, title: Elsewhere, types: [agent], offers: [aaa]}
  - {id: offer-only, title: Offer only, offers: [bbb]}
""",
    )
    found = coverage(playbook)

    assert [(need.offer, need.type) for need in found.gaps] == [
        ("bbb", "ally"),
        ("bbb", "shop"),
        ("bbb", "agent"),
        ("aaa", "shop"),
    ]
    assert [objectives_waiting(playbook, need) for need in found.gaps] == [
        ("both",),
        ("both", "type-only"),
        (),
        ("type-only",),
    ]


def test_no_regions_anywhere(world: World) -> None:
    """Where no region is named, it does not matter: one need a type, covered wherever the partner is."""
    playbook = world(
        portfolio=offers("id: lamp, name: Lamp, status: live, requires: [{type: shop}, {type: agent}]"),
        partners=inventory(acme="types: [shop], offers: [lamp]", birch="types: [shop], offers: [lamp], regions: [N]"),
    )
    found = coverage(playbook)

    assert states(found) == {("lamp", "shop", None): CoverageState.COVERED, ("lamp", "agent", None): CoverageState.GAP}
    assert found.needs[0].cover == Cover(have=("acme", "birch"))


@pytest.mark.parametrize(
    ("of_offer", "of_requirement", "expected"),
    [("", "", ["N", "S"]), (", regions: [S]", "", ["S"]), (", regions: [S]", ", regions: [N]", ["N"])],
)
def test_the_nearest_regions_count(world: World, of_offer: str, of_requirement: str, expected: list[str]) -> None:
    """A requirement's own regions go before the offer's, and these before the company's."""
    playbook = world(
        settings=SETTINGS,
        portfolio=offers(f"id: lamp, name: Lamp, status: live{of_offer}, requires: [{{type: shop{of_requirement}}}]"),
        partners="departments: []\n",
    )

    assert [need.region for need in coverage(playbook).needs] == expected


@pytest.mark.parametrize(
    ("partners", "gap", "state"),
    [
        ({"acme": "active"}, 1, CoverageState.GAP),
        ({"acme": "active", "birch": "active"}, 0, CoverageState.COVERED),
        ({"acme": "active", "birch": "prospect"}, 1, CoverageState.RECRUITING),
        ({}, 2, CoverageState.GAP),
    ],
)
def test_two_are_needed(world: World, partners: dict[str, str], gap: int, state: CoverageState) -> None:
    """One of two leaves a gap of one and is no single source; a prospect closes no gap."""
    playbook = world(
        portfolio=offers("id: lamp, name: Lamp, status: live, requires: [{type: shop, min: 2}]"),
        partners=inventory(
            **{id_: f"types: [shop], offers: [lamp], status: {status}" for id_, status in partners.items()}
        ),
    )
    (need,) = coverage(playbook).needs

    assert (need.gap, need.state) == (gap, state)


def test_a_partner_counts_once(world: World) -> None:
    """Two departments that work with the same partner are one partner; what one of them is still doing adds nothing."""
    playbook = world(
        portfolio=offers("id: lamp, name: Lamp, status: live, requires: [{type: shop, min: 2}]"),
        partners="""\
departments:
  - id: sales
    name: Sales
    partners: [{id: acme, name: Acme, types: [shop], owner: ann, offers: [lamp]}]
  - id: field
    name: Field
    partners: [{id: acme, types: [shop], owner: bo, offers: [lamp]}]
  - id: lab
    name: Lab
    partners: [{id: acme, types: [shop], owner: cy, offers: [lamp], status: prospect}]
  - id: shed
    name: Shed
    partners: [{id: acme, types: [shop], owner: di}]
""",
    )
    (need,) = coverage(playbook).needs

    assert need.cover == Cover(have=("acme",))
    assert (need.gap, need.state) == (1, CoverageState.GAP)


def test_a_type_required_twice_is_one_need(world: World) -> None:
    """Where two lines ask for the same type in the same region, the larger number counts."""
    playbook = world(
        settings=SETTINGS,
        portfolio=offers(
            "id: lamp, name: Lamp, status: live, requires: [{type: shop, min: 3, regions: [S]}, {type: shop, min: 2}]"
        ),
        partners="departments: []\n",
    )

    assert {key(need): need.min for need in coverage(playbook).needs} == {
        ("lamp", "shop", "N"): 2,
        ("lamp", "shop", "S"): 3,
    }


@pytest.mark.parametrize(("scope", "gaps"), [(Scope.IN, 1), (Scope.UNDECIDED, 1), (Scope.OUT, 0)])
def test_scope(world: World, scope: Scope, gaps: int) -> None:
    """Only a type that is out of scope is no gap; one that is not decided yet counts."""
    playbook = world(
        portfolio=offers("id: lamp, name: Lamp, status: live, requires: [{type: shop}]"), partners="departments: []\n"
    )

    assert len(coverage(scoped(playbook, "shop", scope)).gaps) == gaps


@pytest.mark.parametrize("stage", ["before", "after"])
def test_the_stage_does_not_matter(world: World, stage: str) -> None:
    """A partner whose type depends on the stage of its own offer covers a need at every stage."""
    playbook = world(
        portfolio=offers("id: lamp, name: Lamp, status: live, requires: [{type: maker}]"),
        partners=inventory(acme=f"types: [maker], offer_stage: {stage}, offers: [lamp]"),
    )

    assert states(coverage(playbook)) == {("lamp", "maker", None): CoverageState.SINGLE}


def test_partners_tied_to_no_live_offer(world: World) -> None:
    """With no offer, or planned and retired ones only, in any active entry; a live one in one department is a tie."""
    playbook = world(
        portfolio=offers(
            "id: lamp, name: Lamp, status: live",
            "id: cord, name: Cord, status: planned",
            "id: wick, name: Wick, status: retired",
        ),
        partners="""\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [shop], owner: ann}
      - {id: birch, name: Birch, types: [shop], owner: ann, offers: [wick]}
      - {id: cedar, name: Cedar, types: [shop], owner: ann, offers: [lamp, wick]}
      - {id: dune, name: Dune, types: [shop], owner: ann}
      - {id: elm, name: Elm, types: [shop], owner: ann, status: prospect}
      - {id: fir, name: Fir, types: [shop], owner: ann}
  - id: field
    name: Field
    partners:
      - {id: birch, types: [agent], owner: ann, offers: [cord]}
      - {id: dune, types: [agent], owner: ann, offers: [lamp]}
      - {id: fir, types: [agent], owner: ann, offers: [lamp], status: dormant}
""",
    )

    assert unassigned(playbook) == Unassigned(none=("acme", "fir"), others=("birch",))


# --- properties ---------------------------------------------------------------------------

TYPES, OFFERS, REGIONS, PARTNERS = ("shop", "agent"), ("lamp", "bulb"), ("N", "S"), ("a", "b", "c")


def subset(of: tuple[str, ...], least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sampled_from([some for size in range(least, len(of) + 1) for some in combinations(of, size)])


@st.composite
def entry(draw: st.DrawFn, status: Status | None = None) -> Entry:
    return Entry(
        partner=draw(st.sampled_from(PARTNERS)),
        department="sales",
        relationships=tuple(Relationship(type_id, "light", "light") for type_id in draw(subset(TYPES, least=1))),
        owner=None,
        status=status or draw(st.sampled_from(Status)),
        regions=draw(subset(REGIONS)),
        offers=draw(subset(OFFERS)),
    )


@st.composite
def portfolio(draw: st.DrawFn) -> Playbook:
    """Two offers with any requirements, and a route for each offer and region."""
    requirement = st.builds(Requirement, st.sampled_from(TYPES), st.integers(1, 3), subset(REGIONS))
    made = [
        Offer(
            id_, id_, draw(st.sampled_from(OfferStatus)), draw(subset(REGIONS)),
            tuple(draw(st.lists(requirement, max_size=3))),
        )
        for id_ in OFFERS
    ]  # fmt: skip
    routes = [Route(f"{o}-{r}".lower(), o, r, o, TYPES) for o in OFFERS for r in REGIONS]
    return Playbook(
        as_of=date(2026, 6, 1),
        settings=Settings(regions=draw(subset(REGIONS))),
        types=by_id(*(made_type(t, draw(st.sampled_from(Scope))) for t in TYPES)),
        offers=by_id(*made),
        routes=by_id(*routes),
    )


def made_type(type_id: str, scope: Scope) -> PartnerType:
    return PartnerType(type_id, type_id, "sell", "", frozen({None: "light"}), scope=scope)


def holding(playbook: Playbook, them: list[Entry]) -> Playbook:
    return replace(playbook, partners=partners_of(them))


@given(portfolio(), st.lists(entry(), max_size=8), entry(Status.ACTIVE))
def test_an_active_partner_never_widens_a_gap(playbook: Playbook, them: list[Entry], new: Entry) -> None:
    """Whoever is added as active: no need misses more partners, and no route breaks at one more step."""
    before, after = holding(playbook, them), holding(playbook, [*them, new])

    for old, now in zip(coverage(before).needs, coverage(after).needs, strict=True):
        assert key(old) == key(now)
        assert now.gap <= old.gap
        assert set(old.cover.have) <= set(now.cover.have)
    for was, is_ in zip(chains(before), chains(after), strict=True):
        assert {step.type for step in is_.broken} <= {step.type for step in was.broken}


@given(portfolio(), st.lists(entry(), max_size=8), st.sampled_from((Status.PROSPECT, Status.ONBOARDING)), st.data())
def test_a_prospect_covers_nothing(playbook: Playbook, them: list[Entry], status: Status, data: st.DataObject) -> None:
    """Adding somebody who is not active yet changes no count of partners, no gap and no broken step."""
    new = data.draw(entry(status))
    before, after = holding(playbook, them), holding(playbook, [*them, new])

    assert [n.cover.have for n in coverage(before).needs] == [n.cover.have for n in coverage(after).needs]
    assert [n.gap for n in coverage(before).needs] == [n.gap for n in coverage(after).needs]
    assert [[s.type for s in c.broken] for c in chains(before)] == [[s.type for s in c.broken] for c in chains(after)]


@given(portfolio(), st.lists(entry(), max_size=8))
def test_the_figures_add_up(playbook: Playbook, them: list[Entry]) -> None:
    """Each need in scope is covered or a gap; a partner stands behind a need once; ranking loses no gap."""
    found = coverage(holding(playbook, them))
    covered = [need for need in found.needs if need.state in (CoverageState.COVERED, CoverageState.SINGLE)]

    assert len(covered) + len(found.gaps) == sum(need.in_scope for need in found.needs)
    assert {key(need) for need in found.gaps} == {key(need) for need in found.needs if need.gap}
    assert len(states(found)) == len(found.needs)
    for need in found.needs:
        behind = [*need.cover.have, *need.cover.recruiting, *need.cover.possible]
        assert len(behind) == len(set(behind))
