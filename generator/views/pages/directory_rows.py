"""The rows of the partner directory as data, for its script: what each is found by, and what it says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from generator import paths
from generator.findings import WARNINGS, codes_of
from generator.model import Entry, Field, Kind, Playbook, Relationship, Show, Status, spelled
from generator.views.kit.context import Context
from generator.views.kit.words import NOT_RECORDED, yes_or_no
from generator.views.parts.marks import TO_MEND
from generator.views.parts.types import former_ids

Row = tuple[Entry, Relationship]
Values = Mapping[str, Sequence[str]]
"""What a row holds of each filter: ids, or texts as recorded; nothing where nothing is recorded."""


@dataclass(frozen=True)
class Option:
    """A value of a filter; in a cell its name leads to `page` of ours, or to the address `url` elsewhere, has the class
    `style`, and `note` stands behind it.

    `short` is its name where there is little room, if that is another; `mends`: what was found is to be mended.
    Addresses from before may ask for it by one of the ids `formerly`.
    """

    value: str
    name: str
    note: str = ""
    page: str = ""
    url: str = ""
    style: str = ""
    short: str = ""
    mends: bool = False
    formerly: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.name + self.note


@dataclass(frozen=True)
class Filter:
    """What the values of a field are, in the order in which to offer them; `asked`: the form has a field for it."""

    name: str
    label: str
    options: tuple[Option, ...]
    asked: bool = True

    @property
    def offered(self) -> bool:
        """Whether the form has it: some row holds something of it, or it could leave nothing out."""
        return self.asked and any(option.value != paths.NOTHING for option in self.options)


@dataclass(frozen=True)
class Listing:
    """All rows in the order of the directory, what each holds of every filter, and the filters."""

    rows: Sequence[Row]
    values: Sequence[Values]
    filters: Sequence[Filter]


def listing(context: Context) -> Listing:
    """A row a relationship, by partner; the relationships that have ended come last."""
    rows = _in_order(context)
    fields = [field for field in context.playbook.fields if field.filter]
    held = [_values(context, row, fields) for row in rows]
    return Listing(rows, held, tuple(filters(context.playbook, held)))


def _in_order(context: Context) -> list[Row]:
    playbook = context.playbook

    def order(row: Row) -> tuple[bool, str, str, str, str]:
        entry, relationship = row
        return (
            entry.ended,
            playbook.partners[entry.partner].name.casefold(),
            entry.partner,
            playbook.departments[entry.department].name.casefold(),
            playbook.types[relationship.type].name.casefold(),
        )

    return sorted(
        ((entry, relationship) for entry in playbook.entries for relationship in entry.relationships), key=order
    )


def _values(context: Context, row: Row, fields: Iterable[Field]) -> Values:
    """What the row holds of every filter that `paths.directory` knows."""
    entry, relationship = row
    return {
        "function": (context.playbook.types[relationship.type].function,),
        "type": (relationship.type,),
        "mode": (relationship.mode,),
        "department": (entry.department,),
        "owner": () if entry.owner is None else (entry.owner,),
        "status": (entry.status,),
        "finding": tuple(dict.fromkeys(codes(context, entry))),
        **{field.filter: _recorded(context.playbook, entry, field) for field in fields},
    }


def _recorded(playbook: Playbook, entry: Entry, field: Field) -> Sequence[str]:
    value = playbook.recorded(field, entry)
    if field.many:
        return tuple(value)
    text = value if isinstance(value, str) else spelled(value)
    return (text,) if text else ()


def codes(context: Context, entry: Entry) -> Iterator[str]:
    """The code of every finding about the relationship; those about the whole partner are about each."""
    for finding in context.findings_by_partner.get(entry.partner, ()):
        if finding.department in (None, entry.department):
            yield finding.code.slug


def filters(playbook: Playbook, rows: Sequence[Values]) -> Iterator[Filter]:
    """Every filter, with the values that rows hold of it, and one for nothing where some row holds nothing."""
    unasked = {field.filter for field in playbook.settings.fields if Show.FILTER not in field.show}
    for name, title, option, order, nothing in _kinds(playbook):
        ranks = {value: rank for rank, value in enumerate(order)}
        used = [option(value) for value in {_line(value): value for row in rows for value in row[name]}.values()]
        used.sort(key=lambda choice: (ranks.get(choice.value, len(ranks)), choice.label.casefold(), choice.value))
        if not all(row[name] for row in rows):
            used.append(Option(paths.NOTHING, nothing))
        yield Filter(name, title, tuple(used), name not in unasked)


_Kind = tuple[str, str, Callable[[str], Option], Sequence[str], str]
"""A filter's name and label, how a value is worded, which values come first, and what nothing is called."""


def _kinds(playbook: Playbook) -> tuple[_Kind, ...]:
    def owner(person: str) -> Option:
        left = " (has left)" if playbook.has_left(person) else ""
        page = _way(paths.person(person)) if playbook.shows("people") else ""
        former = playbook.people[person].formerly if person in playbook.people else ()
        return Option(person, playbook.person_name(person), left, page, formerly=former)

    def function(ident: str) -> Option:
        return Option(ident, playbook.functions[ident].name, page=_way(paths.function(ident)), style="pb-function")

    def kind(ident: str) -> Option:
        named = playbook.types[ident]
        page = _way(paths.partner_type(ident))
        return Option(ident, named.name, page=page, short=named.short, formerly=former_ids(named))

    def mode(ident: str) -> Option:
        return Option(ident, playbook.modes[ident].name, page=_way(paths.mode(ident)), style="pb-mode")

    def department(ident: str) -> Option:
        named = playbook.departments[ident]
        return Option(ident, named.name, page=_way(paths.department(ident)), formerly=named.formerly)

    def status(value: str) -> Option:
        return Option(value, value, style=f"chip chip--{value}")

    findings = {**WARNINGS, **codes_of(playbook)}
    own: tuple[_Kind, ...] = (
        ("function", "Function", function, tuple(playbook.functions), ""),
        ("type", "Type", kind, (), ""),
        ("mode", "Mode", mode, tuple(playbook.modes), ""),
        ("department", "Department", department, (), ""),
        ("owner", "Owner", owner, (), "nobody"),
        ("status", "Status", status, tuple(Status), ""),
        ("finding", "Findings", lambda slug: Option(slug, findings[slug].title, mends=slug in TO_MEND), (), "none"),
    )
    fields = [_of_field(playbook, field, owner) for field in playbook.fields if field.filter]
    kinds = [*own, *fields]
    ranks = {name: rank for rank, name in enumerate(_ORDER)}
    return tuple(sorted(kinds, key=lambda kind: ranks.get(kind[0], len(ranks))))


_ORDER = (
    *("function", "type", "mode", "department", "owner", "region", "status", "finding"),
    *("tier", "segment", "industry", "offer", "objective"),
)
"""In which filters are offered; others follow in the order of the fields."""


def _of_field(playbook: Playbook, field: Field, person: Callable[[str], Option]) -> _Kind:
    if field.custom:
        return _of_custom(playbook, field, person)
    label = field.filter.capitalize()
    match field.refers_to:
        case "offer":
            offers = playbook.offers
            return field.filter, label, lambda ident: Option(ident, offers[ident].name), tuple(offers), NOT_RECORDED
        case "objective":
            objectives = playbook.objectives
            return field.filter, label, lambda ident: Option(ident, objectives[ident].title), (), NOT_RECORDED
        case _:
            first = getattr(playbook.settings, field.listed) if field.listed else ()
            return field.filter, label, lambda value: Option(value, value), first, NOT_RECORDED


def _of_custom(playbook: Playbook, field: Field, person: Callable[[str], Option]) -> _Kind:
    def option(value: str) -> Option:
        name = yes_or_no(value == "true") if field.kind is Kind.FLAG else value
        return Option(value, name, url=value if field.kind is Kind.URL else "")

    order: Sequence[str] = field.values
    if field.kind is Kind.NUMBER:
        held = {playbook.recorded(field, entry) for entry in playbook.entries} - {None}
        order = [*map(spelled, sorted(held))]
    return field.filter, field.label, person if field.kind is Kind.REFERENCE else option, order, NOT_RECORDED


def _way(page: str) -> str:
    return paths.relative(paths.PARTNERS, page)


def script(context: Context, columns: Sequence[str], listing: Listing) -> str:
    """The rows as a script that sets one variable, since a page opened from disk may not ask for a file of data.

    A row has the place of its partner in `partners`, the number of its findings, and for each filter the place of its
    value among the filter's, or a list of places.  A page is the path of its Markdown, from the directory.
    """
    rows, values, filters = listing.rows, listing.values, listing.filters
    partners = {partner: place for place, partner in enumerate(dict.fromkeys(entry.partner for entry, _ in rows))}
    named = {choice.name: {_line(one.value): place for place, one in enumerate(choice.options)} for choice in filters}

    # Most rows hold what others hold, too.
    @cache
    def places(name: str, held: Sequence[str]) -> object:
        indexes = [*dict.fromkeys(named[name][_line(value)] for value in held or (paths.NOTHING,))]
        return indexes[0] if len(indexes) == 1 else indexes

    def row(entry: Entry, holds: Values) -> Iterator[object]:
        yield partners[entry.partner]
        yield sum(1 for _ in codes(context, entry))
        for name in named:
            yield places(name, holds[name])

    parts: dict[str, Iterable[object]] = {
        "columns": columns,
        "filters": (
            {"name": choice.name, "label": choice.label, "values": [*map(_option, choice.options)]}
            for choice in filters
        ),
        "partners": (_partner(context.playbook, partner) for partner in partners),
        "rows": ([*row(entry, holds)] for (entry, _), holds in zip(rows, values, strict=True)),
    }
    lines = (f'"{name}": [\n' + ",\n".join(map(_json, part)) + "\n]" for name, part in parts.items())
    return "window.playbookDirectory = {\n" + ",\n".join(lines) + "\n};\n"


def _partner(playbook: Playbook, partner: str) -> dict[str, str | list[str]]:
    """Its name, page and logo, and the ids by which a frame from before may ask for its card."""
    one = playbook.partners[partner]
    facts: dict[str, str | list[str]] = {"name": _line(one.name), "page": _way(paths.partner(partner))}
    if one.formerly:
        facts["formerly"] = [*one.formerly]
    if logo := playbook.logos.get(partner):
        facts["logo"] = _way(paths.logo(partner, logo.kind))
    return facts


def _option(option: Option) -> dict[str, str | bool | list[str]]:
    facts: dict[str, str | bool | list[str]] = {
        "value": _line(option.value),
        "name": _line(option.name),
        "note": option.note,
    }
    facts |= {"page": option.page, "url": option.url, "style": option.style}
    facts |= {"short": _line(option.short), "mends": option.mends, "formerly": [*option.formerly]}
    return {key: fact for key, fact in facts.items() if fact}


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""What writes a row: `json.dumps` would make it anew for each of thousands."""


# Thousands of rows hold the same few hundred values.
@lru_cache(4096)
def _line(text: str) -> str:
    """The text as pages show it, in one line."""
    return " ".join(text.split())
