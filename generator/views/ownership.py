"""The ownership directory: who looks after what, by person and by department."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator import paths
from generator.insights.ownership import OutsideHome, holdings, outside_home, shared_partners, unowned
from generator.markdown import Md, escape, join
from generator.model import Playbook, Relationship
from generator.views.departments import contact
from generator.views.page import Context, Links, Table, View, chip, count, table


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
    """What nobody owns, what is managed outside the home, who leads where it is shared, and every owner."""
    playbook = context.playbook
    links = Links(playbook, paths.OWNERSHIP)
    gone = [r for r in playbook.relationships if not r.ended and playbook.has_left(r.owner)]
    nobody = [*unowned(playbook), *gone]
    owned = [r.owner for r in playbook.relationships if not r.ended and r.owner is not None]
    return View(
        path=paths.OWNERSHIP,
        template="ownership.md.j2",
        title="Ownership",
        description="Who owns which partner, who stands in, and which partners nobody owns.",
        facts={
            "title": "Ownership",
            "owners": count(len(set(owned)), "person owns", "people own"),
            "relationships": count(len(owned), "relationship"),
            "nobody": _nobody(links, nobody),
            "number": count(len(nobody), "relationship"),
            "outside": _outside(links, outside_home(playbook)),
            "shared": _shared(links),
            "teams": tuple(_teams(playbook, links)),
            "people": tuple(_people(context, links)),
        },
        place=context.inventory,
    )


def _nobody(links: Links, relationships: list[Relationship]) -> Table:
    def row(relationship: Relationship) -> Iterable[str]:
        playbook, owner, backup = links.playbook, relationship.owner, relationship.backup_owner
        why = f"{playbook.person_name(owner)} has left" if owner is not None else "no owner"
        stands_in = links.person(backup) if backup is not None else Md("")
        department = links.department(relationship.department)
        return links.partner(relationship.partner), department, chip(relationship.status), why, stands_in

    return table(("Partner", "Department", "Status", "Why", "Backup"), map(row, _by_partner(links, relationships)))


def _outside(links: Links, outside: OutsideHome | None) -> Md:
    """A sentence; empty where the settings name no home or nothing is active."""
    if outside is None or not outside.share.total:
        return Md("")
    share = outside.share
    percent = escape(f"{share.ratio:.0%}")
    return Md(
        f"**{percent}** of what is active today ({share.count} of {share.total}, counted by partner, department and "
        f"type) is managed outside {links.department(outside.department)}."
    )


def _shared(links: Links) -> Table:
    playbook = links.playbook
    rows = []
    for shared in sorted(shared_partners(playbook), key=lambda s: playbook.partners[s.partner].name.casefold()):
        leads = join(" and ", map(links.department, shared.leads)) or escape("nobody")
        disputed = len(shared.leads) > 1
        others = [department for department in shared.departments if department not in shared.leads]
        lead = Md(f"{leads} (disputed)") if disputed else leads
        rows.append((links.partner(shared.partner), lead, join(", ", map(links.department, others)) or escape("none")))
    return table(("Partner", "Led by", "Also managed by"), rows)


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
            about=_about(playbook, links, person),
            owns=_owned(links, holding.owns if holding is not None else ()),
            backs_up=_partners(links, holding.backs_up if holding is not None else ()),
            sponsors=_partners(links, sponsored.get(person, ())),
            orphans=count(orphans, "of these has no backup", "of these have no backup") if orphans else "",
        )


def _about(playbook: Playbook, links: Links, person: str) -> Md:
    listed = playbook.people.get(person)
    if listed is None:
        return escape("Not in the list of people.") if playbook.people else Md("")
    if not listed.active:
        return escape("Has left.")
    parts = [links.department(listed.department)] if listed.department is not None else []
    if listed.email:
        parts.append(contact(listed.email))
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
    return table(headers, map(row, _by_partner(links, relationships)))


def _partners(links: Links, relationships: Iterable[Relationship]) -> Md:
    unique = dict.fromkeys(relationship.partner for relationship in _by_partner(links, relationships))
    return join(", ", map(links.partner, unique))


def _by_partner(links: Links, relationships: Iterable[Relationship]) -> list[Relationship]:
    partners = links.playbook.partners
    return sorted(relationships, key=lambda r: (partners[r.partner].name.casefold(), r.department))
