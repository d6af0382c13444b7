"""`playbook upgrade`: what earlier versions wrote is rewritten, whole or not at all, and nothing else is touched."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import Result

from generator import schema
from generator.boundary import Exit
from generator.editing import Draft
from generator.formats import baseline
from generator.formats.baseline import HEAD, MARK
from generator.loading import files, load_folder
from generator.sinks import files as sinks
from generator.source import Document
from generator.upgrading import baselines, data
from generator.upgrading.data import DataMigration
from tests.kit import RICH, contents, inventory, run, world_in

ENTRY = "{id: acme, name: Acme Agency, types: [shop], owner: null}"
BIRCH = "{id: birch, name: Birch, types: [shop], owner: null}"
OLD = f"""\
{MARK}: findings that are known, so that `playbook check --baseline` lets them pass.
# Written by `playbook baseline`; each line is a code, a partner, a department (or -) and what was found.
"""
ACME = "unowned acme sales acme has no owner\n"
# What the version before format 2 wrote of tests/rich/ on 2026-11-02.
WRITTEN_BEFORE = Path(__file__).parent / "baseline-format-1.txt"
# The package gives this name to the command.
command = import_module("generator.cli.upgrade")
NOTHING = "Nothing to do: everything is in the formats of this version.\n"


@pytest.fixture(autouse=True)
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run in the folder of a company with two findings."""
    monkeypatch.chdir(tmp_path)
    world_in(Path("data"), partners=inventory(ENTRY, BIRCH))


def put(name: str, text: str) -> None:
    Path(name).write_bytes(text.encode())


def unchanged(*arguments: str) -> Result:
    """What `playbook upgrade` says that leaves every file as it was."""
    before = contents(Path())
    result = run("upgrade", *arguments)

    assert contents(Path()) == before
    assert "Traceback" not in result.output
    return result


# --- baselines ----------------------------------------------------------------------------


def test_a_baseline_is_found_and_rewritten() -> None:
    """It then lets pass what it did, and nothing that is new; a second time there is nothing to do."""
    put("known.txt", OLD + ACME)
    result = run("upgrade")

    assert (result.exit_code, result.stderr) == (Exit.FINE, "")
    assert result.stdout == (
        "known.txt, brought to format 2:\n  findings are named by ids, and no longer by words\nWritten: known.txt.\n"
    )
    assert Path("known.txt").read_text() == HEAD + "unowned acme sales\n"
    checked = run("check", "--strict", "--baseline", "known.txt")
    assert "Birch has no owner" in checked.stdout
    assert "Acme" not in checked.stdout
    again = unchanged()
    assert (again.exit_code, again.stdout) == (Exit.FINE, NOTHING)


def test_nothing_goes_silently() -> None:
    """A line whose finding is not found any more becomes a comment, and is told; of two equal ones the last does."""
    put("known.txt", OLD + ACME + "unowned dew sales dew has no owner\n" + ACME)
    result = run("upgrade")

    assert result.exit_code == Exit.FINE
    assert result.stdout.splitlines()[2:-1] == [
        "  2 lines are comments now, because that is no longer found:",
        "    known.txt:4: unowned dew sales dew has no owner",
        "    known.txt:5: unowned acme sales acme has no owner",
    ]
    assert Path("known.txt").read_text() == (
        f"{HEAD}unowned acme sales\n# no longer found: unowned dew sales dew has no owner\n# no longer found: {ACME}"
    )
    assert run("check", "--baseline", "known.txt").stderr == "known.txt lets 1 finding pass.\n"


UNKNOWN_THEN = ("backup-gone", "sponsor-gone", "lead-gone", "objective-owner-gone")


@pytest.mark.parametrize("day", ["2026-11-02", "2026-11-05"])
def test_each_finding_of_a_rich_company_keeps_its_line(day: str) -> None:
    """Whatever the rule, and also when days have passed since; what is an error today is said to be found no longer."""
    put("known.txt", WRITTEN_BEFORE.read_text("utf-8"))
    shutil.copytree(RICH, "rich")
    Path("rich", "rules.yml").unlink()
    settings = Path("rich", "settings.yml")
    settings.write_text(settings.read_text("utf-8").replace("off: []", f"off: [{', '.join(UNKNOWN_THEN)}]"), "utf-8")
    result = run("upgrade", "--data", "rich", "--as-of", day)
    checked = run("check", "--strict", "--baseline", "known.txt", "--data", "rich", "--as-of", day)

    assert (result.exit_code, result.stdout.count("\n")) == (Exit.FINE, 5)
    assert "owner-unlisted" in result.stdout
    assert (checked.exit_code, checked.stdout) == (Exit.FINE, "no problems\n")
    assert checked.stderr == "known.txt lets 34 findings pass.\n"


def test_what_is_not_meant_stays() -> None:
    """Comments and their places, empty lines, the order, a byte order mark, line ends of Windows, no last one."""
    birch = "unowned birch sales birch has no owner  "
    old = f"\ufeff{OLD}\n# this quarter\n{birch}\n# Ann mends it\n{ACME}# end".replace("\n", "\r\n")
    new = f"\ufeff{HEAD}\n# this quarter\nunowned birch sales\n# Ann mends it\nunowned acme sales\n# end"
    put("known.txt", old)

    assert run("upgrade").exit_code == Exit.FINE
    assert Path("known.txt").read_bytes() == new.replace("\n", "\r\n").encode()


def test_a_second_line_of_ones_own_stays() -> None:
    """The program replaces what it wrote at the top, and nothing else."""
    first, _ = OLD.splitlines()
    put("known.txt", f"{first}\n# ours\n{ACME}")
    put("bare.txt", first)
    run("upgrade")

    assert Path("known.txt").read_text() == f"{HEAD.splitlines()[0]}\n# ours\nunowned acme sales\n"
    assert Path("bare.txt").read_text() == HEAD.splitlines()[0]


def test_baselines_elsewhere_are_named() -> None:
    """Those beside the data and in it are found; one that is both is rewritten once."""
    Path("ci").mkdir()
    for name in ("known.txt", "ci/known.txt", "other.txt", "data/known.txt"):
        put(name, OLD + ACME)
    put("notes.txt", f"About {MARK}\n")
    here = str(Path("other.txt").absolute())
    result = run("upgrade", "--baseline", "ci/known.txt", "--baseline", here)

    assert result.stdout.splitlines()[-1] == f"Written: known.txt, {here}, data/known.txt and ci/known.txt."
    for name in ("known.txt", "ci/known.txt", "other.txt", "data/known.txt"):
        assert Path(name).read_text() == HEAD + "unowned acme sales\n"


def test_a_dry_run_tells_and_writes_nothing() -> None:
    """The same words, but for the last line."""
    put("known.txt", OLD + ACME + "unowned dew sales dew has no owner\n")
    told = unchanged("--dry-run").stdout.splitlines()

    assert told[-1] == "Nothing is written: known.txt would be."
    assert told[:-1] == run("upgrade").stdout.splitlines()[:-1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OLD + "unownd acme sales x\n", "known.txt:3:1: error[bad-baseline]: there is no finding 'unownd'"),
        (OLD + ACME + "unowned acme sales\n", "known.txt:4:1: error[bad-baseline]: a line has a code"),
        (OLD + "unknown-type acme sales x\n", "unknown-type is an error, and errors cannot pass"),
        (OLD + "<<<<<<< main\n", "known.txt:3:1: error[merge-conflict]"),
        (f"{MARK}, format 3: x\n", "known.txt:1:1: error[other-format]: this baseline is written for format 3, and"),
        (f"{MARK}, format x: x\n", "known.txt:1:1: error[bad-baseline]: the first line names no format"),
        (OLD + "x a b c\n\x1b[31m a b c\n", "2 errors in 1 file"),
    ],
)
def test_a_baseline_that_cannot_be_rewritten(text: str, said: str) -> None:
    """Each mistake with its line; nothing is written, also not a baseline that could be."""
    put("known.txt", text)
    put("other.txt", OLD + ACME)
    result = unchanged()

    assert (result.exit_code, result.stdout) == (Exit.PROBLEMS, "")
    assert said in result.stderr
    assert "\x1b" not in result.stderr
    assert result.stderr.endswith("Nothing is changed.\n")


def test_the_bytes_that_are_no_text() -> None:
    """They are named with their place."""
    Path("known.txt").write_bytes(OLD.encode() + b"unowned acme sales \xff\n")

    assert "known.txt:3:20: error[not-utf8]" in unchanged().stderr


def test_a_file_that_is_no_baseline() -> None:
    """It was named, and stays."""
    put("notes.txt", "Notes\n")

    assert "notes.txt:1:1: error[bad-baseline]: this is no baseline" in unchanged("--baseline", "notes.txt").stderr
    assert unchanged("--baseline", "nowhere.txt").exit_code == Exit.USAGE
    assert unchanged("--baseline", "data").exit_code == Exit.USAGE


def test_links_and_pipes_are_left_alone() -> None:
    """Beside the data they are passed over; one that is named is refused."""
    Path("elsewhere").mkdir()
    put("elsewhere/real.txt", OLD + ACME)
    Path("link.txt").symlink_to("elsewhere/real.txt")
    if hasattr(os, "mkfifo"):
        os.mkfifo("pipe.txt")

    assert unchanged().stdout == NOTHING
    result = unchanged("--baseline", "link.txt")
    assert result.exit_code == Exit.PROBLEMS
    assert "link.txt:1:1: error[not-a-file]: this is a symbolic link" in result.stderr


def test_all_are_written_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the second cannot get its content, the first keeps its old one."""
    put("known.txt", OLD + ACME)
    put("other.txt", OLD + ACME)
    write = sinks._write

    def full(file: Path, new: bytes, path: Path, **more: bool) -> None:
        if path.name == "other.txt":
            raise OSError(28, "No space left on device", str(file))
        write(file, new, path, **more)

    monkeypatch.setattr(sinks, "_write", full)
    result = unchanged()

    assert result.exit_code == Exit.USAGE
    assert result.stderr == "Error: other.txt cannot be written: no space left on device; nothing is changed\n"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="who may write everywhere is refused nothing")
def test_a_place_that_may_only_be_read() -> None:
    """One line says so."""
    put("known.txt", OLD + ACME)
    Path().chmod(0o500)
    try:
        result = unchanged()
    finally:
        Path().chmod(0o700)

    assert (result.exit_code, result.stderr.count("\n")) == (Exit.USAGE, 1)
    assert result.stderr == "Error: known.txt cannot be written: permission denied; nothing is changed\n"


def test_somebody_else_changed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written between the look and the command's end is not lost."""
    put("known.txt", OLD + ACME)
    tell = command._tell

    def telling(*arguments: object) -> None:
        tell(*arguments)
        put("known.txt", OLD)

    monkeypatch.setattr(command, "_tell", telling)
    result = run("upgrade")

    assert result.exit_code == Exit.USAGE
    assert "known.txt was changed by somebody else in the meantime; nothing is written" in result.stderr
    assert Path("known.txt").read_text() == OLD


# --- data ---------------------------------------------------------------------------------


def test_data_of_today_has_nothing_to_do() -> None:
    """In no git repository, with a format named or not; the schemas of editors follow where there are any."""
    assert unchanged().stdout == NOTHING
    put("data/settings.yml", "format: 1\n" + Path("data/settings.yml").read_text())
    assert unchanged().stdout == NOTHING
    run("completion")
    Path("data/schemas/people.json").unlink()

    assert run("upgrade").stdout == "Written: data/schemas/people.json.\n"
    assert unchanged().stdout == NOTHING


def test_data_with_errors_is_left_alone() -> None:
    """They are reported, and a baseline that could be rewritten waits: its findings are not known."""
    put("known.txt", OLD + ACME)
    put("data/partners.yml", inventory(ENTRY.replace("shop", "shpo")))
    result = unchanged()

    assert (result.exit_code, result.stdout) == (Exit.PROBLEMS, "")
    assert "error[unknown-type]" in result.stderr
    assert result.stderr.endswith("Nothing is changed.\n")


def test_data_of_a_newer_version_is_left_alone() -> None:
    """That is all that is said, with the place and what to do; so says every command."""
    put("known.txt", OLD + ACME)
    put("data/settings.yml", "company: Acme\nformat: 2\ncolors: [red]\n")
    for arguments in (("upgrade",), ("check",), ("fmt",), ("due",)):
        result = run(*arguments)
        said = result.stdout + result.stderr
        assert result.exit_code == Exit.PROBLEMS
        assert "data/settings.yml:2:9: error[other-format]: the data is written for format 2, and" in said
        assert "help: upgrade the program: raise partner-playbook in requirements.txt" in said
        assert "1 error in 1 file" in said
    unchanged()


def test_there_is_no_data() -> None:
    """Wrong usage, as everywhere."""
    assert unchanged("--data", "nowhere").exit_code == Exit.USAGE


# --- the mechanism ------------------------------------------------------------------------


def test_the_migrations_lead_to_the_formats_of_today() -> None:
    """A format is raised together with the step that leads there."""
    assert len(data.MIGRATIONS) + 1 == schema.FORMAT
    assert len(baselines.MIGRATIONS) + 1 == baseline.FORMAT


def _offers_in_settings(documents: Mapping[str, Document]) -> Mapping[str, str]:
    """The first format of the tests wrote `firm` and `places` in settings.yml."""
    draft = Draft(documents["settings.yml"])
    draft.replace(("firm",), "company", key=True)
    return {"settings.yml": draft.text()}


def _places(documents: Mapping[str, Document]) -> Mapping[str, str]:
    """The second one still wrote `area` of an entry."""
    document = documents["partners.yml"]
    draft = Draft(document)
    for index, entry in enumerate(document.data["departments"][0]["partners"]):
        if "area" in entry:
            draft.replace(("departments", 0, "partners", index, "area"), "regions", key=True)
    return {"partners.yml": draft.text()}


@pytest.fixture
def format_3(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program is one that reads format 3, with two steps that lead there."""
    steps = (
        DataMigration("firm in settings.yml is called company", _offers_in_settings),
        DataMigration("area of an entry is called regions", _places),
    )
    monkeypatch.setattr(data, "MIGRATIONS", steps)
    for module in (data, command, files):
        monkeypatch.setattr(module, "FORMAT", 3)
    Path("data/settings.yml").write_text("# Whose it is\n\nfirm: Acme   # ours\nas_of: 2026-06-01\n")
    Path("data/partners.yml").write_text(inventory(ENTRY.replace("owner", "area: [EMEA], owner"), BIRCH) + "# end")


@pytest.mark.usefixtures("format_3")
def test_older_data_is_rewritten_step_by_step() -> None:
    """Every command says what to do; after it the data is as good as new, with its comments, and so is a baseline."""
    put("known.txt", OLD + ACME)
    before = contents(Path("data"))
    checked = run("check")
    assert checked.exit_code == Exit.PROBLEMS
    assert "data/settings.yml:3:1: error[other-format]: the data is written for format 1, and" in checked.stdout
    assert "help: run `playbook upgrade`" in checked.stdout
    assert "1 error in 1 file" in checked.stdout
    told = unchanged("--dry-run").stdout
    result = run("upgrade")

    assert (result.exit_code, result.stderr) == (Exit.FINE, "")
    assert result.stdout == (
        "data, brought to format 3:\n"
        "  firm in settings.yml is called company\n"
        "  area of an entry is called regions\n"
        "known.txt, brought to format 2:\n"
        "  findings are named by ids, and no longer by words\n"
        "Written: data/settings.yml, data/partners.yml and known.txt.\n"
    )
    assert told.splitlines()[:-1] == result.stdout.splitlines()[:-1]
    new = contents(Path("data"))
    assert new.pop("settings.yml") == b"# Whose it is\n\nformat: 3\ncompany: Acme   # ours\nas_of: 2026-06-01\n"
    assert new.pop("partners.yml") == before["partners.yml"].replace(b"area", b"regions")
    assert new == {"taxonomy.yml": before["taxonomy.yml"]}
    assert load_folder(Path("data")).errors == ()
    assert unchanged().stdout == NOTHING


@pytest.mark.usefixtures("format_3")
def test_only_the_steps_that_are_missing_are_taken() -> None:
    """Data of the second format has the first step behind it."""
    put("data/settings.yml", "{company: Acme, format: 2, as_of: 2026-06-01}")
    result = run("upgrade")

    assert result.stdout.splitlines()[:2] == ["data, brought to format 3:", "  area of an entry is called regions"]
    assert Path("data/settings.yml").read_text() == "{company: Acme, format: 3, as_of: 2026-06-01}"


@pytest.mark.usefixtures("format_3")
@pytest.mark.parametrize(
    ("settings", "new"),
    [
        (None, "format: 3\n"),
        ("", "format: 3\n"),
        ("# later", "# later\nformat: 3\n"),
        ("\ufeff# later\r\n", "\ufeff# later\r\nformat: 3\r\n"),
    ],
)
def test_the_format_is_named_where_nothing_was(settings: str | None, new: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without settings.yml, or with an empty one, the data is of the first format."""
    monkeypatch.setattr(data, "MIGRATIONS", (DataMigration("nothing", lambda _: {}), data.MIGRATIONS[1]))
    Path("data/settings.yml").unlink()
    if settings is not None:
        put("data/settings.yml", settings)
    result = run("upgrade", "--as-of", "2026-06-01")

    assert result.exit_code == Exit.FINE, result.output
    assert Path("data/settings.yml").read_bytes() == new.encode()


@pytest.mark.usefixtures("format_3")
@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("partners.yml", "[shop]", "[shpo]", "data/partners.yml:5:43: error[unknown-type]"),
        ("partners.yml", "[shop]", "[shop", "data/partners.yml:5:74: error[bad-yaml]"),
        ("settings.yml", "firm: Acme", "firm: Acme\nfirm: Acme", "data/settings.yml:4:1: error[duplicate-key]"),
        ("settings.yml", "# Whose", "format: x\n# Whose", "data/settings.yml:1:9: error[wrong-kind]"),
        ("settings.yml", "firm: Acme", "format: 4\nfirm: [", "error[bad-yaml]"),
        ("settings.yml", "firm: Acme", "<<<<<<< main", "data/settings.yml:3:1: error[merge-conflict]"),
    ],
)
def test_older_data_with_mistakes_is_left_alone(file: str, old: str, new: str, said: str) -> None:
    """They are told as they stand, or as they would stand; the rest of the data waits."""
    text = Path("data", file).read_text()
    assert old in text
    put(f"data/{file}", text.replace(old, new, 1))
    result = unchanged()

    assert (result.exit_code, result.stdout) == (Exit.PROBLEMS, "")
    assert said in result.stderr
    assert result.stderr.endswith("Nothing is changed.\n")
