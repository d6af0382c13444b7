"""What a company begins with: everything of the sample where it asks for it, and else no word of it."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import kit
from generator.boundary import Exit
from generator.model import Playbook
from generator.source import data_files
from tests.kit import contents, git, loaded, run
from tests.sample.conftest import DATA


def test_the_taxonomy_is_the_reference() -> None:
    """Byte for byte: the sample uses it as it is."""
    assert (DATA / "taxonomy.yml").read_bytes() == kit.TAXONOMY.read_bytes()


@pytest.mark.site
@pytest.mark.parametrize("options", [("--host", "gitlab")], ids=["gitlab"])
def test_a_repository_may_begin_with_the_sample(tmp_path: Path, playbook: Playbook, options: tuple[str, ...]) -> None:
    """Its data as it is, on its own day, with nothing asked for; all else as in any other repository."""
    done = run("init", str(tmp_path / "look"), "--sample", *options)
    assert done.exit_code == Exit.FINE, done.output
    begun = contents(tmp_path / "look")

    sample = {f"data/{name}": path.read_bytes() for name, path in data_files(DATA)[0].items()}
    assert {name: content for name, content in begun.items() if name in sample} == sample
    assert "data/history.jsonl" in begun
    assert (".gitlab-ci.yml" in begun) == bool(options)
    assert f"as of {playbook.as_of}." in done.output
    assert set(loaded(tmp_path / "look" / "data").partners) == set(playbook.partners)
    assert all(f"site/partners/{partner}/index.html" in begun for partner in playbook.partners)


def words(playbook: Playbook) -> set[str]:
    """Who and what is the sample's alone: ids, names, titles, hosts, and how it calls its contracts."""
    lists = (
        *(playbook.departments, playbook.people, playbook.partners, playbook.offers, playbook.routes),
        *(playbook.objectives, playbook.programs, playbook.tools, playbook.skills),
    )
    named = [one for things in lists for one in things.values()]
    texts = "\n".join(path.read_text("utf-8") for path in DATA.glob("*.yml"))
    company = playbook.settings.company
    return {
        *(one.id for one in named),
        *(getattr(one, "name", "") or getattr(one, "title", "") for one in named),
        *(company, company.split()[0]),
        *re.findall(r"[\w.-]+\.example\b", texts),
        *re.findall(r"(?<=ref: )\w+-\w+", texts),
    }


@pytest.mark.site
@pytest.mark.parametrize(("types", "host"), [("all", "github"), ("three", "gitlab")])
def test_a_companys_own_knows_no_word_of_the_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, playbook: Playbook, types: str, host: str
) -> None:
    """Neither in the repository nor on its site, in its feeds or in what editors propose; nor in the history."""
    ours = tmp_path / "ours"
    # Its first site would be replaced by the one that has a history.
    monkeypatch.setattr(importlib.import_module("generator.cli.init"), "write_site", lambda *_: Exit.FINE)
    options = ("--company", "Acme Trams", "--department", "Field Sales", "--types", types, "--host", host)
    assert run("init", str(ours), *options).exit_code == Exit.FINE
    kind = next(iter(loaded(ours / "data", playbook.as_of).types))
    data = ("--data", str(ours / "data"))
    git(ours, "init", "--quiet")
    for name in ("Abe Works", "Zed Works"):
        partner = ("--name", name, "--type", kind, "--owner", "nobody", "--department", "field-sales")
        assert run("new", "partner", *partner, *data).exit_code == Exit.FINE
        git(ours, "add", "--all")
        git(ours, "commit", "--quiet", "--message=x")
    site = ("--config", str(ours / "mkdocs.yml"), "--site-dir", str(ours / "site"))
    assert run("build", *site, *data).exit_code == Exit.FINE
    texts = {
        name: content.decode("utf-8", "replace")
        for name, content in contents(ours).items()
        if not name.startswith(".git/")
    }

    assert "Zed Works" in texts["site/changes.atom"]
    sample = sorted(word.casefold() for word in words(playbook))
    assert len(sample) > 300
    assert {name: found for name, text in texts.items() if (found := [*said(text.casefold(), sample)])} == {}


def said(text: str, words: list[str]) -> Iterator[str]:
    """Those of the words that stand in a text by themselves."""
    for word in words:
        if word in text and re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text):
            yield word
