"""Every warning as a finding: what it is, whose it is, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator import paths
from generator.findings import Finding
from generator.insights.rules import WaiverState, waivers
from generator.markdown import Md, escape, verbatim
from generator.model import CompanyRule, Waiver
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
    waivers: Table | None
    """None where no rule of the company's own has any."""
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
        description="What deserves attention in the inventory, by department and owner.",
        facts=FindingsFacts(
            number=count(len(context.findings), "finding"),
            partners=count(len(partners), "partner"),
            any=bool(context.findings),
            current=bool(context.relationships),
            explained=links.if_shown("problems explained", f"{paths.PROBLEMS}#warnings"),
            codes=table(
                ("Finding", "How many", "Code"),
                ((code.title, str(number), links.problem(code.slug)) for code, number in codes.most_common()),
            ),
            waivers=_waivers(context, long),
            worklists=tuple(_worklists(context, links, long)),
        ),
        place=context.inventory,
        more=long.pages,
    )


def _waivers(context: Context, long: LongTables) -> Table | None:
    """Who is let off which rule of the company's own, and until when."""
    playbook = context.playbook
    granted = [(rule, *waiver) for rule in playbook.rules.values() for waiver in waivers(playbook, rule)]

    def rows(links: Links, listed: Sequence[_Granted]) -> Table:
        headers = ("Partner", "Rule", "Where", "Until", "Granted by", "Why", "State")
        return table(headers, (_waiver(links, *one) for one in listed))

    def partner(one: _Granted) -> str:
        return playbook.partners[one[1].partner].name

    return long.table("waivers", granted, rows, partner) if granted else None


_Granted = tuple[CompanyRule, Waiver, WaiverState]


def _waiver(links: Links, rule: CompanyRule, waiver: Waiver, state: WaiverState) -> tuple[str, ...]:
    return (
        links.partner(waiver.partner),
        links.to(rule.name, paths.problem(rule.code)),
        links.department(waiver.department) if waiver.department is not None else "everywhere",
        str(waiver.until),
        links.person(waiver.by),
        waiver.why,
        state.value,
    )


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
