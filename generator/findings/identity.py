"""One company under two ids: the same domain, or nearly the same name.

The cost grows in proportion to the inventory (and to the sorting of it): a name is compared with
its neighbors in three alphabets alone, not with every other name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from generator.findings.rule import Finding, about, rule
from generator.model import Partner, Playbook
from generator.problems import Code, define_warning

SAME_DOMAIN = define_warning(
    "same-domain",
    "Two partners with one domain",
    meaning="Two partner ids carry the same internet domain, so they may be one company that is counted twice.",
    mend="If it is one company, use one id in both places and keep the old one under formerly:. If one belongs to the "
    "other, write the other's id after parent:.",
)
SIMILAR_NAME = define_warning(
    "similar-name",
    "Two partners with nearly the same name",
    meaning="The names of two partner ids are nearly the same, so they may be one company that is counted twice. Case, "
    "punctuation, word order and legal forms such as Inc or GmbH make no difference; numbers do.",
    mend="If it is one company, use one id in both places and keep the old one under formerly:. If one belongs to the "
    "other, write the other's id after parent:. If the two have nothing to do with each other, write each one's "
    "domain, and make the names easier to tell apart.",
)

# Words that say what kind of company it is, not which one.
LEGAL_FORMS = frozenset(
    """ab ag as bv co company corp corporation group gmbh holding inc incorporated kg limited llc llp ltd nv oy plc pte
    pty sa sarl se spa srl the""".split()  # noqa: SIM905 - a list of quoted words is harder to read
)
NEIGHBORS = 6
"""How many names before it, in each alphabet, a name is compared with."""


@rule
def same_domain(playbook: Playbook) -> Iterator[Finding]:
    """A partner whose domain an earlier one has; one finding for it, however many there are."""
    by_domain: dict[str, list[Partner]] = {}
    for partner in _in_order_of_entries(playbook):
        if not partner.domain:
            continue
        earlier = by_domain.setdefault(_domain(partner), [])
        twin = next((other for other in earlier if not _related(partner, other)), None)
        if twin is not None:
            message = f"{partner.name} has the same domain as {twin.name} ({twin.id}): {partner.domain}"
            yield _duplicate(partner, twin, SAME_DOMAIN, message, "domain")
        earlier.append(partner)


@rule
def similar_name(playbook: Playbook) -> Iterator[Finding]:
    """A partner with nearly the name of an earlier one; one finding for it, with the nearest name."""
    names = [name for name in map(_Name.of, _in_order_of_entries(playbook)) if name.plain]
    threshold = playbook.settings.thresholds.similar_name
    told_by_domain = SAME_DOMAIN.slug not in playbook.settings.off
    best: dict[int, tuple[float, int]] = {}
    for earlier, later in neighbors(names):
        one, other = names[earlier], names[later]
        if _related(one.partner, other.partner) or (told_by_domain and _domains_agree(one.partner, other.partner)):
            continue
        likeness = _likeness(one, other, threshold)
        # The nearest one; of two equally near the first.
        if likeness >= threshold:
            best[later] = max(best.get(later, (-1.0, 0)), (likeness, -earlier))
    for later, (_, negative) in best.items():
        partner, twin = names[later].partner, names[-negative].partner
        message = f"the name {partner.name!r} is nearly the same as {twin.name!r} ({twin.id})"
        yield _duplicate(partner, twin, SIMILAR_NAME, message, "name")


def _duplicate(partner: Partner, twin: Partner, code: Code, message: str, field_name: str) -> Finding:
    hint = f"if they are one company, use the id {twin.id!r} and keep formerly: [{partner.id}]"
    entries = partner.current
    entry = next((r for r in entries if field_name in r.place.children), entries[0])
    place = entry.place.at(field_name if field_name in entry.place.children else "id")
    return about(entry, code, message, place, hint)


def _in_order_of_entries(playbook: Playbook) -> list[Partner]:
    """The partners with a current relationship, by the place of the first of them."""

    def key(partner: Partner) -> tuple[str, int, int, str]:
        place = partner.current[0].place
        return place.file, place.line, place.column, partner.id

    return sorted((p for p in playbook.partners.values() if p.current), key=key)


def _related(one: Partner, other: Partner) -> bool:
    """Whether one of the two is recorded as the parent of the other."""
    return one.parent in (other.id, other.name) or other.parent in (one.id, one.name)


def _domain(partner: Partner) -> str:
    return partner.domain.casefold().removeprefix("www.")


def _domains_agree(one: Partner, other: Partner) -> bool:
    return bool(one.domain) and _domain(one) == _domain(other)


# --- names --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Name:
    """A partner's name, boiled down: `plain` in its own word order, `sorted` in alphabetical order."""

    partner: Partner
    plain: str
    sorted: str
    numbers: tuple[str, ...]
    letters: frozenset[str] = field(repr=False)

    @classmethod
    def of(cls, partner: Partner) -> _Name:
        decomposed = unicodedata.normalize("NFKD", partner.name)
        bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
        # An ampersand is a word; a point or an apostrophe inside one is not a gap (S.A., O'Neill).
        words = re.findall(r"[^\W_]+", re.sub(r"(?<=\w)[.'’](?=\w)", "", bare.replace("&", " and ")))
        words = [word for word in words if word not in LEGAL_FORMS] or words
        numbers = tuple(sorted(re.findall(r"\d+", " ".join(words))))
        return cls(partner, "".join(words), "".join(sorted(words)), numbers, frozenset("".join(words)))


def neighbors(names: Sequence[_Name]) -> Iterable[tuple[int, int]]:
    """The pairs worth comparing, each once, as indexes: the smaller one first.

    Names that are nearly the same stand close together when sorted from the front, unless they
    differ there; then they do from the back; if not, their words are in another order.
    """
    pairs: dict[tuple[int, int], None] = {}
    alphabets = ([n.plain for n in names], [n.plain[::-1] for n in names], [n.sorted for n in names])
    for alphabet in alphabets:
        ordered = sorted(range(len(names)), key=alphabet.__getitem__)
        for position, index in enumerate(ordered):
            for other in ordered[max(0, position - NEIGHBORS) : position]:
                pairs[min(index, other), max(index, other)] = None
    return pairs


def _likeness(one: _Name, other: _Name, threshold: float) -> float:
    """From 0 to 1; 0 also where it is certain to be under the threshold.  Names with different
    numbers are names of different things."""
    if one.numbers != other.numbers:
        return 0
    # What only one of the two has cannot match: that settles most pairs without difflib.
    length = len(one.plain) + len(other.plain)
    unmatched = max(len(one.letters ^ other.letters), abs(len(one.plain) - len(other.plain)))
    if 1 - unmatched / length < threshold:
        return 0
    return max(
        SequenceMatcher(None, one.plain, other.plain, autojunk=False).ratio(),
        SequenceMatcher(None, one.sorted, other.sorted, autojunk=False).ratio(),
    )
