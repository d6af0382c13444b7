"""Access for all: no page kind breaks a rule of WCAG 2.2 A or AA or a best practice, in any colors, at any width."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import frames_drawn

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The rules about colors, and what else they ask of the elements that they are about: see MARK_ALIKE.
_COLORS = {"color-contrast": "*:not([data-alike])", "link-in-text-block": "a[href]:not([data-alike])"}
_CONFIGURED = {"rules": [{"id": name, "selector": selector} for name, selector in _COLORS.items()]}
AXE = f"{Axe().axe_script}; axe.configure({json.dumps(_CONFIGURED)});"
COLORS = {"runOnly": {"type": "rule", "values": [*_COLORS]}}
PLACES = {"runOnly": {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}}
REST = {"runOnly": RULES, "rules": {name: {"enabled": False} for name in _COLORS}}
ALL = {"runOnly": RULES}
# Dark differs from light in its colors alone, a phone from a wide screen in what it shows and where, and a tablet,
# which has the tables of one and the menu of the other, in where things are.
LOOKS: list[tuple[Scheme, int, object]] = [
    *(("dark", 1280, COLORS), ("light", 1280, ALL), ("light", 768, PLACES), ("light", 360, REST)),
]
# A phone shows in colors of its own, or behind others than a wide screen does: its menu, each kind of card, and the
# grid that is pushed sideways below its first column.  All else has the same colors at any width.
LOOKS_OF_PHONES: list[tuple[Scheme, int, object]] = [*LOOKS[:-1], ("light", 360, ALL), ("dark", 360, COLORS)]
PHONES = ["", "landscape/", "partners/", "modes/", "coverage/", "toolkit/"]

KINDS = [
    *("", "404.html", "landscape/", "glossary/", "people/", "findings/", "changes/"),
    *("ownership/", "coverage/", "routes/", "alignment/", "health/", "value/", "toolkit/"),
    *("find/", "find/smart-plant/", "compare/", "compare/?type=oem&type=system-integrator"),
    *("embed/", "embed/landscape/", "embed/card/", "embed/card/?partner=quorlin", "embed/departments/channel-sales/"),
    *("start/", "start/which-type/", "start/quiz/"),
    *("functions/", "functions/service/", "types/", "types/msp-cmsp/", "modes/", "modes/one-on-one/"),
    *("departments/", "departments/channel-sales/", "departments/channel-sales/first-day/"),
    *("partners/", "partners/hexley-networks/", "partners/quorlin/", "people/astrid-dahl/"),
    # The others are words, code and tables as these are.
    *("editors/", "editors/fields/", "editors/problems/", "editors/hosting/"),
]

# To judge the colors of one text takes as long as all other rules.  Of those that are alike in all that the rules about
# colors go by, in themselves and in all that they stand in, the first that is to be seen is judged for the others, on
# other pages, too.  Gives the looks that are new here.
MARK_ALIKE = """(known) => {
  const seen = new Set(known);
  const number = (text) => {
    let [one, other] = [0xdeadbeef, 0x41c6ce57];
    for (let at = 0; at < text.length; at++) {
      one = Math.imul(one ^ text.charCodeAt(at), 2654435761);
      other = Math.imul(other ^ text.charCodeAt(at), 1597334677);
    }
    return (other >>> 0) * 2 ** 21 + (one >>> 11);
  };
  const mark = (element, around) => {
    const style = getComputedStyle(element);
    const looks = number([around, style.color, style.backgroundColor, style.backgroundImage, style.opacity,
      style.fontSize, style.fontWeight, style.textDecorationLine, style.textShadow].join());
    const text = element.matches("input, select, textarea")
      || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const shown = text && element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
    let alike = !shown || seen.has(looks);
    if (shown) seen.add(looks);
    for (const child of element.children) alike = mark(child, looks) && alike;
    element.toggleAttribute("data-alike", alike);
    return alike;
  };
  mark(document.body, "");
  return [...seen].slice(known.length);
}"""
Known = dict[tuple[Scheme, int], list[int]]


def test_every_kind_of_page_is_looked_at(rich_site: Path) -> None:
    """Each page at the top of the site is here, and one of each folder at least."""
    folders = {path.relative_to(rich_site).parts[0] for path in rich_site.rglob("index.html")} - {"index.html"}

    assert folders <= {kind.split("/")[0] for kind in KINDS}


@pytest.fixture(scope="module")
def known() -> Known:
    """What colors were judged on the pages before, in each look."""
    return {}


def broken(page: Page, known: Known, scheme: Scheme, width: int, which: object) -> list[tuple[str, int, str, str]]:
    """The rules that are broken, of those that axe is told to look at, each with the element that breaks it."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 720})
    frames_drawn(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    if which in (COLORS, ALL):
        judged = known.setdefault((scheme, width), [])
        new = page.evaluate(MARK_ALIKE, judged)
        if which is COLORS and not new:
            return []
        judged += new
    # What passes is most of a page, and takes longest to write down.
    how = "(which) => axe.run({ ...which, resultTypes: ['violations'] }).then((told) => told.violations)"
    found = page.evaluate(how, which)
    return [(scheme, width, one["id"], node["html"]) for one in found for node in one["nodes"]]


@pytest.mark.parametrize("path", KINDS)
def test_rules_of_access(page: Page, site: str, known: Known, path: str) -> None:
    """The page breaks none of the rules, light or dark, on a phone, a tablet or a wide screen."""
    page.goto(site + path)

    for scheme, width, which in LOOKS_OF_PHONES if path in PHONES else LOOKS:
        assert broken(page, known, scheme, width, which) == []


def test_broken_rules_are_seen(page: Page, site: str, known: Known) -> None:
    """Faint letters of one cell in a late row, in dark colors alone, and of another in light ones; buttons too close to
    each other, on tablets alone; a button without a name, on phones alone.

    Whatever pages were looked at before.
    """
    page.goto(f"{site}partners/")
    page.add_style_tag(
        content="[data-md-color-scheme=slate] tr:nth-child(20) td:first-child a { color: #333 !important } "
        "[data-md-color-scheme=default] tr:nth-child(21) td:first-child a { color: #ddd !important } "
        "@media (min-width: 400px) { #nameless { display: none } } "
        "#near button { display: inline-block; width: 50px; height: 50px } "
        "@media (min-width: 400px) and (max-width: 1000px) { #near button { width: 9px; height: 9px } }"
    )
    near = "<div id=near><button>A</button><button>B</button></div>"
    page.evaluate(
        "all => document.querySelector('h1').insertAdjacentHTML('afterend', all)",
        f"<button id=nameless></button>{near}",
    )

    seen = {(scheme, width, rule) for look in LOOKS for scheme, width, rule, _ in broken(page, known, *look)}
    assert seen == {
        *(("dark", 1280, "color-contrast"), ("light", 1280, "color-contrast")),
        *(("light", 768, "target-size"), ("light", 360, "button-name")),
    }
