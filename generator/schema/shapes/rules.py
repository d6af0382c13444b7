"""The shape of rules.yml."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any

import pydantic
from pydantic import BeforeValidator, ConfigDict, PlainValidator, WithJsonSchema, create_model

from generator.model import RULE_FIELDS, Ask, Field, Holds, RuleField, rule_fields
from generator.problems import Severity
from generator.schema.kinds import Date, DepartmentRef, Id, Line, Name, PartnerRef, PersonRef
from generator.schema.shapes.base import Shape
from generator.schema.shapes.inventory import custom_name
from generator.schema.values import REFERS_TO, a_list, choice, invalid

# What every rule asks is asked of every entry: these bound the work.
_MOST_RULES = 200
MOST_ALTERNATIVES = 20


def _rules(value: object) -> list[Any]:
    rules = a_list(value)
    if len(rules) > _MOST_RULES:
        raise invalid("out-of-range", f"there are {len(rules)} rules; at most {_MOST_RULES} are allowed")
    return rules


def _asked(field: RuleField, fields: Collection[RuleField]) -> dict[str, Any]:
    asks = {
        "type": "object",
        "minProperties": 1,
        "properties": {ask.value: _operand(field, ask, fields) for ask in field.asks},
        "additionalProperties": False,
    }
    bare = [_operand(field, Ask.IS, fields)] if Ask.IS in field.asks else []
    return {"anyOf": [*bare, asks]}


def _operand(field: RuleField, ask: Ask, fields: Collection[RuleField]) -> dict[str, Any]:
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
            return {"enum": [*field.comparable(fields)]}
        case _:
            text = {"type": "string", "maxLength": 120}
            text |= {"enum": [*field.choices]} if field.choices else {}
            text |= {REFERS_TO: field.refers_to} if field.refers_to else {}
            return {"anyOf": [text, {"type": "array", "minItems": 1, "items": text}]}


def _condition(fields: Mapping[str, RuleField], *, open_to_others: bool) -> Any:
    """The annotation of a condition over these fields; only its JSON Schema knows what can be asked of which."""
    names: dict[str, Any] = {
        custom_name(field.id): (
            Annotated[Any, WithJsonSchema(_asked(field, fields.values()))],
            pydantic.Field(default_factory=dict, alias=field.id, description=field.meaning),
        )
        for field in fields.values()
    }
    config = ConfigDict(extra="allow" if open_to_others else "forbid", json_schema_extra={"minProperties": 1})
    shape: Any = create_model("ConditionFields", __config__=config, **names)
    limits = pydantic.Field(min_length=1, max_length=MOST_ALTERNATIVES)
    several: Any = Annotated[list.__class_getitem__(shape), limits]
    # `generator.schema.conditions` reads it, with all that is wrong in it.
    return Annotated[Any, PlainValidator(lambda value: value, json_schema_input_type=shape | several)]


if TYPE_CHECKING:
    Condition = Any
else:
    # A custom field is known to the settings of one company alone.
    Condition = _condition(RULE_FIELDS, open_to_others=True)


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


@lru_cache(maxsize=8)
def rules_with(custom: tuple[Field, ...]) -> type[RulesFile]:
    """The shape of rules.yml where rules may look at these fields, too."""
    if not custom:
        return RulesFile
    condition = _condition({**RULE_FIELDS, **rule_fields(custom)}, open_to_others=False)
    fields: dict[str, Any] = {
        name: (condition, ... if old.is_required() else None)
        for name, old in RuleShape.model_fields.items()
        if name in ("applies", "condition")
    }
    rule: Any = create_model("RuleShape", __base__=RuleShape, __module__=__name__, **fields)
    listed: Any = Annotated[
        list.__class_getitem__(rule), BeforeValidator(_rules), pydantic.Field(max_length=_MOST_RULES)
    ]
    return create_model("RulesFile", __base__=RulesFile, __module__=__name__, rules=(listed, []))
