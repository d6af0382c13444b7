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


class FieldKind(StrEnum):
    """What a field of the company's own holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    URL = "url"
    CHOICE = "choice"
    CHOICES = "choices"
    PERSON = "person"
    YES_NO = "yes-no"


class On(StrEnum):
    """What a field of the company's own is about: the company that is the partner, or one department's entry of it."""

    PARTNER = "partner"
    ENTRY = "entry"


class Show(StrEnum):
    """Where a field of the company's own is shown: its page; the directory, as a column or a filter; and exports."""

    PAGE = "page"
    COLUMN = "column"
    FILTER = "filter"
    EXPORT = "export"


class OfferStatus(StrEnum):
    """How an offer stands today."""

    LIVE = "live"
    PLANNED = "planned"
    RETIRED = "retired"
