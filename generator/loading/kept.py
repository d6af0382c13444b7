"""The entries of inventories, checked, as one run keeps them for the next.

Nothing depends on it.  What cannot be used is read again.

Each entry is packed by itself, since an edit changes few of them, and its places are those below its first line, since
an edit moves many.  What is packed is made of lists, texts, numbers and the few kinds that are named here: whatever a
file says, nothing else comes of it.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from generator.model import Status
from generator.problems import Place
from generator.schema import Custom
from generator.schema.shapes import (
    AcquisitionShape,
    AgreementShape,
    EndShape,
    EntryShape,
    LinkShape,
    ReviewShape,
    SatisfactionShape,
    Shape,
    entry_with,
)

_FEW = 200
"""So many entries are read sooner than it is found out which program this is."""
_PROTOCOL = 5
_NOTHING: Mapping[str | int, Place] = MappingProxyType({})
_IN_ENTRIES = (AcquisitionShape, AgreementShape, EndShape, LinkShape, ReviewShape, SatisfactionShape)
_VALUES = {(kind.__module__, kind.__qualname__): kind for kind in (date, Status)}
_Route = tuple[str | int, ...]
_Inside = dict[str | int, Any]
_UNFIT = (pickle.UnpicklingError, ValueError, TypeError, LookupError, AttributeError, EOFError, OverflowError)


class Keeper(Protocol):
    """Where something is kept, if anywhere: what is read is what this program wrote there, `made_of` the same."""

    def read(self, made_of: str = "") -> bytes | None: ...
    def write(self, *parts: bytes, made_of: str = "") -> None: ...


class KnownEntry(NamedTuple):
    """The shape of an entry whose text begins on that line of its file."""

    line: int
    shape: EntryShape


def digest_of(text: str) -> bytes:
    """Names a text."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


class KeptEntries:
    """What is kept of a data folder whose entries may have the `custom` fields."""

    _again = False
    """Whether an earlier run was there."""

    def __init__(self, keeper: Keeper, custom: Custom) -> None:
        self._keeper = keeper
        self._made_of = str(custom)
        self._kinds = {kind.__name__: kind for kind in (*_IN_ENTRIES, entry_with(custom))}
        self._asked = 0
        self._held: dict[bytes, bytes] | None = None

    def entries(self, digests: Mapping[int, bytes], file: str) -> dict[int, EntryShape]:
        """Those that are known of the entries of a file; both by the lines on which their texts begin."""
        self._asked += len(digests)
        if self._asked <= _FEW:
            return {}
        found = {}
        for line, digest in digests.items():
            if (packed := self._packed().get(digest)) is not None:
                try:
                    found[line] = self._unpacked(_plain(packed), file, line)
                except _UNFIT:
                    del self._packed()[digest]
        return found

    def keep(self, entries: Iterable[Mapping[bytes, KnownEntry]]) -> None:
        """Have these entries for later runs, and no others; each by the digest of its text.

        The first run only says that it was there: of a machine that checks once and is gone, nobody has anything.
        """
        now = {digest: entry for of_file in entries for digest, entry in of_file.items()}
        if len(now) <= _FEW or now.keys() == self._packed().keys():
            return
        before, wanted = self._packed(), now if self._again else {}
        content = pickle.dumps({digest: before.get(digest) or _packed(*entry) for digest, entry in wanted.items()})
        self._keeper.write(content, made_of=self._made_of)

    def _packed(self) -> dict[bytes, bytes]:
        """Each entry that is kept, by the digest of its text."""
        if self._held is None:
            self._held = {}
            if (content := self._keeper.read(self._made_of)) is not None:
                with suppress(*_UNFIT):
                    self._held, self._again = dict(_plain(content)), True
        return self._held

    def _unpacked(self, packed: Any, file: str, first: int) -> EntryShape:
        shape, places = packed
        entry: EntryShape = self._shape(shape, _Places(places, file, first), ())
        return entry

    def _shape(self, packed: Any, places: _Places, route: _Route) -> Any:
        kind, values, inner, place = packed
        for name, held in inner.items():
            if isinstance(held, list):
                values[name] = [self._shape(one, places, (*route, name, at)) for at, one in enumerate(held)]
            else:
                values[name] = self._shape(held, places, (*route, name))
        return self._kinds[kind].known(values, places.place(route, *place))


def _packed(first: int, shape: Shape) -> bytes:
    """An entry whose text begins on that line; its places by themselves, since most are never asked for."""
    places = pickle.dumps(_packable_places(shape.place, first), _PROTOCOL)
    return pickle.dumps((_packable(shape, first), places), _PROTOCOL)


def _packable(shape: Shape, first: int) -> tuple[Any, ...]:
    """What it is, the values that are written in it, the shapes among them, and its place."""
    values: dict[str, Any] = {}
    inner: dict[str, Any] = {}
    written = shape.model_fields_set
    for name, value in shape.__dict__.items():
        if name not in written:
            continue
        if isinstance(value, Shape):
            inner[name] = _packable(value, first)
        elif isinstance(value, list) and value and isinstance(value[0], Shape):
            inner[name] = [_packable(one, first) for one in value]
        else:
            values[name] = value
    return type(shape).__name__, values, inner, _packable_place(shape.place, first)


def _packable_place(place: Place, first: int) -> tuple[Any, ...]:
    """A place, and whether there are any in it; there are none in that of a name."""
    _, line, column, length, children, key = place
    name = (key.line - first, key.column, key.length) if key is not None else None
    return line - first, column, length, name, bool(children)


def _packable_places(place: Place, first: int) -> _Inside:
    """Each place in one, with those that are in it."""
    inside = {}
    for step, child in place.children.items():
        _, line, column, length, children, key = child
        name = (key[1] - first, key[2], key[3]) if key is not None else None
        inside[step] = line - first, column, length, name, _packable_places(child, first) if children else None
    return inside


class _Places:
    """All places in an entry, unpacked when one of them is asked for."""

    __slots__ = ("_file", "_first", "_packed", "_unpacked")

    def __init__(self, packed: bytes, file: str, first: int) -> None:
        self._packed, self._file, self._first = packed, file, first
        self._unpacked: _Inside | None = None

    def inside(self, route: _Route) -> _Inside:
        """The places in the one to which that leads."""
        if self._unpacked is None:
            self._unpacked = {}
            with suppress(*_UNFIT):
                self._unpacked = dict(_plain(self._packed))
        inside = self._unpacked
        for step in route:
            inside = inside[step][-1]
        return inside

    def place(self, route: _Route, line: int, column: int, length: int, name: Any, inside: object) -> Place:
        """The one to which that leads, and whether there are any `inside`."""
        file, first = self._file, self._first
        key = Place(file, first + name[0], name[1], name[2]) if name is not None else None
        below = _Below(self, route) if inside else _NOTHING
        return tuple.__new__(Place, (file, first + line, column, length, below, key))


class _Below(Mapping[str | int, Place]):
    """The places in one, each made when it is asked for."""

    __slots__ = ("_places", "_route")

    def __init__(self, places: _Places, route: _Route) -> None:
        self._places, self._route = places, route

    def __getitem__(self, step: str | int) -> Place:
        return self._places.place((*self._route, step), *self._places.inside(self._route)[step])

    def __iter__(self) -> Iterator[str | int]:
        return iter(self._places.inside(self._route))

    def __len__(self) -> int:
        return len(self._places.inside(self._route))

    def __bool__(self) -> bool:
        # Whoever asks whether there are any need not have them unpacked.
        return True


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        return _VALUES[module, name]


def _plain(packed: bytes) -> Any:
    """What was packed; one of _UNFIT where that is damaged, or is of a kind that is not named here."""
    return _Plain(io.BytesIO(packed)).load()
