"""What programs read beside the pages: the inventory as JSON, the guide for assistants, the feed of changes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from generator import paths
from generator.compare.changes import Change, ChangeKind, Edition
from generator.feeds import assistants, atom, inventory
from generator.findings import find
from generator.model import Playbook
from generator.schema import PUBLISHED, json_schemas
from tests import kit
from tests.kit import ROOT, World, loaded, pages_of, plain, section

ATOM = "{http://www.w3.org/2005/Atom}"

PEOPLE = """\
people:
  - {id: ann, name: Ann Lee, email: ann@example.com}
  - {id: gone, name: Gone, active: false}
  - {id: zoe, name: Zoë}
"""
PARTNERS = """\
departments:
  - id: sales
    name: Sales
    contact: sales@example.com
    lead: ann
    partners:
      - id: acme
        name: Acme
        domain: acme.example
        formerly: [ac-me]
        types: [agent, shop]
        mode: close
        mode_reason: power
        owner: ann
        sponsor: zoe
        regions: [EMEA]
        value: Sells.
        agreements: [{kind: contract, ref: C-1, starts: 2026-01-01, ends: 2026-12-31, notice_days: 60}, {kind: program}]
        reviewed: {date: 2026-05-01, by: gone}
        satisfaction: {date: 2026-05-01, score: 4.5, scale: 5, n: 2}
        links: [{label: Board, url: 'https://a.example/'}]
  - id: idle
    name: Idle
    partners:
      - {id: birch, name: Birch, types: [maker], offer_stage: before, owner: null, status: prospect}
"""


def published(playbook: Playbook) -> Any:
    return json.loads(dict(inventory.files(playbook, find(playbook)))[paths.INVENTORY]())


# --- the inventory ------------------------------------------------------------------------


def test_the_inventory_says_what_is_recorded(world: World) -> None:
    """Every fact of an entry, with people by name and with modes worked out; what nobody recorded is null or empty."""
    found = published(world(partners=PARTNERS, people=PEOPLE))
    ann = {"id": "ann", "name": "Ann Lee", "email": "ann@example.com", "active": True}

    assert (found["format"], found["as_of"], found["company"]) == (1, "2026-06-01", "Example")
    assert found["departments"][0] == {
        "id": "sales", "name": "Sales", "contact": "sales@example.com", "lead": ann, "page": "departments/sales/",
        "formerly": [],
    }  # fmt: skip
    acme, birch = found["partners"]
    (entry,) = acme.pop("entries")
    assert acme == {
        "id": "acme", "name": "Acme", "page": "partners/acme/", "domain": "acme.example", "parent": None,
        "ids": {},
        "formerly": ["ac-me"], "acquired": [], "status": "active", "custom": {},
    }  # fmt: skip
    assert entry == {
        "department": "sales", "status": "active", "end": None, "lead": False, "owner": ann, "backup_owner": None,
        "sponsor": {"id": "zoe", "name": "Zoë", "email": None, "active": True},
        "units": [{"type": "agent", "mode": "close", "expected_mode": "regular"},
                  {"type": "shop", "mode": "close", "expected_mode": "light"}],
        "offer_stage": None, "mode_reason": "power", "regions": ["EMEA"], "offers": [], "objectives": [],
        "segment": None, "tier": None, "industries": [], "certifications": [], "business_model": None,
        "value": "Sells.", "via": None,
        "agreements": [
            {"kind": "contract", "ref": "C-1", "starts": "2026-01-01", "ends": "2026-12-31", "notice_days": 60},
            {"kind": "program", "ref": None, "starts": None, "ends": None, "notice_days": None},
        ],
        "reviewed": {"date": "2026-05-01", "by": "gone", "outcome": None, "next": None},
        "links": [{"label": "Board", "url": "https://a.example/"}],
        "notes": None, "custom": {},
    }  # fmt: skip
    assert (birch["status"], birch["entries"][0]["owner"], birch["entries"][0]["offer_stage"]) == (
        "prospect",
        None,
        "before",
    )


def test_the_inventory_keeps_scores_to_itself(world: World) -> None:
    """A satisfaction score may tell what one person said: none is published."""
    text = json.dumps(published(world(partners=PARTNERS, people=PEOPLE)))

    assert "4.5" not in text
    assert '"satisfaction"' not in text


def test_the_inventory_lists_the_findings(rich: Playbook) -> None:
    """One for each finding of the site, with its partner where it is about one."""
    found = published(rich)["findings"]

    assert len(found) == len(find(rich)) > 30
    assert {one["partner"] for one in found} <= {*rich.partners, None}
    assert all(one["code"] and one["title"] and one["message"] for one in found)


@pytest.mark.parametrize("place", ["rich", "golden/data"])
def test_the_inventory_fits_its_schema(place: str) -> None:
    """The schema beside it is the committed one, describes every field, and refuses what does not fit."""
    playbook = loaded(ROOT / "tests" / place)
    files = {path: make() for path, make in inventory.files(playbook, find(playbook))}
    schema, data = json.loads(files[paths.INVENTORY_SCHEMA]), json.loads(files[paths.INVENTORY])

    assert files[paths.INVENTORY_SCHEMA] == json_schemas()[PUBLISHED]
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema, format_checker=jsonschema.FormatChecker())
    assert undescribed(data, schema, schema) == set()
    data["partners"][0]["entries"][0]["status"] = "sleeping"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema)


def undescribed(data: Any, schema: Any, root: Any) -> set[str]:
    """The fields of the data that the schema does not name."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/")[-1]]
    for one in schema.get("anyOf", ()):
        if (one.get("type") == "null") == (data is None):
            schema = root["$defs"][one["$ref"].rsplit("/")[-1]] if "$ref" in one else one
    if isinstance(data, list):
        return {name for one in data for name in undescribed(one, schema["items"], root)}
    if isinstance(data, dict):
        if "properties" not in schema and isinstance(schema.get("additionalProperties"), dict):
            return set()  # values under names that the company chooses
        named = schema["properties"]
        inner = {one for name in data if name in named for one in undescribed(data[name], named[name], root)}
        return inner | (set(data) - set(named))
    return set()


# --- the guide for assistants ---------------------------------------------------------------


def test_the_guide_lists_every_page_but_partners_and_people(rich_pages: Mapping[str, str]) -> None:
    """Every page of the taxonomy and every answer, with what it says; the others are found through their lists.

    A first day is of the same words as its department, and frames hold what other pages say.
    """
    pages = rich_pages
    guide = pages[paths.ASSISTANTS]

    assert guide.startswith("# Partner Playbook of Tidewater Controls\n\n> ")
    assert "- [System Integrator](<types/system-integrator.md>): Creates, integrates and supports solutions" in guide
    listed = {path for path in pages if path.endswith(".md") and f"(<{path}>)" in guide}
    elsewhere = re.compile(r"(partners|people|embed)/|.*/first-day\.md$")
    assert listed == {
        path
        for path, text in pages.items()
        if path.endswith(".md") and not elsewhere.match(path) and "\nredirect: " not in text
    } | {paths.PARTNERS}
    assert len(guide) < 20_000


def test_the_guide_of_nobody(world: World) -> None:
    """Without a name for the company it is simply the playbook; what editors write is no markup."""
    assert assistants.text(Playbook(as_of=date(2026, 6, 1)), []).startswith("# Partner Playbook\n")
    text = assistants.text(world(partners=PARTNERS), [assistants.Listed("types/x.md", "[x](y) <b>", "*z*\n# w")])
    assert r"- [\[x\](y) \<b\>](<types/x.md>): \*z\* \# w" in text


# --- the feed of changes --------------------------------------------------------------------


def edition(number: int, *changes: Change) -> Edition:
    return Edition(f"{number}" * 40, datetime(2026, 6, number, 12, 30, tzinfo=UTC), "Ann <Lee>", changes)


OWNER = Change(ChangeKind.OWNER, "acme", "A & <b>", "is owned by Bob instead of Ann in Sales", "sales")
GONE = Change(ChangeKind.REMOVED, "gone", "Gone", "is no longer in the inventory")


def test_the_feed(world: World) -> None:
    """An entry for each edition, newest first, titled in partner terms; ids do not change from build to build."""
    text = atom.text(world(partners=PARTNERS), [edition(9, GONE, OWNER), edition(2, OWNER)])
    feed = ElementTree.fromstring(text)

    def texts(parent: ElementTree.Element, name: str) -> list[str | None]:
        return [one.text for one in parent.findall(ATOM + name)]

    assert texts(feed, "title") == ["Partner changes, Example"]
    assert texts(feed, "updated") == ["2026-06-09T12:30:00Z"]
    first, second = feed.findall(f"{ATOM}entry")
    assert texts(first, "title") == ["Gone and A & <b>"]
    assert texts(second, "title") == ["A & <b> is owned by Bob instead of Ann in Sales"]
    assert texts(first, "content") == [
        "Gone is no longer in the inventory.\nA & <b> is owned by Bob instead of Ann in Sales."
    ]
    assert [one.text for one in feed.iter(f"{ATOM}name")] == ["Ann <Lee>"] * 2
    identities = [one.text for one in feed.iter(f"{ATOM}id")]
    assert len(set(identities)) == 3
    assert identities[1] == "urn:uuid:99999999-9999-9999-9999-999999999999"
    links = [one.attrib for one in first.findall(f"{ATOM}link")]
    assert links == [{"rel": "alternate", "href": "changes/#edition-999999999999"}]


def test_a_long_edition_has_a_short_title(world: World) -> None:
    """Three names and how many more."""
    many = [Change(ChangeKind.ADDED, f"p{n}", f"P{n}", "is new") for n in range(5)]
    feed = ElementTree.fromstring(atom.text(world(partners=PARTNERS), [edition(1, *many)]))

    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "P0, P1, P2 and 2 more"


def test_the_page_tells_the_same(world: World) -> None:
    """A sentence a partner, with the name that it had then and the way to its page of today; one that is gone is no
    link; what editors and authors wrote is text.
    """
    pages = pages_of(world(partners=PARTNERS), [edition(9, GONE, OWNER)])
    changes = pages[paths.CHANGES]

    assert "## 2026&#45;06&#45;09&#58; Gone and A &#38; &#60;b&#62; {" in changes
    assert "2 changes, by Ann &#60;Lee&#62;.\n" in changes
    assert "- Gone is no longer in the inventory.\n" in changes
    assert "- [A &#38; &#60;b&#62;](<partners/acme.md>) is owned by Bob instead of Ann in Sales.\n" in changes
    assert "{ #edition-999999999999 " in changes
    assert "[the feed of changes](<changes.atom>)" in changes
    assert 'feed: "changes.atom"' in changes
    assert paths.CHANGES_FEED in pages


def test_what_one_sentence_sums_up_is_told_by_it_alone(world: World) -> None:
    """Expected: in the feed, on the page of changes and at home; each partner's own page tells what is its own."""
    taken = Change(ChangeKind.OWNER, None, "Bob", "took over 3 partners from Ann")
    parts = [replace(OWNER, kind=ChangeKind.PART), *(Change(ChangeKind.PART, f"p{n}", f"P{n}", "x") for n in "12")]
    made = edition(1, taken, *parts)
    pages = pages_of(world(partners=PARTNERS), [made])

    assert made.about == "Bob"
    feed = ElementTree.fromstring(atom.text(world(partners=PARTNERS), [made]))
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == str(taken)
    assert feed.findtext(f"{ATOM}entry/{ATOM}content") == f"{taken}."
    assert "1 change, by Ann" in pages[paths.CHANGES]
    assert "- Bob took over 3 partners from Ann.\n" in pages[paths.CHANGES]
    for page in (pages[paths.CHANGES], section(pages[paths.HOME], "lately")):
        assert "is owned by Bob" not in page
    assert "It is owned by Bob instead of Ann in Sales" in plain(pages["partners/acme.md"])


def test_old_sentences_lead_to_the_page_of_today(world: World) -> None:
    """Expected: by a former id and by that of a company that became one with it, each with the name of then; an id that
    somebody has today is theirs.
    """
    entry = "id: acme, name: Acme, types: [shop], owner: null, formerly: [old-acme, birch]"
    today = world(partners=kit.inventory(f"{{{entry}}}", "{id: cedar, name: Cedar, types: [shop], owner: null}"))
    then = {"old-acme": "Acme", "birch": "Birch", "cedar": "Cedar Ltd", "gone": "Gone"}
    said = [Change(ChangeKind.OWNER, one, name, "is owned by Bo") for one, name in then.items()]
    pages = pages_of(today, [edition(9, *said[:2]), edition(8, *said[2:])])

    for line in (
        "- [Acme](<partners/acme.md>) is owned by Bo.\n",
        "- [Birch](<partners/acme.md>) is owned by Bo.\n",
        "- [Cedar Ltd](<partners/cedar.md>) is owned by Bo.\n",
        "- Gone is owned by Bo.\n",
    ):
        assert line in pages[paths.CHANGES]
    assert "[Birch](<partners/acme.md>) is owned by Bo" in plain(section(pages[paths.HOME], "lately"))


def test_what_is_ours_is_written_small_within_a_title() -> None:
    """Only the first word of a title is great, but for the names of partners."""
    rule, owner = (Change(ChangeKind.ADDED, None, f"The rule {name}", "is new") for name in ("Bo", "Cy"))
    partner = Change(ChangeKind.ADDED, "edge", "The Edge", "is new")

    assert edition(1, rule, owner, partner).about == "The rule Bo, the rule Cy and The Edge"
    assert edition(1, partner, rule, rule).about == "The Edge and the rule Bo"


def test_home_tells_the_latest_with_one_link_a_line(world: World) -> None:
    """The name leads to its page, or to all of that day; of many changes the first are told, and how many more."""
    rule = Change(ChangeKind.ADDED, None, "The rule Bo", "is new")
    more = [Change(ChangeKind.OWNER, "acme", "Acme", f"has {word}") for word in ("a", "b", "c", "d")]
    home = pages_of(world(partners=PARTNERS), [edition(9, GONE, *more), edition(2, rule)])[paths.HOME]
    lately = plain(section(home, "lately")).partition("What comes next")[0]
    lines = [line.strip() for line in lately.splitlines() if "2026-" in line]

    assert lines == [
        "- 2026-06-09 [Gone](<changes.md#edition-999999999999>) is no longer in the inventory",
        "- 2026-06-09 [Acme](<partners/acme.md>) has a; has b; 2 more",
        "- 2026-06-02 [The rule Bo](<changes.md#edition-222222222222>) is new",
    ]


def test_a_large_edition_leaves_room_on_the_home_page(world: World) -> None:
    """Two of its partners, and how many more, which leads to all of it; three are told one by one."""
    new = [Change(ChangeKind.ADDED, f"p{n}", f"P{n}", "is new") for n in range(5)]
    home = pages_of(world(partners=PARTNERS), [edition(9, *new), edition(8, *new[:3]), edition(7, OWNER)])[paths.HOME]
    lines = [line.strip() for line in plain(section(home, "lately")).splitlines() if "2026-06-" in line]

    assert lines[:3] == [
        "- 2026-06-09 [P0](<changes.md#edition-999999999999>) is new",
        "- 2026-06-09 [P1](<changes.md#edition-999999999999>) is new",
        "- 2026-06-09 [3 more](<changes.md#edition-999999999999>) changed, too",
    ]
    assert [line.split("](")[0] for line in lines[3:6]] == [f"- 2026-06-08 [P{n}" for n in range(3)]


def test_without_history_the_page_says_so(world: World) -> None:
    """No list, no feed, and what to do."""
    pages = pages_of(world(partners=PARTNERS))

    assert "No change of the inventory is known." in pages[paths.CHANGES]
    assert paths.CHANGES_FEED not in pages
