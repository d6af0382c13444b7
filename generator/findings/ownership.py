"""Who answers for a partner."""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings.rule import Finding, about, current, rule
from generator.model import Partner, Playbook
from generator.problems import Nearest, Problem, define_warning

UNOWNED = define_warning(
    "unowned",
    "Nobody owns the relationship",
    meaning="The entry says owner: null, so nobody in the department answers for the partner.",
    fix="Agree on an owner and write the person's id after owner:.",
)
OWNER_GONE = define_warning(
    "owner-gone",
    "The owner has left",
    meaning="The owner is marked as no longer active in people.yml, so nobody answers for the partner now.",
    fix="Agree on a new owner. The backup owner, where there is one, knows the partner best.",
)
OWNER_UNLISTED = define_warning(
    "owner-unlisted",
    "The owner is not in the list of people",
    meaning="The owner's id is not in people.yml. The id may be misspelled, or the person may be missing there.",
    fix="Correct the id, or add the person to people.yml.",
)
TWO_LEADS = define_warning(
    "two-leads",
    "Several departments say that they lead",
    meaning="More than one department manages the partner, and more than one of them has lead: true.",
    fix="Agree on the department that leads, and delete lead: true in the others.",
)
NO_LEAD = define_warning(
    "no-lead",
    "Several departments, and none leads",
    meaning="More than one department manages the partner, and none of them has lead: true, so the partner has no "
    "single voice to turn to.",
    fix="Agree on the department that leads, and add lead: true to its entry.",
)


@rule
def unowned(playbook: Playbook) -> Iterator[Finding]:
    for name, entry in current(playbook):
        if entry.owner is None:
            hint = "write the id of the person who owns it"
            backup = entry.backup_owner
            if backup is not None:
                hint += f"; {playbook.person_name(backup)} is the backup"
            yield about(entry, UNOWNED, f"{name} has no owner", entry.place.key_at("owner"), hint)


@rule
def owner_gone(playbook: Playbook) -> Iterator[Finding]:
    for name, entry in current(playbook):
        owner = entry.owner
        if owner is not None and playbook.has_left(owner):
            message = f"the owner of {name}, {playbook.person_name(owner)}, has left"
            backup = entry.backup_owner
            hint = f"the backup is {playbook.person_name(backup)}" if backup is not None else "agree on a new owner"
            yield about(entry, OWNER_GONE, message, entry.place.at("owner"), hint)


@rule
def owner_unlisted(playbook: Playbook) -> Iterator[Finding]:
    by_name = {person.name: person.id for person in playbook.people.values()}
    nearest = Nearest(playbook.people)
    for name, entry in current(playbook):
        owner = entry.owner
        if owner is not None and playbook.unlisted(owner):
            meant = by_name.get(owner) or nearest.of(owner)
            hint = f"did you mean {meant!r}?" if meant is not None else "add the person to people.yml"
            message = f"the owner of {name}, {owner!r}, is not in people.yml"
            yield about(entry, OWNER_UNLISTED, message, entry.place.at("owner"), hint)


@rule
def lead_disputed(playbook: Playbook) -> Iterator[Finding]:
    for partner in playbook.partners.values():
        leads = [r for r in partner.current if r.lead]
        departments = list(dict.fromkeys(r.department for r in leads))
        if partner.shared and len(departments) > 1:
            names = _names(playbook, departments)
            message = f"{names} all say that they lead {partner.name}"
            if len(departments) == 2:
                message = f"{names} both say that they lead {partner.name}"
            problem = Problem(TWO_LEADS, message, leads[-1].place.at("lead"), "keep lead: true in one entry only")
            yield Finding(problem, partner.id, leads[-1].department, leads[-1].owner)


@rule
def lead_missing(playbook: Playbook) -> Iterator[Finding]:
    for partner in playbook.partners.values():
        if partner.shared and not any(r.lead for r in partner.current):
            yield _no_lead(playbook, partner)


def _no_lead(playbook: Playbook, partner: Partner) -> Finding:
    first = partner.current[0]
    names = _names(playbook, list(dict.fromkeys(r.department for r in partner.current)))
    message = f"{partner.name} is managed by {names}, and none of them leads"
    problem = Problem(NO_LEAD, message, first.place.at("id"), "add lead: true to the entry of the one that leads")
    return Finding(problem, partner.id, first.department, first.owner)


def _names(playbook: Playbook, departments: list[str]) -> str:
    names = [playbook.departments[department].name for department in departments]
    return " and ".join([", ".join(names[:-1]), names[-1]])
