"""What the shapes say of their fields, in the text below each: read from their source when somebody asks.

pydantic would read it for every class as the program starts, which takes longer than half of a small check.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from generator.schema.shapes.base import Shape, named_fields


def meanings(shape: type[Shape]) -> Mapping[str, str]:
    """What each field of a shape means, by the name that editors write; empty where nothing is said of it."""
    return {written: field.description or _below(shape, written) for written, field in named_fields(shape).items()}


def _below(shape: type[Shape], field: str) -> str:
    """What stands below a field in the class that declares it, or in one of that name which it was made from."""
    return next((text for one in shape.__mro__ if (text := _texts(one.__module__).get((one.__name__, field)))), "")


@cache
def _texts(module: str) -> Mapping[tuple[str, str], str]:
    """The text below each field of each class of a module; none where a program is installed without its source."""
    if not module.startswith(__package__):
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
