"""Whether an entry is tied to where, what and why."""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings.rule import Finding, Rule, about, active, name_of
from generator.insights.alignment import names_none
from generator.model import OfferStatus, Playbook
from generator.problems import define_warning

NO_REGION = define_warning(
    "no-region",
    "No region is recorded",
    meaning="The company works by region, and the entry names none. Such a partner never counts as coverage.",
    fix="Add regions: with the regions in which this partner works with us.",
)
NO_OFFER = define_warning(
    "no-offer",
    "No offer is recorded",
    meaning="The entry does not say which of our offers the partner is for. Such a partner never counts as coverage.",
    fix="Add offers: with the ids of the offers from portfolio.yml.",
)
NO_OBJECTIVE = define_warning(
    "no-objective",
    "No objective is recorded",
    meaning="The entry does not say which business objective the relationship serves.",
    fix="Add objectives: with the ids from strategy.yml. If it serves none, ask whether to keep it as it is.",
)
RETIRED_OFFER = define_warning(
    "retired-offer",
    "Tied to retired offers only",
    meaning="Every offer that the entry names has been retired.",
    fix="Name the offers that the partner is for today, or end the relationship.",
)


def _no_region(playbook: Playbook) -> Iterator[Finding]:
    for entry in active(playbook):
        if playbook.settings.regions and not entry.regions:
            yield about(entry, NO_REGION, entry.place.at("id"))


def _no_region_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    return f"{name_of(playbook, finding)} has no region", "add a line regions:"


def _no_offer(playbook: Playbook) -> Iterator[Finding]:
    for entry in active(playbook):
        if playbook.offers and not entry.offers:
            yield about(entry, NO_OFFER, entry.place.at("id"))


def _no_offer_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    return f"{name_of(playbook, finding)} is tied to no offer", "add a line offers:"


def _no_objective(playbook: Playbook) -> Iterator[Finding]:
    for entry in active(playbook):
        if names_none(playbook, entry):
            yield about(entry, NO_OBJECTIVE, entry.place.at("id"))


def _no_objective_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    return f"{name_of(playbook, finding)} serves no objective", "add a line objectives:"


def _retired_offer(playbook: Playbook) -> Iterator[Finding]:
    for entry in active(playbook):
        offers = [playbook.offers[offer] for offer in entry.offers]
        if offers and all(offer.status is OfferStatus.RETIRED for offer in offers):
            yield about(entry, RETIRED_OFFER, entry.place.at("offers"), offers=entry.offers)


def _retired_offer_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    offers = ", ".join(playbook.offers[offer].name for offer in finding.values["offers"])
    message = f"{name_of(playbook, finding)} is tied to retired offers only: {offers}"
    return message, "name an offer of today, or end the relationship"


_OFFERS = frozenset({"offers"})
RULES = (
    Rule(NO_REGION, _no_region, _no_region_words, rests_on=frozenset({"regions"})),
    Rule(NO_OFFER, _no_offer, _no_offer_words, rests_on=_OFFERS),
    Rule(NO_OBJECTIVE, _no_objective, _no_objective_words, rests_on=frozenset({"objectives"})),
    Rule(RETIRED_OFFER, _retired_offer, _retired_offer_words, rests_on=_OFFERS),
)
