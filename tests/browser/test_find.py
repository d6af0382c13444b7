"""The form of "Find a partner" in a browser: it says what the pages by offer and region say, in the same words."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def said(page: Page, items: str) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(items).all_inner_texts()]


# Of each region of a page: its name, those who do it, and what is missing, as they are read.
REGIONS = """() => Array.from(document.querySelectorAll("h2[id^=region-]"), (heading) => {
  const found = [[], []];
  let missing = 0;
  for (let next = heading.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling) {
    if (next.tagName === "P" && next.innerText.startsWith("What is missing")) missing = 1;
    if (next.tagName === "UL") found[missing].push(...Array.from(next.children, (item) => item.innerText));
  }
  return [heading.firstChild.textContent.trim(), ...found];
})"""


def test_the_form_says_what_the_pages_say(page: Page, plain: Page, site: str) -> None:
    """For each offer and region: the same partners in the same order, for the same reasons, to ask of the same people;
    and the same that is missing.
    """
    page.goto(f"{site}find/")
    offers = page.locator("#filter-offer option").evaluate_all("all => all.map(one => one.value).filter(Boolean)")
    compared = 0
    for offer in offers:
        plain.goto(f"{site}find/{offer}/")
        page.select_option("#filter-offer", offer)
        for region, partners, missing in plain.evaluate(REGIONS):
            page.select_option("#filter-region", "" if region == "Anywhere" else region)
            expect(page.locator("#find-count")).not_to_be_empty()
            expect(page.locator("#find-found ol > li")).to_have_text(partners, use_inner_text=True)
            lacks = [
                re.sub(r"[^\w]+", " ", one.replace(" No objective waits for it.", ""))
                for one in said(page, "#find-found ul > li")
            ]
            assert lacks == [re.sub(r"[^\w]+", " ", one) for one in missing], (offer, region)
            compared += len(partners) + len(missing)
    assert compared > 20


def test_the_address_keeps_what_is_asked(page: Page, site: str) -> None:
    """By keyboard alone; a second visit and the way back find it again, and what nobody knows is left out."""
    page.goto(f"{site}find/")
    page.locator("#filter-type").focus()
    page.keyboard.type("Sales Agent")
    expect(page).to_have_url(re.compile(r"\?type=sales-agent$"))
    names = said(page, "#find-found ol > li strong")
    assert names

    page.goto(f"{site}find/?type=sales-agent&region=Nowhere")
    expect(page.locator("#find-found ol > li strong")).to_have_text(names)
    assert page.locator("#filter-region").input_value() == ""
    page.get_by_role("button", name="Reset").click()
    expect(page).to_have_url(f"{site}find/")
    expect(page.locator("#find-found")).to_be_empty()


def test_a_job_in_plain_words(page: Page, site: str) -> None:
    """Whoever does it, whatever the offer; all of them stand in the directory under the same number."""
    page.goto(f"{site}find/")
    page.select_option("#filter-function", index=1)
    told = page.locator("#find-count")
    expect(told).to_have_text(re.compile(r"^\d+ partners may do it; these 5 are the most promising$"))
    number = (told.text_content() or "").split()[0]

    page.get_by_role("link", name=f"All {number} in the directory").click()
    expect(page.locator("#directory-count, .pb-count").first).to_contain_text(re.compile(rf"\b{number} partner"))


def test_nobody_fits(page: Page, site: str) -> None:
    """It says so, with what is missing and whose it is, or that no offer asks for it."""
    page.goto(f"{site}find/")
    page.select_option("#filter-industry", index=1)
    for offer in range(1, page.locator("#filter-offer option").count()):
        page.select_option("#filter-offer", index=offer)
        page.select_option("#filter-type", index=1)
        expect(page.locator("#find-count")).not_to_be_empty()
        if "Nobody" in (page.locator("#find-count").text_content() or ""):
            break
    expect(page.locator("#find-count")).to_have_text("Nobody is listed for this")
    expect(page.locator("#find-found")).to_contain_text(re.compile("No offer of ours asks|What is missing|not sold"))


def test_without_scripts_the_table_leads_on(plain: Page, site: str) -> None:
    """No form that does nothing; each number leads to its list."""
    plain.goto(f"{site}find/")
    expect(plain.locator("#find-form")).to_be_hidden()
    plain.locator("td a[href*='#region-']").first.click()
    expect(plain).to_have_url(re.compile(r"/find/[a-z-]+/#region-\d+$"))
