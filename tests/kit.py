"""What many tests need: where things are, a company loaded, its pages, and the parts of a page."""

from __future__ import annotations

import html
import json
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from subprocess import DEVNULL, PIPE
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import settings
from mkdocs.__main__ import cli as mkdocs_command
from mkdocs.commands import build

from generator import paths
from generator.cli import main
from generator.loading import load_folder
from generator.model import Entry, Partner, Playbook, Relationship, frozen
from generator.render import Terms, render
from generator.sinks.folder import Written, write
from generator.site import Page, Site
from generator.views.kit.view import View

ROOT = Path(__file__).parents[1]
# A company made up for the tests: each status, mode, type and finding, and something on each page.
RICH = ROOT / "tests" / "rich"
# A taxonomy with one of each kind in it, to which tests add their own inventory; its day is 2026-06-01.
WORLD = ROOT / "tests" / "world"
# The fixture `world`: the playbook of tests/world/ with these files in it, world(partners="...", strategy="...").
World = Callable[..., Playbook]
# The smallest settings of a site.
MKDOCS = "site_name: T\ntheme: {name: material}\nplugins: [playbook]\n"
# The smallest taxonomy, for tests that need no more than some data.
TAXONOMY = """\
functions: [{id: reach, name: Reach, value: They reach customers.}]
types: [{id: agent, name: Agent, function: reach, definition: Sells for us., mode: close}]
modes: [{id: close, name: Close, summary: We talk often.}]
"""


def run(*arguments: str, answers: str = "") -> Result:
    """What a command of playbook says and how it ends, when these answers are typed."""
    return CliRunner().invoke(main, arguments, input=answers, prog_name="playbook")


def mkdocs(*arguments: str) -> Result:
    """The same of a command of MkDocs."""
    log = logging.getLogger("mkdocs")
    level = log.level
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        try:
            return CliRunner().invoke(mkdocs_command, arguments)
        finally:
            # From now on, it would say nothing twice in this process, and with --quiet little at all.
            build.log.filters.clear()
            log.setLevel(level)


def started(*arguments: str | Path, env: Mapping[str, str] | None = None, **more: Any) -> subprocess.Popen[str]:
    """A fresh Python with these arguments, which takes the program from here wherever it runs."""
    options = {"stdin": DEVNULL, "stdout": PIPE, "stderr": PIPE, "text": True, **more}
    options["env"] = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", **(env or {})}
    return subprocess.Popen([sys.executable, *map(str, arguments)], **options)


def ran(*arguments: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    """The same process when it has ended."""
    process = started(*arguments, **more)
    out, err = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def git(
    folder: Path, *arguments: str, author: str = "Ann Lee", moment: str = "2026-01-01T12:00:00Z", given: bytes = b""
) -> str:
    """What git prints in this folder, whoever runs the tests, wherever and whenever they do.

    It looks after nothing at a commit and copies no samples of hooks, each of which costs as much as the rest.
    """
    email = f"{author.lower().replace(' ', '.')}@example.com"
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), author),
        **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), email),
        **dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), moment),
        **dict.fromkeys(("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"), os.devnull),
        "GIT_TEMPLATE_DIR": "",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "maintenance.auto",
        "GIT_CONFIG_VALUE_0": "false",
    }
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, env=env, input=given, capture_output=True).stdout.decode().strip()


def yaml_of(text: str) -> Any:
    """What it says, by the parser in C where there is one: that takes a tenth of the time."""
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe


def data_in(folder: Path, /, **files: str) -> Path:
    """The folder with these files in it, by path; `.yml` may be left out of their names."""
    for name, text in files.items():
        path = folder / (name if "." in name else f"{name}.yml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


# What may become of a file that a command keeps for the next one.
DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "emptied": lambda _: b"",
    "cut": lambda content: content[:-1],
    "cut at its beginning": lambda content: content[:16],
    "edited": lambda content: content[:-9] + bytes([content[-9] ^ 1]) + content[-8:],
    "text": lambda _: b"[]",
}


def world_in(folder: Path, /, **files: str) -> Path:
    """The folder as a copy of tests/world/ with these files in it, whatever was there."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(WORLD, folder)
    return data_in(folder, **files)


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file in it, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def inventory(*entries: str, **partners: str) -> str:
    """partners.yml of one department, Sales: entries in braces, or without them where they are to be P0, P1, ...

    Of partners by id, the other fields: inventory(acme="types: [shop], owner: ann").
    """
    named = {**{f"p{number}": entry for number, entry in enumerate(entries)}, **partners}
    lines = [
        entry if entry.startswith("{") else f"{{id: {partner}, name: {partner.title()}, {entry}}}"
        for partner, entry in named.items()
    ]
    return "departments:\n- id: sales\n  name: Sales\n  partners:\n" + "".join(f"  - {line}\n" for line in lines)


def loaded(folder: Path, as_of: date | None = None, today: date | None = None) -> Playbook:
    """The playbook of a folder that has no error."""
    found = load_folder(folder, as_of, today)
    assert found.playbook is not None, [f"{p.place[:3]} {p.message}" for p in found.errors]
    return found.playbook


def by_id(*parts: Any) -> Mapping[str, Any]:
    """Parts of a playbook that is made by hand."""
    return frozen({part.id: part for part in parts})


def entry(
    partner: str, department: str, *relationships: tuple[str, str, str], owner: str | None = "ann", **more: Any
) -> Entry:
    """An entry made by hand; each relationship is its type, its mode and the mode that is expected."""
    return Entry(partner, department, tuple(Relationship(*one) for one in relationships), owner, **more)


def partners_of(entries: Iterable[Entry]) -> Mapping[str, Partner]:
    """The partners with these entries; their names are their ids."""
    found: dict[str, tuple[Entry, ...]] = {}
    for one in entries:
        found[one.partner] = (*found.get(one.partner, ()), one)
    return frozen({partner: Partner(partner, partner, theirs) for partner, theirs in found.items()})


class Made(Mapping[str, str]):
    """Texts by path, each made when it is first asked for: most tests look at a page or two."""

    def __init__(self, paths: Iterable[str], make: Callable[[str], str]) -> None:
        self._paths, self._make = dict.fromkeys(paths), cache(make)

    def __getitem__(self, path: str) -> str:
        if path not in self._paths:
            raise KeyError(path)
        return self._make(path)

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def pages_of(playbook: Playbook, *log: Any) -> Mapping[str, str]:
    """The content of every page and file of its site, by path; with a change log, if one is given."""
    site = Site(playbook, *log)

    def content(path: str) -> str:
        page = site.page(path)
        return page.content if page.markdown else page.data.decode("utf-8", "replace")

    return Made(site.paths, content)


def write_pages(pages: Iterable[Page], *arguments: Any, **options: Any) -> Written:
    """Make a folder hold these pages, as `playbook pages` does."""
    return write({page.path: page.data for page in pages}, *arguments, **options)


def plain(text: str) -> str:
    """Markdown with its character references as characters, and without the look of links to functions and modes.

    `&region=` in an address is no reference without its semicolon.
    """
    without_looks = re.sub(r"\{: \.pb-(function|mode) }", "", text)
    return re.sub(r"&#?\w+;", lambda reference: html.unescape(reference[0]), without_looks)


def as_read(text: str) -> str:
    """What readers see of Markdown: no targets of links, no tags, no references."""
    return plain(re.sub(r"\]\(<[^>]*>\)|\]\([^)]*\)|<[^>]*>|\[", "", text))


def plain_pages(playbook: Playbook) -> Mapping[str, str]:
    """The plain content of every page and file of its site, by path."""
    pages = pages_of(playbook)
    return Made(pages, lambda path: plain(pages[path]))


def plain_view(view: View, terms: Terms | None = None) -> str:
    """The plain content of one page, without terms or with these."""
    return plain(render(view, terms or Terms({})))


def current(query: str) -> str:
    """The address of the directory from a page in a folder, for all that it lists by this query but what has ended."""
    statuses = "&".join(f"status={one}" for one in ("active", "onboarding", "prospect", "dormant"))
    return f"<../partners/index.md?{query}&{statuses}>"


def section(page: str, anchor: str) -> str:
    """What stands under the heading with this anchor, up to the next one of its level or above."""
    heading = re.search(rf"^(#+) [^\n]*{{ #{anchor}[ .\w-]* }}$", page, re.MULTILINE)
    assert heading, anchor
    rest = page[heading.end() :]
    end = re.search(rf"^#{{1,{len(heading[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def rows(text: str) -> list[list[str]]:
    """The cells of each row below the heads of the tables in it, with their links."""
    lines = text.splitlines()
    below = {number for number, line in enumerate(lines) if re.fullmatch(r"\|( ?:?-+:? ?\|)+", line)}
    heads = below | {number - 1 for number in below}
    kept = [line for number, line in enumerate(lines) if line.startswith("|") and number not in heads]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in kept]


def cells(text: str) -> list[list[str]]:
    """The same cells as they are read."""
    return [[as_read(cell) for cell in row] for row in rows(text)]


def data_of(script: str | bytes) -> dict[str, Any]:
    """What a script sets its one variable to."""
    text = script.decode() if isinstance(script, bytes) else script
    found = re.fullmatch(r"(?:window|self)\.playbook[A-Z][a-z]+ = (\{.*\});\n", text, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def directory_data(pages: Mapping[str, str]) -> dict[str, Any]:
    """What the directory's script is given: `columns`, `filters`, `partners` and `rows`."""
    return data_of(pages[paths.DIRECTORY_ROWS])


def directory_rows(pages: Mapping[str, str]) -> list[dict[str, list[str]]]:
    """What each row of the directory says of itself: its partner's page, and its values of each filter."""
    data = directory_data(pages)
    rows = []
    for partner, _, *held in data["rows"]:
        row = {"partner": [data["partners"][partner]["page"]]}
        for one, places in zip(data["filters"], held, strict=True):
            numbers = places if isinstance(places, list) else [places]
            row[one["name"]] = [one["values"][number]["value"] for number in numbers]
        rows.append(row)
    return rows


def examples(number: int) -> int:
    """As many examples as `number` is of 100: fewer in `make quick`, more in a long run."""
    assert settings.default is not None
    return max(3, number * settings.default.max_examples // 100)
