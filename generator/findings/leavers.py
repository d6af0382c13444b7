"""Roles that somebody still holds who has left; that of the owner of a partner is told with all about owners."""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings.rule import Finding, Rule, about, current, name_of
from generator.model import Playbook, frozen
from generator.problems import Code, define_warning

_FIX = "Agree on somebody else; `playbook offboard` hands over every role of a person."
BACKUP_GONE = define_warning(
    "backup-gone",
    "The backup has left",
    meaning="Whoever stands in for the owner is marked as no longer active in people.yml, so nobody does.",
    fix=_FIX,
)
SPONSOR_GONE = define_warning(
    "sponsor-gone",
    "The sponsor has left",
    meaning="The executive behind the relationship is marked as no longer active in people.yml.",
    fix=_FIX,
)
LEAD_GONE = define_warning(
    "lead-gone",
    "Who leads the department has left",
    meaning="The lead of a department is marked as no longer active in people.yml, so nobody answers for its partners "
    "as a whole.",
    fix=_FIX,
)
OBJECTIVE_OWNER_GONE = define_warning(
    "objective-owner-gone",
    "The owner of an objective has left",
    meaning="Whoever answers for an objective that is still open is marked as no longer active in people.yml.",
    fix=_FIX,
)
_HINT = "agree on somebody else: `playbook offboard` hands over every role"


def _role_gone(code: Code, field: str, role: str) -> Rule:
    """What finds those who have left in a field of entries, and names them by their role."""

    def check(playbook: Playbook) -> Iterator[Finding]:
        for entry in current(playbook):
            if playbook.has_left(person := getattr(entry, field)):
                yield about(entry, code, entry.place.at(field), **{role: person})

    def words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
        name = playbook.person_name(finding.values[role])
        return f"the {role} of {name_of(playbook, finding)}, {name}, has left", _HINT

    return Rule(code, check, words, rests_on=frozenset({field}))


def _lead_gone(playbook: Playbook) -> Iterator[Finding]:
    for department in playbook.departments.values():
        if playbook.has_left(department.lead):
            values = frozen({"of": department.id, "lead": department.lead})
            key = (f"department:{department.id}",)
            yield Finding(LEAD_GONE, department.place.at("lead"), key=key, values=values)


def _lead_gone_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    name = playbook.person_name(finding.values["lead"])
    return f"the lead of {playbook.departments[finding.values['of']].name}, {name}, has left", _HINT


def _objective_owner_gone(playbook: Playbook) -> Iterator[Finding]:
    for objective in playbook.objectives.values():
        if playbook.has_left(objective.owner) and not objective.has_ended(playbook.as_of):
            values = frozen({"of": objective.id, "owner": objective.owner})
            key = (f"objective:{objective.id}",)
            yield Finding(OBJECTIVE_OWNER_GONE, objective.place.at("owner"), key=key, values=values)


def _objective_owner_gone_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    name = playbook.person_name(finding.values["owner"])
    return f"the owner of the objective {playbook.objectives[finding.values['of']].title!r}, {name}, has left", _HINT


RULES = (
    _role_gone(BACKUP_GONE, "backup_owner", "backup"),
    _role_gone(SPONSOR_GONE, "sponsor", "sponsor"),
    Rule(LEAD_GONE, _lead_gone, _lead_gone_words),
    Rule(OBJECTIVE_OWNER_GONE, _objective_owner_gone, _objective_owner_gone_words, timely=True),
)
