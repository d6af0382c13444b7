"""A page for each partner: who owns it and where it is managed, then all that is recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache, partial

from generator import paths
from generator.compare import Change, Edition
from generator.findings import Finding, word
from generator.markdown import Md, address, escape, join, link, md, url, verbatim
from generator.model import Entry, Partner, Playbook, Status
from generator.views.kit.context import Context
from generator.views.kit.fingerprint import fingerprint
from generator.views.kit.links import Links
from generator.views.kit.long_tables import LongTables
from generator.views.kit.tables import Table
from generator.views.kit.view import Later, Origin, View
from generator.views.kit.words import MANY, chip, initials, series
from generator.views.pages.changes import by_partner
from generator.views.parts.entries import Desk, Said, desks, facts, notes, recorded, values
from generator.views.parts.neighbors import Near, Neighborhood, Neighbors, shown
from generator.views.parts.over_time import Happening, OverTime, Told, bought, happenings, over_time
from generator.views.parts.promises import Pair, Promises, held_promises
from generator.words import count

Fact = tuple[str, Md]


@dataclass(frozen=True)
class Found:
    """A finding; `department` is empty where the partner is managed in one only."""

    title: Md
    department: Md
    message: str
    hint: str


@dataclass(frozen=True)
class Related:
    """Which partners belong to a partner, and which sell through it, by its id."""

    parents: Mapping[str, str]
    children: Mapping[str, tuple[str, ...]]
    sellers: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class About:
    """All that one partner's page is made of, besides what those of all partners are; others are ids."""

    partner: Partner
    findings: tuple[Finding, ...]
    edited: tuple[tuple[str, date, str, tuple[str, ...]], ...]
    """Of the last editions that changed it: the id, the day, its name if it had another id, and what became of it."""
    near: tuple[Near, ...]
    parent: str | None
    children: tuple[str, ...]
    sellers: tuple[str, ...]
    logo: str
    """The kind of picture; empty where there is none."""

    def named(self) -> frozenset[str]:
        """The partners that its page may name, and whatever else may be the id of one."""
        found = [self.partner.id, self.parent, *self.children, *self.sellers]
        found += [entry.via for entry in self.partner.entries]
        found += [ident for near in self.near for ident, _ in near.partners]
        for value in (value for finding in self.findings for value in finding.values.values()):
            found += value if isinstance(value, tuple | list) else (value,)
        return frozenset(one for one in found if isinstance(one, str))


class WatchedPartners(Mapping[str, Partner]):
    """All partners, which takes down whether anybody but those who are `expected` is asked for."""

    def __init__(self, partners: Mapping[str, Partner], expected: frozenset[str]) -> None:
        self._partners = partners
        self._expected = expected
        self.others = False

    def __getitem__(self, ident: str) -> Partner:
        self.others |= ident not in self._expected
        return self._partners[ident]

    def __iter__(self) -> Iterator[str]:
        self.others = True
        return iter(self._partners)

    def __len__(self) -> int:
        self.others = True
        return len(self._partners)


class _Shared:
    """What all pages are made from."""

    def __init__(self, context: Context, editions: Sequence[Edition]) -> None:
        playbook = context.playbook
        self.related = _related(playbook)
        self.promises: dict[Pair, Promises] = {}
        self.recorded = recorded(playbook)
        """The fields that the company records."""
        self.about = lru_cache(1)(self._about)  # its page is made as soon as it is known what of
        self._rest = replace(playbook, partners={}, logos={}, history=())
        self._playbook, self._findings = playbook, context.findings_by_partner
        self._neighborhood = Neighborhood(playbook)
        self._edited = by_partner(playbook, editions) if playbook.shows("changes") else {}
        self._names: dict[str, str] = {}

    def _about(self, ident: str) -> About:
        partner, logo = self._playbook.partners[ident], self._playbook.logos.get(ident)
        return About(
            partner=partner,
            findings=self._findings.get(ident, ()),
            edited=tuple(
                (edition.id, edition.moment.date(), *_told_of(ident, changes))
                for edition, changes in self._edited.get(ident, ())
            ),
            near=tuple(self._neighborhood.of(partner)),
            parent=self.related.parents.get(ident),
            children=self.related.children.get(ident, ()),
            sellers=self.related.sellers.get(ident, ()),
            logo=logo.kind if logo is not None else "",
        )

    def playbook(self, about: About) -> tuple[Playbook, WatchedPartners]:
        """The playbook of that partner's page, and what takes down which partners it was asked for."""
        asked = WatchedPartners(self._playbook.partners, about.named())
        return replace(self._rest, partners=asked), asked

    def made_of(self, ident: str) -> object:
        """All that the page is made of, where nobody else is asked for."""
        about = self.about(ident)
        partners = sorted(about.named() & self._playbook.partners.keys())
        rest = [value for name, value in vars(about).items() if name != "partner"]
        return self._named_rest, ident, rest, [self._name(one) for one in partners]

    @cached_property
    def _named_rest(self) -> str:
        return fingerprint(self._rest, self.recorded)

    def _name(self, ident: str) -> str:
        """Names all that is recorded of a partner."""
        if ident not in self._names:
            self._names[ident] = fingerprint(self._playbook.partners[ident])
        return self._names[ident]


def pages(context: Context, editions: Sequence[Edition]) -> Iterator[View | Later]:
    """A page for each partner, in the order in which editors wrote them; `editions` say what changed."""
    shared = _Shared(context, editions)
    for ident, partner in context.playbook.partners.items():
        make, origin = partial(_page, shared, ident), Origin(partner.place, partial(shared.made_of, ident))
        related = (shared.related.children, shared.related.sellers)
        many = any(len(names.get(ident, ())) > MANY for names in related)
        yield make() if many else Later(paths.partner(ident), make, origin)


@dataclass(frozen=True)
class PartnersFacts:
    """What `partner.md.j2` places; `logo` is the way to the picture, empty where there is none."""

    status: Md
    types: Md
    kind: Md
    initials: Md
    logo: Md
    opening: Md
    standing: str
    formerly: Md
    values: tuple[Said, ...]
    explained: Md
    desks: tuple[Desk, ...]
    promises: Promises
    found: str
    findings: tuple[Found, ...]
    notes: tuple[Said, ...]
    side: Md
    facts: Table
    missing: str
    adding: Md
    company: tuple[tuple[str, Md], ...]
    happenings: tuple[Happening, ...]
    time: OverTime
    neighbors: tuple[Neighbors, ...]
    landscape: Md


def _page(shared: _Shared, ident: str) -> View:
    about, used, here = shared.about(ident), shared.recorded, paths.partner(ident)
    playbook, asked = shared.playbook(about)
    partner, links, long = about.partner, Links(playbook, paths.PARTNERS), LongTables(Links(playbook, here))
    # What goes on comes first, and of that the department that leads.
    entries = sorted(partner.entries, key=lambda entry: (entry.ended, not entry.lead))
    said = values(links, entries)
    side_by_side, missing = facts(links, entries, used)
    told = (_told(links, *one) for one in about.edited)
    view = View(
        path=here,
        template="partner.md.j2",
        title=partner.name,
        description=_description(playbook, partner),
        facts=PartnersFacts(
            status=chip(partner.status),
            types=join(", ", map(links.type, partner.types)),
            kind=verbatim(partner.status),
            initials=initials(partner.name),
            logo=_logo(about),
            opening=opening(links, partner),
            standing=_standing(partner.status),
            formerly=join(" or ", partner.formerly),
            values=said,
            explained=Md("") if said else _explained(links, partner),
            desks=desks(links, entries, used),
            promises=_promises(links, partner, shared.promises),
            found=count(len(about.findings), "finding"),
            findings=tuple(_found(links, partner, finding) for finding in about.findings),
            notes=notes(links, entries),
            # Three columns of facts need the whole width.
            side=verbatim("pb-side" if len(entries) < 3 else "pb-below"),
            facts=side_by_side,
            missing=missing,
            adding=links.if_shown("Add what you know", paths.EDITORS),
            company=tuple(_company(links, long, about)),
            happenings=happenings(links, partner, told),
            time=over_time(links, entries, used),
            neighbors=tuple(shown(links, near) for near in about.near),
            landscape=_landscape(links, partner),
        ),
        place=partner.place,
        trail=(("Partners", paths.PARTNERS),),
        hide=("toc",),
        more=long.pages,
    )
    return replace(view, alone=not asked.others)


def _logo(about: About) -> Md:
    """The way from its page to its logo."""
    if not about.logo:
        return Md("")
    return address(paths.relative(paths.PARTNERS, paths.logo(about.partner.id, about.logo)))


def _landscape(links: Links, partner: Partner) -> Md:
    """The way to its first place there; what has ended has none."""
    return links.if_shown("See it in the landscape", paths.box(partner.types[0])) if partner.current else Md("")


def _explained(links: Links, partner: Partner) -> Md:
    """What its types are, where nobody says what it does."""
    types = (links.playbook.types[type_id] for type_id in partner.types[:2])
    return join(" ", (md("{}: {}", links.type(one.id), one.definition) for one in types))


def _promises(links: Links, partner: Partner, known: dict[Pair, Promises]) -> Promises:
    """What holds for it in any department; what holds for one of its types alone names that."""
    pairs = dict.fromkeys((one.type, one.mode) for entry in partner.current for one in entry.relationships)

    def named(some: Sequence[Pair]) -> Md:
        return md("As {}", join(" and ", (_as(kind, mode) for kind, mode in some)))

    def _as(kind: str, mode: str) -> Md:
        alone = sum(one == kind for one, _ in pairs) == 1
        return links.type(kind) if alone else md("{} managed by {}", links.type(kind), links.mode(mode))

    said, _ = held_promises(links, {pair: (pair,) for pair in pairs}, named, known)
    return said


def _told_of(ident: str, changes: Sequence[Change]) -> tuple[str, tuple[str, ...]]:
    """The name then of what has another id today, and what became of it."""
    name = changes[0].name if changes[0].partner != ident else ""
    return name, tuple(change.words for change in changes)


def _told(links: Links, edition: str, day: date, name: str, words: Sequence[str]) -> Told:
    whole = links.to("all of that day", f"{paths.CHANGES}#{paths.edition_anchor(edition)}")
    return day, md("{} {} ({})", name or "It", join("; ", words), whole)


def _description(playbook: Playbook, partner: Partner) -> str:
    """Search results and link previews show it, so it answers the first question at once."""
    types = ", ".join(playbook.types[type_id].name for type_id in partner.types)
    departments = ", ".join(
        playbook.departments[one].name for one in dict.fromkeys(entry.department for entry in partner.telling)
    )
    if not partner.current:
        return f"{types}. No longer a partner of {departments}."
    owners = dict.fromkeys(entry.owner for entry in partner.current if entry.owner is not None)
    names = ", ".join(map(playbook.person_name, owners)) or "nobody"
    return f"{types}. Owned by {names}; managed by {departments}."


# --- the opening --------------------------------------------------------------------------


def opening(links: Links, partner: Partner) -> Md:
    """Who owns the partner, in which departments it is managed, and which of them leads: one sentence."""
    name = md("**{}**", partner.name)
    if not partner.current:
        return md("{} is no longer a partner of {}.", name, series(map(links.department, partner.departments)))
    by_department: dict[str, list[Entry]] = {}
    for entry in sorted(partner.current, key=lambda entry: not entry.lead):
        by_department.setdefault(entry.department, []).append(entry)
    leads = [department for department, entries in by_department.items() if any(entry.lead for entry in entries)]
    first, *others = by_department
    owners, where = _owners(links, by_department[first]), links.department(first)
    if owners:
        clauses = [md("{} is owned by {} in {}", name, owners, where)]
    else:
        clauses = [md("Nobody owns {}, which is managed by {}", name, where)]
    if others:
        if leads == [first]:
            clauses = [md("{}, which leads", *clauses)]
        also = [
            md("{} (owner: {})", links.department(department), _owners(links, by_department[department]) or "nobody")
            for department in others
        ]
        clauses.append(md("{} {} it too", series(also), "manages" if len(also) == 1 else "manage"))
        if not leads:
            clauses.append(escape("none of them leads"))
        elif len(leads) > 1:
            who = (
                series(map(links.department, leads))
                if len(leads) < len(by_department)
                else escape("both" if len(by_department) == 2 else "all")
            )
            clauses.append(md("{} say that they lead", who))
    return md("{}.", join("; ", clauses))


def _owners(links: Links, entries: list[Entry]) -> Md:
    """Everybody who owns one of the relationships; empty where nobody does."""
    return series(links.owner(owner) for owner in dict.fromkeys(entry.owner for entry in entries) if owner is not None)


# --- the company and its findings ---------------------------------------------------------


def _standing(status: Status) -> str:
    match status:
        case Status.ONBOARDING:
            return "It is being onboarded."
        case Status.PROSPECT:
            return "It is a prospect: no partner yet."
        case Status.DORMANT:
            return "Nothing is going on with it at present."
        case Status.ACTIVE | Status.ENDED:
            return ""


def _related(playbook: Playbook) -> Related:
    children: dict[str, list[str]] = {}
    sellers: dict[str, list[str]] = {}
    by_name = {partner.name: partner.id for partner in playbook.partners.values()}
    parents = {}
    for partner in playbook.partners.values():
        parent = partner.parent if partner.parent in playbook.partners else by_name.get(partner.parent)
        if parent is not None and parent != partner.id:
            parents[partner.id] = parent
            children.setdefault(parent, []).append(partner.id)
        for via in dict.fromkeys(entry.via for entry in partner.current if entry.via is not None):
            sellers.setdefault(via, []).append(partner.id)

    def by_partner(related: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
        names = playbook.partners
        return {key: tuple(sorted(ids, key=lambda ident: names[ident].name.casefold())) for key, ids in related.items()}

    return Related(parents, by_partner(children), by_partner(sellers))


def _company(links: Links, long: LongTables, about: About) -> Iterator[Fact]:
    partner = about.partner

    def named(name: str, heading: str, partners: Sequence[str]) -> Md:
        return long.names(name, partners, Links.partner, lambda one: links.playbook.partners[one].name, heading=heading)

    if partner.domain:
        yield "Web site", link(partner.domain, url(f"https://{partner.domain}/"))
    for system, ident in partner.ids.items():
        known = links.playbook.settings.systems.get(system)
        if known is not None and known.address:
            yield known.name, link(ident, url(known.page(ident)))
    for field in links.playbook.partner_fields:
        if field.on_page and (text := links.held(field, field.of(partner))):
            yield field.label, text
    if partner.parent:
        yield "Belongs to", links.partner(about.parent) if about.parent is not None else escape(partner.parent)
    yield from _acquired(partner)
    if about.children:
        yield "Owns", named("owns", "owns", about.children)
    if about.sellers:
        yield "Others sell through it", named("sellers", "others sell through it", about.sellers)


def _acquired(partner: Partner) -> Iterator[Fact]:
    if partner.acquired:
        yield "Acquired", escape(", ".join(f"{one.name} ({one.date})" for one in bought(partner)))


def _found(links: Links, partner: Partner, finding: Finding) -> Found:
    problem = word(finding, links.playbook)
    shared = len(partner.departments) > 1 and finding.department is not None
    return Found(
        title=links.to(problem.code.title, paths.problem(problem.code.slug)),
        department=links.department(finding.department) if shared and finding.department else Md(""),
        message=problem.message,
        hint=problem.hint,
    )
