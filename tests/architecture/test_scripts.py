"""The scripts of the site: each is linted and type-checked, none makes markup of a text, and Node may be absent."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.kit import ROOT

SCRIPTS = sorted(
    path
    for folder in ("docs", "generator", "overrides")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".js", ".mjs", ".cjs", ".ts"}
)
ESLINT = (ROOT / "eslint.config.js").read_text(encoding="utf-8")
Check = Callable[[str | None], subprocess.CompletedProcess[str]]
# Somebody else's script, which stands as it was published.
FOREIGN = "generator/kit/material/assets/theme/iframe-worker.js"

# Where a script may hand the browser markup: the page's own, which the generator has escaped.
MAKES_MARKUP = {
    "generator/kit/pages/assets/playbook.js": ["outerHTML"],
    FOREIGN: ["document.write"],
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read(file: str) -> Any:
    return json.loads((ROOT / file).read_text(encoding="utf-8"))


def matched(patterns: list[str]) -> set[str]:
    return {name(path) for pattern in patterns for path in ROOT.glob(pattern)}


def markup(script: str) -> list[str]:
    """What in a script makes markup of a text, by the names that the linter refuses."""
    names = re.search(r'^const MARKUP = "/\^\((.+)\)\$/";$', ESLINT, re.MULTILINE)
    assert names
    return [found[0] for found in re.finditer(rf"\b(?:{names[1]}|document\.write(?:ln)?)\b", script)]


def test_every_script_is_type_checked() -> None:
    """The type checker is given each script, strictly, and writes nothing."""
    config = read("jsconfig.json")
    options = config["compilerOptions"]

    assert len(SCRIPTS) >= 8
    assert {name(path) for path in SCRIPTS} <= matched(config["include"])
    assert not {"exclude", "files", "extends"} & set(config)
    assert options["checkJs"] is options["strict"] is options["noEmit"] is True
    assert "tsc --project jsconfig.json" in read("package.json")["scripts"]["check"]


def test_every_script_is_linted_for_where_it_runs() -> None:
    """The linter leaves no script out, and knows of each whether it has a page or is a worker."""
    blocks = re.findall(r"^  {\n(.*?)^  },$", ESLINT, re.MULTILINE | re.DOTALL)
    known: Counter[str] = Counter()
    for block in blocks:
        keys = {key: re.findall(r'"(.*?)"', value) for key, value in re.findall(r"^    (\w+): \[(.*)\],$", block, re.M)}
        assert "ignores" not in keys or "files" in keys, "alone it would leave the file out"
        known.update(matched(keys.get("files", [])) - matched(keys.get("ignores", [])))

    assert "globalIgnores" not in ESLINT
    assert {name(path) for path in SCRIPTS} == {script for script in known if script != "eslint.config.js"}
    assert set(known.values()) == {1}
    assert all(name(path).startswith("generator/kit/") for path in SCRIPTS)
    assert "eslint generator/kit eslint.config.js &&" in read("package.json")["scripts"]["check"]


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_exceptions_are_single_and_have_a_reason(path: Path) -> None:
    """A rule is put aside for one line, by name and with the reason; types never are."""
    comments = re.findall(r"\beslint\b.*|@ts-(?:nocheck|ignore|expect-error).*", path.read_text(encoding="utf-8"))
    if name(path) == FOREIGN:
        assert [comment.split()[0] for comment in comments] == ["eslint-disable", "@ts-nocheck:"]
        return

    assert not [one for one in comments if not re.fullmatch(r"eslint-disable-next-line [a-z-]+ -- \w.*", one)]


def test_no_text_becomes_markup() -> None:
    """Scripts make elements and give them text; markup is parsed where it is listed above, and nowhere else."""
    found = {name(path): names for path in SCRIPTS if (names := markup(path.read_text(encoding="utf-8")))}

    assert found == MAKES_MARKUP


@pytest.mark.parametrize(
    "script",
    [
        "element.innerHTML = text;",
        'element["outerHTML"] += text;',
        "Object.assign(frame, { srcdoc: text });",
        'element?.insertAdjacentHTML("beforeend", text);',
        "frame.contentWindow.document.writeln(text);",
        "element.setHTMLUnsafe(text);",
        'new DOMParser().parseFromString(text, "text/html");',
    ],
)
def test_markup_is_recognized(script: str) -> None:
    """Whichever way it is written, it is seen."""
    assert len(markup(script)) == 1


def test_text_is_not_taken_for_markup() -> None:
    """What writes text, or writes elsewhere, is let through."""
    assert not markup('element.textContent = text; navigator.clipboard.write(text); element.className = "innerHTMLs";')


def test_versions_are_pinned() -> None:
    """package.json names exact versions, the lock holds the same, and each with its hash from the public registry."""
    package, lock = read("package.json"), read("package-lock.json")
    pins = package["devDependencies"]
    installed = {place: entry for place, entry in lock["packages"].items() if place}

    assert package["private"] is True
    assert {"eslint", "typescript"} <= set(pins)
    assert not set(package) & {"dependencies", "optionalDependencies", "peerDependencies"}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in pins.values())
    assert lock["packages"][""]["devDependencies"] == pins
    assert {tool: installed[f"node_modules/{tool}"]["version"] for tool in pins} == pins
    for place, entry in installed.items():
        assert entry["integrity"].startswith("sha512-"), place
        assert entry.get("resolved", "https://registry.npmjs.org/").startswith("https://registry.npmjs.org/"), place


def stub(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """`make check` where every tool is a stub; it is told what `npm ci` does there, or None for no Node."""
    if os.name == "nt" or not shutil.which("make"):
        pytest.skip("no make here")
    for file in ("Makefile", "package.json", "package-lock.json", "pyproject.toml"):
        shutil.copy(ROOT / file, tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    for tool in ("ruff", "mypy", "playbook"):
        stub(tmp_path / ".venv" / "bin" / tool, "exit 0")
    for kind in ("made", "site", "test"):
        (tmp_path / ".venv" / f"{kind}.stamp").touch()
    for path in tmp_path.rglob("*"):
        os.utime(path, (0, 0))
    path = tmp_path / "path"
    path.mkdir()
    for tool in ("echo", "mkdir", "touch"):
        found = shutil.which(tool)
        assert found
        (path / tool).symlink_to(found)

    def run(install: str | None) -> subprocess.CompletedProcess[str]:
        if install is not None:
            stub(path / "node", "exit 0")
            stub(path / "npm", f'echo "npm $*" >> npm.log; if [ "$1" = ci ]; then {install}; fi')
        make = shutil.which("make")
        assert make
        return subprocess.run([make, "check"], cwd=tmp_path, env={"PATH": str(path)}, text=True, capture_output=True)

    return run


def test_without_node_the_scripts_are_passed_over(check: Check) -> None:
    """Everything else is checked, one line says what was not, and that is no failure."""
    done = check(None)

    assert (done.returncode, done.stderr) == (0, "")
    assert [line for line in done.stdout.splitlines() if "scripts" in line] == [
        "Not checked: the scripts in generator/kit/, since that needs Node.js with npm."
    ]


def test_an_install_that_fails_is_said(check: Check) -> None:
    """One line says what could not be done, what it needs and how to see why, and nothing counts as installed."""
    done = check("mkdir -p node_modules; exit 1")
    again = check("mkdir -p node_modules")

    assert done.returncode != 0
    assert [line for line in done.stderr.splitlines() if "***" not in line] == [
        "The scripts cannot be checked: npm could not install what package-lock.json names. It needs the npm registry "
        'and a Node.js as package.json says; run "npm ci" to see what is wrong.'
    ]
    assert again.returncode == 0


def test_tools_are_installed_once_for_each_lock(check: Check, tmp_path: Path) -> None:
    """The second check installs nothing; a new lock is installed; no package runs anything while it is."""
    runs = []
    for _ in range(2):
        assert check("mkdir -p node_modules").returncode == 0
        runs.append((tmp_path / "npm.log").read_text())
        (tmp_path / "npm.log").unlink()
    future = (tmp_path / "node_modules" / "made.stamp").stat().st_mtime + 10
    os.utime(tmp_path / "package-lock.json", (future, future))
    assert check("mkdir -p node_modules").returncode == 0
    runs.append((tmp_path / "npm.log").read_text())

    first, second, third = ([line.split()[:2] for line in run.splitlines()] for run in runs)
    assert first == third == [["npm", "ci"], ["npm", "run"]]
    assert second == [["npm", "run"]]
    assert {"--ignore-scripts", "--silent"} <= set(runs[0].split())


def test_what_npm_installs_is_nobodys_source() -> None:
    """Git does not see it, `make clean` takes it away, and the wheel is made of the generator alone."""
    clean = re.search(r"^clean:.*?\n\n", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)

    assert "/node_modules/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert clean
    assert "node_modules" in clean[0].split()
    assert 'only-include = ["generator", "data"]' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
