"""The search behind the theme's dialog: what it reads and when, whom it finds by how they write, and who may use it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests import sites
from tests.browser.conftest import Search, asked, served
from tests.browser.test_access import LOOKS, broken
from tests.kit import RICH

pytestmark = pytest.mark.browser

NAMES = {
    "abt": "AB&T Networks",
    "rd": "R&D Works",
    "guc": "Çelik Güç",
    "lodz": "Łódź Robotics",
    "weiss": "Weiß & Söhne",
    "tokyo": "東京制御システム株式会社",
    "korea": "한국전자",
    "peking": "北京自动化",
    "field": "OpenFieldbus Group",
    "other": "Atlas & Tower",
    "bolter": "Bolter Group",
    "quay": "Quay Works",
}
VALUES = {"quay": "Sells the bolder line of cranes."}


@pytest.fixture(scope="session")
def names_site(run_folder: Path) -> Path:
    """A small site whose partners have names of many kinds."""

    def make(place: Path) -> None:
        data = place.with_name("names-data")
        data.mkdir(exist_ok=True)
        shutil.copy(RICH / "taxonomy.yml", data)
        partners = [
            {"id": ident, "name": name, "types": ["ISV"], "owner": None, "value": VALUES.get(ident, "Helps us.")}
            for ident, name in NAMES.items()
        ]
        inventory = {"departments": [{"id": "sales", "name": "Sales", "partners": partners}]}
        (data / "partners.yml").write_text(json.dumps(inventory, ensure_ascii=False), "utf-8")
        sites.build(data, place)

    return sites.once(run_folder, "names-site", make)


@pytest.fixture(scope="session")
def world(names_site: Path) -> Iterator[str]:
    """Its address."""
    yield from served(names_site)


WRITTEN = {
    "AB&T": "abt",
    "ab&t networks": "abt",
    "R&D": "rd",
    "guc": "guc",
    "GÜÇ": "guc",
    "celik": "guc",
    "lodz": "lodz",
    "Łódź": "lodz",
    "weiss": "weiss",
    "WEISS": "weiss",
    "Weiß": "weiss",
    "sohne": "weiss",
    "制御": "tokyo",
    "システム": "tokyo",
    "전자": "korea",
    "自动": "peking",
    "fieldbus": "field",
    "robotic": "lodz",
    "robtics": "lodz",
    "netwroks": "abt",
    '"atlas & tower"': "other",
    "+networks -tower": "abt",
    "netw*": "abt",
}


def test_names_as_they_are_written(page: Page, world: str) -> None:
    """Expected: with other letters, as part of a word, misspelled or with signs of the search, the partner is first."""
    page.goto(world)
    first = {words: places[:1] for words, places in asked(page, WRITTEN).items()}

    assert first == {words: [f"partners/{partner}/"] for words, partner in WRITTEN.items()}


def test_the_directory_knows_the_same_letters(page: Page, world: str) -> None:
    """Expected: its words are compared as those of the search are."""
    for words, name in {"lodz": NAMES["lodz"], "WEISS": NAMES["weiss"], "celik guc": NAMES["guc"]}.items():
        page.goto(f"{world}partners/?text={words}")
        expect(page.locator("#count")).to_contain_text("1 relationship with 1 partner")
        expect(page.locator("tbody tr:visible").first).to_contain_text(name)


def test_a_word_that_is_there_comes_before_one_like_it(page: Page, world: str, search: Search) -> None:
    """Expected: the page that holds the very word, in its text, is above one that has nearly that name."""
    page.goto(world)
    search("bolder")

    for place, name in enumerate(("Quay Works", "Bolter Group")):
        expect(page.locator(".md-search-result__item h1").nth(place)).to_have_text(name)


def test_words_that_say_little_do_not_count(page: Page, world: str, search: Search) -> None:
    """Expected: none of them is named as missing, and a word that is not there is."""
    page.goto(world)
    search("who owns the atlas in Xanadu")

    first = page.locator(".md-search-result__item").first
    expect(first.locator("h1")).to_have_text("Atlas & Tower")
    expect(first.locator("del")).to_have_text(["xanadu"])


def test_what_is_nowhere_is_said(page: Page, world: str) -> None:
    """Expected: the theme says that nothing was found, once everything was looked through."""
    page.goto(world)
    page.keyboard.press("s")
    page.keyboard.type("zzzzqqq")

    expect(page.locator(".md-search-result__meta")).to_have_text("No matching documents")


def asked_for(context: BrowserContext) -> list[str]:
    """The paths of whatever is asked for from now on, as it comes."""
    seen: list[str] = []

    def note(request: Request) -> None:
        seen.append(request.url.split("/", 3)[-1])

    context.on("request", note)
    return seen


READ = ("search/names.", "search/texts.", "partners/answers.js", "assets/search/")


def test_nothing_is_read_before_the_search_opens(page: Page, site: str, context: BrowserContext) -> None:
    """Expected: a page that nobody searches on reads the theme's empty index alone; when the dialog opens, names,
    answers and texts come, before a letter is typed.
    """
    seen = asked_for(context)
    page.goto(site)
    page.wait_for_load_state("networkidle")
    before = [path for path in seen if path.startswith(READ)]
    index = page.request.get(f"{site}search/search_index.json").json()

    with page.expect_event("requestfinished", lambda request: "search/texts." in request.url):
        page.keyboard.press("s")

    assert before == []
    assert index["docs"] == []
    assert {start for start in READ for path in seen if path.startswith(start)} == set(READ)


def test_a_page_that_was_opened_before_the_site_was_published_anew(
    page: Page, names_site: Path, search: Search, tmp_path: Path
) -> None:
    """Expected: it searches what there is now, although the files that it was told of are gone."""
    site = tmp_path / "site"
    shutil.copytree(names_site, site)
    for address in served(site):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        for name in ("names", "texts"):
            (old,) = (site / "search").glob(f"{name}.*.js")
            new = f"search/{name}.0000beef.js"
            (site / new).write_text(old.read_text("utf-8").replace("Atlas", "Bolero"), "utf-8")
            index = site / "search" / "search_index.json"
            index.write_text(index.read_text("utf-8").replace(f"search/{old.name}", new), "utf-8")
            old.unlink()
        search("Bolero")

        expect(page.locator(".md-search-result__item h1").first).to_have_text("Bolero & Tower")


def test_an_address_that_asks(page: Page, site: str) -> None:
    """Expected: `?q=` opens the dialog with its results."""
    page.goto(f"{site}?q=Quorlin")

    expect(page.get_by_role("textbox", name="Search")).to_have_value("Quorlin")
    expect(page.locator(".md-search-result__item h1").first).to_contain_text("Quorlin")
    expect(page.locator(".md-search-result__meta")).to_contain_text("matching documents")


def test_a_word_is_completed(page: Page, site: str, search: Search) -> None:
    """Expected: the theme offers the rest of the word that is being written; the right arrow takes it."""
    page.goto(site)
    search("quorl")

    expect(page.locator(".md-search__suggest")).to_have_text("quorlin")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("textbox", name="Search")).to_have_value("quorlin")


def test_what_was_found_is_marked(page: Page, site: str, search: Search) -> None:
    """Expected: in the title, in the text, and on the page that a result leads to."""
    page.goto(site)
    search("Hexley")
    first = page.locator(".md-search-result__item").first
    expect(first.locator("h1 mark")).to_have_text("Hexley")
    expect(first.locator("p mark").first).to_have_text("Hexley")

    first.locator("a").first.click()
    expect(page.locator("article mark").first).to_have_text("Hexley")


def test_pages_for_editors_come_last(page: Page, site: str, search: Search) -> None:
    """Expected: of a word that stands on both kinds, every page for readers is above them."""
    page.goto(site)
    search("partner")
    expect(page.locator(".md-search-result__item").nth(5)).to_be_visible()
    found = page.locator(".md-search-result__item").evaluate_all(
        "items => items.map((item) => item.querySelector('a').pathname.startsWith('/editors/'))"
    )

    assert found == sorted(found)


def test_from_disk_it_answers_from_the_data(page: Page, offline: Path, search: Search) -> None:
    """Expected: the directory's line leads to the file of the directory with its filters."""
    page.goto((offline / "index.html").as_uri())
    search("active partners of Channel Sales")

    line = page.locator(".md-search-result__link").first
    expect(line).to_contain_text("Directory: active partners of Channel Sales, ")
    number = line.locator("h1").inner_text().rpartition(" ")[2]
    line.click()
    expect(page.locator("#count")).to_contain_text(f"with {number} partners")


def test_rules_of_access(page: Page, site: str, search: Search) -> None:
    """Expected: the dialog with results breaks none of them, light or dark, on a phone or a wide screen."""
    page.goto(site)
    search("Hexley reseller")

    for scheme, width, which in LOOKS:
        assert broken(page, {}, scheme, width, which) == []
