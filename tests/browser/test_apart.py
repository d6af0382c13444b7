"""Tests share a browser, and nothing that one of them did there is left for the next."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("turn", ["first", "second"])
def test_nothing_is_stored_and_no_page_is_left(context: BrowserContext, page: Page, site: str, turn: str) -> None:
    """Each turn finds what the other one found: nothing."""
    page.goto(site)
    before = page.evaluate("[localStorage.getItem('left'), sessionStorage.getItem('left'), document.cookie]")
    page.evaluate("""() => {
      localStorage.setItem("left", "here");
      sessionStorage.setItem("left", "here");
      document.cookie = "left=here";
    }""")
    context.new_page()

    assert before == [None, None, ""], turn
    assert [one.url for one in context.pages] == ["about:blank", site, "about:blank"]
