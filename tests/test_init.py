"""`playbook init`: a whole repository from four answers, or nothing."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import __version__, kit
from generator.boundary import Exit
from generator.cli import questions
from generator.editing import SCHEMAS
from generator.loading import Loaded, load_folder
from generator.model import HIDEABLE
from generator.site import Site
from tests.kit import contents, data_in, git, mkdocs, ran, run
from tests.sites import once

DAY = date(2026, 11, 2)
ANSWERS = ("--company", "Acme Trams", "--department", "Field Sales")
COMMON = [
    ".gitignore",
    ".pre-commit-config.yaml",
    "README.md",
    "data/partners.yml",
    "data/people.yml",
    "data/portfolio.yml",
    "data/rules.yml",
    "data/settings.yml",
    "data/sources.yml",
    "data/strategy.yml",
    "data/taxonomy.yml",
    "data/toolkit.yml",
    "docs/about.md",
    "mkdocs.yml",
    "requirements.txt",
]
HOSTS = {
    "github": [
        ".github/dependabot.yml",
        ".github/workflows/publish.yml",
        ".github/workflows/pull-request.yml",
        ".github/workflows/quarter.yml",
        ".github/workflows/sync.yml",
    ],
    "gitlab": [".gitlab-ci.yml", "renovate.json"],
    "neither": [],
}
TYPES = {"github": "all", "gitlab": "three", "neither": "OEM, msp, ISV"}


def made(run_folder: Path, host: str) -> Path:
    """A repository for this host, made once a run; for reading only.  One of them has its site."""

    def make(place: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            if host != "github":
                patch.setattr(importlib.import_module("generator.cli.init"), "write_site", lambda *_: Exit.FINE)
            done = run("init", str(place), *ANSWERS, "--types", TYPES[host], "--host", host)
        assert done.exit_code == Exit.FINE, done.output

    return once(run_folder, f"init-{host}", make)


@pytest.fixture(params=HOSTS)
def repository(request: pytest.FixtureRequest, run_folder: Path) -> Path:
    """One for each host; for reading only."""
    return made(run_folder, request.param)


@pytest.fixture
def unbuilt(monkeypatch: pytest.MonkeyPatch) -> None:
    """No site is built: the test is about what stands there before."""
    monkeypatch.setattr(importlib.import_module("generator.cli.init"), "write_site", lambda *_: Exit.FINE)


def kept(folder: Path) -> dict[str, bytes]:
    """What git would keep of a repository."""
    passed_by = ("site/", f"data/{SCHEMAS}/", ".git/")
    return {name: content for name, content in contents(folder).items() if not name.startswith(passed_by)}


def checked(folder: Path) -> Loaded:
    return load_folder(folder / "data", None, DAY)


def parsed(folder: Path, file: str) -> Any:
    return yaml.safe_load((folder / file).read_text("utf-8"))


# --- what is made ---------------------------------------------------------------------------


@pytest.mark.site
@pytest.mark.parametrize("host", HOSTS)
def test_what_stands_in_a_repository(run_folder: Path, host: str) -> None:
    """These files and no others, a site that git passes by, and what editors propose."""
    folder = made(run_folder, host)

    assert sorted(kept(folder)) == sorted([*COMMON, *HOSTS[host]])
    assert (folder / "site" / "index.html").is_file() == (host == "github")
    assert (folder / "data" / SCHEMAS / "partners.json").is_file()


@pytest.mark.site
def test_the_data_is_right_from_the_start(repository: Path) -> None:
    """No errors, no findings, laid out as `playbook fmt` would."""
    found = checked(repository)

    assert found.problems == ()
    assert found.playbook is not None
    assert found.playbook.settings.company == "Acme Trams"
    assert found.playbook.settings.home_department == "field-sales"
    assert [one.name for one in found.playbook.departments.values()] == ["Field Sales"]
    assert run("fmt", "--check", "--data", str(repository / "data")).exit_code == Exit.FINE
    assert run("check", "--strict", "--data", str(repository / "data")).exit_code == Exit.FINE


@pytest.mark.site
def test_no_word_that_stands_for_an_answer_is_left(repository: Path) -> None:
    """Each was replaced, and the version is that of the program."""
    texts = b"\n".join(kept(repository).values()).decode()

    assert not re.search(r"\b(COMPANY|DEPARTMENT|DEPARTMENT_ID|TYPE_ID|VERSION)\b", texts)
    assert (repository / "requirements.txt").read_text() == f"partner-playbook=={__version__}\n"


@pytest.mark.site
def test_all_types_are_the_reference(run_folder: Path) -> None:
    """Byte for byte, with every comment."""
    assert (made(run_folder, "github") / "data" / "taxonomy.yml").read_bytes() == kit.TAXONOMY.read_bytes()


@pytest.mark.site
def test_some_types_are_those_and_what_they_need(run_folder: Path) -> None:
    """In the order of the reference; nothing refers to another one."""
    playbook = checked(made(run_folder, "neither")).playbook
    assert playbook is not None

    assert list(playbook.types) == ["isv-ihv", "oem", "msp-cmsp"]
    assert list(playbook.functions) == ["solution"]


@pytest.mark.long
@pytest.mark.no_cover
def test_any_types_make_a_taxonomy(unbuilt: None, tmp_path: Path) -> None:
    """Each type alone, and all but one: nothing refers to what is not there, and no heading stands over nothing."""
    types = re.findall(
        r"^  - id: (\S+)$", kit.TAXONOMY.read_text("utf-8").split("\ntypes:")[1].split("\nmodes:")[0], re.M
    )
    assert len(types) == 22
    wanted = [[one] for one in types] + [[other for other in types if other != one] for one in types[::4]]
    for number, chosen in enumerate(wanted):
        folder = tmp_path / str(number)
        done = run("init", str(folder), *ANSWERS, "--types", ",".join(chosen), "--host", "neither")
        assert done.exit_code == Exit.FINE, done.output
        found = checked(folder)

        assert found.problems == ()
        assert found.playbook is not None
        assert list(found.playbook.types) == chosen
        taxonomy = (folder / "data" / "taxonomy.yml").read_text("utf-8")
        assert not re.search(r"# --- .*\n\s*(# ---|\S+:|\Z)", taxonomy)


@pytest.mark.site
def test_three_types_ask_to_be_renamed(run_folder: Path) -> None:
    """Each with a function and a mode of its own, and a way to tell it from the others; the file says how to rename."""
    folder = made(run_folder, "gitlab")
    playbook = checked(folder).playbook
    assert playbook is not None

    assert len(playbook.types) == len(playbook.functions) == len(playbook.modes) == 3
    assert all(one.recognize and len(one.confused_with) == 2 for one in playbook.types.values())
    (old,) = re.findall(r"`playbook rename (\S+) \S+`", (folder / "data" / "taxonomy.yml").read_text("utf-8"))
    assert old in playbook.types


@pytest.mark.site
def test_mkdocs_yml_is_short_and_names_what_is_needed(repository: Path) -> None:
    """15 lines at most."""
    assert len((repository / "mkdocs.yml").read_text("utf-8").splitlines()) <= 15
    settings = parsed(repository, "mkdocs.yml")
    assert settings["theme"] == {"name": "material"}
    assert settings["plugins"] == ["playbook"]


@pytest.mark.site
@pytest.mark.long
def test_plain_mkdocs_builds_it_too(run_folder: Path, tmp_path: Path) -> None:
    """With no warning, and with the company's own page in the nav of every page."""
    repository = made(run_folder, "github")  # the settings are the same for each host
    place = ("--config-file", str(repository / "mkdocs.yml"), "--site-dir", str(tmp_path / "site"))
    done = mkdocs("build", "--strict", "--quiet", *place)

    assert done.exit_code == 0, done.output
    assert 'href="about/"' in (tmp_path / "site" / "index.html").read_text("utf-8")


@pytest.mark.site
def test_the_companys_own_page_has_a_place_in_every_site(repository: Path, tmp_path: Path) -> None:
    """It leads to no page that a site for some readers may lack, whatever these do not see."""
    data_in(tmp_path, **{path.stem: path.read_text("utf-8") for path in (repository / "data").glob("*.yml")})
    hides = f"audiences: [{{id: some, name: Some, hides: [{', '.join(HIDEABLE)}]}}]"
    with (tmp_path / "settings.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n{hides}\n")
    cut = load_folder(tmp_path, None, DAY).for_audience("some")
    assert cut.playbook is not None, cut.errors
    known = {page.path for page in Site(cut.playbook, found=cut.findings).pages()}

    links = re.findall(r"\]\(([^)#]+)\)", (repository / "docs" / "about.md").read_text("utf-8"))
    assert links
    assert set(links) <= known


# --- examples -------------------------------------------------------------------------------


def uncommented(text: str) -> str:
    """A file with its examples as lines that count: all of its comments but those at its top."""
    head, _, rest = text.partition("\n\n")
    return head + "\n\n" + re.sub(r"^( *)#(?: |$)", r"\1", rest, flags=re.MULTILINE)


EXAMPLES = ("people", "partners", "portfolio", "rules", "settings", "sources", "strategy", "toolkit")


@pytest.mark.site
@pytest.mark.parametrize("file", ["all", *EXAMPLES])
def test_the_examples_are_right_when_they_count(repository: Path, tmp_path: Path, file: str) -> None:
    """All together without a finding about a reference, and each file's without an error but for whom it names."""
    data = repository / "data"
    for path in data.glob("*.yml"):
        text = path.read_text("utf-8")
        mine = path.stem in EXAMPLES and file in ("all", path.stem, *(("people",) if path.stem == "people" else ()))
        (tmp_path / path.name).write_text(uncommented(text) if mine else text, "utf-8")
    if file != "people" and file != "all":
        # Owners stand in people.yml.
        text = (data / "people.yml").read_text("utf-8")
        (tmp_path / "people.yml").write_text(uncommented(text), "utf-8")
    if file == "rules":
        # Whom it lets off stands in partners.yml.
        text = (data / "partners.yml").read_text("utf-8")
        (tmp_path / "partners.yml").write_text(uncommented(text), "utf-8")
    found = load_folder(tmp_path, None, DAY)

    assert found.errors == ()
    assert found.playbook is not None
    assert not [one.code.slug for one in found.problems if "unknown" in one.code.slug]
    if file == "all":
        held = found.playbook
        assert all([held.people, held.partners, held.offers, held.routes, held.objectives, held.programs])
        assert all([held.tools, held.skills, held.promises, held.rules, held.sources])
        assert all([held.settings.regions, held.settings.off])


# --- a first day ----------------------------------------------------------------------------


@pytest.mark.site
def test_every_command_works_beside_the_examples(run_folder: Path, tmp_path: Path) -> None:
    """The examples stay where they are, as comments; what is added counts."""
    data = tmp_path / "data"
    for name, content in kept(made(run_folder, "neither")).items():
        if name.startswith("data/"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(content)
    before = {path.name: comments(path) for path in data.glob("*.yml")}
    for command in (
        ("new", "person", "--name", "Ann Lee"),
        ("new", "person", "--name", "Bob Ray"),
        ("new", "partner", "--name", "Zed", "--type", "oem", "--owner", "ann-lee", "--department", "field-sales"),
        ("new", "partner", "--name", "Abe", "--type", "ISV", "--owner", "bob-ray", "--department", "field-sales"),
        ("new", "department", "--name", "Service"),
        ("review", "zed", "--by", "ann-lee"),
        ("rename", "zed", "zed-works"),
        ("rename", "oem", "maker"),
        ("fmt", "--check"),
        ("completion",),
        ("snapshot",),
        ("check",),
    ):
        done = run(*command, "--data", str(data))
        assert done.exit_code == Exit.FINE, (command, done.output)

    assert {path.name: comments(path) for path in data.glob("*.yml")} == before
    found = load_folder(data, date(2100, 1, 1)).playbook
    assert found is not None
    assert list(found.partners) == ["abe", "zed-works"]


def comments(path: Path) -> list[str]:
    return sorted(line.strip() for line in path.read_text("utf-8").splitlines() if line.lstrip().startswith("#"))


@pytest.mark.site
def test_history_begins_with_the_first_commit(tmp_path: Path) -> None:
    """Also in a repository that has a history of other things: its commits are not told."""
    (tmp_path / "other.txt").write_text("other")
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    commit(tmp_path, "2024-01-01", author="Old Hand")
    folder = tmp_path / "ours"
    done = run("init", str(folder), *ANSWERS, "--types", "three", "--host", "github")
    assert done.exit_code == Exit.FINE, done.output
    assert "Old Hand" not in told(folder)

    commit(tmp_path, "2025-01-01")
    data = ("--data", str(folder / "data"))
    kind = next(iter(checked(folder).playbook.types))  # type: ignore[union-attr]
    partner = ("--name", "Zed Works", "--type", kind, "--owner", "nobody", "--department", "field-sales")
    assert run("new", "partner", *partner, *data).exit_code == Exit.FINE
    commit(tmp_path, "2025-02-01")
    site = ("--config", str(folder / "mkdocs.yml"), "--site-dir", str(folder / "site"))
    done = run("build", "--as-of", "2026-11-02", *data, *site)
    assert done.exit_code == Exit.FINE, done.output

    assert set(re.findall(r"\b20\d\d-\d\d-\d\d(?=T)", told(folder))) == {"2025-02-01"}
    assert (folder / "site" / "changes.atom").is_file()
    assert "Zed Works" in told(folder)
    assert "Old Hand" not in told(folder)
    assert not [name for name in git(tmp_path, "ls-files").splitlines() if "/site/" in name or SCHEMAS in name]


def commit(folder: Path, day: str, author: str = "Ann Lee") -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=x", author=author, moment=f"{day}T12:00:00Z")


def told(folder: Path) -> str:
    """What the page of changes and its feed say."""
    return "\n".join(path.read_text("utf-8") for path in sorted((folder / "site").glob("changes.*")))


# --- answers --------------------------------------------------------------------------------


def test_what_is_missing_is_asked_for(unbuilt: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong answer is asked again, with what was probably meant; each question says what may be answered."""
    monkeypatch.setattr(questions, "somebody_there", lambda: True)
    answers = "\n".join(["  ", "Acme Trams", "msq", "OEM", "", "Field Sales", "gitbub", "GitHub", ""])
    done = run("init", str(tmp_path / "ours"), answers=answers)

    assert done.exit_code == Exit.FINE, done.output
    assert "it cannot be empty" in done.output
    assert "did you mean 'msp-cmsp' (MSP)?" in done.output
    assert "'gitbub' is not one of 'github', 'gitlab', 'neither'" in done.output
    assert len(re.findall(r"^  isv-ihv +Independent Software or Hardware Vendor$", done.output, re.MULTILINE)) == 1
    assert sorted(kept(tmp_path / "ours")) == sorted([*COMMON, *HOSTS["github"]])
    assert list(checked(tmp_path / "ours").playbook.types) == ["oem"]  # type: ignore[union-attr]


def test_a_name_that_the_data_cannot_hold_is_asked_for_again(
    unbuilt: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a company or a department, at once: what is wrong, and what to type; no file that is not there is named."""
    monkeypatch.setattr(questions, "somebody_there", lambda: True)
    answers = "\n".join(
        ["x" * 121, "Acme, Inc: {Trams} #1", "three", "!!!", "index", "x" * 121, "Sales: [A], B", "gitlab"]
    )
    done = run("init", str(tmp_path / "ours"), answers=f"{answers}\n")

    assert done.exit_code == Exit.FINE, done.output
    assert done.output.count("at most 120 are allowed here") == 2
    assert "no id can be made of '!!!': give it a name with letters or digits" in done.output
    assert "'index' is a reserved name and cannot be an id: write 'index-1' or a longer name" in done.output
    assert "--id" not in done.output
    assert ".yml" not in done.output
    playbook = checked(tmp_path / "ours").playbook
    assert playbook is not None
    assert playbook.settings.company == "Acme, Inc: {Trams} #1"
    assert [(one.id, one.name) for one in playbook.departments.values()] == [("sales-a-b", "Sales: [A], B")]


def test_what_is_given_is_not_asked_for(unbuilt: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Options and answers may be mixed."""
    monkeypatch.setattr(questions, "somebody_there", lambda: True)
    options = ("--company", "C", "--host", "neither", "--types", "THREE")
    done = run("init", str(tmp_path / "ours"), *options, answers="Sales\n")

    assert done.exit_code == Exit.FINE, done.output
    assert done.output.count(": ") == 1
    assert "isv-ihv" not in done.output
    assert len(checked(tmp_path / "ours").playbook.types) == 3  # type: ignore[union-attr]


def test_the_help_says_what_may_be_given() -> None:
    """What is written, what is asked for, and the values of each option; no data folder is read, so none is named."""
    help_text = " ".join(run("init", "--help").output.split())

    assert "Begin a company's own repository in the folder DIR." in help_text
    assert "What is not given as an option is asked for; with --sample nothing is." in help_text
    assert "'all' of the reference; some of it, with commas; or 'three' that fit any company" in help_text
    assert "--host [github|gitlab|neither]" in help_text
    assert re.findall(r"(?<= )--[a-z]+(?= )", help_text.partition("Options:")[2]) == [
        *("--company", "--types", "--department", "--host", "--sample", "--help")
    ]


WRONG: Mapping[str, tuple[tuple[str, ...], str]] = {
    "all is missing": ((), "missing: --company, --types, --department, --host"),
    "some is missing": (("--company", "C", "--host", "gitlab"), "missing: --types, --department"),
    "an unknown type": ((*ANSWERS, "--types", "oem, msq", "--host", "github"), "did you mean 'msp-cmsp' (MSP)?"),
    "a name of several types": ((*ANSWERS, "--types", "VAR", "--host", "github"), "value-added-distributor"),
    "no type": ((*ANSWERS, "--types", " , ", "--host", "github"), "name at least one type"),
    "an unknown host": ((*ANSWERS, "--types", "all", "--host", "bitbucket"), "is not one of 'github'"),
    "an empty company": (("--company", " ", "--department", "D", "--types", "all", "--host", "github"), "be empty"),
    "a reserved department": (
        ("--company", "C", "--department", "index", "--types", "all", "--host", "github"),
        "reserved name",
    ),
    "a department without letters": (
        ("--company", "C", "--department", "***", "--types", "all", "--host", "github"),
        "no id can be made of '***'",
    ),
    "a long company": (
        ("--company", "x" * 121, "--department", "D", "--types", "all", "--host", "github"),
        "at most 120",
    ),
    "a company that turns its text around": (
        ("--company", "a\u202eb", "--department", "D", "--types", "all", "--host", "github"),
        "RIGHT-TO-LEFT OVERRIDE changes the direction of text without being seen: delete it",
    ),
    "bytes that are no text": (
        ("--company", "\udcff", "--department", "D", "--types", "all", "--host", "github"),
        "Error: ",
    ),
    "a company beside the sample": (("--sample", "--company", "C"), "the sample has a name"),
    "an empty company beside the sample": (("--sample", "--types", ""), "the sample has a name"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_begun_leaves_nothing(tmp_path: Path, case: str) -> None:
    """Neither a folder nor a half of one; the message says what is wrong."""
    options, message = WRONG[case]
    done = run("init", str(tmp_path / "deep" / "ours"), *options)

    assert done.exit_code == Exit.USAGE
    assert message in done.output
    assert "Traceback" not in done.output
    assert "data/" not in done.output
    assert [path for path in tmp_path.rglob("*") if path.name != "deep"] == []


@pytest.mark.parametrize("stands", [".gitignore", "README.md", "site/index.html"])
@pytest.mark.parametrize("options", [(*ANSWERS, "--types", "all", "--host", "github"), ("--sample",)])
def test_nothing_is_written_where_something_is(tmp_path: Path, stands: str, options: tuple[str, ...]) -> None:
    """Whatever it is, and before anything is asked."""
    (tmp_path / stands).parent.mkdir(exist_ok=True)
    (tmp_path / stands).write_text("theirs")
    done = run("init", str(tmp_path), *options)

    assert done.exit_code == Exit.USAGE
    assert "is there already, with something in it" in done.output
    assert contents(tmp_path) == {stands: b"theirs"}


def test_an_empty_folder_may_be_where_one_stands(
    unbuilt: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`mkdir ours; cd ours; playbook init .`"""
    monkeypatch.chdir(tmp_path)
    done = run("init", ".", *ANSWERS, "--types", "three", "--host", "neither")

    assert done.exit_code == Exit.FINE, done.output
    assert sorted(kept(tmp_path)) == sorted(COMMON)


@pytest.mark.site
def test_a_build_that_fails_leaves_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so, and how to try again; what is written stays."""
    template = tmp_path / "kit"
    for name, content in contents(kit.REPOSITORY).items():
        (template / name).parent.mkdir(parents=True, exist_ok=True)
        (template / name).write_bytes(content.replace(b"name: material", b"name: materiel"))
    monkeypatch.setattr(kit, "REPOSITORY", template)
    done = run("init", str(tmp_path / "ours"), *ANSWERS, "--types", "three", "--host", "neither")

    assert done.exit_code == Exit.USAGE
    assert "materiel" in done.output
    assert "The site is not built." in done.output
    assert "Next" not in done.output
    assert sorted(kept(tmp_path / "ours")) == sorted(COMMON)


@pytest.mark.site
@pytest.mark.long
@pytest.mark.usefixtures("unbuilt")
def test_a_clone_of_an_empty_repository_is_filled(tmp_path: Path) -> None:
    """What a service gives whoever makes a repository there: git knows it, and nothing is in it yet."""
    git(tmp_path, "init", "--quiet")
    before = contents(tmp_path / ".git")
    done = run("init", str(tmp_path), *ANSWERS, "--types", "three", "--host", "github")

    assert done.exit_code == Exit.FINE, done.output
    assert (tmp_path / "data" / "partners.yml").is_file()
    assert contents(tmp_path / ".git") == before


@pytest.mark.site
def test_the_whole_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder outside any repository; the next three steps are named, and the second of them works."""
    options = (*ANSWERS, "--types", "three", "--host", "github")
    done = ran("-m", "generator", "init", "ours", *options, cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert re.fullmatch(
        "ours holds the playbook of Acme Trams, with 3 partner types\\.\n"
        "The site is in ours/site: \\d+ pages, as of \\d{4}-\\d\\d-\\d\\d\\.\n"
        "\nNext, in ours:\n  1\\. .*`playbook serve`.*\n  2\\. .*`playbook new person`.*\n"
        "  3\\. .*`git init -b main`.*\n",
        done.stdout.replace("\\", "/"),
    )
    monkeypatch.chdir(tmp_path / "ours")
    assert run("new", "person", "--name", "Ann Lee").exit_code == Exit.FINE
    assert run("build", "--strict").exit_code == Exit.FINE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ours"]


# --- hostile answers ------------------------------------------------------------------------

HOSTILE = [
    "A: B & Co",
    "'quoted' \"twice\"",
    "# no comment",
    "- item\n  key: value",
    "${{ github.token }}",
    "$(touch owned) `touch owned`",
    "{{ config }} {% raw %}",
    "!!python/object/apply:os.system [x]",
    "!ENV HOME",
    "*alias &anchor",
    "null",
    "1.10",
    "<script>alert(1)</script>",
    "COMPANY DEPARTMENT TYPE_ID VERSION",
    "\\1 \\g<0> \\n",
    "x" * 90,
    "Ünïon 电车 🚋",
]


@pytest.mark.long
@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("name", HOSTILE)
def test_an_answer_is_text(unbuilt: None, run_folder: Path, tmp_path: Path, name: str, host: str) -> None:
    """It comes back as it was given, and stands in no file but the data: no workflow, setting or page knows it."""
    options = ("--types", "three", "--host", host)

    def make(place: Path) -> None:
        assert run("init", str(place), "--company", "C", "--department", "Sales", *options).exit_code == 0

    done = run("init", str(tmp_path / "ours"), "--company", name, "--department", f"Sales {name}", *options)
    assert done.exit_code == Exit.FINE, done.output
    found = checked(tmp_path / "ours")
    assert found.playbook is not None

    assert found.playbook.settings.company == name
    assert [one.name for one in found.playbook.departments.values()] == [f"Sales {name}"]
    plain, ours = kept(once(run_folder, f"init-plain-{host}", make)), kept(tmp_path / "ours")
    changed = {file for file in plain if plain[file] != ours[file]}
    assert changed <= {"data/settings.yml", "data/partners.yml", "data/people.yml", "data/sources.yml"}


@pytest.mark.site
def test_an_answer_is_text_on_the_site(tmp_path: Path) -> None:
    """Of a name that looks like markup no page makes any."""
    name = "<script>alert(1)</script> {{ 7*7 }} [x](javascript:x)"
    options = ("--company", name, "--department", "Sales", "--types", "three", "--host", "neither")
    assert run("init", str(tmp_path / "ours"), *options).exit_code == Exit.FINE
    pages = [path.read_text("utf-8") for path in (tmp_path / "ours" / "site").rglob("*.html")]

    assert any("&lt;script&gt;alert(1)" in page for page in pages)
    assert not [page for page in pages if "<script>alert(1)" in page or 'javascript:x"' in page or ">49 " in page]
