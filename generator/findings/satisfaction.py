"""Whether a partner's satisfaction is known and good."""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings.rule import Finding, about, active, rule
from generator.insights.satisfaction import is_low, is_old, shown
from generator.model import Playbook
from generator.problems import define_warning

SATISFACTION_STALE = define_warning(
    "satisfaction-stale",
    "The satisfaction score is old",
    meaning="The partner was last asked longer ago than the settings allow (a year, unless they say otherwise).",
    fix="Ask the partner again and record the new score.",
)
SATISFACTION_LOW = define_warning(
    "satisfaction-low",
    "The satisfaction score is low",
    meaning="The partner's score is below the share of its scale that the settings call low. A score from too few "
    "answers to be shown does not count.",
    fix="Talk to the partner, and ask again when something has changed.",
)


@rule
def satisfaction_poor(playbook: Playbook) -> Iterator[Finding]:
    for name, entry in active(playbook):
        score = entry.satisfaction
        if score is None:
            continue
        place = entry.place.at("satisfaction")
        if is_old(playbook, score.date):
            age = (playbook.as_of - score.date).days
            message = f"the satisfaction score of {name} is from {score.date}, {age} days ago"
            yield about(entry, SATISFACTION_STALE, message, place.at("date"), "ask the partner again")
        # A score from too few answers is shown nowhere, since it would tell what one person said.
        elif shown(playbook, score) and is_low(playbook, score.score / score.scale):
            message = f"the satisfaction of {name} is low: {score.score:g} of {score.scale:g}"
            yield about(entry, SATISFACTION_LOW, message, place.at("score"), "talk to the partner")
