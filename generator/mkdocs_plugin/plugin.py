"""The plugin: it adds the pages to a build, in memory.  What can fail because of data fails in
on_config, before MkDocs clears the folder it writes to, so that `serve` keeps the last good pages.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, ClassVar, NoReturn

from jinja2 import Environment, TemplateError
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.utils.templates import TemplateContext

from generator import loading, site
from generator.boundary import answer_of_the_computer, crash_report
from generator.compare import change_log, warning
from generator.mkdocs_plugin import published, watching
from generator.mkdocs_plugin.settings import Brought
from generator.problems import suggest
from generator.render import without_styling
from generator.reports import text
from generator.reports.printable import printable
from generator.sinks import Refused, swap
from generator.sinks.folder import ours
from generator.site import Page

NAME = "playbook"
"""What mkdocs.yml calls the plugin."""

_log = get_plugin_logger(NAME)
_said = set[str]()
"""What was said already about history: `serve` builds again and again."""


@dataclass(frozen=True)
class Source:
    """Where pages come from, as a command was told; then what mkdocs.yml says about it does not count."""

    data: Path
    as_of: date | None
    strict: bool


@dataclass(frozen=True)
class Ready:
    """Pages with their copies, which only need a place, and the day that the whole site bears."""

    pages: Sequence[Page]
    as_of: date


class PlaybookPlugin(BasePlugin[base.LegacyConfig]):  # type: ignore[no-untyped-call]
    """Options: `data`, the data folder, relative to mkdocs.yml; `as_of`, a day; `strict`, findings fail the build."""

    # Not a class of options: that is a dictionary with an attribute `data` of its own.  The types
    # are wide, because !ENV in mkdocs.yml turns a text into whatever YAML takes it for.
    config_scheme = (
        ("data", c.Type((str, int), default="data")),
        ("as_of", c.Optional(c.Type((str, date)))),
        ("strict", c.Type((bool, int, str), default=False)),
    )

    commanded: ClassVar[Source | None] = None
    given: Ready | None = None
    _brought: Brought
    _ready: Ready
    _ours: dict[str, Page]
    _owned: frozenset[str]
    _copies: dict[str, str]
    """What stands beside each page as Markdown, by the page's path: the copies of ours, and what people wrote."""
    _templates: dict[str, str]
    """Which template each page asks for, by the page's path; most ask for none."""

    @event_priority(100)
    def _before_other_plugins(self, config: MkDocsConfig) -> None:
        with _explained():
            self._brought = Brought(config)
            self._brought.bring()

    @event_priority(-100)
    def _after_other_plugins(self, config: MkDocsConfig) -> None:
        with _explained():
            docs = Path(config.docs_dir)
            reasons = list(published.unfit(docs, config.theme.custom_dir, Path(config.site_dir)))
            self._ready = self.given or _load(self._source(config))
            self._ours = {page.path: page for page in self._ready.pages}
            self._copies, self._templates = {}, {}
            self._owned = ours(docs)
            reasons += published.addresses_taken(docs, {page.path for page in self._ready.pages}, self._owned, config)
            if reasons:
                raise PluginError("\n".join(map(printable, reasons)))

    on_config = CombinedEvent(_before_other_plugins, _after_other_plugins)

    def alone(self, config: MkDocsConfig) -> Files:
        """The files of a build in which no other plugin takes part; `config` gets the settings."""
        config.plugins._current_plugin = NAME  # files remember who made them
        self._before_other_plugins(config)
        self._after_other_plugins(config)
        return self.on_files(get_files(config), config=config)

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        # Files that `playbook pages` wrote there give way: what is in memory is newer.
        for path in self._owned | {page.path for page in self._ready.pages}:
            if stale := files.get_file_from_path(path):
                files.remove(stale)
        for page in self._ready.pages:
            # MkDocs would end the lines of a text as the system does; bytes reach the site as they are.
            content = page.content if page.markdown else page.content.encode()
            files.append(File.generated(config, page.path, content=content))
        set_exclusions(files, config)
        self._brought.nav(files, self._ours.keys())
        return files

    def on_page_markdown(self, markdown: str, /, *, page: Any, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        if "template" in page.meta:
            self._templates[page.file.src_uri] = str(page.meta["template"])
        if "redirect" not in page.meta:
            path = page.file.src_uri
            ours = self._ours.get(path)
            self._copies[path] = ours.copy if ours is not None else without_styling(markdown).strip("\n") + "\n"

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        # Beside each page its Markdown, for readers that are programs.
        for path, copy in self._copies.items():
            target = Path(config.site_dir, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(copy, encoding="utf-8", newline="\n")
        swap.mark(Path(config.site_dir))

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        known = env.list_templates()
        if unknown := {path: name for path, name in self._templates.items() if name not in known}:
            lines = (f"{path} asks for the template {name!r}. {suggest(name, known)}" for path, name in unknown.items())
            raise PluginError("\n".join(map(printable, lines)))
        env.globals["theme_changed"] = partial(_theme_changed, config)
        for file in files.documentation_pages():
            if file.page is not None:
                # The sitemap prints it, and some themes the date of the build: with today's, no two builds are alike.
                file.page.update_date = self._ready.as_of.isoformat()
        return env

    def on_template_context(self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig) -> None:  # noqa: ARG002
        context["build_date_utc"] = self._midnight()

    def on_page_context(self, context: TemplateContext, /, *, page: Any, config: MkDocsConfig, nav: Any) -> None:  # noqa: ARG002
        context["build_date_utc"] = self._midnight()

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        others = [config.docs_dir, config.config_file_path, *config.theme.dirs]
        # It ends with the process: a plugin with on_shutdown would be kept from one build to the next.
        watching.watch(server, str(self._source(config).data), others).start()

        def patient() -> None:
            # Where its builder raises, the server answers no request until a build succeeds.
            try:
                builder()
            except Exception as error:  # noqa: BLE001 - the server outlives whatever a build dies of
                if message := error_message(error):
                    _log.error("%s", message)
                _log.error("The build ended early: you still see the last good pages. Save a file to try again.")

        server.builder = patient
        return server

    def _midnight(self) -> datetime:
        return datetime.combine(self._ready.as_of, time.min, UTC)

    def _source(self, config: MkDocsConfig) -> Source:
        if self.commanded is not None:
            return self.commanded
        strict = str(self.config["strict"]).casefold()
        if strict not in ("true", "1", "yes", "on", "false", "0", "no", "off", ""):
            raise PluginError(f"the option strict is true or false, not {printable(strict)!r}")
        as_of = self.config["as_of"] or None
        if isinstance(as_of, str):
            try:
                as_of = loading.day(as_of)
            except ValueError as error:
                raise PluginError(f"the option as_of: {printable(str(error))}") from None
        root = Path(config.config_file_path).parent if config.config_file_path else Path()
        return Source(root / str(self.config["data"]), as_of, strict in ("true", "1", "yes", "on"))


def _theme_changed(config: MkDocsConfig, template: str, gone: str) -> NoReturn:
    """What our templates call where they would replace a text that the theme does not hold; any other engine has no
    such function, and ends as well.
    """
    themes = entry_points(group="mkdocs.themes", name=config.theme.name or "")
    versions = [f"{one.dist.name} {one.dist.version}" for one in themes if one.dist is not None]
    theme = "".join(versions[:1]) or "the theme"
    raise PluginError(printable(f"{template} replaces {gone!r}, which {theme} does not hold"))


def message_of(error: MkDocsException) -> str:
    """What the error says beyond what MkDocs has logged already; maybe nothing."""
    # "Aborted with ..." follows what was logged already.
    message = error.format_message()
    return "" if message.startswith("Aborted with a ") else message


def template_message(error: TemplateError) -> str:
    """Where a template of the theme, or of the company's own look, is wrong, and what is."""
    where = ":".join(str(part) for part in (getattr(error, "filename", None), getattr(error, "lineno", None)) if part)
    return f"the template {where}: {error.message}" if where else f"a template of the theme: {error.message}"


def error_message(error: Exception) -> str:
    """What is to be said of an error that ended a build; a crash report where it is a bug."""
    if isinstance(error, MkDocsException):
        return message_of(error)
    if isinstance(error, TemplateError):
        return template_message(error)
    return answer_of_the_computer(error) or crash_report()


def _load(source: Source) -> Ready:
    checked = loading.load_folder(source.data, source.as_of, date.today())
    failed = checked.playbook is None or (source.strict and checked.problems)
    if failed or checked.playbook is None:
        raise PluginError("\n" + text.report(checked.problems, checked.documents, _named(source.data)))
    if checked.problems:
        _log.info("%s: the findings page lists them", text.summary(checked.problems))
    as_of = checked.playbook.as_of
    changes = change_log(source.data, as_of)
    if changes.unread and changes.unread not in _said:
        _said.add(changes.unread)
        # No warning of MkDocs: strictness is about the data.
        _log.info("%s", printable(warning(changes.unread)))
    return Ready(site.build_pages(checked.playbook, *changes, copies=True), as_of)


def _named(data: Path) -> str:
    """The data folder as people at this prompt would name it."""
    path = os.path.relpath(data)
    return str(data) if path.startswith("..") else path


@contextmanager
def _explained() -> Iterator[None]:
    """Whatever goes wrong inside becomes a PluginError, which MkDocs prints without a traceback."""
    try:
        yield
    except PluginError:
        raise
    except Refused as refused:
        raise PluginError("\n".join(map(printable, refused.reasons))) from None
    except Exception as error:
        raise PluginError(answer_of_the_computer(error) or crash_report()) from error
