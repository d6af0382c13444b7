"""The shape of the YAML: one pydantic model an entity, one a file.

Input is what the source gives: dict, list, Scalar and None.  Lists are lists here; the model that
the rest of the program uses has tuples.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    PrivateAttr,
    model_validator,
)

from generator.model import STATUSES
from generator.problems import NOWHERE, Place
from generator.schema.kinds import (
    Bool,
    Codes,
    Count,
    Date,
    Days,
    DepartmentRef,
    Domain,
    Email,
    FactorRef,
    Float,
    FunctionRef,
    GroupRef,
    Id,
    Level,
    Line,
    Lines,
    ModeByStage,
    ModeByType,
    ModeRef,
    ModeRefs,
    Name,
    Names,
    ObjectiveRef,
    ObjectiveRefs,
    OfferRef,
    OfferRefs,
    PartnerRef,
    PersonRef,
    Prose,
    Share,
    SkillRef,
    StageRef,
    TypeRef,
    TypeRefs,
    Url,
    Value,
    a_list,
    choice,
    found,
    is_null,
    within,
    wrong,
)


class Entry(dict[str, Any]):
    """Names and values, with the place where they stand."""

    place: Place = NOWHERE


class Shape(BaseModel):
    """One entry.  An optional field that is empty or null counts as not written."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    nullable: ClassVar[tuple[str, ...]] = ()

    _place: Place = PrivateAttr(default_factory=lambda: NOWHERE)

    @property
    def place(self) -> Place:
        return self._place

    @model_validator(mode="wrap")
    @classmethod
    def _from_entry(cls, data: object, handler: ModelWrapValidatorHandler[Any]) -> Any:
        if not isinstance(data, dict):
            raise wrong("wrong-kind", f"names and values are expected here, but there is {found(data)}")
        shape = handler({key: value for key, value in data.items() if cls._written(key, value)})
        shape._place = getattr(data, "place", NOWHERE)
        return shape

    @classmethod
    def _written(cls, key: str, value: object) -> bool:
        field = cls.model_fields.get(key)
        if field is None or not is_null(value) or key in cls.nullable:
            return True
        # A company may really be called Null: a name or a required text stays what was typed.
        return value is not None and (field.is_required() or key == "name")


class FunctionShape(Shape):
    id: Id
    name: Name
    value: Prose
    economics: Prose | None = None
    mode: ModeRef | None = None


class GroupShape(Shape):
    id: Id
    name: Name
    function: FunctionRef


class TypeShape(Shape):
    id: Id
    name: Name
    function: FunctionRef
    group: GroupRef | None = None
    definition: Prose
    aliases: Names = []
    mode: ModeByStage | None = None
    business_models: Names = []
    recognize: Line | None = None
    confused_with: TypeRefs = []
    scope: Annotated[Literal["in", "out", "undecided"], BeforeValidator(choice("in", "out", "undecided"))] = "in"
    note: Prose | None = None


class ModeShape(Shape):
    id: Id
    name: Name
    summary: Prose
    review_every: Annotated[Days, AfterValidator(within(1, 36500))] | None = None
    needs_sponsor: Bool = False
    needs_agreement: Names = []


class StageShape(Shape):
    id: Id
    name: Name
    before_launch: Bool = False


class FactorShape(Shape):
    id: Id
    name: Name
    summary: Prose | None = None


class AmbiguousAlias(Shape):
    alias: Name
    types: TypeRefs


class Taxonomy(Shape):
    functions: Annotated[list[FunctionShape], BeforeValidator(a_list)]
    groups: Annotated[list[GroupShape], BeforeValidator(a_list)] = []
    types: Annotated[list[TypeShape], BeforeValidator(a_list)]
    modes: Annotated[list[ModeShape], BeforeValidator(a_list)]
    stages: Annotated[list[StageShape], BeforeValidator(a_list)] = []
    factors: Annotated[list[FactorShape], BeforeValidator(a_list)] = []
    ambiguous_aliases: Annotated[list[AmbiguousAlias], BeforeValidator(a_list)] = []


class AgreementShape(Shape):
    kind: Name
    ref: Name | None = None
    starts: Date | None = None
    ends: Date | None = None
    notice_days: Days | None = None


class ReviewShape(Shape):
    date: Date
    by: PersonRef


class SatisfactionShape(Shape):
    date: Date
    score: Float
    scale: Annotated[Float, AfterValidator(within(1, 1000))]
    n: Count


class LinkShape(Shape):
    label: Name
    url: Url


Status = Annotated[Literal["active", "onboarding", "prospect", "dormant", "ended"], BeforeValidator(choice(*STATUSES))]


class PartnerEntry(Shape):
    nullable: ClassVar[tuple[str, ...]] = ("owner",)

    id: Id
    name: Name | None = None
    types: TypeRefs
    owner: Annotated[PersonRef | None, BeforeValidator(lambda value: None if is_null(value) else value)]
    backup_owner: PersonRef | None = None
    sponsor: PersonRef | None = None
    status: Status = "active"
    lead: Bool = False
    offer_stage: StageRef | None = None
    mode: ModeByType | None = None
    mode_reason: FactorRef | None = None
    regions: Names = []
    offers: OfferRefs = []
    objectives: ObjectiveRefs = []
    segment: Name | None = None
    tier: Name | None = None
    industries: Names = []
    certifications: Names = []
    business_model: Name | None = None
    value: Value | None = None
    domain: Domain | None = None
    parent: Name | None = None
    via: PartnerRef | None = None
    agreements: Annotated[list[AgreementShape], BeforeValidator(a_list)] = []
    reviewed: ReviewShape | None = None
    satisfaction: SatisfactionShape | None = None
    links: Annotated[list[LinkShape], BeforeValidator(a_list)] = []
    formerly: Annotated[list[Id], BeforeValidator(a_list)] = []
    notes: Prose | None = None


class DepartmentShape(Shape):
    id: Id
    name: Name
    contact: Email | None = None
    lead: PersonRef | None = None
    partners: Annotated[list[PartnerEntry], BeforeValidator(a_list)] = []


class Inventory(Shape):
    departments: Annotated[list[DepartmentShape], BeforeValidator(a_list)]


class HeldSkillShape(Shape):
    skill: SkillRef
    level: Level


class PersonShape(Shape):
    id: Id
    name: Name
    email: Email | None = None
    department: DepartmentRef | None = None
    active: Bool = True
    skills: Annotated[list[HeldSkillShape], BeforeValidator(a_list)] = []


class People(Shape):
    people: Annotated[list[PersonShape], BeforeValidator(a_list)] = []


class RequirementShape(Shape):
    type: TypeRef
    min: Count = 1
    regions: Names = []


class OfferShape(Shape):
    id: Id
    name: Name
    status: Annotated[Literal["live", "planned", "retired"], BeforeValidator(choice("live", "planned", "retired"))]
    regions: Names = []
    requires: Annotated[list[RequirementShape], BeforeValidator(a_list)] = []


class RouteShape(Shape):
    id: Id
    name: Name
    region: Name
    offer: OfferRef
    types: TypeRefs


class Portfolio(Shape):
    offers: Annotated[list[OfferShape], BeforeValidator(a_list)] = []
    routes: Annotated[list[RouteShape], BeforeValidator(a_list)] = []


class ObjectiveShape(Shape):
    id: Id
    title: Line
    owner: PersonRef | None = None
    ends: Date | None = None
    types: TypeRefs = []
    offers: OfferRefs = []


class ProgramShape(Shape):
    id: Id
    name: Name
    mode: ModeRef | None = None
    types: TypeRefs = []
    objective: ObjectiveRef | None = None


class Strategy(Shape):
    objectives: Annotated[list[ObjectiveShape], BeforeValidator(a_list)] = []
    programs: Annotated[list[ProgramShape], BeforeValidator(a_list)] = []


class ToolShape(Shape):
    id: Id
    name: Name
    url: Url | None = None
    modes: ModeRefs = []
    types: TypeRefs = []


class SkillShape(Shape):
    id: Id
    name: Name
    modes: ModeRefs = []
    level: Level = 1
    training: Line | None = None


class PromiseShape(Shape):
    types: TypeRefs = []
    modes: ModeRefs = []
    may: Lines = []
    ask: Lines = []
    never: Lines = []


class Toolkit(Shape):
    tools: Annotated[list[ToolShape], BeforeValidator(a_list)] = []
    skills: Annotated[list[SkillShape], BeforeValidator(a_list)] = []
    promises: Annotated[list[PromiseShape], BeforeValidator(a_list)] = []


class ThresholdsShape(Shape):
    agreement_notice: Days = 90
    satisfaction_max_age: Days = 365
    satisfaction_low: Share = 0.6
    satisfaction_min_n: Count = 5
    similar_name: Share = 0.9


class LimitsShape(Shape):
    inventory_mb: Count = 20


class SettingsFile(Shape):
    company: Name | None = None
    home_department: DepartmentRef | None = None
    as_of: Date | None = None
    regions: Names = []
    tiers: Names = []
    segments: Names = []
    industries: Names = []
    thresholds: ThresholdsShape = ThresholdsShape()
    off: Codes = []
    limits: LimitsShape = LimitsShape()


FILES: Mapping[str, type[Shape]] = {
    "settings.yml": SettingsFile,
    "taxonomy.yml": Taxonomy,
    "people.yml": People,
    "portfolio.yml": Portfolio,
    "strategy.yml": Strategy,
    "toolkit.yml": Toolkit,
    "partners.yml": Inventory,
}
"""The shape of each data file; the files in partners/ have the shape of partners.yml."""


def shape_of(file: str) -> type[Shape]:
    return Inventory if file.startswith("partners/") else FILES[file]


def fields_at(file: str, route: Sequence[str | int]) -> tuple[str, ...]:
    """The names of the fields of what stands at a route in a data file, in the order in which they are written.

    There are none where editors choose the names themselves, as in a mode for each type.
    """
    shape = shape_of(file)
    for step in route:
        if isinstance(step, str):
            inner = next(_shapes_in(shape.model_fields[step].annotation), None)
            if inner is None:
                return ()
            shape = inner
    return tuple(shape.model_fields)


def _shapes_in(annotation: Any) -> Iterator[type[Shape]]:
    """The shapes that an annotation such as list[PartnerEntry] or ReviewShape | None names."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        yield annotation
    for inner in get_args(annotation):
        yield from _shapes_in(inner)
