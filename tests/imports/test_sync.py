"""Sources: what other systems keep comes in by one command, all of it or nothing, and no secret is ever said."""

from __future__ import annotations

import errno
import gzip
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result

from generator.sinks import files
from generator.sources import web as fetching
from generator.sources.variables import NoAnswer
from tests.imports.kit import Company
from tests.imports.web import Answer, Web, serving
from tests.kit import contents, run

SHEET = b"Name,Type,Owner,Tier\nTavaro,ISV,Maya Okafor,Select\nQuillmoor,ISV,Maya Okafor,\n"
JSON = '[{"Name": "Żółw", "Type": "ISV", "Owner": "Maya Okafor"}]'.encode()
SECRET = "s3cr3t/p@ss word&%"  # noqa: S105 - of no use anywhere


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as found:
        yield found


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that nothing may ever repeat, whatever goes wrong."""
    monkeypatch.setenv("TOKEN", SECRET)
    monkeypatch.setenv("no_proxy", "*")


def sources(company: Company, *entries: str) -> None:
    """Write sources.yml."""
    (company.folder / "data" / "sources.yml").write_text("sources:\n" + "".join(f"  - {{{one}}}\n" for one in entries))


def sync(*arguments: str) -> Result:
    """Sync; the secret is in nothing that is said."""
    result = run("sync", *arguments)
    assert SECRET not in result.output
    assert "s3cr3t" not in result.output
    assert "bug of playbook" not in result.output, result.output
    return result


def database(company: Company, *rows: tuple[object, ...], columns: str = "name, types, owner") -> None:
    """A database of SQLite with a table of accounts."""
    with sqlite3.connect(company.folder / "crm.db") as opened:
        opened.execute(f"create table accounts ({columns})")
        marks = ", ".join("?" for _ in columns.split(","))
        opened.executemany(f"insert into accounts values ({marks})", rows)  # noqa: S608 - of this test's making
    opened.close()


def test_a_web_address_a_file_and_a_database(company: Company, web: Web) -> None:
    """All three come in at once; a second run changes nothing, and asks for nothing that it need not."""
    pytest.importorskip("sqlalchemy")
    web.answers["/partners.csv"] = Answer(SHEET)
    (company.folder / "our").mkdir()
    (company.folder / "our" / "list.csv").write_text("Name,Type,Owner\nBellhaven,MSP,Priya Raman\n")
    database(company, ("Corvane 100%", "sales-agent", "liam-harcourt"))
    sources(
        company,
        f'id: web, department: channel-sales, url: "{web.url("/partners.csv")}?token=${{TOKEN}}",'
        ' headers: ["Authorization: Bearer ${TOKEN}"]',
        "id: list, name: Our list, department: alliances, file: our/list.csv",
        'id: crm, department: alliances, database: "sqlite:///crm.db",'
        " query: \"select * from accounts where name like '%100%' and ':x' = ':x'\"",
    )
    before = company.data
    dry = sync("--dry-run")
    assert dry.exit_code == 0, dry.output
    assert company.data == before
    result = sync()
    assert result.exit_code == 0, result.output
    for name in ("Tavaro", "Quillmoor", "Bellhaven", "Corvane 100%"):
        assert f"{name} is new in " in result.stdout
        assert f"{name} is new in " in dry.stdout
    assert "Our list: 1 row." in result.stdout
    ((asked, headers),) = web.asked[1:]
    assert asked == "/partners.csv?token=s3cr3t%2Fp%40ss%20word%26%25"
    assert headers["Authorization"] == f"Bearer {SECRET}"
    assert {path for path in contents(company.folder) if "imported" in path} == {
        "our/list.imported.csv", "sources/crm.imported.csv", "sources/web.imported.csv",
    }  # fmt: skip
    again = contents(company.folder)
    assert "Nothing changes: the data says so already." in sync().stdout
    assert contents(company.folder) == again
    assert run("check").exit_code == 0


@pytest.mark.parametrize("end", ["imported.csv", "review.csv", "columns.yml"])
def test_the_data_is_written_with_what_stands_beside_sources(
    company: Company, web: Web, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    """All or none, of all sources; the folder for them is not left empty."""
    web.answers["/x.csv"] = Answer(b"Firm,Company,Type,Owner\nx,Tavaro,ISV,Maya Okafor\nx,Quillmoor,VAR?,Maya Okafor\n")
    sources(
        company,
        *(f'id: {name}, department: channel-sales, url: "{web.url("/x.csv")}"' for name in ("one", "two")),
    )
    write, before = files._write, contents(company.folder)

    def full(file: Path, new: bytes, path: Path, **more: bool) -> None:
        if path.name == f"two.{end}":
            raise OSError(errno.ENOSPC, "No space left on device", str(file))
        write(file, new, path, **more)

    with monkeypatch.context() as patched:
        patched.setattr(files, "_write", full)
        result = sync()
    assert result.exit_code == 2
    assert result.stderr == (
        f"Error: sources/two.{end} cannot be written: no space left on device; nothing is changed\n"
    )
    assert contents(company.folder) == before
    assert not (company.folder / "sources").exists()
    assert sync().exit_code == 0


def test_sources_that_share_a_state(company: Company) -> None:
    """What each of them said is known the next time, as of two sheets of one workbook."""
    for kind, name in (("json", "Tavaro"), ("csv", "Quillmoor")):
        (company.folder / f"our.{kind}").write_text(
            f'[{{"Name": "{name}", "Type": "ISV", "Owner": "Maya Okafor", "Tier": "Select"}}]'
            if kind == "json"
            else f"Name,Type,Owner,Tier\n{name},ISV,Maya Okafor,Select\n"
        )
    sources(company, *(f"id: {kind}, department: {home}, file: our.{kind}" for kind, home in HOMES))
    assert sync().exit_code == 0
    lines = (company.folder / "our.imported.csv").read_text().splitlines()
    assert [line.split(",")[:2] for line in lines[1:]] == [["alliances", "quillmoor"], ["channel-sales", "tavaro"]]
    (company.folder / "our.json").write_text('[{"Name": "Tavaro", "Type": "ISV", "Owner": "Maya Okafor", "Tier": ""}]')
    assert "a cell is empty that said something at the last import" in sync().stdout


HOMES = (("json", "channel-sales"), ("csv", "alliances"))


def test_the_dry_run_says_the_same(company: Company, web: Web) -> None:
    """But for what it would write."""
    web.answers["/x.csv"] = Answer(SHEET.replace(b"ISV,Maya Okafor,Select", b"VAR?,Nobody,Gold"))
    sources(company, f'id: web, department: channel-sales, url: "{web.url("/x.csv")}"')
    dry, real = sync("--dry-run").stdout, sync().stdout
    would, is_ = "The data stays as it is: data/partners.yml would be written.", "Written: data/partners.yml."
    told = [line for line in dry.replace(would, is_).splitlines() if "says which column is which" not in line]
    assert told == real.splitlines()
    assert "To decide (3):" in dry
    assert "To decide (3):" in real


def test_one_that_fails_keeps_all_from_being_written(company: Company, web: Web) -> None:
    """Every failure is said, not the first alone."""
    web.answers["/good.csv"] = Answer(SHEET)
    web.answers["/bad.csv"] = Answer(b"Name,Type,Owner,Tier\nTavaro,ISV,Maya Okafor,a,b\n")
    sources(
        company,
        f'id: good, department: channel-sales, url: "{web.url("/good.csv")}"',
        f'id: gone, department: channel-sales, url: "{web.url("/gone.csv?token=${TOKEN}")}"',
        f'id: bad, department: channel-sales, url: "{web.url("/bad.csv")}"',
    )
    before = contents(company.folder)
    result = sync()
    assert result.exit_code == 1
    assert "error[no-answer]: gone: it answers 404 (Not Found)" in result.stderr
    assert "data/sources.yml:3:" in result.stderr
    assert "\n  3 |   - {id: gone, " in result.stderr
    assert "\nbad:2:" in result.stderr
    assert "row 2 has 5 cells, the heading 4" in result.stderr
    assert "Nothing is written, because of gone and bad." in result.stderr
    assert contents(company.folder) == before
    assert sync("good").exit_code == 0
    assert set(company.partners) == {"tavaro", "quillmoor"}


def test_what_is_undecided_stops_nothing(company: Company, web: Web) -> None:
    """It is said where answers are waited for; once given, they are taken."""
    web.answers["/one.csv"] = Answer(SHEET)
    web.answers["/two.csv"] = Answer(b"Name,Type,Owner\nEstoril,VAR?,Maya Okafor\nFarrow,ISV,Maya Okafor\n")
    sources(
        company,
        f'id: two, department: channel-sales, url: "{web.url("/two.csv")}"',
        f'id: one, department: channel-sales, url: "{web.url("/one.csv")}"',
    )
    result = sync()
    assert result.exit_code == 0
    assert set(company.partners) == {"tavaro", "quillmoor", "farrow"}
    assert "Fill in the column decision of sources/two.review.csv, and sync again." in result.stdout
    assert "Undecided, and left as it was, in two (1 question); everything else is taken." in result.stdout
    path = company.folder / "sources" / "two.review.csv"
    path.write_text(path.read_text("utf-8-sig").rstrip("\r\n,") + ",isv-ihv\n", "utf-8")
    assert "Undecided" not in sync().stdout
    assert "estoril" in company.partners


def test_what_waits_is_not_said_to_be_there(company: Company, web: Web) -> None:
    """Nothing changes yet where something has to be decided, whatever else is the same; without a row it is said."""
    web.answers["/open.csv"] = Answer(b"Name,Type,Owner\nEstoril,VAR?,Maya Okafor\n")
    web.answers["/x.csv"] = Answer(b"Name,Type,Owner\nTavaro,ISV,Maya Okafor\n")
    entries = [f'id: {name}, department: channel-sales, url: "{web.url(f"/{name}.csv")}"' for name in ("open", "x")]
    sources(company, *entries)
    assert sync("x").exit_code == 0
    assert "Nothing changes: the data says so already.\n" in sync("x").stdout
    for arguments in (["open"], ["open", "--dry-run"], []):
        assert "Nothing changes yet.\n" in sync(*arguments).stdout
    web.answers["/x.csv"] = Answer(b"Department,Name,Type,Owner\nAlliances,Tavaro,ISV,Maya Okafor\n")
    assert "There is no row to import.\n" in sync("x").stdout


def test_what_the_data_cannot_hold(company: Company, web: Web) -> None:
    """Nothing is written, and the cell is named."""
    web.answers["/x.csv"] = Answer(b"id,Name,Type,Owner,via\ntavaro,Tavaro,ISV,Maya Okafor,tavaro\n")
    sources(company, f'id: web, department: channel-sales, url: "{web.url("/x.csv")}"')
    before = contents(company.folder)
    result = sync()
    assert result.exit_code == 1
    assert "web:2:5: error[" in result.stderr
    assert contents(company.folder) == before


def test_the_key_is_recorded(company: Company, web: Web) -> None:
    """From then on a partner is known by it; a column that is not there is named where the key stands."""
    web.answers["/x.csv"] = Answer(b"Account ID,Name,Type,Owner\n001A,Tavaro,ISV,Maya Okafor\n")
    sources(company, f'id: crm, department: channel-sales, key: Account ID, url: "{web.url("/x.csv")}"')
    assert sync().exit_code == 0
    assert company.playbook.partners["tavaro"].ids == {"crm": "001A"}
    web.answers["/x.csv"] = Answer(b"Account ID,Name,Type,Owner,Tier\n001A,Another Name,ISV,Maya Okafor,Select\n")
    assert sync().exit_code == 0
    assert company.entry("tavaro").tier == "Select"
    sources(company, f'id: crm, department: channel-sales, key: Acount ID, url: "{web.url("/x.csv")}"')
    result = sync()
    assert result.exit_code == 1
    assert "data/sources.yml:2:" in result.stderr
    assert "key: Acount ID" in result.stderr
    assert "the spreadsheet has no column 'Acount ID'" in result.stderr


def test_a_column_map_of_a_source(company: Company, web: Web) -> None:
    """It stands where the source says, and may be shared."""
    web.answers["/x.json"] = Answer(
        b'[{"Firma": "Tavaro", "Art": "ISV", "Owner": "Maya Okafor"}]', kind="application/json"
    )
    (company.folder / "our.yml").write_text("columns: {Firma: name, Art: types}\n")
    sources(
        company,
        f'id: crm, department: Channel, map: our.yml, url: "{web.url("/x.json")}"'.replace("Channel", "channel-sales"),
    )
    assert sync().exit_code == 0
    assert set(company.partners) == {"tavaro"}
    assert not (company.folder / "sources" / "crm.columns.yml").exists()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(b"", 401), "it answers 401 (Unauthorized)"),
        (Answer(b"", 503), "it answers 503 (Service Unavailable)"),
        (Answer(b"<!DOCTYPE html><title>Log in", kind="text/html"), "it answers with a web page, not with a"),
        (Answer(b"\n <html>", kind="text/csv"), "it answers with a web page, not with a spreadsheet"),
        (Answer(b"", kind="text/csv"), "nothing stands in it"),
        (Answer(SHEET, headers={"Link": '</x.csv?page=2>; rel="next", </x.csv?page=9>; rel="last"'}),
         "it gives one page of several, as its header Link says"),
        (Answer(b'{"value": [{}], "@odata.nextLink": "/"}'), "this is one page of several, as its '@odata.nextLink'"),
        (Answer(b'{"error": "no"}', kind="application/json"), "this JSON has no list of partners, but 'error'"),
        (Answer(b"[]", kind="text/plain"), "no partner is in it: its list is empty"),
        (Answer(gzip.compress(SHEET)[:-9], headers={"Content-Encoding": "gzip"}), "what it packed is damaged"),
        (Answer(b"\x1f\x8bx", headers={"Content-Encoding": "gzip"}), "what it packed is damaged"),
        (Answer(b"\x8b", headers={"Content-Encoding": "br"}), "it packs its answer as br"),
        (Answer(b"a,b\n", promised=50), "the connection broke off"),
        (Answer(b"", 302, headers={"Location": "file:///etc/passwd"}), "it answers 302 (Found)"),
        (Answer(b"", 302, headers={"Location": "ftp://127.0.0.1/x"}), "it sends on to an address that is not safe"),
        (Answer(b"", 302, headers={"Location": "/x.csv"}), "it answers 302 (Found)"),
    ],
)  # fmt: skip
def test_answers_that_are_no_table(company: Company, web: Web, answer: Answer, said: str) -> None:
    """Each says what is wrong, in a line, and what to do."""
    web.answers["/x.csv"] = answer
    sources(company, f'id: crm, department: channel-sales, url: "{web.url("/x.csv?token=${TOKEN}")}"')
    result = sync()
    assert result.exit_code == 1, result.output
    assert said in result.stderr
    assert "  help: " in result.stderr
    assert "Nothing is written, because of crm." in result.stderr


@pytest.mark.parametrize(
    "answer",
    [
        Answer(JSON, kind="text/plain; charset=utf-8"),
        Answer(JSON, kind="application/octet-stream"),
        Answer(JSON.strip(b"[]") + b"\n" + JSON.strip(b"[]"), kind="application/x-ndjson"),
        Answer(JSON.strip(b"[]"), kind="application/jsonl; charset=utf-8"),
        Answer(gzip.compress(JSON), kind="application/json", headers={"Content-Encoding": "gzip"}),
        Answer(gzip.compress(JSON[:9]) + gzip.compress(JSON[9:]), kind="application/gzip"),
        Answer(JSON, headers={"Link": '</x?page=1>; rel="prev"', "Content-Encoding": "identity"}),
        Answer(JSON.decode().encode("iso-8859-2"), kind="application/json; charset=ISO-8859-2"),
        Answer("Name,Type,Owner\nŻółw,ISV,Maya Okafor\n".encode("cp1250"), kind="text/csv; charset=windows-1250"),
        Answer("Name,Type,Owner\nŻółw,ISV,Maya Okafor\n".encode(), kind="text/csv; charset=windows-1250"),
        Answer("Name,Type,Owner\nŻółw,ISV,Maya Okafor\n".encode(), kind="text/csv; charset=unicode-escape"),
    ],
)
def test_however_servers_send_it(company: Company, web: Web, answer: Answer) -> None:
    """Expected: what it is counts, not what it is called; packed or not; its letters as it says they are stored."""
    web.answers["/x"] = answer
    sources(company, f'id: crm, department: channel-sales, url: "{web.url("/x")}"')
    result = sync()
    assert result.exit_code == 0, result.output
    assert [partner.name for partner in company.partners.values()] == ["Żółw"]


def test_too_much_is_not_read(company: Company, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in bytes nor in time."""
    web.answers["/x.csv"] = Answer(SHEET * 10)
    sources(company, f'id: crm, department: channel-sales, url: "{web.url("/x.csv")}"')
    monkeypatch.setattr(fetching, "MOST_BYTES", 100)
    assert "it is larger than 100 bytes" in sync().stderr
    web.answers["/x.csv"] = Answer(gzip.compress(SHEET * 10))
    monkeypatch.setattr(fetching, "MOST_BYTES", len(SHEET * 10) - 1)
    assert "it is larger than" in sync().stderr
    monkeypatch.undo()
    moments = iter([0.0, 301.0])
    with pytest.raises(NoAnswer, match="it takes longer than 300 seconds"):
        fetching.download(web.url("/x.csv"), {}, lambda: next(moments))


def test_another_host_gets_no_header(company: Company, web: Web) -> None:
    """A redirect within a host keeps them, since many need them there."""
    web.answers["/near.csv"] = Answer(b"", 302, headers={"Location": "/x.csv"})
    web.answers["/far.csv"] = Answer(b"", 302, headers={"Location": web.url("/x.csv", "localhost")})
    web.answers["/x.csv"] = Answer(SHEET)
    for path in ("/near.csv", "/far.csv"):
        sources(company, f'id: crm, department: channel-sales, url: "{web.url(path)}", headers: ["X-Key: ${{TOKEN}}"]')
        assert sync().exit_code == 0
    assert [headers.get("X-Key") for _, headers in web.asked] == [SECRET, SECRET, SECRET, None]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('url: "http://127.0.0.1:1/x.csv?token=${TOKEN}"', "it cannot be reached"),
        ('url: "http://${TOKEN}/x.csv"', "it cannot be"),
        ('url: "${TOKEN}"', "its address does not begin with https:// or http://"),
        ('url: "http://127.0.0.1:1/x.csv?token=${NOT_THERE}"', "the variable NOT_THERE of the environment is not set"),
        ("file: our/no.csv", "there is no folder"),
        ("file: data/partners.csv", "keep the spreadsheet outside the data folder"),
    ],
)
def test_places_that_cannot_be_read(company: Company, entry: str, said: str) -> None:
    """Also where the secret itself is what is wrong."""
    sources(company, f"id: crm, department: channel-sales, {entry}")
    result = sync()
    assert result.exit_code in (1, 2)
    assert said in result.stderr


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('database: "sqlite:///no.db", query: select 1', "the database says: unable to open database file"),
        (
            'database: "sqlite:///crm.db", query: select x from nowhere',
            "the database says: no such table: nowhere",
        ),
        (
            'database: "sqlite:///crm.db", query: delete from accounts',
            "the database says: attempt to write a readonly database",
        ),
        ('database: "sqlite:///crm.db", query: pragma foreign_keys = 1', "the query gives no rows"),
        ('database: "sqlite:///crm.db", query: "select x\'00ff\' as name"', "the query gives a column that is no text"),
        ("database: \"sqlite:///crm.db\", query: \"select '' as ' '\"", "nothing stands in it"),
        ('database: "sqlite:///crm.db", query: select name from accounts where 0', "no row stands below the headings"),
        ('database: "nosuch://x:${TOKEN}@h/db", query: select 1', "no driver for this kind of database is installed"),
        ('database: "${TOKEN}", query: select 1', "the database says: "),
        ('database: "postgresql://me:${TOKEN}@127.0.0.1:1/x", query: select 1', "the database says: "),
    ],
)
def test_databases_that_give_no_table(company: Company, entry: str, said: str) -> None:
    """The driver's reason is said, without what it repeats; nothing is changed in the database, or made."""
    pytest.importorskip("sqlalchemy")
    database(company, ("Tavaro", "isv-ihv", "maya-okafor"))
    before = contents(company.folder)
    sources(company, f"id: crm, department: channel-sales, {entry}")
    result = sync()
    assert result.exit_code == 1, result.output
    assert said in result.stderr
    assert contents(company.folder) == before | {
        "data/sources.yml": (company.folder / "data" / "sources.yml").read_bytes()
    }


def test_what_a_database_holds(company: Company) -> None:
    """Numbers, days, nothing and texts of any kind are cells as somebody would write them."""
    pytest.importorskip("sqlalchemy")
    columns = (
        "name, types, owner, lead, satisfaction_score, satisfaction_scale, satisfaction_n, satisfaction_date, tier"
    )
    database(company, ("'t Hart = x", "isv-ihv", "maya-okafor", 1, 4.5, 5, 20, "2026-03-31", None), columns=columns)
    sources(company, 'id: crm, department: channel-sales, database: "sqlite:///crm.db", query: select * from accounts')
    assert sync().exit_code == 0
    entry = company.entry("t-hart-x")
    assert entry.satisfaction is not None
    assert (entry.lead, entry.tier, entry.satisfaction.score, entry.satisfaction.n) == (True, "", 4.5, 20)


def test_without_the_library(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said what to install."""
    monkeypatch.setitem(__import__("sys").modules, "sqlalchemy", None)
    sources(company, 'id: crm, department: channel-sales, database: "sqlite:///crm.db", query: select 1')
    result = sync()
    assert result.exit_code == 1
    assert "pip install 'partner-playbook[sql]'" in result.stderr


def test_there_are_no_sources(company: Company) -> None:
    """Which is no mistake; one that is named must be there."""
    assert "There are no sources" in sync().stdout
    assert sync().exit_code == 0
    (company.folder / "our.csv").write_bytes(SHEET)
    sources(company, "id: list, department: channel-sales, file: our.csv")
    result = sync("lits")
    assert result.exit_code == 2
    assert "did you mean 'list'?" in result.stderr


def test_an_import_and_a_sync_of_one_file_share_what_they_know(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was imported by hand is known; the folder from which commands run makes no difference."""
    assert company.take(*SHEET.decode().splitlines()).exit_code == 0
    sources(company, "id: list, department: channel-sales, file: our.csv")
    path = company.folder / "data" / "partners.yml"
    path.write_text(company.data.replace("tier: Select", "tier: Premier"))
    assert "Nothing changes: " in sync().stdout
    elsewhere = company.folder / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert "Nothing changes: " in sync("--data", str(Path("..") / "data")).stdout
    monkeypatch.chdir(company.folder / "data")
    assert "Nothing changes: " in sync("--data", ".").stdout


def test_an_import_from_a_source_is_a_sync(company: Company) -> None:
    """Whoever asks an import for a source is told which command that is, whatever else the line lacks."""
    for arguments in (("--from", "crm"), ("our.csv", "--from", "https://crm.example", "--department", "channel-sales")):
        result = run("import", *arguments)
        assert result.exit_code == 2
        assert "playbook sync NAME" in result.stderr
        assert "data/sources.yml" in result.stderr
    assert "--from" not in run("import", "--help").stdout


def test_what_is_asked_of_a_source_that_is_refused(company: Company) -> None:
    """Expected: nothing is taken, and the question is there to be answered: with the answer it is."""
    company.known("tavaro", "Tavaro", ", status: ended, end: {date: 2026-01-05, why: Sold.}")
    sheet = company.folder / "our.csv"
    sheet.write_text("name,status,end_date,end_why\nTavaro,ended,2026-01-05,Sold.\n")
    sources(company, "id: our, department: channel-sales, file: our.csv")
    assert sync().exit_code == 0
    sheet.write_text("name,status,end_date,end_why\nTavaro,active,,\n")
    result = sync()
    assert result.exit_code == 1
    assert "Fill in the column decision of our.review.csv, and sync again." in result.stdout
    company.decide({"(emptied)": "clear"})
    assert sync().exit_code == 0
    assert company.entry("tavaro").end is None


def test_what_is_asked_of_a_source_whose_rows_disagree(company: Company) -> None:
    """Expected: what is to be decided besides is in its review file."""
    sheet = company.folder / "our.csv"
    sheet.write_text("name,types,owner,tier\nTavaro,Baker,Maya Okafor,Select\nTavaro,ISV,,Premier\n")
    sources(company, "id: our, department: channel-sales, file: our.csv")
    result = sync()
    assert result.exit_code == 1
    assert "rows 2 and 3 disagree about Tavaro" in result.stderr
    assert "Fill in the column decision of our.review.csv, and sync again." in result.stdout
    assert [one.value for one in company.asked()] == ["Baker"]


@pytest.mark.parametrize("keep", ["tavaro", "quillmoor"])
def test_a_duplicate_that_somebody_cleaned_up_stays_away(company: Company, web: Web, keep: str) -> None:
    """Expected: the source still has both, each with its id; the merge holds, and nothing is asked or wrong."""
    sheet = b"Account ID,Name,Type,Owner,Tier\nA-1,Tavaro,ISV,Maya Okafor,Select\nA-2,Quillmoor,ISV,Liam Harcourt,\n"
    web.answers["/crm.csv"] = Answer(sheet)
    sources(company, f'id: crm, department: channel-sales, url: "{web.url("/crm.csv")}", key: Account ID')
    assert sync().exit_code == 0
    assert run("merge", "tavaro", "--into", "quillmoor", "--keep", keep).exit_code == 0
    before = company.data
    for _ in range(2):
        result = sync()
        assert result.exit_code == 0, result.output
        assert "Nothing changes: " in result.stdout
        assert company.data == before
    web.answers["/crm.csv"] = Answer(sheet.replace(b"Tavaro", b"Tavaro Group").replace(b"Select", b"Premier"))
    assert sync().exit_code == 0
    assert set(company.partners) == {"quillmoor"}
    assert company.entry("quillmoor").tier == "Premier"
    assert company.playbook.partners["quillmoor"].name != "Tavaro Group"
    path = company.folder / "data" / "partners.yml"
    path.write_text(company.data.replace("tier: Premier", "tier: Registered"), "utf-8")
    before = company.data
    result = sync()
    assert ("To decide" in result.stdout, company.data) == (False, before)
