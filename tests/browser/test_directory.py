"""The directory in a browser: filters, addresses, sort, download, and what is left without a script."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.kit import RICH, data_of, yaml_of

pytestmark = pytest.mark.browser


def rows(page: Page) -> int:
    return page.locator("tbody tr:visible").count()


def told(page: Page) -> str:
    return page.get_by_role("status").filter(has_text="relationship").inner_text()


@pytest.fixture
def directory(page: Page, site: str) -> Page:
    page.goto(f"{site}partners/")
    return page


def test_an_address_from_before(page: Page, site: str) -> None:
    """What it asks for by an id of then is asked for by that of today, also in the address that comes of it."""
    page.goto(f"{site}partners/?department=supply-chain")
    field = page.get_by_label("Department", exact=True)

    expect(field).to_have_value("operations-finance")
    assert 0 < rows(page) == int(re.findall(r"\((\d+)\)", field.locator("option:checked").inner_text())[0])
    expect(page.locator(".pb-unknown")).to_be_hidden()
    page.get_by_label("Function", exact=True).select_option("service")
    expect(page).to_have_url(re.compile(r"\?function=service&department=operations-finance$"))


FILTERS = {
    "Function": "service",
    "Type": "system-integrator",
    "Mode": "one-on-one",
    "Department": "operations-finance",
    "Owner": "emi-sato",
    "Region": "LATAM",
    "Status": "prospect",
    "Findings": "review-overdue",
}


def test_each_filter(directory: Page, subtests: pytest.Subtests) -> None:
    """It leaves as many rows as its choice promised, says so, and writes itself into the address."""
    for label, value in FILTERS.items():
        with subtests.test(label):
            field = directory.get_by_label(label, exact=True)
            promised = re.search(r"\((\d+)\)$", field.locator(f"option[value='{value}']").inner_text())
            field.select_option(value)

            assert promised
            expect(directory.get_by_role("status").filter(has_text="relationship")).to_contain_text(
                re.compile(rf"^{promised[1]} relationships? with \d+ partners?$")
            )
            assert rows(directory) == int(promised[1])
            name = "finding" if label == "Findings" else label.lower()
            expect(directory).to_have_url(re.compile(rf"\?{name}={value}$"))
        directory.get_by_role("button", name="Reset").click()


def test_a_field_of_the_companys_own(directory: Page) -> None:
    """It filters, has an address, and sorts as those do that are built in; a number sorts as a number."""
    directory.get_by_text("More filters").click()
    directory.get_by_label("Revenue band", exact=True).select_option("1M to 5M")
    expect(directory).to_have_url(re.compile(r"\?revenue_band=1M\+to\+5M$"))
    assert rows(directory) == 2
    expect(directory.locator("tbody")).to_contain_text("Orders go to our service desk")
    directory.get_by_role("button", name="Reset").click()
    directory.get_by_role("button", name="Sites", exact=True).click()
    expect(directory).to_have_url(re.compile(r"\?sort=sites$"))
    expect(directory.locator("tbody tr").first).to_contain_text("12")


def test_filters_together_and_one_by_one_out(directory: Page) -> None:
    """Each filter narrows what the others leave, and counts what it would leave; reset shows everything again."""
    everything = told(directory)
    directory.get_by_label("Function", exact=True).select_option("sales")
    sales = rows(directory)
    directory.get_by_label("Region", exact=True).select_option("EMEA")
    both = rows(directory)
    directory.get_by_label("Words", exact=True).press_sequentially("premier")
    expect(directory.locator("tbody tr:visible").first).to_contain_text("Premier")

    assert 0 < rows(directory) < both < sales
    directory.get_by_role("button", name="Reset").click()
    assert told(directory) == everything
    expect(directory).to_have_url(re.compile(r"/partners/$"))


def test_a_shared_address(page: Page, site: str) -> None:
    """An address that somebody sent shows the same rows: several values of a filter side by side."""
    page.goto(f"{site}partners/?type=system-integrator&region=EMEA&region=LATAM&status=active")

    assert rows(page) == 3
    expect(page.get_by_label("Region", exact=True)).to_have_value("several")


def test_a_figure_leads_to_its_rows(page: Page, site: str) -> None:
    """Following a figure of an answer shows as many rows, and going back leads to the answer."""
    page.goto(f"{site}ownership/")
    page.get_by_role("link", name="22 of 31").click()
    expect(page.get_by_role("status").filter(has_text="relationship")).to_contain_text("22 relationships with")

    page.go_back()
    expect(page).to_have_url(f"{site}ownership/")


def test_a_value_that_no_row_has(page: Page, site: str) -> None:
    """It is named, with a way to remove it, and does not leave an empty page without a word."""
    page.goto(f"{site}partners/?owner=nobody-we-know")
    expect(page.get_by_text("No row has Owner “nobody-we-know”.")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="fits")).to_have_text("No relationship fits")

    page.get_by_role("button", name="Remove Owner “nobody-we-know”").click()
    assert rows(page) == 36


def test_sort_by_keyboard(directory: Page) -> None:
    """A column's button sorts up, then down, and says which."""
    button = directory.get_by_role("button", name="Owner", exact=True)
    button.focus()
    directory.keyboard.press("Enter")
    head = directory.get_by_role("columnheader", name="Owner")
    expect(head).to_have_attribute("aria-sort", "ascending")
    names = directory.locator("tbody tr:visible td:nth-child(7)").all_inner_texts()
    known = [name for name in names if name != "nobody"]
    assert known == sorted(known, key=str.casefold)

    directory.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")


def test_download(page: Page, hostile: str) -> None:
    """The rows shown, as a table that no spreadsheet takes for a formula."""
    data = data_of(page.request.get(f"{hostile}partners/rows.js").text())
    (partner,), ((_, *row),) = data["partners"], data["rows"]
    names = [f'{sign}1+1 & "2"' for sign in ("=", "\uff1d", "\uff0b", "-")]
    data["partners"] = [{**partner, "name": name} for name in names]
    data["rows"] = [[number, *row] for number in range(len(names))]
    script = f"window.playbookDirectory = {json.dumps(data)};"
    page.route("**/rows.js", lambda route: route.fulfill(body=script, content_type="text/javascript"))
    page.goto(f"{hostile}partners/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    assert download.value.suggested_filename == "partners.csv"
    content = Path(download.value.path()).read_bytes()

    assert content.startswith(b"\xef\xbb\xbf")
    heads, *shown = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert heads[:2] == ["Partner", "Status"]
    assert [row[:2] for row in shown] == [[f"'{name}", "active"] for name in names]


# What stands in each cell of a table: elements and texts, what they say, how they look and where they lead.
CELLS = """table => (table.normalize(), Array.from(table.tBodies[0].rows, row => Array.from(row.cells, cell =>
  Array.from(cell.childNodes, node =>
    [node.nodeName, node.textContent.trim(), node.className ?? "", node.href ?? ""]))))"""


@pytest.mark.parametrize("style", ["folders", "files"])
def test_both_tables_are_the_same(page: Page, plain: Page, site: str, offline: Path, style: str) -> None:
    """The rows that the script makes are those in the page, and lead to the same folders, or files on a disk."""
    address = f"{site}partners/" if style == "folders" else (offline / "partners" / "index.html").as_uri()
    page.goto(address)
    plain.goto(address)
    made, written = (one.locator(".pb-filters ~ * table, .pb-filters ~ table").evaluate(CELLS) for one in (page, plain))

    assert len(written) == 36
    assert made == written
    heads = [[text.strip() for text in one.locator("thead th").all_inner_texts()] for one in (page, plain)]
    assert heads[0] == heads[1]


@pytest.mark.parametrize("missing", ["nothing", "directory.js"])
def test_no_markup_of_a_name(page: Page, hostile: str, hostile_name: str, dialogs: list[str], missing: str) -> None:
    """A name that tries to be markup is read as it is written, also where the script cannot be had."""
    page.route(f"**/assets/{missing}", lambda route: route.abort())
    page.goto(f"{hostile}partners/")

    assert page.locator("tbody td:first-child").inner_text() == hostile_name
    assert page.locator("tbody img").count() == 0
    assert dialogs == []


def test_without_a_script(plain: Page, site: str) -> None:
    """The whole table is there, and no control that would do nothing."""
    plain.goto(f"{site}partners/")
    relationships = sum(
        len(entry["types"])
        for department in yaml_of((RICH / "partners.yml").read_text("utf-8"))["departments"]
        for entry in department["partners"]
    )
    assert rows(plain) == relationships
    assert plain.locator("form.pb-filters:visible, #download:visible, #show-all:visible").count() == 0


@pytest.mark.parametrize("missing", ["assets/directory.js", "partners/rows.js"])
def test_without_its_own_script(page: Page, site: str, missing: str) -> None:
    """Where other scripts run and one of these two cannot be had, the whole table is there, and no idle control."""
    page.route(f"**/{missing}", lambda route: route.abort())
    page.goto(f"{site}partners/")
    promised = int(page.get_by_text(re.compile(r"^\d+ relationships? with")).inner_text().split()[0])

    assert rows(page) == promised
    assert page.locator("form.pb-filters:visible, #download:visible, .pb-button:visible").count() == 0


def test_on_a_phone(directory: Page) -> None:
    """Cells stand below each other, each with the name of its column, and nothing scrolls sideways."""
    directory.set_viewport_size({"width": 360, "height": 800})

    assert directory.evaluate("document.documentElement.scrollWidth") <= 360
    cell = directory.locator("tbody tr:visible td:nth-child(6)").first
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Department"'
    assert cell.evaluate("cell => cell.getBoundingClientRect().left") < 30
    above = directory.locator("tbody tr:visible td:nth-child(5)").first
    assert above.evaluate("cell => cell.getBoundingClientRect().bottom") <= cell.evaluate(
        "cell => cell.getBoundingClientRect().top"
    )
    # The headers, which sort, stand in lines and not one below the other.
    assert directory.locator("thead tr").evaluate("row => row.getBoundingClientRect().height") < 200


def test_paper_has_every_row(directory: Page) -> None:
    """A phone shows the first rows until all are asked for; what it prints has them all."""
    directory.set_viewport_size({"width": 360, "height": 800})
    directory.reload()
    assert rows(directory) == 25
    directory.pdf()

    assert rows(directory) == int(told(directory).split()[0])
    expect(directory.get_by_role("button", name=re.compile("^Show all "))).to_be_hidden()


def test_a_sheet_of_paper_has_every_column(directory: Page) -> None:
    """The sheet is held upright, and no column runs over its edge."""
    directory.set_viewport_size({"width": 680, "height": 960})
    directory.emulate_media(media="print")

    assert directory.locator("thead").evaluate("head => head.getBoundingClientRect().right") <= 680


def test_thousands_of_rows(directory: Page) -> None:
    """A hundred rows are shown until all are asked for; filters and sort go through all of them.

    All of those that fit a filter are asked for: they come five hundred at a time, so that a thousand show it.
    """
    script = directory.request.get(f"{directory.url}rows.js").text()
    start = script.index('"rows": [') + len('"rows": [')
    head, few = script[:start], script[start : script.index("]\n]") + 1]
    copies = -(-4_000 // len(few.split("\n")[1:]))
    total = len(few.split("\n")[1:]) * copies
    many = head + ",".join([few] * copies) + "\n]\n};\n"
    directory.route("**/rows.js", lambda route: route.fulfill(body=many, content_type="text/javascript"))
    directory.reload()
    show_all = directory.get_by_role("button", name=f"Show all {total}")
    show_all.wait_for()
    assert rows(directory) == 100

    directory.get_by_label("Status", exact=True).select_option("prospect")
    assert 100 <= int(told(directory).split()[0]) < total
    directory.get_by_role("button", name="Reset").click()
    directory.get_by_role("button", name="Partner", exact=True).click()
    last = directory.locator("tbody tr:visible td:first-child").first.inner_text()
    directory.get_by_role("button", name="Partner", exact=True).click()
    assert directory.locator("tbody tr:visible td:first-child").first.inner_text() > last

    directory.get_by_label("Function", exact=True).select_option("sales")
    fitting = int(told(directory).split()[0])
    assert 1000 < fitting < total
    show_all = directory.get_by_role("button", name=f"Show all {fitting}")
    show_all.click()
    expect(directory.locator("tbody tr")).to_have_count(fitting, timeout=300_000)
    # The button is gone; the keyboard goes on where the new rows begin.
    expect(show_all).to_be_hidden()
    assert directory.evaluate("document.activeElement.closest('tr').rowIndex") == 101
