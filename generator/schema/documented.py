"""What editors may write, field by field, as the shapes explain it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.schema.shapes import FILES, Custom, Shape, named_fields, shape_in, shape_of
from generator.schema.shapes.meanings import meanings

_EXAMPLE = "Example: "


class DocumentedField(NamedTuple):
    """A field of an entry; `example` is a value as YAML writes it, empty where fields stand inside."""

    name: str
    needed: bool
    meaning: str
    example: str


class FieldGroup(NamedTuple):
    """The fields of one kind of entry: `route` are the names of the fields that lead there from the top of `file`."""

    file: str
    route: tuple[str, ...]
    fields: tuple[DocumentedField, ...]


def documented(custom: Custom) -> Iterator[FieldGroup]:
    """Every kind of entry of every data file, in the order of the files and of their fields, with the custom ones."""
    for file in FILES:
        yield from _sections(file, shape_of(file, custom), ())


def _sections(file: str, shape: type[Shape], route: tuple[str, ...]) -> Iterator[FieldGroup]:
    fields, inside = [], []
    said = meanings(shape)
    for name, field in named_fields(shape).items():
        text = " ".join(said[name].split())
        # The last one: what a company says of its own fields may have the same word in it.
        meaning, found, example = text.rpartition(f" {_EXAMPLE}")
        meaning, example = (meaning, example) if found else (text, "")
        fields.append(DocumentedField(name, field.is_required(), meaning, example))
        if inner := shape_in(field.annotation):
            inside.append((inner, (*route, name)))
    yield FieldGroup(file, route, tuple(fields))
    for inner, further in inside:
        yield from _sections(file, inner, further)
