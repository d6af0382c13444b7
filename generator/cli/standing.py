"""A site that stands already and is what a build would make, since nothing that it is made from has changed.

What is kept for that says what the last build read, and what it wrote.  Whatever cannot be told is taken for a change.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import generator
from generator import kit
from generator.compare import commits
from generator.sinks.kept import Kept
from generator.source import NotAFile, ordinary

_NAMES = re.compile(rb"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Wanted:
    """The site of a folder of data in one place, as the options of a command want it."""

    data: Path
    site: Path
    config: Path | None
    """The settings of MkDocs, where there are some."""
    as_of: date | None = None
    audience: str = ""
    strict: bool = False


class Standing:
    """What is known of the last build of a site."""

    def __init__(self, wanted: Wanted) -> None:
        self._data = wanted.data
        self._site = wanted.site
        self._config = wanted.config
        place = hashlib.sha256(os.fsencode(os.path.realpath(wanted.site))).hexdigest()[:16]
        self._kept = Kept(wanted.data, f"site-{place}")
        self.pages = Kept(wanted.data, f"pages-{place}")
        """Where it is kept what the pages of the site were made from."""
        # Without a day, the site is that of today, whatever the settings say.
        self._day = str(wanted.as_of or date.today())
        self._options = [wanted.strict, wanted.audience, str(wanted.config), str(Path.cwd())]
        self._before, self._around, self._digest = "", "", ""
        self._files: list[str] = []

    def said(self) -> list[str] | None:
        """What the build said that made the site which stands; None where another one might make another.

        To be asked before the data are read.
        """
        try:
            self._before, self._around = self._key()
            kept: Any = json.loads(self._kept.read() or b"{}")
            files = [Path(os.fsdecode(name)) for name in kept["read"]]
            alike = kept["key"] == self._before and kept["files"] == _digest(files)
            if alike and not self._site.is_symlink() and kept["site"] == _listed(self._site):
                return [str(line) for line in kept["said"]]
        except (OSError, ValueError, KeyError):
            pass
        return None

    def reads(self, files: Iterable[Path]) -> None:
        """Say what the build is about to read besides the data."""
        try:
            self._files = [str(path.absolute()) for path in files]
            self._digest = _digest(map(Path, self._files))
        except (OSError, ValueError):
            self._digest = ""

    @property
    def surroundings(self) -> str:
        """Names all that has a say in the site besides the data and their day; empty where that cannot be told."""
        return f"{self._around} {self._digest}" if self._around and self._digest else ""

    def keep(self, said: Sequence[str]) -> bool:
        """Remember the build that has just ended and what it said, unless what it read has changed meanwhile.

        Whether that is so.
        """
        try:
            whole = self._before and (self._before, self._around) == self._key()
            if not whole or not self._digest or self._digest != _digest(map(Path, self._files)):
                return False
            kept = {
                "read": self._files,
                "files": self._digest,
                "key": self._before,
                "site": _listed(self._site),
                "said": list(said),
            }
        except (OSError, ValueError):
            return False
        self._kept.write(json.dumps(kept).encode())
        return True

    def _key(self) -> tuple[str, str]:
        """Names all that has a say in the site besides those files, and what of it are neither the data nor their day;
        ValueError where something of it cannot be read.
        """
        settings = self._config.read_bytes() if self._config is not None else b""
        # The kit's settings name variables, too, whatever mkdocs.yml says, and themes may print the day of the build.
        names = [*_NAMES.findall(settings + kit.SETTINGS.read_bytes()), b"SOURCE_DATE_EPOCH"]
        named = {name: os.environ[name] for name in map(bytes.decode, names) if name in os.environ}
        facts = [self._options, sorted(named.items()), _installed()]
        own = _digest([Path(generator.__file__).parent])
        around = hashlib.sha256(f"{json.dumps(facts)}\0{own}".encode() + settings).hexdigest()
        return f"{around} {self._day} {commits(self._data)} {_digest([self._data])}", around


def _digest(roots: Iterable[Path]) -> str:
    """Names what stands in these files and folders."""
    digest = hashlib.sha256()
    for root in roots:
        for path, content in _contents(root):
            digest.update(path.encode("utf-8", "surrogateescape") + b"\0" + content)
    return digest.hexdigest()


def _installed() -> list[str]:
    """The packages, with their versions."""
    found: set[str] = set()
    for folder in filter(None, sys.path):
        try:
            found.update(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info", ".egg-link")))
        except OSError:
            continue
    return sorted(found)


def _contents(root: Path) -> Iterator[tuple[str, bytes]]:
    """Each file of a folder, or the one file, with a digest of what it holds; ValueError for what is neither."""
    try:
        mode = root.lstat().st_mode
    except FileNotFoundError:
        yield f"{root} is missing", b""
        return
    if stat.S_ISDIR(mode):
        for name in sorted(os.listdir(root)):
            if name != "__pycache__":
                yield from _contents(root / name)
    else:
        try:
            with ordinary(root) as stream:
                yield str(root), hashlib.file_digest(stream, "sha256").digest()  # type: ignore[arg-type]
        except NotAFile:
            raise ValueError(root) from None


def _listed(site: Path) -> str:
    """Names the files of a site, with their sizes and the moments at which they were written."""
    digest = hashlib.sha256()

    def walk(folder: str) -> None:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                status = entry.stat(follow_symlinks=False)
                digest.update(f"{entry.path}\0{status.st_mode}\0".encode("utf-8", "surrogateescape"))
                if stat.S_ISDIR(status.st_mode):
                    walk(entry.path)
                else:
                    digest.update(f"{status.st_size}\0{status.st_mtime_ns}\0".encode())

    walk(os.path.realpath(site))
    return digest.hexdigest()
