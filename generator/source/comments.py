"""Comments that nobody may have meant as such: a # that takes a part of a value away without a word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from yaml.events import ScalarEvent

from generator.problems import Place, Problem, define_error
from generator.source.characters import shown
from generator.source.slips import in_quotes

UNCLEAR_COMMENT = define_error(
    "unclear-comment",
    "A # that may belong to the text",
    meaning="A # after a space begins a comment, which nobody reads: of `name: Target #1 Corp` only Target is left. "
    "People write comments with a space after the #, too. Here there is none, so the # may belong to the text.",
    fix='Put the whole value in quotes, as in name: "Target #1 Corp", if the # belongs to it. If it begins a comment, '
    "write a space after it.",
)

# A run of # that nothing follows, or something other than a space; a line that begins with one is a comment for sure.
_UNCLEAR = re.compile(r"""(?<=[ \t"'\[\]{},])#+(?:[^#\s]|[ \t]*\r?$)""", re.MULTILINE)
_MARK = re.compile(r"""(?:^|(?<=[ \t"'\[\]{},]))#""")
_CLEAR = re.compile(r"#+[ \t]+\S")
_TAKEN_OUT = re.compile(r"#+(?:-(?:\s|$)|[\w.-]+:(?:\s|$))")
_HEAD = re.compile(r"\s*(?:- +)*")


class Comments:
    """Finds the unclear comments of a text while its events come by; False where there can be none.

    `lines` gives the lines of the text, which are asked for only where something may be unclear.
    """

    def __init__(self, text: str, lines: Callable[[], Sequence[str]], file: str) -> None:
        self._text = text
        self._all_lines = lines
        self._file = file
        self._last: Any = None
        self._reached = self._line = 0
        self._mark: tuple[int, int] | None = None
        self._seek(0, 0, 0)

    def __bool__(self) -> bool:
        return self._mark is not None

    @property
    def _lines(self) -> Sequence[str]:
        return self._all_lines()

    def before(self, event: Any, end: tuple[int, int] | None = None) -> Iterator[Problem]:
        """What is unclear up to an event; None stands for the end of what can be read, at the place `end`."""
        reached = end if event is None else (event.start_mark.line, event.start_mark.column)
        while self._mark and (reached is None or self._mark < reached):
            yield from self._checked(*self._mark, event)
            # Whatever follows on this line is a part of the comment.
            self._to_next_line()
        if type(event) is ScalarEvent:
            self._last = event
            last: Any = event.end_mark
            if self._mark and self._mark < (last.line, last.column):
                if event.style:
                    yield from self._in_block_sign(event, *self._mark)
                # In a text without quotes, a # is text wherever no space stands before it.
                self._seek(last.line, last.column, last.index)

    def _seek(self, line: int, column: int, index: int) -> None:
        """Go on with the first # from a place on whose line, or a later one, something may be unclear."""
        unclear = _UNCLEAR.search(self._text, index)
        self._mark = None
        if not unclear:
            return
        if breaks := self._text.count("\n", index, unclear.start()):
            line, column = line + breaks, 0
        first = _MARK.search(self._lines[line], column)
        end = self._text.find("\n", unclear.start())
        self._line, self._reached = line, len(self._text) if end < 0 else end
        self._mark = (line, first.start()) if first else None

    def _to_next_line(self) -> None:
        self._seek(self._line + 1, 0, self._reached + 1)

    def _in_block_sign(self, event: Any, line: int, column: int) -> Iterator[Problem]:
        """A # behind the sign of an empty block."""
        behind = event.style in "|>" and line == event.start_mark.line and not event.value
        if behind and not _CLEAR.match(self._lines[line], column):
            yield self._problem(line, column, "nothing")

    def _checked(self, number: int, column: int, following: Any) -> Iterator[Problem]:
        line, last = self._lines[number], self._last
        if _CLEAR.match(line, column):
            return
        before = line[:column].rstrip(" \t")
        if not before:
            if self._continues(number, column):
                yield self._problem(number, column, shown(last.value))
        elif last and (last.end_mark.line, last.end_mark.column) == (number, len(before)):
            # Behind a closing quotation mark and a space, nothing of the value is lost.
            if not last.style or len(before) == column:
                begin = self._begin(number, column)
                yield self._problem(number, column, shown(last.value) if last.value else "nothing", begin)
        elif before[-1] in ",[{" or len(before) == column:
            yield self._problem(number, column, "nothing of it")
        elif before[-1] in ":-" and type(following) is ScalarEvent and not following.style:
            yield self._problem(number, column, shown(following.value) if following.value else "nothing")

    def _continues(self, number: int, column: int) -> bool:
        """Whether a # that begins a line may go on with the value of the line above."""
        last, line = self._last, self._lines[number]
        if not last or last.style or not last.value or last.end_mark.line != number - 1:
            return False
        if self._lines[number - 1][last.end_mark.column :].strip() or _TAKEN_OUT.match(line, column):
            return False
        first = self._lines[last.start_mark.line]
        match = _HEAD.match(first)
        head = match.end() if match else 0
        # A text goes on where it is indented more than the name, or the dash, that it belongs to.
        parent = head if last.start_mark.column > head else max(head - 1, 0)
        if last.start_mark.column == head and (dash := first.rfind("-", 0, head)) >= 0:
            parent = dash
        return column > parent

    def _problem(self, number: int, column: int, read: str, begin: int | None = None) -> Problem:
        """What is said of a comment; the value as it was meant runs from `begin` to the end of the line."""
        line = self._lines[number].rstrip()
        message = f"YAML takes {shown(line[column:])} for a comment and reads {read}"
        fix = "put the whole text in quotes" if begin is None else in_quotes(" ".join(line[begin:].split()))
        place = Place(self._file, number + 1, column + 1, max(1, len(line) - column))
        return Problem(UNCLEAR_COMMENT, message, place, f"{fix}; or write a space after the # if it begins a comment")

    def _begin(self, number: int, column: int) -> int | None:
        """Where the value begins that may go on behind the #; None where it has other lines, or stands in brackets."""
        last, line = self._last, self._lines[number]
        begin = int(last.start_mark.column) if last.value else column
        within = re.search(r"[\[{]", line[:begin]) or re.search(r":(?:\s|$)", line[column:])
        return None if last.style or last.start_mark.line != number or within else begin
