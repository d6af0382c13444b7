"""The whole site as pages in a fixed order, wherever they are put afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Playbook
from generator.render import Terms, render
from generator.views import (
    departments,
    directory,
    findings,
    functions,
    glossary,
    home,
    modes,
    ownership,
    partners,
    problems,
    quiz,
    redirects,
    start,
    types,
    which_type,
)
from generator.views.page import Context, View


@dataclass(frozen=True)
class Page:
    """`path` is relative to the site's root and ends in .md; `content` is its whole Markdown."""

    path: str
    content: str


def build_pages(playbook: Playbook) -> tuple[Page, ...]:
    """Every page of the site, in a fixed order: the same playbook gives the same bytes."""
    terms = Terms(glossary.terms(playbook))
    return tuple(Page(view.path, render(view, terms)) for view in _views(Context(playbook)))


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
    yield ownership.view(context)
    yield findings.view(context)
    yield problems.view(context)
    yield start.view(context)
    yield which_type.view(context)
    yield quiz.view(context)
