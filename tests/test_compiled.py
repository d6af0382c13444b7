"""What templates were compiled to is kept from one build to the next, and believed only where it is certain."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader

from generator import render
from generator.boundary import Exit
from generator.mkdocs_plugin import PlaybookPlugin, compiled
from generator.mkdocs_plugin.compiled import CompiledTemplates
from generator.sinks.kept import KeptCode
from tests.kit import DAMAGE, MKDOCS, contents, data_in, inventory, run, world_in


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of installed templates, with one in it; what Python compiles is kept for this test alone."""
    monkeypatch.setattr("sys.pycache_prefix", str(tmp_path / "caches"))
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    folder = tmp_path / "installed"
    folder.mkdir()
    (folder / "page.html").write_text("{% if x %}\none{% endif %}")
    monkeypatch.setattr(compiled, "_INSTALLED", (folder,))
    return folder


def rendered(folder: Path, *, trim: bool = False) -> tuple[str, int]:
    """What a build makes of the template, and how many templates it compiled for that; it keeps what it compiled."""
    count = 0

    class Counting(Environment):
        def compile(self, *given, **named):  # type: ignore[no-untyped-def]
            nonlocal count
            count += 1
            return super().compile(*given, **named)

    cache = CompiledTemplates()
    environment = Counting(loader=FileSystemLoader(folder), bytecode_cache=cache, autoescape=True, trim_blocks=trim)
    text = environment.get_template("page.html").render(x=1)
    cache.keep()
    return text, count


def test_an_installed_template_is_compiled_once(installed: Path) -> None:
    """Expected: a later build compiles nothing, until the template changes."""
    assert rendered(installed) == ("\none", 1)
    assert rendered(installed) == ("\none", 0)

    (installed / "page.html").write_text("two")
    assert rendered(installed) == ("two", 1)
    assert rendered(installed) == ("two", 0)


def test_another_environment_makes_its_own_of_it(installed: Path) -> None:
    """Expected: with other settings, the same template is compiled to something else."""
    assert rendered(installed) == ("\none", 1)
    assert rendered(installed, trim=True) == ("one", 1)
    assert [rendered(installed), rendered(installed, trim=True)] == [("\none", 0), ("one", 0)]


def test_what_a_company_wrote_is_not_kept(installed: Path, tmp_path: Path) -> None:
    """Expected: every build compiles its templates anew, and one of no file as well."""
    (tmp_path / "page.html").write_text("ours")
    assert [rendered(tmp_path), rendered(tmp_path)] == [("ours", 1), ("ours", 1)]

    cache = CompiledTemplates()
    loader = DictLoader({"page.html": "of no file"})
    assert Environment(loader=loader, bytecode_cache=cache, autoescape=True).get_template("page.html").render()
    cache.keep()
    assert not list(tmp_path.rglob("*templates*"))


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_what_is_damaged_is_nothing(installed: Path, damage: Callable[[bytes], bytes]) -> None:
    """Expected: all templates are compiled."""
    rendered(installed)
    path = KeptCode("templates")._path()
    assert path is not None
    path.write_bytes(damage(path.read_bytes()))

    assert rendered(installed) == ("\none", 1)


@pytest.mark.parametrize("what", ["generator.sinks.kept._stamp", "jinja2.__version__"])
def test_another_program_believes_nothing(installed: Path, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: another version of ours, or of what compiles, compiles all of them."""
    rendered(installed)
    monkeypatch.setattr(what, (lambda: "another") if what.endswith("stamp") else "99")

    assert [rendered(installed), rendered(installed)] == [("\none", 1), ("\none", 0)]


def forbidden(_: pytest.MonkeyPatch, place: Path) -> None:
    place.write_text("a file, where the folder would be")


def switched_off(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)


def without_a_place(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr("sys.implementation.cache_tag", None)


@pytest.mark.parametrize("why", [forbidden, switched_off, without_a_place])
def test_nothing_can_be_kept(
    installed: Path, tmp_path: Path, why: Callable[[pytest.MonkeyPatch, Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Expected: every build compiles its templates, and says nothing."""
    why(monkeypatch, tmp_path / "caches")

    assert [rendered(installed), rendered(installed)] == [("\none", 1), ("\none", 1)]


@pytest.mark.site
def test_a_second_build_compiles_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: whatever the data, and in another process; the site is the same to the byte."""
    monkeypatch.setattr("sys.pycache_prefix", str(tmp_path / "caches"))
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.chdir(tmp_path)
    world_in(tmp_path / "data", partners=inventory("types: [shop], owner: ann"))
    data_in(tmp_path, **{"mkdocs.yml": MKDOCS})
    made: list[str] = []

    def noted(self: Environment, *given: Any, _compile: Any = Environment.compile, **named: Any) -> Any:
        made.append(str(given[1]))
        return _compile(self, *given, **named)

    monkeypatch.setattr(Environment, "compile", noted)
    counts = []
    for site in ("first", "second"):
        # As another process would find it.
        monkeypatch.setattr(PlaybookPlugin, "compiled", CompiledTemplates())
        render.environment.cache_clear()
        made.clear()
        assert run("build", "--as-of", "2026-06-01", "--site-dir", site).exit_code == Exit.FINE
        counts.append(len(made))

    assert counts[0] > 100
    # Material's search asks for some words in an environment of its own.
    assert {name for name in made if not name.startswith("partials/language")} == set()
    assert contents(tmp_path / "first") == contents(tmp_path / "second")
