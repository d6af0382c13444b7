"""What mkdocs.yml and the environment ask for, commands build, too; what the command line says counts more."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.boundary import Exit
from generator.mkdocs_plugin import Failed, PluginOptions, Source, serve
from tests.kit import TAXONOMY, data_in, mkdocs, run

NOTE = "Between us alone"
SETTINGS = "as_of: 2026-06-01\naudiences: [{id: all, name: All, hides: [notes, findings]}]\n"
PARTNERS = f"""\
departments:
  - id: sales
    name: Sales
    partners: [{{id: acme, name: Acme, types: [agent], owner: null, notes: {NOTE}}}]
"""


@pytest.fixture(autouse=True)
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A company with a secret in its data, and one warning; the working directory."""
    data_in(tmp_path / "data", taxonomy=TAXONOMY, partners=PARTNERS, settings=SETTINGS)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    asks("{}")
    return tmp_path


def asks(options: str, more: str = "") -> None:
    Path("mkdocs.yml").write_text(f"site_name: T\ntheme: material\nplugins: [playbook: {options}]\n{more}")


def said(folder: str = "site") -> str:
    """All the text below a folder."""
    return "".join(path.read_text("utf-8", "replace") for path in Path(folder).rglob("*") if path.is_file())


def test_an_audience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: nothing that it does not see is in what any command writes, whichever way it was named; the command
    line may ask for another site, which is then not taken for the same.
    """
    asks("{audience: all}")
    assert run("build").output.startswith("1 warning in 1 file: `playbook check` lists them.\n")
    assert NOTE not in said()
    assert run("pages", "--out", "pages").exit_code == Exit.FINE
    assert NOTE not in said("pages")
    assert run("pages", "--out", "project", "--for", "mkdocs").exit_code == Exit.FINE
    assert NOTE not in said("project")
    assert run("build", "--audience", "").exit_code == Exit.FINE
    assert NOTE in said()
    assert "nothing has changed" not in run("build").output

    asks("{}")
    monkeypatch.setenv("PLAYBOOK_AUDIENCE", "all")
    assert "nothing has changed" not in run("build").output
    assert NOTE not in said()
    assert "nothing has changed" in run("build").output
    monkeypatch.setenv("PLAYBOOK_AUDIENCE", "none")
    for command in (("build",), ("pages", "--out", "pages"), ("serve",)):
        assert "there is no audience 'none'" in run(*command).output


def test_folders_and_a_day(company: Path) -> None:
    """Expected: the data are found and the site is put where mkdocs.yml says, and a second build knows that."""
    Path("data").rename("inventory")
    asks("{data: inventory, as_of: 2026-05-01}", "site_dir: public\n")
    assert "The site is in public: " in run("build").output
    assert "2026-05-01" in said("public")
    assert run("build").output.endswith("as of 2026-05-01; nothing has changed since it was built.\n")
    assert not Path("site").exists()
    result = run("build", "--as-of", "2026-05-02", "--site-dir", "here", "--data", str(company / "inventory"))
    assert "The site is in here: " in result.output
    assert "as of 2026-05-02." in result.output
    assert "there is no folder 'data'" in run("build", "--data", "data").output


def test_strictness(monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: warnings fail where either says so."""
    asks("{strict: true}")
    assert run("build").exit_code == Exit.PROBLEMS
    asks("{}")
    monkeypatch.setenv("PLAYBOOK_STRICT", "true")
    assert run("build").exit_code == Exit.PROBLEMS
    monkeypatch.setenv("PLAYBOOK_STRICT", "perhaps")
    result = run("build")
    assert (result.exit_code, result.stderr) == (Exit.USAGE, "the option strict is true or false, not 'perhaps'\n")


@pytest.mark.parametrize(
    ("options", "more", "typed"),
    [
        ("{data: inventory}", "", ("--data", "data")),
        ("{}", "site_dir: public\n", ("--site-dir", "site")),
        ("{as_of: 2028-01-01}", "", ("--as-of", "2028-01-02")),
        ("{audience: all}", "", ("--audience", "")),
    ],
)
def test_a_site_that_was_built_with_options(options: str, more: str, typed: tuple[str, str]) -> None:
    """Expected: it is not taken for the one that mkdocs.yml asks for."""
    shutil.copytree("data", "inventory")
    asks(options, more)
    for arguments in (typed, ()):
        assert "nothing has changed" not in run("build", *arguments).output
    assert "nothing has changed" in run("build").output


@pytest.mark.parametrize(
    "settings",
    [
        "site_name: T\nplugins: [search]\n",
        "site_name: T\nplugins: [nobody-has-this]\ntheme: {name: nobodys}\ndocs_dir: nowhere\n",
        "site_name: T\nplugins: [playbook: {enabled: false}]\n",
    ],
    ids=["other", "strange", "off"],
)
def test_pages_for_a_site_without_the_plugin(settings: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: what else its settings say is nothing to us; what the environment asks for is."""
    Path("mkdocs.yml").write_text(settings)
    assert run("pages", "--out", "pages").exit_code == Exit.FINE
    assert NOTE in said("pages")
    monkeypatch.setenv("PLAYBOOK_AUDIENCE", "all")
    assert run("pages", "--out", "pages").exit_code == Exit.FINE
    assert NOTE not in said("pages")
    assert run("pages", "--out", "project", "--for", "mkdocs").exit_code == Exit.USAGE


def test_pages_by_other_settings(company: Path) -> None:
    """Expected: a file elsewhere names what stands beside it, also where it says what is usual."""
    (company / "team").mkdir()
    data_in(company / "team" / "data", taxonomy=TAXONOMY, partners=PARTNERS.replace(NOTE, "Of the team"))
    (company / "team" / "mkdocs.yml").write_text("site_name: T\nplugins: [playbook: {data: data}]\n")
    assert run("pages", "--out", "pages", "--config", "team/mkdocs.yml").exit_code == Exit.FINE
    assert "Of the team" in said("pages")
    assert run("pages", "--out", "pages").exit_code == Exit.FINE
    assert NOTE in said("pages")


def test_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: they count without any settings; one that is empty says nothing; figures are told as an unknown id."""
    Path("mkdocs.yml").unlink()
    Path("data").rename("inventory")
    assert "there is no folder 'data'" in run("build").output
    monkeypatch.setenv("PLAYBOOK_DATA", "inventory")
    assert run("build").exit_code == Exit.FINE
    assert NOTE in said()
    for name in ("PLAYBOOK_AUDIENCE", "PLAYBOOK_STRICT", "PLAYBOOK_AS_OF"):
        monkeypatch.setenv(name, "")
    assert run("build").exit_code == Exit.FINE
    for value, told in (("2027", "there is no audience '2027'"), ("true", "is an id: put it in quotes")):
        monkeypatch.setenv("PLAYBOOK_AUDIENCE", value)
        result = run("build")
        assert result.exit_code == Exit.USAGE
        assert told in result.output
    monkeypatch.setenv("PLAYBOOK_DATA", "nowhere")
    monkeypatch.delenv("PLAYBOOK_AUDIENCE")
    assert "data, in mkdocs.yml or the environment: there is no folder 'nowhere'" in run("build").output


def test_serve_follows_what_mkdocs_yml_says(monkeypatch: pytest.MonkeyPatch, company: Path) -> None:
    """Expected: what was typed stays; all else is what the settings say when a build begins."""
    made: list[Callable[[PluginOptions], Source]] = []
    monkeypatch.setattr("generator.mkdocs_plugin.serve", lambda _file, commanded, _address: made.append(commanded))
    assert run("serve", "--as-of", "2026-05-05").exit_code == Exit.FINE
    first = made[0](PluginOptions(None, None, strict=False, audience=""))
    later = made[0](PluginOptions(company / "inventory", date(2026, 7, 7), strict=False, audience="all"))
    assert first == Source(company / "data", date(2026, 5, 5), strict=False)
    assert later == Source(company / "inventory", date(2026, 5, 5), strict=False, audience="all")


def test_a_plugin_that_stands_twice() -> None:
    """Expected: one line, in every way to build, and nothing is written by what one of the two says."""
    Path("mkdocs.yml").write_text(
        "site_name: T\ntheme: material\nplugins: [playbook: {audience: all}, search, playbook]\n"
    )
    commands = (("build",), ("serve",), ("pages", "--out", "pages"), ("pages", "--out", "project", "--for", "mkdocs"))
    for result in (*(run(*command) for command in commands), mkdocs("build")):
        assert result.exit_code != Exit.FINE
        assert "playbook stands more than once under plugins: delete all but one" in result.output
        assert "Traceback" not in result.output
    assert not Path("pages").exists()


@pytest.mark.parametrize(
    ("plugins", "offline"),
    [("playbook", False), ("playbook, offline", True), ("playbook, material/offline", True),
     ("playbook, offline: {enabled: false}", False), ("playbook, offline: {}", True)],
)  # fmt: skip
def test_offline(plugins: str, offline: bool) -> None:
    """Expected: whoever lists the plugin wants it on; by itself it is off."""
    Path("mkdocs.yml").write_text(f"site_name: T\ntheme: material\nplugins: [{plugins}]\n")
    assert run("build").exit_code == Exit.FINE
    assert Path("site/ownership.html").exists() is offline
    assert Path("site/search/search_index.js").exists() is offline


@pytest.mark.parametrize("base", ["https://git.example/edit/main", "https://git.example/edit/main/"])
def test_edit_links(base: str) -> None:
    """Expected: they lead to the files with or without a slash; those of an audience's site lead nowhere."""
    asks("{}", f"extra: {{edit_base: '{base}'}}\n")
    assert run("build").exit_code == Exit.FINE
    assert 'href="https://git.example/edit/main/data/taxonomy.yml#L1"' in said()
    assert run("build", "--audience", "all").exit_code == Exit.FINE
    assert "git.example" not in said()


@pytest.mark.parametrize("base", ["git@git.example:o/r", "javascript:alert(1)//", "data:text/html,x"])
def test_edit_links_to_no_web_page(base: str) -> None:
    """Expected: no page has such a link, and it is said what to write."""
    asks("{}", f"extra: {{edit_base: '{base}'}}\n")
    result = run("build")
    assert result.exit_code == Exit.PROBLEMS
    assert f"edit_base under extra is {base!r}: write an address that begins with https://" in result.output


def test_a_port_that_is_taken(company: Path) -> None:
    """Expected: which one, and how to name another."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = "{}:{}".format(*taken.getsockname())
        with pytest.raises(Failed, match=f"{address}: address already in use; --addr and --port name another place"):
            serve(company / "mkdocs.yml", lambda _: Source(company / "data", None, strict=False), address)
