"""A partner over time: agreements, reviews and scores on a line of years, and what happened of late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.insights import agreements
from generator.insights.agreements import Validity
from generator.insights.reviews import days_late, next_review
from generator.insights.satisfaction import shown
from generator.markdown import Md, escape, join, md, span, verbatim
from generator.model import Acquisition, Agreement, Entry, Partner, Playbook
from generator.views.kit.links import Links
from generator.views.kit.pictures import percent
from generator.words import count

_AROUND = 5
"""So many years before and after today are drawn; what lasts longer goes on at the edge."""
_DRAWN = frozenset({"agreements", "reviewed", "satisfaction"})
_MOST = 6
_LATELY = 730
"""So much is told of what happened in so many days."""

Told = tuple[date, Md]


@dataclass(frozen=True)
class TimeMark:
    """`kind` is lasting, over, done, next, late or score, and the words stand at the `side` start or end of it.

    `start` and `length` are shares of the years that are drawn; a moment has no length.
    """

    kind: Md
    side: Md
    start: Md
    length: Md
    text: Md


@dataclass(frozen=True)
class TimeLane:
    department: str
    marks: tuple[TimeMark, ...]


@dataclass(frozen=True)
class TimeYear:
    """Where a year begins, or where today is."""

    label: Md
    start: Md


@dataclass(frozen=True)
class OverTime:
    """`empty` says so where there are no lanes, and is itself empty where the company records nothing of the kind."""

    years: tuple[TimeYear, ...]
    today: Md
    lanes: tuple[TimeLane, ...]
    empty: str


@dataclass(frozen=True)
class Happening:
    day: str
    text: Md


@dataclass(frozen=True)
class _Years:
    """The years that are drawn, and what is drawn from one day to another; None stands for the edge."""

    first: date
    last: date

    def at(self, day: date) -> float:
        return min(1.0, max(0.0, (day - self.first).days / (self.last - self.first).days))

    def mark(self, kind: str, starts: date | None, ends: date | None, text: Md) -> TimeMark:
        start = self.at(starts) if starts is not None else 0.0
        end = max(start, self.at(ends)) if ends is not None else 1.0
        # The words stand in a bar, or where there is room: of what is past before it, of what is to come behind it.
        before = {"done": 0.3, "score": 0.3, "next": 0.75, "late": 0.75}.get(kind, 0.5)
        side = verbatim("start" if start <= before else "end")
        return TimeMark(verbatim(kind), side, percent(start), percent(end - start) if end > start else Md(""), text)


def over_time(links: Links, entries: Sequence[Entry], used: frozenset[str]) -> OverTime:
    """A lane for each entry of which anything of the kind is recorded."""
    playbook = links.playbook
    years = _years(playbook, entries)
    lanes = [
        TimeLane(playbook.departments[entry.department].name, marks)
        for entry in entries
        if (marks := tuple(_marks(links, years, entry)))
    ]
    # Of what is hidden nobody may be told that there is nothing.
    asked = not _DRAWN.isdisjoint(used) and all(map(playbook.shows, _DRAWN)) and not all(one.ended for one in entries)
    step = 1 if years.last.year - years.first.year < 9 else 2
    labels = [
        TimeYear(verbatim(f"{year:04}"), percent(years.at(date(year, 1, 1))))
        for year in range(years.first.year, years.last.year + 1, step)
    ]
    return OverTime(tuple(labels), percent(years.at(playbook.as_of)), tuple(lanes), "Nothing yet." if asked else "")


def _years(playbook: Playbook, entries: Iterable[Entry]) -> _Years:
    today = playbook.as_of
    days = [day for entry in entries for day in _days(playbook, entry)]
    first = max(min((today, *days)).year, today.year - _AROUND, date.min.year)
    last = min(max((today, *days)).year, today.year + _AROUND, date.max.year)
    return _Years(date(first, 1, 1), date(last, 12, 31))


def _days(playbook: Playbook, entry: Entry) -> Iterator[date]:
    for agreement in entry.agreements:
        yield from (day for day in (agreement.starts, agreement.ends) if day is not None)
    if entry.reviewed is not None:
        yield entry.reviewed.date
        if (due := _next_review(playbook, entry)) is not None:
            yield due
    if _score_shown(playbook, entry) and entry.satisfaction is not None:
        yield entry.satisfaction.date


def _marks(links: Links, years: _Years, entry: Entry) -> Iterator[TimeMark]:
    playbook, review, score = links.playbook, entry.reviewed, entry.satisfaction
    yield from (_agreement(playbook, years, entry, agreement) for agreement in entry.agreements)
    if score is not None and _score_shown(playbook, entry):
        text = escape(f"Rated {score.score:g} of {score.scale:g}, {score.date}")
        yield years.mark("score", score.date, score.date, text)
    if review is not None:
        yield years.mark("done", review.date, review.date, escape(f"Reviewed {review.date}"))
    due = _next_review(playbook, entry)
    if due is not None:
        late = (days_late(playbook, entry) or 0) > 0
        text = escape(f"Review overdue since {due}" if late else f"Next review by {due}")
        yield years.mark("late" if late else "next", due, due, text)


def _agreement(playbook: Playbook, years: _Years, entry: Entry, agreement: Agreement) -> TimeMark:
    validity = _validity(playbook, agreement)
    ended = (Validity.EXPIRED, Validity.IN_NOTICE)
    warn = validity in ended and entry.active and not _succeeded(playbook, entry, agreement)
    state = "" if validity is Validity.IN_FORCE else validity.value
    if warn:
        state = span("chip chip--warning", verbatim(state))
    if agreement.ends is not None:
        days = f"until {agreement.ends}"
    else:
        days = f"since {agreement.starts}" if agreement.starts is not None else "no end recorded"
    kind = "over" if validity is Validity.EXPIRED else "lasting"
    return years.mark(kind, agreement.starts, agreement.ends, join(", ", filter(None, (_name(agreement), days, state))))


def _succeeded(playbook: Playbook, entry: Entry, agreement: Agreement) -> bool:
    """Whether another of its kind lasts."""
    lasting = (Validity.IN_FORCE, Validity.NOT_YET)
    return any(one.kind == agreement.kind and _validity(playbook, one) in lasting for one in entry.agreements)


def _validity(playbook: Playbook, agreement: Agreement) -> Validity:
    return agreements.state(agreement, playbook.as_of, playbook.settings.thresholds.agreement_notice)


def _name(agreement: Agreement) -> str:
    return f"{agreement.kind[:1].upper()}{agreement.kind[1:]} {agreement.ref}".rstrip()


def _next_review(playbook: Playbook, entry: Entry) -> date | None:
    return next_review(playbook, entry) if entry.active else None


def _score_shown(playbook: Playbook, entry: Entry) -> bool:
    return entry.satisfaction is not None and shown(playbook, entry.satisfaction)


# --- what happened of late ----------------------------------------------------------------


def happenings(links: Links, partner: Partner, told: Iterable[Told]) -> tuple[Happening, ...]:
    """The last of what happened, and of what else is `told`, the newest first; each last review is among them."""
    playbook = links.playbook
    reviews = [(one.reviewed.date, _reviewed(links, partner, one)) for one in partner.entries if one.reviewed]
    rest = [*told, *(one for entry in partner.entries for one in _of_entry(links, partner, entry))]
    rest += [(one.date, md("Acquired {}", one.name)) for one in bought(partner)]
    past = sorted((one for one in rest if 0 <= (playbook.as_of - one[0]).days <= _LATELY), key=_day, reverse=True)
    latest = sorted([*reviews, *past[: max(0, _MOST - len(reviews))]], key=_day, reverse=True)
    return tuple(Happening(str(day), text) for day, text in latest)


def bought(partner: Partner) -> Iterable[Acquisition]:
    """The companies that it bought, each once: one may have had several ids."""
    return {one.name: one for one in partner.acquired}.values()


def _day(told: Told) -> date:
    return told[0]


def _reviewed(links: Links, partner: Partner, entry: Entry) -> Md:
    review = entry.reviewed
    assert review is not None
    said = f"Reviewed{_where(links, partner, entry)} by {links.playbook.person_name(review.by)}"
    said += f"; {review.outcome}" if review.outcome else ""
    return escape(f"{said}; next: {review.next}" if review.next else said)


def _of_entry(links: Links, partner: Partner, entry: Entry) -> Iterator[Told]:
    playbook, where, score = links.playbook, _where(links, partner, entry), entry.satisfaction
    for agreement in entry.agreements:
        if agreement.starts is not None:
            yield agreement.starts, escape(f"{_name(agreement)} began{where}")
        if agreement.ends is not None and agreement.ends < playbook.as_of:
            yield agreement.ends, escape(f"{_name(agreement)} ended{where}")
    if score is not None and _score_shown(playbook, entry):
        rated = f"Rated {score.score:g} of {score.scale:g}{where}, from {count(score.n, 'answer')}"
        yield score.date, escape(rated)
    if entry.end is not None:
        yield entry.end.date, escape(f"Ended{where}: {entry.end.why}")


def _where(links: Links, partner: Partner, entry: Entry) -> str:
    """Such as " in Sales"; empty where there is one department only."""
    return f" in {links.playbook.departments[entry.department].name}" if len(partner.departments) > 1 else ""
