"""Whether the portfolio has the partners that it needs, offer by offer, type by type, region by region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from generator.model import Offer, Playbook, Relationship, Requirement, frozen


class State(Enum):
    """Of a need; where several would hold, the first in this order that is true."""

    OUT_OF_SCOPE = "out of scope"
    COVERED = "covered"
    SINGLE = "single source"
    RECRUITING = "being recruited"
    POSSIBLE = "possible"
    GAP = "gap"


@dataclass(frozen=True)
class Cover:
    """The partners behind a need, as ids in the order of the inventory.

    `have` are active ones with the type, the offer and the region; `recruiting` prospects and
    those being onboarded with all three; `possible` active ones of the type that have no offer or
    no region recorded, and nothing recorded that speaks against them.
    """

    have: tuple[str, ...] = ()
    recruiting: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()


@dataclass(frozen=True)
class Need:
    """`min` partners of `type` for `offer` in `region`; region None: wherever they are."""

    offer: str
    type: str
    region: str | None
    min: int
    cover: Cover
    in_scope: bool = True

    @property
    def gap(self) -> int:
        """How many partners are missing; what is out of scope misses none."""
        return max(0, self.min - len(self.cover.have)) if self.in_scope else 0

    @property
    def state(self) -> State:
        if not self.in_scope:
            return State.OUT_OF_SCOPE
        if not self.gap:
            return State.SINGLE if len(self.cover.have) == 1 else State.COVERED
        if self.cover.recruiting:
            return State.RECRUITING
        return State.POSSIBLE if self.cover.possible else State.GAP


@dataclass(frozen=True)
class Coverage:
    """Every need of the offers that are not retired, in the order of the portfolio.

    `gaps` are ranked, the most pressing first.  `not_assessed` are offers without requirements.
    """

    needs: tuple[Need, ...]
    gaps: tuple[Need, ...]
    single: tuple[Need, ...]
    not_assessed: tuple[str, ...]


class Covers:
    """Finds the cover of a need; looks through the inventory once."""

    def __init__(self, playbook: Playbook) -> None:
        self._of_type: dict[str, list[Relationship]] = {}
        for relationship in playbook.relationships:
            if relationship.status in ("active", "onboarding", "prospect"):
                for type_id in relationship.types:
                    self._of_type.setdefault(type_id, []).append(relationship)

    def find(self, offer: str, type_id: str, region: str | None) -> Cover:
        """Who covers the type for the offer in the region; region None: in any."""
        have: dict[str, None] = {}
        recruiting: dict[str, None] = {}
        possible: dict[str, None] = {}
        for relationship in self._of_type.get(type_id, ()):
            there = region is None or region in relationship.regions
            if offer in relationship.offers and there:
                (have if relationship.active else recruiting)[relationship.partner] = None
            elif relationship.active and _may_cover(relationship, offer, region):
                possible[relationship.partner] = None
        return Cover(tuple(have), _without(recruiting, have), _without(possible, have))


def _may_cover(relationship: Relationship, offer: str, region: str | None) -> bool:
    return (not relationship.offers or offer in relationship.offers) and (
        region is None or not relationship.regions or region in relationship.regions
    )


def _without(them: Mapping[str, None], others: Mapping[str, None]) -> tuple[str, ...]:
    return tuple(one for one in them if one not in others)


def coverage(playbook: Playbook) -> Coverage:
    """Every need with the partners behind it."""
    covers = Covers(playbook)
    offers = [offer for offer in playbook.offers.values() if offer.status != "retired"]
    needs = tuple(
        Need(
            offer.id,
            required.type,
            region,
            required.min,
            covers.find(offer.id, required.type, region),
            playbook.types[required.type].scope != "out",
        )
        for offer in offers
        for required in offer.requires
        for region in _regions(playbook, offer, required)
    )
    return Coverage(
        needs=needs,
        gaps=tuple(sorted((need for need in needs if need.gap), key=lambda need: _urgency(playbook, need))),
        single=tuple(need for need in needs if need.state is State.SINGLE),
        not_assessed=tuple(offer.id for offer in offers if not offer.requires),
    )


def _regions(playbook: Playbook, offer: Offer, required: Requirement) -> tuple[str | None, ...]:
    """Where the type is needed: what is said closest to the requirement counts."""
    return required.regions or offer.regions or playbook.settings.regions or (None,)


def _urgency(playbook: Playbook, need: Need) -> tuple[object, ...]:
    """Live offers first; nobody in sight before somebody; the larger gap; more objectives that wait for it."""
    offer = playbook.offers[need.offer]
    in_sight = (State.GAP, State.POSSIBLE, State.RECRUITING).index(need.state)
    waiting = len(objectives_waiting(playbook, need))
    names = (offer.name.casefold(), playbook.types[need.type].name.casefold(), need.region or "")
    return offer.status != "live", in_sight, -need.gap, -waiting, names


def objectives_waiting(playbook: Playbook, need: Need) -> tuple[str, ...]:
    """The open objectives that name both the type and the offer."""
    return tuple(
        objective.id
        for objective in playbook.objectives.values()
        if need.type in objective.types and need.offer in objective.offers and not objective.has_ended(playbook.as_of)
    )


@dataclass(frozen=True)
class Unassigned:
    """Active relationships that no live offer needs: with no offer recorded, or with others only."""

    none: tuple[Relationship, ...]
    others: tuple[Relationship, ...]


def unassigned(playbook: Playbook) -> Unassigned:
    """The active relationships that are tied to no live offer."""
    active = [r for r in playbook.relationships if r.active]
    return Unassigned(
        none=tuple(r for r in active if not r.offers),
        others=tuple(r for r in active if r.offers and not any(_live(playbook, offer) for offer in r.offers)),
    )


def _live(playbook: Playbook, offer: str) -> bool:
    return playbook.offers[offer].status == "live"


# --- routes to market ---------------------------------------------------------------------


@dataclass(frozen=True)
class Chain:
    """A route to market with the cover of each of its types, by type and in its order."""

    route: str
    links: Mapping[str, Cover]

    @property
    def broken(self) -> tuple[str, ...]:
        """The types for which nobody is active."""
        return tuple(type_id for type_id, cover in self.links.items() if not cover.have)


def chains(playbook: Playbook) -> tuple[Chain, ...]:
    """Every route to market, in the order of the portfolio."""
    covers = Covers(playbook)
    return tuple(
        Chain(route.id, frozen({t: covers.find(route.offer, t, route.region) for t in route.types}))
        for route in playbook.routes.values()
    )
