"""Which characters a data file may hold, and how the others are named without printing them.

What an editor cannot see can hide a mistake or forge a line, so it is refused everywhere in a
file, in comments too.  Pure functions over text; lines end with LF or CRLF and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from generator.problems import Code, Place, Problem, define_error

CONTROL = define_error(
    "control-character",
    "A control character",
    meaning="The file holds a character that stands for no letter, such as NUL or ESCAPE. They come from damaged "
    "files or from text copied out of a terminal, and they can change what a screen shows.",
    mend="Delete the character at the place named, or type the word around it again.",
)
LINE_SEPARATOR = define_error(
    "line-separator",
    "An unusual line ending",
    meaning="The file holds a character that some programs take for the end of a line and others do not, so that "
    "people and programs disagree about where lines start.",
    mend="Delete the character and press Enter there. If the whole file has such endings, set 'line endings' to LF "
    "(Unix) in your editor and save the file.",
)
BIDI = define_error(
    "bidi-character",
    "A character that reverses the direction of text",
    meaning="The file holds an invisible character that makes text run from right to left or back, so that what you "
    "read is not what the computer reads.",
    mend="Delete the character, or type the text around it again. Hebrew and Arabic need no such character.",
)
INVISIBLE = define_error(
    "invisible-character",
    "An invisible character",
    meaning="The file holds a character that cannot be seen, such as a zero-width space or a soft hyphen. Two names "
    "that look the same would differ. They usually come with text copied from a web page or a document.",
    mend="Delete the character, or type the text around it again instead of pasting it.",
)
ODD_SPACE = define_error(
    "odd-space",
    "A space that is no ordinary space",
    meaning="The file holds a no-break space or another special space. It looks like a space and is another "
    "character, so names and indentation that look right are wrong.",
    mend="Delete it and press the space bar.",
)

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_LINES = "\r\x85\u2028\u2029"
_SPACES = "\xa0\u1680\u2000-\u200a\u202f\u205f"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_JOINERS = "\u200c\u200d"
_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
# Everything of the category Cf, and whatever else Unicode draws as nothing.  Written out, because
# asking unicodedata about each of a million characters would slow every start down.
_INVISIBLE = (
    "\xad\u034f\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065"
    "\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
_SUSPECT = re.compile(f"[{_BIDI}{_LINES}{_SPACES}{_CONTROLS}{_JOINERS}{_SELECTORS}{_INVISIBLE}]")
_JOINER, _SELECTOR = re.compile(f"[{_JOINERS}]"), re.compile(f"[{_SELECTORS}]")
_BLANK = re.compile(f"[{_SPACES}{_LINES}]")

_KINDS: tuple[tuple[re.Pattern[str], Code, str, str], ...] = (
    (re.compile(f"[{_BIDI}]"), BIDI, "changes the direction of text without being seen", "delete it"),
    (re.compile(f"[{_LINES}]"), LINE_SEPARATOR, "is no proper line ending", "delete it and press Enter there"),
    (re.compile(f"[{_SPACES}]"), ODD_SPACE, "looks like a space and is not one", "type an ordinary space"),
    (re.compile(f"[{_CONTROLS}]"), CONTROL, "stands for no letter", "delete it"),
    (re.compile(""), INVISIBLE, "cannot be seen", "delete it, or type the text around it again"),
)
_UNNAMED = {
    "\0": "NULL", "\x07": "BELL", "\x08": "BACKSPACE", "\x0b": "LINE TABULATION", "\x0c": "FORM FEED",
    "\r": "CARRIAGE RETURN", "\x1b": "ESCAPE", "\x7f": "DELETE", "\x85": "NEXT LINE",
}  # fmt: skip
MARK = "\ufffd"
"""Stands where `neutral` took an invisible character out."""


def name(char: str) -> str:
    """The character's number and name, such as "U+200B ZERO WIDTH SPACE"."""
    fallback = "CONTROL CHARACTER" if unicodedata.category(char) == "Cc" else "CHARACTER WITHOUT A NAME"
    return f"U+{ord(char):04X} {_UNNAMED.get(char) or unicodedata.name(char, fallback)}"


def shown(text: str) -> str:
    """`text` in quotation marks on one line, shortened, with nothing in it that does not print."""
    return repr(str(text) if len(text) <= 60 else text[:59] + "…")


def _forbidden(match: re.Match[str]) -> bool:
    """Whether a suspect character is out of place where it stands."""
    char, at, text = match[0], match.start(), match.string
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if char == "\r":
        return after != "\n"
    if _JOINER.match(char):
        # Persian, Indic scripts and emoji need them, between letters of their own.
        return not ((_solid(before) or _SELECTOR.match(before)) and _solid(after))
    return not (_SELECTOR.match(char) and _solid(before))


def _solid(char: str) -> bool:
    return char > "\x7f" and not _JOINER.match(char) and not _SELECTOR.match(char)


def _problem(char: str, place: Place, *, escaped: bool = False) -> Problem:
    _, code, what, hint = next(kind for kind in _KINDS if kind[0].match(char))
    if escaped:
        return Problem(code, f"{name(char)}, written as an escape, {what}", place, "delete the escape")
    return Problem(code, f"{name(char)} {what}", place, hint)


def in_text(text: str, file: str) -> Iterator[Problem]:
    """The characters of a file that are refused, each once a line."""
    line, start, reached = 1, 0, 0
    seen: set[tuple[int, str]] = set()
    for match in filter(_forbidden, _SUSPECT.finditer(text)):
        if breaks := text.count("\n", reached, match.start()):
            line += breaks
            start = text.rfind("\n", reached, match.start()) + 1
            seen.clear()
        reached = match.start()
        if (line, match[0]) not in seen:
            seen.add((line, match[0]))
            yield _problem(match[0], Place(file, line, reached - start + 1))


def in_escapes(value: str, place: Place) -> list[Problem]:
    """The refused characters of a double-quoted value, which can only be written as escapes."""
    if value.isascii() and value.isprintable():
        return []
    # CRLF is a line ending in a file, but nobody needs one written as an escape.
    found = {m[0] for m in _SUSPECT.finditer(value.replace("\r\n", "\r")) if _forbidden(m)}
    return [_problem(char, place, escaped=True) for char in sorted(found)]


def neutral(text: str) -> str:
    """`text`, as long as before, with spaces and MARKs in place of what is refused."""

    def stand_in(match: re.Match[str]) -> str:
        if not _forbidden(match):
            return match[0]
        return " " if _BLANK.match(match[0]) else MARK

    return _SUSPECT.sub(stand_in, text)
