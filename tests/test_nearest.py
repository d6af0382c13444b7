"""The nearest name: the same that comparing with every name finds, for a bounded amount of work."""

from __future__ import annotations

import difflib
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import problems
from generator.exchange.identity import Companies
from generator.loading import load_folder
from generator.model import Playbook
from generator.problems import Nearest, nearest, suggest
from tests.kit import World, examples, world_in

WORDS = (
    "north",
    "south",
    "data",
    "cloud",
    "soft",
    "labs",
    "group",
    "systems",
    "partner",
    "élan",
    "straße",
    "株式",
    "ΑΒΓ",
)


def by_comparing_all(value: str, allowed: list[str]) -> str | None:
    """What was proposed before the work was bounded."""
    by_fold = {candidate.casefold(): candidate for candidate in allowed}
    found = difflib.get_close_matches(value.casefold()[:80], by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def a_name(chance: random.Random) -> str:
    return chance.choice(" -_").join(chance.choices(WORDS, k=chance.randint(1, 3)))


def misspelled(chance: random.Random, name: str) -> str:
    letters = list(name)
    for _ in range(chance.randint(0, 4)):
        at = chance.randrange(len(letters) + 1)
        letters[at : at + chance.randint(0, 1)] = chance.choice(["", "x", "e", "Q", "ß"])
    return "".join(letters)


@pytest.mark.parametrize("seed", range(20))
def test_the_same_as_comparing_with_every_name(seed: int) -> None:
    """Expected: for the names of a company and what people make of them, the proposal of the simple way."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    allowed = [a_name(chance) for _ in range(chance.choice([1, 5, 45, 120]))]
    known = Nearest(allowed)
    for _ in range(40):
        value = misspelled(chance, chance.choice([*allowed, a_name(chance)]))

        assert known.of(value) == by_comparing_all(value, allowed)


@given(st.text(max_size=90), st.lists(st.text(max_size=12), max_size=40))
@settings(max_examples=examples(150))
def test_the_same_for_any_text(value: str, allowed: list[str]) -> None:
    """Expected: also for texts of any letters, empty ones, and ones that only capitals tell apart."""
    assert nearest(value, allowed) == by_comparing_all(value, allowed)
    for near in allowed[:3]:
        assert nearest(near + "x", allowed) == by_comparing_all(near + "x", allowed)


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The size of every letter by letter comparison, as they are made."""
    made: list[int] = []
    real = difflib.SequenceMatcher.ratio

    def ratio(self: Any) -> float:
        made.append(len(self.a) * len(self.b))
        return real(self)

    monkeypatch.setattr(difflib.SequenceMatcher, "ratio", ratio)
    return made


@pytest.mark.parametrize("number", [400, 1600])
def test_the_work_for_one_name_does_not_grow(number: int, compared: list[int]) -> None:
    """Expected: among names that are all alike, only a few are compared letter by letter, however many there are."""
    known = Nearest(f"partner-{n:04}" for n in range(number))

    assert known.of("prtner-0123x") == "partner-0123"
    assert 0 < len(compared) <= problems._CANDIDATES


def test_the_work_for_all_names_is_bounded(compared: list[int]) -> None:
    """Expected: once it is used up, nothing is proposed any more, and nobody is told that no name is near; a name that
    was found keeps its proposal."""
    known = Nearest([f"partner-{n:04}" for n in range(300)], work=100_000)
    hints = [known.hint(f"prtner-{n:04}") for n in range(300)]

    assert hints[0] == "did you mean 'partner-0000'?"
    assert hints[-1] == "300 values are allowed"
    assert known.hint("prtner-0000") == hints[0]
    assert sum(compared) < 110_000


def test_a_name_is_looked_for_once(compared: list[int]) -> None:
    """Expected: a misspelling that stands in a thousand entries costs as much as one."""
    known = Nearest(["acme", "birch"])
    found = {known.of("acmee") for _ in range(1000)}

    assert found == {"acme"}
    assert len(compared) == 1


def test_hints_are_what_they_were() -> None:
    """Expected: the proposal, the list where it is short, and the number where nothing is near."""
    many = [f"name{n}" for n in range(20)]
    assert suggest("acmee", ["birch", "acme"]) == "did you mean 'acme'? allowed: acme, birch"
    assert suggest("name", many) == "did you mean 'name9'?"
    assert suggest("qqq", many) == "20 values are allowed; none is near this one"
    assert suggest("qqq", []) == ""


def entries(number: int, owner: str, more: str = "") -> str:
    rows = "".join(
        f"  - {{id: p{n}, name: Pa{n}tner, types: [shop], owner: {owner.format(n=n)}{more.format(n=n)}}}\n"
        for n in range(number)
    )
    return f"departments:\n- id: sales\n  name: Sales\n  partners:\n{rows}"


def test_unlisted_owners(tmp_path: Path, compared: list[int]) -> None:
    """Expected: each of many unlisted owners is compared with a few of many people, not with all of them."""
    number = 240
    people = "people:\n" + "".join(f"  - {{id: person-{n}, name: P {n}}}\n" for n in range(number))
    folder = world_in(tmp_path, partners=entries(number, "prson-{n}"), people=people)
    compared.clear()
    found = load_folder(folder).errors

    assert len(found) == number
    assert found[7].hint == "did you mean 'person-7'?"
    assert 0 < len(compared) <= number * 10


def test_unknown_references(tmp_path: Path, compared: list[int]) -> None:
    """Expected: the same holds for references to partners, and for values that are not on the company's list."""
    number = 240
    world_in(tmp_path)
    regions = "".join(f"  - Region {n}\n" for n in range(number))
    (tmp_path / "settings.yml").write_text(f"regions:\n{regions}")
    (tmp_path / "partners.yml").write_text(entries(number, "Ann", ", via: pp{n}, regions: [Regin {n}]"))
    compared.clear()
    found = load_folder(tmp_path, date(2026, 1, 1)).errors

    assert len(found) == 2 * number
    assert {problem.hint for problem in found} >= {"did you mean 'p7'?", "did you mean 'Region 7'?"}
    assert 0 < len(compared) <= 2 * number * 15


def test_rows_that_want_one_id(world: World) -> None:
    """Expected: of many new partners whose ids would be the same, each looks at one number more, not at all of them."""

    class Counted(set[Any]):
        asked = 0

        def __contains__(self, one: object) -> bool:
            Counted.asked += 1
            return super().__contains__(one)

    companies = Companies(Playbook(date(2026, 6, 1)), (), ())
    companies._taken = Counted({"acme"})
    found = []
    for _ in range(200):
        found.append(companies.free_id("Acme"))
        companies.remember(found[-1], "Acme", "", {})

    assert found == [f"acme-{number}" for number in range(2, 202)]
    assert Counted.asked <= 3 * 200
