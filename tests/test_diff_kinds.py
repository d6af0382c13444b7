"""What diff says of each kind of change, and what it must not say; the company of test_diff_laws is what changes."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.compare import for_readers
from generator.compare.difference import Difference, difference
from generator.model import Playbook
from generator.reports import differences
from tests.kit import git, inventory, run, world_in
from tests.test_diff_laws import COMPANY, listings, loaded, replaced

Edit = Callable[[dict[str, Any]], Any]


def after(edit: Edit) -> Difference:
    """What is different once the company is edited: in place, or as what the edit returns."""
    return between(lambda _: None, edit)


def between(first: Edit, second: Edit) -> Difference:
    """What is different between the company after one edit and after another one."""
    before, now = edited(first), edited(second)
    assert before is not None
    assert now is not None
    return difference(before, now)


def edited(edit: Edit) -> Playbook | None:
    data = copy.deepcopy(COMPANY)
    made = edit(data)
    return loaded(data if made is None else made)


def one(data: dict[str, Any], name: str, number: int = 0) -> dict[str, Any]:
    return listings(data)[name][number]


def set_field(name: str, field: str, value: Any, number: int = 0) -> Callable[[dict[str, Any]], None]:
    return lambda data: one(data, name, number).update({field: value})


def drop(name: str, number: int) -> Callable[[dict[str, Any]], None]:
    def edit(data: dict[str, Any]) -> None:
        del listings(data)[name][number]

    return edit


def add(name: str, /, **fields: Any) -> Callable[[dict[str, Any]], None]:
    return lambda data: listings(data)[name].append(fields)


@pytest.mark.parametrize(
    ("edit", "noticed", "details"),
    [
        (set_field("people", "active", "false"), ["Ann Lee has left"], []),
        (add("people", id="dee", name="Dee Fox", department="cloud"),
         ["Dee Fox is new among the people, in Cloud"], []),
        (set_field("people", "department", "cloud"), ["Ann Lee works in Cloud instead of Sales"], []),
        (set_field("people", "name", "Ann Roe"), ["Ann Roe was called Ann Lee before"], []),
        (set_field("people", "skills", [{"skill": "plan", "level": "5"}]), [],
         ["Ann Lee has new details: skills (Planning: level 5 instead of 3)"]),
        (set_field("departments", "name", "Field"), ["The department Field was called Sales before"], []),
        (set_field("departments", "lead", "bob"), ["The department Sales is led by Bob Ray instead of Ann Lee"], []),
        (add("departments", id="west", name="West", partners=[]),
         ["The department West is new, with no entries"], []),
        (lambda data: replaced(data, "sales", "field"),
         ["The department Sales has the id field instead of sales"], []),
        (lambda data: replaced(replaced(data, "sales", "field"), "Sales", "Field"),
         ["The department Field has the id field instead of sales",
          "The department Field was called Sales before"], []),
        (lambda data: replaced(data, "ann", "ann-lee"), ["Ann Lee has the id ann-lee instead of ann"], []),
        (set_field("types", "name", "Broker"), ["The type Broker was called Agent before"], []),
        (add("types", id="oem", name="OEM", function="make", definition="Builds.", mode="close"),
         ["The type OEM is new"], []),
        (set_field("types", "definition", "Sells much."), [],
         ["The type Agent has new details: definition (Sells much. instead of Sells.)"]),
        (set_field("functions", "mode", "close"),
         ["The type Agent is managed by Close instead of Light, in 2 relationships",
          "The type Shop is managed by Close instead of Light, in 1 relationship"],
         ["Acme is managed by Close instead of Light, as Agent in Sales",
          "Acme is managed by Close instead of Light, as Agent in Cloud",
          "Elm is managed by Close instead of Light, as Shop in Cloud",
          "Acme has new details in Cloud: how it is managed (no longer Shop: Close)",
          "Birch has new details in Sales: how it is managed (no longer Shop: Close)",
          "The function Reach has new details: mode (Close instead of Light)"]),
        (set_field("offers", "requires", [{"type": "agent", "min": "3"}, {"type": "shop", "min": "1"}]), [],
         ["The offer Gate has new details: what it needs (Agent: partners 3 instead of 2)"]),
        (set_field("offers", "status", "retired"), ["The offer Gate is retired instead of live"], []),
        (set_field("objectives", "ends", "2028-01-31"),
         ["The objective Grow has new details: ends (2028-01-31 instead of 2027-01-31)"], []),
        (set_field("settings", "tiers", ["Gold"]), [], ["The company has new details: tiers (Gold added)"]),
        (set_field("settings", "limits", {"inventory_mb": "30"}), [],
         ["The company has new details: inventory mb (30 instead of 20)"]),
        (set_field("settings", "off", ["unowned"]), [],
         ["The company has new details: findings that are off (unowned added)"]),
        (set_field("promises", "may", ["Help.", "Lend."]), [],
         ["The promise to Agent has new details: may (Lend. added)"]),
        (drop("tools", 0), ["The tool CRM is gone"], []),
        (lambda data: listings(data)["functions"].reverse(), [], ["The functions stand in another order"]),
        (set_field("partners", "domain", "new.example"), [],
         ["Acme has new details: web site (new.example instead of acme.example)"]),
    ],
)  # fmt: skip
def test_every_kind_of_change_has_its_sentence(edit: Any, noticed: list[str], details: list[str]) -> None:
    """Each is told once, and nothing besides; whether readers notice it is known."""
    found = after(edit)

    assert [str(change) for change in found.noticed] == noticed
    assert [str(change) for change in found.details] == details


REVIEW = {"date": "2026-05-01", "by": "ann", "outcome": "Strong in copper, weak in ports"}
HELD = "Acme was reviewed in Sales on"


@pytest.mark.parametrize(
    ("old", "new", "noticed", "details"),
    [
        (REVIEW, {**REVIEW, "date": "2026-05-02", "outcome": "Fine"},
         [f"{HELD} 2026-05-02 by Ann Lee; outcome: Fine"], []),
        (None, REVIEW, [f"{HELD} 2026-05-01 by Ann Lee; outcome: Strong in copper, weak in ports"], []),
        (REVIEW, {**REVIEW, "outcome": "Strong in copper; weak in ports"}, [],
         ["on 2026-05-01: outcome Strong in copper; weak in ports instead of Strong in copper, weak in ports"]),
        (REVIEW, {**REVIEW, "next": "Ask."}, [], ["on 2026-05-01: next Ask. added"]),
        (REVIEW, {name: REVIEW[name] for name in ("date", "by")}, [],
         ["on 2026-05-01: outcome no longer Strong in copper, weak in ports"]),
        (REVIEW, {**REVIEW, "by": "bob"}, [], ["on 2026-05-01: by Bob Ray instead of Ann Lee"]),
        ({"date": "2026-05-01", "by": "ann"}, {"date": "2026-04-30", "by": "ann"}, [],
         ["2026-04-30 by Ann Lee instead of 2026-05-01 by Ann Lee"]),
        ({"date": "2026-05-01", "by": "ann"}, None, [], ["no longer 2026-05-01 by Ann Lee"]),
    ],
)  # fmt: skip
def test_a_review_is_one_of_a_later_day(old: Any, new: Any, noticed: list[str], details: list[str]) -> None:
    """Expected: where the day is a later one, or the first, a review was held; whatever else differs is a detail."""
    found = between(set_field("partners", "reviewed", old), set_field("partners", "reviewed", new))

    assert [str(change) for change in found.noticed] == noticed
    assert [str(change) for change in found.details] == [
        f"Acme has new details in Sales: review ({one})" for one in details
    ]
    assert len(found.bare_reviews) == len(noticed)


NDA = {"kind": "nda", "ends": "2027-01-31"}
LINK = {"label": "L", "url": "https://elm.example/"}
WAIVER = {"partner": "acme", "until": "2026-12-31", "by": "ann", "why": "New."}
LONG = "A partner that has been with us for as long as anybody can remember, and longer, "


@pytest.mark.parametrize(
    ("name", "field", "old", "new", "said"),
    [
        ("partners", "agreements", [{**NDA, "notice_days": "180"}], [{**NDA, "notice_days": "90"}],
         "Acme has new details of agreements in Sales: nda: days of notice 90 instead of 180"),
        ("partners", "agreements", [{**NDA, "ref": "N-1"}], [{**NDA, "ref": "N-1", "starts": "2026-01-01"}],
         "Acme has new details of agreements in Sales: nda N-1: starts 2026-01-01 added"),
        ("partners", "agreements", [NDA, {**NDA, "starts": "2026-01-01"}], [{**NDA, "starts": "2026-02-01"}, NDA],
         "Acme has new details of agreements in Sales: nda: starts 2026-02-01 instead of 2026-01-01"),
        ("partners", "agreements", [NDA], [{**NDA, "ends": "2028-01-31"}, {"kind": "contract"}],
         "Acme has other agreements in Sales: nda: ends 2028-01-31 instead of 2027-01-31; contract added"),
        ("partners", "agreements", [NDA], [NDA, NDA],
         "Acme has other agreements in Sales: nda until 2027-01-31 added"),
        ("partners", "links", [LINK], [{**LINK, "url": "https://elm.example/x"}],
         "Acme has new details in Sales: links (L: address https://elm.example/x instead of https://elm.example/)"),
        ("partners", "links", [LINK], [{**LINK, "label": "M"}],
         "Acme has new details in Sales: links (M: label M instead of L)"),
        ("partners", "acquired", [{"id": "old", "name": "Old", "date": "2026-01-01"}],
         [{"id": "older", "name": "Old", "date": "2026-01-01"}],
         "Acme has new details: companies that it bought (Old: id older instead of old)"),
        ("partners", "satisfaction", {"date": "2026-05-20", "score": "4.2", "scale": "5", "n": "9"},
         {"date": "2026-05-20", "score": "4.2000001", "scale": "5", "n": "9"},
         "Acme has new details in Sales: satisfaction (on 2026-05-20: score 4.2000001 instead of 4.2)"),
        ("partners", "satisfaction", {"date": "2026-05-20", "score": "4", "scale": "5", "n": "9"},
         {"date": "2026-05-21", "score": "4.2000001", "scale": "5", "n": "9"},
         "Acme has new details in Sales: satisfaction "
         "(4.2000001 of 5 by 9 on 2026-05-21 instead of 4 of 5 by 9 on 2026-05-20)"),
        ("partners", "revenue", "1234567.5", "1234567.25",
         "Acme has new details in Sales: Revenue (1234567.25 instead of 1234567.5)"),
        ("partners", "ids", {"crm": "A-1", "erp": "7"}, {"crm": "A-2", "erp": "7"},
         "Acme has new details: its ids in other systems (crm: A-2 instead of A-1)"),
        ("offers", "requires", [{"type": "agent", "regions": ["EMEA"]}], [{"type": "agent", "regions": ["AMER"]}],
         "The offer Gate has new details: what it needs (Agent: regions AMER added, EMEA removed)"),
        ("rules", "waivers", [WAIVER], [{**WAIVER, "by": "bob"}],
         "The rule Covered has new details: waivers (Acme: by Bob Ray instead of Ann Lee)"),
        ("rules", "condition", {"sponsor": {"recorded": "true"}}, {"sponsor": {"recorded": "true"}, "lead": "true"},
         "The rule Covered has new details: what it asks (lead: yes added)"),
        ("promises", "may", [f"{LONG}helps."], [f"{LONG}lends."],
         f"The promise to Agent has new details: may ({LONG[:-1]}… worded otherwise)"),
        ("settings", "audiences", [{"id": "all", "name": "All", "hides": ["notes"]}],
         [{"id": "all", "name": "All", "hides": ["notes", "links"]}, {"id": "us", "name": "Us"}],
         "The company has new details: audiences (All: hides links added; Us added)"),
    ],
)  # fmt: skip
def test_what_is_different_about_an_item_is_named(name: str, field: str, old: Any, new: Any, said: str) -> None:
    """Expected: an item that stays is neither added nor removed: its parts that differ are said, and no others."""
    found = between(set_field(name, field, old), set_field(name, field, new))

    assert [str(change) for change in found.changes] == [said]


def test_a_custom_field_may_have_any_name() -> None:
    """Expected: texts of a field that is called as one of ours elsewhere are told as texts."""
    choices = {"label": "Needs", "on": "entry", "kind": "choices", "values": ["A", "B"]}
    for name in ("fields", "requires", "skills", "waivers"):

        def base(data: dict[str, Any], name: str = name) -> None:
            one(data, "settings")["fields"].append({"id": name, **choices})
            one(data, "partners")[name] = ["A"]

        def edit(data: dict[str, Any], name: str = name) -> None:
            base(data, name)
            one(data, "partners")[name] = ["B"]

        assert [str(change) for change in between(base, edit).changes] == [
            "Acme has new details in Sales: Needs (B added, A removed)"
        ]


def test_two_of_one_name_are_told_apart() -> None:
    """Expected: by their ids, so that nobody owns a partner instead of themselves."""
    twins = add("people", id="ann-2", name="Ann Lee")

    def edit(data: dict[str, Any]) -> None:
        twins(data)
        one(data, "partners")["owner"] = "ann-2"

    assert [str(change) for change in between(twins, edit).noticed] == [
        "Acme is owned by Ann Lee (ann-2) instead of Ann Lee (ann) in Sales"
    ]


def test_a_partner_with_a_new_id_is_told_and_nothing_else() -> None:
    """Expected: the id, not that somebody came or went, nor any of the references that follow."""

    def edit(data: dict[str, Any]) -> dict[str, Any]:
        data = replaced(data, "acme", "acme-group")
        one(data, "partners")["formerly"] = ["acme"]
        return data

    found = after(edit)
    assert [str(change) for change in found.changes] == ["Acme has the id acme-group instead of acme"]
    assert (found.findings_opened, found.findings_closed) == ((), ())


def test_a_merge_takes_nobody_away() -> None:
    """Two partners of one department become one: neither is said to be recorded no longer, nor to be called another."""

    def edit(data: dict[str, Any]) -> Any:
        sales = one(data, "departments")["partners"]
        sales.remove(sales[1])
        sales[0]["types"] = ["agent", "shop"]
        data = replaced(data, "birch", "acme")
        one(data, "partners")["formerly"] = ["birch"]
        return data

    texts = [str(change) for change in after(edit).changes]
    assert texts[0] == "Acme is one partner with Birch now"
    assert not [
        text for text in texts if "no longer recorded" in text or "was called" in text or "no longer in" in text
    ]


def test_a_merge_keeps_the_name_of_the_one_that_stays() -> None:
    """Expected: an entry of another department comes along as one more of that partner's."""

    def edit(data: dict[str, Any]) -> None:
        cloud = one(data, "departments", 1)["partners"]
        cloud[1] = {"id": "birch", "types": ["shop"], "owner": "ann", "formerly": ["elm"]}

    texts = [str(change) for change in after(edit).changes]
    assert texts[0] == "Birch is one partner with Elm now"
    assert not [text for text in texts if "was called" in text or "no longer recorded" in text]


def people_joined(data: dict[str, Any]) -> dict[str, Any]:
    """Bob becomes one with Ann."""
    listings(data)["people"].pop(1)
    one(data, "people")["formerly"] = ["bo"]
    joined: dict[str, Any] = replaced(replaced(data, "bob", "ann"), "bo", "bob")
    return joined


def test_two_people_become_one() -> None:
    """Expected: that they did, and not that the one who is named nowhere is named still."""
    assert [str(change) for change in after(people_joined).changes] == ["Bob Ray has become one with Ann Lee"]


def types_joined(data: dict[str, Any]) -> dict[str, Any]:
    """Agents become makers, which are managed closely."""
    listings(data)["types"].pop(0)
    joined: dict[str, Any] = replaced(data, "agent", "maker")
    one(joined, "types", 1).update(aliases=["agent"], mode="close")
    return joined


def test_what_changed_for_one_type_is_not_said_of_the_one_that_it_joined() -> None:
    """Expected: the agents are managed in another way, each of them named, and the makers as ever; what makers were
    confused with was Agent, and is not Maker.
    """

    def confused(data: dict[str, Any]) -> None:
        one(data, "types", 2).update(confused_with=["shop", "agent"], mode="close")

    def joined(data: dict[str, Any]) -> dict[str, Any]:
        one(data, "types", 2)["confused_with"] = ["shop"]
        return types_joined(data)

    found = between(confused, joined)
    noticed, details = ([str(change) for change in changes] for changes in (found.noticed, found.details))
    assert noticed == [
        "The type Agent is managed by Close instead of Light, in 2 relationships",
        "The type Agent has become one with Maker",
    ]
    assert details[:2] == [
        "Acme is managed by Close instead of Light, as Maker in Sales",
        "Acme is managed by Close instead of Light, as Maker in Cloud",
    ]
    assert "The type Maker has new details: what it is confused with (Agent removed)" in details


def test_a_department_with_another_id_has_moved_nobody() -> None:
    """Seven partners do not move from a department to itself."""
    found = after(lambda data: replaced(data, "cloud", "cloud-services"))

    assert [str(change) for change in found.changes] == [
        "The department Cloud has the id cloud-services instead of cloud"
    ]
    assert (found.findings_opened, found.findings_closed) == ((), ())


def test_no_finding_is_new_and_gone() -> None:
    """A partner without an owner moves; two of one domain change their places; neither makes a finding new."""

    def moved(data: dict[str, Any]) -> None:
        departments = data["partners"]["departments"]
        departments[2]["partners"].append(departments[0]["partners"].pop(2))

    twins = copy.deepcopy(COMPANY)
    one(twins, "partners", 4)["domain"] = "acme.example"
    turned = copy.deepcopy(twins)
    turned["partners"]["departments"].reverse()
    before, now = loaded(twins), loaded(turned)
    assert before is not None
    assert now is not None

    for found in (after(moved), difference(before, now)):
        opened = {(finding.code.slug, finding.partner) for finding in found.findings_opened}
        closed = {(finding.code.slug, finding.partner) for finding in found.findings_closed}
        assert not opened & closed
    assert (difference(before, now).findings_opened, difference(before, now).findings_closed) == ((), ())


def test_readers_are_told_of_details_by_name_alone() -> None:
    """The page of changes and the feed stay calm: fields of an entry in one sentence, settings and skills in none."""

    def edit(data: dict[str, Any]) -> None:
        one(data, "partners").update(tier="Gold", notes="z", owner="bob")
        one(data, "people")["email"] = "x@example.com"
        data["settings"]["tiers"] = ["Gold"]

    assert [str(change) for change in for_readers(after(edit).changes)] == [
        "Acme is owned by Bob Ray instead of Ann Lee in Sales",
        "Acme has new details in Sales: tier and notes",
    ]


def test_what_matters_comes_first() -> None:
    """Expected: what readers notice, then the work that opens, then details."""

    def edit(data: dict[str, Any]) -> None:
        one(data, "partners").update(tier="Gold", owner=None)

    text = differences.text(after(edit))
    assert [line for line in text.splitlines() if line.endswith("):")] == [
        "Changes (1):", "New findings (1):", "Details (1):"
    ]  # fmt: skip


def test_markdown_can_be_read_as_it_stands() -> None:
    """No entity is in it; places are links to both sides where these can be looked at, and plain where they cannot."""
    found = after(set_field("partners", "tier", "Gold & [Tin]"))
    plain = differences.markdown(found)
    linked = differences.markdown(found, differences.Addresses("https://x.example/a/", "https://x.example/b/"))

    assert not re.search(r"&\w*#?\w+;", plain)
    assert "- Acme has new details in Sales: tier (Gold \\& \\[Tin\\]). (partners.yml:1)\n" in plain
    assert "([partners.yml:1](https://x.example/b/partners.yml#L1)" in linked
    assert "before [partners.yml:1](https://x.example/a/partners.yml#L1))" in linked


def test_in_a_job_the_lines_are_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On GitHub and on GitLab, each side at its commit."""
    monkeypatch.chdir(tmp_path)
    world_in(tmp_path / "data")
    entry = inventory("{id: acme, name: Acme, types: [agent], owner: %s}")
    Path("data/partners.yml").write_text(entry % "ann")
    git(Path(), "init", "--quiet")
    git(Path(), "add", "--all")
    git(Path(), "commit", "--quiet", "--message=x")
    commit = git(Path(), "rev-parse", "HEAD")
    Path("data/partners.yml").write_text(entry % "bob")

    monkeypatch.setenv("GITHUB_REPOSITORY", "example/playbook")
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://github.com")
    monkeypatch.setenv("GITHUB_SHA", "f" * 40)
    shown = run("diff", "HEAD", "--format", "markdown").stdout
    assert f"(https://github.com/example/playbook/blob/{'f' * 40}/data/partners.yml#L5)" in shown
    assert f"before [partners.yml:5](https://github.com/example/playbook/blob/{commit}/data/partners.yml#L5)" in shown
    monkeypatch.delenv("GITHUB_REPOSITORY")
    monkeypatch.setenv("CI_PROJECT_URL", "https://gitlab.example/example/playbook")
    monkeypatch.setenv("CI_COMMIT_SHA", "e" * 40)
    shown = run("diff", "HEAD", "--format", "markdown").stdout
    assert f"(https://gitlab.example/example/playbook/-/blob/{'e' * 40}/data/partners.yml#L5)" in shown
