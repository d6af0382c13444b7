"""The functions, and a page for each: its value, its types, and who manages its partners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from generator import paths
from generator.markdown import Md, join, md, verbatim
from generator.model import Function, PartnerType
from generator.views.kit.context import Context
from generator.views.kit.links import CURRENT, Links
from generator.views.kit.long_tables import LongTables, fair
from generator.views.kit.tables import Table
from generator.views.kit.view import TAXONOMY, View
from generator.views.kit.words import first_sentence
from generator.views.parts.inventory import Column, Manager, Relationships, managers, pair_name, rows, size
from generator.views.parts.types import by_name, modes_of
from generator.words import count

_TRAIL = (("Functions", paths.FUNCTIONS),)


@dataclass(frozen=True)
class FunctionRow:
    function: Md
    value: str
    types: int
    partners: Md


@dataclass(frozen=True)
class FunctionTypeRow:
    type: Md
    summary: str
    modes: Md
    partners: Md


@dataclass(frozen=True)
class Heading:
    """The types under one group; an empty name stands for those in no group."""

    name: str
    anchor: Md
    rows: tuple[FunctionTypeRow, ...]


@dataclass(frozen=True)
class PartnersOfType:
    """Today's partners of one type."""

    name: str
    anchor: Md
    size: str
    partners: Table


@dataclass(frozen=True)
class FunctionsIndexFacts:
    """What `functions.md.j2` places."""

    rows: tuple[FunctionRow, ...]
    types: Md
    modes: Md


def index(context: Context) -> View:
    """Every function with its value and how much of the inventory it has."""
    playbook = context.playbook
    links = Links(playbook, paths.FUNCTIONS)
    modes = links.to(count(len(playbook.modes), "mode"), paths.MODES)
    return View(
        path=paths.FUNCTIONS,
        place=TAXONOMY,
        template="functions.md.j2",
        title="Functions",
        description="What partners do for us: every function, the value it brings and its types.",
        facts=FunctionsIndexFacts(
            rows=tuple(_function_row(context, links, function) for function in playbook.functions.values()),
            types=links.to("types", paths.TYPES),
            modes=modes if len(playbook.modes) == 1 else md("one of {}", modes),
        ),
    )


def _function_row(context: Context, links: Links, function: Function) -> FunctionRow:
    types = context.playbook.types_by_function[function.id]
    partners = {entry.partner for entry, _ in _relationships(context, types)}
    shown = links.current(len(partners), function=function.id)
    return FunctionRow(links.function(function.id), function.value, len(types), shown)


def pages(context: Context) -> Iterator[View]:
    """The page of every function, in the order of the taxonomy."""
    for function in context.playbook.functions.values():
        yield _page(context, function)


@dataclass(frozen=True)
class FunctionsPageFacts:
    """What `function.md.j2` places."""

    value: str
    economics: str
    mode: Md
    headings: tuple[Heading, ...]
    size: str
    managers: tuple[Manager, ...]
    holdings: tuple[PartnersOfType, ...]
    empty: Md
    directory: Md


def _page(context: Context, function: Function) -> View:
    playbook = context.playbook
    links = Links(playbook, paths.function(function.id))
    long = LongTables(links)
    types = by_name(playbook.types_by_function[function.id])
    relationships = tuple(_relationships(context, types))
    return View(
        path=links.here,
        template="function.md.j2",
        title=function.name,
        description=first_sentence(function.value),
        place=function.place,
        trail=_TRAIL,
        facts=FunctionsPageFacts(
            value=function.value,
            economics=function.economics,
            mode=links.mode(function.mode) if function.mode is not None else Md(""),
            headings=tuple(_headings(context, links, function, types)),
            size=size(relationships),
            managers=managers(links, relationships, function=function.id),
            holdings=tuple(_holdings(context, links, long, types)),
            empty=join(", ", (links.type(t.id) for t in types if not context.relationships_by_type[t.id])),
            directory=links.to("partner directory", paths.PARTNERS),
        ),
        more=long.pages,
    )


def _relationships(context: Context, types: Iterable[PartnerType]) -> Relationships:
    for partner_type in types:
        yield from context.relationships_by_type[partner_type.id]


def _headings(context: Context, links: Links, function: Function, types: list[PartnerType]) -> Iterator[Heading]:
    groups = [g for g in context.playbook.groups.values() if g.function == function.id]
    for group_id, name in [(None, ""), *((g.id, g.name) for g in groups)]:
        type_rows = tuple(
            _type_row(context, links, partner_type) for partner_type in types if partner_type.group == group_id
        )
        if type_rows:
            yield Heading(name, verbatim(f"group-{group_id}"), type_rows)


def _type_row(context: Context, links: Links, partner_type: PartnerType) -> FunctionTypeRow:
    partners = len(context.playbook.partners_by_type[partner_type.id])
    shown = links.current(partners, type=partner_type.id) if partners else Md("none")
    return FunctionTypeRow(
        links.type(partner_type.id), first_sentence(partner_type.definition), modes_of(links, partner_type), shown
    )


_COLUMNS = (Column.PARTNER, Column.OWNER, Column.DEPARTMENT, Column.STATUS)


def _holdings(context: Context, links: Links, long: LongTables, types: list[PartnerType]) -> Iterator[PartnersOfType]:
    shown = fair(len(context.relationships_by_type[partner_type.id]) for partner_type in types)
    for partner_type in types:
        relationships = context.relationships_by_type[partner_type.id]
        if relationships:
            anchor = f"type-{partner_type.id}"
            partners = long.table(
                anchor,
                relationships,
                partial(rows, _COLUMNS),
                pair_name(links),
                heading=partner_type.name,
                rows=shown,
                filtered=paths.directory(type=partner_type.id, status=CURRENT),
            )
            yield PartnersOfType(partner_type.name, verbatim(anchor), size(relationships), partners)
