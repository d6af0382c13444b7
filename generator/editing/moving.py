"""Entries that go to another department."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.editing.inventory import Item, partners
from generator.editing.joining import Decide, Joining
from generator.editing.plan import Plan


class Move:
    """Takes entries of a department to another one, with their comments, as they are written.

    Where that department has the same partner as one of its types already, the two become one; `conflicts` is what
    keeps them from that.
    """

    def __init__(
        self,
        plan: Plan,
        entries: Sequence[Item],
        target: Item,
        means: Callable[[str], str | None],
        decide: Decide | None = None,
    ) -> None:
        joining = Joining(plan, "department", target.id, means, decide)
        there = list(partners(plan.documents, target))
        for entry in entries:
            twin = joining.twin(entry, [one for one in there if one.id == entry.id])
            if twin is None:
                source = plan.draft(entry.file)
                moved = source.lifted(entry.route)
                plan.draft(target.file).add((*target.route, "partners"), moved)
                source.remove(entry.route, spare=not moved.lines)
                continue
            if entry.data.get("lead") == "true" and twin.data.get("lead") != "true":
                plan.draft(twin.file).set(twin.route, "lead", True)
            joining.join(twin, entry, ("id", "lead"))
        self.conflicts = joining.conflicts
