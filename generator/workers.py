"""The same work in several processes, where the system can fork and there is enough to do."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from generator import progress

_MOST = 4

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def shared(
    work: Callable[[Sequence[_Item]], _Result], parts: Sequence[Sequence[_Item]], *, here: bool = False
) -> Iterator[_Result]:
    """What `work` makes of each of these parts, for one after the other; `here` where other processes would not pay.

    In another process, `work` finds everything as it is now, and leaves nothing here but what it returns.
    """
    done = 0
    # Looking for garbage would go through all that is known, and copy the memory that processes share.
    gc.freeze()
    try:
        processes = 1 if here else number()
        if processes > 1:
            # A process may be ended from outside, as where memory is short.
            with suppress(BrokenProcessPool), _elsewhere(work, parts, processes) as results:
                for result in results:
                    done += 1
                    yield result
        for part in parts[done:]:
            yield work(part)
    finally:
        gc.unfreeze()


@contextmanager
def _elsewhere(
    work: Callable[[Sequence[_Item]], _Result], parts: Sequence[Sequence[_Item]], processes: int
) -> Iterator[Iterator[_Result]]:
    """What so many other processes make of the parts; nothing where the system lets none begin."""
    try:
        pool = ProcessPoolExecutor(processes, multiprocessing.get_context("fork"), initializer=_begin, initargs=(work,))
        # The pool's `map` lets go of what is left where it ends early, and the pool then fails with a traceback.
        begun = deque([pool.submit(_do, part) for part in parts])
    except (OSError, RuntimeError, ImportError):
        # It has no more processes or threads for us, or no semaphores at all: some containers have none.
        _end_all()
        yield iter(())
    else:
        with pool:
            try:
                yield (begun.popleft().result() for _ in parts)
            except BaseException:
                # Whoever ends a build waits for no work that nobody will see.
                _end_all()
                raise


def _end_all() -> None:
    for child in multiprocessing.active_children():
        child.terminate()
        child.join()


def number() -> int:
    """How many processes work is shared among."""
    # Elsewhere a process that forks may fail, and with other threads so may one here.
    if not sys.platform.startswith("linux") or threading.active_count() > 1:
        return 1
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(available, _MOST)


_work: Callable[[Sequence[Any]], Any] | None = None


def _begin(work: Callable[[Sequence[Any]], Any]) -> None:
    global _work
    _work = work
    progress.silence()
    # Ctrl-C reaches all processes; an exception would be what comes of one part, and the next one would be begun.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process where its parent is killed: it would wait for more work for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _do(part: Sequence[Any]) -> Any:
    assert _work is not None
    return _work(part)
