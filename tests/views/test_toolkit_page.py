"""The page about tools, skills and satisfaction; the world's day is 2026-06-01."""

from __future__ import annotations

import re

import pytest

from generator import paths
from generator.markdown import Md
from generator.model import Playbook
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.pages import toolkit
from tests.kit import World, as_read, cells, plain_view, section

TOOLS = """\
tools:
  - {id: desk, name: Desk, url: 'https://desk.example/', modes: [light], types: [ally]}
  - {id: map, name: Atlas, modes: [regular]}
"""
SKILLS = """\
skills:
  - {id: counting, name: Counting, modes: [light, regular], level: 2, training: Ask Bo.}
  - {id: talking, name: Talking, modes: [regular, close], level: 3}
"""
PEOPLE = """\
people:
  - {id: ann, name: Ann, skills: [{skill: counting, level: 5}, {skill: talking, level: 3}]}
  - {id: bo, name: Bo, skills: [{skill: talking, level: 2}]}
  - {id: cy, name: Cy}
  - {id: gone, name: Gone, active: false}
"""
# Dusk's 1.5 comes from 4 answers; its department has no other small score in its mode.
PARTNERS = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [shop], owner: ann, satisfaction: {date: 2026-05-01, score: 4.0, scale: 5, n: 10}}
      - {id: birch, name: Birch, types: [agent], owner: bo,
         satisfaction: {date: 2025-01-01, score: 2.0, scale: 5, n: 6}}
      - {id: cedar, name: Cedar, types: [ally], owner: cy, sponsor: ann}
      - {id: dusk, name: Dusk, types: [shop], owner: gone,
         satisfaction: {date: 2026-04-01, score: 1.5, scale: 5, n: 4}}
      - {id: elm, name: Elm, types: [shop], owner: ann, status: ended,
         satisfaction: {date: 2026-04-01, score: 3.3, scale: 5, n: 40}}
  - id: lab
    name: Lab
    partners:
      - {id: fern, name: Fern, types: [shop], owner: ann, satisfaction: {date: 2026-05-02, score: 2.5, scale: 5, n: 5}}
  - id: yard
    name: Yard
    partners:
      - {id: cedar, types: [shop], owner: ann}
"""
EVERYTHING = {"partners": PARTNERS, "people": PEOPLE, "toolkit": TOOLS + SKILLS}


def page(playbook: Playbook) -> str:
    return plain_view(toolkit.view(Context(playbook)))


def sentence(text: str) -> str:
    """The answer without its links."""
    found = re.search(r"^(.*)\n{: \.pb-answer }", text, re.MULTILINE)
    assert found
    return as_read(found[1]).replace("**", "")


@pytest.fixture
def whole(world: World) -> str:
    return page(world(**EVERYTHING))


# --- the answer ---------------------------------------------------------------------------


def test_answer(whole: str) -> None:
    """close has no tool, and all its types have; (4.0 x 10 + 2.0 x 6 + 2.5 x 5) / 21 = 3.07 of 5."""
    assert sentence(whole) == (
        "1 of 3 modes in use has no tool. 1 of 3 owners holds every skill that they need; 1 lacks at least one; "
        "the skills of 1 are not recorded. Partners rate us 3.1 of 5 (21 answers from 3 partners); "
        "2 active entries have no score."
    )
    assert "What to record first" not in whole


def test_every_figure_of_the_answer_leads_to_a_section(world: World, whole: str) -> None:
    """From the page itself, and from the home page."""
    answer = toolkit.answer(Context(world(**EVERYTHING)), Links(world(**EVERYTHING), paths.HOME)).sentence
    anchors = re.findall(r"\]\(<toolkit\.md#([a-z-]+)>\)", answer)

    assert anchors == ["tools", "skills", "lacking", "skills-unknown", "satisfaction", "scores", "silent"]
    assert all(section(whole, anchor).strip() for anchor in anchors)
    assert isinstance(answer, Md)


@pytest.mark.parametrize("partners", ["departments: []\n", "departments: [{id: sales, name: Sales}]\n"])
def test_nobody_is_active(world: World, partners: str) -> None:
    """There is nobody to manage; no table and no picture but the list of tools appears."""
    text = page(world(partners=partners))

    assert sentence(text) == "No partner is active yet, so there is nobody to manage or to ask."
    assert "[how to add one](<editors/index.md>)" in text
    assert "|" not in text
    assert "<svg" not in text
    assert "has a tool" not in page(world(partners=partners, toolkit=TOOLS))


def test_nothing_is_recorded(world: World) -> None:
    """The page says so, and what to record first for each of the three; nothing else stands on it."""
    partners = "departments: [{id: s, name: S, partners: [{id: acme, name: Acme, types: [shop], owner: ann}]}]\n"
    text = page(world(partners=partners))

    assert sentence(text) == "Nobody can tell: none of the three is recorded yet."
    assert (
        "Tools in toolkit.yml, each with the modes or the types that it serves; skills in toolkit.yml, each with the "
        "modes that need it, and in people.yml who has them; satisfaction in partners.yml, for each partner that was "
        "asked." in text
    )
    assert "|" not in text
    assert "\n## " not in text


@pytest.mark.parametrize(
    ("files", "headings"),
    [
        ({"toolkit": TOOLS}, ["tools"]),
        ({"toolkit": SKILLS, "people": PEOPLE}, ["skills"]),
        ({"toolkit": TOOLS + SKILLS, "people": PEOPLE}, ["tools", "skills"]),
        ({"partners": PARTNERS}, ["satisfaction"]),
    ],
)
def test_each_part_stands_alone(world: World, files: dict[str, str], headings: list[str]) -> None:
    """A part that is recorded is told, and the others are asked for."""
    files = {"partners": re.sub(r",\s+satisfaction: {[^}]*}", "", PARTNERS), **files}
    text = page(world(**files))

    assert re.findall(r"^## .*{ #([a-z-]+) }", text, re.MULTILINE) == headings
    assert text.count("<svg") == ("skills" in headings) + ("satisfaction" in headings)
    for part, wanted in (("tools", "ools in"), ("skills", "kills in"), ("satisfaction", "atisfaction in partners.yml")):
        assert (wanted in text.split("## ")[0]) is (part not in headings)


def test_skills_of_nobody_are_recorded(world: World) -> None:
    """Of the owners it is said that it is not known; without a picture, since there is nothing to draw."""
    listed = "".join(f"  - {{id: {one}, name: {one.title()}}}\n" for one in ("ann", "bo", "cy", "gone"))
    text = page(world(partners=PARTNERS, toolkit=SKILLS, people=f"people:\n{listed}"))

    assert "Whether 4 owners hold the skills that they need is not recorded." in sentence(text)
    assert "kills in people.yml, for each owner" in text
    assert "skills-picture" not in text
    assert cells(section(text, "skills"))[0] == ["Counting", "Light, Regular", "2 of 5"]


# --- tools --------------------------------------------------------------------------------


def test_tools(whole: str) -> None:
    """The gap first, with how much is managed without a tool; then every tool by name, linked where it can be."""
    text = section(whole, "tools")
    gaps, tools = text.split("The tools that we have:")

    assert cells(gaps) == [["Close", "mode", "1"]]
    assert "[1](<partners/index.md?mode=close&status=active>)" in gaps
    assert cells(tools) == [["Atlas", "Regular", "–"], ["Desk", "Light", "Ally"]]
    assert "[Desk](<https://desk.example/>)" in tools


def test_a_type_without_a_tool(world: World) -> None:
    """One mode and one type are both told, and the type's relationships are counted."""
    text = page(world(partners=PARTNERS, toolkit=TOOLS.replace(", types: [ally]", "")))

    assert sentence(text) == (
        "1 of 3 modes and 1 of 3 types in use have no tool. Partners rate us 3.1 of 5 (21 answers from 3 partners); "
        "2 active entries have no score."
    )
    assert cells(section(text, "tools").split("The tools that we have:")[0]) == [
        ["Close", "mode", "1"],
        ["Ally", "type", "1"],
    ]
    assert "[1](<partners/index.md?type=ally&status=active>)" in text


def test_every_mode_and_type_has_a_tool(world: World) -> None:
    """Then there is no list of gaps."""
    tools = "tools: [{id: desk, name: Desk, modes: [light, regular, close]}]\n"
    text = page(world(partners=PARTNERS, toolkit=tools))

    assert sentence(text).startswith("Every mode and type in use has a tool.")
    assert cells(section(text, "tools")) == [["Desk", "Light, Regular, Close"]]


# --- skills -------------------------------------------------------------------------------


def test_skills(whole: str) -> None:
    """Bo is to count (not held, for Birch) and to talk better (2 of 3); Cy is unknown; Gone is nowhere."""
    assert cells(section(whole, "skills").split("\n### ")[0]) == [
        ["Counting", "Light, Regular", "2 of 5", "Ann", "1"],
        ["Talking", "Regular, Close", "3 of 5", "none", "1"],
    ]
    assert cells(section(whole, "lacking")) == [
        ["Bo", "Counting", "not held", "2 of 5", "Regular", "Ask Bo."],
        ["Bo", "Talking", "2 of 5", "3 of 5", "Regular", "not recorded"],
    ]
    assert "[Bo](<people/bo.md>)" in section(whole, "lacking")
    assert "[Cy](<people/cy.md>)" in section(whole, "skills-unknown")
    assert "**Hold every skill that they need:** [Ann](<people/ann.md>)." in whole
    assert "Gone" not in section(whole, "skills")


def test_the_first_picture_shows_the_skills(whole: str) -> None:
    """Counting: Ann holds it and Bo lacks it; talking: Bo lacks it and of Cy nothing is known."""
    picture = whole.split("<figure")[1]

    assert 'id="skills-picture-title"' in picture
    assert re.findall(r'text-anchor="end">([^<]*)', picture) == ["1 holds it, 1 lacks it", "1 lacks it, 1 not recorded"]


# --- satisfaction -------------------------------------------------------------------------


def test_satisfaction_by_mode_and_department(whole: str) -> None:
    """light: (4.0 x 10 + 2.5 x 5) / 15 = 3.5; sales: (40 + 12) / 16 = 3.25, without Dusk's four answers."""
    assert cells(section(whole, "satisfaction-by-mode")) == [
        ["Light", "3.5 of 5", "15", "2", "2026-05-01"],
        ["Regular", "2.0 of 5 low", "6", "1", "2025-01-01 1 old"],
        ["Close", "no score yet", "–", "–", "–"],
    ]
    assert cells(section(whole, "satisfaction-by-department")) == [
        ["Sales", "3.2 of 5", "16", "2", "2025-01-01 1 old"],
        ["Lab", "2.5 of 5 low", "5", "1", "2026-05-02"],
        ["Yard", "no score yet", "–", "–", "–"],
    ]


def test_a_score_from_few_answers_is_nowhere(whole: str) -> None:
    """Neither is 1.5, nor a mean that holds it, nor a mark that would hint at it."""
    dusk = [row for row in cells(section(whole, "scores")) if row[0] == "Dusk"]

    assert dusk == [["Dusk", "Sales", "Light", "not shown", "4", "2026-04-01"]]
    assert "4 answers could not be counted" in section(whole, "satisfaction")
    assert "1.5 of" not in whole
    assert "30%" not in whole


def test_a_group_of_few_answers_says_so(world: World) -> None:
    """Where all is too few, no mean is shown, and the list says why."""
    partners = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [shop], owner: ann, satisfaction: {date: 2026-05-01, score: 4.5, scale: 5, n: 4}}
"""
    text = page(world(partners=partners))

    assert sentence(text) == "What partners think of us rests on 4 answers: too few to show."
    assert cells(section(text, "satisfaction")) == [["Acme", "Sales", "Light", "not shown", "4", "2026-05-01"]]
    assert "4.5" not in text
    assert "90%" not in text
    assert "<svg" not in text


def test_mixed_scales_are_shown_in_percent(world: World) -> None:
    """(0.8 x 10 + 0.4 x 10) / 20 = 60% in all; a department's own scale is named beside its share."""
    partners = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [shop], owner: ann, satisfaction: {date: 2026-05-01, score: 4, scale: 5, n: 10}}
  - id: lab
    name: Lab
    partners:
      - {id: bolt, name: Bolt, types: [shop], owner: ann, satisfaction: {date: 2026-05-01, score: 4, scale: 10, n: 10}}
"""
    text = page(world(partners=partners))

    assert sentence(text) == "Partners rate us 60% of the top score (20 answers from 2 partners)."
    assert "Partners were asked on different scales" in text
    assert [row[1] for row in cells(section(text, "satisfaction-by-mode"))] == ["60%"]
    assert [row[1] for row in cells(section(text, "satisfaction-by-department"))] == [
        "80% (4.0 of 5)",
        "40% (4.0 of 10) low",
    ]


def test_old_and_low_scores_are_worklists(whole: str) -> None:
    """Birch was asked long ago and Fern is unhappy; the directory shows both."""
    text = section(whole, "satisfaction-open")

    assert sorted(row[:2] for row in cells(text)) == [["Ann", "Fern"], ["Bo", "Birch"]]
    assert "A score is old after 365 days and low under 60% of the top score." in text
    # The worklist goes by owner, and so does the link.
    assert "(<partners/index.md?finding=satisfaction-stale&finding=satisfaction-low>)" in text


def test_a_finding_that_is_turned_off_is_not_listed(world: World) -> None:
    """The marks stay: they are facts of the table."""
    settings = "company: C\nas_of: 2026-06-01\noff: [satisfaction-stale, satisfaction-low]\n"
    text = page(world(**EVERYTHING, settings=settings))

    assert "satisfaction-open" not in text
    assert "1 old" in text


def test_partners_without_a_score_are_listed(whole: str) -> None:
    """Cedar was asked by neither department; what has ended is waited for no longer."""
    assert cells(section(whole, "silent")) == [["Cedar", "Sales", "Cy"], ["Cedar", "Yard", "Ann"]]
    assert "Elm" not in whole
    assert "3.3 of" not in whole
