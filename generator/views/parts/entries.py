"""One department's entry about a partner, as a section of the partner's page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.insights.agreements import Validity, state
from generator.insights.health import checked
from generator.insights.reviews import days_late, next_review
from generator.insights.satisfaction import shown
from generator.markdown import Md, escape, join, link, md, span, url, verbatim
from generator.model import FIELDS, Entry, Field, Offer, OfferStatus, Playbook, Relationship
from generator.views.kit.links import Links, contact
from generator.views.kit.tables import Table, table
from generator.views.kit.words import NOT_RECORDED, cadence, chip
from generator.views.parts.tasks import summary
from generator.words import count

Fact = tuple[str, Md]

_MISSING = span("missing", escape(NOT_RECORDED))
_ASKED = tuple(field for field in FIELDS if field.asked)


@dataclass(frozen=True)
class EntrySection:
    """`value` and `notes` may be empty."""

    department: Md
    anchor: Md
    status: Md
    value: Md
    relationships: Table
    facts: tuple[Fact, ...]
    agreements: Table
    notes: str


def recorded(playbook: Playbook) -> frozenset[str]:
    """The fields to ask for that the company uses at all: only of these an entry can lack one."""
    used = {field.id for field in _ASKED if any(getattr(entry, field.id) for entry in playbook.entries)}
    known = {
        "regions": playbook.settings.regions,
        "offers": playbook.offers,
        "objectives": playbook.objectives,
    }
    return frozenset(used | {name for name, values in known.items() if values})


def entry_section(links: Links, entry: Entry, used: frozenset[str], anchor: Md) -> EntrySection:
    """The section; what is missing is told only where the field is in `used` and the relationship goes on."""
    expected = frozenset() if entry.ended else used
    value = escape(entry.value)
    return EntrySection(
        department=links.department(entry.department),
        anchor=anchor,
        status=chip(entry.status),
        value=value or (md("What it does for customers: {}", _MISSING) if "value" in expected else value),
        relationships=table(
            ("Type", "Managed by", "Why"),
            (_relationship(links, entry, relationship) for relationship in entry.relationships),
        ),
        facts=tuple(_facts(links, entry, expected)),
        agreements=_agreements(links.playbook, entry),
        notes=entry.notes,
    )


def _relationship(links: Links, entry: Entry, relationship: Relationship) -> tuple[Md, Md, Md]:
    return links.type(relationship.type), links.mode(relationship.mode), _why(links, entry, relationship)


def _why(links: Links, entry: Entry, relationship: Relationship) -> Md:
    if relationship.as_expected:
        if links.playbook.types[relationship.type].stage_dependent and entry.offer_stage is not None:
            return md("expected at the stage {}", links.stage(entry.offer_stage))
        return escape("expected for this type")
    expected = links.mode(relationship.expected_mode)
    if entry.mode_reason is not None:
        return md("instead of {} because of {}", expected, links.factor(entry.mode_reason))
    if not links.playbook.shows("mode_reason"):
        return md("instead of {}", expected)
    return md("instead of {}; no reason recorded", expected)


def _facts(links: Links, entry: Entry, expected: frozenset[str]) -> Iterator[Fact]:
    playbook = links.playbook
    yield "Owner", _owner(links, entry)
    if entry.active and playbook.shows("health"):
        yield "Health", summary(links, checked(playbook, entry))
    shown = [
        (field, _shown(links, entry, field))
        for field in playbook.entry_fields
        if field.on_page and playbook.shows(field.id)
    ]
    if not any(playbook.types[type_id].stage_dependent for type_id in entry.types):
        expected -= {"offer_stage"}
    for field, text in shown:
        if text:
            yield field.label, escape(text)
    if entry.via is not None:
        yield "Sells through", links.partner(entry.via)
    if entry.links:
        yield "Links", join(", ", (link(web_link.label, url(web_link.url)) for web_link in entry.links))
    missing = [field.label for field, text in shown if field.id in expected and not text]
    if not entry.agreements and "agreements" in expected:
        missing.append("Agreements")
    if missing:
        yield NOT_RECORDED.capitalize(), span("missing", escape(", ".join(missing).lower()))


def _shown(links: Links, entry: Entry, field: Field) -> str:
    """What the page shows of a field; empty where nothing is recorded."""
    playbook, value = links.playbook, field.of(entry)
    if field.on is not None:
        return links.held(field, value)
    match field.id:
        case "backup_owner":
            return links.owner(value) if value is not None else ""
        case "sponsor":
            return links.owner(value) if value is not None else _no_sponsor(links, entry)
        case "end":
            return f"{value.date}: {value.why}" if value is not None else ""
        case "reviewed":
            return _review(links, entry)
        case "satisfaction":
            return _satisfaction(playbook, entry)
        case "offer_stage":
            return links.stage(value) if value is not None else ""
        case "offers":
            return join(", ", (_offer(links, playbook.offers[offer]) for offer in value))
        case "objectives":
            return join("; ", map(links.objective, value))
        case _:
            return join(", ", value) if field.many else str(value)


def _owner(links: Links, entry: Entry) -> Md:
    """The owner, with the address of one who is here."""
    owner = links.owner(entry.owner)
    person = links.playbook.people.get(entry.owner or "")
    if person is None or not person.active or not person.email:
        return owner
    return md("{}, {}", owner, contact(person.email))


def _no_sponsor(links: Links, entry: Entry) -> Md:
    mode = links.playbook.mode_needing_sponsor(entry)
    return md("{}; {} needs one", _MISSING, links.mode(mode.id)) if mode is not None and entry.active else Md("")


def _offer(links: Links, offer: Offer) -> Md:
    name = links.offer(offer.id)
    return name if offer.status is OfferStatus.LIVE else md("{} ({})", name, offer.status)


def _review(links: Links, entry: Entry) -> Md:
    playbook, review = links.playbook, entry.reviewed
    days = playbook.review_days(entry) if entry.active else None
    if review is None:
        return join("", (_MISSING, f"; its mode asks for one {cadence(days)}")) if days is not None else Md("")
    text = md("{}, by {}", str(review.date), links.owner(review.by))
    for label, said in (("outcome", review.outcome), ("next", review.next)):
        text = md("{}; {}: {}", text, label, said) if said else text
    due = next_review(playbook, entry) if days is not None else None
    if due is not None:
        late = (days_late(playbook, entry) or 0) > 0
        text = join("", (text, f"; overdue since {due}" if late else f"; the next is due by {due}"))
    return text


def _satisfaction(playbook: Playbook, entry: Entry) -> str:
    score = entry.satisfaction
    if score is None:
        return ""
    answers = count(score.n, "answer")
    if not shown(playbook, score):
        least = playbook.settings.thresholds.satisfaction_min_n
        return f"not shown: {answers} on {score.date}, and a score is shown from {count(least, 'answer')} on"
    return f"{score.score:g} of {score.scale:g}, from {answers} on {score.date}"


def _agreements(playbook: Playbook, entry: Entry) -> Table:
    default = playbook.settings.thresholds.agreement_notice
    states = [state(agreement, playbook.as_of, default) for agreement in entry.agreements]
    ended = (Validity.EXPIRED, Validity.IN_NOTICE)
    lasting = {
        agreement.kind for agreement, validity in zip(entry.agreements, states, strict=True) if validity not in ended
    }
    rows = [
        (
            agreement.kind,
            agreement.ref,
            str(agreement.starts) if agreement.starts is not None else "",
            str(agreement.ends) if agreement.ends is not None else escape("no end recorded"),
            _state(validity, warn=validity in ended and agreement.kind not in lasting and entry.active),
        )
        for agreement, validity in zip(entry.agreements, states, strict=True)
    ]
    return table(("Agreement", "Reference", "From", "Until", "State"), rows)


def _state(validity: Validity, *, warn: bool) -> Md:
    return span("chip chip--warning" if warn else "chip", verbatim(validity.value))
