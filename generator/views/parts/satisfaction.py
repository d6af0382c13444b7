"""Satisfaction on the page about tools and skills: what partners think of us, as far as it may be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator import paths
from generator.findings import Finding
from generator.findings.satisfaction import SATISFACTION_LOW, SATISFACTION_STALE
from generator.insights.satisfaction import Asked, Mean, is_low, is_old, shown
from generator.markdown import Md, escape, join, md, span, verbatim
from generator.model import Entry, Playbook
from generator.views.kit.context import Context
from generator.views.kit.links import Links, by_partner
from generator.views.kit.long_tables import LongTables
from generator.views.kit.pictures import Bar, Picture, bars
from generator.views.kit.tables import Table, table
from generator.views.kit.words import chip
from generator.words import count

SECTION = f"{paths.TOOLKIT}#satisfaction"


@dataclass(frozen=True)
class Means:
    """A table of means by one thing, below its heading."""

    heading: str
    anchor: Md
    table: Table


def sentence(links: Links, asked: Asked) -> Md:
    """The mean of all scores and what it rests on, or that the answers are too few to show one."""
    mean = asked.overall
    if mean is None:
        answers = links.to(count(asked.hidden, "answer"), f"{paths.TOOLKIT}#scores")
        return md("What partners think of us rests on {}: too few to show.", answers)
    rate = links.to(score(mean), SECTION)
    rests_on = f"{count(mean.n, 'answer')} from {count(len(mean.partners), 'partner')}"
    text = md("Partners rate us **{}** ({})", rate, links.to(rests_on, f"{paths.TOOLKIT}#scores"))
    if asked.silent:
        silent = links.to(count(len(asked.silent), "active entry", "active entries"), f"{paths.TOOLKIT}#silent")
        text = md("{}; {} {} no score", text, silent, "has" if len(asked.silent) == 1 else "have")
    return md("{}.", text)


def score(mean: Mean) -> str:
    """The mean on the scale that all its scores share, or else in percent of the top score."""
    if mean.scale is None:
        return f"{mean.share:.0%} of the top score"
    return f"{mean.share * mean.scale:.1f} of {mean.scale:g}"


def picture(playbook: Playbook, asked: Asked) -> Picture:
    """A bar for each mode that has a mean."""

    def bar(mode: str, mean: Mean) -> Bar:
        low = is_low(playbook, mean.share)
        value = f"{mean.share:.0%} from {count(mean.n, 'answer')}{', low' if low else ''}"
        return Bar(playbook.modes[mode].name, value, ((mean.share, "warn" if low else "heat-3", value),))

    return bars(
        "satisfaction-picture",
        "What partners think of us, by the mode in which we manage them, in percent of the top score",
        "One bar for each mode, as long as its mean score. The table under Satisfaction by mode has the figures.",
        [bar(mode, mean) for mode, mean in asked.modes.items() if mean is not None],
    )


def means(links: Links, asked: Asked) -> Iterator[Means]:
    """The means by mode and by department, each where there is one to show."""
    modes = {mode for entry in asked.scored for mode in entry.modes}
    departments = {entry.department for entry in asked.scored}
    parts = (
        ("Mode", "satisfaction-by-mode", asked.modes, links.mode, modes),
        ("Department", "satisfaction-by-department", asked.departments, links.department, departments),
    )
    for head, anchor, by_group, label, scored in parts:
        if any(mean is not None for mean in by_group.values()):
            heading = f"By {head.casefold()}"
            mixed = asked.overall is not None and asked.overall.scale is None
            yield Means(heading, verbatim(anchor), _table(links.playbook, head, by_group, label, scored, mixed=mixed))


def _table(
    playbook: Playbook,
    head: str,
    by_group: Mapping[str, Mean | None],
    label: Callable[[str], Md],
    scored: set[str],
    *,
    mixed: bool,
) -> Table:
    def row(group: str, mean: Mean | None) -> tuple[str, ...]:
        if mean is None:
            return label(group), escape("too few answers to show" if group in scored else "no score yet"), "", "", ""
        text = f"{mean.share:.0%}" if mixed else score(mean)
        if mixed and mean.scale is not None:
            text += f" ({score(mean)})"
        marked = md("{} {}", text, chip("warning", "low")) if is_low(playbook, mean.share) else text
        oldest = _day(mean.oldest, f"{mean.old} old" if mean.old else "")
        return label(group), marked, str(mean.n), str(len(mean.partners)), oldest

    headers = (head, "Mean score", "Answers", "Partners", "Oldest score")
    return table(headers, (row(group, mean) for group, mean in by_group.items()), empty="–")


def scores(links: Links, long: LongTables, asked: Asked) -> Table:
    """Every score of an active relationship; one from too few answers is not shown."""
    return long.table("scores", by_partner(links, asked.scored), _scores, links.partner_name)


def _scores(links: Links, scored: Sequence[Entry]) -> Table:
    playbook = links.playbook

    def row(entry: Entry) -> tuple[str, ...]:
        given = entry.satisfaction
        assert given is not None
        text: str = "not shown"
        if shown(playbook, given):
            text = f"{given.score:g} of {given.scale:g}"
            text = md("{} {}", text, chip("warning", "low")) if is_low(playbook, given.score / given.scale) else text
        day = _day(given.date, "old" if is_old(playbook, given.date) else "")
        who = links.partner(entry.partner), links.department(entry.department)
        return *who, join(", ", map(links.mode, entry.modes)), text, str(given.n), day

    headers = ("Partner", "Department", "Mode", "Score", "Answers", "Asked on")
    return table(headers, map(row, scored))


def _day(day: date, mark: str) -> Md:
    """A day on one line, with a mark where there is one; the words of a mark are ours."""
    shown = verbatim(str(day))
    return span("pb-nowrap", md("{} {}", shown, chip("warning", mark)) if mark else shown)


def open_findings(context: Context) -> tuple[Finding, ...]:
    """The findings about old and low scores."""
    codes = (SATISFACTION_STALE, SATISFACTION_LOW)
    return tuple(finding for finding in context.findings if finding.code in codes)


def in_directory(links: Links, findings: Iterable[Finding]) -> Md:
    """A link to the directory with the partners that the findings are about."""
    codes = tuple(dict.fromkeys(finding.code.slug for finding in findings))
    return links.rows("the partner directory", finding=codes) if codes else Md("")


def silent(links: Links, long: LongTables, asked: Asked) -> Table:
    """The active relationships without a score: whom their owners may ask."""
    return long.table("silent", by_partner(links, asked.silent), _silent, links.partner_name, heading="no score yet")


def _silent(links: Links, silent: Sequence[Entry]) -> Table:
    rows = (
        (links.partner(entry.partner), links.department(entry.department), links.owner(entry.owner)) for entry in silent
    )
    return table(("Partner", "Department", "Owner"), rows)
