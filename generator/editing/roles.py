"""Who holds which role, wherever the data names a person, and how a role comes to somebody else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.editing.plan import Plan
from generator.editing.tree import Route

_ENTRY = ("departments", "partners")
_CALLED = {"backup_owner": "backup", ("departments", "lead"): "lead", ("objectives", "owner"): "objective"}
"""The roles that are not called what their field is."""


class Held(NamedTuple):
    """A role that somebody holds, and where that is written.

    `role` is owner, backup, sponsor or what a field of an entry is called, lead of a department, or objective.
    `holder` is the route of the entry, the department or the objective that it is a role in, and `id` the id of that.
    """

    role: str
    person: str
    file: str
    route: Route
    holder: Route
    id: str

    @property
    def in_entry(self) -> bool:
        """Whether it is a role in one department's work with one partner."""
        return len(self.holder) > 2


def roles(plan: Plan) -> Iterator[Held]:
    """Every role, in the order of the files.  Who reviewed something is no role: it is what happened."""
    for file, reference in plan.references("person"):
        names = tuple(step for step in reference.route if isinstance(step, str))
        if names[-2:] == ("reviewed", "by"):
            continue
        holder = reference.route[: 4 if names[:2] == _ENTRY else 2]
        field = names[2] if names[:2] == _ENTRY else names
        role = _CALLED.get(field, str(field if isinstance(field, str) else field[-1]))
        ident = str(plan.value(file, holder)["id"])
        yield Held(role, reference.written, file, reference.route, holder, ident)


def hand_over(plan: Plan, handed: Iterable[tuple[Held, str]]) -> None:
    """Give each of these roles to somebody else.

    Nobody stands in for themselves: where the owner and the backup of an entry become one, it has no backup any more.
    Where a list names that person already, it does so once.
    """
    became: dict[tuple[str, Route], str] = {(held.file, held.route): to for held, to in handed}
    gone: set[tuple[str, Route]] = set()
    for file, route in became:
        if isinstance(route[-1], int):
            others = [one for index, one in enumerate(plan.value(file, route[:-1])) if index != route[-1]]
            if became[file, route] in others:
                plan.draft(file).remove(route, spare=True)
                gone.add((file, route))
            continue
        holder = route[:-1]
        data = plan.value(file, holder)
        owner, backup = (became.get((file, (*holder, name)), data.get(name)) for name in ("owner", "backup_owner"))
        if backup and owner == backup and (file, (*holder, "backup_owner")) not in gone:
            plan.draft(file).drop(holder, "backup_owner", spare=True)
            gone.add((file, (*holder, "backup_owner")))
    for (file, route), to in became.items():
        if (file, route) not in gone:
            plan.draft(file).replace(route, to)
