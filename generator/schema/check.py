"""Checks one document against its shape: every error in it, and the rest of it for further checks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from generator.problems import Code, Place, Problem, close, define_error, names_in, nearest, suggest
from generator.schema.shapes import (
    Custom,
    EntryShape,
    PlacedDict,
    Shape,
    choices_at,
    entry_with,
    named_fields,
    shape_at,
    shape_in,
    shape_of,
)
from generator.schema.values import looks_like

UNSTATED = "\0"
"""Stands for a required text that is missing or bad and has been reported; no data can hold it."""

_CODES = {
    code.slug: code
    for code in (
        define_error(
            "unknown-field",
            "A name that is not known here",
            meaning="An entry has a name in front of a colon that means nothing at this place. Usually it is "
            "misspelled, or it is indented too far or not far enough.",
            fix="Write the proposed name, or move the line to the entry that it belongs to. Fields of the company's "
            "own are declared under fields: in settings.yml.",
        ),
        define_error(
            "missing-field",
            "Something required is missing",
            meaning="An entry lacks a line that every entry of its kind must have.",
            fix="Add the line. If a partner has no owner, say so: owner: null.",
        ),
        define_error(
            "wrong-kind",
            "Another kind of value is expected",
            meaning="The value is not of the kind that its place asks for: a text, a list, a whole number, true or "
            "false, a date such as 2026-11-30, an address. The words yes and no are text, not true and false.",
            fix="Write the value as the message says. Put text that looks like something else in quotes.",
        ),
        define_error(
            "bad-id",
            "An id that cannot be used",
            meaning="An id becomes part of a page's address. It has small letters a to z, digits and single hyphens, "
            "at most 64 characters, and is none of a few reserved words such as index.",
            fix="Write the proposed id. Keep an id for good once it is used: links depend on it.",
        ),
        define_error(
            "too-long",
            "A text is too long",
            meaning="The text is longer than its place on the pages allows. A value line has at most 160 characters, "
            "a name 120, other lines 300, and longer texts 2,000.",
            fix="Shorten the text.",
        ),
        define_error(
            "out-of-range",
            "A number is out of range",
            meaning="The number is smaller or larger than makes sense at this place.",
            fix="Write a number within the limits that the message names.",
        ),
        define_error(
            "unknown-value",
            "A value that is not on the list",
            meaning="The place allows a few values only: those that the program knows, or those that settings.yml or "
            "taxonomy.yml lists.",
            fix="Write one of the allowed values, or add yours to the list in settings.yml.",
        ),
        define_error(
            "unsafe-url",
            "An address that cannot be linked",
            meaning="Links lead to web pages (https:// or http://) or open an e-mail (mailto:), and to nothing else.",
            fix="Write the whole address, as the browser shows it.",
        ),
    )
}
UNKNOWN_VALUE = _CODES["unknown-value"]
MISSING_FIELD = _CODES["missing-field"]
UNKNOWN_FIELD = _CODES["unknown-field"]
WRONG_KIND = _CODES["wrong-kind"]


def problem_code(slug: str) -> Code:
    """The code by that slug of what is wrong with the shape of a value."""
    return _CODES[slug]


Names = Mapping[str, Iterable[str]]
"""What may stand in lists, by the field that they belong to; of fields that are not among these, nobody knows."""
_NO_NAMES: Names = MappingProxyType({})
_BUILT_IN = {"extra_forbidden": "unknown-field", "missing": "missing-field"}


def check(
    file: str, data: Any, place: Place, custom: Custom = (), names: Names = _NO_NAMES
) -> tuple[Any, list[Problem]]:
    """The shape of `data` and every problem in it; entries may have the `custom` fields.

    The `names` are proposed where a list is not written as one; whether others stand in lists is not checked here.

    What is wrong is left out of the shape, or is UNSTATED, so that the rest of the same file can
    be checked further; None where nothing is left.  A value under a name that is nearly that of a
    field is in the shape as that field.
    """
    shape = shape_of(file, custom)
    rest = _placed({} if data is None else data, place)
    problems: list[Problem] = []
    written: dict[_Route, str | int] = {}
    unseen: set[_Route] = {()}
    # Each round mends what the one before reported; required parts take several.
    for _ in range(12):
        try:
            return shape.model_validate(rest), problems
        except ValidationError as error:
            errors = error.errors(include_url=False)
        # What is in a list or an entry whose name one round understood, the next one sees first.
        new = [one for one in errors if any(one["loc"][:end] in unseen for end in range(max(1, len(one["loc"]))))]
        meant = _misspelled(new, shape)
        given = frozenset(meant.values())
        told = [one for one in new if one["type"] != "missing" or one["loc"] not in given]
        problems += (_problem(detail, rest, place, shape, names, written) for detail in told)
        read = {name: field for name, field in meant.items() if _read_as(rest, name, field)}
        written |= {field: name[-1] for name, field in read.items()}
        unseen = set(read.values())
        errors = [detail for detail in errors if detail["loc"] not in read and detail["loc"] not in unseen]
        if any(not detail["loc"] for detail in errors):
            break
        gone: set[tuple[str | int, ...]] = set()
        for detail in reversed(errors):
            loc = detail["loc"]
            if not any(loc[:end] in gone for end in range(len(loc) + 1)) and _fix(rest, loc):
                # What stands in its place now is its neighbor.
                gone.add(loc[:-1])
    return None, problems


_Route = tuple[str | int, ...]


def _misspelled(errors: list[Any], file: type[Shape]) -> dict[_Route, _Route]:
    """The names that are not known and are nearly those of fields, each with the field that is meant."""
    unknown = [detail["loc"] for detail in errors if detail["type"] == "extra_forbidden"]
    fields = {loc: nearest(str(loc[-1]), _fields_at(file, loc[:-1])) for loc in unknown}
    return {loc: (*loc[:-1], field) for loc, field in fields.items() if field is not None}


def _read_as(data: Any, written: _Route, meant: _Route) -> bool:
    """Read a value under the name that is meant, unless there is one of that name.

    Whatever refers to it, or asks for it, would tell of the same mistake once more.
    """
    entry, name, field = _value_at(data, written[:-1]), written[-1], meant[-1]
    if field in entry:
        return False
    entry[field] = entry.pop(name)
    entry.place = entry.place._replace(children={**entry.place.children, field: entry.place.at(name)})
    return True


def _fields_at(file: type[Shape], route: tuple[str | int, ...]) -> tuple[str, ...]:
    shape = shape_at(file, route)
    return tuple(named_fields(shape)) if shape is not None else ()


def entry_shape(data: Any, place: Place, custom: Custom = ()) -> EntryShape | None:
    """The shape of one entry of an inventory; None where something in it is wrong."""
    try:
        return entry_with(custom).model_validate(_placed(data, place))
    except ValidationError:
        return None


def _placed(data: Any, place: Place) -> Any:
    if isinstance(data, dict):
        at = place.children.get
        entry = PlacedDict({key: _placed(value, at(key, place)) for key, value in data.items()})
        entry.place = place
        return entry
    if isinstance(data, list):
        return [
            _placed(value, place.at(index)) if isinstance(value, dict | list) else value
            for index, value in enumerate(data)
        ]
    return data


def _problem(
    error: Any, data: Any, place: Place, file: type[Shape], names: Names, written: Mapping[_Route, str | int]
) -> Problem:
    """`written` are the names that stand in the file for those of fields, by the route of the field."""
    kind, loc, context = error["type"], error["loc"], error.get("ctx", {})
    code: Code = _CODES[_BUILT_IN.get(kind, kind)]
    route = tuple(written.get(loc[: index + 1], step) for index, step in enumerate(loc))
    if kind == "extra_forbidden" and (cut := _cut_number(file, loc, data)):
        return Problem(code, cut[0], place.key_at(*route), cut[1])
    if kind == "extra_forbidden":
        return Problem(code, f"unknown field {loc[-1]!r}", place.key_at(*route), _field_meant(str(loc[-1]), file, loc))
    if kind == "missing":
        entry = _value_at(data, loc[:-1])
        name = entry.get("id") if isinstance(entry, dict) else None
        whose = f" of {str(name)!r}" if isinstance(name, str) else ""
        values = choices_at(file, loc)
        listed = f"; allowed: {', '.join(values)}" if values else ""
        hint = f"add a line '{loc[-1]}: {next(iter(values), '...')}'{listed}"
        if loc[-1] == "owner":
            hint = "write owner: null if nobody owns it"
        if isinstance(entry, dict) and loc[-1] in entry:
            hint = f"write it after '{loc[-1]}:'{listed}"
            return Problem(code, f"the required field {loc[-1]!r}{whose} is empty", place.key_at(*route), hint)
        return Problem(
            code, f"the required field {loc[-1]!r}{whose} is missing", _first_key(place.at(*route[:-1])), hint
        )
    if not loc and isinstance(data, list):
        return _without_name(code, file, data, place)
    value: Any = _value_at(data, loc)
    where = place.at(*route, *(() if context["step"] is None else (context["step"],)))
    hint = (
        _entry_instead(file, loc, value)
        or _list_instead(file, loc, value, names)
        or context["hint"]
        or (suggest(str(value or ""), context["allowed"]) if context["allowed"] else "")
    )
    field = next((step for step in reversed(loc) if isinstance(step, str)), "")
    return Problem(code, f"{field}: {context['message']}" if field else context["message"], where, hint)


def _cut_number(file: type[Shape], loc: _Route, data: Any) -> tuple[str, str] | None:
    """What to say of figures where a name belongs, which a comma has cut from a number in braces, and what to write."""
    entry, figures, shape = _value_at(data, loc[:-1]), str(loc[-1]), shape_at(file, loc[:-1])
    if shape is None or not figures.isdecimal() or entry[figures] is not None:
        return None
    names = [*entry]
    field = next(reversed(names[: names.index(figures)]), "")
    number = entry.get(field)
    if not isinstance(number, str) or not number.isdecimal() or field not in named_fields(shape):
        return None
    message = f"{field}: the comma ends the value, and {figures!r} is read as the name of a field"
    if _fits(shape, field, "?"):
        return message, f'write "{number},{figures}"'
    meant = [number + figures] if len(figures) == 3 else []
    meant = [one for one in (*meant, f"{number}.{figures}") if _fits(shape, field, one)]
    hint = f"write {' or '.join(meant)}{', whichever it is' if len(meant) > 1 else ''}"
    return message, hint if meant else "write it without a comma"


def _field_meant(field: str, file: type[Shape], loc: tuple[str | int, ...]) -> str:
    """What to write in place of a field that is not known."""
    allowed, shape = _fields_at(file, loc[:-1]), shape_at(file, loc[:-1])
    if hint := looks_like(field, allowed):
        return hint
    if shape is not None and issubclass(shape, EntryShape) and nearest(field, allowed) is None:
        return "delete the line, or declare the field under fields: in settings.yml"
    return suggest(field, allowed, listed=30)


def _entry_instead(file: type[Shape], loc: tuple[str | int, ...], value: Any) -> str:
    """How to write a lone text where an entry with names belongs: after the name that it fits."""
    inner = shape_at(file, loc)
    if inner is None or not isinstance(value, str):
        return ""
    needed = [name for name, field in named_fields(inner).items() if field.is_required()]
    fitting = [name for name in needed if _fits(inner, name, value)]
    # A field that takes any text says nothing of this one.
    first = next((name for name in fitting if not _fits(inner, name, "?")), next(iter(fitting), ""))
    if not first:
        return f"write {{{', '.join(f'{name}: ...' for name in needed)}}}"
    written = {name: value if name == first else "..." for name in needed}
    entry = f"{{{', '.join(f'{name}: {part}' for name, part in written.items())}}}"
    is_list = isinstance(loc[-1], str) and _is_list_at(file, loc)
    return f"write {f'[{entry}]' if is_list else entry}"


def _list_instead(file: type[Shape], loc: tuple[str | int, ...], value: Any, names: Names) -> str:
    """How to write a lone text where a list belongs, of whose items somebody knows what they may be."""
    allowed = [*(choices_at(file, loc) or names.get(str(loc[-1]), ()))]
    # Ids come before other names.
    known = {name.casefold(): name for name in reversed(allowed) if name != UNSTATED}
    if not known or not isinstance(value, str) or not _is_list_at(file, loc):
        return ""
    items = [item for part in re.split(r"\s*[,;]\s*", value.strip(" [],;")) for item in _items(part, known)]
    if None in items:
        return f"write a list in brackets, with commas between its items; {suggest(value, known.values())}"
    return f"write [{', '.join(filter(None, items))}]"


def _items(written: str, known: Mapping[str, str]) -> list[str | None]:
    """The names that a text without commas means, None for what is near none; `known` has them by small letters."""
    small = written.casefold()
    # A name may hold what stands between others.
    for text in (small, re.sub("[/+&|]", " ", small), re.sub(r"[/+&|]|\band\b", " ", small)):
        if found := names_in(text, known.__contains__):
            return [known[name] for name in found]
    words = text.split()
    # Where one of several words is a name, the others are no part of it.
    apart = any(word in known for word in words)
    return [close(text, nearest(text, known.values())) for text in (words if apart else [small])]


def _fits(shape: type[Shape], name: str, value: str) -> bool:
    """Whether a text can be the value of a field."""
    try:
        shape.model_validate({name: value})
    except ValidationError as error:
        return not any(detail["loc"] == (name,) for detail in error.errors(include_url=False))
    return True


def _is_list_at(file: type[Shape], loc: tuple[str | int, ...]) -> bool:
    shape = shape_at(file, loc[:-1])
    field = named_fields(shape).get(str(loc[-1])) if shape is not None else None
    return field is not None and _is_list(field)


def _without_name(code: Code, shape: type[Shape], items: list[Any], place: Place) -> Problem:
    """A list at the top of a file, where a name belongs in front of it: the one whose entries are most like these."""
    keys = {key for item in items if isinstance(item, dict) for key in item}

    def likeness(inner: type[Shape]) -> int:
        return len(keys & named_fields(inner).keys())

    lists = _lists_in(shape)
    # A file that has more than lists, as settings do, is no list of one of them, unless it looks like it.
    if not any(likeness(of) for of in lists.values()) and len(lists) < len(shape.model_fields):
        return Problem(code, "names and values are expected here, but there is a list", place, "delete the dashes")
    first = max(lists, key=lambda name: likeness(lists[name]))
    within = {inner: of for inner, of in _lists_in(lists[first]).items() if likeness(of) > likeness(lists[first])}
    if not within:
        hint = f"add the line '{first}:' above it"
        return Problem(code, f"{first + ':'!r} is missing in front of this list", place, hint)
    deeper = max(within, key=lambda inner: likeness(within[inner]))
    hint = (
        f"add the lines '{first}:', '- id: ...', '  name: ...' and '  {deeper}:' above it, and indent it by two spaces"
    )
    return Problem(code, f"{first + ':'!r} and {deeper + ':'!r} are missing in front of this list", place, hint)


def _lists_in(shape: type[Shape]) -> dict[str, type[Shape]]:
    """The fields that are lists of entries, and the shape of those."""
    shapes = {name: shape_in(field.annotation) for name, field in named_fields(shape).items() if _is_list(field)}
    return {name: inner for name, inner in shapes.items() if inner is not None}


def _is_list(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is list


def _first_key(place: Place) -> Place:
    """The first name of an entry stands for the entry."""
    first = next(iter(place.children.values()), place)
    return first.key or place


def _value_at(data: Any, loc: tuple[str | int, ...]) -> Any:
    for step in loc:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def _fix(data: Any, loc: tuple[str | int, ...]) -> bool:
    """Take the value at `loc` out of the way: first the value, then what stands in for it, then its entry.

    True where the entry went.
    """
    parent, step = _value_at(data, loc[:-1]), loc[-1]
    if isinstance(parent, dict):
        if step not in parent:
            parent[step] = UNSTATED
        elif parent[step] == UNSTATED:
            parent[step] = []
        elif parent[step] == []:
            _remove(data, loc[:-1])
            return True
        elif step == "name":
            # There is one, whatever it says: nobody need look for it.
            parent[step] = UNSTATED
        else:
            del parent[step]
    elif isinstance(parent, list) and isinstance(step, int) and step < len(parent):
        # An item keeps its number where it can, since the places of its neighbors are found by theirs.
        if parent[step] != UNSTATED:
            parent[step] = UNSTATED
        else:
            del parent[step]
    return False


def _remove(data: Any, loc: tuple[str | int, ...]) -> None:
    parent = _value_at(data, loc[:-1]) if loc else None
    if isinstance(parent, dict | list):
        del parent[loc[-1]]  # type: ignore[arg-type]
