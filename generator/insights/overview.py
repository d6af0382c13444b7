"""What the insights say of one whole playbook, each worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.insights.alignment import Alignment, alignment
from generator.insights.coverage import Coverage, coverage
from generator.insights.health import Health, health
from generator.insights.ownership import Holding, SharedPartner, heat, holdings, shared_partners
from generator.insights.routes import Chain, chains
from generator.insights.satisfaction import Asked, satisfaction
from generator.insights.skills import Skills, skills
from generator.insights.tools import Equipment, equipment
from generator.insights.value import Story, story
from generator.model import Playbook


@dataclass(frozen=True)
class Overview:
    """A playbook with what is known of all of it; what nobody asks for is never worked out."""

    playbook: Playbook

    @cached_property
    def alignment(self) -> Alignment:
        return alignment(self.playbook)

    @cached_property
    def chains(self) -> tuple[Chain, ...]:
        return chains(self.playbook)

    @cached_property
    def coverage(self) -> Coverage:
        return coverage(self.playbook)

    @cached_property
    def equipment(self) -> Equipment:
        return equipment(self.playbook)

    @cached_property
    def health(self) -> Health:
        return health(self.playbook)

    @cached_property
    def heat(self) -> Mapping[tuple[str, str], int]:
        """Active relationships by (department, type)."""
        return heat(self.playbook)

    @cached_property
    def holdings(self) -> Mapping[str, Holding]:
        return holdings(self.playbook)

    @cached_property
    def satisfaction(self) -> Asked:
        return satisfaction(self.playbook)

    @cached_property
    def shared_partners(self) -> tuple[SharedPartner, ...]:
        return shared_partners(self.playbook)

    @cached_property
    def skills(self) -> Skills:
        return skills(self.playbook)

    @cached_property
    def story(self) -> Story:
        return story(self.playbook)
