"""The data that the directory's script is given: what it says of rows and values, whatever their texts are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from generator import paths
from generator.model import Playbook
from tests.kit import directory_data, directory_rows, pages_of

TEXTS = (
    '"); alert(1); ("',
    "</script><img src=x>",
    "a \\u0041 b\\",
    "],[",
    "𝔘nicode ïs \u4e00 \u05d0",
    "__proto__",
)


def inventory(**more: Any) -> str:
    """One partner of one department, as YAML, which reads JSON as well."""
    entry = {"id": "acme", "name": "Acme", "types": ["agent"], "owner": None, **more}
    return json.dumps({"departments": [{"id": "sales", "name": "Sales", "partners": [entry]}]}, ensure_ascii=False)


def values(data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The values of a filter."""
    (found,) = [one["values"] for one in data["filters"] if one["name"] == name]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_a_text(world: Callable[..., Playbook], text: str) -> None:
    """Expected: a name and an owner are read back as they were written, in one line each."""
    pages = pages_of(world(partners=inventory(name=text, owner=text)))
    said = " ".join(text.split())
    data = directory_data(pages)

    assert [one["name"] for one in data["partners"]] == [said]
    assert [(one["value"], one["name"]) for one in values(data, "owner")] == [(said, said)]
    assert directory_rows(pages)[0]["owner"] == [said]


def test_a_filter_of_which_nothing_is_recorded(world: Callable[..., Playbook]) -> None:
    """Expected: its one value is nothing, each row holds that, and the form has no field for it."""
    pages = pages_of(world(partners=inventory()))

    assert [one["value"] for one in values(directory_data(pages), "tier")] == [paths.NOTHING]
    assert [row["tier"] for row in directory_rows(pages)] == [[paths.NOTHING]]
    assert 'name="tier"' not in pages[paths.PARTNERS]
    assert 'name="owner"' not in pages[paths.PARTNERS]


def test_spellings_that_look_alike_are_one_value(world: Callable[..., Playbook]) -> None:
    """Expected: as in addresses and on pages, one blank is as good as two."""
    partners = [
        {"id": name, "name": name, "types": ["agent"], "owner": owner}
        for name, owner in {"acme": "Kim Lo", "bolt": "Kim  Lo"}.items()
    ]
    text = json.dumps({"departments": [{"id": "sales", "name": "Sales", "partners": partners}]})
    pages = pages_of(world(partners=text))

    assert [one["value"] for one in values(directory_data(pages), "owner")] == ["Kim Lo"]
    assert [row["owner"] for row in directory_rows(pages)] == [["Kim Lo"], ["Kim Lo"]]


def test_what_had_another_id_says_so(rich_pages: Mapping[str, str]) -> None:
    """Expected: partners, and departments, owners and types among the filters; nothing of all others."""
    data = directory_data(rich_pages)
    former = {one["name"]: one["formerly"] for one in data["partners"] if "formerly" in one}
    asked = {
        name: {one["value"]: one["formerly"] for one in values(data, name) if "formerly" in one}
        for name in ("department", "owner", "type")
    }

    assert former == {"Causeway Logistics": ["dockside-freight"]}
    assert asked["department"] == {"operations-finance": ["supply-chain"]}
    assert asked["owner"] == {"owen-pryce": ["o-pryce"]}
    assert all(re.fullmatch("[a-z0-9-]+", old) for some in asked["type"].values() for old in some)


@pytest.mark.long
def test_a_row_costs_as_much_as_it_says(world: Callable[..., Playbook]) -> None:
    """Expected: a thousand partners more add a line each to the rows and to the partners, of a few dozen bytes."""

    def size(number: int) -> tuple[int, int]:
        partners = [
            {"id": f"p{n:04}", "name": f"P {n:04}", "types": ["agent"], "owner": "Kim Lo"} for n in range(number)
        ]
        text = json.dumps({"departments": [{"id": "sales", "name": "Sales", "partners": partners}]})
        script = pages_of(world(partners=text))[paths.DIRECTORY_ROWS]
        return len(script.splitlines()), len(script)

    (lines, length), (more_lines, more_length) = size(10), size(1010)
    assert more_lines - lines == 2 * 1000
    assert (more_length - length) / 1000 < 100


def test_an_empty_inventory(world: Callable[..., Playbook]) -> None:
    """Expected: a file without rows, for a page without a table."""
    pages = pages_of(world(partners='{"departments": []}'))

    assert directory_data(pages)["rows"] == directory_data(pages)["partners"] == []
    assert "noscript" not in pages[paths.PARTNERS]
