"""What Windows lacks is taken from Python before it loads the program: what editors do most works without it.

No test of ours has seen a real one; the workflow `check` runs the suite there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit import ROOT, TAXONOMY

# Of the standard library alone, and before anything else: it may use these where it is loaded with them.
WITHOUT = """
import os, shutil, signal, socket, socketserver, subprocess, sys, tempfile

for name in ("fcntl", "grp", "pwd", "resource", "termios", "tty", "pty"):
    sys.modules[name] = None
for name in (
    "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_DIRECTORY", "O_NOCTTY", "mkfifo", "mknod", "getuid", "geteuid",
    "getgid", "fork", "forkpty", "chown", "lchown", "getpgid", "killpg", "statvfs",
):
    if hasattr(os, name):
        delattr(os, name)
for name in ("SIGKILL", "SIGHUP", "SIGALRM", "SIGPIPE", "SIGXFSZ", "alarm", "setitimer"):
    if hasattr(signal, name):
        delattr(signal, name)

# Binary mode is not the rule there: whoever opens a file by number has to ask for it.
os.O_BINARY = 1 << 27
honest, asked = os.open, []

def opened(path, flags, *more, **extra):
    if flags & (os.O_WRONLY | os.O_RDWR) or os.path.isfile(path):
        asked.append((os.fspath(path), flags))
    return honest(path, flags & ~os.O_BINARY, *more, **extra)

os.open = opened
"""

RUN = """
import sys
from generator.cli import main

try:
    main(sys.argv[1:], prog_name="playbook")
finally:
    ours = [path for path, flags in asked if str(path).startswith(os.getcwd()) or not os.path.isabs(path)]
    text = [path for path, flags in asked if path in ours and not flags & os.O_BINARY and ".lock" not in str(path)]
    assert not text, f"opened in text mode: {text}"
"""

SERVE = """
from datetime import date
from pathlib import Path
from mkdocs.livereload import LiveReloadServer
from generator.mkdocs_plugin import Source, serve

def begun(self, *arguments, **options):
    print("serving", self.url)

LiveReloadServer.serve = begun
serve(Path("mkdocs.yml"), Source(Path("data").absolute(), date(2026, 6, 1), False), "127.0.0.1:0")
"""

DATA = {
    "data/taxonomy.yml": TAXONOMY,
    "data/partners.yml": """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [agent], owner: null}
""",
    "mkdocs.yml": "site_name: T\ntheme: mkdocs\nplugins: [playbook]\n",
    "ours.csv": "name,types,owner\nZeta,agent,\n",
}


@pytest.fixture
def company(tmp_path: Path) -> Path:
    """A company whose files have the line ends that they have there."""
    (tmp_path / "data").mkdir()
    (tmp_path / "docs").mkdir()
    for name, text in DATA.items():
        (tmp_path / name).write_bytes(text.replace("\n", "\r\n").encode())
    return tmp_path


def ran(company: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT + code, *arguments],
        cwd=company,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("check",), 0),
        (("import", "ours.csv", "--department", "sales"), 0),
        (("build",), 0),
        (("pages", "--out", "pages"), 0),
        (("fmt",), 0),
        (("new", "person", "--name", "Ann Lee"), 0),
        (("export", "partners.csv"), 0),
        (("diff", "data"), 0),
    ],
    ids=lambda one: one[0] if isinstance(one, tuple) else "",
)
def test_commands_need_nothing_that_windows_lacks(company: Path, command: tuple[str, ...], code: int) -> None:
    """They end as they do here, and open every file of the company in binary mode."""
    done = ran(company, RUN, *command)
    assert done.returncode == code, done.stdout + done.stderr
    assert "bug of playbook" not in done.stderr
    assert "AssertionError" not in done.stderr
    for name in DATA:
        content = (company / name).read_bytes()
        assert content.count(b"\r\n") == content.count(b"\n") or command[0] == "fmt"
        assert b"\r\r" not in content


def test_serve_begins(company: Path) -> None:
    """The site is built and the server is about to listen."""
    done = ran(company, SERVE)
    assert done.returncode == 0, done.stderr
    assert "serving http://127.0.0.1:" in done.stdout
