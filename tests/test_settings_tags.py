"""Tags in mkdocs.yml that MkDocs knows stay in force beside the kit's settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit import inventory, run, world_in


@pytest.mark.site
@pytest.mark.parametrize(
    ("tag", "stands"),
    [('!relative ""', "docs/own"), ("!relative $docs_dir", "docs"), ("!relative $config_dir/more", "more")],
)
def test_a_path_is_relative_to_what_its_tag_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tag: str, stands: str
) -> None:
    """To the page that asks for it, to the folder of pages, to that of mkdocs.yml."""
    snippets = f"pymdownx.snippets: {{base_path: [{tag}], check_paths: true}}"
    settings = f"site_name: T\ntheme: {{name: material}}\nplugins: [playbook]\nmarkdown_extensions:\n- {snippets}\n"
    (tmp_path / "mkdocs.yml").write_text(settings, "utf-8")
    for folder in ("docs/own", "more"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / stands / "words.txt").write_text("Words from a file.\n", "utf-8")
    (tmp_path / "docs" / "own" / "page.md").write_text('# Own\n\n--8<-- "words.txt"\n', "utf-8")

    world_in(tmp_path / "data", partners=inventory(acme="types: [shop], owner: ann"))
    monkeypatch.chdir(tmp_path)
    done = run("build")

    assert done.exit_code == 0, done.output
    assert "Words from a file." in (tmp_path / "site" / "own" / "page" / "index.html").read_text("utf-8")
