"""Earlier states of a data folder, where it lies in a git repository."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory


@dataclass(frozen=True)
class Revision:
    """A commit that touched the folder; `moment` is in UTC, `author` a name as git has it."""

    id: str
    moment: datetime
    author: str


def revisions(folder: Path, most: int) -> tuple[Revision, ...]:
    """The last commits that touched the folder, the newest first; none where git knows nothing of it.

    Of a merged branch only the merge counts: that is when its changes came to be shown.
    """
    log = _git(folder, "log", "--first-parent", f"--max-count={most}", "--format=%H%x00%ct%x00%an", "--", ".")
    rows = (line.split("\0") for line in log.decode("utf-8", "replace").splitlines())
    return tuple(Revision(commit, datetime.fromtimestamp(int(time), UTC), author) for commit, time, author in rows)


def commit(folder: Path, name: str) -> str | None:
    """The id of the commit that a name stands for (a branch, a tag, an id, HEAD~3); None where there is none."""
    if name.startswith("-"):
        return None
    return _git(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip() or None


def branches(folder: Path) -> tuple[str, ...]:
    """The names of all branches and tags."""
    names = _git(folder, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags")
    return tuple(names.decode("utf-8", "replace").splitlines())


@contextmanager
def checked_out(folder: Path, revision: str) -> Iterator[Path]:
    """The folder as it was at a commit, in a temporary place: regular files alone.

    It is empty where the folder was not there yet.
    """
    with TemporaryDirectory() as place:
        if packed := _git(folder, "archive", "--format=tar", revision):
            _unpack(packed, Path(place))
        yield Path(place)


def _unpack(packed: bytes, place: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:") as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isfile() else None
            if content is not None:
                target = place / member.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.read())


def _git(folder: Path, *arguments: str) -> bytes:
    """What git prints; nothing where it fails, or is not installed."""
    try:
        command = ["git", "-C", str(folder), *arguments]
        done = subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - no shell reads it
    except OSError:
        return b""
    return done.stdout if done.returncode == 0 else b""
