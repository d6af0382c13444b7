"""What differs between two states of the inventory, told partner by partner in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from generator.model import FIELDS, Entry, Partner, Playbook, Review, frozen
from generator.words import series


class ChangeKind(Enum):
    """Of a change, in the order in which changes are told."""

    ADDED = "added"
    REMOVED = "removed"
    ENDED = "ended"
    MOVED = "moved"
    DEPARTMENT = "department"
    STATUS = "status"
    OWNER = "owner"
    TYPE = "type"
    MODE = "mode"
    NAME = "name"
    AGREEMENT = "agreement"
    REVIEW = "review"
    DETAIL = "detail"


@dataclass(frozen=True)
class Change:
    """What became different about a partner: `name` and `words` make a sentence without its period.

    `department` is the id of the one whose entry it is about; None where it is about the partner.
    """

    kind: ChangeKind
    partner: str
    name: str
    words: str
    department: str | None = None

    def __str__(self) -> str:
        return f"{self.name} {self.words}"


@dataclass(frozen=True)
class Edition:
    """What one commit changed; `id` is its name in git, `moment` has a time zone."""

    id: str
    moment: datetime
    author: str
    changes: tuple[Change, ...]

    @property
    def about(self) -> str:
        """The partners that it is about: the first few, and how many more."""
        names = list(dict.fromkeys(change.name for change in self.changes))
        return f"{', '.join(names[:3])} and {len(names) - 3} more" if len(names) > 3 else series(names)


_DETAILS = {field.id: field.words for field in FIELDS if field.words}
_COMPANY = {"domain": "web site", "parent": "the company that it belongs to", "ids": "its ids in other systems"}

_Pair = tuple[Entry, Entry]


def changes_between(before: Playbook, after: Playbook) -> tuple[Change, ...]:
    """Every change of the inventory, by kind, then by the partner's name.

    A partner whose former id is recorded is the same partner; so is an entry that moved.
    """
    changes = sorted(_changes(before, after), key=lambda change: change.name.casefold())
    order = {kind: place for place, kind in enumerate(ChangeKind)}
    return tuple(sorted(changes, key=lambda change: order[change.kind]))


def _changes(before: Playbook, after: Playbook) -> Iterator[Change]:
    remaining = dict(before.partners)
    # Where all else is the same, so are partners of whom the same is recorded: that is nearly all of them.
    alike = replace(before, partners=frozen({}), history=()) == replace(after, partners=frozen({}), history=())
    for partner in after.partners.values():
        olds = [remaining.pop(partner_id) for partner_id in (partner.id, *partner.formerly) if partner_id in remaining]
        if not olds:
            yield Change(ChangeKind.ADDED, partner.id, partner.name, _arrival(after, partner))
            continue
        if alike and len(olds) == 1 and (olds[0] is partner or olds[0] == partner):
            continue
        comparison = _Comparison(before, after, partner)
        yield from comparison.company(olds)
        yield from comparison.entries([entry for old in olds for entry in old.entries])
    for partner in remaining.values():
        yield Change(ChangeKind.REMOVED, partner.id, partner.name, "is no longer in the inventory")


def type_now(before: Playbook, after: Playbook, type_id: str) -> str:
    """The id that a type has afterwards: another one where its old id became an alias, or its name has a new id."""
    if type_id in after.types:
        return type_id
    name = before.types[type_id].name
    candidates = (
        partner_type.id
        for partner_type in after.types.values()
        if type_id in partner_type.aliases or partner_type.name == name
    )
    return next(candidates, type_id)


def _arrival(playbook: Playbook, partner: Partner) -> str:
    types = series([playbook.types[type_id].name for type_id in partner.types])
    departments = series([playbook.departments[department].name for department in partner.departments])
    owners = dict.fromkeys(entry.owner for entry in partner.entries if entry.owner is not None)
    owned = f"owned by {series([playbook.person_name(owner) for owner in owners])}" if owners else "with no owner yet"
    return f"is new in {departments}, as {types}, {owned}"


@dataclass(frozen=True)
class _Comparison:
    """Tells the changes of one partner; names come from the state that they belong to."""

    before: Playbook
    after: Playbook
    partner: Partner

    def company(self, olds: list[Partner]) -> Iterator[Change]:
        name = self.partner.name
        if called := [old.name for old in olds if old.name != name]:
            yield self._about(ChangeKind.NAME, f"was called {series(called)} before")
        if merged := [old.name for old in olds[1:] if old.name == name]:
            yield self._about(ChangeKind.NAME, f"is one partner now; it was recorded {len(merged) + 1} times")
        if different := [words for field, words in _COMPANY.items() if _differ(olds[0], self.partner, field)]:
            yield self._about(ChangeKind.DETAIL, f"has new details: {series(different)}")

    def entries(self, olds: list[Entry]) -> Iterator[Change]:
        pairs, removed, added = _matched(olds, list(self.partner.entries))
        for old, new in pairs:
            if old.department != new.department:
                origin = self.before.departments[old.department].name
                yield self._about(ChangeKind.MOVED, f"has moved from {origin} to {self._department(new)}", new)
            yield from self._entry(old, new)
        for entry in added:
            owner = (
                f", owned by {self.after.person_name(entry.owner)}" if entry.owner is not None else ", with no owner"
            )
            types = series([self.after.types[type_id].name for type_id in entry.types])
            yield self._about(
                ChangeKind.DEPARTMENT, f"is managed in {self._department(entry)}, too, as {types}{owner}", entry
            )
        for entry in removed:
            origin = self.before.departments[entry.department].name
            yield self._about(ChangeKind.DEPARTMENT, f"is no longer recorded in {origin}", entry)

    def _entry(self, old: Entry, new: Entry) -> Iterator[Change]:
        where = f"in {self._department(new)}"
        if old.status != new.status:
            if new.ended:
                yield self._about(ChangeKind.ENDED, f"has ended {where}", new)
            else:
                words = f"has the status {new.status} instead of {old.status} {where}"
                yield self._about(ChangeKind.STATUS, words, new)
        if not self._same(old.owner, new.owner):
            yield self._about(ChangeKind.OWNER, self._owners(old.owner, new.owner, where), new)
        yield from self._relationships(old, new, where)
        if new.reviewed is not None and not self._same_review(old.reviewed, new.reviewed):
            by = self.after.person_name(new.reviewed.by)
            yield self._about(ChangeKind.REVIEW, f"was reviewed {where} on {new.reviewed.date} by {by}", new)
        if old.agreements != new.agreements:
            yield self._about(ChangeKind.AGREEMENT, f"has other agreements {where}: {self._agreements(old, new)}", new)
        if different := [words for field, words in _DETAILS.items() if self._differs(old, new, field)]:
            yield self._about(ChangeKind.DETAIL, f"has new details {where}: {series(different)}", new)

    def _differs(self, old: Entry, new: Entry, field: str) -> bool:
        if field in ("sponsor", "backup_owner"):
            return not self._same(getattr(old, field), getattr(new, field))
        return _differ(old, new, field)

    def _same_review(self, old: Review | None, new: Review) -> bool:
        return old is not None and old.date == new.date and self._same(old.by, new.by)

    def _same(self, old: str | None, new: str | None) -> bool:
        """Whether two ids are of one person, who may have a new id."""
        if old is None or new is None or old in self.after.people:
            return old == new
        return self.before.person_name(old) == self.after.person_name(new)

    def _owners(self, old: str | None, new: str | None, where: str) -> str:
        was = self.before.person_name(old) if old is not None else "nobody"
        if new is None:
            return f"has no owner {where} any more; it was {was}"
        return f"is owned by {self.after.person_name(new)} instead of {was} {where}"

    def _relationships(self, old: Entry, new: Entry, where: str) -> Iterator[Change]:
        modes_before = {
            type_now(self.before, self.after, relationship.type): relationship.mode
            for relationship in old.relationships
        }
        added = [self.after.types[type_id].name for type_id in new.types if type_id not in modes_before]
        known = {**self.before.types, **self.after.types}
        removed = [known[type_id].name for type_id in modes_before if type_id not in new.types]
        if added:
            instead = f" instead of {series(removed)}" if removed else ", too,"
            yield self._about(ChangeKind.TYPE, f"counts as {series(added)}{instead} {where}", new)
        elif removed:
            yield self._about(ChangeKind.TYPE, f"no longer counts as {series(removed)} {where}", new)
        for relationship in new.relationships:
            mode = modes_before.get(relationship.type, relationship.mode)
            if mode != relationship.mode:
                now, then = self.after.modes[relationship.mode].name, self.before.modes[mode].name
                words = f"is managed by {now} instead of {then}"
                yield self._about(
                    ChangeKind.MODE, f"{words}, as {self.after.types[relationship.type].name} {where}", new
                )

    @staticmethod
    def _agreements(old: Entry, new: Entry) -> str:
        added = [agreement for agreement in new.agreements if agreement not in old.agreements]
        named = [
            f"{agreement.kind} {agreement.ref}".strip() + (f" until {agreement.ends}" if agreement.ends else "")
            for agreement in added
        ]
        removed = len([agreement for agreement in old.agreements if agreement not in new.agreements])
        return series(
            [*named, *([f"{removed} recorded before {'is' if removed == 1 else 'are'} gone"] if removed else [])]
        )

    def _department(self, entry: Entry) -> str:
        return self.after.departments[entry.department].name

    def _about(self, kind: ChangeKind, words: str, entry: Entry | None = None) -> Change:
        department = entry.department if entry is not None else None
        return Change(kind, self.partner.id, self.partner.name, words, department)


def _matched(olds: list[Entry], news: list[Entry]) -> tuple[list[_Pair], list[Entry], list[Entry]]:
    """Which old entry became which new one, which is left behind, and which is new.

    First those of one department with a type in common, then any of one department, then those that
    moved with a type in common.
    """

    def department(old: Entry, new: Entry) -> bool:
        return old.department == new.department

    def types(old: Entry, new: Entry) -> bool:
        return not set(old.types).isdisjoint(new.types)

    pairs: list[_Pair] = []
    for alike in ((department, types), (department,), (types,)):
        for new in list(news):
            old = next((entry for entry in olds if all(test(entry, new) for test in alike)), None)
            if old is not None:
                pairs.append((old, new))
                olds = [entry for entry in olds if entry is not old]
                news = [entry for entry in news if entry is not new]
    return pairs, olds, news


def _differ(old: object, new: object, field: str) -> bool:
    before: object = getattr(old, field)
    after: object = getattr(new, field)
    return before != after
