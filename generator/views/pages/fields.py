"""Every field that an editor may write, with an example."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator import paths
from generator.markdown import Md, code, escape, join, verbatim, with_code
from generator.schema import DocumentedField, FieldGroup, documented
from generator.views.kit.context import Context
from generator.views.kit.tables import Table, table
from generator.views.kit.view import LAST, View


@dataclass(frozen=True)
class FieldFile:
    name: str
    anchor: Md
    parts: tuple[FieldPart, ...]


@dataclass(frozen=True)
class FieldPart:
    """The fields of one kind of entry; `heading` is empty at the top of a file."""

    heading: str
    anchor: Md
    table: Table


@dataclass(frozen=True)
class FieldsFacts:
    """What `fields.md.j2` places."""

    files: tuple[FieldFile, ...]


def view(context: Context) -> View:
    """File by file, each kind of entry with its fields; the files that editors know best come first."""
    files: dict[str, list[FieldPart]] = {"partners.yml": [], "people.yml": []}
    custom = frozenset(field.id for field in context.playbook.settings.fields)
    for section in documented(context.playbook.settings.fields):
        files.setdefault(section.file, []).append(_part(section, custom))
    return View(
        path=paths.FIELDS,
        template="fields.md.j2",
        title="Every field",
        description="What each field of the data files means, with an example.",
        boost=LAST,
        facts=FieldsFacts(
            files=tuple(FieldFile(name, verbatim(_stem(name)), tuple(parts)) for name, parts in files.items()),
        ),
    )


def _part(section: FieldGroup, custom: frozenset[str]) -> FieldPart:
    """`custom` are the fields that the company explains: in its words nothing is a mark."""
    rows = [
        (
            code(field.name),
            "yes" if field.needed else "",
            _meaning(field, escape if field.name in custom else with_code),
        )
        for field in section.fields
    ]
    heading = " / ".join(section.route)
    anchor = verbatim("-".join((_stem(section.file), *section.route)).replace("_", "-"))
    return FieldPart(heading, anchor, table(("Field", "Needed", "What it says, with an example"), rows, empty=""))


def _meaning(field: DocumentedField, said: Callable[[str], Md]) -> Md:
    """What a field means, and an example of the whole line."""
    example = [code(f"{field.name}: {field.example}")] if field.example else []
    return join(" ", [said(field.meaning), *example])


def _stem(file: str) -> str:
    return file.removesuffix(".yml")
