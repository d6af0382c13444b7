"""Every error of the schema and of the references has a case file: a small data folder, and all that is said of it.

A case in data_cases/ is named after its code, with what is special about it after two hyphens.  A file that it
leaves out is taken from DEFAULTS.  `pytest --refresh` writes what comes out as what is expected: review the diff.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import generator.findings  # noqa: F401 - it declares the codes that settings.yml may turn off
from generator.catalogue import CATALOGUE
from generator.loading import Loaded, load_folder
from generator.problems import Severity, in_order
from generator.schema.shapes import FILES
from tests.kit import data_in, yaml_of

HERE = Path(__file__).parent
CASES = sorted((HERE / "data_cases").glob("*.yml"))
TODAY = date(2026, 6, 1)
TAXONOMY = """\
functions:
  - {id: sales, name: Sales, value: They sell., mode: program}
  - {id: service, name: Service, value: They serve.}
groups:
  - {id: field-work, name: Field work, function: service}
types:
  - {id: shop, name: Corner Shop, function: sales, definition: Sells., aliases: [Outlet],
     business_models: [Cash, Lease]}
  - {id: wholesaler, name: Wholesaler, function: sales, definition: Sells to shops., aliases: [Jobber]}
  - {id: fixer, name: Fixer, function: service, group: field-work, definition: Repairs., mode: personal}
  - {id: builder, name: Builder, function: service, definition: Builds., mode: {early: personal, late: program}}
modes:
  - {id: program, name: Program, summary: The same for all.}
  - {id: personal, name: Personal, summary: One by one.}
stages:
  - {id: early, name: Early, before_launch: true}
  - {id: late, name: Late}
factors:
  - {id: custom, name: Custom}
ambiguous_aliases:
  - {alias: VAR, types: [shop, wholesaler]}
"""
PARTNERS = """\
departments:
  - id: retail
    name: Retail
    partners:
      - {id: acme, name: Acme, types: [shop], owner: ann}
"""
DEFAULTS = {"taxonomy.yml": TAXONOMY, "partners.yml": PARTNERS}


def read(case: Path) -> Any:
    return yaml_of(case.read_text("utf-8"))


def loaded(folder: Path, files: dict[str, str]) -> Loaded:
    """What is said of a folder with DEFAULTS and `files` in it, files by path."""
    return load_folder(data_in(folder, **{**DEFAULTS, **files}), today=TODAY)


def report(found: Loaded) -> str:
    """Each problem as its line and the line of its hint."""
    lines = []
    for problem in found.errors:
        place, code = problem.place, problem.code
        lines.append(f"{place.file}:{place.line}:{place.column}: error[{code.slug}]: {problem.message}\n")
        if problem.hint:
            lines.append(f"help: {problem.hint}\n")
    return "".join(lines)


def renew(case: Path, expected: str) -> None:
    """Replace what is expected, which comes last, and leave the rest as it was written."""
    kept = case.read_text("utf-8").partition("\nexpected:")[0].rstrip("\n")
    indented = "".join(f"  {line}\n" for line in expected.splitlines())
    case.write_text(f"{kept}\nexpected: |\n{indented}" if expected else f"{kept}\nexpected: ''\n", "utf-8")


def test_every_error_has_a_case() -> None:
    """No error is declared without a case; those of the loader have theirs in cases/source and test_source.py."""
    declared = {
        slug
        for module in (
            "schema.check",
            "resolve.references",
            "resolve.taxonomy",
            "resolve.inventory",
            "resolve.plans",
            "resolve.sources",
        )
        for slug in codes_of(f"generator.{module}")
    }
    assert len(declared) > 15
    assert declared <= {case.stem.split("--")[0] for case in CASES}


def codes_of(module: str) -> set[str]:
    """The errors that a module declares."""
    import importlib

    content = vars(importlib.import_module(module)).values()
    groups = [value.values() if isinstance(value, dict) else [value] for value in content]
    return {
        value.slug
        for group in groups
        for value in group
        if value in CATALOGUE.values() and value.severity is Severity.ERROR
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.stem))
def test_case(case: Path, tmp_path: Path, refresh: bool) -> None:
    """Exactly the listed errors are reported, together, in the order of their places."""
    found = loaded(tmp_path, read(case)["files"])
    if refresh:
        renew(case, report(found))
    assert report(found) == read(case)["expected"]
    assert list(found.errors) == in_order(found.errors)
    assert (found.playbook is None) == bool(found.errors)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.stem))
def test_case_is_about_its_code(case: Path) -> None:
    """A case shows its own code; one called fine shows that nothing is said."""
    code, expected = case.stem.split("--")[0], read(case)["expected"]
    assert (not expected) if code == "fine" else f": error[{code}]: " in expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.stem))
def test_places_point_at_what_is_meant(case: Path, tmp_path: Path) -> None:
    """Each problem stands inside its line, and not on the space in front of what it is about."""
    found = loaded(tmp_path, read(case)["files"])
    for problem in found.errors:
        place, document = problem.place, found.documents.get(problem.place.file)
        if document is not None:
            line = document.line(place.line)
            assert place.column + place.length - 1 <= len(line) + 1
            assert line[place.column - 1 : place.column] != " "


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.stem))
def test_messages_are_one_line(case: Path, tmp_path: Path) -> None:
    """A message is one line and no sentence with a full stop; it names no class of ours and no type of Python."""
    for problem in loaded(tmp_path, read(case)["files"]).errors:
        assert "\n" not in problem.message + problem.hint
        assert not problem.message.endswith(".")
        for word in ("Shape", "str", "dict", "None", "Scalar", "pydantic", "UNSTATED", "\0"):
            assert f" {word} " not in f" {problem.message} {problem.hint} "
            assert not any(mark in problem.message + problem.hint for mark in ("\0", "\\x00"))


def test_every_file_of_the_data_has_a_case() -> None:
    """Each kind of file is checked in some case."""
    assert set(FILES) <= {name for case in CASES for name in read(case)["files"]}
