"""What was worked out about commits, kept from one build to the next: what a commit changed never changes.

Nothing depends on it.  What cannot be used is worked out again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from generator.compare.changes import Change, ChangeKind
from generator.findings import FoundEarlier, Identity, Today
from generator.loading import Keeper


class Seen(NamedTuple):
    """What a commit's state showed: whether it could be loaded as of a day, and what was found in it on its own day.

    `today` is what it says of earlier findings, where that was asked for.
    """

    as_of: date
    loaded: bool
    day: date
    found: frozenset[FoundEarlier] = frozenset()
    today: Today | None = None

    def holds(self, as_of: date, day: date) -> bool:
        """Whether it is still so: what was no error on a day is none later, since no date lies in the future then."""
        return (self.as_of <= as_of if self.loaded else self.as_of == as_of) and self.day == day


@dataclass
class Remembered:
    """What is known of commits, by their ids: what each showed, and what it changed since an earlier one."""

    states: dict[str, Seen] = field(default_factory=dict)
    changes: dict[tuple[str, str], tuple[Change, ...]] = field(default_factory=dict)

    def only(self, commits: Iterable[str]) -> Remembered:
        """What is known of these."""
        wanted = frozenset(commits)
        return Remembered(
            {name: seen for name, seen in self.states.items() if name in wanted},
            {pair: changes for pair, changes in self.changes.items() if wanted.issuperset(pair)},
        )


def read(keeper: Keeper, place: str) -> Remembered:
    """What is kept of the data folder at that place of its repository."""
    content = keeper.read(place)
    return unpacked(json.loads(content)) if content is not None else Remembered()


def write(keeper: Keeper, place: str, remembered: Remembered) -> None:
    """Keep it, where that is possible."""
    keeper.write(json.dumps(packed(remembered)).encode(), made_of=place)


def packed(remembered: Remembered) -> Any:
    """It as data of JSON, with each finding once: most are those of many states."""
    numbers: dict[FoundEarlier, int] = {}
    states = {
        name: {
            "as_of": str(seen.as_of),
            "loaded": seen.loaded,
            "day": str(seen.day),
            "found": [numbers.setdefault(one, len(numbers)) for one in sorted(seen.found, key=repr)],
            "today": None if seen.today is None else [*map(dict, seen.today)],
        }
        for name, seen in remembered.states.items()
    }
    changes = [
        [*pair, [[one.kind.value, one.partner, one.name, one.words, one.department] for one in told]]
        for pair, told in remembered.changes.items()
    ]
    return {"findings": [*numbers], "states": states, "changes": changes}


def unpacked(kept: Any) -> Remembered:
    """What `packed` made these data of."""
    findings = [
        FoundEarlier(Identity(code, partner, department, tuple(key)), tuple(others))
        for (code, partner, department, key), others in kept["findings"]
    ]
    states = {
        name: Seen(
            date.fromisoformat(seen["as_of"]),
            seen["loaded"],
            date.fromisoformat(seen["day"]),
            frozenset(findings[number] for number in seen["found"]),
            None if seen["today"] is None else Today(*seen["today"]),
        )
        for name, seen in kept["states"].items()
    }
    changes = {
        (newer, older): tuple(
            Change(ChangeKind(kind), partner, name, words, department)
            for kind, partner, name, words, department in told
        )
        for newer, older, told in kept["changes"]
    }
    return Remembered(states, changes)
