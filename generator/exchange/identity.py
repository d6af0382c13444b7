"""Who a row is about: a partner that is known, one of an earlier row, a new one, or what makes that doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from generator.exchange.meanings import Unclear
from generator.insights.hosts import shared
from generator.insights.names import CompanyName, likeness, neighbors
from generator.model import Playbook
from generator.schema import RESERVED, slug
from generator.words import count

NEW = "new"
"""What may be decided, beside an id: that it is a new partner."""

_Key = TypeVar("_Key")
_LONGEST_ID = 64
_OFFERED = 8


@dataclass
class _Company:
    """A partner, known or of an earlier row; `names` are all that the inventory and the rows give it.

    Beside its own name, domain and ids, it has those that rows gave it at the last import.
    """

    name: str
    domain: str
    ids: dict[str, str]
    names: list[CompanyName] = field(default_factory=list)
    spellings: set[str] = field(default_factory=set)
    domains: list[str] = field(default_factory=list)
    foreign: set[tuple[str, str]] = field(default_factory=set)

    def is_spelled(self, name: str) -> bool:
        return name.casefold() in self.spellings

    def is_at(self, domain: str) -> bool:
        return any(same_host(own, domain) for own in self.domains)


class Companies:
    """Finds partners by ids of other systems, by domain and by name; `coming` are the names in the sheet."""

    def __init__(self, playbook: Playbook, coming: Iterable[str], taken: Iterable[str]) -> None:
        self._threshold = playbook.settings.thresholds.similar_name
        self._companies: dict[str, _Company] = {}
        self._by_plain: dict[str, list[str]] = {}
        self._by_domain: dict[str, list[str]] = {}
        self._by_foreign: dict[tuple[str, str], list[str]] = {}
        self._by_spelling: dict[str, str] = {}
        self._former = {old: partner.id for partner in playbook.partners.values() for old in partner.former_ids}
        self._numbers: dict[str, int] = {}
        self._known = [partner.name for partner in playbook.partners.values()]
        self._coming = list(coming)
        # An id that a row gives belongs to that row, whatever the others are called.
        self._taken = {*playbook.partners, *self._former, *RESERVED, *taken}
        for partner in playbook.partners.values():
            self.remember(partner.id, partner.name, partner.domain, partner.ids)
            for bought in partner.acquired:
                # Whoever still writes the name of a company that was bought means the one that bought it.
                self.remember(partner.id, bought.name, "", {})

    def current(self, ident: str) -> str:
        """The id that a partner has today which had this one."""
        return self._former.get(ident, ident)

    def knows(self, ident: str) -> bool:
        """Whether a partner has this id, or had it at the last import."""
        return ident in self._companies

    def remember(self, ident: str, name: str, domain: str, ids: Mapping[str, str]) -> None:
        """Later rows may be about the same partner."""
        company = self._named_so(ident, name)
        if domain and not company.domain:
            company.domain = domain
            self._at(ident, domain)
        for system, foreign in ids.items():
            company.ids.setdefault(system, foreign)
            _list(self._by_foreign, (system, foreign), ident)

    def recall(self, ident: str, name: str, domain: str, ids: Mapping[str, str]) -> None:
        """A row that still says what it said of a partner at the last import is about the same one.

        An id of another system that the data gives to somebody else meanwhile is theirs.
        """
        company = self._named_so(ident, name)
        company.spellings.add(name.casefold())
        if domain:
            self._at(ident, domain)
        for pair in ids.items():
            company.foreign.add(pair)
            if pair not in self._by_foreign:
                _list(self._by_foreign, pair, ident)

    def _named_so(self, ident: str, name: str) -> _Company:
        self._taken.add(ident)
        company = self._companies.setdefault(ident, _Company(name, "", {}, spellings={name.casefold()}))
        company.names.append(CompanyName.of(name))
        _list(self._by_plain, _plain(name), ident)
        self._by_spelling.setdefault(name.casefold(), ident)
        return company

    def _at(self, ident: str, domain: str) -> None:
        self._companies[ident].domains.append(domain)
        if not shared(domain):
            _list(self._by_domain, _host(domain), ident)

    def find(self, name: str, domain: str, ids: Mapping[str, str]) -> str | Unclear | None:
        """The id of the partner; why nobody can tell; or None for one that is not known."""
        recorded = self.recorded(ids)
        if len(recorded) == 1:
            return recorded[0]
        if recorded:
            return Unclear("its ids of other systems are those of several partners", _choices(recorded))
        named = self._named(name, domain)
        doubts = {ident: self._doubt(ident, name, domain, ids) for ident in named}
        sure = [ident for ident, doubt in doubts.items() if not doubt]
        if len(sure) == 1:
            return sure[0]
        twins = [] if domain and shared(domain) else self._by_domain.get(_host(domain), []) if domain else []
        near = self._near(name)
        offered = [*dict.fromkeys((*named, *twins, *near))]
        if len(named) > 1:
            had = "" if all(self._is_called(ident, name) for ident in named) else ", or had it"
            return Unclear(f"several partners have this name{had}", _choices(offered))
        if named:
            return Unclear(doubts[named[0]], _choices(offered))
        if twins:
            return Unclear(f"{self._companies[twins[0]].name} has the same domain", _choices(offered))
        if near:
            more = f", and that of {count(len(near) - 1, 'other')}" if len(near) > 1 else ""
            return Unclear(f"this is nearly the name of {self._name(near[0])!r}{more}", _choices(offered))
        return None

    def recorded(self, ids: Mapping[str, str]) -> list[str]:
        """The partners that have one of these ids of other systems."""
        return [*dict.fromkeys(ident for pair in ids.items() for ident in self._by_foreign.get(pair, ()))]

    def _named(self, name: str, domain: str) -> list[str]:
        """The partners of that name: those of the same domain, or else spelled the same, where there are any."""
        candidates = self._by_plain.get(_plain(name), [])
        exact = [ident for ident in candidates if self._companies[ident].is_spelled(name)]
        home = [ident for ident in exact or candidates if domain and self._companies[ident].is_at(domain)]
        return home or exact or [*candidates]

    def _doubt(self, ident: str, name: str, domain: str, ids: Mapping[str, str]) -> str:
        """Why a partner of the same name may be another one; empty where nothing tells so."""
        company = self._companies[ident]
        so = f"{company.name} {'has the same name and' if self._is_called(ident, name) else 'had this name and has'}"
        if domain and company.domain and not shared(domain) and not company.is_at(domain):
            return f"{so} another domain, {company.domain}"
        for system, foreign in ids.items():
            if company.ids.get(system, foreign) != foreign and (system, foreign) not in company.foreign:
                return f"{so} another id in {system}, {company.ids[system]}"
        here = CompanyName.of(name)
        if not company.is_spelled(name) and any(here.contradicts(other) for other in company.names):
            return f"{so} another legal form"
        return ""

    def _is_called(self, ident: str, name: str) -> bool:
        return _plain(self._companies[ident].name) == _plain(name)

    def _near(self, name: str) -> list[str]:
        """The partners whose names are nearly, but not quite, this one, the likest first."""
        found = {self._by_spelling.get(other.casefold()) or id_of(other): None for other in self._similar.get(name, ())}
        return list(found)[:_OFFERED]

    def _name(self, ident: str) -> str:
        company = self._companies.get(ident)
        return company.name if company else next((one for one in self._coming if id_of(one) == ident), ident)

    @cached_property
    def _similar(self) -> Mapping[str, Sequence[str]]:
        """For each name of the sheet those before it that are nearly it, the likest first."""
        written = list(dict.fromkeys((*self._known, *self._coming)))
        old = len(dict.fromkeys(self._known))
        names = [CompanyName.of(name) for name in written]
        found: dict[str, list[tuple[float, int]]] = {}
        for earlier, later in neighbors(names):
            if later < old or names[earlier].plain == names[later].plain or not names[earlier].bare:
                continue
            how = likeness(names[earlier], names[later], self._threshold)
            if how >= self._threshold:
                found.setdefault(written[later], []).append((-how, earlier))
        return {name: [written[at] for _, at in sorted(near)] for name, near in found.items()}

    def free_id(self, name: str) -> str:
        """An id that nobody has, as like a name as can be; empty where none can be made of it."""
        ident = id_of(name)
        # The next row of that id goes on where this one ends: of many such rows, each would try all numbers again.
        number = self._numbers.get(ident, 1)
        while ident and numbered(ident, number) in self._taken:
            number += 1
        self._numbers[ident] = number
        return numbered(ident, number)


def _list(index: dict[_Key, list[str]], key: _Key, ident: str) -> None:
    listed = index.setdefault(key, [])
    if ident not in listed:
        listed.append(ident)


def _choices(idents: Sequence[str]) -> str:
    return f"{' or '.join(idents[:_OFFERED])}, or {NEW}"


def _host(domain: str) -> str:
    return domain.casefold().removeprefix("www.")


def same_host(first: str, second: str) -> bool:
    """Whether two domains are one, or one is a part of the other, such as de.acme.example."""
    one, other = sorted((_host(first), _host(second)), key=len)
    return bool(one) and (one == other or (other.endswith(f".{one}") and "." in one))


def id_of(name: str) -> str:
    """A name as an id; a mark such as ™ behind it is no part of it."""
    return slug(re.sub("[™®©℠]", " ", name))


def numbered(ident: str, number: int) -> str:
    """An id with a number at its end, from 2, that is as long as an id may be."""
    end = f"-{number}" if number > 1 else ""
    return ident[: min(60, _LONGEST_ID - len(end))].rstrip("-") + end if end else ident


def _plain(name: str) -> str:
    return CompanyName.of(name).plain or name


def homonyms(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The names, case aside, that stand in the sheet with several domains."""
    domains: dict[str, set[str]] = {}
    for name, domain in rows:
        domains.setdefault(name.casefold(), set()).add(_host(domain))
    return (name for name, found in domains.items() if len(found) > 1)
