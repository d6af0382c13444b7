"""Tools, skills and satisfaction on worlds counted by hand; the day is 2026-06-01."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.insights.satisfaction import Mean, is_old, mean, satisfaction
from generator.insights.skills import Lacking, skills
from generator.insights.tools import equipment
from generator.model import HeldSkill, Playbook, Relationship, Satisfaction, Unit, frozen

World = Callable[..., Playbook]

PARTNERS = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [shop], owner: ann}
      - {id: birch, name: Birch, types: [agent], owner: bo}
      - {id: cedar, name: Cedar, types: [ally], owner: cy}
      - {id: dogwood, name: Dogwood, types: [maker], owner: dee, offer_stage: before, mode: regular, mode_reason: power}
      - {id: elm, name: Elm, types: [agent], owner: gone}
      - {id: fir, name: Fir, types: [agent], owner: eve, status: prospect}
      - {id: gum, name: Gum, types: [agent], owner: somebody}
"""
PEOPLE = """\
people:
  - {id: ann, name: Ann, skills: [{skill: plan, level: 1}]}
  - {id: bo, name: Bo, skills: [{skill: plan, level: 3}, {skill: talk, level: 1}]}
  - {id: cy, name: Cy, skills: [{skill: talk, level: 5}]}
  - {id: dee, name: Dee}
  - {id: eve, name: Eve}
  - {id: gone, name: Gone, active: false}
"""
TOOLKIT = """\
tools:
  - {id: portal, name: Portal, modes: [regular]}
  - {id: till, name: Till, types: [shop, ally]}
skills:
  - {id: plan, name: Plan, modes: [regular, close], level: 3, training: A day.}
  - {id: talk, name: Talk, modes: [regular], level: 2}
"""


def test_tools(world: World) -> None:
    """A type has its own tools and those of its modes; a mode in use without a tool is told all the same."""
    found = equipment(world(partners=PARTNERS, toolkit=TOOLKIT))
    assert dict(found.modes) == {"light": (), "regular": ("portal",), "close": ()}
    assert dict(found.types) == {"shop": ("till",), "agent": ("portal",), "ally": ("till",), "maker": ("portal",)}
    assert found.bare_modes == ("light", "close")
    assert found.bare == ()


def test_types_without_a_tool(world: World) -> None:
    """Neither the type nor its mode has one; a type out of scope is left out."""
    playbook = world(partners=PARTNERS, toolkit=TOOLKIT.replace("types: [shop, ally]", "types: [ally]"))
    assert equipment(playbook).bare == ("shop",)
    types = frozen({**playbook.types, "shop": replace(playbook.types["shop"], scope="out")})
    assert equipment(replace(playbook, types=types)).bare == ()


def test_skills(world: World) -> None:
    """Owners of active entries who are here: able, lacking with both levels, or nothing recorded."""
    found = skills(world(partners=PARTNERS, people=PEOPLE, toolkit=TOOLKIT))
    assert found.able == ()
    assert found.lacking == (Lacking("bo", "talk", 2, 1), Lacking("cy", "plan", 3, 0))
    assert found.unknown == ("dee", "somebody")
    assert found.short == ("bo", "cy")


def test_nobody_needs_what_no_mode_asks_for(world: World) -> None:
    """Ann's mode needs no skill, so she is neither able nor lacking; without skills nobody is."""
    found = skills(world(partners=PARTNERS, people=re.sub(r", skills: \[.*\]", "", PEOPLE)))
    assert (found.able, found.lacking, found.unknown) == ((), (), ())


def test_forgetting_a_skill_never_helps(world: World) -> None:
    """Whoever loses a recorded skill is never counted as able for it."""
    playbook = world(partners=PARTNERS, people=PEOPLE, toolkit=TOOLKIT)
    able = replace(playbook.people["bo"], skills=(HeldSkill("plan", 3), HeldSkill("talk", 2)))
    full = replace(playbook, people=frozen({**playbook.people, "bo": able}))
    assert skills(full).able == ("bo",)
    for kept in ((), able.skills[:1], able.skills[1:]):
        less = skills(replace(full, people=frozen({**playbook.people, "bo": replace(able, skills=kept)})))
        assert less.able == ()


def scored(*scores: tuple[float, float, int]) -> list[Relationship]:
    day = date(2026, 5, 1)
    return [
        Relationship(
            f"p{number}", "sales", (Unit("shop", "light", "light"),), "ann",
            satisfaction=Satisfaction(day.replace(month=5 - number % 3), score, scale, n),
        )
        for number, (score, scale, n) in enumerate(scores)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("scores", "share", "n", "hidden"),
    [
        ([(4, 5, 4)], None, 0, 0),
        ([(4, 5, 5)], 0.8, 5, 0),
        ([(4, 5, 3), (2, 5, 3)], 0.6, 6, 0),
        ([(5, 5, 10), (1, 5, 1)], 1.0, 10, 1),
        ([(5, 5, 10), (0, 5, 2), (0, 5, 3)], 2 / 3, 15, 0),
        ([], None, 0, 0),
    ],
)
def test_few_answers_are_not_shown(
    scores: list[tuple[float, float, int]], share: float | None, n: int, hidden: int
) -> None:
    """Five answers are enough; fewer count only together with others that are hidden, so that nobody can subtract."""
    found = mean(Playbook(date(2026, 6, 1)), scored(*scores))
    if share is None:
        assert found is None
    else:
        assert found is not None
        assert found.share == pytest.approx(share)
        assert (found.n, found.hidden) == (n, hidden)


def test_scales(world: World) -> None:
    """A common scale is kept; where scales differ there is none; the mean is weighted by the answers."""
    playbook = Playbook(date(2026, 6, 1))
    same = mean(playbook, scored((4, 5, 5), (2, 5, 15)))
    assert same is not None
    assert same.scale == 5
    assert same.share == pytest.approx(0.5)
    mixed = mean(playbook, scored((4, 5, 5), (5, 10, 5)))
    assert mixed is not None
    assert mixed.scale is None
    assert mixed.share == pytest.approx(0.65)
    assert mixed.partners == ("p0", "p1")
    assert (mixed.oldest, mixed.newest) == (date(2026, 4, 1), date(2026, 5, 1))


def test_age() -> None:
    """A score is old the day after a year."""
    playbook = Playbook(date(2026, 6, 1))
    assert not is_old(playbook, date(2025, 6, 1))
    assert is_old(playbook, date(2025, 5, 31))


def test_groups(world: World) -> None:
    """Every mode and department with something active is there; who has no score is named."""
    score = "satisfaction: {date: 2026-05-01, score: 4, scale: 5, n: 9}"
    found = satisfaction(world(partners=PARTNERS.replace("owner: ann}", f"owner: ann, {score}}}")))
    assert isinstance(found.modes["light"], Mean)
    assert found.modes["regular"] is None
    assert found.departments["sales"] == found.overall
    assert len(found.silent) == 5


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 5), st.just(5.0), st.integers(1, 20)),
        min_size=1,
        max_size=6,
    )
)
def test_a_mean_lies_among_its_scores(scores: list[tuple[float, float, int]]) -> None:
    """Between the least and the greatest, from 0 to 1, and of five answers or more."""
    found = mean(Playbook(date(2026, 6, 1)), scored(*scores))
    if found is not None:
        shares = [score / scale for score, scale, _ in scores]
        assert min(shares) - 1e-9 <= found.share <= max(shares) + 1e-9
        assert found.n >= 5
        assert found.hidden < 5
