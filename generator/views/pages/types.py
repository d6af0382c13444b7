"""The list of all types, and a page for each: what it is, how it is managed, by whom, its partners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator import paths
from generator.markdown import Md, escape, join, verbatim
from generator.model import Function, OfferStatus, PartnerType, Scope
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.view import TAXONOMY, View
from generator.views.kit.words import first_sentence
from generator.views.parts.inventory import Manager, Row, managers, rows, size
from generator.views.parts.promises import Promises, promises
from generator.views.parts.types import by_name, modes_of, reason, tool
from generator.words import count

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
    unexpected: bool
    rows: tuple[Row, ...]


def expectations(links: Links, one: PartnerType) -> tuple[Expectation, ...]:
    why = reason(links, one)
    return tuple(
        Expectation(Md("") if stage is None else links.stage(stage), links.mode(mode), why)
        for stage, mode in one.modes.items()
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
class IndexFacts:
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
    functions = (_function_types(context, links, one, offers) for one in playbook.functions.values())
    return View(
        path=paths.TYPES,
        place=TAXONOMY,
        template="types.md.j2",
        title="Partner types",
        description="Every type of partner by what it does for us, with the mode we expect to manage it in.",
        facts=IndexFacts(
            total=count(len(playbook.types), "type"),
            functions=tuple(part for part in functions if part.rows),
            scoped=any(one.scope is not Scope.IN for one in playbook.types.values()),
            needed=bool(offers),
            glossary=links.to("glossary", paths.GLOSSARY),
        ),
    )


def _needed_by(context: Context) -> Mapping[str, tuple[str, ...]]:
    """The names of the offers that need each type; retired offers need nothing."""
    found: dict[str, list[str]] = {}
    for offer in context.playbook.offers.values():
        for needed in dict.fromkeys(r.type for r in offer.requires if offer.status is not OfferStatus.RETIRED):
            found.setdefault(needed, []).append(offer.name)
    return {type_id: tuple(sorted(names, key=str.casefold)) for type_id, names in found.items()}


def _function_types(
    context: Context, links: Links, one: Function, offers: Mapping[str, tuple[str, ...]]
) -> FunctionTypes:
    types = by_name(context.playbook.types_by_function[one.id])
    return FunctionTypes(
        name=one.name,
        anchor=verbatim(f"function-{one.id}"),
        link=links.function(one.id),
        value=one.value,
        rows=tuple(_type_row(context, links, each, offers) for each in types),
    )


def _type_row(context: Context, links: Links, one: PartnerType, offers: Mapping[str, tuple[str, ...]]) -> TypeRow:
    partners = len(context.playbook.partners_by_type[one.id])
    return TypeRow(
        type=links.type(one.id),
        summary=first_sentence(one.definition),
        modes=modes_of(links, one),
        partners=links.current(partners, type=one.id) if partners else escape("none"),
        scope=one.scope,
        offers=join(", ", offers.get(one.id, ())),
    )


# --- a page for each ----------------------------------------------------------------------


def pages(context: Context) -> Iterator[View]:
    """The page of every type, in the order of the taxonomy."""
    for one in context.playbook.types.values():
        yield _page(context, one)


@dataclass(frozen=True)
class PageFacts:
    """What `type.md.j2` places."""

    aliases: Md
    definition: str
    recognize: str
    confusions: tuple[Confusion, ...]
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


def _page(context: Context, one: PartnerType) -> View:
    playbook = context.playbook
    links = Links(playbook, paths.partner_type(one.id))
    relationships = context.relationships_by_type[one.id]
    kept = sum(relationship.as_expected for _, relationship in relationships)
    return View(
        path=links.here,
        template="type.md.j2",
        title=one.name,
        description=first_sentence(one.definition),
        place=one.place,
        trail=_TRAIL,
        boost=2,
        facts=PageFacts(
            aliases=join(", ", one.aliases),
            definition=one.definition,
            recognize=one.recognize,
            confusions=tuple(_confusion(links, playbook.types[t]) for t in context.confusions[one.id]),
            guide=links.to("Which type is it?", paths.WHICH_TYPE),
            function=links.function(one.function),
            value=playbook.functions[one.function].value,
            group=links.to(playbook.groups[one.group].name, paths.group(one.group)) if one.group else Md(""),
            scope="" if one.scope is Scope.IN else scope(one.scope),
            note=one.note,
            business_models=join("; ", one.business_models),
            by_stage=one.stage_dependent,
            expectations=expectations(links, one),
            kept=f"{kept} of {count(len(relationships), 'relationship')}" if relationships else "",
            tools=join(", ", (tool(each) for each in playbook.tools.values() if one.id in each.types)),
            managers=managers(links, relationships, type=one.id),
            promises=promises(links, (one.id,), tuple(dict.fromkeys(one.modes.values()))),
            size=size(relationships),
            managed=_managed(context, links, one),
            directory=links.to("partner directory", paths.PARTNERS),
        ),
    )


def _confusion(links: Links, other: PartnerType) -> Confusion:
    return Confusion(links.type(other.id), other.recognize or first_sentence(other.definition))


def _managed(context: Context, links: Links, one: PartnerType) -> tuple[Managed, ...]:
    """The partners by the mode that they are managed in, in the order of the modes."""
    found: dict[str, list[Row]] = {}
    relationships = context.relationships_by_type[one.id]
    for (_, relationship), row in zip(relationships, rows(links, relationships), strict=True):
        found.setdefault(relationship.mode, []).append(row)
    return tuple(
        Managed(
            mode=mode.name,
            anchor=verbatim(paths.managed_anchor(mode.id)),
            unexpected=any(
                not relationship.as_expected for _, relationship in relationships if relationship.mode == mode.id
            ),
            rows=tuple(found[mode.id]),
        )
        for mode in context.playbook.modes.values()
        if mode.id in found
    )
