"""What one person took over from another, in one sentence: a reorganization is no list of owners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.compare.changes import Change, ChangeKind
from generator.compare.deltas import Compared
from generator.compare.phrases import Phrases, few
from generator.compare.records import refers_to
from generator.words import count

_LEAST = 3
"""How many partners make it one change; fewer are told each by itself."""


class _Takeover(NamedTuple):
    """The field of entries, or of partners, and the ids of who stood there and stands there now."""

    kind: str
    field: str
    old: str
    new: str


def in_short(compared: Compared, changes: Iterable[Change]) -> Iterator[Change]:
    """The changes of partners, with one in place of those by which the same person took over from the same other."""
    groups: dict[_Takeover, list[Change]] = {}
    for change in changes:
        taken = _takeover(compared, change)
        if taken is None:
            yield change
        else:
            groups.setdefault(taken, []).append(change)
    phrases = Phrases(compared)
    for taken, same in groups.items():
        names = sorted({change.name for change in same}, key=str.casefold)
        if len({change.partner for change in same}) < _LEAST:
            yield from same
            continue
        role = "owner" if taken.field == "owner" else phrases.label(taken.kind, taken.field)
        number = count(len({change.partner for change in same}), "partner")
        words = f"took over {number} from {phrases.name('person', taken.old)} as {role}: {few(names)}"
        deltas = tuple(delta for change in same for delta in change.deltas)
        yield Change(ChangeKind.OWNER, None, phrases.name("person", taken.new), words, None, deltas)


def _takeover(compared: Compared, change: Change) -> _Takeover | None:
    """What it was, if nothing else: a person instead of another one in one field."""
    if (
        len(change.deltas) != 1
        or change.deltas[0].kind not in ("entry", "partner")
        or len(change.deltas[0].values) != 1
    ):
        return None
    ((field, (old, new)),) = change.deltas[0].values.items()
    kind = change.deltas[0].kind
    if refers_to(kind, field, compared.after, compared.before) != "person":
        return None
    return _Takeover(kind, field, old, new) if isinstance(old, str) and isinstance(new, str) else None
