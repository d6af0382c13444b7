"""The rules of the company's own: a code for each of them, and what there is to say of their waivers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from generator.findings.clauses import condition_words
from generator.findings.rule import Finding, Rule, Subject, about, name_of
from generator.insights.rules import Breach, Value, WaiverState, breaches, waivers
from generator.model import CompanyRule, Playbook
from generator.problems import Code, Place, define_warning

WAIVER_UNUSED = define_warning(
    "waiver-unused",
    "A waiver that is not needed",
    meaning="A rule of the company's own has a waiver for a partner that does not break it: the partner has what the "
    "rule asks for, or the rule does not apply to it any more.",
    fix="Delete the waiver in rules.yml.",
)


def company_rules(playbook: Playbook) -> tuple[Rule, ...]:
    """One for each of the company's rules, beside those of RULES."""
    return tuple(
        Rule(code_of(playbook, rule), partial(_broken, rule.id), broken_words, timely=rule.timely)
        for rule in playbook.rules.values()
    )


def code_of(playbook: Playbook, rule: CompanyRule) -> Code:
    """What `playbook explain` and the site say of a rule."""
    whom = (
        f"active entries of which {condition_words(playbook, rule.applies)}" if rule.applies else "all active entries"
    )
    if any(clause.field == "status" for clauses in rule.applies for clause in clauses):
        whom = f"entries of which {condition_words(playbook, rule.applies)}"
    return Code(
        rule.code,
        rule.severity,
        rule.name,
        f"This is a rule of the company's own: {rule.message}. It is about {whom}, and asks that "
        f"{condition_words(playbook, rule.condition)}.",
        "Mend the entry. Where the rule need not hold for a partner, add a waiver to the rule in rules.yml: for which "
        "partner, until when, who grants it, and why.",
    )


def _broken(rule_id: str, playbook: Playbook) -> Iterator[Finding]:
    rule = playbook.rules[rule_id]
    code = code_of(playbook, rule)
    for breach in breaches(playbook, rule):
        lapsed = breach.lapsed
        failing = [
            (number, field, _text(value))
            for number, fields in enumerate(breach.failing)
            for field, value in fields.items()
        ]
        found = about(
            breach.entry,
            code,
            _place(playbook, breach),
            rule=rule.id,
            alternatives=tuple(number for number, _, _ in failing),
            fields=tuple(field for _, field, _ in failing),
            found=tuple(text for _, _, text in failing),
            waived_until=str(lapsed.until) if lapsed is not None else None,
            waived_by=lapsed.by if lapsed is not None else None,
        )
        yield replace(found, came=breach.came)


def _place(playbook: Playbook, breach: Breach) -> Place:
    """The first line that does not say what is asked, or else the entry's first."""
    written = (playbook.rule_fields[field].line for failing in breach.failing for field in failing)
    place = breach.entry.place
    return place.at(next((line for line in written if line in place.children), "id"))


def _text(value: Value) -> str:
    """What a field holds, as the data says it; empty where that is nothing."""
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def broken_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    rule = playbook.rules[finding.values["rule"]]
    message = f"{name_of(playbook, finding)}: {rule.message}"
    if finding.values["waived_until"] is not None:
        by = playbook.person_name(finding.values["waived_by"])
        message += f"; the waiver by {by} ended on {finding.values['waived_until']}"
    found: list[dict[str, str]] = [{} for _ in rule.condition]
    failing = (finding.values[name] for name in ("alternatives", "fields", "found"))
    for number, field, text in zip(*failing, strict=True):
        found[number][field] = text
    return message, f"asked: {condition_words(playbook, rule.condition, found)}"


def _unused(playbook: Playbook) -> Iterator[Finding]:
    for rule in playbook.rules.values():
        for waiver, state in waivers(playbook, rule):
            if state is WaiverState.UNUSED:
                partner = playbook.partners[waiver.partner]
                among = [one for one in partner.entries if waiver.covers(partner.id, one.department)]
                entry = next(iter([*among, *partner.current, *partner.entries]))
                key = (f"rule:{rule.id}", f"until:{waiver.until}")
                values = {"rule": rule.id, "until": str(waiver.until), "by": waiver.by}
                yield about(entry, WAIVER_UNUSED, waiver.place.at("partner"), *key, **values)


def _unused_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    rule = playbook.rules[finding.values["rule"]]
    return (
        f"the waiver for {name_of(playbook, finding)} is not needed: {rule.name!r} is kept, or does not apply",
        "delete it",
    )


RULES = (Rule(WAIVER_UNUSED, _unused, _unused_words, timely=True, subject=Subject.PARTNER),)
