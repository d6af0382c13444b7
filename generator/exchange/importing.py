"""Partners from a spreadsheet into the data file of their department."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.editing import Draft, Entry, partners
from generator.exchange.fields import cells, entry_of
from generator.exchange.matching import Incoming, Question
from generator.exchange.meanings import Meanings
from generator.source import Document

_WHOLE = {"reviewed": ("date", "by"), "satisfaction": ("date", "score", "scale", "n")}


def bring_in(
    documents: Mapping[str, Document], department: Entry, incoming: Sequence[Incoming], meanings: Meanings
) -> tuple[str, list[Question]]:
    """The new text of the department's file, and what is missing to add or to change some partners.

    What is recorded stays where the spreadsheet says nothing, and where it says the same in other words.
    """
    draft = Draft(documents[department.file])
    recorded = {entry.id: entry for entry in partners(documents, department)}
    questions: list[Question] = []
    for one in incoming:
        if one.id in recorded:
            questions += _renew(draft, recorded[one.id], one, meanings)
        else:
            questions += _add(draft, (*department.route, "partners"), one)
    return draft.text(), _together(questions)


def _together(questions: Sequence[Question]) -> list[Question]:
    """The questions, those that ask the same as one."""
    rows: dict[Question, list[int]] = {}
    for one in questions:
        rows.setdefault(replace(one, rows=()), []).extend(one.rows)
    return [replace(one, rows=tuple(sorted(numbers))) for one, numbers in rows.items()]


def _add(draft: Draft, route: tuple[str | int, ...], one: Incoming) -> list[Question]:
    rows = tuple(sorted(set(one.rows.values())))
    name = str(one.values.get("name", one.id))
    if not one.values.get("types"):
        return [Question("types", "", "no type is given", "the type of all these partners", rows)]
    values = {**one.values, "id": one.id, "owner": one.values.get("owner")}
    if one.known:
        values.pop("name", None)
    else:
        values["name"] = name
    entry, questions = _whole(entry_of(values), {}, rows)
    draft.add(route, entry)
    return questions


def _renew(draft: Draft, entry: Entry, one: Incoming, meanings: Meanings) -> list[Question]:
    said = cells(entry.data)
    different = {
        name: value
        for name, value in one.values.items()
        if name not in ("id", "name") and (name not in said or meanings.of(name, said[name]) != value)
    }
    fields = {name: value for name, value in entry_of({"id": one.id, **different}).items() if name != "id"}
    changed, questions = _whole(fields, entry.data, tuple(sorted(set(one.rows.values()))))
    for name, value in changed.items():
        draft.set(entry.route, name, value)
    return questions


def _whole(
    fields: Mapping[str, Any], recorded: Mapping[str, Any], rows: tuple[int, ...]
) -> tuple[dict[str, Any], list[Question]]:
    """Fields whose parts are all there, also from what is recorded; and a question for each other one."""
    found, questions = dict(fields), []
    for field, needed in _WHOLE.items():
        if field not in fields:
            continue
        parts = {**(recorded.get(field) or {}), **fields[field]}
        missing = [f"{field}_{part}" for part in needed if part not in parts]
        if missing:
            del found[field]
            reason = f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
            questions.append(Question(missing[0], "", reason, "what holds for all these partners", rows))
        else:
            found[field] = {part: parts[part] for part in needed}
    return found, questions
