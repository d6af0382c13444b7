"""The report for programs: each format holds to its standard, whatever stands in the data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from generator.boundary import Exit
from generator.catalogue import CATALOGUE
from generator.findings import Finding, WordedFinding
from generator.problems import Code, Place, Problem, Severity
from generator.reports import FORMATS
from generator.reports.format import report
from tests.kit import git, inventory, run, world_in

ERROR = Code("unknown-type", Severity.ERROR, "A type, unknown: which", "It is not in the taxonomy.", "Correct it.")
WARNING = Code("unowned", Severity.WARNING, "Nobody owns it", "The owner is null.", "Name an owner.")
HOSTILE = (
    "a\n::error::forged",
    "a\r::error::forged",
    "%0A::error::",
    "##[error]x",
    "]]>&lt;\x1b[31m\0\ud800",
    "x,line=1",
)

NO_TYPE = Problem(ERROR, "'isv' is no type", Place("partners.yml", 7, 17, 5), "did you mean 'isv-ihv'?")
NO_OWNER = Problem(WARNING, "Acme has no owner", Place("partners/a b#.yml", 8, 9, 5))

EXPIRED = WordedFinding(
    WARNING,
    "the deal\u202e agreement of Acme expired",
    Place("partners.yml", 9),
    finding=Finding(
        WARNING,
        Place("partners.yml", 9),
        "acme",
        owner="Ann\u200b",
        key=("kind:deal\u202e",),
        values={"kind": "deal\u202e", "ref": None, "ends": "2026-01-31", "days": 3, "offers": ("a", "b")},
    ),
)


def shown(form: str, *problems: Problem, strict: bool = False, files: tuple[str, ...] = ()) -> str:
    return FORMATS[form](report(problems, files, "data", "1.2.3", strict=strict))


def as_json(text: str) -> Any:
    assert text.isascii()
    return json.loads(text)


# --- json ---------------------------------------------------------------------------------


def test_json() -> None:
    """The names and values that the format documents, and no other."""
    assert as_json(shown("json", NO_TYPE, NO_OWNER)) == {
        "format": 1,
        "errors": 1,
        "warnings": 1,
        "problems": [
            {
                "code": "unknown-type", "severity": "error", "message": "'isv' is no type",
                "hint": "did you mean 'isv-ihv'?", "file": "data/partners.yml", "line": 7, "column": 17, "length": 5,
                "fails": True, "partner": None, "department": None, "owner": None, "key": None, "values": None,
            },
            {
                "code": "unowned", "severity": "warning", "message": "Acme has no owner", "hint": "",
                "file": "data/partners/a b#.yml", "line": 8, "column": 9, "length": 5, "fails": False,
                "partner": None, "department": None, "owner": None, "key": None, "values": None,
            },
        ],
    }  # fmt: skip
    assert as_json(shown("json")) == {"format": 1, "errors": 0, "warnings": 0, "problems": []}


def test_json_has_the_data_of_a_finding() -> None:
    """Whom it concerns, what it is known by and what its words were made of, each text of it printable."""
    [problem] = as_json(shown("json", EXPIRED))["problems"]

    assert {name: problem[name] for name in ("message", "partner", "department", "owner", "key", "values")} == {
        "message": "the deal\\u{202E} agreement of Acme expired",
        "partner": "acme",
        "department": None,
        "owner": "Ann\\u{200B}",
        "key": ["kind:deal\\u{202E}"],
        "values": {"kind": "deal\\u{202E}", "ref": None, "ends": "2026-01-31", "days": 3, "offers": ["a", "b"]},
    }


# --- github -------------------------------------------------------------------------------


def test_github() -> None:
    """One command a problem, those that fail first, and a count; the title's comma and colon are escaped."""
    assert shown("github", NO_OWNER, NO_TYPE).splitlines() == [
        "::error file=data/partners.yml,line=7,col=17,endColumn=22,title=A type%2C unknown%3A which (unknown-type)"
        "::'isv' is no type%0Ahelp: did you mean 'isv-ihv'?",
        "::warning file=data/partners/a b#.yml,line=8,col=9,endColumn=14,title=Nobody owns it (unowned)"
        "::Acme has no owner",
        "1 error, 1 warning",
    ]
    assert shown("github") == "no problems\n"


def test_errors_come_first_where_warnings_fail_too() -> None:
    """As with --strict and a rule of the company's own that is an error: of each kind ten are shown, errors first."""
    warnings = [Problem(WARNING, f"warning {n}", Place("a.yml", n)) for n in range(1, 13)]
    errors = [Problem(ERROR, f"error {n}", Place("b.yml", n)) for n in range(1, 4)]
    told = shown("github", *warnings, *errors, strict=True).splitlines()
    loose = shown("github", *warnings, *errors).splitlines()

    assert [line.rpartition("::")[2] for line in told[:10]] == [
        *("error 1", "error 2", "error 3"),
        *(f"warning {n}" for n in range(1, 8)),
    ]
    assert told[10:] == [
        "::notice title=More than GitHub shows::5 more errors in data/a.yml: `playbook check` lists all.",
        "3 errors, 12 warnings",
    ]
    assert [line.split()[0] for line in loose[:13]] == ["::error"] * 3 + ["::warning"] * 10
    assert "::2 more warnings in data/a.yml" in loose[13]


@pytest.mark.parametrize("text", HOSTILE)
def test_data_forges_no_command(text: str) -> None:
    """Whatever data says in the message, in the hint or as a file's name, there are as many commands as problems."""
    problem = Problem(WARNING, text, Place(f"partners/{text}.yml"), text)

    *commands, count = shown("github", problem).splitlines()
    assert len(commands) == 1
    assert count == "1 warning"
    assert commands[0].startswith("::warning file=data/partners/")
    head, _, _ = commands[0].removeprefix("::warning ").partition("::")
    assert [part.split("=")[0] for part in head.split(",")] == ["file", "line", "col", "endColumn", "title"]
    assert "##[" not in commands[0]
    assert "%0A::" not in commands[0]


def unescaped(text: str) -> str:
    """As GitHub's runner takes the escapes of a message back."""
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


@given(st.text())
def test_github_shows_the_message_as_it_was(text: str) -> None:
    """What the runner reads is one line for the message, and one more at most for the help."""
    command, _ = shown("github", Problem(WARNING, text, Place("f.yml"), "h")).split("\n", 1)
    *_, message = command.split("::", 2)

    assert unescaped(message).count("\n") == 1
    assert unescaped(message).endswith("\nhelp: h")


# --- sarif --------------------------------------------------------------------------------

TEXT = {"type": "object", "properties": {"text": {"type": "string", "minLength": 1}}, "required": ["text"],
        "additionalProperties": False}  # fmt: skip
LEVEL = {"enum": ["none", "note", "warning", "error"]}


def closed(**properties: Any) -> dict[str, Any]:
    """An object that has all of these and nothing else."""
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def listed(item: dict[str, Any], least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": item, "minItems": least}


NATURAL = {"type": "integer", "minimum": 1}
RULE = closed(
    id={"type": "string"}, shortDescription=TEXT, fullDescription=TEXT, help=TEXT,
    defaultConfiguration=closed(level=LEVEL),
)  # fmt: skip
FINGERPRINTS = {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1}
RESULT = closed(
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=TEXT,
    locations=listed(
        closed(
            physicalLocation=closed(
                artifactLocation=closed(uri={"type": "string", "pattern": "^[A-Za-z0-9._~%/-]+$"}),
                region=closed(startLine=NATURAL, startColumn=NATURAL, endColumn=NATURAL),
            )
        ),
        least=1,
    ),
)
RESULT["properties"]["partialFingerprints"] = FINGERPRINTS
DRIVER = closed(name={"const": "playbook"}, version={"type": "string"}, rules=listed(RULE))
# What section 3 of the standard says of the properties that we write; each of them is one that it names.
SARIF = closed(
    **{"$schema": {"type": "string"}},
    version={"const": "2.1.0"},
    runs=listed(
        closed(
            tool=closed(driver=DRIVER),
            columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
            results=listed(RESULT),
        ),
        least=1,
    ),
)


def sarif(*problems: Problem, strict: bool = False) -> Any:
    log = as_json(shown("sarif", *problems, strict=strict))
    jsonschema.Draft202012Validator(SARIF).validate(log)
    return log["runs"][0]


def test_sarif() -> None:
    """A run with all rules of the catalogue; each result points at its rule and its place."""
    run = sarif(NO_TYPE, NO_OWNER)
    rules = run["tool"]["driver"]["rules"]

    assert {rule["id"] for rule in rules} >= set(CATALOGUE)
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert [result["level"] for result in run["results"]] == ["error", "warning"]
    assert run["results"][0]["message"]["text"] == "'isv' is no type. Help: did you mean 'isv-ihv'?"
    location = run["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "data/partners.yml"
    assert location["region"] == {"startLine": 7, "startColumn": 17, "endColumn": 22}
    assert run["columnKind"] == "unicodeCodePoints"
    assert "Name an owner" in rules[run["results"][1]["ruleIndex"]]["help"]["text"]


def test_sarif_says_what_a_finding_is_known_by() -> None:
    """Its line in a baseline, so that services know it again where lines, names and days are others; no error has one,
    and it is not under the name that GitHub computes for itself."""
    error, expired = sarif(NO_TYPE, EXPIRED)["results"]

    assert "partialFingerprints" not in error
    assert expired["partialFingerprints"] == {"playbookFinding/v1": "unowned acme - kind:deal\\u{202E}"}


def test_sarif_calls_an_error_what_fails() -> None:
    """Under --strict a warning fails, too; the rule itself stays what it is."""
    run = sarif(NO_TYPE, NO_OWNER, strict=True)

    assert [result["level"] for result in run["results"]] == ["error", "error"]
    rule = run["tool"]["driver"]["rules"][run["results"][1]["ruleIndex"]]
    assert rule["defaultConfiguration"] == {"level": "warning"}


def test_sarif_names_files_as_addresses() -> None:
    """A space or a number sign in a file's name is percent-encoded, and comes back."""
    uri = sarif(NO_OWNER)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]

    assert uri == "data/partners/a%20b%23.yml"
    assert unquote(uri) == "data/partners/a b#.yml"


@pytest.mark.parametrize("text", HOSTILE)
def test_sarif_of_hostile_data(text: str) -> None:
    """It keeps to the standard."""
    assert len(sarif(Problem(WARNING, text, Place(text), text))["results"]) == 1


# --- junit --------------------------------------------------------------------------------


def junit(*problems: Problem, strict: bool = False, files: tuple[str, ...] = ()) -> ElementTree.Element:
    """The report, held against what GitLab and Jenkins read: names, counts that are right, one outcome a test."""
    text = shown("junit", *problems, strict=strict, files=files)
    assert text.isascii()
    root = ElementTree.fromstring(text)
    assert root.tag == "testsuites"
    suites = list(root)
    for holder in (root, *suites):
        tests = list(holder.iter("testcase"))
        assert int(holder.attrib["tests"]) == len(tests)
        for outcome, counted in (("failure", "failures"), ("skipped", "skipped"), ("error", "errors")):
            assert int(holder.attrib[counted]) == sum(test.find(outcome) is not None for test in tests)
    for suite in suites:
        assert suite.tag == "testsuite"
        assert suite.attrib["name"]
        assert len(suite)
        names = [(test.attrib["classname"], test.attrib["name"]) for test in suite]
        assert len(set(names)) == len(names)
        for test in suite:
            assert test.tag == "testcase"
            assert len(test) <= 1
    return root


def test_junit() -> None:
    """A suite a file: an error fails, a warning is skipped, and a file without problems passes."""
    root = junit(NO_TYPE, NO_OWNER, files=("partners.yml", "people.yml"))

    assert [suite.attrib["name"] for suite in root] == [
        "data/partners.yml", "data/people.yml", "data/partners/a b#.yml",
    ]  # fmt: skip
    broken, fine, dirty = (suite[0] for suite in root)
    assert broken.attrib["file"] == "data/partners.yml"
    failure = broken.find("failure")
    assert failure is not None
    assert failure.attrib == {"type": "unknown-type", "message": "'isv' is no type"}
    assert failure.text == "data/partners.yml:7:17\n'isv' is no type\nhelp: did you mean 'isv-ihv'?"
    assert len(fine) == 0
    assert [child.tag for child in dirty] == ["skipped"]


def test_junit_when_strict() -> None:
    """A warning that fails the run is a failure."""
    assert junit(NO_OWNER, strict=True).attrib["failures"] == "1"


def test_junit_names_hold_no_line() -> None:
    """The same problem a line further down is the same test; two of them in one file are two tests."""
    first = Problem(ERROR, "m", Place("f.yml", 1))
    later = Problem(ERROR, "m", Place("f.yml", 9))

    assert junit(first)[0][0].attrib["name"] == junit(later)[0][0].attrib["name"]
    assert [test.attrib["name"] for test in junit(first, later)[0]] == ["unknown-type: m", "unknown-type: m (2)"]


@pytest.mark.parametrize("text", HOSTILE)
def test_junit_of_hostile_data(text: str) -> None:
    """It stays XML, with one test."""
    assert junit(Problem(WARNING, text, Place(f"{text}.yml"), text), strict=True).attrib["tests"] == "1"


@given(st.text(), st.booleans())
def test_every_format_takes_every_text(text: str, strict: bool) -> None:
    """No text from data breaks a format, or prints a character that cannot be seen."""
    problem = Problem(WARNING, text, Place(text, 1, 1, 1), text)
    for form in FORMATS:
        out = shown(form, problem, strict=strict)
        assert out.endswith("\n")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e]", out)


# --- the command --------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs the check from a folder of a repository whose data, in playbook/data, has one error."""
    world_in(tmp_path / "playbook" / "data", partners=inventory(acme="types: [agnet], owner: ann"))

    def check(where: str, *arguments: str) -> Result:
        monkeypatch.chdir(tmp_path / where)
        return run("check", *arguments)

    return check


@pytest.mark.parametrize(("where", "data"), [("playbook", "data"), (".", "playbook/data"), ("playbook/data", ".")])
def test_files_are_named_from_the_root_of_the_repository(
    repository: Callable[..., Result], tmp_path: Path, where: str, data: str
) -> None:
    """Wherever the command runs: that is what annotations need."""
    git(tmp_path, "init", "--quiet")
    result = repository(where, "--data", data, "--format", "json")

    assert result.exit_code == Exit.PROBLEMS
    assert json.loads(result.stdout)["problems"][0]["file"] == "playbook/data/partners.yml"


def test_without_a_repository_files_are_named_from_here(repository: Callable[..., Result], tmp_path: Path) -> None:
    """Or by their whole path, where they do not stand below."""
    (tmp_path / "elsewhere").mkdir()
    here = repository("playbook", "--format", "json")
    away = repository("elsewhere", "--data", "../playbook/data", "--format", "json")

    assert json.loads(here.stdout)["problems"][0]["file"] == "data/partners.yml"
    assert json.loads(away.stdout)["problems"][0]["file"] == str(tmp_path / "playbook" / "data" / "partners.yml")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_ends_as_text_does(repository: Callable[..., Result], form: str) -> None:
    """The exit code says what was found; the report goes to standard output, alone."""
    result = repository("playbook", "--format", form)

    assert result.exit_code == Exit.PROBLEMS
    assert "agnet" in result.stdout
    assert result.stderr == ""


def test_an_unknown_format(repository: Callable[..., Result]) -> None:
    """What is allowed is said."""
    result = repository("playbook", "--format", "html")

    assert result.exit_code == Exit.USAGE
    assert "'text', 'github', 'gitlab', 'json', 'junit', 'sarif'" in result.stderr
