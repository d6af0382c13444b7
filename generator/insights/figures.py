"""The company's figures of a day, and how they have changed since the last quarter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from generator.insights.coverage import CoverageState
from generator.insights.overview import Overview
from generator.insights.ownership import outside_home
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
    return _figures(Overview(playbook))


def _figures(known: Overview) -> Mapping[str, int]:
    return frozen(
        {
            **dict(_ownership(known)),
            **dict(_portfolio(known)),
            **dict(_strategy(known)),
            **dict(_management(known)),
        }
    )


Numbers = Iterator[tuple[str, int]]


def _ownership(known: Overview) -> Numbers:
    playbook = known.playbook
    current = [entry for entry in playbook.entries if not entry.ended]
    yield "relationships", sum(1 for _ in playbook.relationships())
    outside = outside_home(playbook)
    if outside is not None:
        yield "relationships-outside", outside.share.count
    yield "partners", len({entry.partner for entry in current})
    yield "partners-active", len({entry.partner for entry in current if entry.active})
    yield "partners-shared", len(known.shared_partners)
    yield "entries-unowned", sum(map(playbook.ownerless, current))


def _portfolio(known: Overview) -> Numbers:
    portfolio = known.coverage
    if portfolio.needs:
        yield "gaps", len(portfolio.gaps)
        yield "gaps-recruited", sum(need.state is CoverageState.RECRUITING for need in portfolio.gaps)
        yield "needs", sum(need.in_scope for need in portfolio.needs)
        yield "needs-single", len(portfolio.single)
    routes = known.chains
    if routes:
        yield "routes-whole", sum(not chain.broken for chain in routes)
        yield "routes", len(routes)


def _strategy(known: Overview) -> Numbers:
    if known.playbook.objectives:
        strategy = known.alignment
        yield "relationships-aligned", strategy.share.count
        yield "entries-without-objective", len(strategy.none)
        yield "objectives-unserved", len(strategy.unserved)


def _management(known: Overview) -> Numbers:
    checked = known.health
    if checked.entries:
        yield "checks-failed", checked.total.failed
        yield "checks-passed", checked.total.passed
        yield "checks-unknown", checked.total.unknown
        yield "entries-clean", len(checked.clean)
    value = known.story
    if value.stated:
        yield "partners-with-value", len(value.stated)
        yield "partners-without-value", len(value.unstated)
    abilities = known.skills
    if abilities.able or abilities.lacking:
        yield "owners-able", len(abilities.able)
        yield "owners-lacking", len(abilities.short)
    if known.playbook.tools:
        yield "types-without-tool", len(known.equipment.bare)
    overall = known.satisfaction.overall
    if overall is not None:
        yield "satisfaction-percent", round(100 * overall.share)


# --- over time ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Trend:
    """Figures by id as they were on the day `since` and as they are `now`."""

    since: date
    then: Mapping[str, int]
    now: Mapping[str, int]


def trend(known: Overview) -> Trend | None:
    """The change since the end of the last calendar quarter: since the last day recorded by then, if there is one."""
    playbook = known.playbook
    quarter = date(playbook.as_of.year, playbook.as_of.month - (playbook.as_of.month - 1) % 3, 1)
    if quarter == date.min:
        return None
    end = quarter - timedelta(days=1)
    before = [snapshot for snapshot in playbook.history if snapshot.day <= end]
    if not before:
        return None
    return Trend(before[-1].day, before[-1].figures, _figures(known))
