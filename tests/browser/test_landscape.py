"""The landscape in a browser: groups, filters and address, the card, thousands, paper and pictures, and no script."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.kit import data_of

pytestmark = pytest.mark.browser

TILES = ".pb-tile"
LIT = ".pb-tile:not(.pb-dim)"


def told(page: Page) -> str:
    return page.locator("#landscape-count").inner_text()


def broken(page: Page) -> list[str]:
    """The rules of access that the picture, or the card over it, breaks."""
    page.evaluate(Axe().axe_script)
    found = page.evaluate("axe.run('#landscape', { resultTypes: ['violations'] })")
    return [f"{one['id']}: {node['html']}" for one in found["violations"] for node in one["nodes"]]


@pytest.fixture
def landscape(page: Page, site: str) -> Page:
    page.goto(f"{site}landscape/")
    return page


def test_groups_filters_and_address(landscape: Page) -> None:
    """Each group shows every partner; filters dim what does not fit; the address keeps both; reset shows all again."""
    everything = told(landscape)
    assert everything.startswith("27 partners in 34 places")
    assert landscape.locator(TILES).count() == 34
    assert landscape.locator("#box-oem h3").inner_text() == "Equipment Manufacturer\n1"
    for name, by in (("Department", "department"), ("Mode", "mode"), ("Tier", "tier"), ("Region", "region")):
        landscape.get_by_role("radio", name=name).check()
        expect(landscape).to_have_url(re.compile(rf"\?by={by}$"))
        shown = landscape.locator(TILES).evaluate_all("tiles => new Set(tiles.map(tile => tile.dataset.partner)).size")
        assert shown == 27
    assert landscape.locator(".pb-band h2").first.inner_text() == "AMER"

    landscape.get_by_label("Region", exact=True).nth(1).select_option("LATAM")
    fit = re.fullmatch(r"(\d+) of 27 partners fits?; the others are dimmed", told(landscape))
    assert fit
    assert 0 < int(fit[1]) < 27
    assert landscape.locator(".pb-band", has_text="LATAM").locator(".pb-dim").count() == 0
    expect(landscape).to_have_url(re.compile(r"\?region=LATAM&by=region$|\?by=region&region=LATAM$"))
    landscape.reload()
    assert told(landscape) == fit[0]
    assert landscape.get_by_role("radio", name="Region").is_checked()

    landscape.get_by_role("button", name="Reset").click()
    assert told(landscape) == everything
    expect(landscape).to_have_url(re.compile(r"/landscape/$"))


def test_the_card_by_keyboard(landscape: Page) -> None:
    """One stop a box; arrows within; Enter pins the card, which says what both departments do; Esc leads back."""
    first = landscape.locator("#box-system-integrator .pb-tile")
    first.first.focus()
    landscape.keyboard.press("ArrowRight")
    expect(first.nth(1)).to_be_focused()
    landscape.keyboard.press("End")
    landscape.keyboard.press("ArrowRight")
    expect(first.last).to_be_focused()
    assert first.last.get_attribute("aria-expanded") == "true"
    landscape.keyboard.press("Tab")
    expect(landscape.locator("#box-oem h3 a")).to_be_focused()
    landscape.keyboard.press("Tab")
    expect(landscape.locator("#box-oem .pb-tile")).to_be_focused()

    tile = landscape.locator("#box-interoperability-partner .pb-tile")
    tile.focus()
    landscape.keyboard.press("Enter")
    card = landscape.get_by_role("dialog", name="Hexley Networks")
    expect(card.get_by_role("button", name="Close")).to_be_focused()
    for said in ("Astrid Dahl", "Arun Deshmukh", "Opens its core network to our lab", "May be promised", "Never"):
        expect(card).to_contain_text(said)
    assert broken(landscape) == []
    expect(card.get_by_role("link", name="Open the page")).to_have_attribute("href", re.compile("/hexley-networks/$"))
    assert card.locator("[href^='mailto:']").count() == 2
    landscape.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(tile).to_be_focused()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_filter_that_the_address_asks_for_is_seen(page: Page, site: str, width: int) -> None:
    """Also where it is folded away twice."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}landscape/?tier=Premier")

    expect(page.locator("#filter-tier")).to_be_visible()
    expect(page.locator("#filter-tier")).to_have_value("Premier")


def test_the_picture_begins_high_on_the_first_screen(page: Page, site: str) -> None:
    """What people come for is more than half of what they see at first."""
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.goto(f"{site}landscape/")
    box = page.locator(".pb-band").first.bounding_box()

    assert box is not None
    assert box["y"] < 500


def test_the_card_by_mouse(landscape: Page) -> None:
    """Pointing shows it and marks the partner's other places; a click pins it, and one elsewhere closes it."""
    twice = landscape.locator("#box-cloud-reseller .pb-tile", has_text="Quorlin")
    partner = twice.get_attribute("data-partner")
    assert landscape.locator(f"[data-partner='{partner}']").count() > 1
    twice.hover()
    card = landscape.locator(".pb-card")
    expect(card).to_be_visible()
    assert landscape.locator(".pb-tile--twin").count() == landscape.locator(f"[data-partner='{partner}']").count() - 1
    landscape.mouse.move(1, 1)
    expect(card).to_be_hidden()

    twice.click()
    landscape.mouse.move(1, 1)
    expect(card).to_be_visible()
    expect(card).to_contain_text("Also")
    logo = card.locator("img")
    assert logo.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    expect(logo).to_have_attribute("src", re.compile(r"/logos/quorlin\.svg$"))
    landscape.locator("h1").click()
    expect(card).to_be_hidden()


@pytest.fixture
def crowded(page: Page, site: str) -> Page:
    """The landscape of a company whose every partner is there thirty times."""

    def many(route: Route) -> None:
        data = data_of(route.fetch().text())
        partners, rows = data["partners"], data["rows"]
        data["rows"] = [[row[0] + turn * len(partners), *row[1:]] for turn in range(30) for row in rows]
        data["partners"] = [{**one, "name": f"{one['name']} {turn}"} for turn in range(30) for one in partners]
        script = f"window.playbookDirectory = {json.dumps(data)};"
        route.fulfill(body=script, content_type="text/javascript")

    page.route("**/rows.js", many)
    page.goto(f"{site}landscape/")
    return page


def test_thousands(crowded: Page) -> None:
    """Squares that programs read by name, what is to be mended first; a button shows a box alone, and another all."""
    assert crowded.locator(TILES).count() == 34 * 30
    labels = crowded.locator("#box-system-integrator .pb-tile").evaluate_all("all => all.map(one => one.ariaLabel)")
    mends = ["to mend" in label for label in labels]
    assert mends == sorted(mends, reverse=True)
    assert labels[0].startswith("Larchmont Automation 0, ")
    assert broken(crowded) == []

    crowded.get_by_role("button", name="Show System Integrator alone, 150 partners").click()
    assert told(crowded) == "150 partners"
    expect(crowded.locator(LIT).first).to_be_focused()
    expect(crowded).to_have_url(re.compile(r"\?band=solution&box=system-integrator$"))
    assert crowded.locator(".pb-name").count() == 150
    crowded.reload()
    assert crowded.locator(".pb-name").count() == 150
    crowded.get_by_role("button", name="Back to the whole picture").click()
    expect(crowded.get_by_role("button", name="Show System Integrator alone")).to_be_focused()


@pytest.mark.parametrize("number", ["few", "many"])
def test_paper(request: pytest.FixtureRequest, number: str) -> None:
    """One sheet of A3, across, whether there are few partners or thousands."""
    page = request.getfixturevalue("landscape" if number == "few" else "crowded")
    sheet = page.pdf(prefer_css_page_size=True, print_background=True)

    assert re.findall(rb"/MediaBox \[0 0 (\d+)[.\d]* (\d+)", sheet) == [(b"1191", b"841")]


def test_pictures(landscape: Page) -> None:
    """SVG with every name and the logo in it, that asks nobody for anything; PNG of twice its size."""
    with landscape.expect_download() as download:
        landscape.get_by_role("button", name="Download as SVG").click()
    assert download.value.suggested_filename == "landscape.svg"
    drawing = ElementTree.fromstring(Path(download.value.path()).read_text("utf-8"))
    words = " ".join(text.text or "" for text in drawing.iter("{http://www.w3.org/2000/svg}text"))
    for name in landscape.locator(".pb-name").all_inner_texts():
        assert name in words
    hrefs = [one.get("href", "") for one in drawing.iter("{http://www.w3.org/2000/svg}image")]
    assert hrefs
    assert all(href.startswith("data:image/png;base64,") for href in hrefs)

    with landscape.expect_download() as download:
        landscape.get_by_role("button", name="Download as PNG").click()
    picture = Path(download.value.path()).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 2 * int(drawing.attrib["width"])
    assert landscape.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("missing", ["assets/landscape.js", "assets/filters.js", "partners/rows.js", ""])
def test_lists(page: Page, plain: Page, site: str, missing: str) -> None:
    """Without scripts, or without one of its own, it is a list of lists with every partner, and no idle control."""
    shown = page if missing else plain
    page.route(f"**/{missing}", lambda route: route.abort())
    shown.goto(f"{site}landscape/#box-oem")

    assert shown.locator("li li li > a:visible").count() == 34
    assert shown.locator("form.pb-filters:visible, .pb-button:visible, .pb-legend:visible").count() == 0
    assert shown.locator("#box-oem").count() == 1


def test_on_a_phone(page: Page, site: str) -> None:
    """Nothing scrolls sideways; filters wait to be opened; the card is a sheet at the bottom, within the screen."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{site}landscape/#box-cloud-reseller")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not page.get_by_label("Words", exact=True).is_visible()
    expect(page.locator("#box-cloud-reseller")).to_be_in_viewport()

    page.locator("#box-cloud-reseller .pb-tile").first.click()
    box = page.locator(".pb-card").bounding_box()
    assert box
    assert (box["x"], round(box["y"] + box["height"]), box["width"]) == (0, 740, 360)


def test_from_disk(page: Page, offline: Path) -> None:
    """Opened from disk it does the same, and leads to files."""
    page.goto((offline / "landscape.html").as_uri())
    page.locator("#box-interoperability-partner .pb-tile").click()
    card = page.get_by_role("dialog", name="Hexley Networks")
    expect(card).to_contain_text("Opens its core network to our lab")
    card.get_by_role("link", name="Open the page").click()

    expect(page.locator("h1")).to_contain_text("Hexley Networks")


def test_no_markup_of_a_name(page: Page, hostile: str, hostile_name: str, dialogs: list[str]) -> None:
    """A name that tries to be markup is read as it is written, in the tile, in the card and in the picture to keep."""
    page.goto(f"{hostile}landscape/")
    page.locator(TILES).click()
    expect(page.locator(".pb-card h2")).to_have_text(hostile_name)
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as SVG").click()
    drawing = ElementTree.fromstring(Path(download.value.path()).read_text("utf-8"))

    assert page.locator(".pb-name").inner_text() == hostile_name
    assert {element.tag.rpartition("}")[2] for element in drawing.iter()} <= {"svg", "rect", "text", "polygon"}
    assert dialogs == []


def test_from_the_first_page(page: Page, plain: Page, site: str) -> None:
    """The box at the top leads into the search, which finds the landscape by its name; a type leads to its own box.

    Without scripts there is no box that would do nothing.
    """
    page.goto(site)
    page.get_by_role("button", name="Partner, person, type or acronym").click()
    field = page.get_by_role("textbox", name="Search")
    expect(field).to_be_focused()
    field.fill("landscape")
    page.keyboard.press("End")
    expect(page.locator(".md-search-result__item").first).to_contain_text("Partner landscape")
    page.keyboard.press("Escape")
    page.locator("#at-one-look + ul").get_by_role("link", name="Equipment Manufacturer").click()
    expect(page).to_have_url(f"{site}landscape/#box-oem")
    expect(page.locator("#box-oem")).to_be_in_viewport()

    plain.goto(site)
    assert not plain.locator(".pb-find").is_visible()
    assert plain.locator(".pb-square").count() == 34
