"""The shape of partners.yml and of the files in partners/."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import pydantic
from pydantic import AfterValidator, BeforeValidator, create_model

from generator.model import FIELDS, Field, Kind, Status
from generator.schema.kinds import (
    Bool,
    Count,
    Date,
    Days,
    Domain,
    Email,
    Float,
    ForeignIds,
    Id,
    Line,
    ModeByType,
    Name,
    Names,
    PersonRef,
    Prose,
    Reviewer,
    TypeRefs,
    Url,
    Value,
    reference,
)
from generator.schema.shapes.base import Shape
from generator.schema.values import a_list, choice, is_null, within


class AgreementShape(Shape):
    kind: Name
    """Its kind, as the modes ask for it.  Example: contract"""
    ref: Name | None = None
    """Where to find it: a number, never a term or a price.  Example: PRG-2025-003"""
    starts: Date | None = None
    """Its first day.  Example: 2025-01-16"""
    ends: Date | None = None
    """Its last day; it stays in force, if left out.  Example: 2027-01-15"""
    notice_days: Days | None = None
    """How many days before its end somebody must decide; that of settings.yml, if left out.  Example: 120"""


class ReviewShape(Shape):
    date: Date
    """The day of the review.  Example: 2026-07-08"""
    by: PersonRef
    """Who looked at the relationship, and stands for the entry.  Example: jane-doe"""
    outcome: Line | None = None
    """What the review found, in a line.  Example: Grows as planned"""
    next: Line | None = None
    """What is to be done until the next one, in a line.  Example: Talk about a second region"""


class EndShape(Shape):
    date: Date
    """The last day of the relationship.  Example: 2026-06-30"""
    why: Line
    """Why it ended, in a line.  Example: Went out of business"""


class AcquisitionShape(Shape):
    id: Id
    """The id that the company had as a partner of its own.  Example: acme-hosting"""
    name: Name
    """What it was called.  Example: Acme Hosting"""
    date: Date
    """The day on which it was bought.  Example: 2026-03-01"""


class SatisfactionShape(Shape):
    date: Date
    """The day of the answers, or the last of them.  Example: 2026-05-20"""
    score: Float
    """The mean of the answers.  Example: 4.2"""
    scale: Annotated[Float, AfterValidator(within(1, 1000))]
    """The best score that there is.  Example: 5"""
    n: Count
    """How many answered; the site shows no score of fewer than five.  Example: 14"""


class LinkShape(Shape):
    label: Name
    """What the link is called.  Example: Stock and lead times"""
    url: Url
    """The whole address.  Example: https://portal.acme.example/stock"""


def _entry_shape() -> type[Shape]:
    """The shape of an entry, as the table of its fields has it."""
    own: Mapping[str, Any] = {
        "id": (Id, ...),
        "name": (Name | None, None),
        "types": (TypeRefs, ...),
        "owner": (Annotated[PersonRef | None, BeforeValidator(lambda value: None if is_null(value) else value)], ...),
        "backup_owner": (PersonRef | None, None),
        "sponsor": (PersonRef | None, None),
        "status": (Annotated[Status, *choice(Status)], Status.ACTIVE),
        "end": (EndShape | None, None),
        "lead": (Bool, False),
        "mode": (ModeByType | None, None),
        "domain": (Domain | None, None),
        "parent": (Name | None, None),
        "ids": (ForeignIds, {}),
        "agreements": (Annotated[list[AgreementShape], BeforeValidator(a_list)], []),
        "reviewed": (ReviewShape | None, None),
        "satisfaction": (SatisfactionShape | None, None),
        "links": (Annotated[list[LinkShape], BeforeValidator(a_list)], []),
        "formerly": (Annotated[list[Id], BeforeValidator(a_list)], []),
        "acquired": (Annotated[list[AcquisitionShape], BeforeValidator(a_list)], []),
    }
    fields: dict[str, Any] = {}
    for field in FIELDS:
        kind, default = own[field.id] if field.kind is Kind.OWN else _plain(field)
        fields[field.id] = (kind, pydantic.Field(default, description=f"{field.meaning}  Example: {field.example}"))
    return create_model("EntryShape", __base__=Shape, __module__=__name__, **fields)


def _plain(field: Field) -> tuple[Any, Any]:
    """The annotation of a field that needs none of its own, and its default."""
    match field.kind:
        case Kind.NAME:
            return Name | None, None
        case Kind.NAMES:
            return Names, []
        case Kind.VALUE:
            return Value | None, None
        case Kind.PROSE:
            return Prose | None, None
        case Kind.REFERENCE:
            return reference(field.refers_to) | None, None
        case Kind.REFERENCES:
            return Annotated[list.__class_getitem__(reference(field.refers_to)), BeforeValidator(a_list)], []
        case Kind.OWN:
            raise ValueError(f"the shape of {field.id} is not written")


if TYPE_CHECKING:

    class EntryShape(Shape):
        """What it holds stands in the table of fields."""

        def __getattr__(self, name: str) -> Any: ...

else:
    EntryShape = _entry_shape()
    EntryShape.nullable = ("owner",)


class DepartmentShape(Shape):
    id: Id
    """The department's id; it becomes its page's address.  Example: field-sales"""
    name: Name
    """What people call it.  Example: Field Sales"""
    contact: Email | None = None
    """Where others write to.  Example: channel@example.com"""
    reviewers: Annotated[list[Reviewer], BeforeValidator(a_list)] = []
    """Who is asked to review changes of its file: teams, user names or addresses, in quotes.
    Example: ["@example/field-sales", "@jane-doe"]"""
    lead: PersonRef | None = None
    """Who leads it.  Example: jane-doe"""
    formerly: Annotated[list[Id], BeforeValidator(a_list)] = []
    """Ids that it had before; links to their pages keep working.  Example: [inside-sales]"""
    partners: Annotated[list[EntryShape], BeforeValidator(a_list)] = []
    """The partners that it manages."""


class Inventory(Shape):
    departments: Annotated[list[DepartmentShape], BeforeValidator(a_list)]
    """Every department, with its partners."""
