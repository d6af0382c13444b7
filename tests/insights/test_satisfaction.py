"""Means of satisfaction on worlds counted by hand, and that no mean tells a score that may not be shown.

The world's day is 2026-06-01; a score is shown from 5 answers on, and old after 365 days.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.insights.satisfaction import Asked, Mean, is_low, is_old, satisfaction, shown
from generator.model import (
    Department,
    Entry,
    Mode,
    Playbook,
    Satisfaction,
    Settings,
    Thresholds,
    frozen,
)
from tests.kit import World, by_id, entry, partners_of

DAY = date(2026, 6, 1)
MODES = ("light", "close")
DEPARTMENTS = ("north", "south")


def held(number: int, score: Satisfaction | None, department: str = "north", *modes: str) -> Entry:
    return entry(f"p{number}", department, *(("shop", mode, mode) for mode in modes or ("light",)), satisfaction=score)


def asked(score: float, n: int, scale: float = 5, day: date = DAY) -> Satisfaction:
    return Satisfaction(day, score, scale, n)


def playbook(*entries: Entry, least: int = 5) -> Playbook:
    return Playbook(
        DAY,
        settings=Settings(thresholds=Thresholds(satisfaction_min_n=least)),
        modes=by_id(*(Mode(mode, mode, "") for mode in MODES)),
        departments=by_id(*(Department(one, one) for one in DEPARTMENTS)),
        partners=partners_of(entries),
    )


def groups(found: Asked) -> dict[str, Mean | None]:
    """Every mean; the overall one has no name."""
    return {"": found.overall, **found.modes, **found.departments}


def test_empty(world: World) -> None:
    """Without an active relationship there is nothing to tell of."""
    found = satisfaction(world(partners="departments: []\n"))

    assert found == Asked(None, frozen({}), frozen({}), (), (), 0)


def test_all_unknown(world: World) -> None:
    """A mode and a department in use are there without a mean; only what is active is waited for."""
    partners = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [shop], owner: ann}
      - {id: bolt, name: Bolt, types: [ally], owner: ann, status: dormant,
         satisfaction: {date: 2026-05-01, score: 4, scale: 5, n: 9}}
  - {id: idle, name: Idle}
"""
    found = satisfaction(world(partners=partners))

    assert (found.overall, dict(found.modes), dict(found.departments)) == (None, {"light": None}, {"sales": None})
    assert [r.partner for r in found.silent] == ["acme"]
    assert (found.scored, found.hidden) == ((), 0)


def test_one_of_each(world: World) -> None:
    """(4.0 x 10 + 2.5 x 20) / 30 = 3.0 of 5 in light, where the maker is after its launch; close has its own score."""
    partners = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [shop], owner: ann, satisfaction: {date: 2026-05-01, score: 4.0, scale: 5, n: 10}}
      - {id: bolt, name: Bolt, types: [maker], offer_stage: after, owner: ann,
         satisfaction: {date: 2025-05-31, score: 2.5, scale: 5, n: 20}}
      - {id: cord, name: Cord, types: [shop], owner: ann}
  - id: lab
    name: Lab
    partners:
      - {id: acme, types: [ally], owner: ann, satisfaction: {date: 2026-04-01, score: 5, scale: 5, n: 10}}
"""
    found = satisfaction(world(partners=partners))
    light = Mean(0.6, 5, 30, ("acme", "bolt"), date(2025, 5, 31), old=1)
    close = Mean(1.0, 5, 10, ("acme",), date(2026, 4, 1), old=0)

    assert dict(found.modes) == {"light": light, "close": close}
    assert dict(found.departments) == {"sales": light, "lab": close}
    # (40 + 50 + 50) / 40 = 3.5 of 5; acme counts as one partner.
    assert found.overall == Mean(0.7, 5, 40, ("acme", "bolt"), date(2025, 5, 31), old=1)
    assert [r.partner for r in found.scored] == ["acme", "acme", "bolt"]
    assert [r.partner for r in found.silent] == ["cord"]


@pytest.mark.parametrize(("n", "told"), [(4, False), (5, True)])
def test_the_least_number_of_answers(n: int, *, told: bool) -> None:
    """Five answers are shown and four are not; those that are not are counted as left out."""
    found = satisfaction(playbook(held(0, asked(4, n))))

    assert (found.overall is not None) is told
    assert found.hidden == (0 if told else n)
    assert shown(playbook(), asked(4, n)) is told


def test_two_small_scores_count_together() -> None:
    """Three and three answers of one department and mode are six: (2 x 3 + 4 x 3) / 6 = 3 of 5."""
    found = satisfaction(playbook(held(0, asked(2, 3)), held(1, asked(4, 3))))

    assert found.overall is not None
    assert found.overall.share == pytest.approx(0.6)
    assert (found.overall.n, found.hidden) == (6, 0)
    assert found.overall == found.modes["light"] == found.departments["north"]


def test_a_small_score_beside_a_shown_one_is_left_out() -> None:
    """Else the mean less the score that is shown would tell it."""
    found = satisfaction(playbook(held(0, asked(4, 10)), held(1, asked(1, 3))))

    assert found.overall is not None
    assert (found.overall.share, found.overall.n, found.overall.partners, found.hidden) == (0.8, 10, ("p0",), 3)


def test_small_scores_of_two_departments_are_not_joined() -> None:
    """Three and three of one mode are enough there, but all nine less these six would tell the third score."""
    found = satisfaction(
        playbook(
            held(0, asked(2, 3), "north", "light"),
            held(1, asked(4, 3), "south", "light"),
            held(2, asked(1, 3), "north", "close"),
        )
    )

    assert (found.overall, dict(found.modes), dict(found.departments)) == (
        None,
        {"light": None, "close": None},
        {"north": None, "south": None},
    )
    assert found.hidden == 9


def test_a_relationship_in_two_modes_counts_in_both_and_once_in_all() -> None:
    """Its score is one, whatever number of modes its types are managed in."""
    found = satisfaction(playbook(held(0, asked(4, 10), "north", "light", "close"), held(1, asked(2, 10))))

    assert {group: mean.n for group, mean in groups(found).items() if mean is not None} == {
        "": 20,
        "light": 20,
        "close": 10,
        "north": 20,
    }


def test_mixed_scales_are_compared_as_shares() -> None:
    """4 of 5 (0.8) by 10 and 4 of 10 (0.4) by 30 answers: (8 + 12) / 40 = 0.5, on no common scale."""
    found = satisfaction(playbook(held(0, asked(4, 10)), held(1, asked(4, 30, scale=10), "south")))

    assert found.overall is not None
    assert found.overall.share == pytest.approx(0.5)
    assert {group: mean.scale for group, mean in groups(found).items() if mean is not None} == {
        "": None,
        "light": None,
        "north": 5,
        "south": 10,
    }


def test_old_and_low_begin_past_the_limit() -> None:
    """365 days are not old yet and 366 are; exactly 60% is not low."""
    assert not is_old(playbook(), date(2025, 6, 1))
    assert is_old(playbook(), date(2025, 5, 31))
    assert not is_low(playbook(), 3 / 5)
    assert is_low(playbook(), 2.9 / 5)


# --- properties ---------------------------------------------------------------------------

scores = st.builds(
    lambda share, scale, n: Satisfaction(DAY, share * scale, scale, n),
    st.floats(0, 1),
    st.sampled_from([1.0, 5.0, 7.0, 10.0]),
    st.integers(1, 12),
)
entries = st.lists(
    st.tuples(
        st.none() | scores,
        st.sampled_from(DEPARTMENTS),
        st.lists(st.sampled_from(MODES), min_size=1, max_size=2, unique=True),
    ),
    max_size=8,
).map(lambda them: [held(number, score, place, *modes) for number, (score, place, modes) in enumerate(them)])


@given(entries, st.integers(1, 8))
def test_a_mean_lies_between_its_least_and_greatest_score(them: list[Entry], least: int) -> None:
    """And it rests on at least as many answers as may be shown."""
    recorded = playbook(*them, least=least)
    by_id = {r.partner: r.satisfaction for r in them}

    for mean in groups(satisfaction(recorded)).values():
        if mean is not None:
            shares = [one.score / one.scale for one in map(by_id.get, mean.partners) if one is not None]
            assert min(shares) <= mean.share <= max(shares)
            assert mean.n == sum(one.n for one in map(by_id.get, mean.partners) if one is not None) >= least


@given(entries, st.integers(1, 8))
def test_every_answer_is_counted_or_left_out(them: list[Entry], least: int) -> None:
    """The answers of the overall mean and those left out are all that there are."""
    found = satisfaction(playbook(*them, least=least))
    counted = found.overall.n if found.overall is not None else 0

    assert counted + found.hidden == sum(r.satisfaction.n for r in them if r.satisfaction is not None)
    assert {r.partner for r in (*found.scored, *found.silent)} == {r.partner for r in them}


def solvable(rows: list[list[Fraction]], wanted: list[Fraction]) -> bool:
    """Whether `wanted` is a linear combination of the rows."""

    def rank(matrix: list[list[Fraction]]) -> int:
        left, done = [list(row) for row in matrix], 0
        for column in range(len(wanted)):
            pivot = next((row for row in left[done:] if row[column]), None)
            if pivot is None:
                continue
            left.remove(pivot)
            left.insert(done, pivot)
            for row in left[done + 1 :]:
                by = row[column] / pivot[column]
                row[:] = [a - by * b for a, b in zip(row, pivot, strict=True)]
            done += 1
        return done

    return rank([*rows, wanted]) == rank(rows)


@given(entries, st.integers(2, 8))
def test_no_difference_of_means_tells_what_may_not_be_shown(them: list[Entry], least: int) -> None:
    """Whoever knows every mean and every score that is shown can work out no sum of fewer answers than may be shown."""
    recorded = playbook(*them, least=least)
    ids = [r.partner for r in them]
    few = [r for r in them if r.satisfaction is not None and not shown(recorded, r.satisfaction)]
    told = [[Fraction(one == r.partner) for one in ids] for r in them if r not in few]
    for mean in groups(satisfaction(recorded)).values():
        told += [[Fraction(one in mean.partners) for one in ids]] if mean is not None else []

    for number in range(1, len(few) + 1):
        for some in combinations(few, number):
            if sum(r.satisfaction.n for r in some if r.satisfaction is not None) < least:
                names = {r.partner for r in some}
                assert not solvable(told, [Fraction(one in names) for one in ids])
