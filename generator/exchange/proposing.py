"""Columns that are no field yet: what each of them could be declared as, by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from generator.exchange.columns import SheetTable
from generator.exchange.days import day_of
from generator.exchange.fields import field_of, key, parts
from generator.exchange.identity import NEW
from generator.exchange.matching import SKIP, Question, Rank
from generator.exchange.meanings import Meanings
from generator.exchange.notation import number_of
from generator.model import IGNORE, TAKEN, Field, FieldKind
from generator.problems import NOWHERE
from generator.schema import SETTINGS, check, custom_fields, flag_of, slug
from generator.schema.values import DECIMAL, FIELD_ID

COLUMN = "column"
_LONGEST_LABEL, _LONGEST_VALUE = 120, 60
_MOST_VALUES = 12

Declaration = Mapping[str, Any]
"""A field as settings.yml declares it."""


def offers(table: SheetTable, decisions: Mapping[tuple[str, str], str], meanings: Meanings) -> list[Question]:
    """A question for each column of a sheet that nobody has said anything about: whether it is to be a field."""
    questions = []
    for title, said in _spare(table).items():
        if title in table.ignored and (COLUMN, title) not in decisions:
            declared = declaration(title, [text for _, text in said], meanings, ())
            values = declared.get("values", ())
            of = f" of {', '.join(values)}" if values else ""
            reason = f"no field is called so; what stands there is of the kind {declared['kind']}{of}"
            choices = f"{NEW} to declare the field {declared['id']} in {SETTINGS}, or {SKIP}"
            rows = tuple(number for number, _ in said)
            questions.append(Question(COLUMN, title, reason, choices, rows, Rank.FIELD))
    return questions


def decided(
    table: SheetTable, decisions: Mapping[tuple[str, str], str], meanings: Meanings
) -> tuple[dict[str, str], list[Declaration]]:
    """The fields of the columns that are to be fields, and the declarations of those that are not declared yet."""
    ids: dict[str, str] = {}
    new: list[Declaration] = []
    custom = {field.id for field in meanings.custom}
    for title, said in _spare(table).items():
        if decisions.get((COLUMN, title)) == NEW:
            known = field_of(title, meanings.custom)
            if known not in custom:
                new.append(declaration(title, [text for _, text in said], meanings, [*ids.values()]))
                known = str(new[-1]["id"])
            ids[title] = known
    return ids, new


def rows_of(declarations: Iterable[Declaration]) -> tuple[Field, ...]:
    """The rows of fields that are declared so."""
    settings, _ = check(SETTINGS, {"fields": [dict(one) for one in declarations]}, NOWHERE)
    return custom_fields(settings)


def declaration(title: str, texts: Sequence[str], meanings: Meanings, taken: Collection[str]) -> Declaration:
    """What a column of this name and with these texts is declared as, by an id that is not `taken`."""
    used = {*TAKEN, IGNORE, *taken, *(field.id for field in meanings.custom)}
    ident = slug(title).replace("-", "_")[:50].strip("_")
    if not FIELD_ID.fullmatch(ident) or ident.startswith("ids_"):
        ident = f"field_{ident}".strip("_")
    number, first = 2, ident
    while ident in used:
        ident, number = f"{first}_{number}", number + 1
    kind, values = _kind(texts, meanings)
    declared: dict[str, Any] = {"id": ident, "label": title, "on": "entry", "kind": kind.value}
    return declared | ({"values": values} if values else {})


def _spare(table: SheetTable) -> dict[str, Sequence[tuple[int, str]]]:
    """What stands in the columns that could be fields, by their names, which nothing else is called."""
    keys = [key(title) for title in table.titles]
    return {
        title: said
        for title, said in table.spare.items()
        if said and len(title) <= _LONGEST_LABEL and keys.count(key(title)) == 1
        if key(title) and key(title).replace(" ", "_") not in TAKEN
    }


def _kind(texts: Sequence[str], meanings: Meanings) -> tuple[FieldKind, list[str]]:
    """The kind that fits all the texts, and the values of a choice."""
    tests = {
        FieldKind.URL: lambda text: re.match("https?://", text),
        FieldKind.NUMBER: lambda text: re.fullmatch(DECIMAL, number_of(text), re.ASCII),
        # A number may be a day, too, as spreadsheet programs count them.
        FieldKind.DATE: day_of,
        FieldKind.YES_NO: flag_of,
        FieldKind.PERSON: lambda text: len(meanings.people("owner", text)) == 1,
    }
    for kind, fits in tests.items():
        if all(map(fits, texts)):
            return kind, []
    several = any(";" in text for text in texts)
    values = _values(item for text in texts for item in (parts(text) if several else [text]))
    return (FieldKind.CHOICES if several else FieldKind.CHOICE, values) if values else (FieldKind.TEXT, [])


def _values(texts: Iterable[str]) -> list[str]:
    """What may be chosen from, in the order in which it comes: few short texts, most of them more than once."""
    number: dict[str, int] = {}
    for text in texts:
        number[text] = number.get(text, 0) + 1
    short = all(len(text) <= _LONGEST_VALUE and "\n" not in text for text in number)
    often = sum(number.values()) >= 2 * len(number)
    return [*number] if len(number) <= _MOST_VALUES and short and often else []
