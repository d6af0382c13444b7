"""Comments in places that are easily forgotten: each stays, at what a reader takes it to be about."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.source import load
from tests import kit

Run = Callable[..., str]

INVENTORY = """\
# Before all.
departments:   # On the line of the list.
  # About all of them.

  # About sales.
  - id: sales
    name: Sales
    partners:
      - id: acme
        name: Acme
        types: [shop]
        owner: ann
          # Deeper than acme's owner.

      - id: zeta
        name: Zeta
        types:
          - shop
          - agent   # Since May.
            # Deeper than agent.
        owner: ann
        # At the end of zeta.
    # At the end of sales.

  # --- A heading ---

  - id: service
    name: Service
    partners: []   # None yet.
  # Right below service.

  # At the end of the list.

# At the end of the file.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return kit.world_in(tmp_path / "data", partners=INVENTORY, people="people:\n  - id: ann\n    name: Ann\n")


@pytest.fixture
def run(folder: Path) -> Run:
    """Runs a command, and gives the new text of partners.yml."""

    def run(*arguments: str) -> str:
        result = kit.run(*arguments, "--data", str(folder))
        assert result.exit_code == 0, result.output
        return (folder / "partners.yml").read_text()

    return run


def test_fmt_keeps_each_comment_where_it_is_read(run: Run, folder: Path) -> None:
    """Expected: deeper ones are two columns inside what they are about; the second time, nothing changes."""
    untidy = INVENTORY.replace("          # Deeper than acme", "             # Deeper than acme")
    untidy = untidy.replace("        # At the end of zeta.", "       # At the end of zeta.").replace(
        "    # At the end of sales.", "   # At the end of sales."
    )
    (folder / "partners.yml").write_text(untidy)
    assert run("fmt") == INVENTORY
    assert run("fmt") == INVENTORY


def test_split_of_all_leaves_what_is_said_of_the_list_and_the_file(run: Run, folder: Path) -> None:
    """Expected: each department's comments, headings too, go with it; the others stay, around a list without items."""
    assert run("split") == (
        "# Before all.\ndepartments: []   # On the line of the list.\n  # About all of them.\n\n\n"
        "  # At the end of the list.\n\n# At the end of the file.\n"
    )
    sales, service = ((folder / "partners" / f"{one}.yml").read_text() for one in ("sales", "service"))
    begin, end = INVENTORY.index("  # About sales."), INVENTORY.index("\n  # --- A heading")
    assert sales == "departments:\n" + INVENTORY[begin:end]
    assert service == (
        "departments:\n  # --- A heading ---\n\n  - id: service\n    name: Service\n"
        "    partners: []   # None yet.\n  # Right below service.\n"
    )


@pytest.mark.parametrize(("name", "other"), [("sales", "service"), ("service", "sales")])
def test_split_of_one_leaves_the_other_as_it_is(run: Run, folder: Path, name: str, other: str) -> None:
    """Expected: no line is in both files, or in neither."""
    rest = run("split", name).splitlines()
    moved = (folder / "partners" / f"{name}.yml").read_text().splitlines()
    lines = [line for line in INVENTORY.splitlines() if line]
    assert sorted(filter(None, [*rest, *moved[1:]])) == sorted(lines)
    assert f"  - id: {other}" in rest
    assert "# At the end of the file." in rest


def test_new_entries_stand_below_what_is_about_the_one_above(run: Run) -> None:
    """Expected: a partner after zeta and its last comment; a department after sales, service and theirs."""
    text = run("new", "partner", "--department", "sales", "--name", "Zulu", "--type", "shop", "--owner", "nobody")
    assert "        # At the end of zeta.\n\n      - id: zulu\n" in text
    assert "        owner: null\n    # At the end of sales.\n" in text
    text = run("new", "department", "--name", "West")
    assert "    partners: []   # None yet.\n" in text
    assert text.index("# None yet") < text.index("- id: west") < text.index("# At the end of the file.")


def test_a_new_field_stands_below_what_is_about_the_field_above(run: Run) -> None:
    """Expected: the review below the deeper comment, which stays with the owner."""
    text = run("review", "acme", "--by", "ann")
    assert "          # Deeper than acme's owner.\n        reviewed: {date: 2026-06-01, by: ann}\n" in text
    assert text.replace("        reviewed: {date: 2026-06-01, by: ann}\n", "") == INVENTORY


def test_merged_types_leave_the_comment_of_the_one_that_goes(run: Run, folder: Path) -> None:
    """Expected: the item of the list goes; what was remarked on it stays in the list."""
    path = folder / "taxonomy.yml"
    text = path.read_text().replace(
        "name: Agent, function: sell, definition: Sells for a fee., mode: regular",
        "name: Agent, function: sell, definition: Sells in a shop., mode: light",
    )
    path.write_text(text)
    text = run("merge", "agent", "--into", "shop")
    assert "          - shop\n          # Since May.\n          # Deeper than agent.\n        owner: ann\n" in text


@pytest.mark.parametrize(
    "command", [("fmt",), ("split", "sales"), ("review", "zeta", "--by", "ann"), ("rename", "zeta", "zz")]
)
@pytest.mark.parametrize("form", ["windows", "mark", "unended", "windows, with a mark, unended"])
def test_line_ends_and_the_mark_at_the_beginning_stay(
    run: Run, folder: Path, command: tuple[str, ...], form: str
) -> None:
    """Expected: the same text as for a usual file, with the same line ends and the same first bytes."""
    usual = run(*command).encode()
    (folder / "partners.yml").write_text(INVENTORY)
    shutil.rmtree(folder / "partners", ignore_errors=True)
    content = INVENTORY.encode()
    content = content.replace(b"\n", b"\r\n") if "windows" in form else content
    content = b"\xef\xbb\xbf" * ("mark" in form) + (content.rstrip() if "unended" in form else content)
    (folder / "partners.yml").write_bytes(content)
    if command == ("fmt",):
        # A usual file is tidy already.
        content = content.replace(b"name: Sales", b"name:   Sales")

    run(*command)

    found = (folder / "partners.yml").read_bytes()
    assert found.startswith(b"\xef\xbb\xbf") == ("mark" in form)
    assert found.count(b"\r") == (found.count(b"\n") if "windows" in form else 0)
    assert found.removeprefix(b"\xef\xbb\xbf").replace(b"\r", b"").rstrip() == usual.rstrip()


TEXTS = {
    "kept": ("|+\n          a\n\n\n", "a\n\n\n"),
    "kept, folded": (">+\n          a\n\n", "a\n\n"),
    "kept, stated": ("|1+\n          a\n\n", " a\n\n"),
    "clipped": ("|\n          a\n\n\n", "a\n"),
    "stripped": ("|-   # why\n          a\n           # b\n", "a\n # b"),
    "far in": ("|\n              a\n         # c\n", "a\n"),
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    "command", [("fmt",), ("split",), ("review", "acme", "--by", "ann"), ("new", "department", "--name", "W")]
)
def test_the_empty_lines_and_the_comments_around_a_block_of_text(
    run: Run, folder: Path, name: str, command: tuple[str, ...]
) -> None:
    """Expected: the text is as it was, wherever it moves; a comment below it is no part of it."""
    written, meant = TEXTS[name]
    head = "departments:\n  - id: sales\n    name: Sales\n    partners:\n"
    zeta = f"      - notes: {written}        id: zeta\n        name: Zeta\n        types: [shop]\n        owner: ann\n"
    acme = "      # About acme.\n      - id: acme\n        name: Acme\n        types: [shop]\n        owner: ann\n"
    (folder / "partners.yml").write_text(head + zeta + acme)

    run(*command)

    entries = []
    for path in [folder / "partners.yml", *folder.glob("partners/*.yml")]:
        document, problems = load(path, path.name, 1_000_000)
        assert document is not None
        assert not problems
        assert path.parent.name == "data" or "# About acme." in document.text
        entries += [one for home in document.data["departments"] for one in home.get("partners") or ()]
    assert next(one["notes"] for one in entries if one["id"] == "zeta") == meant


@pytest.mark.parametrize("sign", ["|", ">", "|+", "|2", "|-"])
@pytest.mark.parametrize(
    "command", [("fmt",), ("split",), ("review", "acme", "--by", "ann"), ("new", "department", "--name", "W")]
)
def test_a_block_of_text_that_ends_with_the_file(run: Run, folder: Path, sign: str, command: tuple[str, ...]) -> None:
    """Expected: the line end that the file lacked is no part of the text where the file gets one."""
    (folder / "partners.yml").write_text(
        "departments:\n  - id: sales\n    name: Sales\n    partners:\n      - id: acme\n        name: Acme\n"
        f"        types: [shop]\n        owner: ann\n        notes: {sign}\n          end"
    )

    run(*command)

    path = next(iter([*folder.glob("partners/*.yml"), folder / "partners.yml"]))
    document, problems = load(path, "partners.yml", 9_999)
    assert document is not None
    assert not problems
    assert document.data["departments"][0]["partners"][0]["notes"] == "end", document.text
