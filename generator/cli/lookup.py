"""What a word on the command line means: an id, or a name, capitals aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

import click

from generator.cli import questions
from generator.editing import Item, entries_of
from generator.model import Partner, Person, Playbook
from generator.problems import nearest, suggest
from generator.reports.printable import printable
from generator.source import Document
from generator.words import series


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


_Entity = TypeVar("_Entity", bound=_Named)


def partner(playbook: Playbook, written: str) -> Partner:
    """The partner of that id, former id or name, or that bought the company of that id or name.

    click.UsageError where there is none, or several of that name.
    """
    former = {old: partner for partner in playbook.partners.values() for old in partner.former_ids}
    names = {partner.name.casefold() for partner in playbook.partners.values()}
    bought = {one.name.casefold(): partner for partner in playbook.partners.values() for one in partner.acquired}
    wanted = written.strip().casefold()
    buyer = bought.get(wanted) if wanted not in names and written not in playbook.partners else None
    return former.get(written) or buyer or named("partner", playbook.partners, written)


def person(playbook: Playbook, written: str) -> Person:
    """The person of that id, name or e-mail address; click.UsageError as above, and where nobody is listed."""
    if not playbook.people:
        raise click.UsageError("nobody is listed in people.yml yet: `playbook new person` adds somebody")
    mail = {person.email.casefold(): person for person in playbook.people.values() if person.email}
    return mail.get(written.casefold()) or named("person", playbook.people, written)


def somebody_here(playbook: Playbook, written: str) -> Person:
    """The same, of those who have not left."""
    found = person(playbook, written)
    if not found.active:
        raise click.UsageError(f"{found.name} has left: name somebody who is here")
    return found


def entries(
    playbook: Playbook, documents: Mapping[str, Document], company: Partner, wanted: Sequence[str], option: str
) -> list[tuple[str, Item]]:
    """The entries of a partner in the departments `wanted`, each with the department's id.

    Where none is named, those of the one department that manages it; where there are several, whoever sits there is
    asked.  click.UsageError where nobody does, or one of them does not manage it; `option` names a department.
    """
    found = list(entries_of(documents, company.id))
    homes = list(dict.fromkeys(home for home, _ in found))
    reason = f"{company.name} is managed by {series(homes)}"

    def read(written: Sequence[str]) -> list[str]:
        chosen = [named("department", playbook.departments, one).id for one in written]
        if not set(chosen) <= set(homes):
            raise click.UsageError(f"{reason}: add {' or '.join(f'{option} {home}' for home in homes)}")
        return chosen

    if not wanted and len(homes) > 1 and questions.somebody_there():
        question = f"{reason}. Which of them? (commas between several, or all)"
        chosen = click.prompt(
            printable(question), value_proc=lambda text: homes if text.strip() == "all" else read(text.split(","))
        )
    else:
        chosen = read(wanted) if wanted or len(homes) > 1 else homes
        if not chosen:
            raise click.UsageError(f"{reason}: add {' or '.join(f'{option} {home}' for home in homes)}")
    return [(home, entry) for home, entry in found if home in chosen]


def named(kind: str, known: Mapping[str, _Entity], written: str) -> _Entity:
    """The entity of that id, former id or name."""
    if written in known:
        return known[written]
    former = {old: entity for entity in known.values() for old in getattr(entity, "formerly", ())}
    if written in former:
        return former[written]
    matches = [entity for entity in known.values() if written.strip().casefold() in (entity.id, entity.name.casefold())]
    if len(matches) > 1:
        raise click.UsageError(f"{written!r} is the name of several; write one of the ids {_listed(matches)}")
    if not matches:
        inside = (entity.name for entity in known.values() if written.casefold() in entity.name.casefold())
        names = [name for entity in known.values() for name in (entity.id, entity.name)]
        near = nearest(written, names) or next(inside, None)
        hint = f"did you mean {near!r}?" if near else suggest(written, known) or f"no {kind} is recorded yet"
        raise click.UsageError(f"there is no {kind} {written!r}. {hint}")
    return matches[0]


def _listed(entities: Iterable[_Named]) -> str:
    return ", ".join(entity.id for entity in entities)
