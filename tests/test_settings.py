"""The settings of a site: the kit's, and where mkdocs.yml says something itself, that."""

from __future__ import annotations

from datetime import date
from logging import DEBUG
from pathlib import Path
from typing import Any

import mkdocs.commands.serve
import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from generator import kit
from generator.boundary import Exit
from generator.mkdocs_plugin import Source, serve
from generator.mkdocs_plugin.settings import merged, written
from tests.kit import MKDOCS, contents, data_in, inventory, run, world_in

MATERIAL = "theme: {name: material}\n"
PLAIN = "site_name: T\ntheme: {name: mkdocs}\nplugins: [playbook]\n"


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with data and nothing else; the working directory."""
    world_in(tmp_path / "data", partners=inventory(acme="types: [shop], owner: ann"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(company: Path, settings: str) -> MkDocsConfig:
    """What a build goes by when mkdocs.yml says this."""
    data_in(company, **{"mkdocs.yml": settings, "docs/own.md": "# Own\n"})
    config = load_config(str(company / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    return config.plugins.on_config(config)


@pytest.mark.site
def test_three_lines_are_enough(company: Path) -> None:
    """Expected: with a name, the theme and the plugin, or without mkdocs.yml, the site is the same to the byte."""
    assert run("build", "--site-dir", "without").exit_code == Exit.FINE
    data_in(company, **{"mkdocs.yml": f"site_name: Partner Playbook\n{MATERIAL}plugins: [playbook]\n"})
    assert run("build", "--site-dir", "with").exit_code == Exit.FINE
    without, given = contents(company / "without"), contents(company / "with")
    home = given["index.html"].decode()

    assert without == given
    for brought in ("assets/look.css", "assets/playbook.css", "assets/directory.js", 'href="coverage/"', "__search"):
        assert brought in home
    assert "fonts.googleapis" not in home


@pytest.mark.site
@pytest.mark.parametrize("settings", [None, MKDOCS], ids=["without mkdocs.yml", "with it"])
def test_own_pages_join_the_nav(company: Path, settings: str | None) -> None:
    """Expected: behind our pages, those of a folder under its name; also where nothing is said of them anywhere."""
    data_in(company, **{"docs/how-we-work/pay.md": "# How we pay\n", "docs/contact.md": "# Contact\n"})
    if settings:
        data_in(company, **{"mkdocs.yml": settings})
    assert run("build").exit_code == Exit.FINE
    home = (company / "site/index.html").read_text("utf-8")

    assert home.index("For editors") < home.index("Contact") < home.index("How we work")
    assert 'href="how-we-work/pay/"' in home


WINS: dict[str, tuple[str, Any, Any]] = {
    "features": ("theme: {name: material, features: [toc.follow]}\n", lambda c: c.theme["features"], ["toc.follow"]),
    "font": ("theme: {name: material, font: {text: Inter}}\n", lambda c: c.theme["font"], {"text": "Inter"}),
    "logo": ("theme: {name: material, logo: a.png}\n", lambda c: c.theme["logo"], "a.png"),
    "edit": ("extra: {edit_base: https://x/}\n", lambda c: c.extra["edit_base"], "https://x/"),
    "toc": ("markdown_extensions: [toc: {permalink: false}]\n", lambda c: c.mdx_configs["toc"]["permalink"], False),
    "search": (
        "plugins: [playbook, search: {separator: x}]\n",
        lambda c: c.plugins["material/search"].config["separator"],
        "x",
    ),
    "search by its whole name": (
        "plugins: [playbook, material/search: {separator: x}]\n",
        lambda c: [name for name in c.plugins if "search" in name],
        ["material/search"],
    ),
    "links": ("validation: {links: {anchors: ignore}}\n", lambda c: c.validation.links.anchors, DEBUG),
    "both": (
        "validation: {not_found: ignore}\n",
        lambda c: (c.validation.nav.not_found, c.validation.links.not_found),
        (DEBUG, DEBUG),
    ),
    "nav": ("nav: [own.md]\n", lambda c: c.nav, ["own.md"]),
    "not in nav": ("not_in_nav: /own.md\n", lambda c: c.not_in_nav.match_file("own.md"), True),
    "style sheets": ("extra_css: [a.css]\n", lambda c: c.extra_css[-1], "a.css"),
    "script": ("extra_javascript: [a.js]\n", lambda c: str(c.extra_javascript[-1]), "a.js"),
}


@pytest.mark.site
@pytest.mark.parametrize("name", WINS)
def test_what_mkdocs_yml_says_wins(company: Path, name: str) -> None:
    """Expected: it stays as it is said, and the rest is brought all the same."""
    settings, got, expected = WINS[name]
    rest = "".join(line for line in ("site_name: T\n", MATERIAL, "plugins: [playbook]\n") if line[:5] not in settings)
    config = read(company, rest + settings)

    assert got(config) == expected
    assert config.extra["generator"] is False
    assert "assets/playbook.css" in config.extra_css
    assert "attr_list" in config.markdown_extensions
    assert config.plugins["material/search"].config["fields"]["tags"] == {"boost": 1}


def test_settings_are_merged_without_being_changed() -> None:
    """Expected: what is given stays as it was, since a server reads it again and again."""
    theirs = {"theme": {"name": "material"}, "plugins": ["playbook", {"search": {"lang": "en"}}], "extra": {"a": 1}}
    before = repr(theirs)
    both = merged(theirs, "material")

    assert repr(theirs) == before
    assert both["plugins"]["search"]["lang"] == "en"
    assert both["plugins"].keys() == {"playbook", "search", "offline"}
    assert both["theme"]["font"] is False
    assert merged({}, "material")["nav"] == written(kit.SETTINGS)["nav"]


@pytest.mark.site
@pytest.mark.parametrize(("extends", "said"), [("base.html", True), ("playbook.html", False)])
def test_a_main_template_of_ones_own(company: Path, extends: str, said: bool) -> None:
    """Expected: one that forgets ours is named, with what to write; one that extends it keeps what stands there."""
    block = f'{{% extends "{extends}" %}}{{% block footer %}}OURS{{% endblock %}}'
    settings = MKDOCS.replace("{name: material}", "{name: material, custom_dir: look}")
    data_in(company, **{"look/main.html": block, "mkdocs.yml": settings})
    result = run("build")
    home = (company / "site/index.html").read_text("utf-8")

    assert result.exit_code == Exit.FINE
    assert ('let it extend "playbook.html", not "base.html"' in result.stderr) is said
    assert "OURS" in home
    assert ("assets/search.js?" in home) is not said


@pytest.mark.site
def test_another_theme(company: Path) -> None:
    """Expected: the site is built with plain pages, and the command says that they are; no file of Material's look."""
    data_in(company, **{"mkdocs.yml": PLAIN})
    result = run("build")
    site = contents(company / "site")

    assert result.exit_code == Exit.FINE
    assert "The theme is not Material: the pages are plain in it" in result.stderr
    assert {"assets/playbook.css", "assets/directory.js", "partners/rows.js"} <= site.keys()
    assert "assets/look.css" not in site
    assert b'src="rows.js" data-page-end="/"' in site["partners/index.html"]
    assert b"md-typeset pb-plain" in site["index.html"]


def test_a_server_needs_no_settings(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: MkDocs is given a file that exists while it serves, and the pages in docs/, where there are any."""
    served: list[dict[str, Any]] = []

    def noted(file: str, **options: Any) -> None:
        served.append({**options, "plugins": [*load_config(file, docs_dir=options["docs_dir"]).plugins]})

    monkeypatch.setattr(mkdocs.commands.serve, "serve", noted)
    for there in (False, True):
        if there:
            (company / "docs").mkdir()
        serve(None, lambda _: Source(company / "data", date(2026, 6, 1), strict=False), "127.0.0.1:1")
    without, with_docs = served

    assert without["plugins"] == with_docs["plugins"] == ["playbook"]
    assert with_docs["docs_dir"] == str(company / "docs")
    assert without["docs_dir"] != with_docs["docs_dir"]
    assert sorted(path.name for path in company.iterdir()) == ["data", "docs"]


@pytest.mark.parametrize("file", ["none.yml", "data"])
def test_settings_that_are_named_and_not_there(company: Path, file: str) -> None:
    """Expected: wrong usage; the kit's settings take the place of none that was asked for."""
    result = run("build", "--config", file)

    assert result.exit_code == Exit.USAGE
    assert "--config" in result.output
    assert not (company / "site").exists()


@pytest.mark.parametrize(
    "settings", ["a: [", "- a\n", "5\n", "a\n", "\udcff", "docs_dir: nowhere\nsite_name: T\nplugins: [playbook]\n"]
)
def test_settings_that_cannot_be_read(company: Path, settings: str) -> None:
    """Expected: what MkDocs says of them, and no traceback, also where there is no docs/ beside them."""
    (company / "mkdocs.yml").write_bytes(settings.encode("utf-8", "surrogateescape"))
    result = run("build")

    assert result.exit_code == Exit.USAGE
    assert "Traceback" not in result.output
    assert "bug of playbook" not in result.output
