"""Words that several pages share, at the edges where they change."""

from __future__ import annotations

import pytest

from generator.markdown import Md
from generator.views.kit.words import MANY, abridged, cadence


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (None, "no regular review is asked for"),
        (1, "every day"),
        (2, "at least every 2 days"),
        (14, "at least every 14 days"),
        (27, "at least every 27 days"),
        (28, "at least every 28 days (about 1 month)"),
        (30, "at least every 30 days (about 1 month)"),
        (90, "at least every 90 days (about 3 months)"),
        (364, "at least every 364 days (about 12 months)"),
        (365, "at least every year"),
        (366, "at least every 366 days (about 12 months)"),
        (730, "at least every 2 years"),
    ],
)
def test_how_often_a_mode_asks_for_a_review(days: int | None, words: str) -> None:
    """Four weeks are about a month, and whole years are years."""
    assert cadence(days) == words


@pytest.mark.parametrize(("number", "end"), [(1, "n1"), (MANY - 1, f"n{MANY - 1}"), (MANY, f"n{MANY}")])
def test_a_list_that_fits_is_named_whole(number: int, end: str) -> None:
    """Exactly as many as are named leave none to be counted."""
    text = abridged(range(1, number + 1), lambda one: Md(f"n{one}"))
    assert text.split(", ")[-1] == end
    assert "more" not in text


@pytest.mark.parametrize("extra", [1, 2, 70])
def test_a_longer_list_says_how_many_more(extra: int) -> None:
    """The first are named, and the rest are counted."""
    text = abridged(range(1, MANY + extra + 1), lambda one: Md(f"n{one}"), lambda words: Md(f"<{words}>"))
    assert text.endswith(f", n{MANY} and <{extra} more>")
