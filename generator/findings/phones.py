"""Phone numbers in texts that the whole company reads."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from generator.findings.rule import Finding, Rule, Subject, about
from generator.model import Partner, Playbook, frozen
from generator.problems import Place, define_warning

PHONE_NUMBER = define_warning(
    "phone-number",
    "A phone number",
    meaning="A text holds a phone number. Everybody in the company reads the site, and the number may be somebody's "
    "own. Numbers that cost the caller nothing, or something extra, belong to companies and are let pass.",
    fix="Delete the number, and say instead whom to ask for it, or link the page of the company that names it.",
)

# A national number can be told from other numbers by how it is grouped where many people live.
_COUNTRIES = (
    "US", "DE", "GB", "FR", "IN", "JP", "BR", "AU", "ES", "IT", "NL", "SE", "CH", "AT", "PL", "ZA", "AE",
    "BE", "DK", "PT",
)  # fmt: skip
_DIGIT = r"[\s()/.\u2010-\u2013-]{0,3}\d"
_DIGITS = re.compile(rf"\d(?:{_DIGIT}){{6}}")
"""Every number of a phone has them."""
# What a number begins with stands first, and what may not stand before it is asked then: so most characters are passed
# at once.
_INTERNATIONAL = re.compile(rf"(?:\+(?<![\w+.]\+)|00(?<![\w+.]00))[\s(]*[1-9](?:{_DIGIT}){{6,16}}(?!\w)")
_NATIONAL = re.compile(
    rf"(?=[(02-9])(?<![\w+.,/:#-])"
    rf"(?:\(?0(?!\.)(?:{_DIGIT}){{8,12}}|\(?[2-9]\d\d\)?[-. ]\d{{3}}[-. ]\d{{4}})(?![\w-]|[.,]\d)"
)
_PHONE = re.compile(r"(?i)\b(?:tel|phone|telephone|mobile|cell|fax|call|dial|handy|mobil|whatsapp|sms)\b[^\d]{0,30}$")
_OTHER = re.compile(
    r"(?i)\b(?:contract|agreement|order|invoice|ticket|case|part|serial|item|article|product|version|customer|supplier|"
    r"account|vat|duns|iban|isbn|po|no|nr|number|ref|reference|id|sku|iso|model|eur|usd|gbp|chf)\b[^\w]{0,3}$"
)
_PRIVATE = ("FIXED_LINE", "MOBILE", "FIXED_LINE_OR_MOBILE", "PERSONAL_NUMBER", "VOIP", "PAGER")
_NOTHING: Mapping[str, Any] = frozen({})
# What an entry says of the company is what its partner does.
_NO_TEXT = frozenset({"id", "partner", "formerly", "place", "history", "settings", "company"})


def _phone_numbers(playbook: Playbook) -> Iterator[Finding]:
    """One finding for each text with a number in it."""
    for field in dataclasses.fields(playbook):
        for entity in _entities(getattr(playbook, field.name)) if field.name not in _NO_TEXT else ():
            if isinstance(entity, Partner):
                yield from _of_partner(entity) if _may_have_some(entity) else ()
            elif dataclasses.is_dataclass(entity):
                ident = getattr(entity, "id", None)
                among = (f"in:{field.name}",) if ident is None else (f"in:{field.name}", f"id:{ident}")
                for name, ends, place in _numbers(entity, getattr(entity, "place", Place())):
                    key = (*among, f"field:{name}", f"ends:{ends}")
                    values = {"of": ident or field.name, "field": name, "ends": ends}
                    yield Finding(PHONE_NUMBER, place, key=key, values=frozen(values))


def _of_partner(partner: Partner) -> Iterator[Finding]:
    alone = dataclasses.replace(partner, entries=())
    numbers = [(entry, number) for entry in partner.entries for number in _numbers(entry, entry.place)]
    numbers += [(partner.entries[0], number) for number in _numbers(alone, partner.place)]
    for entry, (name, ends, place) in numbers:
        key = (f"field:{name}", f"ends:{ends}")
        yield about(entry, PHONE_NUMBER, place, *key, of=partner.id, field=name, ends=ends)


def _words(_: Playbook, finding: Finding) -> tuple[str, str]:
    where, ends = finding.values["of"], finding.values["ends"]
    message = f"a text of {where} holds a phone number, which ends in {ends}: the whole company reads the site"
    return message, "delete it, and say whom to ask for it"


def _entities(value: Any) -> Iterator[Any]:
    yield from value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else ()


@cache
def _values_of(kind: Any) -> Callable[[Any], tuple[Any, ...]] | None:
    """What gives the values of an entity of that kind that may be texts, or hold some; None where it is no entity."""
    if not dataclasses.is_dataclass(kind):
        return None
    names = [field.name for field in dataclasses.fields(kind) if field.name not in _NO_TEXT]
    return attrgetter(*names, names[0])


def _gather(entity: Any, texts: list[str]) -> None:
    """Add every text of an entity and of what stands in it."""
    values_of = _values_of(entity.__class__)
    custom = getattr(entity, "custom", _NOTHING).values()
    for value in (*values_of(entity), *custom) if values_of is not None else ():
        if not value:
            continue
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, tuple):
            for item in value:
                if isinstance(item, str):
                    texts.append(item)
                else:
                    _gather(item, texts)
        elif _values_of(value.__class__) is not None:
            _gather(value, texts)


def _numbers(entity: Any, place: Place) -> Iterator[tuple[str, str, Place]]:
    return _numbers_in(entity, place) if _may_have_some(entity) else iter(())


def _may_have_some(entity: Any) -> bool:
    """Whether any text of it looks like a number: nearly none does, and then none is looked at by itself."""
    texts: list[str] = []
    _gather(entity, texts)
    # So far apart, two texts make no number together.
    text = "\n\n\n\n".join(texts)
    return bool(_DIGITS.search(text) and (_INTERNATIONAL.search(text) or _NATIONAL.search(text)))


def _numbers_in(entity: Any, place: Place) -> Iterator[tuple[str, str, Place]]:
    """Of every text with a phone number, in an entity and in what stands in it: the text's field, such as links.label,
    the last digits of the first number, and the text's place.

    The words stand on the site: the number itself goes no further.
    """
    names = [field.name for field in dataclasses.fields(entity) if field.name not in _NO_TEXT]
    held = {name: getattr(entity, name) for name in names} | dict(getattr(entity, "custom", _NOTHING))
    for field, value in held.items():
        for index, item in enumerate(value if isinstance(value, tuple) else (value,)):
            if isinstance(item, str):
                if number := _number(item):
                    yield field, number[-2:], place.at(field, index)
            elif dataclasses.is_dataclass(item):
                for name, ends, text_place in _numbers_in(item, place.at(field, index)):
                    yield f"{field}.{name}", ends, text_place


def _number(text: str) -> str:
    """The digits of the first phone number of a text; empty where there is none."""
    for match in (*_INTERNATIONAL.finditer(text), *_NATIONAL.finditer(text)):
        before = text[max(0, match.start() - 40) : match.start()]
        if _OTHER.search(before) and not _PHONE.search(before):
            continue
        if _is_phone(match[0]):
            return re.sub(r"\D", "", match[0])
    return ""


@lru_cache(maxsize=4096)
def _is_phone(written: str) -> bool:
    # Hardly any text comes here, and it knows the numbers of the world.
    import phonenumbers
    from phonenumbers import Leniency, PhoneNumberMatcher

    if written.startswith(("+", "00")):
        try:
            number = phonenumbers.parse(written, "DE")
        except phonenumbers.NumberParseException:
            return False
        return phonenumbers.is_valid_number(number) and _is_private(number)
    return any(
        _is_private(match.number)
        for country in _COUNTRIES
        for match in PhoneNumberMatcher(written, country, leniency=Leniency.EXACT_GROUPING)
    )


def _is_private(number: Any) -> bool:
    from phonenumbers import PhoneNumberType, number_type

    return number_type(number) in {getattr(PhoneNumberType, name) for name in _PRIVATE}


# What all entries of a partner say together is told at the first.
RULES = (Rule(PHONE_NUMBER, _phone_numbers, _words, subject=Subject.PARTNER),)
