"""One id for another, everywhere; where the other is taken, the two entries become one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from generator.editing.draft import Draft
from generator.editing.inventory import Entry, entries_of, listed
from generator.editing.tree import Route
from generator.schema import Reference, references
from generator.source import Document

_DEFAULTS = {"status": "active", "active": "true"}
"""What it means that an entry leaves one of these fields out."""


class Conflict(NamedTuple):
    """Two entries that are to become one say different things: what, and in which lines of which files."""

    field: str
    kept: Entry
    gone: Entry


class Renaming:
    """The files in which an entry gets the id of another, or a new one.

    `means` tells what a written type stands for.  `conflicts` is what keeps two entries from
    becoming one; `texts` may be used where there are none.
    """

    def __init__(
        self, documents: Mapping[str, Document], kind: str, old: str, new: str, means: Callable[[str], str | None]
    ) -> None:
        self.conflicts: list[Conflict] = []
        self._documents = documents
        self._kind, self._old, self._new = kind, old, new
        self._means = means
        self._drafts: dict[str, Draft] = {}
        self._removed: set[tuple[str, Route]] = set()
        {"partner": self._partner, "person": self._person, "type": self._type}[kind]()
        self._references()

    def texts(self) -> dict[str, str]:
        """The new text of each file that changes."""
        return {file: draft.text() for file, draft in self._drafts.items()}

    def _draft(self, file: str) -> Draft:
        if file not in self._drafts:
            self._drafts[file] = Draft(self._documents[file])
        return self._drafts[file]

    def _partner(self) -> None:
        entries = list(entries_of(self._documents, self._old))
        others = dict(entries_of(self._documents, self._new))
        former, left = [self._old], list(others.values())
        for department, entry in entries:
            if department in others:
                self._join(others[department], entry, ("id", "name", "formerly"))
                former += _list(entry, "formerly")
                continue
            left.append(entry)
            self._draft(entry.file).replace((*entry.route, "id"), self._new)
            if others and "name" in entry.data:
                self._draft(entry.file).drop(entry.route, "name")
        for number, entry in enumerate(left):
            before, draft = _list(entry, "formerly"), self._draft(entry.file)
            more = [one for one in former if one not in (*before, self._new)] if not number else []
            if self._new in before:
                # It is an id of today again.
                draft.set(entry.route, "formerly", [*(one for one in before if one != self._new), *more])
            elif more:
                draft.add((*entry.route, "formerly"), *more)

    def _person(self) -> None:
        people = {entry.id: entry for entry in listed(self._documents, "people.yml", ("people",))}
        if self._old in people and self._new in people:
            self._join(people[self._new], people[self._old], ("id", "name"))
        elif self._old in people:
            self._draft("people.yml").replace((*people[self._old].route, "id"), self._new)

    def _type(self) -> None:
        types = {entry.id: entry for entry in listed(self._documents, "taxonomy.yml", ("types",))}
        old, draft = types[self._old], self._draft("taxonomy.yml")
        kept = types.get(self._new, old)
        aliases = [self._old]
        if kept is old:
            draft.replace((*old.route, "id"), self._new)
        else:
            aliases += [str(old.data["name"]), *_list(old, "aliases")]
            self._remove(old)
        draft.add((*kept.route, "aliases"), *[one for one in aliases if one not in _list(kept, "aliases")])

    def _join(self, kept: Entry, gone: Entry, own: Sequence[str]) -> None:
        """Give one entry what only the other has; `own` are the fields that each may keep for itself."""
        draft = self._draft(kept.file)
        for field in dict.fromkeys([*gone.data, *(name for name in _DEFAULTS if name in kept.data)]):
            value, mine = (_written(entry, field) for entry in (gone, kept))
            if field in own or value is None or value == mine:
                continue
            if mine is None:
                draft.set(kept.route, field, value)
            elif not isinstance(value, list) or not isinstance(mine, list):
                self.conflicts.append(Conflict(field, kept, gone))
            elif more := [one for one in value if one not in mine]:
                draft.add((*kept.route, field), *more)
        self._remove(gone)

    def _remove(self, entry: Entry) -> None:
        self._removed.add((entry.file, entry.route))
        self._draft(entry.file).remove(entry.route)

    def _references(self) -> None:
        for file, document in self._documents.items():
            if not isinstance(document.data, dict):
                continue
            for one in references(file, document.data):
                gone = any(file == where and one.route[: len(route)] == route for where, route in self._removed)
                if one.kind != self._kind or one.written != self._old or gone:
                    continue
                if self._stands_beside(document, one) or self._of_itself(document, one):
                    self._draft(file).remove(one.route)
                else:
                    self._draft(file).replace(one.route, self._new, key=one.key)

    def _stands_beside(self, document: Document, reference: Reference) -> bool:
        """Whether the list that holds a reference names the other entry, too."""
        if reference.key or not isinstance(reference.route[-1], int):
            return False
        items = _at(document, reference.route[:-1])
        others = [str(item) for index, item in enumerate(items) if index != reference.route[-1]]
        return self._new in others or (self._kind == "type" and self._new in map(self._means, others))

    def _of_itself(self, document: Document, reference: Reference) -> bool:
        """Whether a type would be listed as confused with itself."""
        entry = _at(document, reference.route[:2]) if reference.route[2:3] == ("confused_with",) else {}
        return str(entry.get("id")) == self._new


def _at(document: Document, route: Route) -> Any:
    found: Any = document.data
    for step in route:
        found = found[step]
    return found


def _written(entry: Entry, field: str) -> Any:
    """What an entry says, also by leaving a field out; None where that says nothing."""
    value = entry.data.get(field)
    return _DEFAULTS.get(field) if value in (None, [], "null") else value


def _list(entry: Entry, field: str) -> list[str]:
    return [str(one) for one in entry.data.get(field) or ()]
