"""A source as a sheet, whichever of the three it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

from generator.exchange.sheets import JSON, JSON_LINES, NO_ANSWER, Sheet, kind_of, load_sheet, read_rows, read_sheet
from generator.model import PartnerSource
from generator.problems import Problem
from generator.sources.database import queried
from generator.sources.variables import NoAnswer, Variables
from generator.sources.web import download

_CHARSET = re.compile(
    r"windows-125[0-8]|iso-8859-(?:[2-9]|1[013-6])|koi8-[ru]|shift_jis|euc-(?:jp|kr)|gbk|gb2312|gb18030|big5"
)
"""How web pages store letters; Python knows much that is no such way.  ISO 8859-1 mostly means Windows-1252."""


def ask(
    source: PartnerSource, folder: Path, variables: Variables, clock: Callable[[], float]
) -> tuple[Sheet | None, list[Problem]]:
    """The sheet of a source; else why there is none.  Files are seen from `folder`; `clock` gives seconds."""
    if source.file:
        return load_sheet(folder / source.file, source.sheet or None)
    try:
        if source.database:
            return read_rows(queried(source.database, source.query, folder, variables), source.id)
        headers = dict(_header(variables.filled(line)) for line in source.headers)
        address = variables.filled(source.url, lambda value: quote(value, safe=""))
        if not address.startswith(("https://", "http://")):
            raise NoAnswer("its address does not begin with https:// or http://", "check the variable")
        content, kind, charset = download(address, headers, clock)
    except NoAnswer as error:
        place = source.place.at("url" if source.url else "database")
        return None, [Problem(NO_ANSWER, f"{source.id}: {error}", place, error.hint)]
    if kind == "text/html" or content.lstrip()[:1] == b"<":
        hint = "it may ask people to log in: look for an address that programs use, and for the header that it wants"
        message = f"{source.id}: it answers with a web page, not with a spreadsheet"
        return None, [Problem(NO_ANSWER, message, source.place.at("url"), hint)]
    return read_sheet(_in_utf8(content, charset), source.id, source.sheet or None, kind=_kind(kind, source.url))


def _kind(said: str, address: str) -> str:
    """Whether an answer is JSON, or has JSON in each line, by what the server, or else the address, calls it."""
    if re.search(r"[/+-](?:json-?l|ndjson|json-?lines|json-seq)", said):
        return JSON_LINES
    named = kind_of(urlsplit(address).path)
    return named or (JSON if said.endswith("json") else "")


def _in_utf8(content: bytes, charset: str) -> bytes:
    """A text whose letters are stored as the server says; what is UTF-8, or no text, stays as it is."""
    if b"\0" in content[:1000] or not _CHARSET.fullmatch(charset):
        return content
    try:
        content.decode()
    except UnicodeDecodeError:
        return content.decode(charset, "replace").encode()
    return content


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip(), value.strip()
