"""What the form of "Find a partner" knows, for its script: who may serve, in which order, why; and what is missing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from generator import paths
from generator.insights.coverage import Need, objectives_waiting
from generator.insights.shortlists import Shortlisted
from generator.model import Offer, PartnerType, Playbook, Scope, Status
from generator.views.kit.context import Context
from generator.views.kit.words import first_sentence
from generator.views.pages.directory_rows import Filter, Listing, Option
from generator.views.parts.types import by_name
from generator.words import count, series

# How it fits what is asked for; braces stand for names. The script says the same.
_COVERS, _STANDS, _IS = "covers {offer}", "{status} for {offer}", "{status}"
_IN, _UNKNOWN = " in {region}", ", no region recorded"


def fits(one: Shortlisted, offer: str, region: str | None) -> str:
    """Such as "covers Boxes in EMEA"."""
    form = _COVERS if one.entry.status is Status.ACTIVE else _STANDS
    where = "" if region is None else _IN.format(region=region) if one.covers else _UNKNOWN
    return form.format(offer=offer, status=one.entry.status) + where


def known(one: Shortlisted) -> str:
    """What speaks for it whatever is asked for: certificates and reviews; empty where nothing does."""
    entry, parts = one.entry, []
    if entry.certifications:
        parts.append(f"certified as {series(entry.certifications)}")
    if entry.reviewed is not None:
        late = "; the next review is overdue" if one.kept_up is False else ""
        parts.append(f"reviewed on {entry.reviewed.date}{late}")
    return "; ".join(parts)


def missing(need: Need) -> str:
    return f"{count(need.gap, 'partner')} missing"


def form(context: Context, listing: Listing, offers: Sequence[Offer]) -> tuple[Filter, ...]:
    """What may be asked for: jobs in plain words, offers and types that nobody serves yet among them."""
    playbook = context.playbook
    held = {choice.name: choice for choice in listing.filters if choice.offered}
    functions = (function for function in playbook.functions.values() if playbook.types_by_function[function.id])

    def kind(one: PartnerType) -> Option:
        return Option(one.id, one.name)

    wanted = (one for one in playbook.types.values() if one.scope is not Scope.OUT or playbook.partners_by_type[one.id])
    regions = dict.fromkeys([*playbook.settings.regions, *(one.value for one in _options(held.get("region")))])
    fields = (
        Filter("function", "What must be done", tuple(Option(one.id, first_sentence(one.value)) for one in functions)),
        Filter("offer", "Offer", tuple(Option(one.id, one.name) for one in offers)),
        Filter("region", "Region", tuple(Option(region, region) for region in regions)),
        Filter("industry", "Industry", tuple(_options(held.get("industry")))),
        Filter("type", "Type of partner", tuple(map(kind, by_name(wanted)))),
    )
    return tuple(field for field in fields if field.options)


def _options(choice: Filter | None) -> Iterable[Option]:
    return (option for option in (choice.options if choice else ()) if option.value != paths.NOTHING)


def script(context: Context, listing: Listing, everybody: Iterable[Shortlisted]) -> str:
    """A script that sets one variable, as the directory's rows do.

    `order` has for each of these, the best first, the place of its row among the directory's, its status as a rank, the
    place of its reasons among `known`, and whether somebody owns it.  Pages are paths of Markdown, from the directory.
    """
    playbook = context.playbook
    rows = {(id(entry), relationship.type): place for place, (entry, relationship) in enumerate(listing.rows)}
    reasons: dict[str, int] = {}
    order = [
        (
            rows[id(one.entry), one.relationship.type],
            one.standing,
            reasons.setdefault(known(one), len(reasons)),
            int(one.owned),
        )
        for one in everybody
    ]
    people = playbook.people.values() if playbook.shows("people") else ()
    owners = {entry.owner for entry, _ in context.relationships}
    facts = {
        "words": {"covers": _COVERS, "stands": _STANDS, "is": _IS, "in": _IN, "unknown": _UNKNOWN},
        "order": order,
        "known": list(reasons),
        "mails": {one.id: one.email for one in people if one.email and one.active and one.id in owners},
        "contacts": {one.id: one.contact for one in playbook.departments.values() if one.contact},
        "sold": {one.id: one.regions for one in playbook.offers.values() if one.regions},
        "gaps": list(_gaps(context)),
    }
    return f"window.playbookFinder = {json.dumps(facts, ensure_ascii=False, separators=(',', ':'))};\n"


def _named(playbook: Playbook, owner: str | None) -> str:
    if owner is None:
        return ""
    return playbook.person_name(owner) + (" (has left)" if playbook.has_left(owner) else "")


def _gaps(context: Context) -> Iterator[dict[str, object]]:
    """What offers need and do not have, and whose objectives wait for it."""
    playbook = context.playbook
    strategy = playbook.shows("alignment")
    for need in context.coverage.gaps:
        waiting = [playbook.objectives[one] for one in objectives_waiting(playbook, need)]
        kind = playbook.types[need.type]
        yield {
            "offer": need.offer,
            "type": need.type,
            "function": kind.function,
            "region": need.region or "",
            "name": kind.name,
            "page": paths.relative(paths.PARTNERS, paths.partner_type(need.type)),
            "what": f"{need.state.value}, {missing(need)}",
            "whose": [
                {
                    "owner": _named(playbook, one.owner),
                    "title": one.title,
                    "page": paths.relative(paths.PARTNERS, paths.objective(one.id)) if strategy else "",
                }
                for one in waiting
            ],
        }
