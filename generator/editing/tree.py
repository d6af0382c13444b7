"""Where everything stands in a data file: the entries and their fields, with the lines that belong to each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import TypeGuard, overload

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from generator.editing.nodes import LOADER, Items, id_of, nodes, pairs, parts

Route = tuple[str | int, ...]
"""The names and the numbers of list items that lead to a value, from the top of the file."""

_COMMENT = re.compile(r"(?<!\S)#[^\r\n]*")
_REST = re.compile(r"[ \t]*(#[^\r\n]*)?")
_QUESTION = re.compile(r"^[ \t]*(?:-[ \t]+)*\?(?=\s)", re.MULTILINE)
_COLON = re.compile(r"^[ \t]*:(?=\s)", re.MULTILINE)
_COMMA = re.compile(r"(?:\s|(?<!\S)#[^\r\n]*+)*+,")
_DOTS = re.compile(r"^\.\.\.(?=\s|\Z)", re.MULTILINE)
_SIGN = re.compile(r"[|>](?:([1-9])?([-+])?|([-+])([1-9]))(?=\s|$)")
"""What begins a block of text: how far it is indented, and what becomes of its last line ends, where it says so."""


Lines = tuple[int, int]
"""The lines of something, as [begin, end)."""


class _Stretches(Sequence[Lines]):
    """The lines of each item of a list, found when somebody asks for them."""

    def __init__(self, size: int, find: Callable[[int], Lines], found: dict[int, Lines]) -> None:
        self._size, self._find, self._found = size, find, found

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, index: int) -> Lines: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Lines]: ...
    def __getitem__(self, index: int | slice) -> Lines | Sequence[Lines]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(self._size))]
        at = range(self._size)[index]
        if at not in self._found:
            self._found[at] = self._find(at)
        return self._found[at]


class Tree:
    """The text of one file that has been loaded without problems, and the nodes in it.

    Lines count from 0; positions are in characters of the text.  `apart` is as for `nodes`.
    """

    def __init__(self, text: str, *, apart: bool = False) -> None:
        self.text = text
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.root = nodes(text, apart=apart)
        self._ids: dict[Route, tuple[str, ...]] = {}
        self._highest: dict[Route, list[str]] = {}
        self._dashes: dict[Route, list[int]] = {}
        self._blocks: dict[Route, dict[int, Lines]] = {}
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._questions = self._explicit() if _QUESTION.search(text) else []

    def node(self, route: Route) -> Node:
        """What stands at a route of names and of numbers of list items; KeyError where nothing does."""
        node = self.root
        for step in route:
            if isinstance(step, str):
                node = next((value for key, value in pairs(node) if key.value == step), None)
            else:
                entries = node.value if isinstance(node, SequenceNode) else []
                node = entries[step] if step < len(entries) else None
            if node is None:
                raise KeyError(".".join(map(str, route)))
        assert node is not None
        return node

    @property
    def holds_something(self) -> bool:
        """Whether there is anything but comments, or braces with nothing in them."""
        return isinstance(self.root, MappingNode) and bool(self.root.value)

    @property
    def end_of_all(self) -> int:
        """The position of the dots that end the file, else its end; for a file that holds nothing."""
        dots = _DOTS.search(self.text)
        return dots.start() if dots else len(self.text)

    def line_of(self, position: int) -> int:
        """The number of the line that holds a position."""
        return bisect_right(self._starts, position) - 1

    @property
    def height(self) -> int:
        """The number of lines."""
        return len(self._starts)

    def start_of(self, line: int) -> int:
        """The position at which a line begins; the end of the text for the one after the last."""
        return self._starts[line] if line < len(self._starts) else len(self.text)

    def line(self, number: int) -> str:
        """A line, without its end."""
        return self.text[self.start_of(number) : self.start_of(number + 1)].rstrip("\r\n")

    def _explicit(self) -> list[int]:
        """The positions of the question marks in front of names, which YAML allows."""
        tokens = yaml.scan(self.text, Loader=LOADER)
        marks = ((token.start_mark.index, token.end_mark.index) for token in tokens if isinstance(token, yaml.KeyToken))
        return [begin for begin, end in marks if end > begin]

    def head(self, key: Node) -> int:
        """Where a field begins: at its name, or at the question mark in front of that."""
        before = bisect_right(self._questions, key.start_mark.index)
        mark = self._questions[before - 1] if before else -1
        between = self.text[mark + 1 : key.start_mark.index] if mark >= 0 else "-"
        return mark if not _COMMENT.sub("", between).strip() else int(key.start_mark.index)

    def sign(self, node: Node) -> re.Match[str] | None:
        """What begins a block of text; None for every other value."""
        block = isinstance(node, ScalarNode) and node.style in ("|", ">")
        return _SIGN.match(self.text, node.start_mark.index) if block else None

    def lines(self, begin: int, end: int) -> str:
        """The text of the lines [begin, end)."""
        return self.text[self.start_of(begin) : self.start_of(end)]

    def end(self, node: Node) -> int:
        """Where a value really ends: YAML counts the white space and the comments after a block to it."""
        begin, end = node.start_mark.index, node.end_mark.index
        if not in_lines(node):
            written = self.text[begin:end]
            if self.keeps(node) and not written[written.rfind("\n") + 1 :].strip():
                # The empty lines below such a text are part of it.
                return begin + len(written[: written.rindex("\n")].removesuffix("\r"))
            return begin + len(written.rstrip()) if end > begin else begin
        return self.end(_last(node))

    def ends_in_text(self, node: Node) -> bool:
        """Whether a value ends in a block of text, which takes what is further in below it for its own."""
        return self.ends_in_text(_last(node)) if in_lines(node) else self.sign(node) is not None

    def ends_open(self, node: Node) -> bool:
        """Whether a value ends in text that takes the empty lines below it for its own."""
        return self.ends_open(_last(node)) if in_lines(node) else self.keeps(node)

    def keeps(self, node: Node) -> bool:
        """Whether the empty lines below a block of text are part of it."""
        sign = self.sign(node)
        return sign is not None and "+" in sign[0]

    def colon(self, key: Node) -> int:
        """The position of the colon behind a name, which stands in a line of its own after a question mark."""
        if self.head(key) == key.start_mark.index:
            return self.text.index(":", self.end(key))
        match = _COLON.search(self.text, self.end(key))
        return match.end() - 1 if match else self.end(key)

    def past_comma(self, position: int) -> int:
        """The position behind a comma, if that is what comes next, perhaps after comments."""
        match = _COMMA.match(self.text, position)
        return match.end() if match else position

    @property
    def unended(self) -> re.Match[str] | None:
        """The sign of a block of text that ends with the file, which lacks its last line end: one would change it."""
        if self.text.endswith("\n") or self.root is None:
            return None
        node = self.root
        while isinstance(node, MappingNode | SequenceNode) and node.value:
            node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
        sign = self.sign(node)
        return sign if sign and "-" not in sign[0] and self.end(node) == len(self.text) else None

    def dashes(self, items: Node) -> list[int]:
        """The line of the dash in front of each item of a list that is written with dashes."""
        if isinstance(items.value, Items):
            return items.value.lines
        column, lines = items.start_mark.column, []
        for entry in items.value:
            line = entry.start_mark.line
            # An item may begin below its dash, with comments between the two.
            while self.line(line)[:column].strip() or self.line(line)[column : column + 1] != "-":
                line -= 1
            lines.append(line)
        return lines

    def last_line(self, key: Node, value: Node) -> int:
        """The line in which a field, or an item that begins with `key`, ends."""
        return self.line_of(max(self.end(key), self.end(value)))

    def above(self, line: int, floor: int) -> int:
        """The first of the comment lines right above a line, none of them above `floor`; else the line."""
        while line > floor and self.is_comment(line - 1):
            line -= 1
        return line

    def below(self, value: Node, line: int, column: int, limit: int) -> int:
        """The first line after the comments at [line, limit) that belong to the value above them.

        Those are the ones that are indented more than `column`, where its field or its dash stands; an empty line
        between them makes no difference where fields or items stand in such lines, too.
        """
        for number in range(line, limit):
            if self.is_comment(number) and self.column(number) > column:
                line = number + 1
            elif self.line(number).strip() or not in_lines(value):
                break
        return line

    def past(self, line: int, column: int) -> int:
        """The first line from there on that no comment follows which is indented more than `column`.

        Folded text, whose name stands in that column, would take such a comment for a part of it.
        """
        for number in range(line, self.height):
            if self.is_comment(number) and self.column(number) > column:
                line = number + 1
            elif self.line(number).strip():
                break
        return line

    def regions(self, route: Route) -> Sequence[Lines]:
        """The lines of each item of such a list with all the comments that are about it.

        That is more than its block: what stands right below it, and above it but for an empty line.
        """
        blocks = self.blocks(route)

        def end(index: int) -> int:
            limit = blocks[index + 1][0] if index + 1 < len(blocks) else self._close(route)
            return self.parted(blocks[index][1], limit)

        return _Stretches(
            len(blocks), lambda index: (self.filled(end(index - 1)) if index else blocks[0][0], end(index)), {}
        )

    def filled(self, line: int) -> int:
        """The first line from there on that is not empty."""
        while line < self.height and not self.line(line).strip():
            line += 1
        return line

    def _close(self, route: Route) -> int:
        """The first line below a list that does not belong to it, nor to what it stands in."""
        items, line = self.node(route), self.blocks(route)[-1][1]
        key = next(key for key, value in pairs(self.node(route[:-1])) if value is items)
        return self.below(items, line, key.start_mark.column, self.height)

    def parted(self, begin: int, end: int) -> int:
        """The line that parts what stands between two items, but not right above the second: what is right below
        the first belongs to it.
        """
        line = begin
        while line < end and self.is_comment(line):
            line += 1
        return line

    def is_comment(self, line: int) -> bool:
        """Whether nothing but a comment stands in a line between two values."""
        return self.line(line).lstrip().startswith("#")

    def column(self, line: int) -> int:
        """How far a line is indented."""
        return len(self.line(line)) - len(self.line(line).lstrip())

    def ids(self, route: Route) -> tuple[str, ...]:
        """The id of each item of a list; empty where an item has none."""
        if route not in self._ids:
            items = self.node(route).value
            self._ids[route] = tuple(items.ids if isinstance(items, Items) else map(id_of, items))
        return self._ids[route]

    def first_above(self, route: Route, ident: str) -> int | None:
        """The first item of a list whose id comes after this one in the alphabet; None where there is none."""
        if route not in self._highest:
            self._highest[route] = [*accumulate(self.ids(route), max)]
        index = bisect_right(self._highest[route], ident)
        return index if index < len(self._highest[route]) else None

    def blocks(self, route: Route) -> Sequence[Lines]:
        """The lines of each item of a list that is written with dashes.

        The comments right above an item belong to it, those between which and it stands nothing else, and those
        below it that are indented more than its dash.
        """
        items = self.node(route)
        top = 1 + next(key.start_mark.line for key, value in pairs(self.node(route[:-1])) if value is items)
        if route not in self._dashes:
            self._dashes[route] = [*self.dashes(items), self.height]
        entries, column, dashes = items.value, items.start_mark.column, self._dashes[route]

        def end(index: int) -> int:
            line = max(dashes[index], self.line_of(self.end(entries[index]))) + 1
            return self.below(entries[index], line, column, dashes[index + 1])

        def block(index: int) -> Lines:
            return self.above(dashes[index], end(index - 1) if index else top), end(index)

        # What was found is kept, but not these: they know the tree, and would keep it alive.
        return _Stretches(len(entries), block, self._blocks.setdefault(route, {}))

    def remark(self, position: int) -> tuple[int, str]:
        """The end of the line that holds a position, and the comment after it."""
        match = _REST.match(self.text, position)
        assert match is not None
        return match.end(), match[1] or ""

    def comments(self, begin: int, end: int, node: Node) -> list[str]:
        """The comments between two positions, in their order; `node` is the value that stands there."""
        texts = []
        for scalar in _scalars(node, begin, end):
            # A comment may stand behind the sign that begins a block of text.
            sign = self.sign(scalar)
            first = self.start_of(self.line_of(sign.end()) + 1) if sign else scalar.start_mark.index
            texts.append((first, self.end(scalar)))
        comments = []
        for first, last in [*sorted(texts), (end, end)]:
            # A text may hold the sign of a comment, too.
            comments += [match[0] for match in _COMMENT.finditer(self.text, begin, max(begin, min(first, end)))]
            begin = max(begin, last)
        return comments


def ended(text: str) -> str:
    """The text of a file with a line end at its end, and the same values."""
    tree = Tree(text)
    if sign := tree.unended:
        text = text[: sign.start()] + stripped(sign) + text[sign.end() :]
    return text if text.endswith("\n") or not text else text + tree.newline


def stripped(sign: re.Match[str]) -> str:
    """The sign of a block of text whose last line end does not count."""
    return sign[0].replace("+", "") + "-"


def in_lines(node: Node) -> TypeGuard[MappingNode | SequenceNode]:
    """Whether these are fields, or items, that stand in lines of their own and not in brackets."""
    return isinstance(node, MappingNode | SequenceNode) and not node.flow_style and bool(node.value)


def _last(node: Node) -> Node:
    """The last value of an entry, or the last item of a list."""
    last: Node = node.value[-1]
    return last[1] if isinstance(last, tuple) else last


def _scalars(node: Node, begin: int, end: int) -> Iterator[Node]:
    """The texts in a node, of long lists those alone of the items between two positions."""
    if isinstance(node, ScalarNode):
        yield node
    for inner in node.value.between(begin, end) if isinstance(node.value, Items) else parts(node):
        yield from _scalars(inner, begin, end)
