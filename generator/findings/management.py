"""Whether an entry is managed as its mode asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator.findings.rule import Finding, about, active, current, rule
from generator.insights.reviews import days_late
from generator.model import OfferStatus, Playbook, Status
from generator.problems import define_warning

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


@rule
def mode_unjustified(playbook: Playbook) -> Iterator[Finding]:
    for name, entry in current(playbook):
        if entry.status is Status.PROSPECT:
            continue
        for relationship in entry.unjustified:
            mode, expected = playbook.modes[relationship.mode], playbook.modes[relationship.expected_mode]
            kind = playbook.types[relationship.type].name
            message = f"{name} is managed in the mode {mode.name} as {kind}, where {expected.name} is expected, "
            message += "and no reason is given"
            factors = ", ".join(playbook.factors)
            hint = f"add mode_reason: with one of {factors}" if factors else "add a line mode_reason:"
            place = entry.place.at("mode").at(relationship.type)
            yield about(entry, MODE_UNJUSTIFIED, message, place, hint)


@rule
def review_late(playbook: Playbook) -> Iterator[Finding]:
    for name, entry in active(playbook):
        days = playbook.review_days(entry)
        if days is None:
            continue
        if entry.reviewed is None:
            message = f"no review of {name} is recorded; its mode asks for one every {days} days"
            yield about(entry, REVIEW_NEVER, message, entry.place.at("id"), "add a line reviewed:")
            continue
        late = days_late(playbook, entry)
        if late is not None and late > 0:
            due = playbook.as_of - timedelta(days=late)
            message = f"the review of {name} was due on {due}, {late} {'day' if late == 1 else 'days'} ago"
            hint = f"the last one was on {entry.reviewed.date}; its mode asks for one every {days} days"
            yield about(entry, REVIEW_OVERDUE, message, entry.place.at("reviewed", "date"), hint)


@rule
def sponsor_missing(playbook: Playbook) -> Iterator[Finding]:
    for name, entry in active(playbook):
        mode = playbook.mode_needing_sponsor(entry)
        if mode is not None and entry.sponsor is None:
            message = f"{name} has no sponsor, and {mode.name} needs one"
            yield about(entry, SPONSOR_MISSING, message, entry.place.at("id"), "add a line sponsor:")


@rule
def stage_behind(playbook: Playbook) -> Iterator[Finding]:
    for name, entry in active(playbook):
        stage = playbook.stages.get(entry.offer_stage or "")
        offers = [playbook.offers[offer] for offer in entry.offers]
        live = [offer.name for offer in offers if offer.status is OfferStatus.LIVE]
        if stage is not None and stage.before_launch and live:
            message = f"{name} is still at the stage {stage.name}, though {live[0]} is live"
            place = entry.place.at("offer_stage")
            yield about(entry, STAGE_BEHIND, message, place, "if its offer has been launched, update the stage")
