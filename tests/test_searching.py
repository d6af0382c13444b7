"""What the search is given to read: names first, then all texts, and to the theme an index with nothing in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from generator import paths
from generator.boundary import Exit
from generator.mkdocs_plugin.searching import take_over, write, written
from generator.model import Playbook
from tests.kit import MKDOCS, contents, data_in, data_of, directory_data, inventory, pages_of, run, world_in

INDEX = "search/search_index.json"
OWN = "---\nsearch:\n  boost: 3\n---\n# Our office\n\nWe sit in Hall 4.\n\n## Whom to ask\n\nAnn knows.\n"
HIDDEN = "---\nsearch:\n  exclude: true\n---\n# Draft\n\nNot yet.\n"


def read(site: Mapping[str, bytes], name: str) -> list[dict[str, Any]]:
    """What the search reads in a site of its files named so, which the theme's index names."""
    passages = data_of(site[json.loads(site[INDEX])["config"]["playbook"][name]])["docs"]
    assert isinstance(passages, list)
    return passages


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with data and two pages of its own; the working directory."""
    world_in(tmp_path / "data", partners=inventory(acme="types: [shop], owner: ann, formerly: [old-acme]"))
    data_in(tmp_path, **{"docs/office.md": OWN, "docs/draft.md": HIDDEN})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def built(company: Path, settings: str = MKDOCS) -> dict[str, bytes]:
    data_in(company, **{"mkdocs.yml": settings})
    assert run("build").exit_code == Exit.FINE
    return contents(company / "site")


@pytest.mark.site
def test_the_theme_reads_nothing(company: Path) -> None:
    """Expected: each page reads an index of its settings alone; our files hold every page and part with what it says,
    a company's own among them, with its rank, and none of a page that is to be left out.
    """
    site = built(company)
    names, texts = read(site, "names"), read(site, "texts")
    said = {passage["location"]: passage for passage in texts}

    assert json.loads(site[INDEX])["docs"] == []
    assert len(site[INDEX]) < 1000
    assert said["office/"] == {
        "location": "office/", "title": "Our office", "text": "<p>We sit in Hall 4.</p>", "boost": 3
    }  # fmt: skip
    assert said["office/#whom-to-ask"]["text"] == "<p>Ann knows.</p>"
    assert {"", "partners/acme/", "glossary/", "editors/"} <= said.keys()
    assert not {"draft/", "partners/"} & said.keys()
    assert all("text" not in passage for passage in names)
    assert {passage["location"] for passage in texts if "#" not in passage["location"]} <= {
        passage["location"] for passage in names
    }
    assert said["editors/"]["boost"] < 1


@pytest.mark.site
def test_from_disk_as_well(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: the index that a page opened from disk reads is the same empty one, and our files are there."""
    monkeypatch.setenv("PLAYBOOK_OFFLINE", "true")
    site = built(company)

    assert json.loads(site["search/search_index.js"].removeprefix(b"var __index = ")) == json.loads(site[INDEX])
    assert "partners/acme.html" in {passage["location"] for passage in read(site, "names")}


BLOCK = '{% extends "base.html" %}'
OTHERS = {
    "another theme": (MKDOCS.replace("material", "mkdocs"), {}),
    "a main template that leaves ours out": (
        MKDOCS.replace("{name: material}", "{name: material, custom_dir: look}"),
        {"look/main.html": BLOCK},
    ),
    "a guest": (MKDOCS.replace("playbook", "search, playbook: {under: teams}"), {"docs/index.md": "# Home\n"}),
}


@pytest.mark.site
@pytest.mark.parametrize("settings", OTHERS.values(), ids=OTHERS)
def test_where_the_search_is_not_ours(company: Path, settings: tuple[str, Mapping[str, str]]) -> None:
    """Expected: the theme's own search finds our pages, and a company's."""
    data_in(company, **settings[1])
    site = built(company, settings[0])
    index = json.loads(site[INDEX])
    found = {passage["location"].removeprefix("teams/") for passage in index["docs"]}

    assert "playbook" not in index["config"]
    assert {"partners/acme/", "office/"} <= found
    assert not [path for path in site if path.startswith(("search/names", "search/texts"))]


@pytest.mark.site
def test_a_site_without_a_search(company: Path) -> None:
    """Expected: it is built, and has none of the search's files."""
    settings = MKDOCS.replace("[playbook]", "[playbook, search: {enabled: false}]")
    assert settings != MKDOCS
    site = built(company, settings)

    assert not [path for path in site if path.startswith("search/")]


def test_what_many_pages_have_is_no_name(tmp_path: Path) -> None:
    """Expected: pages are names whatever they are called, and parts where no other place is called so."""
    (tmp_path / "search").mkdir()
    titles = {"a/": "Acme", "b/": "Acme", "a/#findings": "Findings", "b/#findings": "Findings", "a/#var": "VAR"}
    passages = [written({"location": where, "title": title, "text": "x"}) for where, title in titles.items()]
    files = write(tmp_path, lambda: passages)
    names = data_of((tmp_path / files["names"]).read_bytes())["docs"]

    assert [passage["location"] for passage in names] == ["a/", "b/", "a/#var"]


def test_a_file_is_named_after_what_it_holds(tmp_path: Path) -> None:
    """Expected: another text, another file of texts, and the same one of names."""
    (tmp_path / "search").mkdir()

    def files(text: str) -> dict[str, str]:
        return write(tmp_path, lambda: [written({"location": "a/", "title": "Acme", "text": text})])

    first, again, other = files("one"), files("one"), files("two")

    assert first == again
    assert first["names"] == other["names"]
    assert first["texts"] != other["texts"]


def test_no_index_nothing_to_do(tmp_path: Path) -> None:
    """Expected: a site that has no search stays as it is."""
    take_over(tmp_path)

    assert not list(tmp_path.iterdir())


ANSWERS = """\
departments:
- id: sales
  name: Sales
  partners:
  - {id: acme, name: "Acme </script>", types: [shop], owner: "Ann  Lee", formerly: [old-acme], regions: [EMEA]}
  - {id: bravo, name: Bravo, types: [shop], owner: null}
"""


def test_what_the_search_knows_of_the_data_of(world: Callable[..., Playbook]) -> None:
    """Expected: the directory's filters with the values that rows hold, a type with its other names, and old names."""
    pages = pages_of(world(partners=ANSWERS))
    facts = data_of(pages[paths.ANSWERS])
    filters = {one["name"]: [value["value"] for value in one["values"]] for one in facts["filters"]}
    rows = {one["name"]: [value["value"] for value in one["values"]] for one in directory_data(pages)["filters"]}

    assert filters["type"] == ["shop"]
    assert filters["region"] == ["EMEA"]
    assert filters["owner"] == ["Ann Lee"]
    assert {name: [value for value in values if value != "-"] for name, values in rows.items()} == filters
    assert [paths.partner("acme"), ["old-acme"]] in facts["names"]


def test_every_page_that_is_asked_for_is_there(rich_pages: Mapping[str, str]) -> None:
    """Expected: the page that questions lead to is one of the site's, and no page stands there twice."""
    asked = [page for page, _ in data_of(rich_pages[paths.ANSWERS])["questions"]]

    assert set(asked) <= rich_pages.keys()
    assert len(asked) == len(set(asked))
