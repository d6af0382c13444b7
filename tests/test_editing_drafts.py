"""Edits in brackets, and comments that stay when what they stand at goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path

import pytest
import yaml

from generator.editing import Draft, tidy
from generator.editing.starting import with_types
from generator.editing.values import Moved
from generator.source import load

Begin = Callable[[str], Draft]


@pytest.fixture
def begin(tmp_path: Path) -> Begin:
    def begin(text: str) -> Draft:
        (tmp_path / "people.yml").write_text(text)
        document, problems = load(tmp_path / "people.yml", "people.yml", 100_000)
        assert document is not None, problems
        return Draft(document)

    return begin


@pytest.mark.parametrize(
    ("gone", "left"),
    [([0], "b, c, d"), ([3], "a, b, c"), ([1, 2], "a, d"), ([2, 3], "a, b"), ([0, 1, 2, 3], ""), ([0, 2], "b, d")],
)
def test_items_in_brackets_go_with_one_comma_each(begin: Begin, gone: Sequence[int], left: str) -> None:
    """Wherever they stand, and however many."""
    draft = begin("x: [a, b, c, d]\n")
    for index in gone:
        draft.remove(("x", index))
    assert draft.text() == f"x: [{left}]\n"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("[a,]", "[]"),
        ("[a, b , ]", "[ ]"),
        ("[\n  a  # of a, too\n  ,\n  # the end\n]", "[\n   # of a, too\n    \n  # the end\n]"),
        ("[a,#b\n]", "[#b\n]"),
        ("[\n  a  # of a, too\n]", "[\n    # of a, too\n]"),
        ("[{b: 1,},\n]", "[\n]"),
    ],
)
def test_all_items_in_brackets_go_with_the_comma_behind_the_last(begin: Begin, text: str, left: str) -> None:
    """Or it would stand in an empty list, which is no YAML; what replaces them stands in front of it."""
    items = yaml.safe_load(text)
    for new in ([], ["c"]):
        draft = begin(f"x: {text}\n")
        for index in range(len(items)):
            draft.remove(("x", index), spare=True)
        draft.add(("x",), *new)
        assert yaml.safe_load(draft.text()) == {"x": new}
        assert new or draft.text() == f"x: {left}\n"


@pytest.mark.parametrize("gone", [[], [0], [1], [0, 1]])
def test_items_in_brackets_come_while_others_go(begin: Begin, gone: Sequence[int]) -> None:
    """What is new stands behind what stays, in the order in which it was given."""
    draft = begin("x: [a, b]\n")
    draft.add(("x",), "c")
    for index in gone:
        draft.remove(("x", index))
    draft.add(("x",), "d", "e")
    kept = [name for index, name in enumerate("ab") if index not in gone]
    assert draft.text() == f"x: [{', '.join([*kept, 'c', 'd', 'e'])}]\n"


@pytest.mark.parametrize(
    ("text", "spare", "left"),
    [
        # The first field: the next one moves up to the dash.
        ("people:\n  - name: Ann # new\n    id: ann\n", True, "people:\n  # new\n  - id: ann\n"),
        ("people:\n  - name: Ann # new\n    id: ann\n", False, "people:\n  - id: ann\n"),
        # The last one.
        ("people:\n  - id: ann\n    name: Ann # new\n", True, "people:\n  - id: ann\n    # new\n"),
        ("people:\n  - id: ann\n    name: Ann # new\n", False, "people:\n  - id: ann\n"),
        # What stands above a field, right below another.
        ("people:\n  - id: ann\n    # new\n    name: Ann\n", False, "people:\n  - id: ann\n"),
        ("people:\n  - id: ann # old\n    # new\n    # too\n    name: Ann\n", False, "people:\n  - id: ann # old\n"),
        # In brackets.
        ("people: [{id: ann, name: Ann}]\n", False, "people: [{id: ann}]\n"),
        ("people: [{name: Ann, id: ann}]\n", False, "people: [{id: ann}]\n"),
    ],
)
def test_a_field_goes_and_its_comment_stays_where_it_is_spared(begin: Begin, text: str, spare: bool, left: str) -> None:
    """In a line of its own, as far in as the fields of the entry."""
    draft = begin(text)
    draft.drop(("people", 0), "name", spare=spare)
    assert draft.text() == left


def test_comments_within_brackets_stay_beside_a_new_value(begin: Begin) -> None:
    """And take nothing of what follows into themselves."""
    draft = begin("people:\n  - {id: ann, email: [a, # first\n    b], name: Ann}\n")
    draft.set(("people", 0), "email", "ann@x.example")
    assert draft.text() == "people:\n  - {id: ann, email: ann@x.example # first\n    , name: Ann}\n"
    assert yaml.safe_load(draft.text()) == {"people": [{"id": "ann", "email": "ann@x.example", "name": "Ann"}]}


@pytest.mark.parametrize(
    ("text", "route", "expected"),
    [
        ("people: [{id: ann}]\n", ("people", 0), "# x\npeople: [{id: ann}]\n"),
        ("people:\n  - {id: ann}\n", ("people", 0, "id"), "people:\n  # x\n  - {id: ann}\n"),
        (
            "people:\n  - id: ann\n    name: Ann\n",
            ("people", 0, "name"),
            "people:\n  - id: ann\n    # x\n    name: Ann\n",
        ),
        ("a: 1\npeople:\n  - id: ann\n", ("people",), "a: 1\n# x\npeople:\n  - id: ann\n"),
    ],
)
def test_a_remark_stands_above_the_line_of_what_it_is_about(
    begin: Begin, text: str, route: tuple[str | int, ...], expected: str
) -> None:
    """Within brackets there is no such line: it goes above them."""
    draft = begin(text)
    draft.remark(route, ["# x"])
    assert draft.text() == expected


@pytest.mark.parametrize(
    ("text", "fields", "expected"),
    [
        ("- name: Ann\n", {"id": "ann"}, "- id: ann\n  name: Ann\n"),
        ("- {name: Ann}\n", {"id": "ann"}, "- {id: ann, name: Ann}\n"),
        ("- {id: ann, active: false}\n", {"name": "Ann"}, "- {id: ann, name: Ann, active: false}\n"),
        ("- id: ann\n", {"department": "sales", "name": "Ann"}, "- id: ann\n  name: Ann\n  department: sales\n"),
        ("- {id: ann}\n", {"department": "sales", "name": "Ann"}, "- {id: ann, name: Ann, department: sales}\n"),
        ("- id: ann", {"department": "sales", "name": "Ann"}, "- id: ann\n  name: Ann\n  department: sales"),
    ],
)
def test_new_fields_stand_in_the_order_of_the_schema(
    begin: Begin, text: str, fields: dict[str, str], expected: str
) -> None:
    """Whatever the order in which they come, in lines and in brackets, also in front of all others."""
    draft = begin(f"people:\n{text}")
    for name, value in fields.items():
        draft.set(("people", 0), name, value)
    assert draft.text() == f"people:\n{expected}"


@pytest.mark.parametrize("end", ["\n", ""])
def test_new_entries_behind_the_last_one_are_sorted(begin: Begin, end: str) -> None:
    """Whatever the order in which they come, and whether or not the file ends its last line."""
    draft = begin(f"people:\n  - {{id: ann}}\n  - {{id: bo}}{end}")
    for name in ("eve", "dan"):
        draft.add(("people",), {"id": name})
    assert draft.text() == f"people:\n  - {{id: ann}}\n  - {{id: bo}}\n  - id: dan\n  - id: eve{end}"


def test_a_text_that_keeps_its_empty_lines_gets_none_from_what_follows(begin: Begin) -> None:
    """Another empty line below it would be a part of it."""
    text = "people:\n  - id: ann\n    name: |+\n      Ann\n\n"
    draft = begin(text)
    draft.add(("people",), {"id": "bo"})
    assert draft.text() == f"{text}  - id: bo\n"


@pytest.mark.parametrize(
    "below", ["\nmore: x\n", "\n\n# about more\nmore: x\n", "\n", "", "more: x\n", "    # about bo\n\nmore: x\n"]
)
@pytest.mark.parametrize("gone", [[1], [1, 2]])
def test_a_text_that_keeps_its_empty_lines_gets_none_from_what_goes(
    begin: Begin, tmp_path: Path, below: str, gone: Sequence[int]
) -> None:
    """The empty lines below the last entries would be a part of it, once those are gone; comments stay."""
    more = "".join(f"  - id: bo{number}\n    name: Bo\n" for number in gone)
    text = f"people:\n  - id: ann\n    name: |+\n      Ann\n\n{more}{below}"
    draft = begin(text)
    for index in gone:
        draft.remove(("people", index), spare=True)
    (tmp_path / "after.yml").write_text(draft.text())
    document, problems = load(tmp_path / "after.yml", "after.yml", 100_000)

    assert document is not None, problems
    assert document.data["people"] == [{"id": "ann", "name": "Ann\n\n"}]
    assert draft.text().count("#") == text.count("#")


@pytest.mark.parametrize(
    ("entries", "apart"),
    [
        ("- id: ann\n- id: bo\n", False),
        ("- id: ann\n  name: A\n- id: bo\n", True),
        ("# x\n- id: ann\n- id: bo\n", True),
    ],
)
def test_entries_of_several_lines_are_set_apart(tmp_path: Path, entries: str, apart: bool) -> None:
    """Two lines are several, also where one of them is a comment."""
    path = tmp_path / "people.yml"
    path.write_text(f"people:\n{entries}")
    document, _ = load(path, "people.yml", 100_000)
    assert document is not None
    assert ("\n\n  - id: bo\n" in tidy(document)) is apart


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("- {id : ann, 'name' : Ann}\n", "- {id : ann, 'name' : Bo}\n"),
        ("- {id: ann, ? name : Ann}\n", "- {id: ann, ? name : Bo}\n"),
        ("- id : ann\n  name : Ann\n  email : x\n", "- id : ann\n  name: Bo\n  email : x\n"),
        ("- id: ann\n  ? name  # a: b\n  : Ann\n", "- id: ann\n  # a: b\n  name: Bo\n"),
    ],
)
def test_a_colon_may_stand_apart(begin: Begin, text: str, left: str) -> None:
    """Behind a space, or in a line of its own below a question mark: the value is another, and all else stays."""
    draft = begin(f"people:\n{text}")
    draft.set(("people", 0), "name", "Bo")
    assert draft.text() == f"people:\n{left}"


@pytest.mark.parametrize(("text", "route"), [("people: [{}]\n", ("people", 0)), ("people:\n- ann\n", ("people", 0))])
def test_what_is_no_entry_gets_no_field(begin: Begin, text: str, route: tuple[str, int]) -> None:
    """That is a bug of ours, and names the file."""
    draft = begin(text)
    with pytest.raises(ValueError, match=r"no entry at \('people', 0\) in people.yml"):
        draft.set(route, "name", "Bo")
    assert draft.text() == text


def test_a_smaller_taxonomy_names_no_type_that_is_not_there(begin: Begin, tmp_path: Path) -> None:
    """Neither as one that is taken for another, nor behind a name of several; what nobody needs is not there."""
    (tmp_path / "taxonomy.yml").write_text(TAXONOMY)
    document, problems = load(tmp_path / "taxonomy.yml", "taxonomy.yml", 100_000)
    assert document is not None, problems
    left = yaml.safe_load(with_types(document, {"a", "b"}))
    assert left == {
        "functions": [{"id": "f"}],
        "types": [{"id": "a", "function": "f", "confused_with": ["b"]}, {"id": "b", "function": "f"}],
        "ambiguous_aliases": [{"alias": "two", "types": ["a", "b"]}],
    }


TAXONOMY = """\
functions:
- id: f
- id: g
groups:
- id: h
types:
- id: a
  function: f
  confused_with: [b, c]
- id: b
  function: f
  confused_with: [c]
- id: c
  function: g
  group: h
ambiguous_aliases:
- alias: one
  types: [a, c]
- alias: two
  types: [a, b, c]
"""


def test_a_list_goes_with_the_comments_below_it(begin: Begin) -> None:
    """Those that are indented more than its name, also behind an empty line; spared, they stay."""
    text = "people:\n- id: ann\n  aliases:\n  - a\n\n    # about aliases\n  name: Ann\n"
    for spare, left in ((False, ""), (True, "\n    # about aliases\n")):
        draft = begin(text)
        draft.drop(("people", 0), "aliases", spare=spare)
        assert draft.text() == f"people:\n- id: ann\n{left}  name: Ann\n"


@pytest.mark.parametrize("text", ["|\n", "|+\n", "|-\n", ">\n", ">+\n", "\n    - |+\n", "\n    - >\n"])
@pytest.mark.parametrize("spare", [False, True])
def test_a_field_below_a_block_of_text_goes(tmp_path: Path, text: str, spare: bool) -> None:
    """The text takes neither the comments that stay nor the empty lines for its own, and loses none."""
    for gap, above, below, between, after in product(
        ("", "\n"),
        ("", "    # a\n"),
        ("", "    # b\n", "      # b\n", "\t# b\n".expandtabs(12)),
        ("", "\n"),
        ("", FIELD),
    ):
        written = f"people:\n  - id: ann\n    notes: {text}      x\n{gap}{above}    owner: bob\n{between}{below}{after}"
        (tmp_path / "people.yml").write_text(written)
        document, problems = load(tmp_path / "people.yml", "people.yml", 100_000)
        assert document is not None, problems
        draft = Draft(document)
        draft.drop(("people", 0), "owner", spare=spare)
        left = yaml.safe_load(written)
        del left["people"][0]["owner"]
        assert yaml.safe_load(draft.text()) == left, written
        assert not spare or draft.text().count("#") == written.count("#"), written


FIELD = "    name: Ann\n"


@pytest.mark.parametrize("behind", ["", "  ", "\t", " # c", " # c  ", "  \n    # c  "])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_list_that_begins_takes_nothing_behind_it_for_text(tmp_path: Path, behind: str, end: str) -> None:
    """An entry that is moved there as it stands may end in a block of text."""
    moved = Moved({"id": "a", "notes": "x\n"}, "- id: a\n  notes: >\n    x", ())
    (tmp_path / "people.yml").write_bytes(f"people: []{behind}\nb: 1\n".replace("\n", end).encode())
    document, problems = load(tmp_path / "people.yml", "people.yml", 100_000)
    assert document is not None, problems
    draft = Draft(document)
    draft.add(("people",), moved)
    assert yaml.safe_load(draft.text()) == {"people": [{"id": "a", "notes": "x\n"}], "b": 1}
    assert draft.text().count("#") == behind.count("#")
