"""While `serve` runs, the page that is asked for comes first."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import pytest

from generator.mkdocs_plugin import on_request
from generator.mkdocs_plugin.direct import Made
from generator.mkdocs_plugin.earlier import Trace
from generator.mkdocs_plugin.handed import OurFile
from generator.mkdocs_plugin.on_request import OnRequest


class Site:
    """What pages are made of, and an end to wait for."""

    def __init__(self, *paths: str) -> None:
        self.files = [OurFile(path, None, "site", use_directory_urls=True) for path in paths]
        self.made: list[str] = []
        self.over = threading.Event()
        self.told = Made()

    def make(self, paths: Iterable[str]) -> Made:
        listed = list(paths)
        self.made += listed
        return Made(dict.fromkeys(listed, Trace()))

    def end(self, made: Made) -> None:
        self.told = made
        self.over.set()


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> OnRequest:
    """Nothing is made that nobody asks for: the pause is longer than any test."""
    monkeypatch.setattr(on_request, "_PAUSE", 1000)
    return OnRequest()


def begin(requests: OnRequest, site: Site) -> None:
    requests.begin(site.files, site.make, site.end)


@pytest.mark.parametrize("address", ["partners/acme/", "partners/acme", "partners/acme/index.html", "partners/acme.md"])
def test_a_page_is_made_when_it_is_asked_for(requests: OnRequest, address: str) -> None:
    """By each of its addresses, and once."""
    site = Site("index.md", "partners/acme.md", "partners/other.md")
    begin(requests, site)

    assert requests.ask(address)
    assert not requests.ask(address)
    assert site.made == ["partners/acme.md"]


@pytest.mark.parametrize("address", ["", "index.html", "index.md"])
def test_the_first_page_has_the_shortest_address(requests: OnRequest, address: str) -> None:
    """Expected: the root of the site is the home page."""
    site = Site("index.md", "partners/acme.md")
    begin(requests, site)

    assert requests.ask(address)
    assert site.made == ["index.md"]


@pytest.mark.parametrize("address", ["assets/look.css", "../index.html/..", "partners/", "nothing/", "\0"])
def test_what_is_no_page_is_not_made(requests: OnRequest, address: str) -> None:
    """Files of other kinds stand there already, or do not stand there at all."""
    site = Site("index.md", "partners/acme.md")
    begin(requests, site)

    assert not requests.ask(address)
    assert site.made == []


def test_another_build_makes_nothing_of_the_one_before(requests: OnRequest) -> None:
    """Expected: from the moment at which its folder is emptied."""
    earlier, later = Site("index.md"), Site("index.md")
    begin(requests, earlier)
    requests.stop()
    assert not requests.ask("")
    begin(requests, later)
    assert requests.ask("")
    assert (earlier.made, later.made) == ([], ["index.md"])


def test_the_rest_is_made_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: all pages, each once, and then the end is told of all of them."""
    monkeypatch.setattr(on_request, "_PAUSE", 0)
    requests, site = OnRequest(), Site(*(f"{number}.md" for number in range(50)))
    begin(requests, site)
    requests.ask("30/")
    site.over.wait()

    assert sorted(site.made) == sorted(file.src_uri for file in site.files)
    assert set(site.told.traces) == set(site.made)


def test_a_page_that_a_build_took_away_meanwhile_is_asked_for_again(requests: OnRequest) -> None:
    """The server looks for a file only when no build runs any more; by then, the page may be one that is still left."""
    site, seen = Site("index.md"), []

    def serve(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if not site.made:
            begin(requests, site)  # the build that it waited for
            start_response("404 Not Found", [])
            return []
        start_response("200 OK", [])
        return [b"page"]

    server: Any = SimpleNamespace(mount_path="/a/", get_app=lambda: serve, set_app=lambda app: seen.append(app))
    requests.answer(server)
    answers: list[str] = []

    assert seen[0]({"PATH_INFO": "/a/"}, lambda status, _: answers.append(status)) == [b"page"]
    assert answers == ["200 OK"]
