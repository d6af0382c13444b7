"""The plugin: pages in a MkDocs build, and a server that survives mistakes."""

from __future__ import annotations

import queue
import re
import socket
import threading
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from generator.mkdocs_plugin import PlaybookPlugin, PluginOptions, Source, serve
from generator.site import Page
from tests.kit import TAXONOMY, data_in, git, started, write_pages

pytestmark = pytest.mark.site

PARTNERS = """\
departments:
  - id: sales
    name: Sales
    partners: [{id: acme, name: Acme Agency, types: [agent], owner: null}]
"""


@pytest.fixture
def company(tmp_path: Path) -> Path:
    """A small company with one warning in its data; nobody's working directory."""
    data_in(tmp_path / "data", taxonomy=TAXONOMY, partners=PARTNERS)
    (tmp_path / "docs").mkdir()
    configure(tmp_path, "playbook")
    return tmp_path


def configure(company: Path, plugin: str, more: str = "") -> None:
    (company / "mkdocs.yml").write_text(f"site_name: T\ntheme: mkdocs\nplugins:\n  - {plugin}\n{more}")


def built(company: Path) -> Path:
    config = load_config(str(company / "mkdocs.yml"))
    build(config)
    return company / "site"


def fails(company: Path, caplog: pytest.LogCaptureFixture) -> str:
    with pytest.raises(Abort):
        built(company)
    return caplog.text


def test_pages_are_built_from_memory(company: Path) -> None:
    """The data folder is found beside mkdocs.yml, wherever the command runs; docs/ stays empty."""
    site = built(company)
    assert (site / "types" / "agent" / "index.html").is_file()
    assert list((company / "docs").iterdir()) == []


def test_findings_are_one_line_and_fail_only_when_strict(company: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Information, so that `mkdocs build --strict` passes; the plugin's own strict makes them errors."""
    caplog.set_level("INFO")
    built(company)
    (line,) = [record for record in caplog.records if "findings page" in record.message]
    assert (line.levelname, line.message) == ("INFO", "playbook: 1 warning in 1 file: the findings page lists them")
    configure(company, "playbook: {strict: true}")
    assert "warning[unowned]" in fails(company, caplog)


def test_errors_are_reported_in_full(company: Path, caplog: pytest.LogCaptureFixture) -> None:
    """With excerpt and caret; MkDocs exits with 1 and prints no traceback."""
    (company / "data" / "partners.yml").write_text(PARTNERS.replace("[agent]", "[agnet]"))
    text = fails(company, caplog)
    assert "partners.yml:4:54: error[unknown-type]" in text
    assert "^^^^^" in text


@pytest.mark.parametrize("value", ["2026-03-04", "'2026-03-04'", "!ENV [PLAYBOOK_AS_OF, '']"])
def test_the_day_may_come_as_a_day_or_as_text(company: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """Also through the environment, which YAML reads as it pleases."""
    monkeypatch.setenv("PLAYBOOK_AS_OF", "2026-03-04")
    configure(company, f"playbook: {{as_of: {value}}}", "site_url: https://x.example/\n")
    assert "2026-03-04" in (built(company) / "sitemap.xml").read_text()


def test_without_a_day_it_is_today(company: Path) -> None:
    """An empty text counts as not given."""
    configure(company, "playbook: {as_of: ''}", "site_url: https://x.example/\n")
    before = date.today()
    sitemap = (built(company) / "sitemap.xml").read_text()
    assert {before.isoformat(), date.today().isoformat()} & set(re.findall(r"\d{4}-\d\d-\d\d", sitemap))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("{as_of: soon}", "write it like 2026-11-30"),
        ("{as_of: 2026-01-01 10:00:00}", "the option as_of: '2026-01-01 10:00:00' is no day: write it like 2026-11-30"),
        ("{as_of: 2026-01-01T00:00:00Z}", "is no day: write it like 2026-11-30"),
        ("{data: off}", "the option data is the name of a folder: put it in quotes"),
        ("{strict: perhaps}", "true or false"),
        ("{data: nowhere}", "no data folder"),
    ],
)
def test_wrong_options_are_explained(company: Path, caplog: pytest.LogCaptureFixture, options: str, said: str) -> None:
    """By name, without a traceback."""
    configure(company, f"playbook: {options}")
    assert said in fails(company, caplog)


@pytest.mark.parametrize("value", ["1", "'yes'", "true"])
def test_strict_may_be_written_as_the_environment_gives_it(
    company: Path, caplog: pytest.LogCaptureFixture, value: str
) -> None:
    """PLAYBOOK_STRICT=1 arrives as a number."""
    configure(company, f"playbook: {{strict: {value}}}")
    assert "unowned" in fails(company, caplog)


def test_a_hand_written_page_at_a_page_of_ours_is_named(company: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Also where only its address is the same; pages at other addresses join the site."""
    for path in ("types/agent.md", "modes/README.md", "modes/close/index.md", "own.md"):
        (company / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
        (company / "docs" / path).write_text("# Mine\n")
    text = fails(company, caplog)
    assert "agent.md stands where the page types/agent.md belongs" in text
    assert "README.md stands where the page modes/index.md belongs" in text
    assert "close/index.md stands where the page modes/close.md belongs" in text
    assert "own.md" not in text


def test_an_excluded_file_is_in_nobodys_way(company: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It is no part of the site, unless it would take the page at its own path with it."""
    (company / "docs" / "types").mkdir()
    (company / "docs" / "types" / "README.md").write_text("# Notes\n")
    configure(company, "playbook", "exclude_docs: README.md\n")
    assert "Notes" not in (built(company) / "types" / "index.html").read_text()
    (company / "docs" / "types" / "agent.md").write_text("# Draft\n")
    configure(company, "playbook", "exclude_docs: agent.md\n")
    (company / "docs" / "types" / "README.md").unlink()
    assert "agent.md stands where" in fails(company, caplog)


def test_files_of_an_earlier_pages_command_give_way(company: Path) -> None:
    """The page in memory counts, and a stale page from disk is not published; an edited one is refused."""
    write_pages([Page("types/agent.md", "# Stale\n"), Page("gone.md", "# Gone\n")], company / "docs")
    site = built(company)
    assert "Stale" not in (site / "types" / "agent" / "index.html").read_text()
    assert not (site / "gone").exists()


def test_an_edited_file_of_an_earlier_pages_command_is_refused(company: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Somebody's work would be hidden behind ours."""
    write_pages([Page("types/agent.md", "# Stale\n")], company / "docs")
    (company / "docs" / "types" / "agent.md").write_text("# Edited\n")
    assert "agent.md stands where" in fails(company, caplog)


def test_symbolic_links_in_docs_are_refused(company: Path, caplog: pytest.LogCaptureFixture) -> None:
    """To files and to folders: they would publish what is not in docs/."""
    (company / "docs" / "secret.txt").symlink_to("/etc/hostname")
    (company / "docs" / "loop").symlink_to(company / "docs")
    text = fails(company, caplog)
    assert "secret.txt is a symbolic link" in text
    assert "loop is a symbolic link" in text


def test_a_damaged_manifest_in_docs_is_an_error(company: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Without a traceback."""
    (company / "docs" / ".playbook-manifest.json").write_text("{")
    assert "is damaged" in fails(company, caplog)


def test_a_bug_is_no_traceback(
    company: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is written to a file that the message names."""

    def broken(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("generator.mkdocs_plugin.ready.Site", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    text = fails(company, caplog)
    assert "bug of playbook" in text
    assert "Traceback" not in text
    assert list(tmp_path.glob("playbook-*.log"))


# --- serve --------------------------------------------------------------------------------


class FakeServer:
    """What on_serve needs of the server."""

    def __init__(self) -> None:
        self.watched: list[str] = []
        self.observer: object = None
        self.builder: Callable[[], None] = lambda: None

    def get_app(self) -> object:
        return None

    def set_app(self, app: object) -> None:
        """Requests are none of these tests' business."""

    def watch(self, path: str) -> None:
        self.watched.append(path)

    def unwatch(self, path: str) -> None:
        raise KeyError(path)


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (None, ""),
        (ConfigurationError("mkdocs.yml is odd"), "mkdocs.yml is odd"),
        (Abort("Aborted with a BuildError!"), "last good pages"),
        (ZeroDivisionError(), "bug of playbook"),
    ],
)
def test_a_rebuild_never_ends_the_server(
    company: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    raised: Exception | None,
    said: str,
) -> None:
    """Whatever it dies of is said, without a traceback; the data folder is watched."""

    def builder() -> None:
        if raised:
            raise raised

    monkeypatch.setattr("tempfile.tempdir", str(company))
    config = load_config(str(company / "mkdocs.yml"))
    fake = FakeServer()
    plugin = config.plugins["playbook"]
    assert isinstance(plugin, PlaybookPlugin)
    plugin.on_serve(fake, config=config, builder=builder)  # type: ignore[arg-type]
    fake.builder()
    assert fake.watched == [str(company / "data")]
    assert said in caplog.text
    assert bool(caplog.text) == bool(raised)
    assert "Traceback" not in caplog.text


def test_a_command_counts_more_than_mkdocs_yml(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`playbook serve --data elsewhere` watches that folder, and only while it runs."""
    elsewhere = Source(company / "elsewhere", None, strict=False)
    options = PluginOptions(None, None, False, "")
    seen = []

    def fake(_file: str, *, livereload: bool, dev_addr: str) -> None:
        assert PlaybookPlugin.commanded is not None
        seen.append((PlaybookPlugin.commanded(options), livereload, dev_addr))

    monkeypatch.setattr("mkdocs.commands.serve.serve", fake)
    serve(company / "mkdocs.yml", lambda _: elsewhere, "127.0.0.1:1")
    assert seen == [(elsewhere, True, "127.0.0.1:1")]
    assert PlaybookPlugin.commanded is None


class Server:
    """`playbook serve` or `mkdocs serve` in a process of its own."""

    def __init__(self, company: Path, *command: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/"
        place = ["--port", str(port)] if "generator" in command else ["--dev-addr", f"127.0.0.1:{port}", "--livereload"]
        self.process = started("-m", *command, *place, cwd=company, stdout=None)
        self.said: list[str] = []
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._lines.put(line)
        self._lines.put(None)

    def wait_for(self, text: str) -> None:
        """Read on until a line has `text`, as long as the server lives."""
        while (line := self._lines.get()) is not None:
            self.said.append(line)
            if text in line:
                return
        raise AssertionError("".join(self.said))

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.url + path) as answer:  # noqa: S310 - our own address
            return str(answer.read().decode())


@pytest.fixture(params=["playbook", "mkdocs"])
def server(company: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    git(company, "init", "--quiet")
    git(company, "add", "data")
    git(company, "commit", "--quiet", "--message", "Begin")
    command = ["generator", "serve"] if request.param == "playbook" else ["mkdocs", "serve"]
    running = Server(company, *command)
    try:
        yield running
    finally:
        running.process.terminate()
        running.process.wait(30)
        assert running.process.stderr is not None
        running.process.stderr.close()


def test_serve_survives_mistakes_and_follows_the_data(company: Path, server: Server) -> None:
    """Bad data is reported while the last good pages stay; the mended data is shown, and a commit as well."""
    taxonomy, partners = company / "data" / "taxonomy.yml", company / "data" / "partners.yml"
    server.wait_for("Serving on")
    assert "Sells for us" in server.get("types/agent/")

    taxonomy.write_text(TAXONOMY.replace("function: reach", "function: raech"))
    server.wait_for("did you mean 'reach'?")
    server.wait_for("last good pages")
    assert "Sells for us" in server.get("types/agent/")

    taxonomy.write_text(TAXONOMY.replace("Sells for us", "Deals for us"))
    server.wait_for("Reloading browsers")  # of the mistake
    server.wait_for("Reloading browsers")
    assert "Deals for us" in server.get("types/agent/")

    partners.write_text(PARTNERS.replace("Acme Agency", "Acme Agents"))
    server.wait_for("Reloading browsers")
    assert "Bo Berg" not in server.get("changes/")
    git(company, "commit", "--quiet", "--all", "--message", "Rename Acme", author="Bo Berg")
    server.wait_for("Reloading browsers")
    assert "Bo Berg" in server.get("changes/")
    assert "Traceback" not in "".join(server.said)
