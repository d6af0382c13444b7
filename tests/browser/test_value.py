"""The page about value, on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_value_is_one_page_to_hand_out(page: Page, site: str) -> None:
    """The company's whole story fits one sheet of A4, with every function; what is for the screen is left out."""
    page.goto(f"{site}value/")
    page.wait_for_load_state("networkidle")
    printed = page.pdf(format="A4")
    page.emulate_media(media="print")

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    for name in ("Solution", "Sales", "Service", "Influencer"):
        expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Since the last quarter")).to_be_hidden()
