"""A whole site into its place: built in a new folder beside it, swapped in at the end.

Until the swap, which is one step where the system can do it, the old site stands whole, however a build ends.  Only a
folder that is empty, or that bears the mark of our own sites, is ever replaced.  The new folder's name cannot be
foreseen, and it goes with the build that made it; a killed build leaves it, and a note of it with the lock, where no
repository reaches, so that the next build of the same site knows it for ours.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.sinks import Refused, files
from generator.sinks.lock import locked

MARK = ".playbook-site"
"""The file that every built site holds, with this text: what lacks it, or has another, is somebody's folder."""

MARK_TEXT = """\
Playbook built this folder: the next build replaces all that is in it.
"""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def check(site: Path, protected: Iterable[Path]) -> None:
    """Refused where a site cannot replace `site`: it is somebody else's, or holds or lies in a `protected` folder."""
    site = files.own_folder(site, protected)
    if os.path.lexists(site):
        if not site.is_dir():
            raise Refused(f"{site} is not a folder")
        if not _ours(site) and (inside := files.names_in(site)):
            raise Refused(
                f"{site} holds something else than a site of ours ({inside}); name another folder, or empty this one"
            )


@contextmanager
def new_site(
    site: Path, waiting: Callable[[], None] = lambda: None, placed: Callable[[], None] = lambda: None
) -> Iterator[Path]:
    """A new empty folder; what stands in it at the end replaces `site`, unless an exception ends it.

    Refused as by `check`, which is asked again before anything is replaced.  `placed` is called when the new site
    stands there alone, and no other run of ours can have put another one in its place.
    """
    check(site, [])
    site = Path(os.path.realpath(site))
    with files.making(site.parent), locked(site, waiting) as note:
        _recover(site, note)
        work = files.working_folder(site.parent)
        try:
            note.write_text(json.dumps([str(work), *_identity(work)]), encoding="utf-8")
            new = work / "new"
            new.mkdir()
            yield new
            mark(new)
            check(site, [])
            _put_in_place(new, site, work)
        finally:
            # Also after an interruption in the middle of the swap, when the old site stands in here.
            _undo(site, work)
            note.unlink(missing_ok=True)
        placed()


def mark(site: Path) -> None:
    """Mark a folder as a site that playbook built."""
    files.renew(site / MARK, MARK_TEXT.encode())


def _ours(site: Path) -> bool:
    try:
        return files.content(site / MARK) == MARK_TEXT.encode()
    except Refused:
        return False


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.lstat()
    return status.st_dev, status.st_ino


def _recover(site: Path, note: Path) -> None:
    """Undo what a killed build left, as its note says: a swap half done, and a folder half built."""
    try:
        noted, *identity = json.loads(note.read_text(encoding="utf-8"))
        work = Path(noted)
        # Something else may stand there by now: that is not ours.
        ours = work.parent == site.parent and not work.is_symlink() and [*_identity(work)] == identity
    except (OSError, ValueError, TypeError):
        return
    if ours:
        _undo(site, work)


def _undo(site: Path, work: Path) -> None:
    _bring_back(site, work)
    shutil.rmtree(work, ignore_errors=True)


def _bring_back(site: Path, work: Path) -> None:
    if not site.exists() and (work / "old").exists():
        (work / "old").rename(site)


def _put_in_place(new: Path, site: Path, work: Path) -> None:
    try:
        if site.exists() and exchange(new, site):
            return
        if site.exists():
            site.rename(work / "old")
        new.rename(site)
    except OSError as error:
        _bring_back(site, work)
        raise Refused(f"{site} cannot be replaced: {error.strerror}") from error


def exchange(first: Path, second: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False  # pragma: no cover
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):  # pragma: no cover - a C library from before 2018
        return False
    if call(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code))
