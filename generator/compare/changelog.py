"""How the inventory came to be what it is: the last commits to the data folder, what each changed, and since when
each finding is open."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.compare.changes import Edition, for_readers
from generator.compare.telling import changes_between
from generator.findings import FindingsOfStates, Identity, Opened, new_ids
from generator.loading import Loaded, States, growing, order_of
from generator.model import Playbook
from generator.source import NotInstalled, Repository, Revision, Unread

MOST = 20
"""How many commits are looked at: each costs as much as checking the data once."""


class ChangeLog(NamedTuple):
    """What each of the last commits changed, the newest first, and when each finding was first seen.

    `unread` says in one line why commits, or all of them, could not be read; it is empty where they could.
    """

    editions: tuple[Edition, ...]
    opened: Mapping[Identity, Opened]
    unread: str = ""


def warning(unread: str) -> str:
    """What to say to whoever builds the site where history could not be read."""
    return f"The history of the data cannot be read, so the page of changes tells less or nothing. Git says: {unread}"


def change_log(folder: Path, as_of: date, now: Loaded | None = None) -> ChangeLog:
    """What the last commits to the folder tell; `now` is what was read from it, where that was done already.

    Empty where the folder is in no git repository, and where there is no git.  A commit whose data cannot be loaded
    today is passed over: what it changed is told with the next one that can.
    """
    folder = Path(os.path.realpath(folder))
    try:
        with Repository(folder) as repository:
            revisions, unread = repository.revisions(MOST + 1)
            with growing():
                findings = FindingsOfStates()
                if now is not None and now.playbook is not None:
                    findings.knows(now.playbook, order_of(now.files.shapes), now.findings)
                return _change_log(States(repository, as_of, now), findings, revisions, unread, as_of)
    except NotInstalled:
        return ChangeLog((), {})
    except Unread as reason:
        return ChangeLog((), {}, str(reason))


def _change_log(
    states: States, findings: FindingsOfStates, revisions: tuple[Revision, ...], unread: str, as_of: date
) -> ChangeLog:
    editions = []
    opened: dict[Identity, date] = {}
    still_open: set[Identity] = set()
    day = as_of
    later: tuple[Revision, Playbook] | None = None
    renamed: Mapping[str, str] = {}
    for revision in revisions:
        try:
            state = states.read(revision.id)
        except Unread as reason:
            unread = unread or str(reason)
            continue
        if state is None:
            continue
        if later is not None and (changes := for_readers(changes_between(state.playbook, later[1]))):
            editions.append(Edition(later[0].id, later[0].moment, later[0].author, changes))
        # Whatever has another id today is known by that.
        renamed = new_ids(state.playbook) if later is None else renamed
        # What a commit shows is what its own day saw: a review may have come due since.
        day = min(as_of, revision.moment.date())
        found = findings.of(replace(state.playbook, as_of=day), state.order)
        seen = {finding.now(renamed) for finding in found} if renamed else found
        still_open = seen if later is None else seen & still_open
        opened |= dict.fromkeys(still_open, day)
        later = revision, state.playbook
    # What the oldest state has may be older still.
    since = {name: Opened(first, exact=first > day) for name, first in opened.items()}
    return ChangeLog(tuple(editions), since, unread)
