"""Keys and tokens: each kind is an error wherever it stands, and nothing that is printed repeats it.

What looks like a real token is put together here, since what guards repositories refuses whole ones.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.exchange.sheets import load_sheet
from generator.formats.history import load_history
from generator.source import Document, load, parse
from generator.source.features import MAX_PROBLEMS
from generator.source.secrets import redacted
from tests.kit import run, world_in

LETTERS = "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1eF3hJ5kL7nP9qR1tU3wX5zA7cD9fG1iK3mO5"
SECRETS = {
    "AWS Access Key": "AKIA" + "IOSFODNN7EXAMPLE",
    "AWS Secret Key": "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY",
    "GitHub Token": "gh" + "p_" + LETTERS[:36],
    "GitHub Token, new": "github" + "_pat_" + LETTERS[:60],
    "GitLab Token": "gl" + "pat-" + LETTERS[:20],
    "Google API Key": "AI" + "za" + LETTERS[:35],
    "JSON Web Token": "ey" + "JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0." + LETTERS[:40],
    "Slack Token": "xo" + "xb-123456789012-123456789012-" + LETTERS[:24].lower(),
    "Stripe Access Key": "sk_" + "live_" + LETTERS[:24],
    "OpenAI Token": "sk-" + "proj-" + LETTERS[:48],
    "SendGrid API Key": "S" + "G." + LETTERS[:22] + "." + LETTERS[:43],
    "npm Token": "np" + "m_" + LETTERS[:36],
    "PyPI Token": "py" + "pi-AgEIcHlwaS5vcmc" + LETTERS + LETTERS,
    "Telegram Bot Token": "123456789:" + LETTERS[:35],
    "Twilio API Key": "S" + "K" + "0123456789abcdef" * 2,
    "password in an address": "jane:p4$$w,rd",
    "token in an address": LETTERS[:12],
}
AROUND = {
    "AWS Secret Key": "aws_secret_access_key={}",
    "password in an address": "https://{}@portal.example/",
    "token in an address": "https://portal.example/?id=1&auth_token={}",
}
ORDINARY = [
    "https://portal.example.com/very-long/2025/iso-27001-certificate?id=12345678&page=2#section-4",
    "LES-PRG-2025-003",
    "ISO 27001:2022 and EN-60601-1-2:2014+A1:2020",
    "https://github.com/acme/edge-gateway-2000/tree/4f1c2d3",
    "https://portal.example:8443/?q=token&sort=key",
    "The AKIA and ASIA regions, APAC2026 and EMEA-2026-Q4",
    "sk-skating-and-sliding-association-2026",
    "mail jane@a.example:, or john@b.example",
    "certified-integration-partner-of-2026",
    "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
]


@pytest.mark.parametrize("kind", SECRETS)
def test_each_kind_is_found_and_made_unreadable(kind: str) -> None:
    """In a value, a comment, a name and beside text, at its place; what is left has the same length and lines."""
    written = AROUND.get(kind, "{}").format(SECRETS[kind])
    for text in (
        f"a: {written}\n",
        f"# {written}\na: b\n",
        f"- 'see {written}, or else'\n",
        f"a: >\n  one\n  {written} two\n",
    ):
        hidden, problems = redacted(text, "x.yml")
        assert SECRETS[kind] not in hidden
        assert len(hidden) == len(text)
        assert hidden.count("\n") == text.count("\n")
        [problem] = problems
        assert problem.code.slug == "secret"
        assert kind.split(",")[0] in problem.message
        line = text.split("\n")[problem.place.line - 1]
        assert line[problem.place.column - 1 :].startswith(SECRETS[kind])


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_is_none(text: str) -> None:
    """Addresses, numbers, ids, checksums and words that begin like a token are none."""
    assert redacted(text, "x.yml") == (text, [])


def test_a_private_key_is_one_secret_to_its_last_line(tmp_path: Path) -> None:
    """No line of it is left, also where its end is missing; what stands around it is."""
    body = "  " + "\n  ".join([LETTERS] * 4)
    for end in ("\n  -----END OPENSSH PRIVATE KEY-----\n", "\n\n"):
        text = f"a: before\nb: |\n  -----BEGIN OPENSSH PRIVATE KEY-----\n{body}{end}c: after\n"
        path = tmp_path / "x.yml"
        path.write_text(text, "utf-8")
        document, problems = load(path, "x.yml", 10_000)
        assert [(p.code.slug, p.place.line) for p in problems] == [("secret", 3)]
        assert isinstance(document, Document)
        assert document.data["c"] == "after"
        assert LETTERS[:10] not in document.data["b"]
        assert not any(LETTERS[:10] in document.line(number) for number in range(12))
        assert document.text == text


@pytest.mark.parametrize("name", ["text", "json", "sarif", "junit", "github"])
def test_no_report_repeats_a_secret(tmp_path: Path, name: str) -> None:
    """Neither what is said of it, nor what else is wrong with its line, nor the line itself."""
    secrets = [SECRETS["GitHub Token"], SECRETS["AWS Access Key"]]
    world_in(tmp_path)
    (tmp_path / "people.yml").write_text(
        f"people:\n  - {{id: {secrets[0]}, name: Jane, emial: {secrets[1]}, email: '{secrets[1]}'}}\n", "utf-8"
    )
    (tmp_path / "strategy.yml").write_text(f"objectives: [{secrets[0]}\n", "utf-8")
    (tmp_path / "history.jsonl").write_text('{"date": "2026-01-01", "' + secrets[0] + '": 1}\n', "utf-8")
    (tmp_path / "portfolio.yml").write_bytes(f"offers:\n- {secrets[0]}\xe9\n".encode("latin-1"))
    found = run("check", "--data", str(tmp_path), "--format", name)
    assert found.exit_code == 1
    assert found.output.count("secret") >= 4
    for secret in secrets:
        assert secret not in found.output
        assert secret[8:] not in found.output


def test_nothing_is_said_of_a_cell_that_repeats_it() -> None:
    """What `playbook import` reads as YAML is looked at like a file."""
    secret = SECRETS["GitHub Token"]
    data, problems = parse(f"{{url: {secret}, url: {secret}", "cell")
    assert data is None
    assert secret not in json.dumps([problem.message for problem in problems])


def test_a_secret_in_the_history_keeps_the_playbook_from_being_made(tmp_path: Path) -> None:
    """history.jsonl is published, too."""
    path = tmp_path / "history.jsonl"
    path.write_text('{"date": "2026-01-01", "partners": 1, "x": "' + SECRETS["GitHub Token"] + '"}\n', "utf-8")
    _, _, problems = load_history(path, 10_000)
    assert "secret" in {problem.code.slug for problem in problems}


def test_no_message_of_an_import_repeats_a_secret(tmp_path: Path) -> None:
    """A cell with one is damaged, and is named by its place and the kind."""
    secret = SECRETS["GitHub Token"]
    path = tmp_path / "partners.csv"
    path.write_text(f"Name,Type,Notes\nAcme,shop,see {secret}\n", "utf-8")
    sheet, problems = load_sheet(path)
    assert problems == []
    assert sheet is not None
    assert secret not in str(sheet)
    assert "GitHub Token" in str(sheet.flaws)


def test_a_secret_within_a_secret_is_named_once() -> None:
    """A token as the password of an address is both; one problem, and every letter is made unreadable."""
    token = SECRETS["GitHub Token"]
    text = f"url: https://jane:{token}@x.example/?token={token}\n"
    shown, problems = redacted(text, "x.yml")
    assert token not in shown
    assert len(shown) == len(text)
    assert len(problems) == 2


def test_of_hundreds_of_secrets_each_is_made_unreadable_and_the_first_are_named() -> None:
    """A file full of them is no reason to print as many lines; the last one is as unreadable as the first."""
    secret = SECRETS["GitHub Token"]
    clean, problems = redacted(f"{secret}\n" * 500, "partners.yml")
    assert [problem.place.line for problem in problems] == [*range(1, MAX_PROBLEMS + 2)]
    assert clean == f"{'x' * len(secret)}\n" * 500
