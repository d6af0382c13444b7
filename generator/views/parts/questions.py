"""What a quiz may ask about functions and types: for each kind of question, every candidate that the data gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.insights.confusion import confusions
from generator.markdown import Md, escape, join, md
from generator.model import PartnerType, Scope
from generator.views.kit.links import Links
from generator.views.kit.words import first_sentence


@dataclass(frozen=True)
class Candidate:
    """A question with its right option and all that we have of wrong ones, the most tempting first.

    `subject` names what it is about, so that a quiz need not ask twice about the same thing.
    """

    subject: str
    text: Md
    right: Md
    wrong: tuple[Md, ...]
    explanation: Md


Maker = Callable[[Links], Iterator[Candidate]]


def words(*parts: str) -> Md:
    """The parts as one text with single spaces between them."""
    return join(" ", parts)


def quoted(text: str) -> Md:
    """The text in quotation marks."""
    return md("“{}”", text)


def candidate(subject: str, text: Md, right: str, wrong: Iterable[str], explanation: Md) -> Candidate:
    """A candidate without the wrong options that say the same as another one."""
    shown = escape(right)
    options = dict.fromkeys(escape(option) for option in wrong)
    return Candidate(subject, text, shown, tuple(option for option in options if option != shown), explanation)


def wanted(links: Links) -> list[PartnerType]:
    """The types worth asking about: those that we look for."""
    return [partner_type for partner_type in links.playbook.types.values() if partner_type.scope is not Scope.OUT]


def _other_types(links: Links, partner_type: PartnerType, confused: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The names of other types: what is confused with it, then what does the same job, then the rest."""
    types = links.playbook.types
    same_function = [t.id for t in wanted(links) if t.function == partner_type.function]
    rest = [t.id for t in wanted(links)]
    order = dict.fromkeys((*confused[partner_type.id], *same_function, *rest))
    return [types[type_id].name for type_id in order if type_id != partner_type.id]


def function_of_a_value(links: Links) -> Iterator[Candidate]:
    """A function by its value, unless the value says its name."""
    functions = links.playbook.functions
    for function in functions.values():
        if function.name.casefold() not in function.value.casefold():
            types = join(", ", (links.type(t.id) for t in links.playbook.types_by_function[function.id]))
            yield candidate(
                f"function {function.id}",
                words("Which function is this?", quoted(function.value)),
                function.name,
                (other.name for other in functions.values()),
                words(
                    "It is the value of",
                    md("{} ({}).", links.function(function.id), types)
                    if types
                    else md("{}.", links.function(function.id)),
                ),
            )


def type_of_a_definition(links: Links) -> Iterator[Candidate]:
    """A type among those that it is confused with, by its definition."""
    confused = confusions(links.playbook)
    for partner_type in wanted(links):
        named = (partner_type.name, *partner_type.other_names)
        if confused[partner_type.id] and not any(
            name.casefold() in partner_type.definition.casefold() for name in named
        ):
            tell = ("What tells it:", partner_type.recognize) if partner_type.recognize else ()
            similar = join(", ", (links.type(type_id) for type_id in confused[partner_type.id]))
            yield candidate(
                partner_type.id,
                words("Which type is this?", quoted(partner_type.definition)),
                partner_type.name,
                _other_types(links, partner_type, confused),
                words(
                    "It is",
                    md("{}.", links.type(partner_type.id)),
                    *tell,
                    "Commonly confused with it:",
                    md("{}.", similar),
                ),
            )


def type_of_an_alias(links: Links) -> Iterator[Candidate]:
    """A type by another of its names that does not give it away: acronyms that its words do not spell first."""
    confused = confusions(links.playbook)
    candidates: list[tuple[int, Candidate]] = []
    for partner_type in wanted(links):
        for alias in partner_type.other_names:
            if (
                set(alias.casefold().split()) & set(partner_type.name.casefold().split())
                or alias.casefold() in partner_type.name.casefold()
            ):
                continue
            hard = re.fullmatch(r"[A-Z0-9]{2,6}", alias) is not None and not _initials(alias, partner_type.name)
            explanation = words(quoted(alias), "is another name of", md("{}:", links.type(partner_type.id)))
            made = candidate(
                partner_type.id,
                words("Somebody speaks of", md("{}.", quoted(alias)), "Which type is meant?"),
                partner_type.name,
                _other_types(links, partner_type, confused),
                words(explanation, first_sentence(partner_type.definition)),
            )
            candidates.append((0 if hard else 1, made))
    yield from (made for _, made in sorted(candidates, key=lambda pair: pair[0]))


def _initials(acronym: str, name: str) -> bool:
    """Whether the letters of the acronym begin words of the name, in its order."""
    initials = iter(word[0].upper() for word in re.findall(r"\w+", name))
    return all(letter in initials for letter in acronym)


def ambiguous_alias(links: Links) -> Iterator[Candidate]:
    """A name that may mean several types means none of them until somebody has asked."""
    types = links.playbook.types
    for alias, meant in links.playbook.ambiguous_aliases.items():
        tells = [words(links.type(t), md("({})", types[t].recognize) if types[t].recognize else "") for t in meant]
        yield candidate(
            f"alias {alias}",
            words("A colleague says that a company is", md("{}.", quoted(alias)), "Which type is it?"),
            "The name alone does not tell: ask what the company does for us",
            (types[t].name for t in meant),
            words("The name is in use for several types, so ask which one it is:", md("{}.", join("; ", tells))),
        )


def business_model(links: Links) -> Iterator[Candidate]:
    """Two business models make no two types."""
    for partner_type in wanted(links):
        if len(partner_type.business_models) > 1:
            first, second = map(quoted, partner_type.business_models[:2])
            yield candidate(
                partner_type.id,
                words(
                    "Two companies are of the type", md("{}.", quoted(partner_type.name)),
                    "The business model of one is", first,
                    md("and that of the other {}.", second), "Are they of two types?",
                ),
                "No: they are of one type, and the business model is recorded for each partner",
                (
                    "Yes: each business model is a type of its own",
                    "It depends on which department manages them",
                ),
                words(
                    "A business model is a fact about a partner, not a type. Known for",
                    md("{}:", links.type(partner_type.id)), md("{}.", join('; ', partner_type.business_models)),
                ),
            )  # fmt: skip


def type_of_a_question(links: Links) -> Iterator[Candidate]:
    """A type among those that it is confused with, by the question that tells it."""
    confused = confusions(links.playbook)
    for partner_type in wanted(links):
        if partner_type.recognize:
            yield candidate(
                partner_type.id,
                words(
                    "You ask about a company:",
                    quoted(partner_type.recognize),
                    "The answer is yes. Which type may it be?",
                ),
                partner_type.name,
                _other_types(links, partner_type, confused),
                words(md("{}:", links.type(partner_type.id)), partner_type.definition),
            )
