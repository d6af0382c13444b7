"""The departments' entries to partners: all of one id make a partner."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from generator.model import (
    STATED,
    Acquisition,
    Company,
    Department,
    Entry,
    Logo,
    Partner,
    PartnerType,
    Settings,
    frozen,
    spelled,
)
from generator.problems import Place, define_error, nearest
from generator.resolve.entries import EntryResolver
from generator.resolve.references import DUPLICATE_ID, References, TypeNames, former_ids
from generator.schema import UNSTATED, slug
from generator.schema.check import MISSING_FIELD
from generator.schema.shapes import DepartmentShape, EntryShape

DUPLICATE_RELATIONSHIP = define_error(
    "duplicate-relationship",
    "The same partner twice in one department",
    meaning="A department lists the same partner as the same type more than once, so it would be counted twice.",
    fix="Join the two entries, or correct the id of one of them.",
)
DISAGREEMENT = define_error(
    "disagreement",
    "Two entries disagree about one company",
    meaning="Name, domain, parent and ids belong to the company, not to one department's relationship with it; so do "
    "the fields that settings.yml declares on: partner. Two entries with the same partner id say different things.",
    fix="Agree on one of the two and write it once; the other entry may leave the line out.",
)


Entries = list[tuple[DepartmentShape, EntryShape]]
Settled = Mapping[str, tuple[Entries, Partner | None]]
"""Partners of another state, by id, each with the shapes that it was made of."""
_Where = Callable[[], Place]
"""Finds a place that is seldom asked for."""
_UNSETTLED: tuple[Entries, None] = ([], None)


def entries_by_partner(departments: Sequence[DepartmentShape]) -> dict[str, Entries]:
    """The entries of each partner by its id, in the order in which they are written, with their departments."""
    entries: dict[str, Entries] = {}
    for department in departments:
        for entry in department.partners:
            entries.setdefault(entry.id, []).append((department, entry))
    return entries


def _same(entries: Entries, others: Entries) -> bool:
    if len(entries) != len(others):
        return False
    for (department, entry), (other, of_other) in zip(entries, others, strict=True):
        if entry is not of_other or department.id != other.id:
            return False
    return True


VIA_CIRCLE = define_error(
    "via-circle",
    "Partners that sell through each other in a circle",
    meaning="The line via: names the partner through whom a partner sells. Followed from partner to partner, it has to "
    "end at one who sells by itself; here it leads back to where it began.",
    fix="Take out the line of the one that sells by itself, or name another partner there.",
)


def resolve_inventory(
    departments: Sequence[DepartmentShape],
    types: Mapping[str, PartnerType],
    names: TypeNames,
    settings: Settings,
    as_of: date,
    references: References,
    settled: Settled,
) -> tuple[Mapping[str, Department], Mapping[str, Partner]]:
    """All departments and all partners, partners in the order of their ids.

    Those that are `settled`, and whose entries are the same, are taken as they are.
    """
    unique = references.declare("department", departments)
    # The entries of a department that is written twice are read as well: others refer to them.
    entries = entries_by_partner(departments)
    references.know("partner", {partner_id: listed[0][1].place for partner_id, listed in entries.items()})
    references.check_former("partner", _former(entries))
    references.check_former("department", former_ids(unique))
    _check_circles(entries, references)
    _check_foreign(entries, references)
    resolver = EntryResolver(types, names, settings, as_of, references)
    partners = {}
    for partner_id in sorted(entries):
        shapes, partner = settled.get(partner_id, _UNSETTLED)
        if partner is not None and _same(shapes, entries[partner_id]):
            # Whether the partners that it names are still there is all that may have changed.
            for _, shape in shapes:
                resolver.check_partners(shape)
            partners[partner_id] = partner
        else:
            partners[partner_id] = _partner(partner_id, entries[partner_id], resolver, references)
    for department in unique:
        references.check("person", department.lead, department.place.at("lead"))
    resolved = {
        d.id: Department(d.id, d.name, d.contact or "", d.lead, tuple(d.reviewers), tuple(d.formerly), d.place)
        for d in unique
    }
    return frozen(resolved), frozen(partners)


def resolve_logos(logos: Sequence[Logo], partners: Mapping[str, Partner], references: References) -> Mapping[str, Logo]:
    """The logos by partner; one that is named by a former id is that of the partner who had it.

    That of a company that was bought is nobody's: its buyer was never called so.
    """
    former = {old: partner.id for partner in partners.values() for old in partner.formerly}
    bought = {one.id for partner in partners.values() for one in partner.acquired}
    of: dict[str, Logo] = {}
    for logo in logos:
        if logo.name in former and logo.name not in partners:
            of.setdefault(former[logo.name], logo)
        elif logo.name not in bought or logo.name in partners:
            references.check("partner", logo.name, logo.place)
            of[logo.name] = logo
    return frozen(of)


def _former(entries: Mapping[str, Entries]) -> Iterator[tuple[str, str, Place]]:
    """Every id that leads to a partner of another id: its own former ones, and those of companies that it bought."""
    for partner_id, shapes in entries.items():
        for _, entry in shapes:
            for index, old in enumerate(entry.formerly):
                yield partner_id, old, entry.place.at("formerly", index)
            for bought in entry.acquired:
                yield partner_id, bought.id, bought.place.at("id")


def _check_circles(entries: Mapping[str, list[tuple[DepartmentShape, EntryShape]]], references: References) -> None:
    """Report each circle of partners that sell through each other once, at the line by which it closes."""
    through: dict[str, dict[str, Place]] = {}
    for ident, listed in entries.items():
        for _, entry in listed:
            if entry.via is not None and entry.via in entries:
                through.setdefault(ident, {})[entry.via] = entry.place.at("via")
    settled: set[str] = set()
    for first in sorted(through):
        way: dict[str, Iterator[tuple[str, Place]]] = (
            {first: iter(through[first].items())} if first not in settled else {}
        )
        while way:
            here = next(reversed(way))
            other, place = next(way[here], ("", None))
            if place is None:
                settled.add(here)
                del way[here]
            elif other in way:
                circle = [*way][[*way].index(other) :]
                message = f"these sell through each other in a circle: {' through '.join([*circle, other])}"
                references.report(VIA_CIRCLE, message, place, "take out one of these lines via:")
            elif other not in settled:
                way[other] = iter(through.get(other, {}).items())


def _is_copy(shape: EntryShape, facts: Mapping[str, str], places: Mapping[str, _Where], references: References) -> bool:
    """Whether an entry is about another company than those before it, and has their id: that is reported."""
    name = shape.name
    if name in (None, UNSTATED) or "name" not in facts or _alike(name, facts["name"]):
        return False
    first = places["name"]()
    message = (
        f"the partner id {shape.id!r} is used for two companies: here for {name!r}, and for {facts['name']!r} in "
        f"{first.file}, line {first.line}"
    )
    own = slug(name)
    hint = "if the entry was copied, give this one an id of its own"
    hint += f", such as {own!r}" if own and not references.known("partner", own) else ""
    references.report(DUPLICATE_ID, message, shape.place.at("id"), f"{hint}; if it is one company, keep one name")
    return True


def _alike(name: str, other: str) -> bool:
    """Whether two names may well be of one company: one is the beginning of the other, or nearly the same."""
    short, long = sorted((name.casefold().split(), other.casefold().split()), key=len)
    return long[: len(short)] == short or nearest(name, [other]) is not None


def _check_foreign(entries: Mapping[str, list[tuple[DepartmentShape, EntryShape]]], references: References) -> None:
    """Report ids of other systems that two partners have, and systems that the company does not list."""
    claimed: dict[tuple[str, str], tuple[str, _Where]] = {}
    for partner_id, shapes in entries.items():
        for _, entry in shapes:
            for system, foreign in entry.ids.items():
                if references.known_kind("system") and not references.known("system", system):
                    references.check("system", system, entry.place.at("ids").key_at(system))
                where = partial(entry.place.at, "ids", system)
                owner, of_first = claimed.setdefault((system, foreign), (partner_id, where))
                if owner != partner_id:
                    first = of_first()
                    message = (
                        f"the id {foreign!r} in {system} is that of {owner!r}, too, in {first.file}, line {first.line}"
                    )
                    hint = "correct one of the two, or make them one partner"
                    references.report(DUPLICATE_ID, message, where(), hint)


def _partner(
    partner_id: str,
    shapes: Sequence[tuple[DepartmentShape, EntryShape]],
    resolver: EntryResolver,
    references: References,
) -> Partner:
    facts: dict[str, Any] = {}
    places: dict[str, _Where] = {}
    seen: dict[tuple[str, str], tuple[int, Place]] = {}
    entries: list[Entry] = []
    said: list[Company] = []
    for number, (department, shape) in enumerate(shapes):
        of_partner = resolver.of_partner(shape)
        company = _company(shape, of_partner)
        entry = resolver.entry(department.id, shape, company if len(shapes) > 1 else None)
        entries.append(entry)
        said.append(company)
        if _is_copy(shape, facts, places, references):
            continue
        at = shape.place.at
        stated = [(field, getattr(shape, field), partial(at, field)) for field in STATED]
        stated += [(f"id in {system}", value, partial(at, "ids", system)) for system, value in shape.ids.items()]
        stated += [(ident, value, partial(at, ident)) for ident, value in of_partner.items()]
        for field, value, where in stated:
            if value in (None, UNSTATED):
                continue
            if facts.setdefault(field, value) != value:
                other = places[field]()
                message = (
                    f"the {field} of {partner_id!r} is {spelled(value)!r} here, but {spelled(facts[field])!r} in "
                    f"{other.file}, line {other.line}"
                )
                references.report(DISAGREEMENT, message, where(), "keep one of the two")
            places.setdefault(field, where)
        for type_id in entry.types:
            earlier, first = seen.setdefault((department.id, type_id), (number, shape.place))
            if earlier != number:
                message = (
                    f"{department.id!r} lists {partner_id!r} as {type_id!r} twice: here and in {first.file}, "
                    f"line {first.line}"
                )
                references.report(DUPLICATE_RELATIONSHIP, message, shape.place.at("id"), "join the two entries")
    first_place = shapes[0][1].place
    if "name" not in facts and all(shape.name is None for _, shape in shapes) and not references.dropped(partner_id):
        hint = "add a line name: to one of its entries"
        references.report(MISSING_FIELD, f"no entry of {partner_id!r} says its name", first_place.at("id"), hint)
    return Partner.of(partner_id, entries, said)


def _company(shape: EntryShape, custom: Mapping[str, Any]) -> Company:
    return Company(
        name=shape.name if shape.name not in (None, UNSTATED) else "",
        domain=shape.domain or "",
        parent=shape.parent or "",
        ids=frozen(shape.ids),
        formerly=tuple(shape.formerly),
        acquired=tuple(Acquisition(one.id, one.name, one.date) for one in shape.acquired),
        custom=frozen(custom),
    )
