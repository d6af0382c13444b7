"""Which words of a data file name an entry of some kind: read from the JSON Schemas, which say so of every field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from generator.schema.shapes import Custom, shape_of
from generator.schema.shapes.meanings import explained
from generator.schema.values import REFERS_TO, is_null


class Reference(NamedTuple):
    """One word that names an entry: the `kind` of that entry, what is `written`, and the route to it.

    `key` is true where the word stands in front of a colon: the route is then that of the value after it.
    """

    kind: str
    written: str
    route: tuple[str | int, ...]
    key: bool = False


def references(file: str, data: Any, custom: Custom) -> Iterator[Reference]:
    """Every reference in the data of a file that was loaded without problems, in the order of the file.

    `custom` are the fields that the settings of the same playbook declare.
    """
    schema = schema_of(file, custom)
    yield from _references_in(schema, schema.get("$defs", {}), data, ())


@lru_cache(maxsize=32)
def schema_of(file: str, custom: Custom) -> Mapping[str, Any]:
    """The JSON Schema of a data file, for reading only: to make it takes longer than most commands."""
    return shape_of(file, custom).model_json_schema()


def explained_schema_of(file: str, custom: Custom) -> Mapping[str, Any]:
    """The same, with what each field means, for those who write."""
    return explained(schema_of(file, custom), shape_of(file, custom))


def _references_in(
    schema: Mapping[str, Any], shapes: Mapping[str, Any], data: Any, route: tuple[str | int, ...]
) -> Iterator[Reference]:
    if "$ref" in schema:
        schema = shapes[schema["$ref"].rpartition("/")[2]]
    for choice in schema.get("anyOf", ()):
        yield from _references_in(choice, shapes, data, route)
    if isinstance(data, str) and not is_null(data):
        if kind := schema.get(REFERS_TO):
            yield Reference(kind, str(data), route)
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _references_in(schema.get("items", {}), shapes, item, (*route, index))
    elif isinstance(data, dict):
        named = schema.get("propertyNames", {}).get(REFERS_TO)
        for name, value in data.items():
            if named:
                yield Reference(named, name, (*route, name), key=True)
            inner = schema.get("properties", {}).get(name) or schema.get("additionalProperties")
            yield from _references_in(inner if isinstance(inner, dict) else {}, shapes, value, (*route, name))
