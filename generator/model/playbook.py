"""Settings, and the whole that joins the parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import quote

from generator.model.audiences import Audience
from generator.model.base import frozen, nothing, place_field
from generator.model.fields import FIELDS, Field
from generator.model.partners import Department, Entry, Logo, Partner, Person, Relationship
from generator.model.plans import Objective, Offer, Program, Promise, Route, Skill, Tool
from generator.model.rules import RULE_FIELDS, CompanyRule, RuleField, rule_fields
from generator.model.sources import PartnerSource
from generator.model.taxonomy import Factor, Function, Group, Mode, PartnerType, Stage
from generator.problems import Place


@dataclass(frozen=True)
class Thresholds:
    """`agreement_notice` and `satisfaction_max_age` in days, `satisfaction_low` a share of the
    scale (0 to 1), `satisfaction_min_n` in answers, `similar_name` a likeness (0 to 1),
    `answer_good` and `answer_watch` shares (0 to 1) from which an answer is good, or to be watched,
    `reviews_a_day` in relationships: how many one person can review."""

    agreement_notice: int = 90
    satisfaction_max_age: int = 365
    satisfaction_low: float = 0.6
    satisfaction_min_n: int = 5
    similar_name: float = 0.9
    reviews_a_day: int = 8
    answer_good: float = 0.95
    answer_watch: float = 0.8


@dataclass(frozen=True)
class System:
    """Another program that knows partners by ids of its own; `{id}` in its `address` stands for one of them."""

    id: str
    name: str
    address: str = ""
    place: Place = place_field()

    def page(self, ident: str) -> str:
        """The address of what the system has about that id; empty where the company gives none."""
        return self.address.replace("{id}", quote(ident, safe=""))


@dataclass(frozen=True)
class Settings:
    """`as_of` is the day that the settings name, if any; `inventory_mb` the largest inventory file, in megabytes."""

    company: str = ""
    home_department: str | None = None
    regions: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    systems: Mapping[str, System] = nothing()
    audiences: Mapping[str, Audience] = nothing()
    fields: tuple[Field, ...] = ()
    """The custom fields, in the order in which they are declared."""
    thresholds: Thresholds = Thresholds()
    off: tuple[str, ...] = ()
    as_of: date | None = None
    format: int = 1
    inventory_mb: int = 20
    place: Place = place_field()


@dataclass(frozen=True)
class Snapshot:
    """The company's figures of one day, by id."""

    day: date
    figures: Mapping[str, int]
    place: Place = place_field()


@dataclass(frozen=True)
class Playbook:
    """Everything that is recorded, checked and joined, as of one day."""

    as_of: date
    settings: Settings = Settings()
    functions: Mapping[str, Function] = nothing()
    groups: Mapping[str, Group] = nothing()
    types: Mapping[str, PartnerType] = nothing()
    modes: Mapping[str, Mode] = nothing()
    stages: Mapping[str, Stage] = nothing()
    factors: Mapping[str, Factor] = nothing()
    ambiguous_aliases: Mapping[str, tuple[str, ...]] = nothing()
    """The types that a name of the field may mean, where it means more than one."""
    departments: Mapping[str, Department] = nothing()
    partners: Mapping[str, Partner] = nothing()
    people: Mapping[str, Person] = nothing()
    offers: Mapping[str, Offer] = nothing()
    routes: Mapping[str, Route] = nothing()
    objectives: Mapping[str, Objective] = nothing()
    programs: Mapping[str, Program] = nothing()
    tools: Mapping[str, Tool] = nothing()
    skills: Mapping[str, Skill] = nothing()
    promises: tuple[Promise, ...] = ()
    rules: Mapping[str, CompanyRule] = nothing()
    sources: Mapping[str, PartnerSource] = nothing()
    history: tuple[Snapshot, ...] = ()
    """By day."""
    logos: Mapping[str, Logo] = nothing()
    """By partner."""
    audience: Audience | None = None
    """Those whom it is cut for; None where it is whole."""

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry of the inventory, partner by partner."""
        return tuple(entry for partner in self.partners.values() for entry in partner.entries)

    @cached_property
    def entry_fields(self) -> tuple[Field, ...]:
        """Every field that is about an entry: those that all companies have, and the custom ones."""
        return (*FIELDS, *(field for field in self.settings.fields if not field.on_partner))

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every field that an entry of the data files may have."""
        return (*FIELDS, *self.settings.fields)

    @cached_property
    def partner_fields(self) -> tuple[Field, ...]:
        """The custom fields that are about the partner, whichever of its entries says them."""
        return tuple(field for field in self.settings.fields if field.on_partner)

    @cached_property
    def rule_fields(self) -> Mapping[str, RuleField]:
        """Every field that rules look at, the custom ones among them."""
        return frozen({**RULE_FIELDS, **rule_fields(self.settings.fields)})

    def recorded(self, field: Field, entry: Entry) -> Any:
        """What an entry holds of a field; of one that is about partners, what its partner does."""
        return field.of(self.partners[entry.partner] if field.on_partner else entry)

    @cached_property
    def partners_by_type(self) -> Mapping[str, tuple[Partner, ...]]:
        """The partners of each type, for every type; ended entries do not count."""
        partners: dict[str, dict[str, Partner]] = {type_id: {} for type_id in self.types}
        for partner in self.partners.values():
            for entry in partner.current:
                for type_id in entry.types:
                    partners[type_id][partner.id] = partner
        return frozen({type_id: tuple(by_id.values()) for type_id, by_id in partners.items()})

    @cached_property
    def types_by_function(self) -> Mapping[str, tuple[PartnerType, ...]]:
        """The types of each function, for every function."""
        return frozen({f: tuple(t for t in self.types.values() if t.function == f) for f in self.functions})

    def relationships(self, *, active: bool = True) -> Iterator[tuple[Entry, Relationship]]:
        """Every relationship of the active entries, or of all entries that have not ended, each with its entry."""
        for entry in self.entries:
            if entry.active if active else not entry.ended:
                for relationship in entry.relationships:
                    yield entry, relationship

    def shows(self, name: str) -> bool:
        """Whether those whom it is for see this status or page, as HIDEABLE and PAGES name them."""
        return self.audience is None or name not in self.audience.hidden

    def shows_field(self, name: str) -> bool:
        """Whether those whom it is for see this field."""
        return self.audience is None or name not in self.audience.hides

    def person_name(self, person: str) -> str:
        """The person's name, or what the editor wrote for somebody who is not listed."""
        return self.people[person].name if person in self.people else person

    def people_in(self, entry: Entry) -> tuple[str, ...]:
        """Everybody whom an entry names, in whatever part, each once."""
        reviewer = entry.reviewed.by if entry.reviewed is not None else None
        named = [entry.owner, entry.backup_owner, entry.sponsor, reviewer]
        named += [self.recorded(field, entry) for field in self.settings.fields if field.refers_to == "person"]
        return tuple(dict.fromkeys(person for person in named if person is not None))

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
        cadences = [self.modes[relationship.mode].review_every for relationship in entry.relationships]
        return min((days for days in cadences if days is not None), default=None)

    def mode_needing_sponsor(self, entry: Entry) -> Mode | None:
        """The first of its modes that needs a sponsor."""
        return next((self.modes[mode] for mode in entry.modes if self.modes[mode].needs_sponsor), None)
