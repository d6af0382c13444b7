"""The warnings: what deserves attention in a playbook, as data first and in words when somebody reads it.

Each module gives its rules, one a code; RULES names them all, and nothing else decides what is looked for.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.findings.company import broken_words, company_rules
from generator.findings.identities import FoundEarlier, Identity, Opened, Today, as_they_stand, identify, new_ids
from generator.findings.rule import Finding, Rule, WordedFinding
from generator.findings.rules import ALL as RULES
from generator.findings.states import FindingsOfStates
from generator.model import Playbook, frozen
from generator.problems import Code

__all__ = [
    "RULES",
    "WARNINGS",
    "Finding",
    "FindingsOfStates",
    "FoundEarlier",
    "Identity",
    "Opened",
    "Rule",
    "Today",
    "WordedFinding",
    "as_they_stand",
    "codes_of",
    "find",
    "find_for",
    "identify",
    "new_ids",
    "word",
]

_BY_CODE = {rule.code: rule for rule in RULES}

WARNINGS: Mapping[str, Code] = frozen({code.slug: code for code in _BY_CODE})
"""Every code that can be found in any data, and turned off."""


def codes_of(playbook: Playbook) -> Mapping[str, Code]:
    """The codes of the company's own rules, which can be found in its data beside those of WARNINGS."""
    return frozen({rule.code.slug: rule.code for rule in company_rules(playbook)})


def find(playbook: Playbook) -> tuple[Finding, ...]:
    """What every rule finds, by place, code and key.

    But for the codes that the settings turn off, and for what rests on fields that are hidden from those whom the
    playbook is for.
    """
    rules = (
        rule
        for rule in (*RULES, *company_rules(playbook))
        if rule.code.slug not in playbook.settings.off and all(map(playbook.shows_field, rule.rests_on))
    )
    findings = [finding for rule in rules for finding in rule.check(playbook)]

    def order(finding: Finding) -> tuple[str, int, int, str, tuple[str, ...]]:
        place = finding.place
        return place.file, place.line, place.column, finding.code.slug, finding.key

    return tuple(sorted(findings, key=order))


def find_for(seen: Playbook, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What those to whom `seen` is cut may be told of what was found in the whole playbook.

    Nothing that is found only because entries are left out.
    """
    if not seen.shows("findings"):
        return ()
    known = frozenset(map(identify, found))
    return tuple(one for one in find(seen) if identify(one) in known)


def word(finding: Finding, playbook: Playbook) -> WordedFinding:
    """A finding of the playbook in words: the only place that makes them."""
    words = _BY_CODE[finding.code].words if finding.code in _BY_CODE else broken_words
    message, hint = words(playbook, finding)
    return WordedFinding(finding.code, message, finding.place, hint, finding=finding)
