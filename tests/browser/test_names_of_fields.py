"""Fields, labels and people that are called what a script or a browser would find by that name anyway."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import sites
from tests.browser.conftest import served
from tests.kit import world_in
from tests.test_names_of_fields import NAMES, SETTINGS, inventory

pytestmark = pytest.mark.browser

BUILT_IN = ("function", "type", "mode", "department", "owner", "status", "finding")


@pytest.fixture(scope="module")
def site(run_folder: Path) -> Iterator[str]:
    """A small company that has a field of each such name, and an owner."""

    def make(place: Path) -> None:
        partners = inventory("one").replace(
            "Birch, types: [shop], owner: ann", "Birch, types: [shop], owner: constructor"
        )
        people = "people: [{id: ann, name: Ann Lee, email: ann@example.com}, {id: constructor, name: Con Tractor}]"
        data = world_in(place.with_name("named-fields-data"), settings=SETTINGS, people=people, partners=partners)
        sites.build(data, place)

    yield from served(sites.once(run_folder, "named-fields-site", make))


@pytest.fixture
def quiet(page: Page) -> Iterator[Page]:
    """A page whose scripts end with no error."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert not errors


def test_the_directory_filters_and_sorts_by_each(quiet: Page, site: str) -> None:
    """Each has its own part of the address, beside the words that are looked for and the order."""
    quiet.goto(f"{site}partners/")
    rows = quiet.locator("tbody tr:visible")
    expect(rows).to_have_count(2)
    quiet.get_by_text("More filters").click()
    fields = quiet.locator("#filters select")
    asked = [
        name for name in fields.evaluate_all("all => all.map((one) => one.dataset.filter)") if name not in BUILT_IN
    ]
    assert len(asked) == len(NAMES)
    for name in asked:
        field = quiet.locator(f"#filter-{name}")
        field.select_option(index=1)
        expect(rows).to_have_count(1)
        expect(quiet).to_have_url(re.compile(rf"\?{name}=[a-z]+\+one$"))
        field.select_option("")
    quiet.locator("#filter-field-text").select_option("text one")
    quiet.get_by_label("Words", exact=True).first.fill("acme")
    quiet.get_by_role("button", name="Constructor", exact=True).click()
    expect(quiet).to_have_url(re.compile(r"\?field-text=text\+one&text=acme&sort=constructor$"))
    quiet.reload()
    expect(rows).to_have_count(1)
    expect(quiet.locator("#filter-field-text")).to_have_value("text one")


def test_the_landscape_groups_and_dims(quiet: Page, site: str) -> None:
    """By what it has always been grouped by; whoever is called like a part of every object has no address."""
    quiet.goto(f"{site}landscape/?field-by=by+one")
    dimmed = quiet.locator(".pb-tile.pb-dim")
    expect(dimmed).to_have_count(1)
    quiet.get_by_role("radio", name="Mode").locator("..").click()
    expect(quiet).to_have_url(re.compile(r"\?field-by=by\+one&by=mode$"))
    expect(dimmed).to_have_count(1)
    dimmed.click()
    card = quiet.get_by_role("dialog", name="Birch")
    expect(card).to_contain_text("Con Tractor")
    expect(card.locator("a[href^=mailto]")).to_have_count(0)
