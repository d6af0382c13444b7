"""What Windows lacks is taken from Python before it loads the program: what editors do most works without it.

No test of ours has seen a real one; the workflow `check` runs the suite there.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.kit import TAXONOMY, ran

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
import contextlib, io, json, traceback
from generator.cli import main

for folder, command in json.loads(sys.argv[1]):
    os.chdir(folder)
    asked.clear()
    with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.redirect_stderr(said):
        try:
            main(command, prog_name="playbook")
            code = 0
        except SystemExit as ended:
            code = ended.code
        except BaseException:
            code = traceback.format_exc()
    ours = [path for path, flags in asked if str(path).startswith(os.getcwd()) or not os.path.isabs(path)]
    text = [path for path, flags in asked if path in ours and not flags & os.O_BINARY and ".lock" not in str(path)]
    print(json.dumps({"code": code, "said": said.getvalue(), "opened": len(ours), "text": text}))
"""
"""Runs commands one after the other, each in a company of its own, and prints a line about each."""

SERVE = """
from datetime import date
from pathlib import Path
from mkdocs.livereload import LiveReloadServer
from generator.mkdocs_plugin import Source, serve

def begun(self, *arguments, **options):
    print("serving", self.url)

LiveReloadServer.serve = begun
source = Source(Path("data").absolute(), date(2026, 6, 1), False)
serve(Path("mkdocs.yml"), lambda _: source, "127.0.0.1:0")
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


COMMANDS = {
    "check": ("check",),
    "import": ("import", "ours.csv", "--department", "sales"),
    "build": ("build",),
    "pages": ("pages", "--out", "pages"),
    "fmt": ("fmt",),
    "new": ("new", "person", "--name", "Ann Lee"),
    "export": ("export", "partners.csv"),
    "diff": ("diff", "data"),
}


def company(folder: Path) -> Path:
    """A company whose files have the line ends that they have there."""
    for name, text in DATA.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.replace("\n", "\r\n").encode())
    (folder / "docs").mkdir()
    return folder


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, dict[str, Any]]]:
    """For each command its company, and what became of it; one process runs them all, since to start is most of it."""
    folders = {name: company(tmp_path_factory.mktemp(name)) for name in COMMANDS}
    done = ran("-c", WITHOUT + RUN, json.dumps([(str(folders[name]), COMMANDS[name]) for name in COMMANDS]))
    assert done.returncode == 0, done.stdout + done.stderr
    told = map(json.loads, done.stdout.splitlines())
    return {name: (folders[name], one) for name, one in zip(COMMANDS, told, strict=True)}


@pytest.mark.long
@pytest.mark.parametrize("name", COMMANDS)
def test_commands_need_nothing_that_windows_lacks(outcomes: dict[str, tuple[Path, dict[str, Any]]], name: str) -> None:
    """They end as they do here, and open every file of the company in binary mode."""
    folder, outcome = outcomes[name]
    assert outcome["code"] == 0, outcome
    assert "bug of playbook" not in outcome["said"]
    assert outcome["opened"]
    assert outcome["text"] == []
    for file in DATA:
        content = (folder / file).read_bytes()
        assert content.count(b"\r\n") == content.count(b"\n") or name == "fmt"
        assert b"\r\r" not in content


@pytest.mark.long
def test_serve_begins(tmp_path: Path) -> None:
    """The site is built and the server is about to listen."""
    done = ran("-c", WITHOUT + SERVE, cwd=company(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "serving http://127.0.0.1:" in done.stdout
