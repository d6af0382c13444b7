"""Numbers of a CSV file that mean two things, such as 1.234: what others of their column tell, or else a question."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from generator.exchange.columns import SheetTable
from generator.exchange.fields import DEPARTMENT, unguarded
from generator.exchange.notation import decimal_sign, in_notation, is_either
from generator.model import Kind
from generator.schema import Custom

_SCORES = ("satisfaction_score", "satisfaction_scale")


def in_one_notation(table: SheetTable, custom: Custom, decided: Container[tuple[str, str]]) -> SheetTable:
    """The table with each such number as its column has it; an export of ours has no others.

    What is `decided` of a text, by field, or stands in the column map, is left to that.
    """
    if {"id", DEPARTMENT} <= {*table.titles}:
        return table
    numbers = (*_SCORES, *(field.id for field in custom if field.kind is Kind.NUMBER))
    said = {
        name: dict.fromkeys(unguarded(cells[name]) for _, cells in table.rows if name in cells)
        for name in numbers
        if name in table.fields.values()
    }
    signs = {name: decimal_sign(texts) for name, texts in said.items()}
    read = {
        (name, text): in_notation(text, signs[name])
        for name, texts in said.items()
        for text in texts
        if is_either(text) and (name, text) not in decided and table.replacement(name, text) == text
    }
    if not read:
        return table
    rows = [
        (number, {name: read.get((name, unguarded(text)), text) for name, text in cells.items()})
        for number, cells in table.rows
    ]
    return replace(table, rows=tuple(rows))
