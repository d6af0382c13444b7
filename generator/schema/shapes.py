"""The shape of the YAML: one pydantic model an entity, one a file.

Input is what the source gives: dict, list, Scalar and None.  Lists are lists here; the model that
the rest of the program uses has tuples.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    PrivateAttr,
    model_validator,
)

from generator.model import OfferStatus, Scope, Status
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


class PlacedDict(dict[str, Any]):
    """Names and values, with the place where they stand."""

    place: Place = NOWHERE


class Shape(BaseModel):
    """One entry.  An optional field that is empty or null counts as not written."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)
    nullable: ClassVar[tuple[str, ...]] = ()

    _place: Place = PrivateAttr(default_factory=lambda: NOWHERE)

    @property
    def place(self) -> Place:
        return self._place

    @model_validator(mode="wrap")
    @classmethod
    def _from_data(cls, data: object, handler: ModelWrapValidatorHandler[Any]) -> Any:
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


class AgreementShape(Shape):
    kind: Name
    """Its kind, as the modes ask for it.  Example: contract"""
    ref: Name | None = None
    """Where to find it: a number, never a term or a price.  Example: LES-PRG-2025-003"""
    starts: Date | None = None
    """Its first day.  Example: 2025-01-16"""
    ends: Date | None = None
    """Its last day; it stays in force, if left out.  Example: 2027-01-15"""
    notice_days: Days | None = None
    """How many days before its end somebody must decide; that of settings.yml, if left out.  Example: 120"""


class ReviewShape(Shape):
    date: Date
    """The day of the review.  Example: 2026-07-08"""
    by: PersonRef
    """Who looked at the relationship, and stands for the entry.  Example: jane-doe"""


class SatisfactionShape(Shape):
    date: Date
    """The day of the answers, or the last of them.  Example: 2026-05-20"""
    score: Float
    """The mean of the answers.  Example: 4.2"""
    scale: Annotated[Float, AfterValidator(within(1, 1000))]
    """The best score that there is.  Example: 5"""
    n: Count
    """How many answered; the site shows no score of fewer than five.  Example: 14"""


class LinkShape(Shape):
    label: Name
    """What the link is called.  Example: Stock and lead times"""
    url: Url
    """The whole address.  Example: https://portal.acme.example/stock"""


class EntryShape(Shape):
    nullable: ClassVar[tuple[str, ...]] = ("owner",)

    id: Id
    """The partner's id, which becomes its page's address; the same id elsewhere is the same company.
    Example: acme-controls"""
    name: Name | None = None
    """The company's name, where it first appears; elsewhere its id will do.  Example: Acme Controls"""
    types: TypeRefs
    """What kind of partner it is: ids, names or aliases of the taxonomy.  Example: [isv-ihv]"""
    owner: Annotated[PersonRef | None, BeforeValidator(lambda value: None if is_null(value) else value)]
    """Who owns the relationship; null for nobody yet.  Example: jane-doe"""
    backup_owner: PersonRef | None = None
    """Who stands in for the owner.  Example: john-roe"""
    sponsor: PersonRef | None = None
    """The executive behind the relationship.  Example: ann-lee"""
    status: Annotated[Status, *choice(Status)] = Status.ACTIVE
    """active, onboarding, prospect, dormant or ended; active, if left out.  Example: prospect"""
    lead: Bool = False
    """Whether this department leads, where several share the partner.  Example: true"""
    offer_stage: StageRef | None = None
    """The stage of the partner's own offer; needed where the mode of its type depends on it.
    Example: post-commercialization"""
    mode: ModeByType | None = None
    """How it is managed, where not as expected: a mode, or one for each type.  Example: one-on-one"""
    mode_reason: FactorRef | None = None
    """The factor that justifies that mode.  Example: relative-power"""
    regions: Names = []
    """Where the relationship holds.  Example: [EMEA, AMER]"""
    offers: OfferRefs = []
    """The offers of the company that it is about.  Example: [edge-gateway]"""
    objectives: ObjectiveRefs = []
    """The business objectives that it serves.  Example: [recurring-revenue]"""
    segment: Name | None = None
    """The part of the market that it serves.  Example: Mid-market"""
    tier: Name | None = None
    """Its level in a program.  Example: Select"""
    industries: Names = []
    """The industries that it serves.  Example: [Manufacturing, Water]"""
    certifications: Names = []
    """What it is certified for.  Example: [Edge Gateway Installer]"""
    business_model: Name | None = None
    """How it earns: one of those that its type lists, where it lists any.  Example: Introduces only"""
    value: Value | None = None
    """What it does for customers, in 160 characters at most.  Example: Looks after gateways in dairies."""
    domain: Domain | None = None
    """Its internet domain, by which twins are found.  Example: acme.example"""
    parent: Name | None = None
    """The company that it belongs to: an id, or a name.  Example: Acme Holding"""
    via: PartnerRef | None = None
    """The partner through whom it sells.  Example: fjordhost"""
    agreements: Annotated[list[AgreementShape], BeforeValidator(a_list)] = []
    """What was signed: references and dates.  Example: [{kind: program, ref: P-2025-003, ends: 2027-01-15}]"""
    reviewed: ReviewShape | None = None
    """The last review; `playbook review` records one.  Example: {date: 2026-07-08, by: jane-doe}"""
    satisfaction: SatisfactionShape | None = None
    """What the partner says of the relationship.  Example: {date: 2026-05-20, score: 4.2, scale: 5, n: 14}"""
    links: Annotated[list[LinkShape], BeforeValidator(a_list)] = []
    """Pages that help to work with it.  Example: [{label: Price list, url: https://acme.example/prices}]"""
    formerly: Annotated[list[Id], BeforeValidator(a_list)] = []
    """Ids that it had before; links to their pages keep working.  Example: [acme-inc]"""
    notes: Prose | None = None
    """Anything else, as plain text.  Example: Was bought by a competitor in 2025."""


class DepartmentShape(Shape):
    id: Id
    """The department's id; it becomes its page's address.  Example: channel-sales"""
    name: Name
    """What people call it.  Example: Channel Sales"""
    contact: Email | None = None
    """Where others write to.  Example: channel@example.com"""
    lead: PersonRef | None = None
    """Who leads it.  Example: jane-doe"""
    partners: Annotated[list[EntryShape], BeforeValidator(a_list)] = []
    """The partners that it manages."""


class Inventory(Shape):
    departments: Annotated[list[DepartmentShape], BeforeValidator(a_list)]
    """Every department, with its partners."""


class HeldSkillShape(Shape):
    skill: SkillRef
    """A skill of toolkit.yml.  Example: contract-negotiation"""
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
    """Where the person works.  Example: channel-sales"""
    active: Bool = True
    """false for somebody who has moved on; true, if left out.  Example: false"""
    skills: Annotated[list[HeldSkillShape], BeforeValidator(a_list)] = []
    """What the person is good at.  Example: [{skill: contract-negotiation, level: 3}]"""


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
    """The offer's id.  Example: edge-gateway"""
    name: Name
    """What people call it.  Example: Edge Gateway"""
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
    """What is sold on it.  Example: edge-gateway"""
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
    """The objective's id.  Example: recurring-revenue"""
    title: Line
    """What is to be reached.  Example: Bring recurring revenue to 40% of sales"""
    owner: PersonRef | None = None
    """Who answers for it.  Example: ann-lee"""
    ends: Date | None = None
    """Its last day; it stays open, if left out.  Example: 2027-12-31"""
    types: TypeRefs = []
    """The types of partner on which it depends.  Example: [msp-cmsp]"""
    offers: OfferRefs = []
    """The offers on which it depends.  Example: [loop-cloud]"""


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
    """The objective that it serves.  Example: recurring-revenue"""


class Strategy(Shape):
    objectives: Annotated[list[ObjectiveShape], BeforeValidator(a_list)] = []
    """What the business wants to reach."""
    programs: Annotated[list[ProgramShape], BeforeValidator(a_list)] = []
    """The partner programs that serve it."""


class ToolShape(Shape):
    id: Id
    """The tool's id.  Example: partner-portal"""
    name: Name
    """What people call it.  Example: Partner Portal"""
    url: Url | None = None
    """Where it is.  Example: https://partners.example.com/"""
    modes: ModeRefs = []
    """The modes that use it.  Example: [formal-program]"""
    types: TypeRefs = []
    """The types of partner that it is for.  Example: [solution-reseller]"""


class SkillShape(Shape):
    id: Id
    """The skill's id.  Example: contract-negotiation"""
    name: Name
    """What people call it.  Example: Contract negotiation"""
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
    reviews_a_day: Count = 8
    """How many relationships one person can review in a day; 8, if left out.  Example: 12"""


class LimitsShape(Shape):
    inventory_mb: Count = 20
    """The largest inventory file that is read, in megabytes; 20, if left out.  Example: 40"""


class SettingsFile(Shape):
    company: Name | None = None
    """Whose playbook this is.  Example: Acme Systems"""
    home_department: DepartmentRef | None = None
    """Where people expect partners to be managed; the site shows what is managed elsewhere.  Example: channel-sales"""
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
    thresholds: ThresholdsShape = ThresholdsShape()
    """When something counts as late, low or alike."""
    off: Codes = []
    """The findings that this company does not want to see, by code.  Example: [no-objective]"""
    limits: LimitsShape = LimitsShape()
    """What guards the build against files put there by mistake."""


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
            inner = shape_in(shape.model_fields[step].annotation)
            if inner is None:
                return ()
            shape = inner
    return tuple(shape.model_fields)


def shape_in(annotation: Any) -> type[Shape] | None:
    """The shape that an annotation such as list[EntryShape] or ReviewShape | None names."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    return next((found for inner in get_args(annotation) if (found := shape_in(inner)) is not None), None)
