"""The pages of the site that stands: where a build would make the same again, it takes what is there.

What a page is made from has a name, and so has the shell around it.  A page with the names of the last build, in
surroundings that are the same, is that page; every other one is made.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from generator.sinks.kept import Kept, State, state


class LinkTo(NamedTuple):
    """A link within the site: what it says, and the path and the anchor, if any, that it leads to."""

    said: str
    path: str
    anchor: str


class Shell(NamedTuple):
    """What stands around pages of one kind: the names of the kind and of the text, how often the text says where a
    page's source is (less than 0: nobody knows), and whether the theme looked at the list of all pages for it.
    """

    kind: str
    text: str
    sources: int
    lists: bool


class Packed(NamedTuple):
    """What is much, of thousands of pages, and is asked for once or never: each as packed JSON."""

    ids: bytes = b""
    links: bytes = b""
    passages: bytes = b""


class Trace(NamedTuple):
    """What has come of a page, and what it came of."""

    packed: Packed = Packed()
    data: str = ""
    """Names all the data that it came of but the line of its source, where that is known."""
    facts: str = ""
    """Names what it says, but its shell and its source."""
    source: str = ""
    """Where its source is, as the shell says it."""
    shell: Shell | None = None
    """None where the page is to be made each time."""
    files: Sequence[str] = ()
    """The paths of its files on the site, that of the page first; none where it is to be made each time."""
    linked: bool = True
    """Whether `links` has all of its links."""

    @classmethod
    def of(cls, ids: Iterable[str], links: Iterable[LinkTo], passages: Iterable[str]) -> Trace:
        """`ids` are its anchors, `passages` what the search knows of it, each as JSON."""
        return cls(Packed(_packed(_json(list(ids))), _packed(_json(list(links))), _packed(",".join(passages))))

    @property
    def ids(self) -> list[str]:
        found: list[str] = json.loads(_unpacked(self.packed.ids) or "[]")
        return found

    @property
    def links(self) -> list[LinkTo]:
        return [LinkTo(*link) for link in json.loads(_unpacked(self.packed.links) or "[]")]

    @property
    def passages(self) -> str:
        """With commas between them."""
        return _unpacked(self.packed.passages)


class Again(NamedTuple):
    """What is new of a page that is taken over."""

    data: str
    source: str


class Earlier:
    """The pages of the last build of a site, as far as they are known."""

    def __init__(self, keeper: Kept, site: Path, surroundings: str) -> None:
        """`surroundings` names everything but the data that has a say in the pages."""
        self._keeper = keeper
        self._site = site
        self._surroundings = surroundings
        self._pages: Mapping[str, Trace] = {}
        self._states: Mapping[str, Sequence[State]] = {}
        """Of the files of each page."""
        self._gone: frozenset[str] = frozenset()
        self._theme = ""
        self.alike = False
        """Whether the theme is given what it was given in the last build, besides the pages."""
        self._folders: set[str] = set()
        self.made: Mapping[str, Trace] = {}
        """What has come of the pages of this build, by path."""

    def compare(self, paths: Iterable[str], theme: str) -> None:
        """Look up the last build, for one that has these pages; `theme` says what the theme is given besides them."""
        self._theme = blake2b(theme.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
        if (content := self._keeper.read(self._surroundings)) is not None:
            heads, _, packed = content.partition(b"\n")
            before, pages = json.loads(heads)
            self.alike = before == self._theme
            self._pages = dict(_traces(pages, packed))
            self._states = {path: [(*one,) for one in states] for path, states, *_ in pages}
            self._gone = frozenset(self._pages.keys() - set(paths))

    def knows(self, shells: Iterable[Shell | None]) -> bool:
        """Whether there are some, and each stood around a page of the last build."""
        before, asked = {page.shell for page in self._pages.values()}, set(shells)
        return bool(asked) and None not in asked and asked <= before

    @property
    def warned(self) -> bool:
        """Whether something was said of a page of this build, so that it is to be made each time."""
        return any(not page.files for page in self.made.values())

    def keep(self) -> None:
        """Keep what has come of the pages of this build, which stand in their place."""
        # Page by page, and joined once: a build holds most when all of its pages are made.
        heads = ",".join(
            _json([path, self._standing(page), list(map(len, page.packed)), *page[1:]])
            for path, page in self.made.items()
        )
        packed = (part for page in self.made.values() for part in page.packed)
        self._keeper.write(f"[{_json(self._theme)},[{heads}]]\n".encode(), *packed, made_of=self._surroundings)

    def _standing(self, page: Trace) -> list[State]:
        try:
            return [state(os.lstat(f"{self._site}/{file}")) for file in page.files]
        except OSError:
            return []

    def known(self, path: str) -> Trace | None:
        """The page as it was, where it may be taken over: all that it leads to is still there."""
        page = self._pages.get(path)
        if page is None or page.shell is None:
            return None
        if self._gone and (not page.linked or any(link.path in self._gone for link in page.links)):
            return None
        return page

    def taken(self, path: str, data: str, source: str, site: Path) -> Again | None:
        """Put the files of a page that is known into the new site, with this source; None where they no longer are as
        they were written.

        `data` names what it would be made of now.
        """
        page = self._pages[path]
        try:
            if self._standing(page) != self._states[path]:
                return None
            html = (self._site / page.files[0]).read_bytes() if source != page.source else b""
        except OSError:
            return None
        said, sources = page.source.encode(), page.shell.sources if page.shell is not None else -1
        if html and html.count(said) != sources:
            return None
        renewed, made = html.replace(said, source.encode()), list[str]()
        try:
            for file in page.files:
                old, new = f"{self._site}/{file}", f"{site}/{file}"
                self._folder_of(new)
                if html and not made:
                    Path(new).write_bytes(renewed)
                else:
                    os.link(old, new)
                made.append(new)
        except OSError:
            # Some disks have no links.  What is one must not be written over: it is a file of the old site, too.
            for name in (*made, new):
                Path(name).unlink(missing_ok=True)
            return None
        return Again(data, source)

    def _folder_of(self, path: str) -> None:
        """Have the folder of the path, if there is none yet."""
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)

    def renewed(self, path: str, again: Again) -> Trace:
        """The page of this path, as it was taken over."""
        return self._pages[path]._replace(**again._asdict())


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode(), 1)


def _unpacked(content: bytes) -> str:
    return zlib.decompress(content).decode() if content else ""


def _traces(heads: Iterable[Any], packed: bytes) -> Iterator[tuple[str, Trace]]:
    at = 0
    for path, _, sizes, data, facts, source, shell, files, linked in heads:
        first, second, end = accumulate(sizes)
        parts = Packed(packed[at : at + first], packed[at + first : at + second], packed[at + second : at + end])
        known = Shell(*shell) if shell is not None else None
        yield path, Trace(parts, data, facts, source, known, files, linked)
        at += end
