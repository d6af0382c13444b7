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
    others = dict.fromkeys(escape(one) for one in wrong)
    return Candidate(subject, text, shown, tuple(one for one in others if one != shown), explanation)


def wanted(links: Links) -> list[PartnerType]:
    """The types worth asking about: those that we look for."""
    return [one for one in links.playbook.types.values() if one.scope is not Scope.OUT]


def _other_types(links: Links, one: PartnerType, confused: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The names of other types: what is confused with it, then what does the same job, then the rest."""
    types = links.playbook.types
    same = [t.id for t in wanted(links) if t.function == one.function]
    rest = [t.id for t in wanted(links)]
    order = dict.fromkeys((*confused[one.id], *same, *rest))
    return [types[other].name for other in order if other != one.id]


def function_of_a_value(links: Links) -> Iterator[Candidate]:
    """A function by its value, unless the value says its name."""
    functions = links.playbook.functions
    for one in functions.values():
        if one.name.casefold() not in one.value.casefold():
            types = join(", ", (links.type(t.id) for t in links.playbook.types_by_function[one.id]))
            yield candidate(
                f"function {one.id}",
                words("Which function is this?", quoted(one.value)),
                one.name,
                (other.name for other in functions.values()),
                words(
                    "It is the value of",
                    md("{} ({}).", links.function(one.id), types) if types else md("{}.", links.function(one.id)),
                ),
            )


def type_of_a_definition(links: Links) -> Iterator[Candidate]:
    """A type among those that it is confused with, by its definition."""
    confused = confusions(links.playbook)
    for one in wanted(links):
        named = (one.name, *one.aliases)
        if confused[one.id] and not any(name.casefold() in one.definition.casefold() for name in named):
            tell = ("What tells it:", one.recognize) if one.recognize else ()
            others = join(", ", (links.type(other) for other in confused[one.id]))
            yield candidate(
                one.id,
                words("Which type is this?", quoted(one.definition)),
                one.name,
                _other_types(links, one, confused),
                words("It is", md("{}.", links.type(one.id)), *tell, "Commonly confused with it:", md("{}.", others)),
            )


def type_of_an_alias(links: Links) -> Iterator[Candidate]:
    """A type by another of its names that does not give it away: acronyms that its words do not spell first."""
    confused = confusions(links.playbook)
    found: list[tuple[int, Candidate]] = []
    for one in wanted(links):
        for alias in one.aliases:
            if (
                set(alias.casefold().split()) & set(one.name.casefold().split())
                or alias.casefold() in one.name.casefold()
            ):
                continue
            hard = re.fullmatch(r"[A-Z0-9]{2,6}", alias) is not None and not _initials(alias, one.name)
            explanation = words(quoted(alias), "is another name of", md("{}:", links.type(one.id)))
            made = candidate(
                one.id,
                words("Somebody speaks of", md("{}.", quoted(alias)), "Which type is meant?"),
                one.name,
                _other_types(links, one, confused),
                words(explanation, first_sentence(one.definition)),
            )
            found.append((0 if hard else 1, made))
    yield from (made for _, made in sorted(found, key=lambda pair: pair[0]))


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
    for one in wanted(links):
        if len(one.business_models) > 1:
            first, second = map(quoted, one.business_models[:2])
            yield candidate(
                one.id,
                words(
                    "Two companies are of the type", md("{}.", quoted(one.name)), "The business model of one is", first,
                    md("and that of the other {}.", second), "Are they of two types?",
                ),
                "No: they are of one type, and the business model is recorded for each partner",
                (
                    "Yes: each business model is a type of its own",
                    "It depends on which department manages them",
                ),
                words(
                    "A business model is a fact about a partner, not a type. Known for",
                    md("{}:", links.type(one.id)), md("{}.", join('; ', one.business_models)),
                ),
            )  # fmt: skip


def type_of_a_question(links: Links) -> Iterator[Candidate]:
    """A type among those that it is confused with, by the question that tells it."""
    confused = confusions(links.playbook)
    for one in wanted(links):
        if one.recognize:
            yield candidate(
                one.id,
                words("You ask about a company:", quoted(one.recognize), "The answer is yes. Which type may it be?"),
                one.name,
                _other_types(links, one, confused),
                words(md("{}:", links.type(one.id)), one.definition),
            )
