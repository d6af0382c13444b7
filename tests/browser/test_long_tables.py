"""Tables that are too long for a page, and people, in a browser; the site of a large company, built strictly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import sites
from tests.browser.conftest import served
from tests.browser.test_access import ALL, broken
from tests.crowd import crowd
from tests.kit import MKDOCS, ran

pytestmark = pytest.mark.browser
PARTNERS, PEOPLE = 260, 250


def _build(place: Path) -> None:
    """Build the site, where any link that leads nowhere ends the build."""
    data = crowd(place.with_suffix(".data"), PARTNERS, PEOPLE)
    settings = place.with_suffix(".mkdocs.yml")
    settings.write_text(f"{MKDOCS}strict: true\n", "utf-8")
    done = ran("-m", "generator", "build", "--data", data, "--site-dir", place, "--config", settings)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def large(run_folder: Path) -> Iterator[str]:
    """The address of the site."""
    yield from served(sites.once(run_folder, "crowd-site", _build))


def test_all_rows_are_reached_without_scripts(plain: Page, large: str) -> None:
    """The page shows the first two hundred; the pages that its line leads to have them all, and lead to each other."""
    plain.goto(f"{large}departments/sales/")
    line = plain.locator("#inventory ~ .pb-rest").first
    expect(line).to_contain_text(f"The first 200 of {PARTNERS}. All of them by the partner’s name:")
    assert plain.locator("#inventory ~ div table, #inventory ~ table").first.locator("tbody tr").count() == 200

    ways = [link.get_attribute("href") for link in line.get_by_role("link").all()]
    found = set()
    for way in ways[:-1]:  # the last one leads to the directory
        plain.goto(f"{large}departments/sales/{way}")
        expect(plain.get_by_role("heading", level=1)).to_contain_text("Sales: partners, ")
        assert plain.locator("p", has_text="By the partner’s name:").get_by_role("link").count() == len(ways) - 2
        found |= set(plain.locator("tbody tr td:first-child a").all_inner_texts())
    assert len(found) == PARTNERS


def test_the_directory_shows_the_same_rows(page: Page, large: str) -> None:
    """Its filters are set by the link."""
    page.goto(f"{large}departments/sales/")
    page.locator("#inventory ~ .pb-rest").first.get_by_role("link", name="directory").click()

    expect(page.get_by_role("status").filter(has_text="relationship")).to_contain_text(str(PARTNERS))
    expect(page.get_by_label("Department", exact=True)).to_have_value("sales")


def test_the_button_promises_no_more_than_there_is(page: Page, large: str) -> None:
    """Below a table that is cut it speaks of the first rows; on a part, of all."""
    page.goto(f"{large}departments/sales/")
    expect(page.get_by_role("button", name="Show the first 200").first).to_be_visible()

    page.locator("#inventory ~ .pb-rest").first.get_by_role("link").first.click()
    expect(page.get_by_role("button", name="Show all")).to_be_visible()


@pytest.mark.parametrize("person", [3, 240])
def test_addresses_of_sections_lead_to_pages(page: Page, large: str, person: int) -> None:
    """Of those whom the list of people shows, and of those for whom it has no room."""
    page.goto(f"{large}people/#person-person-{person}")

    expect(page).to_have_url(f"{large}people/person-{person}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lee")


def test_an_address_of_nobody_stays(page: Page, large: str) -> None:
    """The list of people is shown where an anchor names none of them, or none of its own sections."""
    page.goto(f"{large}people/#departments")

    expect(page.get_by_role("heading", level=1)).to_contain_text("People")


@pytest.mark.parametrize(("path", "width"), [("departments/sales/", 360), ("departments/sales/inventory/a/", 1280)])
def test_access(page: Page, large: str, path: str, width: int) -> None:
    """No rule of WCAG 2.2 A or AA is broken by a table that is cut, nor by a part of it."""
    page.goto(f"{large}{path}")

    assert broken(page, {}, "light", width, ALL) == []
