"""What comes due, as iCalendar files (RFC 5545): one for each department and each owner who has dates."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from hashlib import sha256

from icalendar import Calendar
from icalendar import Event as Entry

from generator import paths
from generator.insights.due import Due, Event, by_department, by_owner
from generator.model import Playbook

_SUMMARY = {
    Event.REVIEW: "Review due",
    Event.DECISION: "Decide on the agreement",
    Event.END: "Agreement ends",
}


def files(playbook: Playbook, dues: tuple[Due, ...]) -> Iterator[tuple[str, str]]:
    """The path and the text of every calendar, departments first; its lines end as the standard asks."""
    company = playbook.settings.company
    # By object: a due date as a key would be hashed with all of its relationship, once a calendar.
    entries = dict(zip(map(id, dues), _entries(playbook, dues), strict=True))

    def calendar(name: str, them: Iterable[Due]) -> str:
        made = Calendar()
        made.add("prodid", "-//Partner Playbook//EN")
        made.add("version", "2.0")
        made.add("x-wr-calname", _line(f"{name}: partner dates, {company}" if company else f"{name}: partner dates"))
        for due in them:
            made.add_component(entries[id(due)])
        text: bytes = made.to_ical()
        return text.decode()

    for department, them in by_department(dues).items():
        yield paths.calendar_of_department(department), calendar(playbook.departments[department].name, them)
    for owner, them in by_owner(playbook, dues).items():
        yield paths.calendar_of_person(owner), calendar(playbook.person_name(owner), them)


def _entries(playbook: Playbook, dues: Iterable[Due]) -> Iterator[Entry]:
    """All-day events without a trace of the clock: calendars know them again by their ids."""
    stamp = datetime.combine(playbook.as_of, time.min, UTC)
    seen: dict[str, int] = {}
    for due in dues:
        key = json.dumps(_identity(due))
        seen[key] = number = seen.get(key, 0) + 1
        entry = Entry()
        entry.add("uid", f"{sha256(f'{key}{number}'.encode()).hexdigest()[:32]}@partner-playbook")
        entry.add("dtstamp", stamp)
        entry.add("dtstart", due.day)
        entry.add("summary", _summary(playbook, due))
        entry.add("description", _description(playbook, due))
        # Whoever has a review to hold that day is not busy all day.
        entry.add("transp", "TRANSPARENT")
        yield entry


def _identity(due: Due) -> list[object]:
    """What stays the same when the day moves: a review that was held, an agreement that was extended."""
    relationship, agreement = due.relationship, due.agreement
    which = [agreement.kind, agreement.ref, str(agreement.starts)] if agreement is not None else []
    return [due.event.value, relationship.partner, relationship.department, relationship.types, which]


def _summary(playbook: Playbook, due: Due) -> str:
    relationship, agreement = due.relationship, due.agreement
    what = playbook.partners[relationship.partner].name
    if agreement is not None:
        what += f", {agreement.kind} {agreement.ref}"
    return _line(f"{_SUMMARY[due.event]}: {what} ({playbook.departments[relationship.department].name})")


def _description(playbook: Playbook, due: Due) -> str:
    relationship, agreement = due.relationship, due.agreement
    owner = "nobody" if relationship.owner is None else playbook.person_name(relationship.owner)
    if playbook.has_left(relationship.owner):
        owner += " (has left)"
    lines = [f"Owner: {owner}"]
    if due.event is Event.DECISION and agreement is not None:
        lines.append(f"The agreement ends on {agreement.ends}; its notice time begins.")
    lines.append(f"In the playbook: {paths.address(paths.partner(relationship.partner))}")
    return "\n".join(map(_line, lines))


def _line(text: str) -> str:
    return " ".join(text.split())
