"""Field by field, what is different between two states of the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from generator.compare.identities import new_ids
from generator.compare.records import KINDS, Ids, Key, Record, promise_id, records, translated
from generator.model import Entry, Playbook, Relationship
from generator.problems import Place

Values = Mapping[str, tuple[Any, Any]]
"""What fields held and hold, by name; None for nothing.  Ids of before are those of today, but for that of what has
become one with the record itself.
"""


@dataclass(frozen=True)
class Delta:
    """One record that is different: `before` and `after` are its ids, None where it is not there.

    Whatever refers to it by an id that changed does so by the new one: that is no difference of its own.  `joined` is
    the id that stands there instead of one that is gone, since it has become one with another.  Places take no part in
    comparison.
    """

    kind: str
    before: str | None
    after: str | None
    values: Values
    place_before: Place | None = field(compare=False)
    place_after: Place | None = field(compare=False)
    joined: str | None = None

    @property
    def id(self) -> str:
        """What it is known by today, or was."""
        return self.after if self.after is not None else self.before or ""

    def of(self, *names: str) -> Delta:
        """The part of it that is about these fields."""
        return replace(self, values={name: self.values[name] for name in names if name in self.values})

    def places(self) -> tuple[Place | None, Place | None]:
        """Where the field stood and stands, if it is about one field; else where the record did and does."""
        steps = self.values if len(self.values) == 1 else ()
        before, after = self.place_before, self.place_after
        return before and before.at(*_route(steps)), after and after.at(*_route(steps))


def _route(steps: Mapping[str, Any] | tuple[str, ...]) -> list[str]:
    return [part for step in steps for part in step.split(".")]


Pair = tuple[Entry, Entry]


@dataclass(frozen=True)
class Compared:
    """Two states, which ids are the same, and every difference between them once.

    `pairs` are the entries that are one today and before, and `new` those of today alone, of partners whose entries are
    not all the same.
    """

    before: Playbook
    after: Playbook
    ids: Ids
    deltas: tuple[Delta, ...]
    pairs: Mapping[str, tuple[Pair, ...]]
    new: Mapping[str, tuple[Entry, ...]]
    """Each by the partner's id of today."""


def was_as(entry: Entry, ids: Ids) -> Mapping[str, Relationship]:
    """The relationships of an entry of before, by the types of today.

    Of two types that have become one, the one that stays says how it was.
    """
    types = ids["type"]
    renamed = {types[one.type]: one for one in entry.relationships if one.type in types}
    return renamed | {one.type: one for one in entry.relationships if one.type not in types}


def compared(before: Playbook, after: Playbook) -> Compared:
    """Everything that is different."""
    ids = new_ids(before, after)
    renamed = any(ids.values())
    pairs: dict[str, tuple[Pair, ...]] = {}
    new: dict[str, tuple[Entry, ...]] = {}
    olds: dict[str, list[Entry]] = {}
    for partner in before.partners.values():
        if not renamed and after.partners.get(partner.id) is partner:
            continue  # nearly all of them: nobody need look for what each entry was
        now = ids["partner"].get(partner.id, partner.id)
        # Those of the one that keeps its id come first: what joins it comes to them.
        entries = [*partner.entries]
        olds[now] = [*entries, *olds.get(now, [])] if now == partner.id else [*olds.get(now, []), *entries]
    for ident in {**after.partners, **olds}:
        if not renamed and before.partners.get(ident) is after.partners.get(ident):
            continue
        news = [*after.partners[ident].entries] if ident in after.partners else []
        if not renamed and olds.get(ident) == news:
            continue
        pairs[ident], new[ident] = _matched(olds.get(ident, []), news, ids)
    deltas = tuple(_deltas(before, after, ids, [pair for some in pairs.values() for pair in some]))
    return Compared(before, after, ids, deltas, pairs, new)


def _deltas(before: Playbook, after: Playbook, ids: Ids, pairs: Sequence[Pair]) -> Iterator[Delta]:
    # Where no id changed, what is just so in both states needs no second look.
    renamed = any(ids.values())
    olds, news = records(before, None if renamed else after), records(after, None if renamed else before)
    of = {id(record.source): key for table in (olds, news) for key, record in table.items() if key.kind == "entry"}
    became = {of[id(old)]: of[id(new)] for old, new in pairs if id(old) in of and id(new) in of}
    taken: set[Key] = set()
    for key, record in olds.items():
        now = translated(record, ids, before)
        target = became.get(key) if key.kind == "entry" else _same(key, now.key, news, olds)
        new = news.get(target) if target is not None and target not in taken else None
        if new is not None:
            taken.add(new.key)
            yield from _difference(record, now, new)
        else:
            joined = now.key.id if now.key != key and key.kind not in ("entry", "promise") else None
            gone = {name: (value, None) for name, value in now.fields.items()}
            yield Delta(key.kind, key.id, None, gone, record.place, None, joined)
    # Somebody may have been referred to by name before they were listed.
    written = {now: old for old, now in ids["person"].items() if old not in before.people}
    for key, record in news.items():
        if key not in taken:
            values = {name: (None, value) for name, value in record.fields.items()}
            name = written.get(key.id) if key.kind == "person" else None
            yield Delta(key.kind, name, key.id, values, None, record.place)
    yield from _orders(before, after, ids)


def _same(key: Key, now: Key, news: Mapping[Key, Record], olds: Mapping[Key, Record]) -> Key | None:
    """The record of today that an old one is: none, where it has joined another that was there before."""
    if key in news:
        return key
    return now if now in news and now not in olds else None


def _difference(old: Record, now: Record, new: Record) -> Iterator[Delta]:
    names = dict.fromkeys([*now.fields, *new.fields])
    values = {name: (now.fields.get(name), new.fields.get(name)) for name in names}
    different = {name: pair for name, pair in values.items() if pair[0] != pair[1]}
    # That the partner, the department or a type of an entry has another id is told where that is told.
    known = now.key.id if old.key.kind in ("entry", "promise") else old.key.id
    if different or known != new.key.id:
        yield Delta(new.key.kind, old.key.id, new.key.id, different, old.place, new.place)


def _orders(before: Playbook, after: Playbook, ids: Ids) -> Iterator[Delta]:
    """The tables whose order is another one, whatever came and went."""
    for kind, table in KINDS.items():
        if kind in ("partner", "entry", "person", "snapshot", "settings", "ambiguous_alias"):
            continue
        olds, news = getattr(before, table), getattr(after, table)
        # Whatever has become one with another stands where that one does.
        joined = {old: new for old, new in ids[kind].items() if isinstance(olds, Mapping) and new in olds}
        known, there = _ids_in_order(olds, ids[kind], joined), _ids_in_order(news, {})
        stayed, stay = [one for one in known if one in there], [one for one in there if one in known]
        if stayed != stay:
            first, then = (next(iter(held.values() if isinstance(held, Mapping) else held)) for held in (olds, news))
            yield Delta("order", kind, kind, {"order": (stayed, stay)}, first.place, then.place)


def _ids_in_order(held: Any, ids: Mapping[str, str], but: Container[str] = ()) -> dict[str, None]:
    if isinstance(held, Mapping):
        return dict.fromkeys(ids.get(ident, ident) for ident in held if ident not in but)
    return dict.fromkeys(promise_id(promise.types, promise.modes) for promise in held)


def _matched(olds: list[Entry], news: list[Entry], ids: Ids) -> tuple[tuple[Pair, ...], tuple[Entry, ...]]:
    """Which old entry became which new one, and which is new.

    First those that moved as they were, and beside which stood one that became the same partner's; then those of one
    department with a type in common, then any of one department, then those that moved with a type in common.
    """
    departments, types = ids["department"], ids["type"]

    def department(old: Entry, new: Entry) -> bool:
        return departments.get(old.department, old.department) == new.department

    def a_type(old: Entry, new: Entry) -> bool:
        return not {types.get(one, one) for one in old.types}.isdisjoint(new.types)

    def places(old: Entry) -> list[tuple[str, str]]:
        return [(departments.get(old.department, old.department), types.get(one, one)) for one in old.types]

    stood = Counter(place for place, _ in dict.fromkeys((one, old.partner) for old in olds for one in places(old)))

    def beside_another(old: Entry, _: Entry) -> bool:
        return any(stood[place] > 1 for place in places(old))

    def as_it_was(old: Entry, new: Entry) -> bool:
        came = not any((new.department, one) in stood for one in new.types)
        return came and replace(old, partner=new.partner, department=new.department) == new

    pairs: list[Pair] = []
    for alike in ((beside_another, as_it_was), (department, a_type), (department,), (a_type,)):
        for new in list(news):
            old = next((entry for entry in olds if all(test(entry, new) for test in alike)), None)
            if old is not None:
                pairs.append((old, new))
                olds = [entry for entry in olds if entry is not old]
                news = [entry for entry in news if entry is not new]
    return tuple(pairs), tuple(news)
