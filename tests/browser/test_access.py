"""Access for all: no page kind breaks a rule of WCAG 2.2 A or AA or a best practice, in any colors, at any width."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLORS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
WIDTHS = (360, 768, 1440)
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


@pytest.mark.parametrize("path", KINDS)
def test_rules_of_access(page: Page, site: str, path: str) -> None:
    """The page breaks none of the rules, light or dark, on a phone, a tablet or a wide screen."""
    page.goto(site + path)
    page.wait_for_load_state("networkidle")
    page.evaluate(Axe().axe_script)
    broken = []
    # Dark differs from light in its colors alone.
    schemes: tuple[tuple[Literal["light", "dark"], object], ...] = (("light", RULES), ("dark", COLORS))
    for scheme, rules in schemes:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            # What passes is most of a page, and takes longest to write down.
            options = {"runOnly": rules, "resultTypes": ["violations"]}
            found = page.evaluate("options => axe.run(options).then((told) => told.violations)", options)
            broken += [(scheme, width, one["id"], node["html"]) for one in found for node in one["nodes"]]

    assert broken == []
