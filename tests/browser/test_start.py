"""The pages for new staff in a browser: with the script, without it, and by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

pytestmark = pytest.mark.browser


def question(page: Page, number: int) -> Locator:
    return page.locator(f"#question-{number} + fieldset")


def right_places(plain: Page, site: str) -> list[int]:
    """Where the right option of each question stands, from 0, as the page without script has it."""
    plain.goto(f"{site}start/quiz/")
    places: list[int] = plain.locator("ul:has(> .pb-right)").evaluate_all(
        "all => all.map((one) => [...one.children].findIndex((item) => item.matches('.pb-right')))"
    )
    return places


# --- the quiz -------------------------------------------------------------------------------


def test_the_quiz_by_keyboard_alone(page: Page, plain: Page, site: str) -> None:
    """Tab reaches each question, arrows move without deciding, Enter decides; right ones are told at the end."""
    places = right_places(plain, site)
    page.goto(f"{site}start/quiz/")
    question(page, 1).get_by_role("radio").first.focus()

    for number, place in enumerate(places, start=1):
        radios = question(page, number).get_by_role("radio")
        while not radios.evaluate_all("all => all.includes(document.activeElement)"):
            page.keyboard.press("Tab")
        for _ in range(place):
            page.keyboard.press("ArrowDown")
        expect(question(page, number).get_by_role("status")).to_be_empty()
        page.keyboard.press("Enter")
        expect(question(page, number).get_by_role("status")).to_contain_text("Right.")
        expect(radios.nth(place)).to_be_focused()
        expect(radios.nth(place)).to_be_checked()

    assert len(places) == 13
    expect(page.get_by_text("Your score: 13 of 13 right.")).to_have_role("status")


def test_a_wrong_choice_is_told_with_the_answer(page: Page, plain: Page, site: str) -> None:
    """A click decides at once, in words and with the explanation; the choice stays as it was made."""
    place = right_places(plain, site)[0]
    page.goto(f"{site}start/quiz/")
    first = question(page, 1)
    wrong, right = first.locator("li").nth((place + 1) % 4), first.locator("li").nth(place)

    wrong.get_by_text(wrong.inner_text().strip()).click()

    expect(first.get_by_role("status")).to_contain_text("Not this one. The answer is:")
    expect(first.get_by_role("status")).to_contain_text("Sales")
    expect(first.get_by_role("status").get_by_role("link").first).to_be_visible()
    expect(wrong).to_contain_text("not this one")
    expect(right).to_contain_text("right")
    expect(page.get_by_text("1 of 13 answered.")).to_be_visible()
    # Not enabled, so that only force gets a click through.
    right.locator("label").click(force=True)
    page.keyboard.press("ArrowDown")
    expect(wrong.get_by_role("radio")).to_be_checked()
    expect(first.get_by_role("status")).to_contain_text("Not this one.")


def test_a_choice_by_key_can_be_checked_with_a_button(page: Page, plain: Page, site: str) -> None:
    """What a key has chosen waits for the button, which is there only then."""
    place = right_places(plain, site)[1]
    page.goto(f"{site}start/quiz/")
    second = question(page, 2)
    check = second.get_by_role("button", name="Check my answer")
    expect(check).to_be_hidden()

    second.get_by_role("radio").first.focus()
    for _ in range(place):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(check).to_be_focused()
    page.keyboard.press("Enter")

    expect(second.get_by_role("status")).to_contain_text("Right.")
    expect(check).to_be_hidden()


def test_the_quiz_starts_again(page: Page, site: str) -> None:
    """Nothing is left of the answers, and the keyboard stands at the first option."""
    page.goto(f"{site}start/quiz/")
    question(page, 1).get_by_role("radio").nth(1).click()

    page.get_by_role("button", name="Start again").click()

    expect(question(page, 1).get_by_role("status")).to_be_empty()
    expect(question(page, 1).get_by_role("radio").first).to_be_focused()
    assert page.locator("input[type=radio]:checked").count() == 0
    expect(page.get_by_text("0 of 13 answered.")).to_be_visible()


def test_the_quiz_without_script(plain: Page, site: str) -> None:
    """Options are a list, and the answer opens with its explanation and its link."""
    plain.goto(f"{site}start/quiz/")
    assert plain.locator("article").locator("fieldset, input").count() == 0
    answer = plain.locator("details").first
    expect(answer.get_by_role("link").first).to_be_hidden()

    answer.locator("summary").focus()
    plain.keyboard.press("Enter")

    expect(answer).to_contain_text("Sales")
    expect(answer.get_by_role("link", name="Sales", exact=True)).to_be_visible()
    answer.get_by_role("link", name="Sales", exact=True).click()
    expect(plain).to_have_url(f"{site}functions/sales/")


# --- the path -------------------------------------------------------------------------------


def test_progress_survives_a_reload(page: Page, site: str) -> None:
    """Steps are marked by keyboard, counted politely, kept by the browser, and forgotten on request."""
    page.goto(f"{site}start/")
    steps = page.get_by_role("button", name="Mark as done")
    told = page.get_by_role("main").get_by_role("status").filter(has_text=" of 6 done")
    expect(told).to_have_text("0 of 6 done")
    expect(steps).to_have_count(6)

    for step in (0, 3):
        steps.nth(step).focus()
        page.keyboard.press("Enter")
    expect(told).to_have_text("2 of 6 done")
    page.reload()

    expect(told).to_have_text("2 of 6 done")
    assert [steps.nth(n).get_attribute("aria-pressed") for n in range(6)] == [
        *("true", "false", "false", "true", "false", "false"),
    ]
    expect(steps.first).to_have_accessible_description("1. Why partners")
    steps.first.click()
    expect(told).to_have_text("1 of 6 done")
    page.get_by_role("button", name="Start over").click()
    page.reload()
    expect(told).to_have_text("0 of 6 done")


def test_the_path_works_where_nothing_can_be_stored(context: BrowserContext, site: str) -> None:
    """A browser that refuses to store, or that stored something else, still counts the steps."""
    page = context.new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    page.goto(f"{site}start/")

    page.get_by_role("button", name="Mark as done").nth(5).click()

    expect(page.get_by_text("1 of 6 done")).to_be_visible()


def test_the_path_without_script(plain: Page, site: str) -> None:
    """Six steps to read, and nothing on them that does nothing."""
    plain.goto(f"{site}start/")

    assert plain.locator("h2.pb-step").count() == 6
    assert plain.locator("article button, article progress").count() == 0


# --- the guide ------------------------------------------------------------------------------


def test_two_yes_answers_give_two_types_and_a_hint(page: Page, site: str) -> None:
    """Both are named with links and, commonly confused as they are, come with a hint; No hides nothing."""
    page.goto(f"{site}start/which-type/")
    result = page.get_by_role("region", name="What it may be")
    expect(result).to_contain_text("Nothing answered yet.")
    shown = page.locator("li.pb-ask:visible").count()

    def answer(type_id: str, word: str) -> Locator:
        return page.locator(f"#ask-type-{type_id}").get_by_role("button", name=word)

    answer("cloud-reseller", "Yes").focus()
    page.keyboard.press("Space")
    expect(result.get_by_role("status")).to_have_text("It may be: Cloud Reseller.")
    answer("msp-cmsp", "Yes").click()

    expect(result.get_by_role("link")).to_have_text(["Managed and Cloud Managed Service Provider", "Cloud Reseller"])
    expect(result).to_contain_text(
        "Managed and Cloud Managed Service Provider and Cloud Reseller are commonly confused"
    )
    answer("msp-cmsp", "No").click()
    expect(answer("msp-cmsp", "Yes")).to_have_attribute("aria-pressed", "false")
    expect(answer("msp-cmsp", "No")).to_have_attribute("aria-pressed", "true")
    expect(result.get_by_role("status")).to_have_text("It may be: Cloud Reseller.")
    assert page.locator("li.pb-ask:visible").count() == shown == 22
    result.get_by_role("link", name="Cloud Reseller").click()
    expect(page).to_have_url(f"{site}types/cloud-reseller/")


def test_types_that_nobody_confuses_come_without_a_hint(page: Page, site: str) -> None:
    """An integrator that is also an analyst is just both."""
    page.goto(f"{site}start/which-type/")
    for type_id in ("system-integrator", "industry-analyst"):
        page.locator(f"#ask-type-{type_id}").get_by_role("button", name="Yes").click()

    expect(page.get_by_role("region", name="What it may be").get_by_role("status")).to_have_text(
        "It may be: System Integrator, Industry Analyst."
    )


@pytest.mark.parametrize(
    ("value", "name", "type_id", "type_name"),
    [
        ("Drives revenue growth directly", "Sales", "sales-agent", "Sales Agent"),
        ("Drives revenue growth indirectly", "Influencer", "academia", "Academia"),
    ],
)
def test_a_function_leads_on_to_its_questions(
    page: Page, site: str, value: str, name: str, type_id: str, type_name: str
) -> None:
    """Yes to what the company does points to the questions there, until one of them is answered with yes."""
    page.goto(f"{site}start/which-type/")
    told = page.get_by_role("region", name="What it may be").get_by_role("status")

    page.get_by_role("group", name=value).get_by_role("button", name="Yes").click()
    expect(told).to_have_text(f"Go on with the questions under: {name}.")
    told.get_by_role("link", name=name).click()
    expect(page).to_have_url(f"{site}start/which-type/#function-{name.lower()}")
    page.locator(f"#ask-type-{type_id}").get_by_role("button", name="Yes").click()
    expect(told).to_have_text(f"It may be: {type_name}.")

    page.get_by_role("button", name="Start over").click()
    expect(told).to_have_text("Nothing answered yet.")
    page.locator("#ask-type-oem").get_by_role("button", name="No").click()
    expect(told).to_have_text("Nothing fits so far.")


def test_the_guide_without_script(plain: Page, site: str) -> None:
    """Each question stands with the type that a yes leads to and those that are confused with it."""
    plain.goto(f"{site}start/which-type/")
    item = plain.locator("#ask-type-academia")

    expect(item).to_contain_text("If yes: Academia. Commonly confused with it: Industry Analyst, Training and Cert")
    assert plain.locator("article button").count() == 0
    item.get_by_role("link", name="Academia").click()
    expect(plain).to_have_url(f"{site}types/academia/")


# --- all of them ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["start/", "start/quiz/", "start/which-type/", "types/oem/", "modes/one-on-one/"])
def test_a_narrow_phone_shows_it_without_scrolling_sideways(page: Page, site: str, path: str) -> None:
    """At 360 px nothing is wider than the page, with answers given too."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site + path)
    for name in ("Yes", "Mark as done"):
        page.get_by_role("button", name=name).evaluate_all("all => all.slice(0, 8).forEach((one) => one.click())")
    for one in page.locator("fieldset").all():
        one.get_by_role("radio").first.click()

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("path", ["", "coverage/", "types/oem/"])
def test_the_script_leaves_other_pages_alone(page: Page, site: str, path: str) -> None:
    """No error, no button, nothing stored."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(site + path)

    assert errors == []
    assert page.locator("article .pb-button").count() == 0
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('playbook-start')).length") == 0


def test_promises_stand_in_three_boxes_side_by_side(page: Page, site: str) -> None:
    """On a wide screen the boxes of a type stand in one row in the first screen, each with its words."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{site}types/oem/")
    boxes = page.locator("li.pb-say")

    expect(boxes.locator("> strong")).to_have_text(["You may say", "Ask the owner first", "Never say"])
    places = [boxes.nth(n).bounding_box() for n in range(3)]
    assert len({place["y"] for place in places if place}) == 1
    assert places[0]
    assert places[0]["y"] < 800
