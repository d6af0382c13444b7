"""Pages of ours that reach the site without MkDocs' two rounds over all pages, and are the same to the byte.

MkDocs keeps every page from the first round to the second, has each read by Python-Markdown and rendered by the theme.
Here a page is made, converted, put into the shell of its kind, written and forgotten.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from urllib.parse import unquote, urlsplit, urlunsplit

import markdown
from jinja2 import Environment
from markdown.extensions.toc import nest_toc_tokens
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from generator import progress, site
from generator.conversion import SPECIMEN, Converted, Unfamiliar, convert
from generator.markdown import shown
from generator.mkdocs_plugin import searching
from generator.mkdocs_plugin.settings import merged
from generator.mkdocs_plugin.shells import Shells
from generator.mkdocs_plugin.workers import shared

_PAGE_EVENTS = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page")
# What these do to a page of ours is known.  Where anything else listens to pages, MkDocs is given all of them.
_KNOWN = ("generator.mkdocs_plugin.", "material.plugins.search.", "material.plugins.offline.", "mkdocs.contrib.search")

_EXCLUDED = (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)


class OurFile(File):
    """A page of ours among the files of MkDocs."""

    direct = False
    """Whether MkDocs leaves it alone."""

    def leave_alone(self) -> None:
        """Have MkDocs know the address of the page, and no more."""
        assert self.url  # it is worked out once, for as long as this is a page
        self.direct = True

    def is_documentation_page(self) -> bool:
        return not self.direct

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing: it is written elsewhere."""


class _Link(NamedTuple):
    """A link to an anchor: the path of the page it is on, what it says, and the path and the anchor it leads to."""

    page: str
    said: str
    path: str
    anchor: str


@dataclass
class Made:
    """What has come of pages that were written."""

    ids: dict[str, Collection[str]] = field(default_factory=dict)
    """Their anchors, by path."""
    links: dict[tuple[str, str], _Link] = field(default_factory=dict)
    """The first link to each anchor, by its path and the anchor."""
    entries: list[Any] = field(default_factory=list)
    """What the search knows of them."""

    def add(self, later: Made) -> None:
        """What has come of more pages, too."""
        self.ids |= later.ids
        self.links = later.links | self.links
        self.entries += later.entries


class Host(Protocol):
    """What our plugin does to a page of ours where MkDocs does the rest."""

    def page(self, path: str) -> site.Page:
        """The page of this path of the site."""

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
    with _read(config, Page(None, File.generated(config, "specimen.md", content=SPECIMEN), config)):
        theirs = markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {})
        ours = convert(SPECIMEN, lambda url: url)
        tokens = theirs.toc_tokens if theirs.convert(SPECIMEN) == ours.html else []  # type: ignore[attr-defined]
    return bool(tokens) and str(get_toc(tokens)) == str(_toc(ours))


@contextmanager
def _read(config: MkDocsConfig, page: Page) -> Iterator[None]:
    """Let extensions know which page is read: paths in their options may be relative to it."""
    config._current_page = page
    try:
        yield
    finally:
        config._current_page = None


class Direct:
    """The pages of a build that go the direct way."""

    def __init__(
        self,
        config: MkDocsConfig,
        nav: Navigation,
        files: Files,
        env: Environment,
        pages: Sequence[File],
        host: Host,
    ) -> None:
        """`pages` are all that the site has, for the theme."""
        self._config = config
        self._nav = nav
        self._files = files
        self._env = env
        self._pages = pages
        self._host = host
        self._index, self._entries = _search(config)
        self._shells = Shells(config, self._rendered)
        self._resolved: dict[tuple[str, bool, bool, str], tuple[str, str, str]] = {}

    def make(self, paths: Iterable[str]) -> Made:
        """Write these pages into the site."""
        whole = Made()
        progress.stage("pages")
        for number, made in shared(self._part, list(paths)):
            whole.add(made)
            self._host.passed(number)
            progress.stage("pages")
        return whole

    def end(self, made: Made, theirs: Iterable[Page]) -> None:
        """When all pages are made: give the search what it is to know, and log the links that lead nowhere."""
        self._entries += made.entries
        self._check(made, theirs)

    def _part(self, paths: Sequence[str]) -> Made:
        made, known = Made(), len(self._entries)
        for path in paths:
            self._write(path, made)
        made.entries = self._entries[known:]
        del self._entries[known:]
        return made

    def _check(self, made: Made, theirs: Iterable[Page]) -> None:
        """Log each link that leads to an anchor which is not there, of ours and of `theirs` that lead to ours."""
        level = self._config.validation.links.anchors
        for path, ids in made.ids.items():
            file = self._files.get_file_from_path(path)
            assert file is not None
            assert file.page is not None
            file.page.present_anchor_ids = set(ids)
        for link in made.links.values():
            source, target = self._files.get_file_from_path(link.page), self._files.get_file_from_path(link.path)
            assert source is not None
            assert source.page is not None
            assert target is not None
            source.page.links_to_anchors = {target: {link.anchor: link.said}}
            source.page.validate_anchor_links(files=self._files, log_level=level)
        for page in theirs:
            links = page.links_to_anchors or {}
            page.links_to_anchors = {file: said for file, said in links.items() if file.src_uri in made.ids}
            page.validate_anchor_links(files=self._files, log_level=level)

    def _write(self, path: str, made: Made) -> None:
        file = self._files.get_file_from_path(path)
        assert file is not None
        assert file.page is not None
        page, config = file.page, self._config
        ours = self._host.page(path)
        give(page, ours)
        progress.stage("Markdown")
        converted = self._converted(page, ours.body, made)
        assert page.content is not None
        page.content = self._host.body(page.content)
        progress.stage("search")
        if converted and self._index is not None:
            searching.collect(self._index, page, converted.sections)
        else:
            config.plugins.on_page_context(self._facts(page), page=page, config=config, nav=self._nav)
        progress.stage("theme")
        html = self._host.dressed(self._shells.filled(page), page)
        progress.stage("files")
        _put(Path(file.abs_dest_path), html)
        if ours.copy:
            _put(Path(config.site_dir, path), ours.copy)
        page.content, page.markdown, page.toc = None, "", get_toc([])

    def _converted(self, page: Page, body: str, made: Made) -> Converted | None:
        """Give the page its content; None where that went the long way."""
        links: list[_Link] = []
        converted = None
        try:
            converted = convert(body, lambda url: self._address(page.file, url, links))
        except Unfamiliar:
            with _read(self._config, page):
                page.render(self._config, self._files)
            made.ids[page.file.src_uri] = frozenset(page.present_anchor_ids or ())
            for target, anchors in (page.links_to_anchors or {}).items():
                links += [_Link(page.file.src_uri, said, target.src_uri, anchor) for anchor, said in anchors.items()]
        else:
            page.content, page.toc = converted.html, _toc(converted)
            made.ids[page.file.src_uri] = converted.ids
        for link in links:
            made.links.setdefault((link.path, link.anchor), link)
        return converted

    def _address(self, file: File, url: str, links: list[_Link]) -> str:
        """The address on the site for one in Markdown, as MkDocs settles it; Unfamiliar where it would warn."""
        # To itself, and to the folder of its name, no page has the way that its neighbors have.
        nearer = url.startswith((f"{file.name}/", f"{file.name}.md"))
        key = (posixpath.dirname(file.src_uri), file.name == "index", nearer, url)
        known = self._resolved.get(key)
        if known is None:
            known = self._settled(file, url)
            # To itself, and to what lies below it, each page has an address of its own.
            if known[1] != file.src_uri and not known[1].startswith(f"{file.src_uri.removesuffix('.md')}/"):
                self._resolved[key] = known
        address, path, anchor = known
        if anchor:
            links.append(_Link(file.src_uri, url, path, anchor))
        return address

    def _settled(self, file: File, url: str) -> tuple[str, str, str]:
        scheme, host, path, query, anchor = urlsplit(url)
        if scheme or host:
            return url, "", ""
        if not path and not url.startswith(("/", "\\")):
            return url, file.src_uri, anchor
        target = self._files.get_file_from_path(
            posixpath.normpath(posixpath.join(posixpath.dirname(file.src_uri), unquote(path)))
        )
        if target is None or target.inclusion in _EXCLUDED or url.startswith(("/", "\\")):
            raise Unfamiliar(url)
        address = get_relative_url(target.url, file.url)
        return urlunsplit(("", "", address, query, anchor)), target.src_uri, anchor

    def _rendered(self, page: Page) -> str:
        """The whole page as the theme renders it."""
        page.active = True
        self._config._current_page = page
        try:
            template = self._env.get_template(page.meta.get("template", "main.html"))
            return template.render(self._host.in_context(self._facts(page), page))
        finally:
            page.active = False
            self._config._current_page = None

    def _facts(self, page: Page) -> TemplateContext:
        return get_context(self._nav, self._pages, self._config, page)


def _search(config: MkDocsConfig) -> tuple[Any, list[Any]]:
    """The index of the theme's search, where it has one, and the list in which whichever search collects."""
    for plugin in config.plugins.values():
        index = getattr(plugin, "search_index", None)
        if type(plugin).__module__.startswith("material.plugins.search."):
            return index, getattr(index, "entries", [])
        if isinstance(entries := getattr(index, "_entries", None), list):
            return None, entries
    return None, []


def give(page: Page, ours: site.Page) -> None:
    """Give the page what MkDocs would have read from its text."""
    page.markdown = ours.body
    page.meta = {name: shown(value) for name, value in ours.meta.items()}


def _toc(converted: Converted) -> Any:
    return get_toc(nest_toc_tokens([heading._asdict() for heading in converted.headings]))  # type: ignore[misc]


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", errors="xmlcharrefreplace", newline="\n")
