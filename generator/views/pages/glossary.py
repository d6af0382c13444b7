"""Every term of the taxonomy on one page, and the definitions that tooltips show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator import paths
from generator.markdown import Md, join, md, verbatim
from generator.model import Factor, Function, Group, Mode, PartnerType, Playbook, Stage
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.view import TAXONOMY, View
from generator.views.kit.words import first_sentence, set_apart
from generator.views.parts.types import by_name, modes_of
from generator.views.parts.ways import ways

_FEW = 8
"""So many terms need no letters to be found."""


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
    """The terms of one kind, by name; `letters` lead to the first of each letter, where there are many."""

    name: str
    anchor: Md
    way: Md
    letters: Md
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class GlossaryFacts:
    """What `glossary.md.j2` places."""

    sections: tuple[Section, ...]


def view(context: Context) -> View:
    """The glossary: all kinds that have a term."""
    playbook = context.playbook
    links = Links(playbook, paths.GLOSSARY)
    kinds: tuple[tuple[str, str, Iterable[Term]], ...] = (
        ("Functions", "functions", (_function(links, function) for function in playbook.functions.values())),
        ("Groups", "groups", (_group(links, group) for group in playbook.groups.values())),
        ("Types", "types", (_type(context, links, partner_type) for partner_type in playbook.types.values())),
        ("Names for several types", "several", _several(links)),
        ("Modes", "modes", (_mode(links, mode) for mode in playbook.modes.values())),
        ("Stages", "stages", (_stage(links, stage) for stage in playbook.stages.values())),
        ("Factors", "factors", (_factor(factor) for factor in playbook.factors.values())),
    )
    sections = (_section(links, name, anchor, _sorted(entries)) for name, anchor, entries in kinds)
    return View(
        path=paths.GLOSSARY,
        place=TAXONOMY,
        template="glossary.md.j2",
        title="Glossary",
        description="Every function, type, mode and stage in plain words, with all the other names they go by.",
        facts=GlossaryFacts(
            sections=tuple(section for section in sections if section.terms),
        ),
    )


def _section(links: Links, name: str, anchor: str, terms: tuple[Term, ...]) -> Section:
    firsts = {term.name[:1].upper(): term for term in reversed(terms)} if len(terms) > _FEW else {}
    letters = join(" ", (links.to(letter, f"{paths.GLOSSARY}#{firsts[letter].anchor}") for letter in reversed(firsts)))
    return Section(name, verbatim(anchor), ways(links, [(name, anchor, len(terms))]), letters, terms)


def _sorted(entries: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.name.casefold(), entry.anchor)))


def _term(kind: str, entity: Function | Group | PartnerType | Mode | Stage | Factor, definition: str, more: Md) -> Term:
    aliases = entity.other_names if isinstance(entity, PartnerType) else ()
    return Term(entity.name, verbatim(f"{kind}-{entity.id}"), definition, set_apart(aliases), more)


def _labelled(label: str, parts: Iterable[Md]) -> Md:
    return join(" ", (label, join(", ", parts)))


def _function(links: Links, function: Function) -> Term:
    types = by_name(links.playbook.types_by_function[function.id])
    more = _labelled("Function:", (links.function(function.id),))
    named = _labelled("types:", (links.type(t.id) for t in types))
    return _term("function", function, function.value, join("; ", (more, named)) if types else more)


def _group(links: Links, group: Group) -> Term:
    types = by_name(tuple(t for t in links.playbook.types_by_function[group.function] if t.group == group.id))
    more = _labelled("Types:", (links.type(t.id) for t in types)) if types else Md("")
    return _term("group", group, _labelled("A group of types in the function", (links.function(group.function),)), more)


def _type(context: Context, links: Links, partner_type: PartnerType) -> Term:
    confused = context.confusions[partner_type.id]
    parts = [
        _labelled("Type:", (links.type(partner_type.id),)),
        _labelled("function:", (links.function(partner_type.function),)),
        _labelled("managed by:", (modes_of(links, partner_type),)),
    ]
    if confused:
        names = " or ".join(links.playbook.types[one].name for one in confused[:2])
        parts.append(_labelled("not to be confused with", (_beside(links, names, partner_type.id, *confused[:2]),)))
    return _term("type", partner_type, partner_type.definition, join("; ", parts))


def _several(links: Links) -> Iterator[Term]:
    """Names that say too little; any text may be one, so that their anchors are numbers."""
    for number, (alias, types) in enumerate(links.playbook.ambiguous_aliases.items(), start=1):
        named, beside = join(" or ", map(links.type, types)), _beside(links, "side by side", *types[:3])
        meant = md("It may mean {}, so ask which; see them {}.", named, beside)
        yield Term(alias, verbatim(f"several-{number}"), meant, Md(""), Md(""))


def _beside(links: Links, label: str, *types: str) -> Md:
    return links.to(label, paths.compared(*types))


def _mode(links: Links, mode: Mode) -> Term:
    return _term("mode", mode, mode.summary, _labelled("Mode:", (links.mode(mode.id),)))


def _stage(links: Links, stage: Stage) -> Term:
    types = by_name(tuple(t for t in links.playbook.types.values() if stage.id in t.modes))
    more = _labelled("Matters for:", (links.type(t.id) for t in types)) if types else Md("")
    return _term("stage", stage, stage_meaning(stage), more)


def _factor(factor: Factor) -> Term:
    return _term("factor", factor, factor.summary or "A reason for another mode than the expected one.", Md(""))


def stage_meaning(stage: Stage) -> str:
    if stage.before_launch:
        return "The partner’s own offer is not on the market yet."
    return "The partner’s own offer is on the market."


# --- tooltips -----------------------------------------------------------------------------


def terms(playbook: Playbook) -> dict[str, str]:
    """Tooltip definitions by term; a term with two meanings has none, and neither has one that somebody is called.

    A single word takes part only where it looks like an acronym: "Sales" or "Developer" also
    stands in the names of departments, tools and companies, where its definition would be wrong.
    """
    by_term: dict[str, list[tuple[str, str]]] = {}
    for term, definition in _meanings(playbook):
        by_term.setdefault(term.casefold(), []).append((term, definition))
    unique = (meanings[0] for meanings in by_term.values() if len({text for _, text in meanings}) == 1)
    called = {name.casefold() for name in names(playbook)}
    return {term: text for term, text in unique if _distinct(term) and term.casefold() not in called}


def names(playbook: Playbook) -> Iterator[str]:
    """What is called by a name that may hold the word for a term, as in SI Robotics, which is no system integrator."""
    yield playbook.settings.company
    for named in (playbook.partners, playbook.people, playbook.departments, playbook.offers, playbook.routes):
        yield from (one.name for one in named.values())
    for planned in (playbook.programs, playbook.tools, playbook.skills, playbook.settings.systems, playbook.rules):
        yield from (one.name for one in planned.values())
    yield from (objective.title for objective in playbook.objectives.values())


def _distinct(term: str) -> bool:
    capitals = sum(character.isupper() or character.isdigit() for character in term)
    return " " in term or capitals > 1


def _meanings(playbook: Playbook) -> Iterator[tuple[str, str]]:
    for function in playbook.functions.values():
        yield function.name, first_sentence(function.value)
    for partner_type in playbook.types.values():
        definition = first_sentence(partner_type.definition)
        yield partner_type.name, definition
        for alias in partner_type.other_names:
            if alias.casefold() != partner_type.name.casefold():
                yield alias, f"{partner_type.name}: {definition}"
    for alias, type_ids in playbook.ambiguous_aliases.items():
        yield alias, f"It may mean {' or '.join(playbook.types[ident].name for ident in type_ids)}, so ask which."
    for mode in playbook.modes.values():
        yield mode.name, first_sentence(mode.summary)
    for stage in playbook.stages.values():
        yield stage.name, stage_meaning(stage)
