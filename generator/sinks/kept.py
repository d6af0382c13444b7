"""What a command may keep for the next one: nothing depends on it.

What comes of data stands in the user's own folder for caches, and not beside the data: a pull request could bring a
file in its place, and what is read from it would be on the pages.  What is code stands beside the program.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
import stat
import sys
from functools import cache
from pathlib import Path

import generator
from generator.sinks import Refused, files
from generator.source.reading import read_bytes

_MOST = 200_000_000
_MARK = 32
_NAME = "partner-playbook"
_DECIDE = ("PyYAML", "anyascii", "detect-secrets", "phonenumberslite", "pydantic")
"""The packages that have a say in what is wrong with data and what is found in it."""


State = tuple[int, int, int, int]


def state(status: os.stat_result) -> State:
    """What a file has as long as nobody touches it: its mode and size, and the moments when it was written and changed.

    Whoever writes into it can set the one moment to what it was, and not the other.
    """
    return status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns


class Kept:
    """One file for each folder of data; where it cannot be read or written, there is none.

    A mark stands in front of what is kept: what was damaged, or written by another program, counts as nothing.
    """

    def __init__(self, data: Path, what: str) -> None:
        self._name = f"{hashlib.sha256(os.fsencode(os.path.realpath(data))).hexdigest()[:32]}-{what}.json"

    def read(self, made_of: str = "") -> bytes | None:
        """What was written, whole, by this very program, with that said of what it is `made_of`."""
        path = self._path()
        if path is None:
            return None
        content, problem = read_bytes(path, "", _MOST)
        if problem is not None or content[:_MARK] != _mark(made_of, memoryview(content)[_MARK:]):
            return None
        return content[_MARK:]

    def write(self, *parts: bytes, made_of: str = "") -> None:
        """Keep these, joined."""
        path = self._path()
        if path is not None:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                files.renew(path, b"".join([_mark(made_of, *parts), *parts]))
            except (OSError, Refused):
                return

    def _path(self) -> Path | None:
        folder = _folder()
        return folder / self._name if folder is not None else None


class KeptCode(Kept):
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


def _folder() -> Path | None:
    """The folder, which belongs to this user alone; None where there can be none."""
    try:
        # Most commands keep nothing.
        from platformdirs import user_cache_path

        folder = user_cache_path(_NAME, appauthor=False)
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
    except (ImportError, OSError, RuntimeError, ValueError):
        return None
    user = os.getuid() if hasattr(os, "getuid") else status.st_uid
    own = stat.S_ISDIR(status.st_mode) and status.st_uid == user
    return folder if own and not (hasattr(os, "getuid") and status.st_mode & 0o022) else None


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
