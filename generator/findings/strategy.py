"""What a partner is for: where it works, which offers it carries, which objective it serves."""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings.rules import Finding, about, active, named, rule
from generator.model import Playbook
from generator.problems import define_warning

STAGE_BEHIND = define_warning(
    "stage-behind",
    "The stage is behind the offers",
    meaning="The entry says that the partner's own offer is not on the market yet, but it is tied to an offer of ours "
    "that is live. The stage may decide in which mode the partner is managed.",
    mend="Write the stage that is true today after offer_stage:, or correct the offers.",
)
NO_REGION = define_warning(
    "no-region",
    "No region is recorded",
    meaning="Nobody can tell where this partner works, so it never counts as covering a region.",
    mend="Add a line regions: with the regions in which the partner works for us.",
)
NO_OFFER = define_warning(
    "no-offer",
    "No offer is recorded",
    meaning="Nobody can tell for which of our offers we have this partner, so it never counts as covering one.",
    mend="Add a line offers: with the offers to which the partner contributes.",
)
NO_OBJECTIVE = define_warning(
    "no-objective",
    "No objective is recorded",
    meaning="The relationship is tied to none of the business objectives, so nobody can tell what it is for.",
    mend="Add a line objectives: with what it serves; if it serves none, ask whether it is still worth the effort.",
)
RETIRED_OFFER = define_warning(
    "retired-offer",
    "Tied to retired offers only",
    meaning="Every offer to which this partner contributes has been retired.",
    mend="Replace the offers by those to which the partner contributes today, or end the relationship.",
)


@rule
def stage_behind(playbook: Playbook) -> Iterator[Finding]:
    """A stage before launch, though one of the offers is live."""
    for entry in active(playbook):
        stage = playbook.stages.get(entry.offer_stage or "")
        live = [playbook.offers[offer].name for offer in entry.offers if playbook.offers[offer].status == "live"]
        if stage is not None and stage.before_launch and live:
            partner, department = named(playbook, entry)
            message = f"{partner} is still at the stage {stage.name} in {department}, but {live[0]} is live"
            hint = "write the stage that is true today"
            if after := [s.id for s in playbook.stages.values() if not s.before_launch]:
                hint += ", for example " + " or ".join(after)
            yield about(entry, STAGE_BEHIND, message, "offer_stage", hint=hint)


@rule
def no_region(playbook: Playbook) -> Iterator[Finding]:
    """No region, where the company has a list of them."""
    if not playbook.settings.regions:
        return
    for entry in active(playbook):
        if not entry.regions:
            partner, department = named(playbook, entry)
            message = f"{partner} has no region in {department}"
            hint = "add a line regions: with some of " + ", ".join(playbook.settings.regions)
            yield about(entry, NO_REGION, message, hint=hint)


@rule
def no_offer(playbook: Playbook) -> Iterator[Finding]:
    """No offer, where offers are recorded."""
    if not playbook.offers:
        return
    for entry in active(playbook):
        if not entry.offers:
            partner, department = named(playbook, entry)
            message = f"{partner} is tied to no offer in {department}"
            yield about(entry, NO_OFFER, message, hint="add a line offers: with ids from portfolio.yml")


@rule
def no_objective(playbook: Playbook) -> Iterator[Finding]:
    """No objective, where objectives are recorded."""
    if not playbook.objectives:
        return
    for entry in active(playbook):
        if not entry.objectives:
            partner, department = named(playbook, entry)
            message = f"{partner} serves no objective in {department}"
            yield about(entry, NO_OBJECTIVE, message, hint="add a line objectives: with ids from strategy.yml")


@rule
def retired_offer(playbook: Playbook) -> Iterator[Finding]:
    """Offers, but none that is not retired."""
    for entry in active(playbook):
        offers = [playbook.offers[offer] for offer in entry.offers]
        if offers and all(offer.status == "retired" for offer in offers):
            partner, department = named(playbook, entry)
            names = ", ".join(offer.name for offer in offers)
            message = f"{partner} is tied in {department} to retired offers only: {names}"
            hint = "replace them by offers that are live or planned"
            yield about(entry, RETIRED_OFFER, message, "offers", hint=hint)
