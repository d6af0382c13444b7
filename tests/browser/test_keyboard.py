"""Everything by keyboard alone: each stop is reached in order, can be seen, and does what a click would."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Search, frames_drawn

pytestmark = pytest.mark.browser

KINDS = ["", "partners/", "partners/quorlin/", "types/msp-cmsp/", "coverage/", "health/", "start/", "start/quiz/"]
# On a wide screen the rest of them is more links in tables, and more of the same buttons.
WIDE = ["", "partners/", "types/msp-cmsp/", "start/quiz/"]
# The stops of a row are those of the rows above it: where the directory has shown that, five rows of a table will do.
ROWS = "tbody tr:nth-child(n + 6) { display: none !important }"

# Notes after each key where the keyboard is: whether it can be seen, and what marks it.
NOTE_STOPS = """() => { window.stops = []; document.addEventListener("keyup", () => stops.push((() => {
  const found = document.activeElement;
  if (!found || found === document.body) return null;
  // The choice of colors is an invisible input with a visible label after it.
  const shown = found.matches(".md-option") ? found.nextElementSibling : found;
  const box = (shown.closest("details:not([open])")?.querySelector("summary") ?? shown).getBoundingClientRect();
  const style = getComputedStyle(found), ring = getComputedStyle(shown);
  found.dataset.stop ??= String(document.querySelectorAll("[data-stop]").length);
  return {
    number: Number(found.dataset.stop),
    name: found.outerHTML.slice(0, 120),
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0,
    marked: [style, ring].some((one) => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) > 0)
      || style.boxShadow !== "none" || found.matches("input:not([type=radio]):not([type=checkbox])"),
  };
})()), true); }"""


@pytest.mark.parametrize(("path", "width"), [*((path, 360) for path in KINDS), *((path, 1440) for path in WIDE)])
def test_every_stop_can_be_seen(page: Page, site: str, path: str, width: int) -> None:
    """The first stop skips to the text; each later one is in sight and marked, and none holds the keyboard."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site + path)
    if (path, width) != ("partners/", 360):
        page.add_style_tag(content=ROWS)
    frames_drawn(page)
    page.evaluate(NOTE_STOPS)
    stops: list[dict[str, Any]] = []
    for _ in range(90):
        for _ in range(10):
            page.keyboard.press("Tab")
        stops += page.evaluate("stops.splice(0)")
        end = next((at for at, one in enumerate(stops) if one is None or (at and one["number"] == 0)), None)
        if end is not None:
            del stops[end:]
            break
    else:
        pytest.fail("the keyboard never comes to the end of the page")
    for number, stop in enumerate(stops):
        assert stop["number"] == number, f"the keyboard goes back to {stop['name']}"

    assert "md-skip" in stops[0]["name"]
    assert [one["name"] for one in stops if not one["inside"]] == []
    assert [one["name"] for one in stops if not one["marked"]] == []
    assert len(stops) > 10


def test_the_skip_link_skips(page: Page, site: str) -> None:
    """After it, the next stop lies in the text."""
    page.goto(f"{site}types/msp-cmsp/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main .md-content') !== null")


def test_the_directory_by_keyboard(page: Page, site: str) -> None:
    """A filter is chosen by its first letters, a column sorted with Enter, and all of it taken back."""
    page.goto(f"{site}partners/")
    page.get_by_label("Status", exact=True).focus()
    page.keyboard.type("pros")
    expect(page).to_have_url(f"{site}partners/?status=prospect")

    page.get_by_role("button", name="Partner", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}partners/?status=prospect&sort=-partner")

    page.get_by_role("button", name="Reset").focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(f"{site}partners/")


def test_the_menu_of_a_phone_by_keyboard(page: Page, site: str) -> None:
    """Its button is a stop; what is in the menu is one only while it is open; Escape closes it."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(site)
    partners = page.locator(".md-sidebar--primary a", has_text="Glossary")
    expect(partners).to_be_hidden()
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('label[for=__drawer]')"):
            break
    page.keyboard.press("Enter")
    expect(partners).to_be_visible()

    page.keyboard.press("Escape")
    expect(partners).to_be_hidden()


def test_the_search_by_keyboard(page: Page, site: str, search: Search) -> None:
    """A slash opens it, the arrows go through what it finds, Escape closes it."""
    page.goto(site)
    search("Quorlin", key="/")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".md-search-result__link").first).to_be_focused()

    page.keyboard.press("Escape")
    expect(page.locator("[data-md-toggle=search]")).not_to_be_checked()


def test_a_result_keeps_the_focus_when_later_ones_come(page: Page, site: str, search: Search) -> None:
    """A reader who is quicker than the search goes on from where they were: the arrow does not fall out of the list."""
    page.goto(site)
    search("Hexley")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".md-search-result__link").first).to_be_focused()
    page.evaluate("""() => {
      const field = document.querySelector(".md-search__input");
      field.value = "Hoshino Cloud";
      field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
    }""")
    expect(page.locator(".md-search-result__link").first).to_have_attribute("href", re.compile("hoshino-cloud"))

    expect(page.locator(".md-search-result__link").first).to_be_focused()


def test_the_colors_by_keyboard(page: Page, site: str) -> None:
    """The choice of colors is a stop like any other."""
    page.goto(site)
    before = page.evaluate("document.body.dataset.mdColorMedia")
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.md-option')"):
            break
    page.keyboard.press("ArrowRight")

    page.wait_for_function("before => document.body.dataset.mdColorMedia !== before", arg=before)
