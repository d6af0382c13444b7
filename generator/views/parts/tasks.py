"""The worklist of the health page: what each owner has to do, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator import paths
from generator.insights.health import Check, CheckedEntry, Tally
from generator.insights.worklist import Task, Urgency, order
from generator.markdown import Md, escape, join, md
from generator.model import Playbook
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.tables import Table, table
from generator.views.kit.words import chip, in_one_piece
from generator.words import count


def number(context: Context) -> str:
    """How many tasks there are, by urgency, in words; empty where there is none."""
    urgencies = [task.urgency for task in context.worklist]
    words = ((Urgency.FAILS, "to mend"), (Urgency.COMES_DUE, "coming due"), (Urgency.UNKNOWN, "to record"))
    return ", ".join(f"{many} {word}" for urgency, word in words if (many := urgencies.count(urgency)))


def by_owner(context: Context) -> tuple[Task, ...]:
    """What nobody is there to do first, then every owner, the one with the most urgent task first."""
    playbook = context.playbook
    tasks: dict[str | None, list[Task]] = {}
    for task in context.worklist:
        tasks.setdefault(_owner(playbook, task), []).append(task)

    def urgency(owner: str | None) -> tuple[bool, tuple[int, ...], str]:
        return owner is not None, order(tasks[owner][0]), playbook.person_name(owner).casefold() if owner else ""

    def task_order(task: Task) -> tuple[tuple[int, ...], str]:
        return order(task), playbook.partners[task.entry.partner].name.casefold()

    return tuple(task for owner in sorted(tasks, key=urgency) for task in sorted(tasks[owner], key=task_order))


def _owner(playbook: Playbook, task: Task) -> str | None:
    """Who is there to do it."""
    return None if playbook.ownerless(task.entry) else task.entry.owner


def owner_name(playbook: Playbook, task: Task) -> str:
    """The name of who is there to do it; empty where nobody is."""
    owner = _owner(playbook, task)
    return playbook.person_name(owner) if owner is not None else ""


def table_of(links: Links, tasks: Sequence[Task]) -> Table:
    """A row a task, in their order."""

    def row(task: Task) -> Iterable[str]:
        entry = task.entry
        state = join(" ", filter(None, (chip(task.urgency.value), when(links, task))))
        return (
            links.owner(_owner(links.playbook, task)),
            links.partner(entry.partner),
            what(links, task),
            state,
            links.department(entry.department),
        )

    return table(("Owner", "Partner", "What to do", "State", "Department"), map(row, tasks))


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


def when(links: Links, task: Task) -> Md:
    """Such as "12 days late" or "in 12 days, on 2026-11-14"; empty where there is no such day."""
    if task.day is None:
        return Md("")
    if task.late is None:
        days = (task.day - links.playbook.as_of).days
        return md("{}, on {}", f"in {count(days, 'day')}" if days else "today", in_one_piece(task.day))
    return escape(f"{count(task.late, 'day')} late")


def summary(links: Links, checked: CheckedEntry) -> Md:
    """A relationship's score in words, for its partner's page."""
    tally = checked.tally
    text = f"{tally.passed} of {count(tally.known, 'check')} pass"
    return links.to(f"{text}{_unknown(tally)}", f"{paths.HEALTH}#relationships")


def passed(tally: Tally) -> str:
    """The same where a column says that checks are counted."""
    return f"{tally.passed} of {tally.known}{_unknown(tally)}"


def _unknown(tally: Tally) -> str:
    return f", {tally.unknown} unknown" if tally.unknown else ""
