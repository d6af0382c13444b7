"""The fields that the sample's company has declared for itself."""

from __future__ import annotations

import json
from collections.abc import Mapping

from generator.model import Playbook


def test_what_it_records_beside_what_every_playbook_has(playbook: Playbook) -> None:
    """A band of revenue with entries of two departments, never of one that sells nothing; languages with companies."""
    assert [(field.id, field.on) for field in playbook.settings.fields] == [
        ("revenue_band", "entry"),
        ("languages", "partner"),
    ]
    banded = [entry for entry in playbook.entries if entry.custom.get("revenue_band")]
    assert {entry.department for entry in banded} == {"channel-sales", "cloud-services"}
    assert {entry.status for entry in banded} == {"active"}
    assert 8 <= len(banded) <= 15
    # What an entry says in words, its field says, too.
    assert playbook.partners["vantor-systems"].custom["languages"] == ("English", "Portuguese", "Spanish")
    assert len(playbook.partners["lernwerk-industrie"].custom["languages"]) == 5


def test_where_they_are_shown(pages: Mapping[str, str]) -> None:
    """On the pages of partners, as a column and filters of the directory, and in what other programs read."""
    page = pages["partners/vantor-systems.md"]
    assert "Revenue band" in page
    assert "1M to 5M" in page
    assert "Portuguese" in page
    directory = pages["partners/index.md"]
    assert "Revenue band" in directory
    assert "Languages" in directory
    inventory = json.loads(pages["inventory.json"])
    (vantor,) = (one for one in inventory["partners"] if one["id"] == "vantor-systems")
    assert vantor["custom"] == {"languages": ["English", "Portuguese", "Spanish"]}
    assert [entry["custom"] for entry in vantor["entries"]] == [{"revenue_band": "1M to 5M"}]
