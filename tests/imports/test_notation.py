"""Numbers, and names beside ids, text by text."""

from __future__ import annotations

from generator.exchange.notation import is_percent, label_parts, labeled, number_of, taken_for

NUMBERS = {
    "4": "4",
    " 4,5 ": "4.5",
    "-3.25": "-3.25",
    "80 %": "80",
    "1,234": "1,234",  # a decimal comma, or one between thousands
    "1.2345": "1.2345",
    "1,234,567": "1234567",
    "1.234.567": "1234567",
    "1'234'567": "1234567",
    "1,234.567": "1,234.567",
    "1,234,56": "1,234,56",
    "many": "many",
}
LABELS = {
    "Maya Okafor (maya-okafor)": ("Maya Okafor", "maya-okafor"),
    " Sons (old) (sons) ": ("Sons (old)", "sons"),
    "Maya Okafor": ("", ""),
    "Maya Okafor (maya": ("", ""),
    "Maya Okafor ()": ("", ""),
    "(maya)": ("", ""),
    " (maya)": ("", ""),
    "Maya(maya)": ("", ""),
}


def test_numbers_as_data_has_them() -> None:
    """Expected: with a point; what may be meant in two ways stays as it is."""
    assert {text: number_of(text) for text in NUMBERS} == NUMBERS
    whole = {"1,234": "1234", "1.234": "1234", "12.0": "12", "12.00": "12", "12.5": "12.5", "1 234 567": "1234567"}
    assert {text: number_of(text, whole=True) for text in whole} == whole
    assert [is_percent(text) for text in ("80%", "80 % ", "80")] == [True, True, False]


def test_names_beside_ids() -> None:
    """Expected: the last brackets hold the id, behind a name and a space; what is shown so is read so."""
    assert {text: label_parts(text) for text in LABELS} == LABELS
    assert [labeled("ann", name) for name in ("Ann Lee", "ann", "")] == ["Ann Lee (ann)", "ann", "ann"]
    assert label_parts(labeled("sons", "Sons (old)")) == ("Sons (old)", "sons")


def test_what_spreadsheet_programs_make_of_names() -> None:
    """Expected: what a name seems to have become; a name that only looks a bit like it stays one."""
    became = {
        "TRUE": "yes or no",
        "2026-03-01": "a day",
        "3/4/26": "a day",
        "1-Mar": "a day",
        "Mar-26": "a day",
        "1.00E+05": "a number",
        "45991": "a number",
        "#NAME?": "a failed formula",
        "True North": "",
        "3/4.26": "",
        "4599": "",
        "March 26": "",
        "#Name": "",
    }
    assert {name: taken_for(name) for name in became} == became
