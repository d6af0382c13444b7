"""Every file of a data folder, read and checked for its shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from generator.formats.history import load_history
from generator.loading.entries import Entries, read_entries
from generator.loading.kept import Keeper, KeptEntries, KnownEntry
from generator.model import FIELDS, Logo, Snapshot
from generator.problems import Place, Problem
from generator.resolve import Shapes
from generator.schema import FORMAT, SETTINGS, Custom, check, custom_fields, fields_at, format_of, needed_at
from generator.schema.check import MISSING_FIELD, UNKNOWN_FIELD
from generator.schema.shapes import DepartmentShape, LimitsShape, SettingsFile, Shape
from generator.schema.values import slug
from generator.source import HISTORY, Document, LogoFile, composed, data_files, other_format, read, read_logos, text_of

_MEGABYTE = 1_000_000
_OTHER_LIMIT = 2 * _MEGABYTE
_LISTS: Mapping[str, Mapping[str, str]] = {
    "taxonomy.yml": {
        "function": "functions", "group": "groups", "type": "types", "mode": "modes", "stage": "stages",
        "factor": "factors",
    },
    "people.yml": {"person": "people"},
    "portfolio.yml": {"offer": "offers", "route": "routes"},
    "strategy.yml": {"objective": "objectives", "program": "programs"},
    "toolkit.yml": {"tool": "tools", "skill": "skills"},
    "rules.yml": {"rule": "rules"},
    "settings.yml": {"system": "systems", "audience": "audiences", "field": "fields"},
    "sources.yml": {"source": "sources"},
}  # fmt: skip
"""The kinds of entry that others refer to, by file, each with the list at the top that has them."""
_OF_INVENTORIES = {"department": "departments", "partner": "departments"}


@dataclass(frozen=True)
class Files:
    """What a folder holds: the shapes of its files, the documents behind them, and what is wrong with them.

    Where the data is written for another format, `other_format` is all that can be said of it; else it is empty.
    """

    shapes: Shapes
    documents: dict[str, Document]
    problems: list[Problem]
    other_format: list[Problem]
    by_file: dict[str, Any]
    """The shape of each file."""
    entries: dict[str, Mapping[bytes, KnownEntry]]
    """Of each inventory in which nothing is wrong, each entry by the digest of its text."""
    custom: Custom
    """The fields that the settings declare."""


def read_files(folder: Path, near: Files | None = None, keeper: Keeper | None = None) -> Files:
    """Read a data folder; what is wrong with a file never keeps the others from being read.

    Of entries that are written just so in another state, `near`, only the places are found out, and so it is of those
    that the `keeper` has of an earlier run.
    """
    reader = _Reader(folder, near, keeper)
    reader.read()
    optional = {field_of(file): shape for file, shape in reader.shapes.items() if not is_inventory(file)}
    shapes = Shapes(
        departments=departments_of(reader.shapes),
        history=by_day(reader.history),
        logos=tuple(Logo(*logo) for logo in reader.logos),
        unread=frozenset(reader.unread),
        dropped=frozenset(reader.dropped),
        **optional,
    )
    other_format = reader.other_format()
    return Files(shapes, reader.documents, reader.problems, other_format, reader.shapes, reader.entries, reader.custom)


def by_day(snapshots: Iterable[Snapshot]) -> tuple[Snapshot, ...]:
    return tuple(sorted(snapshots, key=lambda snapshot: snapshot.day))


def is_inventory(file: str) -> bool:
    return file == "partners.yml" or file.startswith("partners/")


def field_of(file: str) -> str:
    """The field of Shapes for a file that is no inventory."""
    return file.removesuffix(".yml")


def departments_of(by_file: Mapping[str, Any]) -> tuple[DepartmentShape, ...]:
    """The departments of all inventories; the shapes of files are in the order in which they were read."""
    return tuple(one for file, shape in by_file.items() if is_inventory(file) for one in shape.departments)


def limit_of(file: str, settings: SettingsFile | None) -> int:
    """The most bytes that a file may have."""
    limits = settings.limits if settings is not None else LimitsShape()
    return limits.inventory_mb * _MEGABYTE if is_inventory(file) else _OTHER_LIMIT


@dataclass
class _Reader:
    folder: Path
    near: Files | None = None
    keeper: Keeper | None = None
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    shapes: dict[str, Any] = field(default_factory=dict)
    entries: dict[str, Mapping[bytes, KnownEntry]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    dropped: set[str] = field(default_factory=set)
    history: list[Snapshot] = field(default_factory=list)
    logos: list[LogoFile] = field(default_factory=list)
    bad_text: list[Problem] = field(default_factory=list)

    def read(self) -> None:
        files, problems = data_files(self.folder)
        self.problems += problems
        # The settings come first: they say how large the others may be, and what fields entries may have.  The
        # inventories come last: what the others know is proposed for them.
        yaml = [name for name in files if name != HISTORY]
        for file in sorted(yaml, key=lambda name: (name != SETTINGS, is_inventory(name))):
            shape = self._shape(file, files[file], limit_of(file, self.shapes.get(SETTINGS)))
            lost = shape is None or self.documents[file].whole_lists
            # Of a taxonomy without its types nothing can be said.
            lost |= file == "taxonomy.yml" and "type" in self.unread
            if lost:
                self.unread.update(_lists_of(file))
            if shape is None or (file == "taxonomy.yml" and lost):
                continue
            self.shapes[file] = shape
        # However they were read, whoever goes through them goes from name to name, behind the settings.
        in_order = sorted(yaml, key=lambda name: name != SETTINGS)
        self.documents = {name: self.documents[name] for name in in_order if name in self.documents}
        self.logos, problems = read_logos(self.folder)
        self.problems += problems
        if HISTORY in files:
            self.history, text, problems = load_history(files[HISTORY], _OTHER_LIMIT)
            self.documents[HISTORY] = Document(HISTORY, text, None, Place(HISTORY))
            self.problems += problems
        if "taxonomy.yml" not in files:
            self.unread.update(_lists_of("taxonomy.yml"))
        # What is wrong will be mended soon: until then, everything that was right before is worth being kept.
        if self._kept is not None and not self.problems:
            self._kept.keep(self.entries.values())

    @property
    def custom(self) -> Custom:
        return custom_fields(self.shapes[SETTINGS]) if SETTINGS in self.shapes else ()

    def _names(self) -> dict[str, list[str]]:
        """What may stand in lists, as far as it has been read: of `offers`, the ids of those of portfolio.yml."""
        names = {
            listed: [one.id for one in getattr(self.shapes[file], listed)]
            for file, lists in _LISTS.items()
            if file in self.shapes
            for listed in lists.values()
        }
        if taxonomy := self.shapes.get("taxonomy.yml"):
            others = ([one.name, one.short or one.name, *one.aliases] for one in taxonomy.types)
            names["types"] += chain.from_iterable(others)
        for row in (*FIELDS, *self.custom):
            if row.many and row.listed and SETTINGS in self.shapes:
                names[row.id] = getattr(self.shapes[SETTINGS], row.listed)
            elif row.many and row.values:
                names[row.id] = [*row.values]
        return names

    @cached_property
    def _kept(self) -> KeptEntries | None:
        return KeptEntries(self.keeper, self.custom) if self.keeper is not None else None

    def _entries(self, text: str, file: str) -> Entries | None:
        """What an inventory says in which nothing is wrong."""
        near = self.near if self.near is not None and self.near.custom == self.custom else None
        known = near.entries.get(file, {}) if near is not None else {}
        return read_entries(text, file, known, self.custom, placed=True, kept=self._kept)

    @property
    def _fields_known(self) -> bool:
        """Whether every field is known that the settings declare, right or wrong."""
        document, shape = self.documents.get(SETTINGS), self.shapes.get(SETTINGS)
        if document is None:
            return True
        if shape is None or document.lost_lines:
            return False
        data = document.data or {}
        return len(data.get("fields") or ()) <= len(shape.fields) and "fields" not in _lost(SETTINGS, data, shape)

    def other_format(self) -> list[Problem]:
        """That the data is of another format; where that is an older one, also what is wrong in every format."""
        settings = self.documents.get(SETTINGS, Document(SETTINGS, "", None, Place(SETTINGS)))
        if (settings.data is None or settings.lost_lines) and any(
            problem.place.file == SETTINGS for problem in self.bad_text
        ):
            return []
        written = format_of(settings.data)
        if written is None:
            return []
        place = settings.place.at("format")
        problem = other_format("the data", written, FORMAT, place, "playbook upgrade")
        if problem is None:
            return []
        return [problem] if written > FORMAT else [problem, *self.bad_text]

    def _shape(self, file: str, path: Path, limit: int) -> Any:
        text, problem = read(path, file, limit)
        if problem is None and is_inventory(file) and (entries := self._entries(text, file)):
            self.documents[file] = Document.unread(file, text)
            self.entries[file] = entries.by_digest
            return entries.inventory
        document, problems = composed(text, file) if problem is None else (None, [problem])
        self.problems += problems
        self.bad_text += problems
        if document is None:
            # Nothing in it can be trusted, but a report shows the line that is wrong.
            self.documents[file] = Document(file, text_of(path, limit), None, Place(file))
            return None
        self.documents[file] = document
        self.dropped |= document.lost_names | {slug(written) for written in document.lost_names}
        shape, problems = check(file, document.data, document.place, self.custom, self._names())
        if is_inventory(file) and not self._fields_known:
            # One mistake in the settings is not to be told of once more by each entry.
            problems = [one for one in problems if one.code is not UNKNOWN_FIELD]
        # What an entry seems to lack may stand in the lines that could not be read.
        self.problems += [
            one for one in problems if one.code is not MISSING_FIELD or not document.incomplete(one.place)
        ]
        if problems and shape is not None:
            # An id may stand in several entries, of which some are left.
            dropped = (Counter(_ids(document.data)) - Counter(_ids(shape))).keys()
            self.dropped |= dropped | {slug(written) for written in dropped}
            lost = _lost(file, document.data or {}, shape)
            self.unread.update(kind for kind, field in _lists_of(file).items() if field in lost)
        return shape


def _lists_of(file: str) -> Mapping[str, str]:
    return _LISTS.get(file, _OF_INVENTORIES)


def _lost(file: str, data: Mapping[str, Any], shape: Any) -> set[str]:
    """The lists at the top of a file in which something is wrong that stand there as none, or under another name."""
    fields, needed = fields_at(file, ()), needed_at(file, ())
    misnamed = data.keys() - set(fields)
    empty = [name for name in fields if not getattr(shape, name) and not isinstance(data.get(name), list)]
    return {name for name in empty if misnamed or name in data or name in needed}


def _ids(data: Any) -> Iterator[str]:
    """Every id that an entry in `data` has, which may be a shape."""
    data = vars(data) if isinstance(data, Shape) else data
    if isinstance(data, dict):
        if isinstance(data.get("id"), str):
            yield str(data["id"])
        yield from _ids(list(data.values()))
    elif isinstance(data, list):
        for item in data:
            yield from _ids(item)
