"""One department's entry of a partner: its shape to the entry, with every reference in it checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from generator.model import (
    FIELDS,
    Agreement,
    Company,
    End,
    Entry,
    Field,
    Link,
    PartnerType,
    Relationship,
    Review,
    Satisfaction,
    Settings,
    Status,
    frozen,
)
from generator.problems import Place, define_error
from generator.resolve.references import UNKNOWN_TYPE, References, TypeNames, several
from generator.schema import UNSTATED
from generator.schema.check import UNKNOWN_VALUE
from generator.schema.shapes import (
    AcquisitionShape,
    EndShape,
    EntryShape,
    ReviewShape,
    SatisfactionShape,
    custom_name,
)

DUPLICATE_MODE = define_error(
    "duplicate-mode",
    "Two modes for one type",
    meaning="Under mode: an entry names one partner type twice, by its id and by an alias, so it is not clear which of "
    "the two modes counts.",
    fix="Delete one of the two lines.",
)
MISSING_STAGE = define_error(
    "missing-stage",
    "The stage of the partner's offer is missing",
    meaning="How this type of partner is managed depends on the stage that the partner's own offer is at.",
    fix="Add a line offer_stage: with one of the stages of the taxonomy.",
)
END_BEFORE_START = define_error(
    "end-before-start",
    "An agreement ends before it starts",
    meaning="The date after ends: is earlier than the date after starts:.",
    fix="Correct one of the two dates.",
)
NOT_ENDED = define_error(
    "not-ended",
    "An end of a relationship that goes on",
    meaning="The entry says under end: when and why the relationship ended, and its status is not ended.",
    fix="Write status: ended, or delete the lines under end:.",
)
FUTURE_DATE = define_error(
    "future-date",
    "A review, score or end from the future",
    meaning="A review, a satisfaction score, the end of a relationship or the day of an acquisition is dated after the "
    "day for which the site is made.",
    fix="Correct the date. If the day of the site itself is wrong, see as_of in settings.yml.",
)
SCORE_OFF_SCALE = define_error(
    "score-off-scale",
    "A score that is not on its scale",
    meaning="A satisfaction score lies between 0 and the number after scale:.",
    fix="Correct the score or the scale.",
)


_REFERRING = [field for field in FIELDS if field.refers_to]
_MANY = frozenset(field.id for field in FIELDS if field.many)
_TO_PARTNERS = [field for field in _REFERRING if field.refers_to == "partner"]
_LISTED = [field for field in FIELDS if field.listed]
_PLAIN = [field for field in FIELDS if field.plain]
# Of the fields that are what they say: tuples stand for lists, and an empty text where no text is written.
_LISTS = [field.id for field in _PLAIN if field.many]
_IDS = [field.id for field in _PLAIN if field.refers_to and not field.many]
_TEXTS = [field.id for field in _PLAIN if not field.refers_to and not field.many]


class EntryResolver:
    """Turns shapes of entries into entries, checking every reference in them."""

    def __init__(
        self,
        types: Mapping[str, PartnerType],
        names: TypeNames,
        settings: Settings,
        as_of: date,
        references: References,
    ) -> None:
        self._types = types
        self._names = names
        self._settings = settings
        self._on_partners = [field for field in settings.fields if field.on_partner]
        self._on_entries = [field for field in settings.fields if not field.on_partner]
        self._nothing: Mapping[str, Any] = frozen({})
        self._as_of = as_of
        self._references = references

    def entry(self, department: str, entry: EntryShape, company: Company | None) -> Entry:
        self._check_references(entry)
        self._check_lists(entry)
        for bought in entry.acquired:
            self._check_past("acquisition", bought)
        plain: dict[str, Any] = {name: tuple(getattr(entry, name)) for name in _LISTS}
        plain |= {name: getattr(entry, name) for name in _IDS}
        plain |= {name: getattr(entry, name) or "" for name in _TEXTS}
        return Entry(
            partner=entry.id,
            department=department,
            relationships=self._relationships(entry),
            owner=entry.owner,
            status=entry.status,
            end=self._end(entry),
            lead=entry.lead,
            sponsor=entry.sponsor,
            backup_owner=entry.backup_owner,
            agreements=tuple(self._agreements(entry)),
            reviewed=self._review(entry),
            satisfaction=self._satisfaction(entry),
            links=tuple(Link(link.label, link.url) for link in entry.links),
            custom=frozen(custom) if (custom := self._stated(entry, self._on_entries)) else self._nothing,
            company=company,
            place=entry.place,
            **plain,
        )

    def of_partner(self, entry: EntryShape) -> dict[str, Any]:
        """What an entry says of the custom fields that are about its partner, by their ids."""
        return self._stated(entry, self._on_partners)

    def _stated(self, entry: EntryShape, fields: Iterable[Field]) -> dict[str, Any]:
        """What an entry says of custom fields; the people among it are checked."""
        stated = {}
        for field in fields:
            value = getattr(entry, custom_name(field.id))
            if value is None or (field.many and not value):
                continue
            if field.refers_to:
                self._references.check(field.refers_to, value, entry.place, field.id)
            stated[field.id] = tuple(value) if field.many else value
        return stated

    def check_partners(self, entry: EntryShape) -> None:
        """Report the partners that an entry names and that are not there."""
        for field in _TO_PARTNERS:
            self._check_reference(entry, field)

    def _check_reference(self, entry: EntryShape, field: Field) -> None:
        if value := getattr(entry, field.id):
            check = self._references.check_all if field.id in _MANY else self._references.check
            check(field.refers_to, value, entry.place, field.id)

    def _check_references(self, entry: EntryShape) -> None:
        for role in ("owner", "backup_owner", "sponsor"):
            self._references.check("person", getattr(entry, role), entry.place, role)
        if entry.reviewed is not None:
            self._references.check("person", entry.reviewed.by, entry.reviewed.place, "by")
        for field in _REFERRING:
            self._check_reference(entry, field)

    def _check_lists(self, entry: EntryShape) -> None:
        for field in _LISTED:
            if value := getattr(entry, field.id):
                allowed = getattr(self._settings, field.listed)
                for index, one in enumerate(value if field.many else [value]):
                    if allowed and one not in allowed:
                        check_listed(self._references, field.id, one, allowed, entry.place, field.id, index)

    def _relationships(self, entry: EntryShape) -> tuple[Relationship, ...]:
        place = entry.place
        type_ids = self._names.resolve_all(entry.types, place, "types")
        types = [self._types[type_id] for type_id in type_ids]
        models = [model for t in types for model in t.business_models]
        check_listed(self._references, "business_model", entry.business_model, models, place, "business_model")
        stage = entry.offer_stage
        if stage is None and (waiting := next((t for t in types if t.stage_dependent and t.modes), None)):
            message = (
                f"the mode of the type {waiting.id!r} depends on the stage of the partner's offer, which is missing"
            )
            hint = "add a line offer_stage: with one of " + ", ".join(str(known) for known in waiting.modes)
            self._references.report(MISSING_STAGE, message, place.at("types"), hint)
        chosen = self._chosen_modes(entry, type_ids)
        relationships = []
        for partner_type in types:
            expected = partner_type.modes.get(stage if partner_type.stage_dependent else None, UNSTATED)
            relationships.append(Relationship(partner_type.id, chosen.get(partner_type.id, expected), expected))
        return tuple(relationships)

    def _chosen_modes(self, entry: EntryShape, type_ids: Sequence[str]) -> dict[str, str]:
        """The modes that the entry names itself, by type id."""
        if entry.mode is None:
            return {}
        place = entry.place.at("mode")
        if isinstance(entry.mode, str):
            self._references.check("mode", entry.mode, place)
            return dict.fromkeys(type_ids, entry.mode)
        chosen = {}
        for written, mode in entry.mode.items():
            self._references.check("mode", mode, place.at(written))
            type_id = self._names.resolve(written, place.key_at(written))
            if type_id is not None and type_id not in type_ids:
                message = f"a mode is given for {written!r}, which is not among the types of this entry"
                hint = "add the type, or delete the line"
                self._references.report(UNKNOWN_TYPE, message, place.key_at(written), hint)
            elif type_id is not None and type_id in chosen:
                message = f"a second mode is given for the type {type_id!r}"
                self._references.report(DUPLICATE_MODE, message, place.key_at(written), "delete one of the two")
            elif type_id is not None:
                chosen[type_id] = mode
        return chosen

    def _agreements(self, entry: EntryShape) -> Iterable[Agreement]:
        for shape in entry.agreements:
            if shape.starts and shape.ends and shape.ends < shape.starts:
                message = f"the agreement ends on {shape.ends}, before it starts on {shape.starts}"
                self._references.report(END_BEFORE_START, message, shape.place.at("ends"))
            yield Agreement(shape.kind, shape.ref or "", shape.starts, shape.ends, shape.notice_days, shape.place)

    def _review(self, entry: EntryShape) -> Review | None:
        if entry.reviewed is None:
            return None
        self._check_past("review", entry.reviewed)
        return Review(entry.reviewed.date, entry.reviewed.by, entry.reviewed.outcome or "", entry.reviewed.next or "")

    def _end(self, entry: EntryShape) -> End | None:
        if entry.end is None:
            return None
        self._check_past("end", entry.end)
        if entry.status is not Status.ENDED:
            message = f"the relationship ended on {entry.end.date}, but its status is {entry.status}"
            self._references.report(
                NOT_ENDED, message, entry.place.key_at("end"), "write status: ended, or take out end:"
            )
        return End(entry.end.date, entry.end.why)

    def _satisfaction(self, entry: EntryShape) -> Satisfaction | None:
        shape = entry.satisfaction
        if shape is None:
            return None
        self._check_past("satisfaction score", shape)
        if not 0 <= shape.score <= shape.scale:
            message = f"the score {shape.score:g} is not on its scale, which goes from 0 to {shape.scale:g}"
            self._references.report(SCORE_OFF_SCALE, message, shape.place.at("score"))
        return Satisfaction(shape.date, shape.score, shape.scale, shape.n)

    def _check_past(self, what: str, shape: AcquisitionShape | EndShape | ReviewShape | SatisfactionShape) -> None:
        if shape.date > self._as_of:
            message = f"the {what} is dated {shape.date}, after the day of the site ({self._as_of})"
            self._references.report(FUTURE_DATE, message, shape.place.at("date"))


def check_listed(
    references: References, field: str, value: str | None, allowed: Sequence[str], place: Place, *route: str | int
) -> None:
    """Report a value that is not on the company's list, where the company has such a list.

    `route` leads to it from the place.
    """
    if value not in (None, UNSTATED) and allowed and value not in allowed:
        hint = several(str(value), lambda part: part in allowed)
        hint = hint or references.hint(f"value of {field}", str(value), allowed)
        references.report(UNKNOWN_VALUE, f"{field}: {value!r} is not on the list", place.at(*route), hint)
