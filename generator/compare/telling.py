"""Everything that differs between two states of the data, as changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.compare.changes import Change, ChangeKind, in_order
from generator.compare.company import company_changes
from generator.compare.deltas import Compared, Delta, compared
from generator.compare.partners import partner_changes
from generator.compare.takeovers import in_short
from generator.model import Playbook


def changes_between(before: Playbook, after: Playbook) -> tuple[Change, ...]:
    """Every change, by kind, then by name; none where no field of any file is another one.

    A partner whose former id is recorded is the same partner; so is an entry that moved, and what has a new id only.
    """
    return told(compared(before, after))


def told(found: Compared) -> tuple[Change, ...]:
    """The changes behind the differences: each of them once."""
    changes = [*in_short(found, partner_changes(found)), *company_changes(found)]
    return in_order([*changes, *_rest(found.deltas, changes)])


def _rest(deltas: Iterable[Delta], changes: Iterable[Change]) -> Iterator[Change]:
    """Whatever no sentence was found for: nothing is passed over in silence."""
    said: dict[tuple[str, str | None, str | None], set[str]] = {}
    for change in changes:
        for delta in change.deltas:
            said.setdefault((delta.kind, delta.before, delta.after), set()).update(delta.values)
    for delta in deltas:
        known = said.get((delta.kind, delta.before, delta.after))
        left = [name for name in delta.values if known is None or name not in known]
        if left or known is None:
            words = f"is recorded otherwise: {', '.join(left) or 'in another place'}"
            yield Change(ChangeKind.DETAIL, None, f"The {delta.kind} {delta.id}", words, None, (delta.of(*left),))
