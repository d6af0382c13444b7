"""The plugin: it adds the pages to a build, in memory.  What can fail because of data fails in
on_config, before MkDocs clears the folder it writes to, so that `serve` keeps the last good pages.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, ClassVar, NoReturn
from urllib.parse import quote

from jinja2 import Environment, TemplateError
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation
from mkdocs.utils import get_build_timestamp
from mkdocs.utils.templates import TemplateContext

from generator import progress
from generator.boundary import answer_of_the_computer, crash_report
from generator.compare import journal
from generator.markdown import Meta
from generator.mkdocs_plugin import direct, guest, published, searching, watching
from generator.mkdocs_plugin.compiled import CompiledTemplates
from generator.mkdocs_plugin.direct import Direct
from generator.mkdocs_plugin.earlier import Earlier
from generator.mkdocs_plugin.handed import OurData, OurFile
from generator.mkdocs_plugin.messages import error_message, explained
from generator.mkdocs_plugin.on_request import OnRequest
from generator.mkdocs_plugin.options import PluginOptions, read_options
from generator.mkdocs_plugin.own import OwnSite
from generator.mkdocs_plugin.ready import NAME, Source, load
from generator.mkdocs_plugin.settings import MATERIAL, check_environment
from generator.problems import suggest
from generator.render import compile_with, without_styling
from generator.reports.printable import printable
from generator.sinks import swap
from generator.sinks.folder import ours
from generator.site import Page, Site, Sketch

_log = get_plugin_logger(NAME)


TWICE = f"{NAME} stands more than once under plugins: delete all but one"
"""What is said of a plugin whose options nobody can tell."""


class PlaybookPlugin(BasePlugin[base.LegacyConfig]):  # type: ignore[no-untyped-call]
    """Options: `data`, the data folder, relative to mkdocs.yml; `as_of`, a day; `strict`, findings fail the build;
    `audience`, the id of those whom the site is for; `under`, a folder of the site for all pages, where the site is not
    the playbook's own.
    """

    # Not a class of options: that is a dictionary with an attribute `data` of its own.  The types
    # are wide, because !ENV in mkdocs.yml turns a text into whatever YAML takes it for.
    config_scheme = (
        ("data", c.Optional(c.Type((str, int)))),
        ("as_of", c.Optional(c.Type((str, date)))),
        ("strict", c.Optional(c.Type((bool, int, str)))),
        ("audience", c.Optional(c.Type((str, int)))),
        ("under", c.Type(str, default="")),
    )

    commanded: Callable[[PluginOptions], Source] | None = None
    """What a command makes of the options, where one builds the site: it may be told otherwise."""
    given: Site | None = None
    earlier: Earlier | None = None
    """The pages of the last build, where a command knows them."""
    compiled: ClassVar[CompiledTemplates] = CompiledTemplates()
    requests: ClassVar[OnRequest | None] = None
    """Who makes the pages of a build that the server of `serve` runs."""
    _site: OwnSite | guest.Guest
    _ready: Site
    _ours: dict[str, str]
    """Which page or file of ours belongs to a path of the site."""
    _pages: Sequence[File]
    """Every page of the site, ours and theirs."""
    _direct: Direct | None
    """Makes the pages of ours, where MkDocs does not."""
    _data_left: list[OurData]
    """Files that are no pages, and are made while `serve` runs, by their paths."""
    _passages: Callable[[], Iterable[str]]
    """What our search knows of the pages that it makes."""
    _owned: frozenset[str]
    _read: dict[str, str]
    """What a page said before other plugins saw it, by its path."""
    _copies: dict[str, str]
    """What stands beside each page as Markdown, by the page's path: the copies of ours, and what people wrote."""
    _templates: dict[str, str]
    """Which template each page asks for, by the page's path; most ask for none."""
    _done: tuple[float, int]
    """How many pages are done, of how many: one that is read, but not written yet, is half done."""
    _plain: bool
    """Whether the theme has no look of ours."""

    @event_priority(100)
    def _before_other_plugins(self, config: MkDocsConfig) -> None:
        progress.stage("settings")
        with explained():
            check_environment(config)
            if sum(isinstance(plugin, PlaybookPlugin) for plugin in config.plugins.values()) > 1:
                raise PluginError(TWICE)
            self._plain = config.theme.name != MATERIAL
            self._site = self._place(config)
            self._site.bring()

    @event_priority(-100)
    def _after_other_plugins(self, config: MkDocsConfig) -> None:
        with explained():
            prefix = self._site.prefix
            docs = Path(config.docs_dir)
            reasons = [] if prefix else list(published.unfit(docs, config.theme.custom_dir, Path(config.site_dir)))
            self._ready = self.given or self._loaded(config)
            self._lead_to_editing(config)
            # Before any page is made, and before processes share them.
            compile_with(self.compiled)
            if config.site_url:
                self._ready.at(f"{config.site_url}{prefix}")
            self._ours = {prefix + path: path for path in self._ready.paths}
            self._direct, self._passages, self._data_left = None, lambda: (), []
            self._read, self._copies, self._templates = {}, {}, {}
            self._owned = frozenset(prefix + path for path in ours(docs / prefix))
            reasons += published.addresses_taken(docs, self._ours.keys(), self._owned, config)
            if reasons:
                raise PluginError("\n".join(map(printable, reasons)))

    on_config = CombinedEvent(_before_other_plugins, _after_other_plugins)

    def _lead_to_editing(self, config: MkDocsConfig) -> None:
        """Have edit links lead to the files that a page is made from; those of what an audience sees lead nowhere."""
        source, base = self._source(config), str(config.extra.get("edit_base") or "")
        if base and not base.casefold().startswith(("https://", "http://")):
            raise PluginError(
                f"edit_base under extra is {printable(base)!r}: write an address that begins with https://"
            )
        config.extra["edit_base"] = f"{base.rstrip('/')}/" if base and not source.audience else ""
        folders = {"data": source.data, "docs": Path(config.docs_dir)}
        config.extra["edit_folders"] = {name: _for_editing(folder, config) for name, folder in folders.items()}

    def _loaded(self, config: MkDocsConfig) -> Site:
        if self.requests is None:
            return load(self._source(config))[0]
        # What a build has read is kept where another follows, and nowhere else: it takes as much room as the playbook.
        ready, self.requests.read = load(self._source(config), self.requests.read)
        return ready

    def alone(self, config: MkDocsConfig) -> Files:
        """The files of a build in which no other plugin takes part; `config` gets the settings."""
        config.plugins._current_plugin = NAME  # files remember who made them
        self._before_other_plugins(config)
        self._after_other_plugins(config)
        files = self.on_files(get_files(config), config=config)
        self._fill(files)
        return files

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        # Files that `playbook pages` wrote there give way: what is in memory is newer.
        for path in self._owned | self._ours.keys():
            if stale := files.get_file_from_path(path):
                files.remove(stale)
        for path, name in self._ours.items():
            if path.endswith(".md"):
                files.append(OurFile.generated(config, path, content=""))
            else:
                files.append(OurData.of(config, path, partial(self._data, name)))
        set_exclusions(files, config)
        self._site.files(files, self._ours.keys())
        self._done = 0, len(files.documentation_pages())
        return files

    @event_priority(-100)
    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        self._pages = files.documentation_pages()
        self._site.reads(ours=True)
        if direct.possible(config) and direct.agrees(config):
            self._direct = Direct(config, nav, files, self._pages, self, self.earlier)
            for file in files:
                if isinstance(file, OurData):
                    file.later = self._data_left
        else:
            self._fill(self._pages)
        return nav

    def reads(self, *, ours: bool) -> None:
        self._site.reads(ours=ours)

    def sketch(self, path: str) -> Sketch:
        progress.stage("pages")
        return self._ready.sketch(self._ours[path])

    def _data(self, path: str) -> bytes:
        """What is in a file of ours that is no page."""
        progress.stage("files")
        return self._ready.page(path).data

    def meta(self, sketch: Sketch) -> Mapping[str, Meta]:
        # Other themes than ours print the source.
        return {name: value for name, value in sketch.meta.items() if name != "source" or not self._plain}

    def page(self, sketch: Sketch) -> Page:
        progress.stage("pages")
        try:
            page = sketch.page(copies=True)
        except TemplateError as error:
            # It is a template of the program's own, which nobody else can mend; MkDocs would blame the theme.
            raise PluginError(answer_of_the_computer(error) or crash_report()) from error
        return replace(page, meta=self.meta(sketch))

    def _fill(self, files: Iterable[File]) -> None:
        """Give the files of our pages their texts, for MkDocs or another engine to read."""
        for file in files:
            if isinstance(file, OurFile):
                page = self.page(self.sketch(file.src_uri))
                file.content_string = page.content
                if page.copy:
                    self._copies[file.src_uri] = page.copy

    @event_priority(100)
    def _hide_from_other_plugins(self, markdown: str, /, *, page: Any, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        # Some run what a page says as a program, or include the files that it names: they are given none of our texts.
        progress.stage("Markdown")
        path = page.file.src_uri
        self._read[path] = markdown
        return "" if path in self._ours else markdown

    @event_priority(-100)
    def _give_back(self, markdown: str, /, *, page: Any, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        path = page.file.src_uri
        ours, read = path in self._ours, self._read.pop(path)
        if "template" in page.meta:
            self._templates[path] = str(page.meta["template"])
        if not ours and "redirect" not in page.meta and not self._site.prefix:
            self._copies[path] = without_styling(read).strip("\n") + "\n"
        self._site.reads(ours=ours)
        return read if ours else markdown

    on_page_markdown = CombinedEvent(_hide_from_other_plugins, _give_back)

    def on_page_content(self, html: str, /, *, page: Any, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        self.passed(1 / 2)
        return self.body(html) if page.file.src_uri in self._ours else html

    def body(self, html: str) -> str:
        if not self._plain:
            return html
        return f'<div class="md-content md-typeset pb-plain" data-md-color-scheme="default">\n{html}\n</div>'

    def on_post_page(self, output: str, /, *, page: Any, config: MkDocsConfig) -> str:  # noqa: ARG002
        progress.stage("files")
        self.passed(1 / 2)
        return self.dressed(output, page) if page.file.src_uri in self._ours else output

    def dressed(self, html: str, page: Any) -> str:
        return html if "template" in page.meta else self._site.dressed(html, page)

    def passed(self, pages: float) -> None:
        done, of = self._done
        self._done = done + pages, of
        progress.pages(int(done + pages), of)

    @event_priority(100)
    def _before_search_is_written(self, *, config: MkDocsConfig) -> None:
        if self._direct is not None:
            self._site.reads(ours=True)
            pages = [file for file in self._pages if isinstance(file, OurFile)]
            if self.requests is None:
                # What is no page may take as long as a hundred of them, and is begun first.
                self._end(self._direct.make(file.src_uri for file in (*self._data_left, *pages)))
            else:
                self.requests.begin([*pages, *self._data_left], self._direct.make, partial(self._end_late, config))
            self._date_sitemap(Path(config.site_dir))
        progress.stage("search")

    def _end(self, made: direct.Made) -> None:
        """When all pages are made: say which links lead nowhere, and give the search what it is to know."""
        assert self._direct is not None
        self._direct.check(made, [file.page for file in self._pages if file.page and not isinstance(file, OurFile)])
        if self._site.searches:
            self._passages = made.passages
        else:
            self._direct.index(made)

    def _end_late(self, config: MkDocsConfig, made: direct.Made) -> None:
        """Give the search what it lacked when the build was over."""
        self._end(made)
        for plugin in config.plugins.values():
            if hasattr(plugin, "search_index"):
                plugin.on_post_build(config=config)
        self._take_over_search(config=config)

    def _date_sitemap(self, site: Path) -> None:
        """Give the packed sitemap the day of the data, as MkDocs does where it knows of all the pages."""
        plain, packed = site / "sitemap.xml", site / "sitemap.xml.gz"
        pages = [file.page for file in self._pages if file.page is not None]
        if packed.exists():
            moment = get_build_timestamp(pages=pages)
            with packed.open("wb") as file, gzip.GzipFile(str(packed), "wb", fileobj=file, mtime=moment) as zipped:
                zipped.write(plain.read_bytes())

    # After the search has written its index, and before it is copied for sites that are opened from disk.
    @event_priority(-50)
    def _take_over_search(self, *, config: MkDocsConfig) -> None:
        if self._site.searches:
            searching.take_over(Path(config.site_dir), self._passages)

    @event_priority(-100)
    def _write_copies(self, *, config: MkDocsConfig) -> None:
        progress.stage("files")
        # Beside each page its Markdown, for readers that are programs.
        for path, copy in self._copies.items():
            target = Path(config.site_dir, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(copy, encoding="utf-8", newline="\n")
        if self.given is not None or not self._site.prefix:
            swap.mark(Path(config.site_dir))
        self.compiled.keep()

    on_post_build = CombinedEvent(_before_search_is_written, _take_over_search, _write_copies)

    @event_priority(-100)
    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        progress.stage("files")
        env.bytecode_cache = self.compiled
        self._site.reads(ours=False)
        self._site.env(env)
        known = env.list_templates() if self._templates else []
        if unknown := {path: name for path, name in self._templates.items() if name not in known}:
            lines = (f"{path} asks for the template {name!r}. {suggest(name, known)}" for path, name in unknown.items())
            raise PluginError("\n".join(map(printable, lines)))
        env.globals["theme_changed"] = partial(_theme_changed, config)
        if self._direct is not None:
            self._direct.env = env
        for file in self._pages:
            if file.page is not None and self._dated(file.page):
                # The sitemap prints it, and some themes the date of the build: with today's, no two builds are alike.
                file.page.update_date = self._ready.as_of.isoformat()
        return env

    def on_template_context(self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig) -> None:  # noqa: ARG002
        progress.stage("theme")
        context["pages"] = self._pages
        if template_name == "sitemap.xml":
            unlisted = self._ready.unlisted
            context["pages"] = [file for file in self._pages if self._ours.get(file.src_uri) not in unlisted]
        if not self._site.prefix:
            context["build_date_utc"] = self._midnight()

    @event_priority(100)
    def _before_search_reads(self, context: TemplateContext, /, *, page: Any, config: MkDocsConfig, nav: Any) -> None:  # noqa: ARG002
        progress.stage("search")

    @event_priority(-100)
    def _before_the_theme(self, context: TemplateContext, /, *, page: Any, config: MkDocsConfig, nav: Any) -> None:  # noqa: ARG002
        progress.stage("theme")
        self.in_context(context, page)

    def in_context(self, context: TemplateContext, page: Any) -> TemplateContext:
        context["pages"] = self._pages
        if self._dated(page):
            context["build_date_utc"] = self._midnight()
        return context

    on_page_context = CombinedEvent(_before_search_reads, _before_the_theme)

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        others = [config.docs_dir, config.config_file_path, *config.theme.dirs]
        data = self._source(config).data
        # A commit changes no file of the data, and yet what a page says of it.
        found = [str(data), *map(str, filter(None, [journal(data), config.theme.custom_dir]))]
        # It ends with the process: a plugin with on_shutdown would be kept from one build to the next.
        watching.watch(server, found, others).start()

        requests = OnRequest()

        def patient() -> None:
            PlaybookPlugin.requests = requests
            # Where its builder raises, the server answers no request until a build succeeds.
            try:
                builder()
            except Exception as error:  # noqa: BLE001 - the server outlives whatever a build dies of
                if message := error_message(error):
                    _log.error("%s", message)
                _log.error("The build ended early: you still see the last good pages. Save a file to try again.")
            finally:
                PlaybookPlugin.requests = None

        server.builder = patient
        requests.answer(server)
        return server

    def on_pre_build(self, *, config: MkDocsConfig) -> None:  # noqa: ARG002
        # What failed before has left the last good pages, and those that are still to be made with them.
        if self.requests is not None:
            self.requests.stop()

    def _place(self, config: MkDocsConfig) -> OwnSite | guest.Guest:
        under = str(self.config["under"])
        if not under:
            return OwnSite(config)
        try:
            return guest.Guest(config, guest.folder(under))
        except ValueError as error:
            raise PluginError(f"the option under: {printable(str(error))}") from None

    def _dated(self, page: Any) -> bool:
        """Whether a page bears the day of the data; in somebody else's site, ours alone do."""
        return not self._site.prefix or page.file.src_uri in self._ours

    def _midnight(self) -> datetime:
        return datetime.combine(self._ready.as_of, time.min, UTC)

    def _source(self, config: MkDocsConfig) -> Source:
        root = Path(config.config_file_path).parent if config.config_file_path else Path()
        try:
            asked = read_options(self.config, root)
        except ValueError as error:
            raise PluginError(printable(str(error))) from None
        if self.commanded is not None:
            return self.commanded(asked)
        return Source(asked.data or root / "data", asked.as_of, asked.strict, asked.audience)


def _for_editing(folder: Path, config: MkDocsConfig) -> str:
    """The address of a folder from that of mkdocs.yml, to which `edit_base` leads; of one that is in another
    repository, from the root of that one.
    """
    here, there = Path(config.config_file_path or "mkdocs.yml").resolve().parent, folder.resolve()
    home, own = _repository(here), _repository(there)
    if own is not None and own != home:
        path = there.relative_to(own)
    elif own is not None or there.is_relative_to(here):
        path = Path(os.path.relpath(there, here))
    else:
        path = Path(folder.name)
    return f"{quote(path.as_posix())}/"


def _repository(folder: Path) -> Path | None:
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)


def _theme_changed(config: MkDocsConfig, template: str, gone: str) -> NoReturn:
    """What our templates call where they would replace a text that the theme does not hold; any other engine has no
    such function, and ends as well.
    """
    themes = entry_points(group="mkdocs.themes", name=config.theme.name or "")
    versions = [f"{one.dist.name} {one.dist.version}" for one in themes if one.dist is not None]
    theme = "".join(versions[:1]) or "the theme"
    raise PluginError(printable(f"{template} replaces {gone!r}, which {theme} does not hold"))
