"""Every figure that leads to the directory is the number of rows, or of partners, that the address shows there."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest

from generator.model import Playbook

LINK = re.compile(r"\[([^\]]+)\]\(<(?:\.\./)*(?:partners/)?index\.md\?([^>]+)>\)")

Row = dict[str, list[str]]


@pytest.fixture(scope="module")
def rows(rich_pages: dict[str, str]) -> list[Row]:
    """What each row of the directory says of itself, and its partner."""
    found = []
    for marker, partner in re.findall(
        r'<span class="pb-row"(.*?)></span>\[.*?\]\(<(.*?)>\)', rich_pages["partners/index.md"]
    ):
        row = {name: html.unescape(value).split("\t") for name, value in re.findall(r' data-(\w+)="(.*?)"', marker)}
        found.append({**row, "partner": [partner]})
    return found


def linked(pages: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for path, content in pages.items():
        for label, query in LINK.findall(content):
            yield path, html.unescape(label), html.unescape(query)


def shown(rows: list[Row], query: str) -> list[Row]:
    """The rows that the script would leave: for every filter, one of its values."""
    wanted = parse_qs(query, strict_parsing=True)
    return [row for row in rows if all(set(row.get(name, ["-"])) & set(values) for name, values in wanted.items())]


def test_every_row_says_what_it_is_found_by(rich: Playbook, rows: list[Row]) -> None:
    """One row a unit; each has what every relationship has."""
    assert len(rows) == sum(len(r.units) for r in rich.relationships)
    assert all({"function", "type", "mode", "department", "status"} <= row.keys() for row in rows)


def test_every_figure_counts_what_its_link_shows(rich_pages: dict[str, str], rows: list[Row]) -> None:
    """ "51 of 63" leads to 51 rows; a figure of partners leads to the rows of so many partners."""
    wrong = []
    checked = 0
    for path, label, query in linked(rich_pages):
        number = re.match(r"\d+", label)
        if number is None:
            continue
        checked += 1
        found = shown(rows, query)
        if int(number[0]) not in (len(found), len({row["partner"][0] for row in found})):
            wrong.append(f"{path}: [{label}]({query}) shows {len(found)} rows")

    assert wrong == []
    assert checked > 150


def test_no_figure_leads_to_nothing(rich_pages: dict[str, str], rows: list[Row]) -> None:
    """A link to the directory shows a row at least."""
    assert [(path, label) for path, label, query in linked(rich_pages) if not shown(rows, query)] == []
