"""YAML events to plain data with places.  Only what editors need is let through.

Every other feature of YAML is refused by name.  Nothing is converted: `NO`, `1.10` and `null` stay
the text that was typed, and the schema decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from generator.problems import Code, Place, Problem
from generator.source import characters, secrets
from generator.source.characters import shown
from generator.source.comments import Comments
from generator.source.features import (
    ALIAS,
    ANCHOR,
    BAD_KEY,
    DIRECTIVE,
    DUPLICATE_KEY,
    MAX_DEPTH,
    MAX_PROBLEMS,
    MERGE_KEY,
    SECOND_DOCUMENT,
    TAG,
    TOO_DEEP,
    TOO_MANY,
)
from generator.source.slips import BAD_YAML, Complaint, explain

_FIRST = re.compile(r"^[ \t\r]*[^\s#]", re.MULTILINE)
"""The beginning of the first line that is neither empty nor a comment."""
_IN_FRONT = re.compile(rf"^ *{characters.MARK}[ {characters.MARK}]*", re.MULTILINE)
_MARKER = re.compile(r"^(---|\.\.\.)(?!\S)[ \t]*([^#\r\n])?.*", re.MULTILINE)
"""A line at which YAML starts or ends a document: it is one wherever it stands, also within quotes."""
_NONE: Mapping[str | int, Place] = MappingProxyType({})
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar(str):
    """A value as the editor typed it; `plain` where it stood without quotes."""

    __slots__ = ("plain",)
    plain: bool

    def __new__(cls, text: str, plain: bool = True) -> Scalar:
        scalar = super().__new__(cls, text)
        scalar.plain = plain
        return scalar


class _Stop(Exception):
    """Nothing more of this file is read."""


class Composer:
    """Builds the data of one file; afterwards `data` may be used only where `trusted` says so.

    Of a part of a file, `above` lines stand above it, and it begins `depth` levels deep; what is `sound` has no secret
    and no character that is refused.
    """

    def __init__(self, text: str, file: str, *, above: int = 0, depth: int = 1, sound: bool = False) -> None:
        self.data: Any = None
        self.place = Place(file)
        self.problems: list[Problem] = []
        self.trusted = True
        self.unread: list[int] = []
        """Where trust ended, as lines from 0: one of them stands in the entry that cannot be read."""
        self.passed_over: set[int] = set()
        """The lines, from 0, of what is given once more, and is not in the data."""
        self._file = file
        self._above, self._depth, self._sound = above, depth, sound
        # Whatever is said of the text from here on cannot repeat a secret.
        self._text, self._redacted = (text, []) if sound else secrets.redacted(text, file)
        self._odd: list[Problem] = []
        self._repaired = False
        self._parts: list[int] = []
        """The numbers of the lines below which another document would start."""
        self._events: Iterator[Any] = iter(())
        self._last: Any = None
        self._comments = Comments("", lambda: (), file)

    def run(self) -> None:
        """Fill data, place, problems and trusted."""
        try:
            self._report(self._redacted)
            self._report(() if self._sound else characters.in_text(self._text, self._file))
            self._odd = self.problems[len(self._redacted) :]
            if self._odd:
                # As long as before, so that places stay right; the parser would stop at the first of them.
                self._text, self._repaired = characters.neutral(self._text), True
                # In front of a line, though, nothing may stand in the way of what begins there.
                self._text = _IN_FRONT.sub(lambda found: found[0].replace(characters.MARK, ""), self._text)
            self._directives()
            self._markers()
            self._comments = Comments(self._text, lambda: self._lines, self._file)
            events = yaml.parse(self._text, Loader=_LOADER)
            self._events = self._watched(events) if self._comments else events
            self._document()
        except _Stop:
            self.trusted = False
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # PyYAML lets the errors of chr() through where an escape asks for no character.
            self.trusted = False
            self._syntax(error)
        # What these know of the composer would keep all that it read until Python looks for garbage.
        self._events, self._comments = iter(()), Comments("", lambda: (), self._file)

    def _report(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            if len(self.problems) == MAX_PROBLEMS:
                message = f"this file has more than {MAX_PROBLEMS} problems; those from here on are not listed"
                self.problems.append(Problem(TOO_MANY, message, problem.place, "mend the first ones and check again"))
                raise _Stop
            self.problems.append(problem)

    def _refuse(self, code: Code, message: str, place: Place, hint: str, *, fatal: bool = True) -> None:
        """Report, and where `fatal`, let nobody read the data."""
        self.trusted = self.trusted and not fatal
        self.unread += [place.line - 1] if fatal else []
        self._report([Problem(code, message, place, hint)])

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")

    def _directives(self) -> None:
        """Report the lines in front of the data that start with %, and turn them into comments."""
        at, number = 0, 1
        while (directive := _FIRST.search(self._text, at)) and directive[0] == "%":
            number += self._text.count("\n", at, directive.start())
            end = self._text.find("\n", directive.start())
            line = self._text[directive.start() : end if end >= 0 else None]
            message = "a line that starts with % is a directive, and directives are not used here"
            place = Place(self._file, number, 1, len(line.rstrip()))
            self._refuse(DIRECTIVE, message, place, "delete the line", fatal=False)
            at = directive.start()
            self._text = f"{self._text[:at]}#{self._text[at + 1 :]}"

    def _markers(self) -> None:
        """Report the lines that part the data, and blank them: what stands around them is read as one."""
        text, begin = self._text, _FIRST.search(self._text)
        kept, at, number = list[str](), 0, self._above + 1
        for marker in _MARKER.finditer(text):
            starts = marker[1] == "---"
            if starts and begin and begin.start() == marker.start():
                continue  # it starts the data
            kept += [text[at : marker.start()], " " * len(marker[0])]
            number += text.count("\n", at, marker.start())
            at = marker.end()
            self._parts.append(number)
            place = Place(self._file, number, 1, 3)
            if starts:
                message = "a second document starts here; one file holds one"
                self._refuse(SECOND_DOCUMENT, message, place, "delete the line --- and join the parts", fatal=False)
            elif marker[2] or ((after := _FIRST.search(text, at)) and not _MARKER.match(text, after.start())):
                # At the end of a file it is fine, and in front of --- a part of the same mistake.
                message = "a line ... ends the data here, and more follows it"
                self._refuse(SECOND_DOCUMENT, message, place, "delete the line ...", fatal=False)
        self._text = "".join([*kept, text[at:]])

    def _watched(self, events: Iterator[Any]) -> Iterator[Any]:
        """The events, while the comments between them are looked at."""
        for event in events:
            self._report(self._comments.before(event))
            yield event

    def _document(self) -> None:
        next(self._events)
        event = next(self._events)
        if type(event) is StreamEndEvent:
            return
        self.data, self.place = self._value(next(self._events), None, self._depth)
        # What follows the data can still be wrong.
        for _ in self._events:
            pass

    def _value(self, event: Any, key: Place | None, depth: int) -> tuple[Any, Place]:
        """The data that `event` begins and its place; `key` is the place of the name in front of it."""
        kind = type(event)
        if kind is ScalarEvent:
            place = self._span(event, key)
            text = self._text_of(event, place)
            plain = not event.style
            return (None if plain and not text else Scalar(text, plain)), place
        if kind is AliasEvent:
            place = self._span(event, key)
            hint = "put it in quotes if the * belongs to the text; otherwise write the value out"
            self._refuse(ALIAS, f"{shown('*' + event.anchor)} is an alias, and aliases are not used here", place, hint)
            return None, place
        if event.anchor is not None or event.tag is not None:
            self._properties(event, self._span(event))
        if depth > MAX_DEPTH:
            message = f"entries stand inside entries for more than {MAX_DEPTH} levels"
            self._refuse(TOO_DEEP, message, self._span(event), "check the brackets and the indentation")
            raise _Stop
        if kind is MappingStartEvent:
            return self._mapping(event, key, depth)
        return self._sequence(event, key, depth)

    def _sequence(self, start: Any, key: Place | None, depth: int) -> tuple[list[Any], Place]:
        data: list[Any] = []
        children: dict[str | int, Place] = {}
        while type(event := next(self._events)) is not SequenceEndEvent:
            value, children[len(data)] = self._value(event, None, depth + 1)
            data.append(value)
        return data, self._span(start, key, event, MappingProxyType(children))

    def _mapping(self, start: Any, key: Place | None, depth: int) -> tuple[dict[str, Any], Place]:
        data: dict[str, Any] = {}
        children: dict[str | int, Place] = {}
        while type(event := next(self._events)) is not MappingEndEvent:
            name, name_place = self._name(event, depth)
            value, place = self._value(next(self._events), name_place, depth + 1)
            if name in data:
                first = children[name].key or place
                if depth == 1 and any(first.line < part < name_place.line for part in self._parts):
                    # It is given in both parts, which are to be joined.
                    if isinstance(data[name], list) and isinstance(value, list):
                        children[name] = _joined(children[name], len(data[name]), place)
                        data[name] += value
                    continue
                also = "" if first.line == name_place.line else f" and in line {name_place.line}"
                message = f"{shown(name)} is given twice, in line {first.line}{also}"
                hint = "delete one of the two, or start a new entry with a dash"
                if name and name.isdecimal() and value is None:
                    hint = "write numbers with a point: in braces, a comma ends a value"
                self._refuse(DUPLICATE_KEY, message, name_place, hint, fatal=False)
                self.passed_over.update(range(name_place.line - 1, self._last.end_mark.line + 1))
            elif name is not None:
                data[name], children[name] = value, place
        return data, self._span(start, key, event, MappingProxyType(children))

    def _name(self, event: Any, depth: int) -> tuple[str | None, Place]:
        """The name in front of a value, None where it is refused, and its place."""
        if type(event) is not ScalarEvent:
            _, place = self._value(event, None, depth + 1)
            if type(event) is not AliasEvent:
                message = "in front of a colon stands a list or an entry, not a name"
                self._refuse(BAD_KEY, message, place, "write a name, or put the text in quotes")
            return None, place
        place = self._span(event)
        name = self._text_of(event, place)
        if not name:
            self._refuse(BAD_KEY, "there is no name in front of the colon", place, "write a name in front of it")
            return None, place
        if name == "<<" and not event.style:
            hint = "write the names and values of the other entry out"
            self._refuse(MERGE_KEY, "<< is a merge key, and merge keys are not used here", place, hint)
            return None, place
        return name, place

    def _text_of(self, event: Any, place: Place) -> str:
        """The text of a scalar, without what is refused in it."""
        self._last = event
        if event.anchor is not None or event.tag is not None:
            self._properties(event, place)
        text: str = event.value
        if event.style == '"' and (hidden := characters.in_escapes(text, place)):
            self._report(hidden)
            text, self._repaired = characters.neutral(text.replace("\r\n", "\r")), True
        return text.replace(characters.MARK, "") if self._repaired else text

    def _properties(self, event: Any, place: Place) -> None:
        """Report the anchor and the tag of a value."""
        at = event.start_mark.index
        written = self._text[at : at + 80].split(maxsplit=1)[0]
        if event.anchor is not None:
            hint = "put the value in quotes if the & belongs to the text; otherwise delete the anchor"
            message = f"{shown('&' + event.anchor)} is an anchor, and anchors are not used here"
            self._refuse(ANCHOR, message, place, hint, fatal=False)
        if event.tag is not None:
            hint = "put the value in quotes if the ! belongs to the text; otherwise delete the tag"
            what = shown(written) if written.startswith("!") else "the word that starts with !"
            self._refuse(TAG, f"{what} is a tag, and tags are not used here", place, hint, fatal=False)

    def _span(self, start: Any, key: Place | None = None, end: Any = None,
              children: Mapping[str | int, Place] = _NONE) -> Place:  # fmt: skip
        """From the start of one event to the end of it, or of `end`, but no further than its first line."""
        first, last = start.start_mark, (end or start).end_mark
        line, column = first.line, first.column
        reach = last.column if last.line == line else len(self._lines[line].rstrip())
        return Place(self._file, self._above + line + 1, column + 1, max(1, reach - column), children, key)

    def _syntax(self, error: Exception) -> None:
        """Report what made the parser give up, unless a refused character nearby explains it."""
        start = _position(getattr(self._last, "start_mark", None), (0, 0))
        end = _position(getattr(self._last, "end_mark", None), (0, 0))
        where = _position(getattr(error, "problem_mark", None), end)
        since = _position(getattr(error, "context_mark", None), where)
        quoted = (start, end) if getattr(self._last, "style", "") in ("'", '"') else None
        context, problem = getattr(error, "context", None) or "", getattr(error, "problem", None) or ""
        slip = explain(Complaint(self._lines, context, problem, where, since, quoted))
        self.unread += [slip.line, where[0], since[0]]
        unclear = list(self._comments.before(None, max(where, since)))
        self.problems += unclear
        for odd in (*self._odd, *unclear):
            # The line itself, the one above and the one below; a slip counts from 0, a place from 1.
            if odd.code is characters.LINE_SEPARATOR or slip.line <= odd.place.line <= slip.line + 2:
                return
        # Text behind what was taken for an alias is part of the same mistake.
        if any(one.code is ALIAS and one.place.line == slip.line + 1 for one in self.problems):
            return
        place = Place(self._file, slip.line + 1, slip.column + 1, max(1, slip.length))
        self.problems.append(Problem(BAD_YAML, slip.message, place, slip.hint))


def _joined(first: Place, length: int, second: Place) -> Place:
    """The place of a list of that length with another behind it."""
    children = dict(first.children)
    children.update((length + index, place) for index, place in enumerate(second.children.values()))
    return first._replace(children=MappingProxyType(children))


def _position(mark: Any, otherwise: tuple[int, int]) -> tuple[int, int]:
    return (mark.line, mark.column) if mark else otherwise
