"""Whether the relationships are managed well: every check of every relationship, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from generator import paths
from generator.insights.health import Check, CheckedEntry, Health, Outcome, Tally
from generator.insights.ownership import Share
from generator.markdown import Md, escape, md, span, verbatim
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.long_tables import LongTables
from generator.views.kit.pictures import Bar, Picture, bars
from generator.views.kit.tables import Table, table
from generator.views.kit.view import View
from generator.views.parts import tasks
from generator.views.parts.answer import Answer
from generator.views.parts.dates import calendars, coming, mark, timetable
from generator.views.parts.trend import FigureChange, changes
from generator.views.parts.ways import Way, ways
from generator.words import count, noun

QUESTION = "Are we confident that these relationships are managed well?"


def _words(check: Check) -> tuple[str, str]:
    """Its name, and what passes it."""
    match check:
        case Check.OWNER:
            return "Owner", "Somebody who is here owns it"
        case Check.AGREEMENT:
            return "Agreements", "Every agreement that its mode needs is in force"
        case Check.REVIEW:
            return "Review", "It was reviewed as often as its mode asks"
        case Check.SPONSOR:
            return "Sponsor", "Somebody who is here sponsors it, where its mode needs that"
        case Check.MODE:
            return "Mode", "It is managed as its type expects, or for a reason"
        case Check.OBJECTIVE:
            return "Objective", "It serves a business objective that is still open"


@dataclass(frozen=True)
class Open:
    """The relationships in which one check fails or is unknown; empty where none is."""

    check: str
    anchor: Md
    fails: Md
    unknown: Md


def answer(context: Context, links: Links) -> Answer:
    """The share of the checks that pass, how many cannot be told, and how many relationships pass all of theirs."""
    checked = context.health
    if not checked.entries:
        sentence = escape("No partner is active yet, so there is nothing to check.")
        first = md("An active partner with an owner, in partners.yml: {}.", links.to("how to add one", paths.EDITORS))
        return Answer(QUESTION, paths.HEALTH, sentence, first)
    total, here = checked.total, paths.HEALTH
    share = md("**{}** of the checks that can be made pass", share_of(total))
    known = links.to(f"{total.passed} of {total.known}", f"{here}#checks")
    lines = [("Checks that pass", known)]
    unknown = escape("and none is unknown for want of data")
    if total.unknown:
        more = links.to(f"{total.unknown} more", f"{here}#which")
        lines.append(("Cannot be told", more))
        unknown = md("and {} cannot be told because nothing is recorded", more)
    everybody = links.to(count(len(checked.entries), "active entry", "active entries"), f"{here}#relationships")
    clean_share = md("no {} passes every check", links.to("active entry", f"{here}#relationships"))
    if checked.clean:
        clean = links.to(str(len(checked.clean)), f"{here}#clean")
        lines.append(("Pass every check", clean))
        clean_share = md("{} of {} {} every check", clean, everybody, noun(len(checked.clean), "passes", "pass"))
    lines.append(("Checked", everybody))
    figure = Share(total.passed, total.known) if total.known else None
    told = md("{} ({}), {}; {}.", share, known, unknown, clean_share)
    return Answer(QUESTION, here, told, share=figure, figure=share_of(total), lines=tuple(lines))


def share_of(total: Tally) -> Md:
    """The score in percent, rounded down: only where nothing fails it is 100%."""
    return verbatim(f"{100 * total.passed // total.known}%") if total.known else escape("none")


@dataclass(frozen=True)
class HealthFacts:
    """What `health.md.j2` places."""

    answer: Answer
    trend: FigureChange
    any: bool
    ways: Md
    picture: Picture
    checks: Table
    number: str
    tasks: Table
    coming: Picture | None
    mark: str
    timetable: Table
    unclean: Table
    clean: Md
    which: tuple[Open, ...]
    calendars: tuple[tuple[str, Md], ...]


def view(context: Context) -> View:
    """The page of the fourth question."""
    links = Links(context.playbook, paths.HEALTH)
    checked, long = context.health, LongTables(links)
    shown = tuple(check for check in Check if checked.by_check[check].asked)
    year, files = coming(context), calendars(context, long)
    return View(
        path=paths.HEALTH,
        template="health.md.j2",
        title="Health",
        description="Whether every entry has an owner, a sponsor, its agreements and its reviews in time.",
        place=context.inventory,
        hide=("toc",),
        facts=HealthFacts(
            answer=answer(context, links),
            trend=changes(context, "health"),
            any=bool(checked.entries),
            ways=ways(links, _ways(context, shown, year=year is not None, files=bool(files))),
            picture=_picture(checked, shown),
            checks=_checks(links, checked, shown),
            number=tasks.number(context),
            tasks=long.table(
                "worklist",
                tasks.by_owner(context),
                tasks.table_of,
                lambda task: tasks.owner_name(links.playbook, task),
                heading="what to do",
                of="owner",
                then=lambda task: links.partner_name(task.entry),
            ),
            coming=year,
            mark=mark(context),
            timetable=timetable(context, links, long),
            unclean=_unclean(links, long, checked),
            clean=_entries(links, long, "clean", checked.clean, "entries that pass every check", "clean"),
            which=tuple(_which(links, long, checked, shown)),
            calendars=files,
        ),
        more=long.pages,
    )


def _ways(context: Context, shown: Sequence[Check], *, year: bool, files: bool) -> Iterator[Way]:
    """The parts of the page, as the template has them."""
    checked = context.health
    yield "Check by check", "checks", len(shown)
    yield "What to do, by owner", "worklist", len(context.worklist)
    yield "What comes due", "timeline", None if year else 0
    yield "Every active entry", "relationships", len(checked.entries)
    yield "Which fail, and which are unknown", "which", checked.total.failed + checked.total.unknown
    yield "Calendars", "calendars", None if files else 0


def _picture(checked: Health, shown: Iterable[Check]) -> Picture:
    def bar(check: Check) -> Bar:
        tally = checked.by_check[check]
        parts = [
            (tally.passed, "good", "pass"),
            (tally.failed, "warn", "fail"),
            (tally.unknown, "quiet", "unknown"),
        ]
        words = [f"{number} {word}" for number, _, word in parts if number]
        shares = tuple((number / tally.asked, tone, f"{number} {word}") for number, tone, word in parts)
        return Bar(_words(check)[0], ", ".join(words), shares)

    return bars(
        "health-checks",
        "Each check, over the active entries that it is asked of",
        f"For each check, how many entries pass, fail, or are unknown. In all, {_in_words(checked.total)}.",
        map(bar, shown),
    )


def _in_words(tally: Tally) -> str:
    return f"{tally.passed} pass, {tally.failed} fail and {tally.unknown} are unknown"


def _checks(links: Links, checked: Health, shown: Iterable[Check]) -> Table:
    def row(check: Check) -> Iterable[str]:
        tally, (name, asks) = checked.by_check[check], _words(check)
        target = f"{paths.HEALTH}#{_anchor(check)}"
        linked = [links.to(str(number), target) if number else "0" for number in (tally.failed, tally.unknown)]
        silent = len(checked.entries) - tally.asked
        return name, asks, str(tally.passed), *linked, str(silent)

    return table(("Check", "What passes", "Pass", "Fail", "Unknown", "Not asked"), map(row, shown))


def _unclean(links: Links, long: LongTables, checked: Health) -> Table:
    """The entries of which something fails or is unknown, the lowest scores first."""

    def order(checked: CheckedEntry) -> tuple[float, int, str, str]:
        return checked.tally.score or 0, -checked.tally.unknown, *_by_name(links, checked)

    entries = sorted((entry for entry in checked.entries if not entry.tally.clean), key=order)
    return long.table("unclean", entries, _scores, partial(_name, links), heading="what fails or is unknown")


def _scores(links: Links, entries: Sequence[CheckedEntry]) -> Table:
    """Each entry with the checks that fail and those that are unknown."""

    def row(checked: CheckedEntry) -> Iterable[str]:
        entry, tally = checked.entry, checked.tally
        fails, unknown = (
            ", ".join(_words(check)[0] for check in Check if checked.outcomes[check] is outcome)
            for outcome in (Outcome.FAIL, Outcome.UNKNOWN)
        )
        score = span("pb-nowrap", verbatim(f"{tally.passed} of {tally.known}"))
        return (
            links.partner(entry.partner),
            links.department(entry.department),
            links.owner(entry.owner),
            score,
            fails,
            unknown,
        )

    headers = ("Partner", "Department", "Owned by", "Score", "Fails", "Unknown")
    return table(headers, map(row, entries), empty="none")


def _which(links: Links, long: LongTables, checked: Health, shown: Iterable[Check]) -> Iterator[Open]:
    for check in shown:
        if not checked.by_check[check].clean:
            name, anchor = _words(check)[0], _anchor(check)
            fails, unknown = (
                _entries(
                    links,
                    long,
                    f"{anchor}-{outcome.value}",
                    (entry for entry in checked.entries if entry.outcomes[check] is outcome),
                    f"{name.lower()}, {outcome.value}",
                    anchor,
                )
                for outcome in (Outcome.FAIL, Outcome.UNKNOWN)
            )
            yield Open(name, anchor, fails, unknown)


def _entries(
    links: Links, long: LongTables, name: str, entries: Iterable[CheckedEntry], heading: str, anchor: str
) -> Md:
    """Each entry as its partner, with the department that made it."""

    def label(links: Links, checked: CheckedEntry) -> Md:
        return md("{} ({})", links.partner(checked.entry.partner), links.department(checked.entry.department))

    ordered = sorted(entries, key=lambda checked: _by_name(links, checked))
    return long.names(name, ordered, label, partial(_name, links), heading=heading, anchor=anchor)


def _anchor(check: Check) -> Md:
    return verbatim(f"check-{check.value}")


def _by_name(links: Links, checked: CheckedEntry) -> tuple[str, str]:
    return _name(links, checked).casefold(), checked.entry.department


def _name(links: Links, checked: CheckedEntry) -> str:
    return links.partner_name(checked.entry)
