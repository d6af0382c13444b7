"""The gate that looks at what is new: `check --against`, and what services are shown of it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import yaml

from generator import kit as repositories
from generator.boundary import Exit
from generator.findings import find, word
from generator.problems import Place, Problem, define_error
from generator.reports import FORMATS
from generator.reports.format import Report, report
from tests import kit
from tests.kit import ROOT, World, git, inventory, world_in

ACME = "{id: acme, name: Acme, types: [shop], owner: null}"
BIRCH = "{id: birch, name: Birch, types: [shop], owner: null}"
check = partial(kit.run, "check")
BROKEN = define_error("broken-for-a-test", "Broken", meaning="It is.", fix="Mend it.")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose only commit has one finding or more; commands run in it."""
    monkeypatch.chdir(tmp_path)
    world_in(tmp_path / "data", partners=inventory(ACME))
    git(Path(), "init", "--quiet", "--initial-branch=main")
    git(Path(), "add", "--all")
    git(Path(), "commit", "--quiet", "--message=x")
    return tmp_path


def put(*entries: str) -> None:
    Path("data/partners.yml").write_text(inventory(*entries))


def test_what_was_there_passes(repository: Path) -> None:
    """Expected: no new problem, even with --strict; that there are others is said."""
    Path("data/partners.yml").write_text("# a line more\n" + inventory(ACME))
    result = check("--against", "main", "--strict")

    assert (result.exit_code, result.stdout) == (Exit.FINE, "no new problems\n")
    assert re.fullmatch(r"\d+ findings? (was|were) there in main, too; `playbook check` lists all\.\n", result.stderr)


def test_what_the_change_opens_counts(repository: Path) -> None:
    """Expected: the finding of the partner that came, and none of the other's; with --strict it fails."""
    put(ACME, BIRCH)
    lax, strict = check("--against", "main"), check("--against", "main", "--strict")

    assert (lax.exit_code, strict.exit_code) == (Exit.FINE, Exit.PROBLEMS)
    assert "Birch has no owner" in lax.stdout
    assert "Acme" not in lax.stdout


def test_days_that_pass_open_nothing(repository: Path) -> None:
    """A review that came due since the commit is no matter of the change."""
    reviewed = ACME.replace("shop", "agent").replace("}", ", reviewed: {date: 2026-05-01, by: ann}}")
    put(reviewed)
    git(Path(), "commit", "--quiet", "--all", "--message=x")
    put(reviewed, BIRCH)

    assert "review-overdue" in check("--as-of", "2029-01-01").stdout
    assert "review-overdue" not in check("--against", "main", "--as-of", "2029-01-01").stdout


def test_a_partner_that_is_renamed_or_moves_opens_nothing(repository: Path) -> None:
    """Its findings are those of before, by whatever id."""
    put(ACME.replace("acme", "acme-group").replace("}", ", formerly: [acme]}"))

    assert check("--against", "main", "--strict").stdout == "no new problems\n"


def test_errors_always_count(repository: Path) -> None:
    """Also those that stand in the other state as well; where that one has errors, all findings count."""
    put(ACME.replace("shop", "shpo"))
    assert check("--against", "main").exit_code == Exit.PROBLEMS
    git(Path(), "commit", "--quiet", "--all", "--message=x")
    put(ACME)
    result = check("--against", "main")

    assert "main cannot be compared: it has 1 error. All findings count." in result.stderr
    assert "Acme has no owner" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--against", "mian"), "no git revision 'mian'. did you mean 'main'?"),
        (("--against", "main", "--baseline", "data/partners.yml"), "give one of them"),
    ],
)
def test_wrong_use(repository: Path, arguments: Sequence[str], said: str) -> None:
    """It is said, and nothing is judged."""
    result = check(*arguments)

    assert (result.exit_code, result.stdout) == (Exit.USAGE, "")
    assert said in result.stderr


# --- what services show -------------------------------------------------------------------------


def many(number: int) -> list[Problem]:
    """Errors in two files, more in the second."""
    files = ["a.yml" if n % 3 == 0 else "b.yml" for n in range(number)]
    return [Problem(BROKEN, f"broken {n}", Place(file, n + 1)) for n, file in enumerate(files)]


def reported(problems: Sequence[Problem], *, strict: bool = False) -> Report:
    return report(problems, ["a.yml", "b.yml"], "data", "1.2.3", strict=strict)


def test_github_gets_what_it_shows() -> None:
    """Expected: ten of a kind; how many more there are, in which files, and who lists them."""
    lines = FORMATS["github"](reported(many(25))).splitlines()

    assert len([line for line in lines if line.startswith("::error ")]) == 10
    more = "15 more errors in data/b.yml and data/a.yml: `playbook check` lists all."
    assert f"::notice title=More than GitHub shows::{more}" in lines
    assert lines[-1] == "25 errors"
    assert " more " not in FORMATS["github"](reported(many(10)))


def test_what_a_change_brings_is_among_the_ten(repository: Path) -> None:
    """Twelve partners without an owner were there; the annotations are those of the one that comes last."""
    old = [ACME.replace("acme", f"p{n}").replace("Acme", f"Partner {n}") for n in range(12)]
    put(*old)
    git(Path(), "commit", "--quiet", "--all", "--message=x")
    put(*old, BIRCH)
    commands = check("--format", "github", "--against", "main").stdout.splitlines()

    assert commands[0].startswith("::warning ")
    assert all("Birch" in line for line in commands if line.startswith("::"))


def test_code_quality_of_gitlab(world: World) -> None:
    """Expected: what the widget needs of each; fingerprints that tell apart and do not depend on lines."""
    playbook = world(partners=inventory(ACME, BIRCH))
    found = [word(finding, playbook) for finding in find(playbook)]
    moved = [replace(one, place=one.place._replace(line=one.place.line + 7)) for one in found]
    issues, later = (json.loads(FORMATS["gitlab"](reported(some))) for some in (found, moved))

    assert issues[0].keys() == {"description", "check_name", "fingerprint", "severity", "location"}
    assert issues[0]["location"] == {"path": "data/partners.yml", "lines": {"begin": found[0].place.line}}
    assert [one["fingerprint"] for one in issues] == [one["fingerprint"] for one in later]
    assert len({one["fingerprint"] for one in issues}) == len(issues)
    assert {one["severity"] for one in issues} == {"minor"}
    twins = json.loads(FORMATS["gitlab"](reported([many(1)[0], many(1)[0]])))
    assert {one["severity"] for one in twins} == {"blocker"}
    assert len({one["fingerprint"] for one in twins}) == 2


@pytest.mark.long
def test_code_scanning_gets_no_more_than_it_takes(world: World) -> None:
    """Expected: less than 25,000 results, those that fail first, and a word about the rest; below that, all."""
    playbook = world(partners=inventory(ACME))
    warning = word(find(playbook)[0], playbook)
    run = json.loads(FORMATS["sarif"](reported([warning] * 24_999 + many(3))))["runs"][0]

    assert len(run["results"]) == 24_999
    assert [result["level"] for result in run["results"][:4]] == ["error", "error", "error", "warning"]
    notified = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert notified.startswith("3 more problems, which `playbook check` lists")
    assert "invocations" not in json.loads(FORMATS["sarif"](reported(many(3))))["runs"][0]


# --- where it is used ---------------------------------------------------------------------------


@pytest.mark.parametrize("root", [ROOT, repositories.REPOSITORY / "github"], ids=["own", "company"])
def test_pull_requests_are_judged_by_what_they_change(root: Path) -> None:
    """Against what they would be merged into."""
    text = (root / ".github" / "workflows" / "pull-request.yml").read_text("utf-8")

    assert re.search(r"playbook check --format github --against HEAD\^1\n", text)


@pytest.mark.parametrize("root", [ROOT, repositories.REPOSITORY / "gitlab"], ids=["own", "company"])
def test_merge_requests_show_what_is_new_on_their_lines(root: Path) -> None:
    """As a report of Code Quality, also where the check fails."""
    job = yaml.safe_load((root / ".gitlab-ci.yml").read_text("utf-8"))["quality"]

    assert job["artifacts"] == {"when": "always", "reports": {"codequality": "quality.json"}}
    assert '--against "$CI_MERGE_REQUEST_DIFF_BASE_SHA" --format gitlab' in job["script"][0]


@pytest.mark.parametrize(
    "path",
    [ROOT / ".pre-commit-hooks.yaml", ROOT / ".pre-commit-config.yaml",
     repositories.REPOSITORY / "common" / ".pre-commit-config.yaml"],
    ids=["hooks", "own", "company"],
)  # fmt: skip
def test_the_hook_runs_when_a_file_is_deleted(path: Path) -> None:
    """pre-commit names no deleted file to `files`: the check runs whatever a commit touches."""
    loaded = yaml.safe_load(path.read_text("utf-8"))
    hooks = loaded["repos"][0]["hooks"] if isinstance(loaded, dict) else loaded
    (hook,) = [hook for hook in hooks if hook["id"] == "playbook-check"]

    assert hook["always_run"] is True
    assert "files" not in hook
