"""The playbook in a site that is there already: below a folder, and nothing else changed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from generator.cli import main
from tests import sites
from tests.kit import contents, data_in, inventory, run, world_in

pytestmark = pytest.mark.site

assert main  # the plugin is known by the command's package

MATERIAL = """\
site_name: Handbook
theme: {name: material, palette: {primary: indigo}, features: [navigation.sections]}
markdown_extensions: [admonition, pymdownx.mark, md_in_html, pymdownx.snippets]
nav: [index.md, {Guides: [guides/one.md]}]
plugins: [search]
"""
PLAIN = """\
site_name: Handbook
theme: {name: THEME, custom_dir: look}
extra_css: [assets/ours.css]
nav: [index.md, {Guides: [guides/one.md]}]
plugins: [search]
"""
SITES = {
    "material": MATERIAL,
    "mkdocs": PLAIN.replace("THEME", "mkdocs"),
    "readthedocs": PLAIN.replace("THEME", "readthedocs"),
}
Handbook = Callable[..., Path]


def company(place: Path) -> None:
    """A company with pages and a look of its own, and the data of a playbook."""
    pages = {
        "docs/index.md": "# Welcome\n\n==Ours== [one](guides/one.md)\n\n<div markdown>\n*here*\n</div>\n",
        "docs/guides/one.md": '# One\n\n[home](../index.md)\n\n!!! note "Ours"\n    text\n',
        "docs/assets/ours.css": "p { color: black }\n",
        "look/404.html": "Nothing here.\n",
    }
    data_in(place, **pages)
    world_in(place / "data", partners=inventory(acme="types: [shop], owner: ann, formerly: [old-acme]"))


def built_in(place: Path, settings: str, plugin: str = "", name: str = "site") -> Path:
    """The site of that company with these settings and this line for the plugin."""
    file = place / f"{name}.yml"
    file.write_text(settings.replace("[search]", f"[search{plugin and ', '}{plugin}]"), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1780000000")  # some themes print the second of the build
        build(load_config(str(file), site_dir=str(place / name), strict=True))
    return place / name


@pytest.fixture(params=SITES)
def both(request: pytest.FixtureRequest, run_folder: Path) -> Path:
    """A company's site in each theme, without the playbook in `before` and with it in `after`; made once a run."""

    def make(place: Path) -> None:
        place.mkdir()
        company(place)
        built_in(place, SITES[request.param], name="before")
        built_in(place, SITES[request.param], "playbook: {under: teams/partners}", "after")

    return sites.once(run_folder, f"guest-{request.param}", make)


@pytest.fixture
def handbook(tmp_path: Path) -> Handbook:
    """Builds that company's site and gives its folder: handbook(settings, plugin, name)."""
    company(tmp_path)
    return partial(built_in, tmp_path)


def test_nothing_of_theirs_changes(both: Path) -> None:
    """Expected: every file of their site is the same to the byte, but for the search and the sitemap, which know more;
    every file of ours stands below the folder; `--strict` has nothing to say.
    """
    before, after = contents(both / "before"), contents(both / "after")
    theirs = {path: content for path, content in after.items() if not path.startswith("teams/partners/")}

    assert theirs.keys() == before.keys()
    assert {path for path in theirs if theirs[path] != before[path]} <= {
        *("search/search_index.json", "sitemap.xml", "sitemap.xml.gz")
    }
    assert len(after) > len(before) + 30


def test_no_link_is_broken(both: Path) -> None:
    """Expected: every address in a page of ours leads to a file of the site, assets and old ids included."""
    site = both / "after"
    ours = site / "teams" / "partners"
    pages = list(ours.rglob("*.html"))
    missing = []
    for page in pages:
        for address in re.findall(r'(?:href|src|url)="?([^"#?>]+)', page.read_text("utf-8")):
            if re.match(r"[a-z]+:|//|\.$", address) or address.startswith("data:"):
                continue
            target = (site / address.lstrip("/")) if address.startswith("/") else page.parent / address
            if not (target.is_file() or (target / "index.html").is_file()):
                missing.append((page.relative_to(site).as_posix(), address))

    assert len(pages) > 20
    assert missing == []
    assert 'url=../acme/"' in (ours / "partners/old-acme/index.html").read_text("utf-8")


def test_our_pages_have_what_they_need(both: Path) -> None:
    """Expected: the style sheet and the scripts, on each page of ours alone; what the extensions make, as on a site of
    its own; the directory has its rows; the theme prints no file of data.
    """
    site = both / "after"
    ours = site / "teams" / "partners"
    home, directory = ((ours / path / "index.html").read_text("utf-8") for path in (".", "partners"))

    assert '<link rel="stylesheet" href="assets/playbook.css">' in home
    assert '<script src="../assets/directory.js" defer></script>' in directory
    assert '<script src="rows.js" data-page-end="/" defer></script>' in directory
    assert "playbook.css" not in (site / "index.html").read_text("utf-8")
    assert 'id="answers"' in home
    assert "partners.yml#L" not in home
    assert (ours / "partners/acme.md").read_text("utf-8").startswith("# ")
    assert not (site / "index.md").exists()
    assert not (site / ".playbook-site").exists()
    assert json.loads((ours / "inventory.json").read_text("utf-8"))


def test_without_a_nav_ours_join_theirs(handbook: Handbook) -> None:
    """Expected: the pages that our own nav names stand in theirs, and no page of a single partner does."""
    site = handbook(MATERIAL.replace("nav: [index.md, {Guides: [guides/one.md]}]\n", ""), "playbook: {under: partners}")
    home = (site / "index.html").read_text("utf-8")

    assert 'href="partners/coverage/"' in home
    assert 'href="partners/partners/acme/"' not in home


def test_their_nav_may_name_our_pages(handbook: Handbook) -> None:
    """Expected: it leads there."""
    site = handbook(
        MATERIAL.replace("nav: [index.md,", "nav: [index.md, partners/index.md,"), "playbook: {under: partners}"
    )

    assert 'href="partners/"' in (site / "index.html").read_text("utf-8")


HOOK = """
seen = {}
def on_page_markdown(markdown, page, **_):
    seen[page.file.src_uri] = markdown
    return markdown.replace("Acme", "{{ executed }}")
"""


def test_other_plugins_are_given_none_of_our_texts(handbook: Handbook, tmp_path: Path) -> None:
    """Expected: what runs or includes texts of pages, as macros and snippets do, is given theirs and none of ours."""
    (tmp_path / "hook.py").write_text(f"{HOOK}\nimport atexit\n", "utf-8")
    site = handbook(MATERIAL + "hooks: [hook.py]\n", "playbook: {under: partners}")

    assert "executed" not in (site / "partners/partners/acme/index.html").read_text("utf-8")
    assert "Acme" in (site / "partners/partners/acme/index.html").read_text("utf-8")


@pytest.mark.parametrize("under", ["../up", "/", "a b", ".hidden", "a//b", "a/../b", "C:\\x", "<b>"])
def test_no_folder_of_a_site(handbook: Handbook, under: str, caplog: pytest.LogCaptureFixture) -> None:
    """Expected: one line says what is no folder, and how to write one."""
    with pytest.raises(Abort):
        handbook(MATERIAL, f"playbook: {{under: {json.dumps(under)}}}")

    assert "the option under: " in caplog.text
    assert "write it like partners, or teams/partners" in caplog.text


def test_their_page_stands_where_one_of_ours_belongs(
    handbook: Handbook, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Expected: both are named, and nothing is built."""
    data_in(tmp_path, **{"docs/partners/coverage.md": "# Mine\n"})
    with pytest.raises(Abort):
        handbook(MATERIAL, "playbook: {under: partners}")

    assert "coverage.md stands where the page partners/coverage.md belongs" in caplog.text


def test_by_our_own_command(handbook: Handbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: `playbook build` builds such a site as well, a second time, too."""
    (tmp_path / "mkdocs.yml").write_text(MATERIAL.replace("[search]", "[search, playbook: {under: partners}]"), "utf-8")
    monkeypatch.chdir(tmp_path)

    assert [run("build").exit_code for _ in range(2)] == [0, 0]
    assert (tmp_path / "site/partners/coverage/index.html").is_file()
    assert (tmp_path / "site/guides/one/index.html").is_file()
