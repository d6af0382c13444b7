"""The commands: what they print, how they end, and what they leave behind."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from importlib.metadata import PackageNotFoundError, PackagePath, PathDistribution
from pathlib import Path
from types import SimpleNamespace

import pytest

from generator import boundary, loading
from generator.boundary import Exit
from generator.mkdocs_plugin import PluginOptions, Source
from generator.schema import json_schemas
from tests.kit import TAXONOMY, contents, data_in, mkdocs, ran, run, started

PARTNERS = """\
departments:
  - id: sales
    name: Sales
    partners:
      - id: acme
        name: Acme Agency
        types: [agent]
        owner: ann
"""
MKDOCS = """\
site_name: Test
theme: mkdocs
hooks: [hook.py]
plugins: [playbook]
"""


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a small company, which is where commands run; no warnings in its data."""
    data_in(tmp_path / "data", taxonomy=TAXONOMY, partners=PARTNERS)
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(MKDOCS)
    (tmp_path / "hook.py").write_text("")
    # Python keeps what it has compiled beside the hook, where it is not told otherwise.
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


start = partial(started, "-m", "generator")


def until(condition: Callable[[], object], process: subprocess.Popen[str]) -> None:
    """Wait for what the process brings about, as long as it lives."""
    while not condition():
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)


def break_data(folder: Path) -> None:
    (folder / "data" / "partners.yml").write_text(PARTNERS.replace("[agent]", "[agnet]"))


def unown(folder: Path) -> None:
    (folder / "data" / "partners.yml").write_text(PARTNERS.replace("owner: ann", "owner: null"))


# --- check --------------------------------------------------------------------------------


def test_check_of_sound_data(company: Path) -> None:
    """It says so, and ends with 0."""
    result = run("check")
    assert (result.exit_code, result.output) == (0, "no problems\n")


def test_check_reports_errors(company: Path) -> None:
    """With file, line, column, code, excerpt, help and a count; exit code 1."""
    break_data(company)
    result = run("check")
    assert result.exit_code == Exit.PROBLEMS
    assert result.stdout.startswith("data/partners.yml:7:17: error[unknown-type]: ")
    assert "  7 |         types: [agnet]\n    |                 ^^^^^\n    help: " in result.stdout
    assert "\n1 error in 1 file\n" in result.stdout


def test_check_reports_warnings_and_fails_for_them_when_strict(company: Path) -> None:
    """Warnings alone are fine, unless --strict is given."""
    unown(company)
    assert run("check").exit_code == Exit.FINE
    assert "warning[unowned]" in run("check").stdout
    assert run("check", "--strict").exit_code == Exit.PROBLEMS


def test_check_judges_by_the_day_given(company: Path) -> None:
    """An agreement that ended yesterday is a finding today, and was none the day before."""
    with (company / "data" / "partners.yml").open("a") as file:
        file.write("        agreements: [{kind: nda, ends: 2026-05-31}]\n")
    assert "agreement-expired" in run("check", "--as-of", "2026-06-01").stdout
    assert "agreement-expired" not in run("check", "--as-of", "2026-01-01").stdout


def test_data_cannot_forge_a_line(company: Path) -> None:
    """A name with a command for a build service in it stays inside its line, also as an escape."""
    hostile = '"x\\n::error::forged\\u2028::error::forged"'
    (company / "data" / "partners.yml").write_text(
        PARTNERS.replace("Acme Agency", hostile).replace("[agent]", '["a\\n::error::forged", "##[error]forged"]')
    )
    output = run("check").output
    assert "forged" in output
    assert "##[" not in output
    assert not any(line.lstrip().startswith("::") for line in output.splitlines())


def test_output_has_no_color_unless_a_terminal_wants_it(company: Path) -> None:
    """Piped output is plain text."""
    break_data(company)
    assert "\x1b" not in run("check").output


@pytest.mark.long
def test_output_can_be_printed_on_a_terminal_without_unicode(company: Path) -> None:
    """Letters that it lacks are written out; nothing fails."""
    (company / "data" / "partners.yml").write_text(PARTNERS.replace("[agent]", "[agént株]"), encoding="utf-8")
    result = ran("-m", "generator", "check", env={"PYTHONIOENCODING": "latin-1"}, encoding="latin-1")
    assert result.returncode == Exit.PROBLEMS
    assert "ag\xe9nt\\u682a" in result.stdout


# --- wrong usage and bugs -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "--data", "nowhere"], "there is no folder 'nowhere'"),
        (["check", "--data", "mkdocs.yml"], "there is no folder"),
        (["check", "--as-of", "2026-02-30"], "write it like 2026-11-30"),
        (["check", "--as-of", "2026-W01-1"], "write it like 2026-11-30"),
        (["check", "--as-of", "20260101"], "write it like 2026-11-30"),
        (["explain", "unownd"], "did you mean 'unowned'?"),
        (["build", "--config", "nowhere.yml"], "does not exist"),
        (["pages"], "--out"),
        (["bild"], "bild"),
        (["check", "--\u202e"], "--\\u{202E}"),
    ],
)
def test_wrong_usage(company: Path, arguments: list[str], said: str) -> None:
    """Exit code 2, and what would be right."""
    result = run(*arguments)
    assert result.exit_code == Exit.USAGE
    assert said in result.stderr
    assert result.stdout == ""


def test_a_bug_is_owned_up_to(company: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Exit code 3, no traceback on the screen, and one in a file that the message names."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("deep inside")

    monkeypatch.setattr(loading, "load_folder", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = run("check")
    assert result.exit_code == Exit.BUG
    assert "bug of playbook" in result.stderr
    assert "Traceback" not in result.output
    (log,) = tmp_path.glob("playbook-*.log")
    assert str(log) in result.stderr
    assert "ZeroDivisionError: deep inside" in log.read_text()


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (PermissionError(13, "Permission denied", "x\n::y"), Exit.USAGE, "Error: x\\u{A}::y: Permission denied\n"),
        (IsADirectoryError(21, "Is a directory"), Exit.USAGE, "Error: Is a directory\n"),
        (OSError(28, "No space left on device", b"x"), Exit.USAGE, "No space left on device\n"),
        (OSError(28, "No space left on device", "ours", None, "full/x"), Exit.USAGE, "Error: full/x: No space left"),
        (FileNotFoundError(2, "No such file", "gone", None, "x"), Exit.USAGE, "Error: gone: No such file\n"),
        (MemoryError(), Exit.USAGE, "Error: there is not enough memory for this\n"),
        (OSError("no number"), Exit.BUG, "bug of playbook"),
        (KeyboardInterrupt(), Exit.INTERRUPTED, "\n"),
    ],
)
def test_what_the_computer_refuses_is_no_bug(
    company: Path, monkeypatch: pytest.MonkeyPatch, raised: BaseException, code: int, said: str
) -> None:
    """Whatever the system refuses is said plainly; other surprises are bugs; Ctrl-C ends quietly."""

    def broken(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr(loading, "load_folder", broken)
    monkeypatch.setattr("tempfile.tempdir", str(company))
    result = run("check")
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("gone", ["all", "a file", "one that it needs", "nothing", "a command"])
@pytest.mark.parametrize("raised", [ImportError("no x"), ZeroDivisionError()])
def test_a_library_that_is_gone_is_no_bug(
    company: Path, monkeypatch: pytest.MonkeyPatch, gone: str, raised: Exception
) -> None:
    """It is named, with what brings it back, whether all of it is gone or a file, and where a library that we need
    needs it; not where something else is wrong.
    """
    files = {"a file": ["anyascii/gone.py"], "a command": ["../../../bin/gone", "anyascii/__pycache__/gone.pyc"]}
    needs = {"one that it needs": ["gone>=1"], "nothing": ["other; extra == 'sql'"]}

    def found(name: str) -> object:
        """What is installed."""
        if name == "partner-playbook":
            return SimpleNamespace(files=[], requires=["anyascii>=0.3", "sqlalchemy>=2.0; extra == 'sql'"])
        if name != "anyascii" or gone == "all":
            raise PackageNotFoundError(name)
        located = [PackagePath(path) for path in files.get(gone, [])]
        for path in located:
            path.dist = PathDistribution(company / "anyascii.dist-info")
        return SimpleNamespace(files=located, requires=[*needs.get(gone, []), "anyascii"])

    def broken(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr(boundary, "distribution", found)
    monkeypatch.setattr(loading, "load_folder", broken)
    monkeypatch.setattr("tempfile.tempdir", str(company))
    result = run("check")
    missing = {"all": "anyascii", "a file": "anyascii/gone.py", "one that it needs": "gone"}.get(gone)
    if missing and isinstance(raised, ImportError):
        assert result.exit_code == Exit.USAGE
        assert result.stderr == (
            f"Error: the package partner-playbook is not whole, {missing} is missing; install it again: "
            "pip install --force-reinstall partner-playbook\n"
        )
    else:
        assert result.exit_code == Exit.BUG
        assert "bug of playbook" in result.stderr


@pytest.mark.long
def test_a_reader_that_goes_away_is_no_trouble(company: Path) -> None:
    """As in `playbook explain | head`: nothing is said about it."""
    process = start("explain")
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    process.wait(30)
    process.stderr.close()


# --- explain, schemas ---------------------------------------------------------------------


def test_explain(company: Path) -> None:
    """One code is explained, in whatever case it is typed; without one, all are listed."""
    assert "How to mend it" in run("explain", "UNOWNED").stdout
    listed = run("explain").stdout
    assert all(f"  {slug}" in listed for slug in ("unowned", "unknown-type", "duplicate-key", "no-data-folder"))


def test_schemas_are_written_and_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stale, missing and left-over schemas fail the check and are mended without it."""
    monkeypatch.setattr("generator.__file__", str(tmp_path / "__init__.py"))
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "old.json").write_text("{}")
    assert run("schemas", "--check").exit_code == Exit.PROBLEMS
    assert run("schemas").exit_code == Exit.FINE
    assert {path.name: path.read_text() for path in (tmp_path / "schemas").iterdir()} == json_schemas()
    result = run("schemas", "--check")
    assert (result.exit_code, result.output) == (Exit.FINE, "")


# --- pages --------------------------------------------------------------------------------


def test_pages_follow_the_data(company: Path) -> None:
    """They come, they change, and they go with what they are about."""
    assert run("pages", "--out", "out").exit_code == Exit.FINE
    assert (company / "out" / "types" / "agent.md").is_file()
    for name in ("taxonomy.yml", "partners.yml"):
        path = company / "data" / name
        path.write_text(path.read_text().replace("agent", "broker"))
    result = run("pages", "--out", "out")
    assert "2 removed" in result.stdout  # the page of the type, and the one that is made for frames
    assert not (company / "out" / "types" / "agent.md").exists()
    assert (company / "out" / "types" / "broker.md").is_file()


def test_pages_never_overwrite_what_somebody_wrote(company: Path) -> None:
    """Exit code 2, the file is named, and nothing at all is written."""
    (company / "docs" / "index.md").write_text("mine")
    result = run("pages", "--out", "docs")
    assert result.exit_code == Exit.USAGE
    assert "docs holds something else than pages of ours (index.md)" in result.stderr
    assert contents(company / "docs").keys() == {"index.md"}


def test_bad_data_gives_no_pages(company: Path) -> None:
    """The report goes to standard error, and nothing is written."""
    break_data(company)
    result = run("pages", "--out", "out")
    assert result.exit_code == Exit.PROBLEMS
    assert "error[unknown-type]" in result.stderr
    assert not (company / "out").exists()


# --- build --------------------------------------------------------------------------------


@pytest.mark.site
def test_build_makes_a_site_and_says_where(company: Path) -> None:
    """Pages, search aids and nothing beside the site; warnings are counted, not listed."""
    unown(company)
    result = run("build")
    assert result.exit_code == Exit.FINE
    assert "1 warning in 1 file" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("The site is in site: ")
    assert (company / "site" / "types" / "agent" / "index.html").is_file()
    assert sorted(path.name for path in company.iterdir()) == ["data", "docs", "hook.py", "mkdocs.yml", "site"]
    assert run("build", "--strict").exit_code == Exit.PROBLEMS


@pytest.mark.site
def test_the_same_data_and_day_give_the_same_bytes(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever and wherever it is built; through `mkdocs build` as well."""
    (company / "docs" / "hand.md").write_text("# By hand\n")
    (company / "mkdocs.yml").write_text(MKDOCS + "site_url: https://playbook.example/\n")
    assert run("build", "--as-of", "2026-03-04").exit_code == Exit.FINE
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    # A gzip file holds the second in which it was made, unless told otherwise.
    monkeypatch.setattr("gzip.time", SimpleNamespace(time=lambda: time.time() + 1000))
    assert run("build", "--as-of", "2026-03-04", "--site-dir", "other/place").exit_code == Exit.FINE
    assert contents(company / "site") == contents(company / "other" / "place")
    assert "2026-03-04" in (company / "site" / "sitemap.xml").read_text()

    options = "plugins: [playbook: {as_of: 2026-03-04}]"
    (company / "mkdocs.yml").write_text((company / "mkdocs.yml").read_text().replace("plugins: [playbook]", options))
    done = mkdocs("build", "--quiet", "--site-dir", "third")
    assert done.exit_code == 0, done.output
    assert contents(company / "site") == contents(company / "third")


@pytest.mark.site
def test_a_build_that_fails_leaves_the_old_site(company: Path) -> None:
    """Wrong settings are wrong usage; what MkDocs finds wrong in the site, or we in the data, is a problem."""
    assert run("build").exit_code == Exit.FINE
    before = contents(company / "site")
    for config, code, said in (
        (MKDOCS.replace("playbook", "search"), Exit.USAGE, "does not list 'playbook'"),
        (MKDOCS + "a: [", Exit.USAGE, "mkdocs.yml"),
        (MKDOCS.replace("theme: mkdocs", "theme: nowhere"), Exit.USAGE, "nowhere"),
        (MKDOCS + "strict: true\nnav: [missing.md]\n", Exit.PROBLEMS, "missing.md"),
        (MKDOCS, Exit.PROBLEMS, "error[unknown-type]"),
    ):
        (company / "mkdocs.yml").write_text(config)
        if said == "error[unknown-type]":
            break_data(company)
        result = run("build")
        assert result.exit_code == code
        assert said in result.stderr
        assert "Traceback" not in result.output
        assert contents(company / "site") == before
        assert not list(company.glob(".playbook-*"))


@pytest.mark.parametrize("place", [".", "/", "data", "docs", "docs/site", "data/site", "mkdocs.yml", "full"])
def test_a_build_refuses_to_replace_what_is_no_site(company: Path, place: str) -> None:
    """Exit code 2, and everything stays."""
    (company / "full").mkdir()
    (company / "full" / "thesis.txt").touch()
    before = contents(company)
    assert run("build", "--site-dir", place).exit_code == Exit.USAGE
    assert contents(company) == before


WAIT = """\
import pathlib, time
def on_post_build(config):
    pathlib.Path("begun").touch()
    while not pathlib.Path("go").exists():
        time.sleep(0.02)
"""


@pytest.mark.site
def test_a_killed_build_leaves_the_old_site(company: Path) -> None:
    """SIGKILL when the new site is nearly done: the old one is whole, and the next build tidies up."""
    assert run("build").exit_code == Exit.FINE
    before = contents(company / "site")
    (company / "hook.py").write_text(WAIT)
    process = start("build", "--as-of", "2020-01-01")
    until((company / "begun").exists, process)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert contents(company / "site") == before
    assert list(company.glob(".playbook-*"))
    (company / "go").touch()
    assert run("build").exit_code == Exit.FINE
    assert not list(company.glob(".playbook-*"))


@pytest.mark.site
def test_two_builds_at_once_do_not_mix(company: Path) -> None:
    """The second waits for the first and says so; both succeed."""
    (company / "hook.py").write_text(WAIT)
    first = start("build", "--as-of", "2020-01-01")
    until((company / "begun").exists, first)
    second = start("build", "--as-of", "2021-01-01")
    assert second.stderr is not None
    assert "waiting" in second.stderr.readline()
    (company / "go").touch()
    assert "2020-01-01" in first.communicate()[0]
    assert "2021-01-01" in second.communicate()[0]
    assert (first.returncode, second.returncode) == (0, 0)
    built = contents(company / "site")
    shutil.rmtree(company / "site")
    assert run("build", "--as-of", "2021-01-01").exit_code == Exit.FINE
    assert contents(company / "site") == built


def test_a_page_of_ours_that_cannot_be_made_is_a_bug(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a problem of the data, whose checks have passed."""

    def broken(_: object) -> None:
        raise TypeError("template")

    monkeypatch.setattr("generator.cli.site.Site", broken)
    monkeypatch.setattr("tempfile.tempdir", str(company))
    assert run("build").exit_code == Exit.BUG
    assert not (company / "site").exists()


# --- serve --------------------------------------------------------------------------------


@pytest.mark.parametrize(("host", "address"), [("0.0.0.0", "0.0.0.0:81"), ("::1", "[::1]:81")])  # noqa: S104
def test_serve_passes_its_options_on(company: Path, monkeypatch: pytest.MonkeyPatch, host: str, address: str) -> None:
    """The data folder as a whole path, since the server finds mkdocs.yml by itself."""
    seen: list[object] = []
    monkeypatch.setattr(
        "generator.mkdocs_plugin.serve",
        lambda file, commanded, where: seen.extend([file, commanded(PluginOptions(None, None, False, "")), where]),
    )
    result = run("serve", "--addr", host, "--port", "81", "--as-of", "2026-03-04")
    assert result.exit_code == Exit.FINE
    assert seen == [Path("mkdocs.yml"), Source(company / "data", date(2026, 3, 4), strict=False), address]


@pytest.mark.parametrize(
    ("addr", "hint"),
    [("127.0.0.1:9000", "--addr 127.0.0.1 --port 9000"), ("host:81", "--addr host --port 81")],
)
def test_serve_on_a_host_with_a_port(company: Path, addr: str, hint: str) -> None:
    """Expected: the two options that say it, in the words of the command."""
    result = run("serve", "--addr", addr)

    assert result.exit_code == Exit.USAGE
    assert f"{addr!r} is no host: write {hint}" in result.stderr


def test_serve_begins_with_sound_data_and_settings(company: Path) -> None:
    """A server that has nothing to show does not start."""
    (company / "mkdocs.yml").write_text(MKDOCS.replace("playbook", "search"))
    assert run("serve").exit_code == Exit.USAGE
    (company / "mkdocs.yml").write_text(MKDOCS)
    break_data(company)
    result = run("serve")
    assert result.exit_code == Exit.PROBLEMS
    assert "error[unknown-type]" in result.stderr


@pytest.mark.site
def test_serve_on_a_port_in_use_says_so(company: Path) -> None:
    """It is no bug."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == Exit.USAGE
    assert "in use" in result.stderr
