"""People, departments, and what departments record of partners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from generator.model.base import frozen, nothing, place_field
from generator.model.enums import Status
from generator.problems import Place

_Value = TypeVar("_Value")

_RANK = {status: rank for rank, status in enumerate(Status)}


@dataclass(frozen=True)
class HeldSkill:
    skill: str
    level: int


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    email: str = ""
    department: str | None = None
    active: bool = True
    skills: tuple[HeldSkill, ...] = ()
    formerly: tuple[str, ...] = ()
    place: Place = place_field()


@dataclass(frozen=True)
class Department:
    """`contact` is an address that people write to; `lead` is a person id, listed or not.

    `reviewers` are those whom GitHub or GitLab ask about changes: teams (@org/team), user names (@name) or addresses.
    """

    id: str
    name: str
    contact: str = ""
    lead: str | None = None
    reviewers: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    place: Place = place_field()


@dataclass(frozen=True)
class Agreement:
    """A reference and dates only: no price and no term is kept here."""

    kind: str
    ref: str = ""
    starts: date | None = None
    ends: date | None = None
    notice_days: int | None = None
    place: Place = place_field()


@dataclass(frozen=True)
class Review:
    """`outcome` is what was found, and `next` what is to be done, each in a line; they may be empty."""

    date: date
    by: str
    outcome: str = ""
    next: str = ""


@dataclass(frozen=True)
class End:
    """The last day of a relationship, and why there is none any more."""

    date: date
    why: str


@dataclass(frozen=True)
class Satisfaction:
    """A mean `score` on a scale from 0 to `scale`, from `n` answers."""

    date: date
    score: float
    scale: float
    n: int


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Relationship:
    """What pages count: one department's work with one partner as one type."""

    type: str
    mode: str
    expected_mode: str

    @property
    def as_expected(self) -> bool:
        return self.mode == self.expected_mode


@dataclass(frozen=True)
class Acquisition:
    """A company that a partner bought: the id and the name that it had, and the day."""

    id: str
    name: str
    date: date


@dataclass(frozen=True)
class Company:
    """What one entry says of the company that its partner is; the others may leave that out.

    `custom` has what it says of the custom fields that are about partners, by their ids.
    """

    name: str = ""
    domain: str = ""
    parent: str = ""
    ids: Mapping[str, str] = nothing()
    formerly: tuple[str, ...] = ()
    acquired: tuple[Acquisition, ...] = ()
    custom: Mapping[str, Any] = nothing()


@dataclass(frozen=True)
class Entry:
    """One department's record of one partner, as it stands in the inventory.

    `custom` has what it says of the custom fields that are about entries, by their ids, and `company` what it says of
    the company, where the partner has other entries, too.
    """

    partner: str
    department: str
    relationships: tuple[Relationship, ...]
    owner: str | None
    status: Status = Status.ACTIVE
    end: End | None = None
    lead: bool = False
    offer_stage: str | None = None
    mode_reason: str | None = None
    regions: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    segment: str = ""
    tier: str = ""
    industries: tuple[str, ...] = ()
    certifications: tuple[str, ...] = ()
    business_model: str = ""
    value: str = ""
    sponsor: str | None = None
    backup_owner: str | None = None
    via: str | None = None
    agreements: tuple[Agreement, ...] = ()
    reviewed: Review | None = None
    satisfaction: Satisfaction | None = None
    links: tuple[Link, ...] = ()
    notes: str = ""
    only: tuple[str, ...] = ()
    custom: Mapping[str, Any] = nothing()
    company: Company | None = field(default=None, compare=False, repr=False)
    place: Place = place_field()

    @property
    def types(self) -> tuple[str, ...]:
        return tuple(relationship.type for relationship in self.relationships)

    @property
    def modes(self) -> tuple[str, ...]:
        """The modes in use, each once."""
        return tuple(dict.fromkeys(relationship.mode for relationship in self.relationships))

    @property
    def unjustified(self) -> tuple[Relationship, ...]:
        """Those in another mode than expected; none where a reason is given."""
        return (
            tuple(relationship for relationship in self.relationships if not relationship.as_expected)
            if self.mode_reason is None
            else ()
        )

    @property
    def active(self) -> bool:
        return self.status is Status.ACTIVE

    @property
    def ended(self) -> bool:
        return self.status is Status.ENDED


@dataclass(frozen=True)
class Logo:
    """A picture of the `kind` svg, png or webp; `name` is the id that its file is named by."""

    name: str
    kind: str
    content: bytes
    place: Place = place_field()


@dataclass(frozen=True)
class Partner:
    """One company, with every department's record of it; `ids` are those that other systems know it by.

    `custom` has what its entries say of the custom fields that are about partners, by their ids.
    """

    id: str
    name: str
    entries: tuple[Entry, ...]
    domain: str = ""
    parent: str = ""
    ids: Mapping[str, str] = nothing()
    formerly: tuple[str, ...] = ()
    acquired: tuple[Acquisition, ...] = ()
    custom: Mapping[str, Any] = nothing()
    place: Place = place_field()

    @classmethod
    def of(cls, ident: str, entries: Sequence[Entry], said: Sequence[Company]) -> Partner:
        """The partner of these entries, with all that they say of the company; whom none of them names has its id for
        a name.
        """
        return cls(
            id=ident,
            name=next((one.name for one in said if one.name), ident),
            entries=tuple(entries),
            domain=next((one.domain for one in said if one.domain), ""),
            parent=next((one.parent for one in said if one.parent), ""),
            ids=_joined(one.ids for one in said),
            formerly=tuple(dict.fromkeys(old for one in said for old in one.formerly)),
            acquired=tuple({bought.id: bought for one in said for bought in one.acquired}.values()),
            custom=_joined(one.custom for one in said),
            place=entries[0].place,
        )

    @property
    def former_ids(self) -> tuple[str, ...]:
        """The ids that lead to it today: those that it had, and those of companies that it bought."""
        return (*self.formerly, *(bought.id for bought in self.acquired))

    @property
    def status(self) -> Status:
        return min((entry.status for entry in self.entries), key=_RANK.__getitem__)

    @property
    def types(self) -> tuple[str, ...]:
        """Those that it has today; of one that has ended everywhere, those that it had."""
        return tuple(dict.fromkeys(type_id for entry in self.telling for type_id in entry.types))

    @property
    def departments(self) -> tuple[str, ...]:
        """All that have an entry of it, whether that has ended or not."""
        return tuple(dict.fromkeys(entry.department for entry in self.entries))

    @property
    def current(self) -> tuple[Entry, ...]:
        """The entries that have not ended."""
        return tuple(entry for entry in self.entries if not entry.ended)

    @property
    def telling(self) -> tuple[Entry, ...]:
        """The entries that tell what it is: the current ones; of one that has ended everywhere, all."""
        return self.current or self.entries

    @property
    def shared(self) -> bool:
        """Managed by more than one department today."""
        return len({entry.department for entry in self.current}) > 1


def _joined(parts: Iterable[Mapping[str, _Value]]) -> Mapping[str, _Value]:
    """What any of them has; of two values of one name the first."""
    joined: dict[str, _Value] = {}
    for part in parts:
        for name, value in part.items():
            joined.setdefault(name, value)
    return frozen(joined)
