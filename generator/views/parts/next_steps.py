"""What an owner has to do next: the checks that fail or come due, and what else was found, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator import paths
from generator.findings import Finding
from generator.findings.agreements import AGREEMENT_EXPIRED, AGREEMENT_MISSING, AGREEMENT_NOTICE
from generator.findings.leavers import SPONSOR_GONE
from generator.findings.management import MODE_UNJUSTIFIED, REVIEW_NEVER, REVIEW_OVERDUE, SPONSOR_MISSING
from generator.findings.ownership import OWNER_GONE, UNOWNED
from generator.findings.strategy import NO_OBJECTIVE
from generator.insights.health import Check
from generator.insights.worklist import Task, Urgency
from generator.markdown import Md, escape
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.words import MANY, abridged, chip
from generator.views.parts.marks import TO_MEND
from generator.views.parts.tasks import what, when

CHECKS: Mapping[str, Check] = {
    code.slug: check
    for check, codes in {
        Check.OWNER: (UNOWNED, OWNER_GONE),
        Check.AGREEMENT: (AGREEMENT_MISSING, AGREEMENT_EXPIRED, AGREEMENT_NOTICE),
        Check.REVIEW: (REVIEW_OVERDUE, REVIEW_NEVER),
        Check.SPONSOR: (SPONSOR_MISSING, SPONSOR_GONE),
        Check.MODE: (MODE_UNJUSTIFIED,),
        Check.OBJECTIVE: (NO_OBJECTIVE,),
    }.items()
    for code in codes
}
"""The check that says the same of an entry as a finding of the code."""
_TO_RECORD, _TO_WATCH = chip("quiet", "to record"), chip("quiet", "to watch")
_FEW = 8
"""So many partners are named for whom the same is to be recorded or watched."""


@dataclass(frozen=True)
class NextStep:
    """One thing to do, for one partner or several; `when` says how late it is, or when it is due, and may be empty."""

    state: Md
    what: Md
    partners: Md
    when: str


@dataclass(frozen=True)
class Steps:
    """What one owner has to do, as data; `open` counts what is late or open, and `due` what comes due."""

    all: Sequence[Task | Finding]
    open: int
    due: int

    @property
    def quiet(self) -> int:
        """How much there is to record or to watch."""
        return len(self.all) - self.open - self.due

    def told(self, links: Links) -> tuple[NextStep, ...]:
        """All of it in words, the most urgent first; what is to be done alike for several partners, once."""
        alike: dict[tuple[Md, Md, str], dict[str, None]] = {}
        for step in self.all:
            partner, told = _of_task(links, step) if isinstance(step, Task) else _of_finding(links, step)
            alike.setdefault(told, {})[partner] = None

        def named(state: Md, partners: Iterable[str]) -> Md:
            return abridged(list(partners), links.partner, most=_FEW if state in (_TO_RECORD, _TO_WATCH) else MANY)

        return tuple(
            NextStep(state, what, named(state, partners), when) for (state, what, when), partners in alike.items()
        )


@dataclass
class _Steps:
    tasks: list[Task] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def steps_by_owner(context: Context) -> Mapping[str, Steps]:
    """For everybody who is named as an owner, here or not: nothing twice, and nothing that readers do not see."""
    found: dict[str, _Steps] = {}
    covered: set[tuple[str, str, Check]] = set()
    for task in context.worklist if context.playbook.shows("health") else ():
        covered.add((task.entry.partner, task.entry.department, task.check))
        if task.entry.owner is not None:
            found.setdefault(task.entry.owner, _Steps()).tasks.append(task)
    for finding in context.findings:
        check = CHECKS.get(finding.code.slug)
        told = check is not None and (finding.partner or "", finding.department or "", check) in covered
        if finding.owner is not None and finding.partner is not None and not told:
            found.setdefault(finding.owner, _Steps()).findings.append(finding)
    return {owner: _ordered(steps) for owner, steps in found.items()}


def _ordered(steps: _Steps) -> Steps:
    by_urgency: dict[Urgency, list[Task | Finding]] = {urgency: [] for urgency in Urgency}
    for task in steps.tasks:
        by_urgency[task.urgency].append(task)
    for finding in steps.findings:
        by_urgency[Urgency.FAILS if finding.code.slug in TO_MEND else Urgency.UNKNOWN].append(finding)
    every = [step for urgency in Urgency for step in by_urgency[urgency]]
    return Steps(every, len(by_urgency[Urgency.FAILS]), len(by_urgency[Urgency.COMES_DUE]))


def _of_task(links: Links, task: Task) -> tuple[str, tuple[Md, Md, str]]:
    match task.urgency:
        case Urgency.FAILS:
            state = chip("act", "late" if task.late else "open")
        case Urgency.COMES_DUE:
            state = chip("watch", "due")
        case Urgency.UNKNOWN:
            state = _TO_RECORD
    return task.entry.partner, (state, escape(what(links, task)), when(links, task))


def _of_finding(links: Links, finding: Finding) -> tuple[str, tuple[Md, Md, str]]:
    assert finding.partner is not None
    state = chip("act", "open") if finding.code.slug in TO_MEND else _TO_WATCH
    return finding.partner, (state, links.to(finding.code.title, paths.problem(finding.code.slug)), "")
