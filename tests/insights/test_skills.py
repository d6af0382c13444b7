"""Who holds the skills that their modes need, on worlds counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from generator.insights.skills import SkillGap, Skills, SkillStanding, skills
from generator.model import HeldSkill, Mode, Person, Playbook, Skill, frozen
from tests.kit import World, by_id, entry, inventory, partners_of

# light needs counting at 2, regular needs counting and talking (3), close needs talking alone.
TOOLKIT = """\
skills:
  - {id: counting, name: Counting, modes: [light, regular], level: 2, training: Ask Bo.}
  - {id: talking, name: Talking, modes: [regular, close], level: 3}
  - {id: singing, name: Singing, level: 1}
"""


def test_nobody_needs_a_skill(world: World) -> None:
    """Without a relationship that is active and owned by somebody who is here, nobody is assessed."""
    found = skills(
        world(
            partners=inventory(
                "types: [agent], owner: ann, status: onboarding",
                "types: [agent], owner: null",
                "types: [agent], owner: gone",
            ),
            people="people: [{id: ann, name: Ann}, {id: gone, name: Gone, active: false}]\n",
            toolkit=TOOLKIT,
        )
    )

    assert found == Skills((), (), (), frozen({}))
    assert (found.short, found.owners) == ((), 0)


def test_no_skill_is_recorded_in_the_toolkit(world: World) -> None:
    """Where no mode names a skill, nobody needs one."""
    found = skills(world(partners=inventory("types: [agent], owner: ann"), people="people: [{id: ann, name: Ann}]\n"))

    assert found.owners == 0


def test_all_unknown(world: World) -> None:
    """Nothing is known of somebody without skills; that is neither held nor lacking."""
    found = skills(
        world(
            partners=inventory("types: [shop], owner: ann", "types: [agent], owner: stranger"),
            people="people: [{id: ann, name: Ann}, {id: stranger, name: Stranger}]\n",
            toolkit=TOOLKIT,
        )
    )

    assert (found.able, found.lacking, found.unknown) == ((), (), ("ann", "stranger"))
    assert dict(found.by_skill) == {
        "counting": SkillStanding((), (), ("ann", "stranger")),
        "talking": SkillStanding((), (), ("stranger",)),
    }


def test_one_of_each(world: World) -> None:
    """Ann holds all; Bo counts too little and cannot talk; Cy is unknown; Di's mode asks for what she holds exactly."""
    found = skills(
        world(
            partners=inventory(
                "types: [agent], owner: ann",
                "types: [shop, agent], owner: bo",
                "types: [ally], owner: bo",
                "types: [shop], owner: cy",
                "types: [ally], owner: di",
            ),
            people="people:\n"
            "  - {id: ann, name: Ann, skills: [{skill: counting, level: 5}, {skill: talking, level: 3}]}\n"
            "  - {id: bo, name: Bo, skills: [{skill: counting, level: 1}]}\n"
            "  - {id: cy, name: Cy}\n"
            "  - {id: di, name: Di, skills: [{skill: talking, level: 3}]}\n",
            toolkit=TOOLKIT,
        )
    )

    assert found.able == ("ann", "di")
    assert found.lacking == (
        SkillGap("bo", "counting", needs=2, held=1, modes=("light", "regular")),
        SkillGap("bo", "talking", needs=3, held=0, modes=("regular", "close")),
    )
    assert found.unknown == ("cy",)
    assert (found.short, found.owners) == (("bo",), 4)
    assert dict(found.by_skill) == {
        "counting": SkillStanding(("ann",), ("bo",), ("cy",)),
        "talking": SkillStanding(("ann", "di"), ("bo",), ()),
    }


def test_the_mode_of_the_stage_decides(world: World) -> None:
    """A maker after the launch is managed in light, and its owner need not talk."""
    people = "people: [{id: ann, name: Ann, skills: [{skill: counting, level: 2}]}]\n"
    found = skills(
        world(partners=inventory("types: [maker], owner: ann, offer_stage: after"), people=people, toolkit=TOOLKIT)
    )

    assert (found.able, found.lacking) == (("ann",), ())


def test_a_skill_recorded_twice_counts_at_its_higher_level(world: World) -> None:
    """Whatever the order in which the two are recorded."""
    people = "people: [{id: ann, name: Ann, skills: [{skill: counting, level: 2}, {skill: counting, level: 1}]}]\n"
    found = skills(world(partners=inventory("types: [shop], owner: ann"), people=people, toolkit=TOOLKIT))

    assert found.able == ("ann",)


# --- properties ---------------------------------------------------------------------------

MODES = ("m0", "m1", "m2")
SKILLS = ("s0", "s1", "s2", "s3")
PEOPLE = ("ann", "bo", "cy")

held = st.lists(st.builds(HeldSkill, st.sampled_from(SKILLS), st.integers(1, 5)), max_size=4).map(tuple)
subsets = st.lists(st.sampled_from(MODES), max_size=3, unique=True).map(tuple)


@st.composite
def playbooks(draw: st.DrawFn) -> Playbook:
    people = by_id(*(Person(one, one, skills=draw(held), active=draw(st.booleans())) for one in PEOPLE))
    entries = draw(
        st.lists(
            st.tuples(st.sampled_from([*PEOPLE, "stranger", None]), st.sampled_from(MODES)), min_size=1, max_size=6
        )
    )
    partners = partners_of(
        entry(f"p{number}", "sales", ("shop", mode, mode), owner=owner) for number, (owner, mode) in enumerate(entries)
    )
    return Playbook(
        date(2026, 6, 1),
        modes=by_id(*(Mode(mode, mode, "") for mode in MODES)),
        skills=by_id(*(Skill(one, one, draw(subsets), draw(st.integers(1, 5))) for one in SKILLS)),
        people=people,
        partners=partners,
    )


def open_needs(found: Skills) -> int:
    """How many needs of how many owners are not known to be met."""
    return sum(len(one.lack) + len(one.unknown) for one in found.by_skill.values())


@given(playbooks(), st.sampled_from(PEOPLE), st.integers(0, 3))
def test_forgetting_a_skill_never_improves_anything(playbook: Playbook, person: str, number: int) -> None:
    """Without one of a person's skills, no fewer needs are open and no more owners hold all of theirs."""
    them = playbook.people[person]
    fewer = replace(them, skills=them.skills[:number] + them.skills[number + 1 :])
    before, after = skills(playbook), skills(replace(playbook, people=frozen({**playbook.people, person: fewer})))

    assert open_needs(after) >= open_needs(before)
    assert len(after.able) <= len(before.able)
    assert after.owners == before.owners


@given(playbooks())
def test_every_need_is_told_once(playbook: Playbook) -> None:
    """Both views of the same needs agree, and nobody who has left is in any."""
    found = skills(playbook)
    by_skill = {(person, skill) for skill, one in found.by_skill.items() for person in one.lack}

    assert {(one.person, one.skill) for one in found.lacking} == by_skill
    assert {person for one in found.by_skill.values() for person in one.unknown} == set(found.unknown)
    assert len({*found.able, *found.short, *found.unknown}) == found.owners
    assert not [one for one in (*found.able, *found.short, *found.unknown) if playbook.has_left(one)]
