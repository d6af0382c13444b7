"""What a quiz may ask about the taxonomy: for each kind of question, every candidate that the data gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator import paths
from generator.insights.confusion import confusions
from generator.markdown import Md, escape, join
from generator.model import Group, PartnerType, Promise
from generator.views.page import Links, first_sentence
from generator.views.types import is_exception, modes_of


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


def _quoted(text: str) -> Md:
    return Md(f"“{escape(text)}”")


def _candidate(subject: str, text: Md, right: str, wrong: Iterable[str], explanation: Md) -> Candidate:
    shown = escape(right)
    others = dict.fromkeys(escape(one) for one in wrong)
    return Candidate(subject, text, shown, tuple(one for one in others if one != shown), explanation)


def _wanted(links: Links) -> list[PartnerType]:
    """The types worth asking about: those that we look for."""
    return [one for one in links.playbook.types.values() if one.scope != "out"]


def _other_types(links: Links, one: PartnerType, confused: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The names of other types: what is confused with it, then what does the same job, then the rest."""
    types = links.playbook.types
    same = [t.id for t in _wanted(links) if t.function == one.function]
    rest = [t.id for t in _wanted(links)]
    order = dict.fromkeys((*confused[one.id], *same, *rest))
    return [types[other].name for other in order if other != one.id]


def _other_modes(links: Links, right: str, first: str | None = None) -> list[str]:
    modes = links.playbook.modes
    order = dict.fromkeys((*([first] if first is not None else []), *modes))
    return [modes[mode].name for mode in order if mode != right]


# --- what a type is ------------------------------------------------------------------------


def function_of_a_value(links: Links) -> Iterator[Candidate]:
    """A function by its value, unless the value says its name."""
    functions = links.playbook.functions
    for one in functions.values():
        if one.name.casefold() not in one.value.casefold():
            types = ", ".join(links.type(t.id) for t in links.playbook.types_by_function[one.id])
            yield _candidate(
                f"function {one.id}",
                words("Which function is this?", _quoted(one.value)),
                one.name,
                (other.name for other in functions.values()),
                words(Md("It is the value of"), links.function(one.id), *((Md(f"({types})."),) if types else (".",))),
            )


def type_of_a_definition(links: Links) -> Iterator[Candidate]:
    """A type among those that it is confused with, by its definition."""
    confused = confusions(links.playbook)
    for one in _wanted(links):
        named = (one.name, *one.aliases)
        if confused[one.id] and not any(name.casefold() in one.definition.casefold() for name in named):
            tell = ("What tells it:", one.recognize) if one.recognize else ()
            others = join(", ", (links.type(other) for other in confused[one.id]))
            yield _candidate(
                one.id,
                words("Which type is this?", _quoted(one.definition)),
                one.name,
                _other_types(links, one, confused),
                words("It is", Md(f"{links.type(one.id)}."), *tell, "Commonly confused with it:", Md(f"{others}.")),
            )


def type_of_an_alias(links: Links) -> Iterator[Candidate]:
    """A type by another of its names that does not give it away: acronyms that its words do not spell first."""
    confused = confusions(links.playbook)
    found: list[tuple[int, Candidate]] = []
    for one in _wanted(links):
        for alias in one.aliases:
            if (
                set(alias.casefold().split()) & set(one.name.casefold().split())
                or alias.casefold() in one.name.casefold()
            ):
                continue
            hard = re.fullmatch(r"[A-Z0-9]{2,6}", alias) is not None and not _initials(alias, one.name)
            explanation = words(_quoted(alias), "is another name of", Md(f"{links.type(one.id)}:"))
            candidate = _candidate(
                one.id,
                words("Somebody speaks of", Md(f"{_quoted(alias)}."), "Which type is meant?"),
                one.name,
                _other_types(links, one, confused),
                words(explanation, first_sentence(one.definition)),
            )
            found.append((0 if hard else 1, candidate))
    yield from (candidate for _, candidate in sorted(found, key=lambda pair: pair[0]))


def _initials(acronym: str, name: str) -> bool:
    """Whether the letters of the acronym begin words of the name, in its order."""
    initials = iter(word[0].upper() for word in re.findall(r"\w+", name))
    return all(letter in initials for letter in acronym)


def ambiguous_alias(links: Links) -> Iterator[Candidate]:
    """A name that may mean several types means none of them until somebody has asked."""
    types = links.playbook.types
    for alias, meant in links.playbook.ambiguous_aliases.items():
        tells = [
            words(links.type(t), Md(f"({escape(types[t].recognize)})") if types[t].recognize else "") for t in meant
        ]
        yield _candidate(
            f"alias {alias}",
            words("A colleague says that a company is", Md(f"{_quoted(alias)}."), "Which type is it?"),
            "The name alone does not tell: ask what the company does for us",
            (types[t].name for t in meant),
            words("The name is in use for several types, so ask which one it is:", Md(f"{'; '.join(tells)}.")),
        )


def business_model(links: Links) -> Iterator[Candidate]:
    """Two business models make no two types."""
    for one in _wanted(links):
        if len(one.business_models) > 1:
            first, second = map(_quoted, one.business_models[:2])
            yield _candidate(
                one.id,
                words(
                    "Two companies are of the type", Md(f"{_quoted(one.name)}."), "The business model of one is", first,
                    Md(f"and that of the other {second}."), "Are they of two types?",
                ),
                "No: they are of one type, and the business model is recorded for each partner",
                (
                    "Yes: each business model is a type of its own",
                    "It depends on which department manages them",
                ),
                words(
                    "A business model is a fact about a partner, not a type. Known for",
                    Md(f"{links.type(one.id)}:"), Md(f"{join('; ', one.business_models)}."),
                ),
            )  # fmt: skip


def type_of_a_question(links: Links) -> Iterator[Candidate]:
    """A type among those that it is confused with, by the question that tells it."""
    confused = confusions(links.playbook)
    for one in _wanted(links):
        if one.recognize:
            yield _candidate(
                one.id,
                words("You ask about a company:", _quoted(one.recognize), "The answer is yes. Which type may it be?"),
                one.name,
                _other_types(links, one, confused),
                words(Md(f"{links.type(one.id)}:"), one.definition),
            )


# --- how it is managed ---------------------------------------------------------------------


def own_mode(links: Links) -> Iterator[Candidate]:
    """A type's own mode beats the default of its function; the rarest exceptions first."""
    playbook = links.playbook
    found = [one for one in _wanted(links) if is_exception(links, one)]

    def share(one: PartnerType) -> float:
        same = playbook.types_by_function[one.function]
        return sum(is_exception(links, each) for each in same) / len(same)

    for one in sorted(found, key=share):
        default = playbook.functions[one.function].mode
        assert default is not None
        yield _candidate(
            one.id,
            _how(one),
            playbook.modes[one.modes[None]].name,
            _other_modes(links, one.modes[None], first=default),
            words(
                "The type names a mode of its own,", Md(f"{links.mode(one.modes[None])}."), "It beats the default of",
                links.function(one.function), "partners, which is", Md(f"{links.mode(default)}."),
                *([one.note] if one.note else []), "See", Md(f"{links.type(one.id)}."),
            ),
        )  # fmt: skip


def default_mode(links: Links) -> Iterator[Candidate]:
    """A type that names no mode takes that of its function."""
    for one in _wanted(links):
        if not one.own_mode and not one.stage_dependent:
            yield _candidate(
                one.id,
                _how(one),
                links.playbook.modes[one.modes[None]].name,
                _other_modes(links, one.modes[None]),
                words(
                    links.type(one.id), "names no mode of its own, so it takes the default of",
                    Md(f"{links.function(one.function)}:"), Md(f"{links.mode(one.modes[None])}."),
                ),
            )  # fmt: skip


def _how(one: PartnerType) -> Md:
    return words("How do we expect to manage a partner of the type", Md(f"{_quoted(one.name)}?"))


def mode_of_a_group(links: Links) -> Iterator[Candidate]:
    """A group has no mode: its types may be managed in several ways; the group with the most ways first."""
    playbook = links.playbook

    def inside(group: Group) -> list[PartnerType]:
        return [one for one in playbook.types.values() if one.group == group.id]

    def ways(group: Group) -> list[str]:
        return list(dict.fromkeys(mode for one in inside(group) for mode in one.modes.values()))

    for group in sorted(playbook.groups.values(), key=lambda one: -len(ways(one))):
        if len(ways(group)) > 1:
            managed = (words(links.type(one.id), Md(f"({modes_of(links, one)})")) for one in inside(group))
            yield _candidate(
                f"group {group.id}",
                words("How do we expect to manage the partners in the group", Md(f"{_quoted(group.name)}?")),
                "It depends on the type: a group has no mode",
                (words("All of them by", _quoted(playbook.modes[mode].name)) for mode in ways(group)),
                words("A type never takes its mode from its group:", Md(f"{join(', ', managed)}.")),
            )


def mode_by_stage(links: Links) -> Iterator[Candidate]:
    """Where the mode depends on the stage of the partner's own offer."""
    playbook = links.playbook
    for one in _wanted(links):
        if len(set(one.modes.values())) < 2:
            continue
        stages = [stage for stage in one.modes if stage is not None]
        first = stages[0]
        second = next(stage for stage in stages if one.modes[stage] != one.modes[first])
        before, after = (playbook.modes[one.modes[stage]].name for stage in (first, second))
        yield _candidate(
            one.id,
            words(
                "How do we expect to manage a partner of the type", _quoted(one.name), "at two stages of its offer:",
                _quoted(playbook.stages[first].name), "and", Md(f"{_quoted(playbook.stages[second].name)}?"),
            ),
            words("First by", Md(f"{_quoted(before)},"), "then by", _quoted(after)),
            (
                words("First by", Md(f"{_quoted(after)},"), "then by", _quoted(before)),
                words("By", _quoted(before), "at both stages"),
                words("By", _quoted(after), "at both stages"),
            ),
            words(
                "The mode depends on the stage of the partner’s own offer:",
                links.stage(first), Md(f"({links.mode(one.modes[first])}),"),
                links.stage(second), Md(f"({links.mode(one.modes[second])})."), "See", Md(f"{links.type(one.id)}."),
            ),
        )  # fmt: skip


def factors(links: Links) -> Iterator[Candidate]:
    """What justifies another mode than the expected one."""
    found = links.playbook.factors.values()
    if found:
        names = " / ".join(_quoted(one.name) for one in found)
        reasons = ((links.factor(one.id), one.summary) for one in found)
        told = "; ".join(f"{name} ({escape(summary.rstrip('.'))})" if summary else name for name, summary in reasons)
        yield _candidate(
            "factors",
            escape("When may a partner be managed in another mode than the one expected of its type?"),
            words("When such a reason is recorded:", Md(names)),
            (
                "Whenever its owner prefers another mode",
                "Never: the type alone decides",
                "When its department has always managed it so",
            ),
            words(
                "The expected mode is what fits most partners of a type. Another is fine where this is the reason:",
                Md(f"{told}."), "See", Md(f"{links.to('who is managed otherwise', f'{paths.MODES}#unexpected')}."),
            ),
        )  # fmt: skip


def never_promised(links: Links) -> Iterator[Candidate]:
    """What nobody may say to such a partner, among what one may say at once or after asking."""
    playbook = links.playbook
    forbidden = {text for promise in playbook.promises for text in promise.never}
    for promise in playbook.promises:
        said = _partner(links, promise)
        if promise.never and said is not None:
            ask, may = ([t for t in texts if t not in forbidden] for texts in (promise.ask, promise.may))
            partner, target = said
            asked = (words("After you asked its owner:", *map(_quoted, ask[:1])),) if ask else ()
            free = (words("Without asking:", *map(_quoted, may[:1])),) if may else ()
            yield _candidate(
                f"promise {target}",
                words("You speak with", Md(f"{partner}."), "What may you never promise?"),
                promise.never[0],
                (*ask[:1], *may[:1], *ask[1:], *may[1:]),
                words("It is on the list", Md(f"{links.to('never say', f'{target}#promises')}."), *asked, *free),
            )


def _partner(links: Links, promise: Promise) -> tuple[Md, str] | None:
    """Such a partner in words, and the page with its promises."""
    types = [links.playbook.types[t] for t in promise.types if links.playbook.types[t].scope != "out"]
    if types:
        return words("a partner of the type", _quoted(types[0].name)), paths.partner_type(types[0].id)
    if promise.modes:
        mode = links.playbook.modes[promise.modes[0]]
        return words("a partner that is managed by", _quoted(mode.name)), paths.mode(mode.id)
    return None
