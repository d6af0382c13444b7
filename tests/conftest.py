"""Options and fixtures for all tests."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh", action="store_true", help="write what comes out as what is expected; review the diff")


@pytest.fixture
def refresh(request: pytest.FixtureRequest) -> bool:
    """True where golden files are to be written anew instead of compared."""
    return bool(request.config.getoption("--refresh"))
