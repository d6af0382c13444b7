"""Whether the agreements that a mode needs are there and in force."""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings.rule import Finding, about, active, rule
from generator.insights.agreements import Validity, ending, needed_kinds
from generator.model import Playbook
from generator.problems import define_warning

AGREEMENT_MISSING = define_warning(
    "agreement-missing",
    "The mode needs an agreement",
    meaning="A relationship managed in this mode needs an agreement of a certain kind, and none of that kind is "
    "recorded.",
    fix="Record the agreement under agreements: with its kind, reference and dates. If there is none, sign one.",
)
AGREEMENT_EXPIRED = define_warning(
    "agreement-expired",
    "An agreement has expired",
    meaning="The agreement's end lies in the past, and no other agreement of its kind is in force.",
    fix="Renew the agreement and record the new one; or, if it is no longer needed, delete it.",
)
AGREEMENT_NOTICE = define_warning(
    "agreement-notice",
    "An agreement is about to end",
    meaning="The agreement ends within its notice time, so it is time to decide whether to renew it.",
    fix="Decide, and record the new agreement beside the old one once it is signed.",
)


@rule
def agreement_missing(playbook: Playbook) -> Iterator[Finding]:
    for name, entry in active(playbook):
        needed = needed_kinds(playbook, entry)
        recorded = {agreement.kind for agreement in entry.agreements}
        for kind in sorted(needed.keys() - recorded):
            message = f"{name} has no {kind} agreement, and {needed[kind].name} needs one"
            hint = f"add one under agreements: with kind: {kind}"
            yield about(entry, AGREEMENT_MISSING, message, entry.place.at("id"), hint)


@rule
def agreement_ends(playbook: Playbook) -> Iterator[Finding]:
    default = playbook.settings.thresholds.agreement_notice
    for name, entry in active(playbook):
        for agreement, its in ending(entry.agreements, playbook.as_of, default):
            which = f"the {agreement.kind} agreement {agreement.ref}".rstrip() + f" of {name}"
            place = agreement.place.at("ends")
            if its is Validity.EXPIRED:
                message = f"{which} expired on {agreement.ends}"
                yield about(entry, AGREEMENT_EXPIRED, message, place, "renew it, and record the new one")
            else:
                message = f"{which} ends on {agreement.ends}, within its notice time"
                yield about(entry, AGREEMENT_NOTICE, message, place, "decide whether to renew it")
