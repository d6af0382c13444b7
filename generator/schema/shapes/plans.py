"""The shapes of people.yml, portfolio.yml, strategy.yml and toolkit.yml."""

from __future__ import annotations

from typing import Annotated

from pydantic import (
    BeforeValidator,
)

from generator.model import OfferStatus
from generator.schema.kinds import (
    Bool,
    Count,
    Date,
    DepartmentRef,
    Email,
    Id,
    Level,
    Line,
    Lines,
    ModeRef,
    ModeRefs,
    Name,
    Names,
    ObjectiveRef,
    OfferRef,
    OfferRefs,
    PersonRef,
    SkillRef,
    TypeRef,
    TypeRefs,
    Url,
)
from generator.schema.shapes.base import Shape
from generator.schema.values import a_list, choice


class HeldSkillShape(Shape):
    skill: SkillRef
    """A skill of toolkit.yml.  Example: negotiation"""
    level: Level
    """From 1 (aware) to 5 (teaches others).  Example: 3"""


class PersonShape(Shape):
    id: Id
    """The person's id, which entries name.  Example: jane-doe"""
    name: Name
    """The person's name.  Example: Jane Doe"""
    email: Email | None = None
    """Where others write to.  Example: jane.doe@example.com"""
    department: DepartmentRef | None = None
    """Where the person works.  Example: field-sales"""
    active: Bool = True
    """false for somebody who has moved on; true, if left out.  Example: false"""
    skills: Annotated[list[HeldSkillShape], BeforeValidator(a_list)] = []
    """What the person is good at.  Example: [{skill: negotiation, level: 3}]"""
    formerly: Annotated[list[Id], BeforeValidator(a_list)] = []
    """Ids that the person had before; links to their pages keep working.  Example: [jane-roe]"""


class People(Shape):
    people: Annotated[list[PersonShape], BeforeValidator(a_list)] = []
    """Everybody whom the inventory names."""


class RequirementShape(Shape):
    type: TypeRef
    """A type that the offer cannot do without.  Example: system-integrator"""
    min: Count = 1
    """How many partners each region needs; 1, if left out.  Example: 2"""
    regions: Names = []
    """Where they are needed; everywhere that the offer is sold, if left out.  Example: [EMEA]"""


class OfferShape(Shape):
    id: Id
    """The offer's id.  Example: basic-plan"""
    name: Name
    """What people call it.  Example: Basic Plan"""
    status: Annotated[OfferStatus, *choice(OfferStatus)]
    """live, planned or retired.  Example: live"""
    regions: Names = []
    """Where it is sold.  Example: [AMER, EMEA]"""
    requires: Annotated[list[RequirementShape], BeforeValidator(a_list)] = []
    """The types of partner that it needs; not assessed, if left out.  Example: [{type: system-integrator, min: 2}]"""


class RouteShape(Shape):
    id: Id
    """The route's id.  Example: mines-in-chile"""
    name: Name
    """What people call it.  Example: Copper mines in Chile"""
    region: Name
    """Where it leads.  Example: LATAM"""
    offer: OfferRef
    """What is sold on it.  Example: basic-plan"""
    types: TypeRefs
    """The chain of partners, from the company to its customer.
    Example: [value-added-distributor, solution-reseller]"""


class Portfolio(Shape):
    offers: Annotated[list[OfferShape], BeforeValidator(a_list)] = []
    """What the company sells."""
    routes: Annotated[list[RouteShape], BeforeValidator(a_list)] = []
    """Chains of partners into hard markets."""


class ObjectiveShape(Shape):
    id: Id
    """The objective's id.  Example: new-customers"""
    title: Line
    """What is to be reached.  Example: Win 200 new customers"""
    owner: PersonRef | None = None
    """Who answers for it.  Example: ann-lee"""
    ends: Date | None = None
    """Its last day; it stays open, if left out.  Example: 2027-12-31"""
    types: TypeRefs = []
    """The types of partner on which it depends.  Example: [msp-cmsp]"""
    offers: OfferRefs = []
    """The offers on which it depends.  Example: [cloud-plan]"""


class ProgramShape(Shape):
    id: Id
    """The program's id.  Example: channel-program"""
    name: Name
    """What people call it.  Example: Channel Program"""
    mode: ModeRef | None = None
    """How its partners are managed.  Example: formal-program"""
    types: TypeRefs = []
    """The types of partner that it is for.  Example: [solution-reseller]"""
    objective: ObjectiveRef | None = None
    """The objective that it serves.  Example: new-customers"""


class Strategy(Shape):
    objectives: Annotated[list[ObjectiveShape], BeforeValidator(a_list)] = []
    """What the business wants to reach."""
    programs: Annotated[list[ProgramShape], BeforeValidator(a_list)] = []
    """The partner programs that serve it."""


class ToolShape(Shape):
    id: Id
    """The tool's id.  Example: deal-registration"""
    name: Name
    """What people call it.  Example: Deal Registration"""
    url: Url | None = None
    """Where it is.  Example: https://partners.example.com/"""
    modes: ModeRefs = []
    """The modes that use it.  Example: [formal-program]"""
    types: TypeRefs = []
    """The types of partner that it is for.  Example: [solution-reseller]"""


class SkillShape(Shape):
    id: Id
    """The skill's id.  Example: negotiation"""
    name: Name
    """What people call it.  Example: Negotiation"""
    modes: ModeRefs = []
    """The modes that need it.  Example: [one-on-one]"""
    level: Level = 1
    """The level that they need, from 1 (aware) to 5 (teaches others); 1, if left out.  Example: 3"""
    training: Line | None = None
    """Where to learn it.  Example: Two days, each quarter, with Legal"""


class PromiseShape(Shape):
    types: TypeRefs = []
    """The types of partner that it is about.  Example: [oem]"""
    modes: ModeRefs = []
    """The modes that it is about.  Example: [one-on-one]"""
    may: Lines = []
    """What anyone may tell such a partner.  Example: [Access to the portal within two working days]"""
    ask: Lines = []
    """What to ask about first.  Example: [Money for joint marketing]"""
    never: Lines = []
    """What nobody promises.  Example: [That nobody else gets the same terms]"""


class Toolkit(Shape):
    tools: Annotated[list[ToolShape], BeforeValidator(a_list)] = []
    """What people work with."""
    skills: Annotated[list[SkillShape], BeforeValidator(a_list)] = []
    """What people must be able to do."""
    promises: Annotated[list[PromiseShape], BeforeValidator(a_list)] = []
    """What anyone may tell a partner."""
