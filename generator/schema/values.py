"""How a value is read that a field asks for.  Nothing is guessed: text stays text until a field asks for a number, a
boolean or a date, and what cannot be read as that is explained.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit

from anyascii import anyascii
from pydantic import (
    BeforeValidator,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from generator.markdown import EMAIL
from generator.markdown import url as checked_url
from generator.model import IGNORE, TAKEN

REFERS_TO = "x-refers-to"
"""The word of the JSON Schemas for the kind of entry whose id, or other name, a value is."""
# GitHub: user names have up to 39 letters, digits and hyphens; GitLab's have dots and underscores, and groups stand in
# groups. Nothing here can be taken apart by a file of code owners.
REVIEWER = re.compile(rf"@[A-Za-z0-9][\w.-]{{0,254}}(?:/[\w.-]{{1,255}}){{0,20}}|{EMAIL.pattern}", re.ASCII)
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Windows cannot store files of the device names, and MkDocs takes index and readme for itself.
RESERVED = frozenset(
    {"index", "readme", "con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
)


def invalid(
    code: str, message: str, hint: str = "", allowed: tuple[str, ...] = (), step: str | None = None
) -> PydanticCustomError:
    """A refusal that check.py turns into a Problem of that code; `step` names the part of the value that is meant."""
    # The message is data, not a template: braces in it must not be filled in.
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint, "allowed": allowed, "step": step})


def described(value: object) -> str:
    """What stands there, in an editor's words."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "an entry with names and values"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    return repr(text if len(text) <= 80 else f"{text[:77]}...")


_NULLS = frozenset({"null", "Null", "NULL", "~"})


def is_null(value: object) -> bool:
    """An empty value, or null as YAML writes it (unquoted)."""
    return value is None or (isinstance(value, str) and value in _NULLS and getattr(value, "plain", False))


_QUOTES = "\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019"


def unquoted(text: str) -> str:
    """What stands between quotation marks of a text processor; empty where a text is not in one pair of them."""
    inner = text[1:-1]
    return inner if text[:1] in _QUOTES and text[-1:] in _QUOTES and not set(inner) & set(_QUOTES) else ""


def a_text(limit: int) -> Callable[[object], str]:
    def check(value: object) -> str:
        if not isinstance(value, str):
            raise invalid("wrong-kind", f"text is expected here, but there is {described(value)}")
        if not value.strip():
            raise invalid("wrong-kind", "text is expected here, but it is empty", "write the text, or delete the line")
        if value[0] in _QUOTES and getattr(value, "plain", False) and (inner := unquoted(value)):
            hint = f"write {inner}, or for marks that belong to it '{value}'"
            raise invalid(
                "wrong-kind", f"the marks of {described(value)} quote nothing here: a text processor made them", hint
            )
        if len(value) > limit:
            raise invalid("too-long", f"the text has {len(value)} characters; at most {limit} are allowed here")
        return str(value)

    return check


def slug(text: str) -> str:
    """The id that is most like `text`; empty where nothing in it can stand in an id."""
    return re.sub(r"[^a-z0-9]+", "-", anyascii(text.casefold()).lower()).strip("-")[:64].strip("-")


_TWINS = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u051b\u051d\u043a\u0432\u043d\u043c\u0442\u0433\u043f\u0438"
    "\u03bf\u03b1\u03c1\u03bd\u03c5\u03c7\u03b9\u03ba\u03c4\u03b5\u0131\u2044\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u02d7\uff0d\ufe63",
    "aeopcyxijsdhqwkbhmtrnu" "oapvuxiktei/---------" "--",
)  # fmt: skip


def plain(text: str) -> str:
    """`text` with plain letters, digits and hyphens in place of those of other scripts that look like them."""
    text = unicodedata.normalize("NFKC", text.translate(_TWINS))
    return "".join(_plain(char) for char in text)


def _plain(char: str) -> str:
    if char.isascii():
        return char
    digit = unicodedata.decimal(char, None)
    return str(digit) if digit is not None else str(anyascii(char.translate(_TWINS)))


def look_alike(text: str) -> str:
    """The first character of a text that is not plain, by its name and its place; empty where all are."""
    for number, char in enumerate(text, 1):
        if not char.isascii():
            name = unicodedata.name(char, f"U+{ord(char):04X}")
            return f"its character {number}, {char!r}, is {name}"
    return ""


def looks_like(text: str, allowed: Iterable[str]) -> str:
    """What to write in place of a text that only looks like one of `allowed`; empty where it does not."""
    meant = plain(text)
    return f"{look_alike(text)}: write {meant!r}" if not text.isascii() and meant in allowed else ""


def an_id(value: object) -> str:
    text = a_text(200)(value)
    if not SLUG.fullmatch(text) or len(text) > 64:
        proposed = slug(plain(text))
        hint = f"write {proposed!r}" if proposed else "write a short English name in small letters"
        if odd := look_alike(text):
            raise invalid("bad-id", f"{text!r} is no id: {odd}, and ids have plain letters, digits and hyphens", hint)
        raise invalid("bad-id", f"{text!r} is no id: small letters, digits and single hyphens, at most 64", hint)
    if text in RESERVED:
        hint = f"write '{text}-1' or a longer name"
        raise invalid("bad-id", f"{text!r} is a reserved name and cannot be an id", hint)
    return text


DECIMAL = r"-?(0|[1-9]\d{0,14})(\.\d{1,9})?"
"""A number of a custom field: no more figures than a program keeps exactly, and some behind the point."""
FIELD_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*", re.ASCII)


def a_field_id(value: object) -> str:
    """The name that a custom field has in data files: none that something else has there, or in a spreadsheet."""
    text = a_text(200)(value)
    if not FIELD_ID.fullmatch(text) or len(text) > 64:
        proposed = slug(plain(text)).replace("-", "_").lstrip("_0123456789")
        hint = f"write {proposed!r}" if proposed else "write a short English name in small letters"
        message = f"{text!r} is no id of a field: small letters, digits and single underscores, at most 64"
        raise invalid("bad-id", message, hint)
    if text in TAKEN or text.startswith("ids_"):
        message = f"{text!r} cannot be the id of a field: something that every playbook has is called so"
        raise invalid("bad-id", message, f"write 'our_{text}' or another name; what is built in needs no declaration")
    if text == IGNORE:
        message = f"{text!r} cannot be the id of a field: column maps of imports say it of columns that are left out"
        raise invalid("bad-id", message, f"write 'our_{text}' or another name; its label may be any")
    return text


_WHY = {
    re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII): "write it without the point if that is for thousands, or round it",
    re.compile(r"-?(0|[1-9]\d{0,8})\.\d{1,9}", re.ASCII): "write it without a fraction",
    re.compile(r"-?\.\d+", re.ASCII): "write a zero in front of the point",
    re.compile(r"-?\d+\.", re.ASCII): "write it without the point at its end",
    re.compile(r"\d{1,3}(\.\d{3}){2,}", re.ASCII): "write it without points",
    re.compile(r"\d{1,3}( \d{3})+", re.ASCII): "write it without spaces",
    re.compile(r"\d{1,3}(['\u2019]\d{3})+"): "write it without apostrophes",
    re.compile(r"\d{1,3}(,\d{3})+\.\d+", re.ASCII): "write it without commas",
    re.compile(
        r"\d{1,3}([. ]\d{3})+,\d+", re.ASCII
    ): "write it without marks for thousands, and with a point for the comma",
    re.compile(r"\d+(_\d+)+"): "write it without underscores",
    re.compile(r"\+\d+"): "write it without the plus sign",
    re.compile(r"[+-]?0\d+"): "it begins with a zero, which may be part of a text; for a number, write it without",
    re.compile(r"0[xob][0-9A-Fa-f]+"): "it is not in the usual decimal form",
    re.compile(r"\d{1,3}(,\d{3})+"): "write it without commas",
    re.compile(r"\d+,\d+"): "write a point in place of the comma",
    re.compile(r"\d+ ?%"): "write it without the percent sign",
    re.compile(r"(\D* )?\d+( \D*)?", re.ASCII): "write the number alone",
}


def a_number(pattern: str, kind: str, convert: Callable[[str], int | float]) -> Callable[[object], int | float]:
    shape = re.compile(pattern, re.ASCII)

    def check(value: object) -> int | float:
        text = str(value) if isinstance(value, str) else ""
        if not shape.fullmatch(text):
            hint = next((why for odd, why in _WHY.items() if odd.fullmatch(text)), "")
            if not text.isascii() and shape.fullmatch(plain(text)):
                hint = f"{look_alike(text)}: write {plain(text)}"
            raise invalid("wrong-kind", f"{kind} is expected here, but there is {described(value)}", hint)
        return convert(text)

    return check


_FLAGS = {
    "true": "true yes y x 1 on ✓ ✔ ☑ ja j wahr oui vrai si sí sì verdadero sim verdadeiro vero tak prawda ano да "
    "evet igen kyllä はい 是",
    "false": "false no n 0 off ✗ ✘ ☐ nein falsch non faux falso não nao nee onwaar nie fałsz ne нет "
    "nej nei hay\u0131r nem ei いいえ 否",
}
_FLAG_OF = {word: flag for flag, words in _FLAGS.items() for word in words.split()}


def flag_of(text: str) -> str | None:
    """What a yes or a no means, in the words of several languages: true or false; None for what is neither."""
    return _FLAG_OF.get(unicodedata.normalize("NFC", text.strip()).casefold())


def a_boolean(value: object) -> bool:
    if value in ("true", "false") and isinstance(value, str):
        return value == "true"
    meant = flag_of(value) if isinstance(value, str) else None
    raise invalid(
        "wrong-kind",
        f"true or false is expected here, but there is {described(value)}",
        f"write {meant}" if meant else "",
    )


_DAY_LAST = re.compile(r"(\d{4})[-./ ]?(\d{1,2})[-./ ]?(\d{1,2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")
_EITHER_FIRST = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_IN_WORDS = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|\.)?[ -]*([A-Za-z]{3})[a-z]*\.?,?[ -]*|"
    r"([A-Za-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? )(\d{4})"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def a_date(value: object) -> date:
    text = str(value) if isinstance(value, str) else ""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise invalid("wrong-kind", f"{text!r} is not a day of the calendar", _last_day(text)) from None
    meant = plain(text)
    if not text.isascii() and re.fullmatch(r"\d{4}-\d{2}-\d{2}", meant, re.ASCII):
        message = f"a date is expected here, but there is {described(value)}: {look_alike(text)}"
        raise invalid("wrong-kind", message, f"write {meant}")
    days = [str(day) for day in dict.fromkeys(_days(text.strip()))]
    hint = f"write {' or '.join(days)}{', whichever it is' if len(days) > 1 else ''}"
    message = f"a date is expected here, but there is {described(value)}"
    raise invalid("wrong-kind", message, hint if days else "write year, month and day, as in 2026-11-30")


def _days(text: str) -> Iterator[date]:
    """The days that somebody may mean who writes a date in another way."""
    if found := _DAY_LAST.fullmatch(text):
        yield from _a_day(found[1], found[2], found[3])
    elif found := _DAY_FIRST.fullmatch(text):
        yield from _a_day(found[3], found[2], found[1])
    elif found := _EITHER_FIRST.fullmatch(text):
        yield from _a_day(found[3], found[2], found[1])
        yield from _a_day(found[3], found[1], found[2])
    elif (found := _IN_WORDS.fullmatch(text)) and (month := (found[2] or found[3]).lower()) in _MONTHS:
        yield from _a_day(found[5], str(_MONTHS.index(month) + 1), found[1] or found[4])


def _a_day(year: str, month: str, day: str) -> Iterator[date]:
    with suppress(ValueError):
        yield date(int(year), int(month), int(day))


def _last_day(text: str) -> str:
    """How long the month is that a day is not in."""
    year, month, _ = map(int, text.split("-"))
    if not 1 <= month <= 12 or not year:
        return "write year, month and day, as in 2026-11-30"
    return f"the last day of that month is {date(year, month, monthrange(year, month)[1])}"


def within(low: float, high: float = 1e12) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if not low <= value <= high:
            limits = f"at least {low:g}" if high >= 1e12 else f"from {low:g} to {high:g}"
            raise invalid("out-of-range", f"{value:g} is out of range: it must be {limits}")
        return value

    return check


_Member = TypeVar("_Member", bound=StrEnum)


def choice(members: type[_Member]) -> tuple[BeforeValidator, WithJsonSchema]:
    """What makes a field take the members of a closed vocabulary, by what editors write for them."""
    return one_of([member.value for member in members], members)


def one_of(allowed: Sequence[str], of: Callable[[str], Any] = str) -> tuple[BeforeValidator, WithJsonSchema]:
    """What makes a field take these texts and no others; `of` makes of each what the field holds."""

    known = {text: of(text) for text in allowed}

    def check(value: object) -> Any:
        if isinstance(value, str) and value in known:
            return known[value]
        odd = looks_like(value, allowed) if isinstance(value, str) else ""
        raise invalid("unknown-value", f"{described(value)} is not allowed here", odd, allowed=tuple(allowed))

    return BeforeValidator(check), WithJsonSchema({"enum": list(allowed), "type": "string"})


def an_url(value: object) -> str:
    text = a_text(2000)(value)
    try:
        checked_url(text)
    except ValueError as error:
        raise invalid("unsafe-url", str(error), "write the whole address, such as https://www.example.com/") from None
    return text


def matching(shape: re.Pattern[str], what: str, example: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        text = a_text(254)(value)
        if not shape.fullmatch(text):
            parts = [part for part in re.split(r"[\s,;]+", text) if shape.fullmatch(part)]
            hint = f"write one alone, such as {parts[0]}" if len(parts) > 1 else f"write it like {example}"
            raise invalid("wrong-kind", f"{what} is expected here, but there is {text!r}", hint)
        return text

    return check


def an_address_pattern(value: object) -> str:
    """A web address with {id} once, behind the name of the host: what stands there cannot lead elsewhere."""
    text = a_text(2000)(value)
    before, found, after = text.partition("{id}")
    if not found or "{" in before + after or "}" in before + after:
        raise invalid("wrong-kind", f"{text!r} should have {{id}} in it, once", "write {id} where the id goes")
    an_url(text.replace("{id}", "1"))
    parts = urlsplit(before)
    if parts.scheme not in ("http", "https") or not parts.path.startswith("/"):
        hint = "write it like https://crm.example.com/accounts/{id}"
        raise invalid("unsafe-url", f"{text!r} should be a web address with {{id}} behind the name of the host", hint)
    return text


def foreign_ids(value: object) -> dict[str, str]:
    """Ids by the system that has them."""
    if not isinstance(value, dict):
        message = f"ids by the name of a system are expected here, but there is {described(value)}"
        raise invalid("wrong-kind", message, "write {salesforce: 0015g00000XyZ1aAAC}")
    found = {}
    for system, ident in value.items():
        try:
            an_id(system)
            found[str(system)] = a_text(120)(ident)
        except PydanticCustomError as error:
            context = error.context or {}
            raise invalid(error.type, context["message"], context["hint"], step=str(system)) from None
    return found


def a_list(value: object) -> list[Any]:
    if not isinstance(value, list):
        short = isinstance(value, str) and value and len(value) <= 80 and "\n" not in value
        hint = f"write [{value}]" if short else "begin each item with a dash"
        raise invalid("wrong-kind", f"a list is expected here, but there is {described(value)}", hint)
    return value


def mode_rule(value: object) -> str | dict[str, str]:
    if not isinstance(value, dict):
        return an_id(value)
    rule = {}
    for key, mode in value.items():
        # What the keys refer to is for resolve/ to say: a type may be written as its alias.
        try:
            rule[str(key)] = an_id(mode)
        except PydanticCustomError as error:
            context = error.context or {}
            raise invalid(error.type, context["message"], context["hint"], step=str(key)) from None
    return rule
