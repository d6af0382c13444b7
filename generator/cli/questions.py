"""What a command needs to know: from its options, or asked for where somebody sits in front of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

import click

_Answer = TypeVar("_Answer")


def somebody_there() -> bool:
    """Whether questions can be asked and answered."""
    # Whoever closes an input or output leaves None in its place.
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


class Questions:
    """Answers to what is needed; where nobody can be asked, what is missing is told all at once."""

    def __init__(self) -> None:
        self._missing: list[str] = []

    def answer(self, option: str, given: str | None, question: str, read: Callable[[str], _Answer]) -> _Answer | None:
        """What `read` makes of the option, or of the answer to the question; None where it is missing.

        `read` raises click.UsageError for what it cannot take; a question is then asked again.
        """
        if given is not None:
            return read(given)
        if somebody_there():
            answer: _Answer = click.prompt(question, value_proc=read)
            return answer
        self._missing.append(option)
        return None

    def unanswered(self) -> click.UsageError:
        """What to raise where an answer is None."""
        return click.UsageError(f"missing: {', '.join(self._missing)}")
