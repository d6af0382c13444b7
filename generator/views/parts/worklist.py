"""Findings as a table, owner by owner."""

from __future__ import annotations

from collections.abc import Iterable

from generator.findings import Finding, word
from generator.markdown import Md
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.tables import Table, table


def worklist(context: Context, links: Links, findings: Iterable[Finding]) -> Table:
    """The findings owner by owner; those that nobody owns come first."""
    playbook = links.playbook

    def order(finding: Finding) -> tuple[str, str, str]:
        owner = playbook.person_name(finding.owner).casefold() if finding.owner is not None else ""
        partner = playbook.partners[finding.partner].name if finding.partner is not None else ""
        return owner, partner.casefold(), finding.code.slug

    listed = sorted(findings, key=order)
    days = [context.open_since(finding) for finding in listed]
    unknown = "today" if any(days) else ""

    def row(finding: Finding, day: str) -> tuple[str, ...]:
        problem = word(finding, playbook)
        code = links.problem(problem.code.slug)
        owner = links.owner(finding.owner) if finding.partner is not None else Md("")
        partner = links.partner(finding.partner) if finding.partner is not None else Md("")
        return owner, partner, problem.message, day or unknown, problem.hint, code

    headers = ("Owner", "Partner", "What was found", "Open since", "What to do", "Code")
    return table(headers, map(row, listed, days))
