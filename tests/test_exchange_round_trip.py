"""What an export writes: it comes back as the same inventory, and no program runs a cell of it."""

from __future__ import annotations

import csv
import datetime
import errno
import gc
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from click.testing import Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.editing import Draft
from generator.exchange.exporting import KINDS
from generator.exchange.fields import COLUMNS, FIELDS, guarded, is_blank, joined, parts, unguarded
from generator.model import Playbook
from generator.schema.shapes import EntryShape
from generator.sinks import files
from generator.source import Document, Scalar, load
from tests.kit import contents, data_in, examples, loaded, run

TAXONOMY = """\
functions: [{id: sell, name: Selling, value: Sells.}]
types:
  - {id: shop, name: Shop, function: sell, definition: Sells in a shop., mode: light}
  - {id: agent, name: Agent, function: sell, definition: Sells for a fee., mode: light}
  - {id: maker, name: Maker, function: sell, definition: Makes things., mode: {before: light, after: close}}
modes:
  - {id: light, name: Light touch, summary: Asks for nothing.}
  - {id: close, name: Close, summary: Asks for a lot.}
stages: [{id: before, name: Before launch, before_launch: true}, {id: after, name: After launch}]
factors: [{id: power, name: Power}]
"""
PEOPLE = "people: [{id: ann, name: Ann Lee}, {id: bo, name: Bo Díaz}]\n"
SETTINGS = "as_of: 2026-06-01\n"
PORTFOLIO = "offers: [{id: gateway, name: Gateway, status: live}, {id: cloud, name: Cloud, status: live}]\n"
STRATEGY = "objectives: [{id: grow, title: Grow}]\n"
EMPTY = """\
departments:
  - id: sales
    name: Sales
    partners: []
  - id: alliances
    name: Alliances
    partners: []
"""
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''", "'t Hart", "-", "n/a", "NA", "a;b", 'a, "b"', "a: b", "{x}"]
HOSTILE += [
    "[x]",
    "#x",
    "NO",
    "null",
    "1.10",
    "012",
    "2026-01-01",
    "true",
    "\tx",
    "=cmd|' /C calc'!A0",
    "\uff1d1",
    "a  b",
]


def texts(limit: int, more: str = "") -> st.SearchStrategy[str]:
    """What editors may write on one line; `more` may stand in it, too."""
    letters = st.sampled_from("aB éŁ東ß0123456789 ,;:'\"=+-@#&*!|>%?{}[]()/\\_.\t" + more)
    free = st.text(letters, min_size=1, max_size=limit).filter(lambda text: bool(text.strip()))
    return st.one_of(st.sampled_from(HOSTILE), free)


days = st.dates(min_value=datetime.date(2020, 1, 1), max_value=datetime.date(2026, 5, 1)).map(str)
numbers = st.integers(1, 100).map(str)
names = st.lists(texts(12), max_size=3, unique=True)
people = st.sampled_from(["ann", "bo"])


def plain(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[Scalar]:
    """Values that stand in a data file without quotes."""
    return strategy.map(Scalar)


AGREEMENT = st.fixed_dictionaries(
    {"kind": texts(8)}, optional={"ref": texts(8), "ends": plain(days), "notice_days": plain(numbers)}
)
FIELDS_OF: dict[str, st.SearchStrategy[Any]] = {
    "status": st.sampled_from(["active", "prospect", "ended"]),
    "lead": st.sampled_from([Scalar("true"), Scalar("false")]),
    "mode": st.one_of(st.just("close"), st.just({"shop": "close"})),
    "mode_reason": st.just("power"),
    "regions": names,
    "offers": st.lists(st.sampled_from(["gateway", "cloud"]), unique=True),
    "objectives": st.just(["grow"]),
    "segment": texts(12),
    "tier": texts(12),
    "industries": names,
    "certifications": names,
    "business_model": texts(12),
    "value": texts(40),
    "sponsor": people,
    "backup_owner": people,
    "parent": texts(12),
    "agreements": st.lists(AGREEMENT, max_size=2),
    "reviewed": st.fixed_dictionaries({"date": plain(days), "by": people}),
    "satisfaction": st.fixed_dictionaries(
        {"date": plain(days), "score": plain(st.sampled_from(["4", "4.25", "0.5"])), "scale": plain(st.just("5")),
         "n": plain(numbers)}
    ),
    "links": st.lists(
        st.fixed_dictionaries({"label": texts(8), "url": st.just("https://example.com/a;b,c?d=1#e")}), max_size=2
    ),
    "notes": texts(60, "\n"),
}  # fmt: skip


@st.composite
def inventories(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """Entries by department: the second may share partners of the first, and sell through them."""
    found: dict[str, list[dict[str, Any]]] = {"sales": [], "alliances": []}
    ids = draw(
        st.lists(st.sampled_from(["a", "acme-1", "b2", "con-x", "zz", "null", "1e3", "no"]), unique=True, max_size=5)
    )
    for number, ident in enumerate(ids):
        homes = draw(st.sampled_from([("sales",), ("alliances",), ("sales", "alliances")]))
        name, domain = draw(texts(20)), f"p{number}.example"
        for home in homes:
            types = draw(st.sampled_from([["shop"], ["shop", "agent"], ["shop", "maker"]]))
            entry = {"id": ident, "types": types, "owner": draw(st.one_of(st.none(), people))}
            if home == homes[0]:
                entry |= {"name": name, "domain": domain, "formerly": draw(st.sampled_from([[], [f"old-{number}"]]))}
            if "maker" in types:
                entry["offer_stage"] = draw(st.sampled_from(["before", "after"]))
            chosen = draw(st.lists(st.sampled_from(sorted(set(FIELDS_OF) - {"parent"})), unique=True, max_size=6))
            entry |= {field: draw(FIELDS_OF[field]) for field in chosen}
            if home == homes[0] and found["sales"]:
                # One of those before it: nobody sells through himself, in however many steps.
                entry["via"] = draw(st.sampled_from([one["id"] for one in found["sales"]]))
            found[home].append(entry)
    return found


def company(folder: Path, inventory: str = EMPTY) -> Path:
    files = {"taxonomy": TAXONOMY, "people": PEOPLE, "settings": SETTINGS, "portfolio": PORTFOLIO, "strategy": STRATEGY}
    return data_in(folder / "data", **files, partners=inventory)


def inventory_text(folder: Path, entries: Mapping[str, list[dict[str, Any]]]) -> str:
    """The empty inventory with these entries in it, as our own writer puts them."""
    document, _ = load(folder / "data" / "partners.yml", "partners.yml", 10**6)
    assert isinstance(document, Document)
    draft = Draft(document)
    for index, home in enumerate(("sales", "alliances")):
        for entry in entries[home]:
            draft.add(("departments", index, "partners"), entry)
    return draft.text()


def done(*arguments: str) -> Result:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result


def known(playbook: Playbook) -> dict[str, Any]:
    """The partners; a list that editors leave empty says the same as none."""
    return dict(playbook.partners)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
@given(entries=inventories())
@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_an_export_comes_back_as_the_same_inventory(kind: str, entries: dict[str, list[dict[str, Any]]]) -> None:
    """Into departments without partners, it gives the same ones; into the same inventory, it changes no byte."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        data = company(folder)
        (data / "partners.yml").write_text(inventory_text(folder, entries), "utf-8")
        before, text = known(loaded(data)), (data / "partners.yml").read_bytes()
        file = str(folder / f"out{kind}")
        done("export", file, "--data", str(data))

        if not any(entries.values()):
            result = run("import", file, "--department", "sales", "--data", str(data))
            assert result.exit_code == 1
            assert "no row stands below the headings" in result.stderr
            return
        for home in ("sales", "alliances"):
            told = done("import", file, "--department", home, "--data", str(data)).stdout
            assert ("Nothing changes: " if entries[home] else "There is no row to import.") in told
        assert (data / "partners.yml").read_bytes() == text
        assert {path.name for path in folder.iterdir()} == {"data", f"out{kind}", "out.imported.csv"}

        (data / "partners.yml").write_text(EMPTY, "utf-8")
        (folder / "out.imported.csv").unlink()
        for home in ("sales", "alliances"):
            told = done("import", file, "--department", home, "--data", str(data)).output
            assert "To decide" not in told, told
        assert known(loaded(data)) == before


# --- cells --------------------------------------------------------------------------------


FORMULA = tuple(
    "=+-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
)


@pytest.mark.parametrize("sign", FORMULA)
def test_each_sign_that_begins_a_formula_is_guarded(sign: str) -> None:
    """Also the wide ones of Japanese and Chinese keyboards, which spreadsheet programs take for the narrow ones."""
    for text in (sign, f"{sign}1+1", f"{sign}HYPERLINK(1)", f"'{sign}1"):
        assert guarded(text) == f"'{text}"
        assert unguarded(guarded(text)) == text
    for text in (f"a{sign}1", f"1{sign}1"):
        assert guarded(text.strip()) == text.strip()


@given(st.one_of(texts(20, "\n\r"), st.text(max_size=20)))
def test_a_guarded_text_is_what_it_was(text: str) -> None:
    """And no program takes it for a formula, nor this one for a blank."""
    cell = guarded(text)
    assert unguarded(cell) == text
    assert not cell.startswith(FORMULA)
    assert is_blank(cell) == (text == "")


@given(st.lists(texts(10, "\n").map(str.strip).filter(bool), max_size=4))
def test_a_list_in_a_cell_is_what_it_was(items: list[str]) -> None:
    """Whatever signs its items hold."""
    assert parts(joined(items)) == items


@pytest.mark.parametrize(
    ("text", "items"),
    [("EMEA, APAC", ["EMEA", "APAC"]), ("EMEA; APAC,", ["EMEA", "APAC,"]), ("EMEA\nAPAC", ["EMEA", "APAC"]),
     ("'t Hart; O\"Neill", ["'t Hart", 'O"Neill']), (" ; ", [])],
)  # fmt: skip
def test_lists_as_people_write_them(text: str, items: list[str]) -> None:
    """Semicolons or line ends part them, and only where there are none, commas."""
    assert parts(text) == items


# --- files --------------------------------------------------------------------------------


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a company with a partner whose every text is a formula."""
    entry = {"id": "acme", "name": "=1+1", "types": ["shop"], "owner": None, "segment": "@x", "notes": "-1\n+2"}
    company(tmp_path)
    text = inventory_text(tmp_path, {"sales": [{**entry, "regions": ["=A1", "+2"], "value": "\tx"}], "alliances": []})
    company(tmp_path, text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_no_cell_of_an_export_is_run(hostile: Path) -> None:
    """In none of the three kinds does a text begin like a formula; in a workbook, every cell is text."""
    for kind in KINDS:
        done("export", f"{kind[1:]}{kind}")
    cells = [cell for row in csv.reader(io.StringIO((hostile / "csv.csv").read_text("utf-8-sig"))) for cell in row]
    cells += [text for row in json.loads((hostile / "json.json").read_text())["partners"] for text in row.values()]
    page = openpyxl.load_workbook(hostile / "xlsx.xlsx").worksheets[0]
    found = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in found} == {"s"}
    cells += [str(cell.value) for cell in found]
    assert sum(cell.startswith("'") for cell in cells) >= 12
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n"))]


def test_the_columns_are_the_fields(hostile: Path) -> None:
    """Every field of an entry has its column, or one for each of its own fields; all have a row of headings."""
    inner = re.compile(r"_(date|by|outcome|next|why|score|scale|n)$")
    names = {name if name in EntryShape.model_fields else inner.sub("", name) for name in FIELDS}

    assert names == set(EntryShape.model_fields)
    done("export", "out.csv")
    assert next(csv.reader(io.StringIO((hostile / "out.csv").read_text("utf-8-sig")))) == list(COLUMNS)


def test_one_department_or_all(hostile: Path) -> None:
    """The department is named by id or name, and is in the first column."""
    assert "out.csv has no rows" in done("export", "out.csv", "--department", "Alliances").stdout
    assert "all.csv has 1 row." in done("export", "all.csv").stdout
    assert "\nsales,acme," in (hostile / "all.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("kind", KINDS)
def test_an_export_overwrites_nothing(hostile: Path, kind: str) -> None:
    """What is there may hold work; only what would be the same again is no matter."""
    done("export", f"out{kind}")
    before = (hostile / f"out{kind}").read_bytes()
    done("export", f"out{kind}")
    assert (hostile / f"out{kind}").read_bytes() == before
    (hostile / f"out{kind}").write_bytes(before + b" ")
    result = run("export", f"out{kind}")
    assert result.exit_code == 2
    assert "is there already, and stays as it is" in result.stderr
    assert (hostile / f"out{kind}").read_bytes() == before + b" "


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stands", ["somebody's", "a folder", "a full disk"])
def test_an_export_is_written_with_its_state_or_not_at_all(
    hostile: Path, monkeypatch: pytest.MonkeyPatch, kind: str, stands: str
) -> None:
    """Where the file cannot stand that keeps what it says, it is not there, either."""
    state, write = hostile / "out.imported.csv", files._write
    if stands == "somebody's":
        state.write_text("mine")
    elif stands == "a folder":
        state.mkdir()

    def full(file: Path, new: bytes, path: Path, **more: bool) -> None:
        if path.name == state.name:
            raise OSError(errno.ENOSPC, "No space left on device", str(file))
        write(file, new, path, **more)

    monkeypatch.setattr(files, "_write", full)
    before = sorted(hostile.rglob("*"))
    result = run("export", f"out{kind}")
    assert result.exit_code == 2
    said = "cannot be written: no space left on device" if stands == "a full disk" else "and stays as it is"
    assert (
        f"Error: out.imported.csv {'' if stands == 'a full disk' else 'was not written by this command, '}{said}"
        in (result.stderr)
    )
    assert sorted(hostile.rglob("*")) == before


@pytest.mark.parametrize("other", ["out.csv", "out.xlsx", "out.ods"])
def test_two_spreadsheets_do_not_share_a_state(hostile: Path, other: str) -> None:
    """The second one has to have another name: what the first one said would be taken for what it did."""
    (hostile / other).write_text("name\n")
    (hostile / "out.imported.csv").write_text("department,id,name\nalliances,acme,Acme\n")
    before = contents(hostile)
    result = run("export", "out.json")
    assert result.exit_code == 2
    assert result.stderr == (
        f"Error: {other} is there, and out.imported.csv keeps what it said: choose another name than out\n"
    )
    assert contents(hostile) == before


def test_a_state_keeps_what_other_departments_said(hostile: Path) -> None:
    """Their sheet may be with somebody; what the department exports itself is what counts of it."""
    state = hostile / "out.imported.csv"
    state.write_text("department,id,name\nalliances,birch,Birch\nsales,acme,Acme\nsales,gone,Gone\n")
    done("export", "out.csv", "--department", "sales")
    lines = [
        line.split(",")[:2] for line in state.read_text().splitlines() if line.startswith(("sales,", "alliances,"))
    ]
    assert lines == [["alliances", "birch"], ["sales", "acme"]]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("out.xls", "out.xls should end in .csv, .xlsx, .json"),
        ("no/such/out.csv", "cannot be written"),
        (".", "should end"),
    ],
)
def test_exports_that_cannot_be(hostile: Path, file: str, said: str) -> None:
    """They say why."""
    result = run("export", file)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_workbook_does_not_tell_when_it_was_made(hostile: Path) -> None:
    """The same inventory gives the same bytes on every day."""
    done("export", "out.xlsx")
    with zipfile.ZipFile(hostile / "out.xlsx") as packed:
        assert {part.date_time[0] for part in packed.infolist()} == {1980}
        assert set(re.findall(rb">(\d{4})-\d\d-\d\dT", packed.read("docProps/core.xml"))) == {b"1980"}


def test_a_text_that_fits_in_no_cell_is_not_cut(hostile: Path) -> None:
    """A workbook would lose the rest of it; the other kinds hold it."""
    path = hostile / "data" / "partners.yml"
    many = ", ".join(f"certificate number {number}" for number in range(2000))
    path.write_text(path.read_text().replace("        segment:", f"        certifications: [{many}]\n        segment:"))
    result = run("export", "out.xlsx")
    assert result.exit_code == 2
    assert "certifications of acme has more than 32,767 characters" in result.stderr
    gc.collect()  # a workbook that was left half written complains when it is taken away
    done("export", "out.csv")


@pytest.fixture
def thousand(tmp_path: Path) -> Callable[[], Result]:
    """Imports a thousand partners."""
    data = company(tmp_path)
    rows = "".join(f"Partner Number {number} of Many,Shop,Ann Lee,p{number}.example\n" for number in range(1000))
    (tmp_path / "our.csv").write_text("Name,Type,Owner,Website\n" + rows)
    return lambda: done("import", str(tmp_path / "our.csv"), "--department", "sales", "--data", str(data))


@pytest.mark.long
def test_a_thousand_rows_are_imported(thousand: Callable[[], Result], tmp_path: Path) -> None:
    """Each of them, and once."""
    thousand()
    assert len(loaded(tmp_path / "data").partners) == 1000
    assert "Nothing changes" in thousand().stdout
