"""Whether a partner's satisfaction is known and good."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from generator.findings.rule import Finding, Rule, about, active, name_of
from generator.insights.satisfaction import is_low, is_old, shown
from generator.model import Entry, Playbook, Satisfaction
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


def _stale(playbook: Playbook) -> Iterator[Finding]:
    for entry, score in _scored(playbook):
        if is_old(playbook, score.date):
            days = (playbook.as_of - score.date).days
            place = entry.place.at("satisfaction").at("date")
            came = playbook.as_of - timedelta(days=days - playbook.settings.thresholds.satisfaction_max_age - 1)
            yield replace(about(entry, SATISFACTION_STALE, place, date=str(score.date), days=days), came=came)


def _stale_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    day, days = finding.values["date"], finding.values["days"]
    message = f"the satisfaction score of {name_of(playbook, finding)} is from {day}, {days} days ago"
    return message, "ask the partner again"


def _low(playbook: Playbook) -> Iterator[Finding]:
    """Of scores that are not stale; one from too few answers is shown nowhere, since it would tell what one person
    said."""
    for entry, score in _scored(playbook):
        asked_lately = not is_old(playbook, score.date)
        if asked_lately and shown(playbook, score) and is_low(playbook, score.score / score.scale):
            place = entry.place.at("satisfaction").at("score")
            yield about(entry, SATISFACTION_LOW, place, score=score.score, scale=score.scale)


def _low_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    score, scale = finding.values["score"], finding.values["scale"]
    return f"the satisfaction of {name_of(playbook, finding)} is low: {score:g} of {scale:g}", "talk to the partner"


def _scored(playbook: Playbook) -> Iterator[tuple[Entry, Satisfaction]]:
    return ((entry, entry.satisfaction) for entry in active(playbook) if entry.satisfaction is not None)


_SCORES = frozenset({"satisfaction"})
RULES = (
    Rule(SATISFACTION_STALE, _stale, _stale_words, timely=True, rests_on=_SCORES),
    Rule(SATISFACTION_LOW, _low, _low_words, timely=True, rests_on=_SCORES),
)
