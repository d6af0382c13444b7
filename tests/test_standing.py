"""A site that stands and is what a build would make is not built again; whatever could change it is seen."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.boundary import Exit
from generator.cli import standing
from generator.cli.standing import Standing, Wanted
from generator.compare.changelog import ChangeLog
from generator.mkdocs_plugin import Building
from tests.kit import MKDOCS, contents, data_in, git, inventory, run, started, world_in

DAY = date(2026, 11, 2)
SAID = ["The site is there."]


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with data, a page, settings, and what passes for a site; the working directory."""
    world_in(tmp_path / "data", partners=inventory(acme="types: [shop], owner: ann"))
    data_in(
        tmp_path, **{"docs/office.md": "# Office\n", "mkdocs.yml": MKDOCS, "site/index.html": "<p>", "site/a/b.md": "b"}
    )
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "data")
    git(tmp_path, "commit", "--quiet", "--message=One")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def now(
    site: str = "site",
    config: str | None = "mkdocs.yml",
    day: date | None = DAY,
    audience: str = "",
    *,
    strict: bool = False,
) -> Standing:
    return Standing(Wanted(Path("data"), Path(site), Path(config) if config else None, day, audience, strict))


def build(standing: Standing, *files: Path, meanwhile: Callable[[], object] = lambda: None) -> None:
    """What a build does: it looks, reads, and is over."""
    assert standing.said() is None
    standing.reads(files)
    meanwhile()
    if standing.unchanged():
        standing.keep(SAID)


def kept(company: Path) -> None:
    build(now(), company / "mkdocs.yml", Path("docs"), Path("look"))
    assert now().said() == SAID


def add(path: Path) -> None:
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")


def commit(company: Path) -> None:
    """Commit something, and leave the data as they were."""
    inventory = company / "data" / "partners.yml"
    was = inventory.read_bytes()
    add(inventory)
    git(company, "commit", "--quiet", "--all", "--message=Two")
    inventory.write_bytes(was)


def edited_unseen(company: Path) -> None:
    """Edit a file of the site, and give it its size and the moment at which it was written."""
    page = company / "site" / "a" / "b.md"
    before = page.stat()
    page.write_text("c")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))


def linked(company: Path) -> None:
    (company / "site").rename(company / "elsewhere")
    (company / "site").symlink_to("elsewhere")


CHANGES: dict[str, Callable[[Path], object]] = {
    "data": lambda company: add(company / "data" / "partners.yml"),
    "a new file of data": lambda company: (company / "data" / "people.yaml").write_text("x"),
    "a file of data that is gone": lambda company: (company / "data" / "taxonomy.yml").unlink(),
    "a pipe among the data": lambda company: os.mkfifo(company / "data" / "pipe"),
    "a page": lambda company: (company / "docs" / "office.md").write_text("# Hall"),
    "settings": lambda company: add(company / "mkdocs.yml"),
    "a page among what could be Python's": lambda company: data_in(company, **{"docs/__pycache__/p.md": "# P\n"}),
    "a look where there was none": lambda company: (company / "look").mkdir(),
    "a commit": commit,
    "a file of the site that is gone": lambda company: (company / "site" / "a" / "b.md").unlink(),
    "a file of the site with other content": lambda company: (company / "site" / "a" / "b.md").write_text("c"),
    "a file of the site whose moment is as it was": edited_unseen,
    "a file of the site that may not be read": lambda company: (company / "site" / "a" / "b.md").chmod(0),
    "a link in its place": linked,
}


@pytest.mark.long
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_could_change_the_site_is_seen(company: Path, change: Callable[[Path], object]) -> None:
    """Expected: after each of these, the build goes its usual way."""
    kept(company)
    change(company)

    assert now().said() is None


@pytest.mark.parametrize("file", ["data/partners.yml", "docs/office.md", "docs/new.md"])
def test_what_changes_while_a_site_is_built_counts(company: Path, file: str) -> None:
    """Expected: the site may be of what was there before, so that the next build goes its usual way."""
    build(now(), Path("docs"), meanwhile=lambda: (company / file).write_text("# other\n", "utf-8"))

    assert now().said() is None


@pytest.mark.parametrize("file", ["data/partners.yml", "docs/office.md", "mkdocs.yml"])
def test_what_was_another_for_a_moment_counts(company: Path, file: str) -> None:
    """Expected: the site may be of what stood there while it was built, though all is as it was at the end."""
    path = company / file

    def meanwhile() -> None:
        was, moment = path.read_bytes(), path.stat()
        path.write_bytes(b"# other\n")
        path.write_bytes(was)
        os.utime(path, ns=(moment.st_atime_ns, moment.st_mtime_ns))

    build(now(), Path("docs"), meanwhile=meanwhile)

    assert now().said() is None


def test_a_page_that_was_there_for_a_moment_counts(company: Path) -> None:
    def meanwhile() -> None:
        (company / "docs" / "hall.md").write_text("# Hall\n")
        (company / "docs" / "hall.md").unlink()

    build(now(), Path("docs"), meanwhile=meanwhile)

    assert now().said() is None


def test_other_options_want_another_site(company: Path) -> None:
    """Another day, place or file of settings, and findings that fail."""
    kept(company)

    assert now(day=date(2026, 11, 3)).said() is None
    assert now(day=None).said() is None
    assert now(site="public").said() is None
    assert now(config=None).said() is None
    assert now(strict=True).said() is None
    assert now().said() == SAID


def test_another_day_without_an_option_is_another_site(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Most findings depend on it."""

    class Tomorrow(date):
        @classmethod
        def today(cls) -> Tomorrow:
            return cls(2031, 1, 1)

    build(now(day=None))
    assert now(day=None).said() == SAID
    monkeypatch.setattr(standing, "date", Tomorrow)

    assert now(day=None).said() is None


def test_variables_that_settings_name_count(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others do not: each terminal has its own."""
    data_in(company, **{"mkdocs.yml": MKDOCS + "copyright: !ENV [OUR_LINE, none]\n"})
    kept(company)
    monkeypatch.setenv("SOMETHING_ELSE", "1")
    assert now().said() == SAID
    monkeypatch.setenv("OUR_LINE", "1")

    assert now().said() is None


@pytest.mark.long
@pytest.mark.parametrize("name", ["PLAYBOOK_OFFLINE", "PLAYBOOK_SITE_URL", "PLAYBOOK_STRICT", "SOURCE_DATE_EPOCH"])
@pytest.mark.parametrize("config", ["mkdocs.yml", None])
def test_variables_that_the_kit_names_count(
    company: Path, monkeypatch: pytest.MonkeyPatch, name: str, config: str | None
) -> None:
    """Expected: they say what site is wanted where mkdocs.yml does not name them, or is not there."""
    build(now(config=config), company / "docs")
    assert now(config=config).said() == SAID
    monkeypatch.setenv(name, "1")

    assert now(config=config).said() is None


def test_another_program_or_package_builds_anew(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where only a package that renders the pages is newer."""
    kept(company)
    monkeypatch.setattr(standing, "_installed", lambda: ["mkdocs_material-99.dist-info"])

    assert now().said() is None


@pytest.mark.site
def test_a_second_build_builds_nothing(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: it says what the first one said, and that nothing has changed; a change builds again."""
    (company / "site" / "index.html").unlink()
    (company / "site" / "a" / "b.md").unlink()
    (company / "site" / "a").rmdir()
    first = run("build", "--as-of", "2026-11-02")
    assert first.exit_code == Exit.FINE, first.output
    site = contents(company / "site")
    built: list[Path] = []
    whole = Building.into

    def into(building: Building, folder: Path, *more: Any) -> None:
        built.append(folder)
        whole(building, folder, *more)

    monkeypatch.setattr(Building, "into", into)
    second = run("build", "--as-of", "2026-11-02")

    assert second.exit_code == Exit.FINE
    assert second.output == first.output.replace("2026-11-02.", "2026-11-02; nothing has changed since it was built.")
    assert (built, contents(company / "site")) == ([], site)
    (company / "docs" / "office.md").write_text("# Hall\n", "utf-8")
    assert run("build", "--as-of", "2026-11-02").exit_code == Exit.FINE
    assert len(built) == 1


@pytest.mark.site
def test_pages_that_a_company_begins_to_write_are_seen(company: Path) -> None:
    """Expected: beside the file of settings that an option names, and not where the command runs."""
    data_in(company, **{"web/mkdocs.yml": MKDOCS})
    options = ("build", "--as-of", "2026-11-02", "--config", "web/mkdocs.yml", "--site-dir", "public")
    assert run(*options).exit_code == Exit.FINE
    assert "nothing has changed" in run(*options).stdout
    data_in(company, **{"web/docs/hall.md": "# Hall\n"})

    assert "nothing has changed" not in run(*options).stdout
    assert (company / "public" / "hall" / "index.html").exists()


@pytest.mark.site
def test_a_site_of_another_build_is_not_taken_for_ones_own(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: where another build into the same place begins before one is over, the first is remembered with its own
    site, so that the site of the other is never said to be what the options of the first want.
    """
    shutil.rmtree(company / "site")
    keep, other = Standing.keep, list[subprocess.Popen[str]]()

    def late(self: Standing, *said: Any) -> None:
        build = ("-m", "generator", "build", "--as-of", "2026-11-03")
        other.append(started(*build, cwd=company))
        assert other[0].stderr is not None
        other[0].stderr.readline()  # it is over, or says that it waits
        keep(self, *said)

    monkeypatch.setattr(Standing, "keep", late)
    assert run("build", "--as-of", "2026-11-02").exit_code == Exit.FINE
    other[0].communicate()
    assert other[0].returncode == Exit.FINE
    monkeypatch.setattr(Standing, "keep", keep)

    assert "as of 2026-11-02.\n" in run("build", "--as-of", "2026-11-02").stdout


AGAIN = "nothing has changed"


@pytest.fixture
def empty(company: Path) -> Path:
    """The company before its first build."""
    shutil.rmtree(company / "site")
    return company


@pytest.mark.site
def test_an_audience_is_told_the_same_twice(empty: Path) -> None:
    """Expected: how many warnings there are among all data, as the first time."""
    audience = "audiences: [{id: all, name: All, hides: [findings, ended]}]\n"
    settings = (empty / "data" / "settings.yml").read_text("utf-8") + audience
    data_in(empty / "data", settings=settings, partners=inventory("types: [shop], owner: null"))
    options = ("build", "--audience", "all")
    first, second = run(*options), run(*options)

    assert "1 warning in 1 file: `playbook check` lists them" in first.stdout, first.output
    assert second.stdout == first.stdout.replace("2026-06-01.", f"2026-06-01; {AGAIN} since it was built.")


@pytest.mark.site
@pytest.mark.parametrize("text", ["[a](nowhere.md)\n", "[a](people.md#nowhere)\n"])
def test_what_was_warned_of_is_said_again(empty: Path, text: str) -> None:
    """Expected: each build says so, until it is mended."""
    data_in(empty, **{"docs/office.md": f"# Office\n\n{text}"})
    said = [run("build") for _ in range(2)]

    assert [(AGAIN in one.stdout, "nowhere" in one.stderr) for one in said] == [(False, True)] * 2


@pytest.mark.site
def test_what_is_wrong_with_history_is_said_again(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.cli.site.change_log", lambda *_: ChangeLog((), {}, "fatal: nowhere"))
    said = [run("build") for _ in range(2)]

    assert [(AGAIN in one.stdout, "nowhere" in one.stderr) for one in said] == [(False, True)] * 2


@pytest.mark.site
@pytest.mark.parametrize("name", ["!!python/name:own.copyright", "!<tag:yaml.org,2002:python/name:own.copyright>"])
def test_settings_that_name_what_is_in_a_module_are_read_each_time(
    empty: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Expected: what the module says may be another each time."""
    monkeypatch.syspath_prepend(empty)
    data_in(empty, **{"mkdocs.yml": f"{MKDOCS}copyright: {name} ''\n", "own.py": "copyright = 'Ours'\n"})
    said = [run("build") for _ in range(2)]

    assert [(one.exit_code, AGAIN in one.stdout) for one in said] == [(Exit.FINE, False)] * 2
