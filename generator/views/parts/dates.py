"""Reviews and agreements of the next year: drawn, listed, and as calendars."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from generator import paths
from generator.insights.due import Due, Event, by_department, by_owner
from generator.markdown import Md, join, span, verbatim
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.pictures import Lane, Picture, Span, timeline
from generator.views.kit.tables import Table, table
from generator.words import count

_YEAR = 365
_QUARTER = 90

_TONES = {Event.REVIEW: "info", Event.END: "warn"}


def coming(context: Context) -> Picture | None:
    """The next twelve months, a lane for each department in which anything is due; None where nothing is."""
    playbook = context.playbook
    first, last = playbook.as_of, _after(playbook.as_of, _YEAR)
    dues = [due for due in context.due_dates if first <= due.day <= last and due.event in _TONES]
    if not dues:
        return None
    departments = playbook.departments
    grouped = by_department(dues)
    ordered = sorted(grouped, key=lambda department: (departments[department].name.casefold(), department))
    return timeline(
        "health-timeline",
        "Reviews due and agreements that end in the next twelve months, by department",
        f"From {first} to {last}: {_in_words(dues)}, where an end is that of an agreement. Each lane is a department.",
        first,
        last,
        (
            Lane(departments[department].name, _spans(context, grouped[department]), _in_words(grouped[department]))
            for department in ordered
        ),
    )


def _spans(context: Context, dues: Iterable[Due]) -> tuple[Span, ...]:
    """Ends of agreements last, so that no review covers one."""

    def title(due: Due) -> str:
        return f"{context.playbook.partners[due.entry.partner].name}: {_event(due.event)} on {due.day}"

    ordered = sorted(dues, key=lambda due: due.event is Event.END)
    return tuple(Span(due.day, due.day, _TONES[due.event], title(due)) for due in ordered)


def _in_words(dues: Iterable[Due]) -> str:
    events = [due.event for due in dues]
    reviews, ends = events.count(Event.REVIEW), events.count(Event.END)
    parts = [count(reviews, "review")] if reviews else []
    return ", ".join([*parts, count(ends, "end")] if ends else parts)


def timetable(context: Context, links: Links) -> Table:
    """What is due within 90 days, by date."""
    playbook = context.playbook
    first, last = playbook.as_of, _after(playbook.as_of, _QUARTER)

    def row(due: Due) -> Iterable[str]:
        entry, agreement = due.entry, due.agreement
        which = f"{agreement.kind} {agreement.ref}".rstrip() if agreement is not None else ""
        what = join(": ", (_event(due.event).capitalize(), which)) if which else _event(due.event).capitalize()
        day = span("pb-nowrap", verbatim(str(due.day)))
        return day, what, links.partner(entry.partner), links.department(entry.department), links.owner(entry.owner)

    dues = (due for due in context.due_dates if first <= due.day <= last)
    return table(("Day", "What", "Partner", "Department", "Owner"), map(row, dues))


def calendars(context: Context, links: Links) -> tuple[tuple[str, Md], ...]:
    """The calendars of departments and of owners: (label, links); none where nothing is due."""
    playbook = context.playbook
    departments = (
        (playbook.departments[department].name, paths.calendar_of_department(department))
        for department in by_department(context.due_dates)
    )
    owners = (
        (playbook.person_name(owner), paths.calendar_of_person(owner))
        for owner in by_owner(playbook, context.due_dates)
    )

    def listed(labeled: Iterable[tuple[str, str]]) -> Md:
        ordered = sorted(labeled, key=lambda pair: (pair[0].casefold(), pair[1]))
        return join(", ", (links.to(*pair) for pair in ordered))

    groups = (("Departments", listed(departments)), ("Owners", listed(owners)))
    return tuple((label, text) for label, text in groups if text)


def _after(day: date, days: int) -> date:
    """So many days later, or the last day of the calendar."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def _event(event: Event) -> str:
    match event:
        case Event.REVIEW:
            return "review due"
        case Event.DECISION:
            return "notice time begins"
        case Event.END:
            return "agreement ends"
