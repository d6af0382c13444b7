"""Every warning as a finding: what it is, whose it is, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
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
    partners = {finding.partner for finding in context.findings}
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
            "codes": table(
                ("Finding", "Code", "How many"),
                ((catalogue()[slug].title, links.problem(slug), str(number)) for slug, number in codes.most_common()),
            ),
            "worklists": tuple(
                Worklist(
                    Md(f"department-{department.id}"),
                    links.department(department.id),
                    count(len(found), "finding"),
                    worklist(links, found, department=False),
                )
                for department in context.playbook.departments.values()
                if (found := context.findings_by_department.get(department.id))
            ),
        },
    )


def worklist(links: Links, findings: Iterable[Finding], *, department: bool) -> Table:
    """The findings owner by owner; those that nobody owns come first."""
    playbook = links.playbook

    def order(finding: Finding) -> tuple[str, str, str]:
        owner = playbook.person_name(finding.owner).casefold() if finding.owner is not None else ""
        return owner, playbook.partners[finding.partner].name.casefold(), finding.problem.code.slug

    headers = ["Owner", "Partner", "What was found", "What to do", "Code"]
    rows = []
    for finding in sorted(findings, key=order):
        owner = links.person(finding.owner) if finding.owner is not None else escape("nobody")
        problem = finding.problem
        row = [owner, links.partner(finding.partner), problem.message, problem.hint, links.problem(problem.code.slug)]
        if department:
            where = links.department(finding.department) if finding.department is not None else Md("")
            row.insert(0, where)
        rows.append(row)
    return table(["Department", *headers] if department else headers, rows)
