"""Which routes to market are whole: chains of partner types, broken where nobody is active."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.insights.coverage import Cover, CoverageState, CoverFinder
from generator.model import OfferStatus, Playbook, Route, frozen


@dataclass(frozen=True)
class Step:
    """One link of a chain.

    `through` names, for a partner of `cover.have`, the partner of the step before through which it sells.
    """

    type: str
    cover: Cover
    through: Mapping[str, str]

    @property
    def state(self) -> CoverageState:
        """One partner is enough for a link, so none is a single source."""
        state = self.cover.state(1)
        return CoverageState.COVERED if state is CoverageState.SINGLE else state


@dataclass(frozen=True)
class Chain:
    """A route to market with its steps, from the company to the customer."""

    route: str
    steps: tuple[Step, ...]

    @property
    def broken(self) -> tuple[Step, ...]:
        """The steps at which nobody is active; being recruited does not mend a chain."""
        return tuple(step for step in self.steps if not step.cover.have)


def chains(playbook: Playbook) -> tuple[Chain, ...]:
    """Every route to market of an offer that is not retired, in the order of the portfolio."""
    covers = CoverFinder(playbook)
    return tuple(
        Chain(route.id, tuple(_steps(playbook, covers, route)))
        for route in playbook.routes.values()
        if playbook.offers[route.offer].status is not OfferStatus.RETIRED
    )


def _steps(playbook: Playbook, covers: CoverFinder, route: Route) -> Iterator[Step]:
    before = Cover()
    for type_id in route.types:
        cover = covers.find(route.offer, type_id, route.region)
        through = {
            partner: entry.via
            for partner in cover.have
            for entry in playbook.partners[partner].entries
            if entry.active and type_id in entry.types and entry.via in before.have
            if entry.via is not None
        }
        yield Step(type_id, cover, frozen(through))
        before = cover
