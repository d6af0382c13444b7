"""Each fuzzer for a few examples; `make fuzz` is for more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.fuzz.targets import TARGETS


@pytest.mark.long
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.__name__)
def test_nothing_of_what_comes_in_breaks_a_command(target: Callable[[], None]) -> None:
    """The docstring of each target says what is expected."""
    # What fails is not made smaller here, which can take minutes: `make fuzz` does that.
    phases = [Phase.explicit, Phase.reuse, Phase.generate]
    settings(max_examples=8, phases=phases, suppress_health_check=[*HealthCheck])(target)()
