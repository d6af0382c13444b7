"""What differs between two states of the data, told in plain words: each difference once, what matters most first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from generator.compare.deltas import Delta
from generator.words import series


class ChangeKind(Enum):
    """Of a change, in the order in which changes are told."""

    ADDED = "added"
    REMOVED = "removed"
    ENDED = "ended"
    MERGED = "merged"
    MOVED = "moved"
    DEPARTMENT = "department"
    STATUS = "status"
    OWNER = "owner"
    PART = "part"
    """Of one partner, and one of several that another change sums up: only its own page and `playbook diff` tell it."""
    TYPE = "type"
    MODE = "mode"
    NAME = "name"
    ORGANIZATION = "organization"
    """A department came, went, or has another name, id or lead."""
    PERSON = "person"
    """Somebody joined, left, or works elsewhere."""
    TAXONOMY = "taxonomy"
    """A function, group, type, mode, stage or factor came, went, or has another name or id."""
    PLAN = "plan"
    """An offer, route, objective, program, tool, skill, source or rule came, went, or has another name, id or status; a
    rule asks for something else, or has other waivers."""
    AGREEMENT = "agreement"
    REVIEW = "review"
    """A review was held: the first that is recorded, or one of a later day than before."""
    DETAIL = "detail"

    @property
    def noticed(self) -> bool:
        """Whether all readers of the site notice it: all but details, and what another change sums up."""
        return self not in (ChangeKind.PART, ChangeKind.DETAIL)


_ORDER = {kind: place for place, kind in enumerate(ChangeKind)}


@dataclass(frozen=True)
class Change:
    """What became different: `name` and `words` make a sentence without its period.

    `partner` and `department` are the ids of what it is about; None where it is about no partner, or all of it.
    `detail` names the field of a detail, as `words` do with what it held and holds.  `deltas` are the fields behind it;
    a change that follows from others has none.
    """

    kind: ChangeKind
    partner: str | None
    name: str
    words: str
    department: str | None = None
    deltas: tuple[Delta, ...] = ()
    detail: str = ""

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
    def in_short(self) -> tuple[Change, ...]:
        """Its changes, without those that another one sums up."""
        return tuple(change for change in self.changes if change.kind is not ChangeKind.PART)

    @property
    def about(self) -> str:
        """What it is about: the first few, and how many more."""
        ours = {change.name for change in self.in_short if change.partner is None}
        named = enumerate(dict.fromkeys(change.name for change in self.in_short))
        names = [_within(name) if place and name in ours else name for place, name in named]
        return f"{', '.join(names[:3])} and {len(names) - 3} more" if len(names) > 3 else series(names)


def _within(name: str) -> str:
    """Our words for something, such as "The rule X", within a sentence."""
    return f"t{name[1:]}" if name.startswith("The ") else name


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """By kind, then by name."""
    return tuple(sorted(changes, key=lambda change: (_ORDER[change.kind], change.name.casefold())))


def for_readers(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that the site tells, in words alone; of the details of partners, only which they are."""
    changes = list(changes)
    told = [replace(change, deltas=(), detail="") for change in changes if change.kind is not ChangeKind.DETAIL]
    # Of two entries in one department the same may be said.
    return in_order(dict.fromkeys([*told, *_details(changes)]))


def _details(changes: Iterable[Change]) -> Iterator[Change]:
    details: dict[tuple[str, str | None], list[Change]] = {}
    for change in changes:
        if change.detail and change.kind is ChangeKind.DETAIL and change.partner is not None:
            details.setdefault((change.partner, change.department), []).append(change)
    for same in details.values():
        where, _, _ = same[0].words.partition(":")
        words = f"{where}: {series(dict.fromkeys(change.detail for change in same))}"
        yield replace(same[0], words=words, deltas=(), detail="")


def bare_reviews(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The reviews of entries in which nothing else changed."""
    changes = list(changes)
    touched = Counter((change.partner, change.department) for change in changes)
    reviews = (change for change in changes if change.kind is ChangeKind.REVIEW)
    return tuple(change for change in reviews if touched[change.partner, change.department] == 1)
