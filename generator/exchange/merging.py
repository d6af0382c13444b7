"""What an import changes in an entry: the spreadsheet and the data may both have changed since the last one."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.exchange.fields import IDS, INSIDE, NEEDED, cells, entry_of
from generator.exchange.identity import same_host
from generator.exchange.matching import SKIP, TAKE, Incoming, Question, Rank
from generator.exchange.meanings import Meanings
from generator.words import series

CLEAR = "clear"
"""What may be decided: that an empty cell takes away what it once said."""

EMPTIED = "(emptied)"

INDISPENSABLE = "(emptied, but needed)"
"""Stands for the empty cells of a column that cannot be taken at their word: what is left would be no entry."""

DIFFERS = "(differs)"
"""Stands for all cells of a column that say something else than the data; nothing tells which of the two is newer."""

EACH = "each"
"""What may be decided: that each of them is a question of its own."""

_KEPT = ("id", "name", "types")
"""The fields that no entry can be without."""

OF_A_DAY = {"end": "end", "reviewed": "review", "satisfaction": "score"}
"""What the fields are called of which the newest one holds."""

_SHOWN = 80
_QUOTED = 3
_TAKE_OR_SKIP = f"{TAKE} what the spreadsheet says, or {SKIP} to keep what is recorded"


@dataclass
class Reconciled:
    """The values that an entry gets, the fields that it loses, and what the sheet is known to have said afterwards."""

    values: dict[str, Any] = field(default_factory=dict)
    cleared: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    emptied: dict[str, _Cell] = field(default_factory=dict)
    """The cells that are empty now; some of them are `cleared`."""
    older: dict[str, int] = field(default_factory=dict)
    """The reviews and scores that the data has newer ones of, each with its row."""


class _Cell(NamedTuple):
    """What a cell said at the last import, as a text and as a value, and what the data and the spreadsheet say now.

    `last` is None where nobody knows.
    """

    partner: str
    column: str
    row: int
    last: str | None
    said: Any
    ours: Any
    theirs: Any


class Merger:
    """Takes the columns of a sheet one by one; `decisions` are by field and value."""

    def __init__(self, meanings: Meanings, columns: Iterable[str], decisions: Mapping[tuple[str, str], str]) -> None:
        self._questions: list[Question] = []
        self._differing: dict[str, list[tuple[_Cell, Question]]] = {}
        self._meanings = meanings
        self._columns = [column for column in dict.fromkeys(columns) if column != "id"]
        self._decisions = decisions

    def questions(self) -> list[Question]:
        """What is to be decided of the entries so far; of many cells of one column that differ, all at once."""
        questions = [*self._questions]
        for column, asked in self._differing.items():
            if len(asked) == 1 or self._decisions.get((column, DIFFERS)) == EACH:
                questions += [question for _, question in asked]
            else:
                questions.append(_all_at_once(column, [cell for cell, _ in asked]))
        return questions

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
        stated: Container[str],
    ) -> Reconciled:
        """What becomes of an entry; `recorded` gives the value that it has, `before` what the cell said last.

        `stated` are the fields that the data has a value for; those that have the usual one have none.
        """
        merged = Reconciled(said=self.texts(partner, values, before))
        later, earlier = _by_day(values, recorded)
        for column in dict.fromkeys((*self._columns, *values)):
            last, theirs, group = before(column), values.get(column), _group(column)
            row = partner.rows.get(column, partner.numbers[0])
            if (
                column in partner.kept
                or column in partner.unclear
                or (last is not None and last == merged.said.get(column))
            ):
                continue
            said = self._meanings.recorded(column, last) if last else None
            if last is not None and same(theirs, said, column):
                continue
            if group in earlier:
                merged.older.setdefault(group, row)
            elif group in later:
                merged.values |= {column: theirs} if theirs is not None else {}
            else:
                cell = _Cell(partner.id, column, row, last, said, recorded(column), theirs)
                self._one_cell(merged, cell, values, stated)
        for group in dict.fromkeys(map(_group, merged.cleared)):
            self._whole_or_not(merged, group)
        for group in later & {_group(column) for column in merged.values}:
            merged.values |= {column: value for column, value in values.items() if _group(column) == group}
        return merged

    def _one_cell(self, merged: Reconciled, cell: _Cell, values: Mapping[str, Any], stated: Container[str]) -> None:
        """What becomes of one field by what the row says in it; in the others it says these values."""
        if cell.last is None:
            if cell.theirs is not None:
                self._first(merged, cell, stated)
        elif cell.theirs is None and cell.column not in stated:
            return
        elif cell.theirs is None and self._is_needed(cell.column, values):
            self._indispensable(merged, cell)
        elif not same(cell.theirs, cell.ours, cell.column):
            self._changed(merged, cell, stated)

    def _first(self, merged: Reconciled, cell: _Cell, stated: Container[str]) -> None:
        """A cell of which nobody knows what it said before fills in what is missing, and overwrites nothing unasked."""
        if cell.column == "domain" and cell.ours and same_host(cell.ours, cell.theirs):
            return
        if cell.column not in stated or same(cell.theirs, cell.ours, cell.column):
            merged.values[cell.column] = cell.theirs
        elif cell.column in self._meanings.lists and (cell.column != "types" or {*cell.theirs} <= {*cell.ours}):
            merged.values[cell.column] = joined_lists([], cell.ours, cell.theirs)
        elif cell.column == IDS and all(cell.ours.get(system, one) == one for system, one in cell.theirs.items()):
            merged.values[cell.column] = cell.theirs
        else:
            self._differs(merged, cell)

    def _changed(self, merged: Reconciled, cell: _Cell, stated: Container[str]) -> None:
        """The spreadsheet says something else than at the last import, and than the data."""
        # Where neither the cell nor the data said anything, the usual value of the field is no change of the data.
        if same(cell.ours, cell.said, cell.column) or (not cell.last and cell.column not in stated):
            if cell.theirs is not None:
                merged.values[cell.column] = cell.theirs
            else:
                self._emptied(merged, cell)
            return
        if cell.column in self._meanings.lists and isinstance(cell.theirs, list) and isinstance(cell.ours, list):
            both = joined_lists(cell.said if isinstance(cell.said, list) else [], cell.ours, cell.theirs)
            if both or cell.column != "types":
                merged.values[cell.column] = both
                return
        self._conflict(merged, cell)

    def _emptied(self, merged: Reconciled, cell: _Cell) -> None:
        merged.emptied[cell.column] = cell
        decision = self._decisions.get((cell.column, EMPTIED))
        if decision == CLEAR:
            merged.cleared.append(cell.column)
        elif decision != SKIP:
            reason = "a cell is empty that said something at the last import"
            self._ask(merged, cell, EMPTIED, reason, f"{CLEAR}, or {SKIP} to keep what is recorded")

    def _whole_or_not(self, merged: Reconciled, group: str) -> None:
        """Clear nothing that an end, a review or a score needs before all of its empty cells are to be cleared."""
        empty = [column for column in merged.emptied if _group(column) == group]
        others = [column for column in empty if column not in merged.cleared]
        for column in _needed(group) if others else ():
            if column in merged.cleared:
                merged.cleared.remove(column)
                reason = f"there is no {OF_A_DAY[group]} without it, and {series(others)} would go as well"
                choices = f"{CLEAR}, also for {series(others)}; or {SKIP} to keep what is recorded"
                self._ask(merged, merged.emptied[column], EMPTIED, reason, choices)

    @staticmethod
    def _is_needed(column: str, values: Mapping[str, Any]) -> bool:
        """Whether an entry cannot be without a field, or the rest that the row says of an end, a review or a score."""
        needed = _needed(_group(column))
        return column in _KEPT or (column in needed and any(other in values for other in needed))

    def _indispensable(self, merged: Reconciled, cell: _Cell) -> None:
        if self._decisions.get((cell.column, INDISPENSABLE)) != SKIP:
            group = _group(cell.column)
            what = OF_A_DAY.get(group, "partner")
            reason = f"a cell is empty that said something at the last import, and there is no {what} without it"
            others = [one for one in _needed(group) if one != cell.column]
            more = f", or empty {series(others)} as well" if others else ""
            self._ask(
                merged, cell, INDISPENSABLE, reason, f"{SKIP} to keep what is recorded; else fill in the cell{more}"
            )

    def _differs(self, merged: Reconciled, cell: _Cell) -> None:
        value = _value(cell)
        decision = self._decisions.get((cell.column, value)) or self._decisions.get((cell.column, DIFFERS))
        if decision == TAKE:
            merged.values[cell.column] = cell.theirs
        elif decision != SKIP:
            reason = f"the spreadsheet says {shown(cell.column, cell.theirs)!r}, the playbook {_ours(cell)}"
            question = Question(cell.column, value, reason, _TAKE_OR_SKIP, (cell.row,), Rank.OVERWRITE)
            self._differing.setdefault(cell.column, []).append((cell, question))
            merged.said.pop(cell.column, None)

    def _conflict(self, merged: Reconciled, cell: _Cell) -> None:
        value = _value(cell)
        decision = self._decisions.get((cell.column, value))
        if decision == TAKE and cell.theirs is None:
            merged.cleared.append(cell.column)
        elif decision == TAKE:
            merged.values[cell.column] = cell.theirs
        elif decision != SKIP:
            was = f"was {_short(cell.last)!r} at the last import" if cell.last else "said nothing at the last import"
            reason = f"changed on both sides: the cell {was}, and the data says {_ours(cell)} now"
            self._ask(merged, cell, value, reason, _TAKE_OR_SKIP)

    def _ask(self, merged: Reconciled, cell: _Cell, value: str, reason: str, choices: str) -> None:
        """Ask, and know as little as before until somebody has answered."""
        self._questions.append(Question(cell.column, value, reason, choices, (cell.row,), Rank.OVERWRITE))
        merged.said[cell.column] = cell.last or ""


def _value(cell: _Cell) -> str:
    return f"{cell.partner}: {shown(cell.column, cell.theirs) or EMPTIED}"


def _ours(cell: _Cell) -> str:
    old = shown(cell.column, cell.ours)
    return repr(old) if old else "nothing"


def _all_at_once(column: str, cells: Sequence[_Cell]) -> Question:
    """One question for all cells of a column that differ; it quotes the first of them."""
    quoted = [f"row {cell.row} {shown(column, cell.theirs)!r} and {_ours(cell)}" for cell in cells[:_QUOTED]]
    more = [f"{len(cells) - _QUOTED} more"] if len(cells) > _QUOTED else []
    reason = f"the spreadsheet and the playbook say different things: {series([*quoted, *more])}"
    choices = f"{_TAKE_OR_SKIP}, in all of these rows; or {EACH} to decide about each of them"
    return Question(column, DIFFERS, reason, choices, tuple(cell.row for cell in cells), Rank.OVERWRITE)


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


def _needed(group: str) -> list[str]:
    """The columns without which there is no such end, review or score."""
    return [f"{group}_{part}" for part in NEEDED.get(group, ())]


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
