"""Queries of a real PostgreSQL, which the tests start for themselves, in a folder of their own, and stop again."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.imports.kit import Company
from tests.kit import run

PASSWORD = "p@ss/w:rd %41 'x"  # noqa: S105 - of the tests' own server
TABLE = """
create table accounts (id uuid primary key, name text, website text, kind text, owner text, regions text[],
                       score numeric(3, 1), scale int, answers int, asked date,
                       seen timestamp, main boolean, more jsonb);
insert into accounts values
  (gen_random_uuid(), 'Tavaro 100%', 'https://www.tavaro.example/', 'ISV', 'Maya Okafor', '{EMEA,APAC}', 4.5, 5, 20,
   '2026-03-31', '2026-04-02 00:00', true, null),
  (gen_random_uuid(), '=cmd() Ölwerk', null, 'MSP', null, '{}', null, null, null, null, null, false, '{"a": 1}');
"""
QUERY = (
    "select name, website, kind as type, owner, regions, score as satisfaction_score, scale as satisfaction_scale,"
    " answers as satisfaction_n, asked as satisfaction_date, main as lead from accounts where name not like '%:x%'"
)


class Server(NamedTuple):
    """Where it listens, and how to run its programs."""

    port: int
    programs: Path
    user: str | None

    def ran(self, name: str, *arguments: str | Path) -> None:
        # It never runs as root.
        command = [str(self.programs / name), *map(str, arguments)]
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        subprocess.run(command, check=True, cwd="/", user=self.user, stdout=subprocess.DEVNULL, env=environment)


def programs() -> Path | None:
    """The folder with initdb and pg_ctl: Debian puts it where no path leads."""
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    return Path(found).parent if found else folders[-1] if folders and (folders[-1] / "initdb").exists() else None


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A PostgreSQL with a password that has every sign in it."""
    pytest.importorskip("sqlalchemy")
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed: on Debian, apt-get install postgresql")
    user = ("postgres" if Path("/var/lib/postgresql").exists() else "nobody") if os.geteuid() == 0 else None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place = Path(tempfile.mkdtemp(prefix="playbook-postgres-"))
    found = Server(port, folder, user)
    try:
        (place / "password").write_text(PASSWORD)
        if user is not None:
            for path in (place / "password", place):
                shutil.chown(path, user)
        cluster = place / "cluster"
        found.ran("initdb", "--pgdata", cluster, "--username", "keeper", "--pwfile", place / "password",
                  "--auth", "scram-sha-256", "--no-sync", "--encoding", "UTF8")  # fmt: skip
        options = f"-p {port} -k {place} -c listen_addresses=127.0.0.1 -c fsync=off"
        found.ran("pg_ctl", "start", "--pgdata", cluster, "--log", place / "log", "-w", "-o", options)
        try:
            psycopg = pytest.importorskip("psycopg")
            address = {"host": "127.0.0.1", "port": port, "user": "keeper", "password": PASSWORD, "dbname": "postgres"}
            with psycopg.connect(**address) as connection:
                connection.execute(TABLE)
            yield found
        finally:
            found.ran("pg_ctl", "stop", "--pgdata", cluster, "-m", "immediate")
    finally:
        shutil.rmtree(place)


@pytest.fixture
def asking(company: Company, server: Server, monkeypatch: pytest.MonkeyPatch) -> Company:
    """A company whose CRM is that database."""
    monkeypatch.setenv("CRM_PASSWORD", PASSWORD)
    ask(company, server)
    return company


def ask(
    company: Company, server: Server, query: str = QUERY, user: str = "keeper", variable: str = "CRM_PASSWORD"
) -> None:
    """Write the source."""
    address = f"postgresql://{user}:${{{variable}}}@127.0.0.1:{server.port}/postgres"
    (company.folder / "data" / "sources.yml").write_text(
        f"sources:\n  - id: crm\n    department: channel-sales\n    database: {address}\n    query: |\n      {query}\n"
    )


@pytest.mark.long
def test_a_query_becomes_partners(asking: Company) -> None:
    """Lists, numbers, days, yes and no are what they are; formulas are text; nothing is asked that is known."""
    assert run("check").exit_code == 0
    result = run("sync")
    assert result.exit_code == 0, result.output
    assert asking.asked("sources/crm") == []
    partner = asking.partners["tavaro-100"]
    (entry,) = partner.entries
    assert (partner.name, partner.domain) == ("Tavaro 100%", "tavaro.example")
    assert (entry.types, entry.owner, entry.regions, entry.lead) == (
        ("isv-ihv",),
        "maya-okafor",
        ("EMEA", "APAC"),
        True,
    )
    assert entry.satisfaction is not None
    assert (entry.satisfaction.score, entry.satisfaction.n, str(entry.satisfaction.date)) == (4.5, 20, "2026-03-31")
    assert asking.partners["cmd-olwerk"].name == "=cmd() Ölwerk"
    assert "Nothing changes: " in run("sync").stdout


@pytest.mark.long
def test_a_query_has_an_end(asking: Company, server: Server) -> None:
    """The server is told how long it may take, and that nothing is to be changed."""
    named = "current_setting('statement_timeout') || current_setting('transaction_read_only')"
    ask(asking, server, f"select {named} as name, seen as notes, 'ISV' as type, owner from accounts where main")  # noqa: S608
    assert run("sync").exit_code == 0
    assert asking.partners["5minon"].entries[0].notes == "2026-04-02 00:00"


@pytest.mark.long
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("select nam from accounts", 'column "nam" does not exist'),
        ("delete from accounts", 'syntax error at or near "delete"'),
        ("selec", 'syntax error at or near "selec"'),
        ("set search_path to public", 'syntax error at or near "set"'),
        ("select '\\x00'::bytea as name", "the query gives a column that is no text"),
    ],
)
def test_queries_that_fail(asking: Company, server: Server, query: str, said: str) -> None:
    """The database's own reason, and nothing is written, here or there."""
    ask(asking, server, query)
    before = asking.data
    result = run("sync")
    assert result.exit_code == 1, result.output
    assert said in result.stderr
    assert PASSWORD not in result.output
    assert asking.data == before


@pytest.mark.long
@pytest.mark.parametrize(
    ("user", "said"), [("keeper", "password authentication failed"), ("nobody", "authentication failed")]
)
def test_wrong_credentials(
    company: Company, server: Server, monkeypatch: pytest.MonkeyPatch, user: str, said: str
) -> None:
    """They are said to be wrong, and not repeated."""
    monkeypatch.setenv("WRONG", "wr0ng-secret")
    ask(company, server, user=user, variable="WRONG")
    result = run("sync")
    assert result.exit_code == 1
    assert said in result.stderr
    assert "wr0ng" not in result.output


@pytest.mark.long
def test_the_address_as_a_whole_may_be_a_variable(
    company: Company, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As services hand it out; what is in it is not repeated either."""
    monkeypatch.setenv("DATABASE_URL", f"postgresql://keeper:wr0ng@127.0.0.1:{server.port}/no-wr0ng")
    (company.folder / "data" / "sources.yml").write_text(
        'sources: [{id: crm, department: channel-sales, database: "${DATABASE_URL}", query: select 1 as name}]\n'
    )
    result = run("sync")
    assert result.exit_code == 1
    assert "the database says: " in result.stderr
    assert "wr0ng" not in result.output
