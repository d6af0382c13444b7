"""What a command costs, as a whole process: the program of any checkout, in a company made for it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

DAY = "2026-11-02"


class Cost(NamedTuple):
    """Of a process and all that it started: seconds of the processor, seconds, and MB that the largest of them held."""

    cpu: float
    wall: float
    peak: float


class Failed(Exception):
    """A command ended with another exit code than 0; the message is what it said last."""


def cost(arguments: Sequence[str | Path], cwd: Path, code: Path) -> Cost:
    """Of Python with these arguments, which takes the program from the checkout `code`."""
    env = {**os.environ, "PYTHONPATH": str(code), "NO_MKDOCS_2_WARNING": "1", "PLAYBOOK_AS_OF": DAY}
    env["XDG_CACHE_HOME"] = str(cwd / ".cache")  # what is kept between builds goes with the rest that is not committed
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        began = time.perf_counter()
        command = [sys.executable, *map(str, arguments)]
        process = subprocess.Popen(command, cwd=cwd, env=env, stdout=subprocess.DEVNULL, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise Failed(f"{' '.join(command[1:])}: {''.join(said.readlines()[-3:]).strip()}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * unit / 1e6)


def program(*arguments: str | Path) -> list[str | Path]:
    """`playbook` with these arguments, on a fixed day."""
    return ["-m", "generator", *arguments, "--as-of", DAY]


def compiled(code: Path) -> None:
    """Compile the program, or the first run would pay for it."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", code / "generator"], check=True)


def as_committed(company: Path) -> None:
    """Leave nothing in the repository but its last commit: no site, no cache, no change."""
    subprocess.run(["git", "-C", company, "reset", "--quiet", "--hard"], check=True)
    subprocess.run(["git", "-C", company, "clean", "-ffdxq"], check=True)


def change_one(company: Path) -> None:
    """Give the first entry another owner, each time another one."""
    file = company / "data" / "partners.yml"
    text = file.read_text("utf-8")
    owners = sorted(set(re.findall(r"^    owner: (.+)$", text, re.MULTILINE)) - {"null"})
    found = re.search(r"^    owner: (.+)$", text, re.MULTILINE)
    assert found
    now = owners.index(found[1])
    file.write_text(text.replace(found[0], f"    owner: {owners[(now + 1) % len(owners)]}", 1), "utf-8")
