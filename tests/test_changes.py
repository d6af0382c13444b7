"""What a change of the inventory is called: two small inventories, and the sentences that tell them apart."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from generator.compare import ChangeKind, changes_between
from generator.model import End, Entry, Partner
from tests.kit import World

PEOPLE = "people:\n  - {id: ann, name: Ann Lee}\n  - {id: bob, name: Bob Ray}\n"
SALES = "  - id: sales\n    name: Sales\n    partners:\n"
CLOUD = "  - id: cloud\n    name: Cloud\n    partners:\n"
ACME = "      - {id: acme, name: Acme, types: [agent], owner: ann}\n"
BIRCH = "      - {id: birch, name: Birch, types: [shop], owner: null}\n"


def inventory(sales: str = "", cloud: str = "") -> str:
    lists = [head + entries for head, entries in ((SALES, sales), (CLOUD, cloud or "      []\n"))]
    return "departments:\n" + "".join(lists)


def told(world: World, before: str, after: str) -> list[str]:
    old = world(partners=before, people=PEOPLE)
    return [str(change) for change in changes_between(old, world(partners=after, people=PEOPLE))]


def edited(entry: str, **fields: str) -> str:
    """The entry with these fields, in place of its own of that name."""
    for name, value in fields.items():
        plain = {"owner": "owner: ann", "types": "types: [agent]", "name": "name: Acme", "id": "id: acme"}.get(name)
        entry = entry.replace(plain, f"{name}: {value}") if plain else entry.replace("}\n", f", {name}: {value}}}\n")
    return entry


def test_nothing_changed(world: World) -> None:
    """The same inventory, however it is laid out, has no changes."""
    playbook = world(partners=inventory(ACME + BIRCH), people=PEOPLE)

    assert changes_between(playbook, playbook) == ()
    assert told(world, inventory(ACME + BIRCH), inventory(BIRCH + ACME)) == []


def test_a_partner_comes(world: World) -> None:
    """It is said where, as what and whose."""
    assert told(world, inventory(ACME), inventory(ACME + BIRCH)) == [
        "Birch is new in Sales, as Shop, with no owner yet"
    ]
    assert told(world, inventory(BIRCH), inventory(BIRCH, ACME)) == ["Acme is new in Cloud, as Agent, owned by Ann Lee"]


def test_a_partner_goes(world: World) -> None:
    """Taken out of the data, it is not said to have ended: nobody recorded that."""
    assert told(world, inventory(ACME + BIRCH), inventory(BIRCH)) == ["Acme is no longer in the inventory"]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ({}, {"status": "ended"}, "Acme has ended in Sales"),
        ({"status": "prospect"}, {"status": "active"}, "Acme has the status active instead of prospect in Sales"),
        ({}, {"owner": "bob"}, "Acme is owned by Bob Ray instead of Ann Lee in Sales"),
        ({}, {"owner": "null"}, "Acme has no owner in Sales any more; it was Ann Lee"),
        ({"owner": "null"}, {}, "Acme is owned by Ann Lee instead of nobody in Sales"),
        ({}, {"types": "[agent, shop]"}, "Acme counts as Shop, too, in Sales"),
        ({"types": "[agent, shop]"}, {}, "Acme no longer counts as Shop in Sales"),
        ({}, {"mode": "light"}, "Acme is managed by Light instead of Regular, as Agent in Sales"),
        ({}, {"types": "[shop, ally]"}, "Acme counts as Shop and Ally instead of Agent in Sales"),
        ({}, {"name": "Acme Ltd"}, "Acme Ltd was called Acme before"),
        ({}, {"domain": "acme.example"}, "Acme has new details: web site (acme.example)"),
        ({}, {"parent": "Big"}, "Acme has new details: the company that it belongs to (Big)"),
        ({}, {"reviewed": "{date: 2026-05-01, by: bob}"}, "Acme was reviewed in Sales on 2026-05-01 by Bob Ray"),
        ({}, {"regions": "[EMEA]"}, "Acme has new details in Sales: regions (EMEA added)"),
        ({"tier": "Gold"}, {"tier": "Silver"}, "Acme has new details in Sales: tier (Silver instead of Gold)"),
        ({"tier": "Gold"}, {}, "Acme has new details in Sales: tier (no longer Gold)"),
        (
            {"agreements": "[{kind: contract, ref: C-1}, {kind: contract, ref: C-2}]"},
            {"agreements": "[{kind: contract, ref: C-2}, {kind: program, ends: 2027-01-31}]"},
            "Acme has other agreements in Sales: program until 2027-01-31 added, contract C-1 removed",
        ),
    ],
)
def test_an_entry_changes(world: World, old: dict[str, str], new: dict[str, str], sentence: str) -> None:
    """Each fact has its own sentence, with what was before where that says more."""
    before, after = inventory(edited(ACME, **old) + BIRCH), inventory(edited(ACME, **new) + BIRCH)

    assert told(world, before, after) == [sentence]


def test_every_field_of_an_entry_is_watched(world: World) -> None:
    """No recorded fact can change without a word."""
    playbook = world(partners=inventory(ACME), people=PEOPLE)
    partner = playbook.partners["acme"]
    entry = partner.entries[0]

    def changed(new: Partner) -> bool:
        return bool(changes_between(playbook, replace(playbook, partners={new.id: new})))

    other: dict[str, Any] = {
        "department": "cloud", "relationships": (replace(entry.relationships[0], mode="light"),), "owner": "bob",
        "status": "dormant", "lead": True, "end": End(date(2026, 5, 1), "x"),
    }  # fmt: skip
    for field in fields(Entry):
        # What an entry says of the company is watched where the partner says it.
        if field.name not in ("place", "partner", "reviewed", "agreements", "custom", "company"):
            value = other.get(field.name, "x")
            facts: dict[str, Any] = {field.name: value}
            assert changed(replace(partner, entries=(replace(entry, **facts),))), field.name
    for field in fields(Partner):
        if field.name in ("name", "domain", "parent"):
            other = {field.name: "x"}
            assert changed(replace(partner, **other)), field.name


def test_an_entry_moves(world: World) -> None:
    """Gone here and come there with a type in common is one move, and what else changed is told of the new place."""
    assert told(world, inventory(BIRCH + ACME), inventory(BIRCH, edited(ACME, owner="bob"))) == [
        "Acme has moved from Sales to Cloud",
        "Acme is owned by Bob Ray instead of Ann Lee in Cloud",
    ]


def test_a_department_joins_or_leaves(world: World) -> None:
    """A second department is no move; nor is another type in another department."""
    both = inventory(ACME, ACME)

    assert told(world, inventory(ACME), both) == ["Acme is managed in Cloud, too, as Agent, owned by Ann Lee"]
    assert told(world, both, inventory(ACME)) == ["Acme is no longer recorded in Cloud"]
    assert told(world, inventory(ACME), inventory("      []\n", edited(ACME, types="[shop]", owner="null"))) == [
        "Acme is managed in Cloud now, as Shop, with no owner",
        "Acme is no longer recorded in Sales",
    ]


def test_two_entries_of_one_department_are_told_apart_by_their_types(world: World) -> None:
    """Written in another order, they are still the same two."""
    shop = edited(ACME, types="[shop]", owner="bob")

    assert told(world, inventory(ACME + shop), inventory(shop + ACME)) == []
    assert told(world, inventory(ACME + shop), inventory(shop + edited(ACME, owner="bob"))) == [
        "Acme is owned by Bob Ray instead of Ann Lee in Sales"
    ]


AGENT, SHOP = ACME, edited(ACME, types="[shop]")
BOTH = edited(ACME, types="[agent, shop]")


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        (BOTH, AGENT + SHOP, ["Acme has one entry more in Sales, as Shop, owned by Ann Lee"]),
        (AGENT + SHOP, BOTH, ["Acme has one entry less in Sales"]),
        (BOTH + edited(ACME, types="[ally]"), AGENT + edited(ACME, types="[ally, shop]"),
         ["Acme has its types divided otherwise among its entries in Sales"]),
        (AGENT, AGENT + SHOP, ["Acme has one entry more in Sales, as Shop, owned by Ann Lee"]),
        (BOTH, edited(ACME, types="[agent, ally]") + SHOP,
         ["Acme has one entry more in Sales, as Shop, owned by Ann Lee", "Acme counts as Ally, too, in Sales"]),
        (BOTH, AGENT, ["Acme no longer counts as Shop in Sales"]),
    ],
)  # fmt: skip
def test_a_type_that_stays_in_the_department_neither_comes_nor_goes(
    world: World, old: str, new: str, sentences: list[str]
) -> None:
    """Expected: of entries that are split, joined or divided otherwise that alone is said; a type that came or went is
    said as ever.
    """
    assert told(world, inventory(old), inventory(new)) == sentences


@pytest.mark.parametrize("composed", [True, False])
def test_a_name_that_reads_the_same_is_not_told_instead_of_itself(world: World, composed: bool) -> None:
    """Expected: whichever way an é is made of characters, and for a partner, an owner, and a text."""
    one, other = ("\u00e9", "e\u0301") if composed else ("e\u0301", "\u00e9")
    before, after = (
        world(
            partners=inventory(edited(ACME, name=f"Caf{letter}", owner=f"Jos{letter}", tier=f"Tr{letter}s")),
            people="people: []\n",
        )
        for letter in (one, other)
    )
    assert [change.words for change in changes_between(before, after)] == [
        f"is owned by Jos{other} (spelled otherwise) in Sales",
        "has its name spelled otherwise",
        "has new details in Sales: tier (worded otherwise)",
    ]


def test_whoever_is_listed_no_more_is_still_named(world: World) -> None:
    """Expected: said of the owner, and not of the one who is named nowhere."""
    before = world(partners=inventory(ACME), people=PEOPLE)
    after = world(partners=inventory(edited(ACME, owner="Ann Lee")), people="people: []\n")
    assert [str(change) for change in changes_between(before, after)] == [
        "Ann Lee is no longer listed among the people, but still named",
        "Bob Ray is no longer listed among the people",
    ]


def test_a_former_id_is_the_same_partner(world: World) -> None:
    """Renamed, or two records made one: nobody came and nobody went."""
    renamed = edited(ACME, id="acme-group", name="Acme Group", formerly="[acme]")
    assert told(world, inventory(ACME), inventory(renamed)) == [
        "Acme Group has the id acme-group instead of acme",
        "Acme Group was called Acme before",
    ]

    twice = ACME + "      - {id: acme-2, name: Acme, types: [shop], owner: ann}\n"
    once = edited(ACME, formerly="[acme-2]") + "      - {id: acme, types: [shop], owner: ann}\n"
    assert told(world, inventory(twice), inventory(once)) == ["Acme is one partner now; it was recorded 2 times"]


def test_changes_come_by_kind_then_name(world: World) -> None:
    """Who came first, then who went, then owners: what says most first."""
    before = inventory(ACME + BIRCH + "      - {id: cedar, name: Cedar, types: [shop], owner: ann}\n")
    after = inventory(edited(ACME, owner="bob") + "      - {id: cedar, name: cedar, types: [shop], owner: bob}\n"
                      "      - {id: elm, name: Elm, types: [shop], owner: ann}\n")  # fmt: skip
    found = changes_between(world(partners=before, people=PEOPLE), world(partners=after, people=PEOPLE))

    assert [(change.kind, change.partner, change.department) for change in found] == [
        (ChangeKind.ADDED, "elm", None),
        (ChangeKind.REMOVED, "birch", None),
        (ChangeKind.OWNER, "acme", "sales"),
        (ChangeKind.OWNER, "cedar", "sales"),
        (ChangeKind.NAME, "cedar", None),
    ]
