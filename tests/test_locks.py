"""The locks install whole, with every pip from 23.0 on, whatever is released later."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FOLDER = Path(__file__).parents[1] / "requirements"
LOCKS = ("site", "test")
# What the benchmarks and the mutation tester are installed from, in environments of their own.
ALL = (*LOCKS, "bench", "mutants")

# The locks are for every system and every Python that we name: what any of them asks for has to be there.
ENVIRONMENTS: list[dict[str, str]] = [
    {
        "implementation_name": "cpython",
        "os_name": "nt" if system == "win32" else "posix",
        "platform_python_implementation": "CPython",
        "platform_machine": machine,
        "platform_system": {"linux": "Linux", "win32": "Windows", "darwin": "Darwin"}[system],
        "python_full_version": f"{python}.0",
        "python_version": python,
        "sys_platform": system,
    }
    for system in ("linux", "win32", "darwin")
    for machine in ("x86_64", "arm64")
    for python in ("3.11", "3.12", "3.13", "3.14")
]


class Pin(NamedTuple):
    """One package of a lock: the extras that it is installed with, the version, and how many hashes follow."""

    extras: frozenset[str]
    version: str
    hashes: int


def pins(lock: str) -> dict[str, Pin]:
    """The packages of a lock's text, by name."""
    found: dict[str, Pin] = {}
    for entry in re.split(r"\n(?=\S)", "\n" + re.sub(r"^ *#.*$\n?", "", lock, flags=re.MULTILINE)):
        if entry.strip():
            written = Requirement(entry.strip().split(" \\\n")[0])
            (version,) = written.specifier
            assert version.operator == "==", entry
            hashes = len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", entry))
            found[canonicalize_name(written.name)] = Pin(frozenset(written.extras), version.version, hashes)
    return found


def missing(found: dict[str, Pin]) -> Iterator[str]:
    """What packages of a lock ask for and the lock lacks: names, and extras; each said in a line."""
    for name, pin in found.items():
        try:
            asked = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue  # for another system or another Python than this one
        for written in map(Requirement, asked):
            other = canonicalize_name(written.name)
            wanted = any(
                written.marker is None or written.marker.evaluate({**environment, "extra": extra})
                for environment in ENVIRONMENTS
                for extra in ("", *pin.extras)
            )
            if wanted and other not in found:
                yield f"{name} asks for {other}, which is not there"
            elif wanted and not written.extras <= found[other].extras:
                yield f"{name} asks for {written.name}[{','.join(sorted(written.extras))}]"


def asked_for(name: str) -> list[Requirement]:
    """What we ask for ourselves, by hand."""
    lines = (FOLDER / f"{name}.in").read_text("utf-8").splitlines()
    return [Requirement(line.split("#")[0]) for line in lines if line.split("#")[0].strip() and line[0] != "-"]


@pytest.mark.parametrize("name", ALL)
def test_a_lock_is_whole(name: str) -> None:
    """Every name and every extra that a package of it asks for, on any system, stands in it with hashes."""
    found = pins((FOLDER / f"{name}.txt").read_text("utf-8"))

    assert len(found) > 10
    assert list(missing(found)) == []
    assert [package for package, pin in found.items() if not pin.hashes] == []
    for written in asked_for(name):
        pin = found[canonicalize_name(written.name)]
        assert written.specifier.contains(pin.version)
        assert written.extras <= pin.extras


def test_the_locks_agree() -> None:
    """Both have what the site is built with, in the same versions: that is what is tested, and what is measured."""
    less = pins((FOLDER / "site.txt").read_text("utf-8"))
    for name in ("test", "bench"):
        more = pins((FOLDER / f"{name}.txt").read_text("utf-8"))
        assert {package: more[package].version for package in less} == {p: pin.version for p, pin in less.items()}


@pytest.mark.parametrize("name", LOCKS)
def test_what_is_installed_is_what_is_locked(name: str) -> None:
    """Or what is read here would be about other versions."""
    found = pins((FOLDER / f"{name}.txt").read_text("utf-8"))
    installed = {package: metadata.version(package) for package in found if _is_installed(package)}

    assert len(installed) > 20
    assert installed == {package: found[package].version for package in installed}


def _is_installed(package: str) -> bool:
    try:
        metadata.version(package)
    except metadata.PackageNotFoundError:
        return False
    return True


def test_what_the_package_asks_for_is_locked() -> None:
    """Whoever installs the package gets what it was written against."""
    found = pins((FOLDER / "site.txt").read_text("utf-8"))
    project = tomllib.loads((FOLDER.parent / "pyproject.toml").read_text("utf-8"))["project"]
    ours = [Requirement(written) for written in project["dependencies"]]

    assert ours
    for written in ours:
        assert written.specifier.contains(found[canonicalize_name(written.name)].version), written


@pytest.mark.long
def test_what_the_code_imports_is_asked_for() -> None:
    """By the package itself: it would run nowhere but here with what something else happens to bring."""
    root = FOLDER.parent
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {canonicalize_name(Requirement(written).name) for written in project["dependencies"]}
    extras = [written for extra in project["optional-dependencies"].values() for written in extra]
    asked |= {canonicalize_name(Requirement(written).name) for written in extras}
    asked.add(canonicalize_name("pydantic-core"))  # it is a part of pydantic, which asks for one version of it
    trees = [ast.parse(path.read_text("utf-8")) for path in (root / "generator").rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    others = {name.split(".")[0] for name in names} - {"generator", *sys.stdlib_module_names}
    known = metadata.packages_distributions()

    assert len(others) > 10
    assert {name for name in others if not asked & set(map(canonicalize_name, known[name]))} == set()


HASH = "--hash=sha256:" + "0" * 64


@pytest.mark.parametrize(
    ("lock", "lacks"),
    [
        (f"pytest-cov==7.1.0 \\\n    {HASH}\ncoverage==7.1 \\\n    {HASH}\n", "asks for coverage[toml]"),
        (f"pytest-cov==7.1.0 \\\n    {HASH}\n", "asks for pytest, which is not there"),
        (f"click==8.2.1 \\\n    {HASH}\n", "asks for colorama, which is not there"),
        (f"mkdocs==1.6.1 \\\n    {HASH}\n", "asks for ghp-import, which is not there"),
    ],
)
def test_a_lock_that_lacks_something_is_seen(lock: str, lacks: str) -> None:
    """The extra that stopped every set-up, a name, and a name that only another system needs."""
    assert any(lacks in line for line in missing(pins(lock)))


def test_a_pin_without_a_hash_is_seen() -> None:
    """It would be installed unchecked."""
    assert pins(f"a==1 \\\n    {HASH}\n    # via b\nb[x]==2\n") == {
        "a": Pin(frozenset(), "1", 1),
        "b": Pin(frozenset({"x"}), "2", 0),
    }
