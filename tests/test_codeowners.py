"""CODEOWNERS from the contacts of the departments, read as GitHub and GitLab read it."""

from __future__ import annotations

import json
import re
from datetime import date
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path

import pytest

from generator.boundary import Exit
from generator.loading import load_folder
from generator.reports.codeowners import codeowners as written
from tests.kit import git, run, world_in


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run in the folder playbook/ of a repository, and the data is in data/ there."""
    git(tmp_path, "init", "--quiet")
    world_in(tmp_path / "playbook" / "data")
    (tmp_path / "playbook" / "data" / "partners").mkdir()
    monkeypatch.chdir(tmp_path / "playbook")
    department("sales.yml", "sales", contact="sales@example.com")


def department(file: str, *ids: str, name: str = "X", contact: str = "", reviewers: str = "") -> None:
    said = f", contact: {json.dumps(contact)}" if contact else ""
    said += f", reviewers: {reviewers}" if reviewers else ""
    blocks = [f"- {{id: {one}, name: {json.dumps(name)}{said}, partners: []}}\n" for one in ids]
    Path("data/partners", file).write_text("departments:\n" + "".join(blocks))


def home(department: str) -> None:
    Path("data/settings.yml").write_text(f"company: X\nhome_department: {department}\n")


codeowners = partial(run, "codeowners")


def rules(text: str) -> list[tuple[str, list[str]]]:
    """Pattern and owners of every line, as the services take it apart."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(pattern, owners) for pattern, *owners in map(str.split, lines)]


def owners(text: str, path: str) -> list[str]:
    """Whom the last rule names that fits the path; one that ends in / fits all that stands in that folder."""
    fits = [
        owners
        for pattern, owners in rules(text)
        if pattern == "*" or fnmatchcase(f"/{path}", f"{pattern}*" if pattern.endswith("/") else pattern)
    ]
    return fits[-1] if fits else []


def test_each_file_has_its_departments_contact() -> None:
    """And the home department has all other files; the last rule counts, so it comes first."""
    department("cloud.yml", "cloud", contact="cloud@example.com")
    home("sales")
    text = codeowners().stdout

    assert rules(text) == [
        ("/playbook/", ["sales@example.com"]),
        ("/playbook/data/partners/cloud.yml", ["cloud@example.com"]),
        ("/playbook/data/partners/sales.yml", ["sales@example.com"]),
    ]
    assert owners(text, "playbook/data/partners/cloud.yml") == ["cloud@example.com"]
    assert owners(text, "playbook/data/taxonomy.yml") == ["sales@example.com"]


@pytest.mark.parametrize(
    ("folder", "pattern"),
    [("", "*"), ("data", "*"), ("a/data", "/a/"), ("team b/a[1]/data", "/team?b/a?1?/"), ("/a/data/", "/a/")],
)
def test_the_rest_is_what_stands_beside_the_data(tmp_path: Path, folder: str, pattern: str) -> None:
    """All of a repository is the home department's only where the playbook stands at its root."""
    home("sales")
    playbook = load_folder(tmp_path / "playbook" / "data", today=date(2026, 11, 2)).playbook
    assert playbook is not None
    found = written(playbook, folder)

    assert rules(found)[0] == (pattern, ["sales@example.com"])
    assert (owners(found, "other/main.c") == []) == (pattern != "*")


def test_departments_that_share_a_file() -> None:
    """Each of them is asked; an address that two have stands once."""
    department("all.yml", "a", "b", contact="x@example.com")
    entry = "- {id: c, name: C, contact: y@example.com, partners: []}\n"
    Path("data/partners/all.yml").write_text(Path("data/partners/all.yml").read_text() + entry)

    assert ("/playbook/data/partners/all.yml", ["x@example.com", "y@example.com"]) in rules(codeowners().stdout)


def test_departments_without_a_file_of_their_own() -> None:
    """They are left to whoever has the rest: all of them would be asked about every change of any."""
    text = "departments:\n- {id: a, name: Cloud, contact: a@example.com, partners: []}\n"
    Path("data/partners.yml").write_text(text + "- {id: b, name: Services, partners: []}\n")
    home("sales")
    found = codeowners().stdout

    assert "\n# Without a file of their own in partners/: Cloud, Services\n" in found
    assert owners(found, "playbook/data/partners.yml") == ["sales@example.com"]


def test_a_department_without_a_contact() -> None:
    """Its file is left to whoever has the rest, and that is said."""
    department("cloud.yml", "cloud", name="Cloud")
    home("sales")
    text = codeowners().stdout

    assert "\n# Cloud: no reviewers and no contact\n" in text
    assert owners(text, "playbook/data/partners/cloud.yml") == ["sales@example.com"]


@pytest.mark.parametrize("setting", ["cloud", None])
def test_without_a_home_nobody_has_the_rest(setting: str | None) -> None:
    """That is said where the line would stand: no department is asked about what is not its own."""
    department("cloud.yml", "cloud")
    if setting:
        home(setting)
    text = codeowners().stdout

    assert "# For all other files nobody is asked: settings.yml names no home_department that has reviewers." in text
    assert owners(text, "playbook/mkdocs.yml") == []


@pytest.mark.parametrize(
    "file", ["a b.yml", "a#b.yml", "#a.yml", "[ab].yml", "a*b.yml", "!a.yml", "a?b.yml", "a\\b.yml"]
)
def test_special_file_names(file: str) -> None:
    """A pattern is one word without a character that is special, and fits its file."""
    department(file, "cloud", contact="cloud@example.com")
    text = codeowners().stdout
    (pattern,) = [pattern for pattern, to in rules(text) if to == ["cloud@example.com"]]

    assert re.fullmatch(r"/[\w./?-]+", pattern)
    assert owners(text, f"playbook/data/partners/{file}") == ["cloud@example.com"]
    assert owners(text, "playbook/data/partners/sales.yml") == ["sales@example.com"]


@pytest.mark.parametrize("contact", ["a#b@example.com", "[x]@example.com", "*@example.com", "a,b@example.com"])
def test_addresses_that_could_be_taken_apart(contact: str) -> None:
    """They are errors in the data; no rule is made of half of one."""
    department("cloud.yml", "cloud", name="Cloud", contact=contact)
    result = codeowners()

    assert result.exit_code == 1
    assert result.stdout == ""
    assert f"an e-mail address is expected here, but there is {contact!r}" in result.stderr


def test_reviewers_come_before_the_contact() -> None:
    """Teams, people and addresses, each once; whoever is asked at a shared mailbox alone is told so."""
    department(
        "cloud.yml", "cloud", contact="cloud@example.com", reviewers='["@org/cloud", "@jo-Doe_1", ann@example.com]'
    )
    home("cloud")
    result = codeowners()

    assert owners(result.stdout, "playbook/data/partners/cloud.yml") == ["@org/cloud", "@jo-Doe_1", "ann@example.com"]
    assert owners(result.stdout, "playbook/mkdocs.yml") == ["@org/cloud", "@jo-Doe_1", "ann@example.com"]
    assert "GitHub asks nobody at an address that several share. Give X reviewers: a list of teams" in result.stderr
    department("sales.yml", "sales", reviewers='["@org/group/sub.group/sales"]')
    assert codeowners().stderr == ""


@pytest.mark.parametrize(
    "reviewer", ["@org/team @mallory", "@", "@org/", "org/team", "@a#b", "@-a", "@org//team", "Ann"]
)
def test_reviewers_that_could_be_taken_apart(reviewer: str) -> None:
    """They are errors in the data, with an example of what is right."""
    department("cloud.yml", "cloud", reviewers=f"[{json.dumps(reviewer)}]")
    result = codeowners()

    assert (result.exit_code, result.stdout) == (1, "")
    assert f"a team, a user name or an e-mail address is expected here, but there is {reviewer!r}" in result.stderr


def test_a_reviewer_without_quotes() -> None:
    """YAML gives the sign a meaning; the message says to put the text into quotes."""
    department("cloud.yml", "cloud", reviewers="[@org/cloud]")

    assert "quotes" in codeowners().stderr


def test_a_name_cannot_forge_a_rule() -> None:
    """A line end in a department's name is written out."""
    department("cloud.yml", "cloud", name="Cloud\n* mallory@example.com")

    assert rules(codeowners().stdout) == [("/playbook/data/partners/sales.yml", ["sales@example.com"])]


# --- where it goes ------------------------------------------------------------------------


def test_it_is_written_to_a_file() -> None:
    """Whole, and again when something changed."""
    assert codeowners("--out", "CODEOWNERS").stdout == "CODEOWNERS is written.\n"
    assert Path("CODEOWNERS").read_text() == codeowners().stdout
    assert codeowners("--out", "CODEOWNERS").stdout == "CODEOWNERS is unchanged.\n"
    home("sales")
    assert codeowners("--out", "CODEOWNERS").stdout == "CODEOWNERS is written.\n"
    assert Path("CODEOWNERS").read_text() == codeowners().stdout


@pytest.mark.parametrize(
    ("out", "read"),
    [
        *((f"../{name}CODEOWNERS", True) for name in ("", "docs/", ".github/", ".gitlab/")),
        *((name, False) for name in ("CODEOWNERS", "../.github/owners", "../docs/x/CODEOWNERS")),
    ],
)
def test_a_place_where_no_service_looks(tmp_path: Path, out: str, read: bool) -> None:
    """It is written there, and said where they look: from the root of the repository, wherever the command runs."""
    (tmp_path / out.removeprefix("../")).parent.mkdir(parents=True, exist_ok=True)
    for state in ("written", "unchanged"):
        result = codeowners("--out", out)
        assert (result.exit_code, result.stdout) == (Exit.FINE, f"{out} is {state}.\n")
        assert ("No service reads it there: GitHub and GitLab look for CODEOWNERS at the root" in result.stderr) != read


@pytest.mark.parametrize("out", ["mine", "no/CODEOWNERS", "data"])
def test_nothing_else_is_overwritten(out: str) -> None:
    """A file that was written by hand, a folder that is not there: said, and nothing is written."""
    Path("mine").write_text("* @me\n")
    result = codeowners("--out", out)

    assert (result.exit_code, result.stdout) == (Exit.USAGE, "")
    assert out in result.stderr
    assert Path("mine").read_text() == "* @me\n"


def test_data_with_errors() -> None:
    """They are reported, and the file stays as it was."""
    codeowners("--out", "CODEOWNERS")
    before = Path("CODEOWNERS").read_bytes()
    Path("data/partners/sales.yml").write_text("departments: [\n")
    result = codeowners("--out", "CODEOWNERS")

    assert (result.exit_code, result.stdout) == (Exit.PROBLEMS, "")
    assert Path("CODEOWNERS").read_bytes() == before
