"""Where a value that an import would write comes from: the cell of the spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.editing import Item, partners
from generator.exchange.columns import SheetTable
from generator.exchange.matching import Incoming
from generator.problems import Place, Problem, in_order
from generator.source import Document

_Position = tuple[str, int, int]


def problems_at_cells(
    problems: Sequence[Problem],
    documents: Mapping[str, Document],
    department: Item,
    incoming: Sequence[Incoming],
    table: SheetTable,
) -> tuple[list[Problem], list[Problem]]:
    """The problems that a row of the spreadsheet made, each at its cell, and those that none made.

    `documents` are the data as the import would write it.
    """
    taken = {partner.id: partner for partner in incoming}
    cells: dict[_Position, Place] = {}
    for entry in partners(documents, department):
        if entry.id in taken:
            for steps, place in _places_in(documents[entry.file].place.at(*entry.route), ()):
                cells[_position(place)] = _cell(taken[entry.id], steps, table)
    traced = [
        replace(problem, place=cells[_position(problem.place)])
        for problem in problems
        if _position(problem.place) in cells
    ]
    return in_order(traced), [problem for problem in problems if _position(problem.place) not in cells]


def _places_in(place: Place, steps: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Place]]:
    """Each place within another one, and the steps that lead to it; of a name the same as of its value."""
    yield steps, place
    for step, child in place.children.items():
        if child.key is not None:
            yield (*steps, step), child.key
        yield from _places_in(child, (*steps, step))


def _cell(partner: Incoming, steps: Sequence[str | int], table: SheetTable) -> Place:
    """Where the spreadsheet says it; where it does not say it, the partner's name."""
    names = [str(step) for step in steps if isinstance(step, str)]
    name = next((field for field in ("_".join(names), *names[:1]) if field in partner.rows), "name")
    row = partner.rows.get(name) or min(partner.rows.values())
    return Place(table.file, row, table.column(name) + 1)


def _position(place: Place) -> _Position:
    return place.file, place.line, place.column
