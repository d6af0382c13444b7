"""Portfolio, strategy and toolkit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.base import place_field
from generator.model.enums import OfferStatus
from generator.problems import Place


@dataclass(frozen=True)
class Requirement:
    """`min` partners of `type` are needed in each of `regions`; no regions: where the offer is."""

    type: str
    min: int = 1
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Offer:
    id: str
    name: str
    status: OfferStatus
    regions: tuple[str, ...] = ()
    requires: tuple[Requirement, ...] = ()
    place: Place = place_field()


@dataclass(frozen=True)
class Route:
    """A route to market: a chain of types, from the company to its customer."""

    id: str
    name: str
    region: str
    offer: str
    types: tuple[str, ...]
    place: Place = place_field()


@dataclass(frozen=True)
class Objective:
    id: str
    title: str
    owner: str | None = None
    ends: date | None = None
    types: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    place: Place = place_field()

    def has_ended(self, day: date) -> bool:
        """Whether its last day lies before `day`; one without an end stays open."""
        return self.ends is not None and self.ends < day


@dataclass(frozen=True)
class Program:
    id: str
    name: str
    mode: str | None = None
    types: tuple[str, ...] = ()
    objective: str | None = None
    place: Place = place_field()


@dataclass(frozen=True)
class Tool:
    id: str
    name: str
    url: str = ""
    modes: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    place: Place = place_field()


@dataclass(frozen=True)
class Skill:
    """`level`, 1 to 5, is what the modes need; `training` says where to learn it."""

    id: str
    name: str
    modes: tuple[str, ...] = ()
    level: int = 1
    training: str = ""
    place: Place = place_field()


@dataclass(frozen=True)
class Promise:
    """What anyone may tell such a partner, must ask about first, and never says."""

    types: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    place: Place = place_field()
