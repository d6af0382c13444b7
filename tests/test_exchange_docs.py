"""The page for editors about spreadsheets says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from generator.exchange.fields import COLUMNS, KNOWN
from generator.model import IGNORE

PAGE = (Path(__file__).parents[1] / "generator" / "templates" / "editors" / "spreadsheet.md.j2").read_text("utf-8")


def test_the_table_of_columns_is_that_of_the_program() -> None:
    """Every column, in order, and every other heading that means it."""
    rows = re.findall(r"^\| `(\w+)` \| ([^|]*) \| [^|]+ \|$", PAGE, re.MULTILINE)
    headings = {column: [heading for heading, one in KNOWN.items() if one == column] for column in COLUMNS}
    assert [column for column, _ in rows] == list(COLUMNS)
    for column, listed in rows:
        assert [*filter(None, listed.strip().split(", "))] == [
            h for h in headings[column] if h != column.replace("_", " ")
        ]


def test_the_column_map_of_the_page_has_the_parts_and_fields_that_there_are() -> None:
    """Its columns, values and defaults name fields."""
    text = re.findall(r"```yaml\n(columns:.*?)```", PAGE, re.DOTALL)[0]
    example = yaml.safe_load(text)
    assert list(example) == ["columns", "values", "defaults"]
    assert {*example["columns"].values(), *example["values"], *example["defaults"]} <= {*COLUMNS, IGNORE}
