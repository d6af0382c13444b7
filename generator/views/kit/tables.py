"""A table without the columns in which nothing stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.markdown import Md
from generator.views.kit.words import NOT_RECORDED

_NO_REST = Md("")


@dataclass(frozen=True)
class Table:
    """Headers, and rows of as many cells; `rest` says where there are more, and is empty where these are all."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    rest: Md = _NO_REST


def table(headers: Iterable[str], rows: Iterable[Iterable[str]], empty: str = NOT_RECORDED) -> Table:
    """A table without the columns in which nothing stands; a gap in another one says `empty`."""
    titles = tuple(headers)
    cells = [tuple(row) for row in rows]
    filled = [index for index in range(len(titles)) if any(row[index] for row in cells)]
    return Table(
        tuple(titles[index] for index in filled),
        tuple(tuple(row[index] or empty for index in filled) for row in cells),
    )
