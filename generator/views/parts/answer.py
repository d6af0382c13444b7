"""A question about the partners and its answer: what a page shows first, and the home page again."""

from __future__ import annotations

from dataclasses import dataclass

from generator.markdown import Md


@dataclass(frozen=True)
class Answer:
    """`sentence` carries the figures, each linked to the list that it counts.

    Where the data does not tell, `sentence` says so and `record` says what to record first; `record`
    is empty otherwise.
    """

    question: str
    page: str
    sentence: Md
    record: str = ""
