"""The quiz: ten questions of the taxonomy and the toolkit, the usual traps among them, and three about partners."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from generator import paths
from generator.markdown import Md
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.view import TAXONOMY, View
from generator.views.parts import management_questions as manage
from generator.views.parts import partner_questions as ours
from generator.views.parts import questions as ask
from generator.words import count

LENGTH = 10

# One of each, in this order; what the data does not give is made up for by the second list.
_KINDS: tuple[ask.Maker, ...] = (
    ask.function_of_a_value,
    ask.type_of_a_definition,
    ask.type_of_an_alias,
    ask.ambiguous_alias,
    ask.business_model,
    manage.own_mode,
    manage.mode_of_a_group,
    manage.mode_by_stage,
    manage.factors,
    manage.never_promised,
)
_MORE: tuple[ask.Maker, ...] = (
    ask.type_of_a_question,
    manage.default_mode,
    ask.type_of_a_definition,
    ask.type_of_an_alias,
    manage.own_mode,
    manage.never_promised,
    ask.function_of_a_value,
)

# These ask about our own partners, each month about others.
_OURS: tuple[ask.Maker, ...] = (ours.owner_of_a_partner, ours.department_of_a_partner, ours.mode_of_a_partner)
_TRIED = 30  # partners: where so many have no two wrong options, others will not, either

# Where the right option stands among the wrong ones, question by question: each place as often as any other.
_PLACES = (1, 3, 0, 2, 2, 0, 3, 1, 2, 1)
_FEWEST, _MOST = 2, 3  # wrong options


@dataclass(frozen=True)
class Choice:
    text: Md
    right: bool


@dataclass(frozen=True)
class QuizQuestion:
    """`number` starts at 1; exactly one of the options is right."""

    number: int
    text: Md
    options: tuple[Choice, ...]
    answer: Md
    explanation: Md


@dataclass(frozen=True)
class QuizFacts:
    """What `quiz.md.j2` places; `ours` says how many of the questions are about our partners, empty where none is."""

    total: str
    ours: str
    month: str
    questions: tuple[QuizQuestion, ...]
    start: Md
    types: Md
    guide: Md
    compare: Md


def view(context: Context) -> View:
    """The quiz, or a word on what is missing for one."""
    links = Links(context.playbook, paths.QUIZ)
    asked, about_us = context.once(_chosen)
    chosen = (*asked, *about_us)
    return View(
        path=paths.QUIZ,
        place=TAXONOMY,
        template="quiz.md.j2",
        title="Quiz",
        description="Questions about our types of partner, our partners and how we manage them, each answer explained.",
        trail=(("Start here", paths.START),),
        boost=0.5,
        # A term that explains itself would give the answer away.
        tooltips=False,
        facts=QuizFacts(
            total=count(len(chosen), "question"),
            ours=_last(len(about_us), len(chosen)),
            month=ours.month(context.playbook),
            questions=tuple(_question(number, candidate) for number, candidate in enumerate(chosen, start=1)),
            start=links.to("Start here", f"{paths.START}#quiz"),
            types=links.to("types", paths.TYPES),
            guide=links.to("how to record them", paths.EDITORS),
            compare=links.to("side by side", paths.COMPARE),
        ),
    )


def _chosen(context: Context) -> tuple[list[ask.Candidate], list[ask.Candidate]]:
    """What is asked, and then what about our own partners."""
    links = Links(context.playbook, paths.QUIZ)
    return _chosen_of_taxonomy(links), _chosen_of_ours(links)


def _chosen_of_taxonomy(links: Links) -> list[ask.Candidate]:
    """Ten questions, or as many as the taxonomy is good for; the same data give the same ones."""
    chosen: list[ask.Candidate] = []
    for pool in ([c for c in make(links) if _fair(c)] for make in _KINDS):
        _take(pool, chosen)
    pools = [[c for c in make(links) if _fair(c)] for make in _MORE]
    while len(chosen) < LENGTH and any(pools):
        for pool in pools:
            if len(chosen) < LENGTH:
                _take(pool, chosen)
    return chosen


def _chosen_of_ours(links: Links) -> list[ask.Candidate]:
    """One question of each kind, each about another partner where that can be; the same data and month give the same
    ones.
    """
    chosen: list[ask.Candidate] = []
    for make in _OURS:
        _take(list(islice(filter(_fair, islice(make(links), _TRIED)), len(_OURS))), chosen)
    return chosen


def _last(some: int, total: int) -> str:
    if not some:
        return ""
    if some == total:
        return "They are about our own partners"
    return f"The last {some} are about our own partners" if some > 1 else "The last one is about our own partners"


def _take(pool: list[ask.Candidate], chosen: list[ask.Candidate]) -> None:
    """Move one candidate that is not yet asked from the pool, at best one about something new."""
    asked, subjects = {c.text for c in chosen}, {c.subject for c in chosen}
    pool[:] = [c for c in pool if c.text not in asked]
    if pool:
        candidate = next((c for c in pool if c.subject not in subjects), pool[0])
        pool.remove(candidate)
        chosen.append(candidate)


def _fair(candidate: ask.Candidate) -> bool:
    return len(candidate.wrong) >= _FEWEST


def _question(number: int, candidate: ask.Candidate) -> QuizQuestion:
    wrong = candidate.wrong[:_MOST]
    place = _PLACES[(number - 1) % len(_PLACES)] % (len(wrong) + 1)
    texts = (*wrong[:place], candidate.right, *wrong[place:])
    options = tuple(Choice(text, index == place) for index, text in enumerate(texts))
    return QuizQuestion(number, candidate.text, options, candidate.right, candidate.explanation)


def total(context: Context) -> int:
    """How many questions the quiz has."""
    return sum(map(len, context.once(_chosen)))
