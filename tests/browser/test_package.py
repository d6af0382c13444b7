"""The package as a company gets it: from an empty environment and an empty folder to a site in use."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from generator import kit
from tests.browser.conftest import Search
from tests.kit import ROOT, inventory, world_in

pytestmark = [pytest.mark.browser, pytest.mark.long]

Playbook = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, built from this repository as a release is."""
    place = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(place), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": ""})
    (made,) = place.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment that holds the package, and nothing of this repository.

    What the package asks for is that of the environment in which the tests run, where `make` has installed the lock;
    `make wheel` installs both into an empty one.
    """
    place = tmp_path_factory.mktemp("environment") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    python = place / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-compile"]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    (packages,) = place.glob("lib/python*/site-packages")
    # What lies there counts, and no file by which it leads elsewhere, as to this repository.
    (packages / "ours.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    return place / "bin"


@pytest.fixture
def playbook(environment: Path, tmp_path: Path) -> Playbook:
    """Runs the command that was installed, in a folder of its own."""

    def run(*arguments: str, folder: str = ".") -> subprocess.CompletedProcess[str]:
        command = [str(environment / "playbook"), *arguments]
        done = subprocess.run(command, check=False, cwd=tmp_path / folder, env=_env(), text=True, capture_output=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    return run


def _env() -> dict[str, str]:
    """The environment of somebody who has never heard of this repository."""
    return {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}


def test_a_company_begins(playbook: Playbook, environment: Path, tmp_path: Path, page: Page, search: Search) -> None:
    """Expected: init, a person, a partner, and a served site that is searched and clicked through; with the settings
    that init wrote, and then with none.
    """
    started = ("--company", "Stone & Sons", "--types", "MSP, Sales Agent", "--department", "Sales", "--host", "github")
    playbook("init", "ours", *started)
    playbook("new", "person", "--name", "Jane Doe", folder="ours")
    partner = ("--department", "Sales", "--name", "Acme Controls", "--type", "Sales Agent", "--owner", "Jane Doe")
    playbook("new", "partner", *partner, folder="ours")
    with _served(environment, tmp_path / "ours") as address:
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Stone & Sons")
        search("Acme")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(re.escape(f"{address}partners/acme-controls/")))
        page.get_by_role("link", name="Sales Agent").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Sales Agent")
        page.goto(f"{address}partners/")
        expect(page.locator("table")).to_contain_text("Acme Controls")
    (tmp_path / "ours" / "mkdocs.yml").unlink()
    with _served(environment, tmp_path / "ours") as address:
        page.goto(address)
        search("Acme")
        expect(page.locator(".md-search-result__item h1").first).to_have_text("Acme Controls")
        page.goto(f"{address}editors/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("For editors")


@contextmanager
def _served(environment: Path, company: Path) -> Iterator[str]:
    """The address at which the installed command shows the site of this folder."""
    command = [str(environment / "playbook"), "serve", "--port", str(_free())]
    server = subprocess.Popen(command, cwd=company, env=_env(), text=True, stderr=subprocess.PIPE)
    try:
        assert server.stderr is not None
        yield next(found[0] for line in server.stderr if (found := re.search(r"http://127\.0\.0\.1:\d+/", line)))
    finally:
        server.terminate()
        server.communicate()


def _free() -> int:
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def test_the_sample_company_comes_along(environment: Path, tmp_path: Path) -> None:
    """Expected: what `playbook init --sample` copies is there, file by file; tests/sample/ tells what comes of it."""
    code = "from generator import kit; print(*(f'{path.name} {path.stat().st_size}' for path in kit.SAMPLE.iterdir()))"
    command = [str(environment / "python"), "-c", code]
    done = subprocess.run(command, check=True, cwd=tmp_path, env=_env(), text=True, capture_output=True)
    files = (f"{path.name} {path.stat().st_size}" for path in kit.SAMPLE.iterdir() if path.is_file())

    assert sorted(done.stdout.split()) == sorted(" ".join(files).split())


@pytest.mark.parametrize(
    "gone", ["templates/partner.md.j2", "templates/editors", "kit/mkdocs.yml", "kit/material", "kit/pages/assets"]
)
def test_files_of_the_package_are_missing(environment: Path, tmp_path: Path, gone: str) -> None:
    """Expected: which one is missing is named, with no talk of a bug; as somebody may have who unpacked it by hand."""
    world_in(tmp_path / "data", partners=inventory(acme="types: [shop], owner: ann"))
    (place,) = environment.parent.glob(f"lib/python*/site-packages/generator/{gone}")
    place.rename(aside := place.with_name("aside"))
    try:
        done = subprocess.run(
            [str(environment / "playbook"), "build"], cwd=tmp_path, env=_env(), text=True, capture_output=True
        )  # fmt: skip
    finally:
        aside.rename(place)

    assert done.returncode in (1, 2)
    assert f"generator/{gone}" in done.stderr
    assert "Traceback" not in done.stderr
    assert "bug of playbook" not in done.stderr


def test_the_command_is_that_of_the_package(environment: Path, tmp_path: Path) -> None:
    """Expected: the program comes from the environment, and not from the repository whose tests these are."""
    command = [str(environment / "python"), "-c", "import generator; print(generator.__file__)"]
    done = subprocess.run(command, check=True, cwd=tmp_path, env=_env(), text=True, capture_output=True)

    assert Path(done.stdout).is_relative_to(environment.parent)


def test_the_package_holds_the_program_alone(wheel: Path) -> None:
    """Expected: no test, no site, no document of this repository; of the sample what init takes, in one folder."""
    with ZipFile(wheel) as opened:
        names = opened.namelist()
    folders = {name.split("/")[0] for name in names}

    assert {folder for folder in folders if not folder.endswith(".dist-info")} == {"generator"}
    assert not [
        name for name in names if "test" in name or "Larkspur" in name or ("schemas/" in name and "sample" in name)
    ]
    assert {name for name in names if "/sample/" in name} == {
        f"generator/kit/sample/{path.name}" for path in kit.SAMPLE.iterdir() if path.is_file()
    }
