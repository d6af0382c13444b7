"""The text of one data file: an ordinary file of bounded size, in UTF-8, with no unfinished merge in it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from generator.problems import Place, Problem, define_error
from generator.source.characters import LINE_SEPARATOR
from generator.source.folder import MISSING_FILE, NOT_A_FILE, kind, unreadable

TOO_BIG = define_error(
    "too-big",
    "A file is too large",
    meaning="The file is larger than the limit, which guards the build against files put there by mistake.",
    fix="Split partners.yml into one file for each department in partners/, or raise the limit for inventories in "
    "settings.yml (limits: inventory_mb).",
)
NOT_UTF8 = define_error(
    "not-utf8",
    "A file is not in UTF-8",
    meaning="Text is stored as bytes, and this file stores it in another way than UTF-8, the usual one. Letters such "
    "as é or ß would come out wrong.",
    fix="Open the file in your editor and save it with the encoding UTF-8.",
)
CONFLICT = define_error(
    "merge-conflict",
    "An unfinished merge",
    meaning="Git wrote two versions of the same lines into the file and marked them, because it could not tell which "
    "one is right. Nothing else in the file was checked.",
    fix="Keep the lines that are right, and delete the others, and the marker lines with <<<<<<<, "
    "======= and >>>>>>> as well.",
)

# Lines of their own, as git writes them; no line of our data can start like this either.
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?= |\r?$)", re.MULTILINE)


def read(path: Path, file: str, limit: int) -> tuple[str, Problem | None]:
    """The text of a file of at most `limit` bytes, or the problem that keeps it from being read."""
    content, problem = read_bytes(path, file, limit)
    if problem is not None:
        return "", problem
    return decoded(content, file)


def decoded(content: bytes, file: str) -> tuple[str, Problem | None]:
    """The text of a file with that content, or the problem that keeps it from being read."""
    text, problem = _decode(content, file)
    return text, problem or _old_line_ends(text, file) or unfinished_merge(text, file)


def text_of(path: Path, limit: int) -> str:
    """The text of a file as well as it can be read, for excerpts; empty where it cannot.  Not safe to print."""
    content, _ = read_bytes(path, "", limit)
    return content.decode("utf-8", errors="replace").removeprefix("\ufeff")


class NotAFile(Exception):
    """Something else stands where an ordinary file should; the message says what, as in "a symbolic link"."""


# Windows lacks the first two, and alone has the last: without it, line ends would be changed there.
_ORDINARY = [getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")]


@contextmanager
def ordinary(path: Path) -> Iterator[BinaryIO]:
    """An ordinary file, opened for reading; links are not followed, and a pipe is never waited for.

    Raises NotAFile for what is something else, and OSError for what the system refuses.
    """
    _check_mode(path.lstat().st_mode)
    # Whatever takes the file's place between the two calls is still neither followed nor waited for.
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | sum(_ORDINARY))) as stream:
        _check_mode(os.fstat(stream.fileno()).st_mode)
        yield stream


def _check_mode(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise NotAFile(kind(mode))


def read_bytes(path: Path, file: str, limit: int) -> tuple[bytes, Problem | None]:
    """The bytes of an ordinary file of at most `limit` bytes, or the problem that keeps it from being read."""
    try:
        with ordinary(path) as stream:
            content = stream.read(limit + 1)
    except NotAFile as kind:
        message = f"this is {kind}, not an ordinary file"
        return b"", Problem(NOT_A_FILE, message, Place(file), "put an ordinary file in its place")
    except FileNotFoundError:
        return b"", Problem(MISSING_FILE, f"{file} is missing", Place(file), "create it, or bring it back")
    except OSError as error:
        return b"", unreadable(error, file)
    if len(content) > limit:
        hint = "split it into partners/DEPARTMENT.yml, or raise limits: inventory_mb in settings.yml"
        return b"", Problem(TOO_BIG, f"the file is larger than {limit:,} bytes", Place(file), hint)
    return content, None


def _decode(content: bytes, file: str) -> tuple[str, Problem | None]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0\0" in (content[0:4:2], content[1:4:2]):
        message = "the file is in UTF-16 (Windows calls it 'Unicode'), not in UTF-8"
        return "", Problem(NOT_UTF8, message, Place(file), "save it with the encoding UTF-8")
    try:
        return content.decode("utf-8").removeprefix("\ufeff"), None
    except UnicodeDecodeError as error:
        start = content.rfind(b"\n", 0, error.start) + 1
        before = content[start : error.start].decode("utf-8").removeprefix("\ufeff")
        place = Place(file, content.count(b"\n", 0, error.start) + 1, len(before) + 1)
        message = f"the byte 0x{content[error.start]:02X} is not UTF-8"
        return "", Problem(NOT_UTF8, message, place, "save the file with the encoding UTF-8")


def _old_line_ends(text: str, file: str) -> Problem | None:
    """That the file, or most of it, is one line for everybody who counts lines by LF; a CR here and there is a slip."""
    if "\r" not in text or text.count("\r") - text.count("\r\n") <= text.count("\n"):
        return None
    message = "the lines of this file end with CARRIAGE RETURN alone, as on old Macs"
    return Problem(LINE_SEPARATOR, message, Place(file), "set 'line endings' to LF (Unix) in your editor and save it")


def unfinished_merge(text: str, file: str) -> Problem | None:
    """The first marker that git has left in a text, where it has."""
    # Nearly no text has any of them, and to look for a part of a line is faster than to look at the start of each.
    if not any(sign * 7 in text for sign in "<=>|") or not (marker := _CONFLICT.search(text)):
        return None
    line = text.count("\n", 0, marker.start()) + 1
    hint = "keep the lines that are right, and delete the others and the marker lines"
    return Problem(CONFLICT, f"the marker {marker[0]} of an unfinished merge", Place(file, line, 1, 7), hint)
