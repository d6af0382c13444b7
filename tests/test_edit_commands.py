"""The commands that change the data: what they write, what they tell, and that a refused change writes nothing."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import Result

from generator.boundary import Exit
from generator.cli import questions
from generator.editing import Draft, listed
from generator.loading import load_folder
from generator.schema import documented
from generator.schema.shapes import FILES, shape_in
from generator.sinks import files
from generator.source import parse
from tests import kit
from tests.kit import RICH, contents, yaml_of

# What these pass through, tests that say what they reach measure.
pytestmark = pytest.mark.no_cover

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the rich company's data."""
    shutil.copytree(RICH, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def run(folder: Path) -> Run:
    """Runs a command on that copy."""

    return lambda *arguments, answers="": kit.run(*arguments, "--data", str(folder), answers=answers)


def changed(folder: Path) -> dict[str, tuple[list[str], list[str]]]:
    """The lines that went and those that came, for each data file that is not as it was."""
    import difflib

    found = {}
    for name in sorted(name for name in {*contents(folder), *contents(RICH)} if not name.startswith("schemas/")):
        before, after = contents(RICH).get(name, b"").decode(), contents(folder).get(name, b"").decode()
        lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
        gone = [line[2:].strip() for line in lines if line.startswith("- ")]
        came = [line[2:].strip() for line in lines if line.startswith("+ ")]
        if gone or came:
            found[name] = (gone, came)
    return found


def refused(result: Result, folder: Path, *words: str) -> None:
    """The command failed, said why, and wrote nothing."""
    assert result.exit_code in (1, 2), result.output
    for word in words:
        assert word in result.output
    assert "Traceback" not in result.output
    assert contents(folder) == contents(RICH)


# --- review ---------------------------------------------------------------------------------


def test_a_review_is_dated_and_signed_and_nothing_else_changes(run: Run, folder: Path) -> None:
    """Expected: one line, with the day of the data and the id of the person; a second time, nothing."""
    result = run("review", "Fenland Technik", "--by", "Kavya Iyer")
    assert result.exit_code == 0
    assert "was reviewed in Channel Sales on 2026-11-02 by Kavya Iyer" in result.output
    assert changed(folder) == {
        "partners.yml": (
            ["reviewed: {date: 2026-07-08, by: erik-nyberg}"],
            ["reviewed: {date: 2026-11-02, by: kavya-iyer}"],
        )
    }
    before = contents(folder)
    assert "Nothing changes" in run("review", "fenland-technik", "--by", "kavya-iyer").output
    assert contents(folder) == before


def test_a_review_of_a_shared_partner_says_whose(run: Run, folder: Path) -> None:
    """Expected: without the department it is refused, with it that entry alone is reviewed."""
    refused(run("review", "wetherby-industrial", "--by", "tom-barlow"), folder, "add --department")
    result = run("review", "wetherby-industrial", "--by", "tom-barlow", "--department", "channel sales")
    assert result.exit_code == 0
    assert list(changed(folder)) == ["partners.yml"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("fenland-tecnik", "--by", "tom-barlow"), ("there is no partner 'fenland-tecnik'", "'fenland-technik'")),
        (("fenland-technik", "--by", "tom-barow"), ("there is no person 'tom-barow'", "'tom-barlow'")),
        (("fenland-technik", "--by", "owen-pryce"), ("Owen Pryce has left: name somebody who is here",)),
        (("fenland-technik", "--by", "Tom"), ("there is no person 'Tom'", "'Tom Barlow'")),
        (("fenland-technik", "--by", "tom-barlow", "--department", "x"), ("there is no department 'x'",)),
        (("fenland-technik", "--by", "tom-barlow", "--department", "cloud-services"), ("managed by channel-sales",)),
    ],
)
def test_a_review_of_or_by_nobody(run: Run, folder: Path, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    """Expected: the wrong word and the nearest right one."""
    refused(run("review", *arguments), folder, *words)


# --- new ------------------------------------------------------------------------------------


def test_a_partner_is_added_from_options(run: Run, folder: Path) -> None:
    """Expected: an entry in its sorted place, with ids in place of the names that were typed."""
    result = run(
        *("new", "partner", "--department", "channel sales", "--name", "Ópera: & Söhne"),
        *("--type", "system integrators", "--type", "ISV", "--owner", "Lin Zhao", "--status", "prospect"),
    )
    assert result.exit_code == 0, result.output
    assert "is new in Channel Sales" in result.output
    gone, came = changed(folder)["partners.yml"]
    assert gone == []
    assert list(filter(None, came)) == [
        "- id: opera-sohne",
        "name: 'Ópera: & Söhne'",
        "types: [system-integrator, isv-ihv]",
        "owner: lin-zhao",
        "status: prospect",
    ]


def test_what_is_missing_is_told_at_once(run: Run, folder: Path) -> None:
    """Expected: where nobody can be asked, all missing options in one message."""
    refused(run("new", "partner"), folder, "missing: --department, --name, --type, --owner")
    refused(run("new", "person"), folder, "missing: --name")
    refused(run("new", "department"), folder, "missing: --name")


def test_what_is_missing_is_asked_for(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: a wrong answer is explained and asked again; the stage is asked for because the type needs it."""
    monkeypatch.setattr(questions, "somebody_there", lambda: True)
    answers = "cloud\ncloud-services\n\nNimbus\nVAR\nMSP\nnobdy\nnobody\npost-commercialization\n"
    result = run("new", "partner", answers=answers)
    assert result.exit_code == 0, result.output
    assert "Error: 'VAR' may mean several types: write one of" in result.output
    assert "Error: there is no department 'cloud'" in result.output
    assert changed(folder)["partners.yml"][1] == [
        "- id: nimbus",
        "name: Nimbus",
        "types: [msp-cmsp]",
        "owner: null",
        "offer_stage: post-commercialization",
        "",
    ]


def test_a_partner_that_another_department_has_is_the_same_company(run: Run, folder: Path) -> None:
    """Expected: its id, and no second name; in the same department it is refused."""
    new = ("new", "partner", "--name", "fenland technik", "--type", "oem", "--owner", "nobody", "--department")
    assert run(*new, "cloud-services").exit_code == 0
    assert changed(folder)["partners.yml"][1][:2] == ["- id: fenland-technik", "types: [oem]"]
    shutil.rmtree(folder)
    shutil.copytree(RICH, folder)
    refused(run(*new, "channel-sales"), folder, "has a partner 'fenland-technik' already")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--type", "VAR"), ("'VAR' may mean several types", "value-added-distributor")),
        (("--type", "Distributer"), ("there is no partner type 'Distributer'", "did you mean")),
        (("--owner", "Lin Zhau"), ("there is no person 'Lin Zhau'", "Lin Zhao")),
        (("--id", "Not a slug"), ("bad-id", "not-a-slug")),
        (("--id", "fenland-technik"), ("is the id of 'Fenland Technik'",)),
        (("--name", "!!!"), ("no id can be made of '!!!'",)),
        (("--name", " "), ("cannot be empty",)),
        (("--department", "nowhere"), ("there is no department 'nowhere'",)),
    ],
)
def test_a_partner_that_cannot_be_added(
    run: Run, folder: Path, options: tuple[str, ...], words: tuple[str, ...]
) -> None:
    """Expected: what is wrong and what to write, before anything is written."""
    good = {"--department": "cloud-services", "--name": "Nimbus", "--type": "oem", "--owner": "nobody"}
    good |= dict(zip(options[::2], options[1::2], strict=True))
    refused(run("new", "partner", *(word for pair in good.items() for word in pair)), folder, *words)


def test_a_person_and_a_department_are_added(run: Run, folder: Path) -> None:
    """Expected: the person by id among the others, the department after the last one."""
    assert run("new", "department", "--name", "New Ventures", "--lead", "lin zhao").exit_code == 0
    assert run("new", "person", "--name", "Ann Özil", "--department", "new ventures").exit_code == 0
    came = {name: list(filter(None, lines)) for name, (_, lines) in changed(folder).items()}
    assert came == {
        "people.yml": ["- id: ann-ozil", "name: Ann Özil", "department: new-ventures"],
        "partners.yml": ["- id: new-ventures", "name: New Ventures", "lead: lin-zhao", "partners: []"],
    }
    people = yaml_of((folder / "people.yml").read_text())["people"]
    assert [one["id"] for one in people] == sorted(one["id"] for one in people)


def test_files_that_are_not_there_are_begun(run: Run, folder: Path) -> None:
    """Expected: people.yml with all who are named; a department where each has a file of its own."""
    assert run("split").exit_code == 0
    (folder / "partners.yml").unlink()
    assert run("new", "department", "--name", "New Ventures").exit_code == 0
    assert (folder / "partners" / "new-ventures.yml").read_text() == (
        "# yaml-language-server: $schema=../schemas/partners.json\n"
        "departments:\n  - id: new-ventures\n    name: New Ventures\n    partners: []\n"
    )
    for other in ("people.yml", "portfolio.yml", "strategy.yml", "toolkit.yml"):
        (folder / other).unlink()
    for path in (folder / "partners").iterdir():
        lines = path.read_text().splitlines(keepends=True)
        text = "".join(line for line in lines if not line.lstrip().startswith(("offers:", "objectives:")))
        path.write_text(text.replace("owner: kavya-iyer", "owner: K. Iyer"))
    assert run("new", "person", "--name", "Ann Lee").exit_code == 0
    line = "# yaml-language-server: $schema=schemas/people.json\n"
    text = (folder / "people.yml").read_text()
    assert text.startswith(f"{line}people:\n  - id: ann-lee\n    name: Ann Lee\n  - id: ")
    assert "  - id: owen-pryce\n    name: Owen Pryce\n" in text
    assert "  - id: k-iyer\n    name: K. Iyer\n" in text
    assert any("owner: k-iyer" in path.read_text() for path in (folder / "partners").iterdir())


def test_somebody_whom_the_data_names_without_letters(run: Run, folder: Path) -> None:
    """Expected: the file in which to write another name; --id would be the new person's."""
    (folder / "people.yml").unlink()
    text = (folder / "partners.yml").read_text()
    (folder / "partners.yml").write_text(text.replace("owner: kavya-iyer", "owner: '???'"))
    result = run("new", "person", "--name", "Ann Lee")
    assert (result.exit_code, "--id" in result.output) == (2, False)
    assert "no id can be made of '???': write a name with letters or digits in partners.yml" in result.output
    assert not (folder / "people.yml").exists()


# --- rename ---------------------------------------------------------------------------------


def test_a_partner_gets_another_id_and_keeps_its_old_address(run: Run, folder: Path) -> None:
    """Expected: its entries, whoever sells through it, and formerly; that it has another id is all that is told."""
    result = run("rename", "wetherby-industrial", "wetherby")
    assert result.exit_code == 0, result.output
    assert "Changes (1):\n  Wetherby Industrial has the id wetherby instead of wetherby-industrial." in result.output
    assert "Details" not in result.output
    gone, came = changed(folder)["partners.yml"]
    assert set(gone) == {"- id: wetherby-industrial"}
    assert came.count("- id: wetherby") == len(gone)
    assert came.count("formerly: [wetherby-industrial]") == 1


def test_a_person_and_a_type_get_another_id_everywhere(run: Run, folder: Path) -> None:
    """Expected: the old id is left among those of before alone, and nothing else is told to change."""
    independent = "The type Independent Software or Hardware Vendor"
    for called, old, new in (("Kavya Iyer", "kavya-iyer", "kavya"), (independent, "isv-ihv", "isv")):
        result = run("rename", old, new)
        assert result.exit_code == 0, result.output
        assert f"Changes (1):\n  {called} has the id {new} instead of {old}." in result.output
        assert "indings" not in result.output
    texts = {name: text.decode() for name, text in contents(folder).items() if name.endswith(".yml")}
    assert [line.strip() for text in texts.values() for line in text.splitlines() if "kavya-iyer" in line] == [
        "formerly: [kavya-iyer]"
    ]
    left = [line.strip() for text in texts.values() for line in text.splitlines() if "isv-ihv" in line]
    assert left == [
        "# The inventory of a company that is made up for the tests. Types go by id, types: [isv-ihv], or by alias.",
        "- isv-ihv",
    ]


def test_two_partners_become_one(run: Run, folder: Path) -> None:
    """Expected: lists joined, missing facts taken over, both old addresses kept, the second entry gone."""
    path = folder / "partners.yml"
    path.write_text(
        "departments:\n"
        "  - id: sales\n    name: Sales\n    partners:\n"
        "      - id: acme\n        name: Acme\n        types: [oem]\n        owner: null\n        regions: [EMEA]\n"
        "      - id: acme-inc\n        name: Acme Inc.\n        types: [oem, isv-ihv]\n        owner: lin-zhao\n"
        "        regions: [AMER]\n        formerly: [acme-ltd]\n"
        "  - id: service\n    name: Service\n    partners:\n"
        "      - id: acme-inc\n        name: Acme Inc.\n        types: [oem]\n        owner: null\n"
        "      - id: other\n        name: Other\n        types: [oem]\n        owner: null\n        via: acme-inc\n"
    )
    (folder / "settings.yml").write_text("as_of: 2026-11-02\n")
    for name in ("portfolio.yml", "strategy.yml", "people.yml", "rules.yml"):
        (folder / name).unlink()
    shutil.rmtree(folder / "logos")
    assert run("merge", "acme-inc", "--into", "acme", "--dry-run").exit_code == 0
    assert "acme-ltd" not in path.read_text().split("acme-inc")[0]
    result = run("merge", "acme-inc", "--into", "acme")
    assert result.exit_code == 0, result.output
    sales, service = yaml_of(path.read_text())["departments"]
    assert sales["partners"] == [
        {
            "id": "acme",
            "name": "Acme",
            "types": ["oem", "isv-ihv"],
            "owner": "lin-zhao",
            "regions": ["EMEA", "AMER"],
            "formerly": ["acme-inc", "acme-ltd"],
        }
    ]
    assert service["partners"][0] == {"id": "acme", "types": ["oem"], "owner": None}
    assert service["partners"][1]["via"] == "acme"


def test_there_and_back_again(run: Run, folder: Path) -> None:
    """Expected: an id that comes back is no former id any more, and the one between becomes one."""
    for old, new in (("fenland-technik", "fenland"), ("fenland", "fenland-technik")):
        result = run("rename", old, new)
        assert result.exit_code == 0, result.output
    assert changed(folder)["partners.yml"] == ([], ["formerly: [fenland]"])


def test_a_person_gets_another_id_and_one_of_several_of_a_name_is_not_guessed(run: Run, folder: Path) -> None:
    """Expected: whoever owns by that name is asked for by id."""
    people = folder / "people.yml"
    people.write_text(people.read_text() + "\n  - id: lin-zhao-2\n    name: Lin Zhao\n")
    result = run("review", "fenland-technik", "--by", "Lin Zhao")
    assert "is the name of several; write one of the ids lin-zhao, lin-zhao-2" in result.output
    assert run("review", "fenland-technik", "--by", "LIN.ZHAO@tidewater.example").exit_code == 0
    people.unlink()
    assert "nobody is listed in people.yml yet" in run("review", "fenland-technik", "--by", "lin-zhao").output


def test_two_people_with_entries_become_one(run: Run, folder: Path) -> None:
    """Expected: the entry that stays gets what it lacks, and owns what the other owned."""
    people = folder / "people.yml"
    text = people.read_text()
    people.write_text(
        text + "\n  - id: k-iyer\n    name: K. Iyer\n    skills:\n      - {skill: standards-work, level: 1}\n"
    )
    inventory = folder / "partners.yml"
    inventory.write_text(inventory.read_text().replace("owner: kavya-iyer", "owner: k-iyer", 1))
    result = run("merge", "k-iyer", "--into", "kavya-iyer")
    assert result.exit_code == 0, result.output
    found = {one["id"]: one for one in yaml_of(people.read_text())["people"]}
    assert "k-iyer" not in found
    assert {"skill": "standards-work", "level": 1} in found["kavya-iyer"]["skills"]
    assert inventory.read_text() == (RICH / "partners.yml").read_text()


def test_partners_that_disagree_do_not_become_one(run: Run, folder: Path) -> None:
    """Expected: both lines of every disagreement, also where one is silent and means active."""
    result = run("merge", "oldbury-trading", "--into", "wetherby-industrial")
    refused(result, folder, "owner: kavya-iyer", "owner: owen-pryce", "status: ended", "has no status")


def test_two_types_become_one(run: Run, folder: Path) -> None:
    """Expected: the names of the one that goes lead to the other; no list names it twice, nor itself."""
    taxonomy = load_folder(folder, None, date(2026, 11, 2)).documents["taxonomy.yml"]
    entries = {one.id: one for one in listed({"taxonomy.yml": taxonomy}, "taxonomy.yml", ("types",))}
    refused(run("merge", "isv-ihv", "--into", "oem"), folder, "definition: ", "recognize: ", "isv-ihv has no mode")
    draft = Draft(taxonomy)
    for name in ("definition", "recognize", "mode"):
        draft.set(entries["isv-ihv"].route, name, entries["oem"].data[name])
    (folder / "taxonomy.yml").write_text(draft.text())

    result = run("merge", "isv-ihv", "--into", "oem")
    assert result.exit_code == 0, result.output
    taxonomy = yaml_of((folder / "taxonomy.yml").read_text())
    kept = next(one for one in taxonomy["types"] if one["id"] == "oem")
    assert {"isv-ihv", "ISV", "Independent Software or Hardware Vendor"} <= set(kept["aliases"])
    assert "oem" not in kept.get("confused_with", [])
    assert not [
        one for one in taxonomy["types"] if len(set(one.get("confused_with", []))) != len(one.get("confused_with", []))
    ]
    checked = load_folder(folder, None, date(2026, 11, 2))
    assert checked.playbook is not None
    assert checked.type_names.find("ISV") == ("oem", None)


def test_two_people_become_one(run: Run, folder: Path) -> None:
    """Expected: where nobody is listed, somebody who is named in two ways is named in one."""
    (folder / "people.yml").unlink()
    text = (folder / "partners.yml").read_text()
    (folder / "partners.yml").write_text(text.replace("owner: kavya-iyer", "owner: K. Iyer", 1))
    assert run("merge", "K. Iyer", "--into", "kavya-iyer").exit_code == 0
    assert (folder / "partners.yml").read_text() == text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("fenlnd", "x"), ("no partner, person, department or type is called 'fenlnd'",)),
        (("fenland-technik", "Fenland Technik"), ("bad-id",)),
        (("fenland-technik", "fenland-technik"), ("the same",)),
        (("fenland-technik", "x", "--kind", "person"), ("there is no person 'fenland-technik'",)),
    ],
)
def test_a_rename_that_cannot_be(run: Run, folder: Path, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    """Expected: the reason, and nothing written."""
    refused(run("rename", *arguments), folder, *words)


@pytest.mark.long
def test_names_are_taken_for_ids(run: Run, folder: Path) -> None:
    """Expected: capitals and blanks aside, of each kind."""
    for arguments, told in (
        (("rename", " wetherby  INDUSTRIAL", "wetherby"), "Wetherby Industrial has the id wetherby instead of"),
        (("rename", "Kavya Iyer", "kavya"), "Kavya Iyer has the id kavya instead of kavya-iyer"),
        (("rename", "cloud services", "cloud"), "The department Cloud Services has the id cloud instead of"),
        (("merge", "Fenland Technik", "--into", "Wetherby Industrial", "--keep", "fenland-technik"), "is called"),
        (("remove", "Wetherby Industrial"), "Wetherby Industrial is no longer in the inventory"),
    ):
        done = run(*arguments, "--dry-run")
        assert told in done.output, done.output


def test_a_name_of_several_is_asked_about(run: Run, folder: Path) -> None:
    """Expected: of one kind the ids, of several kinds the option, of none the nearest name; nothing is written."""
    people = folder / "people.yml"
    text = "\n  - {id: tw, name: Wetherby Industrial}\n  - {id: an, name: Al Ng}\n  - {id: an-2, name: al NG}\n"
    people.write_text(people.read_text() + text)

    before = contents(folder)
    for arguments, told in (
        (("remove", "Al Ng"), "'Al Ng' is the name of several; write one of the ids an and an-2"),
        (("rename", "wetherby industrial", "x"), "is a partner and a person: add --kind partner or person"),
        (("remove", "Kavya Iyr"), "did you mean 'Kavya Iyer'?"),
        (("merge", "an", "--into", "zzz-zzz"), "`playbook rename an zzz-zzz` gives an that id"),
    ):
        done = run(*arguments)
        assert (done.exit_code, told in done.output) == (Exit.USAGE, True), done.output
    assert contents(folder) == before
    assert run("rename", "wetherby industrial", "wes", "--kind", "person", "--dry-run").exit_code == 0


def test_an_id_of_two_kinds_is_asked_about(run: Run, folder: Path) -> None:
    """Expected: the kinds to choose from; with one of them it is done."""
    (folder / "people.yml").write_text((folder / "people.yml").read_text() + "\n  - id: oem\n    name: Otto Em\n")
    assert "add --kind person or type" in run("rename", "oem", "otto-em").output
    assert run("rename", "oem", "otto-em", "--kind", "person").exit_code == 0
    assert "- id: otto-em" in (folder / "people.yml").read_text()
    assert "- id: oem" in (folder / "taxonomy.yml").read_text()


# --- split, fmt -----------------------------------------------------------------------------


def test_split_moves_departments_as_they_are(run: Run, folder: Path) -> None:
    """Expected: the same inventory; one file each; what is left of partners.yml is what stood above."""
    before = kit.loaded(folder, date(2026, 11, 2))
    assert run("split", "Cloud Services").exit_code == 0
    assert [path.name for path in (folder / "partners").iterdir()] == ["cloud-services.yml"]
    result = run("split")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("Details (1):\n  The departments stand in another order.")
    after = kit.loaded(folder, date(2026, 11, 2))
    assert before.partners.keys() == after.partners.keys()
    assert {d.id: d for d in before.departments.values()} == {d.id: d for d in after.departments.values()}
    whole = (RICH / "partners.yml").read_text()
    head = whole.partition("departments:")[0]
    assert (folder / "partners.yml").read_text() == head + "departments: []\n"
    lines = [line for path in (folder / "partners").iterdir() for line in path.read_text().splitlines()]
    assert {line for line in (RICH / "partners.yml").read_text().splitlines() if line} - {*head.splitlines()} <= {
        *lines
    }
    assert "Every department has a file of its own" in run("split").output
    assert "has a file of its own already" in run("split", "cloud-services").output


def test_a_file_in_brackets_or_one_that_is_there_is_not_split(run: Run, folder: Path) -> None:
    """Expected: the reason; nothing is written."""
    shutil.rmtree(folder / "logos", ignore_errors=True)
    for name in ("portfolio.yml", "strategy.yml", "people.yml", "settings.yml", "toolkit.yml", "rules.yml"):
        (folder / name).unlink()
    (folder / "partners.yml").write_text("departments: [{id: sales, name: Sales}]\n")
    assert "stand in brackets" in run("split").output
    (folder / "partners").mkdir()
    (folder / "partners" / "sales.yml").write_text("departments:\n  - id: service\n    name: Service\n")
    assert "is there already" in run("split", "sales").output


def test_fmt_says_what_it_would_do_and_does_it(run: Run, folder: Path) -> None:
    """Expected: --check fails and writes nothing; then the file is as it was before it was disordered."""
    path, name = folder / "partners.yml", "        name: Fenland Technik\n"
    path.write_text(path.read_text().replace(name, f"\n          # who?\n{name}"))
    before = contents(folder)
    result = run("fmt", "--check")
    assert result.exit_code == 1
    assert "partners.yml is not in its normal layout" in result.output
    assert contents(folder) == before
    assert run("fmt").exit_code == 0
    assert path.read_text() == (RICH / "partners.yml").read_text().replace(name, f"        # who?\n{name}")
    assert "Every file is in its normal layout" in run("fmt", "--check").output


# --- completion -----------------------------------------------------------------------------


def test_completion_mends_what_is_missing(run: Run, folder: Path) -> None:
    """Expected: a second run has nothing to do; a file without the line, or a stale schema, is mended."""
    assert run("completion").exit_code == 0
    before = contents(folder)
    assert "Nothing changes" in run("completion").output
    people, schema = folder / "people.yml", folder / "schemas" / "people.json"
    people.write_text(people.read_text().split("\n", 1)[1])
    schema.unlink()
    assert run("completion").exit_code == 0
    assert contents(folder) == before


def test_git_passes_by_what_changes_with_every_id(run: Run, folder: Path) -> None:
    """Expected: of what it writes git sees the data files alone, so that no two branches conflict in schemas."""
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    assert run("completion").exit_code == 0
    listed = ["git", "-C", str(folder), "ls-files", "--others", "--exclude-standard"]
    seen = subprocess.run(listed, check=True, capture_output=True, text=True).stdout.split()

    assert (folder / "schemas" / "partners.json").is_file()
    assert not [path for path in seen if path.startswith("schemas/")]


@pytest.mark.long
def test_what_editors_propose_follows_the_data(run: Run, folder: Path) -> None:
    """Expected: after a command that adds or renames somebody, `playbook completion` has nothing to do."""
    assert run("completion").exit_code == 0
    assert run("new", "person", "--name", "Ann Lee").exit_code == 0
    assert run("rename", "kavya-iyer", "kavya").exit_code == 0
    schema = (folder / "schemas" / "partners.json").read_text()
    assert "ann-lee" in schema
    assert "kavya-iyer" not in schema
    assert "Nothing changes" in run("completion").output
    shutil.rmtree(folder / "schemas")
    assert run("new", "person", "--name", "Bob Ray").exit_code == 0
    assert not (folder / "schemas").exists()


def test_a_department_of_its_own_finds_its_schema(run: Run, folder: Path) -> None:
    """Expected: the first line of a file in partners/ leads one folder up, to a schema that is there."""
    assert run("split").exit_code == 0
    assert run("completion").exit_code == 0
    for path in [*folder.glob("*.yml"), *folder.glob("partners/*.yml")]:
        lead, _, schema = path.read_text().split("\n", 1)[0].partition("=")
        assert lead == "# yaml-language-server: $schema"
        assert (path.parent / schema).resolve().is_file()


@pytest.mark.long
def test_an_editor_proposes_ids_and_demands_none(run: Run, folder: Path) -> None:
    """Expected: the data is valid; types, people and offers are listed; an id that is not there yet is no error."""
    assert run("completion").exit_code == 0
    schema = json.loads((folder / "schemas" / "partners.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    for path in folder.glob("*.yml"):
        # The YAML of 2005 has days of its own, and takes on: and off: for answers; editors have neither.
        text = re.sub(r"(?m)(^ +|[{,] )on: ", r'\1"on": ', path.read_text())
        loaded = {name or "off": value for name, value in yaml_of(text).items()}
        data = json.loads(json.dumps(loaded, default=str))
        jsonschema.validate(data, json.loads((folder / "schemas" / f"{path.stem}.json").read_text()))
    entry = schema["$defs"]["EntryShape"]["properties"]
    assert "oem" in entry["types"]["items"]["anyOf"][0]["enum"]
    assert "lin-zhao" in json.dumps(entry["owner"])
    assert "edge-gateway" in json.dumps(entry["offers"])
    assert "Example" in entry["types"]["description"]
    coming = {"id": "acme", "types": ["a-type-to-come"], "owner": "somebody-new"}
    data = {"departments": [{"id": "sales", "name": "Sales", "partners": [coming]}]}
    jsonschema.validate(data, schema)
    coming["ownr"] = "x"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema)


# --- the page of every field ------------------------------------------------------------------


def test_every_field_is_explained_with_an_example_that_is_right() -> None:
    """Expected: no field without a meaning; all examples of an entry together are an entry without a problem."""
    sections = list(documented(()))
    assert {section.file for section in sections} == set(FILES)
    for section in sections:
        entry: dict[str, Any] = {}
        for field in section.fields:
            assert field.meaning.endswith("."), field
            if field.example:
                data, problems = parse(f"{field.name}: {field.example}", section.file)
                assert problems == []
                entry |= data
        shape: Any = FILES[section.file]
        for name in section.route:
            shape = shape_in(shape.model_fields[name].annotation)
        if entry:
            assert set(shape.model_validate(entry).model_fields_set) == set(entry)


# --- all of them ----------------------------------------------------------------------------


def test_nothing_is_built_on_data_with_errors(run: Run, folder: Path) -> None:
    """Expected: the errors, and nothing written, by each command."""
    path = folder / "people.yml"
    path.write_text(path.read_text().replace("department: cloud-services", "department: clowd-services"))
    before = contents(folder)
    for command in (
        ("fmt",),
        ("split",),
        ("review", "fenland-technik", "--by", "lin-zhao"),
        ("rename", "fenland-technik", "x"),
        ("new", "person", "--name", "X"),
    ):
        result = run(*command)
        assert result.exit_code == 1
        assert "clowd-services" in result.output
        assert "free of errors first" in result.output
    assert contents(folder) == before


def test_a_file_that_somebody_else_changed_meanwhile_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: the command refuses, and what the other wrote is kept."""
    honest = files.temporary_folder

    def slow(texts: Mapping[str, bytes]) -> object:
        (folder / "people.yml").write_text("people: []\n")
        return honest(texts)

    monkeypatch.setattr(files, "temporary_folder", slow)
    result = kit.run("new", "person", "--name", "Ann Lee", "--data", str(folder))
    assert result.exit_code == 2
    assert "changed by somebody else" in result.output
    assert (folder / "people.yml").read_text() == "people: []\n"


def test_all_files_are_written_or_none(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: where the second file cannot be written, the first one keeps its old text."""
    honest = files._write

    def full(file: Path, new: bytes, path: Path, **more: bool) -> None:
        if path.name == "partners.yml" and b"by: kavya}" in new:
            raise OSError(28, "No space left on device", str(file))
        honest(file, new, path, **more)

    monkeypatch.setattr(files, "_write", full)
    refused(run("rename", "kavya-iyer", "kavya"), folder, "partners.yml cannot be written: no space left on device")


def test_a_draft_in_the_wrong_place_is_a_bug(folder: Path) -> None:
    """Expected: an exception, since an edit that hits nothing would be lost."""
    document = load_folder(folder, None, date(2026, 11, 2)).documents["people.yml"]
    with pytest.raises(KeyError):
        Draft(document).set(("people", 999), "name", "X")
