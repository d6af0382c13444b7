"""The site that Zensical builds, where our scripts and its own run together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def zensical(engines: Path) -> Iterator[str]:
    """The address of the rich company's site, built by Zensical."""
    yield from served(engines / "zensical" / "site")


@pytest.fixture
def errors(page: Page) -> list[str]:
    """What scripts on the page end with, or complain of."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    return found


def test_the_directory_filters(page: Page, zensical: str, errors: list[str]) -> None:
    """Its rows come as a script, and its filters change what is shown."""
    page.goto(f"{zensical}partners/?status=ended")

    expect(page.locator("tbody tr").first).to_be_visible()
    expect(page.locator("#count")).to_have_text("1 relationship with 1 partner")
    assert errors == []


def test_the_search_finds_a_partner(page: Page, zensical: str, errors: list[str]) -> None:
    """It is Zensical's own, with no worker of ours around it."""
    page.goto(f"{zensical}types/")
    page.locator("button.md-search__button").click()
    page.get_by_role("combobox", name="Search").fill("fenland")
    page.get_by_text("Fenland Technik").first.click()

    expect(page).to_have_url(re.compile(re.escape(f"{zensical}partners/fenland-technik/")))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fenland Technik")
    assert errors == []


def test_colors_are_kept(page: Page, zensical: str, errors: list[str]) -> None:
    """What readers choose stands on the next page, too, in the scripts of ours that take the place of the theme's."""
    page.goto(zensical)
    page.locator("label.md-header__button[for=__palette_1]").click()
    page.goto(f"{zensical}people/")

    expect(page.locator("body")).to_have_attribute("data-md-color-media", "(prefers-color-scheme: light)")
    assert errors == []
