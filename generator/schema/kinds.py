"""The kinds of value that a field may ask for, as annotations of shapes."""

from __future__ import annotations

from datetime import date
from sys import intern
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    WithJsonSchema,
)

from generator.markdown import DOMAIN, EMAIL
from generator.schema.values import (
    DECIMAL,
    FIELD_ID,
    REFERS_TO,
    REVIEWER,
    SLUG,
    a_boolean,
    a_date,
    a_field_id,
    a_list,
    a_number,
    a_text,
    an_address_pattern,
    an_id,
    an_url,
    foreign_ids,
    matching,
    mode_rule,
    within,
)


def _refers(kind: str) -> Any:
    return Field(json_schema_extra={REFERS_TO: kind})


def reference(kind: str) -> Any:
    """The annotation of a field that holds an id of that kind."""
    return Annotated[Ref, _refers(kind)]


_SLUG_SCHEMA = {"type": "string", "pattern": f"^{SLUG.pattern}$", "maxLength": 64}

Id = Annotated[str, PlainValidator(an_id), WithJsonSchema(_SLUG_SCHEMA)]
FieldId = Annotated[
    str,
    PlainValidator(a_field_id),
    WithJsonSchema({"type": "string", "pattern": f"^{FIELD_ID.pattern}$", "maxLength": 64}),
]
Name = Annotated[str, BeforeValidator(a_text(120)), Field(max_length=120)]
# Thousands of entries say the same few of these: each is kept once.
Word = Annotated[Name, AfterValidator(intern)]
Ref = Word
ShortName = Annotated[str, BeforeValidator(a_text(30)), Field(max_length=30)]
Line = Annotated[str, BeforeValidator(a_text(300)), Field(max_length=300)]
Value = Annotated[str, BeforeValidator(a_text(160)), Field(max_length=160)]
Prose = Annotated[str, BeforeValidator(a_text(2000)), Field(max_length=2000)]
Int = Annotated[int, BeforeValidator(a_number(r"-?(0|[1-9]\d{0,8})", "a whole number", int))]
Float = Annotated[float, BeforeValidator(a_number(r"-?(0|[1-9]\d{0,8})(\.\d{1,9})?", "a number", float))]
Number = Annotated[
    int | float,
    PlainValidator(a_number(DECIMAL, "a number", lambda text: float(text) if "." in text else int(text))),
    WithJsonSchema({"type": "number"}),
]
Days = Annotated[Int, AfterValidator(within(0, 36500)), Field(json_schema_extra={"minimum": 0})]
Count = Annotated[Int, AfterValidator(within(1)), Field(json_schema_extra={"minimum": 1})]
Level = Annotated[Int, AfterValidator(within(1, 5)), Field(json_schema_extra={"minimum": 1, "maximum": 5})]
Share = Annotated[Float, AfterValidator(within(0, 1)), Field(json_schema_extra={"minimum": 0, "maximum": 1})]
Bool = Annotated[bool, BeforeValidator(a_boolean)]
Date = Annotated[date, BeforeValidator(a_date)]
Url = Annotated[str, BeforeValidator(an_url), Field(json_schema_extra={"format": "uri"})]
AddressPattern = Annotated[str, BeforeValidator(an_address_pattern)]
Email = Annotated[str, BeforeValidator(matching(EMAIL, "an e-mail address", "ann@example.com"))]
Reviewer = Annotated[
    str, BeforeValidator(matching(REVIEWER, "a team, a user name or an e-mail address", "@example/field-sales"))
]
Domain = Annotated[str, BeforeValidator(matching(DOMAIN, "a domain", "example.com"))]
_MODE = {**_SLUG_SCHEMA, REFERS_TO: "mode"}


def _rule(keys: str) -> WithJsonSchema:
    by_type = {"type": "object", "propertyNames": {REFERS_TO: keys}, "additionalProperties": _MODE}
    return WithJsonSchema({"anyOf": [_MODE, by_type]})


ModeByStage = Annotated[str | dict[str, str], PlainValidator(mode_rule), _rule("stage")]
ModeByType = Annotated[str | dict[str, str], PlainValidator(mode_rule), _rule("type")]
ForeignIds = Annotated[
    dict[str, str],
    PlainValidator(foreign_ids),
    WithJsonSchema(
        {
            "type": "object",
            "propertyNames": {**_SLUG_SCHEMA, REFERS_TO: "system"},
            "additionalProperties": {"type": "string", "maxLength": 120},
        }
    ),
]
DepartmentRef = Annotated[Ref, _refers("department")]
FactorRef = Annotated[Ref, _refers("factor")]
FunctionRef = Annotated[Ref, _refers("function")]
GroupRef = Annotated[Ref, _refers("group")]
ModeRef = Annotated[Ref, _refers("mode")]
ObjectiveRef = Annotated[Ref, _refers("objective")]
OfferRef = Annotated[Ref, _refers("offer")]
PartnerRef = Annotated[Ref, _refers("partner")]
PersonRef = Annotated[Ref, _refers("person")]
SkillRef = Annotated[Ref, _refers("skill")]
StageRef = Annotated[Ref, _refers("stage")]
TypeRef = Annotated[Ref, _refers("type")]
ModeRefs = Annotated[list[ModeRef], BeforeValidator(a_list)]
ObjectiveRefs = Annotated[list[ObjectiveRef], BeforeValidator(a_list)]
OfferRefs = Annotated[list[OfferRef], BeforeValidator(a_list)]
TypeRefs = Annotated[list[TypeRef], BeforeValidator(a_list)]
Codes = Annotated[list[Ref], BeforeValidator(a_list)]
Names = Annotated[list[Name], BeforeValidator(a_list)]
Lines = Annotated[list[Line], BeforeValidator(a_list)]
