"""`playbook pages --for ENGINE`: what a project takes along from a company's settings, and what it refuses."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import Result

from tests.kit import MKDOCS, TAXONOMY, contents, data_in, inventory, ran, run

ENGINES = ("mkdocs", "properdocs", "zensical")
SETTINGS = {"mkdocs": "mkdocs.yml", "properdocs": "properdocs.yml", "zensical": "mkdocs.yml"}


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small company with a page and a look of its own; the working directory."""
    place = tmp_path / "company"
    partners = "departments: [{id: sales, name: Sales, partners: []}]\n"
    data_in(place, **{"data/taxonomy.yml": TAXONOMY, "data/partners.yml": partners, "mkdocs.yml": MKDOCS})
    data_in(place, **{"docs/about/us.md": "# About us\n", "overrides/partials/copyright.html": "Ours\n"})
    monkeypatch.chdir(place)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    return place


def project(engine: str, *more: str, out: str = "../project") -> Result:
    """What the command says when it writes the project of the company."""
    return run("pages", "--for", engine, "--out", out, *more)


def settings(engine: str) -> str:
    """The settings of the project."""
    return Path("../project", SETTINGS[engine]).read_text("utf-8")


def build(engine: str) -> None:
    """Let the engine build the project, strictly."""
    done = ran("-m", engine, "build", "--strict", cwd=Path("../project"))
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_engine_that_nobody_knows(company: Path) -> None:
    """The nearest is named, and nothing is written."""
    result = project("zensicle")

    assert result.exit_code == 2
    assert "'zensicle' is no engine" in result.output
    assert "did you mean 'zensical'?" in result.output
    assert not Path("../project").exists()


def test_a_section_that_is_too_long_for_the_search(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Zensical ends at a section of so much text: the page is taken out of its search, which is said; sections that no
    search is to find do not count, nor does what is no page.
    """
    partners = inventory(*["types: [agent], owner: null, notes: A long remark about what was agreed."] * 20)
    data_in(company, **{"data/partners.yml": partners})
    monkeypatch.setattr("generator.mkdocs_plugin.project._SECTION", 1000)
    result = project("zensical")

    assert result.exit_code == 0, result.output
    assert "The search of Zensical has no landscape.md: a section of it is too long." in result.output
    left_out = 'search: {"exclude": true}\n---\n'
    assert left_out in Path("../project/docs/landscape.md").read_text("utf-8")
    for path in ("departments/sales.md", "partners/p1.md", "inventory.json"):
        assert left_out not in Path("../project/docs", path).read_text("utf-8")
        assert path not in result.output
    # It had a rank, which gives way.
    assert "The search of Zensical has no editors/fields.md:" in result.output
    front = Path("../project/docs/editors/fields.md").read_text("utf-8").split("\n---\n")[0]
    assert front.count("search: ") == 1
    assert f"{front}\n---\n".endswith(left_out)
    project("mkdocs", out="../theirs")
    assert 'search: {"boost": 0.1}' in Path("../theirs/docs/editors/fields.md").read_text("utf-8")
    assert left_out not in Path("../theirs/docs/landscape.md").read_text("utf-8")


@pytest.mark.long
@pytest.mark.parametrize("out", [".", "data", "data/x", "docs", "docs/x", "overrides/x", ".."])
@pytest.mark.parametrize("engine", ENGINES)
def test_no_project_within_what_it_is_made_from(company: Path, engine: str, out: str) -> None:
    """Nor around it: a build would read its own work."""
    (company / "mkdocs.yml").write_text(MKDOCS.replace("material", "material, custom_dir: overrides"), "utf-8")
    before = contents(company.parent)

    result = project(engine, out=out)

    assert result.exit_code == 2
    assert "must stay apart from it" in result.output
    assert contents(company.parent) == before


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
def test_a_second_run_changes_what_has_changed(company: Path, engine: str) -> None:
    """A page of the company that is gone goes, and what others put there stays."""
    project(engine)
    data_in(Path("../project"), **{"site/index.html": "built", "note.txt": "mine"})
    (company / "docs" / "about" / "us.md").unlink()

    result = project(engine)

    assert "2 written" in result.output or "1 written" in result.output
    assert "1 removed" in result.output
    assert not Path("../project/docs/about").exists()
    assert "about/us.md" not in settings(engine)
    assert Path("../project/note.txt").read_text("utf-8") == "mine"
    assert Path("../project/site/index.html").exists()


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
def test_a_file_that_was_edited_stays(company: Path, engine: str) -> None:
    """Then nothing is written at all."""
    project(engine)
    Path("../project", SETTINGS[engine]).write_text("site_name: Mine\n", "utf-8")

    result = project(engine)

    assert result.exit_code == 2
    assert "was edited by hand" in result.output
    assert settings(engine) == "site_name: Mine\n"


def test_without_settings(company: Path) -> None:
    """The kit's are enough, as for `playbook build`; pages of the company are in the nav."""
    (company / "mkdocs.yml").unlink()

    result = project("mkdocs")

    assert result.exit_code == 0, result.output
    assert "site_name: Partner Playbook" in settings("mkdocs")
    assert "- About:\n  - about/us.md" in settings("mkdocs")
    assert "playbook:" not in settings("mkdocs")
    assert "site_url" not in settings("mkdocs")


def test_the_nav_of_the_company(company: Path) -> None:
    """It wins, as everything does that mkdocs.yml says, or what it inherits."""
    data_in(
        company,
        **{"base.yml": "copyright: Ours\nnav:\n- Start: index.md\n", "mkdocs.yml": f"INHERIT: base.yml\n{MKDOCS}"},
    )

    assert project("properdocs").exit_code == 0
    assert "copyright: Ours\n" in settings("properdocs")
    assert "nav:\n- Start: index.md\n" in settings("properdocs")
    assert "INHERIT" not in settings("properdocs")


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
def test_values_with_tags(company: Path, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes from the environment is not written down, nor is code run; the engines know these tags themselves."""
    monkeypatch.setenv("KEY", "secret-value")
    more = """\
site_url: !ENV [ADDRESS, https://playbook.example/]
extra_css: [!ENV [NONE, own.css]]
extra:
  analytics: {provider: custom, property: !ENV KEY}
markdown_extensions:
- pymdownx.superfences:
    custom_fences:
    - {name: mermaid, class: mermaid, format: !!python/name:pymdownx.superfences.fence_code_format }
- toc: {slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}}
"""
    (company / "mkdocs.yml").write_text(MKDOCS + more, "utf-8")

    result = project(engine)

    assert result.exit_code == 0, result.output
    written = settings(engine)
    assert "secret-value" not in written
    assert "property: !ENV 'KEY'" in written
    assert "- !ENV [NONE, own.css]" in written
    assert "site_url: !ENV [ADDRESS, 'https://playbook.example/']" in written
    assert "!!python/name:pymdownx.superfences.fence_code_format" in written
    assert "!!python/object/apply:pymdownx.slugs.slugify" in written


@pytest.mark.long
@pytest.mark.parametrize(
    "more",
    [
        "not_in_nav: !ENV [NONE, /x/]\n",
        "extra: !ENV [NONE, {edit_base: 'https://x/'}]\n",
        "plugins: [playbook, !ENV [NONE, search]]\n",
        "plugins: {playbook: {}, search: !ENV [NONE]}\n",
        "markdown_extensions: [tables: !ENV [NONE]]\n",
        "validation: {links: !ENV [NONE, {not_found: info}]}\n",
    ],
)
def test_tags_where_the_kit_adds_its_own(company: Path, more: str) -> None:
    """There the value counts, or nothing could be added to it."""
    rest = MKDOCS.replace("plugins: [playbook]\n", "") if "plugins" in more else MKDOCS
    (company / "mkdocs.yml").write_text(rest + more, "utf-8")

    result = project("mkdocs")

    assert result.exit_code == 0, result.output
    assert "!ENV" not in settings("mkdocs")


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
def test_paths_relative_to_the_page(company: Path, engine: str) -> None:
    """Zensical ends at the tag: there the option is left out, and named."""
    more = "markdown_extensions:\n- pymdownx.snippets:\n    base_path:\n    - !relative\n    check_paths: true\n"
    (company / "mkdocs.yml").write_text(MKDOCS + more, "utf-8")

    result = project(engine)

    assert ("base_path of pymdownx.snippets was left out" in result.output) == (engine == "zensical")
    assert ("!relative" in settings(engine)) == (engine != "zensical")
    assert "check_paths: true" in settings(engine)


@pytest.mark.site
@pytest.mark.parametrize("engine", ENGINES)
def test_hooks_and_plugins_of_the_company(company: Path, engine: str) -> None:
    """MkDocs and ProperDocs run both; for Zensical the hook stays behind, and both are named."""
    hook = "def on_page_markdown(markdown, **kwargs):\n    return markdown.replace('About', 'All about')\n"
    data_in(company.parent / "shared", **{"all.py": hook})
    more = "hooks: [../shared/all.py]\n"
    plugins = MKDOCS.replace("[playbook]", "[playbook, tags, typeset]")
    (company / "mkdocs.yml").write_text(plugins + more, "utf-8")

    result = project(engine)

    assert result.exit_code == 0, result.output
    build(engine)
    page = Path("../project/site/about/us/index.html").read_text("utf-8")
    if engine == "zensical":
        assert "The hook ../shared/all.py was left out: Zensical runs none." in result.output
        assert "The plugin typeset does nothing, unless Zensical has something of that name." in result.output
        assert "hooks" not in settings(engine)
        assert "All about us" not in page
    else:
        assert "hooks/_/shared/all.py was copied; what it reads or imports beside itself was not." in result.output
        assert "All about us" in page


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
def test_files_that_options_name(company: Path, engine: str) -> None:
    """They are not copied, since nobody knows what else they name; the command says so."""
    more = "markdown_extensions: [{pymdownx.snippets: {auto_append: [parts/end.md], base_path: [parts]}}]\n"
    data_in(company, **{"parts/end.md": "The end.\n", "mkdocs.yml": MKDOCS + more})

    assert "parts/end.md, which pymdownx.snippets auto_append names, was not copied." in project(engine).output


@pytest.mark.site
def test_a_theme_that_is_not_material(company: Path) -> None:
    """MkDocs gets plain pages for it; Zensical has no such theme."""
    (company / "mkdocs.yml").write_text(MKDOCS.replace("material", "readthedocs"), "utf-8")

    refused, result = project("zensical"), project("mkdocs")

    assert refused.exit_code == 2
    assert "Zensical builds with the theme material alone" in refused.output
    assert "'readthedocs'" in refused.output
    assert result.exit_code == 0, result.output
    assert "The directory shows no rows in the theme readthedocs" in result.output
    assert not Path("../project/look/playbook.html").exists()
    build("mkdocs")


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
def test_pages_below_a_folder(company: Path, engine: str) -> None:
    """A guest in another site needs the plugin: it alone reads our pages in another way than those of the site."""
    (company / "mkdocs.yml").write_text(MKDOCS.replace("[playbook]", "[playbook: {under: partners}]"), "utf-8")

    result = project(engine)

    assert result.exit_code == 2
    assert "puts the pages under 'partners', for which every engine needs the plugin" in result.output
    assert not Path("../project").exists()


@pytest.mark.parametrize("engine", ENGINES)
def test_links_in_the_folder_of_pages(company: Path, engine: str) -> None:
    """They could carry files from elsewhere into what is published."""
    (company / "docs" / "more.md").symlink_to(company / "mkdocs.yml")

    result = project(engine)

    assert result.exit_code == 1
    assert "more.md is a symbolic link" in result.output
    assert not Path("../project").exists()


def test_a_page_in_the_place_of_ours(company: Path) -> None:
    """It is refused as a build refuses it."""
    data_in(company, **{"docs/people.md": "# Mine\n"})

    result = project("mkdocs")

    assert result.exit_code == 1
    assert "stands where the page people.md belongs" in result.output


@pytest.mark.skipif(os.name == "nt", reason="a backslash separates folders there")
def test_a_name_that_is_a_path_elsewhere(company: Path) -> None:
    """A project can be taken to another system."""
    data_in(company, **{"docs/a\\b.md": "# Mine\n"})

    result = project("zensical")

    assert result.exit_code == 2
    assert "has a backslash in its name" in result.output


@pytest.mark.parametrize("text", ["site_name: [", "theme: {name: material}\nplugins: [playbook]\n", "site_name: T\n"])
def test_settings_that_cannot_be_used(company: Path, text: str) -> None:
    """They are wrong usage, as for a build."""
    (company / "mkdocs.yml").write_text(text, "utf-8")

    result = project("mkdocs")

    assert result.exit_code == 2, result.output
    assert not Path("../project").exists()
