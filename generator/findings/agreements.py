"""Agreements: there where the mode needs one, in force, and renewed in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.findings.rules import Finding, about, active, named, rule
from generator.model import Agreement, Playbook, Relationship
from generator.problems import define_warning, nearest

AGREEMENT_MISSING = define_warning(
    "agreement-missing",
    "An agreement that is needed is not recorded",
    meaning="The mode in which this partner is managed needs an agreement of a certain kind, and none is recorded.",
    mend="Add the agreement's kind, reference and dates under agreements:; if there is none yet, arrange one.",
)
AGREEMENT_EXPIRED = define_warning(
    "agreement-expired",
    "An agreement has expired",
    meaning="The agreement's last day has passed, and no other agreement of its kind is in force.",
    mend="Add the new agreement under agreements:, or correct the date after ends:; if the partnership is over, "
    "write status: ended.",
)
AGREEMENT_NOTICE = define_warning(
    "agreement-notice",
    "An agreement ends soon",
    meaning="The agreement is within its notice time: so few days are left that somebody has to decide whether it is "
    "renewed. The notice time is the agreement's own notice_days, else agreement_notice in settings.yml.",
    mend="Decide with the partner. Once it is renewed, write the new date after ends:.",
)


@rule
def agreement_missing(playbook: Playbook) -> Iterator[Finding]:
    """No agreement, not even an expired one, of a kind that a mode needs."""
    for entry in active(playbook):
        recorded = {agreement.kind for agreement in entry.agreements}
        needed = {kind: m for m in reversed(entry.modes) for kind in playbook.modes[m].needs_agreement}
        for kind in sorted(needed.keys() - recorded):
            partner, department = named(playbook, entry)
            mode = playbook.modes[needed[kind]].name
            message = f"{partner} has no agreement of the kind {kind!r} in {department}, but the mode {mode} needs one"
            near = nearest(kind, recorded)
            hint = f"if {near!r} is meant, call it {kind!r}" if near else f"add kind: {kind} under agreements:"
            yield about(entry, AGREEMENT_MISSING, message, "agreements" if near else "id", hint=hint)


@rule
def agreement_expired(playbook: Playbook) -> Iterator[Finding]:
    """A kind of agreement of which nothing is in force any more; told at the one that ended last."""
    for entry in active(playbook):
        last: dict[str, tuple[date, int]] = {}
        for index, agreement in enumerate(entry.agreements):
            if agreement.ends is not None and agreement.ends < playbook.as_of:
                last[agreement.kind] = max(last.get(agreement.kind, (date.min, -1)), (agreement.ends, index))
        in_force = {agreement.kind for agreement in entry.agreements if _in_force(agreement, playbook.as_of)}
        for kind, (ends, index) in last.items():
            if kind not in in_force:
                what, partner, department = _described(playbook, entry, entry.agreements[index])
                message = f"{what} between {partner} and {department} expired on {ends}"
                hint = "renew it and write its new date, or add the agreement that replaces it"
                yield about(entry, AGREEMENT_EXPIRED, message, "agreements", index, "ends", hint=hint)


@rule
def agreement_notice(playbook: Playbook) -> Iterator[Finding]:
    """An agreement in force, with no more days left than its notice time."""
    for entry in active(playbook):
        for index, agreement in enumerate(entry.agreements):
            if agreement.ends is None or not _in_force(agreement, playbook.as_of):
                continue
            left = (agreement.ends - playbook.as_of).days
            notice = agreement.notice_days
            if notice is None:
                notice = playbook.settings.thresholds.agreement_notice
            if left <= notice:
                what, partner, department = _described(playbook, entry, agreement)
                message = (
                    f"{what} between {partner} and {department} ends on {agreement.ends}, "
                    f"{_in_days(left)}; its notice time is {notice} days"
                )
                hint = "decide whether it is renewed, then write the new date"
                yield about(entry, AGREEMENT_NOTICE, message, "agreements", index, "ends", hint=hint)


def _in_force(agreement: Agreement, day: date) -> bool:
    started = agreement.starts is None or agreement.starts <= day
    return started and (agreement.ends is None or agreement.ends >= day)


def _in_days(left: int) -> str:
    return {0: "today", 1: "in 1 day"}.get(left, f"in {left} days")


def _described(playbook: Playbook, entry: Relationship, agreement: Agreement) -> tuple[str, str, str]:
    reference = f" ({agreement.ref})" if agreement.ref else ""
    return f"the agreement {agreement.kind!r}{reference}", *named(playbook, entry)
