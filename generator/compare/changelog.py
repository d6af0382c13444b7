"""How the inventory came to be what it is: the last commits to the data folder, what each changed, and since when
each finding is open."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from generator import workers
from generator.compare.changes import Change, Edition, for_readers
from generator.compare.remembered import Remembered, Seen, packed, read, unpacked, write
from generator.compare.telling import changes_between
from generator.findings import FindingsOfStates, FoundEarlier, Identity, Opened, Today, as_they_stand
from generator.loading import Keeper, Loaded, States, growing
from generator.model import Playbook
from generator.source import NotInstalled, Repository, Revision, Unread

MOST = 20
"""How many commits are looked at."""
_MUCH = 20_000
"""From how many partners on, in all states that are to be read, other processes pay."""


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


def change_log(folder: Path, as_of: date, now: Loaded | None = None, keeper: Keeper | None = None) -> ChangeLog:
    """What the last commits to the folder tell.

    Empty where the folder is in no git repository, and where there is no git.  A commit whose data cannot be loaded
    today is passed over: what it changed is told with the next one that can.

    `now` is what was read from the folder, where that was done already; `keeper` keeps what costs from one build to
    the next.  Neither makes a difference to what is told.
    """
    folder = Path(os.path.realpath(folder))
    try:
        with Repository(folder) as repository, growing():
            revisions, unread = repository.revisions(MOST + 1)
            walk = _Walk(repository, as_of, now, read(keeper, repository.place) if keeper is not None else Remembered())
            _share(walk, revisions, folder, now)
            told = _told(walk, revisions, unread)
            if keeper is not None and walk.learned:
                write(keeper, repository.place, walk.known.only(revision.id for revision in revisions))
            return told
    except NotInstalled:
        return ChangeLog((), {})
    except Unread as reason:
        return ChangeLog((), {}, str(reason))


def commits(folder: Path) -> list[str]:
    """The names of the commits that the change log is told from, and what keeps others from being read."""
    try:
        with Repository(Path(os.path.realpath(folder))) as repository:
            revisions, unread = repository.revisions(MOST + 1)
            return [*(revision.id for revision in revisions), unread]
    except (NotInstalled, Unread) as reason:
        return [str(reason)]


def journal(folder: Path) -> Path | None:
    """A file that changes whenever the change log may, where there is one."""
    try:
        with Repository(folder) as repository:
            return repository.journal
    except (NotInstalled, Unread):
        return None


class _Walk:
    """Answers about commits, best from the newest to the oldest: from what is known, or by reading their states."""

    def __init__(self, repository: Repository, as_of: date, now: Loaded | None, known: Remembered) -> None:
        self.known = known
        self.learned = False
        self.as_of = as_of
        self._states = States(repository, as_of, now)
        self._findings = FindingsOfStates()
        self._now = now
        self._read: dict[str, Playbook | None] = {}

    def known_of(self, revision: Revision) -> Seen | None:
        """What the state of a commit shows, as far as it is known."""
        known = self.known.states.get(revision.id)
        return known if known is not None and known.holds(self.as_of, self._day(revision)) else None

    def _day(self, revision: Revision) -> date:
        # What a commit shows is what its own day saw: a review may have come due since.
        return min(self.as_of, revision.moment.date())

    def learn(self, more: Remembered) -> None:
        """Know this, too."""
        self.learned = True
        self.known.states |= more.states
        self.known.changes |= more.changes

    def seen(self, revision: Revision, *, newest: bool) -> Seen:
        """What the state of a commit shows, and what is known by the `newest` one."""
        known, day = self.known_of(revision), self._day(revision)
        if known is not None and not (newest and known.today is None):
            return known
        self.learned = True
        state = self._state(revision)
        if state is None:
            seen = Seen(self.as_of, loaded=False, day=day)
        else:
            found = frozenset(as_they_stand(self._found(replace(state, as_of=day)), state))
            seen = Seen(self.as_of, True, day, found, Today.of(state) if newest else None)
        self.known.states[revision.id] = seen
        return seen

    def changes(self, newer: Revision, older: Revision) -> tuple[Change, ...]:
        """What became different from one commit to a later one, both of which can be loaded."""
        pair = newer.id, older.id
        if pair not in self.known.changes:
            after, before = self._state(newer), self._state(older)
            assert after is not None
            assert before is not None
            told = for_readers(changes_between(before, after))
            self.learned, self.known.changes[pair] = True, told
        return self.known.changes[pair]

    def _state(self, revision: Revision) -> Playbook | None:
        if revision.id not in self._read:
            # No more than two are compared.
            self._read = dict([*self._read.items()][-1:])
            self._read[revision.id] = self._states.read(revision.id)
        return self._read[revision.id]

    def _found(self, playbook: Playbook) -> set[Identity]:
        if self._now is not None and self._now.playbook is not None:
            self._findings.knows(self._now.playbook, self._now.findings)
            self._now = None
        return self._findings.of(playbook)


def _share(walk: _Walk, revisions: Sequence[Revision], folder: Path, now: Loaded | None) -> None:
    """Have several processes learn of commits that are not known, where that is much."""
    new = [place for place, revision in enumerate(revisions) if walk.known_of(revision) is None]
    partners = len(now.playbook.partners) if now is not None and now.playbook is not None else 0
    runs = min(workers.number(), len(new) // 2)
    if len(new) * partners < _MUCH or runs < 2:
        return

    def learned(run: Sequence[Revision]) -> Any:
        try:
            with Repository(folder) as repository:
                own = _Walk(repository, walk.as_of, now, Remembered())
                _told(own, run, "")
                return packed(own.known)
        except (NotInstalled, Unread):
            return packed(Remembered())  # it is asked again, and said, where the whole is told

    # The last of each run is the first of the next: what changed is told of two.
    cuts = [number * (new[-1] + 1) // runs for number in range(runs + 1)]
    for more in workers.shared(learned, [revisions[start : end + 1] for start, end in pairwise(cuts)]):
        walk.learn(unpacked(more))


def _told(walk: _Walk, revisions: Sequence[Revision], unread: str) -> ChangeLog:
    editions = []
    first: dict[Identity, date] = {}
    lacking: dict[Identity, date] = {}
    still_open: frozenset[Identity] = frozenset()
    later: Revision | None = None
    others: dict[Identity, tuple[str, ...]] = {}
    known: Callable[[FoundEarlier], Identity]
    for revision in revisions:
        try:
            state = walk.seen(revision, newest=later is None)
            changes = walk.changes(later, revision) if state.loaded and later is not None else ()
        except Unread as reason:
            unread = unread or str(reason)
            continue
        if not state.loaded:
            continue
        if later is not None and changes:
            editions.append(Edition(later.id, later.moment, later.author, changes))
        if later is None:
            assert state.today is not None
            known = cache(state.today.known)  # most findings are those of many states
            others = {known(one): one.others for one in state.found}
        # Whatever has another id today, or has moved since, is known by that.
        seen = frozenset(map(known, state.found))
        had = seen if later is None else still_open & seen
        lacking |= dict.fromkeys(still_open - had, state.day)
        first |= dict.fromkeys(had, state.day)
        still_open, later = had, revision
    opened = {name: Opened(day, lacking.get(name), others[name]) for name, day in first.items()}
    return ChangeLog(tuple(editions), opened, unread)
