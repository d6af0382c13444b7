"""What is marked no_cover is not measured, in however many processes the tests run: it would take twice as long."""

from __future__ import annotations

import sys

import pytest

pytestmark = pytest.mark.no_cover


def measured() -> bool:
    coverage = sys.modules.get("coverage")
    return coverage is not None and coverage.Coverage.current() is not None


@pytest.fixture
def made_for_it() -> bool:
    """Whether what is made for a test is measured."""
    return measured()


def test_nothing_is_measured(made_for_it: bool) -> None:
    """Neither the test itself nor what is made for it."""
    assert not made_for_it
    assert not measured()
