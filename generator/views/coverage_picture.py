"""The coverage of each offer in each region as a picture, and how the states of a need are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.insights.coverage import Coverage, Need, State
from generator.markdown import Md
from generator.model import Offer, Playbook
from generator.views.page import chip, count
from generator.views.pictures import Cell, Picture, grid

ANYWHERE = "anywhere"

_CHIP = {
    State.COVERED: "covered",
    State.SINGLE: "single",
    State.RECRUITING: "recruiting",
    State.POSSIBLE: "possible",
    State.GAP: "gap",
    State.OUT_OF_SCOPE: "out",
}
_LEGEND = {
    State.GAP: "partners are missing, and nobody is in sight",
    State.POSSIBLE: "too few, but a partner of the type has no offer or no region recorded and may count",
    State.RECRUITING: "too few, but a prospect or a partner that is being onboarded would count",
    State.SINGLE: "enough, but all hangs on one partner",
    State.COVERED: "as many partners as are needed, or more",
    State.OUT_OF_SCOPE: "the taxonomy says that we do not want this type",
}
# The worst first: what an offer's cell of the picture shows for a region.
_WORST = tuple(_LEGEND)
_TONES = dict(zip(_WORST, ("warn", "info", "info", "heat-1", "good", "quiet"), strict=True))
# A cell is 58 pixels wide on a phone where there are four regions, so the picture speaks in shorter words.
_SHORT = {
    State.GAP: "gap",
    State.POSSIBLE: "maybe",
    State.RECRUITING: "soon",
    State.SINGLE: "single",
    State.COVERED: "ok",
    State.OUT_OF_SCOPE: "out",
}
_NUMBERED = (State.GAP, State.POSSIBLE, State.RECRUITING, State.SINGLE)
_UNASSESSED = "?"


def state_chip(state: State) -> Md:
    """The state of a need in a word."""
    return chip(_CHIP[state], state.value)


def region_name(region: str | None) -> str:
    """The region, or that it does not matter."""
    return region if region is not None else ANYWHERE


def legend(found: Coverage) -> Iterator[tuple[Md, str]]:
    """What the states that occur mean and how the picture says them, the worst first."""
    seen = {need.state for need in found.needs}
    for state, words in _LEGEND.items():
        if state in seen:
            short = _SHORT[state]
            yield state_chip(state), words if short == state.value else f'{words} ("{short}" in the picture)'
    if found.not_assessed:
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
        short = f"{number} {_SHORT[worst]}" if worst in _NUMBERED else _SHORT[worst]
        return Cell(short, _TONES[worst], words)

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
