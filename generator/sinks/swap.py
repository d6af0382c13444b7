"""A whole site into its place: built in a new folder beside it, swapped in at the end.

Until the swap, which is one step where the system can do it, the old site stands whole, however
a build ends.  Work happens in the folder .SITE-work beside the site, under a lock: what lies
there when a build begins was left by a killed one.
"""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.sinks import Refused
from generator.sinks.lock import locked

_OLD = "old"
_MARKS = ("sitemap.xml", "404.html")
"""Every built site has these files; what lacks them is somebody's folder."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def check(site: Path, kept: Iterable[Path]) -> None:
    """Refused where a site cannot replace `site`: somebody else's folder, or one that holds or lies in a `kept` one."""
    site = site.resolve()
    for path in (path.resolve() for path in kept):
        if path.is_relative_to(site) or (path.is_dir() and site.is_relative_to(path)):
            raise Refused(f"{site} cannot be the site: {path} must stay apart from it")
    if site.exists():
        if not site.is_dir():
            raise Refused(f"{site} is not a folder")
        if any(site.iterdir()) and not all((site / mark).is_file() for mark in _MARKS):
            raise Refused(f"{site} holds something else than a built site; name another folder, or empty this one")


@contextmanager
def new_site(site: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[Path]:
    """A new empty folder; what stands in it at the end replaces `site`, unless an exception ends it."""
    site = site.resolve()
    work = site.parent / f".{site.name}-work"
    site.parent.mkdir(parents=True, exist_ok=True)
    with locked(site.parent / f".{site.name}-lock", waiting):
        work.mkdir(exist_ok=True)
        recover(site, work)
        new = work / f"new-{secrets.token_hex(4)}"
        new.mkdir()
        try:
            yield new
            _put_in_place(new, site, work)
        finally:
            # Also after an interruption in the middle of the swap, when the old site stands in here.
            recover(site, work)
            shutil.rmtree(work, ignore_errors=True)


def recover(site: Path, work: Path) -> None:
    """Undo what a killed build left: a swap half done, and folders half built."""
    if not site.exists() and (work / _OLD).exists():
        (work / _OLD).rename(site)
    for left in work.iterdir():
        shutil.rmtree(left, ignore_errors=True)


def _put_in_place(new: Path, site: Path, work: Path) -> None:
    try:
        if site.exists() and exchange(new, site):
            return
        if site.exists():
            site.rename(work / _OLD)
        new.rename(site)
    except OSError as error:
        recover(site, work)
        raise Refused(f"{site} cannot be replaced: {error.strerror}") from error


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False  # pragma: no cover
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):  # pragma: no cover - a C library from before 2018
        return False
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code))
