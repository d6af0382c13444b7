"""Where the links in our pages lead on the site, as MkDocs settles it."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable
from urllib.parse import unquote, urlsplit, urlunsplit

from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import get_relative_url

from generator.conversion import Unfamiliar
from generator.mkdocs_plugin.earlier import LinkTo

_EXCLUDED = (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)


class SiteAddresses:
    """The addresses on the site of what links in Markdown name."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._resolved: defaultdict[tuple[str, bool], dict[str, tuple[str, LinkTo]]] = defaultdict(dict)
        """Where addresses lead that pages of a folder have, by that folder, and whether it is its index."""

    def of(self, file: File, links: dict[tuple[str, str], LinkTo]) -> Callable[[str], str]:
        """What gives the address on the site for one in the Markdown of a page, and takes down the link among these.

        Unfamiliar where MkDocs would warn.
        """
        known = self._resolved[posixpath.dirname(file.src_uri), file.name == "index"]
        # To itself, and to the folder of its name, no page has the way that its neighbors have.
        nearer, below = (f"{file.name}/", f"{file.name}.md"), f"{file.src_uri.removesuffix('.md')}/"

        def address(url: str) -> str:
            own = url.startswith(nearer)
            settled = known.get(url) if not own else None
            if settled is None:
                settled = self._settled(file, url)
                # To itself, and to what lies below it, each page has an address of its own.
                path = settled[1].path
                if not own and path != file.src_uri and not path.startswith(below):
                    known[url] = settled
            href, link = settled
            if link.path:
                links.setdefault((link.path, link.anchor), link)
            return href

        return address

    def _settled(self, file: File, url: str) -> tuple[str, LinkTo]:
        scheme, host, path, query, anchor = urlsplit(url)
        if scheme or host:
            return url, LinkTo(url, "", "")
        if not path and not url.startswith(("/", "\\")):
            return url, LinkTo(url, file.src_uri, anchor)
        target = self._files.src_uris.get(
            posixpath.normpath(posixpath.join(posixpath.dirname(file.src_uri), unquote(path)))
        )
        if target is None or target.inclusion in _EXCLUDED or url.startswith(("/", "\\")):
            raise Unfamiliar(url)
        address = get_relative_url(target.url, file.url)
        return urlunsplit(("", "", address, query, anchor)), LinkTo(url, target.src_uri, anchor)
