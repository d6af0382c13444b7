"""Pages for frames in a browser: a frame of another page shows them, in the reader's colors, and links leave it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_frame_shows_a_card_whose_links_leave_it(page: Page, site: str) -> None:
    """The card of the partner whom the address names, and nothing around it; its page opens in the window."""
    page.goto(f"{site}embed/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<iframe src=\"card/?partner=quorlin\"></iframe>')")
    frame = page.frame_locator("iframe")

    expect(frame.get_by_role("heading", level=2)).to_have_text("Quorlin Managed Cloud")
    expect(frame.get_by_text("Owner", exact=True)).to_be_visible()
    expect(frame.locator("header, nav, footer, .md-search")).to_have_count(0)
    frame.get_by_role("link", name="Open the page").click()
    expect(page).to_have_url(f"{site}partners/quorlin/")


def test_a_frame_from_before_shows_the_same_card(page: Page, site: str) -> None:
    """The partner has another id now; whoever put the frame there does not know."""
    page.goto(f"{site}embed/card/?partner=dockside-freight")

    expect(page.get_by_role("heading", level=2)).to_have_text("Causeway Logistics")


def test_a_card_of_nobody_says_so(page: Page, site: str) -> None:
    """An id that no partner has, or one with markup in it, is told as it stands, with the way to all partners."""
    for asked, told in (("nobody", "nobody"), ("%3Cb%3Ex%3C/b%3E", "<b>x</b>")):
        page.goto(f"{site}embed/card/?partner={asked}")
        expect(page.get_by_text(f"We have no partner “{told}” today.")).to_be_visible()
        expect(page.get_by_role("link", name="partner directory")).to_be_visible()


def test_colors_follow_the_system(page: Page, site: str) -> None:
    """Also where they change while the frame is shown."""
    page.goto(f"{site}embed/landscape/")
    background = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(background)

    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-md-color-scheme", "slate")
    assert page.evaluate(background) != light


def test_lists_and_landscape_need_no_script(plain: Page, site: str) -> None:
    """Every partner is there, and its link leads out of the frame."""
    plain.goto(f"{site}embed/departments/channel-sales/")
    expect(plain.get_by_role("link", name="Coral Coast Agents")).to_be_visible()
    expect(plain.locator("base")).to_have_attribute("target", "_top")
    plain.goto(f"{site}embed/landscape/")
    expect(plain.get_by_role("link", name="Solution Reseller")).to_be_visible()


@pytest.mark.parametrize("name", ["W" * 150, "=HYPERLINK(&quot;https://x.example/" + "a" * 40])
@pytest.mark.parametrize("path", ["departments/channel-sales/", "landscape/", "card/?partner=quorlin"])
def test_no_name_makes_a_frame_scroll_sideways(page: Page, site: str, path: str, name: str) -> None:
    """Expected: a name without a blank is broken within the width of a phone, and headings of columns are not."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}embed/{path}")
    named = page.locator("td a, li a, h2").first
    named.wait_for()
    named.evaluate("(link, name) => { link.textContent = name; }", name)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    lines = "heads => heads.map((head) => head.getClientRects().length && head.clientHeight)"
    assert len(set(page.locator("th").evaluate_all(lines))) <= 1


def test_what_to_copy_has_the_address_of_the_site(page: Page, plain: Page, site: str) -> None:
    """Where a script runs; else there is a place to put it."""
    page.goto(f"{site}embed/")
    first = page.locator("code").first
    expect(first).to_contain_text(f'src="{site}embed/landscape/"')
    expect(page.locator("code").nth(1)).to_contain_text(f'src="{site}embed/card/?partner=ID"')
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the frame: The landscape").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == first.text_content()

    plain.goto(f"{site}embed/")
    expect(plain.locator("code").first).to_contain_text('src="https://playbook.example.com/embed/landscape/"')


def test_a_copy_that_the_browser_refuses_is_told(page: Page, site: str) -> None:
    """Where it is spoken, with what to do; beside the button that was pressed, and no other."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new DOMException('no'))")
    page.goto(f"{site}embed/")
    button = page.get_by_role("button", name="Copy the frame: The landscape")
    button.click()

    told = page.get_by_role("status").filter(has_text=re.compile(r"\S"))
    expect(told).to_have_text("The browser did not let it be copied: select the line, and copy that.")
    expect(button).to_have_text("Copy")
    assert not errors
