"""Pages that are made to stand in a frame of somebody else's page: the landscape, a list, one partner's card.

There is one page for all cards, whose script draws the one that the address names: a page for each partner would double
the pages of a large company for what few of them are asked for.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator import paths
from generator.markdown import Md, code, escape, join, md
from generator.model import Entry
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.tables import Table, table
from generator.views.kit.view import View
from generator.views.kit.words import chip
from generator.views.parts.small_landscape import SmallLandscape, small_landscape
from generator.views.parts.types import by_name
from generator.words import count

_ROWS = 100
"""Who scrolls further within a frame looks for a filter, which the directory has."""
_SITE = "https://playbook.example.com/"
"""Where the site is, until whoever copies says so or the script finds out."""
_CARD_HEIGHT, _LIST_HEIGHT, _LANDSCAPE_HEIGHT = 420, 480, 640  # pixels


@dataclass(frozen=True)
class Frame:
    """A page for frames, and the markup that brings it into another page."""

    page: Md
    markup: Md


@dataclass(frozen=True)
class EmbedIndexFacts:
    """What `embed.md.j2` places."""

    whole: tuple[Frame, ...]
    card: Frame
    departments: tuple[Frame, ...]
    types: tuple[Frame, ...]
    hosting: Md


@dataclass(frozen=True)
class EmbedLandscapeFacts:
    """What `embed_landscape.md.j2` places."""

    landscape: SmallLandscape
    as_of: str


@dataclass(frozen=True)
class EmbedListFacts:
    """What `embed_list.md.j2` places; `shown` is how many there is room for, empty where that is all of them, and
    `size` leads to all of them where it is not.
    """

    size: Md
    partners: Table
    shown: str
    page: Md
    as_of: str


@dataclass(frozen=True)
class EmbedCardFacts:
    """What `embed_card.md.j2` places, for browsers in which no script draws the card."""

    directory: Md


def pages(context: Context) -> Iterator[View]:
    """What there is to embed, and each of these pages."""
    playbook = context.playbook
    yield _index(context)
    if playbook.shows("landscape"):
        yield _framed(paths.EMBED_LANDSCAPE, "embed_landscape.md.j2", "Partner landscape", _landscape(context))
    links = Links(playbook, paths.EMBED_CARD)
    facts = EmbedCardFacts(links.to("partner directory", paths.PARTNERS))
    yield _framed(paths.EMBED_CARD, "embed_card.md.j2", "Partner", facts, script=paths.DIRECTORY_ROWS)
    for department in playbook.departments.values():
        yield _of_department(context, department.id)
    for kind in playbook.types.values():
        yield _of_type(context, kind.id)


def _index(context: Context) -> View:
    playbook = context.playbook
    links = Links(playbook, paths.EMBED)

    def frame(label: str, path: str, title: str, height: int, query: str = "") -> Frame:
        source = f"{_SITE}{paths.address(path)}{query}"
        # What code or markup could take for more than text, a screen reader does not miss.
        said = html.escape(re.sub(r"[^\w&,.-]+", " ", title))
        size = f'width="100%" height="{height}" loading="lazy"'
        return Frame(links.to(label, path), code(f'<iframe src="{source}" title="{said}" {size}></iframe>'))

    departments = sorted(playbook.departments.values(), key=lambda one: (one.name.casefold(), one.id))
    landscape = ("The landscape", paths.EMBED_LANDSCAPE, "Partner landscape", _LANDSCAPE_HEIGHT)
    return View(
        path=paths.EMBED,
        template="embed.md.j2",
        title="Embed pages elsewhere",
        description="The landscape, lists of partners and a partner's card, for frames in other pages.",
        facts=EmbedIndexFacts(
            whole=(frame(*landscape),) if playbook.shows("landscape") else (),
            card=frame("A partner’s card", paths.EMBED_CARD, "Partner", _CARD_HEIGHT, "?partner=ID"),
            departments=tuple(
                frame(one.name, paths.embed_department(one.id), f"Partners of {one.name}", _LIST_HEIGHT)
                for one in departments
            ),
            types=tuple(
                frame(one.name, paths.embed_type(one.id), f"Partners of the type {one.name}", _LIST_HEIGHT)
                for one in by_name(playbook.types.values())
            ),
            hosting=links.if_shown("who may frame them", f"{paths.HOSTING}#embed"),
        ),
        boost=0.5,
        tooltips=False,
    )


def _framed(path: str, template: str, title: str, facts: object, script: str = "") -> View:
    return View(
        path=path,
        template=template,
        title=title,
        description=f"{title}, for a frame in another page.",
        facts=facts,
        boost=0,
        hide=("toc", "navigation"),
        tooltips=False,
        script=script,
        framed=True,
    )


def _landscape(context: Context) -> EmbedLandscapeFacts:
    links = Links(context.playbook, paths.EMBED_LANDSCAPE)
    return EmbedLandscapeFacts(small_landscape(context, links), context.playbook.as_of.isoformat())


def _of_department(context: Context, department: str) -> View:
    links = Links(context.playbook, paths.embed_department(department))
    entries = [entry for entry in context.entries_by_department[department] if not entry.ended]

    def types(entry: Entry) -> Md:
        kinds = (context.playbook.types[one] for one in entry.types)
        return join(", ", (links.to(kind.label, paths.partner_type(kind.id)) for kind in kinds))

    named = links.department(department)
    title = context.playbook.departments[department].name
    return _list(links, title, named, entries, ("Type", types), department=department)


def _of_type(context: Context, kind: str) -> View:
    links = Links(context.playbook, paths.embed_type(kind))
    entries = [entry for entry, _ in context.relationships_by_type[kind]]

    def department(entry: Entry) -> Md:
        return links.department(entry.department)

    title = context.playbook.types[kind].name
    return _list(links, title, links.type(kind), entries, ("Department", department), type=kind)


def _list(
    links: Links,
    title: str,
    page: Md,
    entries: Sequence[Entry],
    column: tuple[str, Callable[[Entry], Md]],
    **wanted: str,
) -> View:
    """A table of the first of these entries; `column` tells what the page is not about, `wanted` is what it is."""
    label, told = column

    def row(entry: Entry) -> Iterable[str]:
        name = links.partner(entry.partner)
        return name if entry.active else md("{} {}", name, chip(entry.status)), told(entry), links.owner(entry.owner)

    size, fits = count(len({entry.partner for entry in entries}), "partner"), len(entries) <= _ROWS
    facts = EmbedListFacts(
        size=escape(size) if fits else links.current(size, **wanted),
        partners=table(("Partner", label, "Owner"), map(row, entries[:_ROWS])),
        shown="" if fits else str(_ROWS),
        page=page,
        as_of=links.playbook.as_of.isoformat(),
    )
    return _framed(links.here, "embed_list.md.j2", title, facts)
