"""The shape of partners.yml and of the files in partners/."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

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
    Number,
    PersonRef,
    Prose,
    Reviewer,
    TypeRefs,
    Url,
    Value,
    Word,
    reference,
)
from generator.schema.shapes.base import Shape
from generator.schema.values import a_list, choice, is_null, one_of, within


class AgreementShape(Shape):
    kind: Word
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
    """The shape of an entry, as the table of its fields has it.

    Lists that nobody wrote are tuples: pydantic copies a list for each of thousands of entries.
    """
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
        "agreements": (Annotated[list[AgreementShape], BeforeValidator(a_list)], ()),
        "reviewed": (ReviewShape | None, None),
        "satisfaction": (SatisfactionShape | None, None),
        "links": (Annotated[list[LinkShape], BeforeValidator(a_list)], ()),
        "formerly": (Annotated[list[Id], BeforeValidator(a_list)], ()),
        "acquired": (Annotated[list[AcquisitionShape], BeforeValidator(a_list)], ()),
    }
    fields: dict[str, Any] = {}
    for field in FIELDS:
        kind, default = own[field.id] if field.kind is Kind.OWN else _plain(field)
        fields[field.id] = (kind, pydantic.Field(default, description=_description(field)))
    return create_model("EntryShape", __base__=Shape, __module__=__name__, **fields)


def _description(field: Field) -> str:
    """What the schemas and the page about fields say of it; what may be chosen takes the place of an example."""
    meaning = field.meaning or f"{field.label}."
    if field.values:
        return f"{meaning}  {'Any' if field.many else 'One'} of: {', '.join(field.values)}."
    return f"{meaning}  Example: {field.example}" if field.example else meaning


_OF_KIND: Mapping[Kind, Any] = {
    Kind.VALUE: Value | None,
    Kind.PROSE: Prose | None,
    Kind.NUMBER: Number | None,
    Kind.DATE: Date | None,
    Kind.URL: Url | None,
    Kind.FLAG: Bool | None,
}


def _plain(field: Field) -> tuple[Any, Any]:
    """The annotation of a field that needs none of its own, and its default."""
    text = Annotated[str, *one_of(field.values)] if field.values else Word
    match field.kind:
        case Kind.NAME:
            return text | None, None
        case Kind.NAMES:
            return _list_of(text), ()
        case Kind.REFERENCE:
            return reference(field.refers_to) | None, None
        case Kind.REFERENCES:
            return _list_of(reference(field.refers_to)), ()
        case Kind.OWN:
            raise ValueError(f"the shape of {field.id} is not written")
        case kind:
            return _OF_KIND[kind], None


def _list_of(inner: Any) -> Any:
    return Annotated[list.__class_getitem__(inner), BeforeValidator(a_list)]


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


def custom_name(ident: str) -> str:
    """The attribute of the shape of an entry that holds a custom field: no name can be one of pydantic's own."""
    return f"custom_{ident}"


_Of = TypeVar("_Of", bound=Shape)


@lru_cache(maxsize=8)
def entry_with(custom: tuple[Field, ...]) -> type[EntryShape]:
    """The shape of an entry that may have these fields beside the built-in ones, and no others."""
    fields: dict[str, Any] = {}
    for field in custom:
        kind, default = _plain(field)
        info = pydantic.Field(default, alias=field.id, description=_description(field))
        fields[custom_name(field.id)] = (kind, info)
    return create_model("EntryShape", __base__=EntryShape, __module__=__name__, **fields) if fields else EntryShape


@lru_cache(maxsize=8)
def inventory_with(custom: tuple[Field, ...]) -> type[Inventory]:
    """The shape of an inventory whose entries may have these fields, too."""
    if not custom:
        return Inventory
    return _holding(Inventory, "departments", _holding(DepartmentShape, "partners", entry_with(custom)))


def _holding(shape: type[_Of], name: str, inner: type[Shape]) -> type[_Of]:
    """The same shape, but the list of that name has items of another."""
    old = shape.model_fields[name]
    fields: Any = {name: (_list_of(inner), ... if old.is_required() else [])}
    made: type[_Of] = create_model(shape.__name__, __base__=shape, __module__=__name__, **fields)
    return made
