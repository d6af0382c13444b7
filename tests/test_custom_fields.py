"""Fields that settings.yml declares: one row each, from which everything follows as from those that are built in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from generator import paths
from generator.compare import changes_between
from generator.feeds import inventory as feed
from generator.findings import find
from generator.model import spelled
from generator.schema import json_schemas
from tests.kit import (
    cells,
    contents,
    directory_data,
    directory_rows,
    loaded,
    pages_of,
    plain,
    run,
    section,
    world_in,
)

SETTINGS = """\
company: Example
as_of: 2026-06-01
fields:
  - {id: revenue_band, label: Revenue band, help: What it sold of ours., on: entry, kind: choice,
     values: [Up to 1M, Over 1M], show: [page, column, filter, export]}
  - {id: trades, label: Trades, on: entry, kind: choices, values: [Welding, Wiring], show: [filter]}
  - {id: sites, label: Sites, on: partner, kind: number, show: [page, column, export]}
  - {id: signed, label: NDA signed, on: entry, kind: date}
  - {id: portal, label: Portal, on: partner, kind: url, show: [page, column]}
  - {id: engineer, label: Named engineer, on: entry, kind: person, show: [page, column, filter]}
  - {id: key_account, label: Key account, on: partner, kind: yes-no, show: [page, column, filter]}
  - {id: remark, label: Remark, help: Say `a|b`., on: entry, kind: text, show: [export]}
"""
PEOPLE = """\
people:
  - {id: ann, name: Ann Lee}
  - {id: bo, name: Bo Kim}
  - {id: gone, name: Gil Old, active: false}
"""
PARTNERS = """\
departments:
  - id: sales
    name: Sales
    partners:
      - id: acme
        name: Acme
        types: [shop]
        owner: ann
        revenue_band: Over 1M
        trades: [Wiring, Welding]
        sites: 12
        signed: 2026-05-01
        portal: https://acme.example/portal
        engineer: bo
        key_account: false
        remark: Prefers *letters*.
      - {id: birch, name: Birch, types: [shop], owner: ann, sites: 9, engineer: gone}
      - {id: cedar, name: Cedar, types: [shop], owner: ann}
"""
FILES = {"settings": SETTINGS, "people": PEOPLE, "partners": PARTNERS}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder `data` in which each kind of field has a value; commands run beside it."""
    monkeypatch.chdir(tmp_path)
    return world_in(tmp_path / "data", **FILES)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    return pages_of(loaded(world_in(tmp_path_factory.mktemp("custom") / "data", **FILES)))


def edit(data: Path, file: str, old: str, new: str) -> None:
    path = data / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


# --- the model ----------------------------------------------------------------------------


def test_what_is_recorded(data: Path) -> None:
    """Entries and partners hold values of their kinds, by the ids of the fields; what nobody wrote is not there."""
    playbook = loaded(data)
    acme, birch, cedar = playbook.partners.values()

    assert dict(acme.entries[0].custom) == {
        "revenue_band": "Over 1M", "trades": ("Wiring", "Welding"), "signed": date(2026, 5, 1), "engineer": "bo",
        "remark": "Prefers *letters*.",
    }  # fmt: skip
    assert dict(acme.custom) == {"sites": 12, "portal": "https://acme.example/portal", "key_account": False}
    assert (dict(birch.custom), dict(cedar.custom), dict(cedar.entries[0].custom)) == ({"sites": 9}, {}, {})
    trades = next(field for field in playbook.settings.fields if field.id == "trades")
    assert [playbook.recorded(trades, entry) for entry in playbook.entries] == [("Wiring", "Welding"), (), ()]


@pytest.mark.parametrize(
    ("value", "text"),
    [(12, "12"), (12.50, "12.5"), (0.00001, "0.00001"), (123456789012345, "123456789012345"), (-0.5, "-0.5"), (0, "0"),
     (True, "true"), (False, "false"), (date(2026, 5, 1), "2026-05-01"), (("A", "B"), "A, B"), (None, ""), ((), "")],
)  # fmt: skip
def test_a_value_as_a_text(value: Any, text: str) -> None:
    """As data files have it: no number loses a figure, and none is written with an exponent."""
    assert spelled(value) == text


def test_names_of_the_shapes_own_are_names_like_others(data: Path) -> None:
    """A field may be called what something in the program is called."""
    odd = ("place", "copy", "json", "schema", "model_config", "custom", "nullable", "validate")
    lines = "".join(f"  - {{id: {name}, label: L{number}, on: entry, kind: text}}\n" for number, name in enumerate(odd))
    edit(data, "settings.yml", "fields:\n", f"fields:\n{lines}")
    edit(data, "partners.yml", "owner: ann}\n", "owner: ann, " + ", ".join(f"{n}: x{n}" for n in odd) + "}\n")
    cedar = loaded(data).partners["cedar"]

    assert dict(cedar.entries[0].custom) == {name: f"x{name}" for name in odd}
    assert cedar.entries[0].place.line == 18


# --- errors -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "fields"),
    [("id: revenue_band", "id: revenue_range", {"revenue_band"}), ("id: sites", "id: places", {"sites"}),
     ("id: engineer", "id: fitter", {"engineer"})],
)  # fmt: skip
def test_a_field_that_is_renamed_is_an_error_wherever_it_stands(
    data: Path, old: str, new: str, fields: set[str]
) -> None:
    """Each entry that still has it is named, and nothing else."""
    edit(data, "settings.yml", old, new)
    errors = run("check").stdout
    (name,) = fields

    lines = [line for line in errors.splitlines() if "error[" in line]
    used = [number for number, line in enumerate(PARTNERS.splitlines(), 1) if f"{name}:" in line]
    assert [int(line.split(":")[1]) for line in lines] == used
    assert all(f"error[unknown-field]: unknown field '{name}'" in line for line in lines)


@pytest.mark.parametrize("bad", ["kind: choise", "on: entries", "kind: [choice]", "values: Up to 1M"])
def test_a_bad_declaration_is_told_once(data: Path, bad: str) -> None:
    """What entries say of the field is no further error: nobody knows what that may be until the settings are right."""
    name = bad.partition(":")[0]
    good = {"kind": "kind: choice,", "on": "on: entry,", "values": "values: [Up to 1M, Over 1M],"}[name]
    edit(data, "settings.yml", f"{good}\n" if name == "kind" else good, f"{bad},\n" if name == "kind" else f"{bad},")
    errors = [line for line in run("check").stdout.splitlines() if "error[" in line]

    assert errors
    assert all("settings.yml" in line for line in errors)


def test_settings_that_cannot_be_read_hide_no_fields(data: Path) -> None:
    """A mistake in the YAML of the settings is the only one that is told."""
    edit(data, "settings.yml", "company: Example", 'company: "Example')
    errors = [line for line in run("check").stdout.splitlines() if "error[" in line]

    assert errors
    assert all("settings.yml" in line for line in errors)


@pytest.mark.parametrize("line", ["remark: Call Ann at +49 151 23456789.", "slogan: Call +49 151 23456789"])
def test_a_phone_number_is_found_in_them(data: Path, line: str) -> None:
    """In a text of an entry and of a partner, as in every other text, at its line."""
    edit(data, "settings.yml", "fields:\n", "fields:\n  - {id: slogan, label: Slogan, on: partner, kind: text}\n")
    edit(data, "partners.yml", "        remark: Prefers *letters*.\n", f"        {line}\n")
    (found,) = (finding for finding in find(loaded(data)) if finding.code.slug == "phone-number")

    assert (found.partner, found.values["field"], found.values["ends"]) == ("acme", line.partition(":")[0], "89")
    assert found.place.line == 16


# --- pages --------------------------------------------------------------------------------


def test_the_page_of_a_partner(pages: dict[str, str]) -> None:
    """What is about the entry stands among its facts, what is about the company under these; a text is a text."""
    page = plain(pages["partners/acme.md"])
    facts, company = section(page, "facts"), section(page, "company")

    assert "| Revenue band | Over 1M |\n" in facts
    assert "| NDA signed | 2026-05-01 |\n" in facts
    assert "| Named engineer | [Bo Kim](<../people/bo.md>) |\n" in facts
    assert "- **Sites:** 12\n" in company
    assert "- **Portal:** [https://acme.example/portal](<https://acme.example/portal>)\n" in company
    assert "- **Key account:** no" in company
    assert not any(word in page for word in ("Trades", "Wiring", "Remark", "letters"))
    assert "Sites" not in pages["partners/cedar.md"]


def test_people_and_departments(pages: dict[str, str]) -> None:
    """A person's page says where a field names them; the inventory of a department has the columns of the directory."""
    assert "- **Named engineer:** [Acme](<../partners/acme.md>)" in pages["people/bo.md"]
    page = pages["departments/sales.md"]
    assert (
        "| Partner | Type | Owner | Status | Mode | Revenue band | Sites | Portal | Named engineer | Key account |"
        in page
    )
    rows = {row[0]: row[5:] for row in cells(section(page, "inventory"))}
    assert rows["Acme"] == ["Over 1M", "12", "https://acme.example/portal", "Bo Kim", "no"]
    assert rows["Birch"] == ["not recorded", "9", "not recorded", "Gil Old (has left)", "not recorded"]


def test_somebody_who_has_left_is_told(data: Path) -> None:
    """In whatever field the person is named."""
    (found,) = (finding for finding in find(loaded(data)) if finding.code.slug == "person-gone")

    assert (found.partner, found.key, found.values["person"]) == ("birch", ("field:engineer",), "gone")


def test_the_directory(pages: dict[str, str]) -> None:
    """Columns in the table that needs no script and in the data of the script; filters in the form; both in order."""
    page, given = pages[paths.PARTNERS], directory_data(pages)
    columns = ["Revenue band", "Sites", "Portal", "Named engineer", "Key account"]
    (acme, birch, cedar) = cells(page)
    rows = {row["partner"][0]: row for row in directory_rows(pages)}
    filters = {one["name"]: one for one in given["filters"]}

    assert given["columns"][-6:] == [*columns, "Findings"]
    assert acme[-6:] == ["Over 1M", "12", "https://acme.example/portal", "Bo Kim", "no", "0"]
    assert birch[-6:] == ["not recorded", "9", "not recorded", "Gil Old (has left)", "not recorded", "1"]
    assert cedar[-6:-1] == ["not recorded"] * 5
    assert [name for name in filters if f'data-filter="{name}"' in plain(page)][-4:] == [
        "revenue_band", "trades", "engineer", "key_account",
    ]  # fmt: skip
    assert rows["acme.md"]["trades"] == ["Wiring", "Welding"]
    assert rows["birch.md"]["revenue_band"] == ["-"]
    assert [one["value"] for one in filters["sites"]["values"]] == ["9", "12", "-"]
    assert filters["key_account"]["values"][0] == {"value": "false", "name": "no"}
    assert filters["portal"]["values"][0]["url"] == "https://acme.example/portal"
    assert [one["label"] for one in given["filters"] if one["label"] in columns] == columns


def test_the_search_knows_choices_and_no_mere_numbers(pages: dict[str, str]) -> None:
    """ "Over 1M" leads to the directory; yes, no and 12 may mean anything."""
    answers = pages[paths.ANSWERS]

    assert (
        '{"name":"revenue_band","lead":"with Revenue band","values":[{"value":"Over 1M","name":"Over 1M"}]}' in answers
    )
    assert not any(f'"name":"{name}","lead"' in answers for name in ("key_account", "sites", "engineer", "portal"))


def test_every_field_explains_them(pages: dict[str, str]) -> None:
    """With what may be chosen, or an example; by its label where nobody says what it means."""
    page = plain(pages[paths.FIELDS])

    assert "| `revenue_band` |  | What it sold of ours. One of: Up to 1M, Over 1M. |" in page
    assert "| `trades` |  | Trades. Any of: Welding, Wiring. |" in page
    assert "| `key_account` |  | Key account. `key_account: true` |" in page
    assert "| Say &#96;a&#124;b&#96;&#46; " in pages[paths.FIELDS]  # a mark is one in our own words alone
    assert "| What `playbook build --audience` is told&#46; " in pages[paths.FIELDS]


# --- programs -----------------------------------------------------------------------------


def test_the_published_inventory(data: Path) -> None:
    """What is exported, by ids; with what each field is, so that a program can name it; as the schema has it."""
    playbook = loaded(data)
    files = {path: make() for path, make in feed.files(playbook, find(playbook))}
    told = json.loads(files[paths.INVENTORY])
    acme = told["partners"][0]

    jsonschema.validate(told, json.loads(files[paths.INVENTORY_SCHEMA]))
    assert [one["id"] for one in told["fields"]] == ["revenue_band", "sites", "signed", "remark"]
    assert told["fields"][0] == {
        "id": "revenue_band", "label": "Revenue band", "help": "What it sold of ours.", "on": "entry",
        "kind": "choice", "values": ["Up to 1M", "Over 1M"],
    }  # fmt: skip
    assert acme["custom"] == {"sites": 12}
    assert acme["entries"][0]["custom"] == {
        "revenue_band": "Over 1M", "signed": "2026-05-01", "remark": "Prefers *letters*.",
    }  # fmt: skip


def test_people_are_published_as_the_owner_is(data: Path) -> None:
    edit(data, "settings.yml", "kind: person, show: [page, column, filter]", "kind: person")
    playbook = loaded(data)
    told = json.loads(dict(feed.files(playbook, ()))[paths.INVENTORY]())

    assert told["partners"][0]["entries"][0]["custom"]["engineer"] == {
        "id": "bo", "name": "Bo Kim", "email": None, "active": True,
    }  # fmt: skip


def test_schemas_for_editors(data: Path) -> None:
    """Those beside the data know the fields, values and people, and refuse others; the general one takes any field."""
    edit(data, "settings.yml", "company:", "# yaml-language-server: $schema=schemas/settings.json\ncompany:")
    assert run("completion").exit_code == 0
    schema = json.loads((data / "schemas" / "partners.json").read_text("utf-8"))
    entries = yaml.load(PARTNERS, yaml.BaseLoader)  # noqa: S506 - it makes texts only
    acme = entries["departments"][0]["partners"][0]
    acme |= {"sites": 12, "key_account": False}

    def refused(entry: dict[str, Any], by: Any) -> list[str]:
        told = {"departments": [{"id": "sales", "name": "Sales", "partners": [entry]}]}
        return [error.json_path for error in jsonschema.Draft202012Validator(by).iter_errors(told)]

    assert refused(acme, schema) == []
    assert refused({**acme, "revenue_band": "Much"}, schema) == ["$.departments[0].partners[0].revenue_band"]
    assert refused({**acme, "sites": "12"}, schema) == ["$.departments[0].partners[0].sites"]
    assert refused({**acme, "revenue_bond": "Over 1M"}, schema) == ["$.departments[0].partners[0]"]
    engineer = schema["$defs"]["EntryShape"]["properties"]["engineer"]
    assert ["ann", "bo"] in [one.get("enum") for one in walk(engineer)]
    assert refused(acme, json.loads(json_schemas()["partners.json"])) == []
    assert refused({**acme, "owner": 5}, json.loads(json_schemas()["partners.json"])) != []


def walk(schema: Any) -> Iterator[dict[str, Any]]:
    """Every part of a schema."""
    if isinstance(schema, dict):
        yield schema
        for part in schema.values():
            yield from walk(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from walk(part)


# --- what is different --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("revenue_band: Over 1M", "revenue_band: Up to 1M", "in Sales: Revenue band (Up to 1M instead of Over 1M)"),
        ("trades: [Wiring, Welding]", "trades: [Wiring]", "in Sales: Trades (Welding removed)"),
        ("sites: 12\n", "sites: 12.5\n", ": Sites (12.5 instead of 12)"),
        ("key_account: false", "key_account: true", ": Key account (yes instead of no)"),
        ("engineer: bo", "engineer: ann", "in Sales: Named engineer (Ann Lee instead of Bo Kim)"),
        ("signed: 2026-05-01", "signed: 2026-05-02", "in Sales: NDA signed (2026-05-02 instead of 2026-05-01)"),
    ],
)
def test_a_change_is_told_by_the_label(data: Path, old: str, new: str, said: str) -> None:
    """With names for people, and yes and no."""
    before = loaded(data)
    edit(data, "partners.yml", old, new)
    (change,) = changes_between(before, loaded(data))

    said = f" {said}" if said.startswith("in") else said
    assert str(change) == f"Acme has new details{said}"


def test_declarations_that_differ(data: Path) -> None:
    """By their labels: which are new or gone, and what is declared otherwise of the others."""
    before = loaded(data)
    edit(
        data,
        "settings.yml",
        "  - {id: remark, label: Remark, help: Say `a|b`., on: entry, kind: text, show: [export]}\n",
        "",
    )
    edit(data, "settings.yml", "values: [Welding, Wiring]", "values: [Wiring, Welding, Sawing]")
    edit(data, "partners.yml", "        remark: Prefers *letters*.\n", "")
    said = [str(change) for change in changes_between(before, loaded(data))]

    assert "The company has new details: fields (Trades: values Sawing added; Remark removed)" in said


def test_a_person_with_another_id_is_no_change_of_a_field(data: Path) -> None:
    """In a field of an entry, and of a partner: what refers to it is told where the person is."""
    before = loaded(data)
    edit(data, "people.yml", "id: bo", "id: bob")
    edit(data, "partners.yml", "engineer: bo", "engineer: bob")

    assert [str(change) for change in changes_between(before, loaded(data))] == ["Bo Kim has the id bob instead of bo"]


# --- commands -----------------------------------------------------------------------------


def test_a_person_is_renamed_in_them(data: Path) -> None:
    """Wherever the person is named."""
    assert run("rename", "bo", "bob").exit_code == 0

    assert "engineer: bob\n" in (data / "partners.yml").read_text("utf-8")
    assert loaded(data).partners["acme"].entries[0].custom["engineer"] == "bob"


def test_lines_stand_below_the_others_when_a_file_is_sorted(data: Path) -> None:
    """The values stay, and the fields that every playbook has come first, in their order."""
    edit(data, "partners.yml", "        name: Acme\n        types: [shop]\n", "        types: [shop]\n")
    edit(data, "partners.yml", "        remark: Prefers", "        name: Acme\n        remark: Prefers")
    before = loaded(data)
    assert run("fmt").exit_code == 0
    text = (data / "partners.yml").read_text("utf-8")

    assert loaded(data) == before
    assert text.index("name: Acme") < text.index("types: [shop]") < text.index("revenue_band:") < text.index("remark:")


def test_two_partners_that_become_one_keep_them(data: Path) -> None:
    """What one of them lacks comes from the other."""
    edit(data, "partners.yml", "owner: ann, sites: 9, engineer: gone}", "owner: ann, sites: 12, signed: 2026-05-01}")
    assert run("merge", "birch", "--into", "acme").exit_code == 0, run("merge", "birch", "--into", "acme").output
    playbook = loaded(data)

    assert set(playbook.partners) == {"acme", "cedar"}
    assert playbook.partners["acme"].custom["sites"] == 12


def test_nothing_is_written_where_nothing_is_wrong(data: Path) -> None:
    """Reading changes no file."""
    before = contents(data)
    assert run("check").exit_code == 0
    assert contents(data) == before
