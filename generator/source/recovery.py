"""Reading on after a mistake that ends a YAML parser: what cannot be read is taken out, entry by entry.

An entry is a list item, as its indentation has it.  Lines keep their numbers: those of an entry that is taken out
become blank ones.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from generator.problems import Problem
from generator.source.compose import Composer
from generator.source.features import MAX_PROBLEMS

# Other marks than a dash are slips, and begin an entry all the same.
_ITEM = re.compile("( *)(?:-(?!-)|[*+\u2022\u2013\u2014] +(?=[\\w\"'{]))")
_NAME = re.compile(r" *[\w-]+:(?:\s|$)")
_NAMING = re.compile(
    r"""(?:\b(?:id|name|alias|title)[ \t]*:[ \t]*)(?:"([^"\n]*)"|'([^'\n]*)'|([^\s,}\]#"'][^,}\]#\n]*))"""
)
_OTHERS = re.compile(r"\baliases[ \t]*:[ \t]*\[?([^\]\n}]*)")

_WORK = 10_000_000
"""How many characters are read again at most, beside three times the file: each mistake costs one more look at it."""


@dataclass(frozen=True)
class Recovered:
    """What could be read: None where nothing could; every problem on the way; and what was taken out.

    `lines` are the numbers, from 1, of the lines that nobody has read; `names` is what stands in them, and in what is
    given twice, for an id or another name by which others may refer to it; `whole_lists` says whether more than single
    entries may be lost.
    """

    composer: Composer | None
    problems: list[Problem]
    lines: frozenset[int]
    names: frozenset[str]
    whole_lists: bool


def recovered(text: str, file: str) -> Recovered:
    """Read a text, again and again without the entries that cannot be read, until the rest can."""
    original = text.split("\n")
    lines = [*original]
    out: set[int] = set()
    problems: list[Problem] = []
    rest = _WORK + 3 * len(text)
    while True:
        composer = Composer("\n".join(lines) if out else text, file)
        composer.run()
        problems += composer.problems
        rest -= len(text)
        if composer.trusted:
            loose = bool(out) and _loose(Bounds(original), out)
            names = _names(text, out | composer.passed_over)
            return Recovered(composer, problems, frozenset(number + 1 for number in out), names, loose)
        bounds = Bounds(lines)
        more = next((lost for line in composer.unread if (lost := _lost(bounds, line)).keys() - out), {})
        if not more or len(problems) > MAX_PROBLEMS or rest < 0:
            return Recovered(None, problems, frozenset(), frozenset(), True)
        for number, instead in more.items():
            lines[number] = instead
        out |= more.keys()


def _loose(bounds: Bounds, out: Iterable[int]) -> bool:
    """Whether a line that is taken out stands in no entry."""
    return any(len(bounds.around(number)) == len(bounds.lines) for number in out)


def _lost(bounds: Bounds, line: int) -> dict[int, str]:
    """What to take out, so that the rest can be read: lines, and what stands there instead.

    It is as little as makes sense by itself: a department is not lost with all of its partners because its contact
    cannot be read.
    """
    lines = bounds.lines
    line = min(line, len(lines) - 1)
    while line and not lines[line].strip():
        line -= 1
    entry = bounds.around(line)
    begins, *within = [number for number in entry if _ITEM.match(lines[number])] or [-1]
    if begins == entry.start and not within:
        return dict.fromkeys(entry, "")
    lost = dict.fromkeys(_deeper(lines, line), "")
    if line == begins == entry.start:
        # The first line of an entry begins it, whatever else it says: what stands inside can be read.
        return {line: f"{' ' * _indent(lines[line])}- id: unread-{line + 1}"}
    return {line: "", **lost}


class _Item(NamedTuple):
    """A list item: its line, the column of its dash and that of what stands in it."""

    line: int
    column: int
    inside: int


class Bounds:
    """Where the entries of a text begin and end, found in one pass over its lines that goes as far as is asked for."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self._begins: list[int | None] = []
        """By line, where the innermost list item begins in which it stands."""
        self._ends: dict[int, int] = {}
        """By the first line of a list item, the line behind it."""
        self._pass = self._find()

    def around(self, line: int) -> range:
        """The lines, from 0, of the entry in which one stands: all of them, where it stands in none."""
        while len(self._begins) <= line:
            next(self._pass)
        begin = self._begins[line]
        if begin is None:
            return range(len(self.lines))
        while begin not in self._ends:
            next(self._pass)
        return range(begin, self._ends[begin])

    def _find(self) -> Iterator[None]:
        """Take in line after line."""
        above = _Above()
        # Those that have not ended, each with its depth: an inner one always ends before an outer one.
        open_items: list[tuple[_Item, int]] = []
        for number, line in enumerate(self.lines):
            found = _ITEM.match(line)
            indent = len(found[1]) if found else _indent(line)
            named = not found and _NAME.match(line)
            while open_items and (
                (found and indent < open_items[-1][0].inside) or (named and above.names_in(indent, open_items[-1][1]))
            ):
                self._ends[open_items.pop()[0].line] = number
            if found:
                item = _Item(number, indent, len(found[0]) + 1)
                open_items.append((item, above.add(item)))
                self._begins.append(number)
            else:
                self._begins.append(above.holds(indent))
            yield
        self._ends |= {item.line: len(self.lines) for item, _ in open_items}
        yield


class _Above:
    """The list items above a line, each of which stands further to the right than the one before."""

    def __init__(self) -> None:
        self._items: list[_Item] = []
        self._first: dict[int, int] = {}
        """How deep the outermost item stands that has its names in a column."""
        self._nearest: int | None = None

    def add(self, item: _Item) -> int:
        """Take in the next item, and tell how many it stands in."""
        while self._items and self._items[-1].column >= item.column:
            gone = self._items.pop()
            if self._first[gone.inside] == len(self._items):
                del self._first[gone.inside]
        depth = len(self._items)
        self._first.setdefault(item.inside, depth)
        self._items.append(item)
        self._nearest = item.line
        return depth

    def holds(self, indent: int) -> int | None:
        """Where the item begins in which a line stands that begins none."""
        place = bisect_left(self._items, indent, key=lambda item: item.column) - 1
        if place >= 0 and (self._items[place].line == self._nearest or self._items[place].inside == indent):
            return self._items[place].line
        # A line that stands too far to the left belongs to what is right above it.
        return self._nearest

    def names_in(self, column: int, depth: int) -> bool:
        """Whether a name in that column belongs to what an item of that depth stands in, or to the file."""
        return self._first.get(column, depth) < depth or (column == 0 < self._items[0].column)


def _deeper(lines: list[str], line: int) -> Iterator[int]:
    """The lines that go on with one: those that stand further to the right, up to the first item of a list."""
    indent = _indent(lines[line])
    for number in range(line + 1, len(lines)):
        if lines[number].strip() and (_indent(lines[number]) <= indent or _ITEM.match(lines[number])):
            return
        yield number


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _names(text: str, out: set[int]) -> frozenset[str]:
    lines = text.split("\n")
    taken = "\n".join(lines[number] for number in sorted(out))
    names = {next(filter(None, found.groups()), "").strip() for found in _NAMING.finditer(taken)}
    names |= {name.partition(":")[0].strip(" *&@!%|>`") for name in names}
    others = (part for found in _OTHERS.finditer(taken) for part in found[1].split(","))
    return frozenset(filter(None, names | {part.strip(" \"'") for part in others}))
