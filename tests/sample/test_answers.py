"""The sample's planted facts about strategy and ownership, on the pages where they belong."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.insights.alignment import alignment
from generator.model import Playbook
from tests.kit import rows, section


def partners(text: str) -> list[str]:
    """The ids of the partners that the tables in it list, each in the first cell of a row."""
    return sorted(id_ for row in rows(text) for id_ in re.findall(r"^\[.*?\]\(<partners/(.*?)\.md>\)", row[0]))


def test_the_objective_that_nobody_serves(playbook: Playbook, pages: Mapping[str, str]) -> None:
    """One of five; every program has an open objective, and nobody is tied to one that has ended."""
    found = alignment(playbook)
    assert found.unserved == ("faster-deployment",)
    assert found.ended == found.stale == ()
    assert "{ #ended " not in pages["alignment.md"]
    section = pages["alignment.md"].split("{ #objective-faster-deployment }")[1].split("###")[0]
    assert "No active relationship serves it." in section


def test_entries_without_an_objective(pages: Mapping[str, str]) -> None:
    """The planted eight, and no other."""
    assert partners(section(pages["alignment.md"], "none")) == [
        "baird-agency",
        "brennecke-drives",
        "hanse-fulfillment",
        "openfieldbus-foundation",
        "ostler-crane",
        "portage-logistics",
        "skillbridge-institute",
        "sunhill-pumps",
    ]


def test_who_owns_nothing_and_what_is_shared(pages: Mapping[str, str]) -> None:
    """The five without an owner who is here, and the one dispute."""
    assert partners(section(pages["ownership.md"], "unowned")) == [
        "baird-agency",
        "greywater-technical",
        "openfieldbus-foundation",
        "paloma-industrial",
        "stackhaven",
    ]
    (disputed,) = [row for row in rows(section(pages["ownership.md"], "shared")) if "disputed" in " ".join(row)]
    assert "partners/arcwell-networks.md" in disputed[0]
