"""The company's figures of a day, and how they have changed since the last quarter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from generator.insights.alignment import alignment
from generator.insights.coverage import CoverageState, coverage
from generator.insights.health import health
from generator.insights.ownership import outside_home, shared_partners
from generator.insights.routes import chains
from generator.insights.satisfaction import satisfaction
from generator.insights.skills import skills
from generator.insights.tools import equipment
from generator.insights.value import story
from generator.model import Playbook, frozen


@dataclass(frozen=True)
class Figure:
    """A number that is recorded over time: its id in the history, and its title for readers."""

    id: str
    title: str


FIGURES: Mapping[str, tuple[Figure, ...]] = frozen(
    {
        "ownership": (
            Figure("relationships", "Active relationships"),
            Figure("relationships-outside", "Of these managed outside the home department"),
            Figure("partners", "Partners, but for those that ended"),
            Figure("partners-active", "Active partners"),
            Figure("partners-shared", "Partners shared between departments"),
            Figure("entries-unowned", "Entries without an owner"),
        ),
        "coverage": (
            Figure("gaps", "Gaps"),
            Figure("gaps-recruited", "Gaps that are being recruited for"),
            Figure("needs", "Needs of our offers"),
            Figure("needs-single", "Needs that hang on one partner"),
        ),
        "routes": (Figure("routes-whole", "Routes that are whole"), Figure("routes", "Routes to market")),
        "alignment": (
            Figure("relationships-aligned", "Active relationships that serve an open objective"),
            Figure("entries-without-objective", "Active entries that name no objective"),
            Figure("objectives-unserved", "Open objectives that nobody serves"),
        ),
        "health": (
            Figure("checks-failed", "Checks that fail"),
            Figure("checks-passed", "Checks that pass"),
            Figure("checks-unknown", "Checks that cannot be told"),
            Figure("entries-clean", "Active entries that pass every check"),
        ),
        "value": (
            Figure("partners-with-value", "Active partners that say what they do for customers"),
            Figure("partners-without-value", "Active partners that do not"),
        ),
        "toolkit": (
            Figure("owners-able", "Owners who hold every skill that their modes need"),
            Figure("owners-lacking", "Owners who lack a skill"),
            Figure("types-without-tool", "Types in use without a tool"),
            Figure("satisfaction-percent", "Satisfaction, in percent of the top score"),
        ),
    }
)
"""Every figure, by the page that it belongs to; the first of a page is its main one."""


def figures(playbook: Playbook) -> Mapping[str, int]:
    """Today's figures by id; one that nothing recorded tells is absent, and not 0."""
    return frozen(
        {
            **dict(_ownership(playbook)),
            **dict(_portfolio(playbook)),
            **dict(_strategy(playbook)),
            **dict(_management(playbook)),
        }
    )


Numbers = Iterator[tuple[str, int]]


def _ownership(playbook: Playbook) -> Numbers:
    current = [entry for entry in playbook.entries if not entry.ended]
    yield "relationships", sum(1 for _ in playbook.relationships())
    outside = outside_home(playbook)
    if outside is not None:
        yield "relationships-outside", outside.share.count
    yield "partners", len({entry.partner for entry in current})
    yield "partners-active", len({entry.partner for entry in current if entry.active})
    yield "partners-shared", len(shared_partners(playbook))
    yield "entries-unowned", sum(map(playbook.ownerless, current))


def _portfolio(playbook: Playbook) -> Numbers:
    portfolio = coverage(playbook)
    if portfolio.needs:
        yield "gaps", len(portfolio.gaps)
        yield "gaps-recruited", sum(need.state is CoverageState.RECRUITING for need in portfolio.gaps)
        yield "needs", sum(need.in_scope for need in portfolio.needs)
        yield "needs-single", len(portfolio.single)
    routes = chains(playbook)
    if routes:
        yield "routes-whole", sum(not chain.broken for chain in routes)
        yield "routes", len(routes)


def _strategy(playbook: Playbook) -> Numbers:
    if playbook.objectives:
        strategy = alignment(playbook)
        yield "relationships-aligned", strategy.share.count
        yield "entries-without-objective", len(strategy.none)
        yield "objectives-unserved", len(strategy.unserved)


def _management(playbook: Playbook) -> Numbers:
    checked = health(playbook)
    if checked.entries:
        yield "checks-failed", checked.total.failed
        yield "checks-passed", checked.total.passed
        yield "checks-unknown", checked.total.unknown
        yield "entries-clean", len(checked.clean)
    value = story(playbook)
    if value.stated:
        yield "partners-with-value", len(value.stated)
        yield "partners-without-value", len(value.unstated)
    abilities = skills(playbook)
    if abilities.able or abilities.lacking:
        yield "owners-able", len(abilities.able)
        yield "owners-lacking", len(abilities.short)
    if playbook.tools:
        yield "types-without-tool", len(equipment(playbook).bare)
    overall = satisfaction(playbook).overall
    if overall is not None:
        yield "satisfaction-percent", round(100 * overall.share)


# --- over time ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Trend:
    """Figures by id as they were on the day `since` and as they are `now`."""

    since: date
    then: Mapping[str, int]
    now: Mapping[str, int]


def trend(playbook: Playbook) -> Trend | None:
    """The change since the end of the last calendar quarter: since the last day recorded by then, if there is one."""
    quarter = date(playbook.as_of.year, playbook.as_of.month - (playbook.as_of.month - 1) % 3, 1)
    if quarter == date.min:
        return None
    end = quarter - timedelta(days=1)
    before = [snapshot for snapshot in playbook.history if snapshot.day <= end]
    if not before:
        return None
    return Trend(before[-1].day, before[-1].figures, figures(playbook))
