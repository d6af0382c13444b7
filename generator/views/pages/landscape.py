"""The landscape: every partner at once, by what it does for us and as what.

The page is a list within lists, complete without a script; the script makes boxes and tiles of the directory's rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator import paths
from generator.markdown import Md, md, verbatim
from generator.model import Entry, Function, PartnerType, Status
from generator.views.kit.context import Context
from generator.views.kit.links import CURRENT, Links
from generator.views.kit.long_tables import fair_names
from generator.views.kit.view import View
from generator.views.kit.words import in_one_piece
from generator.views.pages import directory_rows
from generator.views.pages.directory import form
from generator.views.pages.directory_rows import Filter, Listing
from generator.views.parts.marks import TO_MEND
from generator.views.parts.promises import promises
from generator.views.parts.small_landscape import by_partner, status_of
from generator.words import count

_GROUPS = ("department", "mode", "region", "tier")


@dataclass(frozen=True)
class LandscapeTile:
    """A partner in a box, and what is to be said beside its name."""

    partner: Md
    marks: str


@dataclass(frozen=True)
class LandscapeBox:
    """The partners of a type; `rest` leads to those for whom there is no room."""

    type: Md
    anchor: Md
    number: str
    tiles: tuple[LandscapeTile, ...]
    rest: Md


@dataclass(frozen=True)
class LandscapeBand:
    """A function with the boxes of its types."""

    function: Md
    anchor: Md
    size: str
    boxes: tuple[LandscapeBox, ...]


@dataclass(frozen=True)
class LandscapeFacts:
    """What `landscape.md.j2` places; `types` are the ids of all types, in the taxonomy's order."""

    company: str
    as_of: Md
    size: str
    types: Md
    statuses: tuple[Md, ...]
    marked: bool
    adding: Md
    embed: Md
    groups: tuple[tuple[Md, str], ...]
    filters: tuple[Filter, ...]
    more: tuple[Filter, ...]
    bands: tuple[LandscapeBand, ...]


def view(context: Context, listing: Listing) -> View:
    """Every partner that has not ended, under each function and type that it has."""
    playbook = context.playbook
    filters, more = form(listing)
    links = Links(playbook, paths.LANDSCAPE)
    room = fair_names(len(pairs) for pairs in context.relationships_by_type.values())
    bands = (_band(context, links, function, room) for function in playbook.functions.values())
    partners = len({entry.partner for entry, _ in context.relationships})
    return View(
        path=paths.LANDSCAPE,
        template="landscape.md.j2",
        title="Partner landscape",
        description="Every partner at once, by what it does for us and as what.",
        facts=LandscapeFacts(
            company=playbook.settings.company,
            as_of=in_one_piece(playbook.as_of),
            size=f"{count(partners, 'partner')} in {count(places(context), 'place')}",
            types=verbatim(" ".join(playbook.types)),
            statuses=tuple(verbatim(status) for status in CURRENT if playbook.shows(status)),
            marked=bool(context.findings),
            adding=links.to("How to add one", paths.EDITORS) if playbook.shows("editors") else Md(""),
            embed=links.if_shown("Embed it elsewhere", paths.EMBED),
            groups=tuple(_groups(listing)),
            filters=filters,
            more=more,
            bands=tuple(band for band in bands if band.boxes),
        ),
        script=paths.DIRECTORY_ROWS,
        beside=((paths.CARDS, lambda: _cards(context, listing)),),
        place=context.inventory,
        hide=("toc", "navigation"),
        # Thousands of names need no explanation of their words; the pages that they lead to have it.
        tooltips=False,
    )


def _groups(listing: Listing) -> Iterator[tuple[Md, str]]:
    """By what else to group, of what is recorded at all."""
    choices = {choice.name: choice for choice in listing.filters}
    for choice in (choices[name] for name in _GROUPS if name in choices):
        if any(option.value != paths.NOTHING for option in choice.options):
            yield verbatim(choice.name), choice.label


def places(context: Context) -> int:
    """How many tiles there are: a partner with two types has two."""
    return sum(len(by_partner(context, kind)) for kind in context.playbook.types)


def _band(context: Context, links: Links, function: Function, room: int) -> LandscapeBand:
    types = context.playbook.types_by_function[function.id]
    inside = {kind.id: by_partner(context, kind.id) for kind in types}
    everybody = {partner for partners in inside.values() for partner in partners}
    return LandscapeBand(
        function=links.to(function.name, paths.function(function.id)),
        anchor=verbatim(f"function-{function.id}"),
        size=count(len(everybody), "partner"),
        boxes=tuple(_box(context, links, kind, inside[kind.id], room) for kind in types if inside[kind.id]),
    )


def _box(
    context: Context, links: Links, kind: PartnerType, inside: Mapping[str, list[Entry]], room: int
) -> LandscapeBox:
    names = list(inside)
    rest = len(names) - room
    return LandscapeBox(
        type=links.to(kind.label, paths.partner_type(kind.id)),
        anchor=verbatim(paths.box(kind.id).partition("#")[2]),
        number=str(len(names)),
        tiles=tuple(
            LandscapeTile(links.partner(partner), ", ".join(_marks(context, inside[partner])))
            for partner in names[:room]
        ),
        rest=md("and {}", links.to(f"{rest} more", paths.partner_type(kind.id))) if rest > 0 else Md(""),
    )


def _marks(context: Context, entries: Sequence[Entry]) -> Iterator[str]:
    status = status_of(entries)
    if status is not Status.ACTIVE:
        yield status.value
    codes = {code for entry in entries for code in directory_rows.codes(context, entry)}
    if mend := len(codes & TO_MEND):
        yield f"{mend} to mend"
    elif codes:
        yield f"{len(codes)} to record or watch"


def _cards(context: Context, listing: Listing) -> str:
    """What the cards say beyond the directory's rows, as a script that sets one variable.

    `lines` are value lines, and `rows` has the place of one for each row of the directory, or -1; `promises` are what
    may and may never be said, by type and mode; `mails` the addresses of owners.
    """
    playbook = context.playbook
    links = Links(playbook, paths.LANDSCAPE)
    lines: dict[str, int] = {}
    rows = [lines.setdefault(entry.value, len(lines)) if entry.value else -1 for entry, _ in listing.rows]
    said: dict[str, tuple[list[str], list[str]]] = {}
    for _, relationship in context.relationships:
        key = f"{relationship.type} {relationship.mode}"
        if key not in said:
            rules = promises(links, (relationship.type,), (relationship.mode,))
            said[key] = [rule.text for rule in rules.may], [rule.text for rule in rules.never]
    owners = {entry.owner for entry, _ in context.relationships}
    people = (person for person in playbook.people.values() if person.id in owners and person.active)
    mails = {person.id: person.email for person in people if person.email} if playbook.shows("people") else {}
    facts = {"lines": list(lines), "rows": rows, "promises": said, "mails": mails}
    return f"window.playbookCards = {json.dumps(facts, ensure_ascii=False, separators=(',', ':'))};\n"
