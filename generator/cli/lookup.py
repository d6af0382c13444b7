"""What a word on the command line means: an id, or a name, capitals aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

import click

from generator.editing import Item, entries_of
from generator.model import Partner, Person, Playbook
from generator.problems import nearest, suggest
from generator.source import Document
from generator.words import series


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


_Entity = TypeVar("_Entity", bound=_Named)


def partner(playbook: Playbook, written: str) -> Partner:
    """The partner of that id, former id or name; click.UsageError where there is none, or several of that name."""
    former = {old: partner for partner in playbook.partners.values() for old in partner.former_ids}
    return former.get(written) or named("partner", playbook.partners, written)


def person(playbook: Playbook, written: str) -> Person:
    """The person of that id, name or e-mail address; click.UsageError as above, and where nobody is listed."""
    if not playbook.people:
        raise click.UsageError("nobody is listed in people.yml yet: `playbook new person` adds somebody")
    mail = {person.email.casefold(): person for person in playbook.people.values() if person.email}
    return mail.get(written.casefold()) or named("person", playbook.people, written)


def entries(
    playbook: Playbook, documents: Mapping[str, Document], company: Partner, wanted: Sequence[str], option: str
) -> list[tuple[str, Item]]:
    """The entries of a partner in the departments `wanted`, each with the department's id.

    Where none is named, those of the one department that manages it.  click.UsageError where there are several, or one
    of them does not manage it; `option` names a department.
    """
    found = list(entries_of(documents, company.id))
    homes = list(dict.fromkeys(home for home, _ in found))
    chosen = [named("department", playbook.departments, one).id for one in wanted] or homes
    if not set(chosen) <= set(homes) or (not wanted and len(homes) > 1):
        reason = f"{company.name} is managed by {series(homes)}"
        raise click.UsageError(f"{reason}: add {' or '.join(f'{option} {home}' for home in homes)}")
    return [(home, entry) for home, entry in found if home in chosen]


def named(kind: str, known: Mapping[str, _Entity], written: str) -> _Entity:
    """The entity of that id or name."""
    if written in known:
        return known[written]
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
