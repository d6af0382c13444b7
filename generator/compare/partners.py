"""What became different about partners, each department's entry told by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.compare.changes import Change, ChangeKind
from generator.compare.deltas import Compared, Delta, was_as
from generator.compare.phrases import Phrases, called, reads_as
from generator.model import Entry, Partner, Playbook
from generator.words import series


def partner_changes(compared: Compared) -> Iterator[Change]:
    """Every change of the inventory, in no order."""
    by_partner: dict[str, list[Delta]] = {}
    known = compared.ids["partner"]
    for delta in compared.deltas:
        if delta.kind in ("partner", "entry"):
            own = delta.after or known.get(delta.before or "", delta.joined or delta.before or "")
            if delta.kind == "entry":
                old, _, _ = (delta.before or "").partition("/")
                own = delta.after.partition("/")[0] if delta.after is not None else known.get(old, old)
            by_partner.setdefault(own, []).append(delta)
    phrases = Phrases(compared)
    olds: dict[str, list[Partner]] = {}
    for was in compared.before.partners.values():
        olds.setdefault(known.get(was.id, was.id), []).append(was)
    for ident, deltas in by_partner.items():
        were = sorted(olds.get(ident, ()), key=lambda old: old.id != ident)
        yield from _About(compared, phrases, ident, deltas, were).changes()


@dataclass(frozen=True)
class _About:
    """Tells the changes of one partner, whose id of today or, where it is gone, of before is `ident`.

    `olds` is what it was before, first the one that it was most of all.
    """

    compared: Compared
    phrases: Phrases
    ident: str
    deltas: Sequence[Delta]
    olds: Sequence[Partner]

    def changes(self) -> Iterator[Change]:
        before, after = self.compared.before, self.compared.after
        if self.ident not in after.partners:
            gone = before.partners[self.ident]
            yield self._change(ChangeKind.REMOVED, "is no longer in the inventory", name=gone.name, deltas=self.deltas)
        elif not self.olds:
            partner = after.partners[self.ident]
            yield self._change(ChangeKind.ADDED, _arrival(after, partner), deltas=self.deltas)
        else:
            yield from self._company()
            yield from self._entries(len(self.olds) > 1)

    def _company(self) -> Iterator[Change]:
        deltas = {delta.before: delta for delta in self.deltas if delta.kind == "partner"}
        own = next((delta for delta in deltas.values() if delta.after is not None), None)
        told = []
        bought = [delta for delta in deltas.values() if self._was_bought(delta)]
        if bought:
            # What no department had recorded before has another name than the one that it bought.
            told += ["acquired", *(("name",) if own in bought else ())]
            parts = [own.of(*told)] if own is not None else []
            names = series(dict.fromkeys(self.compared.before.partners[delta.before or ""].name for delta in bought))
            merged = [*(delta for delta in bought if delta is not own), *self._joined_entries(), *parts]
            yield self._change(ChangeKind.MERGED, f"has acquired {names}", deltas=merged)
        if joined := [delta for delta in deltas.values() if delta.after is None and delta not in bought]:
            names = series([self.compared.before.partners[delta.before or ""].name for delta in joined])
            partner = self.compared.after.partners[self.ident]
            same = all(reads_as(old.name) == reads_as(partner.name) for old in self.olds)
            words = f"; it was recorded {len(self.olds)} times" if same else ""
            words = f"is one partner{'' if same else f' with {names}'} now{words}"
            more = own.of("formerly") if own is not None and own.before == own.after else None
            told += ["formerly"] if more is not None else []
            entries = self._joined_entries() if not bought else []
            merged = [*joined, *entries, *([more] if more is not None and more.values else [])]
            yield self._change(ChangeKind.MERGED, words, deltas=merged)
        if own is None:
            return
        if own.before != own.after and own not in bought:
            words = f"has the id {own.after} instead of {own.before}"
            yield self._change(ChangeKind.NAME, words, deltas=[own.of("formerly")])
            told.append("formerly")
        if "name" in own.values and "name" not in told:
            yield self._change(ChangeKind.NAME, called(*own.values["name"]), deltas=[own.of("name")])
        for field in own.values:
            if field not in ("name", *told):
                yield self._detail(own, field)

    def _was_bought(self, delta: Delta) -> bool:
        """Whether what was there before is one of the companies that the partner of today has bought since."""
        partner = self.compared.after.partners[self.ident]
        return delta.before != self.ident and delta.before in [one.id for one in partner.acquired]

    def _joined_entries(self) -> list[Delta]:
        """Those of the entries that joined another one in their department."""
        return [delta for delta in self.deltas if delta.kind == "entry" and delta.after is None and self._joined(delta)]

    def _joined(self, delta: Delta) -> bool:
        before, department, _ = (delta.before or "").split("/", 2)
        now = self.compared.ids["department"].get(department, department)
        partner = self.compared.after.partners[self.ident]
        return now in partner.departments and before in (*self.compared.ids["partner"], self.ident)

    def _entries(self, merged: bool) -> Iterator[Change]:
        deltas = [delta for delta in self.deltas if delta.kind == "entry"]
        changed = {delta.after: delta for delta in deltas if delta.before is not None and delta.after is not None}
        divided: dict[str, list[Delta]] = {}
        for old, new in self.compared.pairs.get(self.ident, ()):
            delta = next((delta for delta in changed.values() if delta.place_after is new.place), None)
            yield from self._entry(old, new, delta)
            if delta is not None and self._divided(old, new, delta):
                divided.setdefault(new.department, []).append(delta.of("types"))
        added = [delta for delta in deltas if delta.before is None]
        for entry in self.compared.new.get(self.ident, ()):
            own = [delta for delta in added if delta.place_after is entry.place]
            own += divided.pop(entry.department, ())
            yield self._change(ChangeKind.DEPARTMENT, self._one_more(entry), department=entry.department, deltas=own)
        for delta in deltas:
            if delta.after is None and not (merged and self._joined(delta)):
                department = (delta.before or "").split("/", 2)[1]
                own = [delta, *divided.pop(self._today(department), ())]
                yield self._change(ChangeKind.DEPARTMENT, self._gone(department), department=department, deltas=own)
        for department, own in divided.items():
            words = f"has its types divided otherwise among its entries {self.phrases.where(department)}"
            yield self._change(ChangeKind.TYPE, words, department=department, deltas=own)

    def _today(self, department: str) -> str:
        return self.compared.ids["department"].get(department, department)

    @cached_property
    def _counted(self) -> Mapping[tuple[str, str], set[str]]:
        """As which types each of `olds` counted, by its id and the department."""
        types, counted = self.compared.ids["type"], dict[tuple[str, str], set[str]]()
        for entry in (entry for old in self.olds for entry in old.entries):
            department = self._today(entry.department)
            counted.setdefault((entry.partner, department), set()).update(types.get(one, one) for one in entry.types)
        return counted

    @cached_property
    def _counts(self) -> Mapping[str, set[str]]:
        """As which types it counts, by department."""
        counts: dict[str, set[str]] = {}
        for entry in self.compared.after.partners[self.ident].entries:
            counts.setdefault(entry.department, set()).update(entry.types)
        return counts

    def _one_more(self, entry: Entry) -> str:
        after, before = self.compared.after, {department for _, department in self._counted}
        owner = f", owned by {after.person_name(entry.owner)}" if entry.owner is not None else ", with no owner"
        types = self.phrases.names("type", [*entry.types])
        where = self.phrases.where(entry.department)
        if entry.department in before:
            return f"has one entry more {where}, as {types}{owner}"
        elsewhere = not before.isdisjoint(self._counts)
        return f"is managed {where}{', too' if elsewhere else ' now'}, as {types}{owner}"

    def _gone(self, department: str) -> str:
        """An entry may go while another one of the same department stays."""
        now = self._today(department)
        if now in self._counts:
            return f"has one entry less {self.phrases.where(now)}"
        return f"is no longer recorded {self.phrases.where(now)}"

    def _entry(self, old: Entry, new: Entry, delta: Delta | None) -> Iterator[Change]:
        where = self.phrases.where(new.department)
        was = self._today(old.department)
        if was != new.department and delta is not None:
            there, here = (self.phrases.name("department", one) for one in (was, new.department))
            several = sum(self._today(one.department) == was for then in self.olds for one in then.entries) > 1
            which = f", as {self.phrases.names('type', [*new.types])}" if several else ""
            words = f"has moved from {there} to {here}{which}"
            yield self._change(ChangeKind.MOVED, words, department=new.department, deltas=[delta.of()])
        yield from self._modes(old, new, delta, where)
        if delta is None:
            return
        values = delta.values
        told = {"status", "owner", "types", "mode", "reviewed", "agreements"}
        if "status" in values:
            told |= {"end"} if new.ended else set()
            yield self._status(old, new, delta, where)
        if "owner" in values:
            yield self._of(delta, ChangeKind.OWNER, self._owners(*values["owner"], where), "owner")
        if "types" in values and not self._divided(old, new, delta):
            yield self._types(old, new, delta, where)
        if "reviewed" in values:
            yield self._review(delta, where)
        if "agreements" in values:
            yield self._agreements(delta, where)
        for field in values:
            if field not in told:
                yield self._detail(delta, field, where)

    def _status(self, old: Entry, new: Entry, delta: Delta, where: str) -> Change:
        if not new.ended:
            words = f"has the status {new.status} instead of {old.status} {where}"
            return self._of(delta, ChangeKind.STATUS, words, "status")
        how = f" on {new.end.date}: {new.end.why}" if new.end is not None else ""
        return self._of(delta, ChangeKind.ENDED, f"has ended {where}{how}", "status", "end")

    def _owners(self, old: str | None, new: str | None, where: str) -> str:
        if new is None:
            return f"has no owner {where} any more; it was {self.phrases.name('person', old or '')}"
        return f"is owned by {self.phrases.person(old, new)} {where}"

    def _divided(self, old: Entry, new: Entry, delta: Delta) -> bool:
        """Whether it counts as it did in that department, and types only changed from one of its entries to another."""
        olds, news = delta.values.get("types", ([], []))
        return {*(olds or ())} != {*(news or ())} and not any(self._came_and_went(old, new, delta))

    def _came_and_went(self, old: Entry, new: Entry, delta: Delta) -> tuple[list[str], list[str]]:
        """The types as which it counts since, and those as which it no longer does, whichever entry has them."""
        olds, news = (types or [] for types in delta.values["types"])
        counted = self._counted.get((old.partner, new.department), set())
        came = [one for one in news if one not in olds and one not in counted]
        return came, [one for one in olds if one not in news and one not in self._counts[new.department]]

    def _types(self, old: Entry, new: Entry, delta: Delta, where: str) -> Change:
        added, removed = (self.phrases.names("type", types) for types in self._came_and_went(old, new, delta))
        if not added and not removed:
            return self._detail(delta, "types", where)
        if added:
            words = f"counts as {added}{f' instead of {removed}' if removed else ', too,'} {where}"
        else:
            words = f"no longer counts as {removed} {where}"
        return self._of(delta, ChangeKind.TYPE, words, "types")

    def _modes(self, old: Entry, new: Entry, delta: Delta | None, where: str) -> Iterator[Change]:
        """How it is managed, where that is another way for a reason of its own: not because its type is."""
        before = was_as(old, self.compared.ids)
        known = self.compared.ids["mode"]
        values = delta.values if delta is not None else {}
        olds, news = (chosen or {} for chosen in values.get("mode", (None, None)))
        part = [delta.of("mode")] if delta is not None and "mode" in values else []
        for relationship in new.relationships:
            if olds.get(relationship.type) == news.get(relationship.type) and "offer_stage" not in values:
                continue
            was = before.get(relationship.type)
            mode = known.get(was.mode, was.mode) if was is not None else relationship.mode
            if mode != relationship.mode:
                as_type = self.phrases.name("type", relationship.type)
                words = f"{self.phrases.managed(mode, relationship.mode)}, as {as_type} {where}"
                yield self._change(ChangeKind.MODE, words, department=new.department, deltas=part)
                part = []
        if part:
            # Managed as before, but now as expected, or no longer.
            yield self._detail(part[0], "mode", where)

    def _review(self, delta: Delta, where: str) -> Change:
        old, new = delta.values["reviewed"]
        # Days compare as they are written.
        if new is None or (old is not None and new["date"] <= old["date"]):
            return self._detail(delta, "reviewed", where)
        words = f"was reviewed {where} on {self.phrases.value('entry', 'reviewed', new)}"
        return self._of(delta, ChangeKind.REVIEW, words, "reviewed")

    def _agreements(self, delta: Delta, where: str) -> Change:
        olds, news = (agreements or [] for agreements in delta.values["agreements"])
        found = self.phrases.of_list("entry", "agreements", olds, news)
        what = "has other agreements" if found.added or found.removed else "has new details of agreements"
        words = f"{what} {where}: {self.phrases.difference('entry', 'agreements', olds, news)}"
        return self._of(delta, ChangeKind.AGREEMENT, words, "agreements")

    def _detail(self, delta: Delta, field: str, where: str = "") -> Change:
        named = self.phrases.label(delta.kind, field)
        difference = self.phrases.difference(delta.kind, field, *delta.values[field])
        words = f"has new details{f' {where}' if where else ''}: {named} ({difference})"
        return self._of(delta, ChangeKind.DETAIL, words, field, detail=named)

    def _of(self, delta: Delta, kind: ChangeKind, words: str, *fields: str, detail: str = "") -> Change:
        department = (delta.after or "").split("/", 2)[1] if delta.kind == "entry" else None
        return self._change(kind, words, department=department, deltas=[delta.of(*fields)], detail=detail)

    def _change(
        self, kind: ChangeKind, words: str, *, name: str = "", department: str | None = None,
        deltas: Sequence[Delta] = (), detail: str = "",
    ) -> Change:  # fmt: skip
        name = name or self.compared.after.partners[self.ident].name
        return Change(kind, self.ident, name, words, department, tuple(deltas), detail)


def _arrival(playbook: Playbook, partner: Partner) -> str:
    types: Mapping[str, object] = playbook.types
    as_types = series([playbook.types[type_id].name for type_id in partner.types if type_id in types])
    departments = series([playbook.departments[department].name for department in partner.departments])
    owners = dict.fromkeys(entry.owner for entry in partner.entries if entry.owner is not None)
    owned = f"owned by {series([playbook.person_name(owner) for owner in owners])}" if owners else "with no owner yet"
    return f"is new in {departments}, as {as_types}, {owned}"
