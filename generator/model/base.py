"""What the dataclasses of the model are made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Any, TypeVar

from generator.problems import NOWHERE

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


def frozen(mapping: Mapping[_Key, _Value]) -> Mapping[_Key, _Value]:
    """A read-only copy that keeps the order."""
    return MappingProxyType(dict(mapping))


def nothing() -> Any:
    return field(default_factory=lambda: MappingProxyType({}))


def place_field() -> Any:
    return field(default=NOWHERE, compare=False, repr=False)
