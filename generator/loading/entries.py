"""Inventories in which nothing is wrong, read entry by entry: most entries are written alike, and stay as they were."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import NamedTuple

from generator.schema import Custom, check, entry_shape
from generator.schema.shapes import DepartmentShape, EntryShape, Inventory
from generator.source import Document, composed, composed_piece, in_pieces, sound

_LIST = "partners"


class Entries(NamedTuple):
    """The shape of an inventory, and the shape of each of its entries by its text."""

    inventory: Inventory
    by_text: Mapping[str, EntryShape]


def read_entries(
    text: str, file: str, known: Mapping[str, EntryShape], custom: Custom = (), *, placed: bool = False
) -> Entries | None:
    """What a sound inventory says; None where something in it is wrong, or may be: then the whole is to be read.

    Its entries may have the `custom` fields.  An entry of a `known` text is not read again: it is the very one that is
    known, and its places are those of where it stood; with `placed`, they are those of where it stands.
    """
    pieces = in_pieces(text, _LIST)
    if pieces is None:
        return None
    new = [piece for items in pieces.lists.values() for piece in items if piece.text not in known]
    if not sound((piece.text for piece in new), file):
        return None
    document, problems = composed(pieces.rest, file)
    if problems or document is None or not _are_departments(document, pieces.lists.keys()):
        return None
    inventory, problems = check(file, document.data, document.place, custom)
    if problems:
        return None
    by_text: dict[str, EntryShape] = {}
    departments: list[DepartmentShape] = inventory.departments
    for department in departments:
        place = department.place.children.get(_LIST)
        for piece in pieces.lists.get(place.key.line, ()) if place is not None and place.key is not None else ():
            shape = known.get(piece.text)
            if shape is None:
                read = composed_piece(piece, file)
                shape = entry_shape(*read, custom) if read is not None else None
            elif placed and (lines := piece.line - shape.place.line):
                shape = shape.moved(lines)
            if shape is None:
                return None
            by_text[piece.text] = shape
            department.partners.append(shape)
    return Entries(inventory, by_text)


def _are_departments(rest: Document, lines: Set[int]) -> bool:
    """Whether each list that was taken out of the rest is one of a department that is written on lines of its own."""
    data, place = rest.data, rest.place
    if not isinstance(data, dict) or not isinstance(data.get("departments"), list):
        return False
    text = rest.text.split("\n")
    among = place.at("departments")
    found = []
    for index, department in enumerate(data["departments"]):
        if isinstance(department, dict) and _LIST in department and department[_LIST] is None:
            where = among.at(index)
            found.append(where.key_at(_LIST).line)
            if any(text[one.line - 1][one.column - 1] in "[{" for one in (place, among, where)):
                return False
    return lines <= set(found)
