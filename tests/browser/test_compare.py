"""Types side by side: chosen in a form or by the address, and all of them where no script runs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_what_is_confused_stands_side_by_side(page: Page, site: str) -> None:
    """From a type's page to it beside those it is confused with; another choice changes the columns and the address;
    fewer than two bring back the table of all.
    """
    page.goto(f"{site}types/system-integrator/")
    page.locator("#confused-with ~ p").get_by_role("link", name="side by side").click()
    beside, every = page.locator(".pb-beside table"), page.locator("table:has(#compare-sales-agent)")
    names = beside.locator("thead th")

    expect(names.first).to_have_text("System Integrator")
    expect(names).to_have_count(3)
    widths = names.evaluate_all("cells => cells.map((cell) => cell.getBoundingClientRect().width)")
    assert max(widths) - min(widths) < 2
    expect(beside.get_by_role("rowheader", name="How to tell it")).to_be_visible()
    expect(every).to_be_hidden()
    ids = page.locator("[id]").evaluate_all("all => all.map(({ id }) => id)")
    assert len(ids) == len(set(ids))

    page.get_by_label("Third type").select_option("")
    expect(names).to_have_count(2)
    page.get_by_label("Second type").select_option(label="Sales Agent")
    expect(names.last).to_have_text("Sales Agent")
    assert page.url.endswith("?type=system-integrator&type=sales-agent")
    page.reload()
    expect(names.last).to_have_text("Sales Agent")

    page.get_by_label("First type").select_option("")
    expect(beside).to_have_count(0)
    expect(every).to_be_visible()


def test_all_types_on_a_phone_offer_no_sort(page: Page, site: str) -> None:
    """Each is a card with the names of the columns in it; above them stands nothing that only looks like a control."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}compare/")
    every = page.locator("table:has(#compare-sales-agent)")

    expect(every.locator("thead")).to_be_hidden()
    expect(every.locator("tbody tr").first).to_be_visible()


def test_without_scripts_the_row_is_there(plain: Page, site: str) -> None:
    """The link leads to the row of the type in the table of all."""
    plain.goto(f"{site}types/system-integrator/")
    plain.locator("#confused-with ~ p").get_by_role("link", name="side by side").click()

    expect(plain.locator("#compare-system-integrator")).to_be_in_viewport()
    expect(plain.get_by_role("table")).to_contain_text("Sales Agent")
