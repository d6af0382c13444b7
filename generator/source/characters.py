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
    fix="Delete the character at the place named, or type the word around it again.",
)
LINE_SEPARATOR = define_error(
    "line-separator",
    "An unusual line ending",
    meaning="The file holds a character that some programs take for the end of a line and others do not, so that "
    "people and programs disagree about where lines start.",
    fix="Delete the character and press Enter there. If the whole file has such endings, set 'line endings' to LF "
    "(Unix) in your editor and save the file.",
)
BIDI = define_error(
    "bidi-character",
    "A character that reverses the direction of text",
    meaning="The file holds an invisible character that makes text run from right to left or back, so that what you "
    "read is not what the computer reads.",
    fix="Delete the character, or type the text around it again. Hebrew and Arabic need no such character.",
)
INVISIBLE = define_error(
    "invisible-character",
    "An invisible character",
    meaning="The file holds a character that cannot be seen, such as a zero-width space or a soft hyphen. Two names "
    "that look the same would differ. They usually come with text copied from a web page or a document.",
    fix="Delete the character, or type the text around it again instead of pasting it.",
)
ODD_SPACE = define_error(
    "odd-space",
    "A space that is no ordinary space",
    meaning="The file holds a no-break space or another special space. It looks like a space and is another "
    "character, so names and indentation that look right are wrong.",
    fix="Delete it and press the space bar.",
)

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_LINES = "\x85\u2028\u2029"
_SPACES = "\xa0\u1680\u2000-\u200a\u202f\u205f"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
# Everything of the category Cf, and whatever else Unicode draws as nothing.  Written out, because
# asking unicodedata about each of a million characters would slow every start down.
_INVISIBLE = (
    "\xad\u034f\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065"
    "\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
_JOINERS, _SELECTORS = "\u200c\u200d", "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"

# Where the others are spelling: https://www.unicode.org/reports/tr51/ for emoji, and RFC 5892 for scripts.
_EMOJI = (
    "\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_CURSIVE = "\u0620-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u0710-\u074f\u0750-\u077f\u07ca-\u07fa\u0840-\u08ff\u1807-\u18aa"
_INDIC = (
    "\u0900-\u0dff\u1000-\u109f\u1780-\u17b3\u17b6-\u17ff\u1b00-\u1b7f\ua8e0-\ua8ff\ua980-\ua9df\U00011000-\U00011fff"
)
_VIRAMAS = (
    "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u1039\u103a\u17d2\u1b44\ua9c0"
    "\U00011046\U000110b9\U00011133\U000111c0\U00011235\U000112ea\U0001134d\U00011442\U000114c2\U000115bf"
)
_IDEOGRAPHS = "\u2e80-\u2fdf\u3000-\u303e\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff"
_VARIED = f"\u2200-\u22ff\u1000-\u109f\uaa60-\uaa7f\ua840-\ua877{_IDEOGRAPHS}"  # Unicode's StandardizedVariants
_FLAGS = tuple("\U0001f3f4" + "".join(chr(0xE0000 + ord(c)) for c in place) + "\U000e007f"
               for place in ("gbeng", "gbsct", "gbwls"))  # fmt: skip
_ANY_FLAG = re.compile(f"({'|'.join(_FLAGS)})")

_SUSPECT = re.compile(f"[\r{_LINES}{_SPACES}{_BIDI}{_CONTROLS}{_INVISIBLE}{_JOINERS}{_SELECTORS}]")
_SUSPECT_ASCII = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_BY_CONTEXT = re.compile(f"[\r{_JOINERS}{_SELECTORS}]")
_BLANK = re.compile(f"[{_SPACES}{_LINES}]")
_OUT_OF_PLACE = (
    f"(?:(?<=[^\r{_JOINERS}{_SELECTORS}])"
    "|(?<=\r)(?!\n)"
    f"|(?<=\u200c)(?<![{_VIRAMAS}]\u200c)(?!(?<=[{_CURSIVE}]\u200c)[{_CURSIVE}])(?!(?<=[{_INDIC}]\u200c)[{_VIRAMAS}])"
    f"|(?<=\u200d)(?<![{_VIRAMAS}]\u200d)(?!(?<=[{_CURSIVE}]\u200d)[{_CURSIVE}])(?!(?<=[{_INDIC}]\u200d)[{_VIRAMAS}])"
    f"(?!(?<=[{_EMOJI}\ufe0f]\u200d)[{_EMOJI}])"
    f"|(?<=[\ufe0e\ufe0f])(?<![{_EMOJI}{_VARIED}][\ufe0e\ufe0f])(?!(?<=[0-9#*]\ufe0f)\u20e3)"
    f"|(?<=[\ufe00-\ufe0d])(?<![{_VARIED}][\ufe00-\ufe0d])"
    f"|(?<=[\U000e0100-\U000e01ef])(?<![{_IDEOGRAPHS}][\U000e0100-\U000e01ef])"
    "|(?<=[\u180b-\u180d\u180f])(?<![\u1807-\u18aa][\u180b-\u180d\u180f]))"
)
"""Follows a suspect character in a pattern."""

_KINDS: tuple[tuple[re.Pattern[str], Code, str, str], ...] = (
    (re.compile(f"[{_BIDI}]"), BIDI, "changes the direction of text without being seen", "delete it"),
    (re.compile(f"[\r{_LINES}]"), LINE_SEPARATOR, "is no proper line ending", "delete it and press Enter there"),
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


def _problem(char: str, place: Place, *, escaped: bool = False) -> Problem:
    _, code, what, hint = next(kind for kind in _KINDS if kind[0].match(char))
    if escaped:
        return Problem(code, f"{name(char)}, written as an escape, {what}", place, "delete the escape")
    return Problem(code, f"{name(char)} {what}", place, hint)


def in_text(text: str, file: str) -> Iterator[Problem]:
    """The characters of a file that are refused, each once a line."""
    text = _without_flags(text)
    suspects = _suspects(text)
    if not suspects:
        return
    pattern = _refused(suspects)
    line, at = 1, 0
    while match := pattern.search(text, at):
        line += text.count("\n", at, match.start())
        start = text.rfind("\n", 0, match.start()) + 1
        at = text.find("\n", match.start()) + 1 or len(text)
        rest = suspects
        refused: re.Match[str] | None = match
        while refused:
            yield _problem(refused[0], Place(file, line, refused.start() - start + 1))
            # What was named once is passed over by the engine: a line may hold millions of it.
            rest = rest.replace(refused[0], "")
            refused = _refused(rest).search(text, refused.end(), at) if rest else None
        line += text.count("\n", match.start(), at)


def in_escapes(value: str, place: Place) -> list[Problem]:
    """The refused characters of a double-quoted value, which can only be written as escapes."""
    # CRLF is a line ending in a file, but nobody needs one written as an escape.
    text = _without_flags(value.replace("\r\n", "\r"))
    suspects = _suspects(text)
    refused = set(_refused(suspects).findall(text)) if suspects else set()
    return [_problem(char, place, escaped=True) for char in sorted(refused)]


def neutral(text: str) -> str:
    """`text`, as long as before, with spaces and MARKs in place of what is refused."""
    return "".join(part if part in _FLAGS else _neutral(part) for part in _ANY_FLAG.split(text))


def _neutral(text: str) -> str:
    by_context = ""
    for suspect in _suspects(text):
        if _BY_CONTEXT.match(suspect):
            by_context += suspect
        else:
            text = text.replace(suspect, " " if _BLANK.match(suspect) else MARK)
    if "\r" in by_context:
        text = re.sub("\r(?!\n)", " ", text)
    by_context = by_context.replace("\r", "")
    return _refused(by_context).sub(MARK, text) if by_context else text


def _suspects(text: str) -> str:
    """Every character of a text that is refused somewhere, once; most texts have none."""
    if text.isascii() and not _SUSPECT_ASCII.search(text):
        return ""
    suspects = "".join(filter(_SUSPECT.match, sorted(set(text))))
    return suspects.replace("\r", "") if text.count("\r") == text.count("\r\n") else suspects


def _refused(suspects: str) -> re.Pattern[str]:
    """Finds these characters where they are refused: a small class is found fast in a long text."""
    return re.compile(f"[{re.escape(suspects)}]{_OUT_OF_PLACE}")


def _without_flags(text: str) -> str:
    """`text` with other emoji in place of the flags that hold tags, one for each character."""
    for flag in _FLAGS:
        text = text.replace(flag, flag[0] * len(flag))
    return text
