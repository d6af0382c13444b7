"""What a build tells whoever waits for it: a line of pages meanwhile, and the times of its stages at the end."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from generator import progress

try:
    import resource
except ImportError:  # Windows has no such counter
    resource = None  # type: ignore[assignment]

Clock = Callable[[], float]

PATIENCE = 2.0
"""Seconds without a line: a build that is over by then needs none."""

_BETWEEN = 0.1
"""Seconds from one line to the next."""


class PageCount:
    """The line `1,204 of 10,331 pages`, or rows, on a terminal, written over again and again, and gone at the end.

    It says nothing where `stream` is no terminal, or one that cannot go back to the beginning of a line.
    """

    def __init__(self, stream: TextIO | None, clock: Clock = time.monotonic) -> None:
        self._stream = stream if stream is not None and _goes_back(stream) else None
        self._clock = clock
        self._next = clock() + PATIENCE
        self._shown = 0

    def stage(self, name: str) -> None:
        """Which stage it is does not show."""

    def pages(self, done: int, of: int, what: str = "pages") -> None:
        if done == of:
            self.aside()
        if done == of or self._stream is None or self._clock() < self._next:
            return
        self._write(f"{done:,} of {of:,} {what}")
        self._next = self._clock() + _BETWEEN

    def aside(self) -> None:
        """Make room for something else, or for nothing more."""
        if self._stream is not None and self._shown:
            self._write("")

    def _write(self, text: str) -> None:
        assert self._stream is not None
        # A line as wide as the terminal would go on in the next one, which no way back leads out of.
        room = _columns(self._stream) - 1
        # Whoever prints something and knows nothing of this line begins where it begins.
        self._stream.write(f"\r{text.ljust(self._shown)[:room]}\r")
        self._stream.flush()
        self._shown = len(text)


@contextmanager
def counted_pages() -> Iterator[None]:
    """Show how many pages, or rows, are done where that takes long."""
    line = PageCount(sys.stderr)
    with progress.listening(line):
        try:
            yield
        finally:
            line.aside()


def _goes_back(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _columns(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except OSError:
        return 80


class Timings:
    """How long each stage took, and how much memory the program had needed by then."""

    def __init__(self, clock: Clock = time.perf_counter) -> None:
        self._clock = clock
        self._seconds: dict[str, float] = {}
        self._peaks: dict[str, float] = {}
        self._now = ""
        self._since = clock()

    def stage(self, name: str) -> None:
        moment = self._clock()
        if self._now:
            self._seconds[self._now] = self._seconds.get(self._now, 0) + moment - self._since
            self._peaks[self._now] = _peak()
        self._now, self._since = name, moment

    def pages(self, done: int, of: int, what: str = "pages") -> None:
        """How many there are does not show."""

    def aside(self) -> None:
        """Nothing is printed meanwhile."""

    def lines(self) -> list[str]:
        """A row for each stage, in the order in which they began, and one for all."""
        self.stage("")
        rows = [*self._seconds.items(), ("all", sum(self._seconds.values()))]
        width = max(len(name) for name, _ in rows)
        peaks = [*self._peaks.values(), max(self._peaks.values(), default=0)]
        return [
            f"{name:<{width}}  {seconds:8.2f} s" + (f"  {peak:7,.0f} MB" if peak else "")
            for (name, seconds), peak in zip(rows, peaks, strict=True)
        ]


def _peak() -> float:
    """The most memory that this process has held so far, in MB; 0 where nobody counts it."""
    if resource is None:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
