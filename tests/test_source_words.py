"""Loading: what is said of files, folders, the history and the baseline, word by word, and where it points."""

from __future__ import annotations

import errno
import os
import socket
import stat
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.catalogue import CATALOGUE
from generator.formats.baseline import load_baseline
from generator.formats.history import load_history
from generator.problems import Place, Problem
from generator.source import data_files, git, kind, load, other_format, parse
from generator.source.folder import unreadable
from generator.source.secrets import redacted

KNOWN = (
    "known files: taxonomy.yml, partners.yml, people.yml, portfolio.yml, strategy.yml, toolkit.yml, rules.yml, "
    "sources.yml, settings.yml, partners/*.yml"
)
LIMIT = 1_000_000


def told(problems: list[Problem]) -> list[tuple[str, str, str]]:
    return [(problem.place.file, problem.message, problem.hint) for problem in problems]


# --- folders ------------------------------------------------------------------------------


def test_an_empty_folder_lacks_two_files(tmp_path: Path) -> None:
    """And for each it says how to come by one."""
    files, problems = data_files(tmp_path)
    assert files == {}
    assert told(problems) == [
        ("taxonomy.yml", "taxonomy.yml is missing", "create it; the one that comes with this project is a good start"),
        ("partners.yml", "partners.yml is missing", "create partners.yml, or a file for a department in partners/"),
    ]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A file is no folder either."""
    (tmp_path / "file").touch()
    for name in ("nowhere", "file"):
        hint = "check the folder after --data, and where you run the command"
        files, problems = data_files(tmp_path / name)
        assert files == {}
        assert told(problems) == [("", f"there is no data folder {str(tmp_path / name)!r}", hint)]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "permission denied"),
        (OSError(errno.EIO, "Input/output error"), "input/output error"),
        (OSError(), "oserror"),
        (TimeoutError(), "timeouterror"),
    ],
)
def test_a_system_that_refuses_says_why(error: OSError, reason: str) -> None:
    """In its own words; where it has none, by the kind of the error."""
    assert told([unreadable(error, "a.yml")]) == [("a.yml", f"cannot be read: {reason}", "check its permissions")]


def test_a_folder_closed_to_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The data folder has no name of its own in places; partners/ has."""
    (tmp_path / "taxonomy.yml").touch()
    (tmp_path / "partners").mkdir()
    listdir = os.listdir

    def closed(name: str) -> Callable[[Path], list[str]]:
        def listed(folder: Path) -> list[str]:
            if folder.name == name:
                raise PermissionError(errno.EACCES, "Permission denied")
            return listdir(folder)

        return listed

    for name, file in ((tmp_path.name, ""), ("partners", "partners")):
        monkeypatch.setattr(os, "listdir", closed(name))
        assert told(data_files(tmp_path)[1]) == [(file, "cannot be read: permission denied", "check its permissions")]


@pytest.mark.parametrize(
    ("name", "shown", "near"),
    [
        ("partnres.yml", "partnres.yml", "did you mean 'partners.yml'? "),
        ("people.yaml", "people.yaml", "did you mean 'people.yml'? "),
        ("SETTINGS.YML", "SETTINGS.YML", "did you mean 'settings.yml'? "),
        ("zzzzzz.yml", "zzzzzz.yml", ""),
        ("partners/sales.yaml", "partners/sales.yaml", "did you mean 'sales.yml'? "),
        ("partners/v1.2.yaml", "partners/v1.2.yaml", "did you mean 'v1.2.yml'? "),
        ("partners/a\u200b.yml", "partners/a\\u200b.yml", ""),
        ("a\nb.yml", "a\\nb.yml", ""),
    ],
)
def test_a_file_that_nobody_reads_is_named_safely(tmp_path: Path, name: str, shown: str, near: str) -> None:
    """With the name that was meant, where there is one, and all that are read."""
    (tmp_path / "partners").mkdir()
    for needed in ("taxonomy.yml", "partners.yml", name):
        (tmp_path / needed).touch()
    files, problems = data_files(tmp_path)
    assert list(files) == ["taxonomy.yml", "partners.yml"]
    assert told(problems) == [(shown, f"{shown} is not the name of a data file", near + KNOWN)]


def test_files_come_in_the_order_of_reading(tmp_path: Path) -> None:
    """Departments behind partners.yml, the history last; what is hidden or no YAML is passed by."""
    (tmp_path / "partners").mkdir()
    for name in ("settings.yml", "people.yml", "taxonomy.yml", "partners.yml", "history.jsonl", "notes.txt", ".x.yml"):
        (tmp_path / name).touch()
    for name in ("b.yml", "a.yml", ".a.yml", "README.md"):
        (tmp_path / "partners" / name).touch()
    files, problems = data_files(tmp_path)
    assert problems == []
    names = ["taxonomy.yml", "partners.yml", "partners/a.yml", "partners/b.yml", "people.yml", "settings.yml"]
    assert {name: path.relative_to(tmp_path).as_posix() for name, path in files.items()} == {
        name: name for name in [*names, "history.jsonl"]
    }
    assert list(files) == [*names, "history.jsonl"]


@pytest.mark.parametrize(
    ("stands", "what"), [("file", "a file"), ("link", "a symbolic link"), ("pipe", "a pipe"), ("socket", "a socket")]
)
def test_what_is_no_folder_of_departments(tmp_path: Path, stands: str, what: str) -> None:
    """It is said once: nobody is told that partners.yml is missing, too."""
    place = tmp_path / "partners"
    (tmp_path / "taxonomy.yml").touch()
    if stands == "file":
        place.touch()
    elif stands == "link":
        place.symlink_to(tmp_path)
    elif stands == "pipe":
        os.mkfifo(place)
    else:
        server = socket.socket(socket.AF_UNIX)
        server.bind(os.path.relpath(place))
        server.close()
    said = f"partners is {what}, not a folder"
    assert told(data_files(tmp_path)[1]) == [("partners", said, "put an ordinary folder in its place")]


def test_each_kind_of_file_has_a_name() -> None:
    """Devices of both sorts are devices."""
    modes = (stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFCHR, stat.S_IFBLK)
    assert [kind(mode | 0o644) for mode in modes] == [
        "a symbolic link", "a folder", "a pipe", "a socket", "a device", "a device",
    ]  # fmt: skip


# --- texts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "place", "message", "hint"),
    [
        (
            b"x" * 11,
            (0, 0, 0),
            "the file is larger than 10 bytes",
            "split it into partners/DEPARTMENT.yml, or raise limits: inventory_mb in settings.yml",
        ),
        *(
            (
                content,
                (0, 0, 0),
                "the file is in UTF-16 (Windows calls it 'Unicode'), not in UTF-8",
                "save it with the encoding UTF-8",
            )
            for content in (b"\xff\xfea\0", b"\xfe\xff\0a", b"a\0b\0", b"\0a\0b")
        ),
        (b"a: b\n\xff: c", (2, 1, 1), "the byte 0xFF is not UTF-8", "save the file with the encoding UTF-8"),
        (b"\xc3\xa9\xc3\xa9\x8f", (1, 3, 1), "the byte 0x8F is not UTF-8", "save the file with the encoding UTF-8"),
        (b"\xef\xbb\xbfab\xe9", (1, 3, 1), "the byte 0xE9 is not UTF-8", "save the file with the encoding UTF-8"),
        *(
            (
                b"a\n" + mark + b"\n",
                (2, 1, 7),
                f"the marker {mark.decode()} of an unfinished merge",
                "keep the lines that are right, and delete the others and the marker lines",
            )
            for mark in (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
        ),
    ],
)
def test_a_text_that_cannot_be_read_says_why(
    tmp_path: Path, content: bytes, place: tuple[int, int, int], message: str, hint: str
) -> None:
    """Where it is about a place, with line, column in characters and length."""
    path = tmp_path / "x.yml"
    path.write_bytes(content)
    document, (problem,) = load(path, "people.yml", 10)
    assert document is None
    assert told([problem]) == [("people.yml", message, hint)]
    line, column, length = place
    assert problem.place == (Place("people.yml", line, column, length) if line else Place("people.yml"))


def test_what_is_no_file_says_so(tmp_path: Path) -> None:
    """And one that is not there is missing."""
    (tmp_path / "x").mkdir()
    for name, message, hint in (
        ("x", "this is a folder, not an ordinary file", "put an ordinary file in its place"),
        ("y", "people.yml is missing", "create it, or bring it back"),
    ):
        document, problems = load(tmp_path / name, "people.yml", LIMIT)
        assert document is None
        assert told(problems) == [("people.yml", message, hint)]


def test_a_text_without_a_file_has_its_places() -> None:
    """The name is the one given; its data is there, unless it would mislead."""
    data, problems = parse("a: b\n", "row 3")
    assert (data, problems) == ({"a": "b"}, [])
    data, problems = parse("a: [b\n", "row 3")
    assert data is None
    assert [problem.place.file for problem in problems] == ["row 3"]


# --- the history --------------------------------------------------------------------------

BACK = "bring the line back from an earlier version, or delete it"


@pytest.mark.parametrize(
    ("line", "message", "column", "length"),
    [
        ('{"date": "2026-01-02", "a": 1', "this is no JSON: expecting ',' delimiter", 29, 1),
        ("x", "this is no JSON: expecting value", 1, 1),
        ('{"date": "2026-01-02", "a": NaN}', "NaN is no number", 1, 32),
        ('{"date": "2026-01-02", "a": -Infinity}', "-Infinity is no number", 1, 38),
        ('{"date": "2026-01-02", "a": 1, "a": 1}  ', "the name 'a' stands twice", 1, 38),
        ("[" * 100_000, "this is nested too deeply", 1, 100_000),
        ("[]", "a line holds names and numbers in braces", 1, 2),
        ('{"a": 1}', 'a line has a "date" such as "2026-11-30"', 1, 8),
        ('{"date": "20260102"}', 'a line has a "date" such as "2026-11-30"', 1, 20),
        ('{"date": "2026-02-30"}', 'a line has a "date" such as "2026-11-30"', 1, 22),
        ('{"date": 20260102}', 'a line has a "date" such as "2026-11-30"', 1, 18),
        ('{"date": "2026-01-02", "A b": 1}', "'A b' is no name of a figure", 1, 32),
        (
            '{"date": "2026-01-02", "a": -1}',
            "a is -1, and a figure is a whole number from 0 up",
            1,
            31,
        ),
        ('{"date": "2026-01-02", "a": 1.0}', "a is 1.0, and a figure is a whole number from 0 up", 1, 32),
        ('{"date": "2026-01-02", "a": true}', "a is True, and a figure is a whole number from 0 up", 1, 33),
    ],
)
def test_a_bad_line_of_the_history(tmp_path: Path, line: str, message: str, column: int, length: int) -> None:
    """It is named with its place, and every other line counts."""
    path = tmp_path / "history.jsonl"
    path.write_text(f'{{"date": "2026-01-01", "a": 0}}\n\n{line}\n{{"date": "2026-01-03", "b-1": 2}}\n')
    days, text, problems = load_history(path, LIMIT)
    assert text == path.read_text()
    assert [(day.day, dict(day.figures), day.place.line) for day in days] == [
        (date(2026, 1, 1), {"a": 0}, 1),
        (date(2026, 1, 3), {"b-1": 2}, 4),
    ]
    assert [(problem.message, problem.place, problem.hint) for problem in problems] == [
        (message, Place("history.jsonl", 3, column, length), BACK)
    ]
    assert [problem.code.slug for problem in problems] == ["bad-history"]


def test_a_day_stands_once_in_the_history(tmp_path: Path) -> None:
    """The first line counts; each other one names it."""
    path = tmp_path / "history.jsonl"
    path.write_text('{"date": "2026-01-01", "a": 1}\n' + '{"date": "2026-01-02", "a": 2}\n' * 3)
    days, _, problems = load_history(path, LIMIT)
    assert [day.day.day for day in days] == [1, 2]
    assert [(problem.message, problem.place.line, problem.hint) for problem in problems] == [
        ("the day 2026-01-02 stands on line 2, too", line, "delete one of the two lines") for line in (3, 4)
    ]


def test_a_history_that_cannot_be_read(tmp_path: Path) -> None:
    """One problem, in the name of the file; no line of it."""
    (tmp_path / "history.jsonl").write_bytes(b"\xff")
    days, text, problems = load_history(tmp_path / "history.jsonl", LIMIT)
    assert (days, text) == ([], "")
    assert [problem.place.file for problem in problems] == ["history.jsonl"]


# --- the baseline -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "message", "place", "hint"),
    [
        ("bad-yaml acme - x", "bad-yaml is an error, and errors cannot pass", (3, 1, 8), "mend it"),
        ("unownd acme sales x", "there is no finding 'unownd'", (3, 1, 6), "did you mean 'unowned'?"),
        (
            "unowned acme",
            "a line has a code, a partner, a department (or -) and a key, with a space between them",
            (3, 1, 12),
            "write the file anew",
        ),
        (
            "  unowned acme sales",
            "a line has a code, a partner, a department (or -) and a key, with a space between them",
            (3, 1, 20),
            "write the file anew",
        ),
        (
            "unowned acme sales a:1 has",
            "'has' is no part of a key: one has a kind, a colon and a value",
            (3, 1, 26),
            "write the file anew",
        ),
        ("  unownd acme sales x", "there is no finding 'unownd'", (3, 3, 6), "did you mean 'unowned'?"),
    ],
)
def test_a_bad_line_of_the_baseline(
    tmp_path: Path, line: str, message: str, place: tuple[int, int, int], hint: str
) -> None:
    """It is named with its place, and every other line counts."""
    path = tmp_path / "known.txt"
    good = "unowned acme sales a:1"
    path.write_text(f"# playbook baseline, format 2:\n{good}\n{line}  \n\n# {line}\n{good} b:2 \n")
    found, text, problems = load_baseline(path, CATALOGUE)
    assert text == path.read_text()
    assert [(known.line, known.number) for known in found.known] == [(good, 2), (f"{good} b:2", 6)]
    assert [(problem.message, problem.place, problem.hint) for problem in problems] == [
        (message, Place(path.as_posix(), *place), hint)
    ]
    assert [problem.code.slug for problem in problems] == ["bad-baseline"]


def test_another_file_is_no_baseline(tmp_path: Path) -> None:
    """None of its lines is read; its text is there, to be shown."""
    path = tmp_path / "known.txt"
    path.write_text("unowned acme sales Acme has no owner\n")
    message = "this is no baseline: the first line of one begins with '# playbook baseline'"
    found, text, problems = load_baseline(path, CATALOGUE)
    assert (found.known, text) == ((), path.read_text())
    assert told(problems) == [(path.as_posix(), message, "run `playbook baseline` with another file name")]


# --- git ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), git.NotInstalled, "git is not installed"),
        (PermissionError(errno.EACCES, "Permission denied"), git.Unread, "git cannot be started: permission denied"),
        (ValueError("embedded null byte"), git.Unread, "git cannot be started: embedded null byte"),
        (OSError("Odd"), git.Unread, "git cannot be started: odd"),
    ],
)
def test_a_git_that_does_not_start_says_why(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: Exception, kind: type[Exception], said: str
) -> None:
    """In one line; only where there is none it is not installed."""

    def refused(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(subprocess, "run", refused)
    with pytest.raises(git.Unread) as unread:
        git.run(tmp_path, "version")
    assert (type(unread.value), str(unread.value)) == (kind, said)


# --- formats ------------------------------------------------------------------------------


def test_another_format_says_which_and_what_to_do() -> None:
    """Expected: both numbers, and the way: a newer one wants another program, an older one a command."""
    place = Place("settings.yml", 3)
    assert other_format("the data", 4, 4, place, "playbook upgrade") is None
    newer, older = (other_format("the data", written, 4, place, "playbook upgrade") for written in (5, 3))
    assert newer is not None
    assert older is not None
    said = "the data is written for format {}, and this version of the program reads format 4"
    assert (newer.message, older.message) == (said.format(5), said.format(3))
    assert newer.hint.startswith("upgrade the program: raise partner-playbook in requirements.txt")
    assert older.hint == "run `playbook upgrade`"
    assert (newer.code.slug, newer.place) == ("other-format", place)


# --- comments -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unclear"),
    [
        ("name: Acme\n #1 Corp\n", True),
        ("name: Acme\n\n #1 Corp\n", False),
        ('name: "Acme"\n #1 Corp\n', False),
        ("name:\n #1 Corp\n", False),
        ("name: Acme # the first\n #1 Corp\n", False),
        ("name: Acme\n #owner: ann\n", False),
        ("name: Acme\n #- ann\n", False),
        ("- name: Acme\n  #1 Corp\n", False),
        ("- name: Acme\n   #1 Corp\n", True),
        ("- - name: Acme\n    #1 Corp\n", False),
        ("- - name: Acme\n     #1 Corp\n", True),
        ("a:\n  - Acme\n  #1 Corp\n", False),
        ("a:\n  - Acme\n   #1 Corp\n", True),
        ("a:\n  - - Acme\n    #1 Corp\n", False),
        ("a:\n  - - Acme\n     #1 Corp\n", True),
        ("a: one\n  two\n #1 Corp\n", True),
        ("a:\n  one\n  #1 Corp\n", True),
        ("a: |\n  one\n #1 Corp\n", False),
        ("a: |  #1\n", True),
        ("a: |  # 1\n", False),
        ("a: |  # 1\n  one\n", False),
        ("a: | #1\n  one\n", False),
    ],
)
def test_a_comment_that_may_go_on_with_the_line_above(text: str, unclear: bool) -> None:
    """It may where a second line of the value could stand: right of the name, or the dash, that it belongs to."""
    _, problems = parse(text, "x")
    assert [problem.code.slug for problem in problems] == ["unclear-comment"] * unclear


@pytest.mark.parametrize(
    ("text", "value", "unclear"),
    [
        ('name: 0"#\n', '0"#', False),
        ('{name: a"#b, x: 1}\n', 'a"#b', False),
        ("name: a,#b 'c'#d\n", "a,#b 'c'#d", False),
        ("name: x]#y\n  more]#z\n", "x]#y more]#z", False),
        ('name: 0"# #b\n', '0"#', True),
        ('name: "0"#b\n', "0", True),
    ],
)
def test_a_sign_within_a_text_is_text(text: str, value: str, unclear: bool) -> None:
    """A # begins a comment after a space or a closed value, and nowhere else, whatever sign stands before it."""
    data, problems = parse(text, "x")
    assert [problem.code.slug for problem in problems] == ["unclear-comment"] * unclear
    assert data["name"] == value


# --- secrets ------------------------------------------------------------------------------


def test_each_secret_of_a_text_is_named_at_its_place() -> None:
    """Several on a line, one of several lines, and one below it; every line is as long as it was."""
    token, key = "gh" + "p_" + "a1B2" * 9, "aB3/" * 10
    text = (
        f"a: b\nnotes: see {token}, and https://me:hunter22@x.example/?token=abcdef1\nkey: |\n"
        f"  -----BEGIN RSA PRIVATE KEY-----\n  AAAA+/=\n  BBBB\n  -----END RSA PRIVATE KEY-----\n"
        f"last: aws_secret_access_key = {key}\n"
    )
    shown, problems = redacted(text, "x.yml")
    assert shown == (
        f"a: b\nnotes: see {'x' * 40}, and https://{'x' * 12}x.example/?token={'x' * 7}\nkey: |\n"
        f"  -----xxxxx xxx xxxxxxx xxx-----\n  xxxxxxx\n  xxxx\n  -----END RSA PRIVATE KEY-----\n"
        f"last: aws_secret_access_key = {'x' * 40}\n"
    )
    assert [(problem.message, problem.place, problem.hint) for problem in problems] == [
        (
            f"this is a secret ({kind}), and everybody in the company reads the site",
            Place("x.yml", *place),
            "delete it here, and revoke it where it was issued",
        )
        for kind, place in (
            ("GitHub Token", (2, 12, 40)),
            ("password in an address", (2, 66, 12)),
            ("token in an address", (2, 95, 7)),
            ("Private Key", (4, 8, 26)),
            ("AWS Secret Key", (8, 31, 40)),
        )
    ]


@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n"])
def test_a_key_without_its_last_line_ends_with_an_empty_one(end: str) -> None:
    """Or where a key can reach no further; what follows is legible."""
    begin = "-----BEGIN " + "PRIVATE KEY-----\nAAAA"
    shown, (problem,) = redacted(f"{begin}{end}name: Acme\n", "x.yml")
    assert shown.endswith(f"xxxx{end}name: Acme\n")
    assert problem.place == Place("x.yml", 1, 6, 22)
    text = f"{begin}{'A' * 30_000}"
    shown, _ = redacted(text, "x.yml")
    assert len(shown) - len(shown.rstrip("A")) == len(text) - len("-----") - 20_000


# --- git, word by word --------------------------------------------------------------------


@pytest.fixture
def commit(tmp_path: Path) -> str:
    """The id of the one commit of a repository in tmp_path, with the file a."""
    (tmp_path / "a").write_text("text\n")
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@x.example", "-c", "commit.gpgsign=false")
    for command in (["init", "--quiet"], ["add", "a"], [*who, "commit", "--quiet", "--message=one"]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    return git.run(tmp_path, "rev-parse", "HEAD").output.decode().strip()


def test_an_object_that_cannot_be_read_says_why(tmp_path: Path, commit: str) -> None:
    """By its id: it is not there, of another kind, too large; what is there is read whole, and up to the last byte."""
    objects = git.Objects(tmp_path)
    size = objects.size(commit)
    content = objects.read(commit, "commit", size)
    assert len(content) == size
    tree = content.split()[1].decode()
    (entry,) = objects.tree(tree, 1_000).values()
    assert entry.mode == b"100644"
    assert objects.read(entry.id, "blob", 5) == b"text\n"
    for ident, what, most, said in (
        (commit, "commit", size - 1, f"the commit {commit} is larger than {size - 1:,} bytes"),
        (commit, "blob", size, f"the object {commit} is no blob"),
        ("0" * 40, "blob", size, f"the object {'0' * 40} is missing or damaged"),
        ("two words", "blob", size, "the object two words is missing or damaged"),
    ):
        with pytest.raises(git.Unread) as unread:
            objects.read(ident, what, most)
        assert str(unread.value) == said
    objects.close()


def test_a_command_says_how_it_ended(tmp_path: Path, commit: str) -> None:
    """Its output as it is, its complaint in one line without the word that git begins with."""
    assert git.run(tmp_path, "rev-parse", "HEAD") == (0, f"{commit}\n".encode(), "")
    code, output, complaint = git.run(tmp_path, "cat-file", "-p", "nothing")
    assert (code, output, complaint) == (128, b"", "Not a valid object name nothing")


@pytest.mark.parametrize(
    ("raw", "encoding", "shown"),
    [
        (b"  Ann \n\t Lee ", "utf-8", "Ann Lee"),
        ("Ánn".encode("latin-1"), "latin-1", "Ánn"),
        ("Ánn".encode(), "no such", "Ánn"),
        (b"\\u0041", "unicode_escape", "\\u0041"),
        (b"a\xff", "utf-8", "a\ufffd"),
        (b"abcdefghij", "utf-8", "abcdefghij"),
        (b"abcdefghijk", "utf-8", "abcdefghi…"),
        ("é".encode() * 200, "utf-8", "é" * 9 + "…"),
    ],
)
def test_a_line_from_git_is_short_and_legible(raw: bytes, encoding: str, shown: str) -> None:
    """In the encoding that it names, where that is one."""
    assert git.line(raw, encoding, 10) == shown


# --- slips --------------------------------------------------------------------------------

TAB = "a tab stands where only spaces may indent", "replace the tab with spaces"
BACKSLASH = (
    "a backslash in double quotes does not stand for itself",
    "use single quotes around the value, or write \\\\ for each backslash",
)


def cut(comment: str, read: str, meant: str) -> tuple[str, str]:
    message = f"YAML takes '{comment}' for a comment and reads {read}"
    return message, f'write "{meant}"; or write a space after the # if it begins a comment'


@pytest.mark.parametrize(
    ("text", "code", "place", "message", "hint"),
    [
        ("a:\n\tb:\tc\n", "bad-yaml", (2, 1, 1), *TAB),
        ("a: 1\n\tb: 2\t\n", "bad-yaml", (2, 1, 1), *TAB),
        ('a: "\\q"\n', "bad-yaml", (1, 5, 1), *BACKSLASH),
        ('a: "x\\xZZ"\n', "bad-yaml", (1, 8, 1), *BACKSLASH),
        ("name: #1 x\n", "unclear-comment", (1, 7, 4), *cut("#1 x", "nothing", "#1 x")),
        ("- #1 x\n", "unclear-comment", (1, 3, 4), *cut("#1 x", "nothing", "#1 x")),
        ("a: b #1\n", "unclear-comment", (1, 6, 2), *cut("#1", "'b'", "b #1")),
    ],
)
def test_a_slip_is_named_at_its_place(
    text: str, code: str, place: tuple[int, int, int], message: str, hint: str
) -> None:
    """Of two tabs the first; of a value that begins with a # all of it."""
    _, (problem,) = parse(text, "x")
    assert (problem.code.slug, problem.place, problem.message) == (code, Place("x", *place), message)
    assert problem.hint == hint
