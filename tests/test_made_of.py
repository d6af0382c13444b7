"""What a page is made of is named before it is made, so that a build knows whether it would be the same again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from generator.markdown import Md, escape
from generator.model import Partner, Playbook, Status
from generator.problems import Place
from generator.render import Terms
from generator.site import Sketch
from generator.views.kit.context import Context
from generator.views.kit.fingerprint import fingerprint
from generator.views.pages import partners
from tests.kit import by_id

TERMS = Terms({})


@dataclass(frozen=True)
class Facts:
    text: str
    more: Any = ()


@dataclass(frozen=True)
class Nothing:
    pass


DIFFERENT: list[tuple[object, ...]] = [
    (),
    ("",),
    ("", ""),
    ("ab",),
    ("a", "b"),
    (("a", "b"),),
    (("a",), "b"),
    (Md("ab"),),
    (escape("a_b"),),
    (Md(str(escape("a_b"))),),
    (escape("a_b").plain,),
    (None,),
    ("None",),
    (0,),
    (False,),
    (0.0,),
    ("0",),
    (Status.ACTIVE,),
    (Status.ACTIVE.value,),
    (date(2026, 11, 2),),
    ("2026-11-02",),
    ({"a": "b"},),
    ((("a", "b"),),),
    (frozenset({"a", "b"}),),
    (Facts("a"),),
    (Facts("a", "b"),),
    (Facts("a", Facts("b")),),
    (Nothing(),),
    (Place("a.yml", 2),),
    ("('tuple', 1)",),
    ("a", "', 'b"),
    ("a', '", "b"),
]


def test_what_differs_in_anything_has_a_name_of_its_own() -> None:
    """Expected: in the texts, in both forms, in what they stand in, and in the kind of a value."""
    names = [fingerprint(*things) for things in DIFFERENT]

    assert [things for things, name in zip(DIFFERENT, names, strict=True) if names.count(name) > 1] == []


def test_what_is_the_same_has_one_name() -> None:
    """Expected: whichever objects hold it, in whatever order a set has, and on whatever line it stands."""
    assert fingerprint("".join(["a", "b"]), escape("a_b")) == fingerprint("ab", escape("".join("a_b")))
    assert fingerprint(frozenset("abcdef")) == fingerprint(frozenset("fedcba"))
    assert fingerprint(Place("a.yml", 2, 3)) == fingerprint(Place("a.yml", 4, 5))
    assert fingerprint(Place("a.yml")) != fingerprint(Place("b.yml"))


def test_what_can_be_no_part_of_a_page_has_no_name() -> None:
    with pytest.raises(TypeError, match="function"):
        fingerprint(lambda: None)


def test_a_text_that_no_file_can_hold_has_a_name() -> None:
    """Expected: half a surrogate pair stands in copies until their lines are known."""
    assert fingerprint("\udc5c") != fingerprint("")


# --- pages of partners --------------------------------------------------------------------


def sketches(playbook: Playbook) -> dict[str, Sketch]:
    """The pages of partners, by id."""
    made = partners.pages(Context(playbook), ())
    return {ident: Sketch(page, TERMS) for ident, page in zip(playbook.partners, made, strict=True)}


def test_a_page_of_a_partner_is_made_of_what_it_names(rich: Playbook) -> None:
    """Expected: it says so before it is made, and asks for nobody else: else each build would make it anew."""
    made = sketches(rich)

    assert len({one.data() for one in made.values()} - {""}) == len(made)
    assert [name for name, one in made.items() if not one.alone] == []


def changed(partner: Partner) -> list[Partner]:
    """The partner as others may see it: with other names, owners and offers, and as one that has ended."""
    owned, ended = (
        tuple(replace(one, **more) for one in partner.entries)
        for more in (
            {"owner": "somebody-else", "offers": (), "regions": (), "via": None},
            {"status": Status.ENDED, "relationships": partner.entries[0].relationships[::-1]},
        )
    )
    return [
        replace(partner, name=f"{partner.name} & Co", domain="", parent="", entries=owned),
        replace(partner, ids={}, entries=ended),
    ]


def test_pages_that_are_made_of_the_same_say_the_same(rich: Playbook) -> None:
    """Expected: whoever else changes; most pages are left alone then."""
    before = sketches(rich)
    data, facts = ({name: getattr(one, of)() for name, one in before.items()} for of in ("data", "facts"))
    same = 0
    for ident, partner in rich.partners.items():
        for other in changed(partner):
            after = sketches(replace(rich, partners={**rich.partners, ident: other}))
            alike = [name for name, one in after.items() if one.data() == data[name]]
            assert [name for name in alike if after[name].facts() != facts[name]] == [], (ident, other)
            same += len(alike)

    assert same > 0.5 * len(rich.partners) ** 2 * len(changed(partner))


@pytest.mark.parametrize(
    "rest",
    [
        lambda rich: {"as_of": rich.as_of + timedelta(1)},
        lambda _: {"people": {}},
        lambda _: {"promises": ()},
        lambda rich: {"settings": replace(rich.settings, systems={})},
        lambda rich: {"departments": {one.id: replace(one, name="X") for one in rich.departments.values()}},
    ],
)
def test_what_all_pages_share_has_a_say_in_each(rich: Playbook, rest: Any) -> None:
    before, after = sketches(rich), sketches(replace(rich, **rest(rich)))

    assert [name for name, one in after.items() if one.data() == before[name].data()] == []


def test_a_page_that_asks_for_somebody_else_is_not_known_by_its_data(
    rich: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Expected: whoever makes a page say more of others need not think of what it is known by."""
    monkeypatch.setattr(
        "generator.views.pages.partners._explained", lambda links, _: Md(str(len(links.playbook.partners)))
    )
    monkeypatch.setattr("generator.views.pages.partners.values", lambda *_: ())

    assert [name for name, one in sketches(rich).items() if one.alone] == []


def test_what_goes_on_on_other_pages_is_known_by_its_facts(rich: Playbook) -> None:
    """Expected: how many pages there are is known before any is made, so that such a page was made already."""
    first = next(iter(rich.partners.values()))
    many = by_id(*(Partner(f"p{n}", f"P{n}", first.entries, parent=first.id) for n in range(300)))
    made = sketches(replace(rich, partners={first.id: first, **many}))

    assert [name for name, one in made.items() if not one.data()] == [first.id]
