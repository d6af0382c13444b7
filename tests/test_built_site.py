"""The built sample as a whole: every link of our own leads somewhere, and every figure links to what it counts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

ROOT = Path(__file__).parent.parent
HOST = "http://site.example/"


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
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Anchored]:
    """Every HTML page of the sample by its address, and every other file with nothing in it."""
    folder = tmp_path_factory.mktemp("built") / "site"
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
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
