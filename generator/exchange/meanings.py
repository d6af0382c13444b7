"""What the text of a cell means: ids for names, dates for days; or why nobody can tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from generator.exchange.days import Ambiguous, day_of
from generator.exchange.fields import LISTS, STRUCTURED, entry_of, parts, structure
from generator.exchange.notation import label_parts, number_of
from generator.insights.hosts import shared, site
from generator.loading import TypeNames
from generator.model import Kind, Playbook, Status
from generator.problems import NOWHERE, Nearest, close
from generator.schema import Custom, check, entry_shape, flag_of
from generator.source import Scalar

PEOPLE = ("owner", "backup_owner", "sponsor", "reviewed_by")
_PLAIN = (
    "end_date", "end_why", "reviewed_date", "reviewed_outcome", "reviewed_next", "satisfaction_date",
    "satisfaction_score", "satisfaction_scale", "satisfaction_n",
)  # fmt: skip
_LISTED = 12
_LONGEST_NAME = 300
DAYS = ("end_date", "reviewed_date", "satisfaction_date")
_MEASURES = ("satisfaction_score", "satisfaction_scale")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_BETWEEN_PEOPLE = re.compile(r" ?[/;&+|] ?|, | and | und | et | y | e ")


class Unclear(NamedTuple):
    """Why a text means nothing, and what could be meant; `value` where something else than the text is asked for."""

    reason: str
    choices: str = ""
    value: str = ""


class Elsewhere(NamedTuple):
    """An address on a host that many share, where a domain was asked for, and what to call it."""

    label: str
    url: str


class Meanings:
    """Looks up what editors wrote, in one playbook; `coming` are partners that it may not have yet: ids and names.

    `custom` are the fields that the company has beside the usual ones, where those are other ones than it declares.
    """

    def __init__(
        self,
        playbook: Playbook,
        type_names: TypeNames,
        coming: Iterable[tuple[str, str]] = (),
        custom: Custom | None = None,
    ) -> None:
        self._type_names = type_names
        self._found: dict[tuple[str, str], Any] = {}
        settings = playbook.settings
        self.custom = custom = settings.fields if custom is None else custom
        self._kinds = {field.id: field.kind for field in custom}
        self.lists = frozenset({*LISTS, *(field.id for field in custom if field.many)})
        """The columns that are lists of texts."""
        self.days = (*DAYS, *(field.id for field in custom if field.kind is Kind.DATE))
        """The columns that hold days."""
        self.numbers = (*_MEASURES, *(field.id for field in custom if field.kind is Kind.NUMBER))
        """The columns that hold numbers which need not be whole."""
        names: dict[str, Iterable[tuple[str, Iterable[str]]]] = {
            "offers": ((offer.id, [offer.name]) for offer in playbook.offers.values()),
            "objectives": ((objective.id, [objective.title]) for objective in playbook.objectives.values()),
            "offer_stage": ((stage.id, [stage.name]) for stage in playbook.stages.values()),
            "mode_reason": ((factor.id, [factor.name]) for factor in playbook.factors.values()),
            "mode": ((mode.id, [mode.name]) for mode in playbook.modes.values()),
            "via": (
                *((ident, [name]) for ident, name in coming),
                *((partner.id, [partner.name, *partner.former_ids]) for partner in playbook.partners.values()),
            ),
            "status": ((status.value, ()) for status in Status),
            "regions": ((region, ()) for region in settings.regions),
            "industries": ((industry, ()) for industry in settings.industries),
            "tier": ((tier, ()) for tier in settings.tiers),
            "segment": ((segment, ()) for segment in settings.segments),
        }
        people = [*_people(playbook)]
        names |= dict.fromkeys((*PEOPLE, *(field.id for field in custom if field.refers_to == "person")), people)
        names |= {field.id: ((value, ()) for value in field.values) for field in custom if field.values}
        self._ids: dict[str, dict[str, list[str]]] = {}
        self._names: dict[str, dict[str, str]] = {}
        for field, known in names.items():
            keys, first = self._ids.setdefault(field, {}), self._names.setdefault(field, {})
            for ident, spellings in known:
                first.setdefault(ident, next(iter(spellings), ""))
                for written in dict.fromkeys(map(_key, (ident, *spellings))):
                    keys.setdefault(written, []).append(ident)
        self._nearest = {field: Nearest(known) for field, known in self._ids.items()}
        self._listed = {field: _listing(known.values()) for field, known in self._ids.items()}
        types = playbook.types.values()
        self._names["types"] = {one.id: one.name for one in types}
        self._types = _listing([one.id] for one in types)
        self._headings = {_key(name) for one in playbook.functions.values() for name in (one.id, one.name)}
        self._headings |= {_key(name) for group in playbook.groups.values() for name in (group.id, group.name)}
        self._near_types = Nearest(name for one in types for name in (one.id, one.name, *one.aliases))
        self._stages = {
            partner_type.id: (partner_type.name, tuple(map(str, partner_type.modes)))
            for partner_type in playbook.types.values()
            if partner_type.stage_dependent
        }

    def stages(self, types: Iterable[str]) -> tuple[str, tuple[str, ...]] | None:
        """The first of these types that is managed by the stage of the partner's offer: its name, and the stages."""
        return next((self._stages[type_id] for type_id in types if type_id in self._stages), None)

    def choices(self, field: str) -> Mapping[str, str]:
        """What may stand in a field, where that can be told: ids, or texts, each with its name, which may be empty."""
        flag = field == "lead" or self._kinds.get(field) is Kind.FLAG
        return {"true": "", "false": ""} if flag else self._names.get(field, {})

    def without_name(self, field: str, text: str) -> str:
        """The id of a text such as "Ann Lee (ann-lee)", where that is her name; else the text.

        An id that she had is hers as well.
        """
        name, ident = label_parts(text)
        known = self._names.get(field, {}).get(ident)
        if known and _key(known) == _key(name):
            return ident
        today = self._today(field, ident) if ident else ""
        return today if today and today == self._today(field, name) else text

    def _today(self, field: str, text: str) -> str:
        """The one id of today that a text is, was or names; empty where there is none."""
        if field == "types":
            type_id, problem = self._type_names.find(text)
            return "" if problem or not type_id else type_id
        return next(iter(self._known(field, text)), "")

    def of(self, field: str, text: str) -> Any:
        """The value that a cell gives a field, as data files have it; or Unclear; or, for a domain, Elsewhere."""
        if (field, text) not in self._found:
            self._found[field, text] = self._checked(field, text)
        value = self._found[field, text]
        return list(value) if type(value) is list else value

    def domain(self, text: str) -> Any:
        """The domain that somebody has decided upon, whoever else may share it; or Unclear."""
        problems = self._problems("domain", _domain(text))
        return Unclear(*problems[0]) if problems else _domain(text)

    def recorded(self, field: str, text: str) -> Any:
        """The value of a text that the data has, or that a cell was once read as, also if nobody could write it today.

        An address on a host that many share says nothing about the domain.
        """
        value = self.of(field, text)
        if isinstance(value, Unclear) and field == "domain":
            value = self.domain(text)
        if isinstance(value, Elsewhere):
            return None
        if isinstance(value, Unclear):
            return parts(text) if field in self.lists else text
        return value

    def items(self, field: str, text: str) -> Iterator[str]:
        """The texts of a cell that is a list: "EMEA / APAC" are two where that means nothing and each something."""
        return (part for item in parts(text) for part in self._known_parts(field, item))

    def _checked(self, field: str, text: str) -> Any:
        try:
            value = self._value(field, text)
        except ValueError as error:
            return Unclear(str(error), "write it as data files do")
        if isinstance(value, Unclear | Elsewhere):
            return value
        # The schema has the last word, as on what an editor writes.
        problems = self._problems(field, value)
        return Unclear(problems[0][0], problems[0][1]) if problems else value

    def _problems(self, field: str, value: Any) -> list[tuple[str, str]]:
        return _problems(field, value, self.custom)

    def _value(self, field: str, text: str) -> Any:
        if field in STRUCTURED:
            return self._structured(field, text)
        if field in self.lists:
            return self._all_values(self.items(field, text), lambda item: self._item(field, item))
        kind = self._kinds.get(field)
        if field == "lead" or kind is Kind.FLAG:
            flag = flag_of(text)
            return Unclear(f"{text!r} is neither yes nor no", "yes or no") if flag is None else Scalar(flag)
        if field == "domain":
            return _elsewhere(text) if shared(_domain(text)) else _domain(text)
        if field in self.days:
            return _day(text)
        if field in self.numbers or field == "satisfaction_n":
            return Scalar(number_of(text, whole=field == "satisfaction_n"))
        if field in PEOPLE or kind is Kind.REFERENCE:
            return self._person(field, text)
        return self._item(field, text)

    def _person(self, field: str, text: str) -> Any:
        named = self.people(field, text)
        if len(named) > 1:
            return Unclear(f"{text!r} names {len(named)} people, and there can be one", " or ".join(named))
        return named[0] if named else self._item(field, text)

    def people(self, field: str, text: str) -> list[str]:
        """The people whom a text such as "Ann Lee (ann@example.com)", or "Ann Lee / Bo Diaz", names; else nobody."""
        text = self.without_name(field, text)
        if field not in self._ids or self._known(field, text):
            return self._known(field, text)
        if label_parts(text)[1] in self._names[field]:
            return []  # somebody's id behind the name of somebody else
        mails = _EMAIL.findall(text) if len(text) <= _LONGEST_NAME else []
        rest = text
        for mail in mails:
            rest = rest.replace(mail, "")
        without = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>", " ", rest).strip(" ,;-")
        named = self._known(field, without) or self._known(field, re.sub(r"[()<>\[\]]", " ", rest).strip(" ,;-"))
        if mails and (by_mail := [ident for mail in mails for ident in self._known(field, mail)]):
            return [*dict.fromkeys((*named, *by_mail))]
        if named or len(text) > _LONGEST_NAME:
            return named
        parts = [self._known(field, re.sub(r"\(.*\)", "", part)) for part in _BETWEEN_PEOPLE.split(text) if part]
        return [*dict.fromkeys(ident for (ident,) in parts)] if all(len(part) == 1 for part in parts) else []

    def _known(self, field: str, text: str) -> list[str]:
        """The one id that a text is, or names; none where nobody is called so, or several are."""
        ids = self._ids.get(field, {}).get(_key(text), [])
        return [text] if text in ids else ids if len(ids) == 1 else []

    def _item(self, field: str, text: str) -> Any:
        text = self.without_name(field, text)
        if field == "types":
            type_id, problem = self._type_names.find(text)
            if problem is None:
                return type_id
            told = problem.code.slug != "unknown-type" or _key(text) in self._headings
            if not told and close(text, self._near_types.of(text)) is None:
                return Unclear(problem.message, self._types)
            return Unclear(problem.message, problem.hint)
        known = self._ids.get(field)
        if not known:
            # A day or a number is written without quotes.
            return Scalar(text) if field in _PLAIN else text
        ids = known.get(_key(text), [])
        if text in ids or len(ids) == 1:
            return text if text in ids else ids[0]
        if ids:
            return Unclear(f"{text!r} is the name of several", " or ".join(ids))
        near = close(text, self._nearest[field].of(text))
        hint = f"did you mean {known[near][0]!r}? one of: " if near else ""
        return Unclear(f"{text!r} is not known here", hint + self._listed[field])

    def _structured(self, field: str, text: str) -> Any:
        if field == "mode" and not text.lstrip().startswith("{"):
            return self._item(field, text)
        data = structure(text)
        if field != "mode" or not isinstance(data, dict):
            return data
        rule = {written: self._item(field, str(mode)) for written, mode in data.items()}
        return next((mode for mode in rule.values() if isinstance(mode, Unclear)), rule)

    def _known_parts(self, field: str, item: str) -> list[str]:
        """An item; or the parts of one such as "EMEA / APAC", where it means nothing and each of them something."""
        # White space is made short first: a pattern that begins with any of it looks at much of it again and again.
        inside = [part for part in re.split(r" ?[/+&] ?| and ", " ".join(item.split())) if part]
        if len(inside) < 2 or not isinstance(self._item(field, item), Unclear):
            return [item]
        return [item] if any(isinstance(self._item(field, part), Unclear) for part in inside) else inside

    @staticmethod
    def _all_values(texts: Iterable[str], read: Callable[[str], Any]) -> Any:
        """What each of them means; or Unclear, for the first that means nothing, and no other is looked at."""
        values: dict[Any, None] = {}
        for text in texts:
            value = read(text)
            if isinstance(value, Unclear):
                return value
            values[value] = None
        return list(values)


def _listing(known: Iterable[Sequence[str]]) -> str:
    """The first of these ids, in alphabetical order."""
    ids = sorted({ident for idents in known for ident in idents})
    return ", ".join(ids[:_LISTED]) + (" ..." if ids[_LISTED:] else "")


def _key(text: str) -> str:
    """What counts of a name: its words, without capitals and white space around them."""
    return " ".join(text.casefold().split())


def _people(playbook: Playbook) -> Iterator[tuple[str, list[str]]]:
    """Everybody, with the ways to write a name; where anybody is listed, also those whom entries name unlisted."""
    for person in playbook.people.values():
        first, _, last = person.name.rpartition(" ")
        mail = [person.email, f"{person.name} <{person.email}>"] if person.email else []
        names = [person.name, *([f"{last}, {first}", f"{last} {first}"] if first else [])]
        yield person.id, [*names, *mail, *person.formerly]
    entries = playbook.entries if playbook.people else ()
    named = (ident for entry in entries for ident in playbook.people_in(entry) if ident not in playbook.people)
    yield from ((ident, []) for ident in dict.fromkeys(named))


def _day(text: str) -> Any:
    found = day_of(text)
    if isinstance(found, Ambiguous):
        choices = f"{found.day_first} or {found.month_first}"
        return Unclear(f"{text!r} is {choices}", choices)
    return Scalar(found or text)


def _domain(text: str) -> str:
    """The domain of a web address, or the domain that is given."""
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname
    except ValueError:
        host = None
    # What is no address is left to the schema to refuse; a domain keeps its capitals.
    domain = text[text.casefold().index(host) :][: len(host)] if host and host in text.casefold() else host or text
    return domain.rstrip(".") if domain.casefold()[:4] != "www." else domain[4:].rstrip(".")


def _elsewhere(text: str) -> Any:
    """What an address on a host that many share is; Unclear where it names nobody there."""
    host = _domain(text)
    address = text if "//" in text else f"https://{text}"
    label = site(host)
    if label and urlsplit(address).path.strip("/"):
        return Elsewhere(label, address)
    return Unclear(f"many share the host {host}", "the company's own domain, or skip")


def _problems(field: str, value: Any, custom: Custom) -> list[tuple[str, str]]:
    """What the schema has against a value, each as a message and a hint."""
    entry: Mapping[str, Any] = entry_of({"id": "a", "types": ["a"], "owner": "a", field: value})
    # Most values are right, and all that is asked of those is that.
    if entry_shape(entry, NOWHERE, custom) is not None:
        return []
    inner = re.fullmatch(r"(end|reviewed|satisfaction)_\w+", field)
    data = {"departments": [{"id": "a", "name": "a", "partners": [entry]}]}
    _, problems = check("partners.yml", data, NOWHERE, custom)
    return [
        (problem.message, problem.hint)
        for problem in problems
        # The rest of what a review or a score needs stands in other columns.
        if not (inner and problem.code.slug == "missing-field")
    ]
