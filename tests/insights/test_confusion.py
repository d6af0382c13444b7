"""Which types are mistaken for each other, on taxonomies small enough to see."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from generator.insights.confusion import confusions
from generator.model import PartnerType, Playbook, frozen


def taxonomy(**named: str) -> Playbook:
    """Types that name those that they are confused with: taxonomy(a="b c", b="", c="")."""
    types = {
        one: PartnerType(one, one, "f", "", {None: "m"}, confused_with=tuple(others.split()))
        for one, others in named.items()
    }
    return Playbook(date(2026, 1, 1), types=frozen(types))


def test_no_type_no_confusion() -> None:
    """An empty taxonomy has an empty answer, and a type that nobody names is confused with nothing."""
    assert confusions(taxonomy()) == {}
    assert confusions(taxonomy(a="")) == {"a": ()}


def test_what_a_type_names_comes_before_what_names_it() -> None:
    """c names b and a, in that order; d, later in the taxonomy, names c; b names c too, which adds nothing."""
    found = confusions(taxonomy(a="", b="c", c="b a", d="c"))

    assert found == {"a": ("c",), "b": ("c",), "c": ("b", "a", "d"), "d": ("c",)}


def test_no_type_is_confused_with_itself() -> None:
    """A type that names itself, or another twice, gains nothing by it."""
    assert confusions(taxonomy(a="a b b", b="")) == {"a": ("b",), "b": ("a",)}


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef")), min_size=6, max_size=6))
def test_confusion_goes_both_ways(named: dict[str, list[str]]) -> None:
    """Whatever editors write, each type is at every other one that is at it, and once."""
    found = confusions(taxonomy(**{one: " ".join(others) for one, others in named.items()}))

    for one, others in found.items():
        assert len(others) == len(set(others))
        assert one not in others
        assert set(others) == {two for two in found if one in found[two]}
        assert set(named[one]) - {one} <= set(others)
