"""How satisfied partners are, without telling what a single person said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.model import Entry, Playbook, Satisfaction, frozen

_Score = tuple[Entry, Satisfaction]


@dataclass(frozen=True)
class Mean:
    """The mean of several scores, weighted by their answers, as a share of the scale (0 to 1).

    `scale` is the one that all of them have, None where they differ.  `n` counts answers, `partners`
    are ids, and `old` counts the scores that are older than the settings allow.  `oldest`
    is the day of the oldest score that counts.
    """

    share: float
    scale: float | None
    n: int
    partners: tuple[str, ...]
    oldest: date
    old: int


@dataclass(frozen=True)
class Asked:
    """The means by mode and by department; None where there are too few answers to show one, or none.

    A mode or department is there where it has an active relationship.  `scored` are the active
    relationships with a score and `silent` those without any.  `hidden` counts the answers that no
    mean holds, because they are too few to be shown, and too few together.
    """

    overall: Mean | None
    modes: Mapping[str, Mean | None]
    departments: Mapping[str, Mean | None]
    scored: tuple[Entry, ...]
    silent: tuple[Entry, ...]
    hidden: int


def enough(playbook: Playbook, answers: int) -> bool:
    """Whether so many answers may be shown: fewer could tell what one person said."""
    return answers >= playbook.settings.thresholds.satisfaction_min_n


def shown(playbook: Playbook, score: Satisfaction) -> bool:
    """Whether the score comes from enough answers to be shown at all."""
    return enough(playbook, score.n)


def is_old(playbook: Playbook, day: date) -> bool:
    """Whether a score of that day is older than the settings allow."""
    return (playbook.as_of - day).days > playbook.settings.thresholds.satisfaction_max_age


def is_low(playbook: Playbook, share: float) -> bool:
    """Whether so small a share of the scale (0 to 1) is what the settings call low."""
    return share < playbook.settings.thresholds.satisfaction_low


def satisfaction(playbook: Playbook) -> Asked:
    """What active partners think of us.

    Scores from too few answers are pooled with those of the same department and the same modes.  A
    pool with enough answers counts everywhere, any other nowhere: so each mean is made of parts that
    may be shown, and no difference between two means tells a score that may not.
    """
    active = tuple(entry for entry in playbook.entries if entry.active)
    scored = [(entry, entry.satisfaction) for entry in active if entry.satisfaction is not None]
    pools: Counter[tuple[str, frozenset[str]]] = Counter()
    for entry, score in scored:
        if not shown(playbook, score):
            pools[_pool(entry)] += score.n
    counted = [
        (entry, score) for entry, score in scored if shown(playbook, score) or enough(playbook, pools[_pool(entry)])
    ]
    by_mode = [(mode, pair) for pair in counted for mode in pair[0].modes]
    by_department = [(pair[0].department, pair) for pair in counted]
    in_use = {mode for entry in active for mode in entry.modes}
    managing = {entry.department for entry in active}
    return Asked(
        overall=_mean(playbook, counted),
        modes=_means(playbook, (mode for mode in playbook.modes if mode in in_use), by_mode),
        departments=_means(
            playbook, (department for department in playbook.departments if department in managing), by_department
        ),
        scored=tuple(entry for entry, _ in scored),
        silent=tuple(entry for entry in active if entry.satisfaction is None),
        hidden=sum(score.n for _, score in scored) - sum(score.n for _, score in counted),
    )


def _pool(entry: Entry) -> tuple[str, frozenset[str]]:
    """Relationships of one pool are in the same means, whichever these are."""
    return entry.department, frozenset(entry.modes)


def _means(
    playbook: Playbook, groups: Iterable[str], scores: Iterable[tuple[str, _Score]]
) -> Mapping[str, Mean | None]:
    """The mean of each group, of the scores given with the group that they belong to."""
    by_group: dict[str, list[_Score]] = {group: [] for group in groups}
    for group, score in scores:
        by_group[group].append(score)
    return frozen({group: _mean(playbook, group_scores) for group, group_scores in by_group.items()})


def _mean(playbook: Playbook, scores: Iterable[_Score]) -> Mean | None:
    pairs = tuple(scores)
    if not pairs:
        return None
    shares = [score.score / score.scale for _, score in pairs]
    answers = [score.n for _, score in pairs]
    mean = sum(share * n for share, n in zip(shares, answers, strict=True)) / sum(answers)
    scales = {score.scale for _, score in pairs}
    return Mean(
        # Rounding may carry the mean of equal scores past pairs.
        share=min(max(mean, min(shares)), max(shares)),
        scale=scales.pop() if len(scales) == 1 else None,
        n=sum(answers),
        partners=tuple(dict.fromkeys(entry.partner for entry, _ in pairs)),
        oldest=min(score.date for _, score in pairs),
        old=sum(is_old(playbook, score.date) for _, score in pairs),
    )
