"""The inventory as the site publishes it for other programs: a contract, so fields are added and never changed.

Texts that nobody recorded are null, and lists of nothing are empty.  Days are written as 2026-11-30.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from generator.model import FIELDS, FieldKind, On, Status
from generator.schema.values import choice


class _Published(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)


class PublishedFunction(_Published):
    """What partners of its types do for the company."""

    id: str
    name: str


class PublishedType(_Published):
    """A partner type of the taxonomy."""

    id: str
    name: str
    function: str
    """The id of its function."""
    definition: str
    aliases: list[str]
    """Other names for it."""
    page: str
    """Its page, from the site's root."""


class PublishedMode(_Published):
    """A way to manage a relationship."""

    id: str
    name: str
    summary: str


class PublishedPerson(_Published):
    """Somebody whom the inventory names."""

    id: str | None
    """Null where the editor wrote a name, and nobody of that name is listed."""
    name: str
    email: str | None
    active: bool
    """False: has left."""


class PublishedDepartment(_Published):
    """A part of the company that manages partners."""

    id: str
    name: str
    contact: str | None
    """The address to write to."""
    lead: PublishedPerson | None
    page: str
    """Its page, from the site's root."""
    formerly: list[str]
    """Former ids."""


class PublishedRelationship(_Published):
    """What pages count as a relationship: one department's work with one partner as one type."""

    type: str
    """The id of the type."""
    mode: str
    """The id of the mode that it is managed in."""
    expected_mode: str
    """The id of the mode that the taxonomy expects."""


class PublishedField(_Published):
    """A field of the company's own, which entries and partners may have under `custom`."""

    id: str
    label: str
    help: str | None
    on: Annotated[On, *choice(On)]
    """Whether entries have it, or partners."""
    kind: Annotated[FieldKind, *choice(FieldKind)]
    values: list[str]
    """What it may be, where it is a choice."""


Custom = dict[str, bool | int | float | str | list[str] | PublishedPerson]
"""What is recorded of the company's own fields, by their ids."""


class PublishedAgreement(_Published):
    """A reference and dates: no price and no term."""

    kind: str
    ref: str | None
    starts: date | None
    ends: date | None
    notice_days: int | None


class PublishedReview(_Published):
    """The last time that somebody looked the relationship through."""

    date: date
    by: str
    outcome: str | None
    next: str | None
    """What was to be done then."""


class PublishedEnd(_Published):
    """The last day of a relationship, and why there is none any more."""

    date: date
    why: str


class PublishedAcquisition(_Published):
    """A company that the partner bought, with the id that it had."""

    id: str
    name: str
    date: date


class PublishedLink(_Published):
    """A link to where more is kept."""

    label: str
    url: str


class _EntryHead(_Published):
    """One department's record of the partner."""

    department: str
    """The id of the department."""
    status: Annotated[Status, *choice(Status)]
    end: PublishedEnd | None
    lead: bool
    """Whether the department leads where several manage the partner."""
    owner: PublishedPerson | None
    """Null: nobody owns it."""
    backup_owner: PublishedPerson | None
    sponsor: PublishedPerson | None
    # Its relationships: programs know them by this name, which is older than that of the pages.
    units: list[PublishedRelationship]


def _plain_fields() -> type[_EntryHead]:
    """The same with what the table of fields publishes."""
    fields: dict[str, Any] = {
        field.id: (list[str] if field.many else str | None, Field(description=field.published or None))
        for field in FIELDS
        if field.published is not None
    }
    return create_model("_PlainFields", __base__=_EntryHead, __module__=__name__, **fields)


if TYPE_CHECKING:
    _PlainFields = _EntryHead
else:
    _PlainFields = _plain_fields()


class PublishedEntry(_PlainFields):
    """One department's record of the partner."""

    agreements: list[PublishedAgreement]
    reviewed: PublishedReview | None
    links: list[PublishedLink]
    notes: str | None
    custom: Custom
    """What is recorded of the fields that are on entries, by their ids: days are texts, people as the owner is."""


class PublishedPartner(_Published):
    """One company, with every department's record of it."""

    id: str
    """Stays the same for good; a former one stands in `formerly` or `acquired` of the partner that took it over."""
    name: str
    page: str
    """Its page, from the site's root."""
    domain: str | None
    parent: str | None
    """The company that it belongs to: the id of a partner, or a name."""
    ids: dict[str, str]
    """Its ids in other systems, by the system."""
    formerly: list[str]
    """Former ids."""
    acquired: list[PublishedAcquisition]
    status: Annotated[Status, *choice(Status)]
    """The strongest status of its entries."""
    custom: Custom
    """The same of the fields that are on partners."""
    entries: list[PublishedEntry]


class PublishedFinding(_Published):
    """Something that somebody should look at."""

    code: str
    """The kind; the page about problems explains it."""
    title: str
    partner: str | None
    """The id of the partner, where it is about one."""
    department: str | None
    """The id of the department whose work it is, where it is one's alone."""
    message: str
    hint: str | None
    """What to do."""


class PublishedInventory(_Published):
    """Every partner of the company, who owns it and how it is managed, as of one day."""

    format: Literal[1]
    """Rises when a field changes its meaning or goes; new fields do not raise it."""
    as_of: date
    company: str | None
    functions: list[PublishedFunction]
    types: list[PublishedType]
    modes: list[PublishedMode]
    departments: list[PublishedDepartment]
    fields: list[PublishedField]
    partners: list[PublishedPartner]
    findings: list[PublishedFinding]

    def as_json(self, partners: Iterable[PublishedPartner], findings: Iterable[PublishedFinding]) -> str:
        """The text of the file, with these partners and findings, which are asked for one by one, in empty lists."""
        text = self.model_dump_json(indent=1)
        lists: dict[str, Iterable[_Published]] = {"partners": partners, "findings": findings}
        for name, items in lists.items():
            # No text within has a line end, so that a line which begins so is that of the list itself.
            inside = ",".join("\n  " + item.model_dump_json(indent=1).replace("\n", "\n  ") for item in items)
            text = text.replace(f'\n "{name}": []', f'\n "{name}": [{inside}\n ]', 1) if inside else text
        return f"{text}\n"
