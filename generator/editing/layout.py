"""A data file in its normal layout: entries sorted, fields in their order, one way to indent."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from yaml.nodes import MappingNode, Node, SequenceNode

from generator.editing.draft import SORTED
from generator.editing.tree import Route, Tree, id_of, in_lines
from generator.schema import fields_at
from generator.source import Document


def tidy(document: Document) -> str:
    """The text of a file that was loaded without problems, in its normal layout.

    Partners and people are sorted by id, the fields of every entry stand in the order of the schema, an entry that
    takes several lines is set off by an empty one, and everything is indented by two spaces.  Comments go with
    what stands below them; what a value says, and how it is written, stays.
    """
    tree = Tree(document.text) if isinstance(document.data, dict) else None
    if tree is None or not isinstance(tree.root, MappingNode) or tree.root.flow_style:
        return document.text
    lines = _Layout(tree, document.file).file(tree.root)
    return tree.newline.join([*lines, ""])


class _Layout:
    """Every method gives lines without their ends."""

    def __init__(self, tree: Tree, file: str) -> None:
        self._tree = tree
        self._file = file

    def file(self, root: MappingNode) -> list[str]:
        """The whole file: here alone, empty lines stay where somebody put them."""
        found: list[str] = []
        reached = 0
        for key, value in root.value:
            found += self._between(reached, key.start_mark.line)
            reached = self._end(key, value)
            found += self._field(key, value, reached, 0, (str(key.value),))
        found += self._between(reached, self._tree.line_of(len(self._tree.text)) + 1)
        return found if found[-1] else found[:-1]

    def _between(self, begin: int, end: int) -> list[str]:
        """The comments and the empty lines of a stretch without values."""
        return _single(self._tree.line(number).strip() for number in range(begin, end))

    def _end(self, key: Node, value: Node) -> int:
        """The first line that does not belong to a field."""
        end = self._tree.last_line(key, value) + 1
        return self._below(end, key, self._tree.height) if in_lines(value) else end

    def _below(self, end: int, outer: Node, limit: int) -> int:
        """The first line after the comments at [end, limit) that are indented more than what they stand in."""
        for number in range(end, limit):
            line = self._tree.line(number)
            comment = line.lstrip().startswith("#")
            if line.strip() and not (comment and self._tree.column(number) > outer.start_mark.column):
                break
            end = number + 1 if comment else end
        return end

    def _field(self, key: Node, value: Node, end: int, indent: int, route: Route) -> list[str]:
        """A field whose lines end before `end`, with what stands behind it, but not what stands above it."""
        if not in_lines(value):
            return self._shifted(key.start_mark.index, value, indent)
        tree = self._tree
        head = tree.text[key.start_mark.index : tree.start_of(key.start_mark.line + 1)].rstrip()
        lines = [" " * indent + head]
        begin = key.start_mark.line + 1
        if isinstance(value, MappingNode):
            return lines + self._entry(value, begin, end, indent + 2, route)
        return lines + self._items(value, begin, end, indent + 2, route)

    def _entry(self, entry: MappingNode, begin: int, end: int, indent: int, route: Route) -> list[str]:
        """The fields of an entry that has the lines [begin, end), sorted."""
        names = fields_at(self._file, route)
        parts: list[tuple[int, list[str]]] = []
        for key, value in entry.value:
            above = self._comments(begin, key.start_mark.line, indent)
            begin = min(end, self._end(key, value))
            rank = names.index(key.value) if key.value in names else len(parts)
            parts.append((rank, above + self._field(key, value, begin, indent, (*route, str(key.value)))))
        parts.sort(key=lambda part: part[0])
        return [line for _, lines in parts for line in lines] + self._comments(begin, end, indent)

    def _items(self, items: SequenceNode, begin: int, end: int, indent: int, route: Route) -> list[str]:
        """The items of a list that is written with dashes and has the lines [begin, end)."""
        blocks, column = self._tree.blocks(route), items.start_mark.column
        found = self._gap(begin, blocks[0][0], indent, column)
        parts: list[tuple[str, list[str]]] = []
        dashes = self._tree.dashes(items)
        for index, (entry, (first, last)) in enumerate(zip(items.value, blocks, strict=True)):
            following = blocks[index + 1][0] if index + 1 < len(blocks) else end
            last = self._below(last, entry, following)
            lines = self._comments(first, dashes[index], indent)
            lines += self._item(entry, dashes[index], last, indent, (*route, index))
            parts.append((id_of(entry), lines + self._gap(last, following, indent, column)))
        long = any(len(lines) > 1 for _, lines in parts)
        apart = long and (route[-1] in SORTED or (len(route) == 1 and any(not lines[-1] for _, lines in parts)))
        if route[-1] in SORTED and all(name for name, _ in parts):
            parts.sort(key=lambda part: part[0])
        for number, (_, lines) in enumerate(parts):
            found += [""] if apart and number else []
            found += lines[:-1] if not lines[-1] else lines
        return found

    def _item(self, entry: Node, dash: int, end: int, indent: int, route: Route) -> list[str]:
        """An item that has the lines [dash, end), but not what stands above it."""
        if not isinstance(entry, MappingNode) or entry.flow_style:
            return self._shifted(self._tree.start_of(dash), entry, indent)
        fields = self._entry(entry, dash, end, indent + 2, route)
        # A comment above the first field stands above the dash, too.
        above = next(number for number, line in enumerate(fields) if not line.lstrip().startswith("#"))
        comments = [line[2:] for line in fields[:above]]
        return [*comments, " " * indent + "- " + fields[above].lstrip(), *fields[above + 1 :]]

    def _comments(self, begin: int, end: int, indent: int) -> list[str]:
        """The comments of a stretch of lines without values."""
        # The dash of an item may stand alone in front of them.
        lines = (self._tree.line(number).strip().removeprefix("-").strip() for number in range(begin, end))
        return [" " * indent + line for line in lines if line]

    def _gap(self, begin: int, end: int, indent: int, column: int) -> list[str]:
        """What stands between two items of a list whose dashes were at `column`, and will be at `indent`.

        The comments at its beginning belong to the fields of the item above where they were indented like those.
        """
        lines = [self._tree.line(number) for number in range(begin, end)]
        first = next((line for line in lines if line.strip()), "")
        inside = len(first) - len(first.lstrip()) > column
        pad = " " * (indent + 2 if inside and lines and lines[0].strip() else indent)
        return _single(pad + line.strip() if line.strip() else "" for line in lines)

    def _shifted(self, begin: int, value: Node, indent: int) -> list[str]:
        """What is written from a position to the end of a value and of its line, indented for `indent`."""
        tree = self._tree
        line = tree.line_of(begin)
        column = max(begin - tree.start_of(line), tree.column(line))
        end, _ = tree.remark(max(tree.end(value), begin))
        first, *rest = tree.text[begin:end].replace("\r\n", "\n").split("\n")
        return [" " * indent + first.strip(), *(_moved(line, indent - column) for line in rest)]


def _moved(line: str, by: int) -> str:
    """A line with more spaces in front, or as many fewer as it has."""
    if not line.strip():
        return ""
    lead = len(line) - len(line.lstrip(" "))
    return " " * max(0, lead + by) + line.lstrip(" ")


def _single(lines: Iterable[str]) -> list[str]:
    """The lines, with one empty one where there were several."""
    return [line for above, line in pairwise(["#", *lines]) if above or line]
