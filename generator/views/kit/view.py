"""What every view returns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from generator.problems import NOWHERE, Place

TAXONOMY = Place("taxonomy.yml")
"""What made the pages about the whole taxonomy."""
LAST = 0.1
"""The rank in search of pages for editors: few who search want to edit, and these pages hold words of every kind."""


@dataclass(frozen=True)
class View:
    """One page before it is rendered.

    `facts` are what the template of that name places, by name.  `place` is what made the page
    (NOWHERE: the whole inventory).  `trail` leads from the home page to it: (title, page path).
    `boost` ranks the page in search; 1 is the usual rank, 0 leaves the page out.  `redirect` sends
    readers on to "ID/", a page of the same folder.  `framed`: nothing stands around it, since it is
    made for a frame of another page.  `tooltips`: terms explain themselves on it.
    `alone`: it was made from the data of its origin, and nothing else was looked at.
    `feed` is the path of a feed that tells what is new on it, `script` that of one with its rows.  `beside` are
    files that the page needs: (path, what makes the text).  `more` gives the pages on which it goes on.
    """

    path: str
    template: str
    title: str
    description: str
    facts: object
    place: Place = NOWHERE
    trail: tuple[tuple[str, str], ...] = ()
    boost: float = 1
    hide: tuple[str, ...] = ()
    redirect: str = ""
    framed: bool = False
    tooltips: bool = True
    alone: bool = False
    feed: str = ""
    script: str = ""
    beside: tuple[tuple[str, Callable[[], str]], ...] = ()
    more: Callable[[View], Iterator[Later]] | None = None

    @property
    def listed(self) -> bool:
        """Whether lists of the site's pages have it: it is one to read, and on its own."""
        return not self.redirect and not self.framed


@dataclass(frozen=True)
class Origin:
    """What is known of a page before its view is made: the place of that, and what gives all the data behind it."""

    place: Place
    data: Callable[[], object]


@dataclass(frozen=True)
class Later:
    """A page of a kind that there may be thousands of: its path, and what makes its view when its turn comes; its
    `origin` is None where that cannot be told before.
    """

    path: str
    make: Callable[[], View]
    origin: Origin | None = None


def source(place: Place) -> str:
    """Where a page's source is; empty where the program alone made the page: a theme then offers nothing to edit."""
    return f"{quote(place.file)}#L{place.line}" if place.file else ""
