"""The first entry of a data file that has none: it is empty, holds comments alone, or an empty list."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.boundary import Exit
from generator.loading import load_folder
from tests.kit import inventory, run, world_in

ENTRY = "people:\n  - id: ann-lee\n    name: Ann Lee\n"
BRACES = "people: [{id: ann-lee, name: Ann Lee}]"
# Each text of people.yml, and what a first person makes of it: every comment stays, above an empty line.
FIRST = {
    "": ENTRY,
    "\n": f"\n{ENTRY}",
    "# c": f"# c\n\n{ENTRY}",
    "# c\n": f"# c\n\n{ENTRY}",
    "# c\n\n": f"# c\n\n{ENTRY}",
    "# c\n\n\n": f"# c\n\n\n{ENTRY}",
    "# c\n\n# people:\n#   - id: jane\n": f"# c\n\n# people:\n#   - id: jane\n\n{ENTRY}",
    "# c\r\n": f"# c\n\n{ENTRY}".replace("\n", "\r\n"),
    "---\n": f"---\n\n{ENTRY}",
    "--- # c": f"--- # c\n\n{ENTRY}",
    "# a\n---\n# b\n...\n": f"# a\n---\n# b\n\n{ENTRY}...\n",
    "{}": f"{{{BRACES}}}",
    "{ } # c\n": f"{{{BRACES}}} # c\n",
    "--- {}\n": f"--- {{{BRACES}}}\n",
    "{ # c\n}\n": f"{{ # c\n  {BRACES}}}\n",
    "people: []\n": ENTRY,
    "people:\n": ENTRY,
}


@pytest.mark.parametrize("text", FIRST)
def test_a_first_entry_finds_its_place(tmp_path: Path, text: str) -> None:
    """A second one finds its own beside it."""
    path = world_in(tmp_path / "data", partners=inventory()) / "people.yml"
    path.write_bytes(text.encode())
    done = run("new", "person", "--name", "Ann Lee", "--data", str(path.parent))

    assert done.exit_code == Exit.FINE, done.output
    assert path.read_bytes().decode() == FIRST[text]
    assert run("new", "person", "--name", "Bob Ray", "--data", str(path.parent)).exit_code == Exit.FINE
    playbook = load_folder(path.parent).playbook
    assert playbook is not None
    assert [*playbook.people] == ["ann-lee", "bob-ray"]


@pytest.mark.long
@pytest.mark.parametrize("text", ["", "# c\n", "{}\n", "--- # c"])
@pytest.mark.parametrize("file", ["people", "portfolio", "settings", "strategy", "toolkit"])
def test_commands_pass_by_files_without_entries(tmp_path: Path, file: str, text: str) -> None:
    """What has nothing to do with such a file leaves it as it is."""
    data = world_in(tmp_path / "data", partners=inventory(acme="types: [shop], owner: null"), **{file: text})
    for command in (
        ("fmt",),
        ("rename", "shop", "store"),
        ("rename", "acme", "acme-works"),
        ("new", "department", "--name", "Service"),
        ("split", "sales"),
    ):
        done = run(*command, "--data", str(data), "--as-of", "2026-06-01")
        assert done.exit_code == Exit.FINE, done.output

    assert (data / f"{file}.yml").read_text("utf-8") == text
