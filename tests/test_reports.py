"""Reports: what a person reads, and that data cannot forge a line of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from generator.problems import Code, Place, Problem, Severity
from generator.reports.printable import cells, printable
from generator.reports.text import Lines, explanation, listing, report, summary

ERROR = Code("unknown-type", Severity.ERROR, "A type that nobody knows", "It is not in the taxonomy.", "Correct it.")
WARNING = Code("unowned", Severity.WARNING, "Nobody owns it", "The owner is null.", "Name an owner.")


class Text:
    """A data file that is nothing but its lines."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines

    def line(self, number: int) -> str:
        return self.lines[number - 1] if number <= len(self.lines) else ""


def shown(problem: Problem, *lines: str) -> list[str]:
    documents: Mapping[str, Lines] = {problem.place.file: Text(*lines)}
    return report([problem], documents, "data").split("\n")


def caret(line: str, column: int, length: int) -> tuple[str, str]:
    _, excerpt, carets, *_ = shown(Problem(ERROR, "m", Place("f.yml", 1, column, length)), line)
    return excerpt.removeprefix("  1 | "), carets.removeprefix("    | ")


def test_a_problem_is_its_place_its_message_an_excerpt_and_help() -> None:
    """The form that editors and build services recognize, then what a person needs to mend it."""
    problem = Problem(ERROR, "'isv' is no type", Place("partners.yml", 2, 10, 3), "did you mean 'isv-ihv'?")
    assert shown(problem, "- id: acme", "  types: [isv]") == [
        "data/partners.yml:2:10: error[unknown-type]: 'isv' is no type",
        "  2 |   types: [isv]",
        "    |          ^^^",
        "    help: did you mean 'isv-ihv'?",
        "",
        "1 error in 1 file",
        "",
    ]


def test_errors_come_before_warnings_and_both_are_counted() -> None:
    """The order within each stays; the summary counts both and the files."""
    problems = [
        Problem(WARNING, "w1", Place("a.yml", 1)),
        Problem(ERROR, "e1", Place("b.yml", 1)),
        Problem(WARNING, "w2", Place("b.yml", 3)),
    ]
    text = report(problems, {}, "data/")
    assert re.findall(r"\b[ew]\d\b", text) == ["e1", "w1", "w2"]
    assert text.endswith("\n1 error, 2 warnings in 2 files\n")
    assert text.startswith("data/b.yml:1:1: error")
    assert summary([]) == "no problems"


def test_a_problem_of_the_whole_folder_names_the_folder() -> None:
    """A place without a file is the data folder itself, also where that is the root."""
    assert report([Problem(ERROR, "m", Place())], {}, "data").startswith("data:1:1: error")
    assert report([Problem(ERROR, "m", Place())], {}, "/").startswith("/:1:1: error")


def test_color_only_adds_color() -> None:
    """Without color there is no escape sequence; with it, the text is the same."""
    problem = Problem(ERROR, "m", Place("f.yml", 1, 1, 2), "h")
    plain = report([problem], {"f.yml": Text("abc")}, "data")
    colored = report([problem], {"f.yml": Text("abc")}, "data", color=True)
    assert "\x1b" not in plain
    assert "\x1b[" in colored
    assert re.sub("\x1b\\[[0-9;]*m", "", colored) == plain


@pytest.mark.parametrize(
    "char",
    [
        *("\n", "\r", "\t", "\0", "\x1b", "\x7f", "\x85", "\u200b", "\u202e", "\u2066", "\u2028", "\u2029"),
        *("\xa0", "\ufeff", "\u3164", "\ufe0f", "\xad", "\udcff", "\U000e0041", "\uffff"),
    ],
)
def test_what_cannot_be_seen_is_written_out(char: str) -> None:
    """Control, bidirectional, zero-width and blank characters and line separators appear as their number."""
    assert printable(f"a{char}b") == f"a\\u{{{ord(char):X}}}b"


def test_what_can_be_seen_stays() -> None:
    """Letters of every script and emoji are printed as they are."""
    assert printable("Grüße, 株式会社 שלום 😀 ##") == "Grüße, 株式会社 שלום 😀 ##"


def test_long_text_is_cut() -> None:
    """A message cannot flood the screen."""
    assert printable("x" * 2000) == "x" * 1000 + "..."


@pytest.mark.parametrize("command", ["##[error]x", "##vso[task.x]y", "a ##teamcity[b"])
def test_commands_to_build_services_are_broken(command: str) -> None:
    """Some services take these for commands wherever in a line they stand."""
    assert "#\\u{23}" in printable(command)
    assert "##" not in printable(command)
    assert "##" not in "".join(text for text, _ in cells(command))


@pytest.mark.parametrize(
    "forged", ["\n::error::x", "\r\n::error::x", "\u2028::error::x", "\x85data/x.yml:1:1: error[a]: b"]
)
def test_no_line_can_be_forged(forged: str) -> None:
    """Hostile text in every place that takes text from data starts no line of its own."""
    problem = Problem(ERROR, f"m{forged}", Place(f"f{forged}.yml", 1, 3, 1), f"h{forged}")
    lines = shown(problem, f"name: {forged}")
    assert len("\n".join(lines).splitlines()) == 6
    assert not any(line.lstrip().startswith(("::", "data/x")) for line in lines)


@pytest.mark.parametrize(
    ("line", "column", "length", "expected"),
    [
        ("abcdef", 3, 2, "  ^^"),
        ("abc", 4, 1, "   ^"),  # at the end of the line
        ("abc", 9, 5, "   ^"),  # past its end
        ("abc", 2, 99, " ^^"),  # a value that goes on in the next line
        ("", 1, 1, "^"),
        ("日本語", 2, 1, "  ^^"),  # twice as wide
        ("e\u0301x", 3, 1, " ^"),  # a combining mark takes no room
        ("\tx", 2, 1, "    ^"),
        ("ab\tx", 4, 1, "    ^"),
        ("a\u200bx", 3, 1, "         ^"),
    ],
)
def test_the_caret_stands_under_the_value(line: str, column: int, length: int, expected: str) -> None:
    """Also behind tabs, wide characters, combining marks and characters that are written out."""
    assert caret(line, column, length)[1] == expected


def test_a_long_line_is_cut_around_the_caret() -> None:
    """The excerpt stays narrow, shows the value, and the caret is under it."""
    line = "x" * 5000 + "HERE" + "y" * 5000
    excerpt, carets = caret(line, 5001, 4)
    assert len(excerpt) < 120
    assert excerpt.startswith("...x")
    assert excerpt.endswith("y...")
    assert excerpt.index("HERE") == carets.index("^")
    assert carets.count("^") == 4


def test_a_line_of_megabytes_is_no_trouble() -> None:
    """Only the part around the place is looked at."""
    excerpt, carets = caret("日" * 3_000_000, 2_000_000, 1_000_000)
    assert len(excerpt) < 120
    assert "^" in carets


def test_a_line_that_fits_is_not_cut() -> None:
    """A value near the end of an ordinary line is shown with the whole line before it."""
    excerpt, _ = caret("a: " + "b" * 80 + " HERE", 85, 4)
    assert excerpt.startswith("a: b")


def test_explanations() -> None:
    """An explanation says what and how; the list has every code under its severity."""
    assert explanation(ERROR).startswith("unknown-type (error): A type that nobody knows\n")
    assert "How to mend it: Correct it." in explanation(ERROR)
    text = listing([ERROR, WARNING])
    assert text.index("unknown-type") < text.index("Warnings") < text.index("unowned ")
