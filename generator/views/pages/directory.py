"""The partner directory: every relationship in one table, and the filters that a script lays over it.

A row is a relationship, so that any count of relationships on the site has as many rows here as it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from generator import paths
from generator.markdown import Md, escape, join
from generator.model import Entry, Field, Show
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.tables import Table, table
from generator.views.kit.view import View
from generator.views.kit.words import chip
from generator.views.pages import answers, directory_rows
from generator.views.pages.directory_rows import Filter, Listing, Row
from generator.words import count

_COLUMNS = ("Partner", "Status", "Type", "Function", "Mode", "Department", "Owner", "Region", "Tier", "Segment")

_FIRST = frozenset({"function", "type", "mode", "department", "owner", "region", "status", "finding"})
"""The filters that stand there at once; all others wait in a block to be opened."""


def form(listing: Listing) -> tuple[tuple[Filter, ...], tuple[Filter, ...]]:
    """The filters of a form, and those that wait in a block to be opened."""
    offered = [choice for choice in listing.filters if choice.offered]
    first = tuple(choice for choice in offered if choice.name in _FIRST)
    return first, tuple(choice for choice in offered if choice.name not in _FIRST)


@dataclass(frozen=True)
class DirectoryFacts:
    """What `directory.md.j2` places."""

    number: str
    ended: str
    size: str
    filters: tuple[Filter, ...]
    more: tuple[Filter, ...]
    any: bool
    adding: Md
    rows: Table


def view(context: Context, listing: Listing) -> View:
    """The rows of the listing, as they stand in it."""
    rows = listing.rows
    first, more = form(listing)
    columns = [field for field in context.playbook.settings.fields if Show.COLUMN in field.show]
    headers = (*_COLUMNS, *(field.label for field in columns), "Findings")
    shown = table(headers, _cells(context, rows, columns))
    current = {entry.partner for entry, _ in rows if not entry.ended}
    ended = sum(entry.ended for entry, _ in rows)
    partners = len({entry.partner for entry, _ in rows})
    return View(
        path=paths.PARTNERS,
        template="directory.md.j2",
        title="Partners",
        description="Every partner, with its type, its owner and the department that manages it.",
        facts=DirectoryFacts(
            number=count(len(current), "partner"),
            ended=f"{count(ended, 'has ended and stands', 'have ended and stand')} at the end" if ended else "",
            size=f"{count(len(rows), 'relationship')} with {count(partners, 'partner')}",
            filters=first,
            more=more,
            any=bool(rows),
            adding=Links(context.playbook, paths.PARTNERS).if_shown("How to add one", paths.EDITORS),
            rows=shown,
        ),
        script=paths.DIRECTORY_ROWS,
        beside=(
            (paths.DIRECTORY_ROWS, lambda: directory_rows.script(context, shown.headers, listing)),
            (paths.ANSWERS, lambda: answers.script(context.playbook, listing.filters)),
        ),
        place=context.inventory,
        hide=("toc", "navigation"),
        # Every partner's own page is found by its name; this page would stand in front of it.
        boost=0,
        # Thousands of cells need no explanation of their words; the pages that they link to have it.
        tooltips=False,
    )


def _cells(context: Context, rows: Sequence[Row], columns: Sequence[Field]) -> Iterator[tuple[str, ...]]:
    """The cells of each row, for readers whose browser runs no script.

    The table stays Markdown although HTML would build faster: MkDocs then checks its links, and
    turns them for sites that are opened from disk.
    """
    links = Links(context.playbook, paths.PARTNERS)
    playbook, types = context.playbook, context.playbook.types
    # Thousands of rows share a few types, departments and owners: each link is made once.
    function, kind, mode, department, owner = map(
        cache, (links.function, links.type, links.mode, links.department, links.owner)
    )
    status, regions = cache(chip), cache(partial(join, ", "))
    for entry, relationship in rows:
        yield (
            links.partner(entry.partner),
            status(entry.status),
            kind(relationship.type),
            function(types[relationship.type].function),
            mode(relationship.mode),
            department(entry.department),
            owner(entry.owner),
            regions(entry.regions),
            escape(entry.tier),
            escape(entry.segment),
            *(links.held(field, playbook.recorded(field, entry)) for field in columns),
            _found(context, links, entry),
        )


def _found(context: Context, links: Links, entry: Entry) -> str:
    number = sum(1 for _ in directory_rows.codes(context, entry))
    if number:
        return links.to(str(number), f"{paths.partner(entry.partner)}#findings")
    # Where nothing was found at all the column goes.
    return "0" if context.findings else ""
