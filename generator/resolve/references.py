"""Who is declared where, and what a reference means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Protocol, TypeVar

from generator.problems import NOWHERE, Code, Nearest, Place, Problem, define_error, names_in
from generator.schema import UNSTATED
from generator.schema.shapes import FunctionShape, GroupShape, Taxonomy, TypeShape
from generator.schema.values import looks_like

DUPLICATE_ID = define_error(
    "duplicate-id",
    "An id is used twice",
    meaning="Two entries of one kind have the same id, so a reference to it could mean either. The same holds for a "
    "former id that another partner has, or once had.",
    fix="Give one of them another id. If both are the same thing, keep one entry.",
)
DUPLICATE_ALIAS = define_error(
    "duplicate-alias",
    "Two types go by one name",
    meaning="The name or alias of one partner type is already the name or an alias of another, capitals and "
    "punctuation aside.",
    fix="Keep it at the type that people mean by it, or list it under ambiguous_aliases.",
)
UNKNOWN_ID = define_error(
    "unknown-id",
    "A reference to something that is not there",
    meaning="An entry refers to an id that no entry of that kind has.",
    fix="Write the proposed id, or add the entry that you refer to.",
)
UNKNOWN_TYPE = define_error(
    "unknown-type",
    "A partner type that is not in the taxonomy",
    meaning="A type is named by its id, its name or one of its aliases; plurals and capitals do not matter.",
    fix="Write the proposed type, or look it up in the glossary.",
)
AMBIGUOUS_TYPE = define_error(
    "ambiguous-type",
    "A partner type that could mean several",
    meaning="The word is in use for more than one partner type, so nobody can tell which one you mean.",
    fix="Write the id of the type that you mean.",
)


class Declared(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def place(self) -> Place: ...


_Shape = TypeVar("_Shape", bound=Declared)


class References:
    """Collects problems while ids are declared and looked up.

    A kind in `unread` stands in a file that could not be read: every reference to it passes, since
    complaining about each of them would hide the one mistake.  The same holds for a reference to one
    of the `dropped` ids, whose entries had mistakes that are reported already.
    """

    def __init__(self, unread: Iterable[str] = (), dropped: Iterable[str] = ()) -> None:
        self.problems: list[Problem] = []
        self._unread = frozenset(unread)
        self._dropped = frozenset(dropped)
        self._places: dict[str, dict[str, Place]] = {}
        self._nearest: dict[str, Nearest] = {}
        self._other_names: dict[str, dict[str, str]] = {}

    def report(self, code: Code, message: str, place: Place, hint: str = "") -> None:
        self.problems.append(Problem(code, message, place, hint))

    def declare(self, kind: str, shapes: Sequence[_Shape]) -> list[_Shape]:
        """The shapes whose id is new; the others are reported."""
        known = self._places.setdefault(kind, {})
        self._nearest.pop(kind, None)
        unique = []
        for shape in shapes:
            if shape.id in known:
                first = known[shape.id]
                message = f"the {kind} id {shape.id!r} is used twice: here and in {first.file}, line {first.line}"
                self.report(DUPLICATE_ID, message, shape.place.at("id"), "give one of them another id")
            else:
                known[shape.id] = shape.place.at("id")
                unique.append(shape)
        return unique

    def know(self, kind: str, places: Mapping[str, Place]) -> None:
        """Declare ids that may stand in several entries."""
        self._places[kind] = dict(places)
        self._nearest.pop(kind, None)

    def known(self, kind: str, reference: str) -> bool:
        return reference in self._places.get(kind, {})

    def known_kind(self, kind: str) -> bool:
        """Whether any id of that kind is declared."""
        return bool(self._places.get(kind))

    def dropped(self, reference: str) -> bool:
        return reference in self._dropped

    def lost(self, kind: str, reference: str) -> bool:
        """Whether a reference may lead to something that is there, and could not be read."""
        return kind in self._unread or self.dropped(reference)

    def check(self, kind: str, reference: str | None, place: Place, *route: str | int) -> None:
        """Report a reference to nothing; `route` leads to it from the place.

        Nearly every one is right: where it stands is found out for the others.
        """
        if reference is None or reference == UNSTATED or self.known(kind, reference) or self.lost(kind, reference):
            return
        ids = self._places.get(kind, {})
        hint = (
            self._other_name(kind, reference)
            or looks_like(reference, ids)
            or several(reference, lambda part: part in ids)
            or self.hint(kind, reference, ids)
            or f"no {kind} is recorded yet"
        )
        self.report(UNKNOWN_ID, f"there is no {kind} {reference!r}", place.at(*route), hint)

    def allow(self, kind: str) -> None:
        """Let every reference to a kind pass: nobody recorded any."""
        self._unread |= {kind}

    def also_known(self, kind: str, names: Mapping[str, str]) -> None:
        """What else people write for the ids of a kind, such as names and addresses: the id that they mean."""
        self._other_names[kind] = {spelling(name): ident for name, ident in names.items() if spelling(name)}

    def _other_name(self, kind: str, reference: str) -> str:
        ident = self._other_names.get(kind, {}).get(spelling(reference))
        return f"write the id, {ident!r}" if ident is not None else ""

    def hint(self, kind: str, value: str, allowed: Iterable[str]) -> str:
        """What to write in place of `value`; the names that are `allowed` are the same for all values of a kind."""
        if kind not in self._nearest:
            self._nearest[kind] = Nearest(allowed)
        if kind == "person" and self._nearest[kind].of(value) is None:
            return "add them to people.yml, or write the id of somebody who is listed there"
        return self._nearest[kind].hint(value)

    def check_former(self, kind: str, named: Iterable[tuple[str, str, Place]]) -> None:
        """Report former ids that something has today, and those that two claim: each with who claims it, and where."""
        claimed: dict[str, str] = {}
        for ident, old, place in named:
            if self.known(kind, old):
                self.report(DUPLICATE_ID, f"the former id {old!r} is the id of a {kind} today", place)
            elif claimed.setdefault(old, ident) != ident:
                self.report(DUPLICATE_ID, f"the former id {old!r} is also claimed by {claimed[old]!r}", place)

    def check_all(self, kind: str, references: Sequence[str], place: Place, *route: str | int) -> None:
        """Report each of `references`, items of the list to which `route` leads, that refers to nothing."""
        for index, reference in enumerate(references):
            self.check(kind, reference, place, *route, index)


class Renamed(Declared, Protocol):
    @property
    def formerly(self) -> Sequence[str]: ...


def former_ids(shapes: Iterable[Renamed]) -> Iterator[tuple[str, str, Place]]:
    """The ids that these had before, each with the one of today, and where it stands."""
    for shape in shapes:
        for index, old in enumerate(shape.formerly):
            yield shape.id, old, shape.place.at("formerly", index)


def several(written: str, known: Callable[[str], bool]) -> str:
    """What to write where the comma is missing between two names that are known; empty where that is not so."""
    parts = names_in(written, known)
    return f"a comma is missing: write {', '.join(parts)}" if len(parts) > 1 else ""


def spelling(name: str) -> str:
    """What is left of a name when capitals, punctuation and white space do not matter."""
    return " ".join(re.sub(r"[^\w]+", " ", re.sub(r"['\u2019]", "", name.casefold())).split())


def singulars(key: str) -> list[str]:
    """What `key` may be the English plural of."""
    candidates = [
        key[: -len(ending)] + stem for ending, stem in (("ies", "y"), ("es", ""), ("s", "")) if key.endswith(ending)
    ]
    return [candidate for candidate in candidates if candidate]


class TypeNames:
    """Every way to write a partner type."""

    def __init__(self, taxonomy: Taxonomy | None, types: Sequence[TypeShape], references: References) -> None:
        self._references = references
        self._unread = taxonomy is None
        self._ids: dict[str, str] = {}
        self._found: dict[str, str] = {}
        self._places: dict[str, Place] = {}
        self._ambiguous: dict[str, list[str]] = {}
        self._headings: dict[str, tuple[str, list[str]]] = {}
        self._written: list[str] = []
        for shape in types:
            self._add(shape.id, shape.id, shape.place.at("id"))
        for shape in types:
            self._add(shape.name, shape.id, shape.place.at("name"))
            if shape.short is not None:
                self._add(shape.short, shape.id, shape.place.at("short"))
            for index, alias in enumerate(shape.aliases):
                self._add(alias, shape.id, shape.place.at("aliases", index))
        if taxonomy is not None:
            self._add_ambiguous(taxonomy)
            headings: list[FunctionShape | GroupShape] = [*taxonomy.functions, *taxonomy.groups]
            for heading in headings:
                inside = [t.id for t in types if heading.id in (t.function, t.group)]
                name = heading.id if heading.name == UNSTATED else heading.name
                for written in filter(spelling, (heading.id, name)):
                    self._headings.setdefault(spelling(written), (name, inside))

    def _add(self, written: str, type_id: str, place: Place) -> None:
        key = spelling(written)
        if written == UNSTATED or not key:
            return
        owner_id = self._ids.setdefault(key, type_id)
        self._written.append(written)
        if owner_id == type_id:
            self._places.setdefault(key, place)
            return
        first = self._places[key]
        message = f"{written!r} already stands for the type {owner_id!r} ({first.file}, line {first.line})"
        hint = "keep it at one of the two, or list it under ambiguous_aliases"
        self._references.report(DUPLICATE_ALIAS, message, place, hint)

    def _add_ambiguous(self, taxonomy: Taxonomy) -> None:
        for entry in taxonomy.ambiguous_aliases:
            self._references.check_all("type", entry.types, entry.place.at("types"))
            key = spelling(entry.alias)
            if not key:
                continue
            if key in self._ids:
                message = f"{entry.alias!r} is listed as ambiguous, but is also a name of the type {self._ids[key]!r}"
                self._references.report(DUPLICATE_ALIAS, message, entry.place.at("alias"), "delete one of the two")
            self._ambiguous[key] = entry.types

    @cached_property
    def _nearest(self) -> Nearest:
        return Nearest(self._written)

    @cached_property
    def _nearest_id(self) -> Nearest:
        return Nearest(dict.fromkeys(self._ids.values()))

    def resolve(self, written: str, place: Place, *route: str | int) -> str | None:
        """The id of the type that `written` names; None, and a problem, where it names none or several.

        `route` leads to it from the place.
        """
        if written == UNSTATED or self._unread or self._references.dropped(written):
            return None
        type_id, problem = self.find(written, place, *route)
        if problem is not None:
            self._references.problems.append(problem)
        return type_id

    def find(self, written: str, place: Place = NOWHERE, *route: str | int) -> tuple[str | None, Problem | None]:
        """The id of the type that `written` names, or what is wrong with it."""
        if written in self._found:
            return self._found[written], None
        place = place.at(*route)
        key = spelling(written)
        for candidate in (key, *singulars(key)):
            if candidate in self._ids:
                # Nearly every entry names its types as others do.
                self._found[written] = self._ids[candidate]
                return self._ids[candidate], None
            if candidate in self._ambiguous:
                hint = "write one of: " + ", ".join(self._ambiguous[candidate])
                return None, Problem(AMBIGUOUS_TYPE, f"{written!r} may mean several types", place, hint)
        if key in self._headings:
            name, inside = self._headings[key]
            message = f"{written!r} is a heading of the taxonomy ({name}), not a type"
            hint = "its types: " + ", ".join(inside) if inside else "no type belongs to it yet"
            return None, Problem(UNKNOWN_TYPE, message, place, hint)
        odd = looks_like(written, {*self._ids.values(), *self._written}) or several(written, self._names_one)
        if odd:
            return None, Problem(UNKNOWN_TYPE, f"there is no partner type {written!r}", place, odd)
        near = self._nearest.of(written)
        type_id = self._ids.get(spelling(near)) if near is not None else None
        if type_id is None:
            hint = self._nearest_id.hint(written)
        else:
            hint = f"did you mean {near!r}?" if near == type_id else f"did you mean {type_id!r} ({near})?"
        return None, Problem(UNKNOWN_TYPE, f"there is no partner type {written!r}", place, hint)

    def _names_one(self, written: str) -> bool:
        key = spelling(written)
        return any(candidate in self._ids for candidate in (key, *singulars(key)))

    def resolve_all(self, written: Sequence[str], place: Place, *route: str | int) -> tuple[str, ...]:
        """The ids of those that name a type, each once; they are the items of the list to which `route` leads."""
        type_ids = [self.resolve(name, place, *route, index) for index, name in enumerate(written)]
        return tuple(dict.fromkeys(type_id for type_id in type_ids if type_id is not None))
