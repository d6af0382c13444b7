"""One company under two ids: the same domain, or nearly the same name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.findings.rule import Finding, Rule, Subject, about, name_of
from generator.insights.hosts import shared
from generator.insights.names import CompanyName, likeness, may_be_alike, neighbors
from generator.model import Partner, Playbook
from generator.problems import Code, define_warning

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
    """Each partner that shares its domain, with the first other one by id; one finding for two."""
    by_domain: dict[str, list[Partner]] = {}
    for partner in _current(playbook):
        if partner.domain and not shared(partner.domain):
            by_domain.setdefault(_domain(partner), []).append(partner)
    twins = {}
    for partners in by_domain.values():
        for partner in partners:
            others = (one for one in partners if one is not partner and not _related(partner, one))
            if (twin := next(others, None)) is not None:
                twins[partner.id] = twin.id
    for partner, twin in _each_once(playbook, twins):
        yield _duplicate(partner, twin, SAME_DOMAIN, "domain", domain=partner.domain)


def _same_domain_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    twin, domain = playbook.partners[finding.values["twin"]], finding.values["domain"]
    message = f"{name_of(playbook, finding)} has the same domain as {twin.name} ({twin.id}): {domain}"
    return message, _use_one_id(finding)


def _similar_name(playbook: Playbook) -> Iterator[Finding]:
    """Each partner with nearly the name of another one, with the nearest; one finding for two."""
    named = [(CompanyName.of(partner.name), partner) for partner in _current(playbook)]
    named = [(name, partner) for name, partner in named if name.plain]
    names, partners = [name for name, _ in named], [partner for _, partner in named]
    threshold = playbook.settings.thresholds.similar_name
    domains_checked = SAME_DOMAIN.slug not in playbook.settings.off
    best: dict[int, tuple[float, int]] = {}
    for first, second in neighbors(names):
        if not may_be_alike(names[first], names[second], threshold):
            continue
        one, other = partners[first], partners[second]
        if _related(one, other) or (domains_checked and _domains_agree(one, other)):
            continue
        near = likeness(names[first], names[second], threshold)
        if near >= threshold:
            # The nearest one; of two equally near the first.
            best[first] = max(best.get(first, (-1.0, 0)), (near, -second))
            best[second] = max(best.get(second, (-1.0, 0)), (near, -first))
    twins = {partners[one].id: partners[-negative].id for one, (_, negative) in best.items()}
    for partner, twin in _each_once(playbook, twins):
        yield _duplicate(partner, twin, SIMILAR_NAME, "name")


def _similar_name_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    name, twin = name_of(playbook, finding), playbook.partners[finding.values["twin"]]
    return f"the name {name!r} is nearly the same as {twin.name!r} ({twin.id})", _use_one_id(finding)


def _duplicate(partner: Partner, twin: Partner, code: Code, field_name: str, **values: str) -> Finding:
    entries = partner.current
    entry = next((entry for entry in entries if field_name in entry.place.children), entries[0])
    place = entry.place.at(field_name if field_name in entry.place.children else "id")
    return about(entry, code, place, f"partner:{twin.id}", twin=twin.id, **values)


def _company(partner: Partner) -> tuple[object, ...]:
    """What of a partner says which company it is, and whether it is one of today."""
    return partner.id, partner.name, partner.domain, partner.parent, bool(partner.current)


def _use_one_id(finding: Finding) -> str:
    return f"if they are one company, use the id {finding.values['twin']!r} and keep formerly: [{finding.partner}]"


def _current(playbook: Playbook) -> list[Partner]:
    """The partners with a current entry, by id: who is whose twin must not depend on the order of the files."""
    return [playbook.partners[ident] for ident in sorted(playbook.partners) if playbook.partners[ident].current]


def _each_once(playbook: Playbook, twins: Mapping[str, str]) -> Iterator[tuple[Partner, Partner]]:
    """Each partner and its twin, once for the two: it is told at the one that stands later."""

    def place(partner: Partner) -> tuple[str, int, int, str]:
        first = partner.current[0].place
        return first.file, first.line, first.column, partner.id

    for pair in dict.fromkeys(tuple(sorted(pair)) for pair in twins.items()):
        earlier, later = sorted((playbook.partners[ident] for ident in pair), key=place)
        yield later, earlier


def _related(first: Partner, second: Partner) -> bool:
    """Whether one of the two is recorded as the parent of the other."""
    return first.parent in (second.id, second.name) or second.parent in (first.id, first.name)


def _domain(partner: Partner) -> str:
    return partner.domain.casefold().removeprefix("www.")


def _domains_agree(first: Partner, second: Partner) -> bool:
    return bool(first.domain) and _domain(first) == _domain(second) and not shared(first.domain)


_OF_COMPANY = frozenset({"domain", "parent"})
RULES = (
    Rule(SAME_DOMAIN, _same_domain, _same_domain_words, across=_company, rests_on=_OF_COMPANY, subject=Subject.PAIR),
    Rule(SIMILAR_NAME, _similar_name, _similar_name_words, across=_company, rests_on=_OF_COMPANY, subject=Subject.PAIR),
)
