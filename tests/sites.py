"""Sites that several tests look at: each is built once a run, by whichever of its processes asks first."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from tests.kit import MKDOCS, RICH, data_in, git, ran

# What the second commit to the rich company's data changes.
EARLIER = {"owner: kavya-iyer": "owner: erik-nyberg", "        status: dormant\n": ""}


def once(run: Path, name: str, make: Callable[[Path], object]) -> Path:
    """The folder `name` of this run; where no process has made it yet, `make` does."""
    place, unfinished = run / name, run / f"{name}.unfinished"
    with FileLock(run / f"{name}.lock"):
        if not place.exists():
            shutil.rmtree(unfinished, ignore_errors=True)
            make(unfinished)
            unfinished.rename(place)
    return place


# Of a site whose data can be edited somewhere.
SETTINGS = f"{MKDOCS.replace('T', 'Partner Playbook', 1)}extra: {{edit_base: https://git.example/edit/main/}}\n"


def build(data: Path, site: Path, **env: str) -> None:
    """Build `data` into `site` by the command that users run."""
    settings = site.with_suffix(".mkdocs.yml")
    settings.write_text(SETTINGS, "utf-8")
    command = ("-m", "generator", "build", "--data", data, "--as-of", "2026-11-02", "--site-dir", site)
    done = ran(*command, "--config", settings, env=env)
    assert done.returncode == 0, done.stdout + done.stderr


ADDRESS = "https://playbook.example/ours/"
# Of a company with pages, a picture, a style sheet and a look of its own.
OURS = {
    "mkdocs.yml": f"""\
site_name: T
site_url: {ADDRESS}
theme: {{name: material, custom_dir: overrides}}
plugins: [playbook]
extra: {{edit_base: https://git.example/edit/main/}}
extra_css: [assets/own.css]
""",
    "docs/über uns/index.md": "# About us\n\nSee [who](../ownership.md#departments) and [the rules](rules.md).\n",
    "docs/über uns/rules.md": "---\ntitle: Our rules\n---\n\n![Dot](../assets/dot.png)\n\n## One\n\n## One\n",
    "docs/assets/own.css": ":root { --md-primary-fg-color: #123456; }\n",
    "overrides/main.html": '{% extends "playbook.html" %}{% block announce %}Ours alone{% endblock %}\n',
    "overrides/partials/copyright.html": "<p>Ask the <a href=\"{{ 'people/' | url }}\">partner office</a>.</p>\n",
}
DOT = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")


def commit_rich(repository: Path) -> None:
    """Make a git repository with the rich company's data: an earlier inventory, and then what is in tests/rich/."""
    data = repository / "data"
    shutil.copytree(RICH, data)
    inventory = data / "partners.yml"
    now = earlier = inventory.read_text("utf-8")
    for new, old in EARLIER.items():
        assert new in earlier
        earlier = earlier.replace(new, old, 1)
    git(repository, "init", "--quiet")
    for day, text in (("2026-09-01", earlier), ("2026-10-01", now)):
        inventory.write_text(text, "utf-8")
        git(repository, "add", "--all")
        git(repository, "commit", "--quiet", "--message=Inventory", author="Ada Nwosu", moment=f"{day}T12:00:00Z")


def project(company: Path, place: Path, engine: str, *more: str | Path) -> None:
    """Write the project of the company, and let the engine build it, strictly."""
    done = ran("-m", "generator", "pages", "--for", engine, "--out", place, *more, cwd=company)
    assert done.returncode == 0, done.stderr
    done = ran("-m", engine, "build", "--strict", cwd=place)
    assert done.returncode == 0, done.stdout + done.stderr


def engines(data: Path, place: Path) -> None:
    """Write a project for each engine, with pages and a look of a company, and let the engine build it."""
    data_in(place / "company", **OURS)
    (place / "company" / "docs" / "assets" / "dot.png").write_bytes(DOT)
    for engine in ("mkdocs", "properdocs", "zensical"):
        project(place / "company", place / engine, engine, "--data", data, "--as-of", "2026-11-02")
