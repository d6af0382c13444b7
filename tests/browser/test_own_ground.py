"""The site keeps to its own ground: under a strict policy, below any path, and opened from disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests import nginx
from tests.browser.conftest import Search

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def strict(rich_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site below /team/playbook/, sent by nginx with the documented policy."""
    place = tmp_path_factory.mktemp("strict")
    (place / "root" / "team").mkdir(parents=True)
    (place / "root" / "team" / "playbook").symlink_to(rich_site)
    with nginx.serving(place / "run", place / "root", "/team/playbook") as address:
        yield f"{address}/team/playbook/"


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains about: refused scripts and styles among them."""
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            said.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.mark.parametrize("path", ["", "partners/", "types/msp-cmsp/", "ownership/", "editors/problems/", "start/quiz/"])
def test_pages_obey_the_policy_below_a_path(page: Page, strict: str, complaints: list[str], path: str) -> None:
    """No page breaks the policy, and every file it asks for is found below the path."""
    missing: list[str] = []
    page.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    page.goto(strict + path)
    page.wait_for_load_state("networkidle")

    assert complaints == []
    assert missing == []


def test_colors_are_remembered_under_the_policy(page: Page, strict: str, complaints: list[str]) -> None:
    """The reader's choice of colors is there on the next page, set by scripts in files."""
    page.goto(strict)
    page.locator("label[for=__palette_1]").click()
    page.locator("label[for=__palette_2]").click()
    page.goto(f"{strict}glossary/")

    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert complaints == []


def test_search_works_under_the_policy(page: Page, strict: str, complaints: list[str], search: Search) -> None:
    """The search runs in a worker of the site's own."""
    page.goto(strict)
    search("CMSP")

    assert complaints == []


def test_opened_from_disk(page: Page, offline: Path, search: Search) -> None:
    """Built with the offline option, pages link to each other and the search finds, with no server at all."""
    page.goto((offline / "index.html").as_uri())
    page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Partners", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="Quorlin").first.click()
    expect(page.get_by_role("heading", name="Quorlin", level=1)).to_be_visible()

    search("Hoshina")
    expect(page.locator(".md-search-result__item").first).to_contain_text("Hoshino")
