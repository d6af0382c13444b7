"""What runs on services: code of strangers gets no right to write and no secret, and every command is one of ours.

The same holds for what `playbook init` writes for a company.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from generator import kit
from generator.cli import main
from tests.kit import ROOT, git, yaml_of

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WORKFLOW = {path.stem: path for path in WORKFLOWS}
SYNC = kit.REPOSITORY / "github" / ".github" / "workflows" / "sync.yml"
QUARTER = SYNC.with_name("quarter.yml")
PROPOSING = (QUARTER, SYNC)
COMPANYS = sorted((kit.REPOSITORY / "github" / ".github" / "workflows").glob("*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"
GITLABS = (GITLAB, kit.REPOSITORY / "gitlab" / ".gitlab-ci.yml")
HOOKS = (ROOT / ".pre-commit-hooks.yaml", ROOT / ".pre-commit-config.yaml")
COMPANYS_HOOKS = kit.REPOSITORY / "common" / ".pre-commit-config.yaml"

each_workflow = pytest.mark.parametrize(
    "path", [*WORKFLOWS, *COMPANYS], ids=lambda path: f"{'own' if path in WORKFLOWS else 'company'}-{path.stem}"
)
each_gitlab = pytest.mark.parametrize("path", GITLABS, ids=["own", "company"])

# Of the expressions in a workflow these alone may stand in it: no title, branch or text that a stranger chose.
EXPRESSIONS = {
    "github.workflow",
    "github.ref",
    "github.token",
    "matrix.python",
    "matrix.room",
    "matrix.system",
    "runner.temp",
    "secrets.CRM_TOKEN",
    "needs.address.outputs.site",
    "steps.deployment.outputs.page_url",
    "steps.pages.outputs.base_url",
}
# What jobs may beside reading the repository, by the actions that are all they run.
MAY: dict[tuple[str, ...], dict[str, str]] = {
    # The last step is looked at by test_a_pull_request_is_opened_by_git_alone.
    ("actions/checkout", "actions/download-artifact", ""): {"contents": "write", "pull-requests": "write"},
    ("actions/configure-pages",): {"pages": "read"},
    ("actions/deploy-pages",): {"pages": "write", "id-token": "write"},
    ("actions/download-artifact", "actions/attest-build-provenance", "pypa/gh-action-pypi-publish"): {
        "attestations": "write",
        "id-token": "write",
    },
}


# What the job that pushes to GitLab uses beside: names that the project and the server have, and its own token.
PUSHING = {"CI_SERVER_HOST", "CI_DEFAULT_BRANCH", "CI_PROJECT_PATH", "SYNC_TOKEN"}


PIP = "install --requirement requirements.txt"
SCHEDULED = r"^(?:cat|cp) /tmp/said|^if \[|^git |^\{ echo"
"""What the two jobs that sync sources on GitLab run beside."""


def parsed(path: Path) -> Any:
    return yaml_of(path.read_text("utf-8"))


def jobs(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = parsed(path)["jobs"]
    return found


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in jobs(path).values() for step in job["steps"]]


def triggers(path: Path) -> set[str]:
    """YAML 1.1 reads the key `on` as true."""
    return set(parsed(path)[True])


def commands() -> Iterator[tuple[Path, str]]:
    """Every line of shell that a service or a hook runs."""
    for path in (*WORKFLOWS, *COMPANYS):
        yield from ((path, line) for step in steps(path) for line in step.get("run", "").splitlines())
    for path in GITLABS:
        for job in parsed(path).values():
            if isinstance(job, dict):
                yield from ((path, line) for line in [*job.get("before_script", []), *job.get("script", [])])
    local = [parsed(path)["repos"][0]["hooks"] for path in (HOOKS[1], COMPANYS_HOOKS)]
    for path, hooks in zip((*HOOKS, COMPANYS_HOOKS), (parsed(HOOKS[0]), *local), strict=True):
        yield from ((path, hook["entry"]) for hook in hooks)


def test_there_are_workflows() -> None:
    """For the program, its speed, for pull requests, for the site, for releases, and two by the clock."""
    assert set(WORKFLOW) == {"check", "nightly", "publish", "pull-request", "release", "speed", "weekly"}
    assert triggers(WORKFLOW["pull-request"]) == {"pull_request"}
    assert parsed(WORKFLOW["publish"])[True]["push"] == {"branches": ["main"]}
    assert parsed(WORKFLOW["release"])[True]["push"] == {"tags": ["v*"]}
    assert triggers(WORKFLOW["nightly"]) == triggers(WORKFLOW["weekly"]) == {"schedule", "workflow_dispatch"}


def test_the_suite_runs_on_every_system() -> None:
    """On the oldest and the newest Python, from the locks."""
    found = jobs(WORKFLOW["check"])
    assert found["elsewhere"]["strategy"]["matrix"] == {
        "system": ["windows-latest", "macos-latest"],
        "python": ["3.11", "3.14"],
    }
    assert found["check"]["strategy"]["matrix"]["python"] == ["3.11", "3.14"]
    script = [step.get("run", "") for step in found["elsewhere"]["steps"]]
    assert sum("--require-hashes" in line for line in script) == 2
    assert script[-1] == "python -m pytest --ignore tests/browser"


def test_a_change_is_compared_with_what_it_is_merged_into() -> None:
    """Which has to be there: the first parent of the merge that is checked out."""
    checkout, *_, last = steps(WORKFLOW["speed"])

    assert triggers(WORKFLOW["speed"]) == {"pull_request"}
    assert checkout["with"]["fetch-depth"] == 2
    assert last == {"run": "make compare"}
    assert "BASE ?= HEAD^1\n" in (ROOT / "Makefile").read_text("utf-8")


@pytest.mark.parametrize(
    "line",
    [
        *("make fuzz MINUTES=60", "make lock", "make mutants", "make test", "make check", "make wheel", "make compare"),
        *("make coverage", "make examples"),
    ],
)
def test_what_make_is_asked_for_is_a_target(line: str) -> None:
    """And each of these is asked for."""
    assert line in [written for _, written in commands()]
    assert re.search(rf"^{line.split()[1]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@each_workflow
def test_no_trigger_runs_code_of_strangers_with_rights(path: Path) -> None:
    """A pull request is a pull request; nothing runs with the rights of the repository because of one."""
    assert not triggers(path) & {"pull_request_target", "workflow_run", "issue_comment", "issues"}


@each_workflow
def test_tokens_only_read(path: Path) -> None:
    """But for jobs that run actions alone, and never for a pull request."""
    assert parsed(path)["permissions"] == {"contents": "read"}
    for job in jobs(path).values():
        if "permissions" in job:
            actions = tuple(step.get("uses", "").partition("@")[0] for step in job["steps"])
            assert job["permissions"] == MAY[actions]
            assert "pull_request" not in triggers(path)


@each_workflow
def test_no_secret_is_used(path: Path) -> None:
    """Neither by name nor by handing all of them on; what syncs sources says how, and uses none by itself."""
    if path in PROPOSING:
        assert not any("secrets" in str(job) for job in jobs(path).values())
        assert triggers(path) == {"schedule", "workflow_dispatch"}
        return
    assert not re.search(r"\bsecrets\b|github\.token|GITHUB_TOKEN", path.read_text("utf-8"))


@each_workflow
def test_no_expression_in_a_script(path: Path) -> None:
    """An expression is put into a script before the shell reads it: text of a stranger would be run."""
    assert not [step for step in steps(path) if "${{" in step.get("run", "")]
    assert set(re.findall(r"\$\{\{\s*(.*?)\s*\}\}", path.read_text("utf-8"))) <= EXPRESSIONS


@each_workflow
def test_actions_are_pinned(path: Path) -> None:
    """To a commit, which nobody can move; the version stands beside it."""
    for line in path.read_text("utf-8").splitlines():
        if re.match(r"\s*(- )?uses:", line):
            assert re.search(r"uses: (actions|pypa)/[a-z-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+$", line), line


@each_workflow
def test_no_credentials_are_left_in_the_checkout(path: Path) -> None:
    """And where the site is built, the whole history is there."""
    for job in jobs(path).values():
        builds = any("playbook build" in step.get("run", "") for step in job["steps"])
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False
                assert not builds or step["with"]["fetch-depth"] == 0


@pytest.mark.parametrize(
    "path", [path for path in (*WORKFLOWS, *COMPANYS) if path.stem == "pull-request"], ids=["own", "company"]
)
def test_a_pull_request_is_checked_compared_and_built(path: Path) -> None:
    """Annotations, the difference as the job's summary, and the site to download."""
    assert triggers(path) == {"pull_request"}
    found = steps(path)
    script = "\n".join(step.get("run", "") for step in found)

    assert "playbook check --format github" in script
    assert 'playbook diff HEAD^1 --format markdown >> "$GITHUB_STEP_SUMMARY"' in script
    assert any(step.get("uses", "").startswith("actions/upload-artifact@") for step in found)


@pytest.mark.parametrize(
    "path", [path for path in (*WORKFLOWS, *COMPANYS) if path.stem == "publish"], ids=["own", "company"]
)
def test_nothing_is_published_unasked(path: Path) -> None:
    """The site of a private repository may be public: somebody has to say that it may be published."""
    address, build, deploy = jobs(path).values()

    assert address["if"] == "vars.PUBLISH_SITE == 'true'"
    assert (build["needs"], deploy["needs"]) == ("address", "build")


@pytest.mark.parametrize(
    "path", [path for path in (*WORKFLOWS, *COMPANYS) if path.stem == "publish"], ids=["own", "company"]
)
def test_the_service_says_where_the_site_will_be(path: Path) -> None:
    """Below a path, the page for addresses that lead nowhere needs the address."""
    address, build, _ = jobs(path).values()
    (asked,) = address["steps"]
    (built,) = (step for step in build["steps"] if "playbook build" in step.get("run", ""))

    assert address["outputs"] == {"site": f"${{{{ steps.{asked['id']}.outputs.base_url }}}}"}
    assert built["env"] == {"PLAYBOOK_SITE_URL": "${{ needs.address.outputs.site }}"}


@each_gitlab
def test_gitlab_has_the_same(path: Path) -> None:
    """A JUnit report also where the check fails, the difference, the site, and pages of the default branch if asked."""
    found = parsed(path)
    (rule,) = found["pages"]["rules"]
    assert rule["if"].endswith('&& $PUBLISH_SITE == "true"')
    assert found["pages"]["variables"] == {"PLAYBOOK_SITE_URL": "$CI_PAGES_URL"}

    assert found["check"]["artifacts"] == {"when": "always", "reports": {"junit": "check.xml"}}
    assert "playbook diff" in found["changes"]["script"][0]
    assert found["site"]["artifacts"]["paths"] == ["site/"]
    assert found["pages"]["artifacts"]["paths"] == ["public"]
    assert found["variables"]["GIT_DEPTH"] == "0"


@each_gitlab
def test_gitlab_scripts_use_nothing_that_a_stranger_wrote(path: Path) -> None:
    """Of its variables they use one, which is the id of a commit, and quote it."""
    used = [name for where, line in commands() if where == path for name in re.findall(r"\$\{?(\w+)", line)]
    used = [name for name in used if name not in PUSHING]

    assert set(used) == {"CI_MERGE_REQUEST_DIFF_BASE_SHA"}
    assert path.read_text("utf-8").count('"$CI_MERGE_REQUEST_DIFF_BASE_SHA"') == len(used)


def test_every_command_is_one_of_ours() -> None:
    """Their commands and options are those that the program has, with values that it takes."""
    assert isinstance(main, click.Group)
    found = 0
    for path, line in commands():
        for written in re.findall(r"(?:\.venv/bin/)?playbook ([^;|>}]+)", line):
            name, *arguments = shlex.split(written)
            command = main.commands[name]
            # Raises a usage error, which names what is wrong.
            command.make_context(f"{path.name}: {name}", arguments, main.make_context("playbook", ["x"]))
            found += 1

    assert found >= 20


def test_the_hooks_look_at_the_whole_folder() -> None:
    """Whatever file was touched; the check also where one was deleted, which pre-commit names to nobody."""
    hooks, *others = parsed(HOOKS[0]), *(parsed(path)["repos"][0]["hooks"] for path in (HOOKS[1], COMPANYS_HOOKS))

    for local in others:
        assert [one["id"] for one in hooks] == [one["id"] for one in local] == ["playbook-check", "playbook-fmt"]
    for one in (hook for listed in (hooks, *others) for hook in listed):
        assert one["pass_filenames"] is False
        assert one["id"] == "playbook-fmt" or one["always_run"]
        assert one["id"] == "playbook-check" or re.search(one["files"], "data/partners/sales.yml")
        assert not re.search(one.get("files", "^$"), "docs/data/x.yml")


def test_a_company_tests_its_data_and_not_the_program() -> None:
    """Four workflows; all that they run is what requirements.txt brings, and the version stands nowhere else."""
    assert [path.stem for path in COMPANYS] == ["publish", "pull-request", "quarter", "sync"]
    for path, line in commands():
        if kit.REPOSITORY in path.parents and path not in PROPOSING:
            assert re.search(rf"\bplaybook [a-z]|^python -m pip {PIP}$|^ *echo '|{SCHEDULED}", line), line
    for path in kit.REPOSITORY.rglob("*"):
        if path.is_file() and path.name != "requirements.txt":
            assert not re.search(r"\bVERSION\b|partner-playbook[=@]", path.read_text("utf-8")), path


@pytest.mark.parametrize("own", ["check", "changes", "site", "pages"])
def test_a_companys_pipeline_is_ours_but_for_how_the_program_comes(own: str) -> None:
    """The jobs of the repository's pipeline, with the program that pip has put on the path."""
    ours, companys = (parsed(path)[own] for path in GITLABS)
    assert companys == {**ours, "script": [line.replace(".venv/bin/", "") for line in ours["script"]]}


@pytest.mark.parametrize(
    ("path", "variable", "command"),
    [(SYNC, "SYNC_SOURCES", "playbook sync"), (QUARTER, "QUARTERLY", "playbook snapshot\nplaybook due ")],
    ids=["sync", "quarter"],
)
def test_a_pull_request_is_opened_by_git_alone(path: Path, variable: str, command: str) -> None:
    """What pip brings has no right to write; what may write runs nothing that anybody brought."""
    read, propose = jobs(path).values()
    assert read["if"] == f"vars.{variable} == 'true'"
    assert "permissions" not in read
    assert command in read["steps"][3]["run"]
    assert propose["needs"] == "read"
    words = ("cd ", "if ", "else", "fi", "git ", "gh ", "{ echo ")
    (script,) = (step["run"] for step in propose["steps"] if "run" in step)
    assert [line for line in script.splitlines() if not line.strip().startswith(words)] == []
    assert not re.search(r"\b(python|pip|npm|make|playbook [a-z])", script)
    assert "github.token" not in str(read)


def test_a_merge_request_is_opened_by_git_alone() -> None:
    """On GitLab, too: what pip brings is given no token, since that is of the environment of the job that runs git."""
    pipeline = parsed(GITLABS[1])
    read, propose = pipeline["sync"], pipeline["propose"]
    (rule,) = read["rules"]
    assert rule == {"if": '$CI_PIPELINE_SOURCE == "schedule" && $SYNC_SOURCES == "true"'}
    assert propose["rules"] == read["rules"]
    assert propose["needs"] == ["sync"]
    assert "environment" not in read
    assert propose["environment"]["name"] == "sync"
    # Nothing that pip brings is installed there, or kept from another job.
    assert propose["before_script"] == propose["cache"] == []
    assert "playbook sync" in read["script"][0]
    words = ("if [", "git ", "{ echo ")
    assert [line for line in propose["script"] if not line.startswith(words)] == []
    assert "SYNC_TOKEN" not in str({**pipeline, "propose": {}})


GITHUBS_ADDRESS = "https://x-access-token:T@github.com/group/project"
GITLABS_ADDRESS = "https://sources:T@git.example.com/group/project.git"


@pytest.mark.parametrize(
    ("path", "address"),
    [(SYNC, GITHUBS_ADDRESS), (QUARTER, GITHUBS_ADDRESS), (GITLABS[1], GITLABS_ADDRESS)],
    ids=["sync", "quarter", "gitlab"],
)
def test_a_second_run_in_the_same_clone_proposes_again(tmp_path: Path, path: Path, address: str) -> None:
    """A runner may keep its clone, with the branches in it: each run proposes its own change to what is there now."""
    server, clone, place = tmp_path / "server", tmp_path / "clone", tmp_path / "temp"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(server))
    git(server, "config", "receive.advertisePushOptions", "true")
    git(tmp_path, "clone", "--quiet", str(server), str(clone))
    git(clone, "switch", "--quiet", "--create", "main")
    git(clone, "commit", "--quiet", "--allow-empty", "--message=x")
    git(clone, "config", f"url.{server}.insteadOf", address)
    place.mkdir()
    if path is GITLABS[1]:
        script, beside = "\n".join(parsed(path)["propose"]["script"]), clone
    else:
        (script,) = (step["run"] for step in jobs(path)["propose"]["steps"] if "run" in step)
        script, beside = script.partition("gh pr ")[0].rpartition("\n")[0], place
    named = {"CI_SERVER_HOST": "git.example.com", "CI_DEFAULT_BRANCH": "main", "CI_PROJECT_PATH": "group/project"}
    named |= {"SYNC_TOKEN": "T", "GH_TOKEN": "T", "GITHUB_REPOSITORY": "group/project"}
    named |= {"GITHUB_WORKSPACE": str(clone), "RUNNER_TEMP": str(place)}
    for text in ("one", "two"):
        git(clone, "switch", "--quiet", "--detach", "main")  # as GitLab checks a commit out
        (clone / "said.yml").write_text(text)
        git(clone, "add", "said.yml")
        (beside / "changed.patch").write_text(git(clone, "diff", "--cached", "--binary"))
        (beside / "said.txt").write_text(f"{text}\n")
        (beside / "said.md").write_text(f"{text}\n")
        git(clone, "reset", "--quiet", "--hard")
        done = subprocess.run(["sh", "-e", "-c", script], cwd=clone, env={**os.environ, **named}, capture_output=True)
        assert done.returncode == 0, done.stderr
        branch = path.stem.replace(".gitlab-ci", "sync")
        assert git(server, "show", f"playbook-{branch}:said.yml") == text
        assert git(server, "rev-list", "--count", f"playbook-{branch}").strip() == "2"


@pytest.mark.parametrize("path", [path for path in COMPANYS if path not in PROPOSING], ids=lambda path: path.stem)
def test_a_companys_workflow_is_ours_but_for_how_the_program_comes(path: Path) -> None:
    """Step by step: the same actions at the same versions, the same commands with the same rights."""
    ours, companys = jobs(WORKFLOW[path.stem]), jobs(path)
    assert companys.keys() == ours.keys()
    for name, job in companys.items():
        for mine, theirs in zip(ours[name]["steps"], job["steps"], strict=True):
            if theirs.get("name") == "Install":
                assert theirs["run"] == "python -m pip install --requirement requirements.txt"
            elif "run" in theirs:
                assert theirs == {**mine, "run": mine["run"].replace(".venv/bin/", "")}
            else:
                with_ = {key: value for key, value in mine.get("with", {}).items() if key != "cache-dependency-path"}
                assert theirs == {**mine, **({"with": with_} if with_ else {})}
        assert {**job, "steps": []} == {**ours[name], "steps": []}


def test_the_pin_is_raised_by_itself() -> None:
    """Dependabot looks after requirements.txt and the actions; where GitLab has Renovate, so does that."""
    updates = parsed(kit.REPOSITORY / "github" / ".github" / "dependabot.yml")["updates"]
    assert {(one["package-ecosystem"], one["directory"]) for one in updates} == {("pip", "/"), ("github-actions", "/")}
    assert json.loads((kit.REPOSITORY / "gitlab" / "renovate.json").read_text("utf-8"))["extends"]
