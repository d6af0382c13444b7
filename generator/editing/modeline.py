"""The first line of a data file, which leads editors to its schema."""

from __future__ import annotations

import re

SCHEMAS = "schemas"
"""The folder with the schemas, in the data folder."""

_MODELINE = re.compile(r"# yaml-language-server:.*")


def has_modeline(text: str) -> bool:
    """Whether a file begins with such a line."""
    return _MODELINE.match(text) is not None


def with_modeline(text: str, file: str) -> str:
    """The text of a data file with that line at its top; one that somebody put there stays."""
    if has_modeline(text):
        return text
    up, name = ("../", "partners.yml") if "/" in file else ("", file)
    newline = "\r\n" if "\r\n" in text else "\n"
    return f"# yaml-language-server: $schema={up}{SCHEMAS}/{name.removesuffix('.yml')}.json{newline}{text}"
