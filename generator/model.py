"""The checked inventory as an immutable graph: ids join the parts, Playbook finds them.

Sequences are tuples and mappings are read-only, in the order in which editors wrote them.
`place` is where the entity stands in the data; it takes no part in comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from generator.problems import NOWHERE, Place


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


_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


def frozen(mapping: Mapping[_Key, _Value]) -> Mapping[_Key, _Value]:
    """A read-only copy that keeps the order."""
    return MappingProxyType(dict(mapping))


def _nothing() -> Any:
    return field(default_factory=lambda: MappingProxyType({}))


def _place() -> Any:
    return field(default=NOWHERE, compare=False, repr=False)


# --- taxonomy -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Mode:
    """A way to manage a relationship.  `review_every` is in days; None asks for no review."""

    id: str
    name: str
    summary: str
    review_every: int | None = None
    needs_sponsor: bool = False
    needs_agreement: tuple[str, ...] = ()
    place: Place = _place()


@dataclass(frozen=True)
class Stage:
    """A stage of the partner's own offer; `before_launch`: that offer is not on the market yet."""

    id: str
    name: str
    before_launch: bool = False
    place: Place = _place()


@dataclass(frozen=True)
class Factor:
    """A reason that may justify another mode than the expected one."""

    id: str
    name: str
    summary: str = ""
    place: Place = _place()


@dataclass(frozen=True)
class Function:
    """The job that a partner does for the company; `mode` is the default of its types."""

    id: str
    name: str
    value: str
    economics: str = ""
    mode: str | None = None
    place: Place = _place()


@dataclass(frozen=True)
class Group:
    """A heading inside a function.  It carries no mode: types never inherit one from it."""

    id: str
    name: str
    function: str
    place: Place = _place()


@dataclass(frozen=True)
class PartnerType:
    """A leaf of the taxonomy.

    `modes` holds the expected mode by stage id, or one mode under the key None where the stage
    does not matter; `own_mode` is false where the mode is the function's default.
    """

    id: str
    name: str
    function: str
    definition: str
    modes: Mapping[str | None, str]
    own_mode: bool = True
    group: str | None = None
    aliases: tuple[str, ...] = ()
    business_models: tuple[str, ...] = ()
    recognize: str = ""
    confused_with: tuple[str, ...] = ()
    scope: Scope = Scope.IN
    note: str = ""
    place: Place = _place()

    @property
    def stage_dependent(self) -> bool:
        return None not in self.modes

    def expected_mode(self, stage: str | None) -> str:
        """The mode expected at `stage`; KeyError where the stage matters and is not known."""
        return self.modes[stage if self.stage_dependent else None]


# --- people and departments ---------------------------------------------------------------


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
    place: Place = _place()


@dataclass(frozen=True)
class Department:
    """`contact` is an address that people write to; `lead` is a person id, listed or not."""

    id: str
    name: str
    contact: str = ""
    lead: str | None = None
    place: Place = _place()


# --- partners -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Agreement:
    """A reference and dates only: no price and no term is kept here."""

    kind: str
    ref: str = ""
    starts: date | None = None
    ends: date | None = None
    notice_days: int | None = None
    place: Place = _place()


@dataclass(frozen=True)
class Review:
    date: date
    by: str


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
class Entry:
    """One department's record of one partner, as it stands in the inventory."""

    partner: str
    department: str
    relationships: tuple[Relationship, ...]
    owner: str | None
    status: Status = Status.ACTIVE
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
    place: Place = _place()

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
class Partner:
    """One company, with every department's record of it."""

    id: str
    name: str
    entries: tuple[Entry, ...]
    domain: str = ""
    parent: str = ""
    formerly: tuple[str, ...] = ()
    place: Place = _place()

    @property
    def status(self) -> Status:
        return min((r.status for r in self.entries), key=list(Status).index)

    @property
    def types(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(t for r in self.entries for t in r.types))

    @property
    def departments(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r.department for r in self.entries))

    @property
    def current(self) -> tuple[Entry, ...]:
        """The entries that have not ended."""
        return tuple(r for r in self.entries if not r.ended)

    @property
    def shared(self) -> bool:
        """Managed by more than one department today."""
        return len({r.department for r in self.current}) > 1


# --- portfolio, strategy, toolkit ---------------------------------------------------------


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
    place: Place = _place()


@dataclass(frozen=True)
class Route:
    """A route to market: a chain of types, from the company to its customer."""

    id: str
    name: str
    region: str
    offer: str
    types: tuple[str, ...]
    place: Place = _place()


@dataclass(frozen=True)
class Objective:
    id: str
    title: str
    owner: str | None = None
    ends: date | None = None
    types: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    place: Place = _place()

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
    place: Place = _place()


@dataclass(frozen=True)
class Tool:
    id: str
    name: str
    url: str = ""
    modes: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    place: Place = _place()


@dataclass(frozen=True)
class Skill:
    """`level`, 1 to 5, is what the modes need; `training` says where to learn it."""

    id: str
    name: str
    modes: tuple[str, ...] = ()
    level: int = 1
    training: str = ""
    place: Place = _place()


@dataclass(frozen=True)
class Promise:
    """What anyone may tell such a partner, must ask about first, and never says."""

    types: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    place: Place = _place()


# --- settings and the whole ---------------------------------------------------------------


@dataclass(frozen=True)
class Thresholds:
    """`agreement_notice` and `satisfaction_max_age` in days, `satisfaction_low` a share of the
    scale (0 to 1), `satisfaction_min_n` in answers, `similar_name` a likeness (0 to 1),
    `reviews_a_day` in relationships: how many one person can review."""

    agreement_notice: int = 90
    satisfaction_max_age: int = 365
    satisfaction_low: float = 0.6
    satisfaction_min_n: int = 5
    similar_name: float = 0.9
    reviews_a_day: int = 8


@dataclass(frozen=True)
class Settings:
    company: str = ""
    home_department: str | None = None
    regions: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    thresholds: Thresholds = Thresholds()
    off: tuple[str, ...] = ()
    place: Place = _place()


@dataclass(frozen=True)
class Snapshot:
    """The company's figures of one day, by id."""

    day: date
    figures: Mapping[str, int]
    place: Place = _place()


@dataclass(frozen=True)
class Playbook:
    """Everything that is recorded, checked and joined, as of one day."""

    as_of: date
    settings: Settings = Settings()
    functions: Mapping[str, Function] = _nothing()
    groups: Mapping[str, Group] = _nothing()
    types: Mapping[str, PartnerType] = _nothing()
    modes: Mapping[str, Mode] = _nothing()
    stages: Mapping[str, Stage] = _nothing()
    factors: Mapping[str, Factor] = _nothing()
    ambiguous_aliases: Mapping[str, tuple[str, ...]] = _nothing()
    """The types that a name of the field may mean, where it means more than one."""
    departments: Mapping[str, Department] = _nothing()
    partners: Mapping[str, Partner] = _nothing()
    people: Mapping[str, Person] = _nothing()
    offers: Mapping[str, Offer] = _nothing()
    routes: Mapping[str, Route] = _nothing()
    objectives: Mapping[str, Objective] = _nothing()
    programs: Mapping[str, Program] = _nothing()
    tools: Mapping[str, Tool] = _nothing()
    skills: Mapping[str, Skill] = _nothing()
    promises: tuple[Promise, ...] = ()
    history: tuple[Snapshot, ...] = ()
    """By day."""

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry of the inventory, partner by partner."""
        return tuple(r for partner in self.partners.values() for r in partner.entries)

    @cached_property
    def partners_by_type(self) -> Mapping[str, tuple[Partner, ...]]:
        """The partners of each type, for every type; ended entries do not count."""
        found: dict[str, dict[str, Partner]] = {type_id: {} for type_id in self.types}
        for partner in self.partners.values():
            for entry in partner.current:
                for type_id in entry.types:
                    found[type_id][partner.id] = partner
        return frozen({type_id: tuple(them.values()) for type_id, them in found.items()})

    @cached_property
    def types_by_function(self) -> Mapping[str, tuple[PartnerType, ...]]:
        """The types of each function, for every function."""
        return frozen({f: tuple(t for t in self.types.values() if t.function == f) for f in self.functions})

    @cached_property
    def assignments(self) -> tuple[tuple[str, str | None, str], ...]:
        """Every (type, stage or None, expected mode) of the taxonomy."""
        return tuple((t.id, stage, mode) for t in self.types.values() for stage, mode in t.modes.items())

    def relationships(self, *, active: bool = True) -> Iterator[tuple[Entry, Relationship]]:
        """Every relationship of the active entries, or of all entries that have not ended, each with its entry."""
        for entry in self.entries:
            if entry.active if active else not entry.ended:
                for relationship in entry.relationships:
                    yield entry, relationship

    def person_name(self, person: str) -> str:
        """The person's name, or what the editor wrote for somebody who is not listed."""
        return self.people[person].name if person in self.people else person

    def has_left(self, person: str | None) -> bool:
        """Whether the person is listed as no longer here."""
        return person is not None and person in self.people and not self.people[person].active

    def unlisted(self, person: str | None) -> bool:
        """Whether people are recorded, and the person is not among them."""
        return person is not None and bool(self.people) and person not in self.people

    def ownerless(self, entry: Entry) -> bool:
        """Whether nobody who is here owns the entry."""
        return entry.owner is None or self.has_left(entry.owner)

    def review_days(self, entry: Entry) -> int | None:
        """How often the strictest of its modes asks for a review, in days; None where none does."""
        cadences = (self.modes[mode].review_every for mode in entry.modes)
        return min((days for days in cadences if days is not None), default=None)

    def mode_needing_sponsor(self, entry: Entry) -> Mode | None:
        """The first of its modes that needs a sponsor."""
        return next((self.modes[mode] for mode in entry.modes if self.modes[mode].needs_sponsor), None)
