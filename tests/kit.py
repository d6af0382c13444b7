"""What many tests need: where things are, a company loaded, its pages, and the parts of a page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import settings

from generator import paths
from generator.loading import load_folder
from generator.model import Playbook
from generator.site import build_pages

ROOT = Path(__file__).parents[1]
# A company made up for the tests: each status, mode, type and finding, and something on each page.
RICH = ROOT / "tests" / "rich"
# The smallest taxonomy, for tests that need no more than some data.
TAXONOMY = """\
functions: [{id: reach, name: Reach, value: They reach customers.}]
types: [{id: agent, name: Agent, function: reach, definition: Sells for us., mode: close}]
modes: [{id: close, name: Close, summary: We talk often.}]
"""


def loaded(folder: Path, as_of: date | None = None) -> Playbook:
    """The playbook of a folder that has no error."""
    found = load_folder(folder, as_of)
    assert found.playbook is not None, [f"{p.place[:3]} {p.message}" for p in found.errors]
    return found.playbook


def pages_of(playbook: Playbook) -> dict[str, str]:
    """The content of every page and file of its site, by path."""
    return {page.path: page.content for page in build_pages(playbook)}


def section(page: str, anchor: str) -> str:
    """What stands under the heading with this anchor, up to the next one of its level or above."""
    heading = re.search(rf"^(#+) [^\n]*{{ #{anchor}[ .\w-]* }}$", page, re.MULTILINE)
    assert heading, anchor
    rest = page[heading.end() :]
    end = re.search(rf"^#{{1,{len(heading[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def rows(text: str) -> list[list[str]]:
    """The cells of each row below the heads of the tables in it, with their links."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def directory_data(pages: Mapping[str, str]) -> dict[str, Any]:
    """What the directory's script is given: `columns`, `filters`, `partners` and `rows`."""
    script = pages[paths.DIRECTORY_ROWS]
    data: dict[str, Any] = json.loads(script.removeprefix("window.playbookDirectory = ").removesuffix(";\n"))
    return data


def directory_rows(pages: Mapping[str, str]) -> list[dict[str, list[str]]]:
    """What each row of the directory says of itself: its partner's page, and its values of each filter."""
    data = directory_data(pages)
    rows = []
    for partner, _, *held in data["rows"]:
        row = {"partner": [data["partners"][partner]["page"]]}
        for one, places in zip(data["filters"], held, strict=True):
            numbers = places if isinstance(places, list) else [places]
            row[one["name"]] = [one["values"][number]["value"] for number in numbers]
        rows.append(row)
    return rows


def examples(number: int) -> int:
    """As many examples as `number` is of 100: fewer in `make quick`, more in a long run."""
    assert settings.default is not None
    return max(3, number * settings.default.max_examples // 100)
