"""Single files: written whole or not at all."""

from __future__ import annotations

import os
import tempfile
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
