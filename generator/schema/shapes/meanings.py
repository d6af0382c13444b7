"""What models say of their fields, in the text below each: read from their source when somebody asks.

pydantic would read it for every class as the program starts, which takes a fifth of a small check.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, get_args

from pydantic import BaseModel

from generator.schema.shapes.base import named_fields


def meanings(shape: type[BaseModel]) -> Mapping[str, str]:
    """What each field of a model means, by the name that editors write; empty where nothing is said of it."""
    return {written: field.description or _below(shape, written) for written, field in named_fields(shape).items()}


def explained(schema: Mapping[str, Any], shape: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of a model with what each field means, in the order in which pydantic would have it."""
    known = {one.__name__: one for one in _within(shape)}
    parts = {
        name: _with_meanings(part, meanings(known[name])) if name in known else part
        for name, part in schema.get("$defs", {}).items()
    }
    return {**_with_meanings(schema, meanings(shape)), **({"$defs": parts} if parts else {})}


def _with_meanings(schema: Mapping[str, Any], said: Mapping[str, str]) -> dict[str, Any]:
    properties = {
        name: dict(sorted({**field, "description": said[name]}.items())) if said[name] else field
        for name, field in schema["properties"].items()
    }
    return {**schema, "properties": properties}


def _within(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model that an annotation names, and those that stand in their fields."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from _within(field.annotation)
    for inner in get_args(annotation):
        yield from _within(inner)


def _below(shape: type[BaseModel], field: str) -> str:
    """What stands below a field in the class that declares it, or in one of that name which it was made from."""
    return next((text for one in shape.__mro__ if (text := _texts(one.__module__).get((one.__name__, field)))), "")


@cache
def _texts(module: str) -> Mapping[tuple[str, str], str]:
    """The text below each field of each class of a module; none where a program is installed without its source."""
    if not module.startswith("generator."):
        return {}
    try:
        return dict(_found(ast.parse(inspect.getsource(sys.modules[module]))))
    except OSError:
        return {}


def _found(tree: ast.Module) -> Iterator[tuple[tuple[str, str], str]]:
    for one in [one for one in tree.body if isinstance(one, ast.ClassDef)]:
        for field, text in pairwise(one.body):
            match field, text:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(said))):
                    yield (one.name, name), inspect.cleandoc(said)
