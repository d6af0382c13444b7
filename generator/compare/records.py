"""A playbook as plain records: what every field of every file says, fit for JSON.

Two playbooks that differ in anything but the order of what stands side by side differ in their records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, NamedTuple

from generator.model import (
    FIELD_KINDS,
    FIELDS,
    RULE_FIELDS,
    Alternatives,
    Ask,
    CompanyRule,
    Entry,
    Field,
    Partner,
    PartnerType,
    Playbook,
    Settings,
)
from generator.problems import Place


class Key(NamedTuple):
    """What a record is known by: `kind` is one of KINDS, `id` its id in the data, or what stands for one.

    That of an entry is the partner, the department and the types, as acme/sales/agent+shop.
    """

    kind: str
    id: str


@dataclass(frozen=True)
class Record:
    """The fields of one thing that hold something; a field that holds nothing is not there.

    Values are texts, numbers, true and false, lists and objects of them; days are texts as 2026-11-30.
    """

    key: Key
    fields: Mapping[str, Any]
    place: Place
    source: Any = None
    """What it was made of."""


KINDS: Mapping[str, str] = {
    "partner": "partners", "entry": "entries", "department": "departments", "person": "people",
    "type": "types", "function": "functions", "group": "groups", "mode": "modes", "stage": "stages",
    "factor": "factors", "ambiguous_alias": "ambiguous_aliases", "offer": "offers", "route": "routes",
    "objective": "objectives", "program": "programs", "tool": "tools", "skill": "skills", "promise": "promises",
    "source": "sources",
    "rule": "rules", "settings": "settings", "snapshot": "history",
}  # fmt: skip
"""The kinds of records, and the field of Playbook that holds each."""

_NAMING = (Ask.IS, Ask.NOT, Ask.ALL)

_STEPS: Mapping[str, Mapping[str, str]] = {
    "partner": {"parent": "partner"},
    "entry": {"owner": "person", "sponsor": "person", "backup_owner": "person", "reviewed.by": "person",
              "types": "type", "mode.*": "type", "mode": "mode",
              **{field.id: field.refers_to for field in FIELDS if field.refers_to}},
    "department": {"lead": "person"},
    "person": {"department": "department", "skills.skill": "skill"},
    "type": {"function": "function", "group": "group", "confused_with": "type", "mode.*": "stage", "mode": "mode"},
    "function": {"mode": "mode"},
    "group": {"function": "function"},
    "ambiguous_alias": {"types": "type"},
    "offer": {"requires.type": "type"},
    "route": {"offer": "offer", "types": "type"},
    "objective": {"owner": "person", "types": "type", "offers": "offer"},
    "program": {"mode": "mode", "types": "type", "objective": "objective"},
    "tool": {"modes": "mode", "types": "type"},
    "skill": {"modes": "mode"},
    "promise": {"types": "type", "modes": "mode"},
    "rule": {"waivers.partner": "partner", "waivers.department": "department", "waivers.by": "person",
             **{f"{part}.{field.id}.{ask}": field.refers_to for part in ("applies", "condition")
                for field in RULE_FIELDS.values() if field.refers_to for ask in _NAMING}},
    "source": {"department": "department"},
    "settings": {"home_department": "department"},
}  # fmt: skip
"""Which fields refer to what; "mode.*" are the names inside of an object, and "mode" what stands behind them."""


def refers_to(kind: str, field: str, *states: Playbook) -> str:
    """The kind of record that a field refers to, in one of these states; empty where it holds what it says."""
    if kind == "rule":
        # What a rule asks of a field names what the field would.
        _, _, asked = field.partition(".")
        name, _, ask = asked.partition(".")
        custom = (one for state in states for one in state.settings.fields if one.id == name and ask in _NAMING)
    else:
        custom = (one for state in states for one in state.settings.fields if (one.on, one.id) == (kind, field))
    return _STEPS.get(kind, {}).get(field, "") or next((one.refers_to for one in custom), "")


def records(playbook: Playbook, but: Playbook | None = None) -> dict[Key, Record]:
    """Every record, by kind and then in the order of the data; without what `but` has just so, where it is given."""
    return {record.key: record for record in _records(playbook, but)}


def _records(playbook: Playbook, but: Playbook | None) -> Iterator[Record]:
    for kind, table in KINDS.items():
        held: Any = getattr(playbook, table)
        known: Any = getattr(but, table) if but is not None else None
        if held == known:
            continue
        match kind:
            case "entry":
                yield from _entries(playbook, but)
            case "promise":
                yield from _numbered(kind, [promise_id(one.types, one.modes) for one in held], held)
            case "snapshot":
                yield from _numbered(kind, [str(one.day) for one in held], held)
            case "settings":
                yield Record(Key(kind, "settings"), _fields(held), held.place, held)
            case _:
                yield from _of_table(kind, held, known or {})


def _of_table(kind: str, held: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[Record]:
    for ident, one in held.items():
        if known.get(ident) == one:
            continue
        if kind == "ambiguous_alias":
            yield Record(Key(kind, ident), {"types": list(one)}, Place("taxonomy.yml"), one)
        else:
            yield Record(Key(kind, ident), _fields(one), one.place, one)


def _entries(playbook: Playbook, but: Playbook | None) -> Iterator[Record]:
    known = but.partners if but is not None else {}
    for partner in playbook.partners.values():
        if partner.id not in known or known[partner.id].entries != partner.entries:
            names = [entry_id(entry.partner, entry.department, entry.types) for entry in partner.entries]
            yield from _numbered("entry", names, partner.entries)


def entry_id(partner: str, department: str, types: Iterable[str]) -> str:
    """What an entry is known by, since a department may list a partner twice, as different types."""
    return f"{partner}/{department}/{'+'.join(sorted(types))}"


def promise_id(types: Iterable[str], modes: Iterable[str]) -> str:
    """What a promise is known by: whom it is for."""
    return f"{'+'.join(sorted(types))}/{'+'.join(sorted(modes))}"


def _numbered(kind: str, names: Sequence[str], held: Sequence[Any]) -> Iterator[Record]:
    """The records of things without an id of their own; a second one of a name gets a number."""
    seen: dict[str, int] = {}
    for name, one in zip(names, held, strict=True):
        seen[name] = number = seen.get(name, 0) + 1
        yield Record(Key(kind, name if number == 1 else f"{name}#{number}"), _fields(one), one.place, one)


def _fields(one: Any) -> dict[str, Any]:
    values = {field.name: getattr(one, field.name) for field in fields(one) if field.name not in ("id", "place")}
    match one:
        case Partner():
            del values["entries"]
            values |= values.pop("custom")
        case Entry():
            del values["partner"], values["department"], values["company"]
            values |= values.pop("custom")
            relationships = values.pop("relationships")
            values["types"] = one.types
            values["mode"] = {r.type: r.mode for r in relationships if not r.as_expected}
        case PartnerType():
            modes, own = values.pop("modes"), values.pop("own_mode")
            values["mode"] = modes.get(None, modes) if own else None
        case CompanyRule():
            values |= {"applies": _asked(one.applies), "condition": _asked(one.condition)}
        case Settings():
            values["fields"] = tuple(map(_declared, one.fields))
            limits = values.pop("thresholds")
            values |= {f"thresholds.{field.name}": getattr(limits, field.name) for field in fields(limits)}
            values["limits.inventory_mb"] = values.pop("inventory_mb")
    return {name: plain for name, value in values.items() if (plain := _plain(value)) not in (None, "", [], {})}


def _asked(alternatives: Alternatives) -> tuple[Any, ...]:
    """What is asked of each field, for each alternative."""
    return tuple(
        {one.field: {clause.ask: clause.operand for clause in clauses if clause.field == one.field} for one in clauses}
        for clauses in alternatives
    )


def _declared(field: Field) -> dict[str, Any]:
    """A custom field as settings declare it."""
    kind = next(kind for kind, is_kind in FIELD_KINDS.items() if is_kind is field.kind)
    said = {"id": field.id, "label": field.label, "help": field.meaning, "on": field.on, "kind": kind}
    return {name: part for name, part in said.items() if part} | {"values": field.values, "show": field.show}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: _plain(getattr(value, field.name)) for field in fields(value) if field.name != "place"}
        return {name: part for name, part in parts.items() if part not in (None, "", [])}
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, date) else value


Ids = Mapping[str, Mapping[str, str]]
"""The ids of today of what had others once, by kind."""


def translated(record: Record, ids: Ids, state: Playbook) -> Record:
    """The record of a state with the ids of today, in its own key and in whatever else it refers to."""
    kind, ident = record.key
    about, _, rest = ident.partition("/") if kind == "entry" else (ident, "", "")
    own = Key("partner" if kind == "entry" else kind, "")
    own = own._replace(id=ids[own.kind].get(about, about))
    values = {name: _translated(value, kind, name, ids, state, own) for name, value in record.fields.items()}
    match kind:
        case "entry":
            department = rest.partition("/")[0]
            ident = entry_id(own.id, ids["department"].get(department, department), values.get("types", []))
        case "promise":
            ident = promise_id(values.get("types", []), values.get("modes", []))
        case _:
            ident = own.id
    number = record.key.id.partition("#")
    return Record(Key(kind, ident + number[1] + number[2]), values, record.place, record.source)


def _translated(value: Any, kind: str, step: str, ids: Ids, state: Playbook, own: Key) -> Any:
    if isinstance(value, list):
        parts = [_translated(part, kind, step, ids, state, own) for part in value]
        # Two that have become one are named once.
        return list(dict.fromkeys(parts)) if refers_to(kind, step) else parts
    names = ids.get(refers_to(kind, f"{step}.*"), {})
    if isinstance(value, dict) and refers_to(kind, f"{step}.*"):
        return {names.get(name, name): _translated(part, kind, step, ids, state, own) for name, part in value.items()}
    if isinstance(value, dict):
        return {name: _translated(part, kind, f"{step}.{name}", ids, state, own) for name, part in value.items()}
    if not isinstance(value, str):
        return value
    other = refers_to(kind, step, state)
    now = Key(other, ids.get(other, {}).get(value, value))
    # It referred to another one that has become one with it, and never to itself.
    return now.id if now != own else value
