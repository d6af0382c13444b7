"""How much a browser has to draw for an SVG file: what refers to a part of it draws that part once more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote

DEEPEST = 100
"""So deep elements may be nested, with those that they refer to."""
MOST = 2_000_000
"""So much may be drawn, in characters of the file: twenty times what the largest file has by itself."""

_ELEMENT, _COSTLY = 20, 2_000
"""What an element costs beside its text, and one that works on each pixel."""
_SHAPES = frozenset(("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textpath"))
_PAINTS = frozenset(("fill", "stroke"))
"""What these refer to is drawn for each shape in an element, what markers are, at each point; all else for itself."""
_POINT = re.compile(r"\d+|[a-z]", re.IGNORECASE)
_REFERENCE = re.compile(r"url\s*\(\s*[\"']?\s*#([^\"')]*)", re.IGNORECASE)
_TEXT = r"""(?:"[^"]*"|'[^']*')"""
_UNPARSED = re.compile(rf"(/\*.*?(?:\*/|\Z))|url\(\s*(?:{_TEXT}|[^)]*)(?:\)|\Z)|{_TEXT}", re.DOTALL | re.IGNORECASE)
"""Comments, and other parts of a style in which braces and semicolons are only characters."""
_PARSED = re.compile(r"([{};])")
_COMBINED = re.compile(r"[\s>+~]+")
_ANYTHING = re.compile(r"[*\[:&]")
_WORD = re.compile(r"[\w-]+")


class TooMuch(Exception):
    """More than browsers can draw; the text says what that is."""


@dataclass
class _Part:
    """An element, by all `names` that a style may choose it by, what is in it, and what it refers to, by id.

    It draws `again` what these are, `once` for itself; with `paint` each shape in it, with `marks` each point of these.
    """

    names: frozenset[str]
    cost: int
    points: int
    shape: bool
    around: _Part | None
    inside: list[_Part] = field(default_factory=list)
    again: set[str] = field(default_factory=set)
    once: set[str] = field(default_factory=set)
    paint: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)


class _Sum(NamedTuple):
    """All that a part draws, the shapes and their points in it, and how deep they are nested."""

    cost: int = 0
    shapes: int = 0
    points: int = 0
    height: int = 0

    def plus(self, other: _Sum) -> _Sum:
        height = max(self.height, other.height + 1)
        return _Sum(self.cost + other.cost, self.shapes + other.shapes, self.points + other.points, height)


class DrawnParts:
    """The elements of a file, as a parser meets them; TooMuch as soon as these are."""

    def __init__(self) -> None:
        self._parts: list[_Part] = []
        self._by_id: dict[str, _Part] = {}
        self._around: list[_Part] = []
        self._sums: dict[int, _Sum | None] = {}
        """None while it is being found out."""
        self._references = 0

    def begins(self, element: str, attributes: Mapping[str, str]) -> None:
        """An element of that name, with its attributes by names in front of which the namespace may stand."""
        if len(self._around) >= DEEPEST:
            raise TooMuch(f"elements that are nested more than {DEEPEST} deep")
        name, around = element.casefold(), self._around[-1] if self._around else None
        named = (name, attributes.get("id", ""), *attributes.get("class", "").split())
        part = _Part(
            names=frozenset(map(str.casefold, named)),
            cost=_ELEMENT + sum(len(key) + _length(value) for key, value in attributes.items()),
            points=1 + sum(_points(attributes.get(one, "")) for one in ("d", "points", "style")),
            shape=name in _SHAPES,
            around=around,
        )
        part.cost += _COSTLY if name == "image" or name.startswith("fe") else 0
        for key, value in attributes.items():
            if key == "style":
                self._declare(value, [part])
            elif key.rpartition(" ")[2] != "href":
                self._refer(key, value, [part])
            elif name != "a" and (target := value.strip()).startswith("#"):
                part.again.add(target[1:])
        if around is not None:
            around.inside.append(part)
        if "id" in attributes:
            self._by_id.setdefault(attributes["id"], part)
        self._parts.append(part)
        self._around.append(part)

    def says(self, text: str) -> None:
        self._around[-1].cost += len(text)

    def ends(self) -> None:
        self._around.pop()

    def measure(self, styles: Iterable[str]) -> None:
        """Look at the whole, with these style sheets."""
        for style in styles:
            self._apply(style)
        for part in self._parts:
            if part.around is not None:
                part.paint |= part.around.paint
                part.marks |= part.around.marks
        if self._parts and self._sum(self._parts[0], 0).cost > MOST:
            raise TooMuch("shapes that are repeated too often")

    def _apply(self, style: str) -> None:
        if "path" in style.casefold():
            for one in self._parts:
                one.points += _points(style)
        rules, text = [""], ""
        for part in _PARSED.split(_UNPARSED.sub(_unparsed, style) + ";"):
            match part:
                case "{":
                    rules.append(text)
                case ";" | "}":
                    if _REFERENCE.search(text):
                        self._declare(text, self._chosen(rules[-1]))
                    if part == "}" and len(rules) > 1:
                        rules.pop()
            text = part

    def _chosen(self, selectors: str) -> list[_Part]:
        """All elements that selectors may choose; more than they do where that is hard to tell."""
        names: set[str] = set()
        for selector in selectors.casefold().split(","):
            last = _COMBINED.split(selector.strip())[-1]
            words = _WORD.findall(last)
            if not words or _ANYTHING.search(last):
                return self._parts
            names.update(words)
        return [part for part in self._parts if not names.isdisjoint(part.names)]

    def _declare(self, declarations: str, parts: list[_Part]) -> None:
        for declaration in declarations.split(";"):
            name, _, value = declaration.partition(":")
            self._refer(name.strip(), value, parts)

    def _refer(self, name: str, value: str, parts: list[_Part]) -> None:
        for target in _REFERENCE.findall(value):
            if name.startswith("--"):
                raise TooMuch("a variable of a style that refers to a part of it")
            self._references += len(parts)
            if self._references > MOST // _ELEMENT:
                raise TooMuch("references that are repeated too often")
            kind = name.casefold()
            for part in parts:
                held = part.paint if kind in _PAINTS else part.marks if kind.startswith("marker") else part.once
                held.add(target)

    def _sum(self, part: _Part, depth: int) -> _Sum:
        if id(part) in self._sums:
            known = self._sums[id(part)]
            if known is None:
                raise TooMuch("a part that draws itself")
            return known
        if depth > DEEPEST:
            raise TooMuch(f"parts that refer to each other more than {DEEPEST} deep")
        self._sums[id(part)] = None

        def of(targets: Iterable[str]) -> _Sum:
            total = _Sum()
            for target in targets:
                found = self._by_id.get(target.strip()) or self._by_id.get(unquote(target.strip()))
                total = total.plus(self._sum(found, depth + 1)) if found is not None else total
            return total

        own = _Sum(part.cost, 1, part.points) if part.shape else _Sum(part.cost)
        painted = own.plus(of(part.again))
        if painted.shapes:
            paint, marks = of(part.paint), of(part.marks)
            cost = paint.cost * painted.shapes + marks.cost * painted.points
            painted = painted.plus(_Sum(cost, height=max(paint.height, marks.height)))
        once = of(part.once)
        total = painted.plus(_Sum(once.cost, height=once.height))
        for inner in part.inside:
            total = total.plus(self._sum(inner, depth + 1))
        if total.height > DEEPEST:
            raise TooMuch(f"parts that refer to each other more than {DEEPEST} deep")
        self._sums[id(part)] = total
        return total


def _length(value: str) -> int:
    """How long a value is; a picture in it is read once, however often it is drawn."""
    return min(len(value), _COSTLY) if value.lstrip().startswith("data:") else len(value)


def _unparsed(found: re.Match[str]) -> str:
    return " " if found[1] else re.sub(r"[{};]", " ", found[0])


def _points(value: str) -> int:
    return len(_POINT.findall(value))
