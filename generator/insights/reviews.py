"""When the next review of an entry is due."""

from __future__ import annotations

from datetime import date, timedelta

from generator.model import Entry, Playbook


def days_late(playbook: Playbook, entry: Entry) -> int | None:
    """How many days ago the next review was due: negative while there is time.

    None where no mode asks for one, or where no review is recorded to count from.
    """
    days = playbook.review_days(entry) if entry.reviewed is not None else None
    if days is None or entry.reviewed is None:
        return None
    # Days are compared, not dates: a long cadence would reach past the end of the calendar.
    return (playbook.as_of - entry.reviewed.date).days - days


def next_review(playbook: Playbook, entry: Entry) -> date | None:
    """The day on which the next review is or was due; None as above, or past the end of the calendar."""
    late = days_late(playbook, entry)
    if late is None or late < (playbook.as_of - date.max).days:
        return None
    return playbook.as_of - timedelta(days=late)
