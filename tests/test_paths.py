"""Where pages stand, and the addresses that show part of a list."""

from __future__ import annotations

from generator import paths


def test_directory_with_filters() -> None:
    """Filters stand in the address; several values of one filter stand side by side, and no value can break it."""
    assert paths.directory() == "partners/index.md"
    assert (
        paths.directory(type="maker", region=("A&B", "C/D")) == "partners/index.md?type=maker&region=A%26B&region=C%2FD"
    )
    here = paths.relative("coverage.md", paths.directory(owner=paths.NOTHING))
    assert here == "partners/index.md?owner=-"
