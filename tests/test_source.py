"""Loading: what is let through, what is refused, in which words and at which place."""

from __future__ import annotations

import itertools
import os
import socket
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.catalogue import CATALOGUE
from generator.problems import Code, Place, Problem, in_order
from generator.source import (
    Document,
    Scalar,
    characters,
    comments,
    compose,
    data_files,
    features,
    folder,
    load,
    reading,
    recovery,
    secrets,
    slips,
    text_of,
)

CASES = Path(__file__).parent / "cases" / "source"
LIMIT = 1_000_000
PLAIN, QUOTED = True, False


def loaded(folder: Path, content: str | bytes, limit: int = LIMIT) -> tuple[Document | None, list[Problem]]:
    path = folder / "partners.yml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load(path, "partners.yml", limit)


def fine(folder: Path, content: str | bytes) -> Document:
    """The document of a file that must have no problem."""
    document, problems = loaded(folder, content)
    assert not problems
    assert document is not None
    return document


def slugs(problems: list[Problem]) -> list[str]:
    return [problem.code.slug for problem in problems]


def report(problems: list[Problem]) -> str:
    lines = []
    for p in problems:
        lines.append(f"{p.place.line}:{p.place.column}: {p.severity.value}[{p.code.slug}]: {p.message}\n")
        lines.append(f"help: {p.hint}\n")
    return "".join(lines)


# --- the case files -----------------------------------------------------------------------


@pytest.mark.parametrize("case", sorted(CASES.glob("*.yml")), ids=lambda path: path.stem)
def test_case_files_give_the_expected_problems(case: Path, refresh: bool) -> None:
    """Each case gives exactly the lines beside it; every message and hint prints safely."""
    document, problems = load(case, case.name, LIMIT)
    out = report(problems)
    golden = case.with_suffix(".expected")
    if refresh:
        golden.write_text(out, encoding="utf-8")
    assert out == golden.read_text(encoding="utf-8")
    assert out.replace("\n", "").isprintable()
    assert problems == in_order(problems)
    assert document is not None or problems


def test_every_code_of_the_loader_has_a_case() -> None:
    """Codes about files and folders have tests below; each of the others is in a case file."""
    elsewhere = {"no-data-folder", "missing-file", "unknown-file", "not-a-file", "unreadable-file", "too-big"}
    modules = (characters, comments, features, folder, reading, secrets, slips)
    declared = {value.slug for module in modules for value in vars(module).values() if isinstance(value, Code)}
    seen = {line.split("[")[1].split("]")[0] for path in CASES.glob("*.expected")
            for line in path.read_text(encoding="utf-8").splitlines() if ": error[" in line}  # fmt: skip
    assert declared <= set(CATALOGUE)
    assert declared - elsewhere == seen


# --- what is let through ------------------------------------------------------------------


def test_scalars_stay_what_was_typed(tmp_path: Path) -> None:
    """No value is converted; quotes are remembered; an empty value is None and an empty text is not."""
    words = ["NO", "on", "~", "null", "1.10", "012", "0x1F", "1_000", "2024-01-01", "12:30:45", "=", ".inf", "true"]
    data = fine(tmp_path, "".join(f"- {word}\n" for word in words) + "-\n- ''\n- \"NO\"\n- |\n  text\n").data
    assert data == [*words, None, "", "NO", "text\n"]
    assert [item.plain for item in data if item is not None] == [PLAIN] * len(words) + [QUOTED] * 3


def test_data_is_plain_dicts_and_lists(tmp_path: Path) -> None:
    """Mappings have plain str names, in order; sequences are lists; values are Scalars."""
    data = fine(tmp_path, "b: {x: 1}\na: [y]\n'yes': {}\n").data
    assert data == {"b": {"x": "1"}, "a": ["y"], "yes": {}}
    assert list(data) == ["b", "a", "yes"]
    assert {type(name) for name in data} == {str}
    assert type(data["b"]["x"]) is Scalar


@pytest.mark.parametrize("content", ["", "\ufeff", "# a comment\n", "---\n", "...\n", "\n\n"])
def test_an_empty_file_is_no_error_of_the_loader(tmp_path: Path, content: str) -> None:
    """Nothing in a file is None: whether that will do is for the schema to say."""
    assert fine(tmp_path, content).data is None


def test_twenty_levels_are_allowed(tmp_path: Path) -> None:
    """Twenty brackets are fine, and one more is not."""
    assert fine(tmp_path, "[" * 20 + "]" * 20).data is not None
    assert slugs(loaded(tmp_path, "[" * 21 + "]" * 21)[1]) == ["too-deep"]


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d💻",
        "❤\ufe0f\u200d🔥",
        "👩🏽\u200d🚀",
        "👁\ufe0f\u200d🗨\ufe0f",
        "1\ufe0f\u20e3",
        "🇳🇴",
        "☎\ufe0e",
        "👨\u200d👩\u200d👧",
        "🏴" + "".join(chr(0xE0000 + ord(c)) for c in "gbsct") + "\U000e007f",
        "می\u200cخواهم",
        "क्\u200dष",
        "श्\u200c",
        "র\u200d্যাব",
        "മോഹന്\u200d",
        "葛\U000e0100",
        "ᠠ\u180b",
        "全角\u3000空白",
    ],
)
def test_joiners_and_selectors_are_allowed_where_writing_needs_them(tmp_path: Path, text: str) -> None:
    """Emoji and scripts keep the invisible characters that they are written with, alone and in a name."""
    for name in (text, f"Acme {text} Ltd"):
        assert fine(tmp_path, f"a: {name}").data == {"a": name}
        escaped = name.encode("ascii", "backslashreplace").decode()
        assert fine(tmp_path, f'a: "{escaped}"').data == {"a": name}


@pytest.mark.parametrize(
    "text",
    [
        "é\u200d\u200dé",
        "é\ufe0f\ufe0f",
        "é\u200d\ufe0fé",
        "e\u200cé",
        "é\u200c",
        "\ufe0f",
        "1\ufe0f",
        "é\u200dé",
        "é\ufe0fa",
        "🔥\u200d",
        "\u200d🔥",
        "🔥\u200da",
        "می\u200c a",
        "a\U000e0100",
        "🏴\U000e0067\U000e007f",
        "क\u200dक",
        "🏴" + "".join(chr(0xE0000 + ord(c)) for c in "hello") + "\U000e007f",
    ],
)
def test_joiners_and_selectors_are_refused_elsewhere(tmp_path: Path, text: str) -> None:
    """Where they join nothing, or stand beside what they cannot change, they could only hide something."""
    for written in (text, '"' + text.encode("ascii", "backslashreplace").decode() + '"'):
        assert set(slugs(loaded(tmp_path, f"a: {written}\n")[1])) == {"invisible-character"}


@pytest.mark.long
def test_every_character_that_unicode_calls_a_format_or_control_is_refused() -> None:
    """The ranges are written out in the code; Python's table of Unicode must agree with them."""
    allowed = {"\t", "\n", "\r", " ", "\u3000"}
    joiners = {"\u200c", "\u200d"}
    # No file in UTF-8 holds a surrogate, and no reader has its own: the first, the last and a few between will do.
    surrogates = {0xD800, 0xDBFF, 0xDC00, 0xDFFF, *range(0xD800, 0xE000, 200)}
    refused = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}
    for char in map(chr, itertools.chain(range(0xD800), surrogates, range(0xE000, 0x110000))):
        if unicodedata.category(char) in refused and char not in allowed:
            assert list(characters.in_text(f"a{char}b", "x")) != [], f"U+{ord(char):04X}"
            assert characters.neutral(f"a{char}b") in {"a b", "a\ufffdb"} or char in joiners


# --- places -------------------------------------------------------------------------------


def spans(document: Document) -> dict[tuple[str | int, ...], str]:
    """The text under every place, by route."""
    found: dict[tuple[str | int, ...], str] = {}

    def walk(place: Place, route: tuple[str | int, ...]) -> None:
        assert place.file == "partners.yml"
        found[route] = document.line(place.line)[place.column - 1 :][: place.length]
        if place.key:
            found[(*route, "KEY")] = document.line(place.key.line)[place.key.column - 1 :][: place.key.length]
        for step, child in place.children.items():
            walk(child, (*route, step))

    walk(document.place, ())
    return found


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_places_count_characters(tmp_path: Path, start: str, end: str) -> None:
    """Line, column and length are right after accents, emoji, a byte-order mark and CRLF endings."""
    lines = [
        '"😀é": "𝒳 y"  # remark',
        "list: [é, '😀', {k: v}]",
        "empty:",
        "block:",
        "- one",
        "- n: |",
        "    two",
        "    lines",
    ]
    document = fine(tmp_path, start + end.join(lines) + end)
    found = spans(document)
    assert (found["😀é",], found["😀é", "KEY"]) == ('"𝒳 y"', '"😀é"')
    assert found["list",] == "[é, '😀', {k: v}]"
    assert [found["list", n] for n in (0, 1, 2)] == ["é", "'😀'", "{k: v}"]
    assert (found["list", 2, "k"], found["list", 2, "k", "KEY"]) == ("v", "k")
    assert document.place.at("empty") == Place("partners.yml", 3, 7, 1, {}, Place("partners.yml", 3, 1, 5))
    assert document.place.at("block")[1:4] == (5, 1, 5)
    assert found["block", 1] == "n: |"
    assert found["block", 1, "n"] == "|"
    assert [document.line(n) for n in (0, 1, 8, 9, 10, -1)] == ["", lines[0], lines[7], "", "", ""]


def test_places_of_problems_cover_what_is_wrong(tmp_path: Path) -> None:
    """The length of a problem's place reaches to the end of the value, on its first line."""
    content = "😀: &é1 x\r\na: *b\r\nc: foo: bar  \r\nc: 1\r\n".replace("é", "e").encode()
    document, problems = loaded(tmp_path, content)
    assert document is not None
    assert document.lost_lines == {2, 3}
    lines = content.decode().split("\r\n")
    covered = [lines[p.place.line - 1][p.place.column - 1 :][: p.place.length] for p in problems]
    assert covered == ["&e1 x", "*b", "foo: bar"]


# --- what is kept beside problems ---------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "data"),
    [
        ("a: 1\na: 2\nb: 3\n", {"a": "1", "b": "3"}),
        ("a: &x 1\nb: !y 2\n", {"a": "1", "b": "2"}),
        ("i\u200bd: ac\u200bme\nname: Acme\xa0Inc\n", {"id": "acme", "name": "Acme Inc"}),
        ('a: "\\u200b"\nb: "x\\u200by\\r\\nz"\n', {"a": "", "b": "xy z"}),
        ("a: \u200b\n", {"a": None}),
        ("%YAML 1.1\n---\na: 1\n", {"a": "1"}),
        ("a: 1\n---\nb: 1\n", {"a": "1", "b": "1"}),
        ("a: 1\n...\nb: 1\n", {"a": "1", "b": "1"}),
        ("a:\n- b: 1\n---\n- b: 2\n", {"a": [{"b": "1"}, {"b": "2"}]}),
        ("a: 1\nb: [1]\n---\na: 2\nb:\n  - 2\n---\nb: [3]\n", {"a": "1", "b": ["1", "2", "3"]}),
    ],
)
def test_data_that_can_be_trusted_is_kept(tmp_path: Path, content: str, data: object) -> None:
    """With these problems the rest of the file can still be checked, without what is refused."""
    document, problems = loaded(tmp_path, content)
    assert problems
    assert document is not None
    assert document.data == data
    assert document.text == content


@pytest.mark.parametrize(
    "content",
    ["a: *b\n", "a: {<<: {b: 1}}\n", "? [a]\n: b\n", "'': x\n",
     "[" * 30, "a: 'b\n", "a: 1\n" * 200],
)  # fmt: skip
def test_data_that_would_mislead_is_not(tmp_path: Path, content: str) -> None:
    """What something is missing from is left out as a whole, and its lines are known; of too many, all of the file."""
    document, problems = loaded(tmp_path, content)
    assert problems
    assert document is None or (document.lost_lines and document.data in (None, {"a": "1"}))
    assert document is not None or content.count("\n") > 100


@pytest.mark.parametrize("mark", ["---", "...", "...\n---", "--- # more"])
def test_what_stands_around_a_line_that_parts_the_data_is_known(tmp_path: Path, mark: str) -> None:
    """Expected: one mistake, however many entries follow; those of both parts have their places, and none is lost."""
    items = "".join(f"- id: a{number}\n" for number in range(40))
    for name in ("", "list:\n"):
        document, problems = loaded(tmp_path, f"list:\n{items}{mark}\n{name}{items}")
        assert document is not None
        assert [problem.place.line for problem in problems] == [42 + mark.count("\n")]
        assert slugs(problems) == ["second-document"]
        assert len(document.data["list"]) == 80
        last = document.text.count("\n")
        assert [document.place.at("list", index, "id").line for index in (0, 39, 79)] == [2, 41, last]
        assert not document.lost_lines


def test_a_file_in_two_parts_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look at it costs as much as the file is long."""
    made: list[str] = []
    before = compose.Composer.run

    def counted(self: compose.Composer) -> None:
        made.append("run")
        before(self)

    monkeypatch.setattr(compose.Composer, "run", counted)
    loaded(tmp_path, "list:\n" + "- id: a\n...\n" * 40 + "- id: b\n")
    assert len(made) == 1


def test_an_entry_is_incomplete_where_a_line_of_it_is_lost(tmp_path: Path) -> None:
    """Expected: what it seems to lack may stand there; the entries beside it, and a file that was read, are whole."""
    text = "list:\n- id: a\n  name: A\n- id: b\n  name: x: y\n  in:\n  - id: d\n- id: c\n  name: C\n"
    document, problems = loaded(tmp_path, text)
    assert document is not None
    assert [problem.place.line for problem in problems] == [5]
    assert [document.incomplete(document.place.at("list", n)) for n in range(3)] == [False, True, False]
    # A place may stand behind the last line.
    assert not document.incomplete(Place("partners.yml", 99))
    whole = fine(tmp_path, text.replace("x: y", "B"))
    assert not any(whole.incomplete(whole.place.at("list", n)) for n in range(3))


# --- files and folders --------------------------------------------------------------------


def test_the_limit_is_in_bytes_and_inclusive(tmp_path: Path) -> None:
    """A file of exactly the limit is read, one byte more is not."""
    assert loaded(tmp_path, "é: 1\n", 6)[1] == []
    document, problems = loaded(tmp_path, "é: 1\n", 5)
    assert document is None
    assert slugs(problems) == ["too-big"]
    assert "5 bytes" in problems[0].message


def make_link(path: Path) -> None:
    (path.parent / "elsewhere").write_text("a: 1\n")
    path.symlink_to(path.parent / "elsewhere")


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


@pytest.mark.parametrize(
    ("make", "word"),
    [(make_link, "link"), (Path.mkdir, "folder"), (os.mkfifo, "pipe"), (make_socket, "socket")],
)
def test_only_ordinary_files_are_read(tmp_path: Path, make: Any, word: str) -> None:
    """Anything else is refused at once, without following it or waiting for it."""
    path = tmp_path / "x.yml"
    make(path)
    document, problems = load(path, "x.yml", LIMIT)
    assert document is None
    assert slugs(problems) == ["not-a-file"]
    assert word in problems[0].message
    assert text_of(path, LIMIT) == ""


def test_a_device_is_refused() -> None:
    """A device is no regular file either."""
    _, problems = load(Path("/dev/null"), "x.yml", LIMIT)
    assert slugs(problems) == ["not-a-file"]
    assert "device" in problems[0].message


@pytest.mark.parametrize("make", [make_link, Path.mkdir, os.mkfifo])
def test_a_file_that_is_swapped_while_it_is_opened_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Any
) -> None:
    """The kind is checked on the open file too, so nothing can take its place after the first look."""
    path, honest = tmp_path / "x.yml", tmp_path / "honest.yml"
    honest.write_text("a: 1\n")
    make(path)
    looked_at = honest.lstat()
    monkeypatch.setattr(Path, "lstat", lambda _: looked_at)
    document, problems = load(path, "x.yml", LIMIT)
    assert document is None
    assert slugs(problems) in (["not-a-file"], ["unreadable-file"])


def test_a_file_that_is_gone_or_closed_to_us_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing file and one without permission each have a code; neither is an exception."""
    assert slugs(load(tmp_path / "x.yml", "x.yml", LIMIT)[1]) == ["missing-file"]
    path = tmp_path / "y.yml"
    path.write_text("a: 1\n")

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    problems = load(path, "y.yml", LIMIT)[1]
    assert slugs(problems) == ["unreadable-file"]
    assert problems[0].message == "cannot be read: permission denied"


def test_text_for_excerpts_is_read_as_well_as_it_can_be(tmp_path: Path) -> None:
    """Files that are not loaded still show their lines; the byte-order mark does not count."""
    path = tmp_path / "x.yml"
    path.write_bytes(b"\xef\xbb\xbfcaf\xe9\n")
    assert text_of(path, LIMIT) == "caf\ufffd\n"
    assert text_of(path, 3) == ""
    assert text_of(tmp_path / "none.yml", LIMIT) == ""


def touch(folder: Path, *names: str | bytes) -> Path:
    for name in names:
        path = Path(os.fsdecode(os.fsencode(folder) + b"/" + os.fsencode(name)))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return folder


def test_data_files_come_in_a_fixed_order(tmp_path: Path) -> None:
    """All known files are found; dot files and files of other kinds are passed over."""
    known = ["taxonomy.yml", "partners.yml", "partners/a.yml", "partners/b.yml", "people.yml", "portfolio.yml"]
    known += ["strategy.yml", "toolkit.yml", "rules.yml", "settings.yml"]
    touch(tmp_path, *reversed(known), ".hidden.yml", "README.md", "partners/.hidden.yml", "partners/notes.txt")
    files, problems = data_files(tmp_path)
    assert problems == []
    assert list(files.items()) == [(name, tmp_path / name) for name in known]


def test_files_that_are_needed_are_missed(tmp_path: Path) -> None:
    """taxonomy.yml is always needed, partners.yml only where partners/ holds nothing."""
    _, problems = data_files(tmp_path)
    assert [(p.code.slug, p.place.file) for p in problems] == [
        ("missing-file", "taxonomy.yml"),
        ("missing-file", "partners.yml"),
    ]
    files, problems = data_files(touch(tmp_path, "partners/ops.yml"))
    assert [p.place.file for p in problems] == ["taxonomy.yml"]
    assert list(files) == ["partners/ops.yml"]


def test_files_that_nobody_reads_are_errors(tmp_path: Path) -> None:
    """Each unknown YAML file is named, with the nearest known name."""
    touch(tmp_path, "taxonomy.yml", "partners.yml", "people.yaml", "portfolo.yml", "Settings.YML", "zzz.yml")
    touch(tmp_path, "partners/ops.yaml", "partners/b\nc.yml", "partners/ok.yml", b"partners/\xff.yaml")
    files, problems = data_files(tmp_path)
    assert list(files) == ["taxonomy.yml", "partners.yml", "partners/ok.yml"]
    assert {p.code.slug for p in problems} == {"unknown-file"}
    hints = {p.place.file: p.hint.split("?")[0] for p in problems}
    assert {file: hint.partition("mean ")[2] for file, hint in hints.items()} == {
        "Settings.YML": "'settings.yml'",
        "people.yaml": "'people.yml'",
        "portfolo.yml": "'portfolio.yml'",
        "zzz.yml": "",
        "partners/ops.yaml": "'ops.yml'",
        "partners/b\\nc.yml": "",
        "partners/\\udcff.yaml": "",
    }
    assert all((p.message + p.hint).isprintable() for p in problems)


def test_files_in_folders_that_nobody_reads_are_errors(tmp_path: Path) -> None:
    """However deep, with a place that no other file is told; logos, hidden folders and other files stay alone."""
    touch(
        tmp_path,
        "taxonomy.yml",
        "partners/a.yml",
        "partners/emea/x.yml",
        "partners/emea/dach/x.yaml",
        "people/z.yml",
        "notes/a.yml",
        "Partners/b.yml",
    )
    touch(tmp_path, ".git/a.yml", "logos/a.yml", "schemas/people.json", "partners/.old/a.yml", "people/notes.md")
    touch(tmp_path, b"people/\xff.yml", "partners/b.yml/c.yml", "notes/b.yml/c.yml")
    files, problems = data_files(tmp_path)

    assert list(files) == ["taxonomy.yml", "partners/a.yml", "partners/b.yml"]
    assert {p.code.slug for p in problems} == {"unknown-file"}
    assert {p.place.file: p.hint.partition("?")[0] for p in problems if p.hint.startswith("did")} == {
        "Partners/b.yml": "did you mean 'partners/b.yml'",
        "partners/emea/x.yml": "did you mean 'partners/emea-x.yml'",
        "partners/emea/dach/x.yaml": "did you mean 'partners/emea-dach-x.yml'",
        "people/\\udcff.yml": "did you mean 'people.yml'",
        "people/z.yml": "did you mean 'people.yml'",
    }
    assert [p.place.file for p in problems if not p.hint.startswith("did")] == ["notes/a.yml", "notes/b.yml"]
    assert all((p.message + p.hint).isprintable() for p in problems)


@pytest.mark.parametrize("target", ["../../emea", "nowhere", "emea"])
def test_a_link_to_a_folder_of_departments_is_an_error(tmp_path: Path, target: str) -> None:
    """Expected: it is told wherever it leads, since nobody reads what is behind it; links to other files stay alone."""
    touch(tmp_path, "emea/x.yml", "data/taxonomy.yml", "data/partners/a.yml", "data/partners/notes.txt")
    (tmp_path / "data/partners/emea").symlink_to(target)
    (tmp_path / "data/partners/.old").symlink_to(target)
    (tmp_path / "data/partners/README.md").symlink_to("notes.txt")
    files, problems = data_files(tmp_path / "data")
    assert list(files) == ["taxonomy.yml", "partners/a.yml"]
    assert [(p.code.slug, p.place.file) for p in problems] == [("not-a-file", "partners/emea")]


@pytest.mark.parametrize("make", [make_link, Path.touch, os.mkfifo])
def test_a_partners_folder_that_is_no_folder_is_one_error(tmp_path: Path, make: Any) -> None:
    """A link or a file in its place is refused; partners.yml is not missed on top of that."""
    make(touch(tmp_path, "taxonomy.yml") / "partners")
    files, problems = data_files(tmp_path)
    assert list(files) == ["taxonomy.yml"]
    assert [(p.code.slug, p.place.file) for p in problems] == [("not-a-file", "partners")]


def test_a_data_folder_that_is_none_is_one_error(tmp_path: Path) -> None:
    """A folder that is missing, or is a file, is named as it was given."""
    touch(tmp_path, "file")
    for place in (tmp_path / "none", tmp_path / "file"):
        files, problems = data_files(place)
        assert (files, slugs(problems)) == ({}, ["no-data-folder"])
        assert str(place) in problems[0].message


def test_folders_closed_to_us_are_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without permission is an error with its own code, not an exception."""
    touch(tmp_path, "taxonomy.yml", "partners/a.yml")
    listdir = os.listdir
    closed = {tmp_path / "partners"}

    def refuse(path: Path) -> list[str]:
        if path in closed:
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refuse)
    assert [(p.code.slug, p.place.file) for p in data_files(tmp_path)[1]] == [("unreadable-file", "partners")]
    closed.add(tmp_path)
    assert [(p.code.slug, p.place.file) for p in data_files(tmp_path)[1]] == [("unreadable-file", "")]


# --- whatever comes -----------------------------------------------------------------------

VALID = (
    (CASES / "fine.yml").read_bytes().removesuffix(b"...\n")
    + b"""
list: [a, {b: "c\\u0041", 'd': e}]
entries:
  - id: acme
    name: "Acme \xf0\x9f\x98\x80"
    notes: |
      two
      lines
"""
)
PIECES = st.sampled_from(
    [b"\t", b"\r", b"\n", b"  ", b": ", b"- ", b"'", b'"', b"[", b"{", b"]", b"}", b"&a ", b"*a", b"!!str ",
     b"!%ED%A0%80",
     b"<<: ", b"? ", b"---\n", b"%YAML 1.1\n", b"\\", b'"\\ud800"', b'"\\UFFFFFFFF"', b'"\\u200b"', b"#", b"|", b">-\n",
     b"\xff", b"\0", b"\xc2\xa0", b"\xe2\x80\x8b", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"<<<<<<< x\n", b"@", b"`", b"%",
     b"a: 1\n", b",", b"...\n", b"\xf0\x9f\x98\x80"]
)  # fmt: skip
MUTATIONS = st.lists(st.tuples(st.integers(0, len(VALID)), st.integers(0, 4), PIECES), max_size=6)


def test_what_is_mutated_is_valid(tmp_path: Path) -> None:
    """The slips below are made in a file that has none."""
    assert fine(tmp_path, VALID).data["entries"][0]["notes"] == "two\nlines\n"


def mutated(changes: list[tuple[int, int, bytes]]) -> bytes:
    content = VALID
    for at, cut, piece in changes:
        content = content[:at] + piece + content[at + cut :]
    return content


@pytest.fixture(scope="module")
def folder_of_module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("source")


# The second parser is what is left where the first was not built.
BOTH_PARSERS = pytest.mark.parametrize("parser", [yaml.CSafeLoader, yaml.SafeLoader])


def check_anything(folder: Path, parser: type[Any], content: bytes) -> None:
    """No exception; each problem stands inside the text and prints; no problem means a document."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compose, "_LOADER", parser)
        document, problems = loaded(folder, content)
    text = text_of(folder / "partners.yml", LIMIT)
    lines = text.split("\n")
    for problem in problems:
        place = problem.place
        assert 1 <= place.line <= len(lines) + 1
        assert 1 <= place.column <= len(lines[place.line - 1] if place.line <= len(lines) else "") + 1
        assert place.length >= 1
        assert problem.message
        assert problem.hint
        assert list(characters.in_text(problem.message + problem.hint, "")) == []
        assert "\n" not in problem.message + problem.hint
    if not problems:
        assert document is not None
        check_shape(document.data, document.place)


def check_shape(data: Any, place: Place) -> None:
    """Places mirror the data, and hold nothing but what the loader promises."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    assert list(place.children) == [step for step, _ in items]
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in items:
        assert (place.children[step].key is None) == isinstance(data, list)
        check_shape(value, place.children[step])
    assert data is None or type(data) in {dict, list, Scalar}


@BOTH_PARSERS
@given(content=st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_arbitrary_bytes_never_raise(folder_of_module: Path, parser: type[Any], content: bytes) -> None:
    """Whatever the bytes of a file are, there is a document, or problems, or both."""
    check_anything(folder_of_module, parser, content)


@BOTH_PARSERS
@example(changes=[(4, 3, b"!%ED%A0%80"), (55, 3, b"#")])
@given(changes=MUTATIONS)
def test_broken_files_never_raise(
    folder_of_module: Path, parser: type[Any], changes: list[tuple[int, int, bytes]]
) -> None:
    """Valid YAML with slips in it gives problems at places inside it."""
    check_anything(folder_of_module, parser, mutated(changes))


@BOTH_PARSERS
@given(pieces=st.lists(PIECES | st.sampled_from([b"a", b"b c", b": x\n"]), max_size=25))
def test_yaml_soup_never_raises(folder_of_module: Path, parser: type[Any], pieces: list[bytes]) -> None:
    """All the signs of YAML in any order give a document or problems."""
    check_anything(folder_of_module, parser, b"".join(pieces))


def test_both_parsers_agree_on_every_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the C parser the case files give the same codes on the same lines, syntax errors apart."""
    monkeypatch.setattr(compose, "_LOADER", yaml.SafeLoader)
    for case in sorted(CASES.glob("*.yml")):
        expected = case.with_suffix(".expected").read_text(encoding="utf-8")
        if "bad-yaml" in expected:
            assert "bad-yaml" in slugs(load(case, case.name, LIMIT)[1]), case.name
        else:
            assert report(load(case, case.name, LIMIT)[1]) == expected, case.name


LONG = {
    "flow": "[", "flow-map": "a: {", "block": "- ", "duplicates": "a: 1\n", "quote": "'x\n", "directives": "%x\n",
    "spaces": " ", "blank-lines": "\n", "odd-spaces": "\u00a0", "odd-spaces-apart": "a\u00a0", "odd-lines": "a\u00a0\n",
    "lone-cr": "a: 1\rb\n", "old-lines": "a: 1\r", "crlf": "  x\r\n", "joiners": "\u200d", "emoji": "👩\u200d💻",
    "flags": "🏴\U000e0067", "comments": "#x\n", "unclear": "a: b #c\n", "unclear-again": " #c", "hashes": "#",
    "hashes-apart": "# ", "dots": "...\n", "dashes": "---\n", "parts": "a:\n- b\n---\n",
    "secrets": "AKIAIOSFODNN7EXAMPLE ", "secret-lines": "# AKIAIOSFODNN7EXAMPLE\n", "keys": "BEGIN RSA PRIVATE KEY\n",
    "nearly-tokens": "eyJ", "nearly-tokens-apart": ".eyJ", "nearly-passwords": "://a:", "nearly-parameters": "?token",
}  # fmt: skip
AT_FIRST = {"crlf": "a: |\r\n", "emoji": "a: ", "unclear-again": "a: b", "hashes": "a: ", "hashes-apart": "a: b "}


def work(folder: Path, content: str) -> float:
    """The seconds of the processor that reading takes."""
    before = time.process_time()
    _, problems = loaded(folder, content, 20_000_000)
    assert len(problems) <= features.MAX_PROBLEMS + 1
    return time.process_time() - before


@pytest.mark.long
@pytest.mark.parametrize("kind", LONG)
def test_work_grows_as_the_size_of_a_file_and_no_faster(tmp_path: Path, kind: str) -> None:
    """Four times the text takes about four times the work; were it a square, it would take sixteen times.

    Whatever else the machine does: of two tries of each, the quicker counts.
    """

    def of(size: int) -> str:
        return AT_FIRST.get(kind, "") + LONG[kind] * (size // len(LONG[kind]))

    small = min(work(tmp_path, of(50_000)) for _ in range(2))
    assert any(work(tmp_path, of(200_000)) <= 9 * max(small, 0.02) for _ in range(2))


@pytest.mark.long
@pytest.mark.parametrize("content", ["[" * 10_000_000, "\u00a0" * 9_000_000], ids=["flow", "odd-spaces"])
def test_the_largest_files_end(tmp_path: Path, content: str) -> None:
    """Depth cannot exhaust the stack, and what is wrong with one line is said once."""
    assert len(loaded(tmp_path, content, 20_000_000)[1]) == 1


@pytest.mark.parametrize(("line", "around"), [(0, range(1)), (1, range(1, 2)), (2, range(2, 3))])
def test_items_whose_names_stand_in_one_column(line: int, around: range) -> None:
    """Expected: each is an entry of its own, also where a dash of a text processor stands further to the left."""
    assert recovery.Bounds(["*   a: 1", "   - b: 2", "   - c: 3"]).around(line) == around


class CountedLine(str):
    """A line that counts how often its indentation is asked for, which is how an entry's end is looked for."""

    asked = 0

    def lstrip(self, signs: str | None = None, /) -> str:
        CountedLine.asked += 1
        return super().lstrip(signs)


def lines_looked_at(text: str) -> int:
    """How often a line is looked at to find the entry of each."""
    CountedLine.asked = 0
    bounds = recovery.Bounds([CountedLine(line) for line in text.split("\n")])
    assert sum(len(bounds.around(number)) > 0 for number in range(text.count("\n"))) == text.count("\n")
    return CountedLine.asked


@pytest.mark.parametrize("entry", ["- id: a\n  name: A\n", "  - id: a\n    b:\n      - c\n    d: 1\n", "a: 1\n"])
def test_the_entries_of_all_lines_are_found_in_one_pass(entry: str) -> None:
    """Each line is looked at once, however many there are."""
    text = f"list:\n{entry * 50}---\nlist:\n{entry * 50}"
    assert lines_looked_at(text) <= text.count("\n") + 1


@pytest.mark.parametrize("missing", [0, 1, 40])
def test_a_file_is_taken_apart_once_for_all_that_it_lacks(
    tmp_path: Path, missing: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many entries are asked about: none, one, or all."""
    document, _ = loaded(tmp_path, "list:\n" + "- id: a\n" * 40 + "- id: x: y\n")
    assert document is not None
    made: list[int] = []
    before = recovery.Bounds.__init__

    def counted(self: recovery.Bounds, lines: list[str]) -> None:
        made.append(len(lines))
        before(self, lines)

    monkeypatch.setattr(recovery.Bounds, "__init__", counted)
    assert not any(document.incomplete(document.place.at("list", number)) for number in range(missing))
    assert len(made) == min(missing, 1)


@pytest.mark.parametrize(
    ("text", "line", "entry"),
    [
        ("a:\n  - b\nc:\n  - d\n", 1, range(1, 2)),  # a name of the file ends an item, which is indented
        ("- a: 1\nb: 2\n- c\n", 0, range(2)),  # and none that is not
        ("- a:\n  - b\n  c:\n", 1, range(1, 2)),  # a name of the entry outside ends the one inside
        ("- a:\n   - b\n  - c\n d: 1\n", 1, range(1, 2)),
        ("*     a: 1\n  - b\n", 0, range(1)),
        ("a: 1\nb: 2", 1, range(2)),  # in no entry, it is the whole
    ],
)
def test_an_entry_ends_where_the_next_one_or_a_name_outside_of_it_begins(text: str, line: int, entry: range) -> None:
    """Found from the indentation alone, whatever is wrong with the lines."""
    assert recovery.Bounds(text.split("\n")).around(line) == entry


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("        name: Acme", range(3, 5)),  # where it should stand
        ("   name: Acme", range(3, 5)),  # in no column of any entry
        ("    name: Sales", range(1, 5)),  # a line of the department
    ],
)
def test_a_line_too_far_to_the_left_belongs_to_what_is_above_it(line: str, entry: range) -> None:
    """Where a broken line stands in no column of an entry, that of the lines before it is left out, and no more."""
    lines = ["departments:", "  - id: sales", "    partners:", "      - id: acme", line]

    assert recovery.Bounds(lines).around(4) == entry
