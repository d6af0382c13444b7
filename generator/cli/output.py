"""Files that a command writes beside the data, whole or not at all, and never over what somebody else wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from generator.sinks import Refused, files, reason_of


def write(path: Path, text: str, mark: str) -> str:
    """Write `text`, which begins with `mark`, and give what the file had before; empty where it was not there.

    Refused where the file has something that does not begin so, where it is no ordinary file, and where it cannot be
    written.
    """
    with _reporting(path):
        before = (files.content(path) or b"").decode("utf-8", "replace").removeprefix("\ufeff")
        if before.strip() and not before.startswith(mark):
            raise Refused(f"{path} was not written by this command, and stays as it is; name another file")
        if before != text:
            files.renew(path, text.encode())
    return before


def write_new(path: Path, content: bytes, beside: Mapping[Path, bytes]) -> None:
    """Write a file that is not there yet, and what belongs `beside` it, both or none; Refused where one is there,
    unless it is the same.

    For files that people go on to edit: what begins as this command writes it may hold their work.
    """
    with _reporting(path):
        if files.content(path) not in (None, content):
            raise Refused(f"{path} is there already, and stays as it is; move it away, or name another file")
        path.parent.stat()  # a folder that is not there was hardly meant
        files.renew_all(path.parent, {}, {**beside, path: content})


def write_over(path: Path, content: bytes) -> None:
    """Write a file that was read before, or is new."""
    with _reporting(path):
        if files.content(path) != content:
            files.renew(path, content)


@contextmanager
def _reporting(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Refused(f"{error.filename or path} cannot be written: {reason_of(error)}") from error
