"""What is the same in two states of the data although its id is another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from generator.compare.records import KINDS, Ids
from generator.model import Department, Playbook


def new_ids(before: Playbook, after: Playbook) -> Ids:
    """For each kind the ids that are gone, with the id that the same thing has afterwards."""
    ids = {kind: _by_name(before, after, table) for kind, table in KINDS.items()}
    ids["partner"] = {
        old: partner.id
        for partner in after.partners.values()
        for old in partner.former_ids
        if old in before.partners and old not in after.partners
    }
    aliases = {alias: one.id for one in after.types.values() for alias in one.aliases}
    by_alias = {old: aliases[old] for old in before.types if old not in after.types and old in aliases}
    ids["type"] = {**ids["type"], **by_alias}
    ids["department"] = {**_by_partners(before, after, ids["partner"]), **ids["department"]}
    ids["person"] |= _listed(before, after)
    for kind, olds, news in (
        ("department", before.departments, after.departments), ("person", before.people, after.people),
    ):  # fmt: skip
        ids[kind] |= {old: one.id for one in news.values() for old in one.formerly if old in olds and old not in news}
    return ids


def _by_name(before: Playbook, after: Playbook, table: str) -> dict[str, str]:
    """Those of one table whose name nobody else has, and has another id now."""
    olds, news = getattr(before, table), getattr(after, table)
    if not isinstance(olds, Mapping):
        return {}
    gone = _names({ident: one for ident, one in olds.items() if ident not in news})
    come = _names({ident: one for ident, one in news.items() if ident not in olds})
    return {gone[name]: come[name] for name in gone if name in come}


def _names(table: Mapping[str, object]) -> dict[str, str]:
    """The ids by name, where only one has that name."""
    named = {ident: str(getattr(one, "name", "") or getattr(one, "title", "")) for ident, one in table.items()}
    often = Counter(named.values())
    return {name: ident for ident, name in named.items() if name and often[name] == 1}


def _by_partners(before: Playbook, after: Playbook, partners: Mapping[str, str]) -> dict[str, str]:
    """The departments that are gone where a new one has most of their partners, and these are most of its own."""
    gone = [department for department in before.departments.values() if department.id not in after.departments]
    come = [department for department in after.departments.values() if department.id not in before.departments]
    if not gone or not come:
        return {}
    known = {old: partners.get(old, old) for old in before.partners}
    had = _listings(before, gone, known)
    has = _listings(after, come, {})
    found = {}
    for old in gone:
        for new in come:
            shared = len(had[old.id] & has[new.id])
            if shared and 2 * shared > len(had[old.id]) and 2 * shared > len(has[new.id]):
                found[old.id] = new.id
    return found


def _listings(playbook: Playbook, departments: Iterable[Department], known: Mapping[str, str]) -> dict[str, set[str]]:
    listings: dict[str, set[str]] = {department.id: set() for department in departments}
    for entry in playbook.entries:
        if entry.department in listings:
            listings[entry.department].add(known.get(entry.partner, entry.partner))
    return listings


def _listed(before: Playbook, after: Playbook) -> dict[str, str]:
    """People whom entries named before they were listed, or name since they are listed no more."""
    come = _names({ident: one for ident, one in after.people.items() if ident not in before.people})
    gone = _names({ident: one for ident, one in before.people.items() if ident not in after.people})
    if not come and not gone:
        return {}  # to see whom entries name costs as much as all else
    came = {name: come[name] for name in _written(before) if name in come and name not in after.people}
    went = {gone[name]: name for name in _written(after) if name in gone and name not in before.people}
    return came | went


def _written(playbook: Playbook) -> list[str]:
    """Whoever is named and not listed."""
    named: list[str | None] = [person for entry in playbook.entries for person in playbook.people_in(entry)]
    named += [department.lead for department in playbook.departments.values()]
    named += [objective.owner for objective in playbook.objectives.values()]
    return [person for person in dict.fromkeys(named) if person and person not in playbook.people]
