"""Pictures: where the shapes stand, and what a screen reader is told."""

from __future__ import annotations

from datetime import date

import pytest

from generator.markdown import Md
from generator.render import environment
from generator.views.kit.pictures import (
    Bar,
    Cell,
    Lane,
    Picture,
    Span,
    Station,
    bars,
    chain,
    grid,
    heat,
    percent,
    timeline,
    wrap,
)


def drawn(picture: Picture) -> str:
    return environment().get_template("_picture.md.j2").render(picture=picture)


@pytest.mark.parametrize(
    ("number", "tone"), [(0, "heat-0"), (1, "heat-1"), (3, "heat-2"), (5, "heat-2"), (6, "heat-3"), (10, "heat-4")]
)
def test_heat(number: int, tone: str) -> None:
    """Nothing has a tone of its own, and the least and the most are never mistaken for it."""
    assert heat(number, 10) == tone


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Sales", ("Sales",)),
        ("Customer Services & Training", ("Customer Services &", "Training")),
        ("One two three four five six seven eight nine", ("One two three four", "five six seven eigh…")),
        ("Incomprehensibilities-and-more", ("Incomprehensibiliti…",)),
    ],
)
def test_wrap(text: str, lines: tuple[str, ...]) -> None:
    """Words stay whole where they can, and what is cut off says so."""
    assert wrap(text, 20) == lines


def test_grid() -> None:
    """Cells stand side by side and end with the picture; every one says what it is."""
    picture = grid("g", "T", "D", ("A", "B"), [("Row", (Cell("1", "heat-1", "one"), Cell("", "heat-0")))])
    assert [(box.x, box.width) for box in picture.boxes] == [("34%", "32.4%"), ("67%", "32.4%")]
    assert picture.boxes[0].title == "one"
    assert [label.text for label in picture.labels] == ["A", "B", "Row", "1", ""]
    assert all(box.y + box.height <= picture.height for box in picture.boxes)


def test_a_long_label_of_a_grid_is_read_whole() -> None:
    """A row is high enough for three lines, which an objective may need."""
    rows = [("Halve the time from order to running site", (Cell("1", "heat-1"),)), ("Short", (Cell("2", "heat-1"),))]
    picture = grid("g", "T", "D", ("A",), rows)
    long, short = picture.boxes
    lines = [label for label in picture.labels if label.anchor == "start"]
    assert [line.text for line in lines] == ["Halve the time", "from order to", "running site", "Short"]
    assert long.y < lines[0].y - 10 < lines[2].y < long.y + long.height <= short.y


def test_bars() -> None:
    """Parts follow each other from the left, and an empty one is not drawn."""
    picture = bars(
        "b", "T", "D", [Bar("One", "3 of 4", ((0.5, "good", "pass"), (0, "warn", "fail"), (0.25, "quiet", "?")))]
    )
    assert [(box.x, box.width, box.tone) for box in picture.boxes] == [
        ("0%", "100%", "track"),
        ("0%", "50%", "good"),
        ("50%", "25%", "quiet"),
    ]


def test_timeline() -> None:
    """A span is cut where the picture ends, one beyond it is left out, and a moment is wide enough to be seen."""
    lane = Lane(
        "Acme",
        (
            Span(date(2025, 1, 1), date(2026, 4, 11), "good", "in force"),
            Span(date(2026, 12, 31), date(2026, 12, 31), "warn", "ends"),
            Span(date(2027, 2, 1), date(2027, 3, 1), "warn", "later"),
        ),
    )
    picture = timeline("t", "T", "D", date(2026, 1, 1), date(2026, 12, 31), [lane])
    assert [(box.tone, box.x, box.width) for box in picture.boxes[1:]] == [
        ("good", "0%", percent(100 / 364)),
        ("warn", "98.8%", "1.2%"),
    ]
    assert [label.text for label in picture.labels] == ["Acme", "Jan 2026", "Apr", "Jul", "Oct"]


def test_lane_says_its_figures_at_its_right_end() -> None:
    """Where a lane has a value in words, its label leaves room for it."""
    lane = Lane("Customer Services & Training of the North", (), "3 reviews, 1 end")
    picture = timeline("t", "T", "D", date(2026, 1, 1), date(2026, 2, 1), [lane])
    named, value = picture.labels[:2]
    assert (named.text, named.anchor) == ("Customer Services & Trainin…", "start")
    assert (value.text, value.anchor, value.x, value.y) == ("3 reviews, 1 end", "end", "100%", named.y)


def test_chain() -> None:
    """A station without anybody breaks the links on both of its sides."""
    stations = [Station("A", "2", "good"), Station("B", "none", "warn", broken=True), Station("C", "1", "good")]
    picture = chain("c", "T", "D", stations)
    assert [stroke.kind for stroke in picture.strokes] == ["broken", "broken"]
    assert [box.tone for box in picture.boxes] == ["good", "warn", "good"]


def test_drawn() -> None:
    """The picture has a title and a description that its ids name, and text from data stays text."""
    source = drawn(grid("g", "Who <b>", "How & why", ("A",), [("<script>", (Cell("1", "heat-1", "x"),))]))
    assert 'aria-labelledby="g-title g-description"' in source
    assert '<title id="g-title">Who &#60;b&#62;</title>' in source
    assert "<script>" not in source
    assert isinstance(percent(0.125), Md)
    assert percent(0.125) == "12.5%"
