"""What stands between blank lines: headings, paragraphs, tables, lists, figures, and definitions of terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from markdown.extensions.toc import slugify, unique

from generator.conversion import attributes, inline
from generator.conversion.attributes import Attributes, Unfamiliar
from generator.conversion.inline import Inline, Marked, element, joined

_PERMALINK_TITLE = "Link to this section"
_UNINDEXED = "data-search-exclude"

_AT_END = re.compile(rf"[ ]+{attributes.LIST}[ ]*\Z")
_LAST_LINE = re.compile(rf"\n[ ]*{attributes.LIST}[ ]*\Z")
_OWN_LINE = re.compile(rf"[ ]*{attributes.LIST}[ ]*")

_BEGINNING = re.compile(r"[^\n]")
_HEADING = re.compile(r"(#{1,6})[ ]+([^\n]*[^\n#\\])")
_DEFINITION = re.compile(r"\*\[([^\]\\\n]+)\]: ([^\n]*)")
_SEPARATOR = re.compile(r"\|(?: *:?-+:? *\|)+")
_ITEM = re.compile(r"- (?=[^ ])")
# A line that begins so may be more than a line of a paragraph, or of an item.
_NO_PARAGRAPH = re.compile(
    r"^(?:[#>|+=~\t:?/-]|!(?!\[\]\(<)|\*[ \[]|[ ]|\d+[.)]|<(?!/?span\b)|_|\{(?!:?[^\n{}]*\}\Z))", re.MULTILINE
)
_NO_TEXT_OF_ITEM = re.compile(r"(?:  )?[/#>|+=~\t:?!*-]|   |(?:  )?\d+[.)]|(?:  )?<(?!/?span\b)")
_RAW = re.compile(r"<(figure|form|div|p)(?= [^<>\n]*>)")
_TABLE, _BODY, _END = map(Marked, ("<table>\n<thead>", "</thead>\n<tbody>", "</tbody>\n</table>"))
_OPENING, _CLOSING = re.compile(r"/// html \| (noscript|div\.[a-z][\w-]*)"), "///"
_TAGS = re.compile(r"<[^>]*>")
_RAW_ID = re.compile(r'\sid="([^"]*)"')

_BLOCKS, _ROWS, _LONG = 4096, 8192, 10_000
"""How many blocks and rows are remembered, and from how many characters on a block is not."""


class HtmlHeading(NamedTuple):
    """`name` is the heading's text as HTML without tags."""

    level: int
    id: str
    name: str


class HtmlSection(NamedTuple):
    """What stands below a heading, or before the first: `content` is HTML, without what no search is to find."""

    heading: HtmlHeading | None
    content: str
    found: bool
    """Whether a search is to find the section."""


@dataclass(frozen=True)
class Converted:
    """A page as HTML, and what is in it."""

    html: str
    sections: Sequence[HtmlSection]
    ids: frozenset[str]
    """Every anchor of the page."""

    @property
    def headings(self) -> list[HtmlHeading]:
        """All headings, in their order."""
        return [section.heading for section in self.sections if section.heading is not None]


class _Head(NamedTuple):
    level: int
    inner: Marked
    attributes: Attributes


class _Bound(NamedTuple):
    """What opens or closes a block around others, of which none holds another."""

    tag: str
    """Empty where it closes what is open."""
    kind: str = ""

    @property
    def opening(self) -> str:
        return f'<{self.tag} class="{self.kind}">' if self.kind else f"<{self.tag}>"


class _Block(NamedTuple):
    content: Marked
    found: bool = True
    drawn: tuple[str, ...] = ()
    """The anchors within raw HTML, which Python-Markdown does not look into."""
    raw: bool = False


def convert(text: str, resolve: Callable[[str], str]) -> Converted:
    """The page `text`, without front matter; `resolve` gives the address on the site for one that Markdown has.

    Unfamiliar where there is more in it than is known here, also when `resolve` says so.
    """
    if inline.KEPT.search(text):
        raise Unfamiliar("a character that stands for something")
    texts = list(_split(text))
    definitions = dict(pair for block in texts for pair in _definitions(block))
    if any(before.startswith("- ") and text.startswith("- ") for before, text in pairwise(texts)):
        raise Unfamiliar("a list after a list")
    blocks = [_block(text) for text in texts if not text.startswith("*[")]
    return _assembled(_bounded(blocks), Inline(resolve, definitions))


def _block(text: str) -> _Block | _Head | _Bound:
    return _read(text) if len(text) < _LONG else _read.__wrapped__(text)


@lru_cache(_BLOCKS)
def _read(text: str) -> _Block | _Head | _Bound:
    """What stands between two blank lines, on whichever page."""
    if text.startswith("///"):
        return _bound(text)
    if text.startswith("#"):
        return _heading(text)
    if text.startswith("|"):
        return _Block(_table(text.split("\n")))
    if text.startswith("- "):
        return _Block(_list(text.split("\n")))
    if _RAW.match(text):
        found = _UNINDEXED not in text.partition(">")[0]
        return _Block(Marked(f"{text}\n"), found, tuple(_RAW_ID.findall(text)), raw=True)
    if _NO_PARAGRAPH.search(text):
        raise Unfamiliar(text)
    inner, own = _with_attributes(text, _LAST_LINE)
    return _Block(element("p", own, inline.read(inner)))


def _bound(text: str) -> _Bound:
    if text == _CLOSING:
        return _Bound("")
    found = _OPENING.fullmatch(text)
    if found is None:
        raise Unfamiliar(text)
    tag, _, kind = found[1].partition(".")
    return _Bound(tag, kind)


def _bounded(blocks: Iterable[_Block | _Head | _Bound]) -> Iterator[_Block | _Head]:
    """The blocks, and the tags around some of them."""
    around, empty = "", False
    for block in blocks:
        if not isinstance(block, _Bound):
            empty = False
            yield block
            continue
        if bool(block.tag) == bool(around) or (around and empty):
            raise Unfamiliar(around or "///")
        html = block.opening if block.tag else f"</{around}>"
        yield _Block(Marked(html), found=False, raw=True)
        around, empty = block.tag, True
    if around:
        raise Unfamiliar(around)


def _with_attributes(text: str, where: re.Pattern[str]) -> tuple[str, Attributes]:
    found = where.search(text)
    return (text[: found.start()], attributes.read(found[1])) if found else (text, {})


def _heading(text: str) -> _Head:
    found = _HEADING.fullmatch(text)
    if found is None:
        raise Unfamiliar(text)
    inner, own = _with_attributes(found[2].strip(), _AT_END)
    return _Head(len(found[1]), inline.read(inner), own)


def _table(lines: Sequence[str]) -> Marked:
    if len(lines) < 3 or not _SEPARATOR.fullmatch(lines[1]):
        raise Unfamiliar(lines[0])
    head, *rows = [_row(line, "td" if number else "th", lines[1]) for number, line in enumerate((lines[0], *lines[2:]))]
    return joined([_TABLE, head, _BODY, *rows, _END], "\n")


@lru_cache(_ROWS)
def _row(line: str, tag: str, separator: str) -> Marked:
    styles = [_style(cell.strip()) for cell in separator[1:-1].split("|")]
    cells = line[1:-1].split("|")
    if not line.startswith("|") or not line.endswith("|") or len(cells) != len(styles):
        raise Unfamiliar(line)
    row = [Marked("<tr>")]
    for cell, style in zip(cells, styles, strict=True):
        text, own = _with_attributes(cell.strip(" "), _AT_END)
        row.append(element(tag, own, inline.read(text), style))
    return joined([*row, Marked("</tr>")], "\n")


def _list(lines: Sequence[str]) -> Marked:
    """A list without blank lines; in an item, a list may stand below its text and its attributes."""
    items: list[tuple[list[str], list[str], Attributes]] = []
    for line in lines:
        if line.startswith("- ") and _ITEM.match(line) and not line.endswith(" "):
            items.append(([line[2:]], [], {}))
            continue
        if not items or line.startswith("- ") or line.endswith(" "):
            raise Unfamiliar(line)
        text, below, own = items[-1]
        if line.startswith("    - ") or (below and line.startswith("    ")):
            below.append(line[4:])
        elif below or own or _NO_TEXT_OF_ITEM.match(line):
            raise Unfamiliar(line)
        elif found := _OWN_LINE.fullmatch(line):
            own.update(attributes.read(found[1]))
        else:
            text.append(line)
    return joined([Marked("<ul>"), *(_item(*item) for item in items), Marked("</ul>")], "\n")


def _item(text: Sequence[str], below: Sequence[str], own: Attributes) -> Marked:
    inside = [inline.read("\n".join(text)), *([_list(below), Marked("\n")] if below else [])]
    return element("li", own, joined(inside))


def _assembled(blocks: Iterable[_Block | _Head], page: Inline) -> Converted:
    """The page: headings without an anchor of their own get one from their text, which no other has."""
    known = list(blocks)
    drawn = {anchor for block in known if isinstance(block, _Block) for anchor in block.drawn}
    used = {anchor for block in known for anchor in _ids(block)}
    whole: list[str] = []
    sections: list[HtmlSection] = []
    heading, found, parts = None, True, list[str]()
    for block in known:
        if isinstance(block, _Block):
            html = block.content.html if block.raw else page.html(block.content)
            whole.append(html)
            parts += [html] if block.found else []
            continue
        inner = page.html(block.inner)
        name = " ".join(_TAGS.sub("", inner).split())
        anchor = block.attributes.get("id") or unique(slugify(unescape(name), "-"), used)
        used.add(anchor)
        tag, own = f"h{block.level}", attributes.written({**block.attributes, "id": anchor})
        link = f'<a class="headerlink" href="#{anchor}" title="{_PERMALINK_TITLE}">&para;</a>'
        whole.append(f"<{tag}{own}>{inner}{link}</{tag}>")
        if parts or heading is not None:
            sections.append(HtmlSection(heading, "\n".join(parts), found))
        heading, found, parts = HtmlHeading(block.level, anchor, name), _UNINDEXED not in block.attributes, []
    sections.append(HtmlSection(heading, "\n".join(parts), found))
    return Converted("\n".join(whole).strip(), sections, frozenset(used | drawn))


def _ids(block: _Block | _Head) -> Iterator[str]:
    """The anchors that are written in a block."""
    if isinstance(block, _Block):
        yield from block.content.ids
        return
    yield from block.inner.ids
    if anchor := block.attributes.get("id"):
        yield anchor


def _split(text: str) -> Iterator[str]:
    """What blank lines separate; raw HTML is one block, whatever is in it."""
    place = 0
    while found := _BEGINNING.search(text, place):
        start, end = found.start(), text.find("\n\n", found.start())
        place = len(text) if end < 0 else end
        raw = _RAW.match(text, start)
        while raw:
            closing = f"</{raw[1]}>"
            place = text.find(closing, raw.end()) + len(closing)
            if place < raw.end() or f"<{raw[1]}" in text[raw.end() : place]:
                raise Unfamiliar(text[start:place])
            if text[place : place + 2] in ("\n\n", "\n", ""):
                break
            # Another may follow in the next line.
            raw = _RAW.match(text, place + 1)
            if raw is None or text[place] != "\n":
                raise Unfamiliar(text[start:place])
        yield text[start:place].rstrip("\n")


def _definitions(block: str) -> Iterator[tuple[str, str]]:
    if not block.startswith("*["):
        return
    for line in block.split("\n"):
        found = _DEFINITION.fullmatch(line)
        # In Python-Markdown, numbers stand for what is set aside, as is every entity, and quotes alone take a
        # definition back.
        if (
            found is None
            or found[1].isdigit()
            or found[1] == "amp"
            or found[1] != found[1].strip()
            or not found[2].strip("\"' ")
        ):
            raise Unfamiliar(line)
        yield found[1], found[2].strip()


def _style(separator: str) -> Attributes:
    left, right = separator.startswith(":"), separator.endswith(":")
    side = "center" if left and right else "left" if left else "right" if right else ""
    return {"style": f"text-align: {side};"} if side else {}
