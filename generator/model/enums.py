"""The closed vocabularies: what editors write for a member is its value."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """How an entry stands today; the one that says most about a partner first."""

    ACTIVE = "active"
    ONBOARDING = "onboarding"
    PROSPECT = "prospect"
    DORMANT = "dormant"
    ENDED = "ended"


class Scope(StrEnum):
    """Whether the company wants partners of a type."""

    IN = "in"
    OUT = "out"
    UNDECIDED = "undecided"


class OfferStatus(StrEnum):
    """How an offer stands today."""

    LIVE = "live"
    PLANNED = "planned"
    RETIRED = "retired"
