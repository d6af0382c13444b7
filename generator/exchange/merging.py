"""What an import changes in an entry: the spreadsheet and the data may both have changed since the last one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.exchange.fields import INSIDE, LISTS, cells, entry_of
from generator.exchange.matching import SKIP, TAKE, Incoming, Question, Rank
from generator.exchange.meanings import Meanings

CLEAR = "clear"
"""What may be decided: that an empty cell takes away what it once said."""

EMPTIED = "(emptied)"
_KEPT = ("id", "name", "types")
"""The fields that no entry can be without."""

_SHOWN = 80


@dataclass
class Reconciled:
    """The values that an entry gets, the fields that it loses, and what the sheet is known to have said afterwards."""

    values: dict[str, Any] = field(default_factory=dict)
    cleared: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    older: dict[str, int] = field(default_factory=dict)
    """The reviews and scores that the data has newer ones of, each with its row."""


class _Cell(NamedTuple):
    """What a cell said at the last import, as a text and as a value, and what the data and the spreadsheet say now."""

    partner: str
    column: str
    row: int
    last: str
    said: Any
    ours: Any
    theirs: Any


class Merger:
    """Takes the columns of a sheet one by one; `decisions` are by field and value."""

    def __init__(self, meanings: Meanings, columns: Iterable[str], decisions: Mapping[tuple[str, str], str]) -> None:
        self.questions: list[Question] = []
        self._meanings = meanings
        self._columns = [column for column in dict.fromkeys(columns) if column != "id"]
        self._decisions = decisions

    def texts(
        self, partner: Incoming, values: Mapping[str, Any], before: Callable[[str], str | None]
    ) -> dict[str, str]:
        """What the cells of a partner say, for the state; what is unclear stays what it was."""
        said = cells(entry_of(values))
        if partner.links and "domain" not in values:
            said["domain"] = " ".join(partner.links)
        found = {column: said.get(column, "") for column in self._columns}
        for column in partner.unclear & found.keys():
            last = before(column)
            if last is None:
                del found[column]
            else:
                found[column] = last
        return found

    def merge(
        self,
        partner: Incoming,
        values: Mapping[str, Any],
        recorded: Callable[[str], Any],
        before: Callable[[str], str | None],
    ) -> Reconciled:
        """What becomes of an entry; `recorded` gives the value that it has, `before` what the cell said last."""
        merged = Reconciled(said=self.texts(partner, values, before))
        later, earlier = _by_day(values, recorded)
        for column in dict.fromkeys((*self._columns, *values)):
            last, theirs, group = before(column), values.get(column), _group(column)
            row = partner.rows.get(column) or partner.numbers[0]
            if column in partner.unclear or (last is not None and last == merged.said.get(column)):
                continue
            said = self._meanings.of(column, last) if last else None
            if last is not None and same(theirs, said, column):
                continue
            if group in earlier:
                merged.older.setdefault(group, row)
            elif group in later or last is None:
                merged.values |= {column: theirs} if theirs is not None else {}
            elif not same(theirs, recorded(column), column):
                self._changed(merged, _Cell(partner.id, column, row, last, said, recorded(column), theirs))
        for group in later & {_group(column) for column in merged.values}:
            merged.values |= {column: value for column, value in values.items() if _group(column) == group}
        return merged

    def _changed(self, merged: Reconciled, cell: _Cell) -> None:
        """The spreadsheet says something else than at the last import, and than the data."""
        if cell.theirs is None and cell.column in _KEPT:
            return
        if same(cell.ours, cell.said, cell.column):
            if cell.theirs is not None:
                merged.values[cell.column] = cell.theirs
            else:
                self._emptied(merged, cell)
            return
        if cell.column in LISTS and isinstance(cell.theirs, list) and isinstance(cell.ours, list):
            both = joined_lists(cell.said if isinstance(cell.said, list) else [], cell.ours, cell.theirs)
            if both or cell.column != "types":
                merged.values[cell.column] = both
                return
        self._conflict(merged, cell)

    def _emptied(self, merged: Reconciled, cell: _Cell) -> None:
        decision = self._decisions.get((cell.column, EMPTIED))
        if decision == CLEAR:
            merged.cleared.append(cell.column)
        elif decision != SKIP:
            reason = "a cell is empty that said something at the last import"
            self._ask(merged, cell, EMPTIED, reason, f"{CLEAR}, or {SKIP} to keep what is recorded")

    def _conflict(self, merged: Reconciled, cell: _Cell) -> None:
        value = f"{cell.partner}: {shown(cell.column, cell.theirs) or EMPTIED}"
        decision = self._decisions.get((cell.column, value))
        if decision == TAKE and cell.theirs is None:
            merged.cleared.append(cell.column)
        elif decision == TAKE:
            merged.values[cell.column] = cell.theirs
        elif decision != SKIP:
            old = shown(cell.column, cell.ours)
            was = f"was {_short(cell.last)!r} at the last import" if cell.last else "said nothing at the last import"
            now = f"says {old!r}" if old else "says nothing"
            reason = f"changed on both sides: the cell {was}, and the data {now} now"
            self._ask(
                merged, cell, value, reason, f"{TAKE} what the spreadsheet says, or {SKIP} to keep what is recorded"
            )

    def _ask(self, merged: Reconciled, cell: _Cell, value: str, reason: str, choices: str) -> None:
        """Ask, and know as little as before until somebody has answered."""
        self.questions.append(Question(cell.column, value, reason, choices, (cell.row,), Rank.OVERWRITE))
        merged.said[cell.column] = cell.last


def joined_lists(earlier: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any]) -> list[Any]:
    """A list that was changed on both sides: what either added is there, what either took away is not."""
    gone = [item for item in earlier if item not in theirs]
    kept = [item for item in ours if item not in gone]
    return [*kept, *(item for item in theirs if item not in earlier and item not in kept)]


def shown(column: str, value: Any) -> str:
    """A value as a short text; empty where there is none."""
    return "" if value is None else _short(cells(entry_of({column: value})).get(column, ""))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def same(first: Any, second: Any, name: str) -> bool:
    """Whether two values say the same: the order of a list, and white space, make no difference; None is nothing."""
    if isinstance(first, list) and isinstance(second, list):
        return sorted(map(str, first)) == sorted(map(str, second))
    if isinstance(first, str) and isinstance(second, str):
        if name == "domain":
            return first.casefold() == second.casefold()
        return first.split() == second.split()
    return bool(first == second)


def _group(column: str) -> str:
    """The review, or the score, that a column is a part of; empty for every other one."""
    return next((name for name, parts in INSIDE.items() if column.removeprefix(f"{name}_") in parts), "")


def _by_day(values: Mapping[str, Any], recorded: Callable[[str], Any]) -> tuple[set[str], set[str]]:
    """The reviews and scores that are of a later day than those recorded, and those of an earlier one.

    The newest one holds, whoever wrote it down: time does not go backwards.
    """
    later, earlier = set[str](), set[str]()
    for name in INSIDE:
        theirs, ours = values.get(f"{name}_date"), recorded(f"{name}_date")
        if theirs is not None and ours is not None and str(theirs) != str(ours):
            (later if str(theirs) > str(ours) else earlier).add(name)
    return later, earlier
