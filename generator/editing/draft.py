"""One data file that is being changed: edits are collected against its text, and made all at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from yaml.nodes import MappingNode, Node, SequenceNode

from generator.editing.tree import Route, Tree, in_lines, pairs
from generator.editing.values import field, item, one_line
from generator.schema import fields_at
from generator.source import Document

SORTED = ("partners", "people")
"""The lists whose order means nothing; that of all others is the one in which the site shows them."""


class _Edit(NamedTuple):
    """Text in place of what stands between two positions; of two at one position, `order` tells which comes first."""

    begin: int
    end: int
    order: tuple[Any, ...]
    text: str


class Draft:
    """A file that was loaded without problems, with edits to make.

    Every route is one of the file as it stands: no edit moves what another refers to.  Two edits of
    one value are a bug of ours (ValueError).
    """

    def __init__(self, document: Document) -> None:
        self.file = document.file
        self._tree = Tree(document.text)
        self._edits: list[_Edit] = []
        self._removed: dict[Route, set[int]] = {}
        self._begun: dict[Route, list[Any]] = {}

    def text(self) -> str:
        """The text with all edits made; what they do not touch is as it was."""
        for route, entries in self._begun.items():
            named = route[-1] in SORTED
            self.set(route[:-1], str(route[-1]), sorted(entries, key=lambda one: str(one["id"])) if named else entries)
        self._begun.clear()
        parts, reached = [], 0
        cuts = [cut for route, indexes in self._removed.items() for cut in self._cuts(route, indexes)]
        for edit in sorted([*self._edits, *cuts], key=lambda edit: (edit.begin, edit.end, edit.order)):
            if edit.begin < reached:
                raise ValueError(f"two edits of one place in {self.file}: {edit.text!r}")
            parts += [self._tree.text[reached : edit.begin], edit.text.replace("\n", self._tree.newline)]
            reached = edit.end
        return "".join([*parts, self._tree.text[reached:]])

    def add(self, route: Route, *entries: Any) -> None:
        """Put entries, or texts, into the list at `route`: partners and people by their ids, all others at its end.

        Where there is no list yet, it is begun.
        """
        try:
            items = self._tree.node(route)
        except KeyError:
            items = None
        if not isinstance(items, SequenceNode) or not items.value:
            self._begun.setdefault(route, []).extend(entries)
            return
        for entry in entries:
            if not items.flow_style:
                self._insert(route, items, entry)
            else:
                position = self._tree.end(items.value[-1])
                self._edit(position, position, f", {one_line(entry)}", (-len(route) - 1, ""))

    def set(self, route: Route, name: str, value: Any) -> None:
        """Give the entry at `route` this field, in place of the one that it has or where such a field belongs.

        `value` may be None (null), a text, a number, a date, true or false, or a list or mapping of those.
        Comments within the old value move above the field.
        """
        entry = self._tree.node(route)
        if not isinstance(entry, MappingNode) or not entry.value:
            raise ValueError(f"there is no entry at {route} in {self.file}")
        old = next(((key, inner) for key, inner in pairs(entry) if key.value == name), None)
        if old is None:
            self._new_field(entry, route, name, value)
        elif not in_lines(entry):
            self._edit(old[1].start_mark.index, self._tree.end(old[1]), one_line(value))
        else:
            self._renew_field(*old, value)

    def drop(self, route: Route, name: str) -> None:
        """Take a field out of an entry that has others, with the comments that belong to it."""
        entry = self._tree.node(route)
        names = [key.value for key, _ in pairs(entry)]
        index = names.index(name)
        key, value = pairs(entry)[index]
        if not in_lines(entry):
            after = pairs(entry)[index + 1 : index + 2]
            begin = key.start_mark.index if after or not index else self._tree.end(pairs(entry)[index - 1][1])
            self._edit(begin, after[0][0].start_mark.index if after else self._tree.end(value), "")
        elif index == 0:
            # The dash of the entry stays where it is, and the next field moves up to it.
            self._edit(key.start_mark.index, entry.value[1][0].start_mark.index, "")
        else:
            floor = self._tree.last_line(*entry.value[index - 1]) + 1
            begin = self._tree.above(key.start_mark.line, floor)
            while not self._tree.line(begin - 1).strip():
                begin -= 1
            self._cut_lines(begin, self._tree.last_line(key, value) + 1)

    def remove(self, route: Route) -> None:
        """Take an item out of a list, with the comments that belong to it."""
        self._removed.setdefault(route[:-1], set()).add(int(route[-1]))

    def replace(self, route: Route, text: str, *, key: bool = False) -> None:
        """Put `text` in place of the text at a route, or of the name in front of it."""
        scalar = self._tree.node(route)
        if key:
            scalar = next(name for name, value in pairs(self._tree.node(route[:-1])) if value is scalar)
        self._edit(scalar.start_mark.index, self._tree.end(scalar), one_line(text))

    @property
    def newline(self) -> str:
        """How the lines of the file end."""
        return self._tree.newline

    def blocks(self, route: Route) -> list[tuple[int, int]]:
        """The lines of each item of a list, with the comments right above it, as [begin, end), counted from 0.

        ValueError where the items stand in brackets.
        """
        if not in_lines(self._tree.node(route)):
            raise ValueError("the items stand in brackets")
        return self._tree.blocks(route)

    def lines(self, begin: int, end: int) -> str:
        """The text of those lines."""
        return self._tree.text[self._tree.start_of(begin) : self._tree.start_of(end)]

    def above(self, route: Route) -> str:
        """All that stands above a field of the file."""
        key = next(key for key, value in pairs(self._tree.node(route[:-1])) if value is self._tree.node(route))
        return self.lines(0, key.start_mark.line)

    def _edit(self, begin: int, end: int, text: str, order: tuple[Any, ...] = ()) -> None:
        if self._tree.text[begin:end] != text:
            self._edits.append(_Edit(begin, end, order, text))

    def _insert(self, route: Route, items: SequenceNode, entry: Any) -> None:
        tree, blocks = self._tree, self._tree.blocks(route)
        new = str(entry["id"]) if isinstance(entry, Mapping) and "id" in entry else ""
        indent = items.start_mark.column
        text = " " * indent + item(entry, indent) + "\n"
        gap = "\n" if new and (len(blocks) == 1 or blocks[0][1] < blocks[1][0]) else ""
        after = (index for index, other in enumerate(tree.ids(route)) if route[-1] in SORTED and other > new)
        index = next(after, None)
        order = (-len(route) - 1, new)
        if index is not None:
            position = tree.start_of(blocks[index][0])
            self._edit(position, position, text + gap, order)
        else:
            self._after_line(blocks[-1][1] - 1, gap + text, order)

    def _after_line(self, line: int, text: str, order: tuple[Any, ...]) -> None:
        """Put whole lines below a line, which may be the last of a file and lack its end."""
        position = self._tree.start_of(line + 1)
        unended = position == len(self._tree.text) and not self._tree.text.endswith("\n")
        self._edit(position, position, "\n" + text.removesuffix("\n") if unended else text, order)

    def _new_field(self, entry: MappingNode, route: Route, name: str, value: Any) -> None:
        names = fields_at(self.file, route)
        rank = names.index(name)
        before = [pair for pair in entry.value if pair[0].value in names[:rank]]
        order, indent = (-len(route) - 1, rank), entry.value[0][0].start_mark.column
        if entry.flow_style:
            position = self._tree.end(before[-1][1]) if before else entry.value[0][0].start_mark.index
            text = f"{name}: {one_line(value)}"
            self._edit(position, position, f", {text}" if before else f"{text}, ", order)
        elif before:
            last = self._tree.last_line(*before[-1])
            self._after_line(last, " " * indent + field(name, value, indent) + "\n", order)
        else:
            position = entry.value[0][0].start_mark.index
            self._edit(position, position, field(name, value, indent) + "\n" + " " * indent, order)

    def _renew_field(self, key: Node, old: Node, value: Any) -> None:
        tree, indent = self._tree, key.start_mark.column
        begin = tree.end(key)
        end = max(tree.end(old), tree.text.index(":", begin) + 1)
        text = field(key.value, value, indent).removeprefix(one_line(key.value))
        lifted = tree.comments(begin, end, old)
        reach, remark = tree.remark(end)
        if remark and "\n" in text:
            # Behind the last line of folded text, a comment would be part of the text.
            lifted, end = [*lifted, remark], reach
        if tree.text[begin:end] != text and lifted:
            above = tree.start_of(key.start_mark.line)
            column = tree.column(key.start_mark.line)
            self._edit(above, above, "".join(" " * column + comment + "\n" for comment in lifted))
        self._edit(begin, end, text)

    def _cut_lines(self, begin: int, end: int) -> None:
        self._edit(self._tree.start_of(begin), self._tree.start_of(end), "")

    def _cuts(self, route: Route, removed: Collection[int]) -> Iterator[_Edit]:
        """What takes these items out of a list: neighbors go together, and with the last one what sets it off."""
        items = self._tree.node(route)
        if in_lines(items):
            spans = [tuple(map(self._tree.start_of, block)) for block in self._tree.blocks(route)]
        else:
            spans = [(item.start_mark.index, self._tree.end(item)) for item in items.value]
        index = 0
        while index < len(spans):
            first = index
            while index in removed:
                index += 1
            if index == len(spans) > first:
                yield _Edit(spans[first - 1][1] if first else spans[0][0], spans[-1][1], (), "")
            elif index > first:
                yield _Edit(spans[first][0], spans[index][0], (), "")
            index += 1


def begun(name: str, entry: Mapping[str, Any]) -> str:
    """The text of a new file that holds one list, with one entry."""
    return f"{name}:\n  {item(entry, 2)}\n"
