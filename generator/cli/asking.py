"""Questions of an import, asked on the terminal: one at a time, each answer kept at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import click

from generator.exchange.answers import objection, plain
from generator.exchange.matching import Question
from generator.exchange.meanings import Meanings
from generator.exchange.review import named
from generator.reports.printable import printable
from generator.words import count

_ROWS = 8


def ask(
    questions: Sequence[Question],
    names: Mapping[int, str],
    meanings: Meanings,
    keep: Callable[[Question, str], None],
) -> None:
    """Ask until all are answered or somebody has had enough; an empty answer leaves a question for later."""
    if not click.confirm(f"\nAnswer {count(len(questions), 'question')} here, one at a time?", default=False):
        return
    click.echo("Return alone leaves one for later; Ctrl+D ends, and what was answered is kept.")
    try:
        for number, question in enumerate(questions, 1):
            click.echo(f"\n{number} of {len(questions)}: {printable(_told(question, names))}")
            if answer := _answer(question, meanings):
                keep(question, answer)
    except click.Abort:
        click.echo("\nThe rest waits.")


def _answer(question: Question, meanings: Meanings) -> str:
    while answer := plain(str(click.prompt("Decision", default="", show_default=False)).strip()):
        wrong = objection(question, answer, meanings)
        if not wrong:
            return answer
        click.echo(f"  {printable(wrong)}")
    return ""


def _told(question: Question, names: Mapping[int, str]) -> str:
    rows = ", ".join(map(str, question.rows[:_ROWS])) + (" and more" if len(question.rows) > _ROWS else "")
    about = named(question, names)
    what = f"{question.field} {question.value!r}" if question.value else question.field
    told = (
        f"{what}, row{'s' if len(question.rows) > 1 else ''} {rows}{f' ({about})' if about else ''}: {question.reason}"
    )
    return f"{told} [{question.choices}]" if question.choices else told
