"""Whether the relationships are managed well: every check of every relationship, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator import paths
from generator.insights.health import Check, CheckedEntry, Health, Outcome, Tally, health
from generator.markdown import Md, escape, md, span, verbatim
from generator.model import Entry
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.pictures import Bar, Picture, bars
from generator.views.kit.tables import Table, table
from generator.views.kit.view import View
from generator.views.kit.words import abridged
from generator.views.parts.answer import Answer
from generator.views.parts.dates import calendars, coming, timetable
from generator.views.parts.tasks import by_owner, number
from generator.views.parts.trend import FigureChange, changes
from generator.words import count

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
    checked = health(context.playbook)
    if not checked.entries:
        sentence = escape("No partner is active yet, so there is nothing to check.")
        first = md("An active partner with an owner, in partners.yml: {}.", links.to("how to add one", paths.EDITORS))
        return Answer(QUESTION, paths.HEALTH, sentence, first)
    total, here = checked.total, paths.HEALTH
    share = md("**{}** of the checks that can be made pass", share_of(total))
    known = links.to(f"{total.passed} of {total.known}", f"{here}#checks")
    unknown = escape("and none is unknown for want of data")
    if total.unknown:
        more = links.to(f"{total.unknown} more", f"{here}#which")
        unknown = md("and {} cannot be told because nothing is recorded", more)
    clean = links.to(str(len(checked.clean)), f"{here}#clean") if checked.clean else escape("none")
    everybody = links.to(count(len(checked.entries), "active entry", "active entries"), f"{here}#relationships")
    verb = "passes" if len(checked.clean) == 1 else "pass"
    clean_share = md("{} of {} {} every check", clean, everybody, verb)
    return Answer(QUESTION, here, md("{} ({}), {}; {}.", share, known, unknown, clean_share))


def share_of(total: Tally) -> Md:
    """The score in percent, rounded down: only where nothing fails it is 100%."""
    return verbatim(f"{100 * total.passed // total.known}%") if total.known else escape("none")


@dataclass(frozen=True)
class HealthFacts:
    """What `health.md.j2` places."""

    answer: Answer
    trend: FigureChange
    any: bool
    picture: Picture
    checks: Table
    number: str
    tasks: Table
    coming: Picture | None
    timetable: Table
    unclean: Table
    clean: Md
    which: tuple[Open, ...]
    calendars: tuple[tuple[str, Md], ...]


def view(context: Context) -> View:
    """The page of the fourth question."""
    links = Links(context.playbook, paths.HEALTH)
    checked = health(context.playbook)
    shown = tuple(check for check in Check if checked.by_check[check].asked)
    unclean = [entry for entry in checked.entries if not entry.tally.clean]
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
            picture=_picture(checked, shown),
            checks=_checks(links, checked, shown),
            number=number(context.playbook),
            tasks=by_owner(links),
            coming=coming(context),
            timetable=timetable(context, links),
            unclean=_scores(links, unclean),
            clean=_entries(links, checked.clean),
            which=tuple(_which(links, checked, shown)),
            calendars=calendars(context, links),
        ),
    )


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


def _scores(links: Links, entries: Iterable[CheckedEntry]) -> Table:
    """The lowest scores first, each with the checks that fail and those that are unknown."""

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

    def order(checked: CheckedEntry) -> tuple[float, int, str, str]:
        return checked.tally.score or 0, -checked.tally.unknown, *_by_name(links, checked.entry)

    headers = ("Partner", "Department", "Owned by", "Score", "Fails", "Unknown")
    return table(headers, map(row, sorted(entries, key=order)), empty="none")


def _which(links: Links, checked: Health, shown: Iterable[Check]) -> Iterator[Open]:
    for check in shown:
        if not checked.by_check[check].clean:
            fails, unknown = (
                _entries(
                    links, (entry for entry in checked.entries if entry.outcomes[check] is outcome), paths.FINDINGS
                )
                for outcome in (Outcome.FAIL, Outcome.UNKNOWN)
            )
            yield Open(_words(check)[0], _anchor(check), fails, unknown)


def _entries(links: Links, entries: Iterable[CheckedEntry], whole: str = "") -> Md:
    """Each entry as its partner, with the department that made it; of many the rest stands on the page `whole`."""
    ordered = sorted((checked.entry for checked in entries), key=lambda entry: _by_name(links, entry))
    partners = [md("{} ({})", links.partner(entry.partner), links.department(entry.department)) for entry in ordered]
    return abridged(partners, lambda more: links.to(more, whole) if whole else escape(more))


def _anchor(check: Check) -> Md:
    return verbatim(f"check-{check.value}")


def _by_name(links: Links, entry: Entry) -> tuple[str, str]:
    partner = links.playbook.partners[entry.partner]
    return partner.name.casefold(), entry.department
