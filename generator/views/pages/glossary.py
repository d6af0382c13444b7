"""Every term of the taxonomy on one page, and the definitions that tooltips show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator import paths
from generator.markdown import Md, join, verbatim
from generator.model import Factor, Function, Group, Mode, PartnerType, Playbook, Stage
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.view import TAXONOMY, View
from generator.views.kit.words import first_sentence
from generator.views.parts.types import by_name, modes_of


@dataclass(frozen=True)
class Term:
    """A term with its anchor; `more` links onward and may be empty."""

    name: str
    anchor: Md
    definition: str
    aliases: Md
    more: Md


@dataclass(frozen=True)
class Section:
    """The terms of one kind, by name."""

    name: str
    anchor: Md
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Facts:
    """What `glossary.md.j2` places."""

    sections: tuple[Section, ...]


def view(context: Context) -> View:
    """The glossary: all kinds that have a term."""
    playbook = context.playbook
    links = Links(playbook, paths.GLOSSARY)
    kinds: tuple[tuple[str, str, Iterable[Term]], ...] = (
        ("Functions", "functions", (_function(links, one) for one in playbook.functions.values())),
        ("Groups", "groups", (_group(links, one) for one in playbook.groups.values())),
        ("Types", "types", (_type(links, one) for one in playbook.types.values())),
        ("Modes", "modes", (_mode(links, one) for one in playbook.modes.values())),
        ("Stages", "stages", (_stage(links, one) for one in playbook.stages.values())),
        ("Factors", "factors", (_factor(one) for one in playbook.factors.values())),
    )
    sections = (Section(name, verbatim(anchor), _sorted(entries)) for name, anchor, entries in kinds)
    return View(
        path=paths.GLOSSARY,
        place=TAXONOMY,
        template="glossary.md.j2",
        title="Glossary",
        description="Every function, type, mode and stage in plain words, with all the other names they go by.",
        facts=Facts(
            sections=tuple(section for section in sections if section.terms),
        ),
    )


def _sorted(entries: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.name.casefold(), entry.anchor)))


def _term(kind: str, one: Function | Group | PartnerType | Mode | Stage | Factor, definition: str, more: Md) -> Term:
    aliases = one.aliases if isinstance(one, PartnerType) else ()
    return Term(one.name, verbatim(f"{kind}-{one.id}"), definition, join(", ", aliases), more)


def _labelled(label: str, parts: Iterable[Md]) -> Md:
    return join(" ", (label, join(", ", parts)))


def _function(links: Links, one: Function) -> Term:
    types = by_name(links.playbook.types_by_function[one.id])
    more = _labelled("Function:", (links.function(one.id),))
    named = _labelled("types:", (links.type(t.id) for t in types))
    return _term("function", one, one.value, join("; ", (more, named)) if types else more)


def _group(links: Links, one: Group) -> Term:
    types = by_name(tuple(t for t in links.playbook.types_by_function[one.function] if t.group == one.id))
    more = _labelled("Types:", (links.type(t.id) for t in types)) if types else Md("")
    return _term("group", one, _labelled("A group of types in the function", (links.function(one.function),)), more)


def _type(links: Links, one: PartnerType) -> Term:
    parts = (
        _labelled("Type:", (links.type(one.id),)),
        _labelled("function:", (links.function(one.function),)),
        _labelled("managed by:", (modes_of(links, one),)),
    )
    return _term("type", one, one.definition, join("; ", parts))


def _mode(links: Links, one: Mode) -> Term:
    return _term("mode", one, one.summary, _labelled("Mode:", (links.mode(one.id),)))


def _stage(links: Links, one: Stage) -> Term:
    types = by_name(tuple(t for t in links.playbook.types.values() if one.id in t.modes))
    more = _labelled("Matters for:", (links.type(t.id) for t in types)) if types else Md("")
    return _term("stage", one, stage_meaning(one), more)


def _factor(one: Factor) -> Term:
    return _term("factor", one, one.summary or "A reason for another mode than the expected one.", Md(""))


def stage_meaning(stage: Stage) -> str:
    if stage.before_launch:
        return "The partner’s own offer is not on the market yet."
    return "The partner’s own offer is on the market."


# --- tooltips -----------------------------------------------------------------------------


def terms(playbook: Playbook) -> dict[str, str]:
    """Tooltip definitions by term; a term with two meanings has none.

    A single word takes part only where it looks like an acronym: "Sales" or "Developer" also
    stands in the names of departments, tools and companies, where its definition would be wrong.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for term, definition in _meanings(playbook):
        found.setdefault(term.casefold(), []).append((term, definition))
    unique = (meanings[0] for meanings in found.values() if len({text for _, text in meanings}) == 1)
    return {term: definition for term, definition in unique if _distinct(term)}


def _distinct(term: str) -> bool:
    capitals = sum(character.isupper() or character.isdigit() for character in term)
    return " " in term or capitals > 1


def _meanings(playbook: Playbook) -> Iterator[tuple[str, str]]:
    for function in playbook.functions.values():
        yield function.name, first_sentence(function.value)
    for one in playbook.types.values():
        definition = first_sentence(one.definition)
        yield one.name, definition
        for alias in one.aliases:
            if alias.casefold() != one.name.casefold():
                yield alias, f"{one.name}: {definition}"
    for mode in playbook.modes.values():
        yield mode.name, first_sentence(mode.summary)
    for stage in playbook.stages.values():
        yield stage.name, stage_meaning(stage)
