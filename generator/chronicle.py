"""How the inventory came to be what it is: the last commits to the data folder, what each changed, and since when
each finding is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from generator.changes import Edition, compare
from generator.findings import Identity, Opened, find, identify
from generator.model import Playbook
from generator.resolve import load_playbook
from generator.source import Revision, checked_out, revisions

MOST = 20
"""How many commits are looked at: each costs as much as checking the data once."""


class Chronicle(NamedTuple):
    """What each of the last commits changed, the newest first, and when each finding was first seen."""

    editions: tuple[Edition, ...]
    opened: Mapping[Identity, Opened]


def chronicle(folder: Path, as_of: date) -> Chronicle:
    """What the last commits to the folder tell.

    Empty where the folder is in no git repository.  A commit whose data cannot be loaded today is
    passed over: what it changed is told with the next one that can.
    """
    return _chronicle(folder.resolve(), revisions(folder, MOST + 1), as_of)


# While `serve` runs, commits stay what they are.
@lru_cache(maxsize=4)
def _chronicle(folder: Path, found: tuple[Revision, ...], as_of: date) -> Chronicle:
    editions = []
    opened: dict[Identity, date] = {}
    still: set[Identity] = set()
    day = as_of
    later: tuple[Revision, Playbook] | None = None
    for revision in found:
        with checked_out(folder, revision.id) as data:
            playbook = load_playbook(data, as_of).playbook
        if playbook is None:
            continue
        if later is not None and (changes := compare(playbook, later[1])):
            editions.append(Edition(later[0].id, later[0].moment, later[0].author, changes))
        # What a commit shows is what its own day saw: a review may have come due since.
        day = min(as_of, revision.moment.date())
        seen = {identify(finding, playbook) for finding in find(replace(playbook, as_of=day))}
        still = seen if later is None else seen & still
        opened |= dict.fromkeys(still, day)
        later = revision, playbook
    # What the oldest state has may be older still.
    return Chronicle(tuple(editions), {name: Opened(since, exact=since > day) for name, since in opened.items()})
