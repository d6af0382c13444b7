"""Reading on after a mistake that ends a YAML parser: what cannot be read is taken out, entry by entry.

An entry is a list item, as its indentation has it.  Lines keep their numbers: those of an entry that is taken out
become blank ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.problems import Problem
from generator.source.compose import Composer
from generator.source.features import MAX_PROBLEMS

# Other marks than a dash are slips, and begin an entry all the same.
_ITEM = re.compile("( *)(?:-(?!-)|[*+\u2022\u2013\u2014] +(?=[\\w\"'{]))")
_NAME = re.compile(r" *[\w-]+:(?:\s|$)")
_DOCUMENT = re.compile(r"---(?:\s|$)")
_NAMING = re.compile(
    r"""(?:\b(?:id|name|alias|title)[ \t]*:[ \t]*)(?:"([^"\n]*)"|'([^'\n]*)'|([^\s,}\]#"'][^,}\]#\n]*))"""
)
_OTHERS = re.compile(r"\baliases[ \t]*:[ \t]*\[?([^\]\n}]*)")

_WORK = 10_000_000
"""How many characters are read again at most, beside three times the file: each mistake costs one more look at it."""


@dataclass(frozen=True)
class Recovered:
    """What could be read: None where nothing could; every problem on the way; and what was taken out.

    `lines` are the numbers, from 1, of the lines that nobody has read, and `names` what stands in them for an id or
    another name by which others may refer to it; `whole_lists` says whether more than single entries may be lost.
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
            loose = any(len(whole(original, number)) == len(original) for number in out)
            return Recovered(composer, problems, frozenset(number + 1 for number in out), _names(text, out), loose)
        more = next((lost for line in composer.unread if (lost := _lost(lines, line)).keys() - out), {})
        if not more or len(problems) > MAX_PROBLEMS or rest < 0:
            return Recovered(None, problems, frozenset(), frozenset(), True)
        for number, instead in more.items():
            lines[number] = instead
        out |= more.keys()


def whole(lines: list[str], line: int) -> range:
    """The lines, from 0, of the entry in which one stands: all of them, where it stands in none."""
    start = _item(lines, line)
    return range(start, _end(lines, start)) if start is not None else range(len(lines))


def _lost(lines: list[str], line: int) -> dict[int, str]:
    """What to take out, so that the rest can be read: lines, and what stands there instead.

    It is as little as makes sense by itself: a department is not lost with all of its partners because its contact
    cannot be read.
    """
    line = min(line, len(lines) - 1)
    while line and not lines[line].strip():
        line -= 1
    if _DOCUMENT.match(lines[line]) and any(map(str.strip, lines[:line])):
        return dict.fromkeys(range(line, len(lines)), "")
    entry = whole(lines, line)
    begins, *within = [number for number in entry if _ITEM.match(lines[number])] or [-1]
    if begins == entry.start and not within:
        return dict.fromkeys(entry, "")
    lost = dict.fromkeys(_deeper(lines, line), "")
    if line == begins == entry.start:
        # The first line of an entry begins it, whatever else it says: what stands inside can be read.
        return {line: f"{' ' * _indent(lines[line])}- id: unread-{line + 1}"}
    return {line: "", **lost}


def _item(lines: list[str], line: int) -> int | None:
    """Where the innermost list item begins in which a line stands."""
    if _ITEM.match(lines[line]):
        return line
    indent, nearest = _indent(lines[line]), None
    for number in range(line - 1, -1, -1):
        if not (item := _ITEM.match(lines[number])):
            continue
        if nearest is None and len(item[1]) < indent:
            return number
        if len(item[0]) + 1 == indent:
            return number
        # A line that stands too far to the left belongs to what is right above it.
        nearest = number if nearest is None else nearest
        if len(item[1]) < indent:
            break
    return nearest


def _end(lines: list[str], start: int) -> int:
    """The line behind a list item: the next one like it, or a name of an entry that it stands in."""
    own = _ITEM.match(lines[start])
    inside = len(own[0]) + 1 if own else 0
    columns = set(_columns(lines, start))
    for number in range(start + 1, len(lines)):
        line = lines[number]
        item = _ITEM.match(line)
        if (item and len(item[1]) < inside) or (_indent(line) in columns and _NAME.match(line)):
            return number
    return len(lines)


def _columns(lines: list[str], start: int) -> Iterator[int]:
    """Where the names of the entries stand in which a list item stands, and those of the file."""
    indent = _indent(lines[start])
    for number in range(start - 1, -1, -1):
        item = _ITEM.match(lines[number])
        if item and len(item[1]) < indent:
            indent = len(item[1])
            yield len(item[0]) + 1
    if indent:
        yield 0


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
