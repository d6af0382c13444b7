"""A question about the partners and its answer: what a page shows first, and the home page again."""

from __future__ import annotations

from dataclasses import dataclass

from generator.insights.ownership import Share
from generator.markdown import Md


@dataclass(frozen=True)
class Answer:
    """`sentence` carries the figures, each linked to the list that it counts.

    Where the data does not tell, `sentence` says so and `record` says what to record first; `record`
    is empty otherwise.  `share` is the figure that says how well it stands, None where there is none;
    `about` says what it is a share of, and is empty where the sentence begins with that.  `figure` is the share as
    the sentence writes it, where it does.

    `lines` are the links of the sentence, one each with a word for what it leads to, for a page that has many answers.
    """

    question: str
    page: str
    sentence: Md
    record: str = ""
    share: Share | None = None
    about: str = ""
    figure: str = ""
    lines: tuple[tuple[str, Md], ...] = ()
