"""Rules of the company's own: what they may look at, what they may ask of it, and who is let off until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, StrEnum, auto

from generator.model.base import place_field
from generator.model.enums import Status
from generator.model.fields import FIELDS, Field, Kind
from generator.problems import Place, Severity


class Holds(Enum):
    """What a field holds, as far as a rule can look at it."""

    TEXT = auto()
    TEXTS = auto()
    NUMBER = auto()
    DAY = auto()
    YES_NO = auto()


class Ask(StrEnum):
    """What a rule asks of a field: the word in front of the colon, but for IS, which needs none."""

    IS = "is"
    NOT = "not"
    ALL = "all"
    RECORDED = "recorded"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    WITHIN_DAYS = "within_days"
    LEFT_DAYS = "left_days"
    SAME_AS = "same_as"
    OTHER_THAN = "other_than"


_TEXT = (Ask.IS, Ask.NOT, Ask.RECORDED, Ask.SAME_AS, Ask.OTHER_THAN)
_COMPARE = (Ask.SAME_AS, Ask.OTHER_THAN)
_ASKS = {
    Holds.TEXT: _TEXT,
    Holds.TEXTS: (*_TEXT, Ask.ALL, Ask.AT_LEAST, Ask.AT_MOST),
    Holds.NUMBER: (Ask.RECORDED, Ask.AT_LEAST, Ask.AT_MOST),
    Holds.DAY: (Ask.RECORDED, Ask.WITHIN_DAYS, Ask.LEFT_DAYS),
    Holds.YES_NO: (Ask.IS, Ask.RECORDED),
}
_TIMELY = frozenset({Ask.WITHIN_DAYS, Ask.LEFT_DAYS})


@dataclass(frozen=True)
class RuleField:
    """A field of an entry that rules look at.

    A text is an id of the kind `refers_to`, one of the `choices`, or one of the list `listed` of the settings, where
    that has any.  `timely`: on another day it holds something else.  `line`: which line of an entry says it.
    """

    id: str
    holds: Holds
    meaning: str
    refers_to: str = ""
    listed: str = ""
    choices: tuple[str, ...] = ()
    timely: bool = False
    line: str = ""

    @property
    def asks(self) -> tuple[Ask, ...]:
        """What can be asked of it: people alone are compared with those of another field."""
        return tuple(ask for ask in _ASKS[self.holds] if self._somebody or ask not in _COMPARE)

    def comparable(self, fields: Iterable[RuleField]) -> tuple[str, ...]:
        """The ids of those of the fields that it can be compared with."""
        return tuple(one.id for one in fields if one.id != self.id and self._somebody and one._somebody)

    @property
    def _somebody(self) -> bool:
        return self.refers_to == "person"


_OWN = {
    "id": (RuleField("id", Holds.TEXT, "The partner's id.", refers_to="partner"),),
    "name": (RuleField("name", Holds.TEXT, "The company's name."),),
    "types": (
        RuleField("types", Holds.TEXTS, "What kind of partner it is.", refers_to="type"),
        RuleField("functions", Holds.TEXTS, "The functions of these types.", refers_to="function"),
        RuleField("groups", Holds.TEXTS, "Their groups within these.", refers_to="group"),
        RuleField("department", Holds.TEXT, "The department that records it.", refers_to="department"),
    ),
    "owner": (RuleField("owner", Holds.TEXT, "Who owns the relationship.", refers_to="person"),),
    "backup_owner": (RuleField("backup_owner", Holds.TEXT, "Who stands in for the owner.", refers_to="person"),),
    "sponsor": (RuleField("sponsor", Holds.TEXT, "The executive behind the relationship.", refers_to="person"),),
    "status": (
        RuleField(
            "status",
            Holds.TEXT,
            "How it stands; active, if left out.",
            choices=tuple(status.value for status in Status),
        ),
    ),
    "lead": (RuleField("lead", Holds.YES_NO, "Whether the department leads."),),
    "mode": (RuleField("mode", Holds.TEXTS, "How it is managed, as expected or not.", refers_to="mode"),),
    "domain": (RuleField("domain", Holds.TEXT, "The company's internet domain."),),
    "parent": (RuleField("parent", Holds.TEXT, "The company that it belongs to."),),
    "ids": (RuleField("ids", Holds.TEXTS, "The other systems whose ids of it are recorded.", refers_to="system"),),
    "agreements": (
        RuleField("agreements", Holds.TEXTS, "The kinds of the agreements that are in force.", timely=True),
        RuleField("agreement_ends", Holds.DAY, "The day on which the first of these ends.", timely=True),
    ),
    "reviewed": (
        RuleField("reviewed", Holds.DAY, "The day of the last review."),
        RuleField("reviewed_by", Holds.TEXT, "Who held it.", refers_to="person"),
    ),
    "satisfaction": (
        RuleField("satisfaction", Holds.NUMBER, "The score as a share of its scale, from 0 to 1, if it may be shown."),
        RuleField("satisfaction_date", Holds.DAY, "The day of that score."),
    ),
    "links": (RuleField("links", Holds.TEXTS, "What its links are called."),),
    "end": (RuleField("end", Holds.DAY, "The day on which it ended."),),
    "acquired": (RuleField("acquired", Holds.TEXTS, "The names of the companies that it bought."),),
}
"""Of the fields that have a shape of their own; a rule looks at no other of these."""


_HOLDS = {Kind.NAMES: Holds.TEXTS, Kind.REFERENCES: Holds.TEXTS, Kind.NUMBER: Holds.NUMBER, Kind.DATE: Holds.DAY}
_HOLDS |= {Kind.FLAG: Holds.YES_NO}


def _of(field: Field) -> tuple[RuleField, ...]:
    if field.kind is Kind.OWN:
        return _OWN.get(field.id, ())
    holds, meaning = _HOLDS.get(field.kind, Holds.TEXT), field.meaning or f"{field.label}."
    return (RuleField(field.id, holds, meaning, field.refers_to, field.listed, field.values),)


def rule_fields(fields: Iterable[Field]) -> dict[str, RuleField]:
    """What rules look at in each of these fields, by id."""
    return {one.id: replace(one, line=field.id) for field in fields for one in _of(field)}


RULE_FIELDS = rule_fields(FIELDS)
"""Every built-in field that rules look at, by id, in the order of the data files."""


@dataclass(frozen=True)
class Clause:
    """One thing that a rule asks of a field.

    `operand` are texts (ids, values) for IS, NOT and ALL, the name of a field for SAME_AS and OTHER_THAN, days for
    WITHIN_DAYS and LEFT_DAYS, and for AT_LEAST and AT_MOST a number, of several texts how many there are.  Of a field
    that is true or false, IS has true or false.
    """

    field: str
    ask: Ask
    operand: tuple[str, ...] | str | float | bool


Alternatives = tuple[tuple[Clause, ...], ...]
"""Holds where every clause of one of them does."""


@dataclass(frozen=True)
class Waiver:
    """Lets a partner off a rule up to the day `until`, in one department or in all."""

    partner: str
    until: date
    by: str
    why: str
    department: str | None = None
    place: Place = place_field()

    def covers(self, partner: str, department: str) -> bool:
        """Whether it is about that department's record of the partner, on whatever day."""
        return self.partner == partner and self.department in (None, department)


@dataclass(frozen=True)
class CompanyRule:
    """Whatever `applies` to, has to fulfill the `condition`; without alternatives it applies to all.

    An alternative of `applies` that does not ask for the status is about active entries.
    """

    id: str
    name: str
    message: str
    condition: Alternatives
    applies: Alternatives = ()
    severity: Severity = Severity.WARNING
    waivers: tuple[Waiver, ...] = ()
    place: Place = place_field()

    @property
    def timely(self) -> bool:
        """Whether another day alone may change who breaks it."""
        clauses = (clause for some in (*self.applies, *self.condition) for clause in some)
        always = {field.id for field in RULE_FIELDS.values() if field.timely}
        return bool(self.waivers) or any(one.ask in _TIMELY or one.field in always for one in clauses)

    @property
    def fields(self) -> frozenset[str]:
        """The fields that it looks at, and is compared with."""
        clauses = [clause for some in (*self.applies, *self.condition) for clause in some]
        others = (clause.operand for clause in clauses if isinstance(clause.operand, str))
        return frozenset([*(clause.field for clause in clauses), *others])

    @property
    def code(self) -> str:
        """What problems with it are known by."""
        return f"{RULE_CODE}{self.id}"


RULE_CODE = "rule-"
"""How the codes of these rules begin, and no other."""
