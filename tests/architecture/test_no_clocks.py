"""No test depends on how fast the machine is: clocks, sleeps and time limits decide nothing.

Growth is tested by counting work, or by the time of the processor (time.process_time) of n and 4n in one process.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit import ROOT

TESTS = ROOT / "tests"
CLOCKS = {
    *("time.time", "time.time_ns", "time.monotonic", "time.monotonic_ns", "time.perf_counter", "time.perf_counter_ns"),
    *("time.sleep", "asyncio.sleep", "timeit.timeit", "timeit.repeat", "timeit.default_timer", "signal.alarm"),
    *("date.today", "datetime.now", "datetime.today", "datetime.utcnow", "faulthandler.dump_traceback_later"),
}
LAST = {name.rpartition(".")[2] for name in CLOCKS}
METHODS = {"wait_for_timeout"}  # a sleep of the browser's
MODULES = {name.partition(".")[0] for name in CLOCKS} - {"date", "datetime"}  # of those two, classes are imported
# What has none of these needs no second look.
WORDS = re.compile(
    rf"\.\s*(?:{'|'.join(sorted(LAST | METHODS))})\b|\bfrom\s+(?:{'|'.join(sorted(MODULES))})\s|\btimeout\s*="
)
WAITS = {"to_have_count"}  # of the browser, for a condition
EXCEPTIONS = {
    ("test_cli.py", "time.sleep"): "until() looks again for what another process does, as long as it takes",
    ("test_cli.py", "time.time"): "the clock itself is put forward, so that two builds are not of one moment",
    ("test_plugin.py", "date.today"): "what is built is of this day; the days before and after the build count",
    ("fuzz/__main__.py", "time.monotonic"): "no test: the fuzzer runs for as many minutes as it is given",
}


def found(source: str) -> Iterator[str]:
    """The clocks, sleeps and time limits of a module."""
    nodes = list(ast.walk(ast.parse(source)))
    names = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for node in nodes:
        match node:
            case ast.Attribute(attr=last) if last in LAST:
                first, *rest = ast.unparse(node).split(".")
                yield ".".join([*names.get(first, first).split("."), *rest][-2:])
            case ast.Name(id=name) if name in names:
                yield names[name]
            case ast.Call(func=ast.Attribute(attr=name), keywords=keywords):
                if name in METHODS or (any(one.arg == "timeout" for one in keywords) and name not in WAITS):
                    yield name if name in METHODS else "timeout="
            case ast.Call(keywords=keywords) if any(one.arg == "timeout" for one in keywords):
                yield "timeout="


def refused(source: str) -> set[str]:
    if not WORDS.search(source):
        return set()
    return {name for name in found(source) if name in CLOCKS | METHODS | {"timeout="}}


def test_no_clock_decides() -> None:
    """Each module is free of them, or stands among the exceptions; and each exception is still needed."""
    there = {
        (path.relative_to(TESTS).as_posix(), name)
        for path in TESTS.rglob("*.py")
        if path != Path(__file__)
        for name in refused(path.read_text("utf-8"))
    }
    assert there == set(EXCEPTIONS)


@pytest.mark.parametrize(
    "source",
    [
        "import time\nassert time.time() < 3",
        "from time import perf_counter as now\nassert now() < 3",
        "import time\ntime.sleep(1)",
        "from datetime import date\nassert date.today() == x",
        "import datetime\nassert datetime.datetime.now() == x",
        "process.wait(timeout=3)",
        "urlopen(address, timeout=3)",
        "page.wait_for_timeout(100)",
    ],
)
def test_clocks_are_seen(source: str) -> None:
    """However they are imported, and as limits, too."""
    assert refused(source)


@pytest.mark.parametrize(
    "source",
    [
        "import time\nassert time.process_time() < 3",
        "expect(rows).to_have_count(3, timeout=60_000)",
        "from datetime import date\nassert date(2026, 1, 1)",
        "clock.time()",
    ],
)
def test_the_rest_is_let_pass(source: str) -> None:
    """The time of the processor, the browser's waits for a condition, and days that are written down."""
    assert not refused(source)
