"""Every figure that leads to the directory is the number of rows, or of partners, that the address shows there."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs

import pytest

from generator import paths
from generator.model import Playbook
from tests.kit import directory_rows, section
from tests.kit import rows as cells

LINK = re.compile(r"\[([^\]]+)\]\(<(?:\.\./)*(?:partners/)?index\.md\?([^>]+)>\)")

Row = dict[str, list[str]]


@pytest.fixture(scope="module")
def rows(rich_pages: Mapping[str, str]) -> list[Row]:
    """What each row of the directory says of itself, and its partner."""
    return directory_rows(rich_pages)


def linked(pages: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for path, content in pages.items():
        for label, query in LINK.findall(content):
            yield path, html.unescape(label), html.unescape(query)


def shown(rows: list[Row], query: str) -> list[Row]:
    """The rows that the script would leave: for every filter, one of its values."""
    wanted = parse_qs(query, strict_parsing=True)
    return [row for row in rows if all(set(row[name]) & set(values) for name, values in wanted.items())]


def test_every_row_says_what_it_is_found_by(rich: Playbook, rows: list[Row]) -> None:
    """One row a relationship; each has what every relationship has, and of each filter a value, or that it has none."""
    assert len(rows) == sum(len(entry.relationships) for entry in rich.entries)
    always = {"function", "type", "mode", "department", "status"}
    assert all(always <= row.keys() and not {row[name][0] for name in always} & {paths.NOTHING} for row in rows)
    assert all(all(row.values()) for row in rows)


def test_every_figure_counts_what_its_link_shows(rich_pages: Mapping[str, str], rows: list[Row]) -> None:
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


def test_a_department_counts_the_relationships_of_each_of_its_people(
    rich: Playbook, rich_pages: Mapping[str, str], rows: list[Row]
) -> None:
    """Each has as many as the directory shows, however many entries they are."""
    counted = 0
    for department in rich.departments:
        page = rich_pages[paths.department(department)]
        people = cells(section(page, "people")) if "{ #people }" in page else []
        for name, _, number in people:
            found = LINK.fullmatch(number)
            assert found or number == "no relationships", number
            if found:
                wanted = parse_qs(html.unescape(found[2]))
                (owner,) = wanted["owner"]
                assert wanted["department"] == [department]
                assert rich.person_name(owner) in name
                mine = [row for row in rows if row["department"] == [department] and row["owner"] == [owner]]
                current = [row for row in mine if row["status"] != ["ended"]]
                assert found[1].split()[0] == str(len(current)), (department, owner)
                counted += len(current)

    owned = [(entry, one) for entry, one in rich.relationships(active=False) if entry.owner is not None]
    assert counted == len(owned)


def test_no_figure_leads_to_nothing(rich_pages: Mapping[str, str], rows: list[Row]) -> None:
    """A link to the directory shows a row at least."""
    assert [(path, label) for path, label, query in linked(rich_pages) if not shown(rows, query)] == []
