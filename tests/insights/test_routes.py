"""Which routes to market are whole, on worlds counted by hand."""

from __future__ import annotations

from generator.insights.coverage import Cover, CoverageState
from generator.insights.routes import chains
from tests.kit import World

PORTFOLIO = """\
offers:
  - {id: lamp, name: Lamp, status: live}
  - {id: wick, name: Wick, status: retired}
routes:
  - {id: north, name: North, region: N, offer: lamp, types: [shop, agent, ally]}
  - {id: south, name: South, region: S, offer: lamp, types: [shop, maker]}
  - {id: old, name: Old, region: N, offer: wick, types: [shop]}
"""
PARTNERS = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [shop], owner: ann, offers: [lamp], regions: [N, S]}
      - {id: birch, name: Birch, types: [agent], owner: ann, offers: [lamp], regions: [N], via: acme}
      - {id: cedar, name: Cedar, types: [agent], owner: ann, offers: [lamp], regions: [N], via: dune}
      - {id: dune, name: Dune, types: [ally], owner: ann, offers: [lamp], regions: [N], status: onboarding}
      - {id: elm, name: Elm, types: [maker], offer_stage: before, owner: ann, offers: [lamp], regions: [S]}
      - {id: fir, name: Fir, types: [ally], owner: ann, offers: [lamp]}
"""


def test_no_route(world: World) -> None:
    """Without a route there is no chain."""
    assert chains(world(partners=PARTNERS, portfolio="offers: [{id: lamp, name: Lamp, status: live}]\n")) == ()


def test_a_chain_is_broken_where_nobody_is_active(world: World) -> None:
    """North breaks at its last step, for which we recruit; south is whole; the retired offer has no route."""
    north, south = chains(world(partners=PARTNERS, portfolio=PORTFOLIO))

    assert [step.type for step in north.broken] == ["ally"]
    covered, recruiting = CoverageState.COVERED, CoverageState.RECRUITING
    assert [step.state for step in north.steps] == [covered, covered, recruiting]
    assert north.steps[2].cover == Cover(recruiting=("dune",), possible=("fir",))
    assert south.broken == ()
    assert [step.cover.have for step in south.steps] == [("acme",), ("elm",)]


def test_who_sells_through_a_partner_of_the_step_before(world: World) -> None:
    """Birch sells through Acme, one step before; Cedar sells through somebody who is not of that step."""
    north, _ = chains(world(partners=PARTNERS, portfolio=PORTFOLIO))

    assert [dict(step.through) for step in north.steps] == [{}, {"birch": "acme"}, {}]


def test_all_unknown(world: World) -> None:
    """Partners without an offer or a region hold no chain together; they are named as possible."""
    unknown = (
        "departments: [{id: s, name: S, partners: [{id: acme, name: Acme, types: [shop, agent, ally], owner: a}]}]\n"
    )
    north, _ = chains(world(partners=unknown, portfolio=PORTFOLIO))

    assert [step.state for step in north.steps] == [CoverageState.POSSIBLE] * 3
    assert len(north.broken) == 3
