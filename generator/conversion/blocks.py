"""What stands between blank lines: headings, paragraphs, tables, lists, figures, and definitions of terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

from markdown.extensions.toc import slugify, unique

from generator.conversion import attributes
from generator.conversion.attributes import Attributes, Unfamiliar
from generator.conversion.inline import Inline

_PERMALINK_TITLE = "Link to this section"
_UNINDEXED = "data-search-exclude"

_AT_END = re.compile(rf"[ ]+{attributes.LIST}[ ]*\Z")
_LAST_LINE = re.compile(rf"\n[ ]*{attributes.LIST}[ ]*\Z")
_OWN_LINE = re.compile(rf"[ ]*{attributes.LIST}[ ]*")

_BLOCK = re.compile(r"[^\n].*?(?=\n\n|\Z)", re.DOTALL)
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
_OPENING, _CLOSING = re.compile(r"/// html \| (noscript|div\.[a-z][\w-]*)"), "///"
_TAGS = re.compile(r"<[^>]*>")
_RAW_ID = re.compile(r'\sid="([^"]*)"')


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
    inner: str
    attributes: Attributes


class _Block(NamedTuple):
    html: str
    found: bool = True


def convert(text: str, resolve: Callable[[str], str]) -> Converted:
    """The page `text`, without front matter; `resolve` gives the address on the site for one that Markdown has.

    Unfamiliar where there is more in it than is known here, also when `resolve` says so.
    """
    return _Page(text, resolve).converted()


class _Page:
    def __init__(self, text: str, resolve: Callable[[str], str]) -> None:
        self._texts = list(_split(text))
        definitions = dict(pair for block in self._texts for pair in _definitions(block))
        self._inline = Inline(resolve, definitions)
        self._drawn: set[str] = set()
        """The anchors within raw HTML, which Python-Markdown does not look into."""
        self._around = ""
        """The tag of the block around others that is open; empty where none is."""
        self._empty = False
        """Whether nothing stands in it as yet."""

    def converted(self) -> Converted:
        made = []
        after_list = False
        for text in self._texts:
            if after_list and text.startswith("- "):
                raise Unfamiliar("a list after a list")
            after_list = text.startswith("- ")
            if not text.startswith("*["):
                made.append(self._block(text))
        if self._around:
            raise Unfamiliar(self._around)
        return self._assembled(made)

    def _block(self, text: str) -> _Block | _Head:
        if text.startswith("///"):
            return _Block(self._bound(text), found=False)
        self._empty = False
        if text.startswith("#"):
            return self._heading(text)
        if text.startswith("|"):
            return _Block(self._table(text.split("\n")))
        if text.startswith("- "):
            return _Block(self._list(text.split("\n")))
        if _RAW.match(text):
            self._drawn.update(_RAW_ID.findall(text))
            return _Block(f"{text}\n", _UNINDEXED not in text.partition(">")[0])
        if _NO_PARAGRAPH.search(text):
            raise Unfamiliar(text)
        inner, own = self._with_attributes(text, _LAST_LINE)
        return _Block(f"<p{attributes.written(own)}>{self._inline.html(inner)}</p>")

    def _bound(self, text: str) -> str:
        """The tag that opens or closes a block around others, of which none holds another."""
        if text == _CLOSING and self._around and not self._empty:
            tag, self._around = self._around, ""
            return f"</{tag}>"
        found = _OPENING.fullmatch(text)
        if found is None or self._around:
            raise Unfamiliar(text)
        self._around, _, kind = found[1].partition(".")
        self._empty = True
        return f'<{self._around} class="{kind}">' if kind else f"<{self._around}>"

    def _with_attributes(self, text: str, where: re.Pattern[str]) -> tuple[str, Attributes]:
        found = where.search(text)
        return (text[: found.start()], self._inline.taken(found[1])) if found else (text, {})

    def _heading(self, text: str) -> _Head:
        found = _HEADING.fullmatch(text)
        if found is None:
            raise Unfamiliar(text)
        inner, own = self._with_attributes(found[2].strip(), _AT_END)
        return _Head(len(found[1]), self._inline.html(inner), own)

    def _table(self, lines: Sequence[str]) -> str:
        if len(lines) < 3 or not _SEPARATOR.fullmatch(lines[1]):
            raise Unfamiliar(lines[0])
        styles = [_style(cell.strip()) for cell in lines[1][1:-1].split("|")]
        rows = ["<table>\n<thead>\n<tr>", *self._row(lines[0], "th", styles), "</tr>\n</thead>\n<tbody>"]
        for line in lines[2:]:
            rows += ["<tr>", *self._row(line, "td", styles), "</tr>"]
        return "\n".join([*rows, "</tbody>\n</table>"])

    def _row(self, line: str, tag: str, styles: Sequence[Attributes]) -> Iterator[str]:
        cells = line[1:-1].split("|")
        if not line.startswith("|") or not line.endswith("|") or len(cells) != len(styles):
            raise Unfamiliar(line)
        for cell, style in zip(cells, styles, strict=True):
            text, own = self._with_attributes(cell.strip(" "), _AT_END)
            yield f"<{tag}{attributes.written({**style, **own})}>{self._inline.html(text)}</{tag}>"

    def _list(self, lines: Sequence[str]) -> str:
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
                own.update(self._inline.taken(found[1]))
            else:
                text.append(line)
        return "\n".join(["<ul>", *(self._item(*item) for item in items), "</ul>"])

    def _item(self, text: Sequence[str], below: Sequence[str], own: Attributes) -> str:
        inside = f"{self._list(below)}\n" if below else ""
        return f"<li{attributes.written(own)}>{self._inline.html(chr(10).join(text))}{inside}</li>"

    def _assembled(self, blocks: Sequence[_Block | _Head]) -> Converted:
        """The page, now that every anchor that is written in it is known: other headings get theirs from their text."""
        used = set(self._inline.ids)
        whole: list[str] = []
        sections: list[HtmlSection] = []
        heading, found, parts = None, True, list[str]()
        for block in blocks:
            if isinstance(block, _Block):
                whole.append(block.html)
                parts += [block.html] if block.found else []
                continue
            name = " ".join(_TAGS.sub("", block.inner).split())
            anchor = block.attributes.get("id") or unique(slugify(unescape(name), "-"), used)
            used.add(anchor)
            tag, own = f"h{block.level}", attributes.written({**block.attributes, "id": anchor})
            link = f'<a class="headerlink" href="#{anchor}" title="{_PERMALINK_TITLE}">&para;</a>'
            whole.append(f"<{tag}{own}>{block.inner}{link}</{tag}>")
            if parts or heading is not None:
                sections.append(HtmlSection(heading, "\n".join(parts), found))
            heading, found, parts = HtmlHeading(block.level, anchor, name), _UNINDEXED not in block.attributes, []
        sections.append(HtmlSection(heading, "\n".join(parts), found))
        return Converted("\n".join(whole).strip(), sections, frozenset(used | self._drawn))


def _split(text: str) -> Iterator[str]:
    """What blank lines separate; raw HTML is one block, whatever is in it."""
    place = 0
    while found := _BLOCK.search(text, place):
        place = found.end()
        raw = _RAW.match(text, found.start())
        while raw:
            closing = f"</{raw[1]}>"
            place = text.find(closing, raw.end()) + len(closing)
            if place < raw.end() or f"<{raw[1]}" in text[raw.end() : place]:
                raise Unfamiliar(found[0])
            if text[place : place + 2] in ("\n\n", "\n", ""):
                break
            # Another may follow in the next line.
            raw = _RAW.match(text, place + 1)
            if raw is None or text[place] != "\n":
                raise Unfamiliar(found[0])
        yield text[found.start() : place].rstrip("\n")


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
