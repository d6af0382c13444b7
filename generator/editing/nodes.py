"""The nodes of a data file, of which those of long lists' items are made when somebody asks for one.

All nodes of a large inventory take thirty times the room of its text, and most changes look at a few entries.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from generator.source import ENTRIES, Piece, in_pieces

LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ID = re.compile(r"\s*- id: ([a-z][a-z0-9-]*)\r?\n")
_KEPT = 100
"""How many items of a list are kept: whoever looks at one looks at it again, and at those beside it."""


@dataclass(slots=True)
class _Mark:
    """A position in a file, and its line and column, from 0."""

    index: int
    line: int
    column: int


class Items(Sequence[Node]):
    """The items of a list as nodes of the whole file, made of its pieces; `begin` is where the first of them begins."""

    def __init__(self, pieces: Sequence[Piece], begin: int) -> None:
        self._pieces = pieces
        self._begins: list[int] = []
        for piece in pieces:
            self._begins.append(begin)
            begin += len(piece.text)
        self._made: dict[int, Node] = {}

    def __len__(self) -> int:
        return len(self._pieces)

    @overload
    def __getitem__(self, index: int) -> Node: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Node]: ...
    def __getitem__(self, index: int | slice) -> Node | Sequence[Node]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        at = range(len(self))[index]
        if at not in self._made:
            if len(self._made) >= _KEPT:
                del self._made[next(iter(self._made))]
            self._made[at] = self._node(at)
        return self._made[at]

    def _node(self, index: int) -> Node:
        piece = self._pieces[index]
        whole = _composed(piece.text)
        assert whole is not None
        node: Node = whole.value[0]
        _move(node, self._begins[index], piece.line - 1)
        return node

    @property
    def lines(self) -> list[int]:
        """The line of the dash in front of each item, from 0."""
        return [piece.line - 1 for piece in self._pieces]

    @property
    def ids(self) -> Iterator[str]:
        """The id of each item; empty where it has none."""
        for index, piece in enumerate(self._pieces):
            found = _ID.match(piece.text)
            yield found[1] if found else id_of(self[index])

    def between(self, begin: int, end: int) -> Iterator[Node]:
        """The items of which something stands between two positions."""
        for index in range(max(0, bisect_right(self._begins, begin) - 1), len(self)):
            if self._begins[index] >= end:
                break
            yield self[index]


def nodes(text: str, *, apart: bool) -> Node | None:
    """The root of a text; None where it holds nothing.

    With `apart`, each item of a long list can be read by itself, as that of an inventory whose data was read so.
    """
    pieces = in_pieces(text, ENTRIES) if apart else None
    if pieces is None:
        return _composed(text)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    rest, lists, at = [], {}, 0
    for line, items in pieces.lists.items():
        begin = starts[items[0].line - 1]
        end = begin + sum(len(piece.text) for piece in items)
        lists[line] = Items(items, begin)
        dash = text.index("-", begin)
        # As long as before, so that all else stands where it does.
        rest += [text[at : dash + 1], "\n".join(" " * len(line) for line in text[dash + 1 : end].split("\n"))]
        at = end
    root = _composed("".join([*rest, text[at:]]))
    found = {key.start_mark.line + 1: value for key, value in _lists_of(root) if isinstance(value, SequenceNode)}
    if found.keys() != lists.keys():
        return _composed(text)
    for line, node in found.items():
        node.value = lists[line]
    return root


def _composed(text: str) -> Node | None:
    root: Node | None = yaml.compose(text, Loader=LOADER)
    return root


def _lists_of(root: Node | None) -> Iterator[tuple[Node, Node]]:
    """The lists that may be long: those in the entries of a list of the whole, each with its name."""
    for _, entries in pairs(root):
        for entry in entries.value if isinstance(entries, SequenceNode) else ():
            yield from ((key, value) for key, value in pairs(entry) if key.value == ENTRIES)


def _move(node: Node, by: int, lines: int) -> None:
    """Let a node stand so many characters and lines further down."""
    first, last = node.start_mark, node.end_mark
    node.start_mark = _Mark(first.index + by, first.line + lines, first.column)
    node.end_mark = _Mark(last.index + by, last.line + lines, last.column)
    for inner in parts(node):
        _move(inner, by, lines)


def parts(node: Node) -> Iterator[Node]:
    """The names and values, or the items, of a node."""
    for inner in node.value if not isinstance(node, ScalarNode) else ():
        if isinstance(inner, tuple):
            yield from inner
        else:
            yield inner


def pairs(node: Node | None) -> list[tuple[Node, Node]]:
    """The names and values of an entry; none where the node is something else."""
    return node.value if isinstance(node, MappingNode) else []


def id_of(entry: Node) -> str:
    """The id that an entry has; empty where it has none."""
    return next((str(value.value) for key, value in pairs(entry) if key.value == "id"), "")
