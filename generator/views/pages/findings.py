"""Every warning as a finding: what it is, whose it is, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator import paths
from generator.findings import Finding
from generator.markdown import Md, escape, verbatim
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.tables import Table, table
from generator.views.kit.view import View
from generator.views.parts.worklist import worklist
from generator.words import count


@dataclass(frozen=True)
class Worklist:
    """The findings of one department, owner by owner."""

    anchor: Md
    department: Md
    size: str
    table: Table


@dataclass(frozen=True)
class FindingsFacts:
    """What `findings.md.j2` places."""

    number: str
    partners: str
    any: bool
    current: bool
    codes: Table
    worklists: tuple[Worklist, ...]


def view(context: Context) -> View:
    """A summary by code, then a worklist for each department."""
    links = Links(context.playbook, paths.FINDINGS)
    codes = Counter(finding.code for finding in context.findings)
    partners = {finding.partner for finding in context.findings if finding.partner is not None}
    return View(
        path=paths.FINDINGS,
        template="findings.md.j2",
        title="Findings",
        description="What there is to mend in the inventory, by department and owner.",
        facts=FindingsFacts(
            number=count(len(context.findings), "finding"),
            partners=count(len(partners), "partner"),
            any=bool(context.findings),
            current=bool(context.relationships),
            codes=table(
                ("Finding", "How many", "Code"),
                ((code.title, str(number), links.problem(code.slug)) for code, number in codes.most_common()),
            ),
            worklists=tuple(
                _worklist(
                    context, links, verbatim(f"department-{department.id}"), links.department(department.id), findings
                )
                for department in context.playbook.departments.values()
                if (findings := context.findings_by_department.get(department.id))
            )
            + tuple(_elsewhere(context, links)),
        ),
        place=context.inventory,
    )


def _worklist(context: Context, links: Links, anchor: Md, department: Md, findings: Sequence[Finding]) -> Worklist:
    return Worklist(anchor, department, count(len(findings), "finding"), worklist(context, links, findings))


def _elsewhere(context: Context, links: Links) -> Iterator[Worklist]:
    """Findings that are no single department's work."""
    findings = [finding for finding in context.findings if finding.department is None]
    if findings:
        yield _worklist(context, links, Md("elsewhere"), escape("Between departments"), findings)
