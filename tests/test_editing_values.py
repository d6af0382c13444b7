"""Values that a command writes: read again, they are what they were, and a person can read them, too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.editing.values import WIDTH, field, one_line
from generator.source import Scalar, parse

RARE = {
    "emoji": "Otto \U0001f600",
    "two of them": "\U0001f600\U0001f680",
    "extension B": "\U00020000\U0002a6d6 Trading",
    "last plane": "x\U0010fffd",
    "with a colon": "\U00020000: x",
    "with a remark": "\U0001f600 #1",
    "in brackets": "[\U0001f600], {\U0001f600}",
    "a list of one": "- \U0001f600",
    "quotes": "'\U0001f600' \"\U0001f600\"",
    "two lines": "\U0001f600\n\U0001f680",
    "an escape in words, and two lines": "\\U0001F600\n\\\\U0001F600 \U0001f600",
    "long": "\U0001f600 word " * 60 + "end",
}


@pytest.mark.parametrize("text", RARE.values(), ids=RARE)
def test_a_character_beyond_the_first_65536_is_written_as_it_is(text: str) -> None:
    """Expected: the loader reads the same text, alone and in a list, and no character became an escape."""
    for value in (text, [text, "x"], {"label": text}):
        written = field("name", value, 4)
        assert parse(f"    {written}\n", "x.yml") == ({"name": value}, []), written
        for char in set(text):
            assert char <= "\uffff" or char in written


@pytest.mark.parametrize(
    "text",
    [
        "word " * 40 + "\nand " * 40 + "end",
        "one\ntwo",
        "ends with one " * 12 + "\n",
        "an empty line\n\n" * 12 + "end",
        " led by a blank " * 12,
        "two  blanks " * 12 + "end",
    ],
)
def test_text_whose_line_ends_and_blanks_count_is_never_folded(text: str) -> None:
    """Expected: read again, it has the same lines and blanks, however long it is and wherever it stands."""
    assert len(text) > WIDTH or "\n" in text
    for value in (text, Scalar(text, plain=False)):
        written = field("notes", value, 8)
        assert ">" not in written.partition('"')[0]
        data = {"a": [{"b": {"notes": text}}]}
        assert parse(f"a:\n  - b:\n        {written}\n", "x.yml") == (data, []), written
        assert written.count("\n") == 0


def test_a_name_with_emoji_needs_no_quotes() -> None:
    """Expected: as a person would type it."""
    assert one_line("Otto \U0001f600") == "Otto \U0001f600"
    assert one_line("Otto: \U0001f600") == "'Otto: \U0001f600'"


TEXTS = st.text(st.sampled_from("ab\n #:-'\"\\[]{},|>%@`é\U0001f600\U00020000"), min_size=1) | st.builds(
    "".join, st.lists(st.sampled_from(["word ", "two  ", "\n", "# ", ": ", "\U0001f600", "U0001F600\\"]), min_size=40)
)


@given(TEXTS)
def test_the_loader_reads_what_was_written(text: str) -> None:
    """Expected: a field of one text, long or short, is loaded as that text."""
    for written in (field("notes", text, 2), f"notes: [{one_line(text)}]"):
        data, problems = parse(f"  {written}\n", "x.yml")
        assert not problems, written
        assert data["notes"] in (text, [text]), written
