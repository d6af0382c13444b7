"""How satisfied a partner is: asked lately, and not badly."""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings.rules import Finding, about, active, named, rule
from generator.model import Playbook, Satisfaction
from generator.problems import define_warning

SATISFACTION_STALE = define_warning(
    "satisfaction-stale",
    "The satisfaction score is old",
    meaning="The partner was last asked so long ago that the score says little about today. The longest age is "
    "satisfaction_max_age in settings.yml.",
    mend="Ask the partner again, then write the new date and score under satisfaction:.",
)
SATISFACTION_LOW = define_warning(
    "satisfaction-low",
    "The satisfaction score is low",
    meaning="The score is below the share of its scale that satisfaction_low in settings.yml asks for. Scores from "
    "fewer answers than satisfaction_min_n are not judged.",
    mend="Talk with the partner about what is wrong. The score itself is corrected only if it was written down wrongly.",
)


@rule
def satisfaction_stale(playbook: Playbook) -> Iterator[Finding]:
    """A score older than the settings allow."""
    for entry in active(playbook):
        if entry.satisfaction is not None and _stale(playbook, entry.satisfaction):
            partner, department = named(playbook, entry)
            day, age = entry.satisfaction.date, (playbook.as_of - entry.satisfaction.date).days
            message = f"{partner} was last asked by {department} how satisfied it is on {day}, {age} days ago"
            hint = "ask again and record the new score"
            yield about(entry, SATISFACTION_STALE, message, "satisfaction", "date", hint=hint)


@rule
def satisfaction_low(playbook: Playbook) -> Iterator[Finding]:
    """A low score of late; one that is old is only old."""
    limits = playbook.settings.thresholds
    for entry in active(playbook):
        score = entry.satisfaction
        # A score from few answers is shown nowhere, so a finding must not give it away.
        if score is None or _stale(playbook, score) or score.n < limits.satisfaction_min_n:
            continue
        # Rounded, or 4.2 of 7 could be less than 0.6 of the scale.
        if round(score.score / score.scale, 9) < limits.satisfaction_low:
            partner, department = named(playbook, entry)
            message = (
                f"{partner} gave {department} {score.score:g} of {score.scale:g} on {score.date}, "
                f"below {limits.satisfaction_low * score.scale:g}"
            )
            hint = "talk with the partner about what is wrong"
            yield about(entry, SATISFACTION_LOW, message, "satisfaction", "score", hint=hint)


def _stale(playbook: Playbook, score: Satisfaction) -> bool:
    return (playbook.as_of - score.date).days > playbook.settings.thresholds.satisfaction_max_age
