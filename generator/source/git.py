"""Git, asked for what it stores and for nothing else.

A repository can come from anybody, and with it its settings, attributes and objects.  So only plumbing is asked, whose
answers no setting, attribute or language changes, and which runs no program.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, NamedTuple

from generator.source.characters import neutral

# Other variables of git's point to another repository, or change what is read.  Where git's own programs are and which
# settings the user has must stay: safe.directory counts nowhere else.
_KEPT = ("GIT_CONFIG_", "GIT_EXEC_PATH", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")
_OURS = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    # An object that a partial clone lacks would be fetched, by a program that the repository names.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
    "LANGUAGE": "C",
}
_SETTINGS = ("--no-pager", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
_LONGEST = 400


class Unread(Exception):
    """Git cannot read what it stores; the message is one line with the reason, fit to be shown."""


class NotInstalled(Unread):
    """There is no git on this computer."""


class GitResult(NamedTuple):
    """The exit code of a command, what it printed, and its complaint in one line."""

    code: int
    output: bytes
    complaint: str


class TreeEntry(NamedTuple):
    """What a folder holds under a name: `mode` as git writes it (b"100644"), and the id of the object."""

    mode: bytes
    id: str


def run(folder: Path, *arguments: str) -> GitResult:
    """Run git in a folder; NotInstalled where there is none, Unread where it cannot be started."""
    try:
        done = subprocess.run(  # noqa: S603 - no shell reads it
            _command(folder, arguments),
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except (OSError, ValueError) as error:
        raise _not_started(error) from None
    complaint = _complaint(done.stderr)
    if done.returncode and not complaint:
        complaint = f"git ended with the code {done.returncode}"
    return GitResult(done.returncode, done.stdout, complaint)


class Objects:
    """The objects of the repository around a folder, by id, from two processes that answer until `close`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def close(self) -> None:
        for process in self._running.values():
            process.kill()
            process.communicate()
        self._running.clear()

    def size(self, ident: str) -> int:
        """In bytes; Unread where the object is missing or damaged."""
        try:
            return self._header(self._asked("--batch-check", ident), ident)[1]
        except OSError:
            raise self._ended(ident) from None

    def read(self, ident: str, kind: str, most: int) -> bytes:
        """The object of that kind (commit, tree, blob); Unread where there is none of at most `most` bytes."""
        size = self.size(ident)
        if size > most:
            raise Unread(f"the {kind} {ident} is larger than {most:,} bytes")
        try:
            answer = self._asked("--batch", ident)
            actual, size = self._header(answer, ident)
            content = answer.read(size)
            if len(content) < size or answer.read(1) != b"\n":
                raise self._ended(ident)
        except OSError:
            raise self._ended(ident) from None
        if actual != kind:
            raise Unread(f"the object {ident} is no {kind}")
        return content

    def tree(self, ident: str, most: int) -> dict[bytes, TreeEntry]:
        """What a folder holds, by name; `most` is in bytes."""
        content, entries, at = self.read(ident, "tree", most), dict[bytes, TreeEntry](), 0
        length = len(ident) // 2
        while at < len(content):
            zero = content.find(b"\0", at)
            mode, blank, name = content[at:zero].partition(b" ")
            at = zero + 1 + length
            if zero < 0 or not blank or at > len(content):
                raise Unread(f"the tree {ident} is damaged")
            entries.setdefault(name, TreeEntry(mode, content[zero + 1 : at].hex()))
        return entries

    def _asked(self, how: str, ident: str) -> IO[bytes]:
        if how not in self._running:
            try:
                self._running[how] = subprocess.Popen(  # noqa: S603 - no shell reads it
                    _command(self._folder, ("cat-file", how)),
                    env=_environment(),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
            except OSError as error:
                raise _not_started(error) from None
        process = self._running[how]
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{ident}\n".encode())
        process.stdin.flush()
        return process.stdout

    def _header(self, answer: IO[bytes], ident: str) -> tuple[str, int]:
        words = answer.readline().decode("ascii", "replace").split()
        if not words:
            raise self._ended(ident)
        if len(words) != 3 or not words[2].isdigit():
            raise self._lacking(ident, "missing or damaged")
        return words[1], int(words[2])

    def _ended(self, ident: str) -> Unread:
        """What to raise where a process has ended; the next question starts another one."""
        self.close()
        return self._lacking(ident, "damaged")

    def _lacking(self, ident: str, otherwise: str) -> Unread:
        # Some versions of git answer that an object was not fetched, and some end.
        partial = run(self._folder, "config", "--get-regexp", r"^remote\..*\.promisor$", "true")
        reason = "not in this clone, which was made with --filter: clone it whole" if partial.output else otherwise
        return Unread(f"the object {ident} is {reason}")


def line(raw: bytes, encoding: str = "utf-8", longest: int = _LONGEST) -> str:
    """Text from git as one line of at most `longest` characters, which holds nothing that a data file may not hold."""
    raw = raw[: 8 * longest]
    try:
        # Python's own ways to write text down are no encodings of anybody's commits.
        text = raw.decode("utf-8" if "escape" in encoding else encoding)
    except (LookupError, ValueError):
        text = raw.decode("utf-8", "replace")
    text = " ".join(neutral(text).split())
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _command(folder: Path, arguments: Iterable[str]) -> list[str]:
    return ["git", "-C", str(folder), *_SETTINGS, *arguments]


def _environment() -> Mapping[str, str]:
    return dict(_inherited()) | _OURS


def _inherited() -> Iterator[tuple[str, str]]:
    for name, value in os.environ.items():
        if not name.startswith("GIT_") or name.startswith(_KEPT):
            yield name, value


def _not_started(error: Exception) -> Unread:
    if isinstance(error, FileNotFoundError):
        return NotInstalled("git is not installed")
    reason = getattr(error, "strerror", None) or str(error)
    return Unread(f"git cannot be started: {reason.lower()}")


def _complaint(printed: bytes) -> str:
    said = [message for message in printed.split(b"\n") if not message.startswith(b"hint:")]
    return line(b" ".join(message.removeprefix(b"fatal: ").removeprefix(b"error: ") for message in said))
