"""Sites that several tests look at: each is built once a run, by whichever of its processes asks first."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from tests.kit import RICH, ROOT

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


def build(data: Path, site: Path, **env: str) -> None:
    """Build `data` into `site` by the command that users run."""
    command = [sys.executable, "-m", "generator", "build", "--data", str(data), "--as-of", "2026-11-02"]
    result = subprocess.run(
        [*command, "--site-dir", str(site)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **env},
        check=False,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def commit_rich(repository: Path) -> None:
    """Make a git repository with the rich company's data: an earlier inventory, and then what is in tests/rich/."""
    data = repository / "data"
    shutil.copytree(RICH, data)
    inventory = data / "partners.yml"
    now = earlier = inventory.read_text("utf-8")
    for new, old in EARLIER.items():
        assert new in earlier
        earlier = earlier.replace(new, old, 1)
    _git(repository, "init", "--quiet")
    for day, text in (("2026-09-01", earlier), ("2026-10-01", now)):
        inventory.write_text(text, "utf-8")
        _git(repository, "add", "--all", day=day)
        _git(repository, "commit", "--quiet", "--message=Inventory", day=day)


def _git(repository: Path, *arguments: str, day: str = "2026-09-01") -> None:
    identity = {
        **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "Ada Nwosu"),
        **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "ada.nwosu@tidewater.example"),
        **dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{day}T12:00:00Z"),
        **dict.fromkeys(("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"), os.devnull),
    }
    subprocess.run(["git", "-C", str(repository), *arguments], check=True, env={**os.environ, **identity})
