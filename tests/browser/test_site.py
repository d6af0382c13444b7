"""What only a browser can tell: scripts, tooltips, search, and what is asked of other hosts."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Search, asked

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_home_says_whose_playbook_it_is(page: Page, site: str, scheme: Literal["light", "dark"]) -> None:
    """The home page shows the company, the inventory and a way to the partners, in both color schemes."""
    page.emulate_media(color_scheme=scheme)
    page.goto(site)

    expect(page).to_have_title("Partner Playbook")
    expect(page.get_by_role("main")).to_contain_text("Tidewater Controls")
    expect(page.locator("body")).to_have_attribute(
        "data-md-color-scheme", {"light": "default", "dark": "slate"}[scheme]
    )
    page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Partners", exact=True).click()
    expect(page).to_have_url(f"{site}partners/")


def test_a_term_explains_itself_on_hover(page: Page, site: str) -> None:
    """Hovering a term of the glossary on another page opens its explanation."""
    page.goto(f"{site}types/msp-cmsp/")
    term = page.locator("article p abbr").first
    explanation = term.get_attribute("title")

    term.hover()

    assert explanation
    expect(page.get_by_role("tooltip")).to_contain_text(explanation)


def test_a_term_explains_itself_to_the_keyboard(page: Page, site: str) -> None:
    """The first use of a term on a page can be reached with the keyboard, and opens its explanation."""
    page.goto(f"{site}types/msp-cmsp/")

    page.locator("article abbr[tabindex='0']").first.focus()

    expect(page.get_by_role("tooltip")).to_be_visible()


def test_an_alias_finds_its_type_first(page: Page, site: str, search: Search) -> None:
    """Searching an acronym from the keyboard lists the page of its type before any partner's."""
    page.goto(site)
    search("CMSP")

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{site}types/msp-cmsp/?h=cmsp")


MEANT = {
    "Hexly Networks": "partners/hexley-networks/",
    "Hoshina": "partners/hoshino-cloud/",
    "3PL": "types/third-party-logistics/",
    "who owns Quorlin": "partners/quorlin/",
    "who owns quorlinn?": "partners/quorlin/",
    "Dockside Freight": "partners/causeway-logistics/",
    # However often their names stand on other pages.
    "Hexley Networks": "partners/hexley-networks/",
    "Quorlin Managed Cloud": "partners/quorlin/",
    "Hoshino Cloud": "partners/hoshino-cloud/",
}


def test_search_finds_what_is_meant(page: Page, site: str) -> None:
    """The first result is what was meant: misspelled, within a question, by its name, its short one or an old one."""
    page.goto(site)

    assert {words: places[:1] for words, places in asked(page, MEANT).items()} == {
        words: [address] for words, address in MEANT.items()
    }


def test_a_result_says_who_owns_the_partner(page: Page, site: str, search: Search) -> None:
    """Nobody has to open the page for it."""
    page.goto(site)
    search("Hexley Networks")

    first = page.locator(".md-search-result__item").first
    expect(first).to_contain_text("Hexley Networks is owned by Astrid Dahl in Strategic Alliances")


@pytest.mark.parametrize("path", ["", "partners/", "partners/hostile/", "findings/", "ownership/"])
def test_a_hostile_name_stays_text(page: Page, hostile: str, hostile_name: str, dialogs: list[str], path: str) -> None:
    """A name that tries to be markup is shown as it was written, wherever it is shown, and runs nothing."""
    page.goto(hostile + path)
    page.wait_for_load_state("networkidle")

    if path:
        expect(page.get_by_role("main")).to_contain_text(hostile_name)
    assert page.locator("img[src='x'], a[href^='javascript:']").count() == 0
    assert dialogs == []


def test_a_hostile_name_stays_text_in_search(page: Page, hostile: str, dialogs: list[str], search: Search) -> None:
    """The search writes its results into the page by script; they stay text as well."""
    page.goto(hostile)

    search("onerror")

    expect(page.locator(".md-search-result")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("img[src='x'], a[href^='javascript:']").count() == 0
    assert dialogs == []


def test_a_phone_shows_a_page_without_scrolling_sideways(page: Page, site: str) -> None:
    """A wide table scrolls within itself: the page is never wider than a phone."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}partners/")

    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(
    ("path", "columns"),
    [
        ("findings/", ["Partner", "What was found", "Open since", "What to do", "Code"]),
        ("departments/channel-sales/", ["Type", "Owner", "Status", "Mode", "Revenue band", "Sites", "Handover"]),
        ("editors/spreadsheet/", ["Other headings", "A cell says"]),
    ],
)
def test_a_table_of_words_is_read_on_a_phone(page: Page, site: str, path: str, columns: list[str]) -> None:
    """Nothing of it is out of sight or a word wide: each cell stands on its own line, behind the name of its column."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site + path)
    row = page.locator("[data-cards] tr", has=page.locator(f"td[data-column='{columns[0]}']")).first

    boxes = row.locator("td[data-column]").evaluate_all("cells => cells.map((cell) => cell.getBoundingClientRect())")
    assert row.locator("td").evaluate_all("cells => cells.slice(1).map((cell) => cell.dataset.column)") == columns
    shown = [box for box in boxes if box["height"]]
    assert all(above["bottom"] <= below["top"] + 1 for above, below in pairwise(shown))
    assert all(box["left"] >= 0 and box["right"] <= 390 and box["width"] > 300 for box in shown)


def test_numbers_stand_behind_the_names_of_their_columns_on_a_phone(page: Page, site: str) -> None:
    """In a card, as all else does: far at the right nobody sees what they count."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}types/")
    sides = "cells => [...new Set(cells.map((cell) => getComputedStyle(cell).textAlign))]"

    assert page.locator("[data-cards] td[style*='right']").first.is_visible()
    assert page.locator("[data-cards] td[data-column]").evaluate_all(sides) == ["left"]


def test_a_long_table_shows_its_first_rows(page: Page, plain: Page, site: str) -> None:
    """A button shows the others, and the keyboard goes on there; paper, and readers without scripts, have them all."""
    address = f"{site}modes/formal-program/"
    plain.goto(address)
    everything = plain.locator("article table", has_text="Status").locator("tbody tr")
    total = everything.count()
    assert total > 20
    assert everything.last.is_visible()

    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    shown = page.locator("article table", has_text="Status").locator("tbody tr:visible")
    expect(shown).to_have_count(10)
    page.emulate_media(media="print")
    expect(shown).to_have_count(total)
    page.emulate_media(media="screen")

    page.get_by_role("button", name=f"Show all {total}").press("Enter")
    expect(shown).to_have_count(total)
    expect(shown.nth(10).get_by_role("link").first).to_be_focused()
    expect(page.get_by_role("button", name="Show all")).to_have_count(0)


def test_a_grid_stays_a_grid_on_a_phone(page: Page, site: str) -> None:
    """Numbers are compared down and across; pushed sideways, a line still says what it is about."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}modes/")
    frame = page.locator(".md-typeset__scrollwrap").first
    first = frame.locator("tbody td").first
    before = first.bounding_box()
    frame.evaluate("frame => (frame.scrollLeft = 150)")

    assert before
    assert frame.locator("[data-cards]").count() == 0
    assert first.bounding_box() == before


@pytest.mark.parametrize("width", [1280, 360])
def test_a_logo_has_its_place_before_it_is_there(page: Page, site: str, width: int) -> None:
    """Nothing moves when it comes: it stands in the square of the initials, and takes no room of the words."""
    page.set_viewport_size({"width": width, "height": 800})
    places = """() => [...document.querySelectorAll("article :is(h1, p, .pb-logo)")].map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [element.className, x, y, width, height];
    })"""
    page.goto(f"{site}partners/quorlin/")
    logo = page.locator("article .pb-logo")
    assert logo.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    shown = page.evaluate(places)
    page.route("**/logos/*", lambda route: route.abort())
    page.reload()
    assert logo.evaluate("image => image.naturalWidth") == 0

    assert page.evaluate(places) == shown
    box, under, heading = (page.locator(f"article {one}").bounding_box() for one in (".pb-logo", ".pb-under", "h1"))
    assert box is not None
    assert under is not None
    assert heading is not None
    assert heading["y"] <= box["y"] <= under["y"] + under["height"] - box["height"]
    indent = under["x"] + page.locator(".pb-under").evaluate("one => parseFloat(getComputedStyle(one).paddingLeft)")
    assert under["x"] < box["x"] < indent - box["width"]


def test_paper_is_light_for_a_reader_with_dark_colors(page: Page, site: str) -> None:
    """A browser prints no backgrounds: light letters would be lost on the sheet."""
    page.emulate_media(color_scheme="dark")
    page.goto(f"{site}types/msp-cmsp/")
    page.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
    brightness = "sum(...getComputedStyle(document.querySelector('article h1')).color.match(/\\d+/g).slice(0, 3))"
    lightness = f"(() => {{ const sum = (...all) => all.reduce((a, b) => a + Number(b), 0); return {brightness}; }})()"
    assert page.evaluate(lightness) > 500

    page.emulate_media(media="print", color_scheme="dark")

    assert page.evaluate(lightness) < 200
