"""The landscape in small: each type with a square for each of its partners."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator import paths
from generator.markdown import Md, join, span
from generator.model import Entry, Status
from generator.views.kit.context import Context
from generator.views.kit.links import CURRENT, Links
from generator.words import count

_MOST = 24
"""So many squares stand beside one name at most; a larger type has a square for several partners each."""


@dataclass(frozen=True)
class SmallBox:
    """A type, its number of partners, and the squares that show it; a screen reader hears the number alone."""

    type: Md
    squares: Md
    number: str


@dataclass(frozen=True)
class SmallBand:
    """A function with its types."""

    function: Md
    size: str
    boxes: tuple[SmallBox, ...]


@dataclass(frozen=True)
class SmallLandscape:
    """`scale` says for how many partners a square stands; it is empty where that is one."""

    link: Md
    scale: str
    bands: tuple[SmallBand, ...]


def small_landscape(context: Context, links: Links) -> SmallLandscape:
    """Every type that has partners, by function, in the taxonomy's order."""
    playbook = context.playbook
    inside = {kind: by_partner(context, kind) for kind in playbook.types}
    scale = -(-max([len(partners) for partners in inside.values()], default=0) // _MOST) or 1
    bands = []
    for function in playbook.functions.values():
        kinds = [kind for kind in playbook.types_by_function[function.id] if inside[kind.id]]
        everybody = {partner for kind in kinds for partner in inside[kind.id]}
        boxes = [
            SmallBox(
                links.to(kind.label, paths.box(kind.id)),
                _squares(list(inside[kind.id].values()), scale),
                str(len(inside[kind.id])),
            )
            for kind in kinds
        ]
        if boxes:
            name = links.to(function.name, paths.function(function.id))
            bands.append(SmallBand(name, count(len(everybody), "partner"), tuple(boxes)))
    return SmallLandscape(
        link=links.to("Open the landscape", paths.LANDSCAPE),
        scale=count(scale, "partner") if scale > 1 else "",
        bands=tuple(bands),
    )


def by_partner(context: Context, kind: str) -> dict[str, list[Entry]]:
    """The partners of a type in the order of their names, each with the entries that make it one of them."""
    entries: dict[str, list[Entry]] = {}
    for entry, _ in context.relationships_by_type[kind]:
        entries.setdefault(entry.partner, []).append(entry)
    return entries


def status_of(entries: Iterable[Entry]) -> Status:
    """The status of the most active of these entries, none of which has ended."""
    return min((entry.status for entry in entries), key=CURRENT.index)


def _squares(partners: Iterable[Sequence[Entry]], scale: int) -> Md:
    """A square for each `scale` partners, the most active first."""
    statuses = sorted(map(status_of, partners), key=CURRENT.index)[::scale]
    squares = join("", (span(f"pb-square pb-square--{status}", Md("")) for status in statuses))
    return span("pb-squares", squares)
