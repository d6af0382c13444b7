"""Where in a sheet the table stands: the row with its headings, and what below it is no row of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from generator.exchange.sheets import Row

_TOP = 30
"""How many rows are looked at for the one with the names of the columns."""

_QUOTED = 3
_SHOWN = 60

_FOOT = re.compile(
    r"(?:grand |sub)?totals?(?:\W*|\W.*\d.*)|(?:sum|summe|gesamt|insgesamt|anzahl|count|records?|rows?)\b\W*\d.*"
    r"|\d+ (?:records?|rows?)"
    r"|.*(?:copyright|©|all rights reserved|confidential|vertraulich|do not distribute).*"
    r"|(?:generated|printed|exported|created|erstellt)\b.*\d.*|(?:page|seite) \d+.*|end of report|powered by .*",
    re.IGNORECASE | re.DOTALL,
)
_SUM = re.compile(r"(?:grand |sub)?totals?|sum|summe|gesamt|insgesamt", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?[\d.,'’ ]+(?:%|[€$£]| ?[A-Z]{3})?")


class Below(NamedTuple):
    """The rows of a table; those that stand apart, below it, with nothing but a name; and what is no row of it."""

    rows: list[Row]
    apart: frozenset[int]
    foot: list[Row]


def heading(rows: Sequence[Row], known: Callable[[Row], int]) -> Row:
    """The row that names the columns; the first one, where none does.  `known` says how many of its cells are names.

    A row of the table may have a word of a heading in it: above a heading stand titles alone, which are narrower.
    """
    best, most, widest = rows[0], 0, 0
    for row in rows[:_TOP]:
        number, filled = known(row), _filled(row)
        if number > most and (filled > widest or (number > 1 and 2 * number > filled)):
            best, most = row, number
        widest = max(widest, filled)
    return best


def below(rows: Sequence[Row], wide: int) -> Below:
    """What stands below a heading of so many columns; rows of totals and the foot of a report are no partners."""
    if wide < 2:
        return Below(list(rows), frozenset(), [])
    block = len(rows)
    while block and _filled(rows[block - 1]) == 1:
        block -= 1
    last = rows[block:]
    parted = bool(last) and block > 0 and last[0].number > rows[block - 1].number + 1
    ends = parted and any(_is_foot(row) for row in last)
    foot = [row for at, row in enumerate(rows) if _is_foot(row) or (ends and at >= block)]
    numbers = {row.number for row in foot}
    apart = frozenset(row.number for row in last if parted and row.number not in numbers)
    return Below([row for row in rows if row.number not in numbers], apart, foot)


def quoted(rows: Sequence[Row]) -> str:
    """The first of these rows, by their first cells."""
    texts = [next(cell for cell in row.cells if cell.strip()).strip() for row in rows[:_QUOTED]]
    short = [repr(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…") for text in texts]
    return ", ".join(short) + (" ..." if len(rows) > _QUOTED else "")


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _is_foot(row: Row) -> bool:
    """Whether a row is a line of the foot, or of sums."""
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    if len(filled) == 1:
        return bool(_FOOT.fullmatch(filled[0])) and len(filled[0]) <= 500
    return bool(_SUM.fullmatch(filled[0])) and all(_NUMBER.fullmatch(cell) for cell in filled[1:])
