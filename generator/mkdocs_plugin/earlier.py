"""The pages of the site that stands: where a build would make the same again, it takes what is there.

What a page is made from has a name, and so has the shell around it.  A page with the names of the last build, in
surroundings that are the same, is that page; every other one is made.
"""

from __future__ import annotations

import json
import os
import stat
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator.sinks.kept import Kept


class LinkTo(NamedTuple):
    """A link within the site: what it says, and the path and the anchor, if any, that it leads to."""

    said: str
    path: str
    anchor: str


class Shell(NamedTuple):
    """What stands around pages of one kind: the names of the kind and of the text, and how often the text says where
    a page's source is.
    """

    kind: str
    text: str
    sources: int


class AsWritten(NamedTuple):
    """A file of the site: its path, and its size and its moment (in nanoseconds) after it was written."""

    path: str
    size: int
    moment: int

    @classmethod
    def at(cls, site: Path, path: str) -> AsWritten:
        """As it stands; OSError where nothing does."""
        status = (site / path).lstat()
        return cls(path, status.st_size if stat.S_ISREG(status.st_mode) else -1, status.st_mtime_ns)


class Trace(NamedTuple):
    """What has come of a page, and what it came of."""

    ids: Collection[str] = ()
    """Its anchors."""
    links: Sequence[LinkTo] = ()
    entries: Sequence[Any] = ()
    """What the search knows of it."""
    facts: str = ""
    """Names all that it is made from but its shell and its source."""
    source: str = ""
    """Where its source is, as the shell says it."""
    shell: Shell | None = None
    """None where the page is to be made each time."""
    files: Sequence[AsWritten] = ()


class Again(NamedTuple):
    """What is new of a page that is taken over."""

    source: str
    files: Sequence[AsWritten]


class Earlier:
    """The pages of the last build of a site, as far as they are known."""

    def __init__(self, keeper: Kept, site: Path, surroundings: str) -> None:
        """`surroundings` names everything but the data that has a say in the pages."""
        self._keeper = keeper
        self._site = site
        self._surroundings = surroundings
        self._pages: Mapping[str, Trace] = {}
        self._gone: frozenset[str] = frozenset()
        self.made: Mapping[str, Trace] = {}
        """What has come of the pages of this build, by path."""

    def compare(self, paths: Iterable[str]) -> None:
        """Look up the last build, for one that has these pages."""
        try:
            lines = zlib.decompress(self._keeper.read() or b"").splitlines()
        except zlib.error:
            return  # it is damaged, or there is nothing
        around, *pages = map(json.loads, lines)
        if around == [self._keeper.stamp, self._surroundings]:
            links: dict[LinkTo, LinkTo] = {}  # pages of one folder have most of theirs in common
            self._pages = {path: _trace(links, *page) for path, *page in pages}
            self._gone = frozenset(self._pages.keys() - set(paths))

    def keep(self) -> None:
        """Keep what has come of the pages of this build."""
        packed = zlib.compressobj(1)  # as it stands, it is as large as all of the search
        parts = [packed.compress(_json([self._keeper.stamp, self._surroundings]))]
        parts += [packed.compress(_json([path, [*page.ids], *page[1:]])) for path, page in self.made.items()]
        self._keeper.write(b"".join([*parts, packed.flush()]))

    def known(self, path: str, facts: str) -> Trace | None:
        """The page, where it was made from these facts, and all that it leads to is still there."""
        page = self._pages.get(path)
        if page is None or page.shell is None or page.facts != facts:
            return None
        return None if self._gone and any(link.path in self._gone for link in page.links) else page

    def taken(self, page: Trace, source: str, site: Path) -> Again | None:
        """Put its files into the new site, with this source; None where they no longer are as they were written."""
        try:
            if any(AsWritten.at(self._site, file.path) != file for file in page.files):
                return None
            html = (self._site / page.files[0].path).read_bytes() if source != page.source else b""
        except OSError:
            return None
        said, sources = page.source.encode(), page.shell.sources if page.shell is not None else -1
        if html and html.count(said) != sources:
            return None
        made = []
        try:
            for file in page.files:
                target = site / file.path
                target.parent.mkdir(parents=True, exist_ok=True)
                made.append(target)
                if html and not made[1:]:
                    target.write_bytes(html.replace(said, source.encode()))
                else:
                    os.link(self._site / file.path, target)
        except OSError:
            # Some disks have no links.  What is one must not be written over: it is a file of the old site, too.
            for target in made:
                target.unlink(missing_ok=True)
            return None
        return Again(source, [AsWritten.at(site, page.files[0].path), *page.files[1:]] if html else page.files)

    def renewed(self, path: str, again: Again) -> Trace:
        """The page of this path, as it was taken over."""
        return self._pages[path]._replace(source=again.source, files=again.files)


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def _trace(
    known: dict[LinkTo, LinkTo], ids: Any, links: Any, entries: Any, facts: str, source: str, shell: Any, files: Any
) -> Trace:
    return Trace(
        ids,
        [known.setdefault(one, one) for one in (LinkTo(*link) for link in links)],
        entries,
        facts,
        source,
        Shell(*shell) if shell is not None else None,
        [AsWritten(*one) for one in files],
    )
