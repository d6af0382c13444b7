"""A git repository is input like any other: nothing in it ends a build, forges a page or runs a program."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import IO, Any
from unicodedata import category
from xml.etree import ElementTree

import pytest
from click.testing import Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.boundary import Exit
from generator.compare.changelog import ChangeLog, change_log
from generator.mkdocs_plugin import ready
from generator.source import Repository, Unread, Unusable, git, revisions
from tests import kit
from tests.kit import WORLD, examples, inventory, loaded, pages_of, run, world_in

DAY = date(2026, 6, 1)
CAME = [["Birch is new in Sales, as Shop, owned by Ann"]]


def partners(*names: str) -> str:
    return inventory(**{name.lower(): "types: [shop], owner: Ann" for name in names})


class Repo:
    """A repository whose data folder has had Acme, then Acme and Birch."""

    def __init__(self, root: Path) -> None:
        self.root, self.data = root, root / "playbook" / "data"

    def begin(self, *options: str) -> None:
        world_in(self.data)
        self.git("init", "--quiet", "--initial-branch=main", *options)
        (self.root / ".git" / "info").mkdir()
        self.commit(partners("Acme"))
        self.commit(partners("Acme", "Birch"))

    def git(self, *arguments: str, given: bytes = b"") -> str:
        return kit.git(self.root, *arguments, given=given)

    def id(self, name: str) -> str:
        return self.git("rev-parse", name)

    def commit(self, inventory: str) -> None:
        (self.data / "partners.yml").write_text(inventory, "utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=x")

    def store(self, kind: str, content: bytes) -> str:
        """The id of an object that git itself might not make."""
        return self.git("hash-object", "-t", kind, "-w", "--literally", "--stdin", given=content)

    def rewrite(
        self, author: bytes = b"Ann <a> 1 +0000", committer: bytes = b"Ann <a> 1 +0000", more: bytes = b""
    ) -> None:
        """Make the last commit anew, with these lines in it."""
        tree, parent = self.id("HEAD^{tree}").encode(), self.id("HEAD~1").encode()
        head = b"tree %s\nparent %s\nauthor %s\ncommitter %s\n%s\nx\n" % (tree, parent, author, committer, more)
        self.git("update-ref", "HEAD", self.store("commit", head))

    def tree(self, *entries: tuple[bytes, bytes, str]) -> str:
        """The id of a tree with these entries: mode, name, id."""
        return self.store("tree", b"".join(mode + b" " + name + b"\0" + bytes.fromhex(i) for mode, name, i in entries))

    def swap(self, *entries: tuple[bytes, bytes, str]) -> None:
        """Commit data/ with these entries besides those that it has, then data/ as it was."""
        had = [row.split("\t") for row in self.git("ls-tree", "HEAD:playbook/data").splitlines()]
        old = [(row[0].split()[0].encode(), row[1].encode(), row[0].split()[2]) for row in had]
        names = {name for _, name, _ in entries}
        data = self.tree(*(row for row in old if row[1] not in names), *entries)
        root = self.tree((b"40000", b"playbook", self.tree((b"40000", b"data", data))))
        head, whole = self.id("HEAD"), self.id("HEAD^{tree}")
        for tree in (root, whole):
            head = self.git("commit-tree", tree, "-p", head, "-m", "x")
        self.git("update-ref", "HEAD", head)

    def damage(self, name: str) -> str:
        """The id of an object whose file holds something else now."""
        ident = self.id(name)
        file = self.root / ".git" / "objects" / ident[:2] / ident[2:]
        file.chmod(0o644)
        file.write_bytes(b"not what git wrote")
        return ident

    def told(self) -> ChangeLog:
        return change_log(self.data, DAY)

    def changes(self) -> list[list[str]]:
        return [[str(change) for change in one.changes] for one in self.told().editions]

    def pages(self) -> Mapping[str, str]:
        return pages_of(loaded(self.data, DAY), *self.told())

    def diff(self, *arguments: str) -> Result:
        return run("diff", "--data", str(self.data), *arguments)

    def write_pages(self) -> Result:
        return run("pages", "--data", str(self.data), "--as-of", str(DAY), "--out", str(self.root / "out"))


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    first = Repo(tmp_path_factory.mktemp("begun") / "repo")
    first.begin()
    return first


@pytest.fixture
def repo(begun: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    shutil.copytree(begun.root, tmp_path / "repo")
    return Repo(tmp_path / "repo")


# --- what a commit says of itself ------------------------------------------------------------


ODD = [
    *("\u2028", "\x85", "\x0b", "\x0c", "\r", "\x1c", "\x1d", "\x01", "\x1b[2J", "\x7f", "\x9f", "\u2029"),
    *("\u202e", "\u2066", "\u200f", "\ufffe", "\uffff", "\ufdd0", "\ufeff", "\U000e0041", "\xa0", "]]>", "&<b>"),
]


@pytest.mark.long
@pytest.mark.parametrize("odd", ODD)
def test_an_authors_name_is_one_line_of_text(repo: Repo, odd: str) -> None:
    """Expected: whatever stands in it, the change is told once, on a page and in a feed that is well-formed."""
    repo.rewrite(author=f"Ann{odd}Lee <a> 1 +0000".encode())
    [edition] = repo.told().editions
    pages = repo.pages()
    entries = ElementTree.fromstring(pages["changes.atom"]).findall("{*}entry/{*}author/{*}name")

    assert edition.author.startswith("Ann")
    assert edition.author.isprintable()
    assert len(edition.author.splitlines()) == 1
    assert [entry.text for entry in entries] == [edition.author]
    assert pages["changes.md"].count("1 change, by ") == 1


@given(st.binary(max_size=60), st.binary(max_size=30), st.binary(max_size=20))
@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_lines_of_a_commit_hold(repo: Repo, author: bytes, time: bytes, encoding: bytes) -> None:
    """Expected: any bytes for an author, a time and an encoding leave a name that prints and a feed to be read."""
    clean = [text.replace(b"\n", b"").replace(b"\0", b"") for text in (author, time, encoding)]
    repo.rewrite(clean[0], b"Ann <a> " + clean[1], b"encoding " + clean[2] + b"\n")
    [edition] = repo.told().editions
    ElementTree.fromstring(repo.pages()["changes.atom"])

    assert edition.author
    # A font of icons may show characters of private use, and data may hold them.
    assert all(char.isprintable() or category(char) == "Co" for char in edition.author)


@pytest.mark.parametrize(
    ("author", "shown"),
    [
        (b"  Ann \t Lee  <a> 1 +0000", "Ann Lee"),
        (b"<a> 1 +0000", "an unknown author"),
        (b"", "an unknown author"),
        (b"Ann", "Ann"),
        (b"\xff\xfe <a> 1 +0000", "��"),
        (b"A" * 1000 + b" <a> 1 +0000", "A" * 99 + "…"),
        ("Zoë क्\u200dष <a> 1 +0000".encode(), "Zoë क्\u200dष"),
    ],
)
def test_names_as_they_are_shown(repo: Repo, author: bytes, shown: str) -> None:
    """Expected: white space is one blank, what is missing is said, what is long is cut, and Hindi keeps its joiner."""
    repo.rewrite(author=author)

    assert repo.told().editions[0].author == shown


@pytest.mark.parametrize(
    ("encoding", "raw", "shown"),
    [
        (b"ISO-8859-1", b"Zo\xeb", "Zoë"),
        (b"shift_jis", b"\x82\xa0", "あ"),
        (b"unicode_escape", rb"\d\x1b", r"\d\x1b"),
        (b"hex", b"41", "41"),
        (b"nowhere", "Zoë".encode(), "Zoë"),
        (b"os.path", b"Ann", "Ann"),
    ],
)
def test_a_commit_may_name_its_encoding(repo: Repo, encoding: bytes, raw: bytes, shown: str) -> None:
    """Expected: letters are what they were meant to be, and what is no encoding of text counts as UTF-8."""
    repo.rewrite(author=raw + b" <a> 1 +0000", more=b"encoding " + encoding + b"\n")

    assert repo.told().editions[0].author == shown


@pytest.mark.long
@pytest.mark.parametrize(
    ("time", "moment"),
    [
        (b"1767225600 +0000", "2026-01-01T00:00:00Z"),
        (b"1767225600 +0530", "2026-01-01T05:30:00+05:30"),
        (b"1767225600 -0800", "2025-12-31T16:00:00-08:00"),
        (b"1767225600 -0000", "2026-01-01T00:00:00Z"),
        (b"1767225600 +1401", "2026-01-01T00:00:00Z"),
        (b"1767225600 +0099", "2026-01-01T00:00:00Z"),
        (b"1767225600 +9999", "2026-01-01T00:00:00Z"),
        (b"1767225600 +00300", "2026-01-01T00:00:00Z"),
        (b"1767225600 -99999999999999999999", "2026-01-01T00:00:00Z"),
        (b"1767225600", "2026-01-01T00:00:00Z"),
        (b"0 +0000", "1970-01-01T00:00:00Z"),
        (b"0 -1200", "1970-01-01T00:00:00-12:00"),
        (b"-1000000 +0000", "1970-01-01T00:00:00Z"),
        (b"never", "1970-01-01T00:00:00Z"),
        (b"", "1970-01-01T00:00:00Z"),
        (b"253402300800 +0000", "9999-12-31T23:59:59Z"),
        (b"99999999999999999999999999999999999999999999999 +0000", "9999-12-31T23:59:59Z"),
        (b"253402300799 +1400", "9999-12-31T23:59:59+14:00"),
        (b"9" * 5000, "9999-12-31T23:59:59Z"),
    ],
)
def test_moments_are_those_that_a_calendar_has(repo: Repo, time: bytes, moment: str) -> None:
    """Expected: a time before 1970 or after 9999 is the nearest one that can be told, in the zone, if it is one."""
    repo.rewrite(committer=b"Ann <a> " + time)
    feed = ElementTree.fromstring(repo.pages()["changes.atom"])

    assert feed.findtext("{*}entry/{*}updated") == moment


def test_a_commit_without_anything(repo: Repo) -> None:
    """Expected: a commit that has a tree and a parent alone is told like any other."""
    tree, parent = repo.id("HEAD^{tree}"), repo.id("HEAD~1")
    repo.git("update-ref", "HEAD", repo.store("commit", f"tree {tree}\nparent {parent}\n\n".encode()))

    assert repo.changes() == CAME
    assert repo.told().unread == ""


def test_a_signature_and_headers_that_look_like_others(repo: Repo) -> None:
    """Expected: the first author counts, and the lines of a signature are no headers."""
    repo.rewrite(more=b"gpgsig -----BEGIN\n author Eve <e> 1 +0000\n -----END\nauthor Eve <e> 1 +0000\n")

    assert repo.told().editions[0].author == "Ann"


# --- settings, attributes and the environment -------------------------------------------------


def program(tmp_path: Path) -> tuple[Path, Path]:
    """A program, and the file that it leaves where somebody runs it."""
    script, mark = tmp_path / "program", tmp_path / "was-run"
    script.write_text(f"#!/bin/sh\necho x >> '{mark}'\n")
    script.chmod(0o755)
    return script, mark


def test_no_setting_runs_a_program_or_changes_what_is_read(repo: Repo, tmp_path: Path) -> None:
    """Expected: with every setting that could, history and differences are the same, and nothing has run."""
    before, difference = repo.told(), repo.diff("HEAD~1").stdout
    script, mark = program(tmp_path)
    named = {
        **{f"{name}": str(script) for name in ("core.fsmonitor", "core.pager", "diff.external", "core.sshCommand")},
        **{f"pager.{name}": str(script) for name in ("rev-list", "cat-file", "rev-parse", "log", "archive")},
        **{f"alias.{name}": f"!{script}" for name in ("rev-list", "cat-file", "rev-parse", "log", "archive")},
        **{f"diff.x.{name}": str(script) for name in ("textconv", "command")},
        **{f"filter.x.{name}": str(script) for name in ("smudge", "clean", "process")},
        "gpg.program": str(script),
        "tar.tar.command": str(script),
        "core.hooksPath": str(tmp_path),
        "log.showSignature": "true",
        "log.follow": "true",
        "log.date": "human",
        "log.showRoot": "false",
        "format.pretty": "raw",
        "i18n.logOutputEncoding": "UTF-16",
        "core.quotePath": "false",
        "core.attributesFile": str(tmp_path / "attributes"),
        "core.useReplaceRefs": "true",
    }
    for name, value in named.items():
        repo.git("config", name, value)
    (tmp_path / "attributes").write_text("* diff=x filter=x export-ignore export-subst\n")
    (repo.root / ".git" / "info" / "attributes").write_text("* diff=x filter=x export-ignore export-subst\n")
    for hook in ("post-checkout", "reference-transaction", "post-index-change"):
        shutil.copy(script, tmp_path / hook)
    chronicle_again = Repo.told(repo)

    assert chronicle_again == before
    assert [[str(change) for change in one.changes] for one in before.editions] == CAME
    assert repo.diff("HEAD~1").stdout == difference
    assert not mark.exists()


@pytest.mark.parametrize(
    "attributes", ["* export-ignore\n", "people.yml export-ignore\n", "partners.yml export-subst\n"]
)
def test_attributes_do_not_falsify_a_difference(repo: Repo, attributes: str) -> None:
    """Expected: what was committed is what is compared, also where an archive would lack it or say something else."""
    (repo.data / "people.yml").write_text("people: [{id: cy, name: Cy}]\n")
    (repo.data / ".gitattributes").write_text(attributes)
    repo.commit(
        partners("Acme", "Birch").replace("owner: Ann", "owner: cy").replace("name: Birch", "name: '$Format:%an$'")
    )

    assert repo.diff("HEAD").stdout == "No change of the data.\n"
    assert "Birch" in repo.diff("HEAD~1").stdout


def test_lines_end_as_they_were_committed(repo: Repo) -> None:
    """Expected: an attribute that has git end lines otherwise changes nothing of what a commit holds."""
    (repo.root / ".gitattributes").write_text("* text eol=crlf working-tree-encoding=UTF-16\n")

    assert repo.changes() == CAME
    with Repository(repo.data) as repository:
        state = repository.state(repo.id("HEAD"))
        assert state is not None
        with repository.checked_out(state) as folder:
            assert (folder / "partners.yml").read_bytes() == partners("Acme", "Birch").encode()


def test_the_environment_leads_nowhere_else(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: variables with which git reads another repository, another tree or other objects do not count."""
    other = Repo(tmp_path / "other")
    other.begin()
    other.commit(partners("Other"))
    before = repo.told()
    elsewhere = {
        "GIT_DIR": ".git",
        "GIT_WORK_TREE": "",
        "GIT_COMMON_DIR": ".git",
        "GIT_INDEX_FILE": ".git/index",
        "GIT_OBJECT_DIRECTORY": ".git/objects",
        "GIT_SHALLOW_FILE": "x",
        "GIT_GRAFT_FILE": "x",
    }
    for name, value in elsewhere.items():
        monkeypatch.setenv(name, str(other.root / value))
    for name, value in {
        "GIT_NAMESPACE": "x",
        "GIT_TRACE": "2",
        "LC_ALL": "de_DE.UTF-8",
        "GIT_ICASE_PATHSPECS": "1",
    }.items():
        monkeypatch.setenv(name, value)

    assert repo.told() == before
    assert "Birch is new" in repo.diff("HEAD~1").stdout


def test_replaced_objects_and_grafts_do_not_count(repo: Repo) -> None:
    """Expected: history is told as it was committed, whatever was put in front of it locally."""
    before = repo.told()
    repo.git("replace", "HEAD~1", "HEAD")
    (repo.root / ".git" / "info" / "grafts").write_text(f"{repo.id('HEAD')}\n")

    assert repo.told() == before


def test_an_object_that_is_elsewhere_is_not_fetched(repo: Repo, tmp_path: Path) -> None:
    """Expected: a clone without old contents runs no program to get them; it says that it lacks them."""
    script, mark = program(tmp_path)
    ident = repo.id("HEAD~1:playbook/data/partners.yml")
    (repo.root / ".git" / "objects" / ident[:2] / ident[2:]).unlink()
    named = {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::{script}",
        "protocol.ext.allow": "always",
        "protocol.allow": "always",
        "remote.origin.uploadpack": str(script),
        "remote.origin.partialclonefilter": "blob:none",
    }
    for name, value in named.items():
        repo.git("config", name, value)
    told = repo.told()

    assert not mark.exists()
    assert told.editions == ()
    assert ident in told.unread


# --- repositories that cannot be read ---------------------------------------------------------


def owned_by_somebody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on git takes every repository for one of another user."""
    real = shutil.which("git")
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec "{real}" "$@"\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(fake.parent), prepend=os.pathsep)


def test_somebody_elses_repository(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: the pages are made, one line says why they tell nothing of the past and what to do, and so does the
    page, but not with names of this computer."""
    owned_by_somebody_else(tmp_path, monkeypatch)
    result = repo.write_pages()
    page = (repo.root / "out" / "changes.md").read_text()

    assert result.exit_code == Exit.FINE
    assert result.stderr.count("\n") == 1
    assert "detected dubious ownership" in result.stderr
    assert "git config --global --add safe.directory" in result.stderr
    assert "could not be read" in page
    assert str(repo.root) not in page
    assert "No change of the inventory is known" not in page


def test_a_user_may_call_it_safe(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: with the user's safe.directory, in a file or in the environment, the history is told."""
    owned_by_somebody_else(tmp_path, monkeypatch)
    assert repo.changes() == []
    config = tmp_path / "config"
    config.write_text(f"[safe]\n\tdirectory = {repo.root}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    assert repo.changes() == CAME
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    assert repo.changes() == []
    for name, value in {"COUNT": "1", "KEY_0": "safe.directory", "VALUE_0": "*"}.items():
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    assert repo.changes() == CAME


def broken_settings(repo: Repo) -> None:
    (repo.root / ".git" / "config").write_text("[core\n")


def no_head(repo: Repo) -> None:
    (repo.root / ".git" / "HEAD").write_bytes(b"")


def empty_branch(repo: Repo) -> None:
    (repo.root / ".git" / "refs" / "heads" / "main").write_bytes(b"")


def future_format(repo: Repo) -> None:
    repo.git("config", "core.repositoryFormatVersion", "99")


def damaged_head(repo: Repo) -> None:
    repo.damage("HEAD")


def worktree_that_is_gone(repo: Repo) -> None:
    shutil.rmtree(repo.root / ".git")
    (repo.root / ".git").write_text("gitdir: /nowhere/at/all\n")


BROKEN = [broken_settings, no_head, empty_branch, future_format, damaged_head, worktree_that_is_gone]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.__name__)
def test_a_broken_repository(repo: Repo, broken: Callable[[Repo], None]) -> None:
    """Expected: the pages are made, one line says that their history could not be read, and so does the page."""
    broken(repo)
    result, compared = repo.write_pages(), repo.diff("main")

    assert result.exit_code == Exit.FINE
    assert result.stderr.startswith("The history of the data cannot be read")
    assert result.stderr.count("\n") == 1
    assert "could not be read" in (repo.root / "out" / "changes.md").read_text()
    assert compared.exit_code == Exit.USAGE
    assert "Traceback" not in compared.output


def test_the_reason_is_told_once(repo: Repo, caplog: pytest.LogCaptureFixture) -> None:
    """Expected: while a site is served, each build fails to read history, and the first says so; it is no warning,
    which could end a strict build."""
    broken_settings(repo)
    caplog.set_level("INFO", logger="mkdocs")
    for _ in range(3):
        ready.load(ready.Source(repo.data, DAY, strict=False))
    said = [record for record in caplog.records if "history" in record.getMessage()]

    assert [record.levelname for record in said] == ["INFO"]


def test_what_can_be_read_is_told(repo: Repo) -> None:
    """Expected: behind a damaged commit nothing is known; what is newer is told, and the page says that more is not."""
    repo.commit(partners("Acme", "Birch", "Dale"))
    repo.commit(partners("Acme", "Birch", "Dale", "Cedar"))
    repo.damage("HEAD~3^{tree}")
    told = repo.told()

    assert [[str(change) for change in one.changes] for one in told.editions] == [
        ["Cedar is new in Sales, as Shop, owned by Ann"]
    ]
    assert told.unread
    assert "Not all of the history" in repo.pages()["changes.md"]


@pytest.mark.parametrize("name", ["HEAD~3:playbook/data/partners.yml", "HEAD~3:playbook/data", "HEAD~3^{tree}"])
@pytest.mark.parametrize("gone", [True, False])
def test_damaged_contents(repo: Repo, name: str, gone: bool) -> None:
    """Expected: a commit whose files are damaged, or gone, is passed over, and that is said."""
    repo.commit(partners("Acme", "Cedar"))
    repo.commit(partners("Acme", "Cedar", "Dale"))
    ident = repo.damage(name)
    if gone:
        (repo.root / ".git" / "objects" / ident[:2] / ident[2:]).unlink()
    told = repo.told()
    compared = repo.diff("HEAD~3")

    assert told.unread
    assert "Dale is new" in str(told.editions[0].changes[0])
    assert compared.exit_code == Exit.USAGE
    assert "git cannot read that revision" in compared.stderr


def test_a_damaged_pack(repo: Repo) -> None:
    """Expected: whatever byte of a pack is another one, history is told as far as it goes."""
    repo.git("repack", "-q", "-a", "-d")
    [pack] = (repo.root / ".git" / "objects" / "pack").glob("*.pack")
    sound = pack.read_bytes()
    pack.chmod(0o644)
    unread = 0
    for at in range(0, len(sound), max(1, len(sound) // 12)):
        pack.write_bytes(sound[:at] + bytes([sound[at] ^ 0xFF]) + sound[at + 1 :])
        unread += bool(repo.told().unread)

    assert unread > 3


def test_packed_history_is_told_like_any_other(repo: Repo) -> None:
    """Expected: packed objects and packed names are the same history."""
    before = repo.told()
    repo.git("gc", "--quiet", "--aggressive")
    repo.git("pack-refs", "--all")

    assert repo.told() == before


# --- repositories of other kinds --------------------------------------------------------------


def test_a_shallow_clone(repo: Repo, tmp_path: Path) -> None:
    """Expected: the history that is there is told, and the commit where it was cut is where it begins."""
    repo.commit(partners("Acme", "Birch", "Cedar"))
    clone = tmp_path / "clone"
    repo.git("clone", "--quiet", "--depth=2", f"file://{repo.root}", str(clone))
    told = change_log(clone / "playbook" / "data", DAY)

    assert [[str(change) for change in one.changes] for one in told.editions] == [
        ["Cedar is new in Sales, as Shop, owned by Ann"]
    ]
    assert told.unread == ""


def test_a_new_repository(repo: Repo) -> None:
    """Expected: without any commit there is nothing to tell, and nothing is wrong."""
    shutil.rmtree(repo.root / ".git")
    repo.git("init", "--quiet")

    assert repo.told() == ((), {}, "")
    assert "or it has no commits" in repo.diff("main").stderr


def test_a_worktree(repo: Repo, tmp_path: Path) -> None:
    """Expected: a second working tree has the history of its branch; when it is pruned, that is said."""
    repo.git("worktree", "add", "--quiet", str(tmp_path / "second"), "HEAD~1")
    data = tmp_path / "second" / "playbook" / "data"
    assert change_log(data, DAY) == ((), {}, "")
    shutil.rmtree(repo.root / ".git" / "worktrees")
    assert "not a git repository" in change_log(data, DAY).unread


def test_a_bare_repository(repo: Repo, tmp_path: Path) -> None:
    """Expected: a folder inside one has no history of its own."""
    repo.git("clone", "--quiet", "--bare", str(repo.root), str(tmp_path / "bare"))
    shutil.copytree(repo.data, tmp_path / "bare" / "playbook" / "data")

    assert change_log(tmp_path / "bare" / "playbook" / "data", DAY) == ((), {}, "")


def test_a_submodule(repo: Repo, tmp_path: Path) -> None:
    """Expected: data that lies in a submodule has that one's history; where the outer one had a link to a commit in
    its place, it had no data."""
    outer = Repo(tmp_path / "outer")
    outer.begin()
    outer.git("rm", "-r", "--quiet", "playbook")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repo.root), "playbook")
    outer.git("commit", "--quiet", "--message=x")
    inner = outer.root / "playbook" / "playbook" / "data"
    assert [str(change) for change in change_log(inner, DAY).editions[0].changes] == CAME[0]

    outer.git("rm", "--quiet", "--force", "playbook")
    world_in(outer.data)
    outer.commit(partners("Acme"))
    assert outer.told().unread == ""
    assert outer.diff("HEAD~1").stderr.endswith("is not in it.\n")


def test_names_with_anything_in_them(tmp_path: Path, repo: Repo) -> None:
    """Expected: a data folder whose path has line ends, signs of git's and bytes that are no text has its history."""
    odd = Repo(tmp_path / "a\n:(glob)[x]*\u2028" / os.fsdecode(b"\xff"))
    odd.begin()
    moved = odd.root / ":(top)\n*\\"
    odd.git("mv", "playbook", moved.name)
    odd.data = moved / "data"
    odd.commit(partners("Acme"))
    odd.commit(partners("Acme", "Birch"))

    assert odd.changes() == CAME


@pytest.mark.parametrize("sha", ["sha1", "sha256"])
def test_both_kinds_of_ids(tmp_path: Path, repo: Repo, sha: str) -> None:
    """Expected: the longer ids of newer repositories are as good."""
    other = Repo(tmp_path / sha)
    other.begin(f"--object-format={sha}")

    assert other.changes() == CAME


# --- what commits hold ------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize(
    "name", [b"../escaped.yml", b"..", b".git", b".", b"a/../../escaped.yml", b"/escaped.yml", b"partners/../x.yml"]
)
def test_names_that_lead_out(repo: Repo, tmp_path: Path, name: bytes) -> None:
    """Expected: a tree with such a name makes no file anywhere; a commit that has one is at most passed over."""
    blob = repo.store("blob", b"people: []\n")
    before = sorted(path for path in tmp_path.rglob("*") if ".git" not in path.parts)
    repo.swap((b"100644", name, blob))

    assert repo.changes() == CAME
    assert repo.told().unread == ""
    assert sorted(path for path in tmp_path.rglob("*") if ".git" not in path.parts) == before


@pytest.mark.long
@pytest.mark.parametrize(
    ("mode", "name"),
    [
        (b"120000", b"people.yml"),
        (b"160000", b"people.yml"),
        (b"120000", b"partners"),
        (b"160000", b"partners"),
        (b"120000", b"history.jsonl"),
    ],
)
def test_what_is_no_ordinary_file(repo: Repo, mode: bytes, name: bytes) -> None:
    """Expected: a link or a submodule in the place of a data file is no state that can be compared."""
    ident = repo.store("blob", b"/etc/passwd") if mode == b"120000" else repo.id("HEAD")
    repo.swap((mode, name, ident))
    compared = repo.diff("HEAD~1")

    assert repo.changes() == CAME
    assert repo.told().unread == ""
    assert compared.exit_code == Exit.PROBLEMS
    assert compared.stderr == f"HEAD~1 cannot be compared: {name.decode()} is no ordinary file.\n"


@pytest.mark.parametrize("name", [b"a" * 300 + b".yml", b"\xff\xfe.yml", b"a\nb.yml", b"taxonomy.yaml"])
def test_names_that_no_data_file_has(repo: Repo, name: bytes) -> None:
    """Expected: they keep that state from being compared, as they would today, and end nothing."""
    repo.swap((b"100644", name, repo.store("blob", b"x: y\n")))
    compared = repo.diff("HEAD~1")

    assert repo.changes() == CAME
    assert compared.exit_code == Exit.PROBLEMS
    assert "Traceback" not in compared.output


def test_other_files_are_not_read(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: whatever else lies in the folder, and however large it is, only data files are laid out."""
    (repo.data / "video.mp4").write_bytes(b"x" * 5000)
    (repo.data / "more").mkdir()
    (repo.data / "more" / "people.yml").write_text("x")
    repo.commit(partners("Acme"))
    monkeypatch.setattr(revisions, "_STATE_BYTES", 4999)
    with Repository(repo.data) as repository:
        state = repository.state(repo.id("HEAD"))
        assert state is not None
        with repository.checked_out(state) as folder:
            found = sorted(path.name for path in folder.rglob("*"))

    assert found == ["partners.yml", "settings.yml", "taxonomy.yml"]


def test_a_state_has_bounds(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: what is larger than all data may be is not even asked for; the commit is passed over."""
    repo.commit(partners("Acme") + "#" * 50_000)
    repo.commit(partners("Acme", "Cedar"))
    monkeypatch.setattr(revisions, "_STATE_BYTES", 50_000)
    read = counted(monkeypatch, "_asked", lambda how, ident: how == "--batch" and ident)

    assert repo.changes()[0][0].startswith("Cedar is new")
    assert repo.id("HEAD~1:playbook/data/partners.yml") not in read
    assert repo.diff("HEAD~1").stderr == "HEAD~1 cannot be compared: the data is larger than 50,000 bytes.\n"
    monkeypatch.setattr(revisions, "_STATE_FILES", 2)
    assert "there are more than 2 files" in repo.diff("HEAD").stderr


def test_a_commit_has_bounds(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: of a commit that is larger than any is, that is said, and the others are told."""
    repo.commit(partners("Acme", "Birch", "Cedar"))
    repo.rewrite(more=b"x " + b"y" * 2_000_000 + b"\n")
    repo.commit(partners("Acme", "Birch", "Cedar", "Dale"))

    cedar = "Cedar is new in Sales, as Shop, owned by Ann"
    assert repo.changes() == [[cedar, cedar.replace("Cedar", "Dale")], *CAME]
    assert "larger than 1,000,000 bytes" in repo.told().unread


def test_without_room_for_old_states(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: where no temporary folder can be made, the rest is built, and the reason is said."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    assert "temporary folder" in repo.told().unread
    monkeypatch.setattr("tempfile.tempdir", None)


# --- how much work it is ----------------------------------------------------------------------


def counted(monkeypatch: pytest.MonkeyPatch, name: str, what: Callable[..., Any]) -> list[Any]:
    """What every call of a method of Objects was about, as it goes on."""
    calls: list[Any] = []
    real = getattr(git.Objects, name)

    def call(self: git.Objects, *arguments: Any) -> Any:
        if about := what(*arguments):
            calls.append(about)
        return real(self, *arguments)

    monkeypatch.setattr(git.Objects, name, call)
    return calls


def test_a_content_is_read_once(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: of twelve states whose inventories alone differ, each inventory is read, and each other file once."""
    for number in range(10):
        repo.commit(partners("Acme", f"P{number}"))
    blobs = counted(monkeypatch, "read", lambda *asked: asked[1] == "blob" and asked[0])
    assert len(repo.changes()) == 11

    assert len(blobs) == len(set(blobs)) == 12 + len([*WORLD.iterdir()])


def test_processes_do_not_grow_with_commits(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: as many processes for twelve commits as for two."""
    started: list[Any] = []
    real = git._command

    def command(*arguments: Any) -> list[str]:
        started.append(arguments)
        return real(*arguments)

    monkeypatch.setattr(git, "_command", command)
    repo.told()
    few = len(started)
    for number in range(10):
        repo.commit(partners("Acme", f"P{number}"))
    started.clear()
    repo.told()

    assert few == len(started) <= 8


# --- names of revisions -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("x" * 300, id="long"),
        pytest.param("x" * 200_000, id="very long"),
        pytest.param("x/" * 3000, id="deep"),
        pytest.param("\udcff\udcfe", id="no text"),
        pytest.param("main\udcff", id="in part no text"),
        "a\0b",
        "^main",
        ":/[",
        "main..main",
        "@{-1}",
    ],
)
def test_revisions_that_are_none(repo: Repo, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: one short line that says so, and exit code 2, however long it is and whatever is in it."""
    monkeypatch.chdir(repo.root)
    result = repo.diff(name)
    error = result.stderr.splitlines()[-1]

    assert result.exit_code == Exit.USAGE
    assert error.startswith("Error: Invalid value for BASE: there is no folder")
    assert len(error) < 700
    assert result.stdout == ""


def test_a_folder_whose_name_is_too_long(repo: Repo) -> None:
    """Expected: the folder of the data is named like that, too."""
    result = run("diff", "--data", "x" * 5000, "main")

    assert result.exit_code == Exit.USAGE
    assert "there is no folder 'xxx" in result.stderr
    assert len(result.stderr) < 700


@pytest.mark.parametrize(
    ("gone", "name", "reason"),
    [
        ("HEAD", "HEAD", "bad object HEAD"),
        ("HEAD", "main", "bad object main"),
        ("HEAD", "v1", "bad object"),
        ("HEAD", "HEAD~1", "bad object HEAD"),
        ("HEAD~1", "HEAD~1", "Could not read"),
        ("HEAD~1", "main~2", "Could not read"),
    ],
)
def test_a_commit_that_is_missing(repo: Repo, gone: str, name: str, reason: str) -> None:
    """Expected: git's own reason, and not that there is no such revision; hints of git's are no part of it."""
    repo.git("tag", "--annotate", "--message=x", "v1")
    commit = repo.id(gone)
    (repo.root / ".git" / "objects" / commit[:2] / commit[2:]).unlink()
    result = repo.diff(name)

    assert result.exit_code == Exit.USAGE
    assert f"there is no folder '{name}', and git cannot read that revision: {reason}" in result.stderr


def test_what_is_no_commit_is_none(repo: Repo) -> None:
    """Expected: a name of something else, or one that goes back too far, stands for no revision."""
    repo.git("tag", "file", "HEAD:playbook/data/taxonomy.yml")
    for name in ("file", "HEAD^{tree}", "main:playbook", "HEAD~2", "mian~1"):
        assert f"there is no folder and no git revision '{name}'" in repo.diff(name).stderr


def test_without_git(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: whoever asks for a revision is told; whoever builds is not."""
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    result = repo.diff("main")

    assert result.exit_code == Exit.USAGE
    assert "there is no folder 'main', and git is not installed: revisions need it" in result.stderr
    assert repo.write_pages().stderr == ""


def test_git_that_cannot_be_started(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: a git that is no program is a reason why history cannot be read."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "git").write_bytes(b"\x7fELF nothing")
    (tmp_path / "bin" / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    assert "git cannot be started" in repo.told().unread
    assert repo.diff("main").exit_code == Exit.USAGE


def test_what_cannot_be_laid_out_is_named(repo: Repo) -> None:
    """Expected: the two kinds of failure are told apart: what git cannot read, and what is no data folder."""
    with Repository(repo.data) as repository:
        with pytest.raises(Unread, match="missing or damaged"):
            repository.state("0" * 40)
        with (
            pytest.raises(Unusable, match="cannot be laid out"),
            repository.checked_out({"x" * 300: repo.id("HEAD:playbook/data/taxonomy.yml")}),
        ):
            pass


def test_git_that_dies_without_a_word(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: that it died is said, in place of nothing."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "git").write_text("#!/bin/sh\nkill -9 $$\n")
    (tmp_path / "bin" / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)

    assert "git ended with the code" in repo.told().unread
    assert repo.diff("main").exit_code == Exit.USAGE


@pytest.mark.parametrize("tree", [b"\xff\xfe", b"HEAD", b"", b"0" * 40, b"main main"])
def test_a_commit_of_no_tree(repo: Repo, tree: bytes) -> None:
    """Expected: a commit that names no tree cannot be read, whatever stands in its place."""
    head = repo.store("commit", b"tree " + tree + b"\nauthor a <a> 1 +0000\ncommitter a <a> 1 +0000\n\nx\n")

    with Repository(repo.data) as repository, pytest.raises(Unread, match="damaged"):
        repository.state(head)


# --- a git that goes away in the middle --------------------------------------------------------


@pytest.fixture
def objects(tmp_path: Path) -> git.Objects:
    """Those of a repository with a commit, and processes that have answered once."""
    repo = Repo(tmp_path)
    repo.begin()
    found = git.Objects(repo.data)
    found.read(repo.id("HEAD"), "commit", 10_000)
    return found


def test_an_object_of_another_kind(objects: git.Objects, tmp_path: Path) -> None:
    """It is not taken for what was asked for."""
    commit = Repo(tmp_path).id("HEAD")
    with pytest.raises(Unread, match="is no blob"):
        objects.read(commit, "blob", 10_000)
    objects.close()


@pytest.mark.parametrize("dead", ["--batch", "--batch-check"])
def test_a_process_that_has_ended(objects: git.Objects, tmp_path: Path, dead: str) -> None:
    """That is said, and the next question starts another one."""
    commit = Repo(tmp_path).id("HEAD")
    process = objects._running[dead]
    process.kill()
    process.wait()
    with pytest.raises(Unread, match=f"the object {commit} is damaged"):
        objects.read(commit, "commit", 10_000)
    assert objects.read(commit, "commit", 10_000).startswith(b"tree ")
    objects.close()


@pytest.mark.parametrize("answer", [b"", b"%s commit 900\ntree", b"%s commit 4\ntree"])
def test_an_answer_that_is_cut_off(
    objects: git.Objects, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    """What is not whole is not used, and is named."""
    commit = Repo(tmp_path).id("HEAD")
    honest = objects._asked

    def cut(how: str, ident: str) -> IO[bytes]:
        return honest(how, ident) if how == "--batch-check" else io.BytesIO(answer.replace(b"%s", ident.encode()))

    monkeypatch.setattr(objects, "_asked", cut)
    with pytest.raises(Unread, match=f"the object {commit} is damaged"):
        objects.read(commit, "commit", 10_000)
    objects.close()


@pytest.mark.parametrize("content", [b"100644 x", b"100644\0" + b"i" * 20, b"100644 x\0" + b"i" * 19])
def test_a_tree_that_is_cut_off(objects: git.Objects, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """Git checks what it stores; a disk may not keep it."""
    monkeypatch.setattr(objects, "read", lambda *_: content)
    with pytest.raises(Unread, match="is damaged"):
        objects.tree("0" * 40, 10_000)
    objects.close()


def test_a_git_that_cannot_be_started_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where there are too many processes: the reason is the system's."""

    def full(*_: object, **__: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", full)
    with pytest.raises(Unread, match=r"(?i)resource temporarily unavailable"):
        git.Objects(tmp_path).size("0" * 40)


def test_files_of_departments_are_read_at_a_commit(tmp_path: Path) -> None:
    """Those in partners/ belong to the data, and nothing deeper."""
    repo = Repo(tmp_path)
    repo.begin()
    (repo.data / "partners" / "deep").mkdir(parents=True)
    (repo.data / "partners" / "east.yml").write_text(partners("Elm").replace("sales", "east"), "utf-8")
    (repo.data / "partners" / "deep" / "x.txt").write_text("x", "utf-8")
    repo.commit(partners("Acme"))
    with Repository(repo.data) as repository:
        state = repository.state(repo.id("HEAD"))
    assert state is not None
    assert set(state) == {"partners.yml", "partners/east.yml", "settings.yml", "taxonomy.yml"}


STRAY = ["partners/emea/x.yml", "people/deep/er/x.yaml", "notes/x.yml"]


@pytest.mark.parametrize("name", STRAY)
def test_data_in_a_folder_that_nobody_reads(repo: Repo, name: str) -> None:
    """Expected: what a check of the folder refuses, a comparison with the commit refuses, in the same words."""
    before = repo.told()
    (repo.data / name).parent.mkdir(parents=True)
    (repo.data / name).write_text("x: y\n", "utf-8")
    repo.commit((repo.data / "partners.yml").read_text("utf-8"))
    message = f"{name} stands in a folder that is not read"

    assert message in run("check", "--data", str(repo.data)).output
    for revisions_named in (("HEAD~1", "HEAD"), ("HEAD", "HEAD~1")):
        compared = repo.diff(*revisions_named)
        assert compared.exit_code == Exit.PROBLEMS
        assert "HEAD cannot be compared" in compared.stderr
        assert message in compared.stderr

    shutil.rmtree(repo.data / name.split("/")[0])
    against = run("check", "--data", str(repo.data), "--against", "HEAD")
    assert "HEAD cannot be compared: it has 1 error. All findings count." in against.stderr
    # What could be told before is told, and from where it was.
    repo.commit(partners("Acme", "Cedar"))
    told = repo.told()
    assert told.unread == ""
    assert [len(one.changes) > 0 for one in told.editions] == [True] * (len(before.editions) + 1)


def test_other_folders_do_not_count(repo: Repo) -> None:
    """Expected: logos, hidden folders and whatever holds no YAML keep nothing from being compared."""
    for name in ("logos/a.yml", ".old/a.yml", "partners/.old/a.yml", "notes/deep/a.md", "people/a.json"):
        (repo.data / name).parent.mkdir(parents=True, exist_ok=True)
        (repo.data / name).write_text("x: y\n", "utf-8")
    repo.commit((repo.data / "partners.yml").read_text("utf-8"))
    assert repo.diff("HEAD~1", "HEAD").exit_code == Exit.FINE


def test_folders_have_bounds(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: a tree that holds itself many times over is given up, and no path grows without end."""
    inner = repo.tree((b"100644", b"a.md", repo.store("blob", b"x")))
    for _ in range(12):
        inner = repo.tree((b"40000", b"a", inner), (b"40000", b"b", inner))
    repo.swap((b"40000", b"notes", inner))
    monkeypatch.setattr(revisions, "_STATE_FILES", 200)
    compared = repo.diff("HEAD~1", "HEAD")
    assert compared.exit_code == Exit.PROBLEMS
    assert "there are more than 200 folders" in compared.stderr

    repo.swap((b"40000", b"n" * 5000, inner))
    assert "too deep in each other" in repo.diff("HEAD~1", "HEAD").stderr
    assert repo.told().unread == ""


def test_a_link_in_place_of_data(repo: Repo) -> None:
    """Expected: it is named, and led to nowhere; whatever else stands there is no data of that day."""
    path = repo.data / "people.yml"
    path.unlink(missing_ok=True)
    path.symlink_to("partners.yml")
    repo.commit(partners("Acme"))
    with Repository(repo.data) as repository, pytest.raises(Unusable, match=r"^people\.yml is no ordinary file$"):
        repository.state(repo.id("HEAD"))
