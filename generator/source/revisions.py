"""Earlier states of a data folder, where it lies in a git repository."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from generator.source.folder import DEPARTMENTS, HISTORY, LOGOS, looks_like_data
from generator.source.git import GitResult, NotInstalled, Objects, TreeEntry, Unread, line, run

__all__ = ["NotInstalled", "Repository", "Revision", "State", "Unread", "Unusable"]

_COMMIT_BYTES = 1_000_000
_FOLDER_BYTES = 10_000_000
_STATE_BYTES = 100_000_000
_STATE_FILES = 10_000
_PATH = 4_000
_NAME = 100
# Names that are no names on this system, and two that are one on it.
_NO_NAME = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ, errno.EEXIST, errno.EISDIR, errno.ENOTDIR)
_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_START = re.compile(r"[^~^:@]+")
"""What the name of a commit begins with, from which it goes on to others."""
_TIME = re.compile(rb"\s*(\d{1,30})(?:\s+([+-])(\d\d)(\d\d)(?!\d))?")
_FARTHEST = timedelta(hours=14)
"""How far from UTC people live."""
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


@dataclass(frozen=True)
class Revision:
    """A commit that touched the folder.

    `moment` is in the time zone of whoever made it, so that its day is the one of their calendar; it is from 1970 to
    9999 whatever the commit says.  `author` is one line that can be shown anywhere.
    """

    id: str
    moment: datetime
    author: str


State = Mapping[str, str]
"""The data files of a folder at a commit: what git calls the content of each, by name.  Equal content, equal states."""


class Unusable(Exception):
    """What a commit holds cannot be laid out as a data folder; the message says why, in one line."""


class Repository:
    """What git knows of a folder; a context that ends what was started to ask it.

    Creating it raises NotInstalled where there is no git, and Unread where the repository cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._objects = Objects(folder)
        self._contents: dict[str, bytes] = {}
        self._prefix: bytes | None = None
        """Where the folder is in the repository; None where it is in none."""
        place = run(folder, "rev-parse", "--is-inside-work-tree", "--show-prefix")
        if place.code == 0 and place.output.startswith(b"true\n"):
            self._prefix = place.output.removeprefix(b"true\n").removesuffix(b"\n")
        elif place.code and any(
            os.path.lexists(parent / ".git") for parent in Path(os.path.realpath(folder), "x").parents
        ):
            raise Unread(place.complaint)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._objects.close()

    @property
    def place(self) -> str:
        """Where the folder is in the repository, as a path that ends with a slash; empty where it is its root."""
        return os.fsdecode(self._prefix or b"")

    @property
    def journal(self) -> Path | None:
        """The file in which git takes down each commit that comes to be the one that is checked out; None where there
        is no repository.  It may not be there.
        """
        if self._prefix is None:
            return None
        return self._folder / os.fsdecode(self._ask("rev-parse", "--git-path", "logs/HEAD").output.removesuffix(b"\n"))

    @property
    def shallow(self) -> bool:
        """Whether the repository was told to leave older commits out."""
        return self._prefix is not None and self._ask("rev-parse", "--is-shallow-repository").output == b"true\n"

    def revisions(self, most: int) -> tuple[tuple[Revision, ...], str]:
        """The last commits that touched the folder, the newest first, and why older ones cannot be read ("": they can).

        Of a merged branch only the merge counts: that is when its changes came to be shown.
        """
        if self._prefix is None or not self._ask("rev-parse", "--verify", "--quiet", "HEAD").output:
            return (), self._broken() if self._prefix is not None else ""
        listed = run(self._folder, "rev-list", "--first-parent", f"--max-count={most}", "HEAD", "--", ".")
        revisions, unread = [], listed.complaint if listed.code else ""
        for name in listed.output.decode("ascii", "replace").split("\n")[:-1]:
            try:
                revisions.append(self._revision(name))
            except Unread as reason:
                unread = unread or str(reason)
        return tuple(revisions), unread

    def commit(self, name: str) -> str | None:
        """The id of the commit that a name stands for (a branch, a tag, an id, HEAD~3); None where there is none.

        Unread where objects are missing or damaged among which it would be.
        """
        if self._prefix is None or not name or name.startswith("-") or "\0" in name:
            return None
        output = self._ask("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").output
        ident = output.decode("ascii", "replace").strip()
        if _ID.fullmatch(ident):
            return ident
        # Of a commit that it lacks, git says only that there is none, and so of those before it.
        start = _START.match(name)
        if start is not None and self._ask("rev-parse", "--verify", "--quiet", start[0]).output:
            self._ask("rev-list", "--quiet", start[0], "--")
        return None

    def branches(self) -> tuple[str, ...]:
        """The names of all branches and tags."""
        if self._prefix is None:
            return ()
        where = ("refs/heads", "refs/remotes", "refs/tags")
        names = self._ask("for-each-ref", "--format=%(refname:short)", *where).output
        return tuple(names.decode("utf-8", "replace").split("\n")[:-1])

    def state(self, revision: str, *, elsewhere: bool = False) -> State | None:
        """The data files of the folder at a commit; None where it was not there yet.

        With `elsewhere`, also the YAML files in folders that nobody reads, for which a folder of today is refused.
        Unread where the commit is damaged; Unusable where one of them is no ordinary file.
        """
        tree = self._headers(revision).get(b"tree", b"").decode("ascii", "replace")
        if not _ID.fullmatch(tree):
            raise Unread(f"the commit {revision} is damaged")
        folder = self._objects.tree(tree, _FOLDER_BYTES)
        for step in filter(None, (self._prefix or b"").split(b"/")):
            entry = folder.get(step)
            if entry is None or entry.mode != b"40000":
                return None
            folder = self._objects.tree(entry.id, _FOLDER_BYTES)
        files = dict(self._data_files(folder, elsewhere))
        if len(files) > _STATE_FILES:
            raise Unusable(f"there are more than {_STATE_FILES:,} files")
        return files

    def contents(self, state: State) -> dict[str, bytes]:
        """The bytes of these files, by name; Unread where one is damaged, Unusable where they are too large."""
        self._fetch(state)
        return {name: self._contents[ident] for name, ident in state.items()}

    @contextmanager
    def checked_out(self, state: State) -> Iterator[Path]:
        """A temporary folder with these files; Unread where one is damaged, Unusable where no folder can hold them."""
        self._fetch(state)
        with ExitStack() as stack:
            try:
                place = Path(stack.enter_context(TemporaryDirectory()))
                for name, ident in state.items():
                    target = place / name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    with target.open("xb") as file:
                        file.write(self._contents[ident])
            except OSError as error:
                reason = (error.strerror or str(error)).lower()
                if error.errno in _NO_NAME:
                    raise Unusable(f"the data cannot be laid out here: {reason}") from None
                raise Unread(f"there is no room for it in the temporary folder: {reason}") from None
            yield place

    def _fetch(self, state: State) -> None:
        # Most files are those of the state before.
        self._contents = {ident: known for ident in state.values() if (known := self._contents.get(ident)) is not None}
        rest = _STATE_BYTES
        for ident in state.values():
            rest -= len(self._contents[ident]) if ident in self._contents else self._objects.size(ident)
            if rest < 0:
                raise Unusable(f"the data is larger than {_STATE_BYTES:,} bytes")
            if ident not in self._contents:
                self._contents[ident] = self._objects.read(ident, "blob", _STATE_BYTES)

    def _data_files(self, folder: Mapping[bytes, TreeEntry], elsewhere: bool) -> Iterator[tuple[str, str]]:
        """Their names and ids, found as folder.py finds them."""
        waiting: list[tuple[str, str]] = []
        inside, read = "", 0
        while True:
            for raw, entry in folder.items():
                name, is_folder = os.fsdecode(raw), entry.mode == b"40000"
                if name == DEPARTMENTS and not inside and is_folder:
                    waiting.append((f"{DEPARTMENTS}/", entry.id))
                elif looks_like_data(name) or (name in (HISTORY, DEPARTMENTS) and not inside):
                    # A name with more than a name in it leads out of the folder.
                    if not entry.mode.startswith(b"100") or Path(name).name != name:
                        raise Unusable(f"{line(os.fsencode(inside) + raw)} is no ordinary file")
                    yield inside + name, entry.id
                elif elsewhere and is_folder and not name.startswith(".") and (inside or name != LOGOS):
                    waiting.append((f"{inside}{name}/", entry.id))
            if not waiting:
                return
            inside, ident = waiting.pop()
            read += 1
            if read > _STATE_FILES or len(inside) > _PATH:
                raise Unusable(f"there are more than {_STATE_FILES:,} folders, or they stand too deep in each other")
            folder = self._objects.tree(ident, _FOLDER_BYTES)

    def _ask(self, *arguments: str) -> GitResult:
        """What git says; Unread where it says that it cannot (1 is its way to say no)."""
        done = run(self._folder, *arguments)
        if done.code not in (0, 1):
            raise Unread(done.complaint)
        return done

    def _broken(self) -> str:
        """Why there is no commit, where there should be one; "" in a new repository."""
        return self._ask("for-each-ref", "--count=1").complaint

    def _headers(self, revision: str) -> dict[bytes, bytes]:
        """What a commit says of itself, the first word of each time, by name."""
        head, _, _ = self._objects.read(revision, "commit", _COMMIT_BYTES).partition(b"\n\n")
        headers: dict[bytes, bytes] = {}
        for name, _, value in (row.partition(b" ") for row in head.split(b"\n")):
            headers.setdefault(name, value)
        return headers

    def _revision(self, name: str) -> Revision:
        headers = self._headers(name)
        author, _, _ = headers.get(b"author", b"").partition(b"<")
        encoding = headers.get(b"encoding", b"utf-8").decode("ascii", "replace")
        _, _, time = headers.get(b"committer", b"").rpartition(b">")
        return Revision(name, _moment(time), line(author, encoding, _NAME) or "an unknown author")


def _moment(written: bytes) -> datetime:
    """The moment of b" 1767225600 +0100": seconds since 1970, and the zone: UTC where nobody lives in it.

    1970 where it is none.
    """
    found = _TIME.match(written)
    if found is None:
        return _FIRST
    hours, minutes = int(found[3] or 0), int(found[4] or 0)
    offset = timedelta(hours=hours, minutes=minutes) * (-1 if found[2] == b"-" else 1)
    if minutes > 59 or abs(offset) > _FARTHEST:
        offset = timedelta()
    there = timedelta(seconds=min(int(found[1]), int((_LAST - _FIRST).total_seconds()))) + offset
    return (_FIRST + min(max(there, timedelta()), _LAST - _FIRST)).replace(tzinfo=timezone(offset))
