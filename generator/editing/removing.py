"""Something that goes, if nothing names it any more."""

from __future__ import annotations

from collections.abc import Callable

from generator.editing.inventory import Item, departments, entries_of, listed, partners
from generator.editing.plan import Plan
from generator.editing.tree import Route

_LISTED = {"person": ("people.yml", "people"), "type": ("taxonomy.yml", "types")}


class Removal:
    """Takes out what has an id.

    `found` are its entries, and `named` where something else says its id, or stands in it: the file and the route.
    `texts` may be used where there is no such place.
    """

    def __init__(self, plan: Plan, kind: str, ident: str, means: Callable[[str], str | None]) -> None:
        self._plan = plan
        self.found = _found(plan, kind, ident)
        inside = [(one.file, one.route) for one in self.found]
        self.named: list[tuple[str, Route]] = [
            (file, reference.route)
            for file, reference in plan.references(kind)
            if (means(reference.written) if kind == "type" else reference.written) == ident
            and not any(file == where and reference.route[: len(route)] == route for where, route in inside)
        ]
        for home in departments(plan.documents):
            for entry in partners(plan.documents, home):
                if kind == "partner" and entry.data.get("parent") == ident and entry.id != ident:
                    self.named.append((entry.file, (*entry.route, "parent")))
                if kind == "department" and home.id == ident:
                    self.named.append((entry.file, (*entry.route, "id")))
        self._gone: list[str] = []
        for one in self.found:
            draft = plan.draft(one.file)
            draft.remove(one.route, spare=not draft.comments(one.route))
            if kind == "department" and len(list(listed(plan.documents, one.file, ("departments",)))) == 1:
                self._gone += [one.file] if one.file != "partners.yml" else []

    def texts(self) -> dict[str, str | None]:
        """The new text of each file that changes; None for the file of a department alone."""
        return {**self._plan.texts(), **dict.fromkeys(self._gone)}


def _found(plan: Plan, kind: str, ident: str) -> list[Item]:
    if kind == "partner":
        return [entry for _, entry in entries_of(plan.documents, ident)]
    if kind == "department":
        return [one for one in departments(plan.documents) if one.id == ident]
    file, name = _LISTED[kind]
    return [one for one in listed(plan.documents, file, (name,)) if one.id == ident]
