"""Single files: written whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


def replace(path: Path, content: bytes, temporary: Path) -> None:
    """Write `content` to `path` by way of `temporary`, which is on the same disk and ours to remove."""
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    temporary.replace(path)


def renew(path: Path, content: bytes | None) -> None:
    """Give `path` this content; None removes it."""
    if content is None:
        path.unlink()
    else:
        replace(path, content, path.with_name(f".{path.name}.new"))


def renew_all(new: Mapping[Path, bytes]) -> None:
    """Give each path its content, as `renew` does; where one of them cannot get it (OSError), all keep theirs."""
    before: dict[Path, bytes | None] = {}
    try:
        for path, text in new.items():
            before[path] = content(path)
            path.parent.mkdir(exist_ok=True)
            renew(path, text)
    except OSError:
        for path, old in before.items():
            if content(path) != old:
                renew(path, old)
        raise


@contextmanager
def copied(folder: Path, new: Mapping[str, bytes]) -> Iterator[Path]:
    """A copy of a folder in a temporary place, in which the files of these names have this content."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "data"
        shutil.copytree(folder, copy, symlinks=True)
        for name, text in new.items():
            (copy / name).parent.mkdir(exist_ok=True)
            (copy / name).write_bytes(text)
        yield copy


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """An empty folder, which becomes `path` at the end unless an exception ends it; `path` is not there, or is empty.

    Until then it stands beside it, so that nobody sees it half filled.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as place:
        folder = Path(place) / "new"
        folder.mkdir()
        yield folder
        folder.replace(path)


def content(path: Path) -> bytes | None:
    """What stands in `path`, or None where nothing is there."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def log(text: str) -> Path:
    """A new file with `text` in the folder for temporary files, readable by its owner alone."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", errors="backslashreplace", prefix="playbook-", suffix=".log", delete=False
    ) as file:
        file.write(text)
    return Path(file.name)
