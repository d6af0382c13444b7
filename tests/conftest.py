"""Options and fixtures for all tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from generator.model import Playbook
from generator.resolve import load_playbook

# How fast the machine is proves nothing.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

WORLD = Path(__file__).parent / "world"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh", action="store_true", help="write what comes out as what is expected; review the diff")


@pytest.fixture
def refresh(request: pytest.FixtureRequest) -> bool:
    """True where golden files are to be written anew instead of compared."""
    return bool(request.config.getoption("--refresh"))


@pytest.fixture
def world(tmp_path: Path) -> Callable[..., Playbook]:
    """Makes the playbook of tests/world/ with these files in it: world(partners="...", strategy="...")."""

    def load(**files: str) -> Playbook:
        folder = tmp_path / "data"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(WORLD, folder)
        for name, text in files.items():
            (folder / f"{name}.yml").write_text(text, "utf-8")
        loaded = load_playbook(folder)
        assert loaded.playbook is not None, [problem.message for problem in loaded.problems]
        return loaded.playbook

    return load
