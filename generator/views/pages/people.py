"""The people: who looks after what, by department and by person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from generator import paths
from generator.insights.ownership import Holding, holdings
from generator.markdown import Md, escape, join, md, verbatim
from generator.model import Entry, Playbook
from generator.views.kit.context import Context
from generator.views.kit.links import Links, contact
from generator.views.kit.view import View
from generator.views.kit.words import abridged


@dataclass(frozen=True)
class Held:
    """One person: who they are, then what they own, back up and sponsor, as far as there is any."""

    name: str
    anchor: Md
    about: Md
    facts: tuple[tuple[str, Md], ...]


@dataclass(frozen=True)
class Team:
    """One department's owners, and its partners that nobody owns; either may be empty."""

    department: Md
    anchor: Md
    owners: Md
    unowned: Md


@dataclass(frozen=True)
class PeopleFacts:
    """What `people.md.j2` places."""

    teams: tuple[Team, ...]
    people: tuple[Held, ...]
    directory: Md
    ownership: Md


def view(context: Context) -> View:
    """Each department's owners, then a section for everybody in a role."""
    playbook = context.playbook
    links = Links(playbook, paths.PEOPLE)
    return View(
        path=paths.PEOPLE,
        template="people.md.j2",
        title="People",
        description="Who owns which partner, who stands in, and who sponsors it.",
        facts=PeopleFacts(
            teams=tuple(_teams(playbook, links)),
            people=tuple(_people(context, links)),
            directory=links.to("partner directory", paths.PARTNERS),
            ownership=links.to("where partners are managed", paths.OWNERSHIP),
        ),
        place=context.people,
    )


def _teams(playbook: Playbook, links: Links) -> Iterator[Team]:
    by_department: dict[str, dict[str | None, set[str]]] = {department: {} for department in playbook.departments}
    for entry in playbook.entries:
        if not entry.ended:
            by_department[entry.department].setdefault(entry.owner, set()).add(entry.partner)

    for department in sorted(
        playbook.departments.values(), key=lambda department: (department.name.casefold(), department.id)
    ):
        owners = by_department[department.id]
        nobodys = owners.pop(None, set())
        if owners or nobodys:
            named = sorted(
                (owner for owner in owners if owner is not None), key=lambda owner: _by_name(playbook, owner)
            )
            yield Team(
                department=links.department(department.id),
                anchor=verbatim(f"department-{department.id}"),
                owners=join(", ", map(links.owner, named)),
                unowned=_partners(links, nobodys, department=department.id, finding="unowned"),
            )


def _people(context: Context, links: Links) -> Iterator[Held]:
    """Everybody whom a page links to has a section here."""
    playbook = context.playbook
    by_person = holdings(playbook)
    backups = any(entry.backup_owner is not None for entry in playbook.entries)
    sponsored: dict[str, list[Entry]] = {}
    for entry in playbook.entries:
        if entry.sponsor is not None and not entry.ended:
            sponsored.setdefault(entry.sponsor, []).append(entry)
    for person in sorted(context.named_people, key=lambda person: _by_name(playbook, person)):
        holding = by_person.get(person) or Holding(person, (), (), ())
        sponsors = (entry.partner for entry in sponsored.get(person, ()))
        facts = (
            ("Owns", _partners(links, (entry.partner for entry in holding.owns), owner=person)),
            ("Backup", _backups(links, holding.owns) if backups else Md("")),
            ("Backs up", _partners(links, (entry.partner for entry in holding.backs_up))),
            ("Sponsors", _partners(links, sponsors)),
        )
        yield Held(
            name=playbook.person_name(person),
            anchor=verbatim(paths.person_anchor(person)),
            about=_about(context, links, person),
            facts=tuple((label, text) for label, text in facts if text),
        )


def _by_name(playbook: Playbook, person: str) -> tuple[str, str]:
    return playbook.person_name(person).casefold(), person


def _about(context: Context, links: Links, person: str) -> Md:
    playbook = context.playbook
    listed = playbook.people.get(person)
    parts: list[Md] = []
    if listed is None:
        parts += [escape("Not in the list of people.")] if playbook.people else []
    elif not listed.active:
        parts.append(escape("Has left."))
    else:
        parts += [links.department(listed.department)] if listed.department is not None else []
        parts += [contact(listed.email)] if listed.email else []
    calendar = paths.calendar_of_person(person)
    if calendar in context.calendars:
        parts.append(links.to("calendar file", calendar))
    return join(" · ", parts)


def _backups(links: Links, owned: Iterable[Entry]) -> Md:
    """Who stands in for the owner: one person for all of it, or each for their part."""
    parts: dict[str | None, list[str]] = {}
    for entry in owned:
        parts.setdefault(entry.backup_owner, []).append(entry.partner)
    if len(parts) < 2:
        return join("", map(links.owner, parts))
    named = sorted(
        (backup for backup in parts if backup is not None), key=lambda backup: _by_name(links.playbook, backup)
    )
    ordered = [*named, None] if None in parts else named
    return join("; ", (md("{} for {}", links.owner(backup), _partners(links, parts[backup])) for backup in ordered))


def _partners(links: Links, partners: Iterable[str], **wanted: str) -> Md:
    """Each of the partners once, by name; `wanted` are the filters that show them in the directory."""
    ordered = sorted(set(partners), key=lambda one: (links.playbook.partners[one].name.casefold(), one))
    everything = partial(links.current, **wanted) if wanted else escape
    return abridged([links.partner(partner) for partner in ordered], everything)
