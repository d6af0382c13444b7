"""Which findings each of several states of a playbook has: partners that stay as they are are looked at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from generator.findings.company import company_rules
from generator.findings.identities import Identity, identify
from generator.findings.rule import Finding, Rule
from generator.findings.rules import ALL
from generator.model import Partner, Playbook, frozen

_NOBODY: Mapping[str, Partner] = frozen({})


class FindingsOfStates:
    """Looks at one state after another; partners that are the very same in two of them are looked at once.

    What a rule finds in a partner depends on that partner, on what is no partner and, where it is `timely`, on the day;
    a rule that looks `across` partners depends on what it says of each.
    """

    def __init__(self) -> None:
        self._frame: Playbook | None = None
        self._partners: Mapping[str, Partner] = _NOBODY
        self._lasting: dict[str, list[Identity]] = {}
        self._general: list[Identity] = []
        self._across: dict[str, list[Identity]] = {}

    def knows(self, playbook: Playbook, findings: Iterable[Finding]) -> None:
        """Take what was found in a playbook already."""
        rules = _rules(playbook)
        lasting = {rule.code for rule in rules if not rule.timely and rule.across is None}
        self._frame, self._partners = _frame(playbook), playbook.partners
        self._lasting = {ident: [] for ident in playbook.partners}
        self._across = {rule.code.slug: [] for rule in rules if rule.across is not None}
        for finding in findings:
            identity = identify(finding)
            if identity.code in self._across:
                self._across[identity.code].append(identity)
            elif finding.code in lasting and identity.partner is not None:
                self._lasting[identity.partner].append(identity)

    def of(self, playbook: Playbook) -> set[Identity]:
        """Every finding of a playbook."""
        frame = _frame(playbook)
        if frame != self._frame:
            self._frame, self._partners, self._lasting, self._across = frame, _NOBODY, {}, {}
        before, now = self._partners, playbook.partners
        changed = {ident: one for ident, one in now.items() if before.get(ident) is not one}
        rules = [rule for rule in _rules(playbook) if rule.code.slug not in playbook.settings.off]
        self._look_at(changed, playbook, [rule for rule in rules if not rule.timely and rule.across is None])
        found = {identity for lasting in self._lasting.values() for identity in lasting}
        found.update(self._general, _identities((rule for rule in rules if rule.timely), playbook))
        for rule in rules:
            if rule.across is None:
                continue
            code, across = rule.code.slug, rule.across
            same = before.keys() == now.keys() and all(across(before[one]) == across(changed[one]) for one in changed)
            if code not in self._across or not same:
                self._across[code] = _identities([rule], playbook)
            found.update(self._across[code])
        self._partners = now
        return found

    def _look_at(self, changed: Mapping[str, Partner], playbook: Playbook, rules: Sequence[Rule]) -> None:
        for ident in self._partners.keys() - playbook.partners.keys():
            del self._lasting[ident]
        self._lasting |= {ident: [] for ident in changed}
        self._general = []
        for identity in _identities(rules, replace(playbook, partners=frozen(changed))):
            of = self._general if identity.partner is None else self._lasting[identity.partner]
            of.append(identity)


def _rules(playbook: Playbook) -> tuple[Rule, ...]:
    return (*ALL, *company_rules(playbook))


def _frame(playbook: Playbook) -> Playbook:
    """What is no partner."""
    return replace(playbook, partners=_NOBODY, history=(), as_of=date.min)


def _identities(rules: Iterable[Rule], playbook: Playbook) -> list[Identity]:
    return [identify(finding) for rule in rules for finding in rule.check(playbook)]
