"""One type that becomes several: whoever counted as it counts as one of those, or as more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from generator.editing.inventory import listed
from generator.editing.plan import Plan
from generator.editing.tree import Route
from generator.schema import Reference

_INHERITED = ("function", "group", "definition", "mode", "business_models", "scope")
"""What a new type has from the one that it was part of."""


class Undecided(NamedTuple):
    """Something that counts as the old type, of which somebody has to say what it is now.

    `key` is what a file of decisions calls it: a partner, a partner and its department, an offer or a route.
    """

    key: str
    file: str
    holder: Route


def to_decide(plan: Plan, old: str, means: Callable[[str], str | None]) -> list[Undecided]:
    """Everything that has to be decided, in the order of the files."""
    found: dict[tuple[str, Route], str] = {}
    for file, reference in _named(plan, old, means):
        route = reference.route
        if route[0] == "departments":
            found.setdefault((file, route[:4]), str(plan.value(file, route[:4])["id"]))
        elif route[0] in ("offers", "routes"):
            found.setdefault((file, route[:2]), f"{str(route[0])[:-1]} {plan.value(file, route[:2])['id']}")
    often = [*found.values()]
    return [
        Undecided(key if often.count(key) == 1 else f"{key}/{plan.value(file, route[:2])['id']}", file, route)
        for (file, route), key in found.items()
    ]


def _named(plan: Plan, old: str, means: Callable[[str], str | None]) -> Iterator[tuple[str, Reference]]:
    for file, reference in plan.references("type"):
        if means(reference.written) == old:
            yield file, reference


class Division:
    """Puts other types in the place of one.

    `new` are their ids with their names, of which those that the taxonomy lacks are made after the old one; `decided`
    says for each holder of `to_decide` which of them it is.  What only tells about types (objectives, programs, tools,
    promises and the like) names all of them.
    """

    def __init__(
        self,
        plan: Plan,
        old: str,
        new: Mapping[str, str],
        means: Callable[[str], str | None],
        decided: Mapping[tuple[str, Route], Sequence[str]],
    ) -> None:
        self._plan, self._old, self._new, self._means = plan, old, new, means
        types = {entry.id: entry for entry in listed(plan.documents, "taxonomy.yml", ("types",))}
        self._entry, self._known = types[old], types
        for file, reference in _named(plan, old, means):
            holder = reference.route[: 4 if reference.route[0] == "departments" else 2]
            self._replace(file, reference, decided.get((file, holder), [*new]))
        if old not in new:
            self._taxonomy()
        else:
            self._add([ident for ident in new if ident not in types])
            taken = {name.casefold() for ident, name in new.items() if ident != old}
            for index, alias in enumerate(self._entry.data.get("aliases") or ()):
                if str(alias).casefold() in taken:
                    plan.draft("taxonomy.yml").remove((*self._entry.route, "aliases", index), spare=True)

    def _replace(self, file: str, reference: Reference, chosen: Sequence[str]) -> None:
        route, draft = reference.route, self._plan.draft(file)
        if route[:1] == ("types",) and route[1] == self._entry.route[1] and self._old not in self._new:
            # What the old type says goes with it, or is written anew.
            return
        if reference.key:
            modes = self._plan.value(file, route[:-1])
            others = {name: mode for name, mode in modes.items() if name != reference.written}
            draft.set(route[:-2], str(route[-2]), {**dict.fromkeys(chosen, modes[route[-1]]), **others})
        elif isinstance(route[-1], int):
            self._in_list(file, route, reference, chosen)
        else:
            # A need of an offer: one for each type.
            need = self._plan.value(file, route[:-1])
            draft.replace(route, chosen[0])
            for other in chosen[1:]:
                draft.add(route[:-2], {**need, "type": other})

    def _in_list(self, file: str, route: Route, reference: Reference, chosen: Sequence[str]) -> None:
        draft, items = self._plan.draft(file), self._plan.value(file, route[:-1])
        own = str(self._plan.value(file, route[:2]).get("id", "")) if route[2:3] == ("confused_with",) else ""
        there = {self._means(item) for index, item in enumerate(items) if index != route[-1]}
        wanted = [one for one in chosen if one not in there and one != own]
        if not wanted:
            draft.remove(route, spare=True)
        elif route[0] == "routes" and len(wanted) > 1:
            # A chain has an order.
            at = int(route[-1])
            draft.set(route[:-2], str(route[-2]), [*items[:at], *wanted, *items[at + 1 :]])
        else:
            if wanted[0] != reference.written:
                draft.replace(route, wanted[0])
            if wanted[1:]:
                draft.add(route[:-1], *wanted[1:])

    def _taxonomy(self) -> None:
        """The first type that is new has the place of the old one, whose names may mean any of them from now on."""
        draft, entry = self._plan.draft("taxonomy.yml"), self._entry
        new = [ident for ident in self._new if ident not in self._known]
        names = [self._old, str(entry.data["name"]), *map(str, entry.data.get("aliases") or ())]
        if new:
            draft.replace((*entry.route, "id"), new[0])
            draft.replace((*entry.route, "name"), self._new[new[0]])
            if "aliases" in entry.data:
                draft.drop(entry.route, "aliases", spare=True)
            self._add(new[1:])
        else:
            comments = draft.comments(entry.route)
            draft.remove(entry.route, spare=not comments)
            draft.remark(self._known[next(iter(self._new))].route, comments)
        taken = {name.casefold() for pair in self._new.items() for name in pair}
        for ident in (ident for ident in self._new if ident in self._known):
            taken |= {str(alias).casefold() for alias in self._known[ident].data.get("aliases") or ()}
        shared = {name.casefold(): name for name in names if name.casefold() not in taken}
        if shared:
            types = [*self._new]
            draft.add(("ambiguous_aliases",), *({"alias": name, "types": types} for name in shared.values()))

    def _add(self, idents: Sequence[str]) -> None:
        for ident in idents:
            said = {name: self._entry.data[name] for name in _INHERITED if name in self._entry.data}
            entry: dict[str, Any] = {"id": ident, "name": self._new[ident], **said}
            self._plan.draft("taxonomy.yml").add(("types",), entry)
