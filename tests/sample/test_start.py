"""The pages for new staff of the sample: what its quiz asks for."""

from __future__ import annotations

from generator.model import Playbook
from generator.views.kit.context import Context
from generator.views.pages import quiz
from tests.kit import plain_view
from tests.views.test_start_pages import kind_of, of_taxonomy


def test_the_traps_of_the_sample(playbook: Playbook) -> None:
    """The exception among influencers, the name with two meanings, the group with three modes, the staged type."""
    found = {kind_of(one): one for one in of_taxonomy(plain_view(quiz.view(Context(playbook))))}

    assert "“Developer Community”" in found["own_or_default"].text
    assert found["own_or_default"].right == "Formal support"
    assert "Marketing and PR" in found["own_or_default"].options
    assert "“VAR”" in found["ambiguous"].text
    assert "“Professional Services”" in found["group"].text
    assert len(found["group"].options) == 4
    assert "“Managed and Cloud Managed Service Provider”" in found["stage"].text
    assert "“3PL”" in found["alias"].text
