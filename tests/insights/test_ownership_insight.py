"""Who manages what, and what would be nobody's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.insights.ownership import (
    Share,
    SharedPartner,
    by_function,
    has_backup,
    heat,
    holdings,
    outside_home,
    shared_partners,
    unowned,
)
from generator.model import (
    Department,
    Entry,
    Function,
    PartnerType,
    Person,
    Playbook,
    Settings,
    Status,
    frozen,
)
from tests import kit
from tests.kit import by_id, examples, partners_of


def entry(partner: str, department: str, types: str, owner: str | None, **facts: Any) -> Entry:
    relationships = [(kind, "light", "light") for kind in types.split()]
    return kit.entry(partner, department, *relationships, owner=owner, **facts)


ACME_SALES = entry("acme", "sales", "shop", "ann", lead=True, backup_owner="bo")
ACME_LABS = entry("acme", "labs", "lab", "cy", backup_owner="ann")
BIRCH = entry("birch", "sales", "shop lab", "ann", backup_owner="cy")
CEDAR = entry("cedar", "labs", "shop", None, status=Status.PROSPECT)
DOGWOOD = entry("dogwood", "sales", "shop", "ann", status=Status.ENDED)
DOGWOOD_LABS = entry("dogwood", "labs", "shop", "zoe", status=Status.DORMANT)


def world(home: str | None = "sales", *, people: bool = True, partners: bool = True) -> Playbook:
    entries = [ACME_SALES, ACME_LABS, BIRCH, CEDAR, DOGWOOD, DOGWOOD_LABS] if partners else []
    listed = [Person("ann", "Ann"), Person("bo", "Bo", active=False), Person("cy", "Cy"), Person("dee", "Dee")]
    return Playbook(
        as_of=date(2026, 6, 1),
        settings=Settings(home_department=home),
        functions=by_id(*(Function(f, f.title(), "") for f in ("sell", "test", "teach"))),
        types=by_id(
            PartnerType("shop", "Shop", "sell", "", frozen({None: "light"})),
            PartnerType("lab", "Lab", "test", "", frozen({None: "light"})),
        ),
        departments=by_id(*(Department(d, d.title()) for d in ("sales", "labs", "empty"))),
        partners=partners_of(entries),
        people=by_id(*listed) if people else {},
    )


def test_heat() -> None:
    """Active relationships alone are counted, by department and type; what is empty is absent."""
    assert heat(world()) == {("sales", "shop"): 2, ("labs", "lab"): 1, ("sales", "lab"): 1}


def test_heat_by_function() -> None:
    """The types of a function add up."""
    playbook = world()
    assert by_function(playbook, heat(playbook)) == {("sales", "sell"): 2, ("labs", "test"): 1, ("sales", "test"): 1}
    assert Share(3, 4).ratio == 0.75


@settings(max_examples=examples(50), deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcdef"),
            st.sampled_from(["sales", "labs"]),
            st.sampled_from(["shop", "lab", "shop lab"]),
            st.sampled_from(Status),
        ),
        max_size=12,
        unique_by=lambda one: one[:2],
    )
)
def test_shares_add_up(rows: list[tuple[str, str, str, str]]) -> None:
    """Departments, functions and types each add up to all active relationships, and no share is more than the whole."""
    entries = [entry(p, d, t, "ann", status=status) for p, d, t, status in rows]
    playbook = replace(world(), partners=partners_of(entries))
    total = sum(len(e.relationships) for e in entries if e.active)
    cells = heat(playbook)

    assert sum(cells.values()) == sum(by_function(playbook, cells).values()) == total
    outside = outside_home(playbook)
    assert outside is not None
    home = sum(number for (department, _), number in cells.items() if department == "sales")
    assert outside.share.total == total
    assert outside.share.count + home == total
    assert 0 <= outside.share.ratio <= 1


def test_outside_home() -> None:
    """What other departments than the home manage."""
    outside = outside_home(world())
    assert outside is not None
    assert [entry for entry, _ in outside.relationships] == [ACME_LABS]
    assert (outside.department, outside.share) == ("sales", Share(1, 4))


def test_without_a_home_nothing_is_outside_it() -> None:
    """None says that the question cannot be asked; an empty inventory is no division by zero."""
    assert outside_home(world(home=None)) is None
    empty = outside_home(world(partners=False))
    assert empty is not None
    assert empty.share.ratio == 0


def test_shared_partners() -> None:
    """Two departments today; one that has ended does not count."""
    assert shared_partners(world()) == (SharedPartner("acme", ("sales", "labs"), ("sales",)),)


def test_unowned() -> None:
    """Current relationships without an owner, whatever their status."""
    assert unowned(world()) == (CEDAR,)


def test_holdings() -> None:
    """Everybody listed, in that order, then whoever else owns or backs up; what ended is left out."""
    held = holdings(world())
    assert list(held) == ["ann", "bo", "cy", "dee", "zoe"]
    assert held["ann"].owns == (ACME_SALES, BIRCH)
    assert held["ann"].backs_up == (ACME_LABS,)
    assert held["bo"].backs_up == (ACME_SALES,)
    assert held["zoe"].owns == (DOGWOOD_LABS,)
    assert held["dee"].owns == held["dee"].backs_up == held["dee"].orphans == ()


def test_orphans() -> None:
    """A backup who has left is none."""
    held = holdings(world())
    assert held["ann"].orphans == (ACME_SALES,)
    assert held["cy"].orphans == ()
    assert held["zoe"].orphans == (DOGWOOD_LABS,)


@pytest.mark.parametrize(
    ("backup", "people", "expected"),
    [("cy", True, True), ("bo", True, False), ("nobody", True, False), ("nobody", False, True), ("ann", True, False)],
)
def test_backup(backup: str, people: bool, expected: bool) -> None:
    """Another person, and here; where people are recorded, an unlisted one is not known to be here."""
    backed = entry("acme", "sales", "shop", "ann", backup_owner=backup)
    assert has_backup(world(people=people), backed) is expected


@pytest.mark.parametrize(
    ("count", "total", "percent"), [(0, 0, 0), (0, 9, 0), (1, 999, 1), (998, 999, 99), (9, 9, 100)]
)
def test_percent_says_none_and_all_only_where_it_is_so(count: int, total: int, percent: int) -> None:
    """Rounding turns neither a few into none nor almost all into all."""
    assert Share(count, total).percent == percent
