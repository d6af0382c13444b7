"""Alignment and value on worlds counted by hand; the day is 2026-06-01."""

from __future__ import annotations

import re

from generator.insights.alignment import alignment
from generator.insights.ownership import Share
from generator.insights.value import story
from tests.kit import World

STRATEGY = """\
objectives:
  - {id: grow, title: Grow, ends: 2026-06-01, types: [shop, ally]}
  - {id: learn, title: Learn}
  - {id: past, title: Past, ends: 2026-05-31}
programs:
  - {id: club, name: Club, mode: regular, types: [agent, shop], objective: past}
  - {id: open, name: Open, types: [maker]}
"""
PARTNERS = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [shop, agent], owner: ann, objectives: [grow, past], value: Sells at home.}
      - {id: birch, name: Birch, types: [agent], owner: ann, objectives: [past]}
      - {id: cedar, name: Cedar, types: [maker], owner: ann, offer_stage: before, regions: [North]}
      - {id: dogwood, name: Dogwood, types: [ally], owner: ann, status: prospect, objectives: [learn], value: Later.}
  - id: labs
    name: Labs
    partners:
      - {id: acme, types: [shop], owner: bo, lead: true, objectives: [grow]}
"""


def test_alignment(world: World) -> None:
    """An objective is open on its last day; a prospect serves none; an entry counts for each of its types."""
    found = alignment(world(partners=PARTNERS, strategy=STRATEGY))
    assert found.share == Share(3, 5)
    served = [(one.objective, one.size, one.missing) for one in found.served]
    assert served == [("grow", 3, ("ally",)), ("learn", 0, ())]
    assert found.unserved == ("learn",)
    assert [r.partner for r in found.none] == ["cedar"]
    assert [r.partner for r in found.ended] == ["birch"]
    assert [(r.partner, r.department) for r in found.stale] == [("acme", "sales")]


def test_an_objective_named_twice_counts_once(world: World) -> None:
    """An entry that repeats itself serves no more than another."""
    twice = PARTNERS.replace("objectives: [grow, past]", "objectives: [grow, grow, past]")
    assert alignment(world(partners=twice, strategy=STRATEGY)).served[0].size == 3


def test_functions_add_up(world: World) -> None:
    """What serves an objective, by function, is what serves it."""
    grow = alignment(world(partners=PARTNERS, strategy=STRATEGY)).served[0]
    assert {function: len(relationships) for function, relationships in grow.relationships.items()} == {"sell": 3}


def test_programs(world: World) -> None:
    """Those in its mode and those in another; a program without a mode takes any."""
    club, free = alignment(world(partners=PARTNERS, strategy=STRATEGY)).programs
    assert [r.partner for r, _ in club.relationships] == ["acme", "birch"]
    assert [(r.partner, r.department) for r, _ in club.others] == [("acme", "sales"), ("acme", "labs")]
    assert [r.partner for r, _ in free.relationships] == ["cedar"]


def test_nothing_is_recorded(world: World) -> None:
    """Without objectives nobody serves any, and the share is of nothing or none."""
    found = alignment(world(partners=re.sub(r", objectives: \[.*?\]", "", PARTNERS)))
    assert found.share == Share(0, 5)
    assert not found.served
    assert not found.programs
    assert alignment(world(partners="departments: []\n")).share == Share(0, 0)


def test_story(world: World) -> None:
    """Active partners alone; one entry of a partner with a line is enough; the widest reach comes first."""
    found = story(world(partners=PARTNERS, strategy=STRATEGY))
    assert found.stated == ("acme",)
    assert found.unstated == ("birch", "cedar")
    sell = found.functions["sell"]
    assert (sell.entries, sell.partners, sell.regions) == (5, ("acme", "birch", "cedar"), ("North",))
    assert [(r.partner, r.department) for r in sell.lines] == [("acme", "sales")]


def test_lines_take_turns_by_type(world: World) -> None:
    """Each type is heard once before any is heard twice; within a turn, the wider reach first."""
    partners = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [shop], owner: ann, value: One., regions: [North, South]}
      - {id: birch, name: Birch, types: [shop], owner: ann, value: Two., regions: [North]}
      - {id: cedar, name: Cedar, types: [agent], owner: ann, value: Three.}
"""
    lines = story(world(partners=partners)).functions["sell"].lines
    assert [r.partner for r in lines] == ["acme", "cedar", "birch"]


def test_no_story(world: World) -> None:
    """Nobody, nothing."""
    found = story(world(partners="departments: []\n"))
    assert not found.stated
    assert not found.unstated
    assert not found.functions["sell"].lines
