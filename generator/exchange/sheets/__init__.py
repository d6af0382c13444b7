"""Spreadsheets, whatever program saved them, to rows of text: one module a kind of file."""

from __future__ import annotations

from generator.exchange.sheets.reading import JSON, JSON_LINES, kind_of, load_sheet, read_rows, read_sheet
from generator.exchange.sheets.sheet import (
    ALLOWED,
    BAD_CELL,
    BAD_COLUMN,
    BAD_SHEET,
    NO_ANSWER,
    ROWS_DISAGREE,
    Row,
    Sheet,
    letters,
)

__all__ = [
    "ALLOWED",
    "BAD_CELL",
    "BAD_COLUMN",
    "BAD_SHEET",
    "JSON",
    "JSON_LINES",
    "NO_ANSWER",
    "ROWS_DISAGREE",
    "Row",
    "Sheet",
    "kind_of",
    "letters",
    "load_sheet",
    "read_rows",
    "read_sheet",
]
