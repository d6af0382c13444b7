"""Who answers for a partner: an owner for every relationship, one lead for every shared partner."""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings.rules import Finding, about, current, named, rule
from generator.model import Partner, Playbook, Relationship
from generator.problems import Problem, define_warning, suggest

UNOWNED = define_warning(
    "unowned",
    "Nobody owns this partner",
    meaning="A department manages a partner, but no person is named who answers for the relationship.",
    mend="Agree on a person and write that person's id after owner:.",
)
OWNER_UNLISTED = define_warning(
    "owner-unlisted",
    "The owner is not among the people",
    meaning="The owner's id is not listed in people.yml, so nobody can see who that is or how to reach them.",
    mend="Add the person to people.yml; or, if the id is misspelled, correct it after owner:.",
)
OWNER_GONE = define_warning(
    "owner-gone",
    "The owner has left",
    meaning="The person after owner: is marked active: false in people.yml, so in truth nobody looks after the partner.",
    mend="Agree on a new owner and write that person's id after owner:.",
)
TWO_LEADS = define_warning(
    "two-leads",
    "More than one department leads",
    meaning="Several departments manage this partner, and more than one of them says that it leads.",
    mend="Agree on the one department that leads, and delete the line lead: true in the entries of the others.",
)
NO_LEAD = define_warning(
    "no-lead",
    "Shared, but no department leads",
    meaning="Several departments manage this partner, and none of them says that it leads, so the partner may hear "
    "different things from each.",
    mend="Agree on the one department that leads, and add the line lead: true to its entry.",
)


@rule
def unowned(playbook: Playbook) -> Iterator[Finding]:
    """A relationship without an owner."""
    for entry in current(playbook):
        if entry.owner is None:
            partner, department = named(playbook, entry)
            message = f"{partner} has no owner in {department}"
            yield about(entry, UNOWNED, message, "owner", hint="write the id of the person who answers for it")


@rule
def owner_unlisted(playbook: Playbook) -> Iterator[Finding]:
    """An owner whom people.yml does not know; where nobody is recorded, nobody is missed."""
    if not playbook.people:
        return
    hints: dict[str, str] = {}
    for entry in current(playbook):
        if entry.owner is not None and entry.owner not in playbook.people:
            if entry.owner not in hints:
                near = suggest(entry.owner, playbook.people, listed=0)
                hints[entry.owner] = f"add {entry.owner!r} to people.yml, or correct the id; {near}".rstrip("; ")
            partner, department = named(playbook, entry)
            message = f"{partner} is owned in {department} by {entry.owner!r}, who is not listed in people.yml"
            yield about(entry, OWNER_UNLISTED, message, "owner", hint=hints[entry.owner])


@rule
def owner_gone(playbook: Playbook) -> Iterator[Finding]:
    """An owner who has left the company."""
    for entry in current(playbook):
        if entry.owner in playbook.people and not playbook.people[entry.owner].active:
            partner, department = named(playbook, entry)
            message = f"{partner} is owned in {department} by {playbook.person_name(entry.owner)}, who has left"
            yield about(entry, OWNER_GONE, message, "owner", hint=_successor(playbook, entry))


def _successor(playbook: Playbook, entry: Relationship) -> str:
    backup = playbook.people.get(entry.backup_owner or "")
    if backup is not None and backup.active:
        return f"name a new owner; the backup is {backup.name} ({backup.id})"
    return "name a new owner"


@rule
def two_leads(playbook: Playbook) -> Iterator[Finding]:
    """A shared partner whose lead is disputed; told at the second department that claims it."""
    for partner in playbook.partners.values():
        leads = list({r.department: r for r in reversed(partner.current) if r.lead}.values())[::-1]
        if len(leads) > 1:
            names = _listed([playbook.departments[r.department].name for r in leads])
            message = f"{partner.name} has {len(leads)} leads: {names}"
            hint = "keep lead: true for one department and delete it from the others"
            yield Finding(Problem(TWO_LEADS, message, leads[1].place.at("lead"), hint), partner.id)


@rule
def no_lead(playbook: Playbook) -> Iterator[Finding]:
    """A shared partner that no department leads; told at its first entry."""
    for partner in playbook.partners.values():
        if partner.shared and not any(r.lead for r in partner.current):
            message = f"{partner.name} is shared by {_departments(playbook, partner)}, and none of them leads"
            hint = "add lead: true to the entry of the department that leads"
            yield Finding(Problem(NO_LEAD, message, partner.current[0].place.at("id"), hint), partner.id)


def _departments(playbook: Playbook, partner: Partner) -> str:
    return _listed([playbook.departments[d].name for d in dict.fromkeys(r.department for r in partner.current)])


def _listed(names: list[str]) -> str:
    return ", ".join(names[:-1]) + " and " + names[-1]
