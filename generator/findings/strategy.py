"""Whether an entry is tied to where, what and why."""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings.rule import Finding, about, active, rule
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


@rule
def no_region(playbook: Playbook) -> Iterator[Finding]:
    for name, entry in active(playbook):
        if playbook.settings.regions and not entry.regions:
            message = f"{name} has no region"
            yield about(entry, NO_REGION, message, entry.place.at("id"), "add a line regions:")


@rule
def no_offer(playbook: Playbook) -> Iterator[Finding]:
    for name, entry in active(playbook):
        if playbook.offers and not entry.offers:
            message = f"{name} is tied to no offer"
            yield about(entry, NO_OFFER, message, entry.place.at("id"), "add a line offers:")


@rule
def no_objective(playbook: Playbook) -> Iterator[Finding]:
    for name, entry in active(playbook):
        if names_none(playbook, entry):
            message = f"{name} serves no objective"
            yield about(entry, NO_OBJECTIVE, message, entry.place.at("id"), "add a line objectives:")


@rule
def retired_offer(playbook: Playbook) -> Iterator[Finding]:
    for name, entry in active(playbook):
        offers = [playbook.offers[offer] for offer in entry.offers]
        if offers and all(offer.status is OfferStatus.RETIRED for offer in offers):
            message = f"{name} is tied to retired offers only: {', '.join(offer.name for offer in offers)}"
            hint = "name an offer of today, or end the relationship"
            yield about(entry, RETIRED_OFFER, message, entry.place.at("offers"), hint)
