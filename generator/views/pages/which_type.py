"""A guide from what a company does to the types that it may be of: by function, then by the types' questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator import paths
from generator.markdown import Md, escape, join, md, verbatim
from generator.model import Function, PartnerType, Scope
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.view import TAXONOMY, View
from generator.views.kit.words import first_sentence


@dataclass(frozen=True)
class TypeQuestion:
    """`anchor` is that of the question, `type` leads to the page; `confused` to the questions of others."""

    anchor: Md
    text: Md
    type: Md
    confused: Md
    scope: str


@dataclass(frozen=True)
class FunctionPart:
    """A function with the questions of its types; `leads_to` is where a yes to its value leads."""

    name: str
    anchor: Md
    ask: Md
    value: str
    link: Md
    leads_to: Md
    questions: tuple[TypeQuestion, ...]


@dataclass(frozen=True)
class WhichTypeFacts:
    """What `which-type.md.j2` places."""

    parts: tuple[FunctionPart, ...]
    asked: tuple[FunctionPart, ...]
    types: Md


def view(context: Context) -> View:
    """Every function by its value, and every type by its question."""
    links = Links(context.playbook, paths.WHICH_TYPE)
    parts = tuple(_part(context, links, function) for function in context.playbook.functions.values())
    return View(
        path=paths.WHICH_TYPE,
        place=TAXONOMY,
        template="which-type.md.j2",
        title="Which type is it?",
        description="Questions that lead from what a company does to the types of partner that it may be.",
        trail=(("Start here", paths.START),),
        boost=0.5,
        facts=WhichTypeFacts(
            parts=parts,
            asked=tuple(part for part in parts if part.questions),
            types=links.to("all types", paths.TYPES),
        ),
    )


def _part(context: Context, links: Links, function: Function) -> FunctionPart:
    questions = tuple(_questions(context, links, context.playbook.types_by_function[function.id]))
    anchor = f"function-{function.id}"
    return FunctionPart(
        name=function.name,
        anchor=verbatim(anchor),
        ask=verbatim(f"ask-{anchor}"),
        value=function.value,
        link=links.function(function.id),
        leads_to=links.to(function.name, f"{links.here}#{anchor}") if questions else links.function(function.id),
        questions=questions,
    )


def _questions(context: Context, links: Links, types: Iterable[PartnerType]) -> Iterator[TypeQuestion]:
    """In the order of the taxonomy: types that editors put side by side are best told apart side by side."""
    for partner_type in types:
        confused = (
            _to_question(links, context.playbook.types[type_id]) for type_id in context.confusions[partner_type.id]
        )
        yield TypeQuestion(
            verbatim(_anchor(partner_type)),
            _text(partner_type),
            links.type(partner_type.id),
            join(", ", confused),
            _scope(partner_type.scope),
        )


def _text(partner_type: PartnerType) -> Md:
    if partner_type.recognize:
        return escape(partner_type.recognize)
    return join(" ", ("Is this what it is:", md("“{}”?", first_sentence(partner_type.definition).rstrip("."))))


def _anchor(partner_type: PartnerType) -> str:
    return f"ask-type-{partner_type.id}"


def _to_question(links: Links, partner_type: PartnerType) -> Md:
    return links.to(partner_type.name, f"{links.here}#{_anchor(partner_type)}")


def _scope(scope: Scope) -> str:
    match scope:
        case Scope.IN:
            return ""
        case Scope.OUT:
            return "out of scope for us"
        case Scope.UNDECIDED:
            return "scope not decided yet"
