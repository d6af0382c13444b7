"""One id for another, everywhere; where the other is taken, the two entries become one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from generator.editing.draft import Draft
from generator.editing.inventory import Item, entries_of, listed
from generator.editing.tree import Route
from generator.schema import Custom, Reference, is_null, references
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
    target: tuple[str, Route, bool]
    source: tuple[str, Route, bool]


class Renaming:
    """The files in which an entry gets the id of another, or a new one.

    `means` tells what a written type stands for; `custom` are the fields that settings declare.  `conflicts` is what
    keeps two entries from becoming one; `texts` may be used where there are none.
    """

    def __init__(
        self,
        documents: Mapping[str, Document],
        kind: str,
        old: str,
        new: str,
        means: Callable[[str], str | None],
        custom: Custom,
    ) -> None:
        self.conflicts: list[Conflict] = []
        self._documents = documents
        self._kind, self._old, self._new = kind, old, new
        self._means = means
        self._custom = custom
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
        targets = dict(entries_of(self._documents, self._new))
        former, staying = [self._old], list(targets.values())
        for department, entry in entries:
            if department in targets:
                self._join(targets[department], entry, ("id", "name", "formerly"))
                former += _list(entry, "formerly")
                continue
            staying.append(entry)
            self._draft(entry.file).replace((*entry.route, "id"), self._new)
            if targets and "name" in entry.data:
                self._draft(entry.file).drop(entry.route, "name", spare=True)
        for number, entry in enumerate(staying):
            before, draft = _list(entry, "formerly"), self._draft(entry.file)
            added = [ident for ident in former if ident not in (*before, self._new)] if not number else []
            if self._new in before:
                # It is an id of today again.
                draft.set(entry.route, "formerly", [*(ident for ident in before if ident != self._new), *added])
            elif added:
                draft.add((*entry.route, "formerly"), *added)

    def _person(self) -> None:
        people = {entry.id: entry for entry in listed(self._documents, "people.yml", ("people",))}
        if self._old in people and self._new in people:
            self._join(people[self._new], people[self._old], ("id", "name"))
        elif self._old in people:
            self._draft("people.yml").replace((*people[self._old].route, "id"), self._new)

    def _type(self) -> None:
        types = {entry.id: entry for entry in listed(self._documents, "taxonomy.yml", ("types",))}
        old, draft = types[self._old], self._draft("taxonomy.yml")
        target = types.get(self._new, old)
        aliases = [self._old]
        if target is old:
            draft.replace((*old.route, "id"), self._new)
        else:
            aliases += [str(old.data["name"]), *_list(old, "aliases")]
            self._join(target, old, ("id", "name", "aliases"))
        # Capitals make no other name.
        known = {name.casefold() for name in (*_list(target, "aliases"), str(target.data["name"]), self._new)}
        if added := {alias.casefold(): alias for alias in reversed(aliases) if alias.casefold() not in known}:
            draft.add((*target.route, "aliases"), *reversed(added.values()))

    def _join(self, target: Item, source: Item, own: Sequence[str]) -> None:
        """Give one entry what only the other has; `own` are the fields that are no matter of agreement."""
        draft, defaults = self._draft(target.file), self._defaults(target)
        for field in dict.fromkeys([*source.data, *(name for name in defaults if name in target.data)]):
            value, present = (_written(entry, field, defaults) for entry in (source, target))
            if field in own or value is None or value == present:
                continue
            if isinstance(value, list) and isinstance(present or [], list):
                self._join_lists(target, source, field)
            elif present is None:
                draft.set(target.route, field, value)
            elif field == "ids" and all(present.get(system, ident) == ident for system, ident in value.items()):
                # Each system knows one of the two.
                draft.set(target.route, field, {**present, **value})
            else:
                self._conflict(field, target, source, (field,), (field,))
        if remarks := self._draft(source.file).comments(source.route):
            draft.remark(target.route, remarks)
        self._remove(source)

    def _join_lists(self, target: Item, source: Item, field: str) -> None:
        """Put into a list what only that of the other entry has; no type is confused with itself."""
        items, value, key = target.data.get(field) or [], source.data[field], _KEYS.get(field, "")
        for index, item in enumerate(value):
            for position, present in enumerate(items):
                if key and present[key] == item[key] and present != item:
                    self._conflict(field, target, source, (field, position), (field, index))
        if field in ("types", "confused_with"):
            # A type has several names, and none is confused with itself.
            types = [*map(self._means, items), *([self._new] if field == "confused_with" else [])]
            added = [type_id for type_id in value if self._means(type_id) not in types]
        else:
            added = [item for item in value if item not in items]
        if added and items:
            self._draft(target.file).add((*target.route, field), *added)
        elif added:
            self._draft(target.file).set(target.route, field, added)

    def _defaults(self, entry: Item) -> Mapping[str, Any]:
        """What an entry says by leaving a field out."""
        functions = listed(self._documents, "taxonomy.yml", ("functions",)) if self._kind == "type" else ()
        mode = next((item.data.get("mode") for item in functions if item.id == entry.data["function"]), None)
        return _DEFAULTS[self._kind] | ({"mode": mode} if mode else {})

    def _conflict(self, field: str, target: Item, source: Item, target_route: Route, source_route: Route) -> None:
        places = (
            (entry.file, (*entry.route, *(route if field in entry.data else ())), field in entry.data)
            for entry, route in ((target, target_route), (source, source_route))
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
            for reference in references(file, document.data, self._custom):
                removed = any(
                    file == where and reference.route[: len(route)] == route for where, route in self._removed
                )
                if reference.kind != self._kind or removed:
                    continue
                beside = self._other_name(document, reference)
                alone = not beside and not self._of_itself(document, reference)
                if reference.written != self._old and (
                    alone or self._kind != "type" or self._means(reference.written) != self._old
                ):
                    # Another name of a type leads to the new one, too.
                    continue
                if reference.key and beside:
                    self._join_names(document, reference, beside)
                elif not alone:
                    self._draft(file).remove(reference.route, spare=True)
                else:
                    self._draft(file).replace(reference.route, self._new, key=reference.key)

    def _other_name(self, document: Document, reference: Reference) -> str | None:
        """What the list or the mapping that holds a reference writes for the other entry, where it names that, too."""
        if not reference.key and not isinstance(reference.route[-1], int):
            return None
        holder = _value_at(document, reference.route[:-1])
        names = (
            [name for name in holder if name != reference.written]
            if reference.key
            else [name for index, name in enumerate(holder) if index != reference.route[-1]]
        )
        means = self._means if self._kind == "type" else str
        return next((name for name in names if isinstance(name, str) and self._new in (name, means(name))), None)

    def _join_names(self, document: Document, reference: Reference, other: str) -> None:
        """Two names of a mapping become one, if they stand for the same."""
        holder, name = reference.route[:-1], str(reference.route[-1])
        if _value_at(document, reference.route) == _value_at(document, (*holder, other)):
            self._draft(document.file).drop(holder, name, spare=True)
        else:
            places = ((document.file, (*holder, key), True) for key in (other, name))
            self.conflicts.append(Conflict(str(holder[-1]), *places))

    def _of_itself(self, document: Document, reference: Reference) -> bool:
        """Whether a type would be listed as confused with itself."""
        entry = _value_at(document, reference.route[:2]) if reference.route[2:3] == ("confused_with",) else {}
        return str(entry.get("id")) == self._new


def _value_at(document: Document, route: Route) -> Any:
    node: Any = document.data
    for step in route:
        node = node[step]
    return node


def _written(entry: Item, field: str, defaults: Mapping[str, Any]) -> Any:
    """What an entry says, also by leaving a field out; None where that says nothing."""
    value = entry.data.get(field)
    return defaults.get(field) if value == [] or is_null(value) else value


def _list(entry: Item, field: str) -> list[str]:
    return [str(text) for text in entry.data.get(field) or ()]
