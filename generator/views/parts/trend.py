"""How a page's figures have changed since the last quarter."""

from __future__ import annotations

from dataclasses import dataclass

from generator.insights.figures import FIGURES
from generator.views.kit.context import Context
from generator.views.kit.pictures import Picture, line
from generator.views.kit.tables import Table, table


@dataclass(frozen=True)
class FigureChange:
    """`table` has no rows where nothing was recorded by the end of the last quarter."""

    since: str
    table: Table
    picture: Picture | None


def changes(context: Context, page: str) -> FigureChange:
    """The figures of the page, then and now, and its main figure over all days recorded; `page` is a key of FIGURES."""
    trend = context.trend
    if trend is None:
        return FigureChange("", table((), ()), None)
    rows = [
        (
            figure.title,
            str(trend.then[figure.id]),
            str(trend.now[figure.id]),
            change(trend.then[figure.id], trend.now[figure.id]),
        )
        for figure in FIGURES[page]
        if figure.id in trend.then and figure.id in trend.now
    ]
    return FigureChange(
        str(trend.since), table(("Figure", f"On {trend.since}", "Today", "Change"), rows), _picture(context, page)
    )


def change(then: int, now: int) -> str:
    """Such as "3 more", "2 fewer" or "none"."""
    return f"{abs(now - then)} {'more' if now > then else 'fewer'}" if now != then else "none"


def _picture(context: Context, page: str) -> Picture | None:
    playbook, main = context.playbook, FIGURES[page][0]
    points = [
        (snapshot.day, snapshot.figures[main.id])
        for snapshot in playbook.history
        if snapshot.day < playbook.as_of and main.id in snapshot.figures
    ]
    if context.trend is None or main.id not in context.trend.now or not points:
        return None
    points.append((playbook.as_of, context.trend.now[main.id]))
    words = ", ".join(f"{number} on {day}" for day, number in points)
    return line(f"trend-{page}", f"{main.title}, over time", f"{main.title}: {words}.", points)
