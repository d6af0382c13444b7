"""What comes due on which day in the active entries: reviews, and the ends of agreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from generator.insights.agreements import Validity, ending, notice_time, state
from generator.insights.reviews import next_review
from generator.model import Agreement, Entry, Playbook, frozen


class Event(Enum):
    """What there is to do, or happens, on a day."""

    REVIEW = "review"
    DECISION = "decision"
    END = "end"


@dataclass(frozen=True)
class Due:
    """`agreement` is what ends, or what to decide on; None for a review."""

    day: date
    event: Event
    entry: Entry
    agreement: Agreement | None = None


def after(day: date, days: int) -> date:
    """So many days later, or the last day that calendars have."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def due_dates(playbook: Playbook) -> tuple[Due, ...]:
    """Every such day by date, also those that have passed without what was due.

    The decision on an agreement is due as its notice time begins.  Where another agreement of the
    kind takes its place, nothing is left to decide, and its end matters no more once it is past.
    """
    dues = [due for entry in playbook.entries if entry.active for due in _of_entry(playbook, entry)]
    return tuple(sorted(dues, key=lambda due: due.day))


def never_reviewed(playbook: Playbook) -> tuple[Entry, ...]:
    """The active entries whose mode asks for reviews and that have none on record: no day can be told for those."""
    return tuple(
        entry
        for entry in playbook.entries
        if entry.active and entry.reviewed is None and playbook.review_days(entry) is not None
    )


def by_department(dues: Iterable[Due]) -> Mapping[str, tuple[Due, ...]]:
    """What comes due in each department that has any of it, in the same order."""
    return _grouped((due.entry.department, due) for due in dues)


def by_owner(playbook: Playbook, dues: Iterable[Due]) -> Mapping[str, tuple[Due, ...]]:
    """What comes due for each owner who is here."""
    owned = ((due.entry.owner, due) for due in dues if not playbook.ownerless(due.entry))
    return _grouped((owner, due) for owner, due in owned if owner is not None)


def _grouped(pairs: Iterable[tuple[str, Due]]) -> Mapping[str, tuple[Due, ...]]:
    groups: dict[str, list[Due]] = {}
    for key, due in pairs:
        groups.setdefault(key, []).append(due)
    return frozen({key: tuple(dues) for key, dues in groups.items()})


def _of_entry(playbook: Playbook, entry: Entry) -> Iterator[Due]:
    review = next_review(playbook, entry)
    if review is not None:
        yield Due(review, Event.REVIEW, entry)
    today, default = playbook.as_of, playbook.settings.thresholds.agreement_notice
    agreements = tuple(dict.fromkeys(entry.agreements))
    for agreement in agreements:
        if agreement.ends is None:
            continue
        if state(agreement, today, default) is not Validity.EXPIRED:
            day = _notice_begins(agreement, agreement.ends, default)
            if _is_left_to_end(agreement, agreements, max(day, today), default):
                yield Due(day, Event.DECISION, entry, agreement)
            yield Due(agreement.ends, Event.END, entry, agreement)
        elif _is_left_to_end(agreement, agreements, today, default):
            yield Due(agreement.ends, Event.END, entry, agreement)


def _notice_begins(agreement: Agreement, ends: date, notice_days: int) -> date:
    """The first day of the notice time: never before the agreement starts, nor before the calendar does."""
    first = agreement.starts or date.min
    days = min(notice_time(agreement, notice_days), (ends - first).days)
    return ends - timedelta(days=days)


def _is_left_to_end(agreement: Agreement, agreements: tuple[Agreement, ...], day: date, notice_days: int) -> bool:
    return any(candidate == agreement for candidate, _ in ending(agreements, day, notice_days))
