"""The shape of settings.yml."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from generator.model import FieldKind, On, Show
from generator.schema.kinds import (
    AddressPattern,
    Codes,
    Count,
    Date,
    Days,
    DepartmentRef,
    FieldId,
    Id,
    Line,
    Name,
    Names,
    Share,
)
from generator.schema.shapes.base import Shape
from generator.schema.values import a_list, choice


class ThresholdsShape(Shape):
    agreement_notice: Days = 90
    """How many days before its end an agreement is due for a decision; 90, if left out.  Example: 120"""
    satisfaction_max_age: Days = 365
    """After how many days a score is too old; 365, if left out.  Example: 180"""
    satisfaction_low: Share = 0.6
    """The share of the scale under which a score is low; 0.6, if left out.  Example: 0.7"""
    satisfaction_min_n: Count = 5
    """The answers under which a score is not shown; 5, if left out.  Example: 8"""
    similar_name: Share = 0.9
    """The likeness, from 0 to 1, at which two names may be one company; 0.9, if left out.  Example: 0.95"""
    answer_good: Share = 0.95
    """The share from which an answer on the home page is good; 0.95, if left out.  Example: 0.9"""
    answer_watch: Share = 0.8
    """The share from which it is to be watched, below which to act; 0.8, if left out.  Example: 0.7"""
    reviews_a_day: Count = 8
    """How many relationships one person can review in a day; 8, if left out.  Example: 12"""


class LimitsShape(Shape):
    inventory_mb: Count = 20
    """The largest inventory file that is read, in megabytes; 20, if left out.  Example: 40"""


class SystemShape(Shape):
    id: Id
    """What the ids of its records are written behind.  Example: salesforce"""
    name: Name
    """What people call it.  Example: Salesforce"""
    address: AddressPattern | None = None
    """The address of a record, with {id} in place of its id; pages link to it.
    Example: 'https://crm.example.com/accounts/{id}'"""


class AudienceShape(Shape):
    id: Id
    """What `playbook build --audience` is told.  Example: everyone"""
    name: Name
    """What its site calls those whom it is for.  Example: Everyone"""
    hides: Names = []
    """What it does not see: fields of entries, pages by the beginning of their address, and statuses.
    Example: [notes, agreements, findings, ended]"""


class FieldShape(Shape):
    id: FieldId
    """Its name in the data files, behind which its value is written.  Example: revenue_band"""
    label: Name
    """What pages, columns and filters call it.  Example: Revenue band"""
    help: Line | None = None
    """What it means, for those who fill it in.  Example: What the partner sold of ours last year."""
    on: Annotated[On, *choice(On)]
    """entry for what each department says for itself, partner for what holds of the company.  Example: entry"""
    kind: Annotated[FieldKind, *choice(FieldKind)]
    """text, number, date, url, choice (one of values), choices (any of them), person or yes-no.  Example: choice"""
    values: Names = []
    """What a choice may be, in the order in which filters offer it.  Example: [Up to 1M, Over 1M]"""
    show: Annotated[list[Annotated[Show, *choice(Show)]], BeforeValidator(a_list)] = [Show.PAGE, Show.EXPORT]
    """Where it is shown: page, column and filter (both of the directory), export; page and export, if left out.
    Example: [page, column, filter, export]"""


class SettingsFile(Shape):
    format: Count = 1
    """The format that the data files are written for; 1, if left out.  Example: 1"""
    company: Name | None = None
    """Whose playbook this is.  Example: Acme Systems"""
    home_department: DepartmentRef | None = None
    """Where people expect partners to be managed; the site shows what is managed elsewhere.  Example: field-sales"""
    as_of: Date | None = None
    """The day that the site calls today; that of the build, if left out.  Example: 2026-11-02"""
    regions: Names = []
    """The regions that entries may name; any, if left out.  Example: [AMER, EMEA, APAC]"""
    tiers: Names = []
    """The tiers that entries may name; any, if left out.  Example: [Select, Premier]"""
    segments: Names = []
    """The segments that entries may name; any, if left out.  Example: [Enterprise, Mid-market]"""
    industries: Names = []
    """The industries that entries may name; any, if left out.  Example: [Manufacturing, Water]"""
    systems: Annotated[list[SystemShape], BeforeValidator(a_list)] = []
    """The other programs that have ids for partners; any, if left out."""
    audiences: Annotated[list[AudienceShape], BeforeValidator(a_list)] = []
    """Those for whom sites of their own are built, and what they do not see; one site for all, if left out."""
    fields: Annotated[list[FieldShape], BeforeValidator(a_list)] = []
    """Fields of the company's own, which partners and entries may have beside the built-in ones."""
    thresholds: ThresholdsShape = ThresholdsShape()
    """When something counts as late, low or alike."""
    off: Codes = []
    """The findings that this company does not want to see, by code.  Example: [no-objective]"""
    limits: LimitsShape = LimitsShape()
    """What guards the build against files put there by mistake."""
