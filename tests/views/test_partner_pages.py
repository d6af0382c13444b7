"""A partner's page beyond its facts: whom to write to, what may be said, time, changes and neighbors."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from generator import paths
from generator.compare import Change, ChangeKind, Edition
from generator.model import (
    Acquisition,
    Agreement,
    Audience,
    Department,
    Entry,
    Function,
    Logo,
    Mode,
    Offer,
    OfferStatus,
    Partner,
    PartnerType,
    Person,
    Playbook,
    Promise,
    Review,
    Satisfaction,
    Status,
)
from generator.site import Site
from generator.views.kit.links import Links
from generator.views.kit.words import initials
from generator.views.parts.neighbors import Neighborhood, shown
from generator.views.parts.over_time import over_time
from tests.kit import by_id, entry, plain, plain_pages, section

TODAY = date(2026, 3, 1)
MONTHS = range(1, 13)
BASE = Playbook(
    TODAY,
    functions=by_id(Function("build", "Build", "Makes.", mode="club"), Function("sell", "Sell", "Sells.", mode="club")),
    types=by_id(
        PartnerType("maker", "Maker", "build", "Makes things. Of wood.", {None: "club"}),
        PartnerType("shop", "Shop", "sell", "Sells things.", {None: "club"}),
    ),
    modes=by_id(Mode("club", "Club", "All.", review_every=90), Mode("solo", "Solo", "Each.")),
    people=by_id(Person("ann", "Ann Lee", "ann@x.example"), Person("bo", "Bo Ray", "bo@x.example", active=False)),
    departments=by_id(Department("north", "North", "north@x.example"), Department("south", "South")),
    offers=by_id(Offer("gate", "Gate", OfferStatus.LIVE)),
)


def held(partner: str, department: str = "north", kind: str = "maker", mode: str = "club", **more: Any) -> Entry:
    return entry(partner, department, (kind, mode, "club"), **{"owner": "ann", **more})


def world(*entries: Entry, others: tuple[Partner, ...] = (), **changed: Any) -> Playbook:
    return replace(BASE, partners=by_id(Partner("acme", "Acme & Co", entries), *others), **changed)


def acme(*entries: Entry, **changed: Any) -> str:
    return plain_pages(world(*entries, **changed))["partners/acme.md"]


# --- its logo ------------------------------------------------------------------------------


def test_a_logo_stands_in_the_place_of_the_initials() -> None:
    """Its size is said, it has no words beside the name, and no copy has it; a partner without has its initials."""
    logo = {"acme": Logo("old-acme", "webp", b"RIFF")}
    first = acme(held("acme"), logos=logo).partition("# Acme & Co\n\n")[2]
    site = Site(world(held("acme"), logos=logo))

    assert first.startswith('![](<../logos/acme.webp>){: .pb-logo width="52" height="52" } <span class="chip')
    assert "../logos" not in site.page("partners/acme.md", copies=True).copy
    assert "logos/acme.webp" in site.paths
    assert "![" not in acme(held("acme"), logos={"birch": Logo("birch", "svg", b"<svg/>")})


# --- whom to write to, and what may be said -----------------------------------------------


def test_the_people_of_each_department_stand_at_its_desk() -> None:
    """With the addresses of those who are here; that nobody stands in is seen, where others have somebody."""
    contacts = section(acme(held("acme", lead=True), held("acme", "south", owner="bo", backup_owner="ann")), "contacts")
    north, south = contacts.split("**[South]")

    assert '**{: .pb-desk }, leads <span class="pb-mail">[north@x.example](<mailto:north@x.example>)</span>' in north
    assert 'data-mono="AL" }, owner <span class="pb-mail">[ann@x.example](<mailto:ann@x.example>)</span>' in north
    assert '**<span class="missing">nobody yet</span>**{: .pb-who .pb-who--nobody data-mono="–" }, backup' in north
    assert 'Bo Ray](<../people/bo.md>) (has left)**{: .pb-who .pb-who--nobody data-mono="BR" }, owner\n' in south
    assert "bo@x.example" not in contacts


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Acme & Co", "AC"), ("acme", "AC"), ("7-Eleven", "7E"), ("«Ölmühle»", "ÖL"), ("!?", "–"), ("李小龙", "李小")],
)
def test_two_letters_stand_for_a_name(name: str, letters: str) -> None:
    """Whatever it is written in; they are no mark of Markdown, and never none."""
    assert initials(name) == letters


def test_what_holds_for_one_type_only_says_so() -> None:
    """What holds for both goes without saying; the strictest of what is said of one type wins, for that type."""
    promises = (
        Promise(types=("maker",), may=("A sample.",), never=("A date.",)),
        Promise(modes=("club",), may=("A date.", "A badge.")),
    )
    said = section(acme(held("acme"), held("acme", "south", "shop"), promises=promises), "promises")
    may, _, never = re.split(r"- \*\*(?:Ask the owner first|Never say)\*\*", said)

    assert "    - A badge.\n" in may
    assert "    - As [Maker](<../types/maker.md>):\n        - A sample.\n" in may
    assert "    - As [Shop](<../types/shop.md>):\n        - A date.\n" in may
    assert "    - As [Maker](<../types/maker.md>):\n        - A date.\n" in never


def test_a_type_in_two_modes_is_named_with_the_mode() -> None:
    """Two departments may manage one type in two ways, and promise two things."""
    promises = (Promise(modes=("solo",), may=("A visit.",)),)
    said = section(acme(held("acme"), held("acme", "south", mode="solo"), promises=promises), "promises")

    assert "- As [Maker](<../types/maker.md>) managed by [Solo](<../modes/solo.md>):\n        - A visit.\n" in said


def test_no_promise_is_spoken_of_where_none_is_recorded_or_all_is_over() -> None:
    """A thin page is short."""
    over = acme(held("acme", status=Status.ENDED), promises=(Promise(types=("maker",), may=("A sample.",)),))

    assert "{ #promises" not in acme(held("acme")) + over


# --- what it does -------------------------------------------------------------------------


def test_the_type_is_explained_where_nobody_says_what_it_does() -> None:
    """The definition stands in place of the line, and the line is among what to add, if the company writes any."""
    other = Partner("bolt", "Bolt", (held("bolt", value="Bolts."),))
    thin = acme(held("acme"), others=(other,))

    assert "[Maker](<../types/maker.md>): Makes things. Of wood.\n" in section(thin, "does")
    assert re.search(r"^Not recorded: what it does for customers[,.]", thin, re.M)
    assert "what it does for customers" not in acme(held("acme"))


def test_two_departments_that_say_the_same_say_it_once() -> None:
    """And one alone is not named at all."""
    both = section(acme(held("acme", value="Carves."), held("acme", "south", value="Carves.")), "does")

    assert both.strip() == '- Carves. <span class="pb-where">for North and South</span>'
    assert section(acme(held("acme", value="Carves.")), "does").strip() == "- Carves."


# --- time ---------------------------------------------------------------------------------


def marks(page: str) -> dict[str, tuple[str, str, str]]:
    """Kind, begin and length of each mark, by its words."""
    pattern = r'pb-mark--(\w+) pb-mark--\w+" style="--pb-start:([\d.]+%)(?:;--pb-length:([\d.]+%))?">(.*)</span>$'
    found = re.findall(pattern, section(page, "time"), re.M)
    return {re.sub("<[^>]*>", "", text): (kind, start, length) for kind, start, length, text in found}


def test_what_was_signed_and_reviewed_stands_on_a_line_of_years() -> None:
    """From the first day of the first year to the last of the last one, today among them."""
    full = held(
        "acme",
        agreements=(
            Agreement("deed", "D-1", date(2025, 1, 1), date(2025, 12, 31)),
            Agreement("deed", "D-2", date(2026, 1, 1)),
            Agreement("lease", "", None, date(2026, 12, 31)),
        ),
        reviewed=Review(date(2026, 1, 1), "ann"),
        satisfaction=Satisfaction(date(2025, 7, 2), 4.5, 5, 12),
    )
    page = acme(full)

    assert re.findall(r'--pb-start:([\d.]+%)" data-year="(\w+)"', page) == [
        ("0%", "2025"),
        ("50.07%", "2026"),
        ("58.16%", "today"),
    ]
    assert marks(page) == {
        "Deed D-1, until 2025-12-31, expired": ("over", "0%", "49.93%"),
        "Deed D-2, since 2026-01-01": ("lasting", "50.07%", "49.93%"),
        "Lease, until 2026-12-31": ("lasting", "0%", "100%"),
        "Rated 4.5 of 5, 2025-07-02": ("score", "24.97%", ""),
        "Reviewed 2026-01-01": ("done", "50.07%", ""),
        "Next review by 2026-04-01": ("next", "62.41%", ""),
    }


def test_what_lasts_longer_than_the_line_goes_on_at_its_edge() -> None:
    """Five years before and after today are drawn, however old an agreement is."""
    page = acme(held("acme", agreements=(Agreement("deed", "D", date(1, 1, 1), date(9999, 12, 31)),)))

    years = re.findall(r'data-year="(\d+)"', page)
    assert (years[0], years[-1]) == ("2021", "2031")
    assert marks(page) == {"Deed D, until 9999-12-31": ("lasting", "0%", "100%")}


@pytest.mark.parametrize("today", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_calendar_has_ends(today: date) -> None:
    """There are no five years before its first, and none after its last."""
    deed = held("acme", agreements=(Agreement("deed", "D", date(1, 1, 1), date(9999, 12, 31)),))
    made = world(deed, as_of=today)
    (lane,) = over_time(Links(made, "partners/acme.md"), [deed], frozenset()).lanes

    assert [(mark.start, mark.length) for mark in lane.marks] == [("0%", "100%")]


def test_a_review_that_is_late_is_told_apart() -> None:
    """By its mark and in words."""
    found = marks(acme(held("acme", reviewed=Review(date(2025, 6, 1), "ann"))))

    assert {text: kind for text, (kind, _, _) in found.items()} == {
        "Reviewed 2025-06-01": "done",
        "Review overdue since 2025-08-30": "late",
    }


def test_an_empty_line_of_years_is_one_line() -> None:
    """Only where the company records such things, and of no partner whose time is over."""
    other = Partner("bolt", "Bolt", (held("bolt", reviewed=Review(TODAY, "ann")),))
    empty = acme(held("acme"), others=(other,))

    assert section(empty, "time").strip().startswith("Nothing yet.")
    assert "{ #time" not in acme(held("acme"))
    assert "{ #time" not in acme(held("acme", status=Status.ENDED), others=(other,))


def test_of_what_is_hidden_nothing_is_said_to_be_missing() -> None:
    """Neither in the sentence on what to add, nor in place of the years."""
    full = Partner("bolt", "Bolt", (held("bolt", reviewed=Review(TODAY, "ann"), agreements=(Agreement("deed"),)),))
    cut = replace(world(held("acme"), others=(full,)), audience=Audience("all", "All", ("agreements",)))
    page = plain_pages(cut)["partners/acme.md"]

    assert "Nothing yet." not in page
    assert "Add what you know" not in page


# --- what changed -------------------------------------------------------------------------


def happened(page: str) -> list[str]:
    return re.findall(r'^- <span class="pb-when">(.*)$', section(page, "changed").replace("</span>", ""), re.M)


def test_what_happened_is_told_the_newest_first() -> None:
    """No more than six things of two years; each last review is among them, with what came out of it."""
    deeds = tuple(
        Agreement("deed", f"D-{month}", date(2025, month, 1), date(2025, month, 20)) for month in range(1, 13)
    )
    old = Review(date(2020, 1, 1), "bo", "Goes well", "Ask for a region")

    assert happened(acme(held("acme", agreements=deeds, reviewed=old))) == [
        "2025-12-20 Deed D-12 ended",
        "2025-12-01 Deed D-12 began",
        "2025-11-20 Deed D-11 ended",
        "2025-11-01 Deed D-11 began",
        "2025-10-20 Deed D-10 ended",
        "2020-01-01 Reviewed by Bo Ray; Goes well; next: Ask for a region",
    ]


def test_whatever_has_a_day_happened_on_it() -> None:
    """What is still to come has not; the department is named where there are two."""
    score = Satisfaction(date(2026, 2, 3), 4, 5, 9)
    ahead = Agreement("deed", "D", date(2026, 9, 1), date(2027, 9, 1))
    entries = held("acme", satisfaction=score, agreements=(ahead,)), held("acme", "south", status=Status.PROSPECT)
    partner = replace(world(*entries).partners["acme"], acquired=(Acquisition("old", "Old Mill", date(2026, 2, 1)),))
    page = plain_pages(replace(BASE, partners=by_id(partner)))["partners/acme.md"]

    assert happened(page) == ["2026-02-03 Rated 4 of 5 in North, from 9 answers", "2026-02-01 Acquired Old Mill"]


def edition(day: int, partner: str, words: str) -> Edition:
    change = Change(ChangeKind.OWNER, partner, partner, words)
    return Edition(f"{day:040x}", datetime(2026, 2, day, tzinfo=UTC), "Ann", (change,))


def test_what_git_tells_of_a_partner_is_among_it() -> None:
    """The last three editions that changed it, each with the way to all of that day."""
    editions = [edition(day, "acme", f"has owner {day}") for day in range(9, 4, -1)]
    editions.append(edition(4, "bolt", "is new"))
    made = {page.path: plain(page.content) for page in Site(world(held("acme")), editions).pages()}

    told = happened(made["partners/acme.md"])
    assert [one.split(" (")[0] for one in told] == [f"2026-02-0{day} It has owner {day}" for day in (9, 8, 7)]
    assert told[0].endswith(f"([all of that day](<../changes.md#{paths.edition_anchor(editions[0].id)}>))")


def test_what_git_tells_of_former_ids_is_among_it() -> None:
    """Expected: what was told of another id names who that was; of its own id it is "It"."""
    editions = [edition(9, "acme", "has the id acme instead of acme-old"), edition(8, "acme-old", "has an owner")]
    editions += [edition(7, "bolt", "is new"), edition(6, "acme-old", "is new")]
    base = world(held("acme"))
    acme = replace(base.partners["acme"], formerly=("acme-old",), acquired=(Acquisition("bolt", "Bolt", TODAY),))
    made = {page.path: plain(page.content) for page in Site(replace(base, partners=by_id(acme)), editions).pages()}

    assert [one.split(" (")[0] for one in happened(made["partners/acme.md"]) if "2026-02" in one] == [
        "2026-02-09 It has the id acme instead of acme-old",
        "2026-02-08 acme-old has an owner",
        "2026-02-07 bolt is new",
    ]


def test_a_company_that_it_bought_is_told_once() -> None:
    """Whatever ids it had: each is kept, since links may lead to it."""
    base = world(held("acme"))
    once = tuple(Acquisition(ident, "Bolt", TODAY) for ident in ("bolt", "bolt-old", "bolt-older"))
    acme = replace(base.partners["acme"], acquired=(*once, Acquisition("zinc", "Zinc", TODAY)))
    made = {page.path: plain(page.content) for page in Site(replace(base, partners=by_id(acme))).pages()}

    told = [one for one in happened(made["partners/acme.md"]) if "Acquired" in one]
    assert told == [f"{TODAY} Acquired Bolt", f"{TODAY} Acquired Zinc"]


# --- neighbors ----------------------------------------------------------------------------


def group(page: str, of: str) -> list[str]:
    """The names under a heading of the neighbors."""
    whole = section(page, "neighbors")
    found = re.search(rf"^- \*\*Same {of}: .*\n((?:    - .*\n?)*)", whole, re.M)
    return re.findall(r"\[([^\]]+)\]", found[1]) if found else []


def test_those_of_one_type_who_share_regions_come_first() -> None:
    """Then those that follow by name, around the end of the list; nobody is named twice, and what ended is nobody."""
    others = (
        Partner("zed", "Zed", (held("zed", "south", regions=("A", "B")),)),
        Partner("yew", "Yew", (held("yew", "south", regions=("B",)),)),
        Partner("ash", "Ash", (held("ash", "south"),)),
        Partner("bay", "Bay", (held("bay", "north", "shop", offers=("gate",)),)),
        Partner("gone", "Gone", (held("gone", status=Status.ENDED),)),
        Partner("oak", "Oak", (held("oak", "south", "shop", offers=("gate",), status=Status.PROSPECT),)),
    )
    page = acme(held("acme", regions=("A", "B"), offers=("gate",)), others=others)

    assert group(page, "type") == ["Zed", "Yew", "Ash"]
    assert group(page, "department") == ["Bay"]
    assert group(page, "offer") == ["Oak"]
    assert '[Zed](<zed.md>) <span class="pb-where">A, B</span>' in page
    assert '[Oak](<oak.md>) <span class="pb-where">Sell, prospect</span>' in page
    assert "](<../landscape.md#box-maker>)" in page


def test_a_partner_alone_has_no_neighbors() -> None:
    """No heading stands over nothing."""
    assert "{ #neighbors" not in acme(held("acme"))


def test_everybody_is_somebodys_neighbor() -> None:
    """Each is given those who follow, so that the first by name do not stand on all pages."""
    names = [f"p{number:02}" for number in range(30)]
    made = plain_pages(replace(BASE, partners=by_id(*(Partner(name, name, (held(name),)) for name in names))))
    named = [one for name in names for one in group(made[f"partners/{name}.md"], "type")]

    assert {name: named.count(name) for name in names} == dict.fromkeys(names, 4)
    assert "** (30)\n" in made["partners/p07.md"]


def test_neighbors_are_found_without_looking_at_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times as many partners, four times the work, and not sixteen times: links made, and regions compared."""
    asked = 0

    def counted(of: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any) -> Any:
            nonlocal asked
            asked += 1
            return of(*given)

        return call

    monkeypatch.setattr(Neighborhood, "_following", counted(Neighborhood._following))
    monkeypatch.setattr(Links, "partner", counted(Links.partner))
    work = []
    for number in (50, 200):
        names = [f"p{number:03}" for number in range(number)]
        made = replace(BASE, partners=by_id(*(Partner(one, one, (held(one, regions=("A",)),)) for one in names)))
        neighborhood, links = Neighborhood(made), Links(made, "partners/p.md")
        asked = 0
        for partner in made.partners.values():
            assert len([shown(links, near) for near in neighborhood.of(partner)]) == 2
        work.append(asked)

    assert work[1] == 4 * work[0]
