"""Whether an entry is managed as its mode asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from generator.findings.rule import Finding, Rule, about, active, current, name_of
from generator.insights.due import never_reviewed
from generator.insights.reviews import days_late
from generator.model import OfferStatus, Playbook, Status
from generator.problems import define_warning
from generator.words import count

MODE_UNJUSTIFIED = define_warning(
    "mode-unjustified",
    "Another mode than expected, and no reason",
    meaning="The taxonomy expects this type of partner to be managed in one mode, and the entry names another. That "
    "is fine when one of the taxonomy's factors is given as the reason.",
    fix="Add mode_reason: with one of the factors, or manage the partner in the expected mode.",
)
REVIEW_OVERDUE = define_warning(
    "review-overdue",
    "A review is overdue",
    meaning="The mode asks for a review of the relationship every so many days, and the last one is longer ago.",
    fix="Review the relationship with the partner, then write the date and the person after reviewed:.",
)
REVIEW_NEVER = define_warning(
    "review-never",
    "No review is recorded",
    meaning="The mode asks for regular reviews of the relationship, and none is recorded.",
    fix="Write the last review: reviewed: {date: 2026-11-30, by: person-id}. If there was none, hold one.",
)
SPONSOR_MISSING = define_warning(
    "sponsor-missing",
    "The mode needs a sponsor",
    meaning="A relationship managed in this mode needs an executive sponsor, and none is recorded.",
    fix="Agree on a sponsor and write the person's id after sponsor:.",
)
STAGE_BEHIND = define_warning(
    "stage-behind",
    "The stage may be out of date",
    meaning="The entry says that the partner's offer is not on the market yet, while an offer of ours that it is tied "
    "to is live. The mode may have to change with the stage.",
    fix="Ask the partner. If its offer has been launched, update offer_stage:.",
)


def _unjustified(playbook: Playbook) -> Iterator[Finding]:
    for entry in current(playbook):
        if entry.status is Status.PROSPECT:
            continue
        for relationship in entry.unjustified:
            values = {"type": relationship.type, "mode": relationship.mode, "expected": relationship.expected_mode}
            place = entry.place.at("mode").at(relationship.type)
            yield about(entry, MODE_UNJUSTIFIED, place, f"type:{relationship.type}", **values)


def _unjustified_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    mode, expected = (playbook.modes[finding.values[name]] for name in ("mode", "expected"))
    message = f"{name_of(playbook, finding)} is managed in the mode {mode.name} as "
    message += f"{playbook.types[finding.values['type']].name}, where {expected.name} is expected, "
    message += "and no reason is given"
    factors = ", ".join(playbook.factors)
    return message, f"add mode_reason: with one of {factors}" if factors else "add a line mode_reason:"


def _never_reviewed(playbook: Playbook) -> Iterator[Finding]:
    for entry in never_reviewed(playbook):
        yield about(entry, REVIEW_NEVER, entry.place.at("id"), every=playbook.review_days(entry))


def _never_reviewed_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    every = finding.values["every"]
    message = f"no review of {name_of(playbook, finding)} is recorded; its mode asks for one every {every} days"
    return message, "add a line reviewed:"


def _review_overdue(playbook: Playbook) -> Iterator[Finding]:
    for entry in active(playbook):
        late = days_late(playbook, entry)
        if entry.reviewed is not None and late is not None and late > 0:
            due = playbook.as_of - timedelta(days=late)
            last, every = entry.reviewed.date, playbook.review_days(entry)
            values = {"due": str(due), "late": late, "last": str(last), "every": every}
            found = about(entry, REVIEW_OVERDUE, entry.place.at("reviewed", "date"), **values)
            yield replace(found, came=due + timedelta(days=1))


def _review_overdue_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    due, late, last, every = (finding.values[name] for name in ("due", "late", "last", "every"))
    message = f"the review of {name_of(playbook, finding)} was due on {due}, {count(late, 'day')} ago"
    hint = f"hold the review and record it; the last one was on {last}, and its mode asks for one every {every} days"
    return message, hint


def _no_sponsor(playbook: Playbook) -> Iterator[Finding]:
    for entry in active(playbook):
        mode = playbook.mode_needing_sponsor(entry)
        if mode is not None and entry.sponsor is None:
            yield about(entry, SPONSOR_MISSING, entry.place.at("id"), mode=mode.id)


def _no_sponsor_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    mode = playbook.modes[finding.values["mode"]]
    return f"{name_of(playbook, finding)} has no sponsor, and {mode.name} needs one", "add a line sponsor:"


def _stage_behind(playbook: Playbook) -> Iterator[Finding]:
    for entry in active(playbook):
        stage = playbook.stages.get(entry.offer_stage or "")
        live = [offer for offer in entry.offers if playbook.offers[offer].status is OfferStatus.LIVE]
        if stage is not None and stage.before_launch and live:
            yield about(entry, STAGE_BEHIND, entry.place.at("offer_stage"), stage=stage.id, offers=tuple(live))


def _stage_behind_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    stage, offer = playbook.stages[finding.values["stage"]], playbook.offers[finding.values["offers"][0]]
    message = f"{name_of(playbook, finding)} is still at the stage {stage.name}, though {offer.name} is live"
    return message, "if its offer has been launched, update the stage"


_REVIEWS = frozenset({"reviewed"})
RULES = (
    Rule(MODE_UNJUSTIFIED, _unjustified, _unjustified_words, rests_on=frozenset({"mode_reason"})),
    Rule(REVIEW_OVERDUE, _review_overdue, _review_overdue_words, timely=True, rests_on=_REVIEWS),
    Rule(REVIEW_NEVER, _never_reviewed, _never_reviewed_words, rests_on=_REVIEWS),
    Rule(SPONSOR_MISSING, _no_sponsor, _no_sponsor_words, rests_on=frozenset({"sponsor"})),
    Rule(STAGE_BEHIND, _stage_behind, _stage_behind_words, rests_on=frozenset({"offer_stage", "offers"})),
)
