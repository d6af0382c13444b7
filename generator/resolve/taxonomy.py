"""The taxonomy's shapes to its entities: which mode a type is managed in, and what refers to what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.model import Factor, Function, Group, Mode, PartnerType, Stage, frozen
from generator.problems import Place, define_error
from generator.resolve.references import References, TypeNames
from generator.schema import UNSTATED
from generator.schema.shapes import Taxonomy, TypeShape

NO_MODE = define_error(
    "no-mode",
    "A type without a management mode",
    meaning="Every partner type has an expected mode: its own, or else the default of its function. A type whose mode "
    "depends on the stage needs a mode for every stage. Groups give no mode.",
    fix="Add a line mode: to the type or to its function.",
)
WRONG_GROUP = define_error(
    "wrong-group",
    "A group of another function",
    meaning="A type stands in a group, and the group belongs to another function than the type does.",
    fix="Correct the function or the group of the type.",
)


def resolve_taxonomy(taxonomy: Taxonomy, references: References) -> tuple[dict[str, Any], TypeNames]:
    """The entities by the name of their field of Playbook, and the names of the types."""
    functions = references.declare("function", taxonomy.functions)
    groups = references.declare("group", taxonomy.groups)
    modes = references.declare("mode", taxonomy.modes)
    stages = references.declare("stage", taxonomy.stages)
    factors = references.declare("factor", taxonomy.factors)
    types = references.declare("type", taxonomy.types)
    names = TypeNames(taxonomy, types, references)
    for function in functions:
        references.check("mode", function.mode, function.place.at("mode"))
    for group in groups:
        references.check("function", group.function, group.place.at("function"))
    defaults = {function.id: function.mode for function in functions}
    function_of = {group.id: group.function for group in groups}
    tables: dict[str, Mapping[str, Any]] = {
        "functions": {f.id: Function(f.id, f.name, f.value, f.economics or "", f.mode, f.place) for f in functions},
        "groups": {g.id: Group(g.id, g.name, g.function, g.place) for g in groups},
        "modes": {
            m.id: Mode(m.id, m.name, m.summary, m.review_every, m.needs_sponsor, tuple(m.needs_agreement), m.place)
            for m in modes
        },
        "stages": {s.id: Stage(s.id, s.name, s.before_launch, s.place) for s in stages},
        "factors": {f.id: Factor(f.id, f.name, f.summary or "", f.place) for f in factors},
        "types": {t.id: _type(t, defaults, function_of, [s.id for s in stages], references) for t in types},
    }
    tables["ambiguous_aliases"] = {
        entry.alias: tuple(dict.fromkeys(entry.types)) for entry in taxonomy.ambiguous_aliases
    }
    return {field: frozen(entities) for field, entities in tables.items()}, names


def _type(
    shape: TypeShape,
    defaults: Mapping[str, str | None],
    function_of: Mapping[str, str],
    stages: list[str],
    references: References,
) -> PartnerType:
    place = shape.place
    references.check("function", shape.function, place.at("function"))
    references.check("group", shape.group, place.at("group"))
    function = function_of.get(shape.group or "", shape.function)
    if function != shape.function and UNSTATED not in (function, shape.function):
        message = f"the group {shape.group!r} belongs to {function!r}, not to {shape.function!r}"
        references.report(WRONG_GROUP, message, place.at("group"))
    for index, type_id in enumerate(shape.confused_with):
        references.check("type", type_id, place.at("confused_with", index))
    return PartnerType(
        id=shape.id,
        name=shape.name,
        function=shape.function,
        definition=shape.definition,
        modes=_modes(shape, defaults, stages, references),
        own_mode=shape.mode is not None,
        short=shape.short or "",
        group=shape.group,
        aliases=tuple(shape.aliases),
        business_models=tuple(shape.business_models),
        recognize=shape.recognize or "",
        confused_with=tuple(shape.confused_with),
        scope=shape.scope,
        note=shape.note or "",
        place=place,
    )


def _modes(
    shape: TypeShape, defaults: Mapping[str, str | None], stages: list[str], references: References
) -> Mapping[str | None, str]:
    place: Place = shape.place.at("mode")
    if isinstance(shape.mode, dict):
        for stage, mode in shape.mode.items():
            references.check("stage", stage, place.key_at(stage))
            references.check("mode", mode, place.at(stage))
        if missing := [stage for stage in stages if stage not in shape.mode]:
            message = f"the type {shape.id!r} has no mode for the stage {missing[0]!r}"
            references.report(NO_MODE, message, place, f"add {', '.join(missing)}")
        return frozen(dict[str | None, str](shape.mode.items()))
    if shape.mode is not None:
        references.check("mode", shape.mode, place)
        return frozen({None: shape.mode})
    default = defaults.get(shape.function)
    if default is None:
        if shape.function in defaults:
            message = f"the type {shape.id!r} has no mode, and its function {shape.function!r} has no default"
            references.report(NO_MODE, message, shape.place.at("id"), "add a line mode: to the type or to its function")
        return frozen({})
    return frozen({None: default})
