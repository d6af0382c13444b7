"""Every file of a data folder, read and checked for its shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.formats.history import load_history
from generator.model import Snapshot
from generator.problems import Place, Problem
from generator.resolve import Shapes
from generator.schema import FORMAT, SETTINGS, check, format_of
from generator.schema.check import MISSING_FIELD
from generator.schema.shapes import DepartmentShape, LimitsShape
from generator.schema.values import slug
from generator.source import HISTORY, Document, data_files, load, other_format, text_of

_MEGABYTE = 1_000_000
_OTHER_LIMIT = 2 * _MEGABYTE
_KINDS = {
    "taxonomy.yml": ("function", "group", "type", "mode", "stage", "factor"),
    "people.yml": ("person",),
    "portfolio.yml": ("offer", "route"),
    "strategy.yml": ("objective", "program"),
    "toolkit.yml": ("tool", "skill"),
}


@dataclass(frozen=True)
class Files:
    """What a folder holds: the shapes of its files, the documents behind them, and what is wrong with them.

    Where the data is written for another format, `other_format` is all that can be said of it; else it is empty.
    """

    shapes: Shapes
    documents: dict[str, Document]
    problems: list[Problem]
    other_format: list[Problem]


def read_files(folder: Path) -> Files:
    """Read a data folder; what is wrong with a file never keeps the others from being read."""
    reader = _Reader(folder)
    reader.read()
    optional = {file.removesuffix(".yml"): shape for file, shape in reader.shapes.items()}
    shapes = Shapes(
        departments=tuple(reader.departments),
        history=tuple(sorted(reader.history, key=lambda snapshot: snapshot.day)),
        unread=frozenset(reader.unread),
        dropped=frozenset(reader.dropped),
        **optional,
    )
    return Files(shapes, reader.documents, reader.problems, reader.other_format())


@dataclass
class _Reader:
    folder: Path
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    shapes: dict[str, Any] = field(default_factory=dict)
    departments: list[DepartmentShape] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    dropped: set[str] = field(default_factory=set)
    history: list[Snapshot] = field(default_factory=list)
    bad_text: list[Problem] = field(default_factory=list)

    def read(self) -> None:
        files, problems = data_files(self.folder)
        self.problems += problems
        limit = LimitsShape().inventory_mb * _MEGABYTE
        # The settings come first: they say how large the others may be.
        for file in sorted(files.keys() - {HISTORY}, key=lambda name: (name != SETTINGS, [*files].index(name))):
            inventory = file == "partners.yml" or file.startswith("partners/")
            shape = self._shape(file, files[file], limit if inventory else _OTHER_LIMIT)
            if shape is None or self.documents[file].whole_lists:
                self.unread.update(_KINDS.get(file, ("department", "partner")))
            if shape is None or (file == "taxonomy.yml" and self.documents[file].whole_lists):
                continue
            if inventory:
                self.departments += shape.departments
            else:
                self.shapes[file] = shape
                if file == SETTINGS:
                    limit = shape.limits.inventory_mb * _MEGABYTE
        if HISTORY in files:
            self.history, text, problems = load_history(files[HISTORY], _OTHER_LIMIT)
            self.documents[HISTORY] = Document(HISTORY, text, None, Place(HISTORY))
            self.problems += problems
        if "taxonomy.yml" not in files:
            self.unread.update(_KINDS["taxonomy.yml"])

    def other_format(self) -> list[Problem]:
        """That the data is of another format; where that is an older one, also what is wrong in every format."""
        settings = self.documents.get(SETTINGS, Document(SETTINGS, "", None, Place(SETTINGS)))
        if (settings.data is None or settings.unread) and any(
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
        document, problems = load(path, file, limit)
        self.problems += problems
        self.bad_text += problems
        if document is None:
            # Nothing in it can be trusted, but a report shows the line that is wrong.
            self.documents[file] = Document(file, text_of(path, limit), None, Place(file))
            return None
        self.documents[file] = document
        self.dropped |= document.lost | {slug(written) for written in document.lost}
        shape, problems = check(file, document.data, document.place)
        # What an entry seems to lack may stand in the lines that could not be read.
        self.problems += [
            one for one in problems if one.code is not MISSING_FIELD or not document.incomplete(one.place)
        ]
        if problems and shape is not None:
            dropped = set(_ids(document.data)) - set(_ids(shape.model_dump()))
            self.dropped |= dropped | {slug(written) for written in dropped}
        return shape


def _ids(data: Any) -> Iterator[str]:
    """Every id that an entry in `data` has."""
    if isinstance(data, dict):
        if isinstance(data.get("id"), str):
            yield str(data["id"])
        yield from _ids(list(data.values()))
    elif isinstance(data, list):
        for item in data:
            yield from _ids(item)
