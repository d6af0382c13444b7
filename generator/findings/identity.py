"""One company under two ids: the same domain, or nearly the same name."""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings.rule import Finding, Rule, about, name_of
from generator.insights.hosts import shared
from generator.insights.names import CompanyName, likeness, may_be_alike, neighbors
from generator.model import Partner, Playbook
from generator.problems import Code, Place, define_warning

SAME_DOMAIN = define_warning(
    "same-domain",
    "Two partners with one domain",
    meaning="Two partner ids carry the same internet domain, so they may be one company that is counted twice.",
    fix="If it is one company, use one id in both places and keep the old one under formerly:. If one belongs to the "
    "other, write the other's id after parent:.",
)
SIMILAR_NAME = define_warning(
    "similar-name",
    "Two partners with nearly the same name",
    meaning="The names of two partner ids are nearly the same, so they may be one company that is counted twice. Case, "
    "punctuation, word order and legal forms such as Inc or GmbH make no difference; numbers do.",
    fix="If it is one company, use one id in both places and keep the old one under formerly:. If one belongs to the "
    "other, write the other's id after parent:. If the two have nothing to do with each other, write each one's "
    "domain, and make the names easier to tell apart.",
)


def _same_domain(playbook: Playbook) -> Iterator[Finding]:
    """A partner whose domain an earlier one has; one finding for it, however many there are."""
    by_domain: dict[str, list[Partner]] = {}
    for partner in _in_order_of_entries(playbook):
        if not partner.domain or shared(partner.domain):
            continue
        earlier = by_domain.setdefault(_domain(partner), [])
        twin = next((candidate for candidate in earlier if not _related(partner, candidate)), None)
        if twin is not None:
            yield _duplicate(partner, twin, SAME_DOMAIN, "domain", domain=partner.domain)
        earlier.append(partner)


def _same_domain_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    twin, domain = playbook.partners[finding.values["twin"]], finding.values["domain"]
    message = f"{name_of(playbook, finding)} has the same domain as {twin.name} ({twin.id}): {domain}"
    return message, _use_one_id(finding)


def _similar_name(playbook: Playbook) -> Iterator[Finding]:
    """A partner with nearly the name of an earlier one; one finding for it, with the nearest name."""
    named = [(CompanyName.of(partner.name), partner) for partner in _in_order_of_entries(playbook)]
    named = [(name, partner) for name, partner in named if name.plain]
    names, partners = [name for name, _ in named], [partner for _, partner in named]
    threshold = playbook.settings.thresholds.similar_name
    domains_checked = SAME_DOMAIN.slug not in playbook.settings.off
    best: dict[int, tuple[float, int]] = {}
    for earlier, later in neighbors(names):
        if not may_be_alike(names[earlier], names[later], threshold):
            continue
        first, second = partners[earlier], partners[later]
        if _related(first, second) or (domains_checked and _domains_agree(first, second)):
            continue
        near = likeness(names[earlier], names[later], threshold)
        # The nearest one; of two equally near the first.
        if near >= threshold:
            best[later] = max(best.get(later, (-1.0, 0)), (near, -earlier))
    for later, (_, negative) in best.items():
        yield _duplicate(partners[later], partners[-negative], SIMILAR_NAME, "name")


def _similar_name_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    name, twin = name_of(playbook, finding), playbook.partners[finding.values["twin"]]
    return f"the name {name!r} is nearly the same as {twin.name!r} ({twin.id})", _use_one_id(finding)


def _duplicate(partner: Partner, twin: Partner, code: Code, field_name: str, **values: str) -> Finding:
    entries = partner.current
    entry = next((entry for entry in entries if field_name in entry.place.children), entries[0])
    place = entry.place.at(field_name if field_name in entry.place.children else "id")
    return about(entry, code, place, f"partner:{twin.id}", twin=twin.id, **values)


def _company(partner: Partner) -> tuple[object, ...]:
    """What of a partner says which company it is, and where it says so."""
    said = (tuple(name in one.place.children for name in ("name", "domain")) for one in partner.entries)
    where = tuple((one.department, one.ended, *names) for one, names in zip(partner.entries, said, strict=True))
    return partner.id, partner.name, partner.domain, partner.parent, where


def _use_one_id(finding: Finding) -> str:
    return f"if they are one company, use the id {finding.values['twin']!r} and keep formerly: [{finding.partner}]"


def _in_order_of_entries(playbook: Playbook) -> list[Partner]:
    """The partners with a current entry, by the place of the first of them."""

    def key(placed: tuple[Place, Partner]) -> tuple[str, int, int, str]:
        place, partner = placed
        return place.file, place.line, place.column, partner.id

    first = ((current[0].place, one) for one in playbook.partners.values() if (current := one.current))
    return [partner for _, partner in sorted(first, key=key)]


def _related(first: Partner, second: Partner) -> bool:
    """Whether one of the two is recorded as the parent of the other."""
    return first.parent in (second.id, second.name) or second.parent in (first.id, first.name)


def _domain(partner: Partner) -> str:
    return partner.domain.casefold().removeprefix("www.")


def _domains_agree(first: Partner, second: Partner) -> bool:
    return bool(first.domain) and _domain(first) == _domain(second) and not shared(first.domain)


_OF_COMPANY = frozenset({"domain", "parent"})
RULES = (
    Rule(SAME_DOMAIN, _same_domain, _same_domain_words, across=_company, rests_on=_OF_COMPANY),
    Rule(SIMILAR_NAME, _similar_name, _similar_name_words, across=_company, rests_on=_OF_COMPANY),
)
