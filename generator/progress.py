"""Where a long run stands: which stage begins, and how many of all pages, or rows, are done.

Whoever does the work says so here, as often as it likes.  Nothing comes of it unless an entrance listens, which has the
clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Listener(Protocol):
    """What an entrance does with it."""

    def stage(self, name: str) -> None:
        """What is done from now on is this; a stage may begin many times, as for one page after the other."""

    def pages(self, done: int, of: int, what: str = "pages") -> None:
        """So many pages, or of what else is done one after the other, are done, of so many."""

    def aside(self) -> None:
        """Something else is about to be printed."""


_listeners: list[Listener] = []


@contextmanager
def listening(*listeners: Listener) -> Iterator[None]:
    """Tell these, until the end of the block."""
    _listeners.extend(listeners)
    try:
        yield
    finally:
        for one in listeners:
            _listeners.remove(one)


def silence() -> None:
    """Tell nobody any more: this process works for another one, which has the terminal."""
    _listeners.clear()


def stage(name: str) -> None:
    for one in _listeners:
        one.stage(name)


def pages(done: int, of: int, what: str = "pages") -> None:
    for one in _listeners:
        one.pages(done, of, what)


def aside() -> None:
    for one in _listeners:
        one.aside()
