"""Files that a command writes beside the data, whole or not at all, and never over what somebody else wrote."""

from __future__ import annotations

from pathlib import Path

from generator.sinks import Refused, files

_BOM = b"\xef\xbb\xbf"


def write(path: Path, text: str, mark: str) -> str:
    """Write `text`, which begins with `mark`, and give what the file had before; empty where it was not there.

    Refused where the file has something that does not begin so, and where it cannot be written.
    """
    return write_bytes(path, text.encode(), mark.encode()).decode("utf-8", "replace")


def write_bytes(path: Path, content: bytes, mark: bytes) -> bytes:
    """Write what is no text, in the same way."""
    try:
        before = files.content(path) or b""
        if before.strip() and not before.removeprefix(_BOM).startswith(mark.removeprefix(_BOM)):
            raise Refused(f"{path} was not written by this command, and stays as it is; name another file")
        if before != content:
            files.renew(path.resolve(), content)
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        raise Refused(f"{path} cannot be written: {reason}") from error
    return before.removeprefix(_BOM)
