"""Spreadsheets, CSV, XLSX, ODS or JSON, to rows of text; and what can be wrong with one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.exchange.sheets.sheet import Grid, Sheet, UnusableSheet, bad
from generator.exchange.sheets.textsheets import looks_like_json, read_csv, read_json
from generator.problems import Place, Problem, nearest
from generator.source.folder import MISSING_FILE, NOT_A_FILE
from generator.source.reading import TOO_BIG, read_bytes, unfinished_merge

JSON, JSON_LINES = "JSON", "JSON Lines"

_LIMIT = 20_000_000
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def load_sheet(path: Path, sheet: str | None = None) -> tuple[Sheet | None, list[Problem]]:
    """Read a spreadsheet, whose kind its content says; `sheet` names one of a workbook, and is needed where several
    have something in them."""
    file = path.name
    content, problem = read_bytes(Path(os.path.realpath(path)), file, _LIMIT)
    if problem is not None:
        return None, [_unread(path, problem)]
    # A row of equal signs alone is a line under something.
    marked = b"<<<<<<< " in content or b">>>>>>> " in content
    if marked and (unfinished := unfinished_merge(content.decode("utf-8", "replace"), file)):
        return None, [unfinished]
    return read_sheet(content, file, sheet, kind=kind_of(path.name))


def kind_of(name: str) -> str:
    """What the end of a name tells of a file whose content may not: that it is JSON, or has JSON in each line."""
    end = name.casefold().rpartition(".")[2]
    return JSON_LINES if end in ("jsonl", "ndjson") else JSON if end == "json" else ""


def read_sheet(content: bytes, file: str, sheet: str | None, *, kind: str) -> tuple[Sheet | None, list[Problem]]:
    """The same of what was read already; `kind` as `kind_of` has it."""
    try:
        return _sheet(content, file, sheet, kind), []
    except UnusableSheet as error:
        return None, [bad(file, str(error), error.hint, error.row)]


def read_rows(rows: Iterable[Sequence[str]], file: str) -> tuple[Sheet | None, list[Problem]]:
    """A table that comes row by row, the names of its columns first."""
    grid = Grid()
    try:
        for number, cells in enumerate(rows, 1):
            for column, text in enumerate(cells):
                grid.add(number, column, text)
        return grid.sheet(file), []
    except UnusableSheet as error:
        return None, [bad(file, str(error), error.hint, error.row)]


def _sheet(content: bytes, file: str, wanted: str | None, kind: str) -> Sheet:
    if content.startswith(b"PK"):
        # Most commands never meet a workbook, and what reads one takes a while to load.
        from generator.exchange.sheets.opensheets import is_open, read_open
        from generator.exchange.sheets.packages import Package
        from generator.exchange.sheets.workbooks import read_workbook

        package = Package(content)
        return (read_open if is_open(package) else read_workbook)(package, file, wanted)
    if refusal := _other_kind(content):
        raise UnusableSheet(*refusal)
    if wanted is not None:
        raise UnusableSheet("only a workbook has sheets with names", "leave out --sheet")
    if kind or looks_like_json(content):
        return read_json(content, file, lines=kind == JSON_LINES)
    return read_csv(content, file)


def _unread(path: Path, problem: Problem) -> Problem:
    """Why a file cannot be read, for somebody who is about to import it."""
    file, code = problem.place.file, problem.code
    if code is TOO_BIG:
        return bad(file, f"the file is larger than {_LIMIT:,} bytes", "save the one sheet that counts as CSV")
    if code is NOT_A_FILE:
        return bad(file, problem.message, "name a spreadsheet in it" if path.is_dir() else "copy it into a file")
    if code is MISSING_FILE:
        if path.is_symlink():
            return bad(file, f"it is a link to {str(path.readlink())!r}, where no file is", "name the file itself")
        try:
            near = nearest(file, sorted(os.listdir(path.parent)))
        except OSError:
            return bad(file, f"there is no folder {path.parent.as_posix()!r}", "check how its name is spelled")
        hint = f"did you mean {near!r}?" if near and near.isprintable() else "check its name and its folder"
        return bad(file, "there is no such file", hint)
    if "too long" in problem.message:
        return Problem(code, problem.message, Place(file), "give it, or the folders around it, a shorter name")
    open_in_excel = os.path.lexists(path.with_name(f"~${file}"))
    hint = "close it in Excel" if open_in_excel else "close it in other programs, and check its permissions"
    return Problem(code, problem.message, Place(file), hint)


def _other_kind(content: bytes) -> tuple[str, str] | None:
    """What a file is that is neither a workbook nor text, and what to do about it."""
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            return "it is protected by a password", "save a copy without a password"
        return "this is an old Excel workbook (.xls)", "save it as .xlsx"
    head = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    for begin, what in ((b"<", "a web page"), (b"%PDF", "a PDF file"), (b"{\\rtf", "a text document")):
        if head.startswith(begin):
            return f"this is {what}, not a spreadsheet", "save it as .xlsx or CSV"
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0\0" in (content[:4:2], content[1:4:2])
    if b"\0" in content[:10_000] and not utf16:
        return "this is no spreadsheet", "give a CSV file or an Excel workbook (.xlsx)"
    return None
