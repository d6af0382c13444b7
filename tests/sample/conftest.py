"""What is true of the sample company in data/ alone.

A company that puts its own data there deletes this folder: no other test reads data/.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.model import Playbook
from tests.kit import ROOT, Made, loaded, pages_of, plain

DATA = ROOT / "data"


@pytest.fixture(scope="session")
def folder() -> Path:
    """The sample's data."""
    return DATA


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    """The sample."""
    return loaded(DATA)


@pytest.fixture(scope="session")
def pages(playbook: Playbook) -> Mapping[str, str]:
    """What stands on each of its pages, as it reads, and in each other file."""
    pages = pages_of(playbook)
    return Made(pages, lambda path: plain(pages[path]) if path.endswith(".md") else pages[path])
