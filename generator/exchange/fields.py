"""The columns of a spreadsheet: which fields of an entry they are, what people call them, and what a cell may say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.editing import one_line
from generator.model import FIELDS as TABLE
from generator.model import Show
from generator.schema import Custom, fields_at, is_null, needed_at
from generator.source import parse

_ENTRY = ("departments", "partners")
_NAMES = fields_at("partners.yml", _ENTRY)
INSIDE = {name: fields_at("partners.yml", (*_ENTRY, name)) for name in ("end", "reviewed", "satisfaction")}
"""The fields that have fields of their own, each of which gets a column."""
NEEDED = {name: needed_at("partners.yml", (*_ENTRY, name)) for name in INSIDE}
"""Those of them without which the whole field is none."""

LISTS = ("types", "formerly", *(field.id for field in TABLE if field.many))
"""The fields that are lists of texts: items are joined by semicolons."""

STRUCTURED = ("mode", "ids", "agreements", "links", "acquired")
"""The fields whose cells are written as YAML writes them in one line."""

DEPARTMENT = "department"
IDS = "ids"
_OF_A_SYSTEM = f"{IDS}_"
FIELDS = tuple(
    column
    for name in _NAMES
    for column in ([f"{name}_{inner}" for inner in INSIDE[name]] if name in INSIDE else [name])
)
"""Every column about an entry, in the order of the data files."""
COLUMNS = (DEPARTMENT, *FIELDS)
"""Those that every company has; each custom field is one more, by its id."""


def columns_of(custom: Custom) -> tuple[str, ...]:
    """Every column that a spreadsheet of a company with these custom fields may have."""
    return (*COLUMNS, *(field.id for field in custom))


def exported_columns(custom: Custom) -> tuple[str, ...]:
    """Those of them that an export writes."""
    return columns_of(tuple(field for field in custom if Show.EXPORT in field.show))


def system_of(column: str) -> str:
    """The other system whose ids a column holds: salesforce for ids_salesforce; empty for every other column."""
    system = column.removeprefix(_OF_A_SYSTEM)
    return system if column != system and re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", system) else ""


def is_column(name: str, custom: Custom) -> bool:
    """Whether a column of a spreadsheet can be that."""
    return name in columns_of(custom) or bool(system_of(name))


# What people call these columns; the names of the fields themselves need not be repeated.
_OTHER_NAMES = {
    **{field.id: field.columns for field in TABLE if field.columns},
    "reviewed_date": "last review, review date, reviewed, last reviewed, reviewed on",
    "reviewed_by": "reviewer",
    "satisfaction_score": "satisfaction, csat",
    DEPARTMENT: "team, business unit",
}


def key(title: str) -> str:
    """What counts of the name of a column: letters and digits, and not the (s) of Region(s)."""
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"\(e?s\)", "s", title.casefold())))


KNOWN: Mapping[str, str] = {
    **{key(name): field for field, names in _OTHER_NAMES.items() for name in names.split(",")},
    **{key(field): field for field in COLUMNS},
}
"""The field that each usual name of a column means."""


def field_of(title: str, custom: Custom) -> str:
    """The field that a column of that name is, first of all what the company itself calls so; empty where none is."""
    if system_of(title.strip()):
        return title.strip()
    # An export calls columns by their ids: one field may have the id of another for its label.
    own = {key(field.columns): field.id for field in custom} | {key(field.id): field.id for field in custom}
    return own.get(key(title)) or KNOWN.get(key(title), "")


# A spreadsheet program takes what begins like this for a formula: https://owasp.org/www-community/attacks/CSV_Injection
# generator/kit/pages/assets/directory.js has the same list.
FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
_BLANK = frozenset(
    re.split(
        r"\|",
        "-|--|---|–|—|?|??|???|...|…|./.|none|null|nil|n/a|n.a.|n. a.|#n/a|n/d|n.d.|n.v.t.|k.a.|k. a.|tbc|tbd|tba|"
        "t.b.c.|t.b.d.|t.b.a.|not available|not applicable|to be confirmed|to be defined|to be determined",
    )
)


def is_blank(text: str) -> bool:
    """Whether a cell says nothing, also in one of the usual ways to write that."""
    return not text.strip() or text.strip().casefold() in _BLANK


def guarded(text: str) -> str:
    """The text of a cell that no program runs, and that `unguarded` takes for what it says."""
    return f"'{text}" if _needs_guard(text) else text


def unguarded(text: str) -> str:
    """The text that was meant: an apostrophe in front says that it is text, as in spreadsheet programs.

    Without one, white space around it means nothing.
    """
    return text[1:] if text.startswith("'") and _needs_guard(text[1:]) else text.strip()


def _needs_guard(text: str) -> bool:
    odd = text.startswith(tuple(FORMULA)) or text != text.strip() or is_blank(text)
    return bool(text) and (odd or (text.startswith("'") and _needs_guard(text[1:])))


def cells(entry: Mapping[str, Any]) -> dict[str, str]:
    """What an entry of a data file says, as the text of each column; columns without a text are left out."""
    texts: dict[str, str] = {}
    for name, value in entry.items():
        if name in INSIDE and isinstance(value, Mapping):
            texts |= {f"{name}_{inner}": str(part) for inner, part in value.items() if not is_null(part)}
        elif value == [] or is_null(value):
            continue
        elif name in STRUCTURED:
            texts[name] = value if isinstance(value, str) else one_line(value)
        elif isinstance(value, list):
            texts[name] = joined([str(item) for item in value])
        else:
            texts[name] = str(value)
    return texts


def joined(items: list[str]) -> str:
    """Texts as the text of one cell: those with a sign that divides, or white space around them, stand in quotes."""
    return "; ".join(
        '"' + item.replace('"', '""') + '"' if re.search(r'[;,"\n]', item) or item != item.strip() else item
        for item in items
    )


def parts(text: str) -> list[str]:
    """The texts that a cell holds: with semicolons or line ends between them, or else with commas."""
    items = _divided(text, ";\n")
    if len(items) == 1 and not text.lstrip().startswith('"'):
        items = _divided(text, ",")
    return items


def _divided(text: str, signs: str) -> list[str]:
    item = re.compile(rf'\s*(?:"((?:[^"]|"")*)"[^\S\n]*(?=[{signs}]|\Z)|([^{signs}]*))(?:[{signs}]|\Z)')
    items, at = [], 0
    while at < len(text):
        match = item.match(text, at)
        assert match is not None  # the second way takes any text
        quoted, plain = match.groups()
        items.append(plain.strip() if quoted is None else quoted.replace('""', '"'))
        at = match.end()
    return [text for text in items if text]


def structure(text: str) -> Any:
    """What a cell says in the way of YAML; ValueError where it is nothing like it."""
    data, problems = parse(text, "cell")
    if problems:
        raise ValueError(problems[0].message)
    return data


def _inside(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {part: values[f"{name}_{part}"] for part in INSIDE[name] if f"{name}_{part}" in values}


def entry_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """An entry of the data files, in its order, of the values of columns; custom fields stand behind the others."""
    entry: dict[str, Any] = {}
    for name in _NAMES:
        if name in values:
            entry[name] = values[name]
        if name in INSIDE and (inner := _inside(name, values)):
            entry[name] = inner
    entry |= {name: value for name, value in values.items() if name not in FIELDS and name not in entry}
    return entry
