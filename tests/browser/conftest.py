"""A real browser on built sites, with nothing but each site's own server in reach."""

from __future__ import annotations

import functools
import shutil
import threading
from collections.abc import Iterable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Error, Page, Request, ViewportSize, expect

from tests import sites
from tests.kit import RICH

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser that the system has; Playwright's own where it has none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return {**browser_type_launch_args, **({"executable_path": found} if found else {}), "args": QUIET}


SCREEN: ViewportSize = {"width": 1280, "height": 720}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "viewport": SCREEN, "color_scheme": "light", "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def shared_context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """One for all tests, and its first page, too: to open one, and to compile the same scripts there, costs more than
    most tests.
    """
    context = browser.new_context(**browser_context_args)
    context.new_page()
    yield context
    context.close()


@pytest.fixture
def context(shared_context: BrowserContext) -> Iterator[BrowserContext]:
    """It, with its first page alone, and nothing stored."""
    origins: set[str] = set()

    def note(request: Request) -> None:
        address = urlsplit(request.url)
        origins.add(f"{address.scheme}://{address.netloc}")

    shared_context.on("request", note)
    yield shared_context
    shared_context.remove_listener("request", note)
    shared_context.clear_permissions()
    for page in shared_context.pages[1:]:
        page.close()
    first = shared_context.pages[0] if shared_context.pages else shared_context.new_page()
    storage = shared_context.new_cdp_session(first)
    for origin in origins:
        storage.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage,cookies"})
    storage.detach()


# The document stays until the next test opens another, at an address that none has: where only what follows its `#`
# differs, a browser stays on the page.
LEAVE = """() => {
  if (location.protocol === "about:") return;
  sessionStorage.clear();
  history.replaceState(null, "", "?left");
}"""


def as_new(page: Page) -> None:
    """Take back what a test did to a page.  Listeners stay: what they hear, nobody reads.

    A test that has a script run before those of the page opens one of its own.
    """
    page.unroute_all()
    page.evaluate(LEAVE)
    page.emulate_media(media="null", color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size(SCREEN)
    page.mouse.move(0, 0)


def renewed(context: BrowserContext) -> Iterator[Page]:
    """The first page of a context; one that has crashed takes no later test with it."""
    page = context.pages[0] if context.pages else context.new_page()
    yield page
    try:
        as_new(page)
    except Error:
        page.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """The first page, as if it were new."""
    yield from renewed(context)


@pytest.fixture(autouse=True)
def outside_requests(context: BrowserContext) -> Iterator[list[str]]:
    """Fail a test whose page asks any other host for anything."""
    asked: list[str] = []

    def note(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob", "file"} and address.hostname != "127.0.0.1":
            asked.append(request.url)

    context.on("request", note)
    yield asked
    context.remove_listener("request", note)

    assert asked == []


@pytest.fixture(scope="session")
def plain_context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """One that runs no script, and so stores nothing; it has one page, too."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    context.new_page()
    yield context
    context.close()


@pytest.fixture
def plain(plain_context: BrowserContext) -> Iterator[Page]:
    """A page of a browser that runs no script."""
    yield from renewed(plain_context)


class Search(Protocol):
    """Ask the theme's search for some words, from the page that is open."""

    def __call__(self, words: str, *, key: str = "s") -> None: ...


@pytest.fixture
def search(page: Page) -> Search:
    """Search by keyboard; gives back when the results stand.

    The theme asks again at every key, and new results take the place, and the focus, of those before. So one key alone
    is pressed, when the words stand there; some of their letters are on no keyboard.
    """

    def ask(words: str, *, key: str = "s") -> None:
        page.wait_for_load_state()  # a page that a click led to may show before its scripts listen to keys
        page.keyboard.press(key)
        field = page.get_by_role("textbox", name="Search")
        expect(field).to_be_focused()
        field.fill(words)
        page.keyboard.press("End")
        page.locator(".md-search-result__item").first.wait_for()

    return ask


# The search's own worker, asked as the theme asks it.  Nothing is its answer to a word that is nowhere, once it has
# read everything; from then on each question has one answer.
ASK = """async (questions) => {
  const { base, search } = JSON.parse(document.getElementById("__config").textContent);
  const root = new URL(base + "/", location.href);
  const worker = new Worker(new URL(search, root));
  const answer = (type, data) => new Promise((answered) => {
    worker.onmessage = (event) => answered(event.data.data);
    worker.postMessage({ type, data });
  });
  await answer(0, await (await fetch(new URL("search/search_index.json", root))).json());
  await answer(2, "zzzzqqq");
  const found = {};
  for (const one of questions) {
    const { items } = await answer(2, one);
    found[one] = (items[0] ?? []).map((result) => result.location);
  }
  worker.terminate();
  return found;
}"""


def asked(page: Page, questions: Iterable[str]) -> dict[str, list[str]]:
    """Where the first result of each question leads, and its sections, on the site that the page is of.

    To open a page and its dialog for each of many questions is most of the time of such a test.
    """
    found: dict[str, list[str]] = page.evaluate(ASK, list(questions))
    return found


def frames_drawn(page: Page) -> None:
    """Wait until what scrolls is a stop for the keyboard: a frame of that size was drawn, and the next one begins."""
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the base class gives it
        """Say nothing: requests are checked by the browser's side."""


def served(folder: Path) -> Iterator[str]:
    """Serve `folder` on a free port; gives the address of its home page."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        # It looks for its end so often that no test waits for it.
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def site(rich_site: Path) -> Iterator[str]:
    """The address of the rich company's site."""
    yield from served(rich_site)


@pytest.fixture(scope="session")
def offline(run_folder: Path, rich_data: Path) -> Path:
    """The same site, built to be opened from disk."""
    return sites.once(run_folder, "offline-site", lambda place: sites.build(rich_data, place, PLAYBOOK_OFFLINE="true"))


@pytest.fixture
def dialogs(page: Page) -> list[str]:
    """What the dialogs say that the page opens: none may."""
    opened: list[str] = []

    def note(dialog: Dialog) -> None:
        opened.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    return opened


@pytest.fixture(scope="session")
def hostile_name() -> str:
    return "<img src=x onerror=alert(1)> {{ 7*7 }} [x](javascript:alert(1))"


@pytest.fixture(scope="session")
def hostile(run_folder: Path, hostile_name: str) -> Iterator[str]:
    """The address of a small site whose only partner has a name that tries to be markup."""

    def make(place: Path) -> None:
        data = place.with_name("hostile-data")
        data.mkdir(exist_ok=True)
        shutil.copy(RICH / "taxonomy.yml", data)
        (data / "partners.yml").write_text(
            "departments:\n"
            "  - id: sales\n"
            "    name: Sales\n"
            "    partners:\n"
            "      - id: hostile\n"
            f"        name: '{hostile_name}'\n"
            "        types: [ISV]\n"
            "        owner: null\n",
            encoding="utf-8",
        )
        sites.build(data, place)

    yield from served(sites.once(run_folder, "hostile-site", make))
