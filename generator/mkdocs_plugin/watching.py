"""What `serve` watches, also after it was moved away and came back, as when another branch is checked out."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from mkdocs.livereload import LiveReloadServer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserverVFS

_EVERY = 0.5  # seconds, as MkDocs has it
_NOTHING = os.stat_result((stat.S_IFDIR, *[0] * 9))


def watch(server: LiveReloadServer, ours: Iterable[str], paths: Iterable[str]) -> BaseObserver:
    """Have the server watch what is `ours`, and those `paths` that it watches, in a way that does not end.

    Its own observer stops for good where the place that it looks at is gone for a moment.  The observer that is
    returned is to be started.
    """
    watched = [*ours]
    for path in paths:
        with suppress(KeyError):
            # What several have asked for is let go of as often.
            while True:
                server.unwatch(path)
                watched.append(path)
    observer = PollingObserverVFS(stat=_status, listdir=os.scandir, polling_interval=_EVERY)
    previous, server.observer = server.observer, observer  # type: ignore[assignment] # it is asked for the same things
    for path in watched:
        server.watch(path)
    server.observer = previous
    return observer


def _status(path: str) -> os.stat_result:
    """What stands there; of nothing, an empty folder, so that what comes back is new in it."""
    try:
        return Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return _NOTHING
