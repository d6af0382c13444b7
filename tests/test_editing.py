"""Edits of data files: what is meant changes, and every other byte stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.editing import Draft, tidy
from generator.editing.values import field
from generator.source import Document, load

PARTNERS = """\
# The inventory.

departments:
  - id: sales
    name: Sales   # our home
    partners:
      # Asked twice; see the notes.
      - id: acme
        name: Acme
        types: [isv-ihv]
        owner: ann   # until June
        regions:
          - EMEA   # all of it
          - APAC

      - id: delta
        name: Delta
        types: [isv-ihv]
        owner:
        value: >-
          Makes
          maps.
        links:
          - {label: Site, url: https://delta.example}
      # Last of all.
      - id: zeta
        name: 'Zeta: the last'
        types: [isv-ihv]
        owner: null
  - id: service
    name: Service
    partners: []
"""


def document(tmp_path: Path, text: str, file: str = "partners.yml") -> Document:
    (tmp_path / file).write_bytes(text.encode())
    found, problems = load(tmp_path / file, file, 1_000_000)
    assert found is not None, problems
    assert not problems
    return found


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    return Draft(document(tmp_path, PARTNERS))


def changed(draft: Draft, before: str = PARTNERS) -> list[str]:
    """The lines that went, with -, and those that came, with +, in their order."""
    import difflib

    lines = difflib.unified_diff(before.splitlines(), draft.text().splitlines(), lineterm="", n=0)
    return [line for line in lines if line[:3] not in ("---", "+++") and line[:2] != "@@"]


ACME = ("departments", 0, "partners", 0)
DELTA = ("departments", 0, "partners", 1)
ZETA = ("departments", 0, "partners", 2)


def test_a_draft_without_edits_is_the_file(draft: Draft) -> None:
    """Expected: not a byte differs."""
    assert draft.text() == PARTNERS


def test_an_entry_goes_to_its_sorted_place_in_the_style_of_its_neighbors(draft: Draft) -> None:
    """Expected: beta stands between acme and delta, set off by empty lines, each field in its line."""
    draft.add(ACME[:3], {"id": "beta", "name": "Beta & Sons", "types": ["isv-ihv"], "owner": None})
    assert (
        "          - APAC\n\n      - id: beta\n        name: Beta & Sons\n        types: [isv-ihv]\n"
        "        owner: null\n\n      - id: delta\n"
    ) in draft.text()
    assert len(changed(draft)) == 5


def test_an_entry_goes_above_the_comment_of_the_one_that_follows(draft: Draft) -> None:
    """Expected: the comment stays right above zeta."""
    draft.add(ACME[:3], {"id": "echo", "types": ["isv-ihv"], "owner": "ann"})
    assert "owner: ann\n\n      # Last of all.\n      - id: zeta" in draft.text()


def test_an_entry_after_the_last_one_and_one_in_an_empty_list(draft: Draft) -> None:
    """Expected: both are where they belong, and the file still says the rest."""
    draft.add(ACME[:3], {"id": "zulu", "types": ["isv-ihv"], "owner": None})
    draft.add(("departments", 1, "partners"), {"id": "acme", "types": ["isv-ihv"], "owner": "bob"})
    data = yaml.safe_load(draft.text())
    assert [partner["id"] for partner in data["departments"][0]["partners"]] == ["acme", "delta", "zeta", "zulu"]
    assert data["departments"][1]["partners"] == [{"id": "acme", "types": ["isv-ihv"], "owner": "bob"}]


def test_several_entries_at_one_place_are_sorted(draft: Draft) -> None:
    """Expected: in the order of their ids, whatever the order of the edits."""
    for name in ("cobra", "beta", "ceta"):
        draft.add(ACME[:3], {"id": name, "types": ["isv-ihv"], "owner": None})
    found = [partner["id"] for partner in yaml.safe_load(draft.text())["departments"][0]["partners"]]
    assert found == ["acme", "beta", "ceta", "cobra", "delta", "zeta"]


def test_a_value_is_replaced_and_the_comment_behind_it_stays(draft: Draft) -> None:
    """Expected: one line differs, and keeps its comment."""
    draft.set(ACME, "owner", "bob")
    assert changed(draft) == ["-        owner: ann   # until June", "+        owner: bob   # until June"]


def test_a_field_that_is_new_stands_where_such_fields_stand(draft: Draft) -> None:
    """Expected: the order of the documentation: status after owner, and domain at the end of the entry."""
    draft.set(ACME, "domain", "acme.example")
    draft.set(ACME, "status", "prospect")
    draft.set(ACME, "reviewed", {"date": date(2026, 5, 1), "by": "ann"})
    draft.set(DELTA, "name", "Delta Inc.")
    assert changed(draft) == [
        "+        status: prospect",
        "+        domain: acme.example",
        "+        reviewed: {date: 2026-05-01, by: ann}",
        "-        name: Delta",
        "+        name: Delta Inc.",
    ]


def test_comments_within_a_value_that_goes_are_kept_above_it(draft: Draft) -> None:
    """Expected: the list is written anew; what somebody remarked in it stands above."""
    draft.set(ACME, "regions", ["AMER"])
    assert changed(draft) == [
        "-        regions:",
        "-          - EMEA   # all of it",
        "-          - APAC",
        "+        # all of it",
        "+        regions: [AMER]",
    ]


def test_a_value_where_nothing_stood_and_one_that_was_folded(draft: Draft) -> None:
    """Expected: `owner:` without a value gets one, and folded text is replaced whole."""
    draft.set(DELTA, "owner", "ann")
    draft.set(DELTA, "value", "Makes globes.")
    assert changed(draft) == [
        "-        owner:",
        "-        value: >-",
        "-          Makes",
        "-          maps.",
        "+        owner: ann",
        "+        value: Makes globes.",
    ]


def test_a_comment_behind_a_value_never_becomes_part_of_longer_text(draft: Draft) -> None:
    """Expected: text that needs several lines, where a short one with a comment stood: the comment moves above it."""
    draft.set(("departments", 0), "name", "word " * 40 + "end")
    assert "\n    # our home\n    name: >-\n      word word" in "\n" + draft.text().replace("  - id: sales\n", "\n", 1)
    assert yaml.safe_load(draft.text())["departments"][0]["name"] == "word " * 40 + "end"


def test_fields_and_entries_go_with_their_comments(draft: Draft) -> None:
    """Expected: nothing is left of what is removed, and no comment of another entry goes."""
    draft.drop(DELTA, "value")
    draft.remove(ZETA)
    assert changed(draft) == [
        "-        value: >-",
        "-          Makes",
        "-          maps.",
        "-      # Last of all.",
        "-      - id: zeta",
        "-        name: 'Zeta: the last'",
        "-        types: [isv-ihv]",
        "-        owner: null",
    ]


def test_the_first_entry_and_the_first_field_can_go(draft: Draft) -> None:
    """Expected: the next field takes the dash; the comment of the removed entry goes with it."""
    draft.remove(ACME)
    draft.drop(("departments", 1), "id")
    data = yaml.safe_load(draft.text())
    assert [partner["id"] for partner in data["departments"][0]["partners"]] == ["delta", "zeta"]
    assert data["departments"][1] == {"name": "Service", "partners": []}
    assert "Asked twice" not in draft.text()


def test_a_word_is_replaced_where_it_stands(draft: Draft) -> None:
    """Expected: the word in brackets, and the text in quotes."""
    draft.replace((*ACME, "types", 0), "oem")
    draft.replace((*ZETA, "name"), "Zeta [new]")
    draft.replace((*DELTA, "links", 0, "label"), "title", key=True)
    assert changed(draft) == [
        "-        types: [isv-ihv]",
        "+        types: [oem]",
        "-          - {label: Site, url: https://delta.example}",
        "+          - {title: Site, url: https://delta.example}",
        "-        name: 'Zeta: the last'",
        "+        name: 'Zeta [new]'",
    ]


def test_entries_in_brackets(tmp_path: Path) -> None:
    """Expected: fields and items come and go within the brackets."""
    text = "people: [{id: ann, name: Ann}, {id: eve, name: Eve, email: e@x.example}]\n"
    draft = Draft(document(tmp_path, text, "people.yml"))
    draft.add(("people",), {"id": "zoe", "name": "Zoe"})
    draft.set(("people", 0), "department", "sales")
    draft.set(("people", 0), "name", "Ann, the first")
    draft.drop(("people", 1), "email")
    assert draft.text() == (
        "people: [{id: ann, name: 'Ann, the first', department: sales}, {id: eve, name: Eve}, {id: zoe, name: Zoe}]\n"
    )


def test_windows_line_ends_stay_and_a_file_need_not_end_with_one(tmp_path: Path) -> None:
    """Expected: new lines end as the others do, also behind a last line without an end."""
    text = "people:\r\n  - id: ann\r\n    name: Ann"
    draft = Draft(document(tmp_path, text, "people.yml"))
    draft.set(("people", 0), "active", False)
    draft.add(("people",), {"id": "bob", "name": "Bob"})
    assert draft.text() == text + "\r\n    active: false\r\n\r\n  - id: bob\r\n    name: Bob"


def test_a_list_that_was_not_there_is_begun(tmp_path: Path) -> None:
    """Expected: both where the field is missing and where it has no value."""
    draft = Draft(document(tmp_path, "departments:\n  - id: a\n    name: A\n  - id: b\n    name: B\n    partners:\n"))
    draft.add(("departments", 0, "partners"), {"id": "x", "types": ["t"], "owner": None})
    draft.add(("departments", 1, "partners"), {"id": "y", "types": ["t"], "owner": None})
    found = yaml.safe_load(draft.text())["departments"]
    assert [department["partners"][0]["id"] for department in found] == ["x", "y"]


def test_two_edits_of_one_value_are_a_bug(draft: Draft) -> None:
    """Expected: an exception, since one of the two would be lost."""
    draft.set(ACME, "owner", "bob")
    draft.set(ACME, "owner", "eve")
    with pytest.raises(ValueError, match="two edits"):
        draft.text()


TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"), exclude_characters="\xa0")
    | st.sampled_from("\n#:-?,[]{}!&*'\"|>%@` "),
    min_size=1,
)  # fmt: skip
PLAIN = st.one_of(TEXTS, st.booleans(), st.integers(0, 999), st.none(), st.dates())
VALUES = st.one_of(
    PLAIN,
    st.lists(PLAIN, max_size=4),
    st.dictionaries(TEXTS.filter(lambda name: len(name) < 40), PLAIN, max_size=3),
    st.lists(st.dictionaries(st.sampled_from(["label", "url", "kind"]), TEXTS, min_size=1), max_size=3),
)


@given(VALUES)
@example("\u1680")
@example("\xa0Acme\u3000")
@example(["\u2003", "a\u2009"])
def test_whatever_is_written_reads_as_the_same(value: Any) -> None:
    """Expected: a field, at whatever indentation and length, is read by YAML as the value that it was given."""
    written = "    a:\n      " + field("b", value, 6) + "\n"
    assert yaml.safe_load(written) == {"a": {"b": value}}, written


def plain(data: Any) -> Any:
    """Data in which the order of partners and people does not count."""
    if isinstance(data, dict):
        return {
            name: sorted(map(plain, value), key=lambda entry: entry["id"])
            if name == "partners" and value
            else plain(value)
            for name, value in data.items()
        }
    return [plain(value) for value in data] if isinstance(data, list) else data


def test_fmt_sorts_entries_and_fields_and_keeps_every_comment(tmp_path: Path) -> None:
    """Expected: the untidy file below becomes the tidy one."""
    untidy = """\
        # Head.
        departments:
           # Ours.
           - name: Sales
             id: sales


             partners:
             - owner: ann  # for now
               id: zeta
               # One only.
               types: [ isv-ihv ]
               name: >-
                    A long
                    name
               # The end of zeta.

             # Before acme.
             - id: acme

               owner: null
               types:
               - isv-ihv   # really
               - oem
    """
    tidied = """\
        # Head.
        departments:
          # Ours.
          - id: sales
            name: Sales
            partners:
              # Before acme.
              - id: acme
                types:
                  - isv-ihv   # really
                  - oem
                owner: null

              - id: zeta
                name: >-
                     A long
                     name
                # One only.
                types: [ isv-ihv ]
                owner: ann  # for now
                # The end of zeta.
    """
    found = document(tmp_path, dedent(untidy))
    assert tidy(found) == dedent(tidied)


INDENTS = st.integers(1, 4)


WRITTEN = (
    ("types: [a, b]", "types:\n{0}- a\n{0}- b # c", "types:\n{0}  # x\n{0}  - a"),
    ("owner:", "owner: null # none", "owner: ann"),
    ("notes: |\n{0}  # no comment\n\n\n{0}  x", "notes: >-\n{0}   a\n{0}   b", "notes: 'a\n{0}  b'"),
    ("reviewed: {date: 2026-01-01, by: ann}", "reviewed:\n{0}  by: ann\n{0}  date: x"),
)
"""Fields, as people write them; {0} is the indentation of the field."""


@st.composite
def files(draw: st.DrawFn) -> str:
    """Inventories as people write them: any indentation and order, comments and empty lines anywhere."""
    step, lines = draw(INDENTS), []
    number = 0

    def noise(indent: int) -> None:
        nonlocal number
        for _ in range(draw(st.integers(0, 2))):
            number += 1
            lines.append(draw(st.sampled_from(["", " " * indent + f"# remark {number}", " " * indent + "# - a: b"])))

    lines.append("departments:")
    for department in range(draw(st.integers(1, 2))):
        noise(step)
        lines.append(" " * step + f"- id: d{department}")
        inner = step + 2
        lines.append(" " * inner + "name: D  # home" if draw(st.booleans()) else " " * inner + "name: D")
        noise(inner)
        lines.append(" " * inner + "partners:")
        for partner in draw(st.permutations(range(3))):
            dash = inner + step
            noise(dash)
            fields = [f"id: p{partner}", *(draw(st.sampled_from(written)) for written in WRITTEN)]
            for index, one in enumerate(draw(st.permutations(fields))):
                if index:
                    noise(dash + 2)
                lines.append(" " * dash + ("- " if not index else "  ") + one.replace("{0}", " " * (dash + 2)))
    noise(0)
    return "\n".join(lines) + "\n"


@given(files())
def test_fmt_changes_no_value_loses_no_comment_and_is_done_at_once(text: str) -> None:
    """Expected: the same data but for the order of entries, the same comments, and fmt(fmt(x)) == fmt(x)."""
    import re
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        before = document(Path(place), text)
        once = document(Path(place), tidy(before))
    assert plain(once.data) == plain(before.data)
    remarks = re.compile(r"# (?:remark \d+|home|none|c|x)$|# - a: b", re.MULTILINE)
    assert sorted(remarks.findall(once.text)) == sorted(remarks.findall(text))
    assert tidy(once) == once.text
