"""Work that several processes share: the same comes of it, whatever the system says to more processes."""

from __future__ import annotations

import errno
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from generator import workers
from tests.kit import started

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere all is done in one process")

PARTS = [[1, 2], [3], [4, 5, 6], [7]]
EXPECTED = [3, 3, 15, 7]


@pytest.fixture(autouse=True)
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "number", lambda: 2)


def test_others_do_it_in_order() -> None:
    done = list(workers.shared(lambda part: (os.getpid(), sum(part)), PARTS))
    assert [result for _, result in done] == EXPECTED
    assert os.getpid() not in {process for process, _ in done}


def test_all_is_done_here_where_others_would_not_pay() -> None:
    assert {*workers.shared(lambda _: os.getpid(), PARTS, here=True)} == {os.getpid()}


def test_an_error_is_that_of_the_work() -> None:
    def work(part: Sequence[int]) -> int:
        if part == [3]:
            raise OSError(errno.ENOSPC, "No space left on device")
        return sum(part)

    with pytest.raises(OSError, match="No space left"):
        list(workers.shared(work, PARTS))


def test_the_rest_is_done_here_where_a_process_is_ended() -> None:
    mine = os.getpid()

    def work(part: Sequence[int]) -> int:
        if part == [3] and os.getpid() != mine:
            os.kill(os.getpid(), signal.SIGKILL)
        return sum(part)

    assert list(workers.shared(work, PARTS)) == EXPECTED


def _no_process(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    begun, fork = [0], os.fork

    def refuse() -> int:
        if begun[0] == after:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        begun[0] += 1
        return fork()

    monkeypatch.setattr(os, "fork", refuse)


def _no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)


def _no_semaphore(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr("_multiprocessing.SemLock", refuse)


@pytest.mark.parametrize(
    "refuse",
    [
        lambda patch: _no_process(patch, 0),
        lambda patch: _no_process(patch, 1),
        _no_thread,
        _no_semaphore,
    ],
    ids=["no process", "one process", "no thread", "no semaphore"],
)
def test_all_is_done_here_where_the_system_refuses(
    refuse: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Expected: nobody hears of it, and no process is left waiting."""
    with monkeypatch.context() as patch:
        refuse(patch)
        assert list(workers.shared(sum, PARTS)) == EXPECTED
    assert multiprocessing.active_children() == []


SLEEPERS = """
import os, signal
from generator import workers

def work(_):
    os.write(1, b"at work\\n")
    signal.pause()

workers.number = lambda: 2
if __name__ == "__main__":
    list(workers.shared(work, [[1], [2], [3]]))
"""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL, signal.SIGHUP])
def test_no_process_outlives_its_parent(how: signal.Signals) -> None:
    """Expected: whatever ends a build, also what nobody can notice; who holds its output sees the end of it then."""
    process = started("-c", SLEEPERS)
    assert process.stdout is not None
    for _ in range(2):
        assert process.stdout.readline() == "at work\n"
    process.send_signal(how)
    # Each process that is left holds it open.
    assert process.communicate() == ("", "")
    assert process.returncode == -how


def test_an_interruption_ends_all_at_once() -> None:
    """Expected: Ctrl-C reaches all of them, and none is waited for."""
    process = started("-c", SLEEPERS, start_new_session=True)
    assert process.stdout is not None
    for _ in range(2):
        assert process.stdout.readline() == "at work\n"
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate()
    assert said.count("Traceback") == 1, said


def test_no_work_goes_on_for_whoever_has_ended(capfd: pytest.CaptureFixture[str]) -> None:
    """Expected: where the one who asked is interrupted alone, or fails, the others are ended, too."""

    def work(part: Sequence[int]) -> int:
        if part[0]:
            signal.pause()
        return os.getpid()

    def fail() -> None:
        for _ in workers.shared(work, [[0], [1], [1], [1]]):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    gc.collect()
    assert multiprocessing.active_children() == []
    assert capfd.readouterr() == ("", "")
