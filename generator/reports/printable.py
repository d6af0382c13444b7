"""Text from data, made safe to print: what cannot be seen or could start a line is written out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from generator.findings import Finding

CUT = "..."

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
# Letters and marks by category that are drawn as nothing.
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0]")
# Build services take `##[error]` and `##vso[...]` for a command wherever in a line it stands.
_COMMAND = re.compile(r"(?<=#)#(?=[\w.-]*\[)")


def printable(text: str, limit: int = 1000) -> str:
    """`text` on one line, unseen characters as \\u{200B}, cut after `limit` characters of it."""
    shown = text[:limit] if _plain(text) else "".join(map(_visible, text[:limit]))
    shown += CUT if len(text) > limit else ""
    return _COMMAND.sub(lambda match: _written_out(match[0]), shown)


def printable_finding(finding: Finding) -> Finding:
    """The data of a finding, with each text in it printable."""

    def shown(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(shown, value))
        return printable(value) if isinstance(value, str) else value

    values = {name: shown(value) for name, value in finding.values.items()}
    return replace(finding, owner=shown(finding.owner), key=shown(finding.key), values=values)


def cells(line: str) -> list[tuple[str, int]]:
    """Each character of a line of a file as what is printed for it, and that one's width in columns."""
    if is_printed_as_it_is(line):
        return [(char, 1) for char in line]
    return list(_cells(line, {match.start() for match in _COMMAND.finditer(line)}))


def is_printed_as_it_is(line: str) -> bool:
    """Whether that is each character itself, in one column."""
    return _plain(line) and not _COMMAND.search(line)


def _plain(text: str) -> bool:
    """Whether each character of a text is printed as it is, in one column; those of most texts are."""
    return text.isascii() and text.isprintable()


def _cells(line: str, commands: set[int]) -> Iterator[tuple[str, int]]:
    column = 0
    for index, char in enumerate(line):
        if char == "\t":
            width = 4 - column % 4
            shown = " " * width
        else:
            shown = _visible(char) if index not in commands else _written_out(char)
            width = len(shown) if len(shown) > 1 else _width(shown)
        column += width
        yield shown, width


def _visible(char: str) -> str:
    if " " <= char <= "~":
        return char
    category = unicodedata.category(char)
    return _written_out(char) if category in _UNSEEN or category == "Zs" or _BLANK.match(char) else char


def _written_out(char: str) -> str:
    return f"\\u{{{ord(char):X}}}"


def _width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
