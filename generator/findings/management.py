"""How a partner is managed: the mode it is given, and what that mode asks of its owner."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator.findings.rules import Finding, about, active, current, named, rule
from generator.model import Mode, Playbook, Relationship
from generator.problems import define_warning

MODE_UNJUSTIFIED = define_warning(
    "mode-unjustified",
    "Managed in another mode than expected, without a reason",
    meaning="Partners of this type are expected to be managed in one mode, and this one is managed in another. That may "
    "be right, but nobody has written down why.",
    mend="Add a line mode_reason: with the factor that explains it, or return to the expected mode by deleting mode:.",
)
REVIEW_OVERDUE = define_warning(
    "review-overdue",
    "The review is overdue",
    meaning="The mode in which this partner is managed asks for a review every so many days, and the last one is "
    "longer ago.",
    mend="Hold the review, then write its date and who held it under reviewed:.",
)
REVIEW_NEVER = define_warning(
    "review-never",
    "Never reviewed",
    meaning="The mode in which this partner is managed asks for regular reviews, and none is recorded.",
    mend="Hold a review, then write its date and who held it under reviewed:.",
)
SPONSOR_MISSING = define_warning(
    "sponsor-missing",
    "The sponsor is missing",
    meaning="The mode in which this partner is managed needs an executive sponsor, and none is named.",
    mend="Agree on a sponsor and write that person's id after sponsor:.",
)


@rule
def mode_unjustified(playbook: Playbook) -> Iterator[Finding]:
    """A mode that is neither expected nor explained; a prospect's mode is still open."""
    for entry in current(playbook):
        if entry.mode_reason is not None or entry.status == "prospect":
            continue
        partner, department = named(playbook, entry)
        for unit in entry.units:
            if not unit.as_expected:
                mode, expected = playbook.modes[unit.mode].name, playbook.modes[unit.expected_mode].name
                kind = playbook.types[unit.type].name
                message = (
                    f"{partner} is managed in {department} as {kind} in the mode {mode}, "
                    f"where {expected} is expected, and no reason is given"
                )
                hint = "add a line mode_reason:"
                if playbook.factors:
                    hint += " with one of " + ", ".join(playbook.factors)
                yield about(entry, MODE_UNJUSTIFIED, message, "mode", unit.type, hint=hint)


@rule
def review_overdue(playbook: Playbook) -> Iterator[Finding]:
    """A last review that is longer ago than the strictest of the modes allows."""
    for entry in active(playbook):
        mode = _strictest(playbook, entry)
        if mode is None or mode.review_every is None or entry.reviewed is None:
            continue
        if (playbook.as_of - entry.reviewed.date).days > mode.review_every:
            partner, department = named(playbook, entry)
            due = entry.reviewed.date + timedelta(days=mode.review_every)
            message = (
                f"{partner} was last reviewed by {department} on {entry.reviewed.date}; the mode {mode.name} asks for a "
                f"review every {mode.review_every} days, so the next was due on {due}"
            )
            yield about(entry, REVIEW_OVERDUE, message, "reviewed", "date", hint="hold the review and record its date")


@rule
def review_never(playbook: Playbook) -> Iterator[Finding]:
    """No review at all, though a mode asks for them."""
    for entry in active(playbook):
        mode = _strictest(playbook, entry)
        if mode is not None and entry.reviewed is None:
            partner, department = named(playbook, entry)
            message = (
                f"{partner} was never reviewed by {department}, as far as is recorded; "
                f"the mode {mode.name} asks for a review every {mode.review_every} days"
            )
            yield about(entry, REVIEW_NEVER, message, hint="hold a review and add reviewed: {date: ..., by: ...}")


def _strictest(playbook: Playbook, entry: Relationship) -> Mode | None:
    """The mode of the entry that asks for the most frequent reviews; None where none asks for any."""
    asking = [(mode.review_every, mode) for mode in _modes(playbook, entry) if mode.review_every is not None]
    return min(asking, key=lambda pair: pair[0])[1] if asking else None


@rule
def sponsor_missing(playbook: Playbook) -> Iterator[Finding]:
    """No sponsor, though a mode needs one."""
    for entry in active(playbook):
        needing = [mode.name for mode in _modes(playbook, entry) if mode.needs_sponsor]
        if needing and entry.sponsor is None:
            partner, department = named(playbook, entry)
            message = f"{partner} has no sponsor in {department}, but the mode {needing[0]} needs one"
            yield about(entry, SPONSOR_MISSING, message, hint="add a line sponsor: with the id of a person")


def _modes(playbook: Playbook, entry: Relationship) -> list[Mode]:
    return [playbook.modes[mode] for mode in entry.modes]
