"""A small company that sheets are imported into."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.imports.kit import Company


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Company:
    """The company's folder, in which commands run."""
    monkeypatch.chdir(tmp_path)
    return Company(tmp_path)
