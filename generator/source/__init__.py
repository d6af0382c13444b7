"""Strict loading: YAML files to plain data, with the place of everything in them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.problems import Place, Problem, in_order
from generator.source import secrets
from generator.source.compose import Composer, Scalar
from generator.source.folder import HISTORY, data_files, kind
from generator.source.logos import LogoFile, read_logos
from generator.source.other_format import OTHER_FORMAT, other_format
from generator.source.pieces import ENTRIES, Piece, Pieces, composed_piece, data_in_pieces, in_pieces, sound
from generator.source.reading import NotAFile, decoded, ordinary, read, text_of
from generator.source.recovery import Bounds, recovered
from generator.source.revisions import NotInstalled, Repository, Revision, State, Unread, Unusable

__all__ = [
    "ENTRIES",
    "HISTORY",
    "OTHER_FORMAT",
    "Document",
    "LogoFile",
    "NotAFile",
    "NotInstalled",
    "Piece",
    "Pieces",
    "Repository",
    "Revision",
    "Scalar",
    "State",
    "Unread",
    "Unusable",
    "composed",
    "composed_piece",
    "data_files",
    "decoded",
    "in_pieces",
    "kind",
    "load",
    "ordinary",
    "other_format",
    "parse",
    "read",
    "read_logos",
    "sound",
    "text_of",
]


@dataclass(frozen=True)
class Document:
    """One file: its text, and its data as dict, list, Scalar and None (nothing written).

    `lost_lines` are the numbers of the lines that could not be read, and are not in the data; `lost_names` the ids and
    other names that stand there, and in what is given once more.  `whole_lists`: more than single entries may be
    missing.
    """

    file: str
    text: str
    data: Any
    place: Place
    lost_lines: frozenset[int] = frozenset()
    lost_names: frozenset[str] = frozenset()
    whole_lists: bool = False

    def incomplete(self, place: Place) -> bool:
        """Whether lines of the entry at a place could not be read."""
        if not self.lost_lines:
            return False
        entry = self._bounds.around(min(place.line, len(self._bounds.lines)) - 1)
        # Lines count from 1, and those of the entry from 0.
        return bisect_right(self._lost, entry.start) < bisect_right(self._lost, entry.stop)

    @cached_property
    def _bounds(self) -> Bounds:
        return Bounds(self.text.split("\n"))

    @cached_property
    def _lost(self) -> list[int]:
        return sorted(self.lost_lines)

    @classmethod
    def unread(cls, file: str, text: str) -> Document:
        """A file in which nothing is wrong; its data is read where somebody asks for it."""
        document = cls.__new__(cls)
        document.__dict__.update(file=file, text=text)
        return document

    def __getattr__(self, name: str) -> Any:
        if name not in ("data", "place"):
            raise AttributeError(name)
        # Who changes data asks for no places, and of a large file these are most of it.
        if name == "data":
            self.__dict__[name] = data_in_pieces(self.text, self.file)
        else:
            composer = Composer(self.text, self.file)
            composer.run()
            self.__dict__[name] = composer.place
        return self.__dict__[name]

    @property
    def apart(self) -> bool:
        """Whether each item of its long lists was read by itself, and nothing is wrong with it."""
        # Such a document has nothing of its own but its name and text.
        return "lost_lines" not in self.__dict__

    def forget(self) -> None:
        """Drop what can be read again from the text: of a large file, that is ten times as much."""
        if self.apart:
            self.__dict__.pop("data", None)
            self.__dict__.pop("place", None)

    @cached_property
    def _lines(self) -> list[str]:
        # A file in which nothing is wrong holds no secret.
        text = secrets.redacted(self.text, self.file)[0] if "lost_lines" in self.__dict__ else self.text
        return text.split("\n")

    def line(self, number: int) -> str:
        """The line of that number, from 1, without its ending and without secrets; empty where there is none.

        Not safe to print.
        """
        return self._lines[number - 1].removesuffix("\r") if 0 < number <= len(self._lines) else ""


def load(path: Path, file: str, limit: int) -> tuple[Document | None, list[Problem]]:
    """Read one file of at most `limit` bytes; `file` is its name in places.

    The document is None where nothing of it can be read.  Otherwise there may be problems beside it: entries that
    cannot be read are not in its data, and of a name given twice the first value is kept.
    """
    text, problem = read(path, file, limit)
    if problem is not None:
        return None, [problem]
    return composed(text, file)


def parse(text: str, file: str) -> tuple[Any, list[Problem]]:
    """The data of a text that stands in no file of its own; places are those in the text."""
    document, problems = composed(text, file)
    return document.data if document is not None else None, problems


def composed(text: str, file: str) -> tuple[Document | None, list[Problem]]:
    """What `load` gives for a file with that text."""
    found = recovered(text, file)
    read = found.composer
    if read is None:
        return None, in_order(found.problems)
    document = Document(file, text, read.data, read.place, found.lines, found.names, found.whole_lists)
    return document, in_order(found.problems)
