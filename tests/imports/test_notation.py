"""Numbers, and names beside ids, text by text."""

from __future__ import annotations

import pytest

from generator.exchange.notation import (
    decimal_sign,
    in_notation,
    is_either,
    is_percent,
    label_parts,
    labeled,
    number_of,
    taken_for,
)

NUMBERS = {
    "4": "4",
    " 4,5 ": "4.5",
    "-3.25": "-3.25",
    "80 %": "80",
    "1,234": "1,234",  # a decimal comma, or one between thousands
    "1.2345": "1.2345",
    "84.1250%": "84.125",
    "4,50": "4.5",
    "007": "7",
    "-0.5": "-0.5",
    "0,125": "0.125",
    "1234,567": "1234.567",
    "0": "0",
    "1,234,567": "1234567",
    "1.234.567": "1234567",
    "1'234'567": "1234567",
    "1,234.567": "1234.567",
    "-1.250.000,5 %": "-1250000.5",
    "1'234.5": "1234.5",
    "1,234,567,8": "1,234,567,8",
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


@pytest.mark.parametrize(
    ("texts", "sign"),
    [
        (["1.234", "1.234.567"], ","),
        (["1.234", "-12,5 %"], ","),
        (["1.234", "4.000,50"], ","),
        (["1.234", "0,125"], ","),
        (["1,234", "12.5", "2.345"], "."),
        (["1,234", "1,234,567"], "."),
        (["1,234", "1'000'000.250"], "."),
        (["1,234", "1234.567"], "."),
        (["1.234", "950", "10 %", "soon, 1,5"], ""),
        (["1.234", "12,5", "12.5"], ""),
    ],
)
def test_the_decimal_sign_of_a_column(texts: list[str], sign: str) -> None:
    """Expected: what its clear numbers show, unless they contradict each other."""
    assert decimal_sign(texts) == sign


def test_a_number_that_means_two_things() -> None:
    """Expected: one of them, by the decimal sign."""
    texts = ("1.234", "1,234", "-1.234", "1.234 %")
    assert all(map(is_either, texts))
    assert not any(map(is_either, ("0.125", "1.23", "1.2345", "1234.567", "1.234.567", "v1.234")))
    assert [in_notation(text, ".") for text in texts] == ["1.234", "1234", "-1.234", "1.234"]
    assert [in_notation(text, ",") for text in texts] == ["1234", "1.234", "-1234", "1234"]


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
