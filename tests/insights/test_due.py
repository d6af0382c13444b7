"""What comes due, and what there is to do first, on worlds counted by hand; the world's day is 2026-06-01."""

from __future__ import annotations

from datetime import date

import pytest

from generator.insights.due import Event, by_department, by_owner, due_dates
from generator.insights.health import Check, health
from generator.insights.reviews import days_late, next_review
from generator.insights.worklist import Urgency, worklist
from generator.model import Agreement, Entry, Mode, Partner, Playbook, Relationship, Review
from tests.kit import World, inventory

PEOPLE = """\
people:
  - {id: ann, name: Ann}
  - {id: gone, name: Gone, active: false}
"""


def dates(playbook: Playbook) -> list[tuple[str, str, str]]:
    return [(due.day.isoformat(), due.event.value, due.entry.partner) for due in due_dates(playbook)]


def tasks(playbook: Playbook) -> list[tuple[str, str, str, int | None]]:
    return [(t.urgency.value, t.check.value, t.entry.partner, t.late) for t in worklist(playbook, health(playbook))]


# --- reviews ------------------------------------------------------------------------------


def reviewed(last: date | None, every: int | None, as_of: date) -> tuple[Playbook, Entry]:
    playbook = Playbook(as_of, modes={"m": Mode("m", "M", "", review_every=every)})
    review = Review(last, "ann") if last is not None else None
    return playbook, Entry("p", "d", (Relationship("t", "m", "m"),), "ann", reviewed=review)


@pytest.mark.parametrize(
    ("last", "every", "late", "due"),
    [
        (None, 90, None, None),
        (date(2026, 1, 1), None, None, None),
        (date(2026, 3, 3), 90, 0, date(2026, 6, 1)),
        (date(2026, 3, 2), 90, 1, date(2026, 5, 31)),
        (date(2026, 6, 1), 90, -90, date(2026, 8, 30)),
    ],
)
def test_reviews(last: date | None, every: int | None, late: int | None, due: date | None) -> None:
    """Counted from the last review; on the day itself it is due, and not late."""
    world = reviewed(last, every, date(2026, 6, 1))

    assert days_late(*world) == late
    assert next_review(*world) == due


def test_a_review_past_the_end_of_the_calendar() -> None:
    """A long cadence near the calendar's end gives no date, and no error; a day earlier it gives the last one."""
    late_in_time = date(9999, 12, 1)

    assert next_review(*reviewed(late_in_time, 30, late_in_time)) == date(9999, 12, 31)
    assert next_review(*reviewed(late_in_time, 31, late_in_time)) is None
    assert days_late(*reviewed(late_in_time, 36500, late_in_time)) == -36500


# --- due dates ----------------------------------------------------------------------------


def test_nothing_is_due(world: World) -> None:
    """An empty inventory, and one whose modes ask for nothing."""
    assert due_dates(world(partners="departments: []\n")) == ()
    assert due_dates(world(partners=inventory(acme="types: [shop], owner: ann"))) == ()


def test_due_dates_stand_by_day(world: World) -> None:
    """A review, the day on which the notice time begins (90 days unless it is said), and the end; passed ones, too."""
    playbook = world(
        partners=inventory(
            acme="types: [agent], owner: ann, reviewed: {date: 2026-05-01, by: ann}",
            birch="types: [shop], owner: ann, agreements: [{kind: contract, ends: 2027-01-31, notice_days: 31}]",
            cedar="types: [shop], owner: ann, agreements: [{kind: program, ends: 2026-12-31}]",
            dusk="types: [shop], owner: ann, agreements: [{kind: program, ends: 2026-05-31}]",
            elm="types: [shop], owner: ann, status: dormant, agreements: [{kind: program, ends: 2026-12-31}]",
        )
    )

    assert dates(playbook) == [
        ("2026-05-31", "end", "dusk"),
        ("2026-10-02", "decision", "cedar"),
        ("2026-10-28", "review", "acme"),
        ("2026-12-31", "decision", "birch"),
        ("2026-12-31", "end", "cedar"),
        ("2027-01-31", "end", "birch"),
    ]


def test_what_has_a_successor_needs_no_decision(world: World) -> None:
    """An expired agreement that another one follows is history, and one that is followed later needs no decision."""
    playbook = world(
        partners=inventory(
            old="types: [shop], owner: ann, agreements: [{kind: c, ends: 2026-01-31}, {kind: c, starts: 2026-02-01}]",
            next="types: [shop], owner: ann, agreements: [{kind: c, ends: 2026-06-30}, {kind: c, starts: 2026-07-01}]",
        )
    )

    assert dates(playbook) == [("2026-06-30", "end", "next")]


def test_notice_never_begins_before_the_agreement() -> None:
    """A notice time longer than the agreement, or than the calendar, begins on its first day."""
    day = date(2026, 6, 1)
    agreements = (
        Agreement("short", starts=date(2026, 5, 1), ends=date(2026, 7, 1), notice_days=365),
        Agreement("ancient", ends=date(90, 1, 1), notice_days=36500),
    )
    entry = Entry("p", "d", (Relationship("t", "m", "m"),), "ann", agreements=agreements)
    modes = {"m": Mode("m", "M", "")}
    playbook = Playbook(day, modes=modes, partners={"p": Partner("p", "P", (entry,))})
    early = Playbook(date(50, 1, 1), modes=modes, partners={"p": Partner("p", "P", (entry,))})

    decisions = [due.day for due in due_dates(playbook) if due.event is Event.DECISION]
    assert decisions == [date(2026, 5, 1)]
    assert date(1, 1, 1) in [due.day for due in due_dates(early) if due.event is Event.DECISION]


def test_due_dates_by_department_and_owner(world: World) -> None:
    """Everything is its department's; what belongs to nobody who is here is no owner's."""
    playbook = world(
        partners=inventory(
            acme="types: [agent], owner: ann, reviewed: {date: 2026-05-01, by: ann}",
            birch="types: [agent], owner: null, reviewed: {date: 2026-05-02, by: ann}",
            cedar="types: [agent], owner: gone, reviewed: {date: 2026-05-03, by: ann}",
        ),
        people=PEOPLE,
    )
    dues = due_dates(playbook)

    assert by_department(dues) == {"sales": dues}
    assert by_owner(playbook, dues) == {"ann": dues[:1]}


# --- the worklist -------------------------------------------------------------------------


def test_no_task(world: World) -> None:
    """Nothing to do where nothing is recorded, and where everything is well."""
    for partners in ("departments: []\n", inventory(acme="types: [shop], owner: ann")):
        playbook = world(partners=partners)
        assert worklist(playbook, health(playbook)) == ()


def test_tasks_stand_by_urgency(world: World) -> None:
    """No owner, then the longest overdue, then sponsor, mode and objective; then what comes due; then unknowns."""
    playbook = world(
        partners=inventory(
            unknown="types: [agent], owner: ann, objectives: [open]",
            soon="types: [agent], owner: ann, objectives: [open], reviewed: {date: 2026-01-02, by: ann}",
            later="types: [agent], owner: ann, objectives: [open], reviewed: {date: 2026-01-03, by: ann}",
            over="types: [shop], owner: ann, objectives: [over]",
            mode="types: [shop], mode: regular, owner: ann, objectives: [open], reviewed: {date: 2026-06-01, by: ann}",
            sponsor="types: [ally], owner: ann, sponsor: gone, objectives: [open], "
            "reviewed: {date: 2026-06-01, by: ann}, agreements: [{kind: contract, ends: 2026-06-11}]",
            late="types: [agent], owner: ann, objectives: [open], reviewed: {date: 2025-11-30, by: ann}",
            expired="types: [ally], owner: ann, sponsor: ann, objectives: [open], "
            "reviewed: {date: 2026-06-01, by: ann}, "
            "agreements: [{kind: contract, ends: 2025-01-01}, {kind: contract, ends: 2026-05-28}]",
            nobody="types: [shop], owner: gone, objectives: [open]",
        ),
        people=PEOPLE,
        strategy="objectives: [{id: open, title: Open}, {id: over, title: Over, ends: 2026-05-31}]\n",
    )

    assert tasks(playbook) == [
        ("fail", "owner", "nobody", None),
        ("fail", "agreement", "expired", 4),
        ("fail", "review", "late", 3),
        ("fail", "sponsor", "sponsor", None),
        ("fail", "mode", "mode", None),
        ("fail", "objective", "over", None),
        ("due", "agreement", "sponsor", None),
        ("due", "review", "soon", None),
        ("unknown", "review", "unknown", None),
    ]
    coming = [task.day for task in worklist(playbook, health(playbook)) if task.urgency is Urgency.COMES_DUE]
    assert coming == [date(2026, 6, 11), date(2026, 7, 1)]


def test_an_agreement_that_no_mode_needs(world: World) -> None:
    """Its end is no failed check; while its notice time runs, there is a decision to make."""
    playbook = world(
        partners=inventory(
            over="types: [shop], owner: ann, agreements: [{kind: program, ends: 2026-05-31}]",
            soon="types: [shop], owner: ann, agreements: [{kind: program, ref: P-1, ends: 2026-06-30}]",
        )
    )

    (task,) = worklist(playbook, health(playbook))
    assert (task.check, task.urgency, task.day) == (Check.AGREEMENT, Urgency.COMES_DUE, date(2026, 6, 30))
    assert task.kinds == ("program",)


@pytest.mark.parametrize(
    ("agreements", "decide"),
    [
        ("{kind: program, ends: 2026-07-01, notice_days: 0}", ["2026-07-01"]),
        ("{kind: program, ends: 2026-07-02, notice_days: 0}", []),
        ("{kind: program, ends: 2026-08-29, notice_days: 60}", ["2026-08-29"]),
        ("{kind: program, ends: 2026-06-10, notice_days: 30}", ["2026-06-10"]),
        ("{kind: program, ends: 2026-06-10, notice_days: 5}, {kind: program, starts: 2026-06-11}", []),
    ],
)
def test_a_decision_is_on_the_list_before_its_notice_time_begins(
    world: World, agreements: str, decide: list[str]
) -> None:
    """As far ahead as a review, thirty days: their page tells what `playbook due` and a person's calendar tell."""
    playbook = world(partners=inventory(acme=f"types: [shop], owner: ann, agreements: [{agreements}]"))

    assert [str(task.day) for task in worklist(playbook, health(playbook))] == decide


def test_a_task_names_the_kinds_that_fail() -> None:
    """Of the kinds that a mode needs, those that have one in force are left out; not yet in force has no delay."""
    modes = {"m": Mode("m", "M", "", needs_agreement=("a", "b", "c"))}
    agreements = (Agreement("a"), Agreement("b", starts=date(2027, 1, 1)))
    entry = Entry("p", "d", (Relationship("t", "m", "m"),), "ann", agreements=agreements)
    playbook = Playbook(date(2026, 6, 1), modes=modes, partners={"p": Partner("p", "P", (entry,))})

    (task,) = worklist(playbook, health(playbook))
    assert (task.urgency, task.kinds, task.late) == (Urgency.FAILS, ("b",), None)
