"""Values as YAML, laid out the way the data files are: short things in one line, long text folded."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import yaml

from generator.source import Scalar

WIDTH = 120
"""How long a line may become before a value is spread over several."""

_BRACKETS = re.compile(r"[\[\]{},\n]")
_ESCAPE = re.compile(r"\\(?:U([0-9A-F]{8})|.)")
"""What a backslash begins in double quotes; the number of a character beyond the first 65,536, where it is one."""

_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class Moved(dict[str, Any]):
    """An entry that stood elsewhere: `lines` are its own, indented for a dash in column 0, and end without a line end.

    Where such lines cannot stand, its values are written anew, and its `comments` go above them.
    """

    def __init__(self, data: Mapping[str, Any], lines: str, comments: Sequence[str]) -> None:
        super().__init__(data)
        self.lines = lines
        self.comments = comments


def field(name: str, value: Any, indent: int) -> str:
    """`name: value`, without a line end; where it needs more lines, they are indented for a name at column `indent`."""
    lead = f"{one_line(name)}:"
    short = f"{lead} {one_line(value)}"
    if _fits(short, value, indent):
        return short
    pad = "\n" + " " * (indent + 2)
    if isinstance(value, Mapping):
        return lead + "".join(pad + field(key, inner, indent + 2) for key, inner in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        # Entries with ids are set off from each other by an empty line.
        gap = "\n" if any(isinstance(inner, Mapping) and "id" in inner for inner in value) else ""
        return lead + gap.join(pad + item(inner, indent + 2) for inner in value)
    if isinstance(value, str) and _folds(value):
        lines = textwrap.wrap(value, WIDTH - indent - 2, break_long_words=False, break_on_hyphens=False)
        return f"{lead} >-" + "".join(pad + line for line in lines)
    return short


def item(value: Any, indent: int) -> str:
    """`- value` for a dash at column `indent`; an entry with an id gets a line for each of its fields."""
    if isinstance(value, Moved) and value.lines:
        # Its first line begins behind the white space that whoever asks has written.
        return re.sub(r"^(?=.)", " " * indent, value.lines, flags=re.MULTILINE)[indent:]
    if isinstance(value, Mapping) and value and ("id" in value or not _fits(f"- {one_line(value)}", value, indent)):
        pad = "\n" + " " * (indent + 2)
        return "- " + pad.join(field(key, inner, indent + 2) for key, inner in value.items())
    return f"- {one_line(value)}"


def one_line(value: Any) -> str:
    """A value that may stand anywhere, also inside brackets."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | date):
        return str(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{one_line(key)}: {one_line(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, Scalar) and value.plain and not _BRACKETS.search(value):
        return value
    if isinstance(value, str):
        return _scalar(str(value))
    return "[" + ", ".join(map(one_line, value)) + "]"


@lru_cache(maxsize=10_000)
def _scalar(text: str) -> str:
    """Text, in quotes where YAML, of whatever version, would take it for something else."""
    style = '"' if "\n" in text else None
    # libyaml takes emoji and rarer letters for characters that cannot be printed.
    dumper = yaml.SafeDumper if max(text, default="") > "\uffff" else _DUMPER
    # In brackets, nothing follows a plain text that would have to be cut off.
    dumped = yaml.dump(
        [text], Dumper=dumper, default_style=style, default_flow_style=True, allow_unicode=True, width=1_000_000
    )
    # Of the rarer spaces, which may begin or end a text, none is the dumper's.
    written = str(dumped).strip("\n")[1:-1].strip(" ")
    return _ESCAPE.sub(_as_it_is, written) if written.startswith('"') else written


def _as_it_is(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else escape[0]


def _fits(line: str, value: Any, indent: int) -> bool:
    """Whether a value may stay in one line; a list of entries never does."""
    nested = not isinstance(value, str | Mapping) and isinstance(value, Sequence)
    nested = nested and any(isinstance(inner, Mapping) for inner in value)
    return not nested and len(line) + indent <= WIDTH


def _folds(text: str) -> bool:
    """Whether line ends in place of some of its single spaces read as the same text."""
    return text.split() == text.split(" ")
