"""Who answers for a partner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.findings.rule import Finding, Rule, Subject, about, current, name_of
from generator.model import Playbook
from generator.problems import define_warning
from generator.words import series

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
PERSON_GONE = define_warning(
    "person-gone",
    "Somebody who has left is named",
    meaning="A field that settings.yml declares names somebody who is marked as no longer active in people.yml, so "
    "whoever turns to that person gets no answer.",
    fix="Agree on somebody else and write that person's id, or delete the line.",
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


def _unowned(playbook: Playbook) -> Iterator[Finding]:
    for entry in current(playbook):
        if entry.owner is None:
            yield about(entry, UNOWNED, entry.place.key_at("owner"), backup=entry.backup_owner)


def _unowned_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    hint, backup = "write the id of the person who owns it", finding.values["backup"]
    if backup is not None:
        hint += f"; {playbook.person_name(backup)} is the backup"
    return f"{name_of(playbook, finding)} has no owner", hint


def _owner_gone(playbook: Playbook) -> Iterator[Finding]:
    for entry in current(playbook):
        if entry.owner is not None and playbook.has_left(entry.owner):
            yield about(entry, OWNER_GONE, entry.place.at("owner"), owner=entry.owner, backup=entry.backup_owner)


def _owner_gone_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    owner, backup = finding.values["owner"], finding.values["backup"]
    message = f"the owner of {name_of(playbook, finding)}, {playbook.person_name(owner)}, has left"
    return message, f"the backup is {playbook.person_name(backup)}" if backup is not None else "agree on a new owner"


def _person_gone(playbook: Playbook) -> Iterator[Finding]:
    people = [field for field in playbook.settings.fields if field.refers_to == "person"]
    for entry in current(playbook):
        for field in people:
            person = playbook.recorded(field, entry)
            # What is said of the company stands in one of its entries, or in several.
            if playbook.has_left(person) and field.id in entry.place.children:
                key, values = f"field:{field.id}", {"field": field.id, "person": person}
                yield about(entry, PERSON_GONE, entry.place.at(field.id), key, **values)


def _person_gone_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    label = next(field.label for field in playbook.settings.fields if field.id == finding.values["field"])
    person = playbook.person_name(finding.values["person"])
    return f"{person}, named as {label} of {name_of(playbook, finding)}, has left", "write who it is now"


def _two_leads(playbook: Playbook) -> Iterator[Finding]:
    for partner in playbook.partners.values():
        leads = [entry for entry in partner.current if entry.lead]
        departments = tuple(dict.fromkeys(entry.department for entry in leads))
        if partner.shared and len(departments) > 1:
            yield about(leads[-1], TWO_LEADS, leads[-1].place.at("lead"), departments=departments)


def _two_leads_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    departments = finding.values["departments"]
    quantifier = "both" if len(departments) == 2 else "all"
    message = f"{_names(playbook, departments)} {quantifier} say that they lead {name_of(playbook, finding)}"
    return message, "keep lead: true in one entry only"


def _no_lead(playbook: Playbook) -> Iterator[Finding]:
    for partner in playbook.partners.values():
        if partner.shared and not any(entry.lead for entry in partner.current):
            first = partner.current[0]
            departments = tuple(dict.fromkeys(entry.department for entry in partner.current))
            yield about(first, NO_LEAD, first.place.at("id"), departments=departments)


def _no_lead_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    names = _names(playbook, finding.values["departments"])
    message = f"{name_of(playbook, finding)} is managed by {names}, and none of them leads"
    return message, "add lead: true to the entry of the one that leads"


def _names(playbook: Playbook, departments: Iterable[str]) -> str:
    return series(playbook.departments[department].name for department in departments)


RULES = (
    Rule(UNOWNED, _unowned, _unowned_words),
    Rule(OWNER_GONE, _owner_gone, _owner_gone_words),
    Rule(PERSON_GONE, _person_gone, _person_gone_words),
    Rule(TWO_LEADS, _two_leads, _two_leads_words, subject=Subject.PARTNER),
    Rule(NO_LEAD, _no_lead, _no_lead_words, subject=Subject.PARTNER),
)
