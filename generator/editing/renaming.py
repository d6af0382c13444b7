"""One id for another, everywhere; where the other is taken, the two entries become one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from generator.editing.draft import Draft
from generator.editing.inventory import Item, entries_of, listed
from generator.editing.tree import Route
from generator.schema import Reference, is_null, references
from generator.source import Document

_DEFAULTS = {
    "partner": {"status": "active", "lead": "false"},
    "person": {"active": "true"},
    "type": {"scope": "in"},
}
"""What it means that an entry leaves one of these fields out."""

_KEYS = {"skills": "skill"}
"""The lists of which no two items may say different things about one of these."""


class Conflict(NamedTuple):
    """Two entries that are to become one say different things.

    Each of the two has a file, the route of what is said there, and whether anything is: where nothing
    is, the route is that of the entry, which could say it in the last word of `field`.
    """

    field: str
    kept: tuple[str, Route, bool]
    gone: tuple[str, Route, bool]


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
                self._draft(entry.file).drop(entry.route, "name", spare=True)
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
            self._join(kept, old, ("id", "name", "aliases"))
        # Capitals make no other name.
        known = {one.casefold() for one in (*_list(kept, "aliases"), str(kept.data["name"]), self._new)}
        if more := {one.casefold(): one for one in reversed(aliases) if one.casefold() not in known}:
            draft.add((*kept.route, "aliases"), *reversed(more.values()))

    def _join(self, kept: Item, gone: Item, own: Sequence[str]) -> None:
        """Give one entry what only the other has; `own` are the fields that are no matter of agreement."""
        draft, usual = self._draft(kept.file), self._usual(kept)
        for field in dict.fromkeys([*gone.data, *(name for name in usual if name in kept.data)]):
            value, mine = (_written(entry, field, usual) for entry in (gone, kept))
            if field in own or value is None or value == mine:
                continue
            if isinstance(value, list) and isinstance(mine or [], list):
                self._add(kept, gone, field)
            elif mine is None:
                draft.set(kept.route, field, value)
            else:
                self._conflict(field, kept, gone, (field,), (field,))
        if remarks := self._draft(gone.file).comments(gone.route):
            draft.remark(kept.route, remarks)
        self._remove(gone)

    def _add(self, kept: Item, gone: Item, field: str) -> None:
        """Put into a list what only that of the other entry has; no type is confused with itself."""
        mine, value, key = kept.data.get(field) or [], gone.data[field], _KEYS.get(field, "")
        for index, one in enumerate(value):
            same = [at for at, other in enumerate(mine) if key and other[key] == one[key] and other != one]
            for at in same:
                self._conflict(field, kept, gone, (field, at), (field, index))
        if field in ("types", "confused_with"):
            # A type has several names, and none is confused with itself.
            there = [*map(self._means, mine), *([self._new] if field == "confused_with" else [])]
            more = [one for one in value if self._means(one) not in there]
        else:
            more = [one for one in value if one not in mine]
        if more and mine:
            self._draft(kept.file).add((*kept.route, field), *more)
        elif more:
            self._draft(kept.file).set(kept.route, field, more)

    def _usual(self, entry: Item) -> Mapping[str, Any]:
        """What an entry says by leaving a field out."""
        functions = listed(self._documents, "taxonomy.yml", ("functions",)) if self._kind == "type" else ()
        mode = next((one.data.get("mode") for one in functions if one.id == entry.data["function"]), None)
        return _DEFAULTS[self._kind] | ({"mode": mode} if mode else {})

    def _conflict(self, field: str, kept: Item, gone: Item, mine: Route, theirs: Route) -> None:
        places = (
            (one.file, (*one.route, *(route if field in one.data else ())), field in one.data)
            for one, route in ((kept, mine), (gone, theirs))
        )
        self.conflicts.append(Conflict(field, *places))

    def _remove(self, entry: Item) -> None:
        self._removed.add((entry.file, entry.route))
        # The comments of an entry that stands in brackets stay there.
        draft = self._draft(entry.file)
        draft.remove(entry.route, spare=not draft.comments(entry.route))

    def _references(self) -> None:
        for file, document in self._documents.items():
            if not isinstance(document.data, dict):
                continue
            for one in references(file, document.data):
                gone = any(file == where and one.route[: len(route)] == route for where, route in self._removed)
                if one.kind != self._kind or gone:
                    continue
                beside = self._beside(document, one)
                alone = not beside and not self._of_itself(document, one)
                if one.written != self._old and (
                    alone or self._kind != "type" or self._means(one.written) != self._old
                ):
                    # Another name of a type leads to the new one, too.
                    continue
                if one.key and beside:
                    self._join_names(document, one, beside)
                elif not alone:
                    self._draft(file).remove(one.route, spare=True)
                else:
                    self._draft(file).replace(one.route, self._new, key=one.key)

    def _beside(self, document: Document, reference: Reference) -> str | None:
        """What the list or the mapping that holds a reference writes for the other entry, where it names that, too."""
        if not reference.key and not isinstance(reference.route[-1], int):
            return None
        holder = _at(document, reference.route[:-1])
        others = (
            [one for one in holder if one != reference.written]
            if reference.key
            else [one for index, one in enumerate(holder) if index != reference.route[-1]]
        )
        means = self._means if self._kind == "type" else str
        return next((one for one in others if isinstance(one, str) and self._new in (one, means(one))), None)

    def _join_names(self, document: Document, reference: Reference, other: str) -> None:
        """Two names of a mapping become one, if they stand for the same."""
        holder, name = reference.route[:-1], str(reference.route[-1])
        if _at(document, reference.route) == _at(document, (*holder, other)):
            self._draft(document.file).drop(holder, name, spare=True)
        else:
            places = ((document.file, (*holder, one), True) for one in (other, name))
            self.conflicts.append(Conflict(str(holder[-1]), *places))

    def _of_itself(self, document: Document, reference: Reference) -> bool:
        """Whether a type would be listed as confused with itself."""
        entry = _at(document, reference.route[:2]) if reference.route[2:3] == ("confused_with",) else {}
        return str(entry.get("id")) == self._new


def _at(document: Document, route: Route) -> Any:
    found: Any = document.data
    for step in route:
        found = found[step]
    return found


def _written(entry: Item, field: str, usual: Mapping[str, Any]) -> Any:
    """What an entry says, also by leaving a field out; None where that says nothing."""
    value = entry.data.get(field)
    return usual.get(field) if value == [] or is_null(value) else value


def _list(entry: Item, field: str) -> list[str]:
    return [str(one) for one in entry.data.get(field) or ()]
