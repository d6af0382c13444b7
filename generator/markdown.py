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
from urllib.parse import SplitResult, quote, urlsplit

_ENTITIES = {ord(character): f"&#{ord(character)};" for character in string.punctuation}

# YAML refuses these even inside quotes, where JSON writes them as they are.
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

URL_SCHEMES = ("http", "https", "mailto")

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
DOMAIN = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})+")
"""An internet domain of at least two parts, such as example.com."""
EMAIL = re.compile(rf"(?=.{{1,254}}\Z)[\w+~=-]+(?:[.'/][\w+~=-]+)*@{_LABEL}(?:\.{_LABEL})+")
"""One e-mail address, with nothing in it that means more in a mailto: link."""
_HOST = re.compile(rf"(?:{_LABEL}(?:\.{_LABEL})*\.?|\[[0-9A-Fa-f:.]+\])(?::\d{{0,5}})?")
_NOT_IN_URL = re.compile(r"""[\s\x00-\x20\x7f"'`<>{}|\\^\u00ab\u00bb\u2018-\u201f]""")
_ANOTHER = re.compile(r"(?i)(?:[\s,;|]|\band\b)\s*(?:https?://|mailto:|www\.|\S+@)")

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

    ValueError where the scheme is none of URL_SCHEMES, where it is not one address of one place, or
    where it could lead elsewhere than people read in it.
    """
    address = address.strip()
    try:
        parts = urlsplit(address)
        reason = _refused(address, parts)
    except ValueError as error:
        reason = f"is no web address: {error}"
    if reason:
        raise ValueError(f"{address!r} {reason}")
    # '%' stays, since addresses come encoded; brackets, quotes and white space do not.
    return Md(quote(address, safe="%/:?#@&=+,;~.-_!$").replace("&", "&amp;"))


def _refused(address: str, parts: SplitResult) -> str:
    """Why an address cannot be linked; empty where it can.  ValueError for a port that is no number."""
    # urlsplit skips control characters, which would be encoded afterwards and leave no scheme.
    if parts.scheme not in URL_SCHEMES or not address.lower().startswith(f"{parts.scheme}:"):
        return "does not begin with http://, https:// or mailto:"
    if _ANOTHER.search(address):
        return "holds more than one address"
    rest = address.replace(parts.netloc, "", 1)
    if odd := _NOT_IN_URL.search(address) or re.search(r"[\[\]]", rest):
        return f"holds {odd[0]!r}, which no address holds as it stands"
    if parts.scheme == "mailto":
        fine = EMAIL.fullmatch(parts.path) and re.fullmatch(r"(?i)(?:subject=[^&]*)?", parts.query)
        return "" if fine else "is no e-mail address, with a subject at most"
    return _refused_host(parts) or ("holds one bracket of a pair" if rest.count("(") != rest.count(")") else "")


def _refused_host(parts: SplitResult) -> str:
    if not parts.hostname:
        return "names no host"
    if "@" in parts.netloc:
        return f"leads to {parts.hostname}: what stands in front of the @ is a user name"
    fine = _HOST.fullmatch(parts.netloc) and parts.port != 0
    return "" if fine else f"names no host that there can be: {parts.netloc!r}"


def link(label: str, address: Md) -> Md:
    """A link; `address` comes from `url` or from a page path of ours."""
    return Md(f"[{escape(label)}](<{address}>)")


def code(text: str) -> Md:
    """Text of ours as an editor types it; ValueError where Markdown would find a mark in it."""
    if re.search(r"[`|\\\n]", text):
        raise ValueError(f"{text!r} cannot stand as code")
    return Md(f"`{text}`")


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
    (re.compile(r"^///.*\n?", re.MULTILINE), ""),  # around what browsers without scripts show
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
