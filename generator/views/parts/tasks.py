"""The worklist of the health page: what each owner has to do, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable

from generator import paths
from generator.insights.health import Check, CheckedEntry
from generator.insights.worklist import Task, Urgency, order, worklist
from generator.markdown import Md, join
from generator.model import Playbook
from generator.views.kit.links import Links
from generator.views.kit.tables import Table, table
from generator.views.kit.words import chip
from generator.words import count


def number(playbook: Playbook) -> str:
    """How many tasks there are, by urgency, in words; empty where there is none."""
    urgencies = [task.urgency for task in worklist(playbook)]
    words = ((Urgency.FAILS, "to mend"), (Urgency.COMES_DUE, "coming due"), (Urgency.UNKNOWN, "to record"))
    return ", ".join(f"{many} {word}" for urgency, word in words if (many := urgencies.count(urgency)))


def by_owner(links: Links) -> Table:
    """What nobody is there to do first, then every owner, the one with the most urgent task first."""
    playbook = links.playbook
    tasks: dict[str | None, list[Task]] = {}
    for task in worklist(playbook):
        entry = task.entry
        tasks.setdefault(None if playbook.ownerless(entry) else entry.owner, []).append(task)

    def urgency(owner: str | None) -> tuple[bool, tuple[int, ...], str]:
        return owner is not None, order(tasks[owner][0]), playbook.person_name(owner).casefold() if owner else ""

    def task_order(task: Task) -> tuple[tuple[int, ...], str]:
        return order(task), playbook.partners[task.entry.partner].name.casefold()

    def row(owner: str | None, task: Task) -> Iterable[str]:
        entry = task.entry
        state = join(" ", filter(None, (chip(task.urgency.value), _when(links, task))))
        return (
            links.owner(owner),
            links.partner(entry.partner),
            what(links, task),
            state,
            links.department(entry.department),
        )

    rows = (row(owner, task) for owner in sorted(tasks, key=urgency) for task in sorted(tasks[owner], key=task_order))
    return table(("Owner", "Partner", "What to do", "State", "Department"), rows)


def what(links: Links, task: Task) -> str:
    """What would make the check pass, or keep it so."""
    if task.urgency is Urgency.UNKNOWN:
        return _record(links, task)
    return _fix(links, task) if task.urgency is Urgency.FAILS else _decide(task)


def _decide(task: Task) -> str:
    if task.agreement is None:
        return "Hold the review"
    return f"Decide on the agreement: {task.agreement.kind} {task.agreement.ref}".rstrip()


def _fix(links: Links, task: Task) -> str:
    playbook, entry = links.playbook, task.entry
    match task.check:
        case Check.OWNER:
            return (
                f"Agree on an owner: {playbook.person_name(entry.owner)} has left"
                if entry.owner
                else "Agree on an owner"
            )
        case Check.AGREEMENT:
            return f"Renew the agreement: {', '.join(task.kinds)}"
        case Check.REVIEW:
            return "Hold the review"
        case Check.SPONSOR:
            return f"Agree on a sponsor: {playbook.person_name(entry.sponsor or '')} has left"
        case Check.MODE:
            return "Give the reason for its mode, or manage it as its type expects"
        case Check.OBJECTIVE:
            return "Tie it to an objective that is still open"


def _record(links: Links, task: Task) -> str:
    playbook, entry = links.playbook, task.entry
    people = {Check.OWNER: entry.owner, Check.SPONSOR: entry.sponsor}
    person = people.get(task.check)
    if person is not None:
        return f"Add {playbook.person_name(person)} to the list of people, or correct the name"
    return {
        Check.AGREEMENT: f"Record the agreement: {', '.join(task.kinds)}",
        Check.REVIEW: "Record the last review, or hold one",
        Check.SPONSOR: "Record the sponsor, or agree on one",
        Check.OBJECTIVE: "Record the objective that it serves",
    }[task.check]


def _when(links: Links, task: Task) -> str:
    """Such as "12 days late" or "in 12 days, on 2026-11-14"; empty where there is no such day."""
    if task.day is None:
        return ""
    if task.late is None:
        days = (task.day - links.playbook.as_of).days
        return f"in {count(days, 'day')}, on {task.day}" if days else f"today, on {task.day}"
    return f"{count(task.late, 'day')} late"


def summary(links: Links, checked: CheckedEntry) -> Md:
    """A relationship's score in words, for its partner's page."""
    tally = checked.tally
    text = f"{tally.passed} of {count(tally.known, 'check')} pass"
    unknown = f", {tally.unknown} unknown" if tally.unknown else ""
    return links.to(f"{text}{unknown}", f"{paths.HEALTH}#relationships")
