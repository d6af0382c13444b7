"""Fields of a company's own may be called what something in the program, in browsers or on pages is called."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from generator.exchange.fields import field_of
from generator.insights.cutting import cut
from generator.model import FIELDS, HIDEABLE, TAKEN, Audience, On, Playbook, Status, frozen
from generator.model.audiences import PAGES
from generator.model.fields import ASKED_BESIDE
from generator.paths import family
from tests.kit import directory_data, directory_rows, loaded, pages_of, plain, run, world_in

# Names that would be found where something is looked up by a text.
PROTOTYPES = ("constructor", "prototype", "length", "keys", "get")
FORMS = ("elements", "action", "method", "target", "submit", "reset", "children", "closest", "matches", "contains",
         "attributes", "append", "dataset", "style", "hidden", "title", "filter", "words", "count")  # fmt: skip
ADDRESSES = (*ASKED_BESIDE, "page", "query", "search")
FAMILIES = (*PAGES, "partners", "types", "glossary", "changes", "editors", "departments", "index", "home")
SHEETS = ("column", "columns", "row", "new", "skip", "take", "clear", "values", "defaults", "account", "company")
MODEL = ("relationships", "entries", "custom", "place", "current", "active", "ended")
NAMES = [*dict.fromkeys([*PROTOTYPES, *FORMS, *ADDRESSES, *FAMILIES, *SHEETS, *MODEL, *Status])]
NAMES = [name for name in NAMES if name not in TAKEN]
LABELS = ("Constructor", "__proto__", "toString", "hasOwnProperty", "Text", "Sort", "Words", "By", "Elements")
SETTINGS = "as_of: 2026-06-01\nfields:\n" + "".join(
    f"- {{id: {name}, label: {label}, on: {'partner' if number % 3 == 2 else 'entry'}, kind: choice, "
    f"values: [{name} one, {name} two], show: [page, column, filter, export]}}\n"
    for number, (name, label) in enumerate(zip(NAMES, [*LABELS, *(f"Our {name}" for name in NAMES)], strict=False))
)


def inventory(word: str) -> str:
    values = "".join(f", {name}: {name} {word}" for name in NAMES)
    return (
        "departments:\n- id: sales\n  name: Sales\n  partners:\n"
        f"  - {{id: acme, name: Acme, types: [shop], owner: ann{values}}}\n"
        "  - {id: birch, name: Birch, types: [shop], owner: ann}\n"
    )


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return world_in(
        tmp_path / "data", settings=SETTINGS, people="people: [{id: ann, name: Ann Lee}]", partners=inventory("one")
    )


def held(playbook: Playbook) -> Mapping[str, str]:
    """What the fields say of the first partner."""
    (entry,) = playbook.partners["acme"].entries
    return {field.id: playbook.recorded(field, entry) for field in playbook.settings.fields}


def test_pages_keep_them_apart(data: Path) -> None:
    """In the page no id stands twice, and no element of a form has a name that the form may have; each has a filter."""
    pages = pages_of(loaded(data))
    filters = {one["label"]: one["name"] for one in directory_data(pages)["filters"]}
    rows = {row["partner"][0]: row for row in directory_rows(pages)}

    assert len(set(filters.values())) == len(filters)
    assert not set(filters.values()) & {*ASKED_BESIDE}
    for name in NAMES:
        asked = f"field-{name}" if name in ASKED_BESIDE else name
        assert rows["acme.md"][asked] == [f"{name} one"]
        assert f'data-filter="{asked}"' in plain(pages["partners/index.md"])
    for page in ("partners/index.md", "landscape.md", "find/index.md"):
        ids = re.findall(r'\bid="([^"]+)"', plain(pages[page]))
        assert len(ids) == len(set(ids))
        assert {*re.findall(r'<(?:input|select|button)[^>]* name="([^"]+)"', plain(pages[page]))} <= {"by"}


def test_a_sheet_takes_them_back(data: Path) -> None:
    """Every cell of theirs that somebody changes is changed in the data, and only these."""
    assert run("export", "out.csv").exit_code == 0
    with Path("out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    acme = next(row for row in rows if row["id"] == "acme")
    acme.update({name: f"{name} two" for name in NAMES})
    with Path("out.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]])
        writer.writeheader()
        writer.writerows(rows)
    done = run("import", "out.csv", "--department", "sales")

    assert done.exit_code == 0, done.output
    assert held(loaded(data)) == {name: f"{name} two" for name in NAMES}


def test_the_id_of_one_may_be_the_label_of_another(data: Path) -> None:
    """A column with that heading, as an export writes it, is the field of that id."""
    fields = "[{id: size, label: Reach, on: entry, kind: text}, {id: reach, label: Size, on: entry, kind: text}]"
    (data / "settings.yml").write_text(f"as_of: 2026-06-01\nfields: {fields}\n", "utf-8")
    (data / "partners.yml").write_text("departments: []\n", "utf-8")
    custom = loaded(data).settings.fields

    assert [field_of(title, custom) for title in ("size", "reach", "Size", "Our reach")] == [
        "size",
        "reach",
        "size",
        "",
    ]


def audience(playbook: Playbook, *hides: str) -> Playbook:
    one = Audience("some", "Some", hides)
    return cut(replace(playbook, settings=replace(playbook.settings, audiences=frozen({"some": one}))), one)


def test_an_audience_does_not_see_the_one_that_is_hidden_from_it(data: Path) -> None:
    """What is called so besides stays: a page, a status, what a partner holds by that name."""
    playbook = loaded(data)
    for name in NAMES:
        if name in HIDEABLE:
            continue
        seen = audience(playbook, name)
        assert held(seen) == {other: text for other, text in held(playbook).items() if other != name}
        assert len(seen.entries) == len(playbook.entries)
        assert all(entry.relationships for entry in seen.entries)
        assert seen.shows(family(f"{name}.md")) is (name not in ("editors", "changes"))


@pytest.mark.parametrize(("field", "page"), [("reviewed", "health"), ("offers", "coverage"), ("offers", "value")])
def test_a_page_that_goes_takes_no_field_along(data: Path, field: str, page: str) -> None:
    """Without what it is drawn from a page is not shown; a field that is called like it is."""
    text = inventory("one").replace("owner: ann,", "owner: ann, value: Sells.,", 1)
    (data / "partners.yml").write_text(text, "utf-8")
    playbook = loaded(data)
    seen = audience(playbook, field)

    assert not seen.shows(page)
    assert held(seen) == held(playbook)
    assert seen.partners["acme"].entries[0].value == "Sells."


@pytest.mark.parametrize("name", ["health", "people", "dormant"])
def test_what_hides_could_mean_two_things_is_an_error(data: Path, name: str) -> None:
    """A field of the company's own, or the page or the status of that name: no audience is to see by mistake."""
    (data / "settings.yml").write_text(
        f"{SETTINGS}audiences: [{{id: some, name: Some, hides: [{name}]}}]\n", encoding="utf-8"
    )
    said = run("check").stdout

    assert "1 error" in said
    assert f"hides: '{name}' is a field of your own, and a page or status is called so, too" in said
    assert f"'our_{name}'" in said


def test_what_a_column_map_says_is_no_name(data: Path) -> None:
    """There it means a column that counts for nothing; a label may be that word."""
    (data / "settings.yml").write_text(
        "as_of: 2026-06-01\nfields: [{id: ignore, label: Ignore, on: entry, kind: text}]\n", "utf-8"
    )
    (data / "partners.yml").write_text("departments: []\n", "utf-8")
    said = run("check").stdout
    assert "'ignore' cannot be the id of a field: column maps of imports say it of columns that are left out" in said
    assert "write 'our_ignore' or another name" in said

    (data / "settings.yml").write_text(
        "as_of: 2026-06-01\nfields: [{id: our_ignore, label: Ignore, on: entry, kind: text}]\n", "utf-8"
    )
    assert field_of("Ignore", loaded(data).settings.fields) == "our_ignore"


def test_what_is_about_the_company_is_told_in_one_place() -> None:
    """By the rows of the fields."""
    assert [field.id for field in FIELDS if field.on is On.PARTNER] == [
        "name", "domain", "parent", "ids", "formerly", "acquired",
    ]  # fmt: skip
