"""What a YAML parser's complaint means for the person who typed the line.

Parsers say what they expected; editors need to hear what to change.  Each rule below recognizes
one usual slip from the parser's words and the text at the place; the first that fits speaks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from generator.problems import define_error
from generator.source.characters import MARK, shown

BAD_YAML = define_error(
    "bad-yaml",
    "The file is not valid YAML",
    meaning="The file cannot be taken apart into names and values. Usually a quotation mark, a colon or some "
    "spaces at the start of a line are missing or too many. Nothing after that place could be checked.",
    fix="Look at the line named and at the one above it. Indent with spaces, write one space after a colon or a "
    "dash, and put a value into quotes if it holds ': ' or starts with a sign such as @ & * ! %.",
)


class Slip(NamedTuple):
    """What to say about it; `line` and `column` count from 0, `length` is in characters."""

    line: int
    column: int
    length: int
    message: str
    hint: str = ""


@dataclass(frozen=True)
class Complaint:
    """What the parser said, about the text in `lines`; positions are (line, column) from 0.

    `quoted` is where the value that was read last starts and ends, if it stood in quotes.
    """

    lines: list[str]
    context: str
    problem: str
    where: tuple[int, int]
    since: tuple[int, int]
    quoted: tuple[tuple[int, int], tuple[int, int]] | None

    @cached_property
    def line(self) -> str:
        return self.line_at(self.where[0])

    @cached_property
    def char(self) -> str:
        return self.line[self.where[1] : self.where[1] + 1]

    @cached_property
    def before(self) -> str:
        return self.line[: self.where[1]]

    @cached_property
    def begins(self) -> tuple[int, int]:
        """Where what cannot be read begins: of a word with a sign in front, as in &name, at the sign."""
        return self.since if self.says(*_WORDS_WITH_SIGNS) else self.where

    @cached_property
    def closed(self) -> tuple[tuple[int, int], tuple[int, int]] | None:
        """The value in quotes behind which only spaces lead to what cannot be read."""
        line, column = self.begins
        before = self.line_at(line)[:column]
        if self.quoted and self.quoted[1][0] == line and not before[self.quoted[1][1] :].strip():
            return self.quoted
        # A parser tells nothing of an item of a list before it has seen what follows.
        item = _QUOTED_ITEM.search(before)
        return ((line, item.start(1)), (line, item.end(1))) if item else None

    @cached_property
    def above(self) -> int:
        """The nearest line above that is not blank, or -1."""
        number = min(self.where[0], len(self.lines)) - 1
        while number >= 0 and not self.lines[number].strip():
            number -= 1
        return number

    def line_at(self, number: int) -> str:
        return self.lines[number].rstrip("\r") if 0 <= number < len(self.lines) else ""

    def says(self, *words: str) -> bool:
        return any(word in self.problem or word in self.context for word in words)


_WORDS_WITH_SIGNS = ("an anchor", "an alias", "a tag", "a directive", "block scalar")
_QUOTED_ITEM = re.compile(r"""(?:[\[,]|:\s)\s*("[^"]*"|'[^']*')\s*$""")
_SECOND_VALUE = re.compile(r"""\s+(?:["'\[{]|[\w-]+:\s)""")
_NAME_WITHOUT_SPACE = re.compile(r"\s*(?:- +)*([\w.-]+):(?=[^\s:/])")
_NAME = re.compile(r"""\s*(?:- +)*(?:"[^"]*"|'[^']*'|[^#'"]*?):\s+""")
_DASH_WITHOUT_SPACE = re.compile(r"-[^\s-]")
_OTHER_DASH = re.compile("\\s*([*+\u2022\u00b7\u2013\u2014]) ?[\\w\"'{]+.*:")
_TYPOGRAPHIC = re.compile(
    "[:\\[,-]\\s+([\u201c\u201d\u201e\u00ab\u2018\u2019])([^\u201c\u201d\u00bb]*)[\u201c\u201d\u00bb\u2019]"
)
_COMMA = "write a comma between the two values"
_OPENING = re.compile(r"([\[{])[^\[\]{}\"']*$")


def _tab(c: Complaint) -> Slip | None:
    at = c.line.find("\t")
    if at < 0 or not (c.says("tab character") or c.char == "\t" or not c.line[:at].strip()):
        return None
    return Slip(c.where[0], at, 1, "a tab stands where only spaces may indent", "replace the tab with spaces")


def _backslash(c: Complaint) -> Slip | None:
    if not c.says("escape", "hexdecimal", "hexadecimal"):
        return None
    message = "a backslash in double quotes does not stand for itself"
    return Slip(*c.where, 1, message, "use single quotes around the value, or write \\\\ for each backslash")


def _quotes(c: Complaint) -> Slip | None:
    message, hint = "this quotation mark is never closed on its line", "close the value with the same mark"
    if c.context.endswith("quoted scalar"):
        return Slip(*c.since, 1, message, hint)
    if not c.closed:
        return None
    (line, column), (last, end) = c.closed
    if line < last:
        # The next quotation mark, lines below, closed it: what follows that one is the complaint.
        return Slip(line, column, 1, message, hint)
    text, begins = c.line_at(line), c.begins[1]
    mark, rest = text[column], _value_at(c, line, end)
    if _within_brackets(text[:column]) and _SECOND_VALUE.match(text, end):
        hint = _COMMA
    elif begins > end and mark not in rest:
        hint = in_quotes(f"{text[column:end]} {_uncommented(rest)}")
    elif mark == '"':
        hint = 'inside double quotes, write \\" where the text has "'
    else:
        hint = "inside single quotes, write '' where the text has '"
    return Slip(line, begins, 1, "there is text after the closing quotation mark of a value", hint)


def _needs_quotes(c: Complaint) -> Slip | None:
    if not c.says(*_WORDS_WITH_SIGNS, "cannot start any token", "tag handle", "node content"):
        return None
    line, column = c.begins
    sign = c.line_at(line)[column : column + 1]
    if not sign or sign not in "@`%&*!|>,]}":
        return None
    value = _value_at(c, line, column)
    message = f"a value that starts with {sign} must stand in quotes"
    return Slip(line, column, len(value), message, _in_quotes(value))


def _other_dash(c: Complaint) -> Slip | None:
    """A list that is written with other marks, as in Markdown or as a text processor makes it."""
    for number in (c.since[0], c.where[0], c.above):
        if mark := _OTHER_DASH.match(c.line_at(number)):
            message = f"{shown(mark[1])} begins no entry of a list"
            return Slip(number, mark.start(1), 1, message, "write a dash, a space, and then the entry")
    return None


def _typographic(c: Complaint) -> Slip | None:
    """Quotation marks of a text processor around a value that needs quotes."""
    line, _ = c.where if c.says("mapping values") else c.since
    value = _TYPOGRAPHIC.search(c.line_at(line))
    if not value or not c.says("mapping values", "',' or", "cannot start any token", "block end", "expected key"):
        return None
    message = f"{shown(value[1])} is no quotation mark here: it belongs to the text"
    return Slip(line, value.start(1), len(value[0]) - value[0].index(value[1]), message, _in_quotes(value[2]))


def _open_bracket(c: Complaint) -> Slip | None:
    if c.says("flow node") and not c.char:
        for number in range(min(c.where[0], len(c.lines) - 1), -1, -1):  # pragma: no branch - it began somewhere
            if opened := _OPENING.search(c.line_at(number)):
                close = "]" if opened[1] == "[" else "}"
                message = f"the bracket {opened[1]} is never closed"
                return Slip(number, opened.start(1), 1, message, f"close the list with {close}")
    if not c.says("flow sequence", "flow mapping") or (c.since[0] == c.where[0] and c.char):
        return None
    opening = c.line_at(c.since[0])[c.since[1] : c.since[1] + 1]
    close = "]" if opening == "[" else "}"
    return Slip(*c.since, 1, f"the bracket {opening} is never closed", f"close the list with {close}")


def _after_bracket(c: Complaint) -> Slip | None:
    line, column = c.begins
    text = c.line_at(line)
    before = text[:column].rstrip()
    if not before.endswith(("]", "}")) or not text[column:] or c.says("mapping values"):
        return None
    hint = "put the whole value in quotes if the brackets belong to the text"
    if _within_brackets(before) and _SECOND_VALUE.match(text, len(before)):
        hint = _COMMA
    return Slip(line, column, 1, "there is text after a closing bracket", hint)


def _colon_in_value(c: Complaint) -> Slip | None:
    if c.char != ":" or not c.says("mapping values", "',' or"):
        return None
    if c.says("',' or"):
        return Slip(*c.where, 1, "a text in a list holds a colon and is not in quotes", "put that text in quotes")
    if not (name := _NAME.match(c.before)):
        return None
    column = name.end()
    value = c.line.rstrip()[column:]
    message = "the value holds a colon and a space, and is not in quotes"
    return Slip(c.where[0], column, len(value), message, _in_quotes(value))


def _no_space_after_colon(c: Complaint) -> Slip | None:
    if c.says("could not find expected ':'"):
        number = c.since[0]
    elif c.says("mapping values"):
        number = c.above
    else:
        return None
    if not (match := _NAME_WITHOUT_SPACE.match(c.line_at(number))):
        return None
    name = match[1]
    return Slip(number, match.start(1), len(name) + 1, f"there is no space after {shown(name + ':')}", "add a space")


def _no_space_after_dash(c: Complaint) -> Slip | None:
    line, column = c.since if c.says("could not find expected ':'") else c.where
    if c.says("mapping values") and _DASH_WITHOUT_SPACE.match(c.line_at(c.above).lstrip(" ")):
        line, column = c.above, _indent(c.line_at(c.above))
    if not _DASH_WITHOUT_SPACE.match(c.line_at(line), column):
        return None
    return Slip(line, column, 1, "there is no space after the dash", "write a dash, a space, and then the entry")


def _no_colon(c: Complaint) -> Slip | None:
    if c.says("could not find expected ':'"):
        line, column = c.since
    elif c.says("mapping values") and _indent(c.line_at(c.above)) == _indent(c.line):
        line, column = c.above, _indent(c.line)
    else:
        return None
    text = c.line_at(line).rstrip()
    if not text[column:]:
        return None
    message, hint = "this line has no colon with a space after it", "write: name, colon, space, value"
    if taken := re.search(r"(?<=\s)#.*:(?:\s|$)", text[column:]):
        message += f": YAML takes {shown(taken[0])} for a comment"
        hint = "put the name in quotes if the # belongs to it"
    return Slip(line, column, len(text) - column, message, hint)


def _no_name(c: Complaint) -> Slip | None:
    if c.char != ":" or not c.says("expected key", "block end", "flow node"):
        return None
    return Slip(*c.where, 1, "there is no name in front of the colon", "write: name, colon, space, value")


def _list_on_same_line(c: Complaint) -> Slip | None:
    if not c.says("sequence entries are not allowed"):
        return None
    return Slip(*c.where, 1, "a list that is written with dashes starts on a line of its own",
                "put the dash on the next line, or put the value in quotes")  # fmt: skip


def _indentation(c: Complaint) -> Slip | None:
    if not c.says("mapping values", "expected key", "'-' indicator", "block end", "document start"):
        return None
    if c.before.strip(" -") and not c.says("mapping values"):
        return None
    if c.above < 0:
        return None
    message = "this line does not fit the indentation of the lines above it"
    hint = "the entries of one list start in one column, and so do the names of one entry"
    return Slip(c.where[0], _indent(c.line), 1, message, hint)


_RULES: tuple[Callable[[Complaint], Slip | None], ...] = (
    _tab, _other_dash, _typographic, _backslash, _quotes, _after_bracket, _needs_quotes, _open_bracket, _colon_in_value,
    _no_space_after_colon, _no_space_after_dash, _no_colon, _no_name, _list_on_same_line, _indentation,
)  # fmt: skip


def explain(complaint: Complaint) -> Slip:
    """The slip behind a complaint; where none is recognized, the parser's own words."""
    for rule in _RULES:
        if slip := rule(complaint):
            return slip
    words = ", ".join(filter(None, (complaint.context, complaint.problem)))
    return Slip(*complaint.where, 1, f"this is not valid YAML: {words or 'the parser gives no reason'}",
                "look at this line and at the one above it")  # fmt: skip


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _value_at(c: Complaint, line: int, column: int) -> str:
    """The value that starts there, to the end of its line: within brackets, up to what ends an item."""
    text = c.line_at(line).rstrip()
    end = re.compile(r"\s*[,\]}]").search(text, column + 1) if _within_brackets(text[:column]) else None
    return text[column : end.start() if end else None]


def _within_brackets(before: str) -> bool:
    return sum(map(before.count, "[{")) > sum(map(before.count, "]}"))


def _in_quotes(value: str) -> str:
    """How the value looks in quotes, without the comment behind it."""
    return in_quotes(_uncommented(value))


def _uncommented(value: str) -> str:
    return re.split(r"(?<=\s)#", value, maxsplit=1)[0].strip()


def in_quotes(value: str) -> str:
    """How to write a value so that nothing in it means anything."""
    # What stands where a character was refused, or beside it, cannot be proposed.
    if len(value) > 80 or MARK in value:
        return "put quotes around the whole value"
    quoted = "'" + value.replace("'", "''") + "'" if '"' in value or "\\" in value else f'"{value}"'
    return f"write {quoted}"
