"""Days as people and programs write them, text by text, and which of two numbers is the month."""

from __future__ import annotations

import pytest

from generator.exchange.days import DAY, MONTH, Ambiguous, day_of, orders

DAYS = {
    "2026-11-30": "2026-11-30",
    "2026/1/5": "2026-01-05",
    " 2026.01.05. 12:30 ": "2026-01-05",
    "2026-11-30T08:15:00.5+01:00": "2026-11-30",
    "2026-11/30": None,
    "2026-02-30": None,
    "20261130": "2026-11-30",
    "18991130": None,
    # As Excel counts: the first and the last day of the century, and their neighbors.
    "36525": None,
    "36526": "2000-01-01",
    "45991.75": "2025-11-30",
    "73050.99": "2099-12-31",
    "73051": None,
    "30.11.2026": "2026-11-30",
    "11/30/26": "2026-11-30",
    "5. 5. 2026": "2026-05-05",
    "31/31/2026": None,
    "30-11/2026": None,
    "30 Nov 2026": "2026-11-30",
    "Mon, 30th of November 2026": "2026-11-30",
    "Nov. 30, 2026 4:05 pm": "2026-11-30",
    "30 août '26": "2026-08-30",
    "1. März 2026": "2026-03-01",
    "2 de dezembro de 2026": "2026-12-02",
    "30 Noon 2026": None,
    "30 Feb 2026": None,
    "soon": None,
}


def test_each_way_to_write_a_day() -> None:
    """Expected: the day that is meant, or none; never another day."""
    assert {text: day_of(text) for text in DAYS} == DAYS


@pytest.mark.parametrize("sign", list("-/."))
def test_two_numbers_that_may_both_be_the_month(sign: str) -> None:
    """Expected: both days are told; one that can be read in one way is that day."""
    text, first, second = f"3{sign}4{sign}2026", "2026-04-03", "2026-03-04"
    assert day_of(text) == Ambiguous(sign, first, second)
    assert day_of(f"13{sign}4{sign}2026") == "2026-04-13"


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["13/4/2026", "3/4/2026"], {"/": DAY}),
        (["4/13/2026", "soon", "2026-04-03"], {"/": MONTH}),
        (["13. 4. 2026", "4/13/2026"], {".": DAY, "/": MONTH}),
        (["13/4/2026", "4/13/2026"], {}),
        (["3/4/2026", "5/5/2026"], {}),
    ],
)
def test_the_order_of_a_column(texts: list[str], found: dict[str, str]) -> None:
    """Expected: what its sure days say, sign by sign; nothing where they contradict each other."""
    assert orders([(text, ()) for text in texts]) == found


@pytest.mark.parametrize(("known", "order"), [("2026-04-03", DAY), ("2026-03-04", MONTH)])
def test_a_day_that_was_known_tells_the_order(known: str, order: str) -> None:
    """Expected: what a cell said at the last import, it says still."""
    assert orders([("3/4/2026", (known,))]) == {"/": order}
    assert orders([("3/4/2026", (None, "2026-01-01"))]) == {}
