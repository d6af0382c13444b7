"""The checked inventory as an immutable graph: ids join the parts, Playbook finds them.

Sequences are tuples and mappings are read-only, in the order in which editors wrote them.
`place` is where the entity stands in the data; it takes no part in comparison.
"""

from __future__ import annotations

from generator.model.base import frozen
from generator.model.enums import OfferStatus, Scope, Status
from generator.model.fields import FIELDS, Field, Kind
from generator.model.partners import (
    Agreement,
    Department,
    Entry,
    HeldSkill,
    Link,
    Logo,
    Partner,
    Person,
    Relationship,
    Review,
    Satisfaction,
)
from generator.model.plans import Objective, Offer, Program, Promise, Requirement, Route, Skill, Tool
from generator.model.playbook import Playbook, Settings, Snapshot, System, Thresholds
from generator.model.taxonomy import Factor, Function, Group, Mode, PartnerType, Stage

__all__ = [
    "FIELDS",
    "Agreement",
    "Department",
    "Entry",
    "Factor",
    "Field",
    "Function",
    "Group",
    "HeldSkill",
    "Kind",
    "Link",
    "Logo",
    "Mode",
    "Objective",
    "Offer",
    "OfferStatus",
    "Partner",
    "PartnerType",
    "Person",
    "Playbook",
    "Program",
    "Promise",
    "Relationship",
    "Requirement",
    "Review",
    "Route",
    "Satisfaction",
    "Scope",
    "Settings",
    "Skill",
    "Snapshot",
    "Stage",
    "Status",
    "System",
    "Thresholds",
    "Tool",
    "frozen",
]
