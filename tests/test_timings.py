"""What a build says of itself: how many pages are done, on a terminal, and how long its stages took."""

from __future__ import annotations

import io
import logging
import os
import re
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from generator import progress
from generator.cli import timing
from generator.cli.timing import PageCount, Timings
from tests.kit import MKDOCS, TAXONOMY, data_in, inventory, run, started

pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
termios = pytest.importorskip("termios")

Terminal = Callable[..., "Screen"]


class Screen:
    """A terminal of so many columns, whose one stream is written to, and what it shows."""

    def __init__(self, columns: int) -> None:
        self._master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (24, columns))
        self.columns = columns
        self.stream = os.fdopen(slave, "w", encoding="utf-8")

    def written(self) -> str:
        """All that was written since this was asked last; a process at the other end has to have ended."""
        self.stream.write("\0")
        self.stream.flush()
        text = b""
        while not text.endswith(b"\0"):
            text += os.read(self._master, 4096)
        return text[:-1].decode()

    def close(self) -> None:
        self.stream.close()
        os.close(self._master)


def shown(text: str, columns: int = 80) -> list[str]:
    """The lines that a terminal shows of it, one that is too long going on in the next."""
    lines, column = [""], 0
    for character in text.replace("\r\n", "\n"):
        if character == "\r":
            column = 0
        elif character == "\n" or column == columns:
            lines.append("")
            column = 0
        if character not in "\r\n":
            lines[-1] = lines[-1][:column] + character + lines[-1][column + 1 :]
            column += 1
    return [line.rstrip() for line in lines]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """Makes terminals of so many columns."""
    monkeypatch.setenv("TERM", "xterm")
    made: list[Screen] = []

    def make(columns: int = 80) -> Screen:
        made.append(Screen(columns))
        return made[-1]

    yield make
    for one in made:
        one.close()


def seconds(*moments: float) -> Callable[[], float]:
    """A clock that shows these, one after the other, and then the last."""
    left = list(moments)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


def test_pages_are_counted_on_one_line(terminal: Terminal) -> None:
    """Expected: each count takes the place of the one before, with commas; after the last page nothing is left."""
    screen = terminal()
    line = PageCount(screen.stream, count(step=3).__next__)
    line.pages(10_204, 10_331)
    assert shown(screen.written()) == ["10,204 of 10,331 pages"]
    line.pages(9, 10)
    assert shown("10,204 of 10,331 pages\r" + screen.written()) == ["9 of 10 pages"]
    line.pages(10, 10)
    assert shown("9 of 10 pages\r" + screen.written()) == [""]


def test_a_short_build_says_nothing(terminal: Terminal) -> None:
    """Expected: not a byte within two seconds, and no more than ten lines a second later on."""
    screen = terminal()
    line = PageCount(screen.stream, seconds(100, 100.1, 101.9, 102.0, 102.0, 102.05, 102.2))
    line.pages(1, 9)
    line.pages(2, 9)
    assert screen.written() == ""
    line.pages(3, 9)
    assert "3 of 9 pages" in screen.written()
    line.pages(4, 9)
    assert screen.written() == ""
    line.pages(5, 9)
    assert "5 of 9 pages" in screen.written()


def test_what_is_counted_is_said(terminal: Terminal) -> None:
    """Expected: rows and partners of an import by their names."""
    screen = terminal()
    line = PageCount(screen.stream, count(step=3).__next__)
    line.pages(1204, 10_000, "rows matched")
    assert "1,204 of 10,000 rows matched" in screen.written()


@pytest.mark.parametrize("columns", [1, 2, 10, 21, 22, 23])
def test_a_narrow_terminal(terminal: Terminal, columns: int) -> None:
    """Expected: as much of the line as there is room for, and never a second line, however often it is written."""
    screen = terminal(columns)
    line = PageCount(screen.stream, count(step=3).__next__)
    for done in (10_204, 10_205):
        line.pages(done, 10_331)
    text = screen.written()
    assert shown(text, columns) == ["10,205 of 10,331 pages"[: columns - 1].rstrip()]
    line.aside()
    assert shown(text + screen.written(), columns) == [""]


def test_where_nobody_could_read_it(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: not a byte to a file, to a terminal that cannot go back, or where there is no standard error."""
    file = io.StringIO()
    dumb = terminal()
    monkeypatch.setenv("TERM", "dumb")
    for stream in (file, dumb.stream, None):
        line = PageCount(stream, count(step=3).__next__)
        line.pages(1, 9)
        line.aside()
    assert file.getvalue() == ""
    assert dumb.written() == ""


def test_a_terminal_without_a_size(terminal: Terminal) -> None:
    """Expected: it is taken for one of 80 columns, as some say that they have none."""
    screen = terminal(0)
    PageCount(screen.stream, count(step=3).__next__).pages(10_204, 10_331)
    assert shown(screen.written()) == ["10,204 of 10,331 pages"]


def test_an_interrupted_build_leaves_no_line(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: whatever ends the block, the line is gone."""
    screen = terminal()
    monkeypatch.setattr("sys.stderr", screen.stream)
    monkeypatch.setattr(timing, "PATIENCE", -1)

    def interrupted() -> None:
        with timing.counted_pages():
            progress.pages(1, 9)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    text = screen.written()
    assert "1 of 9 pages" in text
    assert shown(text) == [""]
    progress.pages(2, 9)
    assert screen.written() == ""


def test_stages_are_timed() -> None:
    """Expected: a stage that comes again has one row, where it came first, and the last row has the sum."""
    times = Timings(seconds(0, 1, 4, 4.5, 5.25, 7))
    for stage in ("read", "Markdown", "theme", "Markdown"):
        times.stage(stage)
    rows = [line.split()[:3] for line in times.lines()]
    assert rows == [["read", "3.00", "s"], ["Markdown", "2.25", "s"], ["theme", "0.75", "s"], ["all", "6.00", "s"]]


def test_memory_is_told_where_somebody_counts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: megabytes on each row, of which the last has the most; nothing on Windows."""
    times = Timings()
    times.stage("read")
    assert [bool(re.search(r"[1-9]\d* MB$", line)) for line in times.lines()] == [True, True]
    monkeypatch.setattr(timing, "resource", None)
    times = Timings()
    times.stage("read")
    assert [line.endswith(" s") for line in times.lines()] == [True, True]


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small company; the working directory."""
    partners = inventory(acme="types: [agent], owner: null")
    hook = "import logging\ndef on_page_content(html, page, **_):\n    logging.getLogger('mkdocs').warning('Odd')\n"
    settings = MKDOCS + "hooks: [hook.py]\n"
    data_in(tmp_path, **{"data/taxonomy.yml": TAXONOMY, "data/partners.yml": partners})
    data_in(tmp_path, **{"mkdocs.yml": settings, "hook.py": hook})
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.site
def test_a_build_tells_its_stages(company: Path) -> None:
    """Expected: a row for each stage on standard error; what else is said stays the same, and nothing unless asked."""
    told = run("build", "--timings")
    shutil.rmtree(company / "site")  # or nothing would be built again
    silent = run("build")
    rows = [line for line in told.stderr.splitlines() if re.search(r"  +\d+\.\d\d s", line)]

    assert [row.split("  ")[0] for row in rows] == [
        *("compare with the last build", "settings", "read and check", "history", "pages"),
        *("Markdown", "files", "theme", "search", "all"),
    ]
    assert told.stdout == silent.stdout
    assert [line for line in told.stderr.splitlines() if line not in rows] == silent.stderr.splitlines()


IMPATIENT = "from generator import cli; from generator.cli import timing; timing.PATIENCE = timing._BETWEEN = -1; "


@pytest.mark.site
def test_a_build_in_a_terminal(company: Path, terminal: Terminal) -> None:
    """Expected: pages are counted up to the last, messages stand on lines of their own, and no count is left over."""
    screen = terminal()
    build = started("-c", f"{IMPATIENT} cli.main(['build'])", stderr=screen.stream)
    out, _ = build.communicate()
    text = screen.written()
    counts = [tuple(map(int, one)) for one in re.findall(r"(\d+) of (\d+) pages", text)]

    assert build.returncode == 0, text
    assert len(counts) > 40
    assert counts == sorted(counts)
    assert {of for _, of in counts} == {counts[-1][0] + 1}
    assert set(shown(text)) == {"WARNING  Odd", ""}
    assert "pages" not in "".join(shown(text))
    assert "The site is in" in out


@pytest.mark.site
def test_a_build_without_a_terminal(company: Path) -> None:
    """Expected: no count where standard error goes into a file or a pipe."""
    _, said = started("-c", f"{IMPATIENT} cli.main(['build'])").communicate()

    assert set(said.splitlines()) == {"WARNING  Odd"}


def test_what_is_logged_makes_room(caplog: pytest.LogCaptureFixture) -> None:
    """Expected: listeners hear of a message of MkDocs before it is printed."""
    from generator.mkdocs_plugin.running import _Log

    heard: list[str] = []

    class Ear(PageCount):
        def aside(self) -> None:
            heard.append("aside")

    stream = io.StringIO()
    handler = _Log(stream)
    with progress.listening(Ear(None)):
        handler.handle(logging.LogRecord("mkdocs", logging.WARNING, "", 0, "Odd", None, None))
    assert heard == ["aside"]
    assert stream.getvalue() == "Odd\n"
