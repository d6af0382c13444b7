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
from typing import Any, NamedTuple

import generator
from generator import kit
from generator.compare import commits
from generator.sinks.kept import Kept, state
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
    typed: frozenset[str] = frozenset()
    """The options that somebody typed; mkdocs.yml may say the others."""


class Standing:
    """What is known of the last build of a site."""

    def __init__(self, wanted: Wanted) -> None:
        self._data = wanted.data
        self._site = wanted.site
        self._config = wanted.config
        self._kept = Kept(wanted.data, "site", wanted.site)
        self.pages = Kept(wanted.data, "pages", wanted.site)
        """Where it is kept what the pages of the site were made from."""
        # Without a day, the site is that of today, whatever the settings say.
        self._day = str(wanted.as_of or date.today())
        self._options = [
            wanted.strict, wanted.audience, str(wanted.config), sorted(wanted.typed), str(wanted.as_of), str(Path.cwd())
        ]  # fmt: skip
        self._before = _NOTHING
        self._around = ""
        self._files: list[str] = []
        self._read = _NOTHING

    def said(self) -> list[str] | None:
        """What the build said that made the site which stands; None where another one might make another.

        To be asked before the data are read.
        """
        try:
            self._before, self._around = self._key()
            kept: Any = json.loads(self._kept.read(self._before.content) or b"{}")
            files = [Path(os.fsdecode(name)) for name in kept["read"]]
            alike = kept["files"] == _found(files).content
            if alike and not self._site.is_symlink() and kept["site"] == _listed(self._site):
                return [str(line) for line in kept["said"]]
        except (OSError, ValueError, KeyError):
            pass
        return None

    def reads(self, files: Iterable[Path]) -> None:
        """Say what the build is about to read besides the data."""
        try:
            self._files = [str(path.absolute()) for path in files]
            self._read = _found(map(Path, self._files))
        except (OSError, ValueError):
            self._read = _NOTHING

    @property
    def surroundings(self) -> str:
        """Names all that has a say in the site besides the data and their day; empty where that cannot be told."""
        return f"{self._around} {self._read.content}" if self._around and self._read.content else ""

    def unchanged(self) -> bool:
        """Whether all that the build read is still as it was, and was never anything else meanwhile."""
        try:
            alike = (self._before, self._around) == self._key() and self._read == _found(map(Path, self._files))
        except (OSError, ValueError):
            return False
        return alike and bool(self._before.content and self._read.content)

    def keep(self, said: Sequence[str]) -> None:
        """Remember the site that stands, of a build that is `unchanged` and has `said` this."""
        try:
            kept = {
                "read": self._files,
                "files": self._read.content,
                "site": _listed(self._site),
                "said": list(said),
            }
        except OSError:
            return
        self._kept.write(json.dumps(kept).encode(), made_of=self._before.content)

    def _key(self) -> tuple[_Found, str]:
        """All that has a say in the site besides those files, and the name of what of it are neither the data nor their
        day; ValueError where something of it cannot be read.
        """
        settings = self._config.read_bytes() if self._config is not None else b""
        # The kit's settings name variables, too, whatever mkdocs.yml says, and themes may print the day of the build.
        names = [*_NAMES.findall(settings + kit.SETTINGS.read_bytes()), b"SOURCE_DATE_EPOCH"]
        named = {name: os.environ[name] for name in map(bytes.decode, names) if name in os.environ}
        facts = [self._options, sorted(named.items()), _installed()]
        # Python writes beside its own files what it compiles.
        own = _found([Path(generator.__file__).parent], besides="__pycache__").content
        around = hashlib.sha256(f"{json.dumps(facts)}\0{own}".encode() + settings).hexdigest()
        found = _found([self._data, *([self._config] if self._config is not None else [])])
        whole = f"{around} {self._day} {commits(self._data)} {found.content}"
        return found._replace(content=whole), around


class _Found(NamedTuple):
    """What stands in some files and folders: `content` names the same in another copy of them, `states` tells as well
    whether anything was another in between.
    """

    content: str
    states: str


_NOTHING = _Found("", "")


def _found(roots: Iterable[Path], besides: str = "") -> _Found:
    """What stands in these, `besides` what has that name."""
    contents, states = hashlib.sha256(), hashlib.sha256()
    for root in roots:
        for path, content, status in _contents(root, besides):
            contents.update(path.encode("utf-8", "surrogateescape") + b"\0" + content)
            states.update(f"{state(status) if status is not None else None}\0".encode())
    return _Found(contents.hexdigest(), states.hexdigest())


def _installed() -> list[str]:
    """The packages, with their versions."""
    found: set[str] = set()
    for folder in filter(None, sys.path):
        try:
            found.update(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info", ".egg-link")))
        except OSError:
            continue
    return sorted(found)


def _contents(root: Path, besides: str) -> Iterator[tuple[str, bytes, os.stat_result | None]]:
    """Each folder and each file of a folder, or the one file, with a digest of what it holds, and its status, if any;
    ValueError for what is neither.
    """
    try:
        status = root.lstat()
    except FileNotFoundError:
        yield f"{root} is missing", b"", None
        return
    if stat.S_ISDIR(status.st_mode):
        yield f"{root}/", b"", status
        for name in sorted(os.listdir(root)):
            if name != besides:
                yield from _contents(root / name, besides)
    else:
        try:
            with ordinary(root) as stream:
                yield str(root), hashlib.file_digest(stream, "sha256").digest(), status  # type: ignore[arg-type]
        except NotAFile:
            raise ValueError(root) from None


def _listed(site: Path) -> str:
    """Names the files of a site, each as it was written."""
    digest = hashlib.sha256()

    def walk(folder: str) -> None:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                status = entry.stat(follow_symlinks=False)
                inside = stat.S_ISDIR(status.st_mode)
                said = status.st_mode if inside else state(status)
                digest.update(f"{entry.path}\0{said}\0".encode("utf-8", "surrogateescape"))
                if inside:
                    walk(entry.path)

    walk(os.path.realpath(site))
    return digest.hexdigest()
