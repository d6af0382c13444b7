"""Portfolio, strategy, toolkit and settings to their entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.model import (
    FIELDS,
    HIDEABLE,
    RULE_CODE,
    TAKEN,
    Audience,
    FieldKind,
    HeldSkill,
    Objective,
    Offer,
    Person,
    Program,
    Promise,
    Requirement,
    Route,
    Settings,
    Skill,
    System,
    Thresholds,
    Tool,
    frozen,
)
from generator.problems import define_error, suggest
from generator.resolve.entries import check_listed
from generator.resolve.references import DUPLICATE_ID, References, TypeNames, former_ids, spelling
from generator.schema import UNSTATED, custom_fields
from generator.schema.check import MISSING_FIELD, UNKNOWN_VALUE
from generator.schema.shapes import (
    FieldShape,
    People,
    PersonShape,
    Portfolio,
    PromiseShape,
    SettingsFile,
    SkillShape,
    Strategy,
    Toolkit,
    ToolShape,
)

VALUES_OF_NO_CHOICE = define_error(
    "values-of-no-choice",
    "Values of a field that is no choice",
    meaning="Under fields: in settings.yml, values: lists what a field of the kind choice or choices may hold. This "
    "field is of another kind, which takes whatever is of that kind.",
    fix="Write kind: choice, or kind: choices where several may hold at once; else delete the values.",
)


def resolve_settings(shape: SettingsFile) -> Settings:
    """The settings alone; `check_settings` looks at what they refer to once all else is declared."""
    return Settings(
        company=shape.company or "",
        home_department=shape.home_department,
        regions=tuple(shape.regions),
        tiers=tuple(shape.tiers),
        segments=tuple(shape.segments),
        industries=tuple(shape.industries),
        systems=frozen({one.id: System(one.id, one.name, one.address or "", one.place) for one in shape.systems}),
        audiences=frozen({one.id: Audience(one.id, one.name, tuple(one.hides), one.place) for one in shape.audiences}),
        fields=custom_fields(shape),
        thresholds=Thresholds(**shape.thresholds.model_dump()),
        off=tuple(shape.off),
        as_of=shape.as_of,
        format=shape.format,
        inventory_mb=shape.limits.inventory_mb,
        place=shape.place,
    )


def check_settings(settings: Settings, findings: Iterable[str], references: References) -> None:
    references.check("department", settings.home_department, settings.place.at("home_department"))
    codes, lost = list(findings), references.lost
    for index, slug in enumerate(settings.off):
        if slug not in codes and not (slug.startswith(RULE_CODE) and lost("rule", slug.removeprefix(RULE_CODE))):
            place = settings.place.at("off", index)
            references.report(UNKNOWN_VALUE, f"off: there is no finding {slug!r}", place, suggest(slug, codes))
    own = [field.id for field in settings.fields]
    hideable = [*own, *HIDEABLE]
    for audience in settings.audiences.values():
        for index, name in enumerate(audience.hides):
            if name not in (UNSTATED, *hideable) and not lost("field", name):
                place, message = audience.place.at("hides", index), f"hides: {name!r} is nothing that can be hidden"
                references.report(UNKNOWN_VALUE, message, place, suggest(name, hideable))
            elif name in HIDEABLE and name in own:
                message = f"hides: {name!r} is a field of your own, and a page or status is called so, too"
                hint = f"give the field another id, such as 'our_{name}', so that each can be hidden alone"
                references.report(DUPLICATE_ID, message, audience.place.at("hides", index), hint)


def check_fields(shapes: Sequence[FieldShape], references: References) -> None:
    """Report custom fields that are twins, of each other or of a built-in one, and those without a choice."""
    builtin = (*TAKEN, *(field.label for field in FIELDS if field.label))
    labels = dict.fromkeys(
        (spelling(name.replace("_", " ")) for name in builtin), "something that every playbook has is called so"
    )
    for shape in references.declare("field", shapes):
        label = spelling(shape.label) if shape.label != UNSTATED else ""
        own = f"the field {shape.id!r} has it"
        if label and (other := labels.setdefault(label, own)) != own:
            message = f"the label {shape.label!r} is taken: {other}"
            references.report(DUPLICATE_ID, message, shape.place.at("label"), "give one of them another label")
        choice = shape.kind in (FieldKind.CHOICE, FieldKind.CHOICES)
        if choice and not shape.values:
            place = shape.place.at("values") if "values" in shape.place.children else shape.place.at("kind")
            message = f"the field {shape.id!r} is a choice, and nothing says of what"
            references.report(MISSING_FIELD, message, place, "add a line 'values: [..., ...]'")
        if shape.values and not choice:
            message = f"the field {shape.id!r} is of the kind {shape.kind}, which takes no values"
            hint = "write kind: choice, or delete the values"
            references.report(VALUES_OF_NO_CHOICE, message, shape.place.key_at("values"), hint)
        for index, value in enumerate(shape.values):
            if value != UNSTATED and value in shape.values[:index]:
                message = f"{value!r} stands twice among the values of the field {shape.id!r}"
                references.report(DUPLICATE_ID, message, shape.place.at("values", index), "delete one of the two")


def declare_people(shape: People, references: References) -> list[PersonShape]:
    """Everybody who is listed, before anybody refers to them: by id, but people write names and addresses, too."""
    people = references.declare("person", shape.people)
    if not shape.people:
        references.allow("person")
    references.check_former("person", former_ids(people))
    names = {name: one.id for one in people for name in (one.name, one.email or "")}
    references.also_known("person", names)
    return people


def resolve_people(people: Sequence[PersonShape], references: References) -> Mapping[str, Person]:
    """Everybody who is listed, by id."""
    for person in people:
        references.check("department", person.department, person.place.at("department"))
        for skill in person.skills:
            references.check("skill", skill.skill, skill.place.at("skill"))
    return frozen(
        {
            p.id: Person(
                id=p.id,
                name=p.name,
                email=p.email or "",
                department=p.department,
                active=p.active,
                skills=tuple(HeldSkill(skill.skill, skill.level) for skill in p.skills),
                formerly=tuple(p.formerly),
                place=p.place,
            )
            for p in people
        }
    )


def declare_plans(portfolio: Portfolio, strategy: Strategy, toolkit: Toolkit, references: References) -> None:
    """Declare the ids that the inventory refers to, before anything is looked up."""
    references.declare("offer", portfolio.offers)
    references.declare("route", portfolio.routes)
    references.declare("objective", strategy.objectives)
    references.declare("program", strategy.programs)
    references.declare("tool", toolkit.tools)
    references.declare("skill", toolkit.skills)


def resolve_portfolio(shape: Portfolio, names: TypeNames, settings: Settings, references: References) -> dict[str, Any]:
    """Offers and routes, by the name of their field of Playbook."""
    offers = {}
    for offer in shape.offers:
        for index, region in enumerate(offer.regions):
            check_listed(references, "regions", region, settings.regions, offer.place.at("regions", index))
        requires = []
        for need in offer.requires:
            for index, region in enumerate(need.regions):
                check_listed(references, "regions", region, settings.regions, need.place.at("regions", index))
            if type_id := names.resolve(need.type, need.place.at("type")):
                requires.append(Requirement(type_id, need.min, tuple(need.regions)))
        offers[offer.id] = Offer(offer.id, offer.name, offer.status, tuple(offer.regions), tuple(requires), offer.place)
    routes = {}
    for route in shape.routes:
        check_listed(references, "region", route.region, settings.regions, route.place.at("region"))
        references.check("offer", route.offer, route.place.at("offer"))
        types = names.resolve_all(route.types, route.place.at("types"))
        routes[route.id] = Route(route.id, route.name, route.region, route.offer, types, route.place)
    return {"offers": frozen(offers), "routes": frozen(routes)}


def resolve_strategy(shape: Strategy, names: TypeNames, references: References) -> dict[str, Any]:
    """Objectives and programs, by the name of their field of Playbook."""
    objectives = {}
    for objective in shape.objectives:
        types = names.resolve_all(objective.types, objective.place.at("types"))
        offers, place = tuple(objective.offers), objective.place
        references.check("person", objective.owner, place.at("owner"))
        references.check_all("offer", offers, place.at("offers"))
        objectives[objective.id] = Objective(
            objective.id, objective.title, objective.owner, objective.ends, types, offers, place
        )
    programs = {}
    for program in shape.programs:
        references.check("mode", program.mode, program.place.at("mode"))
        references.check("objective", program.objective, program.place.at("objective"))
        types = names.resolve_all(program.types, program.place.at("types"))
        programs[program.id] = Program(program.id, program.name, program.mode, types, program.objective, program.place)
    return {"objectives": frozen(objectives), "programs": frozen(programs)}


def resolve_toolkit(shape: Toolkit, names: TypeNames, references: References) -> dict[str, Any]:
    """Tools, skills and promises, by the name of their field of Playbook."""
    entries: list[ToolShape | SkillShape | PromiseShape] = [*shape.tools, *shape.skills, *shape.promises]
    for entry in entries:
        references.check_all("mode", entry.modes, entry.place.at("modes"))
    return {
        "tools": frozen(
            {
                t.id: Tool(
                    t.id, t.name, t.url or "", tuple(t.modes), names.resolve_all(t.types, t.place.at("types")), t.place
                )
                for t in shape.tools
            }
        ),
        "skills": frozen(
            {s.id: Skill(s.id, s.name, tuple(s.modes), s.level, s.training or "", s.place) for s in shape.skills}
        ),
        "promises": tuple(
            Promise(
                types=names.resolve_all(p.types, p.place.at("types")),
                modes=tuple(p.modes),
                may=tuple(p.may),
                ask=tuple(p.ask),
                never=tuple(p.never),
                place=p.place,
            )
            for p in shape.promises
        ),
    }
