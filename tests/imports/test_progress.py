"""A long import says how far it is, to whoever listens."""

from __future__ import annotations

from generator import progress
from tests.imports.kit import Company


class Heard:
    """Keeps what was told."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int, str]] = []

    def stage(self, name: str) -> None:
        """Of no interest here."""

    def pages(self, done: int, of: int, what: str = "pages") -> None:
        self.told.append((done, of, what))

    def aside(self) -> None:
        """Of no interest here."""


def test_rows_and_partners_are_counted(company: Company) -> None:
    """Those that are read and matched, then those that are taken; at the end nothing is left of the line."""
    heard = Heard()
    with progress.listening(heard):
        company.take("name,types,owner", *(f"Company {name},ISV,Maya Okafor" for name in "ABC"))
    for what in ("rows read", "rows matched", "partners taken"):
        assert [done for done, of, one in heard.told if one == what and of == 3] == [0, 1, 2]
    assert heard.told[-1][:2] == (3, 3)
