"""The coverage of each offer in each region as a picture, and how the states of a need are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.insights.coverage import Coverage, CoverageState, Need
from generator.markdown import Md
from generator.model import Offer, Playbook
from generator.views.kit.pictures import Cell, Picture, grid
from generator.views.kit.words import chip
from generator.words import count

ANYWHERE = "anywhere"

# The worst first: what an offer's cell of the picture shows for a region.
_WORST = (
    *(CoverageState.GAP, CoverageState.POSSIBLE, CoverageState.RECRUITING, CoverageState.SINGLE),
    *(CoverageState.COVERED, CoverageState.OUT_OF_SCOPE),
)
_NUMBERED = (CoverageState.GAP, CoverageState.POSSIBLE, CoverageState.RECRUITING, CoverageState.SINGLE)
_UNASSESSED = "?"


class _Look(NamedTuple):
    """How a state is shown: `short` in the picture, where a cell is 58 pixels wide on a phone."""

    chip: str
    short: str
    tone: str
    meaning: str


def _look(state: CoverageState) -> _Look:
    match state:
        case CoverageState.GAP:
            return _Look("gap", "gap", "warn", "partners are missing, and nobody is in sight")
        case CoverageState.POSSIBLE:
            meaning = "too few, but a partner of the type has no offer or no region recorded and may count"
            return _Look("possible", "maybe", "info", meaning)
        case CoverageState.RECRUITING:
            meaning = "too few, but a prospect or a partner that is being onboarded would count"
            return _Look("recruiting", "soon", "info", meaning)
        case CoverageState.SINGLE:
            return _Look("single", "single", "heat-1", "enough, but all hangs on one partner")
        case CoverageState.COVERED:
            return _Look("covered", "ok", "good", "as many partners as are needed, or more")
        case CoverageState.OUT_OF_SCOPE:
            return _Look("out", "out", "quiet", "the taxonomy says that we do not want this type")


def state_chip(state: CoverageState) -> Md:
    """The state of a need in a word."""
    return chip(_look(state).chip, state.value)


def region_name(region: str | None) -> str:
    """The region, or that it does not matter."""
    return region if region is not None else ANYWHERE


def legend(coverage: Coverage) -> Iterator[tuple[Md, str]]:
    """What the states that occur mean and how the picture says them, the worst first."""
    seen = {need.state for need in coverage.needs}
    for state in _WORST:
        if state in seen:
            look = _look(state)
            short = "" if look.short == state.value else f' ("{look.short}" in the picture)'
            yield state_chip(state), look.meaning + short
    if coverage.not_assessed:
        yield (
            chip("unassessed", "not assessed"),
            f'what the offer needs is not recorded ("{_UNASSESSED}" in the picture)',
        )


def picture(playbook: Playbook, by_offer: Mapping[str, list[Need]], not_assessed: Iterable[str]) -> Picture:
    """Offers by regions; at the end the offers of which nobody can tell."""
    unassessed = [playbook.offers[offer] for offer in not_assessed]
    regions: list[str | None] = list(dict.fromkeys(need.region for needs in by_offer.values() for need in needs))
    regions += dict.fromkeys(region for offer in unassessed for region in offer.regions if region not in regions)
    order = {region: place for place, region in enumerate(playbook.settings.regions)}
    regions.sort(key=lambda region: order.get(region or "", len(order)))

    def cell(offer: str, region: str | None) -> Cell:
        needs = [need for need in by_offer[offer] if need.region == region]
        if not needs:
            return Cell("", "heat-0", f"{playbook.offers[offer].name}, {region_name(region)}: nothing is needed")
        worst = min((need.state for need in needs), key=_WORST.index)
        number = sum(need.state is worst for need in needs)
        words = f"{playbook.offers[offer].name}, {region_name(region)}: {worst.value}"
        words += f" ({number} of {count(len(needs), 'need')})"
        look = _look(worst)
        short = f"{number} {look.short}" if worst in _NUMBERED else look.short
        return Cell(short, look.tone, words)

    return grid(
        "coverage",
        "The worst state of each offer's needs, by region, and how many needs are in it",
        "Offers by regions; each cell shows the worst state among the types that the offer needs there, "
        "and is empty where it needs none. The tables below say which types these are.",
        [region_name(region) for region in regions],
        [
            *((playbook.offers[offer].name, [cell(offer, region) for region in regions]) for offer in by_offer),
            *((offer.name, [_unassessed(offer, region) for region in regions]) for offer in unassessed),
        ],
    )


def _unassessed(offer: Offer, region: str | None) -> Cell:
    if region is None or not offer.regions or region in offer.regions:
        return Cell(_UNASSESSED, "quiet", f"{offer.name}, {region_name(region)}: not assessed")
    return Cell("", "heat-0", f"{offer.name}, {region_name(region)}: not offered")
