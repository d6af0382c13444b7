"""What stands in a line: links, pictures, emphasis, code, spans, entities, and terms with their definitions.

Most lines of a page stand on others, too.  So a line is read once, and each page puts in what is its own: where links
lead from there, and the definitions of its terms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from generator.conversion import attributes
from generator.conversion.attributes import Attributes, Unfamiliar

# Most characters begin none of these, and need not be held against each.
_TOKEN = re.compile(
    r"""
    (?= [][<>*`\\_{}&!] | [ ][ ]\n ) (?:
    (?P<raw> </?span(?:[ ][\w-]+="[^"<>&]*")*> )
    | (?P<picture> !\[\]\(<(?P<source>[a-z0-9./-]+)>\) )
    | (?P<open> \[ )
    | (?P<close> \]\( (?: <(?P<address>[^<>\s]*)> | (?P<bare>[\#\w./-]+) ) \) )
    | (?P<strong> \*\*(?!\*) )
    | (?P<em> \*(?!\*) )
    | (?P<code> `(?P<verbatim>[^`\n]+)` )
    | (?P<unknown> [ ][ ]\n | [\\_<>\]`{}] | !\[ | \*\*\* | &(?!\#\d+;|amp;) )
    )
    """,
    re.VERBOSE,
)
_LIST = re.compile(attributes.LIST)
_FROM, _TO = "\x02", "\x03"
"""A link's address stands between them until it is settled."""
KEPT = re.compile(f"[{_FROM}{_TO}]")
"""What therefore no page may hold."""
_ADDRESS = re.compile(f"{_FROM}([^{_TO}]*){_TO}")
_LINES = 16_384
"""How many lines are remembered: those of all kinds of pages, and of some hundreds of partners."""


class Marked(NamedTuple):
    """HTML that is the same on every page but for its terms, and for links, which lead where Markdown says."""

    html: str
    ids: tuple[str, ...] = ()
    """The anchors in it."""


def joined(pieces: Iterable[Marked], separator: str = "") -> Marked:
    """One after the other."""
    listed = list(pieces)
    return Marked(separator.join([one.html for one in listed]), tuple([anchor for one in listed for anchor in one.ids]))


@lru_cache(_LINES)
def read(text: str) -> Marked:
    """What `text` says."""
    # Each level of what is open: the mark that opened it, and what stands in it so far.
    levels: list[tuple[str, list[str]]] = [("", [])]
    ids: list[str] = []
    place = 0
    while token := _TOKEN.search(text, place):
        if token.start() > place:
            levels[-1][1].append(text[place : token.start()])
        place = token.end()
        match token.lastgroup:
            case "close":
                place = _link(levels, ids, token["address"] or token["bare"] or "", text, place)
            case "open":
                levels.append(("[", []))
            case "picture" if len(levels) == 1:
                source: Attributes = {"alt": "", "src": f"{_FROM}{token['source']}{_TO}"}
                place = _leaf(levels, ids, "img", None, text, place, source)
            case "raw":
                levels[-1][1].append(token[0])
            case "strong" | "em" as kind:
                place = _emphasis(levels, ids, kind, token[0], text, place)
            case "code":
                place = _leaf(levels, ids, "code", _code(token["verbatim"]), text, place)
            case _:
                raise Unfamiliar(text)
    if len(levels) > 1:
        raise Unfamiliar(text)
    return Marked("".join([*levels[0][1], text[place:]]), tuple(ids))


def _link(levels: list[tuple[str, list[str]]], ids: list[str], address: str, text: str, place: int) -> int:
    mark, inside = levels.pop()
    if mark != "[":
        raise Unfamiliar(text)
    return _leaf(levels, ids, "a", "".join(inside), text, place, {"href": f"{_FROM}{address}{_TO}"})


def _emphasis(levels: list[tuple[str, list[str]]], ids: list[str], kind: str, mark: str, text: str, place: int) -> int:
    if levels[-1][0] == mark:
        _, inside = levels.pop()
        # Beside a space, the mark is none, or that of another.
        if not inside or text[place - len(mark) - 1].isspace():
            raise Unfamiliar(text)
        return _leaf(levels, ids, kind, "".join(inside), text, place)
    if any(open_.startswith("*") for open_, _ in levels) or text[place : place + 1] in ("", " ", "\n", "*"):
        raise Unfamiliar(text)
    levels.append((mark, []))
    return place


def _leaf(
    levels: list[tuple[str, list[str]]],
    ids: list[str],
    tag: str,
    inside: str | None,
    text: str,
    place: int,
    own: Attributes | None = None,
) -> int:
    """Add an element that ends at `place`, one that can hold nothing where that is None; where the text goes on behind
    its attributes.
    """
    found = _LIST.match(text, place) if text.startswith("{", place) else None
    listed = attributes.read(found[1]) if found else {}
    if anchor := listed.get("id"):
        ids.append(anchor)
    end = " />" if inside is None else f">{inside}</{tag}>"
    levels[-1][1].append(f"<{tag}{attributes.written({**(own or {}), **listed})}{end}")
    return found.end() if found else place


def element(tag: str, listed: Attributes, inside: Marked, own: Attributes | None = None) -> Marked:
    """An element with these attributes, and with those of its `own` that are not among them."""
    html = f"<{tag}{attributes.written({**own, **listed} if own else listed)}>{inside.html}</{tag}>"
    anchor = listed.get("id")
    return Marked(html, (anchor, *inside.ids) if anchor else inside.ids)


def _code(text: str) -> str:
    return text.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Inline:
    """What is one page's own."""

    def __init__(self, resolve: Callable[[str], str], definitions: Mapping[str, str]) -> None:
        """`definitions` by term; `resolve` gives the address on the site for one that Markdown has."""
        self._resolve = resolve
        self._titles = {term: attributes.text(title) for term, title in definitions.items()}

    def html(self, marked: Marked) -> str:
        """What was read, as HTML of the page."""
        html = marked.html
        if self._titles:
            html = self._explained(html)
        return _ADDRESS.sub(self._address, html) if _FROM in html else html

    def _address(self, link: re.Match[str]) -> str:
        return attributes.text(self._resolve(link[1]))

    def _explained(self, html: str) -> str:
        """The text with a definition at each of the page's terms: at one place, for the longest of them."""
        found = [(start, -len(term), term) for term in self._titles if term in html for start in _places(term, html)]
        explained: list[str] = []
        place = 0
        for start, _, term in sorted(found):
            if start >= place:
                explained += [html[place:start], f'<abbr title="{self._titles[term]}">{term}</abbr>']
                place = start + len(term)
        return "".join([*explained, html[place:]]) if explained else html


def _places(term: str, html: str) -> Iterator[int]:
    """Where the term stands as a word of the text."""
    pattern = _as_word(term)
    found = pattern.search(html)
    while found:
        yield found.start()
        found = pattern.search(html, found.start() + 1)


@cache
def _as_word(term: str) -> re.Pattern[str]:
    # Tags and code are no text; of neither does a term begin in the middle of a word.
    return re.compile(rf"{re.escape(term)}\b(?<!\w{re.escape(term)})(?![^<>]*>)(?![^<]*</code>)")
