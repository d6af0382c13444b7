"""The shape of the YAML: one pydantic model an entity, one a file.

Input is what the source gives: dict, list, Scalar and None.  Lists are lists here; the model that
the rest of the program uses has tuples.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, get_args, get_origin

from generator.model import Field
from generator.schema.shapes.base import PlacedDict, Shape, named_fields
from generator.schema.shapes.inventory import (
    AcquisitionShape,
    AgreementShape,
    DepartmentShape,
    EndShape,
    EntryShape,
    Inventory,
    LinkShape,
    ReviewShape,
    SatisfactionShape,
    custom_name,
    entry_with,
    inventory_with,
)
from generator.schema.shapes.plans import (
    HeldSkillShape,
    ObjectiveShape,
    OfferShape,
    People,
    PersonShape,
    Portfolio,
    ProgramShape,
    PromiseShape,
    RequirementShape,
    RouteShape,
    SkillShape,
    Strategy,
    Toolkit,
    ToolShape,
)
from generator.schema.shapes.rules import MOST_ALTERNATIVES, RulesFile, RuleShape, WaiverShape, rules_with
from generator.schema.shapes.settings import FieldShape, LimitsShape, SettingsFile, SystemShape, ThresholdsShape
from generator.schema.shapes.sources import Sources, SourceShape
from generator.schema.shapes.taxonomy import (
    AmbiguousAlias,
    FactorShape,
    FunctionShape,
    GroupShape,
    ModeShape,
    StageShape,
    Taxonomy,
    TypeShape,
)

__all__ = [
    "FILES",
    "MOST_ALTERNATIVES",
    "AcquisitionShape",
    "AgreementShape",
    "AmbiguousAlias",
    "Custom",
    "DepartmentShape",
    "EndShape",
    "EntryShape",
    "FactorShape",
    "FieldShape",
    "FunctionShape",
    "GroupShape",
    "HeldSkillShape",
    "Inventory",
    "LimitsShape",
    "LinkShape",
    "ModeShape",
    "ObjectiveShape",
    "OfferShape",
    "People",
    "PersonShape",
    "PlacedDict",
    "Portfolio",
    "ProgramShape",
    "PromiseShape",
    "RequirementShape",
    "ReviewShape",
    "RouteShape",
    "RuleShape",
    "RulesFile",
    "SatisfactionShape",
    "SettingsFile",
    "Shape",
    "SkillShape",
    "SourceShape",
    "Sources",
    "StageShape",
    "Strategy",
    "SystemShape",
    "Taxonomy",
    "ThresholdsShape",
    "ToolShape",
    "Toolkit",
    "TypeShape",
    "WaiverShape",
    "choices_at",
    "custom_name",
    "entry_with",
    "fields_at",
    "named_fields",
    "needed_at",
    "shape_at",
    "shape_in",
    "shape_of",
]

FILES: Mapping[str, type[Shape]] = {
    "settings.yml": SettingsFile,
    "taxonomy.yml": Taxonomy,
    "people.yml": People,
    "portfolio.yml": Portfolio,
    "strategy.yml": Strategy,
    "toolkit.yml": Toolkit,
    "rules.yml": RulesFile,
    "sources.yml": Sources,
    "partners.yml": Inventory,
}
"""The shape of each data file; the files in partners/ have the shape of partners.yml."""

Custom = tuple[Field, ...]
"""The custom fields of a company: its entries have no others beside the built-in ones."""


def shape_of(file: str, custom: Custom = ()) -> type[Shape]:
    if file == "rules.yml":
        return rules_with(custom)
    return inventory_with(custom) if file.startswith("partners/") or file == "partners.yml" else FILES[file]


def fields_at(file: str, route: Sequence[str | int]) -> tuple[str, ...]:
    """The names of the fields of what stands at a route in a data file, in the order in which they are written.

    There are none where editors choose the names themselves, as in a mode for each type.
    """
    shape = shape_at(shape_of(file), route)
    return tuple(named_fields(shape)) if shape is not None else ()


def needed_at(file: str, route: Sequence[str | int]) -> tuple[str, ...]:
    """Those of the fields of what stands at a route in a data file that cannot be left out."""
    shape = shape_at(shape_of(file), route)
    fields = named_fields(shape) if shape is not None else {}
    return tuple(name for name, field in fields.items() if field.is_required())


def shape_at(shape: type[Shape] | None, route: Sequence[str | int]) -> type[Shape] | None:
    """The shape of the entries at a route in a file of a shape; None where no entry stands there."""
    for step in route:
        if isinstance(step, str):
            field = named_fields(shape).get(step) if shape is not None else None
            shape = shape_in(field.annotation) if field is not None else None
    return shape


def choices_at(file: type[Shape], route: Sequence[str | int]) -> tuple[str, ...]:
    """What may stand at a route that takes the words of a closed vocabulary, or a list of them; empty where it takes
    others.
    """
    shape = shape_at(file, route[:-1])
    field = named_fields(shape).get(str(route[-1])) if shape is not None else None
    kind = field.annotation if field is not None else None
    while get_origin(kind) in (list, Annotated):
        kind = get_args(kind)[0]
    return tuple(member.value for member in kind) if isinstance(kind, type) and issubclass(kind, StrEnum) else ()


def shape_in(annotation: Any) -> type[Shape] | None:
    """The shape that an annotation such as list[EntryShape] or ReviewShape | None names."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    return next((shape for inner in get_args(annotation) if (shape := shape_in(inner)) is not None), None)
