"""Data files of earlier formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from generator.editing import Draft
from generator.schema import FORMAT, SETTINGS
from generator.source import Document, composed

Documents = Mapping[str, Document]


class DataMigration(NamedTuple):
    """A step from one format of the data to the next."""

    what: str
    """What it changes, as a sentence for editors."""
    rewrite: Callable[[Documents], Mapping[str, str]]
    """Gets every data file in which something stands, by name, and gives the new texts of those that it changes."""


MIGRATIONS: tuple[DataMigration, ...] = ()
"""The first leads from format 1 to 2, the next to 3, and so on: `schema.FORMAT` is one more than there are."""


class UpgradedData(NamedTuple):
    """The new text of each file that changes, by name, and what was done, a sentence a step."""

    texts: dict[str, str]
    done: tuple[str, ...]


def upgrade_data(documents: Documents, written: int) -> UpgradedData:
    """Data of an older format in that of today, which settings.yml then names.

    A migration that makes of a data file what is no YAML is a bug of ours (ValueError).
    """
    now = dict(documents)
    steps = MIGRATIONS[written - 1 :]
    for step in steps:
        for file, text in step.rewrite({file: there for file, there in now.items() if there.data}).items():
            now[file] = _read(file, text)
    now[SETTINGS] = _read(SETTINGS, _naming_format(now.get(SETTINGS)))
    texts = {file: there.text for file, there in now.items() if there is not documents.get(file)}
    return UpgradedData(texts, tuple(step.what for step in steps))


def _read(file: str, text: str) -> Document:
    document, problems = composed(text, file)
    if document is None or problems:
        raise ValueError(f"a migration made no YAML of {file}: {problems}")
    return document


def _naming_format(settings: Document | None) -> str:
    """The text of settings.yml with the format of today in it."""
    if settings is not None and settings.data:
        draft = Draft(settings)
        draft.set((), "format", FORMAT)
        return draft.text()
    # Nothing stands there, or comments alone.
    text = settings.text if settings is not None else ""
    newline = "\r\n" if "\r\n" in text else "\n"
    return f"{text}{newline if text and not text.endswith(newline) else ''}format: {FORMAT}{newline}"
