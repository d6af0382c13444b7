"""CSV and JSON to rows of text."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter

from generator.problems import Problem
from generator.source.sheets import Sheet, bad, sheet_of

# Of what Windows-1252 has beyond ASCII, what names are written with: the rest betrays another encoding.
_WESTERN = re.compile(r"[\x00-\x7fÀ-ÖØ-öø-ÿŒœŠšŸŽž€™®©°\u2018-\u201a“”„–—…·«»\xa0]*")


def read_csv(content: bytes, file: str) -> tuple[Sheet | None, list[Problem]]:
    """The rows of a CSV file, whatever stands between its columns: commas, semicolons, tabs or bars."""
    text, note = _decoded(content)
    if text is None:
        return None, [bad(file, note, "save it as .xlsx, or as 'CSV UTF-8'")]
    if match := re.match(r"sep=(.)\r?\n", text):
        delimiter, text = match[1], text[match.end() :]
    else:
        delimiter = _delimiter(text)
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows.extend(enumerate(reader, 1))
    except csv.Error as error:
        number = len(rows) + 1
        hint = "look for a quotation mark that is not closed, or save the file as .xlsx"
        return None, [bad(file, f"row {number} cannot be read: {error}", hint, number)]
    return sheet_of(file, rows, note, delimiter)


def read_json(content: bytes, file: str) -> tuple[Sheet | None, list[Problem]]:
    """What an export wrote: the names of the columns, and an object of texts for each row."""
    try:
        data = json.loads(content)
        titles, entries = tuple(map(str, data["columns"])), data["partners"]
        rows = [(at, [str(entry.get(title, "")) for title in titles]) for at, entry in enumerate(entries, 2)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None, [bad(file, "this JSON is not what `playbook export` writes", "export it again")]
    return sheet_of(file, [(1, titles), *rows])


def _decoded(content: bytes) -> tuple[str | None, str]:
    """The text of a file, and what had to be assumed to read it; or None, and why it cannot be read."""
    encoding = "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in content[:4]:
        encoding = "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    try:
        return content.decode(encoding), ""
    except UnicodeDecodeError:
        western = content.decode("cp1252", "replace")
    if encoding != "utf-8-sig" or not _WESTERN.fullmatch(western):
        return None, "its letters are stored neither as UTF-8 nor as Windows-1252"
    words = dict.fromkeys(word for word in re.findall(r"[^\s,;|]+", western) if not word.isascii())
    return western, f"it is not in UTF-8, so it was read as Windows-1252: check {', '.join(list(words)[:3])}"


def _delimiter(text: str) -> str:
    """The sign with which most rows have the same number of columns, and the most of them."""

    def fits(delimiter: str) -> tuple[int, int]:
        rows = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=delimiter)
        widths = Counter(len(row) for _, row in zip(range(100), rows, strict=False) if any(row))
        return max(((rows, width) for width, rows in widths.items() if width > 1), default=(0, 0))

    return max(",;\t|", key=fits)
