"""The inventory as one JSON file with its schema beside it, for other tools of the company.

It holds what the pages show and no more: no satisfaction scores, which could tell what one person said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from generator import paths
from generator.findings import Finding, word
from generator.model import FIELD_KINDS, FIELDS, Entry, Field, Partner, Playbook
from generator.schema import published as shape
from generator.schema import published_schema


def files(playbook: Playbook, findings: Iterable[Finding]) -> Iterator[tuple[str, Callable[[], str]]]:
    """The path of the inventory, and of its schema, and what makes the text."""
    yield paths.INVENTORY, lambda: _text(playbook, findings)
    yield paths.INVENTORY_SCHEMA, published_schema


def _text(playbook: Playbook, findings: Iterable[Finding]) -> str:
    inventory = shape.PublishedInventory(
        format=1,
        as_of=playbook.as_of,
        company=playbook.settings.company or None,
        functions=[
            shape.PublishedFunction(id=function.id, name=function.name) for function in playbook.functions.values()
        ],
        types=[
            shape.PublishedType(
                id=partner_type.id,
                name=partner_type.name,
                function=partner_type.function,
                definition=partner_type.definition,
                aliases=list(partner_type.aliases),
                page=paths.address(paths.partner_type(partner_type.id)),
            )
            for partner_type in playbook.types.values()
        ],
        modes=[shape.PublishedMode(id=m.id, name=m.name, summary=m.summary) for m in playbook.modes.values()],
        departments=[
            shape.PublishedDepartment(
                id=department.id,
                name=department.name,
                contact=department.contact or None,
                lead=_person(playbook, department.lead),
                page=paths.address(paths.department(department.id)),
                formerly=list(department.formerly),
            )
            for department in playbook.departments.values()
        ],
        fields=[_field(field) for field in playbook.settings.fields if field.published is not None],
        partners=[],
        findings=[],
    )
    # Together, all partners would take as much room as the playbook.
    partners = (_partner(playbook, partner) for partner in playbook.partners.values())
    return inventory.as_json(partners, (_finding(playbook, finding) for finding in findings))


_PLAIN = tuple((field.id, field.many) for field in FIELDS if field.published is not None)
"""The fields of an entry that are published as they are, each with whether it is a list."""


def _partner(playbook: Playbook, partner: Partner) -> shape.PublishedPartner:
    return shape.PublishedPartner(
        id=partner.id,
        name=partner.name,
        page=paths.address(paths.partner(partner.id)),
        domain=partner.domain or None,
        parent=partner.parent or None,
        ids=dict(partner.ids),
        formerly=list(partner.formerly),
        acquired=[shape.PublishedAcquisition(id=one.id, name=one.name, date=one.date) for one in partner.acquired],
        status=partner.status,
        custom=_custom(playbook, partner),
        entries=[_entry(playbook, entry) for entry in partner.entries],
    )


def _entry(playbook: Playbook, entry: Entry) -> shape.PublishedEntry:
    reviewed = entry.reviewed
    return shape.PublishedEntry(
        department=entry.department,
        status=entry.status,
        end=shape.PublishedEnd(date=entry.end.date, why=entry.end.why) if entry.end is not None else None,
        lead=entry.lead,
        owner=_person(playbook, entry.owner),
        backup_owner=_person(playbook, entry.backup_owner),
        sponsor=_person(playbook, entry.sponsor),
        units=[
            shape.PublishedRelationship(
                type=relationship.type, mode=relationship.mode, expected_mode=relationship.expected_mode
            )
            for relationship in entry.relationships
        ],
        agreements=[
            shape.PublishedAgreement(
                kind=agreement.kind,
                ref=agreement.ref or None,
                starts=agreement.starts,
                ends=agreement.ends,
                notice_days=agreement.notice_days,
            )
            for agreement in entry.agreements
        ],
        reviewed=shape.PublishedReview(
            date=reviewed.date, by=reviewed.by, outcome=reviewed.outcome or None, next=reviewed.next or None
        )
        if reviewed is not None
        else None,
        links=[shape.PublishedLink(label=link.label, url=link.url) for link in entry.links],
        notes=entry.notes or None,
        custom=_custom(playbook, entry),
        **{ident: list(getattr(entry, ident)) if many else getattr(entry, ident) or None for ident, many in _PLAIN},
    )


def _field(field: Field) -> shape.PublishedField:
    kind = next(kind for kind, is_kind in FIELD_KINDS.items() if is_kind is field.kind)
    return shape.PublishedField(
        id=field.id,
        label=field.label,
        help=field.meaning or None,
        on=field.on,
        kind=kind,
        values=list(field.values),
    )


def _custom(playbook: Playbook, holder: Entry | Partner) -> shape.Custom:
    """What an entry or a partner has of the custom fields that are about such, as far as they are published."""
    fields = playbook.settings.fields
    of_partners = isinstance(holder, Partner)
    held = ((one, one.of(holder)) for one in fields if one.on_partner is of_partners and one.published is not None)
    return {field.id: _value(playbook, field, value) for field, value in held if value not in (None, ())}


def _value(playbook: Playbook, field: Field, value: Any) -> Any:
    if field.refers_to == "person":
        return _person(playbook, value)
    return list(value) if field.many else str(value) if isinstance(value, date) else value


def _person(playbook: Playbook, person: str | None) -> shape.PublishedPerson | None:
    if person is None:
        return None
    listed = playbook.people.get(person)
    if listed is None:
        return shape.PublishedPerson(id=None, name=person, email=None, active=True)
    return shape.PublishedPerson(id=person, name=listed.name, email=listed.email or None, active=listed.active)


def _finding(playbook: Playbook, finding: Finding) -> shape.PublishedFinding:
    problem = word(finding, playbook)
    return shape.PublishedFinding(
        code=problem.code.slug,
        title=problem.code.title,
        partner=finding.partner,
        department=finding.department,
        message=problem.message,
        hint=problem.hint or None,
    )
