"""The Markdown copy of a page says what the page says, in the same order, without what only the site can show."""

from __future__ import annotations

from html.parser import HTMLParser

import markdown
import pytest
from markdown_it import MarkdownIt

from generator.model import Playbook
from generator.site import Page, Site
from tests.kit import World, inventory

EXTENSIONS = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "pymdownx.blocks.html",
    "pymdownx.details",
    "tables",
    "fenced_code",
]
SITE_ONLY = {"figure", "form", "button"}
"""Pictures, filters and buttons: beside a picture stands its table, and filters need a script."""
COUNTED = ("class", "pb-count")


class Read(HTMLParser):
    """What stands on a page: its words, where its links lead, and its headings, items and cells, each in order."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self._closing: list[str] = []
        self._text = ""
        self.links: list[str] = []
        self.parts: list[str] = []
        self.feed(source)
        self.close()
        self.words = self._text.split()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._closing or tag in SITE_ONLY or COUNTED in attrs:
            self._closing += [tag] if tag != "input" else []
            return
        self.links += [str(value) for name, value in attrs if name == "href"]
        self.parts += [tag] if tag in ("h1", "h2", "h3", "li", "tr", "th", "td") else []

    def handle_endtag(self, tag: str) -> None:
        if self._closing and self._closing[-1] == tag:
            self._closing.pop()

    def handle_data(self, data: str) -> None:
        if not self._closing:
            self._text += data


@pytest.fixture(scope="module")
def pages(rich: Playbook) -> list[Page]:
    return [page for page in Site(rich).pages(copies=True) if page.markdown]


@pytest.mark.long
def test_a_copy_says_what_its_page_says(pages: list[Page]) -> None:
    """The same words, links, headings, items and cells in the same order, on every page of the rich company."""
    read = MarkdownIt("commonmark", {"html": False}).enable("table").render  # HTML in a copy would be read as words
    compared = 0
    for page in pages:
        if page.copy:
            body = page.content.split("\n---\n", 1)[1]
            shown, copied = Read(markdown.markdown(body, extensions=EXTENSIONS)), Read(read(page.copy))
            assert (copied.words, copied.links, copied.parts) == (shown.words, shown.links, shown.parts), page.path
            compared += len(copied.words)

    assert compared > 10_000


@pytest.mark.long
def test_pages_that_lead_on_have_no_copy(pages: list[Page]) -> None:
    """Their readers are sent to another page, which has one."""
    assert [page.path for page in pages if not page.copy] == [
        page.path for page in pages if "\nredirect: " in page.content.split("\n---\n")[0]
    ]


def test_copies_are_made_on_request_alone(world: World) -> None:
    """Whoever writes the pages somewhere else needs none; the pages are the same with them and without."""
    site = Site(world(partners=inventory(acme="types: [shop], owner: ann, formerly: [old-acme]")))
    pages, without = list(site.pages(copies=True)), list(site.pages())

    assert {page.copy for page in without} == {""}
    assert [page.path for page in pages if page.markdown and not page.copy] == ["partners/old-acme.md"]
    assert [page.data for page in without] == [page.data for page in pages]
