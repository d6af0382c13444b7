"""A long file in pieces: the items of its longest lists, each of which can be read by itself.

Most of an inventory are entries that are written alike and stay as they are from one state to the next.  An item that
stands on lines of its own means the same alone as among the others, as long as nothing in it is wrong: whoever finds
something wrong reads the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from generator.problems import Place
from generator.source import characters, secrets
from generator.source.compose import Composer
from generator.source.lines import read_lines

ENTRIES = "partners"
"""What the long lists of an inventory are called."""

_EMPTY = re.compile(r"[ ]*(?:#.*)?\r?\n")
_DEPTH = 4
"""How deep the lists stand: in an entry of a list of the whole."""


class Piece(NamedTuple):
    """An item of a list as whole lines, the first of which has the number `line` in its file."""

    line: int
    text: str


class Pieces(NamedTuple):
    """The items of each list, by the line of the name in front of it; in `rest`, empty lines stand for them."""

    rest: str
    lists: Mapping[int, list[Piece]]


def in_pieces(text: str, name: str) -> Pieces | None:
    """A text in the items of the lists that are called `name`; None where it cannot be taken apart."""
    if not text.endswith("\n"):
        return None
    begin = re.compile(rf"\n( *){name}:[ ]*\r?\n((?:[ ]*(?:#.*)?\r?\n)*)( *)(?=- )")
    rest: list[str] = []
    lists: dict[int, list[Piece]] = {}
    at, line = 0, 1
    while head := _next(begin, text, f"{name}:", at):
        first, indent = head.start(3), len(head[3])
        if indent < len(head[1]):
            return None
        # Each pattern begins with the end of a line, which is found at once.
        ends = _end(indent).search(text, first)
        end = ends.start() + 1 if ends else len(text)
        number = line + text.count("\n", at, head.start(1))
        line = number + text.count("\n", head.start(1), first)
        items = lists.setdefault(number, [])
        mark = f"\n{' ' * indent}- "
        for item in text[first : end - 1].split(mark):
            whole = f"{mark[1:] if items else ''}{item}\n"
            items.append(Piece(line, whole))
            line += whole.count("\n")
        rest += [text[at:first], "\n" * text.count("\n", first, end)]
        at = end
    rest.append(text[at:])
    return Pieces("".join(rest), lists) if lists else None


def _next(begin: re.Pattern[str], text: str, name: str, at: int) -> re.Match[str] | None:
    """The next line with that name in front of a list."""
    while (found := text.find(name, at)) >= 0:
        if (start := text.rfind("\n", 0, found)) >= max(at - 1, 0) and (head := begin.match(text, start)):
            return head
        at = found + len(name)
    return None


def _end(indent: int) -> re.Pattern[str]:
    """The end of the last line in front of one that is neither an item, nor in one, nor a comment."""
    less = rf" {{0,{indent - 1}}}[^ #\r\n]|" if indent else ""
    return re.compile(rf"\n(?:{less} {{{indent}}}(?!- )[^ #\r\n])")


def sound(texts: Iterable[str], file: str) -> bool:
    """Whether nothing in these parts of a file is a secret or a character that is refused."""
    text = "".join(texts)
    return not secrets.redacted(text, file)[1] and next(characters.in_text(text, file), None) is None


def composed_piece(piece: Piece, file: str) -> tuple[Any, Place] | None:
    """The data of a sound piece, and its place in the file; None where something in it is wrong."""
    if read := read_lines(piece.text, file, piece.line):
        return read
    composer = Composer(piece.text, file, above=piece.line - 1, depth=_DEPTH, sound=True)
    composer.run()
    if composer.problems or not composer.trusted or not isinstance(composer.data, list) or len(composer.data) != 1:
        return None
    return composer.data[0], composer.place.at(0)


def data_in_pieces(text: str, file: str) -> Any:
    """The data of an inventory each of whose entries was read by itself, without the places, which are most of it."""
    pieces = in_pieces(text, ENTRIES)
    whole = Composer(pieces.rest if pieces is not None else text, file)
    whole.run()
    if pieces is None:
        return whole.data
    for index, department in enumerate(whole.data["departments"]):
        place = whole.place.at("departments", index).children.get(ENTRIES)
        if place is not None and place.key is not None and (items := pieces.lists.get(place.key.line)):
            read = (composed_piece(piece, file) for piece in items)
            department[ENTRIES] = [entry[0] for entry in read if entry is not None]
    return whole.data
