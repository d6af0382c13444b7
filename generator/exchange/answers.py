"""Whether an answer to a question can be used, before it is written down."""

from __future__ import annotations

from generator.exchange.days import DAY, MONTH, ORDER
from generator.exchange.fields import IDS, columns_of, system_of
from generator.exchange.identity import NEW
from generator.exchange.matching import GONE, SKIP, TAKE, Question, Rank
from generator.exchange.meanings import Meanings, Unclear
from generator.exchange.merging import CLEAR, DIFFERS, EACH, EMPTIED, INDISPENSABLE


def objection(question: Question, answer: str, meanings: Meanings) -> str:
    """Why an answer means nothing; empty where it can be used."""
    words, known = _words(question), columns_of(meanings.custom)
    if answer in words:
        return ""
    if question.rank is Rank.WHO and question.field == "name" and _may_be_an_id(question):
        why = meanings.of("id", meanings.without_name("via", answer))
    elif question.rank in (Rank.CELL, Rank.NEW) and question.value != ORDER and question.field in known:
        why = meanings.of(question.field, answer)
        if question.field == "domain" and isinstance(why, Unclear):
            why = meanings.domain(answer)
    elif system_of(question.field):
        why = meanings.of(IDS, f"{{{system_of(question.field)}: {answer}}}")
    else:
        return f"write {' or '.join(words)}"
    return f"{why.reason} {f'[{why.choices}]' if why.choices else ''}".rstrip() if isinstance(why, Unclear) else ""


def _may_be_an_id(question: Question) -> bool:
    """Whether the question which partner a row is about can be answered by an id."""
    return bool(question.value) and not question.value.endswith(GONE)


def plain(answer: str) -> str:
    """An answer, those that are words of ours as we write them: a spreadsheet program may begin them with a capital."""
    folded = " ".join(answer.split()).casefold()
    return folded if folded in (TAKE, SKIP, NEW, CLEAR, EACH, DAY, MONTH) else answer


def _words(question: Question) -> tuple[str, ...]:
    """The words that answer a question, whatever values may."""
    if question.value == ORDER:
        return DAY, MONTH
    if question.value == DIFFERS:
        return TAKE, SKIP, EACH
    if question.value == INDISPENSABLE:
        return (SKIP,)
    if question.rank is Rank.OVERWRITE:
        return (CLEAR, SKIP) if question.value == EMPTIED else (TAKE, SKIP)
    if question.rank is Rank.ROW:
        return TAKE, SKIP
    if question.rank is Rank.WHO and not question.value:
        return (SKIP,)
    return (NEW, SKIP) if question.rank in (Rank.WHO, Rank.FIELD) else (SKIP,)
