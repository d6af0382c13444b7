"""An inventory that is read entry by entry is the one that is read as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.loading.entries import read_entries
from generator.problems import Place
from generator.schema import Custom, check, entry_shape
from generator.schema.shapes import Shape
from generator.source import Document, composed, in_pieces
from generator.source.compose import Composer
from generator.source.lines import read_lines
from tests.kit import RICH, ROOT, examples, loaded

FILE = "partners.yml"


def seen(value: Any) -> Any:
    """All that is in a shape, with the place of everything; the places of its lists themselves are not asked for."""
    if isinstance(value, Shape):
        place = value.place
        children = {name: at for name, at in place.children.items() if name not in ("partners", "departments")}
        return (
            type(value),
            place._replace(children=children),
            {name: seen(getattr(value, name)) for name in type(value).model_fields},
        )
    return [seen(one) for one in value] if isinstance(value, list) else (type(value), value)


def as_a_whole(text: str, custom: Custom = ()) -> Any:
    """The shape of an inventory, read as a whole; None where something in it is wrong."""
    document, problems = composed(text, FILE)
    if problems or document is None:
        return None
    shape, problems = check(FILE, document.data, document.place, custom)
    return None if problems else shape


def held_together(text: str, custom: Custom = ()) -> bool:
    """Whether it was read entry by entry, and came out as when it is read as a whole."""
    read = read_entries(text, FILE, {}, custom)
    if read is None:
        return False
    assert seen(read.inventory) == seen(as_a_whole(text, custom))
    return True


INVENTORIES = [
    path
    for path in [*ROOT.glob("tests/**/*.yml"), *ROOT.glob("generator/kit/**/*.yml")]
    if "partners:" in path.read_text("utf-8", "replace")
]


@pytest.mark.parametrize("path", INVENTORIES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_inventory_of_this_repository(path: Path) -> None:
    """Expected: what can be read entry by entry is the same as read as a whole, with all its places."""
    held_together(path.read_text("utf-8", "replace"))


def test_long_inventories_are_read_entry_by_entry() -> None:
    """Expected: the rich company's is, so that what follows is no empty promise."""
    assert held_together((RICH / "partners.yml").read_text("utf-8"), loaded(RICH).settings.fields)


ACME = "- id: acme\n  name: Acme\n  types: [shop]\n  owner: ann\n"
BIRCH = "- id: birch\n  name: Birch\n  types:\n  - shop\n  owner: null\n"
HEAD = "departments:\n- id: sales\n  name: Sales\n  partners:\n"
SUPPORT = "- id: support\n  name: Support\n  partners:\n"


def indented(text: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}" if line.strip() else line for line in text.splitlines(keepends=True))


GOOD = {
    "plain": HEAD + indented(ACME + BIRCH, 2),
    "deeper": HEAD + indented(ACME + BIRCH, 6),
    "two departments": HEAD
    + indented(ACME, 2)
    + HEAD.partition("\n")[2].replace("ales", "upport")
    + indented(BIRCH, 4),
    "comments": HEAD + "\n# one\n" + indented(ACME, 4) + "# two\n\n    # three\n" + indented(BIRCH, 4) + "# four\n",
    "a name behind": HEAD + indented(ACME, 2) + "  contact: a@example.com\n",
    "line ends of Windows": (HEAD + indented(ACME + BIRCH, 2)).replace("\n", "\r\n"),
    "a document's start": "---\n" + HEAD + indented(ACME, 2),
    "entries in braces": HEAD + "  - {id: acme, name: Acme, types: [shop], owner: ann}\n" + indented(BIRCH, 2),
    "nothing behind a dash": HEAD
    + indented(ACME.replace("- ", "- \n  ", 1) + BIRCH.replace("- ", "- # c\n\n  ", 1), 2),
    "a long text": HEAD + indented(ACME + "  value: >-\n    One line.\n\n    And more.\n" + BIRCH, 2),
    "a text on two lines": HEAD + indented(ACME + "  value: one\n    and more\n" + BIRCH, 2),
    "an empty department": HEAD + indented(ACME, 2) + "- id: support\n  name: Support\n  partners:\n",
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD.keys())
def test_what_is_read_entry_by_entry(text: str) -> None:
    """Expected: each of the usual ways to lay an inventory out is, and comes out the same."""
    assert held_together(text)


BAD = {
    "in brackets": "departments: [{id: sales, name: Sales,\n  partners:\n  - id: acme\n  }]\n",
    "in a pair": "departments: [\npartners:\n- id: acme\n]\n",
    "in braces": "departments:\n- \n  {id: sales, name: S,\n  partners:\n  - {id: a, types: [x], owner: a}\n  }\n",
    "in a text": "departments:\n- id: sales\n  name: >-\n   a\n   partners:\n   - id: acme\n",
    "in a quoted text": "departments:\n- id: sales\n  name: 'a\n   partners:\n   - id: acme\n   '\n",
    "a quotation mark over two": HEAD + indented(ACME.replace("Acme", '"Acme') + BIRCH.replace("Birch", 'Birch"'), 2),
    "a bracket over two": HEAD + indented(ACME.replace("shop]", "shop,") + BIRCH, 2),
    "a tab": HEAD + indented(ACME, 2) + "\t\n" + indented(BIRCH, 2),
    "less indented": HEAD + indented(ACME, 4) + indented(BIRCH, 2),
    "a second document": HEAD + indented(ACME, 2) + "---\n" + indented(BIRCH, 2),
    "an alias": HEAD + indented(ACME + "  value: *x\n", 2),
    "a name given twice": HEAD + indented(ACME + "  name: Acme\n", 2),
    "two lists": HEAD + indented(ACME, 2) + "  partners:\n" + indented(BIRCH, 2),
    "a secret": HEAD + indented(ACME + "  value: AKIAIOSFODNN7EXAMPLE\n", 2),
    "an odd character": HEAD + indented(ACME + "  value: a\u200bb\n", 2),
    "an unclear comment": HEAD + indented(ACME + "  value: Target #1\n", 2),
    "an unknown field": HEAD + indented(ACME + "  valu: x\n", 2),
    "too deep": HEAD + indented(ACME + f"  value: {'[' * 16}{']' * 16}\n", 2),
    "no end of the last line": HEAD + indented(ACME, 2).rstrip(),
    "an escape": HEAD + indented(ACME + '  value: "a\\u200bb"\n', 2),
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_what_is_wrong_is_left_to_the_whole(text: str) -> None:
    """Expected: nothing is said of it entry by entry, so that every problem is told as ever."""
    assert read_entries(text, FILE, {}) is None


LINES = """\
- id: acme|id: a|name: N|types: [shop]|- shop|owner: null|partners:|departments:|- id: sales|value: >-|value: |+|# c|
#x||- {id: b, name: B, types: [x], owner: o}|'|value: 'a|text|[|]|- |-|---|...|%YAML 1.2|types:|value: "b|? x|: y|"
value: |- partners:|partners: # c|partners: []|reviewed: {date: 2026-01-02, by: p}|    text|value: one
value: a: b|&a|*a|!t x"""
LINE = st.tuples(st.sampled_from([0, 2, 4, 6]), st.sampled_from(LINES.replace("\n", "|").split("|")))


@settings(max_examples=examples(300))
@given(st.sampled_from([*GOOD.values(), *BAD.values()]), st.integers(0, 12), st.lists(LINE, max_size=9))
def test_whatever_stands_between_the_lines(text: str, at: int, lines: list[tuple[int, str]]) -> None:
    """Expected: an inventory with other lines in it is read entry by entry as it is as a whole, or not at all."""
    own = text.splitlines(keepends=True)
    own[at:at] = [f"{' ' * by}{line}\n" for by, line in lines]
    held_together("".join(own))


ITEMS = """\
id: acme|name: Acme & Co.|name: "Acme, Inc"|name: 'A: b'|types: [shop, "b"]|types: [shop, a b]|types:|- shop
- a: b|  c: d|mode: {a-b: c, d: e f}|owner: null|value: >-|    One.|    two # three|text|# a comment|#x|
value: a:b #c|value: a #b|x: y: z|value: -1|value: - a|value: [a,b]|value: [a, ]|value: {a: b}|value: {a: }
value: {a: b, a: c}|value: [a|links:|- {label: A, url: x}|- {label: A, url: https://a.example/b}
url: https://a.example/?a=b#c|value: "a\\u200b"|value: ~|value: ""|value: ''|a: 'b''c'|value: a |value: a  b
value: é — 日本|? a|: b|- - a|-|<<: a|a: &b c|a: *b|a: !c d|a: |a: ? b|a: b?|a: [b?, c]|a: [b: c]|a: ..."""


ITEM = st.tuples(st.sampled_from([2, 2, 2, 4, 6]), st.sampled_from(ITEMS.replace("\n", "|").split("|")))


@settings(max_examples=examples(600))
@given(st.lists(ITEM, max_size=8))
def test_what_is_read_line_by_line_is_what_yaml_says(lines: list[tuple[int, str]]) -> None:
    """Expected: an item is read line by line as the parser reads it, with every place, or it is left to the parser."""
    text = "- id: x\n" + "".join(f"{' ' * by}{line}\n" for by, line in lines)
    read = read_lines(text, FILE, 7)
    if read is not None:
        composer = Composer(text, FILE, above=6, depth=4)
        composer.run()
        assert composer.problems == []
        assert read == (composer.data[0], composer.place.at(0))
        assert kinds(read[0]) == kinds(composer.data[0])


@pytest.mark.parametrize(
    "text",
    [
        "- id: x\n  agreements:\n  - kind: nda\n    ref: a\n  - kind: msa\n",
        "- id: x\n  value: >-\n    a\n    b\n\n",
        "- id: x\n  types:\n    - a\n    - b\n",
    ],
)
def test_these_are_read_line_by_line(text: str) -> None:
    """Expected: the same as the parser reads."""
    composer = Composer(text, FILE, above=6, depth=4)
    composer.run()

    assert read_lines(text, FILE, 7) == (composer.data[0], composer.place.at(0))


@pytest.mark.parametrize(
    "text",
    [
        "- id: x\n  types:\n    text\n",
        "- id: x\n  types:\nname: y\n",
        "- id: x\n  types:\n - a\n",
        "- id: x\n  value: >-\n    a\n     b\n",
        "- id: x\n  value: >-\n  name: b\n",
        "- id: x\n  value: >-\n    a\n   \n",
        "- id: x\n  value: >-\n    a\n\n    b\n",
        "- id: x\n  types: [a b, c\n",
        "- id: x\n  name: a\tb\n",
        "- id: x\n  name: a\r\n",
    ],
)
def test_these_are_left_to_the_parser(text: str) -> None:
    """Expected: nothing is said of what is written in another way than most write it."""
    assert read_lines(text, FILE, 7) is None


def test_a_list_before_its_name_is_no_list_of_it() -> None:
    """Expected: what is indented less than the name of a list is not taken apart."""
    assert in_pieces("a:\n    partners:\n  - id: x\n", "partners") is None


def test_a_document_has_what_it_has() -> None:
    """Expected: its data is read when it is asked for, and nothing else is."""
    document = Document.unread(FILE, "a: b\n")
    assert document.data == {"a": "b"}
    with pytest.raises(AttributeError):
        _ = document.nothing


def test_the_data_of_a_document_that_was_read_entry_by_entry() -> None:
    """Expected: it is that of the whole, and so is its place; a department without entries keeps none."""
    text = HEAD + indented(ACME + BIRCH, 2) + "- id: support\n  name: Support\n  partners: []\n- id: b\n  name: B\n"
    document, whole = Document.unread(FILE, text), composed(text, FILE)[0]
    assert whole is not None
    assert document.data == whole.data
    assert document.place == whole.place
    assert document.apart
    assert not whole.apart
    document.forget()
    whole.forget()
    assert document.data == whole.data


def kinds(value: Any) -> Any:
    """Where quotes stand, which makes no difference to what is equal."""
    if isinstance(value, dict | list):
        return [kinds(one) for one in (value.values() if isinstance(value, dict) else value)]
    return type(value), getattr(value, "plain", None)


def test_usual_items_are_read_line_by_line() -> None:
    """Expected: nearly all of the rich company's items are, so that what stands above is no empty promise."""
    pieces = in_pieces((RICH / "partners.yml").read_text("utf-8"), "partners")
    assert pieces is not None
    items = [item for items in pieces.lists.values() for item in items]
    read = [item for item in items if read_lines(item.text, FILE, item.line)]
    assert len(read) > 0.9 * len(items) > 20


def test_an_entry_that_begins_below_its_dash_stands_where_it_stood() -> None:
    """Expected: what is known by its text is moved as far as that text was."""
    text = HEAD + "  - # one\n    id: acme\n    name: 'A''s'\n    types: [shop]\n    owner: ann\n"
    known = read_entries(text, FILE, {})
    assert known is not None
    for above in ("", "# one\n"):
        again = read_entries(above + text, FILE, known.by_digest, placed=True)
        assert again is not None
        assert seen(again.inventory) == seen(as_a_whole(above + text))


def test_known_entries_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: however many entries there are, the one that is new is read alone."""
    reads: list[Place] = []

    def counted(data: Any, place: Place, custom: Custom) -> Any:
        reads.append(place)
        return entry_shape(data, place, custom)

    monkeypatch.setattr("generator.loading.entries.entry_shape", counted)
    for number in (10, 40):
        texts = [indented(ACME.replace("acme", f"acme-{n}"), 2) for n in range(number)]
        before = read_entries(HEAD + "".join(texts), FILE, {})
        assert before is not None
        assert len(reads) == number
        reads.clear()
        after = read_entries(HEAD + "".join([texts[1], indented(BIRCH, 2), *texts[2:]]), FILE, before.by_digest)
        assert after is not None
        assert [one.line for one in reads] == [9]
        assert [one.id for one in after.inventory.departments[0].partners][:3] == ["acme-1", "birch", "acme-2"]
        reads.clear()


@pytest.mark.parametrize("path", INVENTORIES, ids=lambda path: str(path.relative_to(ROOT)))
def test_known_entries_stand_where_they_stand_now(path: Path) -> None:
    """Expected: with lines above it, and once more with fewer, an inventory of known entries is as it is read anew."""
    text = path.read_text("utf-8", "replace")
    known = read_entries(text, FILE, {})
    if known is None:
        return
    for lines in ("# one\n# two\n", "# one\n"):
        known = read_entries(lines + text, FILE, known.by_digest, placed=True)
        assert known is not None
        anew = as_a_whole(lines + text)
        assert seen(known.inventory) == seen(anew)
        # What can be asked of a place is said of a moved one.
        for department, other in zip(known.inventory.departments, anew.departments, strict=True):
            for one, two in zip(department.partners, other.partners, strict=True):
                assert [*one.place.children] == [*two.place.children]
                assert one.place.key_at("types", 0) == two.place.key_at("types", 0)
