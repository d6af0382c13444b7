"""Files that a command writes beside the data, whole or not at all, and never over what somebody else wrote."""

from __future__ import annotations

from pathlib import Path

from generator.sinks import Refused, files


def write(path: Path, text: str, mark: str) -> str:
    """Write `text`, which begins with `mark`, and give what the file had before; empty where it was not there.

    Refused where the file has something that does not begin so, and where it cannot be written.
    """
    try:
        before = (files.content(path) or b"").decode("utf-8", "replace").removeprefix("\ufeff")
        if before.strip() and not before.startswith(mark):
            raise Refused(f"{path} was not written by this command, and stays as it is; name another file")
        if before != text:
            files.renew(path.resolve(), text.encode())
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        raise Refused(f"{path} cannot be written: {reason}") from error
    return before
