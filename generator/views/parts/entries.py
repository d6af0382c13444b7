"""What departments record of a partner: a column of facts for each entry, and whom to write to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.insights.health import checked
from generator.insights.reviews import days_late, next_review
from generator.insights.satisfaction import shown
from generator.markdown import Md, dressed, escape, join, link, md, span, url, verbatim
from generator.model import FIELDS, Entry, Field, Kind, Offer, OfferStatus, Playbook, Relationship
from generator.views.kit.links import Links, contact
from generator.views.kit.tables import Table
from generator.views.kit.words import NOT_RECORDED, cadence, chip, in_one_piece, initials
from generator.views.parts.tasks import summary
from generator.words import count, series

_MISSING = span("missing", escape(NOT_RECORDED))
_NOTHING = verbatim("–")
_ASKED = tuple(field for field in FIELDS if field.asked)
_EMPTY = (None, (), "")
_ASKED_BY_MODES = frozenset({"sponsor", "reviewed"})
"""Fields of which a mode may ask where an entry has none."""
_ELSEWHERE = frozenset({"backup_owner", "notes"})
"""Fields that stand in another place of the page than among the facts."""

Cells = Sequence[Md]


@dataclass(frozen=True)
class Said:
    """A text that entries say, and for which departments; `where` is empty where there is one only."""

    text: Md
    where: str


@dataclass(frozen=True)
class DeskPerson:
    """`kind` is person, or nobody where there is none or they have left."""

    name: Md
    role: str
    mail: Md
    initials: Md
    kind: Md


@dataclass(frozen=True)
class Desk:
    """A department that works with the partner, and the people to write to there."""

    department: Md
    standing: str
    contact: Md
    people: tuple[DeskPerson, ...]


def recorded(playbook: Playbook) -> frozenset[str]:
    """The fields to ask for that the company uses at all: only of these an entry can lack one."""
    used = {field.id for field in _ASKED if any(getattr(entry, field.id) for entry in playbook.entries)}
    known = {
        "regions": playbook.settings.regions,
        "offers": playbook.offers,
        "objectives": playbook.objectives,
    }
    return frozenset(used | {name for name, values in known.items() if values})


# --- the facts, side by side --------------------------------------------------------------


def facts(links: Links, entries: Sequence[Entry], used: frozenset[str]) -> tuple[Table, str]:
    """A column for each of the entries, and a row for all that any of them says; and what every entry that goes on
    lacks, of the fields that are `used`, which is empty where there is no such field.
    """
    rows = list(_rows(links, entries))
    table = Table(
        ("Fact", *_heads(links, entries)),
        tuple((escape(label), *(cell or _NOTHING for cell in cells)) for _, label, cells in rows if any(cells)),
    )
    current = [not entry.ended for entry in entries]
    if not any(current):
        return table, ""
    stages = any(links.playbook.types[kind].stage_dependent for entry in entries for kind in entry.types)
    asked = used if stages else used - {"offer_stage"}
    lacking = ["what it does for customers"] if "value" in asked and not any(entry.value for entry in entries) else []
    lacking += [
        label.lower()
        for name, label, cells in rows
        if name in asked and not any(cell for cell, goes_on in zip(cells, current, strict=False) if goes_on)
    ]
    lacking += ["agreements"] if "agreements" in asked and not any(entry.agreements for entry in entries) else []
    return table, ", ".join(lacking)


def _heads(links: Links, entries: Sequence[Entry]) -> Iterator[Md]:
    numbers: dict[str, int] = {}
    shared = len({entry.department for entry in entries}) > 1
    for entry in entries:
        numbers[entry.department] = number = numbers.get(entry.department, 0) + 1
        # A department may have two entries of one partner, of different types; no id holds two hyphens in a row.
        anchor = verbatim(f"department-{entry.department}{f'--{number}' if number > 1 else ''}")
        head = dressed(links.department(entry.department), f"pb-column #{anchor}")
        yield md("{}, leads", head) if entry.lead and shared and not entry.ended else head


def _rows(links: Links, entries: Sequence[Entry]) -> Iterator[tuple[str, str, Cells]]:
    """Each row with the field that it shows, if it shows one, and its label."""
    playbook = links.playbook
    yield "", "Status", [chip(entry.status) for entry in entries]
    # The page begins with the owners of what goes on.
    if any(entry.ended for entry in entries):
        yield "", "Owned by", [links.owner(entry.owner) for entry in entries]
    yield "", "Type", [join(", ", map(links.type, entry.types)) for entry in entries]
    yield "", "Managed by", [_managed(links, entry) for entry in entries]
    whys = [_whys(links, entry) for entry in entries]
    if any(told for told, _ in whys):
        yield "", "Why", [why for _, why in whys]
    if playbook.shows("health"):
        yield "", "Health", [summary(links, checked(playbook, entry)) if entry.active else Md("") for entry in entries]
    for field in playbook.entry_fields:
        if not _among_facts(playbook, field):
            continue
        if field.id not in _ASKED_BY_MODES and all(field.of(entry) in _EMPTY for entry in entries):
            yield field.id, field.label, ()
        else:
            yield field.id, field.label, [escape(shown_of(links, entry, field)) for entry in entries]
            if field.id == "reviewed":
                yield "", "Next review", [_next_review(playbook, entry) for entry in entries]
    yield "", "Sells through", [links.partner(entry.via) if entry.via is not None else Md("") for entry in entries]
    yield "", "Links", [join(", ", (link(one.label, url(one.url)) for one in entry.links)) for entry in entries]


def _among_facts(playbook: Playbook, field: Field) -> bool:
    return (
        field.on_page and playbook.shows_field(field.id) and field.id not in _ELSEWHERE and field.kind is not Kind.PROSE
    )


def _managed(links: Links, entry: Entry) -> Md:
    if len(entry.modes) == 1:
        return links.mode(entry.modes[0])
    return join(", ", (md("{} as {}", links.mode(one.mode), links.type(one.type)) for one in entry.relationships))


def _whys(links: Links, entry: Entry) -> tuple[bool, Md]:
    """Why it is managed so, and whether that is worth a row."""
    told = any(not one.as_expected or links.playbook.types[one.type].stage_dependent for one in entry.relationships)
    whys = [(one, _why(links, entry, one)) for one in entry.relationships]
    if len({why for _, why in whys}) == 1:
        return told, whys[0][1]
    return told, join("; ", (md("{}: {}", links.type(one.type), why) for one, why in whys))


def _why(links: Links, entry: Entry, relationship: Relationship) -> Md:
    if relationship.as_expected:
        if links.playbook.types[relationship.type].stage_dependent and entry.offer_stage is not None:
            return md("expected at the stage {}", links.stage(entry.offer_stage))
        return escape("expected for this type")
    expected = links.mode(relationship.expected_mode)
    if entry.mode_reason is not None:
        return md("instead of {} because of {}", expected, links.factor(entry.mode_reason))
    if not links.playbook.shows_field("mode_reason"):
        return md("instead of {}", expected)
    return md("instead of {}; no reason recorded", expected)


def shown_of(links: Links, entry: Entry, field: Field) -> str:
    """What the page shows of a field; empty where nothing is recorded."""
    playbook, value = links.playbook, field.of(entry)
    if field.custom:
        return links.held(field, value)
    match field.id:
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


def _no_sponsor(links: Links, entry: Entry) -> Md:
    mode = links.playbook.mode_needing_sponsor(entry)
    return md("{}; {} needs one", _MISSING, links.mode(mode.id)) if mode is not None and entry.active else Md("")


def _offer(links: Links, offer: Offer) -> Md:
    name = links.offer(offer.id)
    return name if offer.status is OfferStatus.LIVE else md("{} ({})", name, offer.status)


def _review(links: Links, entry: Entry) -> Md:
    playbook, review = links.playbook, entry.reviewed
    if review is not None:
        return md("{}, by {}", in_one_piece(review.date), links.owner(review.by))
    days = playbook.review_days(entry) if entry.active else None
    return join("", (_MISSING, f"; its mode asks for one {cadence(days)}")) if days is not None else Md("")


def _next_review(playbook: Playbook, entry: Entry) -> Md:
    due = next_review(playbook, entry) if entry.active else None
    if due is None:
        return Md("")
    late = (days_late(playbook, entry) or 0) > 0
    return md("overdue since {}", in_one_piece(due)) if late else in_one_piece(due)


def _satisfaction(playbook: Playbook, entry: Entry) -> Md:
    score = entry.satisfaction
    if score is None:
        return Md("")
    answers = count(score.n, "answer")
    if not shown(playbook, score):
        least = playbook.settings.thresholds.satisfaction_min_n
        enough = count(least, "answer")
        return md("not shown: {} on {}, and a score is shown from {} on", answers, in_one_piece(score.date), enough)
    return md("{} of {}, from {} on {}", f"{score.score:g}", f"{score.scale:g}", answers, in_one_piece(score.date))


# --- what is said in sentences ------------------------------------------------------------


def values(links: Links, entries: Sequence[Entry]) -> tuple[Said, ...]:
    """What it does for customers, as departments put it."""
    return _said(links, entries, ((entry, escape(entry.value)) for entry in entries))


def notes(links: Links, entries: Sequence[Entry]) -> tuple[Said, ...]:
    """The notes of the entries, and what they say at length in fields of the company's own."""
    playbook = links.playbook
    texts = [(entry, escape(entry.notes)) for entry in entries]
    for field in playbook.entry_fields:
        if field.kind is Kind.PROSE and field.on_page and playbook.shows_field(field.id):
            texts += [
                (entry, md("**{}:** {}", field.label, text))
                for entry in entries
                if (text := shown_of(links, entry, field))
            ]
    return _said(links, entries, texts)


def _said(links: Links, entries: Sequence[Entry], texts: Iterable[tuple[Entry, Md]]) -> tuple[Said, ...]:
    """Each text once."""
    several = len({entry.department for entry in entries}) > 1
    by_text: dict[Md, list[Entry]] = {}
    for entry, text in texts:
        if text:
            by_text.setdefault(text, []).append(entry)

    def where(saying: Sequence[Entry]) -> str:
        names = dict.fromkeys(links.playbook.departments[entry.department].name for entry in saying)
        return f"for {series(names)}" if several else ""

    return tuple(Said(text, where(saying)) for text, saying in by_text.items())


# --- whom to write to ---------------------------------------------------------------------


def desks(links: Links, entries: Sequence[Entry], used: frozenset[str]) -> tuple[Desk, ...]:
    """Each department that works with the partner today: its address, the owner, and who stands in."""
    playbook = links.playbook
    by_department: dict[str, list[Entry]] = {}
    for entry in entries:
        if not entry.ended:
            by_department.setdefault(entry.department, []).append(entry)
    return tuple(
        Desk(
            department=links.department(department),
            standing="leads" if len(by_department) > 1 and any(entry.lead for entry in managed) else "",
            contact=contact(playbook.departments[department].contact),
            people=tuple(_people(links, managed, backups="backup_owner" in used)),
        )
        for department, managed in by_department.items()
    )


def _people(links: Links, entries: Sequence[Entry], *, backups: bool) -> Iterator[DeskPerson]:
    roles: Mapping[str, Iterable[str | None]] = {
        "owner": dict.fromkeys(entry.owner for entry in entries),
        "backup": dict.fromkeys(entry.backup_owner for entry in entries) if backups else (),
    }
    for role, people in roles.items():
        for person in people:
            yield _person(links, person, role)


def _person(links: Links, person: str | None, role: str) -> DeskPerson:
    playbook = links.playbook
    if person is None:
        return DeskPerson(span("missing", escape("nobody yet")), role, Md(""), _NOTHING, verbatim("nobody"))
    listed = playbook.people.get(person)
    here = listed is None or listed.active
    return DeskPerson(
        name=links.owner(person),
        role=role,
        mail=contact(listed.email) if listed is not None and here else Md(""),
        initials=initials(playbook.person_name(person)),
        kind=verbatim("person" if here else "nobody"),
    )
