"""The partner directory: every relationship in one table, and the filters that a script lays over it.

A row is a unit, so that any count of units on the site has as many rows here as it says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generator import paths
from generator.markdown import Md, escape, join
from generator.model import STATUSES, Relationship, Unit
from generator.problems import catalogue
from generator.views.page import NOT_RECORDED, Context, Links, View, chip, count, table

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


def view(context: Context) -> View:
    """A row a unit, by partner; the relationships that have ended come last."""
    units = _units(context)
    values = [_values(context, relationship, unit) for relationship, unit in units]
    filters = tuple(_filters(context, values))
    shown = frozenset(one.name for one in filters)
    current = {relationship.partner for relationship, _ in units if not relationship.ended}
    ended = sum(relationship.ended for relationship, _ in units)
    partners = len({relationship.partner for relationship, _ in units})
    return View(
        path=paths.PARTNERS,
        template="directory.md.j2",
        title="Partners",
        description="Every partner, with its type, its owner and the department that manages it.",
        facts={
            "title": "Partners",
            "number": count(len(current), "partner"),
            "ended": f"{count(ended, 'has ended and stands', 'have ended and stand')} at the end" if ended else "",
            "size": f"{count(len(units), 'relationship')} with {count(partners, 'partner')}",
            "filters": tuple(one for one in filters if one.name not in _MORE),
            "more": tuple(one for one in filters if one.name in _MORE),
            "any": bool(units),
            "rows": table(_COLUMNS, _rows(context, units, values, shown)),
        },
        place=context.inventory,
        hide=("toc", "navigation"),
        # Every partner's own page is found by its name; this page would stand in front of it.
        boost=0,
        # Thousands of cells need no explanation of their words; the pages that they link to have it.
        tooltips=False,
    )


def _units(context: Context) -> list[tuple[Relationship, Unit]]:
    playbook = context.playbook

    def order(pair: tuple[Relationship, Unit]) -> tuple[bool, str, str, str, str]:
        relationship, unit = pair
        return (
            relationship.ended,
            playbook.partners[relationship.partner].name.casefold(),
            relationship.partner,
            playbook.departments[relationship.department].name.casefold(),
            playbook.types[unit.type].name.casefold(),
        )

    return sorted(((r, unit) for r in playbook.relationships for unit in r.units), key=order)


# --- what a row is found by ---------------------------------------------------------------


def _values(context: Context, relationship: Relationship, unit: Unit) -> Values:
    """What the row holds of every filter that `paths.directory` knows."""
    return {
        "function": (context.playbook.types[unit.type].function,),
        "type": (unit.type,),
        "mode": (unit.mode,),
        "department": (relationship.department,),
        "owner": () if relationship.owner is None else (relationship.owner,),
        "region": relationship.regions,
        "status": (relationship.status,),
        "tier": (relationship.tier,) if relationship.tier else (),
        "segment": (relationship.segment,) if relationship.segment else (),
        "industry": relationship.industries,
        "offer": relationship.offers,
        "objective": relationship.objectives,
        "finding": tuple(dict.fromkeys(_codes(context, relationship))),
    }


def _codes(context: Context, relationship: Relationship) -> Iterator[str]:
    """The code of every finding about the relationship; those about the whole partner are about each."""
    for finding in context.findings_by_partner.get(relationship.partner, ()):
        if finding.department in (None, relationship.department):
            yield finding.problem.code.slug


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
        ("status", "Status", str, STATUSES, ""),
        ("finding", "Findings", lambda one: catalogue()[one].title, (), "none"),
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
    context: Context, units: Sequence[tuple[Relationship, Unit]], values: Sequence[Values], filters: frozenset[str]
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
    for (relationship, unit), held in zip(units, values, strict=True):
        yield (
            join("", (_marker(held, filters, quoted), links.partner(relationship.partner))),
            chip(relationship.status),
            kind(unit.type),
            function(types[unit.type].function),
            mode(unit.mode),
            department(relationship.department),
            owner(relationship.owner),
            join(", ", relationship.regions),
            escape(relationship.tier),
            escape(relationship.segment),
            _found(context, links, relationship),
        )


def _marker(held: Values, filters: frozenset[str], quoted: Callable[[str], Md]) -> Md:
    """What the row holds, for the script: a text has no tab, so that one stands between texts."""
    pairs = ((name, "&#9;".join(map(quoted, them))) for name, them in held.items() if them and name in filters)
    return Md('<span class="pb-row"' + "".join(f' data-{name}="{them}"' for name, them in pairs) + "></span>")


def _found(context: Context, links: Links, relationship: Relationship) -> str:
    number = sum(1 for _ in _codes(context, relationship))
    if number:
        return links.to(str(number), f"{paths.partner(relationship.partner)}#findings")
    # Where nothing was found at all the column goes.
    return "0" if context.findings else ""
