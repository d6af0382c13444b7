"""CHANGELOG.md tells companies of each version what they have to do when they take it."""

from __future__ import annotations

import re

import pytest

from tests.kit import ROOT

VERSION = re.compile(r"^## (Unreleased|\d+\.\d+\.\d+ - \d{4}-\d{2}-\d{2})\n\nWhat to do: \S", re.MULTILINE)


def without_a_word(changelog: str) -> list[str]:
    """The heading of each version that does not begin with what to do."""
    parts = re.split(r"^(?=## )", changelog, flags=re.MULTILINE)[1:]
    return [part.split("\n")[0] for part in parts if not VERSION.match(part)]


def test_each_version_says_what_to_do() -> None:
    """The first paragraph below each heading, which is a version and its day, or Unreleased."""
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")

    assert len(re.findall(r"^## ", changelog, re.MULTILINE)) >= 1
    assert without_a_word(changelog) == []


@pytest.mark.parametrize(
    ("changelog", "missing"),
    [
        (
            "# Changelog\n\n## Unreleased\n\nWhat to do: nothing.\n\n### Added\n\n## 1.2.3 - 2026-01-02\n\n### Fixed\n",
            1,
        ),
        ("## Unreleased\n\n### Added\n\nWhat to do: nothing.\n", 1),
        ("## Unreleased\n\nWhat to do:\n\n### Added\n", 1),
        ("## 1.2\n\nWhat to do: nothing.\n", 1),
        ("## 1.2.3 - 2026-01-02\n\nWhat to do: nothing.\n", 0),
    ],
)
def test_a_version_without_it_is_seen(changelog: str, missing: int) -> None:
    """Below another heading it is missed, and a colon alone says nothing."""
    assert len(without_a_word(changelog)) == missing
