"""Histories in git as other programs and other people may write them: names, days and files of every kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from tests.grammars.damage import damaged, names
from tests.kit import git


@dataclass(frozen=True)
class Commit:
    """Who made it, as bytes of a commit object (`name <mail> seconds zone`), and the data files that it holds."""

    author: bytes
    files: Mapping[str, bytes]


_MAILS = st.sampled_from([b"<a@x.example>", b"<>", b"", b"<<a>", b"<a"])
_SECONDS = st.sampled_from([b"1767225600", b"0", b"-1", b"253402300800", b"99999999999999999999", b"", b"x"])
_ZONES = st.sampled_from([b"+0000", b"+9999", b"-2359", b"", b"Z"])


@st.composite
def authors(draw: st.DrawFn) -> bytes:
    """The value of an author line, which git itself would mostly refuse to write."""
    name = draw(st.one_of(names.map(str.encode), st.binary(max_size=12)))
    parts = (name, draw(_MAILS), draw(_SECONDS), draw(_ZONES))
    return b" ".join(parts).replace(b"\n", b" ").replace(b"\0", b" ")


@st.composite
def histories(draw: st.DrawFn, files: Mapping[str, str]) -> list[Commit]:
    """One to four commits; each holds these files, of which one may be damaged or missing."""
    made = []
    for _ in range(draw(st.integers(1, 4))):
        held = {name: text.encode() for name, text in files.items()}
        if draw(st.booleans()):
            name = draw(st.sampled_from(sorted(files)))
            held[name] = draw(damaged(files[name]))
        elif draw(st.integers(0, 3)) == 3:
            del held[draw(st.sampled_from(sorted(files)))]
        made.append(Commit(draw(authors()), held))
    return made


def write(history: list[Commit], folder: Path) -> None:
    """Make a repository of it, whose data stands in data/; the work tree holds nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    parent = b""
    for commit in history:
        rows = [
            f"100644 blob {git(folder, 'hash-object', '-w', '--stdin', given=content)}\t{name}"
            for name, content in sorted(commit.files.items())
        ]
        data = git(folder, "mktree", given="\n".join(rows).encode())
        tree = git(folder, "mktree", given=f"040000 tree {data}\tdata".encode())
        lines = [b"tree " + tree.encode(), *([b"parent " + parent] if parent else [])]
        lines += [b"author " + commit.author, b"committer " + commit.author, b"", b"a message"]
        written = git(folder, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", given=b"\n".join(lines))
        parent = written.encode()
    (folder / ".git" / "refs" / "heads" / "main").write_bytes(parent + b"\n")
