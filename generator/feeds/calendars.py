"""What comes due, as iCalendar files (RFC 5545): one for each department and each owner who has dates."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from hashlib import sha256

from generator import paths
from generator.insights.due import Due, Event, by_department, by_owner
from generator.model import Playbook

_LAST_LINES = "\r\n".join(
    (
        "TRANSP:TRANSPARENT",  # whoever has a review to hold that day is not busy all day
        # A review takes some days to prepare, and so does a decision.
        *("BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:In a week", "TRIGGER:-P7D", "END:VALARM"),
        *("END:VEVENT", ""),
    )
)
"""Each event ends in these."""
_WIDTH = 74
"""The most bytes of a line."""


def files(playbook: Playbook, dues: tuple[Due, ...], site: str = "") -> Iterator[tuple[str, Callable[[], str]]]:
    """The path of every calendar, departments first, and what makes its text: its lines end as the standard asks.

    `site` is the address of the site, where that is known: a calendar is read far from it.
    """
    company = playbook.settings.company

    @cache
    def entries() -> dict[int, str]:
        # By object: a due date as a key would be hashed with all of its relationship, once a calendar.
        return dict(zip(map(id, dues), _events(playbook, dues, site), strict=True))

    def calendar(name: str, own: Iterable[Due]) -> str:
        title = _line(f"{name}: partner dates, {company}" if company else f"{name}: partner dates")
        head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Partner Playbook//EN", f"X-WR-CALNAME:{_text(title)}")
        return "".join([*map(_folded, head), *(entries()[id(due)] for due in own), _folded("END:VCALENDAR")])

    # Whoever has subscribed to a calendar goes on reading it by its old address.
    for department, own in by_department(dues).items():
        make = partial(calendar, playbook.departments[department].name, own)
        for ident in (department, *playbook.departments[department].formerly):
            yield paths.calendar_of_department(ident), make
    for owner, own in by_owner(playbook, dues).items():
        make = partial(calendar, playbook.person_name(owner), own)
        for ident in (owner, *(playbook.people[owner].formerly if owner in playbook.people else ())):
            yield paths.calendar_of_person(ident), make


def _events(playbook: Playbook, dues: Iterable[Due], site: str) -> Iterator[str]:
    """The lines of each all-day event, without a trace of the clock: calendars know them again by their ids."""
    stamp = f"{playbook.as_of:%Y%m%d}T000000Z"
    seen: dict[str, int] = {}
    for due in dues:
        key = json.dumps(_identity(due))
        seen[key] = number = seen.get(key, 0) + 1
        lines = (
            "BEGIN:VEVENT",
            f"SUMMARY:{_text(_summary(playbook, due))}",
            f"DTSTART;VALUE=DATE:{due.day:%Y%m%d}",
            f"DTSTAMP:{stamp}",
            f"UID:{sha256(f'{key}{number}'.encode()).hexdigest()[:32]}@partner-playbook",
            f"DESCRIPTION:{_text(_description(playbook, due, site))}",
            *([f"URL:{_address(due, site)}"] if site else []),
        )
        yield "".join(map(_folded, lines)) + _LAST_LINES


# Written here, not by a library: of ten thousand partners, icalendar took a third of the time of all pages.
def _text(text: str) -> str:
    """A value of the type TEXT, as section 3.3.11 wants it."""
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return text


def _folded(line: str) -> str:
    """A line with its end, in pieces of less than 75 bytes, as section 3.1 wants it; no character is torn, nor what a
    backslash escapes, which some calendars do not put together again.
    """
    if len(line) <= _WIDTH and line.isascii():
        return f"{line}\r\n"
    data, pieces, start = line.encode(), [], 0
    while len(data) - start > _WIDTH:
        end = start + _WIDTH
        while data[end] & 0xC0 == 0x80:
            end -= 1
        if data[end - 1] in b"\\^":
            end -= 1
        pieces.append(data[start:end])
        start = end
    return b"\r\n ".join([*pieces, data[start:]]).decode() + "\r\n"


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


def _description(playbook: Playbook, due: Due, site: str) -> str:
    entry, agreement = due.entry, due.agreement
    owner = "nobody" if entry.owner is None else playbook.person_name(entry.owner)
    if playbook.has_left(entry.owner):
        owner += " (has left)"
    lines = [f"Owner: {owner}"]
    if due.event is Event.DECISION and agreement is not None:
        lines.append(f"The agreement ends on {agreement.ends}; its notice time begins.")
    lines.append(f"In the playbook: {_address(due, site)}")
    return "\n".join(map(_line, lines))


def _address(due: Due, site: str) -> str:
    """The partner's page: from the root of the site, where its address is not known."""
    page = paths.address(paths.partner(due.entry.partner))
    return f"{site.rstrip('/')}/{page}" if site else page


def _line(text: str) -> str:
    return " ".join(text.split())
