"""What one person took over from another, summed up in one sentence: a reorganization is no list of owners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from generator.compare.changes import Change, ChangeKind
from generator.compare.deltas import Compared
from generator.compare.phrases import Phrases, few, reads_as
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
    """The changes of partners, with one that sums up those by which the same person took over from the same other."""
    phrases = Phrases(compared)
    groups: dict[_Takeover, list[Change]] = {}
    for change in changes:
        taken = _takeover(compared, phrases, change)
        if taken is None:
            yield change
        else:
            groups.setdefault(taken, []).append(change)
    for taken, same in groups.items():
        partners = {change.partner for change in same}
        if len(partners) < _LEAST:
            yield from same
            continue
        yield from (replace(change, kind=ChangeKind.PART, detail="") for change in same)
        names = sorted({change.name for change in same}, key=str.casefold)
        departments = dict.fromkeys(change.department for change in same if change.department is not None)
        where = f" in {few([phrases.name('department', one) for one in departments])}" if departments else ""
        role = "owner" if taken.field == "owner" else phrases.label(taken.kind, taken.field)
        number = count(len(partners), "partner")
        words = f"took over {number} from {phrases.name('person', taken.old)} as {role}{where}: {few(names)}"
        yield Change(ChangeKind.OWNER, None, phrases.name("person", taken.new), words)


def _takeover(compared: Compared, phrases: Phrases, change: Change) -> _Takeover | None:
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
    if not isinstance(old, str) or not isinstance(new, str):
        return None
    # Nobody took over from themselves: a name may only be spelled otherwise.
    was, now = (reads_as(phrases.name("person", one)) for one in (old, new))
    return _Takeover(kind, field, old, new) if was != now else None
