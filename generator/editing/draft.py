"""One data file that is being changed: edits are collected against its text, and made all at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from yaml.nodes import MappingNode, Node, SequenceNode

from generator.editing.modeline import has_modeline
from generator.editing.nodes import pairs
from generator.editing.tree import Route, Tree, in_lines, stripped
from generator.editing.values import Moved, field, item, one_line
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
        self._data = document.data
        self._tree = Tree(document.text, apart=document.apart)
        self._edits: list[_Edit] = []
        self._removed: dict[Route, dict[int, bool]] = {}
        self._more: dict[Route, list[Any]] = {}
        self._dropped: dict[Route, dict[int, bool]] = {}
        self._begun: dict[Route, list[Any]] = {}
        self._grown: set[Route] = set()

    def text(self) -> str:
        """The text with all edits made; what they do not touch is as it was."""
        for route, entries in self._begun.items():
            ordered = sorted(entries, key=lambda entry: str(entry["id"])) if route[-1] in SORTED else entries
            if route[:-1] == () and not self._tree.holds_something:
                self._first_field(str(route[-1]), ordered)
            else:
                self.set(route[:-1], str(route[-1]), ordered)
        self._begun.clear()
        for route, indexes in self._dropped.items():
            for first, after in _runs(indexes):
                self._drop(route, first, after, any(indexes[index] for index in range(first, after)))
        self._dropped.clear()
        parts, reached = [], 0
        cuts = [cut for route, indexes in self._removed.items() for cut in self._cuts(route, indexes)]
        cuts += [edit for route, indexes in self._removed.items() for edit in self._emptied(route, len(indexes))]
        additions = [self._append(route, entries) for route, entries in self._more.items()]
        for edit in sorted([*self._edits, *cuts, *additions], key=lambda edit: (edit.begin, edit.end, edit.order)):
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
        for entry in (entry for entry in entries if isinstance(entry, Moved)):
            holder = items if isinstance(items, SequenceNode) and items.value else self._tree.node(route[:-1])
            self.remark(route[:-1], entry.comments if not in_lines(holder) else ())
        if not isinstance(items, SequenceNode) or not items.value:
            self._begun.setdefault(route, []).extend(entries)
            return
        for entry in entries:
            if not items.flow_style:
                self._grown.add(route)
                self._insert(route, items, entry)
            else:
                self._more.setdefault(route, []).append(entry)

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
            begin, end = self._tree.colon(old[0]) + 1, self._tree.end(old[1])
            spared = self._tree.comments(begin, end, old[1]) if end > begin else []
            self._edit(begin, max(begin, end), f" {one_line(value)}{self._inline_comments(begin, spared)}")
        else:
            self._renew_field(*old, value)

    def drop(self, route: Route, name: str, *, spare: bool = False) -> None:
        """Take a field out of an entry that has others; with `spare`, the comments that belong to it stay."""
        names = [key.value for key, _ in pairs(self._tree.node(route))]
        dropped = self._dropped.setdefault(route, {})
        if names.index(name) in dropped:
            raise ValueError(f"{name} is dropped twice at {route} in {self.file}")
        dropped[names.index(name)] = spare

    def remove(self, route: Route, *, spare: bool = False) -> None:
        """Take an item out of a list; with `spare`, the comments that belong to it stay."""
        self._removed.setdefault(route[:-1], {})[int(route[-1])] = spare

    def lifted(self, route: Route) -> Moved:
        """An item of a list with all that belongs to it, fit for another list; here it stays until it is removed.

        The comments of one in brackets stay there.
        """
        tree, items, index = self._tree, self._tree.node(route[:-1]), int(route[-1])
        data = self._data
        for step in route:
            data = data[step]
        if not in_lines(items):
            return Moved(data, "", ())
        begin, end = tree.blocks(route[:-1])[index][0], tree.regions(route[:-1])[index][1]
        dash = items.start_mark.column
        written = tree.lines(begin, end).replace("\r\n", "\n").removesuffix("\n").split("\n")
        lines = [line[min(dash, len(line) - len(line.lstrip(" "))) :] for line in written]
        # Text that takes the line ends below it for its own would be another one there.
        comments = self.comments(route)
        if tree.ends_open(items.value[index]) or (end >= tree.height and tree.unended is not None):
            lines = [*comments, item(data, 0)]
        return Moved(data, "\n".join(lines), comments)

    def replace(self, route: Route, text: str, *, key: bool = False) -> None:
        """Put `text` in place of the text at a route, or of the name in front of it."""
        scalar = self._tree.node(route)
        if key:
            scalar = next(name for name, value in pairs(self._tree.node(route[:-1])) if value is scalar)
        begin, end = scalar.start_mark.index, self._tree.end(scalar)
        remarks = self._tree.comments(begin, end, scalar)
        self._edit(begin, end, "  ".join([one_line(text), *remarks]))

    def comments(self, route: Route) -> list[str]:
        """The comments that belong to an item of a list with dashes; none for one in brackets."""
        tree, items = self._tree, self._tree.node(route[:-1])
        if not in_lines(items):
            return []
        begin, end = tree.regions(route[:-1])[int(route[-1])]
        begin = tree.blocks(route[:-1])[int(route[-1])][0]
        return tree.comments(tree.start_of(begin), tree.start_of(end), items)

    def all_comments(self) -> list[str]:
        """The comments of the whole file, but for the line that leads editors to its schema."""
        tree = self._tree
        found = tree.comments(0, len(tree.text), tree.root) if tree.root is not None else []
        return [comment for comment in found if not has_modeline(comment)]

    def remark(self, route: Route, comments: Sequence[str]) -> None:
        """Put comments above what stands at a route, or above the brackets in which it stands."""
        tree, line = self._tree, 0
        for depth, step in enumerate(route):
            outer = tree.node(route[:depth])
            if not in_lines(outer):
                break
            if isinstance(step, int):
                line = tree.dashes(outer)[step]
            else:
                line = tree.line_of(next(tree.head(key) for key, _ in pairs(outer) if key.value == step))
        self._comment_above(line, comments)

    def _edit(self, begin: int, end: int, text: str, order: tuple[Any, ...] = ()) -> None:
        if self._tree.text[begin:end] != text:
            self._edits.append(_Edit(begin, end, order, text))

    def _comment_above(self, line: int, comments: Sequence[str]) -> None:
        """Put comments into lines of their own above a line."""
        position, pad = self._tree.start_of(line), " " * self._tree.column(line)
        if comments:
            self._edit(position, position, "".join(f"{pad}{comment}\n" for comment in comments))

    def _inline_comments(self, position: int, comments: Sequence[str]) -> str:
        """Comments as they may stand within brackets, at a position."""
        pad = "\n" + " " * (self._tree.column(self._tree.line_of(position)) + 2)
        return "".join(f" {comment}{pad}" for comment in comments)

    def _append(self, route: Route, entries: Sequence[Any]) -> _Edit:
        """What puts entries behind the last one in brackets, which may itself go."""
        items = self._tree.node(route).value
        alone = len(self._removed.get(route, ())) == len(items)
        position = self._tree.end(items[-1])
        text = ", ".join(map(one_line, entries))
        return _Edit(position, position, (-len(route) - 1, ""), text if alone else f", {text}")

    def _insert(self, route: Route, items: SequenceNode, entry: Any) -> None:
        tree, blocks = self._tree, self._tree.blocks(route)
        new = str(entry["id"]) if isinstance(entry, Mapping) and "id" in entry else ""
        indent = items.start_mark.column
        text = " " * indent + item(entry, indent) + "\n"
        gap = "\n" if new and (len(blocks) == 1 or blocks[0][1] < blocks[1][0]) else ""
        index = tree.first_above(route, new) if route[-1] in SORTED else None
        order = (-len(route) - 1, new)
        if index is not None:
            position = tree.start_of(blocks[index][0])
            self._edit(position, position, text + gap, order)
        else:
            gap = "" if tree.ends_open(items) else gap
            self._after_line(blocks[-1][1] - 1, gap + text, order)

    def _after_line(self, line: int, text: str, order: tuple[Any, ...]) -> None:
        """Put whole lines below a line, which may be the last of a file and lack its end."""
        tree, lines = self._tree, text.strip("\n")
        if "\n" in lines:
            line = tree.past(line + 1, len(lines) - len(lines.lstrip(" "))) - 1
        position = tree.start_of(line + 1)
        unended = position == len(tree.text) and not tree.text.endswith("\n")
        if unended and (sign := tree.unended):
            edit = _Edit(sign.start(), sign.end(), (), stripped(sign))
            self._edits += [edit] if edit not in self._edits else []
        self._edit(position, position, "\n" + text.removesuffix("\n") if unended else text, order)

    def _new_field(self, entry: MappingNode, route: Route, name: str, value: Any) -> None:
        tree, names = self._tree, fields_at(self.file, route)
        # Fields that the settings declare stand below all others.
        rank = names.index(name) if name in names else len(names)
        dropped = self._dropped.get(route, {})
        before = [
            pair
            for index, pair in enumerate(entry.value)
            if index not in dropped and (rank == len(names) or pair[0].value in names[:rank])
        ]
        first = tree.head(entry.value[0][0])
        order, indent = (-len(route) - 1, rank), first - tree.start_of(tree.line_of(first))
        if entry.flow_style:
            position = max(map(tree.end, before[-1])) if before else first
            text = f"{name}: {one_line(value)}"
            self._edit(position, position, f", {text}" if before else f"{text}, ", order)
        elif before:
            last = tree.below(before[-1][1], tree.last_line(*before[-1]) + 1, indent, tree.height)
            self._after_line(last - 1, " " * indent + field(name, value, indent) + "\n", order)
        else:
            self._edit(first, first, field(name, value, indent) + "\n" + " " * indent, order)

    def _first_field(self, name: str, value: Any) -> None:
        """Put a field into a file that has none: nothing, comments alone, or empty braces."""
        tree, root = self._tree, self._tree.root
        if isinstance(root, MappingNode):
            begin, end = root.start_mark.index, tree.end(root)
            spared = self._inline_comments(begin, tree.comments(begin, end, root))
            self._edit(begin, end, f"{{{spared}{name}: {one_line(value)}}}")
            return
        # With an empty line between, or the comments above would be those of the field.
        above = tree.text[: tree.end_of_all].rstrip(" \t").replace("\r\n", "\n")
        gap = "\n" * max(0, 2 - len(above) + len(above.rstrip("\n"))) if above.strip() else ""
        self._edit(tree.end_of_all, tree.end_of_all, f"{gap}{field(name, value, 0)}\n")

    def _renew_field(self, key: Node, old: Node, value: Any) -> None:
        tree, head = self._tree, self._tree.head(key)
        line = tree.line_of(head)
        indent = head - tree.start_of(line)
        # A name behind a question mark is written anew, as all others are.
        begin = tree.end(key) if head == key.start_mark.index else head
        end = max(tree.end(old), tree.colon(key) + 1)
        text = field(key.value, value, indent)
        text = text.removeprefix(one_line(key.value)) if begin != head else text
        if tree.text[begin:end] == text:
            return
        lifted = tree.comments(begin, end, old)
        if "\n" in text:
            # Behind the last line of folded text, and below it, a comment would be part of the text.
            below = tree.past(tree.below(old, tree.line_of(end) + 1, indent, tree.height), indent)
            lifted += tree.comments(end, tree.start_of(below), old)
            end = max(end, len(tree.text[: tree.start_of(below)].rstrip()))
            # Spaces at the end of the line would be part of a text that the value ends in.
            while tree.text[end : end + 1] in (" ", "\t"):
                end += 1
        self._comment_above(line, lifted)
        self._edit(begin, end, text)

    def _drop(self, route: Route, first: int, after: int, spare: bool) -> None:
        """Take out neighboring fields, those from `first` on up to `after`."""
        tree, entry = self._tree, self._tree.node(route)
        fields = pairs(entry)
        (key, _), (last_key, last_value) = fields[first], fields[after - 1]
        following = tree.head(fields[after][0]) if after < len(fields) else None
        begin, end = tree.head(key), max(tree.end(last_key), tree.end(last_value))
        if not in_lines(entry):
            begin, end = begin if following or not first else tree.end(fields[first - 1][1]), following or end
            spared = tree.comments(begin, end, entry) if spare else []
            self._edit(begin, end, self._inline_comments(begin, spared))
        elif first == 0 and following:
            # The dash of the entry stays where it is, and the next field moves up to it.
            spared = tree.comments(begin, following, entry) if spare else []
            self._comment_above(tree.line_of(begin), spared)
            self._edit(begin, following, "")
        else:
            line, last = tree.line_of(begin), tree.last_line(last_key, last_value) + 1
            column, above = tree.column(line), fields[first - 1]
            if not spare:
                last = tree.below(last_value, last, column, tree.height)
                line = tree.above(line, tree.last_line(*above) + 1)
            if tree.ends_in_text(above[1]):
                last = tree.past(last, column)
            spared = tree.comments(tree.start_of(line), tree.start_of(last), entry) if spare else []
            if tree.ends_open(above[1]):
                # The empty lines above are of that text, and those below would be.
                last = last if spared else tree.filled(last)
            elif not spare:
                while not tree.line(line - 1).strip():
                    line -= 1
            text = "".join(f"{' ' * column}{comment}\n" for comment in spared)
            self._edit(tree.start_of(line), tree.start_of(last), text)

    def _cuts(self, route: Route, removed: Mapping[int, bool]) -> Iterator[_Edit]:
        """What takes these items out of a list, neighbors together."""
        tree, items = self._tree, self._tree.node(route)
        size, index = len(items.value), 0
        while index < size:
            first = index
            while index in removed:
                index += 1
            if index > first:
                spare = any(removed[position] for position in range(first, index))
                begin, end = self._lines_of(route, first, index) if in_lines(items) else self._span(route, first, index)
                spared = tree.comments(begin, end, items) if spare else []
                if in_lines(items):
                    pad = " " * items.start_mark.column
                    yield _Edit(begin, end, (), "".join(f"{pad}{comment}\n" for comment in spared))
                else:
                    yield _Edit(begin, end, (), self._inline_comments(begin, spared))
            index += 1

    def _emptied(self, route: Route, removed: int) -> Iterator[_Edit]:
        """What makes a list of one in lines that loses its last item: it would be nothing."""
        tree, items = self._tree, self._tree.node(route)
        if in_lines(items) and removed == len(items.value) and route not in self._grown:
            position = 1 + tree.colon(next(key for key, value in pairs(tree.node(route[:-1])) if value is items))
            yield _Edit(position, position, (), " []")

    def _lines_of(self, route: Route, first: int, after: int) -> tuple[int, int]:
        """The positions between which the lines of some neighbors stand, with one of the gaps around them."""
        tree, blocks, regions = self._tree, self._tree.blocks(route), self._tree.regions(route)
        begin, end = blocks[first][0], regions[after - 1][1]
        if after < len(blocks):
            return tree.start_of(begin), tree.start_of(regions[after][0])
        if first and tree.ends_open(tree.node(route).value[first - 1]):
            # What is the last now would take the empty lines below those that go for its own.
            end = tree.filled(end)
        floor = regions[first - 1][1] if first else begin
        while begin > floor and not tree.line(begin - 1).strip():
            begin -= 1
        return tree.start_of(begin), tree.start_of(end)

    def _span(self, route: Route, first: int, after: int) -> tuple[int, int]:
        """The positions of some neighbors in brackets, with the comma on one of their sides."""
        tree, items = self._tree, self._tree.node(route).value
        begins, ends = [item.start_mark.index for item in items], [*map(tree.end, items)]
        if after < len(begins):
            return begins[first], begins[after]
        if first:
            return ends[first - 1], ends[-1]
        # A comma may follow the last one, and stay if others take the place of all.
        return begins[0], ends[-1] if route in self._more else tree.past_comma(ends[-1])


def _runs(indexes: Collection[int]) -> Iterator[tuple[int, int]]:
    """The stretches of neighbors among them, as [first, after)."""
    ordered = sorted(indexes)
    begins = [one for one in ordered if one - 1 not in indexes]
    ends = [one + 1 for one in ordered if one + 1 not in indexes]
    return zip(begins, ends, strict=True)


def new_file(name: str, entry: Mapping[str, Any]) -> str:
    """The text of a new file that holds one list, with one entry."""
    return f"{name}:\n  {item(entry, 2)}\n"
