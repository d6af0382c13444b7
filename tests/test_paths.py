"""Where pages stand, and the addresses that show part of a list."""

from __future__ import annotations

import pytest

from generator import paths


def test_directory_with_filters() -> None:
    """Filters stand in the address; several values of one filter stand side by side, and no value can break it."""
    assert paths.directory() == "partners/index.md"
    assert (
        paths.directory(type="maker", region=("A&B", "C/D")) == "partners/index.md?type=maker&region=A%26B&region=C%2FD"
    )
    here = paths.relative("coverage.md", paths.directory(owner=paths.NOTHING))
    assert here == "partners/index.md?owner=-"


def test_parts_stand_below_their_page() -> None:
    """In a folder that needs no escape, wherever the page is."""
    assert paths.parts("health.md", "worklist") == "health/worklist/"
    assert paths.parts("modes/index.md", "unexpected") == "modes/unexpected/"
    assert paths.parts("departments/sales.md", "people") == "departments/sales/people/"
    with pytest.raises(ValueError, match="'backs up' cannot stand in an address"):
        paths.parts("people/ann.md", "backs up")


def test_a_person_has_a_page_of_their_own() -> None:
    """Whoever is listed by the id, anybody else by the letters of what is written; none takes the place of another."""
    assert paths.person("ann-lee") == "people/ann-lee.md"
    assert paths.person("Ann") == "people/unlisted--41-6e-6e.md"
    assert paths.person("unlisted-41-6e-6e") == "people/unlisted-41-6e-6e.md"
    assert len(paths.person("x" * 300 + " y").encode()) < 200
