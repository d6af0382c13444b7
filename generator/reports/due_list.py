"""What comes due, by owner, as something to paste into a message or to mail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.insights.due import Due, Event, by_department, by_owner, due_dates
from generator.markdown import escape
from generator.model import Playbook
from generator.reports.printable import printable
from generator.words import count


@dataclass(frozen=True)
class _Task:
    day: date
    words: str
    overdue: bool


@dataclass(frozen=True)
class _Person:
    """Whoever has these to do; `address` is empty where none is recorded."""

    name: str
    address: str
    tasks: tuple[_Task, ...]


@dataclass(frozen=True)
class DueList:
    """Everything that is due on `last` or before, on the day `as_of`."""

    as_of: date
    last: date
    people: tuple[_Person, ...]


def due_list(playbook: Playbook, last: date) -> DueList:
    """What each owner has to do by then, owners by name; last, what nobody who is here owns, by department."""
    dues = [due for due in _to_do(due_dates(playbook)) if due.day <= last]
    owners = [
        _Person(playbook.person_name(owner), _address(playbook, owner), _tasks(playbook, owned))
        for owner, owned in by_owner(playbook, dues).items()
    ]
    ownerless = [due for due in dues if playbook.ownerless(due.entry)]
    departments = [
        _Person(
            f"No owner, {playbook.departments[department].name}",
            playbook.departments[department].contact,
            _tasks(playbook, unowned),
        )
        for department, unowned in by_department(ownerless).items()
    ]

    def by_name(people: Iterable[_Person]) -> list[_Person]:
        return sorted(people, key=lambda person: person.name.casefold())

    return DueList(playbook.as_of, last, (*by_name(owners), *by_name(departments)))


def text(due: DueList) -> str:
    """Plain text, to be mailed as it stands."""
    parts = [f"{_title(due)}\n"]
    for person in due.people:
        address = f" <{printable(person.address)}>" if person.address else ""
        lines = [f"{printable(person.name)}{address}\n"]
        lines += [
            f"  {'overdue ' if task.overdue else ''}{task.day}  {printable(task.words)}\n" for task in person.tasks
        ]
        parts.append("".join(lines))
    return "\n".join([*parts, f"{_total(due)}\n"])


def markdown(due: DueList) -> str:
    """The same for a chat, an issue or a page; text from data stays text."""
    parts = [f"## {_title(due)}\n"]
    for person in due.people:
        address = f" &lt;{escape(printable(person.address))}&gt;" if person.address else ""
        lines = [f"### {escape(printable(person.name))}{address}\n\n"]
        lines += [
            f"- [ ] {'**Overdue:** ' if task.overdue else ''}{task.day}, {escape(printable(task.words))}\n"
            for task in person.tasks
        ]
        parts.append("".join(lines))
    return "\n".join([*parts, f"{_total(due)}\n"])


FORMATS: Mapping[str, Callable[[DueList], str]] = {"text": text, "markdown": markdown}


def _title(due: DueList) -> str:
    return f"Reviews and agreements due by {due.last}, as of {due.as_of}"


def _total(due: DueList) -> str:
    tasks = [task for person in due.people for task in person.tasks]
    if not tasks:
        return "Nothing is due."
    return f"{count(len(tasks), 'date')}, {sum(task.overdue for task in tasks)} overdue."


def _to_do(dues: Iterable[Due]) -> Iterable[Due]:
    """Without the end of an agreement about which somebody must decide before: one line says both."""
    dues = list(dues)
    decided = {(id(due.entry), id(due.agreement)) for due in dues if due.event is Event.DECISION}
    return (due for due in dues if due.event is not Event.END or (id(due.entry), id(due.agreement)) not in decided)


def _tasks(playbook: Playbook, dues: Iterable[Due]) -> tuple[_Task, ...]:
    return tuple(_Task(due.day, _words(playbook, due), due.day < playbook.as_of) for due in dues)


def _words(playbook: Playbook, due: Due) -> str:
    name = playbook.partners[due.entry.partner].name
    where = f" ({playbook.departments[due.entry.department].name})"
    if due.agreement is None:
        return f"review {name}{where}"
    which = f"the {due.agreement.kind} agreement {due.agreement.ref}".rstrip() + f" with {name}"
    if due.event is Event.DECISION:
        return f"decide on {which}, which ends on {due.agreement.ends}{where}"
    verb = "ended; renew it" if due.day < playbook.as_of else "ends"
    return f"{which} {verb}{where}"


def _address(playbook: Playbook, owner: str) -> str:
    return playbook.people[owner].email if owner in playbook.people else ""
