"""The people: who looks after what, by department and by person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator import paths
from generator.insights.ownership import holdings
from generator.markdown import Md, escape, join
from generator.model import Playbook, Relationship
from generator.views.departments import contact
from generator.views.page import Context, Links, Table, View, by_partner, chip, count, table


@dataclass(frozen=True)
class Held:
    """One person: what they own, back up and sponsor; empty texts and tables where there is nothing."""

    name: str
    anchor: Md
    about: Md
    owns: Table
    backs_up: Md
    sponsors: Md
    orphans: str


@dataclass(frozen=True)
class Team:
    """One department's owners."""

    department: Md
    anchor: Md
    owners: Table


def view(context: Context) -> View:
    """Each department's owners, then a section for everybody in a role."""
    playbook = context.playbook
    links = Links(playbook, paths.PEOPLE)
    return View(
        path=paths.PEOPLE,
        template="people.md.j2",
        title="People",
        description="Who owns which partner, who stands in, and who sponsors it.",
        facts={
            "title": "People",
            "teams": tuple(_teams(playbook, links)),
            "people": tuple(_people(context, links)),
            "directory": links.to("partner directory", paths.PARTNERS),
            "ownership": links.to("where partners are managed", paths.OWNERSHIP),
        },
        place=context.people,
    )


def _teams(playbook: Playbook, links: Links) -> Iterator[Team]:
    held: dict[str, dict[str | None, set[str]]] = {department: {} for department in playbook.departments}
    for relationship in playbook.relationships:
        if not relationship.ended:
            held[relationship.department].setdefault(relationship.owner, set()).add(relationship.partner)

    def name(owner: str | None) -> str:
        return playbook.person_name(owner).casefold() if owner is not None else ""

    for department in sorted(playbook.departments.values(), key=lambda one: (one.name.casefold(), one.id)):
        owners = held[department.id]
        rows = [
            (
                links.owner(owner),
                join(
                    ", ", map(links.partner, sorted(owners[owner], key=lambda p: playbook.partners[p].name.casefold()))
                ),
            )
            for owner in sorted(owners, key=name)
        ]
        if rows:
            yield Team(
                links.department(department.id), Md(f"department-{department.id}"), table(("Owner", "Partners"), rows)
            )


def _people(context: Context, links: Links) -> Iterator[Held]:
    """Everybody whom a page links to has a section here."""
    playbook = context.playbook
    held = holdings(playbook)
    sponsored: dict[str, list[Relationship]] = {}
    for relationship in playbook.relationships:
        if relationship.sponsor is not None and not relationship.ended:
            sponsored.setdefault(relationship.sponsor, []).append(relationship)
    for person in sorted(context.named_people, key=lambda one: (playbook.person_name(one).casefold(), one)):
        holding = held.get(person)
        orphans = len(holding.orphans) if holding is not None else 0
        yield Held(
            name=playbook.person_name(person),
            anchor=Md(paths.person_anchor(person)),
            about=_about(context, links, person),
            owns=_owned(links, holding.owns if holding is not None else ()),
            backs_up=_partners(links, holding.backs_up if holding is not None else ()),
            sponsors=_partners(links, sponsored.get(person, ())),
            orphans=count(orphans, "of these has no backup", "of these have no backup") if orphans else "",
        )


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
        parts.append(links.to("calendar file of what is due", calendar))
    return join(" · ", parts)


def _owned(links: Links, relationships: Iterable[Relationship]) -> Table:
    playbook = links.playbook

    def row(relationship: Relationship) -> Iterable[str]:
        backup = relationship.backup_owner
        return (
            links.partner(relationship.partner),
            links.department(relationship.department),
            chip(relationship.status),
            join(", ", (playbook.types[type_id].name for type_id in relationship.types)),
            links.person(backup) if backup is not None else "",
        )

    headers = ("Owns", "Department", "Status", "Type", "Backup")
    return table(headers, map(row, by_partner(links, relationships)))


def _partners(links: Links, relationships: Iterable[Relationship]) -> Md:
    unique = dict.fromkeys(relationship.partner for relationship in by_partner(links, relationships))
    return join(", ", map(links.partner, unique))
