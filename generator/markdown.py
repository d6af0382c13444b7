"""Finished Markdown and the only ways to make it from text that comes from data.

Text from data is text: white space collapses to single spaces and every ASCII punctuation
character becomes a numeric entity, so that neither Markdown nor HTML finds anything to act on.
The result is safe in Markdown text, in table cells, in HTML text and in quoted attributes.

Each page also has a copy that people and programs read as plain Markdown.  There the same text
keeps its characters, with backslashes where Markdown would act on them, and what only the site can
show is left out: whoever makes Md makes both forms.
"""

from __future__ import annotations

import html
import json
import re
import string
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from urllib.parse import SplitResult, quote, urlsplit

_ENTITIES = {ord(character): f"&#{ord(character)};" for character in string.punctuation}

_PUNCTUATION = re.compile(f"[{re.escape(string.punctuation)}]")
_BACKSLASHES = {ord(character): f"\\{character}" for character in "\\`*_[]<>|~{}&#"}
_MARK = re.compile(f"[{re.escape(''.join(map(chr, _BACKSLASHES)))}]")
# At the start of a line alone these are marks too: of a list, of a number in one, or under a heading.
_MAY_BEGIN = re.compile(r"\d*(?=[-+=.)])")
# Stands before such a mark until its line is known; half a surrogate pair, which no text that is written can hold.
_OPEN = "\udc5c"
_BEGINS_A_LINE = re.compile(rf"^([ \t>]*(?:[-*] +)*\d*){_OPEN}", re.MULTILINE)

_NO_MARK = re.compile(r"[^\W_]*(?:[ %.–-][^\W_]*)*")

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
    """Markdown that is finished, in two forms: itself for the site, and `plain` to be read as it stands.

    The environment places it unchanged.  Md("...") is the same in both forms.
    """

    __slots__ = ()

    @property
    def plain(self) -> str:
        """The form for a copy; some marks in it wait until `settled` sees their line."""
        return self


class _Twofold(Md):
    __slots__ = ("plain",)
    plain: str


def _twofold(site: str, plain: str) -> Md:
    """Markdown with the one form and the other."""
    made = _Twofold(site)
    made.plain = plain
    return made


def escape(text: str) -> Md:
    """`text` as literal text; what is Md already passes unchanged."""
    return text if isinstance(text, Md) else _escaped(text)


# Pages say the same few thousand names again and again.
@lru_cache(16_384)
def _escaped(text: str) -> Md:
    return _literal(" ".join(text.split()))


def _literal(text: str) -> Md:
    return _twofold(text.translate(_ENTITIES), _backslashed(text)) if _PUNCTUATION.search(text) else Md(text)


def _backslashed(text: str) -> str:
    """A backslash before whatever could be a mark; what is one at the start of a line alone is left open."""
    marked = text.translate(_BACKSLASHES) if _MARK.search(text) else text
    if begins := _MAY_BEGIN.match(text):
        return f"{marked[: begins.end()]}{_OPEN}{marked[begins.end() :]}"
    return marked


def settled(copy: str) -> str:
    """The text of a whole Markdown copy, with a backslash before the marks whose line begins with them."""
    return _BEGINS_A_LINE.sub(r"\1\\", copy).replace(_OPEN, "")


def md(template: str, *values: str | int) -> Md:
    """`template` (markup of ours, the same in both forms) with the values in its {}, each escaped unless it is Md."""
    escaped = [value if isinstance(value, Md) else escape(str(value)) for value in values]
    return _twofold(template.format(*escaped), template.format(*[value.plain for value in escaped]))


def join(separator: str, parts: Iterable[str]) -> Md:
    """The parts, each escaped unless it is Md, with `separator` (markup of ours) between them."""
    escaped = [escape(part) for part in parts]
    return _twofold(separator.join(escaped), separator.join([part.plain for part in escaped]))


def verbatim(text: str) -> Md:
    """Words, anchors and figures of ours as they stand; ValueError where there could be a mark in them."""
    if not _NO_MARK.fullmatch(text):
        raise ValueError(f"{text!r} cannot stand as it is")
    return Md(text)


def span(kind: str, text: Md) -> Md:
    """`text` in the classes `kind`, which only the site shows."""
    return _twofold(f'<span class="{kind}">{text}</span>', text.plain)


def dressed(text: Md, kind: str) -> Md:
    """`text`, a link or all of a table's cell, with the class `kind`, which only the site shows."""
    return _twofold(f"{text}{{: .{kind} }}", text.plain)


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


def address(path: str) -> Md:
    """The address of a page of ours, which needs no more than this to stand in a link."""
    # Unescaped, "&region" would begin like the entity "&reg".
    return Md(path.replace("&", "&amp;"))


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


def link(label: str, target: Md) -> Md:
    """A link; `target` comes from `url` or `address`."""
    shown = escape(label)
    return _twofold(f"[{shown}](<{target}>)", f"[{shown.plain}](<{target}>)")


_LINKED = re.compile(r"\[((?:\\.|[^\[\]\\])*)\]\(<[^<>]*>\)(?:\{: [^{}]*\})?")


def unlinked(text: Md) -> Md:
    """The same words, without links and what they are dressed in."""
    return _twofold(_LINKED.sub(r"\1", text), _LINKED.sub(r"\1", text.plain))


def code(text: str) -> Md:
    """Text of ours as an editor types it; ValueError where Markdown would find a mark in it."""
    if re.search(r"[`|\\\n]", text):
        raise ValueError(f"{text!r} cannot stand as code")
    return Md(f"`{text}`")


def with_code(text: str) -> Md:
    """A sentence of ours in which backticks stand around what an editor types; ValueError as from `code`."""
    parts = " ".join(text.split()).split("`")
    return join("", [code(part) if place % 2 else _literal(part) for place, part in enumerate(parts)])


def front_matter(values: Mapping[str, Meta]) -> Md:
    """A front-matter block.  Strings are HTML-escaped, because the theme prints them raw."""
    lines = [f"{key}: {_quoted(value)}" for key, value in values.items()]
    return Md("\n".join(["---", *lines, "---", ""]))


def _quoted(value: Meta) -> str:
    dumped = json.dumps(shown(value), ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", dumped)


def shown(value: Meta) -> Meta:
    """A value of front matter as a theme is given it."""
    if isinstance(value, str):
        return html.escape(" ".join(value.split()))
    if isinstance(value, Mapping):
        return {key: shown(inner) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [shown(inner) for inner in value]
    return value
