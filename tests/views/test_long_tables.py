"""Tables that would be too long for a page: what the page shows of them, and where all of it is."""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from generator import paths
from generator.compare import Edition
from generator.compare.changes import Change, ChangeKind
from generator.model import Playbook
from generator.views.kit.links import Links
from generator.views.kit.long_tables import ROWS, LongTables, fair
from generator.views.kit.tables import Table
from generator.views.kit.view import View
from generator.views.kit.words import MANY
from tests.crowd import crowd
from tests.kit import as_read, directory_rows, loaded, pages_of, plain, rows

REST = re.compile(r"^The first (\d+) of (\d+)\. .*", re.MULTILINE)
LINK = re.compile(r"\]\(<([^>]+)>\)")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Playbook:
    """Nine hundred partners."""
    return loaded(crowd(tmp_path_factory.mktemp("crowd"), 900))


@pytest.fixture(scope="module")
def pages(company: Playbook) -> Mapping[str, str]:
    return pages_of(company)


def tables(page: str) -> Iterator[str]:
    """The lines of each table of a page."""
    yield from re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE)


def targets(path: str, text: str) -> list[str]:
    """What a part of the page `path` links to, from the root of the site."""
    found = (html.unescape(target) for target in LINK.findall(text))
    return [
        f"{path}{target}"
        if target.startswith("#")
        else posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        for target in found
        if not re.match(r"\w+:", target)
    ]


def known_rows(path: str, text: str) -> list[str]:
    """The rows of the tables, each as what it links to and what it says; a column of gaps may be left out of a part."""
    gaps = {"–", "none", "nobody", "not recorded"}
    return [
        f"{targets(path, ' '.join(row))} {[cell for cell in map(as_read, row) if cell not in gaps]}"
        for row in rows(text)
    ]


def cut(pages: Mapping[str, str]) -> Iterator[tuple[str, str, str, int, int]]:
    """Each table that is cut: its page, the line that says so, the table, and how many rows it has of how many."""
    for path, page in pages.items():
        for rest in REST.finditer(page) if path.endswith(".md") else ():
            below = re.search(r"\n((?:[|-] ?.*\n)+)", page[rest.end() :])
            if rest[0] and below:
                yield path, rest[0], below[1], int(rest[1]), int(rest[2])


@pytest.mark.long
def test_no_page_but_the_directory_has_a_long_table(pages: Mapping[str, str]) -> None:
    """No table has more rows than a page shows, no list in a sentence is long, and no page is large."""
    for path, page in pages.items():
        if path.endswith(".md") and path != paths.PARTNERS:
            assert max((len(rows(table)) for table in tables(page)), default=0) <= ROWS, path
            assert max(line.count("](<") for line in page.splitlines()) <= 3 * MANY, path
            assert len(page.encode()) < 400_000, path


@pytest.mark.long
def test_a_picture_of_many_days_marks_weeks(pages: Mapping[str, str]) -> None:
    """The lane of a department has a mark for each week at most, of reviews and of ends; the page says so."""
    page = pages[paths.HEALTH]
    marks = re.findall(r"<title>([^<]* in the week from [^<]*)</title>", page)

    assert "Each mark is a week:" in plain(page)
    assert page.count("<rect") < len(marks) + 40  # those of the other picture
    assert 0 < len(marks) <= 2 * 2 * 53
    assert any(re.fullmatch(r"\d+ agreements end in the week from [\d-]+", plain(mark)) for mark in marks)
    assert any(re.fullmatch(r"\d+ reviews due in the week from [\d-]+", plain(mark)) for mark in marks)


@pytest.mark.long
def test_what_may_be_long_is_cut_here(pages: Mapping[str, str]) -> None:
    """Every table that grows with the inventory is cut for this company, or the other tests would prove nothing."""
    found = {path: [*REST.finditer(page)] for path, page in pages.items() if path.endswith(".md")}
    assert {path: len(lines) for path, lines in found.items() if lines} == {
        "alignment.md": 2,
        "coverage.md": 1,
        "departments/care.md": 2,
        "departments/sales.md": 3,
        "findings.md": 2,
        "functions/sell.md": 4,
        "health.md": 3,
        "modes/close.md": 1,
        "modes/index.md": 1,
        "modes/light.md": 2,
        "modes/regular.md": 1,
        "ownership.md": 2,
        "people.md": 1,
        "toolkit.md": 4,
        "types/maker.md": 1,
        "types/shop.md": 1,
        "value.md": 1,
    }


@pytest.mark.long
def test_every_row_that_is_cut_stands_on_one_of_the_parts(pages: Mapping[str, str]) -> None:
    """The parts that the line leads to hold as many rows as it says, each once, and those of the page among them."""
    seen = 0
    for path, rest, table, shown, total in cut(pages):
        parts = [target for target in targets(path, rest) if not target.startswith(paths.PARTNERS)]
        held = [row for part in parts for row in known_rows(part, pages[part])]
        first = known_rows(path, table)

        assert len(first) == shown < total == len(held), (path, rest)
        assert len(set(held)) == len(held), path
        assert set(first) <= set(held), path
        seen += 1
    assert seen


@pytest.mark.long
def test_parts_lead_to_each_other_and_back(pages: Mapping[str, str]) -> None:
    """Each says how many of how many it has, leads to the section that it continues, and to all the others."""
    for path, rest, _, _, total in cut(pages):
        parts = [target for target in targets(path, rest) if not target.startswith(paths.PARTNERS)]
        for part in parts:
            here, ways = pages[part], re.search(r"^\*\*By the .*", pages[part], re.MULTILINE)
            back = next(target for target in targets(part, here) if target.startswith(f"{path}#"))

            assert f"\n{len(rows(here))} of {total}: " in here
            assert ways is not None
            assert targets(part, ways[0]) == [other for other in parts if other != part]
            assert f"{{ #{back.partition('#')[2]}" in pages[path], back
            assert 'search: {"exclude": true}' in here


@pytest.mark.long
def test_filters_show_the_same_partners(pages: Mapping[str, str]) -> None:
    """Where a line leads to the directory, its filters leave the partners of all parts, and no other."""
    directory = directory_rows(pages)
    seen = 0
    for path, rest, _, _, _ in cut(pages):
        ways = targets(path, rest)
        filtered = [target for target in ways if target.startswith(paths.PARTNERS)]
        for address in filtered:
            wanted = parse_qs(address.partition("?")[2], strict_parsing=True)
            left = {
                posixpath.join("partners", row["partner"][0])
                for row in directory
                if all(set(row[name]) & set(values) for name, values in wanted.items())
            }
            parts = [part for part in ways if part not in filtered]
            held = {target for part in parts for row in rows(pages[part]) for target in targets(part, " ".join(row))}
            assert left == {target for target in held if target.startswith("partners/")}, address
            seen += 1
    assert seen


@pytest.mark.long
def test_long_lists_lead_to_all_of_it(pages: Mapping[str, str]) -> None:
    """Of a list in a sentence the rest is one link away: on parts, in the directory, or on another page's parts."""
    for path, page in pages.items():
        if path.endswith(".md"):
            for more in re.findall(r"and (?:\[\d+ more\]\(<[^>]+>\)|\d+ more)(?! cannot)", page):
                assert "](<" in more, (path, more)
                target = targets(path, more)[0].partition("?")[0].partition("#")[0]
                assert target in pages, more


@pytest.mark.long
def test_no_link_is_broken(pages: Mapping[str, str]) -> None:
    """Every page and section that a page leads to is there."""
    anchors = {
        path: set(re.findall(r"\{:? #([\w-]+)|(?<=\s)#([\w-]+) \}|id=\"([\w-]+)", page)) for path, page in pages.items()
    }
    for path, page in pages.items():
        if path.endswith(".md") and not path.startswith("editors/"):
            for target in targets(path, page):
                file, _, anchor = target.partition("?")[0].partition("#")
                assert file in pages, (path, target)
                assert not anchor or any(anchor in found for found in anchors[file]), (path, target)


@pytest.mark.long
def test_what_is_cut_stays_whole_for_programs(company: Playbook, pages: Mapping[str, str]) -> None:
    """The inventory as JSON and the rows of the directory, which its CSV is made of, have every partner."""
    everybody = set(company.partners)
    assert {partner["id"] for partner in json.loads(pages[paths.INVENTORY])["partners"]} == everybody
    assert {row["partner"][0] for row in directory_rows(pages)} == {f"{partner}.md" for partner in everybody}
    assert len(rows(pages[paths.PARTNERS])) == len(directory_rows(pages))


@pytest.mark.long
def test_pages_and_bytes_grow_in_proportion(tmp_path: Path, pages: Mapping[str, str]) -> None:
    """Of four times as many partners there are four times as many pages and bytes, and none of them is much larger."""

    def measured(pages: Mapping[str, str]) -> tuple[int, int, int]:
        made = {path: len(page) for path, page in pages.items()}
        sizes = [size for path, size in made.items() if path.endswith(".md") and path != paths.PARTNERS]
        return len(made), sum(made.values()), max(sizes)

    number, size, largest = measured(pages_of(loaded(crowd(tmp_path / "data", 225))))
    more, larger, at_most = measured(pages)

    assert more < 4.4 * number
    assert larger < 4.4 * size
    assert at_most < 1.5 * largest


@pytest.mark.long
def test_changes_of_a_large_commit(company: Playbook) -> None:
    """A commit that adds every partner shows the first of them, and all by letter; small ones are shown whole."""
    changes = tuple(
        Change(ChangeKind.ADDED, partner.id, partner.name, "is new") for partner in company.partners.values()
    )
    moment = datetime(2026, 5, 1, tzinfo=UTC)
    editions = (
        Edition("a" * 40, moment, "Ann", changes),
        Edition("b" * 40, moment, "Ann", changes[:1]),
    )
    made = pages_of(company, editions)
    page = made[paths.CHANGES]
    (rest,) = REST.finditer(page)
    parts = targets(paths.CHANGES, rest[0])

    assert (rest[1], rest[2]) == (str(ROWS), "900")
    assert page.count("is new.") == ROWS + 1
    assert sum(made[part].count("is new.") for part in parts) == 900


# --- the parts ----------------------------------------------------------------------------


def parts_of(names: Sequence[str | tuple[str, str]]) -> list[tuple[str, str, list[str]]]:
    """The path, the label and the names of each part of a table of these names, each alone or with what comes then."""
    rows = [one if isinstance(one, tuple) else (one, "") for one in names]
    links = Links(Playbook(date(2026, 6, 1)), "page.md")
    long = LongTables(links)

    def make(_: Links, some: Sequence[tuple[str, str]]) -> Table:
        return Table(("Name",), tuple((name,) for name, _ in some))

    long.table("names", rows, make, lambda row: row[0], rows=1, then=lambda row: row[1])
    view = View("page.md", "x", "Page", "", None)
    return [
        (part.path, part.title.rpartition(", ")[2], [row[0] for row in part.facts.table.rows])  # type: ignore[attr-defined]
        for part in (later.make() for later in long.pages(view))
    ]


def test_letters_share_a_part_as_long_as_they_fit() -> None:
    """A part has as many letters as it has room for; what begins with no letter, and nobody, stand apart."""
    names = ["", *(f"{letter}{number:03}" for letter in "ABC" for number in range(90)), "3M", "§ 4"]

    assert [(path, label, len(some)) for path, label, some in parts_of(names)] == [
        ("page/names/nobody.md", "nobody", 1),
        ("page/names/0-9.md", "0–9", 2),
        ("page/names/a.md", "A–B", 180),
        ("page/names/c.md", "C", 90),
    ]


def test_a_letter_with_many_takes_several_parts() -> None:
    """They say from which beginning to which, or are numbered where one beginning has too many."""
    told = [f"B{letter}{number:02}" for letter in "adeg" for number in range(99)]
    alike = [f"Bab{number:03}" for number in range(450)]

    assert [part[:2] for part in parts_of(told)] == [
        ("page/names/b.md", "Ba0–Be0"),
        ("page/names/b-2.md", "Be0–Bg9"),
    ]
    assert [part[:2] for part in parts_of(alike)] == [
        ("page/names/b.md", "B 1"),
        ("page/names/b-2.md", "B 2"),
        ("page/names/b-3.md", "B 3"),
    ]


def test_many_of_one_name_are_told_apart_by_what_comes_then() -> None:
    """Such as the partners whom nobody owns: numbers alone would lead nobody to one of them."""
    found = [("", f"{letter}{number:03}") for letter in "CAB" for number in range(150)]
    own = [("Ann", f"D{number:03}") for number in range(250)]
    mixed = [("Bo", ""), *(("Bob", f"D{number:03}") for number in range(250))]

    assert [part[:2] for part in parts_of([*found, *own, *mixed])] == [
        ("page/names/nobody.md", "nobody: A00–B04"),
        ("page/names/nobody-2.md", "nobody: B05–C09"),
        ("page/names/nobody-3.md", "nobody: C10–C14"),
        ("page/names/a.md", "Ann: D00–D19"),
        ("page/names/a-2.md", "Ann: D20–D24"),
        ("page/names/b.md", "Bo–Bob"),
        ("page/names/b-2.md", "Bob"),
    ]


def test_names_of_every_script_have_a_part() -> None:
    """Accents do not count, cased scripts have their letters, and those without capitals share parts of their own."""
    names = ["Étoile", "eagle", "Ødegaard", "Ωmega", "Яблоко", "日本電気", "삼성", "שלום"]

    assert parts_of(names) == [
        ("page/names/e.md", "E–Я", ["eagle", "Étoile", "Ødegaard", "Ωmega", "Яблоко"]),
        ("page/names/other.md", "other", ["שלום", "日本電気", "삼성"]),
    ]


def test_a_page_of_many_tables_shows_fewer_rows_of_each() -> None:
    """All of each as long as a page has room; then the same number of each, and never fewer than ten."""
    assert fair([]) == ROWS
    assert fair([900]) == ROWS
    assert fair([100] * 5) == ROWS
    assert fair([5000] * 10) == 50
    assert fair([300, *[10] * 30]) == ROWS
    assert fair([300] * 500) == 10
