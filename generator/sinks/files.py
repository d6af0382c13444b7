"""Single files: written whole or not at all, and only where an ordinary file stands or nothing does.

A link, a device, a pipe or a socket under the name of a file is never read, followed or replaced: a pull request can
carry a link, and a replaced device is lost until the next start of the machine.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from generator.sinks import Refused
from generator.source import NotAFile, kind, ordinary

WORKING = ".playbook-"
"""How the names of files and folders begin that stand beside their place until they are whole."""


def in_the_way(folder: Path, path: str) -> str:
    """Why `path` below `folder` cannot hold a file of ours, whatever its content; empty where it can."""
    at = folder
    for part in PurePosixPath(path).parts[:-1]:
        at /= part
        try:
            mode = at.lstat().st_mode
        except FileNotFoundError:
            return ""
        if stat.S_ISLNK(mode):
            return f"is behind the symbolic link {at}"
        if not stat.S_ISDIR(mode):
            return f"cannot be written, because {at} is not a folder"
    return unfit(folder / path)


def unfit(path: Path) -> str:
    """Why `path` itself cannot hold a file of ours: what stands there; empty where it can."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return ""
    return "" if stat.S_ISREG(mode) else f"is {kind(mode)}, not an ordinary file"


def own_folder(folder: Path, protected: Iterable[Path]) -> Path:
    """The folder, resolved; Refused where it is a link, or holds or lies in a `protected` file or folder."""
    if folder.is_symlink():
        raise Refused(f"{folder} is a symbolic link; name the folder itself")
    folder = Path(os.path.realpath(folder))
    for path in (Path(os.path.realpath(path)) for path in protected):
        if path.is_relative_to(folder) or (path.is_dir() and folder.is_relative_to(path)):
            raise Refused(f"nothing is written to {folder}: {path} must stay apart from it")
    return folder


def names_in(folder: Path) -> str:
    """Some of what stands in a folder, to be named in a message; empty where nothing does."""
    names = sorted(os.listdir(folder))
    return ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")


def content(path: Path) -> bytes | None:
    """What stands in the ordinary file `path`, None where nothing is there; Refused where it is something else."""
    try:
        with ordinary(path) as file:
            return file.read()
    except FileNotFoundError:
        return None
    except NotAFile as kind:
        raise Refused(f"{path} is {kind}, not an ordinary file") from None


def renew(path: Path, new: bytes | None) -> None:
    """Give `path` this content, and keep its permissions; None removes it.  Refused where no ordinary file may stand.

    The content goes to a file beside it whose name nobody can foresee, which then takes its place.
    """
    if reason := unfit(path):
        raise Refused(f"{path} {reason}")
    if new is None:
        path.unlink()
        return
    temporary = path.parent / f"{WORKING}{secrets.token_hex(8)}"
    try:
        _put(path, new, temporary)
    except OSError as error:
        # Nobody has ever heard of the other name.
        error.filename = os.fspath(path)
        raise


def _put(path: Path, new: bytes, temporary: Path) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(new)
        with contextlib.suppress(FileNotFoundError):
            temporary.chmod(stat.S_IMODE(path.lstat().st_mode))
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def renew_all(folder: Path, new: Mapping[str, bytes | None], beside: Mapping[Path, bytes] | None = None) -> None:
    """Give each path below `folder`, and each file `beside` it, its content, as `renew` does.

    Refused, with every reason and nothing written, where one of them may not hold a file; where one cannot get its
    content (OSError), all keep theirs.
    """
    beside = beside or {}
    reasons = {folder / path: in_the_way(folder, path) for path in new} | {path: unfit(path) for path in beside}
    if any(reasons.values()):
        raise Refused(*(f"{path} {reason}" for path, reason in reasons.items() if reason))
    before: dict[Path, bytes | None] = {}
    try:
        for path, text in [*((folder / name, text) for name, text in new.items()), *beside.items()]:
            before[path] = content(path)
            path.parent.mkdir(exist_ok=True)
            renew(path, text)
    except OSError:
        for path, old in before.items():
            if content(path) != old:
                renew(path, old)
        raise


@contextmanager
def temporary_folder(texts: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder in the place for temporary files, with these files in it, that goes at the end."""
    with tempfile.TemporaryDirectory(prefix="playbook-") as place:
        for name, text in texts.items():
            path = Path(place, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
        # They may be large, and now stand there.
        del texts
        yield Path(place)


_GIT = ".git"


def check_new(path: Path) -> None:
    """Refused where something else than an empty folder stands, or a git repository with nothing in it yet."""
    if os.path.lexists(path) and (path.is_symlink() or not path.is_dir() or set(os.listdir(path)) - {_GIT}):
        raise Refused(f"{path} is there already, with something in it; name another folder")


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """An empty folder, which becomes `path` at the end unless an exception ends it.

    Refused as by `check_new`.  Until the end it stands beside its place, so that nobody sees it half filled; in it,
    where an empty folder is there.
    """
    check_new(path)
    # Somebody may work in an empty folder, or another disk may be mounted there: it is filled, not replaced.
    there = path.is_dir()
    if not there:
        path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=WORKING, dir=path if there else path.parent) as place:
        folder = Path(place) / "new"
        folder.mkdir()
        yield folder
        if not there:
            folder.replace(path)
        elif others := [name for name in sorted(os.listdir(path)) if name not in (Path(place).name, _GIT)]:
            raise Refused(f"{path} was empty, and now has {others[0]} in it; nothing is written")
        else:
            for name in sorted(os.listdir(folder)):
                (folder / name).replace(path / name)


def log(text: str) -> Path:
    """A new file with `text` in the folder for temporary files, readable by its owner alone."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", errors="backslashreplace", prefix="playbook-", suffix=".log", delete=False
    ) as file:
        file.write(text)
    return Path(file.name)
