"""The shape of the YAML: one pydantic model an entity, one a file.

Input is what the source gives: dict, list, Scalar and None.  Lists are lists here; the model that
the rest of the program uses has tuples.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, get_args

from generator.schema.shapes.base import PlacedDict, Shape
from generator.schema.shapes.inventory import (
    AgreementShape,
    DepartmentShape,
    EntryShape,
    Inventory,
    LinkShape,
    ReviewShape,
    SatisfactionShape,
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
from generator.schema.shapes.rules import MOST_ALTERNATIVES, RulesFile, RuleShape, WaiverShape
from generator.schema.shapes.settings import LimitsShape, SettingsFile, SystemShape, ThresholdsShape
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
    "AgreementShape",
    "AmbiguousAlias",
    "DepartmentShape",
    "EntryShape",
    "FactorShape",
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
    "fields_at",
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
    "partners.yml": Inventory,
}
"""The shape of each data file; the files in partners/ have the shape of partners.yml."""


def shape_of(file: str) -> type[Shape]:
    return Inventory if file.startswith("partners/") else FILES[file]


def fields_at(file: str, route: Sequence[str | int]) -> tuple[str, ...]:
    """The names of the fields of what stands at a route in a data file, in the order in which they are written.

    There are none where editors choose the names themselves, as in a mode for each type.
    """
    shape = shape_at(file, route)
    return tuple(shape.model_fields) if shape is not None else ()


def shape_at(file: str, route: Sequence[str | int]) -> type[Shape] | None:
    """The shape of the entries at a route in a data file; None where no entry stands there."""
    shape: type[Shape] | None = shape_of(file)
    for step in route:
        if isinstance(step, str):
            field = shape.model_fields.get(step) if shape is not None else None
            shape = shape_in(field.annotation) if field is not None else None
    return shape


def choices_at(file: str, route: Sequence[str | int]) -> tuple[str, ...]:
    """What may stand at a route that takes the words of a closed vocabulary; empty where it takes others."""
    shape = shape_at(file, route[:-1])
    field = shape.model_fields.get(str(route[-1])) if shape is not None else None
    kind = field.annotation if field is not None else None
    return tuple(member.value for member in kind) if isinstance(kind, type) and issubclass(kind, StrEnum) else ()


def shape_in(annotation: Any) -> type[Shape] | None:
    """The shape that an annotation such as list[EntryShape] or ReviewShape | None names."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    return next((shape for inner in get_args(annotation) if (shape := shape_in(inner)) is not None), None)
