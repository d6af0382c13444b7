"""What a command may keep for the next one: nothing depends on it.

What comes of data stands in the user's own folder for caches, and not beside the data: a pull request could bring a
file in its place, and what is read from it would be on the pages.  What is code stands beside the program.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import os
import re
import stat
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

import generator
from generator.sinks import Refused, files
from generator.source import NotAFile, ordinary
from generator.source.reading import read_bytes

_MOST = 200_000_000
_MARK = 32
_NAME = "partner-playbook"
_OURS = re.compile(rf"[0-9a-f]{{32}}-[a-z]+(?:-[0-9a-f]{{16}})?\.json|{re.escape(files.WORKING)}[0-9a-f]{{16}}")
"""The names of our files, and of those that a killed process left."""
_FILES = 100
_SECONDS = 30 * 24 * 60 * 60
"""How long a file stays that nobody uses."""
_MOST_HEAD = 100_000
_DECIDE = ("PyYAML", "anyascii", "detect-secrets", "phonenumberslite", "pydantic")
"""The packages that have a say in what is wrong with data and what is found in it."""


State = tuple[int, int, int, int]


def state(status: os.stat_result) -> State:
    """What a file has as long as nobody touches it: its mode and size, and the moments when it was written and changed.

    Whoever writes into it can set the one moment to what it was, and not the other.
    """
    return status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns


class _Marked:
    """A file with a mark in front: what was damaged, or written by another program, counts as nothing.

    Where it cannot be read or written, there is none.
    """

    _head = b""
    """What stands in front of the mark."""

    def read(self, made_of: str = "") -> bytes | None:
        """What was written, whole, by this very program, with that said of what it is `made_of`."""
        path = self._path()
        if path is None:
            return None
        content, problem = read_bytes(path, "", _MOST)
        start = len(self._head) + _MARK
        if problem is not None or content[:start] != self._head + _mark(made_of, memoryview(content)[start:]):
            return None
        return content[start:]

    def write(self, *parts: bytes, made_of: str = "") -> None:
        """Keep these, joined."""
        path = self._path()
        if path is not None:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                files.renew(path, b"".join([self._head, _mark(made_of, *parts), *parts]))
            except (OSError, Refused):
                return

    def _path(self) -> Path | None:
        raise NotImplementedError


class Kept(_Marked):
    """One file for each folder of data, and each site of it, which it names in front: where one is gone, it goes.

    Whenever something is kept, what nobody has used for long goes as well.
    """

    def __init__(self, data: Path, what: str, *others: Path) -> None:
        places = [os.path.realpath(place) for place in (data, *others)]
        first, *rest = (hashlib.sha256(os.fsencode(place)).hexdigest() for place in places)
        self._name = "-".join([first[:32], what, *(one[:16] for one in rest)]) + ".json"
        self._head = f"{json.dumps(places)}\n".encode()

    def read(self, made_of: str = "") -> bytes | None:
        content, path = super().read(made_of), self._path()
        if content is not None and path is not None:
            # What is used stays.
            with suppress(OSError):
                os.utime(path)
        return content

    def write(self, *parts: bytes, made_of: str = "") -> None:
        super().write(*parts, made_of=made_of)
        if (path := self._path()) is not None:
            with suppress(OSError):
                _tidy(path.parent, path.lstat().st_mtime)

    def _path(self) -> Path | None:
        folder = _folder()
        return folder / self._name if folder is not None else None


class KeptCode(_Marked):
    """One file for this program, where Python keeps what it compiles, and only if it does: whoever can write there can
    change the program itself.
    """

    def __init__(self, what: str) -> None:
        self._name = f"{what}.py"

    def write(self, *parts: bytes, made_of: str = "") -> None:
        if not sys.dont_write_bytecode:
            super().write(*parts, made_of=made_of)

    def _path(self) -> Path | None:
        try:
            return Path(importlib.util.cache_from_source(str(Path(generator.__file__).parent / self._name)))
        except NotImplementedError:
            return None


def _tidy(folder: Path, now: float) -> None:
    """Remove files of ours that nobody has used for long, that are one too many, or that are of what is gone."""
    with os.scandir(folder) as entries:
        ours = [entry for entry in entries if _OURS.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)]
    used: dict[Path, float] = {}
    for entry in ours:
        # Another process may have removed it.
        with suppress(OSError):
            used[Path(entry.path)] = entry.stat(follow_symlinks=False).st_mtime
    for number, path in enumerate(sorted(used, key=lambda path: used[path], reverse=True)):
        if number >= _FILES or now - used[path] > _SECONDS or not all(map(os.path.exists, _places(path))):
            with suppress(OSError):
                path.unlink()


def _places(path: Path) -> list[str]:
    """What a file that is kept says it is of."""
    try:
        with ordinary(path) as stream:
            places = json.loads(stream.readline(_MOST_HEAD))
    except (OSError, ValueError, NotAFile):
        return []
    return [str(place) for place in places] if isinstance(places, list) else []


def _folder() -> Path | None:
    """The folder, which belongs to this user alone; None where there can be none."""
    try:
        # Most commands keep nothing.
        from platformdirs import user_cache_path

        folder = user_cache_path(_NAME, appauthor=False)
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode):
            return None
        # Windows has other rights than these.
        if hasattr(os, "getuid"):
            if status.st_uid != os.getuid() or status.st_mode & 0o022:
                return None
            if status.st_mode & 0o077:
                folder.chmod(0o700)
    except (ImportError, OSError, RuntimeError, ValueError):
        return None
    return folder


def _mark(made_of: str, *parts: bytes | memoryview) -> bytes:
    """What stands in front of the parts, if they are as this program wrote them."""
    mark = hashlib.blake2b(key=hashlib.sha256(f"{_stamp()} {made_of}".encode()).digest(), digest_size=_MARK)
    for part in parts:
        mark.update(part)
    return mark.digest()


@cache
def _stamp() -> str:
    """Says which program keeps it: two that may judge data in another way have different ones."""
    own = Path(generator.__file__).parent
    versions = [f"{name} {_version(name)}" for name in _DECIDE]
    parts = [generator.__version__, sys.version, *versions]
    digest = hashlib.sha256("\n".join(parts).encode())
    # Whoever works on the program changes it without a new version.
    for path in sorted(own.rglob("*.py")):
        digest.update(path.relative_to(own).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "unknown"
