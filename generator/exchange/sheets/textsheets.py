"""CSV and JSON to rows of text, within bounds: nothing is taken apart that has more parts than a table may have."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any, NoReturn

from generator.exchange.fields import KNOWN, joined, key
from generator.exchange.sheets.sheet import MOST_COLUMNS, Grid, Sheet, UnusableSheet
from generator.words import series

# Of what Windows-1252 has beyond ASCII, what names are written with: the rest betrays another encoding.
_WESTERN = re.compile(r"[\x00-\x7fÀ-ÖØ-öø-ÿŒœŠšŸŽž€™®©°\u2018-\u201a“”„–—…·«»\xa0]*")

_MOST_LINES = 1_048_576
"""With the empty ones: as many as a sheet of Excel can have."""

_MOST_DIVIDERS = 100_000
"""Of one row, with those within its texts."""

_MOST_VALUES = 1_000_000
_BEGINNING = 100_000

_EXPORTED = "export it again, or give a list of objects, one for each partner"
ONE_PAGE = "ask for everything in one answer, as by a larger limit in the address, or import a file with all of it"
_ONE_A_LINE = "write each partner as one object in one line; a file whose object has several lines is called .json"
_WRAPPERS = frozenset(("partners", "records", "results", "value", "data", "items"))
"""What exports and APIs call the list of what was asked for, whatever else they say of it."""

_NAMED = 5
_NEXT = re.compile(
    "(?:odata)?next(?:records|page|cursor)?(?:url|link|token)?|has(?:more|nextpage)|more(?:records|itemsincollection)"
)
"""What APIs call the way to the next page, or that there is one, in small letters alone."""


def read_csv(content: bytes, file: str) -> Sheet:
    """The rows of a CSV file, whatever stands between its columns: commas, semicolons, tabs or bars."""
    encoding, note = _encoding(content)
    with io.TextIOWrapper(io.BytesIO(content), encoding, newline="") as lines:
        beginning = lines.read(_BEGINNING)
        lines.seek(0)
        match = re.match(r"sep=(.)\r?\n", beginning)
        if match:
            lines.readline()
        delimiter = match[1] if match else _delimiter(beginning)
        grid = Grid()
        pending = 0

        def counted() -> Iterator[str]:
            nonlocal pending
            for number, line in enumerate(lines):
                if number == _MOST_LINES:
                    hint = "delete the empty ones, or split the file"
                    raise UnusableSheet(f"it has more than {_MOST_LINES:,} lines", hint, number)
                pending += line.count(delimiter)
                if pending > _MOST_DIVIDERS:
                    hint = "look for a quotation mark that is not closed, or save the file as .xlsx"
                    raise UnusableSheet(f"row {row + 1} has more than {_MOST_DIVIDERS:,} columns", hint, row + 1)
                yield line

        row = 0
        try:
            for row, cells in enumerate(csv.reader(counted(), delimiter=delimiter, strict=True), 1):
                pending = 0
                grid.widths[row] = len(cells)
                for column, text in enumerate(cells):
                    if text:
                        grid.add(row, column, text)
        except csv.Error as error:
            hint = "look for a quotation mark that is not closed, or save the file as .xlsx"
            raise UnusableSheet(f"row {row + 1} cannot be read: {error}", hint, row + 1) from error
    return grid.sheet(file, note, delimiter)


def looks_like_json(content: bytes) -> bool:
    """Whether a text begins as JSON does, whatever its file is called, and no table."""
    return re.match(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[\s*[\[{\]])", content) is not None


def read_json(content: bytes, file: str, *, lines: bool = False) -> Sheet:
    """What an export wrote, with the names of the columns; or a list of objects, as the APIs of CRMs give them.

    Where it is one of `lines`, each of them is an object.
    """
    if sum(content.count(sign) for sign in (b"{", b"[", b",")) > _MOST_VALUES:
        raise UnusableSheet(f"it has more than {_MOST_VALUES:,} values", "split it")
    grid = Grid()
    try:
        data = _parsed(content, lines)
        if isinstance(data, dict) and "columns" in data:
            titles, entries = data["columns"], data["partners"]
        else:
            titles, entries = [], [_flat(record) for record in _records(data)]
        if not isinstance(titles, list) or not isinstance(entries, list):
            raise TypeError
        # A name that an export does not have is one that somebody wrote: it may be misspelled.
        named = {*titles}
        titles = [*titles, *(title for title in dict.fromkeys(chain.from_iterable(entries)) if title not in named)]
        if len(titles) > MOST_COLUMNS:
            raise UnusableSheet(f"it has more than {MOST_COLUMNS} columns", "delete what is not about partners")
        columns = {title: column for column, title in enumerate(titles)}
        for title, column in columns.items():
            grid.add(1, column, _text(title, 1, "columns"))
        for row, entry in enumerate(entries, 2):
            for title, value in entry.items():
                grid.add(row, columns[title], _text(value, row, title))
    except (KeyError, TypeError, AttributeError, RecursionError, UnicodeDecodeError, json.JSONDecodeError) as error:
        line = getattr(error, "lineno", 1)
        raise UnusableSheet("this JSON is not what `playbook export` writes", _EXPORTED, line) from error
    return grid.sheet(file)


def _parsed(content: bytes, lines: bool) -> Any:
    """What JSON says; of several lines with an object in each of them, the list of those."""
    # A list is one, whatever its file is called.
    if lines and next(_lines(content), (0, ""))[1][:1] != "[":
        return _line_by_line(content)
    try:
        return _load(content)
    except json.JSONDecodeError:
        begins = [line[:1] for _, line in _lines(content)]
        if len(begins) < 2 or {*begins} != {"{"}:
            raise
        return _line_by_line(content)


def _line_by_line(content: bytes) -> list[Any]:
    """The objects of JSON Lines."""
    records = []
    for number, line in _lines(content):
        try:
            records.append(_load(line))
        except json.JSONDecodeError as error:
            raise UnusableSheet(f"line {number} is not one JSON object: {error.msg}", _ONE_A_LINE, number) from error
        if not isinstance(records[-1], dict):
            raise UnusableSheet(f"line {number} is not one JSON object", _ONE_A_LINE, number)
    return records


def _lines(content: bytes) -> Iterator[tuple[int, str]]:
    """The lines of JSON Lines that say something, with their numbers."""
    for number, line in enumerate(content.decode(json.detect_encoding(content)).split("\n"), 1):
        if text := line.strip("\ufeff \t\r"):
            yield number, text


def _records(data: Any) -> list[Mapping[str, Any]]:
    """The list of objects that a file is, or has under one name; Unusable where it has none, several or not all."""
    named = data if isinstance(data, dict) else {"": data}
    if sign := _more(named):
        raise UnusableSheet(f"this is one page of several, as its {sign!r} says", ONE_PAGE)
    lists = {name: value for name, value in named.items() if isinstance(value, list)}
    found = [value for value in lists.values() if value and all(isinstance(record, dict) for record in value)]
    if isinstance(data, dict) and not lists.keys() & _WRAPPERS and _names_a_partner(data):
        if not found:
            return [data]
        inner = series(repr(name) for name, value in lists.items() if value in found)
        message = f"this JSON may be about one partner, or about those in its list {inner}"
        raise UnusableSheet(message, "put square brackets around the partner, or give the list alone")
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        raise UnusableSheet("this JSON has several lists of objects", _EXPORTED)
    if [*lists.values()] == [[]]:
        raise UnusableSheet("no partner is in it: its list is empty", f"look at what was asked for; or {_EXPORTED}")
    of = f", but {', '.join(map(repr, islice(named, _NAMED)))}" if isinstance(data, dict) and data else ""
    raise UnusableSheet(f"this JSON has no list of partners{of}", f"look at what it says; or {_EXPORTED}")


def _names_a_partner(data: Mapping[str, Any]) -> bool:
    return any(KNOWN.get(key(title)) == "name" and isinstance(text, str) for title, text in _flat(data).items())


def _more(data: Mapping[str, Any]) -> str:
    """The name by which an answer tells that there are more pages than this one; empty where it does not."""
    for name, value in data.items():
        if name == "done" and value is False:
            return name
        if value and value != "0" and _NEXT.fullmatch(re.sub("[^a-z]", "", name.casefold())):
            return name
        if isinstance(value, dict) and (inner := _more(value)):
            return f"{name}.{inner}"
    return ""


def _flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """An object as cells: what is inside another object has the name of that in front, as in Owner.Name.

    Some APIs put all that they say of a record into one inner object.  Salesforce says of each what kind it is.
    """
    cells: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, dict) and name in ("properties", "attributes") and not _is_kind(value):
            cells |= {inner: _cell(part) for inner, part in value.items()}
        elif isinstance(value, dict):
            cells |= {f"{name}.{inner}": _cell(part) for inner, part in value.items() if not _is_kind(part)}
        else:
            cells[name] = _cell(value)
    return cells


def _is_kind(value: Any) -> bool:
    return isinstance(value, dict) and {*value} == {"type", "url"}


def _cell(value: Any) -> Any:
    """A list of texts as the text of a cell; what has more in it as JSON."""
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return joined([_text(item, 1, "") for item in value])
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _text(value: Any, row: int, title: str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | dict):
        hint = "write it as a text, as `playbook export` does"
        raise UnusableSheet(f"row {row} has a list or an object for {title!r}, and not a text", hint, row)
    return "" if value is None else str(value)


def _load(text: str | bytes) -> Any:
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=_no_number)


def _no_number(text: str) -> NoReturn:
    raise UnusableSheet(f"it has {text}, which is no number", "write it as a text, or leave it out")


def _encoding(content: bytes) -> tuple[str, str]:
    """How the letters of a file are stored, and what had to be assumed to say so."""
    encoding = "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in content[:4]:
        encoding = "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        western = content.decode("cp1252", "replace")
    else:
        return encoding, ""
    if encoding != "utf-8-sig" or not _WESTERN.fullmatch(western):
        message = "its letters are stored neither as UTF-8 nor as Windows-1252"
        raise UnusableSheet(message, "save it as .xlsx, or as 'CSV UTF-8'")
    return "cp1252", f"it is not in UTF-8, so it was read as Windows-1252: check {', '.join(_odd_words(western))}"


def _odd_words(text: str) -> list[str]:
    """The first three words with letters beyond ASCII."""
    words: dict[str, None] = {}
    for match in islice(re.finditer(r"[^\s\x00-\x7f][^\s,;|]{0,40}", text), 1000):
        before = re.split(r"[\s,;|]", text[max(match.start() - 40, 0) : match.start()])[-1]
        words[before + match[0]] = None
    return list(words)[:3]


def _delimiter(text: str) -> str:
    """The sign with which most rows have the same number of columns, and the most of them."""

    def fits(delimiter: str) -> tuple[int, int]:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths = Counter(len(row) for row in islice(rows, 100) if any(row))
        return max(((rows, width) for width, rows in widths.items() if width > 1), default=(0, 0))

    return max(",;\t|", key=fits)
