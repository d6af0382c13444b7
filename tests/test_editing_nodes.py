"""A large inventory is edited through the nodes of a few entries: what comes of it is what comes of all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml.nodes import CollectionNode, Node, ScalarNode

from generator.editing import Draft
from generator.editing import nodes as nodes_of
from generator.editing.nodes import nodes
from generator.source import Document, composed
from tests.kit import RICH, examples

FILE = "partners.yml"

COMMENTED = """\
# The inventory.
departments:
  - id: sales
    name: Sales   # our home
    partners:
      # Asked twice; see the notes.
      - id: acme
        name: Acme
        # Until June.
        types: [shop]
        owner: ann   # until June
        regions:
          - EMEA   # all of it
          - APAC
          # no more

      # Set off from both.

      - id: delta
        types: [shop, agent]
        value: >-
          Makes
          maps.

        owner:
      - # behind a dash
        id: gamma
        types: [shop]
        owner: null
        # below gamma
        links:
          - {label: Site, url: https://gamma.example}
      # Last of all.
      - id: zeta
        name: 'Zeta: the last'
        types: [shop]
        notes: |+
          Kept.

        # about the owner
        owner: null
          # deeper

    # Of the whole.
    contact: a@sales.example
  - id: service
    name: Service
    partners:
      - id: acme
        types: [agent]
        owner: bo
  - id: none
    name: None
    partners: []
"""

TEXTS = {
    "commented": COMMENTED,
    "line ends of Windows": COMMENTED.replace("\n", "\r\n"),
    "rich": (RICH / "partners.yml").read_text("utf-8"),
}


def seen(node: Node | None) -> Any:
    """All that is asked of a node: where a list or an entry in lines ends is not, since YAML does not know."""
    if node is None:
        return None
    first = node.start_mark.index, node.start_mark.line, node.start_mark.column
    if isinstance(node, ScalarNode):
        return first, node.end_mark.index, node.value, node.style
    assert isinstance(node, CollectionNode)
    inner = [tuple(map(seen, one)) if isinstance(one, tuple) else seen(one) for one in node.value]
    return first, node.end_mark.index if node.flow_style else None, inner


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_nodes_of_items_stand_where_they_do_in_the_whole(text: str) -> None:
    """Expected: each name and each value has the same text, and the same position, as in the whole."""
    assert seen(nodes(text, apart=True)) == seen(nodes(text, apart=False))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_data_is_the_same_without_its_places(text: str) -> None:
    """Expected: data that is read entry by entry is that of the whole."""
    whole, problems = composed(text, FILE)
    assert whole is not None
    assert not problems
    assert Document.unread(FILE, text).data == whole.data


SALES = ("departments", 0, "partners")
SERVICE = ("departments", 1, "partners")
EDITS: dict[str, Callable[[Draft], object]] = {
    "a field": lambda draft: draft.set((*SALES, 0), "owner", "bo"),
    "a long field": lambda draft: draft.set((*SALES, 0), "value", "word " * 40),
    "a field of the last": lambda draft: draft.set((*SALES, 3), "name", "Zeta"),
    "the last field of the last": lambda draft: draft.set((*SALES, 3), "owner", "ann"),
    "a new field": lambda draft: draft.set((*SALES, 1), "name", "Delta"),
    "a list": lambda draft: draft.set((*SALES, 0), "regions", ["AMER"]),
    "a gone field": lambda draft: draft.drop((*SALES, 2), "links"),
    "the first field, gone": lambda draft: draft.drop((*SERVICE, 0), "types"),
    "a comment spared": lambda draft: draft.drop((*SALES, 0), "regions", spare=True),
    "an added first": lambda draft: draft.add(SALES, {"id": "aa", "types": ["shop"], "owner": None}),
    "an added one": lambda draft: draft.add(SALES, {"id": "beta", "types": ["shop"], "owner": None}),
    "an added last": lambda draft: draft.add(SALES, {"id": "zz", "types": ["shop"], "owner": None}),
    "added to one": lambda draft: draft.add(SERVICE, {"id": "zz", "types": ["agent"], "owner": None}),
    "added to none": lambda draft: draft.add(("departments", 2, "partners"), {"id": "b", "owner": None}),
    "one removed": lambda draft: draft.remove((*SALES, 1)),
    "one removed, its comments spared": lambda draft: draft.remove((*SALES, 2), spare=True),
    "all removed": lambda draft: draft.remove((*SERVICE, 0)),
    "one that moves": lambda draft: draft.add(SERVICE, draft.lifted((*SALES, 2))),
    "a new id": lambda draft: draft.replace((*SALES, 0, "id"), "acme-2"),
    "a remark": lambda draft: draft.remark((*SALES, 3), ["# remarked"]),
    "of the department": lambda draft: draft.set(("departments", 0), "contact", "b@sales.example"),
}


def outcome(document: Document, wanted: list[str]) -> str:
    """The text with these edits made, or why they cannot be made together."""
    draft = Draft(document)
    try:
        for name in wanted:
            EDITS[name](draft)
        return draft.text()
    except ValueError as error:
        return f"refused: {error}"


@pytest.mark.parametrize("text", [COMMENTED, TEXTS["line ends of Windows"]], ids=["Unix", "Windows"])
@settings(max_examples=examples(60))
@given(wanted=st.lists(st.sampled_from([*EDITS]), min_size=1, max_size=4, unique=True))
def test_edits_are_the_same(text: str, wanted: list[str]) -> None:
    """Expected: whatever is edited, through a few entries or all of them, the text is the same to the byte."""
    whole, _ = composed(text, FILE)
    assert whole is not None
    assert not whole.apart
    unread = Document.unread(FILE, text)
    assert unread.apart
    assert outcome(unread, wanted) == outcome(whole, wanted)


@pytest.mark.parametrize("name", EDITS)
def test_each_edit_changes_something(name: str) -> None:
    """Expected: no edit of the test above is refused by itself, and none does nothing."""
    changed = outcome(Document.unread(FILE, COMMENTED), [name])
    assert not changed.startswith("refused")
    assert changed != COMMENTED


def test_an_edit_looks_at_a_few_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: however many entries there are, a change of one and a new one make the nodes of a few."""
    made: list[int] = []
    compose = nodes_of._composed

    def counted(text: str) -> Node | None:
        node = compose(text)
        made.append(len(text.split()))
        return node

    monkeypatch.setattr(nodes_of, "_composed", counted)
    sizes = []
    for number in (40, 400):
        entries = "".join(f"  - id: p{one:04}\n    types: [shop]\n    owner: null\n" for one in range(number))
        draft = Draft(Document.unread(FILE, f"departments:\n- id: sales\n  partners:\n{entries}"))
        draft.set((*SALES, 7), "owner", "ann")
        draft.add(SALES, {"id": "p0011-b", "types": ["shop"], "owner": None})
        assert draft.text().count("\n") == 3 * number + 6
        sizes.append(sum(made))
        made.clear()
    assert sizes[0] == sizes[1]
