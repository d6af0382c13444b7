"""The playbook in a site that is there already: below a folder, and nothing else changed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from generator.cli import main
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


@pytest.fixture
def handbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Handbook:
    """Builds a company's site of another shape and gives its folder: handbook(settings, plugin, name)."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")  # some themes print the second of the build
    data_in(
        tmp_path,
        **{
            "docs/index.md": "# Welcome\n\n==Ours== [one](guides/one.md)\n\n<div markdown>\n*here*\n</div>\n",
            "docs/guides/one.md": '# One\n\n[home](../index.md)\n\n!!! note "Ours"\n    text\n',
            "docs/assets/ours.css": "p { color: black }\n",
            "look/404.html": "Nothing here.\n",
        },
    )
    world_in(tmp_path / "data", partners=inventory(acme="types: [shop], owner: ann, formerly: [old-acme]"))

    def built(settings: str, plugin: str = "", name: str = "site") -> Path:
        file = tmp_path / f"{name}.yml"
        file.write_text(settings.replace("[search]", f"[search{plugin and ', '}{plugin}]"), "utf-8")
        build(load_config(str(file), site_dir=str(tmp_path / name), strict=True))
        return tmp_path / name

    return built


@pytest.mark.parametrize("theme", SITES)
def test_nothing_of_theirs_changes(handbook: Handbook, theme: str) -> None:
    """Expected: every file of their site is the same to the byte, but for the search and the sitemap, which know more;
    every file of ours stands below the folder; `--strict` has nothing to say.
    """
    before = contents(handbook(SITES[theme]))
    after = contents(handbook(SITES[theme], "playbook: {under: teams/partners}", "after"))
    theirs = {path: content for path, content in after.items() if not path.startswith("teams/partners/")}

    assert theirs.keys() == before.keys()
    assert {path for path in theirs if theirs[path] != before[path]} <= {
        *("search/search_index.json", "sitemap.xml", "sitemap.xml.gz")
    }
    assert len(after) > len(before) + 30


@pytest.mark.parametrize("theme", SITES)
def test_no_link_is_broken(handbook: Handbook, theme: str) -> None:
    """Expected: every address in a page of ours leads to a file of the site, assets and old ids included."""
    site = handbook(SITES[theme], "playbook: {under: partners}")
    pages = list((site / "partners").rglob("*.html"))
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
    assert 'url=../acme/"' in (site / "partners/partners/old-acme/index.html").read_text("utf-8")


@pytest.mark.parametrize("theme", SITES)
def test_our_pages_have_what_they_need(handbook: Handbook, theme: str) -> None:
    """Expected: the style sheet and the scripts, on each page of ours alone; what the extensions make, as on a site of
    its own; the directory has its rows; the theme prints no file of data.
    """
    site = handbook(SITES[theme], "playbook: {under: partners}")
    home, directory = ((site / path / "index.html").read_text("utf-8") for path in ("partners", "partners/partners"))

    assert '<link rel="stylesheet" href="assets/playbook.css">' in home
    assert '<script src="../assets/directory.js" defer></script>' in directory
    assert '<script src="rows.js" data-page-end="/" defer></script>' in directory
    assert "playbook.css" not in (site / "index.html").read_text("utf-8")
    assert 'id="answers"' in home
    assert "partners.yml#L" not in home
    assert (site / "partners/partners/acme.md").read_text("utf-8").startswith("# ")
    assert not (site / "index.md").exists()
    assert not (site / ".playbook-site").exists()
    assert json.loads((site / "partners/inventory.json").read_text("utf-8"))


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
