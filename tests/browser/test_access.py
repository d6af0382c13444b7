"""Access for all: no page kind breaks a rule of WCAG 2.2 A or AA or a best practice, in any colors, at any width."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLORS = ["color-contrast", "link-in-text-block"]
PLACES = ["target-size", "scrollable-region-focusable"]
Scheme = Literal["light", "dark"]
KINDS = [
    *("", "404.html", "glossary/", "people/", "findings/", "changes/"),
    *("ownership/", "coverage/", "routes/", "alignment/", "health/", "value/", "toolkit/"),
    *("start/", "start/which-type/", "start/quiz/"),
    *("functions/", "functions/service/", "types/", "types/msp-cmsp/", "modes/", "modes/one-on-one/"),
    *("departments/", "departments/channel-sales/", "partners/", "partners/hexley-networks/", "partners/quorlin/"),
    *(
        "editors/",
        "editors/browser/",
        "editors/commands/",
        "editors/fields/",
        "editors/problems/",
        "editors/reuse/",
        "editors/publish/",
        "editors/spreadsheet/",
    ),
]


def test_every_kind_of_page_is_looked_at(rich_site: Path) -> None:
    """Each page at the top of the site is here, and one of each folder at least."""
    folders = {path.relative_to(rich_site).parts[0] for path in rich_site.rglob("index.html")} - {"index.html"}

    assert folders <= {kind.split("/")[0] for kind in KINDS}


# A phone shows in colors of its own, or behind others than a wide screen does: its menu, each kind of card, and the
# grid that is pushed sideways below its first column.  All else has the same colors at any width.
PHONES = ["", "partners/", "modes/", "coverage/", "toolkit/"]


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate(Axe().axe_script)


def broken(page: Page, scheme: Scheme, width: int, **which: object) -> list[tuple[str, int, str, str]]:
    """The rules that are broken, of those that axe is told to look at, each with the element that breaks it."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    # What scrolls becomes a stop for the keyboard once a frame of that size was drawn, and the next one begins.
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    # What passes is most of a page, and takes longest to write down.
    options = {"resultTypes": ["violations"], **which}
    found = page.evaluate("options => axe.run(options).then((told) => told.violations)", options)
    return [(scheme, width, one["id"], node["html"]) for one in found for node in one["nodes"]]


@pytest.mark.parametrize("path", KINDS)
def test_rules_of_access(page: Page, site: str, path: str) -> None:
    """The page breaks none of the rules, light or dark, on a phone, a tablet or a wide screen."""
    opened(page, site + path)

    # Dark differs from light in its colors alone, a phone from a wide screen in what it shows and where, and a tablet,
    # which has the tables of one and the menu of the other, in where things are.
    without_colors = {name: {"enabled": False} for name in COLORS}
    assert broken(page, "dark", 1440, runOnly={"type": "rule", "values": COLORS}) == []
    assert broken(page, "light", 1440, runOnly=RULES) == []
    assert broken(page, "light", 768, runOnly={"type": "rule", "values": PLACES}) == []
    assert broken(page, "light", 360, runOnly=RULES, rules=without_colors) == []


@pytest.mark.parametrize("path", PHONES)
def test_colors_on_a_phone(page: Page, site: str, path: str) -> None:
    """What a phone shows differently can be read there, light or dark."""
    opened(page, site + path)

    for scheme in ("light", "dark"):
        assert broken(page, scheme, 360, runOnly={"type": "rule", "values": COLORS}) == []
