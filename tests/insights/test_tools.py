"""Which modes and types in use have a tool, on worlds counted by hand.

In the world, a shop and a maker are managed in the mode light, an agent in regular and an ally in close.
"""

from __future__ import annotations

from pathlib import Path

from generator.insights.tools import equipment
from tests.kit import World, inventory

TAXONOMY = (Path(__file__).parents[1] / "world" / "taxonomy.yml").read_text("utf-8")
STAGED = TAXONOMY.replace("mode: {before: light, after: light}", "mode: {before: close, after: light}")


def test_nothing_is_in_use(world: World) -> None:
    """Without an active relationship no mode and no type asks for a tool, whatever there is."""
    found = equipment(
        world(
            partners=inventory(
                "types: [shop], owner: ann, status: prospect", "types: [ally], owner: ann, status: ended"
            ),
            toolkit="tools: [{id: till, name: Till, modes: [light]}]\n",
        )
    )

    assert (dict(found.modes), dict(found.types), found.bare_modes, found.bare) == ({}, {}, (), ())
    assert (dict(found.mode_relationships), dict(found.type_relationships)) == ({}, {})


def test_no_tool_is_recorded(world: World) -> None:
    """Where no tool is recorded, everything in use is without one."""
    found = equipment(world(partners=inventory("types: [shop], owner: ann", "types: [ally], owner: ann")))

    assert found.bare_modes == ("light", "close")
    assert found.bare == ("shop", "ally")


def test_one_of_each(world: World) -> None:
    """The shop has the tool that names it and its mode's, the agent its mode's, the ally its own, the maker none."""
    found = equipment(
        world(
            taxonomy=STAGED,
            partners=inventory(
                "types: [shop], owner: ann",
                "types: [agent], owner: ann",
                "types: [ally], owner: ann",
                "types: [maker], owner: ann, offer_stage: before",
                "types: [shop], owner: bo",
            ),
            toolkit="tools:\n"
            "  - {id: desk, name: Desk, modes: [light, regular]}\n"
            "  - {id: till, name: Till, types: [shop]}\n"
            "  - {id: map, name: Map, types: [ally]}\n",
        )
    )

    assert dict(found.modes) == {"light": ("desk",), "regular": ("desk",), "close": ()}
    assert dict(found.types) == {"shop": ("till", "desk"), "agent": ("desk",), "ally": ("map",), "maker": ()}
    assert found.bare_modes == ("close",)
    assert found.bare == ("maker",)
    assert dict(found.mode_relationships) == {"light": 2, "regular": 1, "close": 2}
    assert dict(found.type_relationships) == {"shop": 2, "agent": 1, "ally": 1, "maker": 1}


def test_the_stage_decides_which_tools_a_type_has(world: World) -> None:
    """Makers after the launch have light's tool; one before it, managed in close, leaves the type with a gap."""
    toolkit = "tools: [{id: desk, name: Desk, modes: [light]}]\n"
    after = "types: [maker], owner: ann, offer_stage: after"
    before = "types: [maker], owner: ann, offer_stage: before"
    launched = equipment(world(taxonomy=STAGED, partners=inventory(after), toolkit=toolkit))
    mixed = equipment(world(taxonomy=STAGED, partners=inventory(after, before), toolkit=toolkit))

    assert (launched.bare_modes, launched.bare) == ((), ())
    assert (mixed.bare_modes, mixed.bare) == (("close",), ("maker",))
    assert dict(mixed.types) == {"maker": ("desk",)}


def test_the_mode_in_use_counts_and_not_the_expected_one(world: World) -> None:
    """A shop that is managed closely has no use for the tool of the mode that is expected of shops."""
    found = equipment(
        world(
            partners=inventory("types: [shop], owner: ann, mode: close, mode_reason: power"),
            toolkit="tools: [{id: desk, name: Desk, modes: [light]}]\n",
        )
    )

    assert dict(found.modes) == {"close": ()}
    assert found.bare == ("shop",)


def test_a_type_out_of_scope_is_no_gap_though_its_mode_is_in_use(world: World) -> None:
    """What is undecided still counts."""
    taxonomy = TAXONOMY.replace("definition: Sells in a shop.,", "definition: Sells in a shop., scope: out,")
    taxonomy = taxonomy.replace("definition: Sells for a fee.,", "definition: Sells for a fee., scope: undecided,")
    found = equipment(
        world(taxonomy=taxonomy, partners=inventory("types: [shop], owner: ann", "types: [agent], owner: ann"))
    )

    assert found.bare == ("agent",)
    assert found.bare_modes == ("light", "regular")
    assert dict(found.mode_relationships) == {"light": 1, "regular": 1}
