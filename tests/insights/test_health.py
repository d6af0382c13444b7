"""The checks of each relationship, on worlds counted by hand; the world's day is 2026-06-01.

The mode light asks for nothing, regular for a review every 180 days, close for one every 90, a sponsor
and a contract in force.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.insights.health import Check, Health, Outcome, Tally, agreement_outcomes, checked, health
from generator.model import Agreement, Entry, Mode, Objective, Person, Playbook, Relationship, Review, frozen
from tests.kit import World, inventory

PEOPLE = """\
people:
  - {id: ann, name: Ann}
  - {id: gone, name: Gone, active: false}
"""
STRATEGY = """\
objectives:
  - {id: open, title: Open, ends: 2026-06-01}
  - {id: over, title: Over, ends: 2026-05-31}
"""
P, F, U, N = Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN, Outcome.NOT_ASKED


def outcomes(found: Health) -> list[dict[Check, Outcome]]:
    return [dict(one.outcomes) for one in found.entries]


def test_empty(world: World) -> None:
    """Without an active relationship there is no check, and so no score."""
    found = health(world(partners="departments: []\n"))

    assert found.entries == ()
    assert found.total == Tally()
    assert found.total.score is None
    assert set(found.by_check.values()) == {Tally()}


def test_all_unknown(world: World) -> None:
    """Where only the owner is recorded, all but that and the mode is unknown, and nothing is clean."""
    found = health(world(partners=inventory("types: [ally], owner: ann"), people=PEOPLE, strategy=STRATEGY))

    assert outcomes(found) == [
        {
            Check.OWNER: P,
            Check.AGREEMENT: U,
            Check.REVIEW: U,
            Check.SPONSOR: U,
            Check.MODE: P,
            Check.OBJECTIVE: U,
        }
    ]
    assert found.total == Tally(passed=2, unknown=4)
    assert found.total.score == 1
    assert found.clean == ()


def test_one_of_each(world: World) -> None:
    """Three relationships: one passes all, one fails all, one is asked for its owner and its mode only."""
    well = (
        "types: [ally], owner: ann, sponsor: ann, objectives: [over, open], reviewed: {date: 2026-03-03, by: ann}, "
        "agreements: [{kind: contract, ends: 2026-06-01}]"
    )
    badly = (
        "types: [shop], mode: close, owner: null, sponsor: gone, objectives: [over], "
        "reviewed: {date: 2026-03-02, by: ann}, agreements: [{kind: contract, ends: 2026-05-31}]"
    )
    found = health(
        world(partners=inventory(well, badly, "types: [shop], owner: ann"), people=PEOPLE, strategy=STRATEGY)
    )

    assert outcomes(found)[:2] == [dict.fromkeys(Check, P), dict.fromkeys(Check, F)]
    assert outcomes(found)[2] == {**dict.fromkeys(Check, N), Check.OWNER: P, Check.MODE: P, Check.OBJECTIVE: U}
    assert found.total == Tally(passed=8, failed=6, unknown=1)
    assert found.total.score == pytest.approx(8 / 14)
    assert [one.entry.partner for one in found.clean] == ["p0"]
    assert found.by_check[Check.OWNER] == Tally(passed=2, failed=1)
    assert found.by_check[Check.SPONSOR] == Tally(passed=1, failed=1)


def test_only_active_relationships_are_checked(world: World) -> None:
    """What is not going on, or not yet, is asked for nothing."""
    entries = [f"types: [shop], owner: null, status: {status}" for status in ("onboarding", "prospect", "dormant")]
    found = health(world(partners=inventory(*entries, "types: [shop], owner: null, status: ended")))

    assert found.entries == ()


def test_a_type_whose_mode_depends_on_the_stage(world: World) -> None:
    """The mode that the stage expects passes; another one fails unless a reason is given."""
    entries = (
        "types: [maker], owner: ann, offer_stage: before",
        "types: [maker], owner: ann, offer_stage: after, mode: regular",
        "types: [maker], owner: ann, offer_stage: after, mode: regular, mode_reason: power",
    )
    found = health(world(partners=inventory(*entries)))

    assert [one.outcomes[Check.MODE] for one in found.entries] == [P, F, P]
    assert [one.outcomes[Check.REVIEW] for one in found.entries] == [N, U, U]


def test_one_relationship_in_another_mode_is_enough(world: World) -> None:
    """Every relationship must be as expected; every mode in use asks for what it needs."""
    found = health(world(partners=inventory("types: [shop, agent], owner: ann, mode: {shop: regular}")))

    assert outcomes(found)[0][Check.MODE] is F


@pytest.mark.parametrize(
    ("owner", "people", "expected"),
    [
        ("null", "", F),
        ("ann", "", P),  # nobody is recorded, so nobody can be missing from the list
        ("ann", PEOPLE, P),
        ("gone", PEOPLE, F),
    ],
)
def test_owner(world: World, owner: str, people: str, expected: Outcome) -> None:
    """Nobody, or somebody who has left, is a fail."""
    files = {"people": people} if people else {}
    found = health(world(partners=inventory(f"types: [shop], owner: {owner}"), **files))

    assert outcomes(found)[0][Check.OWNER] is expected


@pytest.mark.parametrize(
    ("sponsor", "people", "expected"),
    [("", PEOPLE, U), ("ann", "", P), ("ann", PEOPLE, P), ("gone", PEOPLE, F)],
)
def test_sponsor(world: World, sponsor: str, people: str, expected: Outcome) -> None:
    """Where the mode needs one: whom nobody recorded is unknown, who has left is a fail."""
    recorded = f", sponsor: {sponsor}" if sponsor else ""
    files = {"people": people} if people else {}
    found = health(world(partners=inventory(f"types: [ally], owner: ann{recorded}"), **files))

    assert outcomes(found)[0][Check.SPONSOR] is expected


@pytest.mark.parametrize(
    ("agreements", "expected"),
    [
        ("", U),
        ("{kind: program}", U),  # of no kind that is needed
        ("{kind: contract}", P),
        ("{kind: contract, ends: 2026-06-01}", P),  # its last day, long within its notice time
        ("{kind: contract, ends: 2026-05-31}", F),
        ("{kind: contract, starts: 2026-06-02}", F),
        ("{kind: contract, ends: 2026-05-31}, {kind: contract, starts: 2026-06-02}", F),
        ("{kind: contract, ends: 2026-05-31}, {kind: contract, starts: 2026-06-01}", P),
        ("{kind: contract}, {kind: program, ends: 2020-01-01}", P),  # no mode needs the expired one
    ],
)
def test_agreement(world: World, agreements: str, expected: Outcome) -> None:
    """One of the needed kind must be in force today; one that is not recorded at all is unknown."""
    found = health(world(partners=inventory(f"types: [ally], owner: ann, agreements: [{agreements}]")))

    assert outcomes(found)[0][Check.AGREEMENT] is expected


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [((P, U), U), ((F, U), F), ((P, F), F), ((P, P), P)],
)
def test_the_worst_kind_decides(kinds: tuple[Outcome, Outcome], expected: Outcome) -> None:
    """Where a mode needs two kinds, a fail beats what is unknown, which beats a pass."""
    ends = {P: date(2027, 1, 1), F: date(2026, 1, 1)}
    agreements = tuple(
        Agreement(kind, ends=ends[its]) for kind, its in zip(("one", "two"), kinds, strict=True) if its is not U
    )
    playbook = Playbook(date(2026, 6, 1), modes={"m": Mode("m", "M", "", needs_agreement=("one", "two"))})
    entry = Entry("p", "d", (Relationship("t", "m", "m"),), "ann", agreements=agreements)

    assert tuple(agreement_outcomes(playbook, entry).values()) == kinds
    assert checked(playbook, entry).outcomes[Check.AGREEMENT] is expected


@pytest.mark.parametrize(("last", "expected"), [("", U), ("2025-12-02", F), ("2025-12-03", P), ("2026-06-01", P)])
def test_review(world: World, last: str, expected: Outcome) -> None:
    """Due after 180 days, on which it is still in time."""
    reviewed = f", reviewed: {{date: {last}, by: ann}}" if last else ""
    found = health(world(partners=inventory(f"types: [agent], owner: ann{reviewed}")))

    assert outcomes(found)[0][Check.REVIEW] is expected


@pytest.mark.parametrize(("objectives", "expected"), [("", U), ("over", F), ("open", P), ("over, open", P)])
def test_objective(world: World, objectives: str, expected: Outcome) -> None:
    """One that is still open is enough; an objective is open on its last day."""
    found = health(
        world(partners=inventory(f"types: [shop], owner: ann, objectives: [{objectives}]"), strategy=STRATEGY)
    )

    assert outcomes(found)[0][Check.OBJECTIVE] is expected


# --- properties ---------------------------------------------------------------------------

TODAY = date(2026, 6, 1)
OFFSETS = st.integers(-400, 400)
DAYS = st.one_of(st.none(), OFFSETS.map(lambda days: TODAY + timedelta(days=days)))
WHO = st.sampled_from([None, "ann", "gone", "zed"])
UNITS = st.lists(
    st.builds(Relationship, st.sampled_from(["shop", "ally"]), *[st.sampled_from(["light", "regular", "close"])] * 2),
    min_size=1,
    max_size=2,
    unique_by=lambda relationship: relationship.type,
)
RELATIONSHIPS = st.builds(
    Entry,
    partner=st.just("p"),
    department=st.just("d"),
    relationships=UNITS.map(tuple),
    owner=WHO,
    sponsor=WHO,
    mode_reason=st.sampled_from([None, "power"]),
    objectives=st.lists(st.sampled_from(["open", "over"]), unique=True).map(tuple),
    reviewed=st.one_of(st.none(), st.integers(-400, 0).map(lambda days: Review(TODAY + timedelta(days=days), "ann"))),
    agreements=st.lists(
        st.builds(Agreement, st.sampled_from(["contract", "program"]), starts=DAYS, ends=DAYS), max_size=3
    ).map(tuple),
)
PLAYBOOK = Playbook(
    TODAY,
    people={"ann": Person("ann", "Ann"), "gone": Person("gone", "Gone", active=False)},
    objectives={"open": Objective("open", "Open"), "over": Objective("over", "Over", ends=TODAY - timedelta(days=1))},
    modes=frozen(
        {
            "light": Mode("light", "Light", ""),
            "regular": Mode("regular", "Regular", "", review_every=180),
            "close": Mode("close", "Close", "", 90, needs_sponsor=True, needs_agreement=("contract", "program")),
        }
    ),
)


def forgotten(entry: Entry) -> list[Entry]:
    """The relationship with one recorded fact less, for each of its facts that the checks look at."""
    nothing: dict[str, object] = {"owner": None, "sponsor": None, "mode_reason": None, "reviewed": None}
    found = [replace(entry, **{name: value}) for name, value in nothing.items()]  # type: ignore[arg-type]
    for number in range(len(entry.agreements)):
        left = entry.agreements[:number] + entry.agreements[number + 1 :]
        found.append(replace(entry, agreements=left))
    for one in entry.objectives:
        left_over = tuple(other for other in entry.objectives if other != one)
        found += [replace(entry, objectives=left_over)]
    return found


@given(RELATIONSHIPS)
def test_what_is_not_recorded_never_counts_as_good(entry: Entry) -> None:
    """A fact replaced by "not recorded" never raises the number of passes, and never makes a relationship clean."""
    before = checked(PLAYBOOK, entry).tally
    for less in forgotten(entry):
        after = checked(PLAYBOOK, less).tally
        assert after.passed <= before.passed
        assert before.clean or not after.clean
        assert after.asked == before.asked


@given(RELATIONSHIPS)
def test_unknown_is_no_pass(entry: Entry) -> None:
    """The score is the share of passes among what is told, and only a relationship without unknowns is clean."""
    one = checked(PLAYBOOK, entry)
    told = [its for its in one.outcomes.values() if its in (P, F)]

    assert one.tally.score == told.count(P) / len(told)
    assert one.tally.clean == ({P, N} >= set(one.outcomes.values()))


@given(st.lists(RELATIONSHIPS, max_size=5))
def test_totals_add_up(entries: list[Entry]) -> None:
    """Every check of every relationship is counted once, by check and by relationship."""
    found = Health(tuple(checked(PLAYBOOK, one) for one in entries))
    for tallies in (list(found.by_check.values()), [one.tally for one in found.entries]):
        assert sum(t.passed for t in tallies) == found.total.passed
        assert sum(t.failed for t in tallies) == found.total.failed
        assert sum(t.unknown for t in tallies) == found.total.unknown
    silent = sum(its is N for one in found.entries for its in one.outcomes.values())
    assert found.total.asked + silent == len(Check) * len(entries)
