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
from generator.views.kit.long_tables import LongTables, fair
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
    explained: Md
    codes: Table
    worklists: tuple[Worklist, ...]


def view(context: Context) -> View:
    """A summary by code, then a worklist for each department."""
    links = Links(context.playbook, paths.FINDINGS)
    long = LongTables(links)
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
            explained=_explained(links),
            codes=table(
                ("Finding", "How many", "Code"),
                ((code.title, str(number), links.problem(code.slug)) for code, number in codes.most_common()),
            ),
            worklists=tuple(_worklists(context, links, long)),
        ),
        place=context.inventory,
        more=long.pages,
    )


def _explained(links: Links) -> Md:
    page = f"{paths.PROBLEMS}#warnings"
    return links.to("problems explained", page) if links.playbook.shows(paths.family(page)) else Md("")


def _worklists(context: Context, links: Links, long: LongTables) -> Iterator[Worklist]:
    """Department by department, then the findings that are no single department's work."""
    by_department = context.findings_by_department
    elsewhere = [finding for finding in context.findings if finding.department is None]
    rows = fair([len(elsewhere), *map(len, by_department.values())])
    for department in context.playbook.departments.values():
        if findings := by_department.get(department.id):
            anchor = f"department-{department.id}"
            yield Worklist(
                verbatim(anchor),
                links.department(department.id),
                _size(findings),
                worklist(context, long, anchor, findings, department.name, rows, department=department.id),
            )
    if elsewhere:
        table = worklist(context, long, "elsewhere", elsewhere, "between departments", rows)
        yield Worklist(Md("elsewhere"), escape("Between departments"), _size(elsewhere), table)


def _size(findings: Sequence[Finding]) -> str:
    return count(len(findings), "finding")
