"""The partner directory: every relationship in one table, and the filters that a script lays over it.

A row is a relationship, so that any count of relationships on the site has as many rows here as it says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generator import paths
from generator.findings import WARNINGS
from generator.markdown import Md, escape, join
from generator.model import Entry, Relationship, Status
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.tables import Table, table
from generator.views.kit.view import View
from generator.views.kit.words import NOT_RECORDED, chip
from generator.words import count

_COLUMNS = (
    *("Partner", "Status", "Type", "Function", "Mode", "Department", "Owner"),
    *("Region", "Tier", "Segment", "Findings"),
)

Values = Mapping[str, Sequence[str]]
"""What a row holds of each filter: ids, or texts as recorded; nothing where nothing is recorded."""


@dataclass(frozen=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True)
class Filter:
    """A field of the form: the values that some row holds, in the order in which to offer them."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Facts:
    """What `directory.md.j2` places."""

    number: str
    ended: str
    size: str
    filters: tuple[Filter, ...]
    more: tuple[Filter, ...]
    any: bool
    rows: Table


def view(context: Context) -> View:
    """A row a relationship, by partner; the relationships that have ended come last."""
    relationships = _relationships(context)
    values = [_values(context, entry, relationship) for entry, relationship in relationships]
    filters = tuple(_filters(context, values))
    shown = frozenset(one.name for one in filters)
    current = {entry.partner for entry, _ in relationships if not entry.ended}
    ended = sum(entry.ended for entry, _ in relationships)
    partners = len({entry.partner for entry, _ in relationships})
    return View(
        path=paths.PARTNERS,
        template="directory.md.j2",
        title="Partners",
        description="Every partner, with its type, its owner and the department that manages it.",
        facts=Facts(
            number=count(len(current), "partner"),
            ended=f"{count(ended, 'has ended and stands', 'have ended and stand')} at the end" if ended else "",
            size=f"{count(len(relationships), 'relationship')} with {count(partners, 'partner')}",
            filters=tuple(one for one in filters if one.name not in _MORE),
            more=tuple(one for one in filters if one.name in _MORE),
            any=bool(relationships),
            rows=table(_COLUMNS, _rows(context, relationships, values, shown)),
        ),
        place=context.inventory,
        hide=("toc", "navigation"),
        # Every partner's own page is found by its name; this page would stand in front of it.
        boost=0,
        # Thousands of cells need no explanation of their words; the pages that they link to have it.
        tooltips=False,
    )


def _relationships(context: Context) -> list[tuple[Entry, Relationship]]:
    playbook = context.playbook

    def order(pair: tuple[Entry, Relationship]) -> tuple[bool, str, str, str, str]:
        entry, relationship = pair
        return (
            entry.ended,
            playbook.partners[entry.partner].name.casefold(),
            entry.partner,
            playbook.departments[entry.department].name.casefold(),
            playbook.types[relationship.type].name.casefold(),
        )

    return sorted(((r, relationship) for r in playbook.entries for relationship in r.relationships), key=order)


# --- what a row is found by ---------------------------------------------------------------


def _values(context: Context, entry: Entry, relationship: Relationship) -> Values:
    """What the row holds of every filter that `paths.directory` knows."""
    return {
        "function": (context.playbook.types[relationship.type].function,),
        "type": (relationship.type,),
        "mode": (relationship.mode,),
        "department": (entry.department,),
        "owner": () if entry.owner is None else (entry.owner,),
        "region": entry.regions,
        "status": (entry.status,),
        "tier": (entry.tier,) if entry.tier else (),
        "segment": (entry.segment,) if entry.segment else (),
        "industry": entry.industries,
        "offer": entry.offers,
        "objective": entry.objectives,
        "finding": tuple(dict.fromkeys(_codes(context, entry))),
    }


def _codes(context: Context, entry: Entry) -> Iterator[str]:
    """The code of every finding about the relationship; those about the whole partner are about each."""
    for finding in context.findings_by_partner.get(entry.partner, ()):
        if finding.department in (None, entry.department):
            yield finding.code.slug


_MORE = frozenset({"tier", "segment", "industry", "offer", "objective"})
"""The filters that wait in a block to be opened."""


def _filters(context: Context, values: Sequence[Values]) -> Iterator[Filter]:
    """The filters of which some row holds something; others could leave nothing out."""
    playbook, settings = context.playbook, context.playbook.settings
    kinds: tuple[tuple[str, str, Callable[[str], str], Sequence[str], str], ...] = (
        ("function", "Function", lambda one: playbook.functions[one].name, tuple(playbook.functions), ""),
        ("type", "Type", lambda one: playbook.types[one].name, (), ""),
        ("mode", "Mode", lambda one: playbook.modes[one].name, tuple(playbook.modes), ""),
        ("department", "Department", lambda one: playbook.departments[one].name, (), ""),
        ("owner", "Owner", lambda one: _owner(context, one), (), "nobody"),
        ("region", "Region", str, settings.regions, NOT_RECORDED),
        ("status", "Status", str, tuple(Status), ""),
        ("finding", "Findings", lambda one: WARNINGS[one].title, (), "none"),
        ("tier", "Tier", str, settings.tiers, NOT_RECORDED),
        ("segment", "Segment", str, settings.segments, NOT_RECORDED),
        ("industry", "Industry", str, settings.industries, NOT_RECORDED),
        ("offer", "Offer", lambda one: playbook.offers[one].name, tuple(playbook.offers), NOT_RECORDED),
        ("objective", "Objective", lambda one: playbook.objectives[one].title, (), NOT_RECORDED),
    )
    for name, title, word, order, nothing in kinds:
        used = dict.fromkeys(value for row in values for value in row[name])
        if not used:
            continue
        ranks = {value: rank for rank, value in enumerate(order)}
        labels = {value: word(value) for value in used}
        listed = sorted(labels, key=lambda one: (ranks.get(one, len(ranks)), labels[one].casefold(), one))
        options = [Option(one, labels[one]) for one in listed]
        if any(not row[name] for row in values):
            options.append(Option(paths.NOTHING, nothing))
        yield Filter(name, title, tuple(options))


def _owner(context: Context, person: str) -> str:
    name = context.playbook.person_name(person)
    return f"{name} (has left)" if context.playbook.has_left(person) else name


# --- the rows -----------------------------------------------------------------------------


def _rows(
    context: Context,
    relationships: Sequence[tuple[Entry, Relationship]],
    values: Sequence[Values],
    filters: frozenset[str],
) -> Iterator[tuple[str, ...]]:
    """The cells of each row, the first with what the script finds the row by.

    The table stays Markdown although HTML would build faster: MkDocs then checks its links, and
    turns them for sites that are opened from disk.
    """
    links = Links(context.playbook, paths.PARTNERS)
    types = context.playbook.types
    # Thousands of rows share a few types, departments and owners: each link is made once.
    function, kind, mode, department, owner, quoted = map(
        cache, (links.function, links.type, links.mode, links.department, links.owner, escape)
    )
    for (entry, relationship), held in zip(relationships, values, strict=True):
        yield (
            join("", (_marker(held, filters, quoted), links.partner(entry.partner))),
            chip(entry.status),
            kind(relationship.type),
            function(types[relationship.type].function),
            mode(relationship.mode),
            department(entry.department),
            owner(entry.owner),
            join(", ", entry.regions),
            escape(entry.tier),
            escape(entry.segment),
            _found(context, links, entry),
        )


def _marker(held: Values, filters: frozenset[str], quoted: Callable[[str], Md]) -> Md:
    """What the row holds, for the script: a text has no tab, so that one stands between texts."""
    pairs = ((name, "&#9;".join(map(quoted, them))) for name, them in held.items() if them and name in filters)
    return Md.of('<span class="pb-row"' + "".join(f' data-{name}="{them}"' for name, them in pairs) + "></span>", "")


def _found(context: Context, links: Links, entry: Entry) -> str:
    number = sum(1 for _ in _codes(context, entry))
    if number:
        return links.to(str(number), f"{paths.partner(entry.partner)}#findings")
    # Where nothing was found at all the column goes.
    return "0" if context.findings else ""
