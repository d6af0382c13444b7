"""The same site from other engines: ProperDocs to the byte, Zensical in what readers see, hear and follow."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urljoin
from xml.etree.ElementTree import Element

import html5lib
import pytest

from tests import sites
from tests.kit import MKDOCS, TAXONOMY, contents, data_in, inventory, ran, run

PARTNERS = inventory(acme="types: [agent], owner: null, formerly: [old-acme]")

# What is left out where a page of Zensical is held against that of MkDocs, and why they differ there.
KNOWN = {
    ".md-search": "each engine has a search of its own, with its own words around it",
    ".md-skip": "Zensical leads to a place before the text, Material to the first heading",
    "label.md-header__button": "Zensical names its buttons itself; we name those of Material",
}


class Seen(NamedTuple):
    """What a page gives its readers, as browsers build it."""

    title: str
    description: list[str]
    told: list[tuple[str, str]]
    headings: list[tuple[str, str | None, str]]
    links: list[tuple[str, str]]
    text: str


def known(element: Element) -> bool:
    """Whether it is one of the known differences."""
    classes = [f".{name}" for name in (element.get("class") or "").split()]
    return any(name in KNOWN or f"{element.tag}{name}" in KNOWN for name in classes)


def words(element: Element) -> str:
    """The text in an element, with the known differences and all that is not read left out."""

    def pieces(part: Element) -> Iterator[str]:
        if part.tag not in ("script", "style", "svg") and not known(part):
            yield part.text or ""
            for child in part:
                yield from pieces(child)
                yield child.tail or ""

    return " ".join("".join(pieces(element)).split())


def shown(element: Element) -> Iterator[Element]:
    """The elements in an element, without the known differences."""
    for child in element:
        if not known(child):
            yield child
            yield from shown(child)


def seen(page: bytes, address: str) -> Seen:
    """The page at this address; links are the addresses that a browser asks for, those of pictures as well."""
    document = html5lib.parse(page, namespaceHTMLElements=False)
    head, body = document.find("head"), document.find("body")
    inside = list(shown(body))
    ways = [one for one in inside if one.tag == "a" and one.get("href") is not None]
    pictures = [one for one in inside if one.tag == "img"]
    told = [one for one in head.iter("link") if one.get("rel") in ("canonical", "alternate", "icon")]

    def whole(link: str | None) -> str:
        return quote(urljoin(address, link or ""), safe="%/:?#[]@!$&'()*+,;=~")

    return Seen(
        title=words(head.find("title")),
        description=[one.get("content") for one in head.iter("meta") if one.get("name") == "description"],
        told=[(one.get("rel"), whole(one.get("href"))) for one in told],
        headings=[(one.tag, one.get("id"), words(one)) for one in inside if re.fullmatch(r"h[1-6]", str(one.tag))],
        links=[
            *((whole(one.get("href")), words(one)) for one in ways),
            *((whole(one.get("src")), "") for one in pictures),  # the engines name the site's own each in its way
        ],
        text=words(body),
    )


def pages(site: Path) -> dict[str, Seen | None]:
    """The pages of a site, by the path of its file; what is seen is None of the fifth and later ones of a folder,
    unless there is a logo.

    To read HTML as browsers do takes most of a test's time, and pages of one kind differ in their data alone.
    """
    found: dict[str, Seen | None] = {}
    read: Counter[str] = Counter()
    for path, content in sorted(contents(site).items()):
        if path.endswith(".html"):
            folder = path.partition("/")[0]
            read[folder] += 1
            address = sites.ADDRESS + path.removesuffix("index.html")
            found[path] = seen(content, address) if read[folder] < 5 or b"pb-logo" in content else None
    return found


def without_name(site: dict[str, bytes]) -> dict[str, bytes]:
    """Files of a site without the name of the engine, and without the sitemap, which has the day of the build."""
    name = re.compile(rb'<meta name="generator" content="[^"]*">')
    return {path: name.sub(b"", content) for path, content in site.items() if not path.startswith("sitemap.xml")}


@pytest.mark.site
def test_properdocs_builds_a_project_to_the_same_bytes(engines: Path) -> None:
    """All but its name."""
    ours, theirs = (contents(engines / engine / "site") for engine in ("mkdocs", "properdocs"))

    assert len(ours) > 110
    assert b"ProperDocs" in theirs["index.html"]
    assert without_name(ours) == without_name(theirs)


@pytest.mark.site
def test_properdocs_runs_the_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A company that has no project, but mkdocs.yml with the plugin, gets the site of `playbook build`."""
    data_in(tmp_path, **{"data/taxonomy.yml": TAXONOMY, "data/partners.yml": PARTNERS, **sites.OURS})
    (tmp_path / "docs" / "assets" / "dot.png").write_bytes(sites.DOT)
    monkeypatch.chdir(tmp_path)
    env = {"PLAYBOOK_AS_OF": "2026-11-02"}
    done = ran("-m", "properdocs", "build", "--strict", "--config-file", "mkdocs.yml", "--site-dir", "theirs", env=env)

    assert done.returncode == 0, done.stderr
    assert run("build", "--as-of", "2026-11-02").exit_code == 0
    ours = contents(tmp_path / "site")
    assert {"partners/old-acme/index.html", "assets/own.css"} <= ours.keys()
    assert without_name(contents(tmp_path / "theirs")) == without_name(ours)


@pytest.mark.site
def test_zensical_builds_the_same_pages(engines: Path) -> None:
    """Titles, headings with their anchors, links with where they lead, and every word, but for what is known."""
    ours, theirs = (pages(engines / engine / "site") for engine in ("mkdocs", "zensical"))

    assert len(ours) > 90
    assert ours.keys() == theirs.keys()
    for part in Seen._fields:
        assert {path: getattr(page, part) for path, page in theirs.items() if page} == {
            path: getattr(page, part) for path, page in ours.items() if page
        }, part


@pytest.mark.site
def test_zensical_builds_the_same_pages_as_files(tmp_path: Path) -> None:
    """For a site that is opened from disk, where addresses end as names of files do."""
    settings = MKDOCS + "use_directory_urls: false\n"
    data_in(tmp_path, **{"data/taxonomy.yml": TAXONOMY, "data/partners.yml": PARTNERS, "mkdocs.yml": settings})
    data_in(tmp_path, **{"data/logos/acme.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'})
    for engine in ("mkdocs", "zensical"):
        sites.project(tmp_path, tmp_path / engine, engine, "--as-of", "2026-11-02")
    ours, theirs = (pages(tmp_path / engine / "site") for engine in ("mkdocs", "zensical"))

    assert {"partners/acme.html", "partners/old-acme.html"} <= ours.keys()
    assert (acme := ours["partners/acme.html"]) is not None
    assert (f"{sites.ADDRESS}logos/acme.svg", "") in acme.links
    assert ours.keys() == theirs.keys()
    assert [path for path, page in ours.items() if page != theirs[path]] == []


@pytest.mark.site
def test_zensical_ends_where_its_theme_has_changed(tmp_path: Path) -> None:
    """Our changes of the theme find nothing to change there, and do not go unnoticed."""
    look = {"overrides/partials/header.html": "<header></header>\n"}
    settings = MKDOCS.replace("material", "material, custom_dir: overrides")
    data_in(tmp_path, **{"data/taxonomy.yml": TAXONOMY, "data/partners.yml": PARTNERS, "mkdocs.yml": settings}, **look)

    with pytest.raises(AssertionError, match=r"patched\.html"):
        sites.project(tmp_path, tmp_path / "project", "zensical")


@pytest.mark.site
def test_zensical_finds_the_same(engines: Path) -> None:
    """Its search has the same places with the same titles and texts, and none of a page that is to be left out.

    What else it lacks: a rank for a page, and words with a letter wrong.  What is for browsers without scripts it takes
    for text, with its markup, where headings stand in it.
    """
    ours = json.loads((engines / "mkdocs" / "site" / "search" / "search_index.json").read_text("utf-8"))["docs"]
    theirs = json.loads((engines / "zensical" / "site" / "search.json").read_text("utf-8"))["items"]
    entries = [
        sorted((one["location"], one["title"], one["text"].partition("  &lt;h2 ")[0]) for one in index)
        for index in (ours, theirs)
    ]

    assert len(ours) > 500
    assert entries[0] == entries[1]


@pytest.mark.site
def test_zensical_lists_the_same_addresses(engines: Path) -> None:
    """In the map of the site for machines."""
    ours, theirs = (
        sorted(re.findall("<loc>(.*)</loc>", (engines / engine / "site" / "sitemap.xml").read_text("utf-8")))
        for engine in ("mkdocs", "zensical")
    )

    assert len(ours) > 90
    assert ours == theirs


@pytest.mark.site
def test_zensical_takes_other_files_as_they_are(engines: Path) -> None:
    """What is no page of the site, and none of the theme's, is the same to the byte."""
    ours, theirs = (contents(engines / engine / "site") for engine in ("mkdocs", "zensical"))
    of_theme = re.compile(r"search|sitemap|assets/(images|javascripts|stylesheets)/|.*\.html$")
    kept = {path: content for path, content in ours.items() if not of_theme.match(path)}

    assert kept["assets/dot.png"] == sites.DOT
    assert len(kept) > 20
    assert {path: content for path, content in theirs.items() if not of_theme.match(path)} == kept
