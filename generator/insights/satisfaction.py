"""How satisfied partners are, without telling what a single person said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.model import Playbook, Relationship, Satisfaction, frozen


@dataclass(frozen=True)
class Mean:
    """The mean of several scores, weighted by their answers, as a share of the scale (0 to 1).

    `scale` is the one that all of them have, None where they differ.  `partners` are ids; `hidden`
    counts the answers that are left out because they are too few to be shown, and too few
    together.  `oldest` and `newest` are the days of the scores that count.
    """

    share: float
    scale: float | None
    n: int
    partners: tuple[str, ...]
    oldest: date
    newest: date
    hidden: int


@dataclass(frozen=True)
class Asked:
    """The means by mode and by department; None where there are too few answers to show one.

    A mode or department is there where it has an active relationship.  `silent` are the active
    relationships without any score.
    """

    overall: Mean | None
    modes: Mapping[str, Mean | None]
    departments: Mapping[str, Mean | None]
    silent: tuple[Relationship, ...]


def shown(playbook: Playbook, score: Satisfaction) -> bool:
    """Whether the score comes from enough answers to be shown at all."""
    return score.n >= playbook.settings.thresholds.satisfaction_min_n


def is_old(playbook: Playbook, day: date) -> bool:
    """Whether a score of that day is older than the settings allow."""
    return (playbook.as_of - day).days > playbook.settings.thresholds.satisfaction_max_age


def satisfaction(playbook: Playbook) -> Asked:
    """What active partners think of us."""
    active = [r for r in playbook.relationships if r.active]
    modes: dict[str, list[Relationship]] = {mode: [] for mode in playbook.modes}
    departments: dict[str, list[Relationship]] = {department: [] for department in playbook.departments}
    for relationship in active:
        departments[relationship.department].append(relationship)
        for mode in relationship.modes:
            modes[mode].append(relationship)
    return Asked(
        overall=mean(playbook, active),
        modes=frozen({mode: mean(playbook, them) for mode, them in modes.items() if them}),
        departments=frozen({one: mean(playbook, them) for one, them in departments.items() if them}),
        silent=tuple(r for r in active if r.satisfaction is None),
    )


def mean(playbook: Playbook, relationships: Iterable[Relationship]) -> Mean | None:
    """The mean of their scores, or None where fewer answers count than the settings ask for.

    Scores that are too few to be shown count only where together they are enough: else anybody
    could work them out from the mean and from the scores that are shown.
    """
    scored = [(r, r.satisfaction) for r in relationships if r.satisfaction is not None]
    few = [pair for pair in scored if not shown(playbook, pair[1])]
    answers = sum(score.n for _, score in few)
    hidden = answers if answers < playbook.settings.thresholds.satisfaction_min_n else 0
    counted = [pair for pair in scored if shown(playbook, pair[1])] if hidden else scored
    total = sum(score.n for _, score in counted)
    if not total or total < playbook.settings.thresholds.satisfaction_min_n:
        return None
    scales = {score.scale for _, score in counted}
    return Mean(
        share=sum(score.score / score.scale * score.n for _, score in counted) / total,
        scale=scales.pop() if len(scales) == 1 else None,
        n=total,
        partners=tuple(dict.fromkeys(r.partner for r, _ in counted)),
        oldest=min(score.date for _, score in counted),
        newest=max(score.date for _, score in counted),
        hidden=hidden,
    )
