"""What readers type into the search of the sample's site, and what comes first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from playwright.sync_api import Page, expect

from tests import sites
from tests.browser.conftest import *  # noqa: F403 - the fixtures of a browser
from tests.browser.conftest import Search, asked, served
from tests.sample.conftest import DATA

pytestmark = pytest.mark.browser

QUERIES: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "search.yml").read_text("utf-8"))


@pytest.fixture(scope="session")
def sample_site(run_folder: Path) -> Iterator[str]:
    """The address of the sample's site."""
    yield from served(sites.once(run_folder, "sample-site", lambda place: sites.build(DATA, place)))


def fits(wanted: dict[str, Any], address: str) -> bool:
    """Whether an address of the site is the page that is wanted, or a section of it, or the directory filtered so."""
    parts = urlsplit(address)
    if "directory" in wanted:
        held = parse_qs(parts.query)
        held.pop("h", None)
        filters = {name: one if isinstance(one, list) else [one] for name, one in wanted["directory"].items()}
        return parts.path == "partners/" and held == filters
    return parts.path == wanted["path"] if "path" in wanted else wanted["holds"] in address


def test_the_first_result_is_what_was_meant(page: Page, sample_site: str) -> None:
    """Expected: what search.yml says, as the first result or, where that is a section, right below its page."""
    page.goto(sample_site)
    found = asked(page, QUERIES)

    assert len(found) > 45
    wrong = {one: places for one, places in found.items() if not any(fits(QUERIES[one], at) for at in places[:2])}
    assert wrong == {}


def test_what_has_ended_is_not_counted(page: Page, sample_site: str, search: Search) -> None:
    """Expected: as many as the department's page counts, unless somebody asks for those that have ended."""
    page.goto(f"{sample_site}departments/channel-sales/")
    number = page.locator("article strong").first.inner_text().split()[0]
    search("channel sales partners")
    line = page.locator(".md-search-result__link", has_text="Directory:").first
    expect(line).to_contain_text(f"Directory: partners of Channel Sales, {number}")
    search("ended channel sales partners")
    expect(page.locator(".md-search-result__link").first).to_contain_text("Directory: ended partners of Channel Sales")


def test_the_number_is_that_of_the_directory(page: Page, sample_site: str, search: Search) -> None:
    """Expected: the line says as many partners as the directory shows where it leads."""
    page.goto(sample_site)
    search("distributors in emea")
    line = page.locator(".md-search-result__link").first
    expect(line).to_contain_text("Directory: Value-Added Distributor in EMEA, 2")
    said = line.locator("p").inner_text()

    line.click()

    expect(page.locator("#count")).to_have_text(said)
