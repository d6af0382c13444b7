"""What files, disks, terminals and the command line can do: one clear line, exit code 1 or 2, nothing lost."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import socket
from functools import partial
from pathlib import Path

import pytest
from click.testing import Result

from tests.kit import TAXONOMY, data_in, mkdocs, ran, run

# What these pass through, tests that say what they reach measure.
pytestmark = pytest.mark.no_cover

PARTNERS = """\
departments:
  - id: sales
    name: Sales
    contact: sales@company.example
    partners: [{id: acme, name: Acme Agency, types: [agent], owner: ann}]
"""
PEOPLE = "people: [{id: ann, name: Ann Lee}]\n"
SETTINGS = """\
site_name: T
theme: {name: mkdocs, custom_dir: look}
plugins: [playbook: {as_of: !ENV [PLAYBOOK_AS_OF, '']}]
"""


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the data of a small company, its own pages and its own look; the working directory."""
    folder = tmp_path / "company"
    for name in ("docs", "look"):
        (folder / name).mkdir(parents=True)
    data_in(folder / "data", taxonomy=TAXONOMY, partners=PARTNERS, people=PEOPLE)
    (folder / "mkdocs.yml").write_text(SETTINGS)
    monkeypatch.chdir(folder)
    return folder


process = partial(ran, "-m", "generator")


def said(done: Result, code: int, *words: str) -> str:
    """The message of a command that ended with this code and names all this."""
    assert done.exit_code == code, done.output
    for lie in ("Traceback", "bug of playbook"):
        assert lie not in done.output
    for word in words:
        assert word in done.output
    return done.output


def tree(folder: Path) -> dict[str, bytes | None]:
    """Everything in a folder; links and what is no file as None."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() and not path.is_symlink() else None
        for path in sorted(folder.rglob("*"))
    }


def special(path: Path, kind: str, target: Path) -> None:
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as server, contextlib.chdir(path.parent):
            server.bind(path.name)
    elif kind == "link":
        path.symlink_to(target)
    else:
        path.mkdir()


KINDS = {"pipe": "a pipe", "socket": "a socket", "link": "a symbolic link", "folder": "a folder"}


# --- where things are written ---------------------------------------------------------------


@pytest.mark.site
@pytest.mark.parametrize("target", ["../victim", "."])
def test_a_planted_link_makes_no_build_remove_anything(company: Path, target: str) -> None:
    """Whatever links of a pull request are called, what they lead to stays."""
    (company.parent / "victim" / "deep").mkdir(parents=True)
    (company.parent / "victim" / "deep" / "thesis.txt").write_text("mine")
    (company / ".git").mkdir()
    for name in (".site-work", ".site-lock", ".public-work", ".playbook-work", "elsewhere"):
        (company / name).symlink_to(target)
    before = tree(company) | tree(company.parent / "victim")
    for place in ("site", "public"):
        said(run("build", "--site-dir", place), 0)
    said(run("build", "--site-dir", "elsewhere"), 2, "elsewhere is a symbolic link")
    after = tree(company) | tree(company.parent / "victim")
    assert {path: after.get(path, "gone") for path in before} == before


@pytest.mark.site
def test_mkdocs_itself_does_not_empty_a_linked_folder(company: Path) -> None:
    """`mkdocs build` removes what stands in its site_dir: a link there is refused before that."""
    (company.parent / "victim").mkdir()
    (company.parent / "victim" / "thesis.txt").write_text("mine")
    (company / "site").symlink_to("../victim")
    done = mkdocs("build")
    assert done.exit_code == 1
    assert "site is a symbolic link, and MkDocs would empty what it leads to" in done.output
    assert (company.parent / "victim" / "thesis.txt").read_text() == "mine"


@pytest.mark.parametrize(
    "command",
    [("codeowners", "--out"), ("baseline",), ("export",)],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize("kind", KINDS)
def test_an_output_is_an_ordinary_file(company: Path, command: tuple[str, ...], kind: str) -> None:
    """What is something else is neither waited for, nor replaced, nor written through."""
    target = company / "mine.csv"
    target.write_text("mine")
    out = company / "out.csv"
    special(out, kind, target)
    before = out.lstat()
    text = said(run(*command, "out.csv"), 2)
    assert KINDS[kind] in text or "directory" in text
    assert os.path.samestat(out.lstat(), before)
    assert target.read_text() == "mine"
    assert sorted(os.listdir(company)) == ["data", "docs", "look", "mine.csv", "mkdocs.yml", "out.csv"]


@pytest.mark.parametrize("command", [("review", "acme", "--by", "ann"), ("completion",), ("rename", "acme", "acme-2")])
def test_schemas_are_not_written_through_a_link(company: Path, command: tuple[str, ...]) -> None:
    """data/schemas may be a link that a pull request carries: then nothing is written at all."""
    (company.parent / "victim").mkdir()
    (company / "data" / "schemas").symlink_to("../../victim")
    before = tree(company)
    said(run(*command), 2, "is behind the symbolic link")
    assert list((company.parent / "victim").iterdir()) == []
    assert tree(company) == before


@pytest.mark.parametrize("out", ["data", "/", ".", "docs", "data/deeper", "link"])
def test_pages_go_to_an_empty_folder_or_to_ours(company: Path, out: str) -> None:
    """Where anything else stands, nothing is written."""
    (company / "docs" / "mine.md").write_text("mine")
    (company / "link").symlink_to("elsewhere")
    before = tree(company)
    said(run("pages", "--out", out), 2, "Error: ")
    assert tree(company) == before


@pytest.mark.parametrize("command", [("new", "person", "--name", "Ann Lee"), ("fmt",), ("completion",)])
@pytest.mark.parametrize("kind", ["pipe", "socket", "link", "unreadable"])
def test_what_else_lies_in_the_data_folder_is_left_alone(company: Path, command: tuple[str, ...], kind: str) -> None:
    """A pipe nobody writes to holds no command up."""
    path = company / "data" / "stray"
    if kind == "unreadable":
        path.mkdir(0)
    else:
        special(path, kind, company / "nowhere")
    before = path.lstat()
    said(run(*command), 0)
    assert os.path.samestat(path.lstat(), before)


@pytest.mark.parametrize("command", [("check",), ("build",), ("fmt",), ("review", "x", "--by", "y"), ("due",)])
@pytest.mark.parametrize("kind", ["pipe", "socket", "link", "folder"])
def test_a_data_file_that_is_none_is_a_problem_of_the_data(company: Path, command: tuple[str, ...], kind: str) -> None:
    """It is named, and every command says the same."""
    path = company / "data" / "people.yml"
    path.unlink(missing_ok=True)
    special(path, kind, company / "nowhere")
    said(run(*command), 1, "people.yml", f"this is {KINDS[kind]}, not an ordinary file")


# --- what stands beside the data --------------------------------------------------------------


@pytest.mark.site
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("docs/page.md", b"# A\n\nCaf\xe9\n", ("docs/page.md is not in UTF-8: line 3 holds the byte 0xE9",)),
        ("docs/page.md", "# A\n".encode("utf-16"), ("docs/page.md is not in UTF-8: line 1",)),
        ("look/main.html", b"\xff", ("look/main.html is not in UTF-8",)),
        ("docs/page.md", b"---\ntemplate: nowhere.html\n---\n# A\n", ("page.md asks for the template 'nowhere.html'",)),
        ("docs/page.md", b"---\ntemplate: man.html\n---\n# A\n", ("did you mean 'main.html'",)),
        ("look/main.html", b"{% extends 'base.html' %}{% block %}", ("the template ", "main.html:1: ")),
        ("look/main.html", b"{{ nothing.at.all }}", ("a template of the theme: 'nothing' is undefined",)),
    ],
)
def test_pages_and_looks_of_the_company_are_named_where_they_are_wrong(
    company: Path, name: str, content: bytes, words: tuple[str, ...]
) -> None:
    """The build ends with a line about the file, and the old site stays."""
    (company / name).write_bytes(content)
    said(run("build"), 1, *words)
    assert not (company / "site").exists()


@pytest.mark.site
@pytest.mark.parametrize("where", ["docs", "look"])
@pytest.mark.parametrize("kind", ["pipe", "socket", "link"])
def test_no_page_and_no_look_comes_from_elsewhere(company: Path, where: str, kind: str) -> None:
    """A link in docs/ or among the templates could publish any file; a pipe would hold the build up."""
    secret = company.parent / "secret.txt"
    secret.write_text("secret")
    special(company / where / "page.md", kind, secret)
    words = "is a symbolic link, which could publish" if kind == "link" else "is neither a file nor a folder"
    said(run("build"), 1, f"{where}/page.md {words}")
    shutil.rmtree(company / where)
    (company.parent / "elsewhere").mkdir()
    (company / where).symlink_to("../elsewhere")
    said(run("build"), 1, f"{where} is a symbolic link, which could publish")


@pytest.mark.parametrize("day", ["2026-13-01", "2026-02-30", "0000-01-01"])
def test_a_day_in_the_environment_that_is_none(company: Path, monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """YAML takes it for a date and gives up: the variable is named."""
    monkeypatch.setenv("PLAYBOOK_AS_OF", day)
    said(run("build"), 2, f"PLAYBOOK_AS_OF: '{day}' is no day")


# --- disks, terminals, arguments ---------------------------------------------------------------


@pytest.mark.parametrize("command", [("check",), ("build",), ("review", "acme", "--by", "ann"), ("diff", "data")])
def test_no_place_for_temporary_files(company: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]) -> None:
    """Commands that need none go on; the others say so, and change nothing."""
    before = tree(company)
    monkeypatch.setattr("tempfile.tempdir", str(company / "nowhere"))
    if command[0] in ("check", "diff"):
        assert run(*command).exit_code == 0
    else:
        said(run(*command), 2, "Error: ", "No such file or directory")
    assert tree(company) == before


@pytest.mark.long
@pytest.mark.parametrize("command", [("build",), ("pages", "--out", "pages"), ("export", "partners.xlsx")])
def test_a_disk_that_is_full_in_the_middle(company: Path, command: tuple[str, ...]) -> None:
    """Where no file can grow any more, the command says what the system says, and leaves nothing half written."""

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500))

    done = process(*command, preexec_fn=no_room)
    assert done.returncode == 2
    assert "file too large" in done.stderr.lower()
    assert "Traceback" not in done.stderr
    left = {path for path in tree(company) if path.startswith((".", "site", "partners.xlsx"))}
    assert left == set()


@pytest.mark.long
@pytest.mark.parametrize("command", [("check", "--strict"), ("explain",)])
@pytest.mark.parametrize("out", ["closed", "gone", "full"])
def test_an_output_that_takes_nothing(company: Path, command: tuple[str, ...], out: str) -> None:
    """Closed before the start, closed by its reader (as by `| head`), or on a full disk: no crash."""
    if out == "closed":
        done = process(*command, preexec_fn=lambda: os.close(1))
        assert done.returncode in (0, 1)
        assert done.stderr == ""
    elif out == "gone":
        reader, writer = os.pipe()
        os.close(reader)
        done = process(*command, stdout=writer)
        os.close(writer)
        assert done.returncode == 1
        assert done.stderr == ""
    else:
        with Path("/dev/full").open("wb") as full:
            done = process(*command, stdout=full)
        assert done.returncode == 2
        assert done.stderr == "Error: No space left on device\n"


NAMES = [b"\xff\xfe", b"x" * 300, b"x/" * 3000, "ünï".encode(), b"", b"a\nb", b"\x1b[31m", b"loop/x"]


COMMANDS = [
    *("check --data", "build --site-dir", "build --config", "pages --out", "diff", "diff data", "baseline"),
    *("codeowners --out", "check --baseline", "explain", "split", "export", "review --by ann", "rename acme"),
    *("review acme --by", "new person --name", "new partner --department sales --name X --owner ann --type"),
    *("import --department sales", "import x.csv --department", "due --as-of"),
    "init --company C --department D --types three --host neither",
]


@pytest.mark.long
@pytest.mark.parametrize(
    ("command", "name"),
    # Each command with every second name, and each name with every second command.
    [(one, name) for at, one in enumerate(COMMANDS) for name in NAMES[at % 2 :: 2]],
    ids=lambda part: part if isinstance(part, str) else ascii(part[:6]),
)
def test_arguments_of_every_kind(company: Path, command: str, name: bytes) -> None:
    """Bytes that are no UTF-8, names too long for the system, and a link that leads to itself are no bug of ours."""
    (company / "loop").symlink_to("loop")
    done = run(*command.split(), os.fsdecode(name))
    assert done.exit_code in (0, 1, 2), done.output
    assert "Traceback" not in done.output
    assert "\x1b" not in done.output.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
