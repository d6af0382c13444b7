"""What a quiz may ask about our own partners: who owns one, which department manages it, and in which mode.

Each month draws its own: the same data and month give the same questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from generator.markdown import md
from generator.model import Partner, Playbook
from generator.views.kit.links import Links
from generator.views.parts.questions import Candidate, candidate, quoted, words

_ENOUGH = 4
"""So many wrong options are looked at, of which two may say the same."""


def month(playbook: Playbook) -> str:
    """The month whose questions these are, such as 2026-11."""
    return f"{playbook.as_of:%Y-%m}"


def owner_of_a_partner(links: Links) -> Iterator[Candidate]:
    """Who owns a partner that only one person owns, among other owners of the same department first.

    Not where the audience does not see who people are.
    """
    playbook = links.playbook
    if not playbook.shows("people"):
        return
    owners: dict[str, dict[str, None]] = {department: {} for department in playbook.departments}
    for entry in playbook.entries:
        if entry.owner is not None and not entry.ended and not playbook.ownerless(entry):
            owners[entry.department][entry.owner] = None
    everybody = list(dict.fromkeys(owner for some in owners.values() for owner in some))
    for partner in _drawn_partners(playbook, "owner"):
        owned = {None if playbook.ownerless(entry) else entry.owner for entry in partner.current}
        (owner, *others) = owned
        if owner is None or others:
            continue
        # Whoever stands in for the owner is no wrong answer to "whom do I ask".
        known = {person for entry in partner.entries for person in playbook.people_in(entry)}
        entry = partner.current[0]
        near = _drawn(playbook, partner.id, (one for one in owners[entry.department] if one not in known))
        far = _drawn(playbook, partner.id, (one for one in everybody if one not in known))
        yield candidate(
            f"partner {partner.id}",
            words("Who owns the relationship with", md("{}?", quoted(partner.name))),
            playbook.person_name(owner),
            map(playbook.person_name, _first((*near, *far))),
            words(
                links.owner(owner), "owns it for", md("{}.", links.department(entry.department)),
                "The page of a partner says whom to ask:", md("{}.", links.partner(partner.id)),
            ),
        )  # fmt: skip


def department_of_a_partner(links: Links) -> Iterator[Candidate]:
    """Which department manages a partner that only one does, among those that have partners of its type first."""
    playbook = links.playbook
    with_type: dict[str, dict[str, None]] = {}
    for entry, relationship in playbook.relationships(active=False):
        with_type.setdefault(relationship.type, {})[entry.department] = None
    for partner in _drawn_partners(playbook, "department"):
        if len(partner.departments) > 1:
            continue
        entry = partner.current[0]
        kind = entry.relationships[0].type
        near = _drawn(playbook, partner.id, with_type[kind])
        far = _drawn(playbook, partner.id, playbook.departments)
        yield candidate(
            f"partner {partner.id}",
            words("Which department manages the relationship with", md("{}?", quoted(partner.name))),
            playbook.departments[entry.department].name,
            (playbook.departments[one].name for one in _first((*near, *far), without=entry.department)),
            words(
                md("{},", links.department(entry.department)), "as", md("{}.", links.type(kind)),
                "See", md("{}.", links.partner(partner.id)),
            ),
        )  # fmt: skip


def mode_of_a_partner(links: Links) -> Iterator[Candidate]:
    """In which mode a partner is managed that has one type and one mode; the mode that its type expects tempts most."""
    playbook = links.playbook
    for partner in _drawn_partners(playbook, "mode"):
        held = {relationship for entry in partner.current for relationship in entry.relationships}
        (relationship, *others) = held
        if others:
            continue
        kind, mode = relationship.type, relationship.mode
        expected = "That is what its type expects:" if relationship.as_expected else "Its type expects another one:"
        options = (relationship.expected_mode, *_drawn(playbook, partner.id, playbook.modes))
        yield candidate(
            f"partner {partner.id}",
            words("In which mode do we manage the relationship with", md("{}?", quoted(partner.name))),
            playbook.modes[mode].name,
            (playbook.modes[one].name for one in _first(options, without=mode)),
            words(links.mode(mode), md("({}).", links.partner(partner.id)), expected, md("{}.", links.type(kind))),
        )  # fmt: skip


def _drawn_partners(playbook: Playbook, kind: str) -> Iterator[Partner]:
    """The partners with which we work today and that no other one is called like, in this month's order for this kind
    of question.
    """
    named = Counter(partner.name.casefold() for partner in playbook.partners.values())
    working = (partner for partner in playbook.partners.values() if any(entry.active for entry in partner.entries))
    asked = {partner.id: partner for partner in working if named[partner.name.casefold()] == 1}
    return map(asked.__getitem__, _drawn(playbook, kind, asked))


def _drawn(playbook: Playbook, about: str, ids: Iterable[str]) -> list[str]:
    """The ids in the order that this month draws for what it is about."""
    drawn = f"{month(playbook)} {about} "
    return sorted(ids, key=lambda one: sha256(f"{drawn}{one}".encode()).digest())


def _first(ids: Iterable[str], without: str = "") -> list[str]:
    return [one for one in dict.fromkeys(ids) if one != without][:_ENOUGH]
