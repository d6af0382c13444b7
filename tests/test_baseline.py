"""The baseline: what is known passes, what is new counts, what is gone is said, and a broken one is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import assume, given
from hypothesis import strategies as st

from generator import baseline
from generator.boundary import Exit
from generator.cli import main
from generator.findings import find
from generator.loading import load_folder
from generator.source import BASELINE_MARK, Known, load_baseline
from tests.kit import RICH

WORLD = Path(__file__).parent / "world"
ENTRY = "{id: acme, name: Acme Agency, types: [shop], owner: null}"
BIRCH = "{id: birch, name: Birch, types: [shop], owner: null}"
HEAD = f"{BASELINE_MARK}: x\n"


def inventory(*entries: str) -> str:
    return "departments:\n- id: sales\n  name: Sales\n  partners:\n" + "".join(f"  - {entry}\n" for entry in entries)


def put(*entries: str, comment: str = "") -> None:
    Path("data/partners.yml").write_text(comment + inventory(*entries), "utf-8")


@pytest.fixture(autouse=True)
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run in the folder of a company with one finding, which known.txt names."""
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    for file in WORLD.iterdir():
        Path("data", file.name).write_bytes(file.read_bytes())
    put(ENTRY)
    assert run("baseline", "known.txt").exit_code == Exit.FINE


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), prog_name="playbook")


def check(*arguments: str) -> Result:
    return run("check", "--strict", "--baseline", "known.txt", *arguments)


def entries() -> list[str]:
    return [line for line in Path("known.txt").read_text("utf-8").splitlines() if not line.startswith("#")]


# --- what passes --------------------------------------------------------------------------


def test_what_is_known_passes() -> None:
    """With --strict, too; that something passed is said beside the report."""
    result = check()

    assert run("check", "--strict").exit_code == Exit.PROBLEMS
    assert (result.exit_code, result.stdout) == (Exit.FINE, "no problems\n")
    assert result.stderr == "known.txt lets 1 finding pass.\n"


def test_what_is_new_counts() -> None:
    """It alone is reported."""
    put(ENTRY, BIRCH)
    result = check()

    assert result.exit_code == Exit.PROBLEMS
    assert "Birch has no owner" in result.stdout
    assert "Acme" not in result.stdout
    assert "1 warning in 1 file" in result.stdout


def test_what_moves_is_still_known() -> None:
    """Another line, or another name of the partner, is the same finding."""
    put("{id: cedar, name: Cedar, types: [shop], owner: ann}", ENTRY, comment="# a comment\n\n")
    assert check().exit_code == Exit.FINE
    put(ENTRY.replace("Acme Agency", "'Acme (Agency) [new]'"))
    assert check().exit_code == Exit.FINE


def test_days_that_pass_make_nothing_new() -> None:
    """A review that was late is as late tomorrow, though by a day more."""
    put("{id: acme, name: Acme, types: [agent], owner: ann, reviewed: {date: 2025-01-01, by: ann}}")
    assert "1 added" in run("baseline", "known.txt", "--as-of", "2026-01-01").stdout

    assert check("--as-of", "2026-03-05").exit_code == Exit.FINE


def test_each_line_lets_one_pass() -> None:
    """A second finding that nothing tells apart from the first is new; one that is named twice may be found twice."""
    put(ENTRY, "{id: acme, types: [agent], owner: null, status: dormant}")
    result = check()
    assert (result.exit_code, result.stderr) == (Exit.PROBLEMS, "known.txt lets 1 finding pass.\n")

    run("baseline", "known.txt")
    assert entries() == ["unowned acme sales acme has no owner"] * 2
    assert check().exit_code == Exit.FINE


def test_errors_never_pass() -> None:
    """The data is wrong, whatever the baseline says; nothing is called stale then."""
    put(ENTRY.replace("shop", "shpo"))
    result = check()

    assert result.exit_code == Exit.PROBLEMS
    assert "error[unknown-type]" in result.stdout
    assert result.stderr == ""


def test_what_is_gone_is_said() -> None:
    """With its line and how to take it out; the run does not fail for it, and other formats stay what they are."""
    put(ENTRY.replace("null", "ann"))
    result = check("--format", "json")

    assert result.exit_code == Exit.FINE
    assert json.loads(result.stdout)["problems"] == []
    assert result.stderr == (
        "1 line of known.txt can go, because that is no longer found:\n"
        "  known.txt:3: unowned acme sales acme has no owner\n"
        "`playbook baseline known.txt` takes them out, and takes in all that is found now.\n"
    )


# --- the file -----------------------------------------------------------------------------


def test_the_file_is_sorted_and_has_no_line_numbers() -> None:
    """So a change of it can be reviewed: what was mended is a line less, what was let in a line more."""
    put(BIRCH, ENTRY)
    result = run("baseline", "known.txt")

    assert entries() == ["unowned acme sales acme has no owner", "unowned birch sales birch has no owner"]
    assert result.stdout == "known.txt names 2 findings: 1 added, 0 taken out.\n"
    put(BIRCH.replace("null", "ann"), ENTRY.replace("null", "ann"))
    assert run("baseline", "known.txt").stdout == "known.txt names no findings: 0 added, 2 taken out.\n"
    assert check().exit_code == Exit.FINE


def test_the_file_of_a_rich_company_lets_all_of_it_pass(tmp_path: Path) -> None:
    """Every finding of every rule comes back from its line."""
    data = str(RICH)
    assert run("baseline", "known.txt", "--data", data).exit_code == Exit.FINE
    result = run("check", "--strict", "--data", data, "--baseline", "known.txt")

    assert (result.exit_code, result.stdout) == (Exit.FINE, "no problems\n")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff"), min_size=1))
def test_every_text_comes_back(name: str) -> None:
    """What is written for an owner of any name lets the finding pass, and its line stays one line."""
    put(ENTRY.replace("null", json.dumps(name, ensure_ascii=False)))
    Path("data/people.yml").write_text("people: [{id: ann, name: Ann}]\n")
    playbook = load_folder(Path("data")).playbook
    assume(playbook is not None)
    assert playbook is not None
    findings = find(playbook)
    Path("one.txt").write_text(baseline.text(baseline.lines(playbook)), "utf-8")
    known, _, problems = load_baseline(Path("one.txt"))

    assert problems == []
    assert baseline.passed(findings, playbook, known) == baseline.Passed((), len(findings), ())


def test_windows_line_ends_and_blank_lines_are_fine() -> None:
    """As git may leave them, and editors."""
    Path("known.txt").write_bytes(Path("known.txt").read_bytes().replace(b"\n", b"\r\n") + b"\r\n# note\r\n")

    assert check().exit_code == Exit.FINE


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "known.txt:1:1: error[bad-baseline]: this is no baseline"),
        ("unowned acme sales x\n", "the first line of one begins with '# playbook baseline'"),
        (HEAD + "unownd acme sales x\n", "known.txt:2:1: error[bad-baseline]: there is no finding 'unownd'"),
        (HEAD + "unownd acme sales x\n", "did you mean 'unowned'?"),
        (HEAD + "unowned acme sales\n", "known.txt:2:1: error[bad-baseline]: a line has a code, a partner"),
        (HEAD + "\n  unowned acme sales x\n", "known.txt:3:1: error[bad-baseline]: a line has a code"),
        (HEAD + "unknown-type acme sales x\n", "unknown-type is an error, and errors cannot pass"),
        (HEAD + "x a b c\ny a b c\n", "2 errors in 1 file"),
        (HEAD + "<<<<<<< main\nunowned acme sales x\n", "error[merge-conflict]: the marker <<<<<<<"),
        (HEAD + "un\x1b[31m::error::x a b c\n", "there is no finding 'un\\x1b[31m::error::x'"),
    ],
)
def test_a_broken_file(content: str, said: str) -> None:
    """Every mistake in it with its line; nothing is checked by half of it."""
    Path("known.txt").write_text(content)
    result = check()

    assert result.exit_code == Exit.PROBLEMS
    assert said in result.stderr
    assert "\x1b" not in result.stderr
    assert result.stdout == ""


def test_a_file_that_cannot_be_read_as_text() -> None:
    """The byte is named, with its place."""
    Path("known.txt").write_bytes(HEAD.encode() + b"unowned acme sales \xff\n")

    assert "known.txt:2:20: error[not-utf8]" in check().stderr


def test_a_broken_file_can_be_written_anew() -> None:
    """That is what its errors advise."""
    Path("known.txt").write_text(HEAD + "<<<<<<< main\nunownd\n")
    assert run("baseline", "known.txt").exit_code == Exit.FINE

    assert check().exit_code == Exit.FINE


# --- wrong usage --------------------------------------------------------------------------


@pytest.mark.parametrize("file", ["data/partners.yml", "no/where.txt", "data"])
def test_nothing_else_is_overwritten(file: str) -> None:
    """A file of somebody else, a folder that is not there: said, and nothing is written."""
    before = Path("data/partners.yml").read_bytes()
    result = run("baseline", file)

    assert result.exit_code == Exit.USAGE
    assert file in result.stderr
    assert "Traceback" not in result.stderr
    assert Path("data/partners.yml").read_bytes() == before
    assert not Path("no").exists()


def test_data_with_errors_has_no_baseline() -> None:
    """The errors are reported, and the file stays as it was."""
    before = Path("known.txt").read_bytes()
    put(ENTRY.replace("shop", "shpo"))
    result = run("baseline", "known.txt")

    assert (result.exit_code, result.stdout) == (Exit.PROBLEMS, "")
    assert "error[unknown-type]" in result.stderr
    assert Path("known.txt").read_bytes() == before


def test_a_file_that_is_not_there() -> None:
    """Wrong usage."""
    result = run("check", "--baseline", "nowhere.txt")

    assert result.exit_code == Exit.USAGE
    assert "nowhere.txt" in result.stderr


def test_stale_lines_are_found_by_their_number() -> None:
    """Of two equal lines the last one is stale."""
    playbook = load_folder(Path("data")).playbook
    assert playbook is not None
    line = "unowned acme sales acme has no owner"

    found = baseline.passed(find(playbook), playbook, [Known(line, 3), Known(line, 4)])
    assert found == baseline.Passed((), 1, (Known(line, 4),))
