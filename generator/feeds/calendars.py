"""What comes due, as iCalendar files (RFC 5545): one for each department and each owner who has dates."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from hashlib import sha256

from icalendar import Calendar
from icalendar import Event as CalendarEvent

from generator import paths
from generator.insights.due import Due, Event, by_department, by_owner
from generator.model import Playbook


def files(playbook: Playbook, dues: tuple[Due, ...]) -> Iterator[tuple[str, str]]:
    """The path and the text of every calendar, departments first; its lines end as the standard asks."""
    company = playbook.settings.company
    # By object: a due date as a key would be hashed with all of its relationship, once a calendar.
    entries = dict(zip(map(id, dues), _events(playbook, dues), strict=True))

    def calendar(name: str, own: Iterable[Due]) -> str:
        made = Calendar()
        made.add("prodid", "-//Partner Playbook//EN")
        made.add("version", "2.0")
        made.add("x-wr-calname", _line(f"{name}: partner dates, {company}" if company else f"{name}: partner dates"))
        for due in own:
            made.add_component(entries[id(due)])
        text: bytes = made.to_ical()
        return text.decode()

    for department, own in by_department(dues).items():
        yield paths.calendar_of_department(department), calendar(playbook.departments[department].name, own)
    for owner, own in by_owner(playbook, dues).items():
        yield paths.calendar_of_person(owner), calendar(playbook.person_name(owner), own)


def _events(playbook: Playbook, dues: Iterable[Due]) -> Iterator[CalendarEvent]:
    """All-day events without a trace of the clock: calendars know them again by their ids."""
    stamp = datetime.combine(playbook.as_of, time.min, UTC)
    seen: dict[str, int] = {}
    for due in dues:
        key = json.dumps(_identity(due))
        seen[key] = number = seen.get(key, 0) + 1
        event = CalendarEvent()
        event.add("uid", f"{sha256(f'{key}{number}'.encode()).hexdigest()[:32]}@partner-playbook")
        event.add("dtstamp", stamp)
        event.add("dtstart", due.day)
        event.add("summary", _summary(playbook, due))
        event.add("description", _description(playbook, due))
        # Whoever has a review to hold that day is not busy all day.
        event.add("transp", "TRANSPARENT")
        yield event


def _identity(due: Due) -> list[object]:
    """What stays the same when the day moves: a review that was held, an agreement that was extended."""
    entry, agreement = due.entry, due.agreement
    which = [agreement.kind, agreement.ref, str(agreement.starts)] if agreement is not None else []
    return [due.event.value, entry.partner, entry.department, entry.types, which]


def _event(event: Event) -> str:
    match event:
        case Event.REVIEW:
            return "Review due"
        case Event.DECISION:
            return "Decide on the agreement"
        case Event.END:
            return "Agreement ends"


def _summary(playbook: Playbook, due: Due) -> str:
    entry, agreement = due.entry, due.agreement
    what = playbook.partners[entry.partner].name
    if agreement is not None:
        what += f", {agreement.kind} {agreement.ref}"
    return _line(f"{_event(due.event)}: {what} ({playbook.departments[entry.department].name})")


def _description(playbook: Playbook, due: Due) -> str:
    entry, agreement = due.entry, due.agreement
    owner = "nobody" if entry.owner is None else playbook.person_name(entry.owner)
    if playbook.has_left(entry.owner):
        owner += " (has left)"
    lines = [f"Owner: {owner}"]
    if due.event is Event.DECISION and agreement is not None:
        lines.append(f"The agreement ends on {agreement.ends}; its notice time begins.")
    lines.append(f"In the playbook: {paths.address(paths.partner(entry.partner))}")
    return "\n".join(map(_line, lines))


def _line(text: str) -> str:
    return " ".join(text.split())
