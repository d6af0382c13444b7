"""Variables of the environment that every site reads: what they set, and what is said where they cannot."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.kit import MKDOCS, mkdocs, run, world_in

pytestmark = pytest.mark.site

PARTNERS = "departments: [{id: sales, name: Sales, partners: [{id: acme, name: Acme, types: [shop], owner: null}]}]\n"


@pytest.fixture(autouse=True)
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with data and no mkdocs.yml, in which commands run."""
    world_in(tmp_path / "data", partners=PARTNERS)
    monkeypatch.chdir(tmp_path)


def home_of_404() -> str:
    """Where the page for addresses that lead nowhere sends its readers first."""
    found = re.search(r'<h1>Page not found.*?href="([^"]+)"', Path("site/404.html").read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("address", "home"),
    [
        ("", "/."),
        ("https://playbook.example", "/."),
        ("https://example.com/team/playbook", "/team/playbook/."),
        ("https://example.com/team/playbook/", "/team/playbook/."),
    ],
)
def test_the_address_of_the_site(monkeypatch: pytest.MonkeyPatch, address: str, home: str) -> None:
    """Services tell it; below a path, the page for addresses that lead nowhere then knows the way home."""
    monkeypatch.setenv("PLAYBOOK_SITE_URL", address)

    assert run("build").exit_code == 0
    assert home_of_404() == home


def test_an_address_in_mkdocs_yml_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    """As whatever it says does."""
    monkeypatch.setenv("PLAYBOOK_SITE_URL", "https://example.com/elsewhere/")
    Path("mkdocs.yml").write_text(f"{MKDOCS}site_url: https://example.com/here/\n", "utf-8")

    assert run("build").exit_code == 0
    assert home_of_404() == "/here/."


WRONG = pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("PLAYBOOK_SITE_URL", "playbook.example.com", "it should include the http://"),
        ("PLAYBOOK_SITE_URL", "8080", "Expected a string"),
        ("PLAYBOOK_SITE_URL", "http://[::1", "Invalid IPv6 URL"),
        ("PLAYBOOK_OFFLINE", "maybe", "'enabled'"),
        ("PLAYBOOK_AS_OF", "2026-02-30", "PLAYBOOK_AS_OF: '2026-02-30' is no day"),
        ("PLAYBOOK_STRICT", "2026-13-01", "PLAYBOOK_STRICT: '2026-13-01' is no day"),
    ],
)


@WRONG
def test_a_variable_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch, variable: str, value: str, said: str) -> None:
    """It is named with what is wrong, as wrong usage, and nothing is called a bug of ours."""
    monkeypatch.setenv(variable, value)
    done = run("build")

    assert done.exit_code == 2
    assert f"a variable of the environment ({variable}): " in done.stderr
    assert said in done.stderr
    assert "bug" not in done.stderr
    assert not Path("site").exists()


@WRONG
def test_mkdocs_says_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, variable: str, value: str, said: str
) -> None:
    """So does `mkdocs build`, with the exit code that it has for whatever ends it."""
    monkeypatch.setenv(variable, value)
    Path("docs").mkdir()
    Path("mkdocs.yml").write_text(MKDOCS, "utf-8")
    done = mkdocs("build")
    # MkDocs logs to the terminal, and where it ran before in this process to the log.
    output = done.output + caplog.text

    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert f"a variable of the environment ({variable}): " in output
    assert said in output
    assert "bug" not in output
    assert not Path("site").exists()
