"""The people: who looks after what, by department, and a list of everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from generator import paths
from generator.insights.ownership import Holding
from generator.markdown import Md, dressed, md, verbatim
from generator.model import Entry, Field, Playbook
from generator.views.kit.context import Context
from generator.views.kit.links import Links, contact
from generator.views.kit.long_tables import LongTables
from generator.views.kit.tables import Table, table
from generator.views.kit.view import View
from generator.views.kit.words import MANY, abridged
from generator.words import count

_FEW = 10


@dataclass(frozen=True)
class Role:
    """What a person owns, backs up and sponsors today, and in what else they are named, by the custom field."""

    holding: Holding
    sponsors: tuple[Entry, ...]
    named: Mapping[Field, Sequence[Entry]]

    @property
    def most(self) -> int:
        """The length of the longest of what its page lists one by one."""
        return max(map(len, (self.holding.backs_up, self.sponsors, *self.named.values())))


def roles(context: Context) -> Mapping[str, Role]:
    """The role of everybody whom a page links to, by name."""
    playbook, by_person = context.playbook, context.holdings
    fields = [field for field in playbook.settings.fields if field.refers_to == "person" and field.on_page]
    sponsored: dict[str, list[Entry]] = {}
    named: dict[str, dict[Field, list[Entry]]] = {}
    for entry in playbook.entries:
        if entry.ended:
            continue
        if entry.sponsor is not None:
            sponsored.setdefault(entry.sponsor, []).append(entry)
        for field in fields:
            if (person := playbook.recorded(field, entry)) is not None:
                named.setdefault(person, {}).setdefault(field, []).append(entry)
    return {
        person: Role(
            by_person.get(person) or Holding(person, (), (), ()),
            tuple(sponsored.get(person, ())),
            named.get(person, {}),
        )
        for person in sorted(context.named_people, key=lambda person: by_name(playbook, person))
    }


# --- the list -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Team:
    """One department's owners, and its partners that nobody owns; either may be empty."""

    department: Md
    anchor: Md
    owners: Md
    unowned: Md


@dataclass(frozen=True)
class PeopleIndexFacts:
    """What `people.md.j2` places."""

    teams: tuple[Team, ...]
    people: Table
    directory: Md
    ownership: Md


def index(context: Context) -> View:
    """Each department's owners, then everybody in a role."""
    playbook = context.playbook
    links = Links(playbook, paths.PEOPLE)
    long, by_person = LongTables(links), context.once(roles)
    return View(
        path=paths.PEOPLE,
        template="people.md.j2",
        title="People",
        description="Who owns which partner, who stands in, and who sponsors it.",
        facts=PeopleIndexFacts(
            teams=tuple(_teams(playbook, links)),
            people=long.table(
                "by-name", [*by_person], partial(_list, by_person), playbook.person_name, anchor="people", of="person"
            ),
            directory=links.to("partner directory", paths.PARTNERS),
            ownership=links.to("where partners are managed", paths.OWNERSHIP),
        ),
        place=context.people,
        hide=("toc",),
        more=long.pages,
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
            named = sorted((owner for owner in owners if owner is not None), key=lambda owner: by_name(playbook, owner))
            yield Team(
                department=links.department(department.id),
                anchor=verbatim(f"department-{department.id}"),
                owners=abridged(
                    named,
                    links.owner,
                    partial(links.to, target=f"{paths.department(department.id)}#people"),
                ),
                unowned=_unowned(links, nobodys, department.id),
            )


def _unowned(links: Links, nobodys: set[str], department: str) -> Md:
    """The partners that nobody owns; of many only how many, since this is a page about people."""
    if len(nobodys) > _FEW:
        return links.current(count(len(nobodys), "partner"), department=department, owner=paths.NOTHING)
    return partners(links, nobodys)


def _list(by_person: Mapping[str, Role], links: Links, people: Sequence[str]) -> Table:
    """A line a person; each has an anchor of its own, which addresses from before there were pages lead to."""

    def row(person: str) -> Iterable[str]:
        role, listed = by_person[person], links.playbook.people.get(person)
        here = listed is not None and listed.active
        owns, backs_up, sponsors = (
            len({entry.partner for entry in entries})
            for entries in (role.holding.owns, role.holding.backs_up, role.sponsors)
        )
        left = md(" (has left)") if listed is not None and not here else Md("")
        return (
            md("{}{}", dressed(links.person(person), f"pb-person #{paths.person_anchor(person)}"), left),
            links.department(listed.department) if listed is not None and listed.department is not None else "",
            contact(listed.email) if listed is not None and here else "",
            links.current(owns, owner=person) if owns else "",
            str(backs_up or ""),
            str(sponsors or ""),
        )

    return table(("Person", "Department", "E-mail", "Owns", "Backs up", "Sponsors"), map(row, people), empty="–")


def by_name(playbook: Playbook, person: str) -> tuple[str, str]:
    return playbook.person_name(person).casefold(), person


def partners(links: Links, ids: Iterable[str], most: int = MANY, **wanted: str) -> Md:
    """Each of the partners once, by name; `wanted` are the filters that show them in the directory."""
    return abridged(ordered(links.playbook, ids), links.partner, partial(links.current, **wanted), most)


def ordered(playbook: Playbook, partners: Iterable[str]) -> list[str]:
    """Each of the partners once, by name."""
    return sorted(set(partners), key=lambda one: (playbook.partners[one].name.casefold(), one))
