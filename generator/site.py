"""The whole site as pages in a fixed order, wherever they are put afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from generator import paths
from generator.compare import Edition
from generator.feeds import assistants, atom, calendars, inventory
from generator.findings import Finding, Identity, Opened
from generator.markdown import Meta, shown
from generator.model import Playbook, frozen
from generator.render import Terms, body, facts, head, render_copy, whole
from generator.views.kit.context import Context
from generator.views.kit.fingerprint import fingerprint
from generator.views.kit.view import Later, View, source
from generator.views.pages import (
    alignment,
    changes,
    coverage,
    departments,
    directory,
    directory_rows,
    editors,
    embed,
    fields,
    find,
    findings,
    first_day,
    functions,
    glossary,
    health,
    home,
    landscape,
    modes,
    ownership,
    partners,
    people,
    person,
    problems,
    quiz,
    redirects,
    routes,
    rule_guide,
    side_by_side,
    start,
    toolkit,
    types,
    value,
    which_type,
)


@dataclass(frozen=True)
class Page:
    """`path` is relative to the site's root; `body` is the text of the file, of a page without its front matter `meta`.

    It is Markdown where the path ends in .md; any other file reaches the site as it is.  `copy` is
    what stands beside the page on the site for readers of Markdown; empty where there is none.
    `file` is what one holds that is no page.
    """

    path: str
    body: str = ""
    meta: Mapping[str, Meta] = field(default_factory=lambda: frozen({}))
    copy: str = ""
    file: bytes = b""

    @property
    def markdown(self) -> bool:
        return self.path.endswith(".md")

    @property
    def content(self) -> str:
        """The whole text of the file, line ends included."""
        return whole(self.meta, self.body) if self.meta else self.body

    @property
    def data(self) -> bytes:
        """What both sinks write."""
        return self.file or self.content.encode()


class Sketch:
    """A page of which everything is known but its text."""

    def __init__(self, view: View | Later, terms: Terms) -> None:
        self._given = view
        self._origin = view.origin if isinstance(view, Later) else None
        self._terms = terms

    @cached_property
    def _view(self) -> View:
        return self._given.make() if isinstance(self._given, Later) else self._given

    def data(self) -> str:
        """Names all the data that the page is made of: two of one name are the same page, but for the line of their
        source; empty where that cannot be told before it is made.
        """
        return fingerprint(self._origin.data(), self._terms.name) if self._origin is not None else ""

    @property
    def alone(self) -> bool:
        """Whether the page came of nothing but these data."""
        return self._view.alone

    def facts(self) -> str:
        """Names what the page says in the same way; other data may come to the same facts."""
        return facts(self._view, self._terms)

    @property
    def source(self) -> str:
        """Where its source is, as a theme is given it."""
        place = self._origin.place if self._origin is not None else self._view.place
        return str(shown(source(place)))

    @property
    def meta(self) -> Mapping[str, Meta]:
        """The front matter of the page."""
        return head(self._view)

    def page(self, *, copies: bool = False) -> Page:
        """The page; with `copies` it has its copy, unless it only leads on."""
        view, terms = self._view, self._terms
        copy = render_copy(view) if copies and not view.redirect else ""
        return Page(view.path, body(view, terms), self.meta, copy)


class Site:
    """Every page of the site, in a fixed order, each made when it is asked for: the same input gives the same bytes."""

    def __init__(
        self,
        playbook: Playbook,
        editions: Sequence[Edition] = (),
        opened: Mapping[Identity, Opened] = frozen({}),
        unread: str = "",
        *,
        found: tuple[Finding, ...] | None = None,
    ) -> None:
        """`editions` say what the last commits changed, the newest first; `opened` when findings were first seen;
        `unread` why there may be more that could not be read, if so; `found` what `find` gives, where it was asked
        already.
        """
        self._terms = Terms(glossary.terms(playbook), glossary.names(playbook))
        context = Context(playbook, opened, found)
        self._pictures = {paths.logo(partner, one.kind): one.content for partner, one in playbook.logos.items()}
        shown = (view for view in views(context, editions, bool(unread)) if playbook.shows(paths.family(view.path)))
        self._views = {one.path: one for view in shown for one in _with_more(view)}
        self._context, self._editions, self._address = context, editions, ""

    @cached_property
    def _files(self) -> dict[str, Callable[[], str]]:
        """What makes the text of each file that is no page and no picture, by path."""
        plain = [view for view in self._views.values() if isinstance(view, View)]
        context, playbook = self._context, self._context.playbook
        listed = [assistants.Listed(view.path, view.title, view.description) for view in plain if view.listed]
        files = {
            **{path: make for view in plain for path, make in view.beside},
            **dict(calendars.files(playbook, context.due_dates, self._address)),
            **dict(inventory.files(playbook, context.findings)),
            paths.ASSISTANTS: lambda: assistants.text(playbook, listed),
        }
        return files | ({paths.CHANGES_FEED: lambda: atom.text(playbook, self._editions)} if self._editions else {})

    @property
    def as_of(self) -> date:
        """The day that it bears."""
        return self._context.playbook.as_of

    def at(self, address: str) -> None:
        """Say where the site will be: calendars are read far from it, and lead there."""
        self._address = address
        self.__dict__.pop("_files", None)

    @property
    def paths(self) -> tuple[str, ...]:
        """Where its pages and files belong, pages first."""
        return (*self._views, *self._files, *self._pictures)

    @property
    def unlisted(self) -> frozenset[str]:
        """The paths of those of its pages that lead on, or are made for frames: a list of pages to read has none."""
        return frozenset(path for path, view in self._views.items() if isinstance(view, View) and not view.listed)

    def page(self, path: str, *, copies: bool = False) -> Page:
        """The page or file of this path; with `copies` the page has its copy, unless it only leads on."""
        if path in self._files:
            return Page(path, file=self._files[path]().encode())
        if path in self._pictures:
            return Page(path, file=self._pictures[path])
        return self.sketch(path).page(copies=copies)

    def sketch(self, path: str) -> Sketch:
        """The page of this path before it is rendered."""
        return Sketch(self._views[path], self._terms)

    def pages(self, *, copies: bool = False) -> Iterator[Page]:
        """All pages and files, one by one."""
        return (self.page(path, copies=copies) for path in self.paths)


def _with_more(view: View | Later) -> Iterator[View | Later]:
    """The page, and those on which it goes on."""
    yield view
    if isinstance(view, View) and view.more is not None:
        yield from view.more(view)


def views(context: Context, editions: Sequence[Edition], unread: bool) -> Iterator[View | Later]:
    yield home.view(context, editions)
    yield glossary.view(context)
    yield functions.index(context)
    yield from functions.pages(context)
    yield types.index(context)
    yield from types.pages(context)
    yield side_by_side.view(context)
    yield modes.index(context)
    yield from modes.pages(context)
    yield departments.index(context)
    yield from departments.pages(context)
    yield from first_day.pages(context)
    listing = directory_rows.listing(context)
    yield landscape.view(context, listing)
    yield directory.view(context, listing)
    yield from partners.pages(context, editions)
    yield from redirects.pages(context)
    yield people.index(context)
    yield from person.pages(context)
    yield ownership.view(context)
    yield from find.pages(context, listing)
    yield coverage.view(context)
    yield routes.view(context)
    yield alignment.view(context)
    yield health.view(context)
    yield value.view(context)
    yield toolkit.view(context)
    yield findings.view(context)
    yield changes.view(context, editions, unread)
    yield from embed.pages(context)
    yield from editors.pages(context)
    yield fields.view(context)
    yield rule_guide.view(context)
    yield problems.view(context)
    yield start.view(context)
    yield which_type.view(context)
    yield quiz.view(context)
