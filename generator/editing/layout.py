"""A data file in its normal layout: entries sorted, fields in their order, one way to indent."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from yaml.nodes import MappingNode, Node, SequenceNode

from generator.editing.draft import SORTED
from generator.editing.nodes import id_of
from generator.editing.tree import Route, Tree, ended, in_lines
from generator.schema import fields_at
from generator.source import Document

_SEAL = "\0"
"""Ends a line below which an empty one would be part of a text.  No data file holds this character."""


def tidy(document: Document) -> str:
    """The text of a file that was loaded without problems, in its normal layout.

    Partners and people are sorted by id, the fields of every entry stand in the order of the schema, an entry that
    takes several lines is set off by an empty one, and everything is indented by two spaces.  Comments go with
    what stands below them, or above them where they are indented more, or set off from what is below; what a value
    says, and how it is written, stays.
    """
    tree = Tree(ended(document.text)) if isinstance(document.data, dict) else None
    if tree is None or not isinstance(tree.root, MappingNode) or tree.root.flow_style:
        return document.text
    lines = _Layout(tree, document.file).file(tree.root)
    tidied = [line for above, line in pairwise(["", *lines]) if line or not above.endswith(_SEAL)]
    return tree.newline.join([*(line.removesuffix(_SEAL) for line in tidied), ""])


class _Item(NamedTuple):
    """An item of a list: its id, and the lines above it, its own, and those right below it."""

    id: str
    lead: list[str]
    own: list[str]
    trail: list[str]


class _Layout:
    """Every method gives lines without their ends.

    Each line of the file is asked for once: those of a value by the value, those between two values
    by the one to which they belong.
    """

    def __init__(self, tree: Tree, file: str) -> None:
        self._tree = tree
        self._file = file

    def file(self, root: MappingNode) -> list[str]:
        """The whole file: here alone, empty lines stay where somebody put them."""
        tree = self._tree
        tidied: list[str] = []
        starts = [tree.line_of(tree.head(key)) for key, _ in root.value]
        reached = 0
        for (key, value), start, limit in zip(root.value, starts, [*starts[1:], tree.height], strict=True):
            tidied += self._gap(reached, start)
            reached = tree.last_line(key, value) + 1
            if in_lines(value):
                reached = tree.below(value, reached, 0, limit)
            tidied += self._field(key, value, reached, 0, (str(key.value),))
        tidied += self._gap(reached, tree.line_of(len(tree.text)) + 1)
        return tidied if tidied[-1] else tidied[:-1]

    def _gap(self, begin: int, end: int) -> list[str]:
        """The comments and the empty lines of a stretch without values."""
        return _with_single_blanks(self._tree.line(number).strip() for number in range(begin, end))

    def _field(self, key: Node, value: Node, end: int, indent: int, route: Route) -> list[str]:
        """A field whose lines end before `end`, but not what stands above it."""
        tree, head = self._tree, self._tree.head(key)
        if not in_lines(value) or head != key.start_mark.index:
            return self._as_written(head, key, value, end, indent)
        lines = [" " * indent + tree.text[head : tree.start_of(key.start_mark.line + 1)].rstrip()]
        begin = key.start_mark.line + 1
        if isinstance(value, MappingNode):
            return lines + self._entry(value, begin, end, indent + 2, route)
        return lines + self._items(value, begin, end, indent + 2, route)

    def _entry(self, entry: MappingNode, begin: int, end: int, indent: int, route: Route) -> list[str]:
        """The fields of an entry that has the lines [begin, end), sorted."""
        tree, names = self._tree, fields_at(self._file, route)
        parts: list[tuple[int, list[str]]] = []
        heads = [tree.head(key) for key, _ in entry.value]
        limits = [*map(tree.line_of, heads[1:]), end]
        for (key, value), head, limit in zip(entry.value, heads, limits, strict=True):
            start = tree.line_of(head)
            above = self._comments(begin, start, indent)
            begin = tree.below(value, tree.last_line(key, value) + 1, head - tree.start_of(start), limit)
            rank = names.index(key.value) if key.value in names else len(names)
            parts.append((rank, above + self._field(key, value, begin, indent, (*route, str(key.value)))))
        parts.sort(key=lambda part: part[0])
        return [line for _, lines in parts for line in lines] + self._comments(begin, end, indent)

    def _items(self, items: SequenceNode, begin: int, end: int, indent: int, route: Route) -> list[str]:
        """The items of a list that is written with dashes and has the lines [begin, end)."""
        tree, pad = self._tree, " " * indent
        blocks, dashes = tree.blocks(route), tree.dashes(items)
        limits = [(upper[1], lower[0]) for upper, lower in pairwise(blocks)]
        starts = [blocks[0][0], *(tree.parted(*limit) for limit in limits), tree.parted(blocks[-1][1], end)]
        parts: list[_Item] = []
        for index, (entry, dash) in enumerate(zip(items.value, dashes, strict=True)):
            lead = self._lines_between(starts[index], dash, pad)
            own = self._item(entry, dash, blocks[index][1], indent, (*route, index))
            parts.append(_Item(id_of(entry), lead, own, self._lines_between(blocks[index][1], starts[index + 1], pad)))
        spaced = any(not tree.line(number).strip() for limit in limits for number in range(*limit))
        long = any(len(part.lead) + len(part.own) + len(part.trail) > 1 for part in parts)
        apart = long and (route[-1] in SORTED or (len(route) == 1 and spaced))
        if route[-1] in SORTED and all(part.id for part in parts):
            parts.sort(key=lambda part: part.id)
        tidied = self._lines_between(begin, starts[0], pad)
        for number, part in enumerate(parts):
            # Without the empty line, what is set off from the item below it would seem to belong to the one above.
            tidied += [""] if number and (apart or "" in part.lead or parts[number - 1].trail) else []
            tidied += [*part.lead, *part.own, *part.trail]
        closing = self._lines_between(starts[-1], end, pad)
        return [*tidied, "", *closing] if any(closing) else tidied

    def _item(self, entry: Node, dash: int, end: int, indent: int, route: Route) -> list[str]:
        """An item that has the lines [dash, end), but not what stands above it."""
        tree = self._tree
        if not isinstance(entry, MappingNode) or entry.flow_style:
            return self._as_written(tree.start_of(dash) + tree.column(dash), entry, entry, end, indent)
        alone = tree.line_of(tree.head(entry.value[0][0])) > dash
        fields = self._entry(entry, dash + alone, end, indent + 2, route)
        # Comments behind the dash, and above the first field, stand above the dash.
        behind = tree.line(dash).strip().removeprefix("-").strip() if alone else ""
        first = next(number for number, line in enumerate(fields) if not line.lstrip().startswith("#"))
        above = [" " * indent + behind] if behind else []
        above += [line[2:] for line in fields[:first]]
        return [*above, " " * indent + "- " + fields[first].lstrip(), *fields[first + 1 :]]

    def _comments(self, begin: int, end: int, indent: int) -> list[str]:
        """The comments of a stretch of lines without values."""
        return [line for line in self._lines_between(begin, end, " " * indent) if line]

    def _lines_between(self, begin: int, end: int, pad: str) -> list[str]:
        """The comments and the empty lines of a stretch without values, but for the empty ones at its beginning."""
        lines = (self._tree.line(number).strip() for number in range(begin, end))
        return _with_single_blanks((pad + line if line else "" for line in lines), above="")

    def _as_written(self, begin: int, key: Node, value: Node, end: int, indent: int) -> list[str]:
        """A field or an item whose lines all stay as they are, only moved, up to the line `end`."""
        tree = self._tree
        line, last = tree.line_of(begin), tree.last_line(key, value)
        column = begin - tree.start_of(line)
        until = max(tree.end(key), tree.end(value))
        until = until if tree.keeps(value) else tree.remark(until)[0]
        first, *rest = tree.text[begin:until].replace("\r\n", "\n").split("\n")
        lines = [" " * indent + first.strip(), *(_indented(line, indent - column) for line in rest)]
        lines[-1] += _SEAL if tree.keeps(value) else ""
        pad, sign = 2, tree.sign(value)
        if sign is not None:
            # What is indented as far as the text would be part of it.
            texts = [number for number in range(tree.line_of(sign.end()) + 1, last + 1) if tree.line(number).strip()]
            far = tree.column(texts[0]) - column if texts else pad
            pad = min(pad, int(sign[1] or sign[4] or far) - 1)
        return lines + self._comments(last + 1, end, indent + pad)


def _indented(line: str, by: int) -> str:
    """A line with more spaces in front, or as many fewer as it has."""
    if not line.strip():
        return ""
    lead = len(line) - len(line.lstrip(" "))
    return " " * max(0, lead + by) + line.lstrip(" ")


def _with_single_blanks(lines: Iterable[str], above: str = "#") -> list[str]:
    """The lines, with one empty one where there were several; `above` is the line above the first."""
    return [line for before, line in pairwise([above, *lines]) if before or line]
