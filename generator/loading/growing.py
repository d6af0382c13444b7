"""What keeps Python from looking for garbage in vain."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Nor at the end of the process, which looks through all of it once more: a second, after a long build.
atexit.register(gc.freeze)


@contextmanager
def growing() -> Iterator[None]:
    """While so much is made that stays, to look through it for cyclic garbage takes a third of the time."""
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looks:
            gc.enable()
