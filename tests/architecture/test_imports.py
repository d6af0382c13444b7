"""What is known and checked does not depend on what somebody happened to import: each test asks a fresh process."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit import ran, world_in


def run(program: str) -> list[str]:
    """The lines that a fresh Python prints."""
    done = ran("-c", program)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.long
def test_what_may_be_off_does_not_depend_on_what_was_imported(tmp_path: Path) -> None:
    """A process that imports the loader alone refuses what is no code and what is an error's, and takes the rest."""
    off = "[no-such-thing, unowned, unknown-type, phone-number, unowend]"
    world_in(tmp_path, partners="departments: []\n", settings=f"as_of: 2026-06-01\noff: {off}\n")

    said = run(
        "from pathlib import Path\n"
        "from generator.loading import load_folder\n"
        f"for problem in load_folder(Path({str(tmp_path)!r})).problems: print(problem.message, problem.hint)\n"
    )
    assert [line.split("'")[1] for line in said] == ["no-such-thing", "unknown-type", "unowend"]
    assert all(line.startswith("off: there is no finding '") for line in said)
    assert "did you mean 'unowned'?" in said[2]


@pytest.mark.long
@pytest.mark.parametrize("first", ["catalogue", "cli"])
def test_the_codes_do_not_depend_on_what_was_imported(first: str) -> None:
    """Whatever comes first, the catalogue has every code that any module of the generator declares."""
    lacking, number = run(
        f"import importlib, pkgutil, generator.{first}\n"
        "from generator.catalogue import CATALOGUE\n"
        "from generator.problems import declared\n"
        "for module in pkgutil.walk_packages(generator.__path__, 'generator.'):\n"
        "    if not module.name.endswith('__main__'): importlib.import_module(module.name)\n"
        "print(sorted(set(declared()) - set(CATALOGUE)))\n"
        "print(len(CATALOGUE))\n"
    )
    assert lacking == "[]"
    assert int(number) > 70
