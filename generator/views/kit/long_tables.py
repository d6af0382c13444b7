"""Tables that are too long for a page: it shows their first rows, and pages by letter hold all of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any, Generic, TypeVar

from generator import paths
from generator.markdown import Md, join, md, span
from generator.views.kit.links import Links
from generator.views.kit.tables import Table
from generator.views.kit.view import Later, View
from generator.views.kit.words import MANY, abridged

ROWS = 200
"""How many rows a page shows of a table: nobody reads on, and browsers slow down."""
_IN_ALL = 500
"""How many rows it shows of all the tables that it has of one kind, such as one for each department."""
_LEAST = 10

_NOBODY, _SIGNS, _OTHERS = "nobody", "0–9", "other"
_FIRST_AND_LAST = {_NOBODY: 0, _SIGNS: 1, _OTHERS: 3}

Item = TypeVar("Item")


def fair(sizes: Iterable[int]) -> int:
    """How many rows to show of each of several tables of one page, which are so long."""
    known = list(sizes)
    fitting = (rows for rows in range(ROWS, _LEAST, -1) if sum(min(size, rows) for size in known) <= _IN_ALL)
    return next(fitting, _LEAST)


def fair_names(sizes: Iterable[int]) -> int:
    """How many names to show in each of several cells of one page, which have so many."""
    return min(MANY, fair(sizes))


@dataclass(frozen=True)
class PartFacts:
    """What `part.md.j2` places."""

    size: str
    names: Md
    page: Md
    of: str
    letters: Md
    table: Table


@dataclass(frozen=True)
class _Part(Generic[Item]):
    """The rows of one letter, or some of too many; `first` and `last` are the names that they span."""

    path: str
    label: str
    items: Sequence[Item]
    first: str
    last: str


@dataclass(frozen=True)
class _Long(Generic[Item]):
    """A table that is cut: all of its parts, and how rows are made of them."""

    heading: str
    anchor: str
    of: str
    total: int
    parts: tuple[_Part[Item], ...]
    make: Callable[[Links, Sequence[Item]], Table]

    def pages(self, view: View, links: Links) -> Iterator[Later]:
        for part in self.parts:
            yield Later(part.path, partial(self._page, view, links, part))

    def _page(self, view: View, links: Links, part: _Part[Item]) -> View:
        here = replace(links, here=part.path)
        return View(
            path=part.path,
            template="part.md.j2",
            title=f"{view.title}: {self.heading}, {part.label}",
            description=f"Part of what is too long for the page {view.title}: {self.heading}, {part.label}.",
            facts=PartFacts(
                size=f"{len(part.items)} of {self.total}",
                names=_span(part.first, part.last),
                page=here.to(view.title, f"{view.path}#{self.anchor}" if self.anchor else view.path),
                of=self.of,
                letters=self.letters(here),
                table=self.make(here, part.items),
            ),
            place=view.place,
            trail=(*view.trail, (view.title, view.path)),
            # Whom it names has a page of its own; this one would stand in front of it.
            boost=0,
            hide=("toc",),
            tooltips=False,
        )

    def letters(self, links: Links) -> Md:
        """A link to each part; the one that it stands on has none."""

        def label(part: _Part[Item]) -> Md:
            return md("**{}**", part.label) if part.path == links.here else links.to(part.label, part.path)

        return join(", ", (span("pb-nowrap", label(part)) for part in self.parts))


class LongTables:
    """The tables of one page that may grow long, each by a name of its own, from which its addresses are made."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._long: list[_Long[Any]] = []

    def table(
        self,
        name: str,
        items: Sequence[Item],
        make: Callable[[Links, Sequence[Item]], Table],
        by: Callable[[Item], str],
        *,
        heading: str = "",
        anchor: str = "",
        of: str = "partner",
        rows: int = ROWS,
        filtered: str = "",
        then: Callable[[Item], str] = lambda _: "",
    ) -> Table:
        """What `make` makes of the items, or of so many `rows`, with a line that says where all of them are.

        `by` gives the name in whose order the parts are, and `of` says whose name that is; `heading` says in a word or
        two what the items are, where the name does not; `anchor` is the section that the table stands in, where it is
        not the name; `filtered` is the address of the directory that shows these very rows, where one does.  `then`
        gives the name by which one finds a row among too many of one and the same.
        """
        if len(items) <= rows:
            return make(self._links, items)
        long = self._cut(name, items, make, by, heading, anchor or name, of, then)
        letters = long.letters(self._links)
        rest = md("The first {} of {}. All of them by the {}’s name: {}.", rows, len(items), of, letters)
        if filtered:
            rest = md("{} Or filter them in the {}.", rest, self._links.to("directory", filtered))
        return replace(make(self._links, items[:rows]), rest=rest)

    def names(
        self,
        name: str,
        items: Sequence[Item],
        label: Callable[[Links, Item], Md],
        by: Callable[[Item], str],
        *,
        heading: str,
        anchor: str = "",
        of: str = "partner",
    ) -> Md:
        """The items with commas between them; of a long list the first ones, and a link to where all of them are.

        `heading` says what they are, and `anchor` which section they stand in, where they do not open the page.
        """

        def make(links: Links, some: Sequence[Item]) -> Table:
            return Table((f"{heading[:1].upper()}{heading[1:]}",), tuple((label(links, item),) for item in some))

        def whole(more: str) -> Md:
            return self._links.to(more, self._cut(name, items, make, by, heading, anchor, of).parts[0].path)

        return abridged(items, partial(label, self._links), whole)

    def pages(self, view: View) -> Iterator[Later]:
        """The pages of all parts of the tables of `view`."""
        for long in self._long:
            yield from long.pages(view, self._links)

    def _cut(
        self,
        name: str,
        items: Sequence[Item],
        make: Callable[[Links, Sequence[Item]], Table],
        by: Callable[[Item], str],
        heading: str,
        anchor: str,
        of: str,
        then: Callable[[Item], str] = lambda _: "",
    ) -> _Long[Item]:
        folder = paths.parts(self._links.here, name)
        long = _Long(heading or name, anchor, of, len(items), tuple(_parts(folder, items, by, then)), make)
        self._long.append(long)
        return long


def _parts(
    folder: str, items: Iterable[Item], by: Callable[[Item], str], then: Callable[[Item], str]
) -> Iterator[_Part[Item]]:
    """The items sorted by name, in parts that are not too long: some letters each, or some of one letter's names, or of
    one and the same name some of those that come then.
    """
    for letters, named in _runs(items, by):
        only = named[0][0] if len(named) > ROWS and named[0][0] == named[-1][0] else None
        if only is not None:
            named = sorted(((then(item), item) for _, item in named), key=lambda pair: pair[0].casefold())
        several = [named[start : start + ROWS] for start in range(0, len(named), ROWS)]
        labels = _labels(letters, [(some[0][0], some[-1][0]) for some in several], only)
        for number, (some, label) in enumerate(zip(several, labels, strict=True), 1):
            path = f"{folder}{_slug(letters[0])}{f'-{number}' if number > 1 else ''}.md"
            first, last = (some[0][0], some[-1][0]) if only is None else (only, only)
            yield _Part(path, label, [item for _, item in some], first, last)


def _runs(items: Iterable[Item], by: Callable[[Item], str]) -> Iterator[tuple[list[str], list[tuple[str, Item]]]]:
    """The items with their names, sorted, letter by letter, and as many letters together as fit into one part."""
    by_letter: dict[str, list[tuple[str, Item]]] = {}
    for item in items:
        name = " ".join(by(item).split())
        by_letter.setdefault(_letter(name), []).append((name, item))
    letters: list[str] = []
    run: list[tuple[str, Item]] = []
    for letter in sorted(by_letter, key=lambda letter: (_FIRST_AND_LAST.get(letter, 2), letter)):
        alone = not _FIRST_AND_LAST.keys().isdisjoint([letter, *letters])
        if run and (alone or len(run) + len(by_letter[letter]) > ROWS):
            yield letters, run
            letters, run = [], []
        letters.append(letter)
        run += sorted(by_letter[letter], key=lambda pair: pair[0].casefold())
    yield letters, run


def _letter(name: str) -> str:
    """The letter under which one looks for a name; scripts without capitals may have thousands, and share one."""
    return _letter_of(unicodedata.normalize("NFKD", name)[:1])


@lru_cache(1024)
def _letter_of(beginning: str) -> str:
    first = beginning.upper()[:1]
    if not first:
        return _NOBODY
    if not first.isalpha():
        return _SIGNS
    return first if first != first.lower() else _OTHERS


def _slug(letter: str) -> str:
    if letter in _FIRST_AND_LAST:
        return letter.replace("–", "-")
    return letter.lower() if letter.isascii() else f"{ord(letter):x}"


def _labels(letters: Sequence[str], spans: Sequence[tuple[str, str]], only: str | None) -> list[str]:
    """What to call the parts: from which beginning to which, or by number where that tells none apart; `only` is the
    name of whom all of them are, if that is one.
    """
    if len(spans) == 1:
        return [letters[0] if len(letters) == 1 else f"{letters[0]}–{letters[-1]}"]
    beginnings = [[name[:3].strip() for name in span] for span in spans]
    labels = [first if first == last else f"{first}–{last}" for first, last in beginnings]
    if len(set(labels)) == len(labels):
        return labels if only is None else [f"{only or _NOBODY}: {label}" for label in labels]
    return [f"{letters[0]} {number}" for number in range(1, len(spans) + 1)]


def _span(first: str, last: str) -> Md:
    return md("from {} to {}", first, last) if first != last else md("{}", first or _NOBODY)
