"""Inventories in which nothing is wrong, read entry by entry: most entries are written alike, and stay as they were."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import NamedTuple

from generator.loading.kept import KeptEntries, KnownEntry, digest_of
from generator.schema import Custom, check, entry_shape
from generator.schema.shapes import DepartmentShape, EntryShape, Inventory
from generator.source import Document, Piece, composed, composed_piece, in_pieces, sound

_LIST = "partners"


class Entries(NamedTuple):
    """The shape of an inventory, and each of its entries by the digest of its text."""

    inventory: Inventory
    by_digest: Mapping[bytes, KnownEntry]


def read_entries(
    text: str,
    file: str,
    known: Mapping[bytes, KnownEntry],
    custom: Custom = (),
    *,
    placed: bool = False,
    kept: KeptEntries | None = None,
) -> Entries | None:
    """What a sound inventory says; None where something in it is wrong, or may be: then the whole is to be read.

    Its entries may have the `custom` fields.  An entry of a `known` text is not read again: it is the very one that is
    known, and its places are those of where it stood; with `placed`, they are those of where it stands.  Nor is one
    that is `kept`.
    """
    pieces = in_pieces(text, _LIST)
    if pieces is None:
        return None
    items = [piece for listed in pieces.lists.values() for piece in listed]
    digests = {piece.line: digest_of(piece.text) for piece in items}
    shapes = _known_of(digests, known, placed)
    if kept is not None:
        shapes |= kept.entries({line: digest for line, digest in digests.items() if line not in shapes}, file)
    if not sound((piece.text for piece in items if piece.line not in shapes), file):
        return None
    document, problems = composed(pieces.rest, file)
    if problems or document is None or not _are_departments(document, pieces.lists.keys()):
        return None
    inventory, problems = check(file, document.data, document.place, custom)
    if problems:
        return None
    departments: list[DepartmentShape] = inventory.departments
    for department in departments:
        place = department.place.children.get(_LIST)
        for piece in pieces.lists.get(place.key.line, ()) if place is not None and place.key is not None else ():
            shape = shapes.get(piece.line) or _read(piece, file, custom)
            if shape is None:
                return None
            shapes[piece.line] = shape
            department.partners.append(shape)
    return Entries(inventory, {digests[line]: KnownEntry(line, entry) for line, entry in shapes.items()})


def _known_of(digests: Mapping[int, bytes], known: Mapping[bytes, KnownEntry], placed: bool) -> dict[int, EntryShape]:
    """The entries that are known, by the lines on which their texts begin."""
    found = {line: known[digest] for line, digest in digests.items() if digest in known}
    return {
        line: entry.shape.moved(line - entry.line) if placed and line != entry.line else entry.shape
        for line, entry in found.items()
    }


def _read(piece: Piece, file: str, custom: Custom) -> EntryShape | None:
    """The shape of an entry that is read anew; None where something in it is wrong."""
    read = composed_piece(piece, file)
    return entry_shape(*read, custom) if read is not None else None


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
