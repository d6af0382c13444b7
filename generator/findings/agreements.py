"""Whether the agreements that a mode needs are there and in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.findings.rule import Finding, Rule, about, active, name_of
from generator.insights.agreements import Validity, came_on, ending, needed_kinds
from generator.model import Playbook
from generator.problems import Code, define_warning

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


def _missing(playbook: Playbook) -> Iterator[Finding]:
    for entry in active(playbook):
        needed = needed_kinds(playbook, entry)
        recorded = {agreement.kind for agreement in entry.agreements}
        for kind in sorted(needed.keys() - recorded):
            place = entry.place.at("id")
            yield about(entry, AGREEMENT_MISSING, place, f"kind:{kind}", kind=kind, mode=needed[kind].id)


def _missing_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    kind, mode = finding.values["kind"], playbook.modes[finding.values["mode"]]
    message = f"{name_of(playbook, finding)} has no {kind} agreement, and {mode.name} needs one"
    return message, f"add one under agreements: with kind: {kind}"


def _expired(playbook: Playbook) -> Iterator[Finding]:
    return _ending(playbook, AGREEMENT_EXPIRED, Validity.EXPIRED)


def _expired_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    return f"{_agreement(playbook, finding)} expired on {finding.values['ends']}", "renew it, and record the new one"


def _in_notice(playbook: Playbook) -> Iterator[Finding]:
    return _ending(playbook, AGREEMENT_NOTICE, Validity.IN_NOTICE)


def _in_notice_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    message = f"{_agreement(playbook, finding)} ends on {finding.values['ends']}, within its notice time"
    return message, "decide whether to renew it"


def _ending(playbook: Playbook, code: Code, validity: Validity) -> Iterator[Finding]:
    default = playbook.settings.thresholds.agreement_notice
    for entry in active(playbook):
        for agreement, state in ending(entry.agreements, playbook.as_of, default):
            if state is validity:
                kind, ref = agreement.kind, agreement.ref or None
                key = (f"kind:{kind}", f"ref:{ref}") if ref else (f"kind:{kind}",)
                values = {"kind": kind, "ref": ref, "ends": str(agreement.ends)}
                found = about(entry, code, agreement.place.at("ends"), *key, **values)
                yield replace(found, came=came_on(entry.agreements, kind, state, default))


def _agreement(playbook: Playbook, finding: Finding) -> str:
    kind, ref = finding.values["kind"], finding.values["ref"]
    return f"the {kind} agreement {ref or ''}".rstrip() + f" of {name_of(playbook, finding)}"


_AGREEMENTS = frozenset({"agreements"})
RULES = (
    Rule(AGREEMENT_MISSING, _missing, _missing_words, rests_on=_AGREEMENTS),
    Rule(AGREEMENT_EXPIRED, _expired, _expired_words, timely=True, rests_on=_AGREEMENTS),
    Rule(AGREEMENT_NOTICE, _in_notice, _in_notice_words, timely=True, rests_on=_AGREEMENTS),
)
