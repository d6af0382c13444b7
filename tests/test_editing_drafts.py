"""Edits in brackets, and comments that stay when what they stand at goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import yaml

from generator.editing import Draft
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
