"""Every command for reorganizations, on files in any layout: what is meant changes, all else and each remark stays."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.editing import Plan, roles
from tests.grammars.layouts import folders
from tests.test_editing_layouts import FEW, PHASES, SLOW, Facts, Trial, departments, facts

pytestmark = pytest.mark.no_cover

Whole = dict[str, Any]


def whole(trial: Trial) -> Whole:
    """What all files say: departments by id, and each other list by its name."""
    found: Whole = {"departments": {one["id"]: one for one in departments(trial.before)}}
    for file, document in trial.before.items():
        if not file.startswith("partners"):
            found |= facts(document.data)
    return found


def stands(trial: Trial) -> Whole:
    trial.before = trial.same()
    return listed(whole(trial))


def of_homes(found: Whole, change: Callable[[Facts], Any]) -> Whole:
    """The same after a change of each entry, in whatever department."""
    for home in found["departments"].values():
        home["partners"] = sorted(map(change, home["partners"] or ()), key=lambda one: str(one["id"]))
    return found


def handed(entry: Facts, old: str, new: str) -> Facts:
    """An entry in which somebody has the roles of another person, and nobody stands in for themselves."""
    ended = entry.get("status") == "ended"
    names = ("owner", "backup_owner", "sponsor")
    after = {name: new if name in names and value == old and not ended else value for name, value in entry.items()}
    if after != entry and after["owner"] is not None and after.get("backup_owner") == after["owner"]:
        del after["backup_owner"]
    return after


@settings(max_examples=FEW, phases=PHASES, suppress_health_check=SLOW)
@given(folders())
def test_roles_go_to_somebody_else_and_nothing_else_does(texts: dict[str, str]) -> None:
    """Expected: each role of ann is bob's and hers no more; reviews stay with her; then that she has left."""
    with tempfile.TemporaryDirectory() as place:
        trial = Trial(place, texts)
        expected = listed(whole(trial))
        trial.done("reassign", "eve", "bob") if holds(trial, "eve") else None
        expected = of_homes(expected, lambda entry: handed(entry, "eve", "bob"))
        for home in expected["departments"].values():
            home |= {"lead": "bob"} if home.get("lead") == "eve" else {}
        assert stands(trial) == expected

        trial.done("offboard", "ann", "--to", "bob")
        expected = of_homes(expected, lambda entry: handed(entry, "ann", "bob"))
        for home in expected["departments"].values():
            home |= {"lead": "bob"} if home.get("lead") == "ann" else {}
        for one in expected["people"]:
            one |= {"active": "False"} if one["id"] == "ann" else {}
        found = stands(trial)
        for one in found["people"]:
            one |= {"active": "False"} if one["id"] == "ann" and one["active"] == "false" else {}
        assert found == expected


def holds(trial: Trial, person: str) -> bool:
    plan = Plan(trial.before, ())
    return any(
        held.person == person and plan.value(held.file, held.holder).get("status") != "ended" for held in roles(plan)
    )


@pytest.mark.long
@settings(max_examples=FEW, phases=PHASES, suppress_health_check=SLOW)
@given(folders(), st.booleans())
def test_an_entry_moves_as_it_is(texts: dict[str, str], split: bool) -> None:
    """Expected: the department of one partner is another one, whether both stand in one file or not."""
    with tempfile.TemporaryDirectory() as place:
        trial = Trial(place, texts)
        expected = listed(whole(trial))
        assume(len(expected["departments"]) > 1)
        if split and trial.run("split").exit_code:
            return
        for home, to in (("north", "south"), ("south", "north")):
            for entry in list(expected["departments"][home]["partners"] or ()):
                trial.before = trial.same()
                trial.done("move", entry["id"], "--to", to)
                expected["departments"][home]["partners"].remove(entry)
                there = [*(expected["departments"][to]["partners"] or ()), entry]
                expected["departments"][to]["partners"] = sorted(there, key=lambda one: str(one["id"]))
                assert stands(trial) == listed(expected), trial.shown()


def listed(found: Whole) -> Whole:
    """Departments with a list of partners each, also where that is empty."""
    return of_homes(found, lambda entry: entry)


@settings(max_examples=FEW, phases=PHASES, suppress_health_check=SLOW)
@given(folders(), st.booleans())
def test_departments_get_another_id_and_become_one(texts: dict[str, str], split: bool) -> None:
    """Expected: people work where they did under its new id, the old ones are kept, and no entry is lost."""
    with tempfile.TemporaryDirectory() as place:
        trial = Trial(place, texts)
        expected = listed(whole(trial))
        assume(len(expected["departments"]) > 1)
        if split and trial.run("split").exit_code:
            return
        trial.done("rename", "north", "center")
        home = expected["departments"].pop("north")
        expected["departments"]["center"] = {**home, "id": "center", "formerly": ["north"]}
        for one in expected["people"]:
            one |= {"department": "center"} if one.get("department") == "north" else {}
        assert stands(trial) == listed(expected)

        # The name that goes is told, and may hold what would be a remark elsewhere.
        named = expected["departments"]["center"]["name"]
        trial.remarks = type(trial.remarks)(
            {one: n for one, n in trial.remarks.items() if one.split()[-1] not in named}
        )
        trial.run("merge", "center", "--into", "south")
        lost = {one for one in trial.remarks if one.split()[-1] not in trial.shown()}
        assert not lost, trial.shown()
        trial.remarks = type(trial.remarks)()
        gone = expected["departments"].pop("center")
        south = expected["departments"]["south"]
        south["partners"] = sorted(
            [*(south["partners"] or ()), *(gone["partners"] or ())], key=lambda one: str(one["id"])
        )
        south["formerly"] = ["center", "north"]
        south |= {name: gone[name] for name in ("contact", "lead") if name in gone and name not in south}
        for one in expected["people"]:
            one |= {"department": "south"} if one.get("department") == "center" else {}
        from tests.test_editing_layouts import loaded

        trial.before = loaded(trial.folder)
        assert listed(whole(trial)) == listed(expected), trial.shown()


@settings(max_examples=FEW, phases=PHASES, suppress_health_check=SLOW)
@given(folders())
def test_an_end_and_an_acquisition_leave_all_others_as_they_are(texts: dict[str, str]) -> None:
    """Expected: of one partner the status, the day and the reason; another is known by a new name, and what it was
    called stands among what was bought."""
    with tempfile.TemporaryDirectory() as place:
        trial = Trial(place, texts)
        expected = listed(whole(trial))
        partners = [one for home in expected["departments"].values() for one in home["partners"]]
        assume(len(partners) > 1)
        ended, bought = partners[:2]
        trial.done("end", ended["id"], "--on", "2026-05-31", "--why", "Closed # for good: yes")
        ended |= {"status": "ended", "end": {"date": "2026-05-31", "why": "Closed # for good: yes"}}
        assert stands(trial) == expected, trial.shown()

        trial.done("acquire", bought["id"], "--by", "zulu", "--name", "Zulu: the Group", "--on", "2026-05-30")
        acquired = [{"id": bought["id"], "name": bought["name"], "date": "2026-05-30"}]
        # The name that goes may hold what would be a remark elsewhere; as what was bought it is there still.
        bought |= {"id": "zulu", "name": "Zulu: the Group", "acquired": acquired}
        assert stands(trial) == of_homes(expected, lambda entry: entry), trial.shown()


@settings(max_examples=FEW, phases=PHASES, suppress_health_check=SLOW)
@given(folders())
def test_one_partner_buys_another_in_its_department(texts: dict[str, str]) -> None:
    """Expected: either they have no type in common, and both entries stay as they are; or one says all that both did,
    as the buyer has it where they differ.  All others stay."""
    with tempfile.TemporaryDirectory() as place:
        trial = Trial(place, texts)
        expected = listed(whole(trial))
        home = next((one for one in expected["departments"].values() if len(one["partners"]) > 1), None)
        assume(home is not None)
        assert home is not None
        bought, buyer = home["partners"][:2]
        trial.done("acquire", bought["id"], "--by", buyer["id"], "--keep", buyer["id"], "--on", "2026-05-30")
        found = stands(trial)
        there = [one for one in found["departments"][home["id"]]["partners"] if one["id"] == buyer["id"]]
        acquired = [{"id": bought["id"], "name": bought["name"], "date": "2026-05-30"}]
        if set(bought["types"]).isdisjoint(buyer["types"]):
            other = {name: value for name, value in bought.items() if name != "name"} | {"id": buyer["id"]}
            assert len(there) == 2
            assert {**buyer, "acquired": acquired} in there
            assert other in there
        else:
            (one,) = there
            assert one["acquired"] == acquired
            for name, value in [*bought.items(), *buyer.items()]:
                if isinstance(value, list):
                    assert all(part in one[name] for part in value), name
            assert {name: one[name] for name, value in buyer.items() if not isinstance(value, list | None)} == {
                name: value for name, value in buyer.items() if not isinstance(value, list | None)
            }
        for name, standing in found["departments"].items():
            gone = (bought["id"], buyer["id"])
            rest, was = (
                [one for one in data["partners"] if one["id"] not in gone]
                for data in (standing, expected["departments"][name])
            )
            assert rest == was
        assert found["people"] == expected["people"]


@settings(max_examples=FEW, phases=PHASES, suppress_health_check=SLOW)
@given(folders())
def test_a_type_is_split_and_what_nothing_names_goes(texts: dict[str, str]) -> None:
    """Expected: whoever was a shop is a store or both; then the type in its place that nobody has can go."""
    with tempfile.TemporaryDirectory() as place:
        trial = Trial(place, texts)
        expected = listed(whole(trial))
        shops = [one for home in expected["departments"].values() for one in home["partners"] if "shop" in one["types"]]
        lines = [f"{one['id']}: {'[store, mall]' if number % 2 else 'store'}\n" for number, one in enumerate(shops)]
        decisions = Path(place, "decisions.yml")
        decisions.write_text("".join(lines) or "{}\n", "utf-8")
        # Both get what it is, and that may hold what would be a remark elsewhere.
        (shop,) = [one for one in expected["types"] if one["id"] == "shop"]
        trial.remarks += Counter(f"taxonomy: {one}" for one in re.findall(r"remark\d+", shop["definition"]))
        trial.done("split-type", "shop", "store", "mall", "--decisions", str(decisions))
        for number, one in enumerate(shops):
            at = one["types"].index("shop")
            one["types"] = [*one["types"][:at], "store", *one["types"][at + 1 :], *(["mall"] if number % 2 else [])]
        found = stands(trial)
        for one in (*expected["types"], *found["types"]):
            one.setdefault("confused_with", [])
        new = [{name: value for name, value in one.items() if name not in ("id", "name")} for one in found["types"]]
        inherited = {name: shop[name] for name in ("function", "definition")}
        assert [one for one in found["types"] if one["id"] in ("store", "mall")]
        assert sum(inherited.items() <= one.items() for one in new) >= 2
        assert found["departments"] == expected["departments"], trial.shown()
        assert found["people"] == expected["people"]
        for one in found["types"]:
            assert "shop" not in one["confused_with"]
            was = next((type_ for type_ in expected["types"] if type_["id"] == one["id"]), None)
            if was is not None:
                assert {**one, "confused_with": []} == {**was, "confused_with": []}
