"""Pages of ours that reach the site without MkDocs' two rounds over all pages, and are the same to the byte.

MkDocs keeps every page from the first round to the second, has each read by Python-Markdown and rendered by the theme.
Here a page is made, converted, put into the shell of its kind, written and forgotten.
"""

from __future__ import annotations

import json
import logging
import posixpath
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import markdown
from jinja2 import Environment
from markdown.extensions.toc import nest_toc_tokens
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import CountHandler, get_build_datetime
from mkdocs.utils.templates import TemplateContext

from generator import progress, site
from generator.conversion import SPECIMEN, Converted, Unfamiliar, convert
from generator.markdown import Meta, shown
from generator.mkdocs_plugin import searching
from generator.mkdocs_plugin.addresses import SiteAddresses
from generator.mkdocs_plugin.earlier import Again, Earlier, LinkTo, Shell, Trace
from generator.mkdocs_plugin.handed import SAID, OurData, OurFile, OurPage, put
from generator.mkdocs_plugin.settings import merged
from generator.mkdocs_plugin.shells import ListedPages, Shells
from generator.workers import shared

_PAGE_EVENTS = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page")
# What these do to a page of ours is known.  Where anything else listens to pages, MkDocs is given all of them.
_KNOWN = ("generator.mkdocs_plugin.", "material.plugins.search.", "material.plugins.offline.", "mkdocs.contrib.search")

FEW = 300
"""For fewer pages, to start processes takes longer than it saves."""
_PART = 50


@dataclass
class Made:
    """What has come of pages that were written, by path."""

    traces: dict[str, Trace] = field(default_factory=dict)

    def add(self, later: Made) -> None:
        """What has come of more pages, too."""
        self.traces |= later.traces

    def passages(self) -> Iterator[str]:
        """What the search knows of the pages, as JSON, page by page."""
        return (said for trace in self.traces.values() if (said := trace.passages))

    def links(self) -> Collection[tuple[str, LinkTo]]:
        """The first link to each anchor, with the path of the page that it is on."""
        first: dict[tuple[str, str], tuple[str, LinkTo]] = {}
        for path, trace in self.traces.items():
            for link in trace.links:
                if link.anchor:
                    first.setdefault((link.path, link.anchor), (path, link))
        return first.values()


class Host(Protocol):
    """What our plugin does to a page of ours where MkDocs does the rest."""

    def sketch(self, path: str) -> site.Sketch:
        """The page of this path of the site before it is rendered."""

    def meta(self, sketch: site.Sketch) -> Mapping[str, Meta]:
        """The front matter of the page."""

    def page(self, sketch: site.Sketch) -> site.Page:
        """The page itself."""

    def reads(self, *, ours: bool) -> None:
        """Have the next page read as one of ours, or as one of theirs."""

    def body(self, html: str) -> str:
        """What the theme is given as its content."""

    def in_context(self, context: TemplateContext, page: Page) -> TemplateContext:
        """The facts that the theme renders it from."""

    def dressed(self, html: str, page: Page) -> str:
        """The whole page as it reaches the site."""

    def passed(self, pages: int) -> None:
        """So many more are done."""


def possible(config: MkDocsConfig) -> bool:
    """Whether nothing takes part that would be given our pages, and no extension but the kit's would read them."""
    listeners = (method for event in _PAGE_EVENTS for method in config.plugins.events[event])
    return _extensions_known(config) and all(
        getattr(method, "__module__", "").startswith(_KNOWN) for method in listeners
    )


def only_known(config: MkDocsConfig) -> bool:
    """Whether every plugin and every extension of the build is one whose part in it is known."""
    plugins = (type(plugin).__module__ for plugin in config.plugins.values())
    return _extensions_known(config) and all(module.startswith(_KNOWN) for module in plugins)


def _extensions_known(config: MkDocsConfig) -> bool:
    ours = {*merged({}, config.theme.name)["markdown_extensions"], "toc", "tables", "fenced_code"}
    return set(config.markdown_extensions) <= ours


def agrees(config: MkDocsConfig) -> bool:
    """Whether Python-Markdown, with the extensions of this build, makes of every mark what we make of it."""
    with _current(config, Page(None, File.generated(config, "specimen.md", content=SPECIMEN), config)):
        theirs = markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {})
        ours = convert(SPECIMEN, lambda url: url)
        tokens = theirs.toc_tokens if theirs.convert(SPECIMEN) == ours.html else []  # type: ignore[attr-defined]
    return bool(tokens) and str(get_toc(tokens)) == str(_toc(ours))


@contextmanager
def _current(config: MkDocsConfig, page: Page) -> Iterator[None]:
    """Let extensions and templates know which page it is: paths in their options may be relative to it."""
    before, config._current_page = config._current_page, page
    try:
        yield
    finally:
        config._current_page = before


@contextmanager
def _heard() -> Iterator[CountHandler]:
    """Counts what MkDocs says meanwhile."""
    counted, logger = CountHandler(), logging.getLogger("mkdocs")
    logger.addHandler(counted)
    try:
        yield counted
    finally:
        logger.removeHandler(counted)


class Direct:
    """The pages of a build that go the direct way."""

    env: Environment
    """The theme's; MkDocs gives it before it writes anything."""

    def __init__(
        self,
        config: MkDocsConfig,
        nav: Navigation,
        files: Files,
        pages: Sequence[File],
        host: Host,
        earlier: Earlier | None = None,
    ) -> None:
        """`pages` are all that the site has, for the theme; MkDocs is left those alone that are not ours."""
        self._config = config
        self._nav = nav
        self._files = files
        self._pages = pages
        self._host = host
        self._earlier = earlier
        self._index, self._entries = _search(config)
        self._listed = ListedPages(pages)
        self._shells = Shells(config, self._rendered, self._listed)
        self._as_before = False
        """Whether the theme makes the shells that it made in the last build."""
        self._addresses = SiteAddresses(files)
        self._said: dict[str, dict[str, Any]] = {}
        """What pages say of which a template asked while they were not being made, by path."""
        for file in files:
            if isinstance(file, OurFile):
                file.leave_alone(self)

    def said(self, page: OurPage, name: str) -> Any:
        """What a page says that is not being made: its `meta`, or something of its text."""
        path = page.file.src_uri
        if name == "meta":
            page.meta = _shown(self._host.meta(self._host.sketch(path)))
            return page.meta
        # As of the list of all pages, nothing tells when it changes.
        self._listed.asked = True
        if path not in self._said:
            extensions = self._config.markdown_extensions, self._config.mdx_configs
            self._host.reads(ours=True)
            self._read(page, self._host.page(self._host.sketch(path)), {})
            self._config.markdown_extensions, self._config.mdx_configs = extensions
            self._said[path] = {one: vars(page).pop(one) for one in SAID if one != "meta"}
        return self._said[path][name]

    def make(self, paths: Iterable[str]) -> Made:
        """Write these pages and files into the site."""
        whole, listed, earlier = Made(), list(paths), self._earlier
        pages = [path for path in listed if not isinstance(self._files.src_uris[path], OurData)]
        progress.stage("pages")
        if earlier is not None:
            earlier.compare(pages, self._given())
        # One of those that are most first: compiled templates and its shell, the other processes have from here.
        in_nav = {page.file.src_uri for page in self._nav.pages}
        first = _of_most(path for path in pages if path not in in_nav)
        rest = [path for path in listed if path not in first]
        made = self._part(first)
        self._as_before = (
            earlier is not None
            and earlier.alike
            and earlier.knows(one.shell for one in made.values() if isinstance(one, Trace))
        )
        parts = [rest[start : start + _PART] for start in range(0, len(rest), _PART)]
        for part in chain([made], shared(self._part, parts, here=len(rest) < FEW)):
            for path, one in part.items():
                if isinstance(one, Again):
                    assert earlier is not None
                    one = earlier.renewed(path, one)
                whole.traces[path] = one
            self._host.passed(len(part))
            progress.stage("pages")
        whole.traces = {path: whole.traces[path] for path in pages}
        if earlier is not None:
            earlier.made = whole.traces
        return whole

    def index(self, made: Made) -> None:
        """Give what the search is to know of the pages to the theme's own index."""
        for passages in made.passages():
            self._entries += json.loads(f"[{passages}]")

    def _given(self) -> str:
        """What the theme is given for each page, besides pages and settings."""
        days = {file.page.update_date for file in self._pages if file.page is not None}
        return repr(
            [str(self._nav), [page.meta for page in self._nav.pages], sorted(days), get_build_datetime().date()]
        )

    def _has(self, shell: Shell) -> bool:
        """Whether the theme makes this very shell."""
        return self._shells.have(shell) or (self._as_before and not shell.lists)

    def _part(self, paths: Sequence[str]) -> dict[str, Trace | Again]:
        made = {}
        for path in paths:
            file = self._files.src_uris[path]
            if isinstance(file, OurData):
                file.write()
            else:
                made[path] = self._trace(path)
        return made

    def _trace(self, path: str) -> Trace | Again:
        """Have the page in the site: the one that stands already, where it would be made the same again.

        Of that one, no more is told than is new: another process would have to send the rest back.
        """
        sketch, earlier = self._host.sketch(path), self._earlier
        if earlier is None:
            return self._written(path, sketch)
        known, data = earlier.known(path), sketch.data()
        # Data are quicker to compare; facts may be the same where they are not.
        if known is not None and data and data == known.data:
            facts = known.facts
        else:
            facts = sketch.facts()
            data = data if sketch.alone else ""
        if known is not None and known.shell is not None and facts == known.facts and self._has(known.shell):
            progress.stage("files")
            if taken := earlier.taken(path, data, sketch.source, Path(self._config.site_dir)):
                return taken
        return self._written(path, sketch, facts, data)

    def check(self, made: Made, theirs: Sequence[Page]) -> None:
        """Log each link that leads to an anchor which is not there, of ours and of `theirs` that lead to ours."""
        level = self._config.validation.links.anchors
        links = made.links()
        asked = {link.path for _, link in links}
        asked.update(file.src_uri for page in theirs for file in page.links_to_anchors or ())
        for path in asked & made.traces.keys():
            self._page(path).present_anchor_ids = set(made.traces[path].ids)
        for path, link in links:
            source, target = self._page(path), self._files.src_uris[link.path]
            source.links_to_anchors = {target: {link.anchor: link.said}}
            source.validate_anchor_links(files=self._files, log_level=level)
        for page in theirs:
            their = page.links_to_anchors or {}
            page.links_to_anchors = {file: said for file, said in their.items() if file.src_uri in made.traces}
            page.validate_anchor_links(files=self._files, log_level=level)

    def _page(self, path: str) -> Page:
        page = self._files.src_uris[path].page
        assert page is not None
        return page

    def _written(self, path: str, sketch: site.Sketch, facts: str = "", data: str = "") -> Trace:
        """Write the page; `facts` and `data` name what it is made from, where a later build is to know it again."""
        file, page, config = self._files.src_uris[path], self._page(path), self._config
        ours = self._host.page(sketch)
        links: dict[tuple[str, str], LinkTo] = {}
        with _heard() as heard:
            converted = self._read(page, ours, links)
        ids = converted.ids if converted else frozenset(page.present_anchor_ids or ())
        progress.stage("search")
        known = len(self._entries)
        if converted and self._index is not None:
            searching.collect(self._index, page, converted.sections)
        else:
            config.plugins.on_page_context(self._facts(page), page=page, config=config, nav=self._nav)
        entries = self._entries[known:]
        del self._entries[known:]
        progress.stage("theme")
        html, shell = self._shells.filled(page)
        progress.stage("files")
        site = Path(config.site_dir)
        put(site / file.dest_uri, _encoded(self._host.dressed(html, page)))
        if ours.copy:
            put(site / path, _encoded(ours.copy))
        for name in ("markdown", "content", "toc"):
            delattr(page, name)
        trace = Trace.of(ids, links.values(), map(searching.written, entries))
        if not facts or heard.get_counts():
            return trace  # what was said of it is to be said again
        files = (file.dest_uri, path)[: 2 if ours.copy else 1]
        linked = converted is not None
        return trace._replace(data=data, facts=facts, source=sketch.source, shell=shell, files=files, linked=linked)

    def _read(self, page: Page, ours: site.Page, links: dict[tuple[str, str], LinkTo]) -> Converted | None:
        """Give the page what MkDocs would have read from its text, and take down its links; None where that went the
        long way.
        """
        progress.stage("Markdown")
        page.markdown, page.meta = ours.body, _shown(ours.meta)
        converted = self._converted(page, ours.body, links)
        assert page.content is not None
        page.content = self._host.body(page.content)
        return converted

    def _converted(self, page: Page, body: str, links: dict[tuple[str, str], LinkTo]) -> Converted | None:
        """Give the page its content, and take down its links; None where that went the long way."""
        try:
            converted = convert(body, self._addresses.of(page.file, links))
        except Unfamiliar:
            links.clear()
            with _current(self._config, page):
                page.render(self._config, self._files)
            for target, anchors in (page.links_to_anchors or {}).items():
                for anchor, said in anchors.items():
                    links.setdefault((target.src_uri, anchor), LinkTo(said, target.src_uri, anchor))
            return None
        page.content, page.toc = converted.html, _toc(converted)
        return converted

    def _rendered(self, page: Page) -> str:
        """The whole page as the theme renders it."""
        page.active = True
        try:
            with _current(self._config, page):
                template = self.env.get_template(page.meta.get("template", "main.html"))
                return template.render({**self._host.in_context(self._facts(page), page), "pages": self._listed})
        finally:
            page.active = False

    def _facts(self, page: Page) -> TemplateContext:
        return get_context(self._nav, self._pages, self._config, page)


def _of_most(paths: Iterable[str]) -> list[str]:
    """A page of the folder that has most of these."""
    first: dict[str, str] = {}
    folders: Counter[str] = Counter()
    for path in paths:
        folder = posixpath.dirname(path)
        folders[folder] += 1
        first.setdefault(folder, path)
    return [first[folder] for folder, _ in folders.most_common(1)]


def _search(config: MkDocsConfig) -> tuple[Any, list[Any]]:
    """The index of the theme's search, where it has one, and the list in which whichever search collects."""
    for plugin in config.plugins.values():
        index = getattr(plugin, "search_index", None)
        if type(plugin).__module__.startswith("material.plugins.search."):
            return index, getattr(index, "entries", [])
        if isinstance(entries := getattr(index, "_entries", None), list):
            return None, entries
    return None, []


def _shown(meta: Mapping[str, Meta]) -> dict[str, Any]:
    """Front matter as a theme is given it."""
    return {name: shown(value) for name, value in meta.items()}


def _toc(converted: Converted) -> Any:
    return get_toc(nest_toc_tokens([heading._asdict() for heading in converted.headings]))  # type: ignore[misc]


def _encoded(text: str) -> bytes:
    return text.encode(errors="xmlcharrefreplace")
