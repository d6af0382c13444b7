"""Every warning as a finding: what it is, whose it is, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator import paths
from generator.findings import Finding
from generator.markdown import Md, escape
from generator.problems import catalogue
from generator.views.page import Context, Links, Table, View, count, table


@dataclass(frozen=True)
class Worklist:
    """The findings of one department, owner by owner."""

    anchor: Md
    department: Md
    size: str
    table: Table


def view(context: Context) -> View:
    """A summary by code, then a worklist for each department."""
    links = Links(context.playbook, paths.FINDINGS)
    codes = Counter(finding.problem.code.slug for finding in context.findings)
    partners = {finding.partner for finding in context.findings if finding.partner is not None}
    return View(
        path=paths.FINDINGS,
        template="findings.md.j2",
        title="Findings",
        description="What there is to mend in the inventory, by department and owner.",
        facts={
            "title": "Findings",
            "number": count(len(context.findings), "finding"),
            "partners": count(len(partners), "partner"),
            "any": bool(context.findings),
            "current": bool(context.relationships),
            "codes": table(
                ("Finding", "How many", "Code"),
                ((catalogue()[slug].title, str(number), links.problem(slug)) for slug, number in codes.most_common()),
            ),
            "worklists": tuple(
                _worklist(context, links, Md(f"department-{department.id}"), links.department(department.id), found)
                for department in context.playbook.departments.values()
                if (found := context.findings_by_department.get(department.id))
            )
            + tuple(_elsewhere(context, links)),
        },
        place=context.inventory,
    )


def _worklist(context: Context, links: Links, anchor: Md, department: Md, found: Sequence[Finding]) -> Worklist:
    return Worklist(anchor, department, count(len(found), "finding"), worklist(context, links, found))


def _elsewhere(context: Context, links: Links) -> Iterator[Worklist]:
    """Findings that are no single department's work."""
    found = [finding for finding in context.findings if finding.department is None]
    if found:
        yield _worklist(context, links, Md("elsewhere"), escape("Between departments"), found)


def worklist(context: Context, links: Links, findings: Iterable[Finding]) -> Table:
    """The findings owner by owner; those that nobody owns come first."""
    playbook = links.playbook

    def order(finding: Finding) -> tuple[str, str, str]:
        owner = playbook.person_name(finding.owner).casefold() if finding.owner is not None else ""
        partner = playbook.partners[finding.partner].name if finding.partner is not None else ""
        return owner, partner.casefold(), finding.problem.code.slug

    listed = sorted(findings, key=order)
    days = [context.open_since(finding) for finding in listed]
    unknown = "today" if any(days) else ""

    def row(finding: Finding, day: str) -> tuple[str, ...]:
        problem = finding.problem
        code = links.problem(problem.code.slug)
        owner = links.owner(finding.owner) if finding.partner is not None else Md("")
        partner = links.partner(finding.partner) if finding.partner is not None else Md("")
        return owner, partner, problem.message, day or unknown, problem.hint, code

    headers = ("Owner", "Partner", "What was found", "Open since", "What to do", "Code")
    return table(headers, map(row, listed, days))
