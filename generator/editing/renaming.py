"""One id for another, everywhere; where the other is taken, the two entries become one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator.editing.inventory import Item, departments, entries_of, listed, partners
from generator.editing.joining import Conflict, Decide, Joining, Side, texts_of, written
from generator.editing.plan import Plan
from generator.model import COMPANY
from generator.schema import Reference

Housed = tuple[str, Item]
"""An entry with the id of its department."""


class Renaming:
    """The files in which an entry gets the id of another, or a new one.

    `means` tells what a written type stands for.  `acquired` is what is to be remembered of a partner that another
    company bought, which was `called` so where it is no partner yet: nobody was ever called by the other name.
    `conflicts` is what keeps two entries from becoming one; `texts` may be used where there are none.
    """

    def __init__(
        self,
        plan: Plan,
        kind: str,
        old: str,
        new: str,
        means: Callable[[str], str | None],
        decide: Decide | None = None,
        acquired: Sequence[Mapping[str, Any]] = (),
        called: str = "",
    ) -> None:
        self._plan, self._documents = plan, plan.documents
        self._kind, self._old, self._new = kind, old, new
        self._means, self._acquired, self._called = means, acquired, called
        self._joining = Joining(plan, kind, new, means, decide)
        self.conflicts = self._joining.conflicts
        self._gone: set[str] = set()
        {"partner": self._partner, "person": self._person, "type": self._type, "department": self._department}[kind]()
        self._references()

    def texts(self) -> dict[str, str | None]:
        """The new text of each file that changes; None for one in which nothing stands any more."""
        texts: dict[str, str | None] = {**self._plan.texts()}
        own = f"partners/{self._old}.yml"
        if self._kind == "department" and own in texts and self._new not in self._known_departments():
            # A file that bears the name of its department goes on doing so.
            renamed = f"partners/{self._new}.yml"
            if renamed not in self._documents and [one.id for one in departments({own: self._documents[own]})] == [
                self._old
            ]:
                texts |= {renamed: texts[own], own: None}
        return texts | dict.fromkeys(self._gone)

    def _known_departments(self) -> set[str]:
        return {department.id for department in departments(self._documents)}

    # --- partners -------------------------------------------------------------------------

    def _partner(self) -> None:
        company = (*COMPANY, *(field.id for field in self._plan.custom if field.on_partner))
        entries = list(entries_of(self._documents, self._old))
        there = list(entries_of(self._documents, self._new))
        staying = [entry for _, entry in there]
        former = [] if self._acquired else [self._old]
        for (_, entry), target in zip(entries, self._twins(entries, there), strict=True):
            if target is not None:
                # What sold through the other one sells by itself now.
                alone = ("via",) if entry.data.get("via") in (self._old, self._new) else ()
                own = company if self._acquired else ("name", "formerly")
                self._joining.join(target, entry, ("id", *own, *alone))
                former += [] if self._acquired else texts_of(entry, "formerly")
                continue
            staying.append(entry)
            draft = self._plan.draft(entry.file)
            draft.replace((*entry.route, "id"), self._new)
            gone = company if self._acquired else ("name",) if there else ()
            # Where nobody has recorded the company that bought it, its name stands in place of the other one.
            if named := bool(self._acquired) and not there and entry is entries[0][1]:
                draft.set(entry.route, "name", self._called)
            for field in [field for field in gone if field in entry.data and not (named and field == "name")]:
                draft.drop(entry.route, field, spare=True)
        self._remember(staying, former)
        self._parents()
        if self._acquired:
            self._plan.draft(staying[0].file).add((*staying[0].route, "acquired"), *self._acquired)

    def _twins(self, entries: Sequence[Housed], there: Sequence[Housed]) -> list[Item | None]:
        """What each of the entries becomes one with in its department; of one company, also one of other types."""
        homes = [[one for home, one in there if home == department] for department, _ in entries]
        twins = [self._joining.twin(entry, home) for (_, entry), home in zip(entries, homes, strict=True)]
        if self._acquired:
            return twins
        return [twin or self._joining.any_of(home) for twin, home in zip(twins, homes, strict=True)]

    def _parents(self) -> None:
        """Whatever belonged to the one that goes belongs to the other; that does not belong to itself."""
        names = {str(entry.data["name"]) for _, entry in entries_of(self._documents, self._old) if "name" in entry.data}
        known = {self._old, *(names if self._acquired else ())}
        for department in departments(self._documents):
            for entry in partners(self._documents, department):
                dropped = entry.id == self._old and bool(self._acquired)
                removed = (entry.file, entry.route) in self._joining.removed
                if entry.data.get("parent") not in known or removed or dropped:
                    continue
                if entry.id in (self._old, self._new):
                    self._plan.draft(entry.file).drop(entry.route, "parent", spare=True)
                else:
                    self._plan.draft(entry.file).replace((*entry.route, "parent"), self._new)

    def _remember(self, staying: Sequence[Item], former: Sequence[str]) -> None:
        """Write the former ids into the first of the entries; the new id is none of them any more."""
        for number, entry in enumerate(staying):
            before, draft = texts_of(entry, "formerly"), self._plan.draft(entry.file)
            added = [ident for ident in dict.fromkeys(former) if ident not in (*before, self._new)]
            added = added if not number else []
            if self._new in before:
                # It is an id of today again.
                draft.set(entry.route, "formerly", [*(ident for ident in before if ident != self._new), *added])
            elif added:
                draft.add((*entry.route, "formerly"), *added)

    # --- people, departments, types -------------------------------------------------------

    def _person(self) -> None:
        people = {entry.id: entry for entry in listed(self._documents, "people.yml", ("people",))}
        old, new = people.get(self._old), people.get(self._new)
        if old is not None and new is not None:
            self._joining.join(new, old, ("id", "name", "formerly"))
            self._remember([new], [self._old, *texts_of(old, "formerly")])
        elif old is not None:
            self._plan.draft("people.yml").replace((*old.route, "id"), self._new)
            self._remember([old], [self._old])

    def _department(self) -> None:
        found = {department.id: department for department in departments(self._documents)}
        old, new = found[self._old], found.get(self._new)
        if new is None:
            self._plan.draft(old.file).replace((*old.route, "id"), self._new)
            self._remember([old], [self._old])
            return
        source, target = self._plan.draft(old.file), self._plan.draft(new.file)
        there, comments = list(partners(self._documents, new)), Counter[str]()
        for entry in partners(self._documents, old):
            twin = self._joining.twin(entry, [one for one in there if one.id == entry.id])
            if twin is None:
                moved = source.lifted(entry.route)
                target.add((*new.route, "partners"), moved)
                comments.update(moved.comments)
                continue
            if entry.data.get("lead") == "true" and twin.data.get("lead") != "true":
                target.set(twin.route, "lead", True)
            comments.update(source.comments(entry.route))
            self._joining.join(twin, entry, ("id", "lead"), remove=False)
        for field in ("contact", "reviewers", "lead"):
            if written(old, field, {}) is not None and written(new, field, {}) is None:
                target.set(new.route, field, old.data[field])
        self._remember([new], [self._old, *texts_of(old, "formerly")])
        self._joining.removed.add((old.file, old.route))
        remarks = source.comments(old.route)
        if len(list(listed(self._documents, old.file, ("departments",)))) == 1:
            self._gone.add(old.file)
            remarks = source.all_comments()
        else:
            source.remove(old.route, spare=not remarks)
        own = Counter(remarks) - comments
        target.remark(new.route, [remark for remark in remarks if own[remark] and not own.subtract([remark])])

    def _type(self) -> None:
        types = {entry.id: entry for entry in listed(self._documents, "taxonomy.yml", ("types",))}
        old, draft = types[self._old], self._plan.draft("taxonomy.yml")
        target = types.get(self._new, old)
        aliases = [self._old]
        if target is old:
            draft.replace((*old.route, "id"), self._new)
        else:
            aliases += [str(old.data["name"]), *texts_of(old, "aliases")]
            self._joining.join(target, old, ("id", "name", "aliases"))
        # Capitals make no other name.
        known = {name.casefold() for name in (*texts_of(target, "aliases"), str(target.data["name"]), self._new)}
        if added := {alias.casefold(): alias for alias in reversed(aliases) if alias.casefold() not in known}:
            draft.add((*target.route, "aliases"), *reversed(added.values()))

    # --- whatever names it ----------------------------------------------------------------

    def _references(self) -> None:
        for file, reference in self._plan.references(self._kind):
            if any(file == where and reference.route[: len(route)] == route for where, route in self._joining.removed):
                continue
            if self._through_itself(file, reference):
                self._plan.draft(file).drop(reference.route[:-1], str(reference.route[-1]), spare=True)
                continue
            beside = self._other_name(file, reference)
            alone = not beside and not self._of_itself(file, reference)
            if reference.written != self._old and (
                alone or self._kind != "type" or self._means(reference.written) != self._old
            ):
                # Another name of a type leads to the new one, too.
                continue
            if reference.key and beside:
                self._join_names(file, reference, beside)
            elif not alone:
                self._plan.draft(file).remove(reference.route, spare=True)
            else:
                self._plan.draft(file).replace(reference.route, self._new, key=reference.key)

    def _through_itself(self, file: str, reference: Reference) -> bool:
        """Whether one of two partners that become one sells through the other."""
        both = (self._old, self._new)
        if self._kind != "partner" or reference.route[-1] != "via" or reference.written not in both:
            return False
        return str(self._plan.value(file, reference.route[:-1])["id"]) in both

    def _other_name(self, file: str, reference: Reference) -> str | None:
        """What the list or the mapping that holds a reference writes for the other entry, where it names that, too."""
        if not reference.key and not isinstance(reference.route[-1], int):
            return None
        holder = self._plan.value(file, reference.route[:-1])
        names = (
            [name for name in holder if name != reference.written]
            if reference.key
            else [name for index, name in enumerate(holder) if index != reference.route[-1]]
        )
        means = self._means if self._kind == "type" else str
        return next((name for name in names if isinstance(name, str) and self._new in (name, means(name))), None)

    def _join_names(self, file: str, reference: Reference, other: str) -> None:
        """Two names of a mapping become one, if they stand for the same."""
        holder, name = reference.route[:-1], str(reference.route[-1])
        draft, value = self._plan.draft(file), self._plan.value(file, reference.route)
        if value != self._plan.value(file, (*holder, other)):
            places = ((file, (*holder, key), True) for key in (other, name))
            if (kept := self._joining.decided(Conflict(str(holder[-1]), *places))) is None:
                return
            if kept is Side.SOURCE:
                draft.replace((*holder, other), str(value))
        draft.drop(holder, name, spare=True)

    def _of_itself(self, file: str, reference: Reference) -> bool:
        """Whether a type would be listed as confused with itself."""
        entry = self._plan.value(file, reference.route[:2]) if reference.route[2:3] == ("confused_with",) else {}
        return str(entry.get("id")) == self._new
