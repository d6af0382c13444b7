"""What there is to do about the entries, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from generator.insights.agreements import RUNNING, ending, state
from generator.insights.due import after
from generator.insights.health import Check, Health, Outcome, agreement_outcomes
from generator.insights.reviews import days_late, next_review
from generator.model import Agreement, Entry, Playbook

SOON = 30
"""A review that is due, or a notice time that begins, within so many days is on the list already."""


class Urgency(Enum):
    """Why something is on the list, the most urgent first."""

    FAILS = "fail"
    COMES_DUE = "due"
    UNKNOWN = "unknown"


_URGENCIES, _CHECKS, _OPEN = tuple(Urgency), tuple(Check), (Outcome.FAIL, Outcome.UNKNOWN)


@dataclass(frozen=True)
class Task:
    """One check of an entry that fails, comes due, or cannot be told.

    `day` is when it was or comes due, and `late` how many days ago that was; None where there is no
    such day.  `kinds` are the kinds of agreement concerned.
    """

    entry: Entry
    check: Check
    urgency: Urgency
    day: date | None = None
    late: int | None = None
    kinds: tuple[str, ...] = ()
    agreement: Agreement | None = None


def worklist(playbook: Playbook, health: Health) -> tuple[Task, ...]:
    """Every task: who has no owner first, then what is late, the latest first, and what is unknown last."""
    tasks = list(_tasks(playbook, health))
    return tuple(sorted(tasks, key=order))


def order(task: Task) -> tuple[int, int, int, int]:
    """Sorts tasks by urgency."""
    rank, check = _URGENCIES.index(task.urgency), _CHECKS.index(task.check)
    if task.urgency is Urgency.FAILS:
        return rank, _rank(task.check), -(task.late or 0), check
    day = task.day.toordinal() if task.day is not None else 0
    return rank, day, _rank(task.check), check


def _tasks(playbook: Playbook, health: Health) -> Iterator[Task]:
    for checked in health.entries:
        for check, outcome in checked.outcomes.items():
            if outcome in _OPEN:
                yield _open_task(playbook, checked.entry, check, outcome)
        yield from _tasks_coming_due(playbook, checked.entry)


def _open_task(playbook: Playbook, entry: Entry, check: Check, outcome: Outcome) -> Task:
    urgency = Urgency.FAILS if outcome is Outcome.FAIL else Urgency.UNKNOWN
    day: date | None = None
    kinds: tuple[str, ...] = ()
    if check is Check.AGREEMENT:
        outcomes = agreement_outcomes(playbook, entry)
        kinds = tuple(kind for kind, kind_outcome in outcomes.items() if kind_outcome is outcome)
        ended = (_last_end(playbook, entry, kind) for kind in kinds)
        day = min((end for end in ended if end is not None), default=None)
    elif check is Check.REVIEW:
        day = next_review(playbook, entry)
    late = (playbook.as_of - day).days if day is not None else None
    return Task(entry, check, urgency, day, late, kinds)


def _last_end(playbook: Playbook, entry: Entry, kind: str) -> date | None:
    """The end of the agreement of the kind that expired last; None where none has."""
    ends = (agreement.ends for agreement in entry.agreements if agreement.kind == kind and agreement.ends is not None)
    return max((end for end in ends if end < playbook.as_of), default=None)


def _tasks_coming_due(playbook: Playbook, entry: Entry) -> Iterator[Task]:
    today, default = playbook.as_of, playbook.settings.thresholds.agreement_notice
    for agreement, _ in ending(entry.agreements, after(today, SOON), default):
        if state(agreement, today, default) in RUNNING:
            kinds = (agreement.kind,)
            yield Task(entry, Check.AGREEMENT, Urgency.COMES_DUE, agreement.ends, None, kinds, agreement)
    late = days_late(playbook, entry)
    if late is not None and -SOON <= late <= 0:
        yield Task(entry, Check.REVIEW, Urgency.COMES_DUE, next_review(playbook, entry))


def _rank(check: Check) -> int:
    match check:
        case Check.OWNER:
            return 0
        case Check.AGREEMENT | Check.REVIEW:
            return 1
        case Check.SPONSOR:
            return 2
        case Check.MODE:
            return 3
        case Check.OBJECTIVE:
            return 4
