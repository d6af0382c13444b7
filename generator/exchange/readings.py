"""Texts that mean two things, such as 1.234 and 3/4/2026: what tells which of them is meant, or else a question."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from generator.exchange.columns import SheetTable
from generator.exchange.days import DAY, MONTH, ORDER, Ambiguous, day_of, orders
from generator.exchange.fields import unguarded
from generator.exchange.meanings import Meanings, Unclear
from generator.exchange.notation import decimal_sign, in_notation, is_either


class Both(NamedTuple):
    """Two readings of a text, by what tells which of them holds: the number that comes first, or the decimal sign.

    `decided` and `sure` are what somebody decided, and what the rest of the column says; both may be empty.
    """

    readings: Mapping[str, str]
    decided: str
    sure: str


class Readings:
    """Reads such texts, by the columns of a table; `decisions` are by field and value.

    `earlier` gives what a partner said in a field before, by its id and that of the field.
    """

    def __init__(
        self,
        table: SheetTable,
        meanings: Meanings,
        decisions: Mapping[tuple[str, str], str],
        earlier: Callable[[str, str], Collection[str]],
    ) -> None:
        self._table, self._decisions = table, decisions
        said = {
            name: [(unguarded(cells.get("id", "")), unguarded(cells[name])) for _, cells in table.rows if name in cells]
            for name in (*meanings.days, *meanings.numbers)
            if name in table.fields.values()
        }
        self._orders = {
            name: orders((text, earlier(ident, name) if ident else ()) for ident, text in said[name])
            for name in meanings.days
            if name in said
        }
        # Of other kinds of file, numbers are none of a country.
        numbers = [name for name in meanings.numbers if name in said] if table.is_text else []
        self._signs = {name: decimal_sign({text for _, text in said[name]}) for name in numbers}
        self._decided = {name: _sign_of(self._answers(name)) for name in numbers}

    def _answers(self, name: str) -> Iterable[tuple[str, str]]:
        return ((text, answer) for (field, text), answer in self._decisions.items() if field == name)

    def both(self, name: str, text: str, meant: str) -> Both | None:
        """Both readings of the text of a cell, or of what it is `meant` to say; None where there is one."""
        if name in self._orders and isinstance(day := day_of(meant), Ambiguous):
            readings = {DAY: day.day_first, MONTH: day.month_first}
            answer = self._decisions.get((name, ORDER)) or self._table.replacement(name, ORDER)
            return Both(readings, answer if answer in readings else "", self._orders[name].get(day.sign, ""))
        # What somebody says that a number means is written as data files have it.
        said = (name, text) in self._decisions or text.casefold() in self._table.map.values.get(name, {})
        if name in self._signs and is_either(text) and not said:
            readings = {sign: in_notation(text, sign) for sign in (",", ".")}
            return Both(readings, self._decided[name], self._signs[name])
        return None

    def told(self, name: str, text: str, both: Both, known: Collection[str]) -> str | Unclear:
        """The one that holds; Unclear where nothing tells, or not all say the same.

        `known` is what the cell may have said before.
        """
        last = [sign for sign, reading in both.readings.items() if reading in known]
        before = last[0] if len(last) == 1 else ""
        if agreed := _agreed(both.decided, both.sure, before):
            return both.readings[agreed]
        choices = " or ".join(both.readings.values())
        reason = f"{text!r} is {choices}"
        if name in self._orders and not (both.decided or both.sure or before):
            return Unclear(reason, f"{DAY} or {MONTH}, for the whole column", ORDER)
        return Unclear(reason, choices)


def _agreed(decided: str, sure: str, before: str) -> str:
    """What holds by a decision, by the rest of the column and by what the cell said before; empty where they differ.

    A decision holds unless the rest of the column contradicts it; then what the cell said before must bear it out.
    """
    if decided:
        return decided if sure in ("", decided) or before == decided else ""
    if sure:
        return sure if before in ("", sure) else ""
    return before


def _sign_of(answers: Iterable[tuple[str, str]]) -> str:
    """The decimal sign by which somebody has read such numbers; empty where none was, or two were."""
    signs = {sign for text, answer in answers if is_either(text) for sign in ",." if in_notation(text, sign) == answer}
    return signs.pop() if len(signs) == 1 else ""
