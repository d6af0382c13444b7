"""A source as a sheet, whichever of the three it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from generator.exchange.sheets import NO_ANSWER, Sheet, load_sheet, read_rows, read_sheet
from generator.model import PartnerSource
from generator.problems import Problem
from generator.sources.database import queried
from generator.sources.variables import NoAnswer, Variables
from generator.sources.web import download


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
        content, kind = download(address, headers, clock)
    except NoAnswer as error:
        place = source.place.at("url" if source.url else "database")
        return None, [Problem(NO_ANSWER, f"{source.id}: {error}", place, error.hint)]
    if kind == "text/html" or content.lstrip()[:1] == b"<":
        hint = "it may ask people to log in: look for an address that programs use, and for the header that it wants"
        message = f"{source.id}: it answers with a web page, not with a spreadsheet"
        return None, [Problem(NO_ANSWER, message, source.place.at("url"), hint)]
    return read_sheet(content, source.id, source.sheet or None, json=kind.endswith("json"))


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip(), value.strip()
