"""What differs is told in steps that grow in proportion to the inventory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.compare import difference
from generator.model import Partner
from tests.crowd import crowd
from tests.kit import loaded


class Counted(dict[str, Partner]):
    """Partners that count how many of them were looked at."""

    looked = 0

    def __iter__(self) -> Iterator[str]:
        for one in super().__iter__():
            Counted.looked += 1
            yield one

    def values(self) -> Iterator[Partner]:  # type: ignore[override]
        return (self[one] for one in self)

    def items(self) -> Iterator[tuple[str, Partner]]:  # type: ignore[override]
        return ((one, self[one]) for one in self)


def looked_at(folder: Path, partners: int) -> int:
    """How often a partner of before is looked at, where all of them have changed."""
    before = loaded(crowd(folder / str(partners), partners))
    after = replace(
        before,
        partners={ident: replace(one, name=f"{one.name} II") for ident, one in before.partners.items()},
    )
    Counted.looked = 0
    assert len(difference(replace(before, partners=Counted(before.partners)), after, ((), ())).changes) >= partners
    return Counted.looked


@pytest.mark.long
def test_partners_are_looked_at_a_few_times(tmp_path: Path) -> None:
    """As often each, however many there are."""
    few, many = looked_at(tmp_path, 40), looked_at(tmp_path, 160)
    assert few > 0
    assert many <= 5 * few
