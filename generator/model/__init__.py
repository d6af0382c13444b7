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
    Partner,
    Person,
    Relationship,
    Review,
    Satisfaction,
)
from generator.model.plans import Objective, Offer, Program, Promise, Requirement, Route, Skill, Tool
from generator.model.playbook import Playbook, Settings, Snapshot, System, Thresholds
from generator.model.rules import (
    RULE_CODE,
    RULE_FIELDS,
    Alternatives,
    Ask,
    Clause,
    CompanyRule,
    Holds,
    RuleField,
    Waiver,
)
from generator.model.taxonomy import Factor, Function, Group, Mode, PartnerType, Stage

__all__ = [
    "FIELDS",
    "RULE_CODE",
    "RULE_FIELDS",
    "Agreement",
    "Alternatives",
    "Ask",
    "Clause",
    "CompanyRule",
    "Department",
    "Entry",
    "Factor",
    "Field",
    "Function",
    "Group",
    "HeldSkill",
    "Holds",
    "Kind",
    "Link",
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
    "RuleField",
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
    "Waiver",
    "frozen",
]
