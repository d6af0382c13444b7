"""What is true of the sample company in data/ alone.

A company that puts its own data there deletes this folder: no other test reads data/.
"""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from generator.model import Playbook
from generator.site import build_pages
from tests.kit import ROOT, loaded

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
def pages(playbook: Playbook) -> dict[str, str]:
    """What stands on each of its pages, as it reads, and in each other file."""
    return {page.path: html.unescape(page.content) if page.markdown else page.content for page in build_pages(playbook)}
