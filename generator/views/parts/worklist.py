"""Findings as a table, owner by owner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from generator import paths
from generator.findings import Finding, word
from generator.markdown import Md
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.long_tables import ROWS, LongTables
from generator.views.kit.tables import Table, table


def worklist(
    context: Context,
    long: LongTables,
    name: str,
    findings: Iterable[Finding],
    heading: str = "findings",
    rows: int = ROWS,
    **wanted: str,
) -> Table:
    """The findings owner by owner; those that nobody owns come first.

    `wanted` are the filters that show their relationships, and none that others have findings of, in the directory.
    """
    playbook = context.playbook

    def owner(finding: Finding) -> str:
        return playbook.person_name(finding.owner) if finding.owner is not None else ""

    def partner(finding: Finding) -> str:
        return playbook.partners[finding.partner].name if finding.partner is not None else ""

    def order(finding: Finding) -> tuple[str, str, str]:
        return owner(finding).casefold(), partner(finding).casefold(), finding.code.slug

    listed = sorted(findings, key=order)
    codes = tuple(sorted({finding.code.slug for finding in listed}))
    filtered = paths.directory(**wanted, finding=codes) if wanted else ""
    return long.table(
        name,
        listed,
        partial(_rows, context),
        owner,
        heading=heading,
        of="owner",
        rows=rows,
        filtered=filtered,
        then=partner,
    )


def _rows(context: Context, links: Links, listed: Sequence[Finding]) -> Table:
    playbook = context.playbook

    def row(finding: Finding) -> tuple[str, ...]:
        problem = word(finding, playbook)
        code = links.problem(problem.code.slug)
        owner = links.owner(finding.owner) if finding.partner is not None else Md("")
        partner = links.partner(finding.partner) if finding.partner is not None else Md("")
        return owner, partner, problem.message, context.open_since(finding), problem.hint, code

    headers = ("Owner", "Partner", "What was found", "Open since", "What to do", "Code")
    return table(headers, map(row, listed))
