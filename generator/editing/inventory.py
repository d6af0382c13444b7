"""Where the departments and their partners stand in the data files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.editing.tree import Route
from generator.source import Document


class Item(NamedTuple):
    """An entry of a list: its `id` (empty where such entries have none), its file and route, and what it says."""

    id: str
    file: str
    route: Route
    data: Mapping[str, Any]


def departments(documents: Mapping[str, Document]) -> Iterator[Item]:
    """Every department, in the order of the files."""
    for file in documents:
        yield from listed(documents, file, ("departments",))


def partners(documents: Mapping[str, Document], department: Item) -> Iterator[Item]:
    """The partners of a department, in the order in which they are written."""
    return listed(documents, department.file, (*department.route, "partners"))


def listed(documents: Mapping[str, Document], file: str, route: Route) -> Iterator[Item]:
    """The entries of the list at a route; none where the file or the list is not there."""
    data: Any = documents[file].data if file in documents else None
    for step in route:
        data = data[step] if isinstance(step, int) else (data or {}).get(step)
    for index, entry in enumerate(data or ()):
        yield Item(str(entry.get("id", "")), file, (*route, index), entry)


def entries_of(documents: Mapping[str, Document], partner: str) -> Iterator[tuple[str, Item]]:
    """Every entry of a partner, each with the id of its department."""
    for department in departments(documents):
        yield from ((department.id, entry) for entry in partners(documents, department) if entry.id == partner)
