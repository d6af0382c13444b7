"""What all shapes have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    model_validator,
)
from pydantic.fields import FieldInfo

from generator.problems import NOWHERE, Place
from generator.schema.values import described, invalid, is_null


class PlacedDict(dict[str, Any]):
    """Names and values, with the place where they stand."""

    place: Place = NOWHERE


class Shape(BaseModel):
    """One entry.  An optional field that is empty or null counts as not written."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    nullable: ClassVar[tuple[str, ...]] = ()

    if TYPE_CHECKING:

        @property
        def place(self) -> Place: ...

    @model_validator(mode="wrap")
    @classmethod
    def _from_data(cls, data: object, handler: ModelWrapValidatorHandler[Any]) -> Any:
        if not isinstance(data, dict):
            raise invalid("wrong-kind", f"names and values are expected here, but there is {described(data)}")
        shape = handler({key: value for key, value in data.items() if not is_null(value) or cls._written(key, value)})
        # Beside the fields, and no attribute of pydantic's: places are asked for more often than anything else.
        shape.__dict__["place"] = getattr(data, "place", NOWHERE)
        object.__setattr__(shape, "__pydantic_fields_set__", _written_names(frozenset(shape.model_fields_set)))
        return shape

    @classmethod
    def known(cls, values: Mapping[str, Any], place: Place) -> Self:
        """The shape in which these fields are written, with these values, which were checked before."""
        defaults, copied = _defaults(cls)
        fields = {**defaults, **values, "place": place}
        for name in copied:
            if name not in values:
                fields[name] = defaults[name].copy()
        shape = cls.__new__(cls)
        put = object.__setattr__
        put(shape, "__dict__", fields)
        put(shape, "__pydantic_fields_set__", _written_names(frozenset(values)))
        put(shape, "__pydantic_extra__", None)
        put(shape, "__pydantic_private__", None)
        return shape

    def moved(self, lines: int) -> Self:
        """The same, with all that is in it, so many lines further down in its file."""
        shape = self.model_copy()
        # What is written is the same, and need not be known twice.
        object.__setattr__(shape, "__pydantic_fields_set__", self.model_fields_set)
        for name, value in shape.__dict__.items():
            if isinstance(value, Place | Shape):
                shape.__dict__[name] = value.moved(lines)
            elif isinstance(value, list) and value and isinstance(value[0], Shape):
                shape.__dict__[name] = [one.moved(lines) for one in value]
        return shape

    @classmethod
    def _written(cls, key: str, value: object) -> bool:
        field = named_fields(cls).get(key)
        if field is None or key in cls.nullable:
            return True
        # A company may really be called Null: a name or a required text stays what was typed.
        return value is not None and (field.is_required() or key == "name")


@lru_cache(maxsize=64)
def _defaults(shape: type[BaseModel]) -> tuple[Mapping[str, Any], Sequence[str]]:
    """What the fields of a shape hold where nobody wrote them, and those of which each shape has its own."""
    defaults = {name: field.default for name, field in shape.model_fields.items()}
    return defaults, [name for name, default in defaults.items() if isinstance(default, dict | list)]


@lru_cache(maxsize=2**12)
def _written_names(names: frozenset[str]) -> set[str]:
    """One set for all entries in which the same fields are written: pydantic keeps one for each."""
    return set(names)


def named_fields(shape: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a shape by the names that editors write, in the order in which they are written."""
    return {field.alias or name: field for name, field in shape.model_fields.items()}
