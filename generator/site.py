"""The whole site as pages in a fixed order, wherever they are put afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.compare import Edition
from generator.feeds import assistants, atom, calendars, inventory
from generator.findings import Finding, Identity, Opened
from generator.model import Playbook, frozen
from generator.render import Terms, render, render_copy
from generator.views.kit.context import Context
from generator.views.kit.view import View
from generator.views.pages import (
    alignment,
    changes,
    coverage,
    departments,
    directory,
    editors,
    fields,
    findings,
    functions,
    glossary,
    health,
    home,
    modes,
    ownership,
    partners,
    people,
    problems,
    quiz,
    redirects,
    routes,
    start,
    toolkit,
    types,
    value,
    which_type,
)


@dataclass(frozen=True)
class Page:
    """`path` is relative to the site's root; `content` is the whole text of the file, line ends included.

    It is Markdown where the path ends in .md; any other file reaches the site as it is.  `copy` is
    what stands beside the page on the site for readers of Markdown; empty where there is none.
    """

    path: str
    content: str
    copy: str = ""

    @property
    def markdown(self) -> bool:
        return self.path.endswith(".md")


def build_pages(
    playbook: Playbook,
    editions: Sequence[Edition] = (),
    opened: Mapping[Identity, Opened] = frozen({}),
    unread: str = "",
    *,
    found: tuple[Finding, ...] | None = None,
    copies: bool = False,
) -> tuple[Page, ...]:
    """Every page of the site, in a fixed order: the same input gives the same bytes.

    `editions` say what the last commits changed, the newest first; `opened` when findings were first seen;
    `unread` why there may be more that could not be read, if so; `found` what `find` gives, where it was asked
    already.  With `copies` each page has its copy, but for those that only lead on.
    """
    terms = Terms(glossary.terms(playbook))
    context = Context(playbook, opened, found)
    pages, listed = [], []
    files: list[tuple[str, str]] = []
    for view in views(context, editions, bool(unread)):
        copy = render_copy(view) if copies and not view.redirect else ""
        pages.append(Page(view.path, render(view, terms), copy))
        listed.append(assistants.Listed(view.path, view.title, view.description))
        files += view.beside
    files += [
        *calendars.files(playbook, context.due_dates),
        *inventory.files(playbook, context.findings),
        assistants.file(playbook, listed),
    ]
    if editions:
        files.append(atom.file(playbook, editions))
    return (*pages, *(Page(*file) for file in files))


def views(context: Context, editions: Sequence[Edition], unread: bool) -> Iterator[View]:
    yield home.view(context)
    yield glossary.view(context)
    yield functions.index(context)
    yield from functions.pages(context)
    yield types.index(context)
    yield from types.pages(context)
    yield modes.index(context)
    yield from modes.pages(context)
    yield departments.index(context)
    yield from departments.pages(context)
    yield directory.view(context)
    yield from partners.pages(context)
    yield from redirects.pages(context)
    yield people.view(context)
    yield ownership.view(context)
    yield coverage.view(context)
    yield routes.view(context)
    yield alignment.view(context)
    yield health.view(context)
    yield value.view(context)
    yield toolkit.view(context)
    yield findings.view(context)
    yield changes.view(context, editions, unread)
    yield from editors.pages(context)
    yield fields.view(context)
    yield problems.view(context)
    yield start.view(context)
    yield which_type.view(context)
    yield quiz.view(context)
