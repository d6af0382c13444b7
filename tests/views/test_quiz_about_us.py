"""What the quiz asks about our own partners, checked against the inventory: right, unambiguous, new each month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from generator.insights.cutting import cut
from generator.model import Audience, Playbook
from generator.views.kit.context import Context
from generator.views.pages import quiz, start
from generator.views.parts import partner_questions, questions
from tests.crowd import crowd
from tests.kit import RICH, World, loaded, plain_view, yaml_of
from tests.views.test_start_pages import OURS, Asked, asked

WHO, WHICH, HOW = "Who", "Which department", "In which mode do we"
# Three modes, so that a question about one has two wrong options.
TAXONOMY = """\
functions: [{id: sell, name: Selling, value: Sells., mode: light}]
types: [{id: shop, name: Shop, function: sell, definition: A shop.}]
modes:
  - {id: light, name: Light, summary: Light.}
  - {id: close, name: Close, summary: Close.}
  - {id: strict, name: Strict, summary: Strict.}
"""


def about_us(playbook: Playbook) -> dict[str, Asked]:
    """The questions about partners by what they ask for, each at most once."""
    found = [(OURS.fullmatch(one.text), one) for one in asked(plain_view(quiz.view(Context(playbook))))]
    ours = [(shape[1], one) for shape, one in found if shape]
    assert len(dict(ours)) == len(ours)
    return dict(ours)


def partner(one: Asked) -> str:
    shape = OURS.fullmatch(one.text)
    assert shape
    return shape[2]


def team(ident: str, *partners: str) -> str:
    lines = "".join(f"  - {{types: [shop], {one}}}\n" for one in partners)
    return f"- id: {ident}\n  name: {ident.title()}\n  partners:{'' if partners else ' []'}\n{lines}"


def month_of(rich: Playbook, number: int) -> Playbook:
    return replace(rich, as_of=date(2027 + number // 12, 1 + number % 12, 9))


@pytest.mark.long
def test_every_answer_of_two_years_is_right_and_the_only_right_one(rich: Playbook) -> None:
    """Expected: each month one question of each kind about three partners, whose one owner, department and mode the
    YAML has; no wrong option is anybody who is named for the partner, or another department that ever had it.
    """
    departments = yaml_of((RICH / "partners.yml").read_text("utf-8"))["departments"]
    entries = [(team, one) for team in departments for one in team["partners"]]
    names = {person["name"]: person["id"] for person in yaml_of((RICH / "people.yml").read_text("utf-8"))["people"]}
    modes = {mode.name: mode.id for mode in rich.modes.values()}

    def of(one: Asked) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        return [(team, entry) for team, entry in entries if rich.partners[entry["id"]].name == partner(one)]

    for number in range(24):
        found = about_us(month_of(rich, number))
        assert set(found) == {WHO, WHICH, HOW}
        assert len({partner(one) for one in found.values()}) == 3
        for one in found.values():
            assert 3 <= len(set(one.options)) == len(one.options) <= 4
            assert one.answer == one.right

        who, which, how = (found[kind] for kind in (WHO, WHICH, HOW))
        current = [entry for _, entry in of(who) if entry.get("status") != "ended"]
        assert {entry["owner"] for entry in current} == {names[who.right]}
        named = {entry.get(role) for entry in current for role in ("backup_owner", "sponsor", "engineer")}
        assert not {names[option] for option in who.options if option != who.right} & named
        assert {team["name"] for team, _ in of(which)} == {which.right}
        managed = [entry for entry in rich.entries if rich.partners[entry.partner].name == partner(how)]
        assert {mode for entry in managed if not entry.ended for mode in entry.modes} == {modes[how.right]}


def test_the_same_all_month_and_others_in_the_next(rich: Playbook) -> None:
    """Expected: neither the day nor the order of the file matters within a month; in a year most months differ."""
    first, last = (about_us(replace(rich, as_of=date(2027, 3, day))) for day in (1, 31))
    turned = replace(rich, partners=dict(reversed(list(rich.partners.items()))), as_of=date(2027, 3, 9))

    assert first == last == about_us(turned)
    year = [partner(about_us(month_of(rich, number))[WHICH]) for number in range(12)]
    assert len(set(year)) > 6
    assert "drawn anew each month: these are of 2027-01" in plain_view(quiz.view(Context(month_of(rich, 0))))


def test_what_could_have_two_answers_is_not_asked(world: World) -> None:
    """Expected: of a partner with two departments, two owners, an owner who has left, two modes or a name
    that another one has as well, nothing of the kind; of one that has ended or is only a prospect, nothing at all.
    """
    end, kin = "status: ended, end: {date: 2026-05-01, why: Sold}", "mode: close, mode_reason: kin"
    north = ["id: both, name: Both, owner: ann", f"id: over, name: Over, owner: ann, {end}"]
    north += [f"id: left, name: Left, owner: gone, {kin}"]
    north += [f"id: other-{n}, name: Other, owner: ann" for n in range(2)]
    south = [f"id: both, name: Both, owner: bob, {kin}", "id: new, name: New, owner: bob, status: prospect"]
    four = [team(f"team-{n}", f"id: p{n}, name: P{n}, owner: o{n}, status: dormant") for n in range(4)]
    inventory = "".join(["departments:\n", team("north", *north), team("south", *south), *four])
    people = "".join(f"- {{id: {one}, name: {one}}}\n" for one in ("ann", "bob", *(f"o{n}" for n in range(4))))
    people += "- {id: gone, name: Gone, active: false}\n"
    taxonomy = TAXONOMY + "factors: [{id: kin, name: Kin, summary: A cousin.}]\n"
    found = about_us(world(partners=inventory, people="people:\n" + people, taxonomy=taxonomy))

    assert {kind: (partner(one), one.right) for kind, one in found.items()} == {
        WHICH: ("Left", "North"),
        HOW: ("Left", "Close"),
    }


def test_a_company_of_three_partners(world: World) -> None:
    """Expected: one owner and one department leave nothing to choose from; the mode can be asked alone."""
    playbook = world(
        partners="departments:\n" + team("north", *(f"id: p{n}, name: P{n}, owner: ann" for n in range(3))),
        taxonomy=TAXONOMY,
    )
    page = plain_view(quiz.view(Context(playbook)))

    assert {kind: one.right for kind, one in about_us(playbook).items()} == {HOW: "Light"}
    assert "The last one is about our own partners, drawn anew each month" in page
    assert f"{len(asked(page))} questions, with an explanation" in plain_view(start.view(Context(playbook)))


def test_nobody_hidden_is_asked_for(rich: Playbook) -> None:
    """Expected: where the pages of people are hidden, who owns a partner is not asked; a hidden entry never is."""
    shy = Audience("shy", "Shy", hides=("people",))
    for number in range(12):
        month = cut(month_of(rich, number), shy)
        found = about_us(month)
        assert set(found) == {WHICH, HOW}
        assert {partner(one) for one in found.values()} <= {one.name for one in month.partners.values()}


def test_few_candidates_are_made(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: of a larger inventory as many questions are worded as of a small one, also where none is fair."""
    made: list[str] = []

    def counted(subject: str, *parts: Any) -> questions.Candidate:
        made.append(subject)
        return questions.candidate(subject, *parts)

    monkeypatch.setattr(partner_questions, "candidate", counted)
    numbers = []
    for size in (120, 240):
        made.clear()
        quiz.view(Context(loaded(crowd(tmp_path / str(size), size))))
        numbers.append(len(made))

    assert 0 < numbers[0] == numbers[1]
