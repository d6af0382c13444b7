"""Tests share a browser and a page, and nothing that one of them did there is left for the next."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Error, Page

pytestmark = pytest.mark.browser

# What a page can tell of what was done to it, and to its browser.
STATE = """async () => [
  window.left, localStorage.getItem("left"), sessionStorage.getItem("left"), document.cookie,
  innerWidth, matchMedia("print").matches, matchMedia("(prefers-color-scheme: dark)").matches,
  (await navigator.permissions.query({ name: "clipboard-read" })).state,
]"""


@pytest.mark.parametrize("turn", ["first", "second"])
def test_nothing_is_left(context: BrowserContext, page: Page, site: str, turn: str) -> None:
    """Each turn finds what the other one found: nothing, though the address is the same up to its `#`."""
    page.goto(f"{site}people/#{turn}")
    before = page.evaluate(STATE)
    page.evaluate("""() => {
      window.left = "here";
      localStorage.setItem("left", "here");
      sessionStorage.setItem("left", "here");
      document.cookie = "left=here";
    }""")
    page.set_viewport_size({"width": 360, "height": 700})
    page.emulate_media(media="print", color_scheme="dark")
    context.grant_permissions(["clipboard-read"])
    page.route("**/people/**", lambda route: route.abort())
    context.new_page()

    assert before == [None, None, None, "", 1280, False, False, "prompt"], turn
    assert [one.url for one in context.pages] == [f"{site}people/#{turn}", "about:blank"]


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_page_that_crashes_takes_no_other_with_it(page: Page, site: str, turn: str) -> None:
    """Each turn is given a page that opens the site, whatever has become of the one before."""
    page.goto(site)
    with pytest.raises(Error):
        page.goto("chrome://crash")
