"""The whole site as pages in a fixed order, wherever they are put afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import calendars
from generator.model import Playbook
from generator.render import Terms, render
from generator.views import (
    alignment,
    coverage,
    departments,
    directory,
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
from generator.views.page import Context, View


@dataclass(frozen=True)
class Page:
    """`path` is relative to the site's root; `content` is the whole text of the file, line ends included.

    It is Markdown where the path ends in .md; any other file reaches the site as it is.
    """

    path: str
    content: str

    @property
    def markdown(self) -> bool:
        return self.path.endswith(".md")


def build_pages(playbook: Playbook) -> tuple[Page, ...]:
    """Every page of the site, in a fixed order: the same playbook gives the same bytes."""
    terms = Terms(glossary.terms(playbook))
    context = Context(playbook)
    pages = [Page(view.path, render(view, terms)) for view in _views(context)]
    return (*pages, *(Page(*file) for file in calendars.files(playbook, context.due_dates)))


def _views(context: Context) -> Iterator[View]:
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
    yield problems.view(context)
    yield start.view(context)
    yield which_type.view(context)
    yield quiz.view(context)
