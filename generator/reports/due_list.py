"""What comes due, by owner, as something to paste into a message or to mail."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from generator.insights.due import Due, Event, due_dates, never_reviewed
from generator.insights.rules import let_pass
from generator.markdown import escape
from generator.model import Entry, Playbook
from generator.reports.printable import printable
from generator.words import count


@dataclass(frozen=True)
class _Task:
    """`day` is None of a review that nobody has held yet: it is due, and no day can be told."""

    day: date | None
    what: str
    partner: str
    department: str
    words: str
    overdue: bool

    @property
    def when(self) -> str:
        if self.day is None:
            return "never yet"
        return f"overdue {self.day}" if self.overdue else str(self.day)


@dataclass(frozen=True)
class _Person:
    """Whoever has these to do; `address` is empty where none is recorded, `owner` the id, None for nobody."""

    name: str
    address: str
    tasks: tuple[_Task, ...]
    owner: str | None = None


@dataclass(frozen=True)
class DueList:
    """Everything that is due on `last` or before, on the day `as_of`."""

    as_of: date
    last: date
    people: tuple[_Person, ...]


_WAIVER = "waiver"

Only = Callable[[Entry], bool]
"""Says which entries are wanted."""


def due_list(playbook: Playbook, last: date, only: Only | None = None) -> DueList:
    """What each owner has to do by then, owners by name; last, what nobody who is here owns, by department.

    A partner that was never reviewed, where its mode asks for reviews, is on the list whatever the day.
    """
    dues = [due for due in _to_do(due_dates(playbook)) if due.day <= last and (only is None or only(due.entry))]
    never = [entry for entry in never_reviewed(playbook) if only is None or only(entry)]
    owned: dict[str, list[_Task]] = {}
    unowned: dict[str, list[_Task]] = {}
    tasks = [(due.entry, _dated(playbook, due)) for due in dues]
    tasks += [one for one in _waivers(playbook, last) if only is None or only(one[0])]
    tasks.sort(key=lambda one: one[1].day or date.min)
    for entry, task in [*((entry, _first_review(playbook, entry)) for entry in never), *tasks]:
        if entry.owner is None or playbook.ownerless(entry):
            unowned.setdefault(entry.department, []).append(task)
        else:
            owned.setdefault(entry.owner, []).append(task)
    owners = [
        _Person(playbook.person_name(owner), _address(playbook, owner), tuple(some), owner)
        for owner, some in owned.items()
    ]
    departments = [
        _Person(
            f"No owner, {playbook.departments[department].name}",
            playbook.departments[department].contact,
            tuple(some),
        )
        for department, some in unowned.items()
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
        lines += [f"  {task.when}  {printable(task.words)}\n" for task in person.tasks]
        parts.append("".join(lines))
    return "\n".join([*parts, f"{_total(due)}\n"])


def markdown(due: DueList) -> str:
    """The same for a chat, an issue or a page; text from data stays text."""
    parts = [f"## {_title(due)}\n"]
    for person in due.people:
        address = f" &lt;{escape(printable(person.address))}&gt;" if person.address else ""
        lines = [f"### {escape(printable(person.name))}{address}\n\n"]
        lines += [
            f"- [ ] {'**Overdue:** ' if task.overdue else ''}{task.day or 'never yet'}, "
            f"{escape(printable(task.words))}\n"
            for task in person.tasks
        ]
        parts.append("".join(lines))
    return "\n".join([*parts, f"{_total(due)}\n"])


def mail(due: DueList) -> str:
    """A message for each owner, ready to be sent: to whom, about what, and the text; a line of dashes between two."""
    messages = []
    for person in due.people:
        address = f" <{printable(person.address)}>" if person.address else ""
        number = count(len(person.tasks), "partner date")
        lines = [
            f"To: {printable(person.name)}{address}",
            f"Subject: {number} by {due.last}",
            "",
            f"Hello {printable(person.name)}," if person.owner is not None else "Hello,",
            "",
            f"this is due by {due.last}:",
            "",
            *(f"  {task.when}  {printable(task.words)}" for task in person.tasks),
            "",
            f"From the partner playbook, as of {due.as_of}",
        ]
        messages.append("".join(f"{line}\n" for line in lines))
    return f"\n{'-' * 72}\n\n".join(messages)


def as_json(due: DueList) -> str:
    """For scripts, in ASCII.

    The object has `format` (1), `as_of` and `last` (days), and `people`: each with a `name`, an `address` (empty where
    none is recorded), the `owner`'s id (null for what nobody owns) and `tasks`: each with a `day` (null of a review
    that nobody has held yet), `overdue`, `what` ("review", "decision", "end" or "waiver"), the ids of `partner` and
    `department`, and `text`.
    """
    people = [
        {
            "name": printable(person.name),
            "address": person.address,
            "owner": person.owner,
            "tasks": [
                {
                    "day": str(task.day) if task.day is not None else None,
                    "overdue": task.overdue,
                    "what": task.what,
                    "partner": task.partner,
                    "department": task.department,
                    "text": printable(task.words),
                }
                for task in person.tasks
            ],
        }
        for person in due.people
    ]
    data = {"format": 1, "as_of": str(due.as_of), "last": str(due.last), "people": people}
    return json.dumps(data, indent=2) + "\n"


HEADINGS = ("Owner", "Address", "Department", "Partner", "What", "Day", "Overdue", "Text")


def rows(due: DueList) -> Iterator[tuple[str, ...]]:
    """For a spreadsheet: the cells of each task, under HEADINGS; whoever writes them keeps them from being formulas."""
    for person in due.people:
        for task in person.tasks:
            day, overdue = str(task.day) if task.day is not None else "", "yes" if task.overdue else "no"
            owner = person.name if person.owner is not None else ""
            cells = (owner, person.address, task.department, task.partner, task.what, day, overdue, task.words)
            yield tuple(map(printable, cells))


FORMATS: Mapping[str, Callable[[DueList], str]] = {"text": text, "markdown": markdown, "json": as_json, "mail": mail}


def _title(due: DueList) -> str:
    return f"What comes due by {due.last}, as of {due.as_of}"


def _total(due: DueList) -> str:
    tasks = [task for person in due.people for task in person.tasks]
    if not tasks:
        return "Nothing is due."
    dated = [task for task in tasks if task.day is not None]
    never = len(tasks) - len(dated)
    parts = [f"{count(len(dated), 'date')}, {sum(task.overdue for task in dated)} overdue"] if dated else []
    return f"{', '.join([*parts, *([f'{never} never reviewed'] if never else [])])}."


def _to_do(dues: Iterable[Due]) -> Iterable[Due]:
    """Without the end of an agreement about which somebody must decide before: one line says both."""
    dues = list(dues)
    decided = {(id(due.entry), id(due.agreement)) for due in dues if due.event is Event.DECISION}
    return (due for due in dues if due.event is not Event.END or (id(due.entry), id(due.agreement)) not in decided)


def _dated(playbook: Playbook, due: Due) -> _Task:
    entry, overdue = due.entry, due.day < playbook.as_of
    return _Task(due.day, due.event.value, entry.partner, entry.department, _words(playbook, due), overdue)


def _waivers(playbook: Playbook, last: date) -> Iterator[tuple[Entry, _Task]]:
    """What a rule of the company's own lets pass until a day by then: from the next day on it is a finding."""
    for rule in playbook.rules.values():
        for entry, waiver in let_pass(playbook, rule):
            if waiver.until <= last:
                name, where = playbook.partners[entry.partner].name, playbook.departments[entry.department].name
                words = f"the waiver of {rule.name!r} for {name} ends, which {playbook.person_name(waiver.by)} granted"
                task = _Task(
                    waiver.until, _WAIVER, entry.partner, entry.department, f"{words} ({where})", overdue=False
                )
                yield entry, task


def _first_review(playbook: Playbook, entry: Entry) -> _Task:
    name, department = playbook.partners[entry.partner].name, playbook.departments[entry.department].name
    words = f"review {name} ({department}), which nobody has reviewed; its mode asks for it every "
    words += count(playbook.review_days(entry) or 0, "day")
    return _Task(None, Event.REVIEW.value, entry.partner, entry.department, words, overdue=False)


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
