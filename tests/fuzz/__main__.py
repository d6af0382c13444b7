"""`python -m tests.fuzz MINUTES`: every fuzzer in turn, with new examples each time, until the time is over.

Prints each fault with the smallest input that shows it, and ends with 1 where there was one.
"""

from __future__ import annotations

import sys
import time
import traceback

from hypothesis import HealthCheck, settings

from tests.fuzz.targets import TARGETS

_ROUND = 200
"""How many examples of each a round has."""


def fuzz(minutes: float) -> int:
    end = time.monotonic() + 60 * minutes
    faulty: set[str] = set()
    rounds = 0
    while time.monotonic() < end and len(faulty) < len(TARGETS):
        rounds += 1
        for target in TARGETS:
            if target.__name__ in faulty or time.monotonic() > end:
                continue
            try:
                settings(max_examples=_ROUND, deadline=None, suppress_health_check=[*HealthCheck])(target)()
            except Exception:  # noqa: BLE001 - a fuzzer shows whatever it finds, and goes on with the others
                faulty.add(target.__name__)
                traceback.print_exc()
    sys.stdout.write(f"{rounds} rounds of {_ROUND} examples each; faults in: {', '.join(sorted(faulty)) or 'none'}\n")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(fuzz(float(sys.argv[1]) if len(sys.argv) > 1 else 1))
