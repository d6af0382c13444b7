"""What became different about the company itself: departments, people, taxonomy, plans, settings, figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from generator.compare.changes import Change, ChangeKind
from generator.compare.deltas import Compared, Delta, was_as
from generator.compare.phrases import Phrases, called, noun
from generator.words import count

_KINDS: Mapping[str, ChangeKind] = {
    "department": ChangeKind.ORGANIZATION,
    "person": ChangeKind.PERSON,
    **dict.fromkeys(("type", "function", "group", "mode", "stage", "factor"), ChangeKind.TAXONOMY),
    **dict.fromkeys(("offer", "route", "objective", "program", "tool", "skill", "source", "rule"), ChangeKind.PLAN),
}
"""What is noticed as a whole; whatever else changes is a detail."""

_NOTICED = {
    *("name", "title", "lead", "department", "status", "active", "scope", "ends"),
    *("applies", "condition", "severity", "waivers"),
}
"""The fields that readers notice, of these kinds."""


def company_changes(compared: Compared) -> Iterator[Change]:
    """Every change but those of partners, in no order."""
    telling = _Telling(compared)
    for delta in compared.deltas:
        if delta.kind not in ("partner", "entry"):
            yield from telling.changes(delta)
    yield from telling.modes()


class _Telling:
    def __init__(self, compared: Compared) -> None:
        self._compared = compared
        self._phrases = Phrases(compared)
        # That something has another id, or became one with another, says which ids it had.
        renamed = {
            (one.kind, one.after or one.joined) for one in compared.deltas if one.before and one.before != one.after
        }
        self._formerly = {
            key: delta.of("formerly")
            for delta in compared.deltas
            if "formerly" in delta.values and (key := (delta.kind, delta.after)) in renamed
        }
        self._told: set[tuple[str, str | None]] = set()

    def changes(self, delta: Delta) -> Iterator[Change]:
        """What to say of one record."""
        if delta.place_before is None:
            yield self._whole(delta, self._arrival(delta))
        elif delta.after is None:
            yield self._whole(delta, self._departure(delta))
        else:
            if delta.before != delta.after and delta.kind != "promise":
                words = f"has the id {delta.after} instead of {delta.before}"
                yield self._change(
                    self._kind(delta), delta, words, *(self._known_as(delta, delta.after) or [delta.of()])
                )
            for field in delta.values:
                if field != "formerly" or (delta.kind, delta.after) not in self._formerly:
                    yield self._field(delta, field)

    def modes(self) -> Iterator[Change]:
        """How relationships are managed that follow their type, where it is managed in another way now."""
        types, modes = self._compared.ids["type"], self._compared.ids["mode"]
        followers: Counter[tuple[str, str, str]] = Counter()
        for pairs in self._compared.pairs.values():
            for old, new in pairs:
                if old.offer_stage != new.offer_stage or old.relationships == new.relationships:
                    continue
                olds = was_as(old, self._compared.ids)
                for one in new.relationships:
                    was = olds.get(one.type)
                    if was is None or not was.as_expected or not one.as_expected:
                        continue
                    if (then := modes.get(was.mode, was.mode)) == one.mode:
                        continue
                    # What has become one with another type follows that one now: the other one has not changed.
                    joined = types.get(was.type) in self._compared.before.types
                    followers[was.type if joined else one.type, then, one.mode] += 1
                    name = self._compared.after.partners[new.partner].name
                    where = f"as {self._phrases.name('type', one.type)} {self._phrases.where(new.department)}"
                    words = f"{self._phrases.managed(then, one.mode)}, {where}"
                    yield Change(ChangeKind.PART, new.partner, name, words, new.department)
        for (partner_type, then, now), number in followers.items():
            name = f"The type {self._phrases.name('type', partner_type)}"
            words = f"{self._phrases.managed(then, now)}, in {count(number, 'relationship')}"
            yield Change(ChangeKind.MODE, None, name, words)

    def _arrival(self, delta: Delta) -> str:
        match delta.kind:
            case "person":
                where = delta.values.get("department", (None, None))[1]
                name = f", in {self._phrases.name('department', where)}" if where else ""
                left = ", as somebody who has left" if delta.values.get("active") == (None, False) else ""
                return f"is new among the people{left}{name}"
            case "department":
                number = sum(entry.department == delta.after for entry in self._compared.after.entries)
                return f"is new, with {count(number, 'entry', 'entries')}"
            case _:
                return "is new"

    def _departure(self, delta: Delta) -> str:
        if delta.kind == "person" and delta.joined is not None and delta.joined not in self._compared.after.people:
            return "is no longer listed among the people, but still named"
        shared = self._compared.after.ambiguous_aliases.get(delta.before or "", ())
        if delta.kind == "type" and delta.joined is None and shared:
            return f"has become {self._phrases.names('type', [*shared])}"
        if delta.joined is not None:
            return f"has become one with {self._phrases.name(delta.kind, delta.joined)}"
        return "is no longer listed among the people" if delta.kind == "person" else "is gone"

    def _field(self, delta: Delta, field: str) -> Change:
        old, new = delta.values[field]
        part = delta.of(field)
        noticed = self._kind(delta) if field in _NOTICED else ChangeKind.DETAIL
        if delta.kind == "order":
            return Change(ChangeKind.DETAIL, None, f"The {noun(delta.id)}s", "stand in another order", None, (part,))
        if delta.kind in _KINDS:
            match delta.kind, field:
                case "person", "active":
                    return self._change(noticed, delta, "is here again" if new else "has left", part)
                case "person", "department" if new is not None:
                    was = f" instead of {self._phrases.name('department', old)}" if old is not None else ""
                    return self._change(noticed, delta, f"works in {self._phrases.name('department', new)}{was}", part)
                case "department", "lead" if new is not None:
                    return self._change(noticed, delta, f"is led by {self._phrases.person(old, new)}", part)
                case _, ("name" | "title"):
                    return self._change(noticed, delta, called(old, new), part)
                case _, "status":
                    return self._change(noticed, delta, f"is {new} instead of {old}", part)
        named = self._phrases.label(delta.kind, field)
        words = f"{named} ({self._phrases.difference(delta.kind, field, old, new)})"
        return self._change(noticed, delta, f"has new details: {words}", part, detail=named)

    def _known_as(self, delta: Delta, ident: str | None) -> list[Delta]:
        """The former ids of what is known by that id; they are told once."""
        known = self._formerly.get((delta.kind, ident))
        if known is None or (delta.kind, ident) in self._told:
            return []
        self._told.add((delta.kind, ident))
        return [known]

    def _whole(self, delta: Delta, words: str) -> Change:
        return self._change(self._kind(delta), delta, words, delta, *self._known_as(delta, delta.joined))

    def _kind(self, delta: Delta) -> ChangeKind:
        return _KINDS.get(delta.kind, ChangeKind.DETAIL)

    def _change(self, kind: ChangeKind, delta: Delta, words: str, *parts: Delta, detail: str = "") -> Change:
        department = delta.after if delta.kind == "department" else None
        return Change(kind, None, self._name(delta), words, department, parts, detail)

    def _name(self, delta: Delta) -> str:
        name = self._phrases.name(delta.kind, delta.id) if delta.kind != "order" else delta.id
        match delta.kind:
            case "person":
                return name
            case "settings":
                return "The company"
            case "promise":
                types, _, modes = delta.id.partition("#")[0].partition("/")
                whom = [self._phrases.name("type", one) for one in types.split("+") if one]
                how = [self._phrases.name("mode", one) for one in modes.split("+") if one]
                return f"The promise to {', '.join([*whom, *how]) or 'all'}"
            case "snapshot":
                return f"The snapshot of {delta.id}"
            case _:
                return f"The {noun(delta.kind)} {name}"
