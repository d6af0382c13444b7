"""The table of an entry's fields: what follows from a row of it."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from generator.compare import changes_between, for_readers
from generator.exchange.fields import COLUMNS, KNOWN, LISTS, key
from generator.model import FIELDS, TAKEN, Entry, Field, Playbook
from generator.schema import documented, fields_at
from generator.schema.published import PublishedEntry
from tests.kit import TAXONOMY, as_read, data_in, inventory, loaded, pages_of

# What the model keeps elsewhere: with the partner, or by its types.
ELSEWHERE = {"id", "name", "domain", "parent", "ids", "formerly", "acquired", "types", "mode"}
# A reference needs something to lead to; the rich company has one of each kind.
PLAIN = [field for field in FIELDS if field.plain and not field.refers_to]


def test_rows_are_fields_of_the_model() -> None:
    """Each row, but for what stands with the partner or its relationships, is a field of Entry, and back."""
    ours = {"partner", "department", "relationships", "custom", "company", "place"}

    assert {field.id for field in FIELDS} - ELSEWHERE == {field.name for field in fields(Entry)} - ours


def test_every_place_follows_the_table() -> None:
    """Editors may write these fields and no others, each explained; programs get those that say what they hold."""
    (entries,) = [section for section in documented(()) if section.route == ("departments", "partners")]

    assert list(fields_at("partners.yml", ("departments", "partners"))) == [field.id for field in FIELDS]
    assert [(one.name, one.meaning, one.example) for one in entries.fields] == [
        (field.id, field.meaning, field.example) for field in FIELDS
    ]
    assert {field.id for field in FIELDS if field.published is not None} <= set(PublishedEntry.model_fields)
    assert all(KNOWN[key(other)] == field.id for field in FIELDS for other in field.columns.split(",") if other)
    assert {field.id for field in FIELDS if field.many} <= set(LISTS)
    assert {*COLUMNS, *(field.filter for field in FIELDS if field.filter)} <= TAKEN


@pytest.mark.parametrize("field", PLAIN, ids=lambda field: field.id)
def test_a_plain_field_goes_all_the_way(field: Field, tmp_path: Path) -> None:
    """From YAML into the model, onto the partner's page where it has a label, and into the comparison by its words."""
    text = "words of its own"
    before, after = playbook(tmp_path, ""), playbook(tmp_path, f", {field.id}: {f'[{text}]' if field.many else text}")
    (entry,) = after.entries
    page = as_read(pages_of(after)["partners/acme.md"])

    assert getattr(entry, field.id) == ((text,) if field.many else text)
    assert [str(change) for change in for_readers(changes_between(before, after))] == [
        f"Acme has new details in Sales: {field.words}"
    ]
    assert text in page
    assert not field.label or f"| {field.label} | {text} |" in page or f"**{field.label}:** {text}" in page


def playbook(folder: Path, more: str) -> Playbook:
    """One entry, with more in it."""
    partners = inventory(acme=f"types: [agent], owner: null{more}")
    return loaded(data_in(folder, taxonomy=TAXONOMY, partners=partners), date(2026, 6, 1))
