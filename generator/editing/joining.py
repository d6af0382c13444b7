"""Two entries that become one: lists are joined, and the one that stays gets what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from typing import Any, NamedTuple

from generator.editing.inventory import Item, listed
from generator.editing.plan import Plan
from generator.editing.tree import Route
from generator.model import LEFT_OUT
from generator.schema import is_null
from generator.source import Scalar

_ENTRY_DEFAULTS = {field: Scalar(text) for field, text in LEFT_OUT.items()}
_DEFAULTS: Mapping[str, Mapping[str, Scalar]] = {
    "partner": _ENTRY_DEFAULTS,
    "department": _ENTRY_DEFAULTS,
    "person": {"active": Scalar("true")},
    "type": {"scope": Scalar("in")},
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


class Side(Enum):
    """Which of two entries counts where they say different things: the one that stays, or the one that goes."""

    TARGET = auto()
    SOURCE = auto()


Decide = Callable[[Conflict], Side | None]
"""Which of the two counts; None where nobody says."""


class Joining:
    """Makes entries of a plan one, of one kind after the other.

    `means` tells what a written type stands for, and `new` the id of today of what gets another one.  `conflicts` is
    what keeps two of them from becoming one, `removed` where entries are taken out.
    """

    def __init__(
        self, plan: Plan, kind: str, new: str, means: Callable[[str], str | None], decide: Decide | None = None
    ) -> None:
        self.conflicts: list[Conflict] = []
        self.removed: set[tuple[str, Route]] = set()
        self._plan, self._documents = plan, plan.documents
        self._kind, self._new = kind, new
        self._means, self._decide = means, decide
        self._taken: set[tuple[str, Route]] = set()

    def twin(self, source: Item, there: Sequence[Item]) -> Item | None:
        """The entry that another one becomes one with: one with a type in common, and none takes two."""
        types = set(map(self._means, source.data["types"]))
        return self.any_of([one for one in there if not types.isdisjoint(map(self._means, one.data["types"]))])

    def any_of(self, there: Sequence[Item]) -> Item | None:
        """The first of these that is one with no other yet, which it is from now on."""
        free = next((one for one in there if (one.file, one.route) not in self._taken), None)
        self._taken |= {(free.file, free.route)} if free is not None else set()
        return free

    def join(self, target: Item, source: Item, own: Sequence[str], *, remove: bool = True) -> None:
        """Give one entry what only the other has; `own` are the fields that are no matter of agreement."""
        draft, defaults = self._plan.draft(target.file), self._defaults(target)
        for field in dict.fromkeys([*source.data, *(name for name in defaults if name in target.data)]):
            value, present = (written(entry, field, defaults) for entry in (source, target))
            if field in own or value is None or value == present:
                continue
            if isinstance(value, list) and isinstance(present or [], list):
                self._join_lists(target, source, field)
            elif present is None:
                draft.set(target.route, field, value)
            elif field == "ids" and all(present.get(system, ident) == ident for system, ident in value.items()):
                # Each system knows one of the two.
                draft.set(target.route, field, {**present, **value})
            elif self._takes(field, target, source):
                draft.set(target.route, field, value)
        if remarks := self._plan.draft(source.file).comments(source.route):
            draft.remark(target.route, remarks)
        if remove:
            self.remove(source)

    def _join_lists(self, target: Item, source: Item, field: str) -> None:
        """Put into a list what only that of the other entry has; no type is confused with itself."""
        items, value, key = target.data.get(field) or [], source.data[field], _KEYS.get(field, "")
        instead: dict[int, Any] = {}
        for index, item in enumerate(value):
            for position, present in enumerate(items):
                twins = key and present[key] == item[key] and present != item
                if twins and self._takes(field, target, source, (field, position), (field, index)):
                    instead[position] = item
        if field in ("types", "confused_with"):
            # A type has several names, and none is confused with itself.
            types = [*map(self._means, items), *([self._new] if field == "confused_with" else [])]
            added = [type_id for type_id in value if self._means(type_id) not in types]
        else:
            known = [present[key] for present in items] if key else items
            added = [item for item in value if (item[key] if key else item) not in known]
        if instead:
            joined = [instead.get(position, item) for position, item in enumerate(items)]
            self._plan.draft(target.file).set(target.route, field, [*joined, *added])
        elif added and items:
            self._plan.draft(target.file).add((*target.route, field), *added)
        elif added:
            self._plan.draft(target.file).set(target.route, field, added)

    def _defaults(self, entry: Item) -> Mapping[str, Any]:
        """What an entry says by leaving a field out."""
        functions = listed(self._documents, "taxonomy.yml", ("functions",)) if self._kind == "type" else ()
        mode = next((item.data.get("mode") for item in functions if item.id == entry.data["function"]), None)
        return {**_DEFAULTS[self._kind], **({"mode": mode} if mode else {})}

    def _takes(
        self, field: str, target: Item, source: Item, target_route: Route = (), source_route: Route = ()
    ) -> bool:
        """Whether what the one that goes says takes the place of what the other says."""
        target_place, source_place = (
            (entry.file, (*entry.route, *((route or (field,)) if field in entry.data else ())), field in entry.data)
            for entry, route in ((target, target_route), (source, source_route))
        )
        return self.decided(Conflict(field, target_place, source_place)) is Side.SOURCE

    def decided(self, conflict: Conflict) -> Side | None:
        kept = self._decide(conflict) if self._decide is not None else None
        if kept is None:
            self.conflicts.append(conflict)
        return kept

    def remove(self, entry: Item) -> None:
        self.removed.add((entry.file, entry.route))
        # The comments of an entry that stands in brackets stay there.
        draft = self._plan.draft(entry.file)
        draft.remove(entry.route, spare=not draft.comments(entry.route))


def written(entry: Item, field: str, defaults: Mapping[str, Any]) -> Any:
    """What an entry says, also by leaving a field out; None where that says nothing."""
    value = entry.data.get(field)
    return defaults.get(field) if value == [] or is_null(value) else value


def texts_of(entry: Item, field: str) -> list[str]:
    return [str(text) for text in entry.data.get(field) or ()]
