"""The shape of sources.yml: where other systems keep partners that `playbook sync` brings in."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from generator.schema.kinds import DepartmentRef, Id, Line, Lines, Name, Prose
from generator.schema.shapes.base import Shape
from generator.schema.values import a_list


class SourceShape(Shape):
    id: Id
    """The source's id; files that belong to it are called so.  Example: crm"""
    name: Name | None = None
    """What people call it.  Example: Our CRM"""
    department: DepartmentRef
    """Whose partners they are.  Example: field-sales"""
    file: Line | None = None
    """A spreadsheet, seen from the folder around the data folder.  Example: our/partners.xlsx"""
    url: Line | None = None
    """The web address of a spreadsheet, or of JSON; ${NAME} stands for a variable of the environment.
    Example: "https://example.com/partners.csv?token=${SHEET_TOKEN}" """
    headers: Lines = []
    """What to send along to that address.  Example: ["Authorization: Bearer ${CRM_TOKEN}"]"""
    database: Line | None = None
    """The address of a database, as SQLAlchemy writes it.
    Example: "postgresql://reader:${CRM_PASSWORD}@db.example.com/crm" """
    query: Prose | None = None
    """What to ask the database for: each row is a partner, each column a field.
    Example: select name, website from accounts"""
    sheet: Name | None = None
    """The sheet of a workbook, where several have something in them.  Example: Partners"""
    map: Line | None = None
    """The column map, where it is not the one beside the source.  Example: our/crm.columns.yml"""
    key: Name | None = None
    """The column with the ids that partners have there; they are recorded as ids of a system of the source's name.
    Example: Account ID"""


class Sources(Shape):
    sources: Annotated[list[SourceShape], BeforeValidator(a_list)] = []
    """Spreadsheets, web addresses and databases that hold partners."""
