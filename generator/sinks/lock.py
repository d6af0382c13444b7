"""One writer at a time to a place, also among processes.  A lock ends with its process, however that ends.

Lock files stand in a folder of the user's own, never beside what is written: there a pull request could put a link or a
folder in their way, and they would stand among the files of a repository.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.sinks import Refused


@contextmanager
def locked(place: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[Path]:
    """Hold the lock on a file or folder, there or not; `waiting` is called where another run holds it.

    Gives the path of a file for notes, which is there where an earlier holder of this lock has left it.
    """
    # Most commands write nothing, and loading this takes a while.
    from filelock import FileLock, Timeout

    name = hashlib.sha256(os.fsencode(os.path.realpath(place))).hexdigest()[:32]
    folder = _own_folder()
    lock = FileLock(folder / f"{name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waiting()
        lock.acquire()
    try:
        yield folder / f"{name}.note"
    finally:
        lock.release()


def _own_folder() -> Path:
    """The folder for lock files, which belongs to this user alone; Refused where somebody else made it."""
    user = os.getuid() if hasattr(os, "getuid") else ""
    folder = Path(tempfile.gettempdir(), f"playbook-locks-{user}")
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or (user != "" and (status.st_uid != user or status.st_mode & 0o077)):
        raise Refused(f"{folder} should be a folder that is yours alone; remove it, or set TMPDIR to another place")
    return folder
