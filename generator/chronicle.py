"""How the inventory came to be what it is: the last commits to the data folder, and what each changed."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from generator.changes import Edition, compare
from generator.model import Playbook
from generator.resolve import load_playbook
from generator.source import Revision, checked_out, revisions

MOST = 20
"""How many commits are looked at: each costs as much as checking the data once."""


def chronicle(folder: Path, as_of: date) -> tuple[Edition, ...]:
    """What each of the last commits changed in the inventory, the newest first.

    Empty where the folder is in no git repository or has only one state.  A commit whose data cannot
    be loaded today is passed over: what it changed is told with the next one that can.
    """
    return _chronicle(folder.resolve(), revisions(folder, MOST + 1), as_of)


# While `serve` runs, commits stay what they are.
@lru_cache(maxsize=4)
def _chronicle(folder: Path, found: tuple[Revision, ...], as_of: date) -> tuple[Edition, ...]:
    editions = []
    later: tuple[Revision, Playbook] | None = None
    for revision in found:
        with checked_out(folder, revision.id) as data:
            playbook = load_playbook(data, as_of).playbook
        if playbook is None:
            continue
        if later is not None and (changes := compare(playbook, later[1])):
            editions.append(Edition(later[0].id, later[0].moment, later[0].author, changes))
        later = revision, playbook
    return tuple(editions)
