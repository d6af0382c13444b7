"""The shape of rules.yml."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import pydantic
from pydantic import BeforeValidator, ConfigDict, PlainValidator, WithJsonSchema, create_model

from generator.model import RULE_FIELDS, Ask, Holds, RuleField
from generator.problems import Severity
from generator.schema.kinds import Date, DepartmentRef, Id, Line, Name, PartnerRef, PersonRef
from generator.schema.shapes.base import Shape
from generator.schema.values import REFERS_TO, a_list, choice, invalid

# What every rule asks is asked of every entry: these bound the work.
_MOST_RULES = 200
MOST_ALTERNATIVES = 20


def _rules(value: object) -> list[Any]:
    rules = a_list(value)
    if len(rules) > _MOST_RULES:
        raise invalid("out-of-range", f"there are {len(rules)} rules; at most {_MOST_RULES} are allowed")
    return rules


def _asked(field: RuleField) -> dict[str, Any]:
    asks = {
        "type": "object",
        "minProperties": 1,
        "properties": {ask.value: _operand(field, ask) for ask in field.asks},
        "additionalProperties": False,
    }
    bare = [_operand(field, Ask.IS)] if Ask.IS in field.asks else []
    return {"anyOf": [*bare, asks]}


def _operand(field: RuleField, ask: Ask) -> dict[str, Any]:
    match ask:
        case Ask.RECORDED:
            return {"type": "boolean"}
        case Ask.IS if field.holds is Holds.YES_NO:
            return {"type": "boolean"}
        case Ask.WITHIN_DAYS | Ask.LEFT_DAYS:
            return {"type": "integer", "minimum": 0, "maximum": 36500}
        case Ask.AT_LEAST | Ask.AT_MOST:
            return {"type": "integer" if field.holds is Holds.TEXTS else "number", "minimum": 0}
        case Ask.SAME_AS | Ask.OTHER_THAN:
            return {"enum": [*field.comparable(RULE_FIELDS.values())]}
        case _:
            text = {"type": "string", "maxLength": 120}
            text |= {"enum": [*field.choices]} if field.choices else {}
            text |= {REFERS_TO: field.refers_to} if field.refers_to else {}
            return {"anyOf": [text, {"type": "array", "minItems": 1, "items": text}]}


if TYPE_CHECKING:
    ConditionFields = Any
else:
    # A field of the company's own is known to its settings alone, and so others may stand here.
    ConditionFields = create_model(
        "ConditionFields",
        __config__=ConfigDict(extra="allow", json_schema_extra={"minProperties": 1}),
        **{
            field.id: (
                Annotated[Any, WithJsonSchema(_asked(field))],
                pydantic.Field(default_factory=dict, description=field.meaning),
            )
            for field in RULE_FIELDS.values()
        },
    )
    """For the JSON Schema alone: what can be asked of which field."""

Condition = Annotated[
    Any,
    # `generator.schema.conditions` reads it, with all that is wrong in it.
    PlainValidator(
        lambda value: value,
        json_schema_input_type=ConditionFields
        | Annotated[list[ConditionFields], pydantic.Field(min_length=1, max_length=MOST_ALTERNATIVES)],
    ),
]


class WaiverShape(Shape):
    partner: PartnerRef
    """The partner that is let off.  Example: acme-controls"""
    department: DepartmentRef | None = None
    """The department in whose entry; all that have one, if left out.  Example: field-sales"""
    until: Date
    """The last day on which it holds.  Example: 2027-03-31"""
    by: PersonRef
    """Who granted it.  Example: ann-lee"""
    why: Line
    """Why.  Example: The new sponsor begins in March."""


class RuleShape(Shape):
    id: Id
    """The rule's id; rule-ID is the code of what breaks it.  Example: premier-cover"""
    name: Name
    """What people call it.  Example: Premier partners are looked after"""
    applies: Condition = None
    """Whom it is about: fields, with what is asked of them; every active entry, if left out.
    Example: {tier: Premier}"""
    condition: Condition
    """What these have to fulfill; in a list of such, one of them is enough.
    Example: {reviewed: {within_days: 180}, regions: [EMEA, AMER]}"""
    message: Line
    """What is said of a partner that does not.  Example: a Premier partner needs a backup owner"""
    severity: Annotated[Severity, *choice(Severity)] = Severity.WARNING
    """warning, or error, with which a check fails; warning, if left out.  Example: error"""
    waivers: Annotated[list[WaiverShape], BeforeValidator(a_list)] = []
    """Whom it does not hold for, and until when."""


class RulesFile(Shape):
    rules: Annotated[list[RuleShape], BeforeValidator(_rules), pydantic.Field(max_length=_MOST_RULES)] = []
    """The rules of the company's own."""
