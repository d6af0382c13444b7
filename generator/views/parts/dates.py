"""Reviews and agreements of the next year: drawn, listed, and as calendars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from operator import itemgetter

from generator import paths
from generator.insights.due import Due, Event, after, by_department
from generator.markdown import Md, join
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.long_tables import LongTables
from generator.views.kit.pictures import Lane, Picture, Span, timeline
from generator.views.kit.tables import Table, table
from generator.views.kit.words import in_one_piece
from generator.words import count

_YEAR = 365
_QUARTER = 90
_MARKS = 100
"""More days in one lane would cover each other."""

_TONES = {Event.REVIEW: "info", Event.END: "warn"}


def coming(context: Context) -> Picture | None:
    """The next twelve months, a lane for each department in which anything is due; None where nothing is."""
    lanes = context.once(_lanes)
    if not lanes:
        return None
    departments = context.playbook.departments
    first, last = context.playbook.as_of, after(context.playbook.as_of, _YEAR)
    ordered = sorted(lanes, key=lambda department: (departments[department].name.casefold(), department))
    dues = [due for lane in lanes.values() for due in lane]
    return timeline(
        "health-timeline",
        "Reviews due and agreements that end in the next twelve months, by department",
        f"From {first} to {last}: {_in_words(dues)}, where an end is that of an agreement. Each lane is a department.",
        first,
        last,
        (
            Lane(departments[department].name, _spans(context, lanes[department]), _in_words(lanes[department]))
            for department in ordered
        ),
    )


def mark(context: Context) -> str:
    """What a mark of that picture stands for."""
    crowded = [len(lane) > _MARKS for lane in context.once(_lanes).values()]
    if not any(crowded):
        return "a day"
    return "a week" if all(crowded) else "a day, or a week where there are many"


def _lanes(context: Context) -> Mapping[str, tuple[Due, ...]]:
    """What is due in the next twelve months, by department."""
    first, last = context.playbook.as_of, after(context.playbook.as_of, _YEAR)
    return by_department(due for due in context.due_dates if first <= due.day <= last and due.event in _TONES)


def _spans(context: Context, dues: Sequence[Due]) -> tuple[Span, ...]:
    """Ends of agreements last, so that no review covers one; a mark is a day, or a week where there are many."""
    if len(dues) > _MARKS:
        return tuple(_weeks(context.playbook.as_of, dues))

    def title(due: Due) -> str:
        return f"{context.playbook.partners[due.entry.partner].name}: {_event(due.event)} on {due.day}"

    ordered = sorted(dues, key=lambda due: due.event is Event.END)
    return tuple(Span(due.day, due.day, _TONES[due.event], title(due)) for due in ordered)


def _weeks(first: date, dues: Iterable[Due]) -> Iterator[Span]:
    weeks = Counter((due.event is Event.END, (due.day - first).days // 7) for due in dues)
    for (ends, week), number in sorted(weeks.items()):
        begin = after(first, 7 * week)
        what = count(number, "agreement ends", "agreements end") if ends else f"{count(number, 'review')} due"
        yield Span(
            begin, after(begin, 6), _TONES[Event.END if ends else Event.REVIEW], f"{what} in the week from {begin}"
        )


def _in_words(dues: Iterable[Due]) -> str:
    events = [due.event for due in dues]
    reviews, ends = events.count(Event.REVIEW), events.count(Event.END)
    parts = [count(reviews, "review")] if reviews else []
    return ", ".join([*parts, count(ends, "end")] if ends else parts)


@dataclass(frozen=True)
class NextDate:
    """What comes due on a day, and of which partner."""

    day: str
    partner: Md
    what: str


def next_dates(context: Context, links: Links, most: int) -> tuple[NextDate, ...]:
    """The first few days from today on which anything comes due."""
    return first_dates(links, context.due_dates, context.playbook.as_of, most)


def first_dates(links: Links, dues: Iterable[Due], today: date, most: int) -> tuple[NextDate, ...]:
    """The first few of these days, which are in order, from today on."""
    coming = islice((due for due in dues if due.day >= today), most)
    return tuple(NextDate(str(due.day), links.partner(due.entry.partner), _event(due.event)) for due in coming)


def all_dates(context: Context) -> str:
    """Where the year's dates are told."""
    return f"{paths.HEALTH}#timeline" if context.once(_lanes) else paths.HEALTH


def timetable(context: Context, links: Links, long: LongTables) -> Table:
    """What is due within 90 days, by date."""
    first, last = context.playbook.as_of, after(context.playbook.as_of, _QUARTER)
    dues = [due for due in context.due_dates if first <= due.day <= last]
    return long.table("next", dues, _days, lambda due: links.partner_name(due.entry), heading="what comes due")


def _days(links: Links, dues: Sequence[Due]) -> Table:
    def row(due: Due) -> Iterable[str]:
        entry, agreement = due.entry, due.agreement
        which = f"{agreement.kind} {agreement.ref}".rstrip() if agreement is not None else ""
        what = join(": ", (_event(due.event).capitalize(), which)) if which else _event(due.event).capitalize()
        day = in_one_piece(due.day)
        return day, what, links.partner(entry.partner), links.department(entry.department), links.owner(entry.owner)

    return table(("Day", "What", "Partner", "Department", "Owner"), map(row, dues))


def calendars(context: Context, long: LongTables) -> tuple[tuple[str, Md], ...]:
    """The calendars of departments and of owners: (label, links); none where nothing is due."""
    playbook = context.playbook
    departments = (
        (playbook.departments[department].name, paths.calendar_of_department(department))
        for department in context.due_by_department
    )
    owners = ((playbook.person_name(owner), paths.calendar_of_person(owner)) for owner in context.due_by_owner)

    def listed(whose: str, labeled: Iterable[tuple[str, str]]) -> Md:
        ordered = sorted(labeled, key=lambda pair: (pair[0].casefold(), pair[1]))
        name = f"calendars of {whose}"
        return long.names(
            name.replace(" ", "-"),
            ordered,
            lambda links, pair: links.to(*pair),
            itemgetter(0),
            heading=name,
            of=whose.removesuffix("s"),
            anchor="calendars",
        )

    groups = (("Departments", listed("departments", departments)), ("Owners", listed("owners", owners)))
    return tuple((label, text) for label, text in groups if text)


def _event(event: Event) -> str:
    match event:
        case Event.REVIEW:
            return "review due"
        case Event.DECISION:
            return "notice time begins"
        case Event.END:
            return "agreement ends"
