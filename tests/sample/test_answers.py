"""The sample's planted facts about strategy and ownership, on the pages where they belong."""

from __future__ import annotations

import re

from generator.insights.alignment import alignment
from generator.model import Playbook
from tests.kit import section


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("| ")][2:]


def test_the_objective_that_nobody_serves(playbook: Playbook, pages: dict[str, str]) -> None:
    """One of five; every program has an open objective, and nobody is tied to one that has ended."""
    found = alignment(playbook)
    assert found.unserved == ("faster-deployment",)
    assert found.ended == found.stale == ()
    assert "{ #ended " not in pages["alignment.md"]
    section = pages["alignment.md"].split("{ #objective-faster-deployment }")[1].split("###")[0]
    assert "No active relationship serves it." in section


def test_entries_without_an_objective(pages: dict[str, str]) -> None:
    """The planted eight, and no other."""
    listed = rows(section(pages["alignment.md"], "none"))
    assert sorted(re.findall(r"^\| \[.*?\]\(<partners/(.*?)\.md>\)", "\n".join(listed), re.MULTILINE)) == [
        "baird-agency",
        "brennecke-drives",
        "hanse-fulfillment",
        "openfieldbus-foundation",
        "ostler-crane",
        "portage-logistics",
        "skillbridge-institute",
        "sunhill-pumps",
    ]


def test_who_owns_nothing_and_what_is_shared(pages: dict[str, str]) -> None:
    """The five without an owner who is here, and the one dispute."""
    unowned = rows(section(pages["ownership.md"], "unowned"))
    assert sorted(re.findall(r"^\| \[.*?\]\(<partners/(.*?)\.md>\)", "\n".join(unowned), re.MULTILINE)) == [
        "baird-agency",
        "greywater-technical",
        "openfieldbus-foundation",
        "paloma-industrial",
        "stackhaven",
    ]
    disputed = [row for row in rows(section(pages["ownership.md"], "shared")) if "disputed" in row]
    assert len(disputed) == 1
    assert "partners/arcwell-networks.md" in disputed[0]
