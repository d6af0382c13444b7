"""What stands in a line: links, pictures, emphasis, code, spans, entities, and terms with their definitions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from generator.conversion import attributes
from generator.conversion.attributes import Attributes, Unfamiliar

# Most characters begin none of these, and need not be held against each.
_TOKEN = re.compile(
    r"""
    (?= [][<>*`\\_{}\x02\x03&!] | [ ][ ]\n ) (?:
    (?P<raw> </?span(?:[ ][\w-]+="[^"<>&]*")*> )
    | (?P<picture> !\[\]\(<(?P<source>[a-z0-9./-]+)>\) )
    | (?P<open> \[ )
    | (?P<close> \]\( (?: <(?P<address>[^<>\s]*)> | (?P<bare>[\#\w./-]+) ) \) )
    | (?P<strong> \*\*(?!\*) )
    | (?P<em> \*(?!\*) )
    | (?P<code> `(?P<verbatim>[^`\n]+)` )
    | (?P<unknown> [ ][ ]\n | [\\_<>\]`\x02\x03{}] | !\[ | \*\*\* | &(?!\#\d+;|amp;) )
    )
    """,
    re.VERBOSE,
)
_LIST = re.compile(attributes.LIST)


class Inline:
    """Converts the lines of one page."""

    def __init__(self, resolve: Callable[[str], str], definitions: Mapping[str, str]) -> None:
        """`definitions` by term; `resolve` gives the address on the site for one that Markdown has."""
        self._resolve = resolve
        self._titles = {term: attributes.text(title) for term, title in definitions.items()}
        terms = "|".join(map(re.escape, sorted(definitions, key=len, reverse=True)))
        self._terms = re.compile(rf"\b(?:{terms})\b") if terms else None
        self._known: dict[str, str] = {}
        self.ids: set[str] = set()
        """The anchors that have been given so far."""

    def html(self, text: str) -> str:
        """`text` as HTML."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._html(text)
        return known

    def taken(self, listed: str) -> Attributes:
        """What a list of attributes says; the anchor in it is one of the page."""
        read = attributes.read(listed)
        if anchor := read.get("id"):
            self.ids.add(anchor)
        return read

    def _html(self, text: str) -> str:
        # Each level of what is open: the mark that opened it, and what stands in it so far.
        levels: list[tuple[str, list[str]]] = [("", [])]
        place = 0
        while token := _TOKEN.search(text, place):
            if token.start() > place:
                levels[-1][1].append(self._words(text[place : token.start()]))
            place = token.end()
            match token.lastgroup:
                case "close":
                    place = self._link(levels, token["address"] or token["bare"] or "", text, place)
                case "open":
                    levels.append(("[", []))
                case "picture" if len(levels) == 1:
                    source = {"alt": "", "src": self._resolve(token["source"])}
                    place = self._leaf(levels, "img", None, text, place, source)
                case "raw":
                    levels[-1][1].append(token[0])
                case "strong" | "em" as kind:
                    place = self._emphasis(levels, kind, token[0], text, place)
                case "code":
                    place = self._leaf(levels, "code", _code(token["verbatim"]), text, place)
                case _:
                    raise Unfamiliar(text)
        if len(levels) > 1:
            raise Unfamiliar(text)
        return "".join([*levels[0][1], self._words(text[place:])])

    def _link(self, levels: list[tuple[str, list[str]]], address: str, text: str, place: int) -> int:
        mark, inside = levels.pop()
        if mark != "[":
            raise Unfamiliar(text)
        return self._leaf(levels, "a", "".join(inside), text, place, {"href": self._resolve(address)})

    def _emphasis(self, levels: list[tuple[str, list[str]]], kind: str, mark: str, text: str, place: int) -> int:
        if levels[-1][0] == mark:
            _, inside = levels.pop()
            # Beside a space, the mark is none, or that of another.
            if not inside or text[place - len(mark) - 1].isspace():
                raise Unfamiliar(text)
            return self._leaf(levels, kind, "".join(inside), text, place)
        if any(open_.startswith("*") for open_, _ in levels) or text[place : place + 1] in ("", " ", "\n", "*"):
            raise Unfamiliar(text)
        levels.append((mark, []))
        return place

    def _leaf(
        self,
        levels: list[tuple[str, list[str]]],
        tag: str,
        inside: str | None,
        text: str,
        place: int,
        own: Mapping[str, str | None] | None = None,
    ) -> int:
        """Add an element that ends at `place`, one that can hold nothing where that is None; where the text goes on
        behind its attributes.
        """
        found = _LIST.match(text, place) if text.startswith("{", place) else None
        has = {**(own or {}), **(self.taken(found[1]) if found else {})}
        end = " />" if inside is None else f">{inside}</{tag}>"
        levels[-1][1].append(f"<{tag}{attributes.written(has)}{end}")
        return found.end() if found else place

    def _words(self, text: str) -> str:
        if self._terms is None:
            return text
        return self._terms.sub(lambda term: f'<abbr title="{self._titles[term[0]]}">{term[0]}</abbr>', text)


def _code(text: str) -> str:
    return text.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
