"""Finished Markdown and the only ways to make it from text that comes from data.

Text from data is text: white space collapses to single spaces and every ASCII punctuation
character becomes a numeric entity, so that neither Markdown nor HTML finds anything to act on.
The result is safe in Markdown text, in table cells, in HTML text and in quoted attributes.
"""

from __future__ import annotations

import html
import json
import re
import string
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote, urlsplit

_ENTITIES = {ord(character): f"&#{ord(character)};" for character in string.punctuation}

# YAML refuses these even inside quotes, where JSON writes them as they are.
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

URL_SCHEMES = ("http", "https", "mailto")

Meta = str | int | float | bool | Sequence["Meta"] | Mapping[str, "Meta"]


class Md(str):
    """Markdown that is finished: the environment places it as it stands."""

    __slots__ = ()


def escape(text: str) -> Md:
    """`text` as literal text; what is Md already passes unchanged."""
    if isinstance(text, Md):
        return text
    return Md(" ".join(text.split()).translate(_ENTITIES))


def join(separator: str, parts: Iterable[str]) -> Md:
    """The parts, each escaped unless it is Md, with `separator` (markup of ours) between them."""
    return Md(separator.join(map(escape, parts)))


def url(address: str) -> Md:
    """An outside address, percent-encoded so that it can stand in a link.

    ValueError where the scheme is none of URL_SCHEMES or a web address names no host.
    """
    address = address.strip()
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise ValueError(f"{address!r} is no web address: {error}") from error
    # urlsplit skips control characters, which would be encoded below and leave no scheme.
    if parts.scheme not in URL_SCHEMES or not address.lower().startswith(f"{parts.scheme}:"):
        raise ValueError(f"{address!r} does not begin with http://, https:// or mailto:")
    if parts.scheme != "mailto" and not parts.hostname:
        raise ValueError(f"{address!r} names no host")
    # '%' stays, since addresses come encoded; brackets, quotes and white space do not.
    return Md(quote(address, safe="%/:?#@&=+,;~.-_!$").replace("&", "&amp;"))


def link(label: str, address: Md) -> Md:
    """A link; `address` comes from `url` or from a page path of ours."""
    return Md(f"[{escape(label)}](<{address}>)")


def code(text: str) -> Md:
    """Text as it is typed, in the letters of a typewriter."""
    return Md(f"<code>{escape(text)}</code>")


def front_matter(values: Mapping[str, Meta]) -> Md:
    """A front-matter block.  Strings are HTML-escaped, because the theme prints them raw."""
    lines = [f"{key}: {_quoted(value)}" for key, value in values.items()]
    return Md("\n".join(["---", *lines, "---", ""]))


def _quoted(value: Meta) -> str:
    dumped = json.dumps(_html_escaped(value), ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", dumped)


def _html_escaped(value: Meta) -> Meta:
    if isinstance(value, str):
        return html.escape(" ".join(value.split()))
    if isinstance(value, Mapping):
        return {key: _html_escaped(inner) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [_html_escaped(inner) for inner in value]
    return value


_SITE_ONLY = (
    (re.compile(r"\A---\n.*?\n---\n", re.DOTALL), ""),
    (re.compile(r"^\*\[.*\n?", re.MULTILINE), ""),  # tooltips
    (re.compile(r"^<(?:figure|form|div|p|ul|button|details)\b.*\n(?:.+\n)*", re.MULTILINE), ""),
    (re.compile(r"</?span\b[^>]*>"), ""),
    (re.compile(r"(?:\n| )?{:? ?[#.][^{}\n]*}"), ""),  # attributes
)
_BLOCK = re.compile(r'^(?:!!!|\?\?\?) \w+ "(.*)"\n\n((?:    .*\n|\n)+)', re.MULTILINE)
_ENTITY = re.compile(r"&#(\d+);")
_MARKS = frozenset("\\`*_[]<>|~{}&#")
_BEGINS_A_LINE = re.compile(r"[ \t>]*(?:[-*] +)*\d*")


def plain(page: str) -> Md:
    """A page of ours as Markdown to be read as it stands, without what only the site can show.

    Pictures, forms and tooltips go, since the text says the same; blocks that open and close stay
    open.  What came from data is still text: a backslash stands before whatever could be a mark.
    """
    for pattern, instead in _SITE_ONLY:
        page = pattern.sub(instead, page)
    page = _BLOCK.sub(lambda found: f"**{found[1]}**\n\n{re.sub('^    ', '', found[2], flags=re.MULTILINE)}", page)
    page = _ENTITY.sub(_backslashed, page)
    return Md(re.sub(r"\n{3,}", "\n\n", page).strip("\n") + "\n")


def _backslashed(found: re.Match[str]) -> str:
    character = chr(int(found[1]))
    if character in _MARKS:
        return f"\\{character}"
    # These are marks at the start of a line alone: of a list, of a number in one, or under a heading.
    if character in "-+=.)":
        line = found.string[found.string.rfind("\n", 0, found.start()) + 1 : found.start()]
        if _BEGINS_A_LINE.fullmatch(line):
            return f"\\{character}"
    return character
