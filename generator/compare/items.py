"""Which item of a list is which in two states of it, and what became different about the one that stayed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

Item = Mapping[str, Any]

_KNOWN_BY: Mapping[tuple[str, str], tuple[tuple[str, ...], ...]] = {
    ("entry", "agreements"): (("kind", "ref"),),
    ("entry", "links"): (("label",), ("url",)),
    ("entry", "reviewed"): (("date",),),
    ("entry", "satisfaction"): (("date",),),
    ("entry", "end"): (("date",),),
    ("partner", "acquired"): (("id",), ("name",)),
    ("person", "skills"): (("skill",),),
    ("offer", "requires"): (("type",),),
    ("rule", "waivers"): (("partner", "department"),),
    ("rule", "applies"): ((),),
    ("rule", "condition"): ((),),
    ("settings", "fields"): (("id",), ("label",)),
    ("settings", "systems"): (("id",), ("name",)),
    ("settings", "audiences"): (("id",), ("name",)),
}
"""By which of its parts an item is known, by the kind of record and its field; where these differ, by which others."""


class Paired(NamedTuple):
    """The items of today alone, those of before alone, and what became of those that are there in both."""

    added: list[Any]
    removed: list[Any]
    stayed: list[tuple[Item, Item]]
    """As before and as today, of the items that are not the same in both."""


def is_item(kind: str, field: str) -> bool:
    """Whether what a field holds is an item or a list of them: objects whose parts have names of ours."""
    return (kind, field) in _KNOWN_BY


def same_item(kind: str, field: str, old: Item, new: Item) -> bool:
    """Whether two objects in a field are one, as it was and as it is; what is no item always is."""
    return any(_alike(names, old, new) for names in _KNOWN_BY.get((kind, field), ((),)))


def paired(kind: str, field: str, olds: Sequence[Any], news: Sequence[Any]) -> Paired:
    """What became of the items of a list, or of its values; each counts as often as it stands there."""
    added, removed = _lacking(news, olds), _lacking(olds, news)
    stayed: list[tuple[Item, Item]] = []
    for names in _KNOWN_BY.get((kind, field), ()):
        alike = [(old, new) for new in added for old in removed if _alike(names, old, new)]
        # Several may be known by the same: those are one that have most in common.
        for old, new in sorted(alike, key=lambda pair: -_in_common(*pair)):
            if old in removed and new in added:
                removed.remove(old)
                added.remove(new)
                stayed.append((old, new))
    return Paired(added, removed, sorted(stayed, key=lambda pair: news.index(pair[1])))


def _alike(names: Sequence[str], old: Item, new: Item) -> bool:
    return all(old.get(name) == new.get(name) for name in names)


def _in_common(old: Item, new: Item) -> int:
    return sum((name in new) + (new.get(name) == part) for name, part in old.items())


def _lacking(values: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    """Those of the values that the others lack."""
    rest, lacking = list(others), []
    for one in values:
        if one in rest:
            rest.remove(one)
        else:
            lacking.append(one)
    return lacking
