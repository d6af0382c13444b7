"""The items of long lists as nearly everybody writes them: a name and a value on each line, read line by line.

This knows a part of YAML alone, and says nothing of the rest: whatever is written in another way, or may be wrong, is
left to compose.py, which also says what is the case for all that is read here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from generator.problems import Place
from generator.source.compose import Scalar

_SIGNS = frozenset(" -?:,[]{}#&*!|>'\"%@`")
"""What a text without quotes that is read here does not begin with."""
_IN_BRACKETS = re.compile(r"[^ \-?:,\[\]{}#&*!|>'\"%@`](?:[^:#,\[\]{}'\"?]*[^ :#,\[\]{}'\"?])?")
_QUOTED = re.compile(r"\"[^\"\\]*\"|'[^']*'")
_NAMED = re.compile(r"( *)([a-z][a-z0-9_-]*):(?: (\S.*))?")
_ITEM = re.compile(r"( *)- (\S.*)")
_NOTHING = re.compile(r" *(?:#+ +\S.*)?")
_NONE: Mapping[str | int, Place] = MappingProxyType({})
_Read = tuple[Any, Place]


class _Unknown(Exception):
    """Something is written in a way that is not known here."""


def read_lines(text: str, file: str, number: int) -> _Read | None:
    """The data and the place of an item of a list, given as whole lines, the first of which has that number.

    None where it is written in a way that is not known here.
    """
    if "\t" in text or "\r" in text:
        return None
    lines = text.split("\n")
    lines.pop()
    dash = lines[0].find("- ")
    lines[0] = f"{lines[0][:dash]} {lines[0][dash + 1 :]}"
    try:
        reader = _Lines(lines, file, number)
        data, place = reader.names(dash + 2, None)
        return (data, place) if reader.at == len(lines) else None
    except _Unknown:
        return None


def _is_plain(text: str) -> bool:
    """Whether a text without quotes holds nothing that can be taken for a sign of YAML."""
    return text[0] not in _SIGNS and ": " not in text and " #" not in text and text[-1] not in ": "


class _Lines:
    """Reads lines from `at` on, which is the next one that was not read."""

    def __init__(self, lines: list[str], file: str, number: int) -> None:
        self._lines = lines
        self._file = file
        # Each is one object, whatever begins on that line.
        self._numbers = list(range(number, number + len(lines)))
        self.at = 0

    def names(self, indent: int, key: Place | None) -> _Read:
        """Names with values, from the line at hand, each as far to the right as `indent` says."""
        data: dict[str, Any] = {}
        children: dict[str | int, Place] = {}
        begin = self.at
        while (named := self._next(_NAMED)) and len(named[1]) == indent:
            name, written = named[2], named[3]
            if not data:
                begin = self.at  # nothing may stand behind the dash
            if name in data:
                raise _Unknown
            place = self._place(self.at, indent, len(name), _NONE, None)
            if written is None:
                self.at += 1
                data[name], children[name] = self._below(indent, place)
            else:
                data[name], children[name] = self._value(written, named.start(3), indent, place)
        if not data:
            raise _Unknown
        return data, self._rest_of_line(begin, indent, children, key)

    def _items(self, indent: int, key: Place) -> _Read:
        """The items of a list that begins in the line at hand: texts, what stands in brackets, or names and values."""
        data: list[Any] = []
        children: dict[str | int, Place] = {}
        begin = self.at
        while (item := self._next(_ITEM)) and len(item[1]) == indent:
            line = self._lines[self.at]
            if _NAMED.match(item[2]):
                self._lines[self.at] = f"{line[:indent]} {line[indent + 1 :]}"
                value, place = self.names(indent + 2, None)
            else:
                value, place = self._value(item[2], indent + 2, indent, None)
            children[len(data)] = place
            data.append(value)
        return data, self._rest_of_line(begin, indent, children, key)

    def _below(self, indent: int, key: Place) -> _Read:
        """What stands below a name with nothing behind it."""
        if item := self._next(_ITEM):
            if len(item[1]) >= indent:
                return self._items(len(item[1]), key)
        elif (named := self._next(_NAMED)) and len(named[1]) > indent:
            return self.names(len(named[1]), key)
        raise _Unknown

    def _next(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The next line that holds something, if it has that form."""
        while self.at < len(self._lines):
            line = self._lines[self.at]
            if found := pattern.fullmatch(line):
                return found
            if not _NOTHING.fullmatch(line):
                return None
            self.at += 1
        return None

    def _value(self, written: str, column: int, indent: int, key: Place | None) -> _Read:
        """What stands behind a name or a dash; what belongs to it may go on where it is indented more than that."""
        begin = self.at
        self.at += 1
        first = written[0]
        if first == "[" or first == "{":
            return self._in_brackets(written, begin, column, key)
        if first in "\"'":
            if not _QUOTED.fullmatch(written):
                raise _Unknown
            place = self._place(begin, column, len(written), _NONE, key)
            return Scalar(written[1:-1], False), place
        if written == ">-":
            return Scalar(self._folded(indent), False), self._place(begin, column, 2, _NONE, key)
        if not _is_plain(written):
            raise _Unknown
        place = self._place(begin, column, len(written), _NONE, key)
        # Nearly none goes on: the next line would have to be indented more.
        deeper = self.at < len(self._lines) and self._lines[self.at][indent : indent + 1] == " "
        more = self._continued(indent) if deeper else ()
        return Scalar(" ".join([written, *more]) if more else written), place

    def _continued(self, indent: int) -> list[str]:
        """The lines with which a text without quotes goes on."""
        more: list[str] = []
        while self.at < len(self._lines):
            line = self._lines[self.at]
            text = line.lstrip(" ")
            if not text or len(line) - len(text) <= indent or text[0] == "#":
                break
            if not _is_plain(text):
                raise _Unknown
            more.append(text)
            self.at += 1
        return more

    def _folded(self, indent: int) -> str:
        """The lines of a folded text, all of which begin in one column."""
        texts: list[str] = []
        column = -1
        while self.at < len(self._lines):
            line = self._lines[self.at]
            text = line.lstrip(" ")
            if not text or len(line) - len(text) <= indent:
                break
            column = len(line) - len(text) if column < 0 else column
            if len(line) - len(text) != column:
                raise _Unknown
            texts.append(text)
            self.at += 1
        if not texts:
            raise _Unknown
        # Lines without anything but spaces on them may belong to the text.
        for line in self._lines[self.at :]:
            if line.strip():
                if len(line) - len(line.lstrip(" ")) > indent:
                    raise _Unknown
                break
            if line:
                raise _Unknown
        return " ".join(texts)

    def _in_brackets(self, written: str, begin: int, column: int, key: Place | None) -> _Read:
        """A list of texts, or names with texts, in brackets on one line."""
        close = {"[": "]", "{": "}"}[written[0]]
        if written[-1] != close:
            raise _Unknown
        texts = written[1:-1].split(", ") if len(written) > 2 else []
        children: dict[str | int, Place] = {}
        at = column + 1
        data: Any
        if close == "]":
            data = []
            for text in texts:
                if not _IN_BRACKETS.fullmatch(text.replace("://", "")):
                    raise _Unknown
                children[len(data)] = self._place(begin, at, len(text), _NONE, None)
                data.append(Scalar(text))
                at += len(text) + 2
        else:
            data = {}
            for text in texts:
                named = _NAMED.fullmatch(text)
                if (
                    not named
                    or named[1]
                    or named[2] in data
                    or not _IN_BRACKETS.fullmatch((named[3] or "").replace("://", ""))
                ):
                    raise _Unknown
                name = self._place(begin, at, len(named[2]), _NONE, None)
                children[named[2]] = self._place(begin, at + named.start(3), len(named[3]), _NONE, name)
                data[named[2]] = Scalar(named[3])
                at += len(text) + 2
        return data, self._place(begin, column, len(written), MappingProxyType(children), key)

    def _rest_of_line(self, begin: int, column: int, children: Mapping[str | int, Place], key: Place | None) -> Place:
        length = len(self._lines[begin].rstrip()) - column
        return self._place(begin, column, length, MappingProxyType(children), key)

    def _place(
        self, line: int, column: int, length: int, children: Mapping[str | int, Place], key: Place | None
    ) -> Place:
        return tuple.__new__(Place, (self._file, self._numbers[line], column + 1, length, children, key))
