"""The site is the same whether the plugin hands the pages over or MkDocs finds them as files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.sinks.swap import MARK, MARK_TEXT
from tests import sites
from tests.kit import contents, data_of, ran


def run(*arguments: str | Path, cwd: Path) -> None:
    done = ran("-m", *arguments, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr


INDEX = "search/search_index.json"


def files(site: Path) -> dict[str, bytes]:
    """What readers get; the sitemap bears the day of the build where MkDocs is on its own."""
    return {path: content for path, content in contents(site).items() if not path.startswith("sitemap.xml")}


def entries(index: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What the search finds; MkDocs lists files of a folder in another order than files in memory."""
    return sorted((doc["location"], doc["title"], doc["text"]) for doc in index["docs"])


@pytest.mark.site
def test_a_site_is_the_same_through_both_sinks(rich_data: Path, rich_site: Path, tmp_path: Path) -> None:
    """Built with the plugin, and strictly without it as `playbook pages --for mkdocs` says: equal to the byte.

    Only the plugin can give the search files of its own: elsewhere the theme reads the whole index on each page.
    """
    (tmp_path / "mkdocs.yml").write_text(sites.SETTINGS, "utf-8")

    command = (
        "generator",
        "pages",
        "--for",
        "mkdocs",
        "--data",
        rich_data,
        "--as-of",
        "2026-11-02",
        "--out",
        "project",
    )
    run(*command, cwd=tmp_path)
    run("mkdocs", "build", "--strict", "--site-dir", "../folder", cwd=tmp_path / "project")

    plugin, folder = files(rich_site), files(tmp_path / "folder")
    assert plugin.pop(MARK) == MARK_TEXT.encode()
    # Only the plugin can put the pages' Markdown beside them: elsewhere it is what the site is built from.
    copies = [path for path in plugin if path.endswith(".md")]
    assert {plugin.pop(path)[:2] for path in copies} == {b"# "}
    ours, theirs = json.loads(plugin[INDEX]), json.loads(folder[INDEX])
    _, texts = (plugin.pop(path) for path in ours["config"].pop("playbook").values())
    assert plugin.keys() == folder.keys()
    assert [path for path in plugin if plugin[path] != folder[path]] == [INDEX]
    assert ours["config"] == theirs["config"]
    assert ours["docs"] == []
    assert entries(data_of(texts)) == entries(theirs)
    assert len(plugin) > 110
    calendars = [path for path in plugin if path.startswith("calendars/")]
    assert len(calendars) > 8
    for path in calendars:
        assert plugin[path].count(b"\r\n") == plugin[path].count(b"\n") > 0
