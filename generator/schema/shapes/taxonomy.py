"""The shape of taxonomy.yml."""

from __future__ import annotations

from typing import Annotated

from pydantic import (
    AfterValidator,
    BeforeValidator,
)

from generator.model import Scope
from generator.schema.kinds import (
    Bool,
    Days,
    FunctionRef,
    GroupRef,
    Id,
    Line,
    ModeByStage,
    ModeRef,
    Name,
    Names,
    Prose,
    ShortName,
    TypeRefs,
)
from generator.schema.shapes.base import Shape
from generator.schema.values import a_list, choice, within


class FunctionShape(Shape):
    id: Id
    """The function's id.  Example: sales"""
    name: Name
    """What people call it.  Example: Sales"""
    value: Prose
    """What its partners do for the company.  Example: Drives revenue growth by bringing our offers to new customers."""
    economics: Prose | None = None
    """What it costs, and when it pays.  Example: Earns a commission on each sale."""
    mode: ModeRef | None = None
    """How its partners are managed, unless their type says otherwise.  Example: formal-program"""


class GroupShape(Shape):
    id: Id
    """The group's id.  Example: business-services"""
    name: Name
    """The heading that the site shows.  Example: Business services"""
    function: FunctionRef
    """The function that it belongs to.  Example: service"""


class TypeShape(Shape):
    id: Id
    """The type's id; it becomes its page's address.  Example: oem"""
    name: Name
    """What people call it.  Example: Original Equipment Manufacturer"""
    short: ShortName | None = None
    """A shorter name where there is little room, in 30 characters at most; entries may use it as well.  Example: OEM"""
    function: FunctionRef
    """What such a partner does for the company.  Example: solution"""
    group: GroupRef | None = None
    """The heading inside its function, where there is one.  Example: business-services"""
    definition: Prose
    """What makes a partner one of these.  Example: Puts our product inside an offer of its own."""
    aliases: Names = []
    """Other names for it, which entries may use.  Example: [OEM, Private-Label Partner]"""
    mode: ModeByStage | None = None
    """How such partners are managed: a mode, or one for each stage of the partner's own offer; else that of the
    function.
    Example: one-on-one"""
    business_models: Names = []
    """The ways in which such partners earn; entries then name one of them.
    Example: [Introduces only, Introduces and closes]"""
    recognize: Line | None = None
    """One question that tells the type.  Example: Does our product disappear inside an offer of its own?"""
    confused_with: TypeRefs = []
    """The types that people mistake it for.  Example: [isv-ihv]"""
    scope: Annotated[Scope, *choice(Scope)] = Scope.IN
    """Whether the company wants such partners: in, out or undecided; in, if left out.  Example: out"""
    note: Prose | None = None
    """What else is worth knowing.  Example: Few partners, and deep mutual dependence."""


class ModeShape(Shape):
    id: Id
    """The mode's id.  Example: one-on-one"""
    name: Name
    """What people call it.  Example: One-on-one"""
    summary: Prose
    """What it means to be managed so.  Example: Each relationship has its own manager, contract and plan."""
    review_every: Annotated[Days, AfterValidator(within(1, 36500))] | None = None
    """After how many days a relationship is due for a review; none is asked for, if left out.  Example: 90"""
    needs_sponsor: Bool = False
    """Whether such a relationship needs a sponsor; false, if left out.  Example: true"""
    needs_agreement: Names = []
    """The kinds of agreement that an active partner must have.  Example: [contract]"""


class StageShape(Shape):
    id: Id
    """The stage's id.  Example: pre-commercialization"""
    name: Name
    """What people call it.  Example: Before commercialization"""
    before_launch: Bool = False
    """Whether the partner's offer is not on the market yet; false, if left out.  Example: true"""


class FactorShape(Shape):
    id: Id
    """The factor's id.  Example: relative-power"""
    name: Name
    """What people call it.  Example: Relative power"""
    summary: Prose | None = None
    """Why it may justify another mode.  Example: One side is so much stronger that it sets the terms."""


class AmbiguousAlias(Shape):
    alias: Name
    """A name that the field uses for several types; as a type it is refused.  Example: VAR"""
    types: TypeRefs
    """The types that it may mean, which the error offers.  Example: [value-added-distributor, solution-reseller]"""


class Taxonomy(Shape):
    functions: Annotated[list[FunctionShape], BeforeValidator(a_list)]
    """What partners do for the company."""
    groups: Annotated[list[GroupShape], BeforeValidator(a_list)] = []
    """Headings inside functions."""
    types: Annotated[list[TypeShape], BeforeValidator(a_list)]
    """The kinds of partner."""
    modes: Annotated[list[ModeShape], BeforeValidator(a_list)]
    """The ways to manage a relationship."""
    stages: Annotated[list[StageShape], BeforeValidator(a_list)] = []
    """Where a partner's own offer stands."""
    factors: Annotated[list[FactorShape], BeforeValidator(a_list)] = []
    """Reasons for another mode than the expected one."""
    ambiguous_aliases: Annotated[list[AmbiguousAlias], BeforeValidator(a_list)] = []
    """Names that mean several types."""
