"""Pictures as a few shapes, laid out here and drawn by one template.

Across, everything stands in percent of the picture's width and down in pixels, so that a picture
fits a phone without shrinking its text.  The table behind a picture stands beside it on the page:
a picture carries no link and no fact of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from generator.markdown import Md, verbatim

_LINE = 15
_HEAD = 36


@dataclass(frozen=True)
class Box:
    """A rectangle in a tone: heat-0 to heat-4, good, info, warn or quiet.  `title` says what it shows."""

    x: Md
    y: int
    width: Md
    height: int
    tone: str
    title: str = ""


@dataclass(frozen=True)
class Label:
    """A line of text; `anchor` is start, middle or end, `tone` that of the box it stands on, or empty."""

    x: Md
    y: int
    text: str
    anchor: str = "start"
    tone: str = ""


@dataclass(frozen=True)
class Stroke:
    """A line from one point to another; `kind` is axis, link or broken."""

    x1: Md
    y1: int
    x2: Md
    y2: int
    kind: str = "axis"


@dataclass(frozen=True)
class Picture:
    """`id` is unique on its page; `title` and `description` are what a screen reader says of the picture."""

    id: str
    title: str
    description: str
    height: int
    boxes: tuple[Box, ...] = ()
    labels: tuple[Label, ...] = ()
    strokes: tuple[Stroke, ...] = ()


def percent(share: float) -> Md:
    """A place or a width across, from 0 to 1."""
    return verbatim(f"{round(100 * share, 2):g}%")


def wrap(text: str, width: int, lines: int = 2) -> tuple[str, ...]:
    """The text in at most so many lines of about `width` characters; what does not fit ends in an ellipsis."""
    wrapped = [""]
    for word in text.split():
        if wrapped[-1] and len(wrapped[-1]) + 1 + len(word) > width:
            wrapped.append(word)
        else:
            wrapped[-1] = f"{wrapped[-1]} {word}".strip()
    shown = wrapped[:lines]
    if len(wrapped) > lines:
        shown[-1] += "…"
    return tuple(line if len(line) <= width else f"{line[: width - 1].rstrip(' …')}…" for line in shown)


def heat(number: int, largest: int) -> str:
    """The tone of a number, by its share of the largest one shown."""
    return f"heat-{-(-4 * number // largest)}" if number else "heat-0"


# --- a grid -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """`text` is short: a number or a sign; `title` says it in words."""

    text: str
    tone: str
    title: str = ""


def grid(
    name: str, title: str, description: str, columns: Sequence[str], rows: Iterable[tuple[str, Sequence[Cell]]]
) -> Picture:
    """Rows of cells under column heads, each row with its label on the left."""
    left, gap = 0.34, 2
    wide = (1 - left) / max(1, len(columns))
    boxes: list[Box] = []
    labels: list[Label] = []
    for number, head in enumerate(columns):
        middle = percent(left + (number + 0.5) * wide)
        lines = wrap(head, max(4, round(66 * wide)))
        labels += _lines(middle, _HEAD - 8 - _LINE * (len(lines) - 1), lines, "middle")
    y = _HEAD
    for label, cells in rows:
        lines = wrap(label, 17, 3)
        row_height = 34 if len(lines) < 3 else 54
        base = y + row_height // 2 + 4
        labels += _lines(percent(0), base - (len(lines) - 1) * 7, lines, "start")
        for number, cell in enumerate(cells):
            x = left + number * wide
            box = Box(percent(x), y, percent(wide - 0.006), row_height - gap, cell.tone, cell.title)
            boxes.append(box)
            labels.append(Label(percent(x + wide / 2 - 0.003), base, cell.text, "middle", cell.tone))
        y += row_height
    return Picture(name, title, description, y, tuple(boxes), tuple(labels))


# --- bars ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bar:
    """`parts` are (share of the full width from 0 to 1, tone, what it is), from left to right."""

    label: str
    value: str
    parts: tuple[tuple[float, str, str], ...]


def bars(name: str, title: str, description: str, rows: Iterable[Bar]) -> Picture:
    """Horizontal bars, each below its label and its value in words."""
    boxes: list[Box] = []
    labels: list[Label] = []
    y = 0
    for bar in rows:
        labels.append(Label(percent(0), y + 13, wrap(bar.label, 44, 1)[0]))
        labels.append(Label(percent(1), y + 13, bar.value, "end"))
        boxes.append(Box(percent(0), y + 20, percent(1), 10, "track"))
        x = 0.0
        for share, tone, what in bar.parts:
            if share > 0:
                boxes.append(Box(percent(x), y + 20, percent(share), 10, tone, what))
            x += share
        y += 40
    return Picture(name, title, description, y, tuple(boxes), tuple(labels))


# --- a timeline ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Span:
    """From one day to another (the same day: a moment), in a tone; `title` says what it is."""

    starts: date
    ends: date
    tone: str
    title: str


@dataclass(frozen=True)
class Lane:
    """`value` says in words what the lane shows; it may be empty."""

    label: str
    spans: tuple[Span, ...] = field(default=())
    value: str = ""


def timeline(name: str, title: str, description: str, first: date, last: date, lanes: Iterable[Lane]) -> Picture:
    """Lanes of spans between two days, with a mark at the beginning of each month or quarter."""
    days = max(1, (last - first).days)

    def at(day: date) -> float:
        return min(1.0, max(0.0, (day - first).days / days))

    boxes: list[Box] = []
    labels: list[Label] = []
    y = 28
    for lane in lanes:
        labels.append(Label(percent(0), y + 12, wrap(lane.label, 28 if lane.value else 48, 1)[0]))
        if lane.value:
            labels.append(Label(percent(1), y + 12, lane.value, "end"))
        boxes.append(Box(percent(0), y + 18, percent(1), 12, "track"))
        for span in lane.spans:
            if span.ends >= first and span.starts <= last:
                x = at(span.starts)
                width = max(0.012, at(span.ends) - x)
                boxes.append(Box(percent(min(x, 1 - width)), y + 18, percent(width), 12, span.tone, span.title))
        y += 40
    strokes = []
    for month in _months(first, last, 1 if days <= 200 else 3):
        x = at(month)
        strokes.append(Stroke(percent(x), 22, percent(x), y))
        if x < 0.9:
            labels.append(Label(percent(x), 14, f"{month:%b} {month.year}" if month.month == 1 else f"{month:%b}"))
    return Picture(name, title, description, y, tuple(boxes), tuple(labels), tuple(strokes))


def _months(first: date, last: date, step: int) -> list[date]:
    years = range(first.year, last.year + 1)
    months = (date(year, month, 1) for year in years for month in range(1, 13, step))
    return [month for month in months if first <= month <= last]


# --- a line -------------------------------------------------------------------------------


def line(name: str, title: str, description: str, points: Sequence[tuple[date, int]]) -> Picture:
    """Numbers from 0 up over days, earliest first; the first and the last are labeled."""
    top, low = 22, 92
    (first, _), (last, _) = points[0], points[-1]
    days = max(1, (last - first).days)
    largest = max(1, *(number for _, number in points))
    places = [
        (0.04 + 0.92 * (day - first).days / days, low - round((low - top) * number / largest)) for day, number in points
    ]
    strokes = [Stroke(percent(0), low, percent(1), low)]
    strokes += [Stroke(percent(x1), y1, percent(x2), y2, "link") for (x1, y1), (x2, y2) in pairwise(places)]
    labels = []
    for (day, number), (x, y), anchor in ((points[0], places[0], "start"), (points[-1], places[-1], "end")):
        labels.append(Label(percent(x), y - 8, str(number), anchor))
        labels.append(Label(percent(x), low + 18, str(day), anchor))
    boxes = [
        Box(percent(x - 0.004), y - 3, percent(0.008), 6, "heat-4", str(n))
        for (x, y), (_, n) in zip(places, points, strict=True)
    ]
    return Picture(name, title, description, low + 26, tuple(boxes), tuple(labels), tuple(strokes))


# --- a chain ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Station:
    """A station of a chain; a broken one has nobody, and so the link to it is broken."""

    label: str
    text: str
    tone: str
    broken: bool = False


def chain(name: str, title: str, description: str, stations: Sequence[Station]) -> Picture:
    """Stations from left to right, joined by links."""
    gap = 0.05
    wide = (1 - gap * (len(stations) - 1)) / max(1, len(stations))
    boxes: list[Box] = []
    labels: list[Label] = []
    strokes: list[Stroke] = []
    for number, station in enumerate(stations):
        x = number * (wide + gap)
        middle = percent(x + wide / 2)
        boxes.append(Box(percent(x), 2, percent(wide), 82, station.tone, f"{station.label}: {station.text}"))
        lines = wrap(station.label, max(8, round(50 * wide)), 3)
        labels += _lines(middle, 20, lines, "middle", station.tone)
        labels.append(Label(middle, 76, station.text, "middle", station.tone))
        if number:
            kind = "broken" if station.broken or stations[number - 1].broken else "link"
            strokes.append(Stroke(percent(x - gap), 43, percent(x), 43, kind))
    return Picture(name, title, description, 86, tuple(boxes), tuple(labels), tuple(strokes))


def _lines(x: Md, y: int, lines: Iterable[str], anchor: str, tone: str = "") -> list[Label]:
    return [Label(x, y + number * _LINE, line, anchor, tone) for number, line in enumerate(lines)]
