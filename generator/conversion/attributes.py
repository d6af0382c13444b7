"""Lists of attributes, such as {: #anchor .class data-flag }."""

from __future__ import annotations

import re

LIST = r"\{:?[ ]*([^}\n ][^\n{}]*)\}"
"""One such list in a pattern; what stands in it is a group."""

Attributes = dict[str, str | None]
"""By name; None is the value of one that has none."""

_ATTRIBUTE = re.compile(r"""(?:([.\#])([\w-]+)|([\w-]+)(?:=("[^"]*"|[\w-]+))?)(?:[ ]+|\Z)""")
_AMPERSAND = re.compile(r"&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)


class Unfamiliar(Exception):
    """A page holds what is not converted here; it says what."""


def read(listed: str) -> Attributes:
    """What a list says between its braces."""
    attributes: Attributes = {}
    listed = listed.rstrip(" ")
    place = 0
    while place < len(listed):
        found = _ATTRIBUTE.match(listed, place)
        if found is None:
            raise Unfamiliar(listed)
        place = found.end()
        mark, word, name, value = found.groups()
        if mark == ".":
            attributes["class"] = f"{attributes['class']} {word}" if "class" in attributes else word
        elif mark == "#":
            attributes["id"] = word
        else:
            attributes[name] = value.strip('"') if value is not None else None
    return attributes


def written(attributes: Attributes) -> str:
    """The attributes as they stand in a tag, with a space before each."""
    if not attributes:
        return ""
    return "".join(
        f' {name}="{text(value)}"' if value is not None else f" {name}" for name, value in sorted(attributes.items())
    )


def text(value: str) -> str:
    """The value of an attribute as it stands in quotes."""
    if "&" in value:
        value = _AMPERSAND.sub("&amp;", value)
    return value.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
