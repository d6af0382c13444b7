"""Single files: written whole or not at all, and only where an ordinary file stands or nothing does.

A link, a device, a pipe or a socket under the name of a file is never read, followed or replaced: a pull request can
carry a link, and a replaced device is lost until the next start of the machine.
"""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from itertools import takewhile
from pathlib import Path, PurePosixPath

from generator.sinks import Refused, reason_of
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
    with _ready(path, new) as ready, named(path):
        ready.replace(path)


def renew_all(folder: Path, new: Mapping[str, bytes | None], beside: Mapping[Path, bytes] | None = None) -> None:
    """Give each path below `folder`, and then each file `beside` it, its content, as `renew` does: all, or none.

    Refused, with every reason and nothing written, where one of them may not hold a file.  Where one cannot get its
    content (OSError), and whatever else ends this, all keep theirs; Refused names those that could not be put back.
    """
    own = {folder / path: text for path, text in new.items()}
    beside = beside or {}
    reasons = {folder / path: in_the_way(folder, path) for path in new} | {path: unfit(path) for path in beside}
    if any(reasons.values()):
        raise Refused(*(f"{path} {reason}" for path, reason in reasons.items() if reason))
    # What one file loses, another may gain: a run that is killed in between leaves it in both, and not in none.
    growing = sorted(own, key=lambda path: len(content(path) or b"") - len(own[path] or b""))
    texts = {**{path: own[path] for path in growing}, **beside}
    with ExitStack() as stack:
        ready: dict[Path, Path | None] = {}
        for path, text in texts.items():
            stack.enter_context(making(path.parent))
            ready[path] = None if text is None else stack.enter_context(_ready(path, text, on_disk=True))
        # From here on nothing takes room on the disk.
        with _kept(ready):
            for path, file in ready.items():
                with named(path):
                    if file is None:
                        path.unlink()
                    else:
                        file.replace(path)


@contextmanager
def making(folder: Path) -> Iterator[None]:
    """Make a folder and those above it, where they are missing; where this fails, those that stay empty go again."""
    missing = [*takewhile(lambda path: not os.path.lexists(path), (folder, *folder.parents))]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        with suppress(OSError):
            for path in missing:
                path.rmdir()
        raise


@contextmanager
def _ready(path: Path, new: bytes, *, on_disk: bool = False) -> Iterator[Path]:
    """A file with this content that may take the place of `path`, and goes if it does not.

    It is written to the disk itself where `on_disk` says so, and not only handed to the system.
    """
    file = _unforeseen(path)
    try:
        with named(path):
            _write(file, new, path, on_disk=on_disk)
        yield file
    finally:
        with suppress(OSError):
            file.unlink()


def _unforeseen(path: Path) -> Path:
    return path.parent / f"{WORKING}{secrets.token_hex(8)}"


def _write(file: Path, new: bytes, path: Path, *, on_disk: bool) -> None:
    """Make a file that has the permissions of `path`."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(file, flags, 0o666), "wb") as opened:
        opened.write(new)
        if on_disk:
            opened.flush()
            os.fsync(opened.fileno())
    with suppress(FileNotFoundError):
        file.chmod(stat.S_IMODE(path.lstat().st_mode))


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Let errors name `path`: nobody has ever heard of the other name."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = os.fspath(path), None
        raise


@contextmanager
def _kept(paths: Iterable[Path]) -> Iterator[None]:
    """Keep what stands there until the end, and put it back where anything ends this; that takes no room on the disk.

    Refused names those that cannot be put back.
    """
    kept: dict[Path, Path | None] = {}
    lost: dict[Path, Path | None] = {}
    try:
        # Unlike a loop, it goes on where somebody interrupts once more.
        with ExitStack() as undo:
            for path in paths:
                with named(path):
                    kept[path] = _another_name(path)
                undo.callback(_put_back, path, kept[path], lost)
            yield
            undo.pop_all()
    except BaseException as error:
        if not lost:
            raise
        why = f"{error.filename}: {reason_of(error)}" if isinstance(error, OSError) else "something ended it"
        raise Refused(
            f"not all could be written ({why}), and not all of it undone",
            *(
                f"{path} {f'may be changed: what it said is in {old}' if old else 'may be new'}"
                for path, old in lost.items()
            ),
        ) from error
    for old in kept.values():
        _remove(old)


def _another_name(path: Path) -> Path | None:
    """A file beside `path` that is the same, or has the same in it; None where nothing stands there."""
    old = _unforeseen(path)
    try:
        os.link(path, old)
    except OSError:
        # Not every file system knows links, and not everybody's files may be linked.
        there = content(path)
        if there is None:
            return None
        with _ready(path, there, on_disk=True) as copy:
            copy.replace(old)
    return old


def _put_back(path: Path, old: Path | None, lost: dict[Path, Path | None]) -> None:
    lost[path] = old
    with suppress(OSError):
        if old is None:
            path.unlink(missing_ok=True)
        elif content(path) != content(old):
            old.replace(path)
        del lost[path]
        _remove(old)


def _remove(old: Path | None) -> None:
    if old is not None:
        with suppress(OSError):
            old.unlink()


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


def working_folder(folder: Path) -> Path:
    """A new folder in this one, whose name nobody can foresee; Refused where none can be made."""
    try:
        return Path(tempfile.mkdtemp(prefix=WORKING, dir=folder))
    except OSError as error:
        # The system names the new one, of which nobody has ever heard.
        raise Refused(f"nothing can be made in {os.path.realpath(folder)}: {reason_of(error)}") from error


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """An empty folder, which becomes `path` at the end unless an exception ends it.

    Refused as by `check_new`.  Until the end it stands beside its place, so that nobody sees it half filled; in it,
    where an empty folder is there.
    """
    check_new(path)
    # Somebody may work in an empty folder, or another disk may be mounted there: it is filled, not replaced.
    there = path.is_dir()
    with making(path.parent), ExitStack() as stack:
        place = working_folder(path if there else path.parent)
        stack.callback(shutil.rmtree, place, ignore_errors=True)
        folder = place / "new"
        folder.mkdir()
        yield folder
        if not there:
            folder.replace(path)
        elif others := [name for name in sorted(os.listdir(path)) if name not in (place.name, _GIT)]:
            raise Refused(f"{path} was empty, and now has {others[0]} in it; nothing is written")
        else:
            names = sorted(os.listdir(folder))
            try:
                for name in names:
                    (folder / name).replace(path / name)
            except BaseException:
                for name in names:
                    with suppress(OSError):
                        (path / name).replace(folder / name)
                raise


def log(text: str) -> Path:
    """A new file with `text` in the folder for temporary files, readable by its owner alone."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", errors="backslashreplace", prefix="playbook-", suffix=".log", delete=False
    ) as file:
        file.write(text)
    return Path(file.name)
