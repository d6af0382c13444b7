"""Whether the portfolio has the partners that it needs, offer by offer, type by type, region by region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from generator.model import Entry, Offer, OfferStatus, Playbook, Requirement, Scope, Status

RECRUITING = (Status.PROSPECT, Status.ONBOARDING)
"""The statuses of an entry that may come to count: it is in sight, and covers nothing yet."""


class CoverageState(Enum):
    """Of a need; where several would hold, the first in this order that is true."""

    OUT_OF_SCOPE = "out of scope"
    COVERED = "covered"
    SINGLE = "single source"
    RECRUITING = "being recruited"
    POSSIBLE = "possible"
    GAP = "gap"


@dataclass(frozen=True)
class Cover:
    """The partners behind a need, as ids, each at its strongest only.

    `have` are active ones with the type, the offer and the region; `recruiting` prospects and
    those being onboarded with all three; `possible` active ones of the type that have no offer or
    no region recorded, and nothing recorded that speaks against them.
    """

    have: tuple[str, ...] = ()
    recruiting: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()

    def state(self, least: int) -> CoverageState:
        """What it is worth where at least so many partners are needed."""
        if len(self.have) >= least:
            return CoverageState.SINGLE if len(self.have) == 1 else CoverageState.COVERED
        if self.recruiting:
            return CoverageState.RECRUITING
        return CoverageState.POSSIBLE if self.possible else CoverageState.GAP


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
    def state(self) -> CoverageState:
        return self.cover.state(self.min) if self.in_scope else CoverageState.OUT_OF_SCOPE


@dataclass(frozen=True)
class Coverage:
    """Every need of the offers that are not retired, in the order of the portfolio.

    `gaps` are ranked, the most pressing first.  `not_assessed` are offers without requirements.
    """

    needs: tuple[Need, ...]
    gaps: tuple[Need, ...]
    single: tuple[Need, ...]
    not_assessed: tuple[str, ...]


class CoverFinder:
    """Finds the cover of a need; looks through the inventory once, and then at what may count only."""

    def __init__(self, playbook: Playbook) -> None:
        self._tied: dict[tuple[str, str | None], list[Entry]] = {}
        for entry in playbook.entries:
            if entry.active or entry.status in RECRUITING:
                for type_id in entry.types:
                    for offer in entry.offers or (None,):
                        self._tied.setdefault((type_id, offer), []).append(entry)

    def find(self, offer: str, type_id: str, region: str | None) -> Cover:
        """Who covers the type for the offer in the region; region None: in any."""
        have: dict[str, None] = {}
        recruiting: dict[str, None] = {}
        possible: dict[str, None] = {}
        for entry in self._tied.get((type_id, offer), ()):
            if region is None or region in entry.regions:
                (have if entry.active else recruiting)[entry.partner] = None
            elif entry.active and not entry.regions:
                possible[entry.partner] = None
        for entry in self._tied.get((type_id, None), ()):
            if entry.active and (region is None or not entry.regions or region in entry.regions):
                possible[entry.partner] = None
        return Cover(tuple(have), _without(recruiting, have), _without(possible, {**have, **recruiting}))


def _without(partners: Mapping[str, None], stronger: Mapping[str, None]) -> tuple[str, ...]:
    return tuple(partner for partner in partners if partner not in stronger)


def coverage(playbook: Playbook) -> Coverage:
    """Every need with the partners behind it."""
    covers = CoverFinder(playbook)
    offers = [offer for offer in playbook.offers.values() if offer.status is not OfferStatus.RETIRED]
    needs = tuple(
        Need(
            offer=offer.id,
            type=type_id,
            region=region,
            min=least,
            cover=covers.find(offer.id, type_id, region),
            in_scope=playbook.types[type_id].scope is not Scope.OUT,
        )
        for offer in offers
        for (type_id, region), least in _required(playbook, offer).items()
    )
    return Coverage(
        needs=needs,
        gaps=tuple(sorted((need for need in needs if need.gap), key=lambda need: _urgency(playbook, need))),
        single=tuple(need for need in needs if need.state is CoverageState.SINGLE),
        not_assessed=tuple(offer.id for offer in offers if not offer.requires),
    )


def _required(playbook: Playbook, offer: Offer) -> Mapping[tuple[str, str | None], int]:
    """How many partners are needed by type and region; where a type is required twice, the larger number."""
    minimums: dict[tuple[str, str | None], int] = {}
    for required in offer.requires:
        for region in _regions(playbook, offer, required):
            minimums[required.type, region] = max(required.min, minimums.get((required.type, region), 0))
    return minimums


def _regions(playbook: Playbook, offer: Offer, required: Requirement) -> tuple[str | None, ...]:
    """Where the type is needed: what is said closest to the requirement counts."""
    return required.regions or offer.regions or playbook.settings.regions or (None,)


def _urgency(playbook: Playbook, need: Need) -> tuple[object, ...]:
    """Live offers first; nobody in sight before somebody; the larger gap; more objectives that wait for it."""
    offer = playbook.offers[need.offer]
    in_sight = (CoverageState.GAP, CoverageState.POSSIBLE, CoverageState.RECRUITING).index(need.state)
    waiting = len(objectives_waiting(playbook, need))
    names = (offer.name.casefold(), playbook.types[need.type].name.casefold(), need.region or "")
    return offer.status is not OfferStatus.LIVE, in_sight, -need.gap, -waiting, names


def objectives_waiting(playbook: Playbook, need: Need) -> tuple[str, ...]:
    """The open objectives that name the type, for this offer or for no offer in particular."""
    return tuple(
        objective.id
        for objective in playbook.objectives.values()
        if need.type in objective.types
        and (need.offer in objective.offers or not objective.offers)
        and not objective.has_ended(playbook.as_of)
    )


@dataclass(frozen=True)
class Unassigned:
    """Active partners, as ids, that no live offer relies on.

    `none`: no offer is recorded in any of their active relationships; `others`: planned or retired
    ones only.
    """

    none: tuple[str, ...]
    others: tuple[str, ...]


def unassigned(playbook: Playbook) -> Unassigned:
    """The active partners that are tied to no live offer; one live offer in one department is a tie."""
    offers: dict[str, set[str]] = {}
    for entry in playbook.entries:
        if entry.active:
            offers.setdefault(entry.partner, set()).update(entry.offers)
    live = {offer.id for offer in playbook.offers.values() if offer.status is OfferStatus.LIVE}
    return Unassigned(
        none=tuple(partner for partner, tied in offers.items() if not tied),
        others=tuple(partner for partner, tied in offers.items() if tied and not tied & live),
    )
