"""Files of ours that are no pages: made when somebody asks for them, and never instead of what somebody else gave."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator.mkdocs_plugin import on_request
from generator.mkdocs_plugin.on_request import OnRequest
from generator.mkdocs_plugin.plugin import PlaybookPlugin
from tests.kit import MKDOCS, data_in, inventory, run, world_in

pytestmark = pytest.mark.site

HOOK = """\
def on_files(files, config):
    files.get_file_from_path("inventory.json").content_string = '{"ours": true}'
    files.get_file_from_path("llms.txt").content_bytes = files.get_file_from_path("llms.txt").content_bytes[:1]
"""


def files_of(site: Path) -> set[Path]:
    """The paths of its files, but for those of the search, which are named after what they hold: in which order too."""
    found = {path.relative_to(site) for path in site.rglob("*.*") if path.is_file()}
    return {path for path in found if path.parts[0] != "search"}


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    world_in(tmp_path / "data", partners=inventory("types: [shop], owner: ann"))
    monkeypatch.chdir(tmp_path)
    return data_in(tmp_path, **{"mkdocs.yml": MKDOCS, "docs/office.md": "# Office\n"})


def test_a_hook_puts_something_else_there(company: Path) -> None:
    """Expected: what it gave is in the site, whether it looked at ours before or not."""
    data_in(company, **{"hook.py": HOOK, "mkdocs.yml": f"{MKDOCS}hooks: [hook.py]\n"})
    assert run("build").exit_code == 0
    assert json.loads((company / "site" / "inventory.json").read_text("utf-8")) == {"ours": True}
    assert (company / "site" / "llms.txt").read_text("utf-8") == "#"


def test_while_serve_runs_they_come_when_they_are_asked_for(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: the inventory of the data as they are, once; and in the end every file that a build would make."""
    assert run("build").exit_code == 0
    whole = files_of(company / "site")
    monkeypatch.setattr(on_request, "_PAUSE", 1000)
    monkeypatch.setattr(PlaybookPlugin, "requests", requests := OnRequest())
    site = company / "served"
    build(load_config("mkdocs.yml", site_dir=str(site)))

    assert not (site / "inventory.json").exists()
    assert requests.ask("inventory.json")
    assert not requests.ask("inventory.json")
    assert (site / "inventory.json").read_bytes() == (company / "site" / "inventory.json").read_bytes()
    for path in whole:
        requests.ask(path.as_posix())
    assert whole == files_of(site)
