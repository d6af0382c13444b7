"""The baseline: what is known passes, what is new counts, what is gone is said, and a broken one is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.boundary import Exit
from generator.catalogue import CATALOGUE
from generator.findings import find
from generator.formats import baseline
from generator.formats.baseline import MARK, Baseline, Comparison, KnownFinding, load_baseline
from generator.loading import load_folder
from tests.kit import RICH, inventory, loaded, run, world_in

ENTRY = "{id: acme, name: Acme Agency, types: [shop], owner: null}"
BIRCH = "{id: birch, name: Birch, types: [shop], owner: null}"
HEAD = f"{MARK}, format 2: x\n"
OLD = f"{MARK}: findings that are known, so that `playbook check --baseline` lets them pass.\n"


def put(*entries: str, comment: str = "") -> None:
    Path("data/partners.yml").write_text(comment + inventory(*entries), "utf-8")


@pytest.fixture(autouse=True)
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run in the folder of a company with one finding, which known.txt names."""
    monkeypatch.chdir(tmp_path)
    world_in(Path("data"))
    put(ENTRY)
    assert run("baseline", "known.txt").exit_code == Exit.FINE


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
    assert entries() == ["unowned acme sales"] * 2
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
        "  known.txt:3: unowned acme sales\n"
        "`playbook baseline known.txt` takes them out, and takes in all that is found now.\n"
    )


# --- the file -----------------------------------------------------------------------------


def test_the_file_is_sorted_and_has_no_line_numbers() -> None:
    """So a change of it can be reviewed: what was mended is a line less, what was let in a line more."""
    put(BIRCH, ENTRY)
    result = run("baseline", "known.txt")

    assert entries() == ["unowned acme sales", "unowned birch sales"]
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


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff"), min_size=1),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff")),
)
def test_every_text_comes_back(kind: str, ref: str) -> None:
    """What is written for an agreement of any kind and number lets the finding pass, and its line stays one line."""
    agreement = json.dumps({"kind": kind, "ends": "2020-01-01"} | ({"ref": ref} if ref else {}), ensure_ascii=False)
    put(f"{{id: acme, name: Acme, types: [shop], owner: ann, agreements: [{agreement}]}}")
    playbook = load_folder(Path("data")).playbook
    assume(playbook is not None)
    assert playbook is not None
    findings = find(playbook)
    Path("one.txt").write_text(baseline.text(findings, playbook), "utf-8")
    known, text, problems = load_baseline(Path("one.txt"), CATALOGUE)

    assert [finding.code.slug for finding in findings] == ["agreement-expired"]
    assert (problems, len(text.splitlines())) == ([], 3)
    assert baseline.compare(findings, playbook, known) == Comparison((), 1, ())


def test_windows_line_ends_and_blank_lines_are_fine() -> None:
    """As git may leave them, and editors."""
    Path("known.txt").write_bytes(Path("known.txt").read_bytes().replace(b"\n", b"\r\n") + b"\r\n# note\r\n")

    assert check().exit_code == Exit.FINE


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "known.txt:1:1: error[bad-baseline]: this is no baseline"),
        ("unowned acme sales x\n", "the first line of one begins with '# playbook baseline'"),
        (f"{MARK}, format 3: x\nnew", "known.txt:1:1: error[other-format]: this baseline is written for format 3, and"),
        (f"{MARK}, format x: x\nnew", "known.txt:1:1: error[bad-baseline]: the first line names no format"),
        (f"{MARK}, format {10**10}: x\n", "known.txt:1:1: error[bad-baseline]: the first line names no format"),
        (HEAD + "unowned acme sales acme has no owner\n", "'acme' is no part of a key: one has a kind"),
        (
            OLD + "unowned acme sales\n",
            "known.txt:1:1: error[other-format]: this baseline is written for format 1, and",
        ),
        (OLD + "unownd\n", "1 error in 1 file"),
        (HEAD + "unownd acme sales x\n", "known.txt:2:1: error[bad-baseline]: there is no finding 'unownd'"),
        (HEAD + "unownd acme sales x\n", "did you mean 'unowned'?"),
        (HEAD + "unowned acme\n", "known.txt:2:1: error[bad-baseline]: a line has a code, a partner"),
        (HEAD + "\n  unowned acme sales\n", "known.txt:3:1: error[bad-baseline]: a line has a code"),
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
    playbook = loaded(Path("data"))
    lines = tuple(KnownFinding("unowned acme sales", number) for number in (3, 4))

    found = baseline.compare(find(playbook), playbook, Baseline(lines))
    assert found == Comparison((), 1, lines[1:])


# --- what stays the same ------------------------------------------------------------------

TWINS = (
    "{id: acme, name: Acme Agency, types: [shop], owner: ann, domain: acme.example, "
    "agreements: [{kind: master contract, ref: 'A 1/2 %', ends: 2025-01-01}]}",
    "{id: birch, name: Birch, types: [shop], owner: ann, domain: acme.example}",
)


def test_the_lines_hold_ids_and_no_words() -> None:
    """A twin is known by its id, an agreement by its kind and number; blanks are written as in an address."""
    put(*TWINS)
    run("baseline", "known.txt", "--as-of", "2026-01-01")

    assert Path("known.txt").read_text("utf-8").startswith("# playbook baseline, format 2: ")
    assert entries() == [
        "agreement-expired acme sales kind:master%20contract ref:A%201/2%20%25",
        "same-domain acme - partner:birch",
    ]


def test_a_partner_and_its_twin_may_be_renamed() -> None:
    """Other names, and other ids where the old ones are kept: each line still lets its finding pass."""
    put(*TWINS)
    run("baseline", "known.txt")
    put(
        TWINS[0].replace("id: acme,", "id: acme-group, formerly: [acme],").replace("Acme Agency", "'ACME, the Group'"),
        TWINS[1].replace("id: birch,", "id: birch-wood, formerly: [birch],").replace("name: Birch", "name: Wood"),
    )
    result = check()

    assert (result.exit_code, result.stdout) == (Exit.FINE, "no problems\n")
    assert result.stderr == "known.txt lets 2 findings pass.\n"
    assert "0 added, 0 taken out" in run("baseline", "known.txt").stdout
    assert "same-domain acme-group - partner:birch-wood" in entries()


TWO = """\
departments:
- id: sales
  name: Sales
  partners:
  - {id: acme, name: Acme, types: [shop], owner: null, lead: true, domain: acme.example}
- id: support
  name: Support
  partners:
  - {id: acme, types: [agent], owner: ann, status: dormant, lead: true}
  - {id: birch, name: Birch, types: [shop], owner: null, domain: acme.example}
"""


def write(text: str) -> None:
    Path("data/partners.yml").write_text(text)


def test_departments_in_another_order_are_still_known() -> None:
    """What is found of several entries is known by none of them, whether a hand, or `playbook split`, moves them."""
    write(TWO)
    run("baseline", "known.txt")
    assert [one for one in entries() if "unowned" not in one] == [
        "same-domain acme - partner:birch",
        "two-leads acme -",
    ]
    head, sales, support = TWO.partition("- id: sales")[0], *TWO.removeprefix("departments:\n").split("- id: support")
    write(f"{head}- id: support{support}{sales}")
    assert (check().exit_code, check().stderr) == (Exit.FINE, "known.txt lets 4 findings pass.\n")

    assert run("split").exit_code == Exit.FINE
    assert (check().exit_code, check().stderr) == (Exit.FINE, "known.txt lets 4 findings pass.\n")


@pytest.mark.parametrize(
    "lines",
    [
        "same-domain birch support partner:acme\ntwo-leads acme support\n",
        "same-domain acme sales partner:birch\ntwo-leads acme sales\n",
    ],
)
def test_lines_of_the_order_of_then_are_still_known(lines: str) -> None:
    """A baseline of format 2 may name the entry that such a finding was told at."""
    write(TWO)
    Path("known.txt").write_text(f"{HEAD}{lines}unowned acme sales\nunowned birch support\n")
    assert (check().exit_code, check().stderr) == (Exit.FINE, "known.txt lets 4 findings pass.\n")


@pytest.mark.parametrize("line", ["same-domain acme sales", "same-domain - -", "same-domain a - partner:b partner:c"])
def test_a_line_of_two_partners_that_names_others_is_no_longer_found(line: str) -> None:
    """Whatever became of it, it lets nothing pass."""
    write(TWO)
    Path("known.txt").write_text(f"{HEAD}{line}\n")
    result = check()
    assert (result.exit_code, "4 warnings" in result.stdout) == (Exit.PROBLEMS, True)
    assert f"known.txt:2: {line}" in result.stderr


def test_what_moves_to_another_department_is_still_known() -> None:
    """By `playbook move`; what is found there of a partner that has not moved is new."""
    write(TWO)
    run("baseline", "known.txt")
    assert run("move", "birch", "--to", "sales").exit_code == Exit.FINE
    assert (check().exit_code, check().stderr) == (Exit.FINE, "known.txt lets 4 findings pass.\n")

    write(TWO.replace("owner: null, lead", "owner: ann, lead").replace("owner: ann, status", "owner: null, status"))
    result = check()
    assert (result.exit_code, "1 warning" in result.stdout) == (Exit.PROBLEMS, True)
    assert "known.txt:5: unowned acme sales" in result.stderr


def spread(**owners: str) -> str:
    """Three departments, of which those that are named have Acme with that owner."""
    text = "departments:\n"
    for name in ("cloud", "sales", "support"):
        text += f"- id: {name}\n  name: {name.title()}\n  partners:\n"
        text += f"  - {{id: of-{name}, name: Of {name.title()}, types: [shop], owner: ann}}\n"
        if name in owners:
            text += f"  - {{id: acme, name: Acme, types: [shop], owner: {owners[name]}, status: dormant}}\n"
    return text


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        ({"sales": "null", "support": "ann"}, {"support": "ann"}, 0),
        ({"sales": "null", "support": "ann"}, {"support": "null"}, 1),  # found where it was not
        ({"sales": "null", "support": "ann"}, {"cloud": "null", "support": "ann"}, 0),  # it moved
        ({"sales": "null", "support": "ann"}, {"cloud": "ann", "support": "null"}, 1),
        ({"sales": "null", "support": "null"}, {"cloud": "null", "support": "null"}, 0),
        ({"sales": "null"}, {"cloud": "null"}, 0),
        ({"sales": "null"}, {"sales": "ann", "cloud": "null"}, 1),  # an entry more
        ({"sales": "null"}, {"support": "ann", "cloud": "null"}, 1),  # where did it move?
        ({"sales": "null", "support": "ann"}, {"cloud": "null"}, 1),  # which of the two moved?
    ],
)
def test_a_line_is_spent_elsewhere_only_where_its_entry_surely_moved(
    before: dict[str, str], after: dict[str, str], new: int
) -> None:
    """It lets nothing pass in a department that had the partner before."""
    write(spread(**before))
    run("baseline", "known.txt")
    write(spread(**after))
    result = check()
    assert (result.stdout.count("warning[unowned]"), "1 error" in result.stdout) == (new, False), result.output


def test_lines_name_the_other_departments() -> None:
    """Those of a partner in several, by the ids of then; what a finding is known by elsewhere has no such part."""
    write(spread(sales="null", support="ann"))
    run("baseline", "known.txt")
    assert [one for one in entries() if "unowned" in one] == ["unowned acme sales also:support"]
    write(spread(cloud="null", support="ann").replace("id: support", "id: help\n  formerly: [support]"))
    assert "unowned" not in check().output
    assert 'unowned acme cloud"' in run("check", "--format", "sarif").stdout


def test_a_department_with_another_id_is_still_known() -> None:
    """Also where nothing says that it had another one: nobody else has what the line names."""
    write(TWO)
    run("baseline", "known.txt")
    write(TWO.replace("id: support", "id: help"))
    assert (check().exit_code, check().stderr) == (Exit.FINE, "known.txt lets 4 findings pass.\n")


# --- other formats ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        (OLD + "unowned acme sales acme has no owner\n", "help: run `playbook upgrade --baseline known.txt`"),
        (f"{MARK}, format 3: x\nunowned acme sales\n", "help: upgrade the program: raise partner-playbook in requ"),
    ],
)
@pytest.mark.parametrize("command", [("check", "--baseline"), ("baseline",)])
def test_a_baseline_of_another_format_stays(written: str, hint: str, command: tuple[str, ...]) -> None:
    """Neither is it half understood, nor written over, which would let pass whatever is found now."""
    Path("known.txt").write_text(written)
    put(ENTRY, BIRCH)
    result = run(*command, "known.txt")

    assert (result.exit_code, result.stdout) == (Exit.PROBLEMS, "")
    assert "known.txt:1:1: error[other-format]" in result.stderr
    assert hint in result.stderr
    assert Path("known.txt").read_text() == written
