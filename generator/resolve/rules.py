"""Rules of the company's own: whether what they name is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.model import (
    RULE_FIELDS,
    Alternatives,
    Ask,
    Clause,
    CompanyRule,
    RuleField,
    Settings,
    Waiver,
    frozen,
    rule_fields,
)
from generator.problems import Place, suggest
from generator.resolve.entries import check_listed
from generator.resolve.references import References, TypeNames
from generator.schema.check import UNKNOWN_VALUE
from generator.schema.conditions import Conditions, ReadClause
from generator.schema.shapes import RulesFile, WaiverShape


def resolve_rules(
    shape: RulesFile, names: TypeNames, settings: Settings, references: References
) -> Mapping[str, CompanyRule]:
    """The rules by id."""
    fields = {**RULE_FIELDS, **rule_fields(settings.fields)}
    resolver = _RuleResolver(fields, names, settings, references)
    rules = {}
    for rule in references.declare("rule", shape.rules):
        rules[rule.id] = CompanyRule(
            id=rule.id,
            name=rule.name,
            message=rule.message.strip().removesuffix("."),
            condition=resolver.alternatives(rule.condition, rule.place.at("condition")),
            applies=resolver.alternatives(rule.applies, rule.place.at("applies")) if rule.applies is not None else (),
            severity=rule.severity,
            waivers=tuple(_waiver(waiver, references) for waiver in rule.waivers),
            place=rule.place,
        )
    return frozen(rules)


def _waiver(shape: WaiverShape, references: References) -> Waiver:
    references.check("partner", shape.partner, shape.place.at("partner"))
    references.check("department", shape.department, shape.place.at("department"))
    references.check("person", shape.by, shape.place.at("by"))
    return Waiver(shape.partner, shape.until, shape.by, shape.why, shape.department, shape.place)


class _RuleResolver:
    def __init__(
        self, fields: Mapping[str, RuleField], names: TypeNames, settings: Settings, references: References
    ) -> None:
        self._fields = fields
        self._names = names
        self._settings = settings
        self._references = references

    def alternatives(self, written: Any, place: Place) -> Alternatives:
        conditions = Conditions(self._fields)
        read = [tuple(map(self._clause, clauses)) for clauses in conditions.read(written, place)]
        self._references.problems += conditions.problems
        return tuple(read)

    def _clause(self, clause: ReadClause) -> Clause:
        field, ask = clause.field, clause.ask
        match ask:
            case Ask.SAME_AS | Ask.OTHER_THAN:
                return Clause(field.id, ask, clause.texts[0][0])
            case Ask.IS | Ask.NOT | Ask.ALL if clause.texts:
                texts = (self._text(field, text, place) for text, place in clause.texts)
                return Clause(field.id, ask, tuple(dict.fromkeys(text for text in texts if text is not None)))
            case _:
                return Clause(field.id, ask, clause.value)

    def _text(self, field: RuleField, text: str, place: Place) -> str | None:
        """What the text stands for; what is wrong with it is reported."""
        if field.refers_to == "type":
            return self._names.resolve(text, place)
        if field.choices and text not in field.choices:
            message, hint = f"{field.id}: {text!r} is not allowed here", suggest(text, field.choices)
            self._references.report(UNKNOWN_VALUE, message, place, hint)
        if field.listed:
            check_listed(self._references, field.id, text, getattr(self._settings, field.listed), place)
        if field.refers_to and (field.refers_to != "system" or self._references.known_kind("system")):
            self._references.check(field.refers_to, text, place)
        return text
