"""`make screenshots`: the main pages of the tests' company, in light, dark and on a phone, as files to look at."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import mkdtemp

from playwright.sync_api import sync_playwright

from tests.browser.conftest import BROWSERS, QUIET, served
from tests.kit import ROOT
from tests.sites import build, commit_rich

OUT = ROOT / "screenshots"  # test-results/ is emptied by each test run
PAGES = [
    *("", "partners/", "partners/hexley-networks/", "types/", "types/msp-cmsp/", "modes/", "functions/service/"),
    *("departments/channel-sales/", "people/", "glossary/", "ownership/", "coverage/", "routes/", "alignment/"),
    *(
        "health/",
        "value/",
        "toolkit/",
        "findings/",
        "changes/",
        "start/",
        "start/which-type/",
        "start/quiz/",
        "editors/",
    ),
]
LOOKS = {"light": ("light", 1280, 900), "dark": ("dark", 1280, 900), "phone": ("light", 390, 844)}


def main() -> None:
    """Fill screenshots/ with a picture of the first screens of each page in each look."""
    shutil.rmtree(OUT, ignore_errors=True)
    folder = Path(mkdtemp())
    commit_rich(folder / "repository")
    build(folder / "repository" / "data", folder / "site")
    site = served(folder / "site")
    address = next(site)
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        for look, (scheme, width, height) in LOOKS.items():
            (OUT / look).mkdir(parents=True)
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
                reduced_motion="reduce",
            )
            page = context.new_page()
            for path in PAGES:
                page.goto(address + path)
                page.wait_for_load_state("networkidle")
                name = path.strip("/").replace("/", "-") or "home"
                # Three screens show how a page goes on; the rest is more of the same.
                size = page.evaluate("document.documentElement.scrollHeight")
                page.set_viewport_size({"width": width, "height": min(size, 3 * height)})
                page.screenshot(path=OUT / look / f"{name}.png")
                page.set_viewport_size({"width": width, "height": height})
        browser.close()
    next(site, None)
    sys.stdout.write(f"{len(PAGES) * len(LOOKS)} pictures are in {OUT.name}/\n")


if __name__ == "__main__":
    main()
