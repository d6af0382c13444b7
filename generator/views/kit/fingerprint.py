"""A short name for what a page is made from, so that a later build knows it again."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from generator.markdown import Md
from generator.problems import Code, Place

_Part = str | tuple[Any, ...]
"""A text, or what stands before one and says what follows."""


_MD, _MD_AND_PLAIN, _SET, _MAPPING = ("Md",), ("Md", "plain"), ("set",), ("mapping",)


def fingerprint(*things: object) -> str:
    """Of data, facts, and texts in both of their forms: what is the same has one, whichever objects hold it.

    Of a place it takes the file alone, since lines move, and of a code of problems the slug.  TypeError for what can be
    no part of a page, such as a function.
    """
    parts: list[_Part] = []
    _read(things, parts)
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def _read(things: Iterable[Any], parts: list[_Part]) -> None:
    for thing in things:
        kind = type(thing)
        if kind is str:
            parts.append(thing)
        elif kind is tuple:
            parts.append((len(thing),))
            _read(thing, parts)
        else:
            take = _KINDS.get(kind)
            if take is None:
                take = _KINDS[kind] = _taker(kind)
            take(thing, parts)


def _markdown(thing: Md, parts: list[_Part]) -> None:
    plain = thing.plain
    parts += (_MD, thing) if plain == thing else (_MD_AND_PLAIN, thing, plain)


def _simple(thing: object, parts: list[_Part]) -> None:
    parts.append(("", thing))


def _named(thing: Any, parts: list[_Part]) -> None:
    parts.append((type(thing).__name__, thing.name if isinstance(thing, Enum) else thing.isoformat()))


def _file(thing: Place, parts: list[_Part]) -> None:
    parts.append(thing.file)


def _code(thing: Code, parts: list[_Part]) -> None:
    parts.append(thing.slug)  # no two have one


def _text(thing: str, parts: list[_Part]) -> None:
    parts.append(str.__str__(thing))


def _several(thing: Iterable[Any], parts: list[_Part]) -> None:
    _read((tuple(thing),), parts)


def _unordered(thing: frozenset[Any], parts: list[_Part]) -> None:
    parts.append(_SET)
    _read((tuple(sorted(thing)),), parts)


def _pairs(thing: Mapping[Any, Any], parts: list[_Part]) -> None:
    parts.append(_MAPPING)
    _read((tuple(thing.items()),), parts)


_KINDS: dict[type, Callable[[Any, list[_Part]], None]] = {
    Place: _file,
    Code: _code,
    **dict.fromkeys((type(None), bool, int, float), _simple),
}
"""What reads a thing of each kind that was met."""
_GENERAL: Mapping[Any, Callable[[Any, list[_Part]], None]] = {
    Md: _markdown,
    Enum: _named,
    date: _named,
    str: _text,
    tuple: _several,
    list: _several,
    frozenset: _unordered,
    Mapping: _pairs,
}


def _taker(kind: type) -> Callable[[Any, list[_Part]], None]:
    if dataclasses.is_dataclass(kind):
        return _of_fields(kind)
    for general, take in _GENERAL.items():
        if issubclass(kind, general):
            return take
    raise TypeError(f"{kind.__name__} can be no part of a page")


def _of_fields(kind: Any) -> Callable[[Any, list[_Part]], None]:
    fields = [field.name for field in dataclasses.fields(kind)]
    # Of fewer than two names the getter gives no tuple.
    begins, values = (kind.__qualname__, len(fields)), attrgetter(*fields, "__doc__", "__doc__")

    def take(thing: Any, parts: list[_Part]) -> None:
        parts.append(begins)
        _read(values(thing)[:-2], parts)

    return take
