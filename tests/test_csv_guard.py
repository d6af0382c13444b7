"""Both ways to a spreadsheet guard the same signs: the export of the program and the download of the directory."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.exchange.fields import FORMULA, guarded

SCRIPT = (Path(__file__).parents[1] / "generator" / "kit" / "pages" / "assets" / "directory.js").read_text("utf-8")


def test_one_list_of_signs() -> None:
    """Expected: the script names each sign that the program guards, and no other, and uses its list for every cell."""
    [signs] = re.findall(r"const FORMULA = /\^\[(.+)\]/;", SCRIPT)

    assert sorted(json.loads(f'"{signs}"')) == sorted(FORMULA)
    assert re.findall(r"const cell = .*", SCRIPT)[0].startswith(
        'const cell = (text) => `"${text.replace(FORMULA, "\'$&")'
    )
    assert SCRIPT.count("FORMULA") == 2


@pytest.mark.parametrize("sign", FORMULA)
def test_each_sign_is_guarded(sign: str) -> None:
    """Expected: a text that begins with it has an apostrophe in front."""
    assert guarded(f"{sign}1+1") == f"'{sign}1+1"


def test_the_signs_of_either_width() -> None:
    """Expected: those that start a formula, and what East Asian keyboards write for them."""
    assert {chr(ord(sign) + 0xFEE0) for sign in "=+-@"} < set(FORMULA)
