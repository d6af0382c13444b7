"""What MOVING.md tells forks to type takes the program out, and leaves what is the company's."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.kit import ROOT, git, run, world_in

PAGE = (ROOT / "MOVING.md").read_text("utf-8")

# As they stood in the last version that companies forked; of folders one file each.
PROGRAM = """\
.ci/timings.json
.editorconfig
.gitattributes
.github/ISSUE_TEMPLATE/bug.yml
.github/workflows/check.yml
.gitignore
.gitlab-ci.yml
.pre-commit-config.yaml
CHANGELOG.md
Makefile
README.md
data/schemas/partners.json
docs/assets/directory.js
docs/assets/playbook.js
docs/assets/screenshot.png
docs/assets/search.js
docs/assets/start.js
docs/assets/tables.js
docs/assets/theme/base.js
docs/editors/index.md
docs/editors/publish.md
generator/cli/build.py
overrides/404.html
overrides/partials/javascripts/base.html
overrides/partials/patched.html
overrides/partials/path-and-edit.html
overrides/redirect.html
pyproject.toml
requirements/site.txt
tests/test_cli.py
""".splitlines()
COMPANY = {
    ".github/CODEOWNERS": "/data/ @hexa/partners\n",
    "docs/assets/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
    "docs/assets/ours.css": "h1 { color: teal; }\n",
    "docs/team/about.md": "# Our team\n\nSee [partners](../partners/index.md).\n",
    "overrides/main.html": '{% extends "playbook.html" %}\n{% block announce %}Ask first.{% endblock %}\n',
    "overrides/partials/copyright.html": "(c) Hexa\n",
    "mkdocs.yml": "site_name: Hexa\n"
    "theme: {name: material, custom_dir: overrides}\n"
    "plugins: [playbook]\n"
    "extra_css: [assets/ours.css]\n",
}
PARTNERS = "departments: [{id: sales, name: Sales, partners: [{id: acme, name: Acme, types: [shop], owner: null}]}]\n"


@pytest.mark.site
def test_a_fork_becomes_a_repository_of_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands of the page run as they stand there; with the settings that it describes, the rest is a site."""
    world_in(tmp_path / "data", partners=PARTNERS)
    for path, text in {**dict.fromkeys(PROGRAM, "theirs\n"), **COMPANY}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all", "--force")
    git(tmp_path, "commit", "--quiet", "--message=Our fork")

    taken_out = re.search(r"^## 3\. .*?```console\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL)
    assert taken_out
    for line in re.findall(r"^\$ git (.+)$", taken_out[1], re.MULTILINE):
        git(tmp_path, *shlex.split(line))

    data = {f"data/{path.name}" for path in (tmp_path / "data").iterdir()}
    assert set(git(tmp_path, "ls-files").split("\n")) == data | COMPANY.keys()
    monkeypatch.chdir(tmp_path)
    done = run("build")
    assert (done.exit_code, "WARNING" in done.stderr) == (0, False)
    home = Path("site/index.html").read_text("utf-8")
    assert all(text in home for text in ("Ask first.", "(c) Hexa", 'href="assets/ours.css"', 'href="team/about/"'))
    assert Path("site/assets/logo.svg").read_text("utf-8") == COMPANY["docs/assets/logo.svg"]
