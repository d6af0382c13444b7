"""The list of all types, and a page for each: what it is, how it is managed, by whom, its partners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from generator import paths
from generator.markdown import Md, escape, join, verbatim
from generator.model import Function, OfferStatus, PartnerType, Scope
from generator.views.kit.context import Context
from generator.views.kit.links import CURRENT, Links
from generator.views.kit.long_tables import LongTables, fair
from generator.views.kit.tables import Table
from generator.views.kit.view import TAXONOMY, View
from generator.views.kit.words import first_sentence, set_apart
from generator.views.parts.inventory import Column, Manager, Pair, managers, pair_name, rows, size
from generator.views.parts.promises import Promises, promises
from generator.views.parts.types import by_name, modes_of, reason, tool_name
from generator.words import count

_BESIDE = 2
"""How many types that one is confused with stand beside it."""
_TRAIL = (("Types", paths.TYPES),)


def scope(scope: Scope) -> str:
    """The scope in words."""
    match scope:
        case Scope.IN:
            return "in scope"
        case Scope.OUT:
            return "out of scope: we do not look for such partners"
        case Scope.UNDECIDED:
            return "not decided yet whether we look for such partners"


@dataclass(frozen=True)
class Expectation:
    """The mode expected at `stage` (empty: at any), and the reason for it."""

    stage: Md
    mode: Md
    reason: Md


@dataclass(frozen=True)
class Confusion:
    type: Md
    tell: str


@dataclass(frozen=True)
class Managed:
    """The partners of the type that are managed in one mode."""

    mode: str
    anchor: Md
    partners: Table


def expectations(links: Links, partner_type: PartnerType) -> tuple[Expectation, ...]:
    why = reason(links, partner_type)
    return tuple(
        Expectation(Md("") if stage is None else links.stage(stage), links.mode(mode), why)
        for stage, mode in partner_type.modes.items()
    )


# --- the list -----------------------------------------------------------------------------


@dataclass(frozen=True)
class TypeRow:
    type: Md
    summary: str
    modes: Md
    partners: str
    scope: str
    offers: Md


@dataclass(frozen=True)
class FunctionTypes:
    name: str
    anchor: Md
    link: Md
    value: str
    rows: tuple[TypeRow, ...]


@dataclass(frozen=True)
class TypesIndexFacts:
    """What `types.md.j2` places."""

    total: str
    functions: tuple[FunctionTypes, ...]
    scoped: bool
    needed: bool
    glossary: Md


def index(context: Context) -> View:
    """Every type by function, whether or not we have partners of it."""
    playbook = context.playbook
    links = Links(playbook, paths.TYPES)
    offers = _needed_by(context)
    functions = (_function_types(context, links, function, offers) for function in playbook.functions.values())
    return View(
        path=paths.TYPES,
        place=TAXONOMY,
        template="types.md.j2",
        title="Partner types",
        description="Every type of partner by what it does for us, with the mode we expect to manage it in.",
        facts=TypesIndexFacts(
            total=count(len(playbook.types), "type"),
            functions=tuple(part for part in functions if part.rows),
            scoped=any(partner_type.scope is not Scope.IN for partner_type in playbook.types.values()),
            needed=bool(offers),
            glossary=links.to("glossary", paths.GLOSSARY),
        ),
    )


def _needed_by(context: Context) -> Mapping[str, tuple[str, ...]]:
    """The names of the offers that need each type; retired offers need nothing."""
    offers: dict[str, list[str]] = {}
    for offer in context.playbook.offers.values():
        for needed in dict.fromkeys(
            requirement.type for requirement in offer.requires if offer.status is not OfferStatus.RETIRED
        ):
            offers.setdefault(needed, []).append(offer.name)
    return {type_id: tuple(sorted(names, key=str.casefold)) for type_id, names in offers.items()}


def _function_types(
    context: Context, links: Links, function: Function, offers: Mapping[str, tuple[str, ...]]
) -> FunctionTypes:
    types = by_name(context.playbook.types_by_function[function.id])
    return FunctionTypes(
        name=function.name,
        anchor=verbatim(f"function-{function.id}"),
        link=links.function(function.id),
        value=function.value,
        rows=tuple(_type_row(context, links, partner_type, offers) for partner_type in types),
    )


def _type_row(
    context: Context, links: Links, partner_type: PartnerType, offers: Mapping[str, tuple[str, ...]]
) -> TypeRow:
    partners = len(context.playbook.partners_by_type[partner_type.id])
    return TypeRow(
        type=links.type(partner_type.id),
        summary=first_sentence(partner_type.definition),
        modes=modes_of(links, partner_type),
        partners=links.current(partners, type=partner_type.id) if partners else escape("none"),
        scope=partner_type.scope,
        offers=join(", ", offers.get(partner_type.id, ())),
    )


# --- a page for each ----------------------------------------------------------------------


def pages(context: Context) -> Iterator[View]:
    """The page of every type, in the order of the taxonomy."""
    for partner_type in context.playbook.types.values():
        yield _page(context, partner_type)


@dataclass(frozen=True)
class TypesPageFacts:
    """What `type.md.j2` places."""

    aliases: Md
    definition: str
    recognize: str
    confusions: tuple[Confusion, ...]
    compare: Md
    guide: Md
    function: Md
    value: str
    group: Md
    scope: str
    note: str
    business_models: Md
    by_stage: bool
    expectations: tuple[Expectation, ...]
    kept: str
    tools: Md
    managers: tuple[Manager, ...]
    promises: Promises
    size: str
    managed: tuple[Managed, ...]
    directory: Md


def _page(context: Context, partner_type: PartnerType) -> View:
    playbook = context.playbook
    links = Links(playbook, paths.partner_type(partner_type.id))
    long = LongTables(links)
    relationships = context.relationships_by_type[partner_type.id]
    kept = sum(relationship.as_expected for _, relationship in relationships)
    return View(
        path=links.here,
        template="type.md.j2",
        title=partner_type.name,
        description=first_sentence(partner_type.definition),
        place=partner_type.place,
        trail=_TRAIL,
        boost=2,
        facts=TypesPageFacts(
            aliases=set_apart(partner_type.other_names),
            definition=partner_type.definition,
            recognize=partner_type.recognize,
            confusions=tuple(_confusion(links, playbook.types[t]) for t in context.confusions[partner_type.id]),
            compare=links.to(
                "side by side", paths.compared(partner_type.id, *context.confusions[partner_type.id][:_BESIDE])
            ),
            guide=links.to("Which type is it?", paths.WHICH_TYPE),
            function=links.function(partner_type.function),
            value=playbook.functions[partner_type.function].value,
            group=links.to(playbook.groups[partner_type.group].name, paths.group(partner_type.group))
            if partner_type.group
            else Md(""),
            scope="" if partner_type.scope is Scope.IN else scope(partner_type.scope),
            note=partner_type.note,
            business_models=join("; ", partner_type.business_models),
            by_stage=partner_type.stage_dependent,
            expectations=expectations(links, partner_type),
            kept=f"{kept} of {count(len(relationships), 'relationship')}" if relationships else "",
            tools=join(
                ", ",
                (tool_name(tool) for tool in playbook.tools.values() if partner_type.id in tool.types),
            ),
            managers=managers(links, relationships, type=partner_type.id),
            promises=promises(links, (partner_type.id,), tuple(dict.fromkeys(partner_type.modes.values()))),
            size=size(relationships),
            managed=tuple(_managed(context, links, long, partner_type)),
            directory=links.to("partner directory", paths.PARTNERS),
        ),
        more=long.pages,
    )


def _confusion(links: Links, confused: PartnerType) -> Confusion:
    return Confusion(links.type(confused.id), confused.recognize or first_sentence(confused.definition))


def _managed(context: Context, links: Links, long: LongTables, partner_type: PartnerType) -> Iterator[Managed]:
    """The partners by the mode that they are managed in, in the order of the modes."""
    by_mode: dict[str, list[Pair]] = {}
    for pair in context.relationships_by_type[partner_type.id]:
        by_mode.setdefault(pair[1].mode, []).append(pair)
    shown = fair(map(len, by_mode.values()))
    for mode in context.playbook.modes.values():
        if mode.id in by_mode:
            columns = [Column.PARTNER, Column.OWNER, Column.DEPARTMENT, Column.STATUS]
            if partner_type.stage_dependent:
                columns.append(Column.STAGE)
            if not all(relationship.as_expected for _, relationship in by_mode[mode.id]):
                columns += [Column.EXPECTED_MODE, Column.REASON]
            anchor = paths.managed_anchor(mode.id)
            partners = long.table(
                anchor,
                by_mode[mode.id],
                partial(rows, columns),
                pair_name(links),
                heading=mode.name,
                rows=shown,
                filtered=paths.directory(type=partner_type.id, mode=mode.id, status=CURRENT),
            )
            yield Managed(mode.name, verbatim(anchor), partners)
